//! From what a store says, by ids, to what a caller reads, by names.

use prisma_connector::{ConnectorError, Key};
use prisma_datamodel::{Datamodel, FieldId};

use super::{ApiError, NotLinked, Selector, render};

impl ApiError {
    /// Names what a store said in the words of the datamodel the request was planned for.
    #[must_use]
    pub fn from_connector(datamodel: &Datamodel, error: ConnectorError) -> Self {
        match error {
            ConnectorError::UniqueViolation { model, field } => Self::UniqueViolation {
                model: datamodel[model].name.clone(),
                field: field.map(|field| datamodel[field].name.clone()),
            },
            ConnectorError::NodeNotFound(key) => Self::NodeNotFound {
                model: model_of(datamodel, key.field),
                selector: selector(datamodel, &key),
            },
            ConnectorError::NotLinked {
                field,
                parent,
                child,
            } => not_linked(datamodel, field, parent.as_ref(), child.as_ref()),
            ConnectorError::RequiredRelation { field } => {
                Self::relation_violation(datamodel, field)
            }
            ConnectorError::RequiredNull(field) => Self::RequiredFieldNull {
                field: field.map(|field| datamodel[field].name.clone()),
            },
            ConnectorError::TooLong(field) => Self::ValueTooLong {
                field: field.map(|field| datamodel[field].name.clone()),
            },
            ConnectorError::Raw { code, message } => Self::Raw { code, message },
            ConnectorError::Conflict(cause) => Self::Conflict(cause),
            ConnectorError::Unavailable(cause) => Self::Unavailable(cause),
            ConnectorError::Transaction(end) => Self::Transaction(end),
            other => Self::Internal(Box::new(other)),
        }
    }

    /// 3042 for the relation of a field.
    fn relation_violation(datamodel: &Datamodel, field: FieldId) -> Self {
        let Some((relation, _)) = datamodel[field].relation() else {
            return no_relation(datamodel, field);
        };
        let relation = &datamodel[relation];
        Self::RelationViolation {
            relation: relation.name.clone(),
            a: datamodel[relation.a.model].name.clone(),
            b: datamodel[relation.b.model].name.clone(),
        }
    }

    /// 3007 for a field.
    pub(crate) fn too_long(datamodel: &Datamodel, field: FieldId) -> Self {
        Self::ValueTooLong {
            field: Some(datamodel[field].name.clone()),
        }
    }
}

fn not_linked(
    datamodel: &Datamodel,
    field: FieldId,
    parent: Option<&Key>,
    child: Option<&Key>,
) -> ApiError {
    let Some((relation, side)) = datamodel[field].relation() else {
        return no_relation(datamodel, field);
    };
    let relation = &datamodel[relation];
    ApiError::NotLinked(Box::new(NotLinked {
        relation: relation.name.clone(),
        parent: model_of(datamodel, field),
        parent_selector: parent.map(|key| selector(datamodel, key)),
        child: datamodel[relation.end(side.opposite()).model].name.clone(),
        child_selector: child.map(|key| selector(datamodel, key)),
    }))
}

fn model_of(datamodel: &Datamodel, field: FieldId) -> String {
    datamodel[datamodel[field].model].name.clone()
}

fn selector(datamodel: &Datamodel, key: &Key) -> Selector {
    Selector {
        field: datamodel[key.field].name.clone(),
        value: render::value(&key.value),
    }
}

/// A store that names a scalar where only a relation field makes sense is broken.
fn no_relation(datamodel: &Datamodel, field: FieldId) -> ApiError {
    let name = &datamodel[field].name;
    ApiError::Internal(format!("the store took {name} for a relation field").into())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use prisma_connector::Value;
    use prisma_datamodel::Source;

    use super::*;

    fn datamodel() -> Datamodel {
        let text = "
            type User { id: ID! @id  email: String! @unique  posts: [Post] }
            type Post { id: ID! @id  title: String!  author: User! @relation(link: INLINE) }";
        prisma_datamodel::parse(&Source::new("datamodel.prisma", text))
            .unwrap()
            .0
    }

    fn field(datamodel: &Datamodel, model: &str, name: &str) -> FieldId {
        let model = datamodel.model(model).unwrap();
        datamodel.field(model, name).unwrap()
    }

    fn shown(datamodel: &Datamodel, error: ConnectorError) -> (Option<i64>, String) {
        let error = ApiError::from_connector(datamodel, error);
        (error.code(), error.message("local:1"))
    }

    #[test]
    fn unique_violations_name_model_and_field() {
        let d = datamodel();
        let model = d.model("User").unwrap();
        let email = field(&d, "User", "email");
        let of = |field| shown(&d, ConnectorError::UniqueViolation { model, field });
        assert_eq!(
            of(Some(email)),
            (
                Some(3010),
                "A unique constraint would be violated on User. Details: Field name = email".into()
            )
        );
        assert_eq!(of(None).1, "A unique constraint would be violated on User.");
    }

    #[test]
    fn missing_nodes_are_named_by_the_key_that_was_given() {
        let d = datamodel();
        let key = Key {
            field: field(&d, "User", "email"),
            value: Value::Text("a@b.c".into()),
        };
        assert_eq!(
            shown(&d, ConnectorError::NodeNotFound(key)),
            (
                Some(3039),
                "No Node for the model User with value a@b.c for email found.".into()
            )
        );
    }

    #[test]
    fn unlinked_nodes_have_four_texts() {
        let d = datamodel();
        let posts = field(&d, "User", "posts");
        let key = |model: &str, value: &str| Key {
            field: field(&d, model, "id"),
            value: Value::Text(value.into()),
        };
        let of = |parent: Option<Key>, child: Option<Key>| {
            let (code, text) = shown(
                &d,
                ConnectorError::NotLinked {
                    field: posts,
                    parent,
                    child,
                },
            );
            assert_eq!(code, Some(3041));
            text
        };
        let (u, p) = (key("User", "u1"), key("Post", "p1"));
        assert_eq!(
            of(Some(u.clone()), Some(p.clone())),
            "The relation PostToUser has no node for the model User with the value 'u1' for the field 'id' \
             connected to a node for the model Post with the value 'p1' for the field 'id'"
        );
        assert_eq!(
            of(Some(u), None),
            "The relation PostToUser has no node for the model User with the value 'u1' for the field 'id' \
             connected to a node for the model Post on your mutation path."
        );
        assert_eq!(
            of(None, Some(p)),
            "The relation PostToUser has no node for the model User connected to a Node for the model Post \
             with the value 'p1' for the field 'id' on your mutation path."
        );
        assert_eq!(
            of(None, None),
            "The relation PostToUser has no node for the model User connected to a Node for the model Post \
             on your mutation path."
        );
    }

    #[test]
    fn violated_relations_name_their_sides_in_order() {
        let d = datamodel();
        for field in [field(&d, "User", "posts"), field(&d, "Post", "author")] {
            assert_eq!(
                shown(&d, ConnectorError::RequiredRelation { field }),
                (
                    Some(3042),
                    "The change you are trying to make would violate the required relation 'PostToUser' \
                     between Post and User"
                        .into()
                )
            );
        }
    }

    #[test]
    fn required_nulls_and_long_values_name_the_field() {
        let d = datamodel();
        let title = field(&d, "Post", "title");
        let null = "You are trying to set a required field to null. If you are using GraphQL arguments, make \
                    sure that you specify a value for all arguments. Fieldname if known: ";
        assert_eq!(
            shown(&d, ConnectorError::RequiredNull(Some(title))),
            (Some(3020), format!("{null}title"))
        );
        assert_eq!(
            shown(&d, ConnectorError::RequiredNull(None)),
            (Some(3020), null.into())
        );
        assert_eq!(
            shown(&d, ConnectorError::TooLong(Some(title))),
            (Some(3007), "Value for field title is too long.".into())
        );
        assert_eq!(
            shown(&d, ConnectorError::TooLong(None)),
            (Some(3007), "Value for a field is too long.".into())
        );
    }

    #[test]
    fn raw_statements_keep_the_vendor_s_words_and_nothing_else_leaks() {
        let d = datamodel();
        let raw = ConnectorError::Raw {
            code: 1,
            message: "no such table: nope".into(),
        };
        assert_eq!(shown(&d, raw), (Some(1), "no such table: nope".into()));
        let busy = ConnectorError::Unavailable("locked by /var/db/blog.db".into());
        assert_eq!(
            shown(&d, busy),
            (
                Some(4201),
                "The database is busy or out of reach. Try again later.".into()
            )
        );
        for error in [
            ConnectorError::Internal("disk I/O error".into()),
            ConnectorError::Plan("other datamodel"),
            ConnectorError::RequiredRelation {
                field: field(&d, "Post", "title"),
            },
        ] {
            assert_eq!(
                shown(&d, error),
                (
                    None,
                    "Whoops. Looks like an internal server error. Search your server logs for request ID: \
                     local:1"
                        .into()
                )
            );
        }
    }
}
