//! The rules for names of services and stages (deploy.md §1.2).

use prisma_connector::ServiceName;

use crate::error::DeployError;

/// Words of the server's own paths.
const RESERVED: [&str; 4] = ["cluster", "management", "export", "import"];

const MAX_NAME: usize = 140;
const MAX_STAGE: usize = 30;

/// Checks both parts in the order of the contract: reserved words first, the service before the stage.
pub(crate) fn check(name: &str, stage: &str) -> Result<ServiceName, DeployError> {
    if RESERVED.contains(&name) {
        return Err(DeployError::ReservedName(name.to_owned()));
    }
    if RESERVED.contains(&stage) {
        return Err(DeployError::ReservedStage(stage.to_owned()));
    }
    // `~` divides workspaces from services on shared servers.
    if !is_word(name, MAX_NAME, b"-_~") {
        return Err(DeployError::InvalidName(name.to_owned()));
    }
    if !is_word(stage, MAX_STAGE, b"-_") {
        return Err(DeployError::InvalidStage(stage.to_owned()));
    }
    Ok(ServiceName::new(name, stage))
}

/// A letter, then letters, digits and some other characters, all ASCII.
fn is_word(text: &str, max: usize, others: &[u8]) -> bool {
    text.len() <= max
        && text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || others.contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(name: &str, stage: &str) -> Option<i32> {
        check(name, stage).err().and_then(|error| error.code())
    }

    #[test]
    fn good_names_pass() {
        for (name, stage) in [
            ("a", "b"),
            ("workspace~blog", "dev"),
            ("a-b_c", "P_1-x"),
            ("Cluster", "private"),
            (&*"a".repeat(140), &*"b".repeat(30)),
        ] {
            assert_eq!(code(name, stage), None, "{name} {stage}");
        }
    }

    #[test]
    fn checks_run_in_their_order() {
        assert_eq!(code("import", "cluster"), Some(4006));
        assert_eq!(code("1", "cluster"), Some(4007));
        assert_eq!(code("1", "2"), Some(4001));
        assert_eq!(code("a", "2"), Some(4002));
    }

    #[test]
    fn bad_names_are_refused() {
        for name in ["", "_a", "-a", "a b", "ä", "a/b", "a$b", &*"a".repeat(141)] {
            assert_eq!(code(name, "dev"), Some(4001), "{name}");
        }
        for stage in ["", "9", "a~b", "a\n", &*"a".repeat(31)] {
            assert_eq!(code("a", stage), Some(4002), "{stage}");
        }
    }
}
