//! Rows into a schema of PostgreSQL that the server has laid out.

use std::fmt::Write as _;

use anyhow::Result;
use bytes::Bytes;
use futures_util::{SinkExt as _, pin_mut};
use tokio_postgres::{Client, NoTls};

use crate::data::{Cell, Sizes, Table};

/// Bytes that are sent at once.
const BLOCK: usize = 256 * 1024;

/// Makes an empty database.
pub(super) async fn create(url: &str, database: &str) -> Result<()> {
    let client = connect(url).await?;
    Ok(client
        .batch_execute(&format!("CREATE DATABASE \"{database}\""))
        .await?)
}

/// Removes a database, whoever is connected.
pub(super) async fn remove(url: &str, database: &str) -> Result<()> {
    let client = connect(url).await?;
    Ok(client
        .batch_execute(&format!(
            "DROP DATABASE IF EXISTS \"{database}\" WITH (FORCE)"
        ))
        .await?)
}

/// Fills empty tables, and lets the counters of ids go on behind them.
pub(super) async fn load(
    url: &str,
    schema: &str,
    tables: impl Iterator<Item = Table>,
) -> Result<()> {
    let client = connect(url).await?;
    for table in tables {
        let name = format!("\"{schema}\".\"{}\"", table.name);
        copy(&client, &name, &table).await?;
        if table.has_id() {
            client
                .batch_execute(&go_on(&name, table.rows.len()))
                .await?;
        }
    }
    client.batch_execute("VACUUM ANALYZE").await?;
    client.batch_execute("CHECKPOINT").await?;
    Ok(())
}

/// Lets the sequence that the default of a table's id names go on behind a number.
fn go_on(table: &str, last: usize) -> String {
    format!(
        "SELECT setval(substring(pg_get_expr(d.adbin, d.adrelid) FROM '''(.+)''')::regclass, {last}) \
         FROM pg_attrdef d JOIN pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum \
         WHERE d.adrelid = '{table}'::regclass AND a.attname = 'id'"
    )
}

async fn copy(client: &Client, name: &str, table: &Table) -> Result<()> {
    let columns = table.columns.join("\", \"");
    let sink = client
        .copy_in(&format!("COPY {name} (\"{columns}\") FROM STDIN"))
        .await?;
    pin_mut!(sink);
    let mut text = String::with_capacity(BLOCK + 1024);
    for row in &table.rows {
        for (number, cell) in row.iter().enumerate() {
            if number > 0 {
                text.push('\t');
            }
            write(cell, &mut text)?;
        }
        text.push('\n');
        if text.len() >= BLOCK {
            sink.send(Bytes::from(std::mem::take(&mut text))).await?;
        }
    }
    sink.send(Bytes::from(text)).await?;
    sink.finish().await?;
    Ok(())
}

/// Removes what write workloads have made.
pub(super) async fn clean(url: &str, schema: &str, sizes: &Sizes) -> Result<()> {
    let client = connect(url).await?;
    for (table, last) in super::written(sizes) {
        let name = format!("\"{schema}\".\"{table}\"");
        client
            .batch_execute(&format!("DELETE FROM {name} WHERE id > {last}"))
            .await?;
        client.batch_execute(&format!("VACUUM {name}")).await?;
    }
    Ok(())
}

async fn connect(url: &str) -> Result<Client> {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await?;
    tokio::spawn(connection);
    Ok(client)
}

/// A value in the text format of `COPY`. No text has a character that it escapes.
fn write(cell: &Cell, text: &mut String) -> Result<()> {
    match cell {
        Cell::Null => text.push_str("\\N"),
        Cell::Int(number) => write!(text, "{number}")?,
        Cell::Cents(cents) => write!(text, "{}.{:02}", cents / 100, cents % 100)?,
        Cell::Text(value) => text.push_str(value),
        Cell::Time(ms) => text.push_str(&super::date(*ms)),
    }
    Ok(())
}
