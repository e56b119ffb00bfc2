//! The structs of the answers.

use rusqlite::Row;

#[derive(Debug)]
pub(crate) struct Track {
    pub(crate) id: i32,
    pub(crate) name: String,
    pub(crate) composer: Option<String>,
    pub(crate) milliseconds: i32,
    pub(crate) unit_price: f64,
}

impl Track {
    pub(crate) fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            name: row.get(1)?,
            composer: row.get(2)?,
            milliseconds: row.get(3)?,
            unit_price: row.get(4)?,
        })
    }
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

#[derive(Debug)]
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

#[derive(Debug)]
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
