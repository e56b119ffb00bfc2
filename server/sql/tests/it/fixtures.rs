//! Datamodels of `fixtures/datamodels/ok`, and the actions that lay them out.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use prisma_connector::StorageAction;
use prisma_datamodel::{Datamodel, ModelId, Source};

pub(crate) fn read(name: &str) -> Arc<Datamodel> {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../fixtures/datamodels/ok")
        .join(name)
        .with_extension("prisma");
    parse(&fs::read_to_string(file).unwrap())
}

pub(crate) fn parse(text: &str) -> Arc<Datamodel> {
    let (datamodel, _) = prisma_datamodel::parse(&Source::new("datamodel.prisma", text)).unwrap();
    Arc::new(datamodel)
}

/// What a first deploy does.
pub(crate) fn all_actions(datamodel: &Datamodel) -> Vec<StorageAction> {
    let models: Vec<ModelId> = datamodel.models().map(|(id, _)| id).collect();
    let columns = |model: ModelId| {
        let fields = datamodel.fields_of(model);
        fields.filter_map(move |(id, field)| {
            if field.is_scalar_list() {
                Some(StorageAction::CreateList(id))
            } else {
                let own_column = field.is_column() && id != datamodel[model].id;
                own_column.then_some(StorageAction::CreateColumn(id))
            }
        })
    };
    let mut actions: Vec<_> = models
        .iter()
        .copied()
        .map(StorageAction::CreateModel)
        .collect();
    actions.extend(models.into_iter().flat_map(columns));
    actions.extend(
        datamodel
            .relations()
            .map(|(id, _)| StorageAction::CreateLink(id)),
    );
    actions
}
