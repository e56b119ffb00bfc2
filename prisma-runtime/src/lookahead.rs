//! What somebody else asks for: the selection of a resolver, handed on to a query.

#[cfg(feature = "async-graphql")]
mod async_graphql;
#[cfg(feature = "juniper")]
mod juniper;

/// The fields that are asked for below a record, and what is asked for below them.
///
/// Made from what the server library of a resolver calls look-ahead (features `async-graphql` and `juniper`), or from
/// paths. Names are compared without regard to case and underscores, so `createdAt` is `created_at`.
///
/// ```
/// # use prisma_runtime::Lookahead;
/// let asked: Lookahead = ["name", "posts.title"].into_iter().collect();
/// assert!(asked.has("posts"));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lookahead {
    fields: Vec<(String, Self)>,
}

impl Lookahead {
    /// Whether the field is asked for.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.field(name).is_some()
    }

    /// What is asked for below the field; `None` if it is not asked for.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&Self> {
        let found = self.fields.iter().find(|(other, _)| same(other, name));
        found.map(|(_, below)| below)
    }

    /// Adds a field, if it is not there, and gives what is asked for below it.
    pub fn add(&mut self, name: &str) -> &mut Self {
        let found = self.fields.iter().position(|(other, _)| same(other, name));
        let at = found.unwrap_or_else(|| {
            self.fields.push((name.to_owned(), Self::default()));
            self.fields.len() - 1
        });
        &mut self.fields[at].1
    }
}

/// Of paths with a point between the names.
impl<'a> FromIterator<&'a str> for Lookahead {
    fn from_iter<I: IntoIterator<Item = &'a str>>(paths: I) -> Self {
        let mut all = Self::default();
        for path in paths {
            let mut at = &mut all;
            for name in path.split('.') {
                at = at.add(name);
            }
        }
        all
    }
}

/// Names of GraphQL and of Rust for one thing.
fn same(a: &str, b: &str) -> bool {
    let letters = |name: &str| {
        let letters = name.trim_start_matches("r#").bytes();
        letters
            .filter(|byte| *byte != b'_')
            .map(|byte| byte.to_ascii_lowercase())
            .collect::<Vec<u8>>()
    };
    a == b || letters(a) == letters(b)
}
