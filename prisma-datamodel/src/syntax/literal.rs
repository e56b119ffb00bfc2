//! The values that string tokens stand for.

/// The content of `"…"`; `None` if an escape is not one.
pub(super) fn unquote(raw: &str) -> Option<String> {
    // Both languages escape alike; only a raw tab is allowed here and not there.
    serde_json::from_str(&raw.replace('\t', "\\t")).ok()
}

/// The content of `"""…"""` without the common indentation and the blank lines around it.
pub(crate) fn unquote_block(raw: &str) -> String {
    let inner = raw.strip_prefix("\"\"\"").unwrap_or(raw);
    let inner = inner
        .strip_suffix("\"\"\"")
        .unwrap_or(inner)
        .replace("\\\"\"\"", "\"\"\"");
    let lines: Vec<&str> = inner.lines().collect();
    let indent_of = |line: &str| line.len() - line.trim_start_matches([' ', '\t']).len();
    let is_blank = |line: &&str| line.trim_matches([' ', '\t']).is_empty();

    let indent = lines
        .iter()
        .skip(1)
        .filter(|line| !is_blank(line))
        .map(|line| indent_of(line))
        .min()
        .unwrap_or(0);
    let mut dedented: Vec<&str> = lines
        .iter()
        .enumerate()
        .map(|(at, line)| {
            if at == 0 {
                line
            } else {
                line.get(indent..).unwrap_or("")
            }
        })
        .collect();
    while dedented.last().is_some_and(is_blank) {
        dedented.pop();
    }
    let leading = dedented.iter().take_while(|line| is_blank(line)).count();
    dedented.split_off(leading).join("\n")
}
