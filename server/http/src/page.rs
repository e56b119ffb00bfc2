//! What a browser sees on a path: which endpoint it found.

/// A page that names the endpoint of a path and how to call it.
pub(crate) fn page(path: &str) -> String {
    include_str!("page.html").replace("{{path}}", &escaped(path))
}

/// A text as HTML text.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_cannot_bring_markup() {
        let page = page("/<script>'\"&");
        assert!(page.contains("/&lt;script&gt;&#39;&quot;&amp;"), "{page}");
        assert!(!page.contains("{{path}}"));
    }
}
