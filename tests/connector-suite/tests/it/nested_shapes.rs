//! The shapes of a relation between two models, and where each may be stored.

/// A relation field's type.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    /// `T!`
    Required,
    /// `T`
    Optional,
    /// `[T]`
    Many,
}

impl End {
    fn of(self, model: &str) -> String {
        match self {
            End::Required => format!("{model}!"),
            End::Optional => model.to_owned(),
            End::Many => format!("[{model}]"),
        }
    }
}

/// Datamodels of one shape, one for each way to store it: a `Parent` with the field `child` of the first kind, a
/// `Child` with the field `parent` of the second.
pub(crate) fn stored(child: End, parent: End) -> Vec<String> {
    let mut all = Vec::new();
    let mut add = |on_child: &str, on_parent: &str| {
        all.push(format!(
            "type Parent {{ id: ID! @id name: String child: {} {on_child} }}
             type Child {{ id: ID! @id name: String parent: {} {on_parent} }}",
            child.of("Child"),
            parent.of("Parent"),
        ));
    };
    add("@relation(link: TABLE)", "");
    if child != End::Many {
        add("@relation(link: INLINE)", "");
    }
    if parent != End::Many {
        add("", "@relation(link: INLINE)");
    }
    all
}

/// A test of a shape per way to store it and per store.
macro_rules! shapes {
    ($name:ident, $child:ident, $parent:ident, $body:expr) => {
        mod $name {
            #[allow(unused_imports, reason = "not every body needs more than its project")]
            use super::*;
            use prisma_tests_connector_suite::Store;

            use crate::nested_shapes::{End, stored};

            fn run(store: Store) {
                for datamodel in stored(End::$child, End::$parent) {
                    crate::api::run(store, &datamodel, |_| true, $body);
                }
            }

            #[test]
            fn sqlite() {
                run(Store::Sqlite);
            }

            #[test]
            fn postgres() {
                run(Store::Postgres);
            }

            #[test]
            fn mysql() {
                run(Store::Mysql);
            }
        }
    };
}

pub(crate) use shapes;
