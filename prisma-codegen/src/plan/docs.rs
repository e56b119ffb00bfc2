//! Documentation of generated items: what the datamodel says about them, and where.

use prisma_datamodel::{Arity, Datamodel, Field, FieldType, Source, Span};

/// Says where things are defined.
#[derive(Clone, Copy)]
pub(super) struct Places<'a>(pub(super) Option<&'a Source>);

impl Places<'_> {
    /// `Defined at …`, where the text is known. The folder of the file is left out: it depends on who asks.
    fn of(self, span: Span) -> Option<String> {
        let source = self.0?;
        let file = source.name().rsplit(['/', '\\']).next().unwrap_or("");
        let line = source.position(span.start).line;
        Some(format!("Defined at `{file}:{line}`."))
    }

    /// A model or enum: what is said about it, then its declaration.
    pub(super) fn ty(self, docs: Option<&str>, declaration: &str, span: Span) -> Vec<String> {
        let mut text = description(docs);
        if !text.is_empty() {
            text.push(String::new());
        }
        text.push(self.after(format!("`{declaration}` of the datamodel."), span));
        text
    }

    /// A field as a value: what is said about it, if anything.
    pub(super) fn value(self, field: &Field) -> Vec<String> {
        let mut text = description(field.docs.as_deref());
        if !text.is_empty() {
            self.below(&mut text, field.span);
        }
        text
    }

    /// A field as a token: its declaration, then what is said about it.
    pub(super) fn token(self, datamodel: &Datamodel, field: &Field) -> Vec<String> {
        let signature = signature(datamodel, field);
        let mut text = description(field.docs.as_deref());
        match text.first_mut() {
            None => return vec![self.after(format!("`{signature}`."), field.span)],
            Some(first) if first.starts_with(FENCE) => text.insert(0, format!("`{signature}`")),
            Some(first) => *first = format!("`{signature}` — {first}"),
        }
        self.below(&mut text, field.span);
        text
    }

    /// The place on the same line.
    fn after(self, line: String, span: Span) -> String {
        match self.of(span) {
            Some(place) => format!("{line} {place}"),
            None => line,
        }
    }

    /// The place in a paragraph of its own: descriptions end as their author likes.
    fn below(self, text: &mut Vec<String>, span: Span) {
        text.extend(
            self.of(span)
                .into_iter()
                .flat_map(|place| [String::new(), place]),
        );
    }
}

/// Begins and ends code in a description.
const FENCE: &str = "```";

/// The lines of a description, with nothing in them that rustdoc would take for an example to compile.
fn description(docs: Option<&str>) -> Vec<String> {
    let mut within_code = false;
    let lines = docs.unwrap_or("").trim().lines();
    lines
        .map(|line| {
            let text = line.trim_start();
            if text.starts_with(FENCE) || text.starts_with("~~~") {
                within_code = !within_code;
                let language = if within_code { "text" } else { "" };
                return format!("{FENCE}{language}");
            }
            if within_code {
                return line.to_owned();
            }
            // Four blanks would make it code.
            let indent = (line.len() - text.len()).min(3);
            format!("{:indent$}{text}", "")
        })
        .collect()
}

/// A field as it is declared: `email: String! @unique`.
fn signature(datamodel: &Datamodel, field: &Field) -> String {
    let ty = match field.ty {
        FieldType::Scalar(scalar) => scalar.name(),
        FieldType::Enum(id) => &datamodel[id].name,
        FieldType::Relation(relation, side) => {
            let model = datamodel[relation].end(side.opposite()).model;
            &datamodel[model].name
        }
    };
    let ty = match field.arity {
        Arity::Required => format!("{ty}!"),
        Arity::Optional => ty.to_owned(),
        Arity::List => format!("[{ty}!]!"),
    };
    let mark = match (&field.id, field.unique) {
        (Some(_), _) => " @id",
        (None, true) => " @unique",
        (None, false) => "",
    };
    format!("{}: {ty}{mark}", field.name)
}
