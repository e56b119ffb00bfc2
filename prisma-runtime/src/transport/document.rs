//! What a document says about itself.

/// The root fields of a document.
pub(super) fn root_fields(document: &str) -> impl Iterator<Item = &str> {
    let (mut braces, mut parentheses) = (0_u32, 0_u32);
    let mut words =
        document.split_inclusive(|letter: char| !(letter.is_alphanumeric() || letter == '_'));
    std::iter::from_fn(move || {
        words.find_map(|part| {
            let word =
                part.trim_end_matches(|letter: char| !(letter.is_alphanumeric() || letter == '_'));
            let end = &part[word.len()..];
            let is_root = braces == 1 && parentheses == 0 && !word.is_empty() && end != ":";
            match end {
                "{" => braces += 1,
                "}" => braces = braces.saturating_sub(1),
                "(" => parentheses += 1,
                ")" => parentheses = parentheses.saturating_sub(1),
                _ => {}
            }
            is_root.then_some(word)
        })
    })
}
