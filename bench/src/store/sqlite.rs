//! Rows into a SQLite file that the server has laid out.

use std::path::Path;

use anyhow::Result;
use rusqlite::{Connection, params_from_iter, types::Value};

use crate::data::{Cell, Sizes, Table};

/// Fills empty tables.
pub(crate) fn load(file: &Path, tables: impl Iterator<Item = Table>) -> Result<()> {
    let connection = open(file)?;
    connection.execute_batch("BEGIN")?;
    for table in tables {
        let columns = table.columns.join("\", \"");
        let values = vec!["?"; table.columns.len()].join(", ");
        let text = format!(
            "INSERT INTO \"{}\" (\"{columns}\") VALUES ({values})",
            table.name
        );
        let mut statement = connection.prepare(&text)?;
        for row in table.rows {
            statement.execute(params_from_iter(row.into_iter().map(value)))?;
        }
    }
    connection.execute_batch("COMMIT; ANALYZE; PRAGMA wal_checkpoint(TRUNCATE);")?;
    Ok(())
}

/// Removes what write workloads have made.
pub(crate) fn clean(file: &Path, sizes: &Sizes) -> Result<()> {
    let connection = open(file)?;
    for (table, last) in super::written(sizes) {
        connection.execute(&format!("DELETE FROM \"{table}\" WHERE id > ?1"), (last,))?;
    }
    connection.execute_batch("PRAGMA wal_checkpoint(TRUNCATE);")?;
    Ok(())
}

fn open(file: &Path) -> Result<Connection> {
    let connection = Connection::open(file)?;
    connection.busy_timeout(std::time::Duration::from_secs(10))?;
    Ok(connection)
}

fn value(cell: Cell) -> Value {
    match cell {
        Cell::Null => Value::Null,
        Cell::Int(number) | Cell::Time(number) => Value::Integer(number),
        #[expect(clippy::cast_precision_loss, reason = "prices are small")]
        Cell::Cents(cents) => Value::Real(cents as f64 / 100.0),
        Cell::Text(text) => Value::Text(text),
    }
}
