//! What of a client can be chosen.

use std::collections::BTreeMap;

use prisma_datamodel::Source;

/// Options of a generated client.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The text of the datamodel: documentation then says where things are declared.
    pub source: Option<Source>,
    /// Further derives of the structs of models and of enums, by the name in the datamodel; `*` stands for all.
    pub derives: BTreeMap<String, Vec<String>>,
    /// Names in Rust of models and enums whose own names cannot be used, by the name in the datamodel.
    pub renames: BTreeMap<String, String>,
}

impl Options {
    /// The further derives of a model or enum.
    pub(crate) fn derives_of(&self, name: &str) -> Vec<String> {
        let of = |key| self.derives.get(key).cloned().unwrap_or_default();
        [of("*"), of(name)].concat()
    }
}
