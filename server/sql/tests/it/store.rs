//! The management store's statements, and the ids of projects.

use prisma_connector::{Database, ServiceName};
use prisma_sql::SqlDatabase;
use prisma_sql::dialect::SQLITE;

use crate::recorder::{Recorder, at_once, everywhere};

#[test]
fn tables() {
    insta::assert_snapshot!(everywhere(|dialect| {
        let recorder = Recorder::of(dialect);
        at_once(SqlDatabase::open(recorder.clone())).unwrap();
        recorder.take()
    }));
}

#[test]
fn containers_are_named_by_project() {
    let recorder = Recorder::default();
    let database = at_once(SqlDatabase::open(recorder.clone())).unwrap();
    recorder.take();
    at_once(database.create_container(&ServiceName::new("blog", "dev"))).unwrap();
    at_once(database.drop_container(&ServiceName::default())).unwrap();
    assert_eq!(recorder.take(), "create blog_dev\ndrop default_default\n");
}

#[test]
fn project_ids_can_be_read_back() {
    for (name, stage, id) in [
        ("default", "default", "default_default"),
        ("blog", "dev", "blog_dev"),
        ("my_blog", "dev", "my_blog_dev"),
        ("blog", "my_dev", "blog$my_dev"),
        ("my_blog", "my_dev", "my_blog$my_dev"),
        ("blog_", "_", "blog_$_"),
        ("team~blog", "dev", "team~blog_dev"),
    ] {
        let service = ServiceName::new(name, stage);
        let layout = SQLITE.layout;
        assert_eq!(layout.project_id(&service), id);
        assert_eq!(layout.service_name(id), Some(service));
    }
    assert_eq!(SQLITE.layout.service_name("nothing"), None);
}
