//! Texts: where a statement ends, and how a string looks in JSON.

/// The first statement of a text with several; none if there is no end within the text.
///
/// It is only used to learn the types of its columns. A text that is cut in the wrong place costs its numbers their
/// form and nothing else, so that the rare bodies of functions in plain SQL are not looked into.
pub(super) fn first_statement(text: &str) -> Option<&str> {
    let mut start = 0;
    let mut rest = text;
    while let Some(character) = rest.chars().next() {
        let at = text.len() - rest.len();
        let skipped = match character {
            ';' if is_blank(&text[start..at]) => {
                start = at + 1;
                1
            }
            ';' => return Some(&text[start..at]),
            '\'' if has_escapes(&text[start..at]) => quoted(rest, '\'', true),
            '\'' | '"' => quoted(rest, character, false),
            '-' if rest.starts_with("--") => rest.find('\n').unwrap_or(rest.len()),
            '/' if rest.starts_with("/*") => comment(rest),
            '$' => dollars(&text[start..at], rest),
            other => other.len_utf8(),
        };
        rest = &rest[skipped.min(rest.len())..];
    }
    None
}

/// Appends a JSON string.
pub(super) fn write_string(text: &str, out: &mut Vec<u8>) {
    // Writing to memory does not fail.
    let _ = serde_json::to_writer(out, text);
}

fn is_blank(text: &str) -> bool {
    text.trim().is_empty()
}

/// Does the text before a quote make it one of `E'…'`, in which backslashes escape?
fn has_escapes(before: &str) -> bool {
    let mut last = before.chars().rev();
    matches!(last.next(), Some('e' | 'E')) && !last.next().is_some_and(is_of_name)
}

/// The length of a quoted text. A doubled quote looks like two texts, which ends in the same place.
fn quoted(text: &str, quote: char, has_escapes: bool) -> usize {
    let mut is_escaped = false;
    for (at, character) in text.char_indices().skip(1) {
        if is_escaped {
            is_escaped = false;
        } else if character == quote {
            return at + 1;
        } else if has_escapes && character == '\\' {
            is_escaped = true;
        }
    }
    text.len()
}

/// The length of a comment, which may contain others.
fn comment(text: &str) -> usize {
    let bytes = text.as_bytes();
    let (mut at, mut depth) = (0, 0_usize);
    while at + 1 < bytes.len() {
        match &bytes[at..at + 2] {
            b"/*" => depth += 1,
            b"*/" => depth -= 1,
            _ => {
                at += 1;
                continue;
            }
        }
        at += 2;
        if depth == 0 {
            return at;
        }
    }
    text.len()
}

/// The length of a text such as `$tag$…$tag$`, or of the dollar.
fn dollars(before: &str, text: &str) -> usize {
    let is_in_name = before.chars().next_back().is_some_and(is_of_name);
    let Some(end) = text[1..].find('$').filter(|_| !is_in_name) else {
        return 1;
    };
    let tag = &text[..end + 2];
    let name = &tag[1..=end];
    if !name.chars().all(is_of_name) || name.starts_with(|first: char| first.is_ascii_digit()) {
        return 1;
    }
    let body = &text[tag.len()..];
    body.find(tag)
        .map_or(text.len(), |at| tag.len() + at + tag.len())
}

fn is_of_name(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

#[cfg(test)]
mod tests {
    use super::first_statement;

    #[test]
    fn a_statement_ends_at_its_semicolon() {
        for (text, expected) in [
            ("select 1; select 2", Some("select 1")),
            (" ; ;select 1 ; ", Some("select 1 ")),
            ("select 1", None),
            ("select ';''x;', \";\"; 2", Some("select ';''x;', \";\"")),
            (
                r"select E'\';', name'\'; 2",
                Some(r"select E'\';', name'\'"),
            ),
            ("select 1 -- ;\n + 1; 2", Some("select 1 -- ;\n + 1")),
            (
                "select /* ; /* */ ; */ 1; 2",
                Some("select /* ; /* */ ; */ 1"),
            ),
            ("do $a$ ; $$ ; $a$; 2", Some("do $a$ ; $$ ; $a$")),
            ("select a$b$c; 2", Some("select a$b$c")),
            ("select $1; 2", Some("select $1")),
            ("select 'é;'; é", Some("select 'é;'")),
            ("select 'open; 2", None),
            ("select $$open; 2", None),
            ("/* open; 2", None),
            ("", None),
        ] {
            assert_eq!(first_statement(text), expected, "{text}");
        }
    }
}
