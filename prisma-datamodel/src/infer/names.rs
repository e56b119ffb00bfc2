//! Generated relation names (deploy.md §1.6).

/// The longest relation name.
pub(crate) const MAX_RELATION_NAME: usize = 54;

/// The name of a relation that a text does not name: `AToB` for two model names in any order, shortened until it is
/// a valid relation name (deploy.md §1.6).
#[must_use]
pub fn generated(first: &str, second: &str) -> String {
    let (first, second) = if first <= second {
        (first, second)
    } else {
        (second, first)
    };
    let (mut a, mut b) = (first, second);
    while a.len() + "To".len() + b.len() > MAX_RELATION_NAME {
        let longer = if b.len() > a.len() { &mut b } else { &mut a };
        let mut rest = longer.chars();
        rest.next_back();
        *longer = rest.as_str();
    }
    format!("{a}To{b}")
}

/// True if a name can be the name of a relation: `[A-Z][a-zA-Z0-9_]*`, at most 54 characters.
pub(crate) fn is_relation_name(name: &str) -> bool {
    name.len() <= MAX_RELATION_NAME
        && name.starts_with(|first: char| first.is_ascii_uppercase())
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_ordered_and_shortened() {
        assert_eq!(generated("User", "Post"), "PostToUser");
        assert_eq!(
            generated(
                "TestModelWithAVeryLongName",
                "TestModel2WhichAlsoHappensToHaveAVeryLongName"
            ),
            "TestModel2WhichAlsoHappensToTestModelWithAVeryLongName"
        );
    }
}
