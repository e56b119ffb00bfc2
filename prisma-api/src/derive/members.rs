//! The fields of one type in the making.

use indexmap::IndexMap;
use prisma_datamodel::ModelId;

use super::{builder::Builder, description, key::TypeKey};
use crate::schema::{
    ApiArgument, ApiField, ApiInput, ApiInputField, ApiObject, ApiType, ArgumentMeaning,
    InputMeaning, OutputMeaning, TypeRef, Wrap,
};

/// The fields of an input object.
pub(super) struct Inputs {
    place: TypeKey,
    fields: IndexMap<String, ApiInputField>,
}

impl Inputs {
    pub(super) fn of(place: TypeKey) -> Self {
        Self {
            place,
            fields: IndexMap::new(),
        }
    }

    pub(super) fn add(
        &mut self,
        builder: &mut Builder<'_>,
        name: impl Into<String>,
        key: TypeKey,
        wrap: Wrap,
        meaning: InputMeaning,
    ) {
        let field = ApiInputField {
            description: description::of_input(meaning),
            ty: builder.refer(key, wrap),
            meaning,
        };
        builder.add(self.place, &mut self.fields, name.into(), field);
    }

    pub(super) fn into_type(self, model: ModelId) -> ApiType {
        ApiType::Input(ApiInput {
            description: None,
            model,
            fields: self.fields,
        })
    }
}

/// The fields of an object.
pub(super) struct Outputs {
    place: TypeKey,
    fields: IndexMap<String, ApiField>,
}

impl Outputs {
    pub(super) fn of(place: TypeKey) -> Self {
        Self {
            place,
            fields: IndexMap::new(),
        }
    }

    pub(super) fn add(
        &mut self,
        builder: &mut Builder<'_>,
        name: impl Into<String>,
        key: TypeKey,
        wrap: Wrap,
        meaning: OutputMeaning,
    ) {
        self.add_with(builder, name, key, wrap, meaning, Arguments::default());
    }

    pub(super) fn add_with(
        &mut self,
        builder: &mut Builder<'_>,
        name: impl Into<String>,
        key: TypeKey,
        wrap: Wrap,
        meaning: OutputMeaning,
        arguments: Arguments,
    ) {
        let field = ApiField {
            description: description::of_output(meaning),
            ty: builder.refer(key, wrap),
            meaning,
            arguments: arguments.0,
        };
        builder.add(self.place, &mut self.fields, name.into(), field);
    }

    /// The object, of a model or of none.
    pub(super) fn into_object(
        self,
        model: Option<ModelId>,
        description: Option<&'static str>,
    ) -> ApiObject {
        ApiObject {
            description,
            model,
            implements_node: false,
            fields: self.fields,
        }
    }

    pub(super) fn into_type(
        self,
        model: impl Into<Option<ModelId>>,
        description: impl Into<Option<&'static str>>,
    ) -> ApiType {
        ApiType::Object(self.into_object(model.into(), description.into()))
    }
}

/// The arguments of a field; their names never meet.
#[derive(Default)]
pub(super) struct Arguments(IndexMap<String, ApiArgument>);

impl Arguments {
    pub(super) fn with(
        mut self,
        builder: &mut Builder<'_>,
        meaning: ArgumentMeaning,
        key: TypeKey,
        wrap: Wrap,
    ) -> Self {
        let ty: TypeRef = builder.refer(key, wrap);
        let argument = ApiArgument { ty, meaning };
        self.0.insert(name(meaning).to_owned(), argument);
        self
    }

    /// The seven arguments of a list of nodes.
    pub(super) fn of_list(builder: &mut Builder<'_>, model: ModelId) -> Self {
        use ArgumentMeaning::{After, Before, First, Last, OrderBy, Skip, Where};
        let mut arguments =
            Self::default().with(builder, Where, TypeKey::Where(model), Wrap::Optional);
        if builder.presence.has_order(model) {
            arguments = arguments.with(builder, OrderBy, TypeKey::OrderBy(model), Wrap::Optional);
        }
        [
            (Skip, TypeKey::INT),
            (After, TypeKey::STRING),
            (Before, TypeKey::STRING),
            (First, TypeKey::INT),
            (Last, TypeKey::INT),
        ]
        .into_iter()
        .fold(arguments, |arguments, (meaning, key)| {
            arguments.with(builder, meaning, key, Wrap::Optional)
        })
    }

    /// `where: XWhereUniqueInput!`
    pub(super) fn with_unique(self, builder: &mut Builder<'_>, model: ModelId) -> Self {
        self.with(
            builder,
            ArgumentMeaning::WhereUnique,
            TypeKey::WhereUnique(model),
            Wrap::Required,
        )
    }
}

fn name(meaning: ArgumentMeaning) -> &'static str {
    match meaning {
        ArgumentMeaning::Where | ArgumentMeaning::WhereUnique | ArgumentMeaning::WhereEvent => {
            "where"
        }
        ArgumentMeaning::OrderBy => "orderBy",
        ArgumentMeaning::Skip => "skip",
        ArgumentMeaning::After => "after",
        ArgumentMeaning::Before => "before",
        ArgumentMeaning::First => "first",
        ArgumentMeaning::Last => "last",
        ArgumentMeaning::Data => "data",
        ArgumentMeaning::Create => "create",
        ArgumentMeaning::Update => "update",
        ArgumentMeaning::Id => "id",
        ArgumentMeaning::Database => "database",
        ArgumentMeaning::RawQuery => "query",
    }
}
