//! The structs of the answers; what they have is what is selected.

use prisma_runtime::{Id, Selection};

use crate::db;

#[derive(Debug, Selection)]
#[prisma(model = db::Track)]
pub(crate) struct Track {
    pub(crate) id: Id<db::Track, i32>,
    pub(crate) name: String,
    pub(crate) composer: Option<String>,
    pub(crate) milliseconds: i32,
    pub(crate) unit_price: f64,
}

#[derive(Debug, Selection)]
#[prisma(model = db::Artist)]
pub(crate) struct Artist {
    pub(crate) id: Id<db::Artist, i32>,
    pub(crate) name: Option<String>,
    #[prisma(with = |albums| albums.order_by(|a| a.id.asc()))]
    pub(crate) albums: Vec<Album>,
}

#[derive(Debug, Selection)]
#[prisma(model = db::Album)]
pub(crate) struct Album {
    pub(crate) id: Id<db::Album, i32>,
    pub(crate) title: String,
    #[prisma(with = |tracks| tracks.order_by(|t| t.id.asc()))]
    pub(crate) tracks: Vec<TrackOfAlbum>,
}

#[derive(Debug, Selection)]
#[prisma(model = db::Track)]
pub(crate) struct TrackOfAlbum {
    pub(crate) id: Id<db::Track, i32>,
    pub(crate) name: String,
    pub(crate) milliseconds: i32,
}

#[derive(Debug, Selection)]
#[prisma(model = db::Customer)]
pub(crate) struct Customer {
    pub(crate) id: Id<db::Customer, i32>,
    pub(crate) first_name: String,
    pub(crate) last_name: String,
    pub(crate) email: String,
}

#[derive(Debug, Selection)]
#[prisma(model = db::Artist)]
pub(crate) struct NewArtist {
    pub(crate) id: Id<db::Artist, i32>,
    pub(crate) name: Option<String>,
    pub(crate) albums: Vec<NewAlbum>,
}

#[derive(Debug, Selection)]
#[prisma(model = db::Album)]
pub(crate) struct NewAlbum {
    pub(crate) id: Id<db::Album, i32>,
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
