//! Rows into a database of MariaDB that the server has laid out.

use anyhow::Result;
use mysql_async::{Conn, Opts, OptsBuilder, Value, prelude::Queryable as _};

use crate::data::{Cell, Sizes, Table};

/// Rows per statement.
const BLOCK: usize = 500;

/// Fills empty tables.
pub(super) async fn load(
    url: &str,
    database: &str,
    tables: impl Iterator<Item = Table>,
) -> Result<()> {
    let mut connection = connect(url, Some(database)).await?;
    let settings = "SET NAMES utf8mb4, foreign_key_checks = 0, unique_checks = 0, autocommit = 0";
    connection.query_drop(settings).await?;
    for table in tables {
        let columns = table.columns.join("`, `");
        let row = format!("({})", vec!["?"; table.columns.len()].join(", "));
        for rows in table.rows.chunks(BLOCK) {
            let places = vec![row.as_str(); rows.len()].join(", ");
            let text = format!("INSERT INTO `{}` (`{columns}`) VALUES {places}", table.name);
            let values: Vec<Value> = rows.iter().flatten().map(value).collect();
            connection.exec_drop(text, values).await?;
        }
        connection.query_drop("COMMIT").await?;
        let analyze = format!("ANALYZE TABLE `{}`", table.name);
        connection.query_drop(analyze).await?;
    }
    connection.disconnect().await?;
    Ok(())
}

/// Removes what write workloads have made.
pub(super) async fn clean(url: &str, database: &str, sizes: &Sizes) -> Result<()> {
    let mut connection = connect(url, Some(database)).await?;
    for (table, last) in super::written(sizes) {
        let text = format!("DELETE FROM `{table}` WHERE id > ?");
        connection.exec_drop(text, (last,)).await?;
    }
    connection.disconnect().await?;
    Ok(())
}

/// Removes databases.
pub(super) async fn remove(url: &str, databases: &[&str]) -> Result<()> {
    let mut connection = connect(url, None).await?;
    for database in databases {
        let text = format!("DROP DATABASE IF EXISTS `{database}`");
        connection.query_drop(text).await?;
    }
    connection.disconnect().await?;
    Ok(())
}

async fn connect(url: &str, database: Option<&str>) -> Result<Conn> {
    let options = OptsBuilder::from_opts(Opts::from_url(url)?).db_name(database);
    Ok(Conn::new(options).await?)
}

fn value(cell: &Cell) -> Value {
    match cell {
        Cell::Null => Value::NULL,
        Cell::Int(number) => Value::from(*number),
        Cell::Cents(cents) => Value::from(format!("{}.{:02}", cents / 100, cents % 100)),
        Cell::Text(text) => Value::from(text.as_str()),
        Cell::Time(ms) => Value::from(super::date(*ms)),
    }
}
