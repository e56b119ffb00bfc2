//! APIs as text.

use prisma_api::Options;

use crate::datamodels::{all, check, datamodel, derive};

#[test]
fn of_every_datamodel() {
    for (name, datamodel) in all("tests/it/datamodels") {
        let api = derive(&datamodel, &Options::default());
        check("sdl", &name, &api.to_sdl());
    }
}

#[test]
fn with_raw_access() {
    let options = Options {
        raw_access: true,
        databases: vec!["default".to_owned(), "archive".to_owned()],
    };
    let without_models = derive(&datamodel("enum Alone { A }"), &options);
    check("sdl", "raw_access", &without_models.to_sdl());
}

#[test]
fn without_models_nothing_can_be_changed_or_watched() {
    let api = derive(&datamodel("enum Alone { A }"), &Options::default());
    assert_eq!((api.mutation, api.subscription), (None, None));
    assert_eq!(api.lookup("Query").unwrap().0, api.query);
}
