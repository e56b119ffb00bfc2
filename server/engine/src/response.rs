//! Response bodies.

/// The answer to one request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResponseBody {
    /// True if the request could not even be read, for example by a syntax error: HTTP answers with status 400
    /// instead of 200, for a whole batch too.
    pub refused: bool,
    /// A JSON object.
    pub bytes: Vec<u8>,
}

/// Appends a JSON string.
pub(crate) fn write_string(out: &mut Vec<u8>, text: &str) {
    // Writing a string into memory cannot fail.
    let _ = serde_json::to_writer(out, text);
}
