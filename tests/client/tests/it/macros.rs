//! Clients without a build script.

use crate::recorder::{Recorder, Transcript};

mod from_file {
    #![deny(warnings, missing_docs)]

    #[derive(prisma_runtime::Datamodel)]
    #[prisma(path = "datamodels/blog.prisma")]
    struct Datamodel;
}

mod on_the_spot {
    #![deny(warnings, missing_docs)]

    prisma_runtime::datamodel! {
        // A comment.
        "Something to do."
        type Task {
            id: ID! @id
            title: String! @unique @default(value: "-")
            weight: Float @default(value: -1.5)
            state: State!
            subtasks: [Task!]! @relation(name: "Parts")
        }

        enum State { OPEN DONE }
    }
}

#[test]
fn of_a_file() {
    use from_file::{Db, Models, user};
    let db = Db::custom(Recorder::answering("{}"));
    let mut sent = Transcript::new("blog");
    sent.add(&db.user().find_unique(user::by_email("a@b.c")));
    insta::assert_snapshot!(sent.text(), @r#"
    query($where: UserWhereUniqueInput!) { user(where: $where) { id email name age role } }
    {"where":{"email":"a@b.c"}}
    "#);
}

#[tokio::test]
async fn of_tokens() {
    use on_the_spot::{Db, Models, State, Task, task};
    let answer = r#"{"data":{"createTask":{"id":"1","title":"t","weight":-1.5,"state":"DONE"}}}"#;
    let db = Db::custom(Recorder::answering(answer));
    let created = db
        .task()
        .create(task::New { state: State::Done }.with(|t| t.title.to("t")));
    let expected = Task {
        id: "1".into(),
        title: "t".into(),
        weight: Some(-1.5),
        state: State::Done,
    };
    assert_eq!(created.await.unwrap(), expected);
}
