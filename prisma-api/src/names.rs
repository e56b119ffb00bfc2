//! Every generated name, side by side (api.md §1.3 to §1.10).
//!
//! `model` is a model's name as written. `without` is the field through which a nested input is reached; it is
//! `None` where that field is hidden and the nested input therefore lacks nothing.

use crate::{
    plural::pluralize,
    schema::{Direction, FilterOp, Quantifier},
};

/// `user`: the root field for one node, in queries and subscriptions.
#[must_use]
pub fn root_one(model: &str) -> String {
    lower_first(model)
}

/// `users`: the root field for many nodes.
#[must_use]
pub fn root_many(model: &str) -> String {
    lower_first(&pluralize(model))
}

/// `usersConnection`: the root field for many nodes with edges and aggregates.
#[must_use]
pub fn root_connection(model: &str) -> String {
    format!("{}Connection", root_many(model))
}

/// `createUser`
#[must_use]
pub fn root_create(model: &str) -> String {
    format!("create{model}")
}

/// `updateUser`
#[must_use]
pub fn root_update(model: &str) -> String {
    format!("update{model}")
}

/// `deleteUser`
#[must_use]
pub fn root_delete(model: &str) -> String {
    format!("delete{model}")
}

/// `upsertUser`
#[must_use]
pub fn root_upsert(model: &str) -> String {
    format!("upsert{model}")
}

/// `updateManyUsers`
#[must_use]
pub fn root_update_many(model: &str) -> String {
    format!("updateMany{}", pluralize(model))
}

/// `deleteManyUsers`
#[must_use]
pub fn root_delete_many(model: &str) -> String {
    format!("deleteMany{}", pluralize(model))
}

/// `UserConnection`
#[must_use]
pub fn connection(model: &str) -> String {
    format!("{model}Connection")
}

/// `UserEdge`
#[must_use]
pub fn edge(model: &str) -> String {
    format!("{model}Edge")
}

/// `AggregateUser`
#[must_use]
pub fn aggregate(model: &str) -> String {
    format!("Aggregate{model}")
}

/// `UserPreviousValues`
#[must_use]
pub fn previous_values(model: &str) -> String {
    format!("{model}PreviousValues")
}

/// `UserSubscriptionPayload`
#[must_use]
pub fn subscription_payload(model: &str) -> String {
    format!("{model}SubscriptionPayload")
}

/// `UserOrderByInput`
#[must_use]
pub fn order_by(model: &str) -> String {
    format!("{model}OrderByInput")
}

/// `name_ASC`
#[must_use]
pub fn order_value(field: &str, direction: Direction) -> String {
    let suffix = match direction {
        Direction::Ascending => "ASC",
        Direction::Descending => "DESC",
    };
    format!("{field}_{suffix}")
}

/// `UserWhereInput`
#[must_use]
pub fn where_input(model: &str) -> String {
    format!("{model}WhereInput")
}

/// `UserScalarWhereInput`
#[must_use]
pub fn scalar_where_input(model: &str) -> String {
    format!("{model}ScalarWhereInput")
}

/// `UserWhereUniqueInput`
#[must_use]
pub fn where_unique_input(model: &str) -> String {
    format!("{model}WhereUniqueInput")
}

/// `UserSubscriptionWhereInput`
#[must_use]
pub fn subscription_where_input(model: &str) -> String {
    format!("{model}SubscriptionWhereInput")
}

/// `name_not_in`: a condition on a scalar.
#[must_use]
pub fn filter(field: &str, op: FilterOp) -> String {
    let suffix = match op {
        FilterOp::Equals => "",
        FilterOp::Not => "_not",
        FilterOp::In => "_in",
        FilterOp::NotIn => "_not_in",
        FilterOp::Lt => "_lt",
        FilterOp::Lte => "_lte",
        FilterOp::Gt => "_gt",
        FilterOp::Gte => "_gte",
        FilterOp::Contains => "_contains",
        FilterOp::NotContains => "_not_contains",
        FilterOp::StartsWith => "_starts_with",
        FilterOp::NotStartsWith => "_not_starts_with",
        FilterOp::EndsWith => "_ends_with",
        FilterOp::NotEndsWith => "_not_ends_with",
    };
    format!("{field}{suffix}")
}

/// `posts_some`: a condition on related nodes.
#[must_use]
pub fn related_filter(field: &str, quantifier: Quantifier) -> String {
    let suffix = match quantifier {
        Quantifier::Is => "",
        Quantifier::Some => "_some",
        Quantifier::Every => "_every",
        Quantifier::None => "_none",
    };
    format!("{field}{suffix}")
}

/// `UserCreatetagsInput`: the wrapper of a scalar list; the field keeps its first letter.
#[must_use]
pub fn create_list(model: &str, field: &str) -> String {
    format!("{model}Create{field}Input")
}

/// `UserUpdatetagsInput`: the wrapper of a scalar list; the field keeps its first letter.
#[must_use]
pub fn update_list(model: &str, field: &str) -> String {
    format!("{model}Update{field}Input")
}

/// `UserCreateInput`, `UserCreateWithoutPostsInput`
#[must_use]
pub fn create_input(model: &str, without: Option<&str>) -> String {
    format!("{model}Create{}Input", without_part(without))
}

/// `UserCreateOneInput`, `UserCreateOneWithoutPostsInput`
#[must_use]
pub fn create_one(model: &str, without: Option<&str>) -> String {
    format!("{model}CreateOne{}Input", without_part(without))
}

/// `UserCreateManyInput`, `UserCreateManyWithoutPostsInput`
#[must_use]
pub fn create_many(model: &str, without: Option<&str>) -> String {
    format!("{model}CreateMany{}Input", without_part(without))
}

/// `UserUpdateInput`: the data of a root update or upsert.
#[must_use]
pub fn update_input(model: &str) -> String {
    format!("{model}UpdateInput")
}

/// `UserUpdateDataInput`, `UserUpdateWithoutPostsDataInput`: the data of a nested update or upsert.
#[must_use]
pub fn update_data(model: &str, without: Option<&str>) -> String {
    format!("{model}Update{}DataInput", without_part(without))
}

/// `UserUpdateManyMutationInput`: the data of a root updateMany.
#[must_use]
pub fn update_many_mutation(model: &str) -> String {
    format!("{model}UpdateManyMutationInput")
}

/// `UserUpdateManyDataInput`: the data of a nested updateMany.
#[must_use]
pub fn update_many_data(model: &str) -> String {
    format!("{model}UpdateManyDataInput")
}

/// `UserUpdateManyWithWhereNestedInput`: an element of a nested updateMany.
#[must_use]
pub fn update_many_with_where(model: &str) -> String {
    format!("{model}UpdateManyWithWhereNestedInput")
}

/// `UserUpdateOneInput`, `UserUpdateOneWithoutPostsInput`
#[must_use]
pub fn update_one(model: &str, without: Option<&str>) -> String {
    format!("{model}UpdateOne{}Input", without_part(without))
}

/// `UserUpdateOneRequiredInput`, `UserUpdateOneRequiredWithoutPostsInput`
#[must_use]
pub fn update_one_required(model: &str, without: Option<&str>) -> String {
    format!("{model}UpdateOneRequired{}Input", without_part(without))
}

/// `UserUpdateManyInput`, `UserUpdateManyWithoutPostsInput`
#[must_use]
pub fn update_many(model: &str, without: Option<&str>) -> String {
    format!("{model}UpdateMany{}Input", without_part(without))
}

/// `UserUpdateWithWhereUniqueNestedInput`, `UserUpdateWithWhereUniqueWithoutPostsInput`
#[must_use]
pub fn update_with_where_unique(model: &str, without: Option<&str>) -> String {
    format!("{model}UpdateWithWhereUnique{}Input", nested_part(without))
}

/// `UserUpsertWithWhereUniqueNestedInput`, `UserUpsertWithWhereUniqueWithoutPostsInput`
#[must_use]
pub fn upsert_with_where_unique(model: &str, without: Option<&str>) -> String {
    format!("{model}UpsertWithWhereUnique{}Input", nested_part(without))
}

/// `UserUpsertNestedInput`, `UserUpsertWithoutPostsInput`
#[must_use]
pub fn upsert_nested(model: &str, without: Option<&str>) -> String {
    format!("{model}Upsert{}Input", nested_part(without))
}

fn without_part(without: Option<&str>) -> String {
    without.map_or_else(String::new, |field| {
        format!("Without{}", upper_first(field))
    })
}

fn nested_part(without: Option<&str>) -> String {
    match without {
        Some(_) => without_part(without),
        None => "Nested".to_owned(),
    }
}

/// The word with a lower first letter; `URLMap` becomes `uRLMap`.
fn lower_first(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_lowercase().chain(letters).collect()
    })
}

/// The word with a capital first letter.
pub(crate) fn upper_first(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}
