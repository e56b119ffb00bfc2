//! Nested operations on every shape of a relation, against a real database (api.md §4.5).
//!
//! A snapshot for each shape says what every operation comes to. Where the links are stored must make no difference:
//! all layouts of a shape are held to the same snapshot.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::world::World;

/// A field of one end: `P1!` in the tables of the specification is `Required` on the parent.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Required,
    Optional,
    Many,
    /// No field: many, and no way to look.
    Hidden,
}

/// Where links are stored.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Layout {
    InParent,
    InChild,
    Table,
}

#[test]
fn one_required_to_one_required() {
    check("one_required_to_one_required", End::Required, End::Required);
}

#[test]
fn one_required_to_one() {
    check("one_required_to_one", End::Required, End::Optional);
}

#[test]
fn one_to_one_required() {
    check("one_to_one_required", End::Optional, End::Required);
}

#[test]
fn one_to_one() {
    check("one_to_one", End::Optional, End::Optional);
}

#[test]
fn many_to_one() {
    check("many_to_one", End::Many, End::Optional);
}

#[test]
fn many_to_one_required() {
    check("many_to_one_required", End::Many, End::Required);
}

#[test]
fn one_to_many() {
    check("one_to_many", End::Optional, End::Many);
    check("one_to_many", End::Optional, End::Hidden);
}

#[test]
fn one_required_to_many() {
    check("one_required_to_many", End::Required, End::Many);
    check("one_required_to_many", End::Required, End::Hidden);
}

#[test]
fn many_to_many() {
    check("many_to_many", End::Many, End::Many);
    check("many_to_many", End::Many, End::Hidden);
}

fn check(shape: &str, parent: End, child: End) {
    for layout in [Layout::InParent, Layout::InChild, Layout::Table] {
        let Some(datamodel) = datamodel(parent, child, layout) else {
            continue;
        };
        let text = outcomes(&World::new(&datamodel), parent, child);
        let mut settings = insta::Settings::clone_current();
        settings.set_omit_expression(true);
        settings.bind(|| insta::assert_snapshot!(shape, text));
    }
}

/// `None` where links cannot be stored so.
fn datamodel(parent: End, child: End, layout: Layout) -> Option<String> {
    let is_one = |end| matches!(end, End::Required | End::Optional);
    let possible = match layout {
        Layout::InParent => is_one(parent),
        Layout::InChild => is_one(child),
        Layout::Table => true,
    };
    let field = |end, name: &str, ty: &str, link: &str| match end {
        End::Required => format!("{name}: {ty}! @relation(name: \"Link\"{link})"),
        End::Optional => format!("{name}: {ty} @relation(name: \"Link\"{link})"),
        End::Many => format!("{name}: [{ty}] @relation(name: \"Link\"{link})"),
        End::Hidden => String::new(),
    };
    let (in_parent, in_child) = match layout {
        Layout::InParent => (", link: INLINE", ""),
        Layout::InChild => ("", ", link: INLINE"),
        Layout::Table => (", link: TABLE", ""),
    };
    possible.then(|| {
        format!(
            "type Parent {{ id: ID! @id  key: String @unique  {} }}
             type Child {{ id: ID! @id  key: String @unique  word: String  {} }}",
            field(parent, "child", "Child", in_parent),
            field(child, "parent", "Parent", in_child),
        )
    })
}

/// Operations on a parent `p1` linked to `c1`, beside `p2` linked to `c2`, `p3` without child and `c3` without parent
/// as far as the shape allows those. `new` is a child that is not there, `xx` one that never is.
const ON_ONE: &[&str] = &[
    r#"create: {id: "new"}"#,
    r#"connect: {id: "c1"}"#,
    r#"connect: {id: "c2"}"#,
    r#"connect: {key: "c3"}"#,
    r#"connect: {id: "xx"}"#,
    r#"connect: {id: "p2"}"#,
    r#"create: {id: "new"}, connect: {id: "c3"}"#,
    r#"disconnect: true"#,
    r#"disconnect: false"#,
    r#"delete: true"#,
    r#"update: {word: "changed"}"#,
    r#"upsert: {create: {id: "new"}, update: {word: "changed"}}"#,
];

const ON_MANY: &[&str] = &[
    r#"create: [{id: "new"}, {id: "new2"}]"#,
    r#"connect: {id: "c1"}"#,
    r#"connect: [{id: "c2"}, {id: "c2"}]"#,
    r#"connect: {key: "c3"}"#,
    r#"connect: {id: "xx"}"#,
    r#"set: []"#,
    r#"set: [{id: "c1"}, {id: "c1"}]"#,
    r#"set: [{id: "c2"}, {id: "c3"}]"#,
    r#"set: [{id: "c2"}, {id: "xx"}]"#,
    r#"disconnect: {key: "c1"}"#,
    r#"disconnect: [{id: "c1"}, {id: "c1"}]"#,
    r#"disconnect: {id: "c2"}"#,
    r#"disconnect: {id: "xx"}"#,
    r#"delete: {id: "c1"}"#,
    r#"delete: {key: "c2"}"#,
    r#"delete: {id: "xx"}"#,
    r#"update: {where: {key: "c1"}, data: {word: "changed"}}"#,
    r#"update: {where: {key: "c2"}, data: {word: "changed"}}"#,
    r#"update: {where: {id: "xx"}, data: {word: "changed"}}"#,
    r#"upsert: {where: {id: "c1"}, create: {id: "new"}, update: {word: "changed"}}"#,
    r#"upsert: {where: {id: "c2"}, create: {id: "new"}, update: {word: "changed"}}"#,
    r#"upsert: {where: {id: "xx"}, create: {id: "new"}, update: {word: "changed"}}"#,
    r#"upsert: {where: {id: "xx"}, create: {id: "c2"}, update: {word: "changed"}}"#,
    r#"updateMany: {where: {}, data: {word: "changed"}}"#,
    r#"updateMany: [{where: {word: "c1"}, data: {word: "a"}}, {where: {word: "a"}, data: {word: "b"}}]"#,
    r#"updateMany: {where: {word: "c2"}, data: {word: "changed"}}"#,
    r#"deleteMany: {}"#,
    r#"deleteMany: [{word: "c2"}]"#,
    r#"create: {id: "new"}, update: {where: {id: "new"}, data: {word: "changed"}}"#,
    r#"create: {id: "new"}, delete: {id: "new"}"#,
    r#"create: {id: "new"}, set: {id: "c1"}"#,
    r#"create: {id: "new"}, disconnect: {id: "new"}"#,
    r#"create: {id: "new"}, upsert: {where: {id: "new"}, create: {id: "new"}, update: {word: "changed"}}"#,
    r#"connect: {id: "c3"}, update: {where: {id: "c3"}, data: {word: "changed"}}"#,
    r#"delete: {id: "c1"}, connect: {id: "c1"}"#,
    r#"connect: {id: "c2"}, deleteMany: {word: "c2"}"#,
];

/// Inside a create of `p9`.
const IN_CREATE: &[&str] = &[
    r#"create: {id: "new"}"#,
    r#"connect: {id: "c2"}"#,
    r#"connect: {id: "c3"}"#,
    r#"connect: {id: "xx"}"#,
];

fn outcomes(world: &World, parent: End, child: End) -> String {
    let mut text = String::new();
    for (index, (title, mutation)) in cases(parent).iter().enumerate() {
        let case = Case {
            world,
            child,
            prefix: format!("{index}-"),
        };
        case.prepare(parent);
        let before = case.state();
        if index == 0 {
            text += &format!("before\n    {before}\n");
        }
        let errors = case.run(mutation);
        let after = case.state();
        let after = if after == before { "unchanged" } else { &after };
        text += &format!("{title}\n    {errors}{after}\n");
    }
    text
}

/// Mutation fields with titles: each operation on a parent with a child and on one without.
fn cases(parent: End) -> Vec<(String, String)> {
    let operations = match parent {
        End::Many => ON_MANY,
        _ => ON_ONE,
    };
    let is_offered = |operation: &&&str| {
        parent != End::Required
            || !(operation.starts_with("disconnect") || operation.starts_with("delete"))
    };
    let parents: &[&str] = match parent {
        End::Required => &["p1"],
        _ => &["p1", "p3"],
    };
    let mut cases = Vec::new();
    for operation in operations.iter().filter(is_offered) {
        for at in parents {
            cases.push((
                format!("{at}: {operation}"),
                format!(r#"updateParent(where: {{id: "{at}"}}, data: {{child: {{{operation}}}}}) {{id}}"#),
            ));
        }
    }
    for operation in IN_CREATE {
        cases.push((
            format!("new parent: {operation}"),
            format!(r#"createParent(data: {{id: "p9", child: {{{operation}}}}}) {{id}}"#),
        ));
    }
    for (model, at) in [("Parent", "p1"), ("Child", "c1")] {
        cases.push((
            format!("delete {at}"),
            format!(r#"delete{model}(where: {{id: "{at}"}}) {{id}}"#),
        ));
    }
    cases
}

/// One operation among nodes of its own.
struct Case<'a> {
    world: &'a World,
    child: End,
    /// Stands before the ids and keys of this case.
    prefix: String,
}

impl Case<'_> {
    fn prepare(&self, parent: End) {
        for number in 1..=3 {
            let child = match (number, parent) {
                (3, End::Required) => continue,
                (3, _) => String::new(),
                _ => format!("child: {{create: {}}}", node('c', number)),
            };
            let create = format!(
                r#"createParent(data: {{id: "p{number}", key: "p{number}", {child}}}) {{id}}"#
            );
            assert_eq!(self.run(&create), "", "{create}");
        }
        if self.child != End::Required {
            let create = format!("createChild(data: {}) {{id}}", node('c', 3));
            assert_eq!(self.run(&create), "", "{create}");
        }
    }

    /// Runs a mutation field; its errors as lines.
    fn run(&self, mutation: &str) -> String {
        let prefix = &self.prefix;
        let mutation = mutation
            .replace("id: \"", &format!("id: \"{prefix}"))
            .replace("key: \"", &format!("key: \"{prefix}"));
        let answer = self.world.run(&format!("mutation {{{mutation}}}"));
        let line = |error: &Value| {
            let message = error["message"].as_str().unwrap().replace(prefix, "");
            format!("{} {message}\n    ", error["code"])
        };
        let errors = answer["errors"].as_array();
        errors.into_iter().flatten().map(line).collect()
    }

    /// Parents with their children, then children with words that changed. `?` is a node that lacks a required one.
    fn state(&self) -> String {
        let parents = self.nodes("parents", "id child {id}");
        let children = self.nodes("children", "id word");
        let links: Vec<String> = parents
            .iter()
            .map(|node| match self.id(node) {
                Some(id) => format!("{id}({})", self.linked(&node["child"]).join(" ")),
                None => "?".to_owned(),
            })
            .collect();
        let words = children.iter().map(|node| {
            let id = self.id(node).unwrap();
            match node["word"].as_str() {
                Some(word) if word != id => format!("{id}={word}"),
                _ => id,
            }
        });
        if self.child != End::Hidden && !links.contains(&"?".to_owned()) {
            self.check_other_end(&parents);
        }
        let words: Vec<String> = words.collect();
        format!("{} | {}", links.join(" "), words.join(" "))
    }

    /// The children must name the parents that name them.
    fn check_other_end(&self, parents: &[Value]) {
        let children = self.nodes("children", "id parent {id}");
        if children.contains(&Value::Null) {
            return;
        }
        let links = |nodes: &[Value], field: &str| -> BTreeSet<[String; 2]> {
            let of = |node: &Value| {
                let id = self.id(node).unwrap();
                let linked = self.linked(&node[field]);
                linked.into_iter().map(move |other| [id.clone(), other])
            };
            nodes.iter().flat_map(of).collect()
        };
        let turned = links(&children, "parent").into_iter();
        let turned: BTreeSet<[String; 2]> = turned.map(|[child, parent]| [parent, child]).collect();
        assert_eq!(links(parents, "child"), turned);
    }

    fn nodes(&self, field: &str, select: &str) -> Vec<Value> {
        let prefix = &self.prefix;
        let query = format!(r#"{{{field}(where: {{id_starts_with: "{prefix}"}}) {{{select}}}}}"#);
        let answer = self.world.run(&query);
        answer["data"][field].as_array().unwrap().clone()
    }

    /// The id of a node, without prefix; `None` for null.
    fn id(&self, node: &Value) -> Option<String> {
        let id = node["id"].as_str()?;
        Some(id.strip_prefix(&self.prefix).unwrap().to_owned())
    }

    /// The ids that a relation field answers.
    fn linked(&self, field: &Value) -> Vec<String> {
        match field {
            Value::Array(nodes) => nodes.iter().filter_map(|node| self.id(node)).collect(),
            node => self.id(node).into_iter().collect(),
        }
    }
}

fn node(letter: char, number: u32) -> String {
    format!(r#"{{id: "{letter}{number}", key: "{letter}{number}", word: "{letter}{number}"}}"#)
}
