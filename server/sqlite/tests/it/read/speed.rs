//! How fast reads are, for whoever changes them:
//! `cargo test --release -p prisma-sqlite --test it speed -- --ignored --nocapture`

use std::time::{Duration, Instant};

use prisma_connector::{Format, ReadPlan, Value};
use prisma_sqlite::SqliteHost;

use super::ask::{Arguments, Ask};
use super::world::{World, wait};

const DATAMODEL: &str = "
    type Artist { id: ID! @id name: String! albums: [Album] }
    type Album { id: ID! @id title: String! artist: Artist! tracks: [Track] }
    type Track {
        id: ID! @id name: String! album: Album! ms: Int bytes: Int price: Float loved: Boolean addedAt: DateTime
        composer: String
    }
";

/// 20 artists with 10 albums with 10 tracks each.
fn filled(host: SqliteHost) -> World {
    let world = World::on(host, DATAMODEL);
    world.rows(
        "WITH RECURSIVE n(i) AS (SELECT 1000 UNION ALL SELECT i + 1 FROM n WHERE i < 1019) INSERT INTO Artist (id, name) SELECT 'artist' || i, 'Name of ' || i FROM n
         WITH RECURSIVE n(i) AS (SELECT 1000 UNION ALL SELECT i + 1 FROM n WHERE i < 1199) INSERT INTO Album (id, title, artist) SELECT 'album' || i, 'Title of ' || i, 'artist' || (1000 + i % 20) FROM n
         WITH RECURSIVE n(i) AS (SELECT 1000 UNION ALL SELECT i + 1 FROM n WHERE i < 2999) INSERT INTO Track (id, name, album, ms, bytes, price, loved, addedAt, composer) SELECT 'track' || i, 'A song that is called ' || i, 'album' || (1000 + i % 200), i * 100, i * 10000, 0.99, i % 2, 1500000000000 + i, 'Written by ' || i FROM n
         CREATE INDEX album_artist ON Album (artist)
         CREATE INDEX track_album ON Track (album)
         ANALYZE",
    );
    world
}

/// The median of many runs, and the size of the answer.
fn median(world: &World, plan: &ReadPlan, values: &[Value]) -> (Duration, usize) {
    let query = world.connector.prepare(plan, Format::Json).unwrap();
    let mut size = 0;
    let mut times: Vec<Duration> = wait(async {
        let mut times = Vec::new();
        let mut buffer = Vec::new();
        for _ in 0..300 {
            let start = Instant::now();
            buffer.clear();
            let read = world.connector.read(query.clone(), values.to_vec(), buffer);
            buffer = read.await.unwrap().buffer;
            size = buffer.len();
            times.push(start.elapsed());
        }
        times
    });
    times.sort();
    (times[times.len() / 2], size)
}

#[test]
#[ignore = "measures"]
fn reads() {
    let folder = tempfile::tempdir().unwrap();
    let on_file = SqliteHost::folder(folder.path(), Default::default()).unwrap();
    for (place, host) in [("memory", SqliteHost::memory()), ("file", on_file)] {
        let world = filled(host);
        let mut ask = Ask::new(&world);
        let key = ask.one(
            "Track.id",
            Value::Text("track1500".into()),
            "id name ms price loved",
        );
        let (time, size) = median(&world, &key, &ask.values);
        println!("{place}: by key, 5 scalars: {time:?}, {size} bytes");

        for (rows, name) in [(100, "100 rows of 5"), (1000, "1000 rows of 8")] {
            let mut ask = Ask::new(&world);
            let first = ask.count(rows);
            let page = prisma_connector::Page {
                first: Some(first),
                ..Default::default()
            };
            let arguments = Arguments {
                page,
                ..Arguments::default()
            };
            let select = match rows {
                100 => "id name ms price loved",
                _ => "id name ms bytes price loved addedAt composer",
            };
            let plan = ask.many("Track", arguments, select);
            let (time, size) = median(&world, &plan, &ask.values);
            let rate = rows as f64 / time.as_secs_f64();
            println!("{place}: {name}: {time:?}, {rate:.0} rows/s, {size} bytes");
        }

        let mut ask = Ask::new(&world);
        let select = "id name albums { id title tracks { id name } }";
        let nested = ask.many("Artist", Arguments::default(), select);
        let (time, size) = median(&world, &nested, &ask.values);
        println!("{place}: 20 artists, 200 albums, 2000 tracks: {time:?}, {size} bytes");

        let mut ask = Ask::new(&world);
        let select = "id album { title artist { name } }";
        let upward = ask.many("Track", Arguments::default(), select);
        let (time, size) = median(&world, &upward, &ask.values);
        println!("{place}: 2000 tracks with album with artist: {time:?}, {size} bytes");
    }
}
