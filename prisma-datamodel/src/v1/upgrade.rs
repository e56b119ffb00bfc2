//! A v1 text rewritten in v1.1, in place: comments and layout stay (`prisma format --upgrade`).

use super::{SYSTEM_FIELDS, maps_existing_database, typed_literal, version};
use crate::{
    ast::{Directive, Document, FieldDef, TypeDef},
    context::{Context, RelationField, scalar_named},
    diagnostic::Diagnostic,
    docs,
    infer::generated_name,
    model::Version,
    options::Options,
    source::{Source, Span},
    syntax,
};

/// Rewrites a text in v1.1; a text that is v1.1 already comes back unchanged.
///
/// Data stays where it is: system fields that v1 adds to every model are written out, and relations that v1.1
/// would store in a column are told to keep their table.
///
/// # Errors
/// Syntax errors only.
pub fn upgrade(source: &Source) -> Result<String, Vec<Diagnostic>> {
    let document = syntax::parse(source)?;
    if version(&document) == Version::V1_1 {
        return Ok(source.text().to_owned());
    }
    let mut edits = Edits {
        text: source.text(),
        edits: Vec::new(),
        existing_database: maps_existing_database(&document),
        appended: String::new(),
    };
    for def in &document.types {
        edits.model(&document, def);
    }
    let options = Options::default();
    let context = Context::new(&document, &options, Version::V1);
    for (at, field) in context.relation_fields.iter().enumerate() {
        edits.relation(&context, at, field);
    }
    Ok(edits.apply())
}

struct Edits<'a> {
    text: &'a str,
    edits: Vec<(Span, String)>,
    /// True for texts that map onto tables of others, to which v1 adds no columns.
    existing_database: bool,
    /// Definitions that come after everything else.
    appended: String,
}

impl Edits<'_> {
    fn replace(&mut self, span: Span, with: impl Into<String>) {
        self.edits.push((span, with.into()));
    }

    fn insert_after(&mut self, span: Span, text: impl Into<String>) {
        self.replace(
            Span {
                start: span.end,
                end: span.end,
            },
            text,
        );
    }

    /// Takes a directive away, and the blanks before it.
    fn remove(&mut self, span: Span) {
        let before = self.text.get(..span.start as usize).unwrap_or("");
        let start = before.trim_end_matches([' ', '\t']).len();
        self.replace(Span::new(start, span.end as usize), "");
    }

    fn model(&mut self, document: &Document, def: &TypeDef) {
        if let Some(table) = def.directive("pgTable") {
            self.replace(table.name.span, "db");
        }
        for field in &def.fields {
            self.field(document, field);
        }
        if def.directive("embedded").is_none() {
            self.missing_system_fields(def);
        }
    }

    fn field(&mut self, document: &Document, field: &FieldDef) {
        let scalar = scalar_named(&field.ty.name);
        let is_enum = document
            .enums
            .iter()
            .any(|item| item.name.text == field.ty.name);
        for directive in &field.directives {
            match directive.name.text.as_str() {
                "pgColumn" => self.replace(directive.name.span, "db"),
                "pgDefault" => {
                    self.replace(directive.name.span, "default");
                    self.default(directive, field, is_enum);
                }
                "default" => self.default(directive, field, is_enum),
                _ => {}
            }
        }
        let lists = (scalar.is_some() || is_enum) && field.is_list();
        if lists && field.directive("scalarList").is_none() {
            self.insert_after(field.ty.span, " @scalarList(strategy: RELATION)");
        }
        self.system_field(field);
    }

    fn default(&mut self, directive: &Directive, field: &FieldDef, is_enum: bool) {
        let Some(given) = directive.argument("value") else {
            return;
        };
        if let Some((_, text)) = typed_literal(&given.value, scalar_named(&field.ty.name), is_enum)
        {
            self.replace(given.value.span, text);
        }
    }

    /// The directive of a field that v1 knows by its name.
    fn system_field(&mut self, field: &FieldDef) {
        for (name, scalar, directive) in SYSTEM_FIELDS {
            let right_type = name == "id" || scalar_named(&field.ty.name) == Some(scalar);
            if field.name.text != name || !right_type || field.directive(directive).is_some() {
                continue;
            }
            match field.directive("unique").filter(|_| name == "id") {
                Some(unique) => self.replace(unique.name.span, directive),
                None => self.insert_after(field.ty.span, format!(" @{directive}")),
            }
        }
    }

    /// Lines for the system fields that the text leaves out, before the closing brace.
    fn missing_system_fields(&mut self, def: &TypeDef) {
        let close = def.close.start as usize;
        let before = self.text.get(..close).unwrap_or("");
        let line = before.rsplit('\n').next().unwrap_or("");
        let own_line = line.trim().is_empty();
        let mut lines = String::new();
        for (name, scalar, directive) in SYSTEM_FIELDS {
            let added = name == "id" || !self.existing_database;
            if added && def.fields.iter().all(|field| field.name.text != name) {
                let field = format!("{name}: {}! @{directive}", scalar.name());
                if own_line {
                    lines.push_str(&format!("  {field}\n"));
                } else {
                    lines.push_str(&format!("{field} "));
                }
            }
        }
        let at = if own_line { close - line.len() } else { close };
        if !lines.is_empty() {
            self.replace(Span::new(at, at), lines);
        }
    }

    /// Keeps the storage of a relation: v1 has a table for each, v1.1 would put most into columns.
    fn relation(&mut self, context: &Context<'_>, at: usize, field: &RelationField<'_>) {
        if let Some(inline) = field.def.directive("pgRelation") {
            self.inline(field.def, inline);
            return;
        }
        if let Some(table) = field.def.directive("pgRelationTable") {
            self.table(context, field, table);
            return;
        }
        let related = context.related(field);
        let is_first = field.related.is_none_or(|other| at < other);
        let stored = |def: &FieldDef| {
            ["pgRelation", "pgRelationTable"]
                .iter()
                .any(|name| def.directive(name).is_some())
        };
        let elsewhere = related.is_some_and(|related| stored(related.def));
        let to_one = |def: &FieldDef| !def.is_list();
        let any_to_one = to_one(field.def) || related.is_some_and(|related| to_one(related.def));
        if is_first && any_to_one && !elsewhere {
            self.relation_argument(field.def, "link: TABLE");
        }
    }

    fn inline(&mut self, field: &FieldDef, directive: &Directive) {
        let Some(column) = directive.text("column") else {
            return;
        };
        let db = format!("@db(name: {})", docs::string(column));
        if field.directive("relation").is_some() {
            self.relation_argument(field, "link: INLINE");
            self.replace(directive.span, db);
        } else {
            self.replace(directive.span, format!("@relation(link: INLINE) {db}"));
        }
    }

    /// A `@relationTable` type after everything else, and the relation named after it.
    fn table(&mut self, context: &Context<'_>, field: &RelationField<'_>, directive: &Directive) {
        let Some(table) = directive.text("table") else {
            return;
        };
        let model = |index| context.type_def(index).name.text.as_str();
        let (owner, target) = (model(field.owner), model(field.target));
        let name = field
            .name
            .map_or_else(|| generated_name(owner, target), str::to_owned);
        self.remove(directive.span);
        let related = context.related(field);
        let name_argument = format!("name: {}", docs::string(&name));
        let one_to_one = related.is_some_and(|it| !it.def.is_list()) && !field.def.is_list();
        let own = match (field.name, one_to_one) {
            (None, true) => format!("{name_argument}, link: TABLE"),
            (None, false) => name_argument.clone(),
            (Some(_), true) => "link: TABLE".to_owned(),
            (Some(_), false) => String::new(),
        };
        if !own.is_empty() {
            self.relation_argument(field.def, &own);
        }
        if let Some(related) = related.filter(|related| related.name.is_none()) {
            self.relation_argument(related.def, &name_argument);
        }
        let column = |argument| {
            let column = directive.text(argument);
            column
                .map(|it| format!(" @db(name: {})", docs::string(it)))
                .unwrap_or_default()
        };
        self.appended.push_str(&format!(
            "\ntype {name} @relationTable @db(name: {}) {{\n  A: {owner}!{}\n  B: {target}!{}\n}}\n",
            docs::string(table),
            column("relationColumn"),
            column("targetColumn")
        ));
    }

    /// Adds an argument to `@relation`, and the directive if it is not there.
    fn relation_argument(&mut self, field: &FieldDef, argument: &str) {
        let relation = field.directive("relation");
        match (
            relation,
            relation.and_then(|relation| relation.arguments.last()),
        ) {
            (_, Some(last)) => self.insert_after(last.value.span, format!(", {argument}")),
            (Some(relation), None) => self.insert_after(relation.span, format!("({argument})")),
            (None, None) => self.insert_after(field.ty.span, format!(" @relation({argument})")),
        }
    }

    fn apply(mut self) -> String {
        // Stable: insertions at one place keep their order.
        self.edits.sort_by_key(|(span, _)| *span);
        let mut text = String::with_capacity(self.text.len() + 256);
        let mut at = 0;
        for (span, with) in &self.edits {
            text.push_str(self.text.get(at..span.start as usize).unwrap_or(""));
            text.push_str(with);
            at = span.end as usize;
        }
        text.push_str(self.text.get(at..).unwrap_or(""));
        if !self.appended.is_empty() && !text.ends_with('\n') {
            text.push('\n');
        }
        text.push_str(&self.appended);
        text
    }
}
