//! The name of a service.

use std::fmt;

/// Names one deployed service: `name` and `stage` (deploy.md §2.1). Case-sensitive.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ServiceName {
    /// The name of the service; `default` where a path leaves it out.
    pub name: String,
    /// Its stage; `default` where a path leaves it out.
    pub stage: String,
}

impl ServiceName {
    /// Both parts at once.
    pub fn new(name: impl Into<String>, stage: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            stage: stage.into(),
        }
    }
}

impl Default for ServiceName {
    fn default() -> Self {
        Self::new("default", "default")
    }
}

/// As error messages show it: `name$stage`.
impl fmt::Display for ServiceName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}${}", self.name, self.stage)
    }
}
