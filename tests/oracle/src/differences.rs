//! The written list of what stores may answer differently (api.md §3.2, §3.5).
//!
//! Whatever is not named here must be the same on every store, to the byte:
//!
//! - where nulls stand in an order: at its end on PostgreSQL, at its beginning elsewhere;
//! - whether `=`, `in`, unique fields and orders tell upper from lower case, and look at blanks at the end: not on
//!   MySQL and MariaDB;
//! - whether `contains`, `starts_with` and `ends_with` tell upper from lower case: on PostgreSQL alone.
//!
//! The generator leaves out what no such rule describes: the order of accents and of capitals beside small letters,
//! which a server's locale decides, and numbers of more than 15 digits.

use std::cmp::Ordering;

use prisma_tests_connector_suite::Capabilities;

/// How one store answers.
#[derive(Clone, Copy, Debug)]
pub struct Differences {
    /// Are nulls the greatest values (or the smallest)?
    pub nulls_last: bool,
    /// Are texts equal that differ in case alone, or in blanks at their end?
    pub folds_equality: bool,
    /// Do searches ignore case?
    pub folds_search: bool,
}

impl Differences {
    /// Those of a store.
    #[must_use]
    pub fn of(capabilities: &Capabilities) -> Self {
        Self {
            nulls_last: capabilities.nulls_last,
            folds_equality: !capabilities.case_sensitive_equality,
            folds_search: !capabilities.case_sensitive_search,
        }
    }

    /// The order of two texts.
    #[must_use]
    pub fn order(&self, one: &str, other: &str) -> Ordering {
        if self.folds_equality {
            folded(one).cmp(&folded(other))
        } else {
            one.cmp(other)
        }
    }

    /// The two texts of a search, ready to be compared.
    #[must_use]
    pub fn search(&self, text: &str, wanted: &str) -> (String, String) {
        if self.folds_search {
            (text.to_lowercase(), wanted.to_lowercase())
        } else {
            (text.to_owned(), wanted.to_owned())
        }
    }
}

fn folded(text: &str) -> String {
    text.trim_end_matches(' ').to_lowercase()
}
