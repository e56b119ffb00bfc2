//! The workloads in diesel, as its guide writes them.
//!
//! Goes in: calls. Comes out: structs; lists of lists are loaded a level at a time and put together by
//! `belonging_to` and `grouped_by`.
//!
//! Must never know: any other library that is measured.

#![forbid(unsafe_code)]

#[expect(dead_code, reason = "nobody but `Debug` looks into the answers")]
mod rows;
mod schema;

use std::path::PathBuf;

use diesel::{connection::SimpleConnection as _, prelude::*};
// Links SQLite.
use libsqlite3_sys as _;
use prisma_bench_contest::{
    Call, Contender, Failure, NewArtist as NewArtistCall, NewCustomer, compete, run_without_waiting,
};

use crate::{
    rows::{
        Album, AlbumRow, Answer, Artist, ArtistRow, Customer, NewAlbum, NewArtist, Track,
        TrackOfAlbum, TrackRow,
    },
    schema::{album, artist, customer, track},
};

struct Diesel(SqliteConnection);

impl Contender for Diesel {
    type Answer = Answer;

    /// With the settings that the embedded engine has.
    async fn open(file: PathBuf) -> Result<Self, Failure> {
        let file = file.to_str().ok_or("this path is no text")?;
        let mut connection = SqliteConnection::establish(file)?;
        connection.batch_execute(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON; \
             PRAGMA busy_timeout = 10000;",
        )?;
        Ok(Self(connection))
    }

    async fn answer(&mut self, call: &Call) -> Result<Answer, Failure> {
        let db = &mut self.0;
        Ok(match call {
            Call::Track(id) => {
                let found = track::table.find(id).select(Track::as_select());
                Answer::Track(found.first(db).optional()?)
            }
            Call::Tracks => {
                let found = track::table.order(track::id).limit(100);
                Answer::Tracks(found.select(Track::as_select()).load(db)?)
            }
            Call::Artists(after) => Answer::Artists(artists(db, *after)?),
            Call::NewCustomer(new) => Answer::NewCustomer(new_customer(db, new)?),
            Call::NewArtist(new) => Answer::NewArtist(new_artist(db, new)?),
        })
    }
}

fn artists(db: &mut SqliteConnection, after: i32) -> QueryResult<Vec<Artist>> {
    let artists = artist::table
        .filter(artist::id.gt(after))
        .order(artist::id)
        .limit(20)
        .select(ArtistRow::as_select())
        .load(db)?;
    let albums = AlbumRow::belonging_to(&artists)
        .order(album::id)
        .select(AlbumRow::as_select())
        .load(db)?;
    let tracks = TrackRow::belonging_to(&albums)
        .order(track::id)
        .select(TrackRow::as_select())
        .load(db)?
        .grouped_by(&albums);
    let albums = albums.into_iter().zip(tracks).grouped_by(&artists);
    let artists = artists.into_iter().zip(albums);
    Ok(artists
        .map(|(artist, albums)| Artist {
            id: artist.id,
            name: artist.name,
            albums: albums.into_iter().map(with_tracks).collect(),
        })
        .collect())
}

fn with_tracks((album, tracks): (AlbumRow, Vec<TrackRow>)) -> Album {
    let tracks = tracks.into_iter().map(|track| TrackOfAlbum {
        id: track.id,
        name: track.name,
        milliseconds: track.milliseconds,
    });
    Album {
        id: album.id,
        title: album.title,
        tracks: tracks.collect(),
    }
}

fn new_customer(db: &mut SqliteConnection, new: &NewCustomer) -> QueryResult<Customer> {
    diesel::insert_into(customer::table)
        .values((
            customer::first_name.eq(&new.first_name),
            customer::last_name.eq(&new.last_name),
            customer::email.eq(&new.email),
            customer::city.eq(&new.city),
            customer::country.eq(&new.country),
        ))
        .returning(Customer::as_returning())
        .get_result(db)
}

fn new_artist(db: &mut SqliteConnection, new: &NewArtistCall) -> QueryResult<NewArtist> {
    db.immediate_transaction(|db| {
        let artist = diesel::insert_into(artist::table)
            .values(artist::name.eq(&new.name))
            .returning(ArtistRow::as_returning())
            .get_result(db)?;
        let of_artist = |title| (album::title.eq(title), album::artist.eq(artist.id));
        let albums: Vec<_> = new.titles.iter().map(of_artist).collect();
        let albums = diesel::insert_into(album::table)
            .values(&albums)
            .returning(NewAlbum::as_returning())
            .get_results(db)?;
        Ok(NewArtist {
            id: artist.id,
            name: artist.name,
            albums,
        })
    })
}

fn main() -> Result<(), Failure> {
    run_without_waiting(compete::<Diesel>())
}
