//! The workloads by hand: prepared statements in rusqlite, one per table.
//!
//! Goes in: calls. Comes out: structs, filled column by column.
//!
//! Must never know: any layer over SQL.

#[expect(dead_code, reason = "nobody but `Debug` looks into the answers")]
mod rows;

use std::path::PathBuf;

use prisma_bench_contest::{Call, Contender, Failure, compete, run_without_waiting};
use rusqlite::{Connection, Params, Row, config::DbConfig};

use crate::rows::{Album, Answer, Artist, Customer, NewAlbum, NewArtist, Track, TrackOfAlbum};

const TRACK: &str = "SELECT id, name, composer, milliseconds, unitPrice FROM Track WHERE id = ?1";
const TRACKS: &str =
    "SELECT id, name, composer, milliseconds, unitPrice FROM Track ORDER BY id LIMIT 100";
const ARTISTS: &str = "SELECT id, name FROM Artist WHERE id > ?1 ORDER BY id LIMIT 20";
const ALBUMS: &str = "SELECT id, title FROM Album WHERE artist = ?1 ORDER BY id";
const TRACKS_OF_ALBUM: &str =
    "SELECT id, name, milliseconds FROM Track WHERE album = ?1 ORDER BY id";
const NEW_CUSTOMER: &str = "INSERT INTO Customer (firstName, lastName, email, city, country) \
     VALUES (?1, ?2, ?3, ?4, ?5) RETURNING id, firstName, lastName, email";
const NEW_ARTIST: &str = "INSERT INTO Artist (name) VALUES (?1) RETURNING id, name";
const NEW_ALBUM: &str = "INSERT INTO Album (title, artist) VALUES (?1, ?2) RETURNING id, title";

struct ByHand(Connection);

impl Contender for ByHand {
    type Answer = Answer;

    /// With the settings that the embedded engine has.
    async fn open(file: PathBuf) -> Result<Self, Failure> {
        let connection = Connection::open(file)?;
        connection.busy_timeout(std::time::Duration::from_secs(10))?;
        connection.execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;",
        )?;
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
        connection.set_prepared_statement_cache_capacity(64);
        Ok(Self(connection))
    }

    async fn answer(&mut self, call: &Call) -> Result<Answer, Failure> {
        Ok(match call {
            Call::Track(id) => Answer::Track(self.rows(TRACK, [id], Track::read)?.pop()),
            Call::Tracks => Answer::Tracks(self.rows(TRACKS, [], Track::read)?),
            Call::Artists(after) => Answer::Artists(self.rows(ARTISTS, [after], |row| {
                let id = row.get(0)?;
                let albums = self.rows(ALBUMS, [id], |row| self.album(row))?;
                Ok(Artist {
                    id,
                    name: row.get(1)?,
                    albums,
                })
            })?),
            Call::NewCustomer(new) => {
                let values = [
                    &new.first_name,
                    &new.last_name,
                    &new.email,
                    &new.city,
                    &new.country,
                ];
                let mut statement = self.0.prepare_cached(NEW_CUSTOMER)?;
                Answer::NewCustomer(statement.query_row(values, |row| {
                    Ok(Customer {
                        id: row.get(0)?,
                        first_name: row.get(1)?,
                        last_name: row.get(2)?,
                        email: row.get(3)?,
                    })
                })?)
            }
            Call::NewArtist(new) => {
                self.0.prepare_cached("BEGIN IMMEDIATE")?.execute(())?;
                let mut statement = self.0.prepare_cached(NEW_ARTIST)?;
                let (id, name) =
                    statement.query_row([&new.name], |row| Ok((row.get(0)?, row.get(1)?)))?;
                let mut statement = self.0.prepare_cached(NEW_ALBUM)?;
                let albums = new.titles.iter().map(|title| {
                    statement.query_row((title, id), |row| {
                        Ok(NewAlbum {
                            id: row.get(0)?,
                            title: row.get(1)?,
                        })
                    })
                });
                let albums = albums.collect::<rusqlite::Result<_>>()?;
                self.0.prepare_cached("COMMIT")?.execute(())?;
                Answer::NewArtist(NewArtist { id, name, albums })
            }
        })
    }
}

impl ByHand {
    fn album(&self, row: &Row<'_>) -> rusqlite::Result<Album> {
        let id = row.get(0)?;
        let tracks = self.rows(TRACKS_OF_ALBUM, [id], |row| {
            Ok(TrackOfAlbum {
                id: row.get(0)?,
                name: row.get(1)?,
                milliseconds: row.get(2)?,
            })
        })?;
        Ok(Album {
            id,
            title: row.get(1)?,
            tracks,
        })
    }

    fn rows<T>(
        &self,
        sql: &str,
        values: impl Params,
        read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> rusqlite::Result<Vec<T>> {
        self.0
            .prepare_cached(sql)?
            .query_map(values, read)?
            .collect()
    }
}

fn main() -> Result<(), Failure> {
    run_without_waiting(compete::<ByHand>())
}
