//! Documents of the management API, checked against its schema.

use apollo_compiler::{
    ExecutableDocument, Schema, ast,
    executable::Operation,
    introspection,
    parser::Parser,
    request::{RequestError, coerce_variable_values},
    response::{GraphQLError, JsonMap},
    validation::{DiagnosticList, Valid},
};
use prisma_engine::GraphqlRequest;

/// Deeper documents are refused as if they did not parse. Introspection queries have about twenty levels.
const MAX_DEPTH: usize = 100;

/// The schema (deploy.md §3.2).
pub(super) fn schema() -> Valid<Schema> {
    let text = include_str!("schema.graphql");
    // The text is part of the program and a test checks it; reading it as far as it goes needs no way to fail.
    let schema = Schema::parse(text, "schema.graphql").unwrap_or_else(|errors| errors.partial);
    Valid::assume_valid(schema)
}

/// A document that parses, or the message that says why it does not.
pub(super) fn parse(text: &str) -> Result<ast::Document, String> {
    let mut parser = Parser::new().recursion_limit(MAX_DEPTH);
    match parser.parse_ast(text, "request.graphql") {
        Err(errors) => Err(syntax_error(text, &errors.errors)),
        Ok(document) if document.definitions.is_empty() => Err(format!(
            "{SYNTAX}Expected a query or mutation (line 1, column 1):\n\n^"
        )),
        Ok(document) => Ok(document),
    }
}

const SYNTAX: &str = "Syntax error while parsing GraphQL query. ";

/// The first error with its position, the line and a mark below it.
fn syntax_error(text: &str, errors: &DiagnosticList) -> String {
    let Some(first) = errors.iter().next() else {
        return SYNTAX.trim_end().to_owned();
    };
    let message = format!("{SYNTAX}{}", first.error);
    let Some(position) = first.line_column_range().map(|range| range.start) else {
        return message;
    };
    let (line, column) = (position.line, position.column);
    let shown = text.lines().nth(line.saturating_sub(1)).unwrap_or_default();
    let blanks = column.saturating_sub(1);
    format!(
        "{message} (line {line}, column {column}):\n{shown}\n{:blanks$}^",
        ""
    )
}

/// A request that may run.
pub(super) struct Checked {
    document: Valid<ExecutableDocument>,
    operation_name: Option<String>,
    pub(super) variables: Valid<JsonMap>,
}

impl Checked {
    pub(super) fn document(&self) -> &Valid<ExecutableDocument> {
        &self.document
    }

    pub(super) fn operation(&self) -> Result<&Operation, RequestError> {
        let operation = self
            .document
            .operations
            .get(self.operation_name.as_deref())?;
        Ok(operation)
    }
}

/// Checks a document and its variables against the schema.
pub(super) fn check(
    schema: &Valid<Schema>,
    document: &ast::Document,
    request: &GraphqlRequest,
) -> Result<Checked, Vec<GraphQLError>> {
    let document = document.to_executable_validate(schema).map_err(|errors| {
        errors
            .errors
            .iter()
            .map(|error| error.to_json())
            .collect::<Vec<_>>()
    })?;
    let operation_name = request.operation_name.as_deref();
    let operation = document.operations.get(operation_name).map_err(|_| {
        vec![message(match operation_name {
            Some(name) => format!("Unknown operation name '{name}'"),
            None => "Must provide operation name if query contains multiple operations".to_owned(),
        })]
    })?;
    let located = |error: RequestError| vec![error.to_graphql_error(&document.sources)];
    introspection::check_max_depth(&document, operation).map_err(located)?;
    let variables = variables(request).map_err(|error| vec![message(error)])?;
    let variables = coerce_variable_values(schema, operation, &variables).map_err(located)?;
    Ok(Checked {
        operation_name: request.operation_name.clone(),
        variables,
        document,
    })
}

fn variables(request: &GraphqlRequest) -> Result<JsonMap, String> {
    match &request.variables {
        None => Ok(JsonMap::new()),
        Some(text) => serde_json::from_str(text.get())
            .map_err(|error| format!("The variables cannot be read: {error}")),
    }
}

fn message(text: String) -> GraphQLError {
    GraphQLError {
        message: text,
        locations: Vec::new(),
        path: Vec::new(),
        extensions: JsonMap::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_schema_is_valid() {
        let text = include_str!("schema.graphql");
        let schema = Schema::parse_and_validate(text, "schema.graphql").unwrap();
        assert!(schema.to_string() == super::schema().to_string());
        let named = schema.types.values().filter(|ty| !ty.is_built_in());
        // 34 with the scalar `DateTime` left out, as deploy.md §3.2 counts.
        assert_eq!(named.filter(|ty| !ty.is_scalar()).count(), 34);
    }

    #[test]
    fn syntax_errors_show_the_place() {
        let message = parse("{\n  serverInfo { version \n").unwrap_err();
        assert!(
            message.starts_with("Syntax error while parsing GraphQL query. "),
            "{message}"
        );
        assert!(message.contains(" (line "), "{message}");
        assert!(message.ends_with('^'), "{message}");
        for empty in ["", " ", "# nothing"] {
            assert!(parse(empty).unwrap_err().starts_with(SYNTAX));
        }
    }

    #[test]
    fn deep_documents_are_refused() {
        for (open, close) in [("{a", "}"), ("{a(x:[", "])}"), ("{a(x:{y:", "})}")] {
            let deep = open.repeat(20_000) + &close.repeat(20_000);
            assert!(parse(&deep).is_err(), "{open}");
        }
    }
}
