//! Statements of the caller's own (api.md §4.10).
//!
//! The text runs as it is, so that several statements are one transaction as everywhere else in PostgreSQL; the first
//! result is the answer. Values come as the database's own texts, and the types of the first statement say which of
//! them are no strings in JSON.

mod form;
mod text;

use std::pin::pin;

use futures_util::TryStreamExt as _;
use prisma_connector::ConnectorError;
use tokio_postgres::error::{DbError, ErrorPosition};
use tokio_postgres::{Error, SimpleColumn, SimpleQueryMessage, SimpleQueryRow};

use crate::error::{After, Failure, translate};
use crate::session::Session;
use form::Form;

/// The code of every error: PostgreSQL's own are no numbers, and the original answers this one.
const CODE: i64 = 0;

/// Runs a text: the rows of its first statement as a JSON array of objects, or how many rows that one changed.
pub(crate) async fn run(session: &Session, text: &str) -> Result<Vec<u8>, Failure> {
    if text.contains('\0') {
        let message = "ERROR: invalid byte sequence for encoding \"UTF8\": 0x00".to_owned();
        return Err(Failure::untouched(ConnectorError::Raw {
            code: CODE,
            message,
        }));
    }
    let forms = forms(session, text).await;
    let messages = session.texts(text).await.map_err(failure)?;
    let mut messages = pin!(messages);
    let mut rows = None;
    let mut answer = None;
    // All results are read, also those that nobody gets: what comes later may fail, and undo everything.
    while let Some(message) = messages.try_next().await.map_err(failure)? {
        match message {
            _ if answer.is_some() => {}
            SimpleQueryMessage::RowDescription(columns) => {
                rows = Some(Rows::new(&columns, &forms));
            }
            SimpleQueryMessage::Row(row) => {
                if let Some(rows) = &mut rows {
                    rows.push(&row);
                }
            }
            SimpleQueryMessage::CommandComplete(affected) => {
                answer = Some(match rows.take() {
                    Some(rows) => rows.finish(),
                    None => affected.to_string().into_bytes(),
                });
            }
            _ => {}
        }
    }
    Ok(answer.unwrap_or_else(|| b"0".to_vec()))
}

/// The forms of the first statement's columns; none if it cannot be described. Running it will say why.
async fn forms(session: &Session, text: &str) -> Vec<Form> {
    let described = match session.describe(text).await {
        Ok(described) => Ok(described),
        // Only single statements can be described.
        Err(_) => match text::first_statement(text) {
            Some(first) => session.describe(first).await,
            None => return Vec::new(),
        },
    };
    described.map_or_else(
        |_| Vec::new(),
        |statement| {
            let columns = statement.columns().iter();
            columns.map(|column| Form::of(column.type_())).collect()
        },
    )
}

/// Rows on their way into JSON.
struct Rows {
    /// What is written: the key, with its quotes and colon, and the column. Of columns with one name the last counts.
    cells: Vec<(Vec<u8>, usize, Form)>,
    out: Vec<u8>,
}

impl Rows {
    fn new(columns: &[SimpleColumn], forms: &[Form]) -> Self {
        let mut cells: Vec<(Vec<u8>, usize, Form)> = Vec::new();
        for (index, column) in columns.iter().enumerate() {
            let mut key = Vec::new();
            text::write_string(column.name(), &mut key);
            key.push(b':');
            let form = forms.get(index).copied().unwrap_or(Form::Text);
            match cells.iter_mut().find(|(other, ..)| *other == key) {
                Some(cell) => (cell.1, cell.2) = (index, form),
                None => cells.push((key, index, form)),
            }
        }
        Self {
            cells,
            out: b"[".to_vec(),
        }
    }

    fn push(&mut self, row: &SimpleQueryRow) {
        if self.out.len() > 1 {
            self.out.push(b',');
        }
        self.out.push(b'{');
        for (index, (key, column, form)) in self.cells.iter().enumerate() {
            if index > 0 {
                self.out.push(b',');
            }
            self.out.extend_from_slice(key);
            match row.try_get(*column) {
                Ok(Some(value)) => form.write(value, &mut self.out),
                _ => self.out.extend_from_slice(b"null"),
            }
        }
        self.out.push(b'}');
    }

    fn finish(mut self) -> Vec<u8> {
        self.out.push(b']');
        self.out
    }
}

/// PostgreSQL's own words go to the caller.
fn failure(error: Error) -> Failure {
    match error.as_db_error() {
        Some(said) => Failure {
            error: ConnectorError::Raw {
                code: CODE,
                message: message(said),
            },
            state: After::Refused,
        },
        None => Failure {
            error: translate(error),
            state: After::Broken,
        },
    }
}

/// An error as the original's driver prints it.
fn message(said: &DbError) -> String {
    let mut message = format!("{}: {}", said.severity(), said.message());
    let position = match said.position() {
        Some(ErrorPosition::Original(position)) => Some(position.to_string()),
        _ => None,
    };
    for (label, part) in [
        ("Detail", said.detail()),
        ("Hint", said.hint()),
        ("Position", position.as_deref()),
        ("Where", said.where_()),
    ] {
        if let Some(part) = part {
            message.push_str(&format!("\n  {label}: {part}"));
        }
    }
    message
}
