//! Diagnostics for people: snippets of the text with what is wrong underlined, or one line each.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use crate::{
    diagnostic::{Diagnostic, Severity},
    source::{Source, Span},
};

/// More snippets than that help nobody; the rest is counted.
const MAX_SNIPPETS: usize = 50;

/// Spans over more lines than that are shown by their first line.
const MAX_LINES: usize = 8;

/// Whether snippets carry ANSI colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Text alone; means the same without colours.
    Plain,
    /// For terminals.
    Coloured,
}

/// Snippets of the text, one per diagnostic, with a blank line between them; ends with a line break.
#[must_use]
pub fn render(source: &Source, diagnostics: &[Diagnostic], style: Style) -> String {
    let renderer = match style {
        Style::Plain => Renderer::plain(),
        Style::Coloured => Renderer::styled(),
    };
    let snippets = diagnostics.iter().take(MAX_SNIPPETS);
    let mut text: Vec<String> = snippets
        .map(|diagnostic| snippet(source, diagnostic, &renderer))
        .collect();
    if let Some(more) = diagnostics
        .len()
        .checked_sub(MAX_SNIPPETS)
        .filter(|&more| more > 0)
    {
        text.push(format!("… and {more} more\n"));
    }
    text.join("\n")
}

/// `file:line:column: message (help)` on one line, for build scripts and logs.
#[must_use]
pub fn render_line(source: &Source, diagnostic: &Diagnostic) -> String {
    let position = source.position(diagnostic.span.start);
    let message = one_line(diagnostic);
    let help = diagnostic
        .help
        .as_deref()
        .map(|help| format!(" (help: {help})"))
        .unwrap_or_default();
    format!(
        "{}:{}:{}: {message}{help}",
        source.name(),
        position.line,
        position.column
    )
}

fn snippet(source: &Source, diagnostic: &Diagnostic, renderer: &Renderer) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let window = Window::around(source, diagnostic.span);
    let annotation = AnnotationKind::Primary.span(window.start..window.end);
    let shown = Snippet::source(window.text)
        .line_start(window.line)
        .path(source.name())
        .annotation(annotation);
    let message = one_line(diagnostic);
    let mut group: Group<'_> = level
        .primary_title(message.as_str())
        .id(diagnostic.code)
        .element(shown);
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    format!("{}\n", renderer.render(&[group]))
}

/// The message on one line; of a syntax error the reason alone, since the snippet shows the rest.
fn one_line(diagnostic: &Diagnostic) -> String {
    if diagnostic.is_syntax() {
        let first = diagnostic.message.lines().next().unwrap_or("");
        let reason = first
            .split_once("query. ")
            .map_or(first, |(_, reason)| reason);
        return reason
            .rsplit_once(" (line ")
            .map_or(reason, |(reason, _)| reason)
            .to_owned();
    }
    diagnostic
        .message
        .trim_end()
        .lines()
        .collect::<Vec<_>>()
        .join(" ")
}

/// The lines of a text that a span touches, so that rendering does not depend on the size of the text.
struct Window<'a> {
    text: &'a str,
    /// The number of its first line, from 1.
    line: usize,
    /// The span within it.
    start: usize,
    end: usize,
}

impl<'a> Window<'a> {
    fn around(source: &'a Source, span: Span) -> Self {
        let text = source.text();
        let start = (span.start as usize).min(text.len());
        let end = (span.end as usize).clamp(start, text.len());
        let first = text
            .get(..start)
            .and_then(|before| before.rfind('\n'))
            .map_or(0, |at| at + 1);
        let line_end = |from: usize| {
            text.get(from..)
                .and_then(|rest| rest.find('\n'))
                .map_or(text.len(), |at| from + at)
        };
        let lines = text
            .get(start..end)
            .map_or(0, |within| within.matches('\n').count());
        let (end, last) = if lines >= MAX_LINES {
            (line_end(start), line_end(start))
        } else {
            (end, line_end(end))
        };
        Self {
            text: text.get(first..last).unwrap_or(""),
            line: source.position(span.start).line as usize,
            start: start - first,
            end: end - first,
        }
    }
}
