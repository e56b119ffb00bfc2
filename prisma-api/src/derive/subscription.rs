//! `type Subscription`, its filters and payloads (api.md §1.4, §1.6, §1.8).

use prisma_datamodel::ModelId;

use super::{
    builder::Builder,
    filter::combinations,
    key::TypeKey,
    members::{Arguments, Inputs, Outputs},
};
use crate::{
    names,
    schema::{
        ApiEnum, ApiType, ArgumentMeaning, EnumMeaning, EnumValueMeaning, InputMeaning,
        OutputMeaning, Wrap,
    },
};

/// Without models there is nothing to subscribe to.
pub(super) fn is_present(builder: &Builder<'_>) -> bool {
    !builder.datamodel.models.is_empty()
}

pub(super) fn root(builder: &mut Builder<'_>) -> ApiType {
    let mut fields = Outputs::of(TypeKey::Subscription);
    for (id, model) in builder.datamodel.models() {
        let arguments = Arguments::default().with(
            builder,
            ArgumentMeaning::WhereEvent,
            TypeKey::SubscriptionWhere(id),
            Wrap::Optional,
        );
        fields.add_with(
            builder,
            names::root_one(&model.name),
            TypeKey::SubscriptionPayload(id),
            Wrap::Optional,
            OutputMeaning::Subscribe(id),
            arguments,
        );
    }
    fields.into_type(None, None)
}

pub(super) fn payload(builder: &mut Builder<'_>, model: ModelId) -> ApiType {
    use OutputMeaning::{EventKind, EventNode, EventPreviousValues, EventUpdatedFields};
    let mut fields = Outputs::of(TypeKey::SubscriptionPayload(model));
    for (name, key, wrap, meaning) in [
        ("mutation", TypeKey::MutationType, Wrap::Required, EventKind),
        ("node", TypeKey::Model(model), Wrap::Optional, EventNode),
        (
            "updatedFields",
            TypeKey::STRING,
            Wrap::OptionalList,
            EventUpdatedFields,
        ),
    ] {
        fields.add(builder, name, key, wrap, meaning);
    }
    if builder.presence.has_scalars(model) {
        fields.add(
            builder,
            "previousValues",
            TypeKey::PreviousValues(model),
            Wrap::Optional,
            EventPreviousValues,
        );
    }
    fields.into_type(model, None)
}

pub(super) fn filter(builder: &mut Builder<'_>, model: ModelId) -> ApiType {
    use InputMeaning::{
        EventMutationIn, EventNode, EventUpdatedFieldsContains, EventUpdatedFieldsContainsEvery,
        EventUpdatedFieldsContainsSome,
    };
    let place = TypeKey::SubscriptionWhere(model);
    let mut fields = Inputs::of(place);
    combinations(builder, &mut fields, place);
    for (name, key, wrap, meaning) in [
        (
            "mutation_in",
            TypeKey::MutationType,
            Wrap::OptionalList,
            EventMutationIn,
        ),
        (
            "updatedFields_contains",
            TypeKey::STRING,
            Wrap::Optional,
            EventUpdatedFieldsContains,
        ),
        (
            "updatedFields_contains_every",
            TypeKey::STRING,
            Wrap::OptionalList,
            EventUpdatedFieldsContainsEvery,
        ),
        (
            "updatedFields_contains_some",
            TypeKey::STRING,
            Wrap::OptionalList,
            EventUpdatedFieldsContainsSome,
        ),
        ("node", TypeKey::Where(model), Wrap::Optional, EventNode),
    ] {
        fields.add(builder, name, key, wrap, meaning);
    }
    fields.into_type(model)
}

pub(super) fn mutation_type() -> ApiType {
    let values = ["CREATED", "UPDATED", "DELETED"];
    ApiType::Enum(ApiEnum {
        description: None,
        meaning: EnumMeaning::MutationType,
        values: values
            .into_iter()
            .map(|value| (value.to_owned(), EnumValueMeaning::Value))
            .collect(),
    })
}
