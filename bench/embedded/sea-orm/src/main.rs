//! The workloads in sea-orm, as its documentation writes them.
//!
//! Goes in: calls. Comes out: structs; lists of lists are loaded a level at a time by its loader.
//!
//! Must never know: any other library that is measured.

#![forbid(unsafe_code)]

mod entities;
#[expect(dead_code, reason = "nobody but `Debug` looks into the answers")]
mod rows;

use std::path::PathBuf;

use prisma_bench_contest::{
    Call, Contender, Failure, NewArtist as NewArtistCall, NewCustomer, compete,
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, ConnectOptions, Database,
    DatabaseConnection, DbErr, EntityTrait as _, LoaderTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, TransactionTrait as _,
    sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous},
};

use crate::{
    entities::{album, artist, customer, track},
    rows::{Album, Answer, Artist, Customer, NewAlbum, NewArtist, Track, TrackOfAlbum},
};

struct SeaOrm(DatabaseConnection);

impl Contender for SeaOrm {
    type Answer = Answer;

    /// With the settings that the embedded engine has. One connection, as nobody asks for a second one.
    async fn open(file: PathBuf) -> Result<Self, Failure> {
        let file = file.to_str().ok_or("this path is no text")?;
        let mut options = ConnectOptions::new(format!("sqlite://{file}"));
        options
            .max_connections(1)
            .sqlx_logging(false)
            .map_sqlx_sqlite_opts(|options| {
                options
                    .journal_mode(SqliteJournalMode::Wal)
                    .synchronous(SqliteSynchronous::Normal)
                    .foreign_keys(true)
            });
        Ok(Self(Database::connect(options).await?))
    }

    async fn answer(&mut self, call: &Call) -> Result<Answer, Failure> {
        let db = &self.0;
        Ok(match call {
            Call::Track(id) => {
                let found = track::Entity::find_by_id(*id);
                Answer::Track(found.into_partial_model::<Track>().one(db).await?)
            }
            Call::Tracks => {
                let found = track::Entity::find()
                    .order_by_asc(track::Column::Id)
                    .limit(100);
                Answer::Tracks(found.into_partial_model::<Track>().all(db).await?)
            }
            Call::Artists(after) => Answer::Artists(artists(db, *after).await?),
            Call::NewCustomer(new) => Answer::NewCustomer(new_customer(db, new).await?),
            Call::NewArtist(new) => Answer::NewArtist(new_artist(db, new).await?),
        })
    }
}

async fn artists(db: &DatabaseConnection, after: i32) -> Result<Vec<Artist>, DbErr> {
    let artists = artist::Entity::find()
        .filter(artist::Column::Id.gt(after))
        .order_by_asc(artist::Column::Id)
        .limit(20)
        .all(db)
        .await?;
    let albums = album::Entity::find().order_by_asc(album::Column::Id);
    let albums = artists.load_many(albums, db).await?;
    let flat: Vec<album::Model> = albums.iter().flatten().cloned().collect();
    let tracks = track::Entity::find().order_by_asc(track::Column::Id);
    let mut tracks = flat.load_many(tracks, db).await?.into_iter();
    let artists = artists.into_iter().zip(albums);
    Ok(artists
        .map(|(artist, albums)| Artist {
            id: artist.id,
            name: artist.name,
            albums: albums
                .into_iter()
                .map(|album| with_tracks(album, tracks.next().unwrap_or_default()))
                .collect(),
        })
        .collect())
}

fn with_tracks(album: album::Model, tracks: Vec<track::Model>) -> Album {
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

async fn new_customer(db: &DatabaseConnection, new: &NewCustomer) -> Result<Customer, DbErr> {
    let customer = customer::ActiveModel {
        first_name: Set(new.first_name.clone()),
        last_name: Set(new.last_name.clone()),
        email: Set(new.email.clone()),
        city: Set(Some(new.city.clone())),
        country: Set(Some(new.country.clone())),
        ..Default::default()
    };
    let customer = customer.insert(db).await?;
    Ok(Customer {
        id: customer.id,
        first_name: customer.first_name,
        last_name: customer.last_name,
        email: customer.email,
    })
}

async fn new_artist(db: &DatabaseConnection, new: &NewArtistCall) -> Result<NewArtist, DbErr> {
    let transaction = db.begin().await?;
    let artist = artist::ActiveModel {
        name: Set(Some(new.name.clone())),
        ..Default::default()
    };
    let artist = artist.insert(&transaction).await?;
    let albums = new.titles.iter().map(|title| album::ActiveModel {
        title: Set(title.clone()),
        artist: Set(artist.id),
        ..Default::default()
    });
    let albums = album::Entity::insert_many(albums)
        .exec_with_returning(&transaction)
        .await?;
    transaction.commit().await?;
    let albums = albums.into_iter().map(|album| NewAlbum {
        id: album.id,
        title: album.title,
    });
    Ok(NewArtist {
        id: artist.id,
        name: artist.name,
        albums: albums.collect(),
    })
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Failure> {
    compete::<SeaOrm>().await
}
