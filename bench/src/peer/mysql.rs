//! MariaDB by hand: one prepared statement per operation makes the finished JSON.

use anyhow::{Context as _, Result};
use mysql_async::{
    Conn, Opts, OptsBuilder, Params, Pool, PoolConstraints, PoolOpts, TxOpts,
    prelude::Queryable as _,
};

use super::json::{write_int, write_string};
use crate::workload::{Call, NewArtist};

const TRACK: &str = "
    SELECT JSON_OBJECT('id', id, 'name', name, 'composer', composer, 'milliseconds', milliseconds,
        'unitPrice', CAST(unitPrice AS DOUBLE))
    FROM Track WHERE id = ?";
const TRACKS: &str = "
    SELECT COALESCE(JSON_ARRAYAGG(JSON_OBJECT('id', id, 'name', name, 'composer', composer,
        'milliseconds', milliseconds, 'unitPrice', CAST(unitPrice AS DOUBLE)) ORDER BY id), '[]')
    FROM (SELECT id, name, composer, milliseconds, unitPrice FROM Track ORDER BY id LIMIT 100) t";
const ARTISTS: &str = "
    SELECT COALESCE(JSON_ARRAYAGG(JSON_OBJECT('id', a.id, 'name', a.name, 'albums', JSON_COMPACT(COALESCE((
        SELECT JSON_ARRAYAGG(JSON_OBJECT('id', b.id, 'title', b.title, 'tracks', JSON_COMPACT(COALESCE((
            SELECT JSON_ARRAYAGG(JSON_OBJECT('id', t.id, 'name', t.name, 'milliseconds', t.milliseconds)
                ORDER BY t.id)
            FROM Track t WHERE t.album = b.id), '[]'))) ORDER BY b.id)
        FROM Album b WHERE b.artist = a.id), '[]'))) ORDER BY a.id), '[]')
    FROM (SELECT id, name FROM Artist WHERE id > ? ORDER BY id LIMIT 20) a";
const BY_ARTIST: &str = "
    SELECT COALESCE(JSON_ARRAYAGG(JSON_OBJECT('id', id, 'name', name) ORDER BY id), '[]') FROM (
        SELECT t.id, t.name FROM Track t JOIN Album b ON b.id = t.album JOIN Artist a ON a.id = b.artist
        WHERE a.name LIKE ? ORDER BY t.id LIMIT 50
    ) x";
const COUNT: &str = "
    SELECT JSON_OBJECT('aggregate', JSON_OBJECT('count', COUNT(*))) FROM Track
    WHERE genre = ? AND milliseconds > ?";
const PAGE: &str = "
    SELECT COALESCE(JSON_ARRAYAGG(JSON_OBJECT('id', id, 'name', name) ORDER BY id), '[]')
    FROM (SELECT id, name FROM Track WHERE id > ? ORDER BY id LIMIT 20) t";
const NEW_CUSTOMER: &str = "
    INSERT INTO Customer (firstName, lastName, email, city, country) VALUES (?, ?, ?, ?, ?)
    RETURNING JSON_OBJECT('id', id, 'firstName', firstName, 'lastName', lastName, 'email', email)";
const NEW_ARTIST: &str = "INSERT INTO Artist (name) VALUES (?)";
const NEW_ALBUMS: &str = "
    INSERT INTO Album (title, artist) VALUES (?, ?), (?, ?), (?, ?), (?, ?), (?, ?) RETURNING id, title";

/// Connections at most, all of them kept.
const CONNECTIONS: usize = 16;

/// Connections to one database.
pub(crate) struct Mysql(Pool);

impl Mysql {
    pub(crate) fn open(url: &str, database: &str) -> Result<Self> {
        let constraints = PoolConstraints::new(CONNECTIONS, CONNECTIONS).context("no limits")?;
        // Connections are never left in another state than they were found in.
        let pool = PoolOpts::new()
            .with_constraints(constraints)
            .with_reset_connection(false);
        let options = OptsBuilder::from_opts(Opts::from_url(url)?)
            .db_name(Some(database))
            .tcp_nodelay(true)
            .setup(vec![
                "SET NAMES utf8mb4",
                "SET group_concat_max_len = 16777216",
            ])
            .pool_opts(pool);
        Ok(Self(Pool::new(options)))
    }

    /// The answer of a call, which is that of a GraphQL server.
    pub(crate) async fn answer(&self, call: &Call<'_>) -> Result<Vec<u8>> {
        let mut connection = self.0.get_conn().await?;
        let connection = &mut connection;
        match call {
            Call::Track(by) => json(connection, "track", TRACK, (by.id,)).await,
            Call::Tracks => json(connection, "tracks", TRACKS, ()).await,
            Call::Artists(behind) => json(connection, "artists", ARTISTS, (behind.after,)).await,
            Call::ByArtist(by) => {
                let pattern = format!("{}%", by.prefix);
                json(connection, "tracks", BY_ARTIST, (pattern,)).await
            }
            Call::Count(by) => {
                json(connection, "tracksConnection", COUNT, (by.genre, by.longer)).await
            }
            Call::Page(behind) => json(connection, "tracks", PAGE, (behind.id(),)).await,
            Call::NewCustomer(new) => {
                let values = (
                    &*new.first,
                    &*new.last,
                    &*new.email,
                    &*new.city,
                    &*new.country,
                );
                json(connection, "createCustomer", NEW_CUSTOMER, values).await
            }
            Call::NewArtist(new) => new_artist(connection, new).await,
        }
    }
}

/// The answer with the JSON that a statement makes.
async fn json(
    connection: &mut Conn,
    field: &str,
    statement: &str,
    values: impl Into<Params> + Send,
) -> Result<Vec<u8>> {
    let json: Option<String> = connection.exec_first(statement, values.into()).await?;
    Ok(super::envelope(field, json.as_deref().unwrap_or("null")))
}

async fn new_artist(connection: &mut Conn, new: &NewArtist<'_>) -> Result<Vec<u8>> {
    let mut transaction = connection.start_transaction(TxOpts::default()).await?;
    transaction.exec_drop(NEW_ARTIST, (&*new.name,)).await?;
    let artist = transaction.last_insert_id().context("no id")?;
    let values: Vec<mysql_async::Value> = new
        .titles()
        .into_iter()
        .flat_map(|title| [title.into(), artist.into()])
        .collect();
    let albums: Vec<(i64, String)> = transaction.exec(NEW_ALBUMS, values).await?;
    transaction.commit().await?;
    let mut out = br#"{"data":{"createArtist":{"id":"#.to_vec();
    write_int(i64::try_from(artist)?, &mut out);
    out.extend_from_slice(br#","name":"#);
    write_string(&new.name, &mut out);
    let mut separator: &[u8] = br#","albums":["#;
    for (id, title) in albums {
        out.extend_from_slice(separator);
        separator = b",";
        out.extend_from_slice(br#"{"id":"#);
        write_int(id, &mut out);
        out.extend_from_slice(br#","title":"#);
        write_string(&title, &mut out);
        out.push(b'}');
    }
    out.extend_from_slice(b"]}}}");
    Ok(out)
}
