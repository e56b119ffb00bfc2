//! SQLite by hand: one prepared statement per table, JSON written while the rows come.

use std::path::Path;

use anyhow::Result;
use rusqlite::{Connection, Row, config::DbConfig, types::ValueRef};

use super::json::{write_float, write_int, write_string};
use crate::workload::{Call, NewArtist, NewCustomer};

const TRACK: &str = "SELECT id, name, composer, milliseconds, unitPrice FROM Track WHERE id = ?1";
const TRACKS: &str =
    "SELECT id, name, composer, milliseconds, unitPrice FROM Track ORDER BY id LIMIT 100";
const ARTISTS: &str = "SELECT id, name FROM Artist WHERE id > ?1 ORDER BY id LIMIT 20";
const ALBUMS: &str = "SELECT id, title FROM Album WHERE artist = ?1 ORDER BY id";
const TRACKS_OF_ALBUM: &str =
    "SELECT id, name, milliseconds FROM Track WHERE album = ?1 ORDER BY id";
const TRACKS_BY_ARTIST: &str = "SELECT t.id, t.name FROM Track t JOIN Album b ON b.id = t.album \
     JOIN Artist a ON a.id = b.artist WHERE a.name GLOB ?1 ORDER BY t.id LIMIT 50";
const COUNT: &str = "SELECT count(*) FROM Track WHERE genre = ?1 AND milliseconds > ?2";
const PAGE: &str = "SELECT id, name FROM Track WHERE id > ?1 ORDER BY id LIMIT 20";
const NEW_CUSTOMER: &str = "INSERT INTO Customer (firstName, lastName, email, city, country) \
     VALUES (?1, ?2, ?3, ?4, ?5) RETURNING id, firstName, lastName, email";
const NEW_ARTIST: &str = "INSERT INTO Artist (name) VALUES (?1) RETURNING id, name";
const NEW_ALBUM: &str = "INSERT INTO Album (title, artist) VALUES (?1, ?2) RETURNING id, title";

/// One connection.
pub(crate) struct Sqlite(Connection);

impl Sqlite {
    /// Opens a database file, with the settings that the server uses.
    pub(crate) fn open(file: &Path) -> Result<Self> {
        let connection = Connection::open(file)?;
        connection.busy_timeout(std::time::Duration::from_secs(10))?;
        connection.execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;",
        )?;
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
        connection.set_prepared_statement_cache_capacity(64);
        Ok(Self(connection))
    }

    /// Appends the answer of a call, which is that of a GraphQL server.
    pub(crate) fn answer(&self, call: &Call<'_>, out: &mut Vec<u8>) -> Result<()> {
        match call {
            Call::Track(by) => self.track(by.id, out)?,
            Call::Tracks => {
                out.extend_from_slice(br#"{"data":{"tracks":"#);
                self.list(TRACKS, (), out, write_track)?;
            }
            Call::Artists(behind) => {
                out.extend_from_slice(br#"{"data":{"artists":"#);
                self.list(ARTISTS, (behind.after,), out, |row, out| {
                    self.write_artist(row, out)
                })?;
            }
            Call::ByArtist(by) => {
                out.extend_from_slice(br#"{"data":{"tracks":"#);
                let pattern = format!("{}*", by.prefix);
                self.list(TRACKS_BY_ARTIST, (pattern,), out, write_name)?;
            }
            Call::Count(by) => {
                let mut statement = self.0.prepare_cached(COUNT)?;
                let count = statement.query_row((by.genre, by.longer), |row| row.get(0))?;
                out.extend_from_slice(br#"{"data":{"tracksConnection":{"aggregate":{"count":"#);
                write_int(count, out);
                out.extend_from_slice(b"}}");
            }
            Call::Page(behind) => {
                out.extend_from_slice(br#"{"data":{"tracks":"#);
                self.list(PAGE, (behind.id(),), out, write_name)?;
            }
            Call::NewCustomer(customer) => self.new_customer(customer, out)?,
            Call::NewArtist(artist) => self.new_artist(artist, out)?,
        }
        out.extend_from_slice(b"}}");
        Ok(())
    }

    fn track(&self, id: i64, out: &mut Vec<u8>) -> rusqlite::Result<()> {
        out.extend_from_slice(br#"{"data":{"track":"#);
        let mut statement = self.0.prepare_cached(TRACK)?;
        let mut rows = statement.query((id,))?;
        match rows.next()? {
            Some(row) => write_track(row, out),
            None => {
                out.extend_from_slice(b"null");
                Ok(())
            }
        }
    }

    fn write_artist(&self, row: &Row<'_>, out: &mut Vec<u8>) -> rusqlite::Result<()> {
        let id = row.get(0)?;
        write_key(br#"{"id":"#, id, out);
        out.extend_from_slice(br#","name":"#);
        write_text(row, 1, out)?;
        out.extend_from_slice(br#","albums":"#);
        self.list(ALBUMS, (id,), out, |row, out| self.write_album(row, out))?;
        out.push(b'}');
        Ok(())
    }

    fn write_album(&self, row: &Row<'_>, out: &mut Vec<u8>) -> rusqlite::Result<()> {
        let id = row.get(0)?;
        write_key(br#"{"id":"#, id, out);
        out.extend_from_slice(br#","title":"#);
        write_text(row, 1, out)?;
        out.extend_from_slice(br#","tracks":"#);
        self.list(TRACKS_OF_ALBUM, (id,), out, |row, out| {
            write_key(br#"{"id":"#, row.get(0)?, out);
            out.extend_from_slice(br#","name":"#);
            write_text(row, 1, out)?;
            write_key(br#","milliseconds":"#, row.get(2)?, out);
            out.push(b'}');
            Ok(())
        })?;
        out.push(b'}');
        Ok(())
    }

    fn new_customer(&self, new: &NewCustomer<'_>, out: &mut Vec<u8>) -> rusqlite::Result<()> {
        let mut statement = self.0.prepare_cached(NEW_CUSTOMER)?;
        let values = (
            &*new.first,
            &*new.last,
            &*new.email,
            &*new.city,
            &*new.country,
        );
        statement.query_row(values, |row| {
            write_key(br#"{"data":{"createCustomer":{"id":"#, row.get(0)?, out);
            out.extend_from_slice(br#","firstName":"#);
            write_text(row, 1, out)?;
            out.extend_from_slice(br#","lastName":"#);
            write_text(row, 2, out)?;
            out.extend_from_slice(br#","email":"#);
            write_text(row, 3, out)?;
            out.push(b'}');
            Ok(())
        })
    }

    fn new_artist(&self, new: &NewArtist<'_>, out: &mut Vec<u8>) -> rusqlite::Result<()> {
        self.0.prepare_cached("BEGIN IMMEDIATE")?.execute(())?;
        let mut statement = self.0.prepare_cached(NEW_ARTIST)?;
        let artist = statement.query_row((&*new.name,), |row| {
            let id = row.get(0)?;
            write_key(br#"{"data":{"createArtist":{"id":"#, id, out);
            out.extend_from_slice(br#","name":"#);
            write_text(row, 1, out)?;
            Ok(id)
        })?;
        let mut statement = self.0.prepare_cached(NEW_ALBUM)?;
        let mut separator: &[u8] = br#","albums":["#;
        for title in new.titles() {
            out.extend_from_slice(separator);
            separator = b",";
            statement.query_row((title, artist), |row| {
                write_key(br#"{"id":"#, row.get(0)?, out);
                out.extend_from_slice(br#","title":"#);
                write_text(row, 1, out)
            })?;
            out.push(b'}');
        }
        out.extend_from_slice(b"]}");
        self.0.prepare_cached("COMMIT")?.execute(())?;
        Ok(())
    }

    /// Appends a list with one element per row.
    fn list(
        &self,
        sql: &str,
        values: impl rusqlite::Params,
        out: &mut Vec<u8>,
        mut write: impl FnMut(&Row<'_>, &mut Vec<u8>) -> rusqlite::Result<()>,
    ) -> rusqlite::Result<()> {
        let mut statement = self.0.prepare_cached(sql)?;
        let mut rows = statement.query(values)?;
        out.push(b'[');
        let mut is_first = true;
        while let Some(row) = rows.next()? {
            if !is_first {
                out.push(b',');
            }
            is_first = false;
            write(row, out)?;
        }
        out.push(b']');
        Ok(())
    }
}

fn write_track(row: &Row<'_>, out: &mut Vec<u8>) -> rusqlite::Result<()> {
    write_key(br#"{"id":"#, row.get(0)?, out);
    out.extend_from_slice(br#","name":"#);
    write_text(row, 1, out)?;
    out.extend_from_slice(br#","composer":"#);
    write_text(row, 2, out)?;
    write_key(br#","milliseconds":"#, row.get(3)?, out);
    out.extend_from_slice(br#","unitPrice":"#);
    write_float(row.get(4)?, out);
    out.push(b'}');
    Ok(())
}

/// An object of an id and a name.
fn write_name(row: &Row<'_>, out: &mut Vec<u8>) -> rusqlite::Result<()> {
    write_key(br#"{"id":"#, row.get(0)?, out);
    out.extend_from_slice(br#","name":"#);
    write_text(row, 1, out)?;
    out.push(b'}');
    Ok(())
}

fn write_key(before: &[u8], number: i64, out: &mut Vec<u8>) {
    out.extend_from_slice(before);
    write_int(number, out);
}

fn write_text(row: &Row<'_>, column: usize, out: &mut Vec<u8>) -> rusqlite::Result<()> {
    match row.get_ref(column)? {
        ValueRef::Null => out.extend_from_slice(b"null"),
        value => write_string(value.as_str()?, out),
    }
    Ok(())
}
