//! Response bodies (api.md §5.1), written once, front to back.

use prisma_connector::{Format, PathSegment};
use prisma_packed::{MARK, Reader, write};

use crate::{document::RequestError, error::ApiError, limits::LimitExceeded, position::Position};

/// The answer to one request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResponseBody {
    /// True if the request could not even be read, for example by a syntax error: HTTP answers with status 400
    /// instead of 200, for a whole batch too.
    pub refused: bool,
    /// A JSON object; packed values if the request asked for them and nothing has failed. Those say what `data` would,
    /// and [`prisma_packed::value`] knows them.
    pub bytes: Vec<u8>,
}

impl ResponseBody {
    /// The answer to a request that is turned away before it is looked at: wrong token, no such service.
    #[must_use]
    pub fn turned_away(error: &ApiError, request_id: &str) -> Self {
        let mut bytes = br#"{"errors":["#.to_vec();
        write_error(&mut bytes, error, request_id, None);
        bytes.extend_from_slice(b"]}");
        Self {
            refused: false,
            bytes,
        }
    }

    /// The answer to something that is no readable request.
    #[must_use]
    pub fn unreadable(message: &str, request_id: &str) -> Self {
        let mut bytes = br#"{"errors":[{"message":"#.to_vec();
        write_string(&mut bytes, message);
        write_request_id(&mut bytes, request_id);
        bytes.extend_from_slice(b"}]}");
        Self {
            refused: true,
            bytes,
        }
    }

    /// The answer to a request that is not valid: nothing of it is executed.
    pub(crate) fn invalid(errors: &[RequestError], request_id: &str) -> Self {
        let mut bytes = br#"{"data":null,"errors":["#.to_vec();
        for (index, error) in errors.iter().enumerate() {
            if index > 0 {
                bytes.push(b',');
            }
            bytes.extend_from_slice(br#"{"message":"#);
            write_string(&mut bytes, &error.message);
            write_locations(&mut bytes, &error.locations);
            if let Some(exceeded) = error.limit {
                write_code(&mut bytes, exceeded.limit.code());
                write_request_id(&mut bytes, request_id);
                write_extensions(&mut bytes, exceeded);
            }
            bytes.push(b'}');
        }
        bytes.extend_from_slice(b"]}");
        Self {
            refused: false,
            bytes,
        }
    }
}

/// A place in an answer and in the document.
#[derive(Clone, Copy)]
pub(crate) struct Place<'a> {
    /// The response key of the root field.
    pub(crate) root: &'a str,
    /// The way from there.
    pub(crate) path: &'a [PathSegment],
    pub(crate) position: Position,
}

/// The answer to an operation, while it is written.
pub(crate) struct Response {
    format: Format,
    /// The body so far.
    data: Vec<u8>,
    /// Error objects, separated by commas.
    errors: Vec<u8>,
    /// Has a null moved up to `data`?
    null: bool,
    /// How many root fields there are.
    fields: usize,
}

impl Response {
    pub(crate) fn new(format: Format) -> Self {
        Self {
            format,
            data: start(format),
            errors: Vec::new(),
            null: false,
            fields: 0,
        }
    }

    /// Starts a root field: what follows is its value.
    pub(crate) fn key(&mut self, key: &str) {
        write_key(self.format, &mut self.data, self.fields, key);
        self.fields += 1;
    }

    /// The value of a root field, given as JSON.
    pub(crate) fn json(&mut self, json: &str) {
        write_json(self.format, &mut self.data, json);
    }

    /// A buffer for the value of the root field that was started. A failing store loses it; that matters only if
    /// there is something in it, so the first field, mostly the only one, writes into the body itself.
    pub(crate) fn lend(&mut self) -> Vec<u8> {
        if self.fields == 1 {
            std::mem::take(&mut self.data)
        } else {
            Vec::new()
        }
    }

    /// The value of a root field, in the buffer that was lent.
    pub(crate) fn give_back(&mut self, buffer: Vec<u8>) {
        if self.fields == 1 {
            self.data = buffer;
        } else {
            self.data.extend_from_slice(&buffer);
        }
    }

    /// The root field that was started has failed, and its buffer may be lost.
    pub(crate) fn fail(&mut self, key: &str, required: bool) {
        if self.fields == 1 {
            self.data = start(self.format);
            self.fields = 0;
            self.key(key);
        }
        self.json("null");
        self.null |= required;
    }

    /// A null moved up to `data`, although the field has a value.
    pub(crate) fn nullify(&mut self) {
        self.null = true;
    }

    /// Has anything failed so far?
    pub(crate) fn has_errors(&self) -> bool {
        !self.errors.is_empty()
    }

    /// Has a null moved up to `data`?
    pub(crate) fn is_null(&self) -> bool {
        self.null
    }

    /// Adds an error with a code, or an internal one.
    pub(crate) fn error(&mut self, error: &ApiError, request_id: &str, place: Place<'_>) {
        self.separate();
        write_error(&mut self.errors, error, request_id, Some(place));
    }

    /// Adds an error of the GraphQL language itself.
    pub(crate) fn plain_error(&mut self, message: &str, place: Place<'_>) {
        self.separate();
        self.errors.extend_from_slice(br#"{"message":"#);
        write_string(&mut self.errors, message);
        write_place(&mut self.errors, place);
        self.errors.push(b'}');
    }

    fn separate(&mut self) {
        if !self.errors.is_empty() {
            self.errors.push(b',');
        }
    }

    pub(crate) fn finish(self) -> ResponseBody {
        let Self {
            format, mut data, ..
        } = self;
        if format == Format::Packed && !self.null && self.errors.is_empty() {
            end_object(format, &mut data);
            return ResponseBody {
                refused: false,
                bytes: data,
            };
        }
        let mut bytes = if self.null || format == Format::Packed {
            br#"{"data":null"#.to_vec()
        } else {
            end_object(format, &mut data);
            data
        };
        if !self.errors.is_empty() {
            bytes.extend_from_slice(br#","errors":["#);
            bytes.extend_from_slice(&self.errors);
            bytes.push(b']');
        }
        bytes.push(b'}');
        ResponseBody {
            refused: false,
            bytes,
        }
    }
}

/// The body up to the first root field.
fn start(format: Format) -> Vec<u8> {
    match format {
        Format::Json => br#"{"data":{"#.to_vec(),
        Format::Packed => {
            let mut data = Vec::with_capacity(64);
            data.push(MARK);
            write::record(&mut data);
            data
        }
    }
}

/// Begins an object.
pub(crate) fn begin_object(format: Format, out: &mut Vec<u8>) {
    match format {
        Format::Json => out.push(b'{'),
        Format::Packed => write::record(out),
    }
}

/// Begins the member of an object that stands at this position: what follows is its value.
pub(crate) fn write_key(format: Format, out: &mut Vec<u8>, position: usize, key: &str) {
    if format == Format::Json {
        if position > 0 {
            out.push(b',');
        }
        write_string(out, key);
        out.push(b':');
    }
}

/// Appends a value that is given as JSON.
pub(crate) fn write_json(format: Format, out: &mut Vec<u8>, json: &str) {
    match format {
        Format::Json => out.extend_from_slice(json.as_bytes()),
        Format::Packed => write::json(json, out),
    }
}

/// Ends an object.
pub(crate) fn end_object(format: Format, out: &mut Vec<u8>) {
    match format {
        Format::Json => out.push(b'}'),
        Format::Packed => write::end(out),
    }
}

/// Is this value null?
pub(crate) fn is_null(format: Format, value: &[u8]) -> bool {
    match format {
        Format::Json => value == b"null",
        Format::Packed => Reader::new(value).is_null(),
    }
}

fn write_error(out: &mut Vec<u8>, error: &ApiError, request_id: &str, place: Option<Place<'_>>) {
    out.extend_from_slice(br#"{"message":"#);
    write_string(out, &error.message(request_id));
    if let Some(place) = place {
        write_place(out, place);
    }
    if let Some(code) = error.code() {
        write_code(out, code);
    }
    write_request_id(out, request_id);
    if let ApiError::LimitExceeded(exceeded) = error {
        write_extensions(out, *exceeded);
    }
    out.push(b'}');
}

fn write_place(out: &mut Vec<u8>, place: Place<'_>) {
    out.extend_from_slice(br#","path":["#);
    write_string(out, place.root);
    for segment in place.path {
        out.push(b',');
        match segment {
            PathSegment::Key(key) => write_string(out, key),
            PathSegment::Index(index) => write_number(out, index),
        }
    }
    out.push(b']');
    write_locations(out, &[place.position]);
}

fn write_locations(out: &mut Vec<u8>, locations: &[Position]) {
    if locations.is_empty() {
        return;
    }
    out.extend_from_slice(br#","locations":["#);
    for (index, Position { line, column }) in locations.iter().enumerate() {
        if index > 0 {
            out.push(b',');
        }
        out.extend_from_slice(br#"{"line":"#);
        write_number(out, line);
        out.extend_from_slice(br#","column":"#);
        write_number(out, column);
        out.push(b'}');
    }
    out.push(b']');
}

fn write_code(out: &mut Vec<u8>, code: i64) {
    out.extend_from_slice(br#","code":"#);
    write_number(out, code);
}

fn write_extensions(out: &mut Vec<u8>, exceeded: LimitExceeded) {
    out.extend_from_slice(br#","extensions":{"limit":"#);
    write_string(out, exceeded.limit.name());
    out.extend_from_slice(br#","most":"#);
    write_number(out, exceeded.most);
    out.push(b'}');
}

fn write_request_id(out: &mut Vec<u8>, request_id: &str) {
    out.extend_from_slice(br#","requestId":"#);
    write_string(out, request_id);
}

/// Appends a JSON string.
pub(crate) fn write_string(out: &mut Vec<u8>, text: &str) {
    // Writing a string into memory cannot fail.
    let _ = serde_json::to_writer(out, text);
}

/// Appends a JSON number.
pub(crate) fn write_number(out: &mut Vec<u8>, number: impl serde::Serialize) {
    // Writing a number into memory cannot fail.
    let _ = serde_json::to_writer(out, &number);
}
