//! PostgreSQL by hand: one prepared statement per operation makes the finished JSON; connections are shared, and
//! statements wait for each other on the wire only.

use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::{Context as _, Result};
use tokio_postgres::{Client, NoTls, Statement, types::ToSql};

use crate::workload::Call;

const TRACK: &str = r#"
    SELECT row_to_json(t)::text FROM (
        SELECT id, name, composer, milliseconds, "unitPrice"::float8 AS "unitPrice" FROM "Track" WHERE id = $1
    ) t"#;
const TRACKS: &str = r#"
    SELECT coalesce(json_agg(row_to_json(t)), '[]')::text FROM (
        SELECT id, name, composer, milliseconds, "unitPrice"::float8 AS "unitPrice" FROM "Track"
        ORDER BY id LIMIT 100
    ) t"#;
const ARTISTS: &str = r#"
    SELECT coalesce(json_agg(row_to_json(x)), '[]')::text FROM (
        SELECT a.id, a.name, (
            SELECT coalesce(json_agg(row_to_json(y)), '[]') FROM (
                SELECT b.id, b.title, (
                    SELECT coalesce(json_agg(row_to_json(z)), '[]') FROM (
                        SELECT t.id, t.name, t.milliseconds FROM "Track" t WHERE t.album = b.id ORDER BY t.id
                    ) z
                ) AS tracks
                FROM "Album" b WHERE b.artist = a.id ORDER BY b.id
            ) y
        ) AS albums
        FROM "Artist" a WHERE a.id > $1 ORDER BY a.id LIMIT 20
    ) x"#;
const BY_ARTIST: &str = r#"
    SELECT coalesce(json_agg(row_to_json(x)), '[]')::text FROM (
        SELECT t.id, t.name FROM "Track" t
        JOIN "Album" b ON b.id = t.album JOIN "Artist" a ON a.id = b.artist
        WHERE a.name LIKE $1 ORDER BY t.id LIMIT 50
    ) x"#;
const COUNT: &str = r#"
    SELECT json_build_object('aggregate', json_build_object('count', count(*)))::text FROM "Track"
    WHERE genre = $1 AND milliseconds > $2"#;
const PAGE: &str = r#"
    SELECT coalesce(json_agg(row_to_json(t)), '[]')::text FROM (
        SELECT id, name FROM "Track" WHERE id > $1 ORDER BY id LIMIT 20
    ) t"#;
const NEW_CUSTOMER: &str = r#"
    WITH c AS (
        INSERT INTO "Customer" ("firstName", "lastName", email, city, country) VALUES ($1, $2, $3, $4, $5)
        RETURNING id, "firstName", "lastName", email
    )
    SELECT row_to_json(c)::text FROM c"#;
const NEW_ARTIST: &str = r#"
    WITH a AS (INSERT INTO "Artist" (name) VALUES ($1) RETURNING id, name),
    b AS (
        INSERT INTO "Album" (title, artist)
        SELECT title, a.id FROM a, unnest($2::text[]) WITH ORDINALITY AS titles (title, place) ORDER BY place
        RETURNING id, title
    )
    SELECT row_to_json(x)::text FROM (
        SELECT a.id, a.name, (SELECT json_agg(row_to_json(b) ORDER BY b.id) FROM b) AS albums FROM a
    ) x"#;

/// Connections that requests share; more of them gain nothing on one processor.
const SHARED: usize = 4;

/// Connections to one schema.
pub(crate) struct Postgres {
    connections: Vec<Connection>,
    next: AtomicUsize,
}

struct Connection {
    client: Client,
    track: Statement,
    tracks: Statement,
    artists: Statement,
    by_artist: Planned,
    count: Statement,
    page: Statement,
    new_customer: Statement,
    new_artist: Statement,
}

/// A statement on a connection of its own, where it is planned for each value: what it costs depends on them.
struct Planned {
    client: Client,
    statement: Statement,
}

impl Postgres {
    pub(crate) async fn open(url: &str, schema: &str) -> Result<Self> {
        let mut connections = Vec::new();
        for _ in 0..SHARED {
            connections.push(Connection::open(url, schema).await?);
        }
        Ok(Self {
            connections,
            next: AtomicUsize::new(0),
        })
    }

    /// The answer of a call, which is that of a GraphQL server.
    pub(crate) async fn answer(&self, call: &Call<'_>) -> Result<Vec<u8>> {
        let next = self.next.fetch_add(1, Ordering::Relaxed) % self.connections.len();
        let connection = self.connections.get(next).context("no connection")?;
        connection.answer(call).await
    }
}

impl Connection {
    async fn open(url: &str, schema: &str) -> Result<Self> {
        let client = connect(url, schema).await?;
        let planned = connect(url, schema).await?;
        planned
            .batch_execute("SET plan_cache_mode = force_custom_plan")
            .await?;
        Ok(Self {
            track: client.prepare(TRACK).await?,
            tracks: client.prepare(TRACKS).await?,
            artists: client.prepare(ARTISTS).await?,
            by_artist: Planned {
                statement: planned.prepare(BY_ARTIST).await?,
                client: planned,
            },
            count: client.prepare(COUNT).await?,
            page: client.prepare(PAGE).await?,
            new_customer: client.prepare(NEW_CUSTOMER).await?,
            new_artist: client.prepare(NEW_ARTIST).await?,
            client,
        })
    }

    async fn answer(&self, call: &Call<'_>) -> Result<Vec<u8>> {
        match call {
            Call::Track(by) => self.json("track", &self.track, &[&int(by.id)?]).await,
            Call::Tracks => self.json("tracks", &self.tracks, &[]).await,
            Call::Artists(behind) => {
                self.json("artists", &self.artists, &[&int(behind.after)?])
                    .await
            }
            Call::ByArtist(by) => {
                let Planned { client, statement } = &self.by_artist;
                json(client, "tracks", statement, &[&format!("{}%", by.prefix)]).await
            }
            Call::Count(by) => {
                let values: [Value<'_>; 2] = [&int(by.genre)?, &int(by.longer)?];
                self.json("tracksConnection", &self.count, &values).await
            }
            Call::Page(behind) => self.json("tracks", &self.page, &[&int(behind.id())?]).await,
            Call::NewCustomer(new) => {
                let values: [Value<'_>; 5] =
                    [&new.first, &new.last, &new.email, &new.city, &new.country];
                self.json("createCustomer", &self.new_customer, &values)
                    .await
            }
            Call::NewArtist(new) => {
                let values: [Value<'_>; 2] = [&new.name, &new.titles().to_vec()];
                self.json("createArtist", &self.new_artist, &values).await
            }
        }
    }

    async fn json(
        &self,
        field: &str,
        statement: &Statement,
        values: &[Value<'_>],
    ) -> Result<Vec<u8>> {
        json(&self.client, field, statement, values).await
    }
}

type Value<'v> = &'v (dyn ToSql + Sync);

/// The answer with the JSON that a statement makes.
async fn json(
    client: &Client,
    field: &str,
    statement: &Statement,
    values: &[Value<'_>],
) -> Result<Vec<u8>> {
    let row = client.query_opt(statement, values).await?;
    let json = row.as_ref().map_or("null", |row| row.get(0));
    Ok(super::envelope(field, json))
}

async fn connect(url: &str, schema: &str) -> Result<Client> {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await?;
    tokio::spawn(connection);
    client
        .batch_execute(&format!("SET search_path TO \"{schema}\""))
        .await?;
    Ok(client)
}

fn int(number: i64) -> Result<i32> {
    Ok(i32::try_from(number)?)
}
