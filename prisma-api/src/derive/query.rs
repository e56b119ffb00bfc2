//! `type Query` (api.md §1.4).

use super::{
    builder::Builder,
    key::TypeKey,
    members::{Arguments, Outputs},
};
use crate::{
    names,
    schema::{ApiType, ArgumentMeaning, OutputMeaning, Wrap},
};

pub(super) fn root(builder: &mut Builder<'_>) -> ApiType {
    let datamodel = builder.datamodel;
    let mut fields = Outputs::of(TypeKey::Query);
    for (id, model) in datamodel.models() {
        let arguments = Arguments::of_list(builder, id);
        fields.add_with(
            builder,
            names::root_many(&model.name),
            TypeKey::Model(id),
            Wrap::RequiredListOfOptional,
            OutputMeaning::Many(id),
            arguments,
        );
    }
    for (id, model) in datamodel.models() {
        if builder.presence.has_unique(id) {
            let arguments = Arguments::default().with_unique(builder, id);
            fields.add_with(
                builder,
                names::root_one(&model.name),
                TypeKey::Model(id),
                Wrap::Optional,
                OutputMeaning::One(id),
                arguments,
            );
        }
    }
    for (id, model) in datamodel.models() {
        let arguments = Arguments::of_list(builder, id);
        fields.add_with(
            builder,
            names::root_connection(&model.name),
            TypeKey::Connection(id),
            Wrap::Required,
            OutputMeaning::Connection(id),
            arguments,
        );
    }
    let arguments =
        Arguments::default().with(builder, ArgumentMeaning::Id, TypeKey::ID, Wrap::Required);
    fields.add_with(
        builder,
        "node",
        TypeKey::Node,
        Wrap::Optional,
        OutputMeaning::Node,
        arguments,
    );
    fields.into_type(None, None)
}
