//! A project as tests talk to it.

use prisma_tests_connector_suite::{Capabilities, Project, ServiceName, Store, block_on};
use serde_json::{Value, json};

/// Runs the body of a test on a store, unless it asks for what the store cannot do or there is no such server here.
pub(crate) fn run(
    store: Store,
    datamodel: &str,
    needs: fn(&Capabilities) -> bool,
    body: impl FnOnce(&Api),
) {
    let Some(project) = block_on(Project::deploy(store, datamodel)).unwrap() else {
        return;
    };
    if needs(project.capabilities()) {
        body(&Api { project });
    }
}

/// A fresh project. Texts are root fields, without braces around them.
pub(crate) struct Api {
    project: Project,
}

impl Api {
    /// The whole answer to a whole request.
    pub(crate) fn send(&self, request: &str) -> Value {
        block_on(self.project.send(request))
    }

    /// The same with variables.
    pub(crate) fn send_with(&self, request: &str, variables: &Value) -> Value {
        let variables = serde_json::value::to_raw_value(variables).unwrap();
        block_on(self.project.send_with(request, Some(variables)))
    }

    /// The project, for tests that wait for several things at once.
    pub(crate) fn project(&self) -> &Project {
        &self.project
    }

    /// Sends all at once and waits for all.
    pub(crate) fn together(&self, requests: impl IntoIterator<Item = String>) -> Vec<Value> {
        block_on(self.project.send_together(requests))
    }

    /// The value of the only root field of a query.
    pub(crate) fn read(&self, field: &str) -> Value {
        self.value(&format!("{{{field}}}"))
    }

    /// The value of the only root field of a mutation.
    pub(crate) fn write(&self, field: &str) -> Value {
        self.value(&format!("mutation{{{field}}}"))
    }

    fn value(&self, request: &str) -> Value {
        let answer = self.send(request);
        assert!(
            answer.get("errors").is_none(),
            "{request}\nanswered {answer}"
        );
        let data = answer["data"].as_object().unwrap();
        assert_eq!(data.len(), 1, "{request}");
        data.values().next().unwrap().clone()
    }

    /// A query with this answer, to the byte.
    #[track_caller]
    pub(crate) fn reads(&self, field: &str, expected: &str) {
        assert_eq!(self.read(field).to_string(), expected, "{field}");
    }

    /// A mutation with this answer, to the byte.
    #[track_caller]
    pub(crate) fn writes(&self, field: &str, expected: &str) {
        assert_eq!(self.write(field).to_string(), expected, "{field}");
    }

    /// A query of a list whose nodes have these ids, in this order, with blanks between them.
    #[track_caller]
    pub(crate) fn lists(&self, field: &str, ids: &str) {
        assert_eq!(
            listed(&self.read(&format!("{field}{{id}}"))),
            ids,
            "{field}"
        );
    }

    /// A query that fails as a whole by this error.
    #[track_caller]
    pub(crate) fn refuses_to_read(&self, field: &str, code: i64, text: &str) {
        self.refuses(&format!("{{{field}}}"), code, text);
    }

    /// A mutation that fails as a whole by this error.
    #[track_caller]
    pub(crate) fn refuses_to_write(&self, field: &str, code: i64, text: &str) {
        self.refuses(&format!("mutation{{{field}}}"), code, text);
    }

    #[track_caller]
    fn refuses(&self, request: &str, code: i64, text: &str) {
        let answer = self.send(request);
        let errors = answer["errors"].as_array();
        let errors = errors.unwrap_or_else(|| panic!("{request}\nanswered {answer}"));
        assert_eq!(errors.len(), 1, "{request}\nanswered {answer}");
        let error = (&errors[0]["code"], errors[0]["message"].as_str());
        assert_eq!(error, (&json!(code), Some(text)), "{request}");
        let data = &answer["data"];
        let is_null = |data: &Value| data.as_object().unwrap().values().all(Value::is_null);
        assert!(
            data.is_null() || is_null(data),
            "{request}\nanswered {answer}"
        );
    }

    /// A request that is refused before anything runs, by an error without a code that says this.
    #[track_caller]
    pub(crate) fn invalid(&self, request: &str, text: &str) {
        let answer = self.send(request);
        assert_invalid(&answer, text);
    }

    /// A model's table as statements in the database's own language name it (api.md §4.10).
    pub(crate) fn table(&self, model: &str) -> String {
        let ServiceName { name, stage } = self.project.name();
        match self.project.capabilities().connector {
            "postgres" => format!(r#""{name}${stage}"."{model}""#),
            "mysql" => format!("`{name}@{stage}`.`{model}`"),
            _ => format!(r#""{model}""#),
        }
    }

    /// The type of a field or argument in the schema: `Query.users` or `UserCreateInput.name`; none if there is none.
    pub(crate) fn type_of(&self, path: &str) -> Option<String> {
        let (of, name) = path.split_once('.').unwrap();
        let found = self.read(&format!(
            "__type(name:\"{of}\"){{fields{{name type{{...T}}}} inputFields{{name type{{...T}}}}}}}} fragment T on __Type{{name kind ofType{{name kind ofType{{name kind ofType{{name kind}}}}}}"
        ));
        ["fields", "inputFields"]
            .iter()
            .filter_map(|key| found[key].as_array())
            .flatten()
            .find(|field| field["name"] == name)
            .map(|field| written(&field["type"]))
    }

    /// The names of the fields of a type, with blanks between them; none if there is no such type.
    pub(crate) fn fields_of(&self, name: &str) -> Option<String> {
        let found = self.read(&format!(
            "__type(name:\"{name}\"){{fields{{name}} inputFields{{name}}}}"
        ));
        let fields = ["fields", "inputFields"].iter();
        let mut fields = fields.filter_map(|key| found[key].as_array());
        Some(names(fields.next()?))
    }

    /// The names of all types.
    pub(crate) fn types(&self) -> Vec<String> {
        let schema = self.read("__schema{types{name}}");
        let types = schema["types"].as_array().unwrap().iter();
        types
            .map(|found| found["name"].as_str().unwrap().to_owned())
            .collect()
    }
}

/// An answer that refuses a request before anything runs.
#[track_caller]
pub(crate) fn assert_invalid(answer: &Value, text: &str) {
    let error = &answer["errors"][0];
    let message = error["message"].as_str().unwrap_or_default();
    assert!(message.contains(text), "{answer}");
    assert!(error.get("code").is_none(), "{answer}");
    assert!(error.get("path").is_none(), "{answer}");
    assert!(answer["data"].is_null(), "{answer}");
}

/// The ids of a list of nodes, with blanks between them.
pub(crate) fn listed(nodes: &Value) -> String {
    let nodes = nodes.as_array().unwrap().iter();
    let ids: Vec<String> = nodes
        .map(|node| match &node["id"] {
            Value::String(id) => id.clone(),
            id => id.to_string(),
        })
        .collect();
    ids.join(" ")
}

fn names(fields: &[Value]) -> String {
    let names: Vec<&str> = fields
        .iter()
        .map(|field| field["name"].as_str().unwrap())
        .collect();
    names.join(" ")
}

fn written(of: &Value) -> String {
    match of["kind"].as_str().unwrap() {
        "NON_NULL" => format!("{}!", written(&of["ofType"])),
        "LIST" => format!("[{}]", written(&of["ofType"])),
        _ => of["name"].as_str().unwrap().to_owned(),
    }
}
