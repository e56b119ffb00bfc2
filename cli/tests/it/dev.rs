//! `prisma dev`

#![cfg(unix)]

use crate::program::{Folder, Running, port, request};

const USERS: &str = "type User {\n  id: ID! @id\n  name: String\n}\n";

fn start(folder: &Folder, more: &[&str]) -> (Running, u16) {
    let arguments = [&["dev", "--port", "0"], more].concat();
    let running = folder.start(&arguments);
    let port = port(&running.wait_for("Listening on"));
    (running, port)
}

fn query(port: u16, path: &str, query: &str) -> String {
    let body = serde_json::json!({ "query": query }).to_string();
    request(port, "POST", path, &body)
}

#[test]
fn the_datamodel_is_deployed_and_followed() {
    let folder = Folder::new();
    folder.write("datamodel.prisma", USERS);
    let (running, port) = start(&folder, &[]);
    let created = query(
        port,
        "/",
        r#"mutation { createUser(data: { name: "Alice" }) { name } }"#,
    );
    assert_eq!(created, r#"{"data":{"createUser":{"name":"Alice"}}}"#);

    folder.write(
        "datamodel.prisma",
        &USERS.replace("String\n", "String\n  age: Int\n"),
    );
    running.wait_for("field User.age: Int");
    running.wait_for("Deployed revision 3");
    let users = query(port, "/", "{ users { name age } }");
    assert_eq!(users, r#"{"data":{"users":[{"name":"Alice","age":null}]}}"#);

    // A text that is wrong leaves the service alone.
    folder.write(
        "datamodel.prisma",
        "type User {\n  id: ID! @id\n  name: Strin\n}\n",
    );
    running.wait_for("no type or enum declaration with that name");
    running.wait_for("Not deployed");
    assert_eq!(
        query(port, "/", "{ users { age } }"),
        r#"{"data":{"users":[{"age":null}]}}"#
    );
    assert_eq!(running.terminate(), 0);
}

#[test]
fn files_that_editors_replace_are_followed_too() {
    let folder = Folder::new();
    folder.write("blog.prisma", USERS);
    let (running, port) = start(
        &folder,
        &["blog.prisma", "--service", "blog", "--stage", "dev"],
    );
    assert_eq!(
        query(port, "/blog/dev", "{ users { name } }"),
        r#"{"data":{"users":[]}}"#
    );
    folder.write("new", &USERS.replace("name", "nick: String\n  name"));
    std::fs::rename(folder.path().join("new"), folder.path().join("blog.prisma")).unwrap();
    running.wait_for("field User.nick: String");
    assert_eq!(running.terminate(), 0);
}
