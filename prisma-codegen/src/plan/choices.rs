//! Options that make no sense for a datamodel.

use prisma_datamodel::{Datamodel, Diagnostic, FieldType, ScalarType, Span};

use crate::{error::problem, options::Options};

/// How to name what a scalar or field is read as.
const SCALAR_HELP: &str = "name a scalar as in \"Json\", or a field as in \"Product.price\"";

pub(super) fn problems(datamodel: &Datamodel, options: &Options) -> Vec<Diagnostic> {
    let mut choices = Choices {
        datamodel,
        found: Vec::new(),
    };
    for (name, paths) in &options.derives {
        if name != "*" {
            choices.declared("derive", name);
        }
        for path in paths {
            choices.parsed::<syn::Path>("derive", path, "the path of a derive");
        }
    }
    for (name, rust_name) in &options.renames {
        choices.declared("rename", name);
        choices.parsed::<syn::Ident>("rename", rust_name, "a name in Rust");
    }
    for (name, path) in &options.scalars {
        choices.scalar(name);
        choices.parsed::<syn::Path>("scalar", path, "the path of a type");
    }
    for name in &options.open_enums {
        if datamodel.enumeration(name).is_none() {
            let help = datamodel.enums().map(|(_, item)| item.name.as_str());
            let help = meant(name, help);
            choices.add(
                "enum_fallback",
                format!("the datamodel has no enum `{name}`"),
                help,
            );
        }
    }
    for name in &options.patches {
        if name != "*" && datamodel.model(name).is_none() {
            let help = datamodel.models().map(|(_, model)| model.name.as_str());
            let help = meant(name, help);
            choices.add("patch", format!("the datamodel has no type `{name}`"), help);
        }
    }
    if let Some(path) = &options.runtime_path {
        choices.parsed::<syn::Path>("runtime_path", path, "the path of a crate");
    }
    choices.found
}

struct Choices<'a> {
    datamodel: &'a Datamodel,
    found: Vec<Diagnostic>,
}

impl Choices<'_> {
    fn add(&mut self, option: &str, text: String, help: Option<String>) {
        let text = format!("`{option}`: {text}");
        self.found.push(problem(Span::default(), text, help));
    }

    fn declared(&mut self, option: &str, name: &str) {
        let datamodel = self.datamodel;
        if datamodel.model(name).is_some() || datamodel.enumeration(name).is_some() {
            return;
        }
        let models = datamodel.models().map(|(_, model)| model.name.as_str());
        let enums = datamodel.enums().map(|(_, item)| item.name.as_str());
        let help = meant(name, models.chain(enums));
        self.add(
            option,
            format!("the datamodel has no type or enum `{name}`"),
            help,
        );
    }

    fn parsed<T: syn::parse::Parse>(&mut self, option: &str, text: &str, what: &str) {
        if syn::parse_str::<T>(text).is_err() {
            self.add(option, format!("`{text}` is not {what}"), None);
        }
    }

    /// A scalar, or a field that holds one and is no id: ids are types already.
    fn scalar(&mut self, name: &str) {
        let Some((model, field)) = name.split_once('.') else {
            if ScalarType::from_name(name).is_none() {
                self.add(
                    "scalar",
                    format!("there is no scalar `{name}`"),
                    Some(SCALAR_HELP.to_owned()),
                );
            }
            return;
        };
        let Some(id) = self.datamodel.model(model) else {
            self.declared("scalar", model);
            return;
        };
        let mut fields = self.datamodel.visible_fields(id);
        let found = fields.find(|(_, candidate)| candidate.name == field);
        match found {
            None => {
                let fields = self.datamodel.visible_fields(id);
                let help = meant(field, fields.map(|(_, field)| field.name.as_str()));
                self.add("scalar", format!("`{model}` has no field `{field}`"), help);
            }
            Some((_, found)) if found.id.is_some() || !matches!(found.ty, FieldType::Scalar(_)) => {
                let text = format!("`{name}` holds no scalar, or is the id");
                self.add("scalar", text, Some(SCALAR_HELP.to_owned()));
            }
            Some(_) => {}
        }
    }
}

/// The candidate that was meant, if it differs in case or by a letter or two.
fn meant<'a>(word: &str, candidates: impl Iterator<Item = &'a str>) -> Option<String> {
    let lower = word.to_lowercase();
    let distance =
        |candidate: &&str| strsim::damerau_levenshtein(&lower, &candidate.to_lowercase());
    candidates
        .filter(|candidate| distance(candidate) * 3 <= word.len().max(candidate.len()))
        .min_by_key(distance)
        .map(|candidate| format!("did you mean `{candidate}`?"))
}
