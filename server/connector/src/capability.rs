//! What a kind of database can do, as data: read by the layers above and by the test suite.

/// What a kind of database can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Capabilities {
    /// The name the API and configurations use: `sqlite`, `postgres`, `mysql` (deploy.md §6.3).
    pub connector: &'static str,
    /// Are schema changes part of a transaction?
    pub transactional_ddl: bool,
    /// Do `=`, unique fields and orders tell upper from lower case, and look at blanks at the end?
    pub case_sensitive_equality: bool,
    /// Does `contains` tell upper from lower case?
    pub case_sensitive_search: bool,
    /// Are nulls the greatest values of an ascending order (or the smallest)?
    pub nulls_last: bool,
}
