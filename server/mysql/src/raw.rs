//! Statements of the caller's own (api.md §4.10).

use mysql_async::consts::ColumnType;
use mysql_async::prelude::{Protocol, Queryable as _};
use mysql_async::{Column, Conn, Error, QueryResult, Row, Value};
use prisma_connector::ConnectorError;

use crate::error::{ends_connection, translate};
use crate::row;

/// A statement that cannot be prepared.
const UNSUPPORTED: u16 = 1295;

/// Runs one statement: the rows of its first result as a JSON array of objects, or the number of rows it affected.
pub(crate) async fn run(connection: &mut Conn, text: &str) -> Result<Vec<u8>, Refusal> {
    // Preparing refuses a text of several statements.
    match connection.prep(text).await {
        Ok(statement) if statement.num_params() > 0 => Err(Refusal::Placeholders),
        Ok(statement) => answer(connection.exec_iter(statement, ()).await?).await,
        Err(Error::Server(refusal)) if refusal.code == UNSUPPORTED => {
            answer(connection.query_iter(text).await?).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn answer<P: Protocol>(mut result: QueryResult<'_, 'static, P>) -> Result<Vec<u8>, Refusal> {
    let columns = result.columns().filter(|columns| !columns.is_empty());
    let Some(columns) = columns else {
        let affected = result.affected_rows();
        result.drop_result().await?;
        return Ok(affected.to_string().into_bytes());
    };
    let names: Vec<String> = columns
        .iter()
        .map(|column| serde_json::Value::from(column.name_str()).to_string())
        .collect();
    let mut out = vec![b'['];
    let mut written = Ok(());
    let write_row = |row: Row| {
        if written.is_ok() {
            written = write_object(&names, &row, &mut out);
        }
    };
    result.for_each(write_row).await?;
    result.drop_result().await?;
    written?;
    out.push(b']');
    Ok(out)
}

fn write_object(names: &[String], row: &Row, out: &mut Vec<u8>) -> Result<(), Refusal> {
    if out.len() > 1 {
        out.push(b',');
    }
    out.push(b'{');
    for (position, (name, column)) in names.iter().zip(row.columns_ref()).enumerate() {
        if position > 0 {
            out.push(b',');
        }
        out.extend_from_slice(name.as_bytes());
        out.push(b':');
        let value = row.as_ref(position).unwrap_or(&Value::NULL);
        out.extend_from_slice(json(column, value)?.as_bytes());
    }
    out.push(b'}');
    Ok(())
}

/// A value as JSON: numbers as numbers, unless no signed 64 bits hold them, and moments as MySQL writes them.
fn json(column: &Column, value: &Value) -> Result<String, Refusal> {
    Ok(match value {
        Value::NULL => "null".to_owned(),
        Value::Int(value) => value.to_string(),
        Value::UInt(value) if i64::try_from(*value).is_err() => format!("\"{value}\""),
        Value::UInt(value) => value.to_string(),
        Value::Float(value) => number(row::widened(*value)),
        Value::Double(value) => number(*value),
        Value::Bytes(bytes) => return bytes_json(column, bytes),
        Value::Date(..) | Value::Time(..) => format!("\"{}\"", moment(column, value)),
    })
}

fn number(value: f64) -> String {
    serde_json::Value::from(value).to_string()
}

fn bytes_json(column: &Column, bytes: &[u8]) -> Result<String, Refusal> {
    use ColumnType::{
        MYSQL_TYPE_BIT, MYSQL_TYPE_DOUBLE, MYSQL_TYPE_FLOAT, MYSQL_TYPE_INT24, MYSQL_TYPE_LONG,
        MYSQL_TYPE_LONGLONG, MYSQL_TYPE_NEWDECIMAL, MYSQL_TYPE_SHORT, MYSQL_TYPE_TINY,
        MYSQL_TYPE_YEAR,
    };
    if column.column_type() == MYSQL_TYPE_BIT {
        return match row::bits(bytes) {
            Some(bits) => Ok(bits.to_string()),
            None => Err(Refusal::Blob),
        };
    }
    let text = str::from_utf8(bytes).map_err(|_| Refusal::Blob)?;
    let is_number = matches!(
        column.column_type(),
        // What is prepared sends only decimals as text, what is not everything.
        MYSQL_TYPE_NEWDECIMAL
            | MYSQL_TYPE_TINY
            | MYSQL_TYPE_SHORT
            | MYSQL_TYPE_INT24
            | MYSQL_TYPE_LONG
            | MYSQL_TYPE_LONGLONG
            | MYSQL_TYPE_YEAR
            | MYSQL_TYPE_FLOAT
            | MYSQL_TYPE_DOUBLE
    );
    if is_number && let Ok(number) = serde_json::from_str::<&serde_json::value::RawValue>(text) {
        return Ok(number.get().to_owned());
    }
    Ok(serde_json::Value::from(text).to_string())
}

/// A date, a date with time, or a time, with as many fraction digits as the column has.
fn moment(column: &Column, value: &Value) -> String {
    let fraction = |micros: u32| {
        let digits = usize::from(column.decimals()).min(6);
        match digits {
            0 => String::new(),
            _ => format!(".{}", &format!("{micros:06}")[..digits]),
        }
    };
    match *value {
        Value::Date(year, month, day, ..)
            if column.column_type() == ColumnType::MYSQL_TYPE_DATE =>
        {
            format!("{year:04}-{month:02}-{day:02}")
        }
        Value::Date(year, month, day, hour, minute, second, micros) => format!(
            "{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}{}",
            fraction(micros)
        ),
        Value::Time(is_negative, days, hours, minutes, seconds, micros) => format!(
            "{}{:02}:{minutes:02}:{seconds:02}{}",
            if is_negative { "-" } else { "" },
            days * 24 + u32::from(hours),
            fraction(micros)
        ),
        _ => String::new(),
    }
}

/// Why there is no answer.
#[derive(Debug)]
pub(crate) enum Refusal {
    Placeholders,
    Blob,
    Database(Error),
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        Self::Database(error)
    }
}

impl Refusal {
    /// The server's own code and message go to the caller, with the number of the connection as Prisma 1 had it; so
    /// do texts of our own, under the codes that the server would use.
    pub(crate) fn explain(self, connection: u32) -> ConnectorError {
        let (code, message) = match self {
            Self::Placeholders => (
                1210,
                "the statement has placeholders, and there are no values",
            ),
            Self::Blob => (1105, "a blob has no JSON form; cast it to text"),
            Self::Database(Error::Server(ref refusal)) if !ends_connection(refusal.code) => {
                (refusal.code, refusal.message.as_str())
            }
            Self::Database(error) => return translate(error),
        };
        ConnectorError::Raw {
            code: i64::from(code),
            message: format!("(conn={connection}) {message}"),
        }
    }
}
