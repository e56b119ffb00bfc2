//! What is loaded, and the structs of the answers made of it.

use diesel::prelude::*;

use crate::schema::{album, artist, customer, track};

#[derive(Debug, Queryable, Selectable)]
#[diesel(table_name = track)]
pub(crate) struct Track {
    pub(crate) id: i32,
    pub(crate) name: String,
    pub(crate) composer: Option<String>,
    pub(crate) milliseconds: i32,
    pub(crate) unit_price: f64,
}

#[derive(Identifiable, Queryable, Selectable)]
#[diesel(table_name = artist)]
pub(crate) struct ArtistRow {
    pub(crate) id: i32,
    pub(crate) name: Option<String>,
}

#[derive(Associations, Identifiable, Queryable, Selectable)]
#[diesel(table_name = album, belongs_to(ArtistRow, foreign_key = artist))]
pub(crate) struct AlbumRow {
    pub(crate) id: i32,
    pub(crate) title: String,
    pub(crate) artist: i32,
}

#[derive(Associations, Identifiable, Queryable, Selectable)]
#[diesel(table_name = track, belongs_to(AlbumRow, foreign_key = album))]
pub(crate) struct TrackRow {
    pub(crate) id: i32,
    pub(crate) name: String,
    pub(crate) milliseconds: i32,
    pub(crate) album: Option<i32>,
}

#[derive(Debug)]
pub(crate) struct Artist {
    pub(crate) id: i32,
    pub(crate) name: Option<String>,
    pub(crate) albums: Vec<Album>,
}

#[derive(Debug)]
pub(crate) struct Album {
    pub(crate) id: i32,
    pub(crate) title: String,
    pub(crate) tracks: Vec<TrackOfAlbum>,
}

#[derive(Debug)]
pub(crate) struct TrackOfAlbum {
    pub(crate) id: i32,
    pub(crate) name: String,
    pub(crate) milliseconds: i32,
}

#[derive(Debug, Queryable, Selectable)]
#[diesel(table_name = customer)]
pub(crate) struct Customer {
    pub(crate) id: i32,
    pub(crate) first_name: String,
    pub(crate) last_name: String,
    pub(crate) email: String,
}

#[derive(Debug)]
pub(crate) struct NewArtist {
    pub(crate) id: i32,
    pub(crate) name: Option<String>,
    pub(crate) albums: Vec<NewAlbum>,
}

#[derive(Debug, Queryable, Selectable)]
#[diesel(table_name = album)]
pub(crate) struct NewAlbum {
    pub(crate) id: i32,
    pub(crate) title: String,
}

#[derive(Debug)]
pub(crate) enum Answer {
    Track(Option<Track>),
    Tracks(Vec<Track>),
    Artists(Vec<Artist>),
    NewCustomer(Customer),
    NewArtist(NewArtist),
}
