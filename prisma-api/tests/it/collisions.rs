//! Names that meet.

use std::fmt::Write;

use prisma_api::{Collision, Options, Subject, derive};

use crate::datamodels::{all, check, datamodel};

#[test]
fn of_every_datamodel() {
    for (name, datamodel) in all("tests/it/collisions") {
        let collisions = derive(&datamodel, &Options::default()).unwrap_err();
        check("collisions", &name, &shown(&collisions));
    }
}

fn shown(collisions: &[Collision]) -> String {
    collisions
        .iter()
        .fold(String::new(), |mut text, collision| {
            writeln!(text, "{collision}").unwrap();
            writeln!(text, "  help: {}", collision.help().unwrap()).unwrap();
            text
        })
}

#[test]
fn tell_both_origins() {
    let datamodel = datamodel("type A { id: ID! @id } type As { id: ID! @id }");
    let collisions = derive(&datamodel, &Options::default()).unwrap_err();
    let subjects: Vec<_> = collisions
        .iter()
        .map(|collision| (collision.first.subject, collision.second.subject))
        .collect();
    let model = |name| Subject::Model(datamodel.model(name).unwrap());
    assert_eq!(subjects, [(model("A"), model("As"))]);
}

/// What is not in the API cannot collide.
#[test]
fn enums_out_of_reach_take_no_name() {
    let datamodel = datamodel("enum UserConnection { A } type User { id: ID! @id }");
    assert!(derive(&datamodel, &Options::default()).is_ok());
}
