//! Smaller datamodels made of larger ones.

/// The text with its first types alone, and of these the fields whose types are among them or no models.
///
/// Knows only texts with one field per line and no comments between, as the fixture is.
pub(super) fn first_types(text: &str, count: usize) -> String {
    let name = |line: &str| {
        line.strip_prefix("type ")?
            .split(' ')
            .next()
            .map(str::to_owned)
    };
    let all: Vec<String> = text.lines().filter_map(name).collect();
    let (kept, dropped) = all.split_at(count.min(all.len()));
    let mut within = false;
    let mut subset = String::new();
    for line in text.lines() {
        if let Some(name) = name(line) {
            within = kept.contains(&name);
        }
        let ty = line.split(": ").nth(1).unwrap_or("");
        let ty = ty
            .split(['!', ']', ' '])
            .next()
            .unwrap_or("")
            .trim_start_matches('[');
        if within && !dropped.iter().any(|name| name == ty) {
            subset.push_str(line);
            subset.push('\n');
        }
    }
    subset
}
