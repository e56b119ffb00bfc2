//! The structs of the answers.

use sea_orm::DerivePartialModel;

use crate::entities::track;

#[derive(Debug, DerivePartialModel)]
#[sea_orm(entity = "track::Entity")]
pub(crate) struct Track {
    pub(crate) id: i32,
    pub(crate) name: String,
    pub(crate) composer: Option<String>,
    pub(crate) milliseconds: i32,
    pub(crate) unit_price: f64,
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
