//! What of a client can be chosen.

use std::collections::{BTreeMap, BTreeSet};

use prisma_datamodel::Source;

/// Options of a generated client.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The text of the datamodel: documentation and errors then say where things are defined.
    pub source: Option<Source>,
    /// Further derives of the structs of models and of enums, by the name in the datamodel; `*` stands for all.
    pub derives: BTreeMap<String, Vec<String>>,
    /// Names in Rust of models and enums whose own names cannot be used, by the name in the datamodel.
    pub renames: BTreeMap<String, String>,
    /// Rust types of the program's own for scalar fields, by field (`Product.price`) or by scalar (`Json`).
    pub scalars: BTreeMap<String, String>,
    /// Enums that also read values which the client was not generated with.
    pub open_enums: BTreeSet<String>,
    /// Models with a struct of changes, by the name in the datamodel; `*` stands for all.
    pub patches: BTreeSet<String>,
    /// The path of `prisma_runtime` in generated code; `::prisma_runtime` if nothing is said.
    pub runtime_path: Option<String>,
}

impl Options {
    /// The further derives of a model or enum.
    pub(crate) fn derives_of(&self, name: &str) -> Vec<String> {
        let of = |key| self.derives.get(key).cloned().unwrap_or_default();
        [of("*"), of(name)].concat()
    }

    /// Whether a model has a struct of changes.
    pub(crate) fn has_patch(&self, model: &str) -> bool {
        self.patches.contains("*") || self.patches.contains(model)
    }

    /// The program's own type for a field; one for the field alone goes before one for its scalar.
    pub(crate) fn scalar_of(&self, model: &str, field: &str, scalar: &str) -> Option<&str> {
        let of_field = self.scalars.get(&format!("{model}.{field}"));
        let path = of_field.or_else(|| self.scalars.get(scalar))?;
        Some(path)
    }
}
