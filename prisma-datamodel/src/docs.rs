//! Descriptions as text of the language.

use crate::syntax::unquote_block;

/// A description that stands for exactly this text, each line indented and ended.
pub(crate) fn description(docs: &str, indent: &str) -> String {
    if docs.contains('\n') {
        let block = block_string(docs, indent);
        let inner = block.trim();
        if unquote_block(inner) == docs {
            return block;
        }
    }
    format!("{indent}{}\n", string(docs))
}

fn block_string(docs: &str, indent: &str) -> String {
    let mut block = format!("{indent}\"\"\"\n");
    for line in docs.replace("\"\"\"", "\\\"\"\"").lines() {
        if !line.is_empty() {
            block.push_str(indent);
            block.push_str(line);
        }
        block.push('\n');
    }
    block.push_str(indent);
    block.push_str("\"\"\"\n");
    block
}

/// A string literal. The language escapes like JSON.
pub(crate) fn string(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn multi_line_texts_become_blocks_where_they_survive() {
        assert_eq!(description("one", "  "), "  \"one\"\n");
        assert_eq!(
            description("one\n  two\n\nthree", "  "),
            "  \"\"\"\n  one\n    two\n\n  three\n  \"\"\"\n"
        );
        assert_eq!(description("  one\n  two", ""), "\"  one\\n  two\"\n");
        assert_eq!(
            description("say \"\"\"\nx", ""),
            "\"\"\"\nsay \\\"\"\"\nx\n\"\"\"\n"
        );
    }
}
