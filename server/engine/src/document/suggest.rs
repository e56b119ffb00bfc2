//! Names that may have been meant.

/// How many names are suggested at most.
const MOST: usize = 5;

/// How many bytes a name may have that names are suggested for: comparing takes as long as both multiplied.
const LONGEST: usize = 100;

/// ` Did you mean 'a', 'b' or 'c'?`, best first; nothing where no name is near.
pub(super) fn did_you_mean<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> String {
    if name.len() > LONGEST {
        return String::new();
    }
    let most_edits = (name.chars().count() / 2).max(1);
    let mut near: Vec<(usize, &str)> = known
        .map(|known| (strsim::levenshtein(name, known), known))
        .filter(|&(edits, _)| edits <= most_edits)
        .collect();
    near.sort_unstable();
    near.truncate(MOST);
    let quoted: Vec<String> = near.iter().map(|(_, known)| format!("'{known}'")).collect();
    match quoted.split_last() {
        None => String::new(),
        Some((only, [])) => format!(" Did you mean {only}?"),
        Some((last, others)) => format!(" Did you mean {} or {last}?", others.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suggests_near_names() {
        let known = || ["name", "num", "posts", "id"].into_iter();
        assert_eq!(
            did_you_mean("nam", known()),
            " Did you mean 'name' or 'num'?"
        );
        assert_eq!(did_you_mean("postz", known()), " Did you mean 'posts'?");
        assert_eq!(did_you_mean("birthday", known()), "");
        assert_eq!(did_you_mean(&"name".repeat(26), known()), "");
    }
}
