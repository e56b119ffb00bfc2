//! The judge of everything that is sent: the API that the server derives from the same datamodel.

use apollo_compiler::{
    ExecutableDocument, Schema, request::coerce_variable_values, validation::Valid,
};
use prisma_datamodel::Source;
use prisma_runtime::Request;
use serde_json_bytes::Value;

pub(crate) struct Api(Valid<Schema>);

impl Api {
    /// The API of `datamodels/{name}.prisma`.
    pub(crate) fn of(name: &str) -> Self {
        let path = format!("{}/datamodels/{name}.prisma", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(&path).unwrap();
        let (datamodel, _) = prisma_datamodel::parse(&Source::new(name, text)).unwrap();
        let api = prisma_api::derive(&datamodel, &prisma_api::Options::default()).unwrap();
        Self(Schema::parse_and_validate(api.to_sdl(), "api.graphql").unwrap())
    }

    /// Fails unless the document is valid and its variables fit.
    pub(crate) fn accepts(&self, request: &Request) {
        let query = &request.query;
        let document = ExecutableDocument::parse_and_validate(&self.0, query, "request.graphql")
            .unwrap_or_else(|errors| panic!("{query}\n{}", errors.errors));
        let operation = document.operations.get(None).unwrap();
        let variables = serde_json::from_str(request.variables.get()).unwrap();
        let Value::Object(variables) = variables else {
            panic!("variables are an object");
        };
        let fit = coerce_variable_values(&self.0, operation, &variables);
        if let Err(error) = fit {
            panic!("{query}\n{variables:?}\n{}", error.message());
        }
    }
}
