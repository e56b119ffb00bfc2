//! The workloads through the typed binding, on the embedded engine.
//!
//! Goes in: calls. Comes out: structs of this program, which select the fields they have.
//!
//! Must never know: SQL.

mod db {
    prisma_runtime::include_client!("db");
}

#[expect(dead_code, reason = "nobody but `Debug` looks into the answers")]
mod rows;

use std::path::PathBuf;

use db::{Db, Models as _, album, artist, customer, track};
use prisma_bench_contest::{Call, Contender, Failure, compete};
use prisma_runtime::new;

use crate::rows::{Answer, Artist, Customer, NewArtist, Track};

struct Prisma(Db);

impl Contender for Prisma {
    type Answer = Answer;

    /// Of the file `FOLDER/SERVICE_STAGE.db`.
    async fn open(file: PathBuf) -> Result<Self, Failure> {
        let folder = file.parent().and_then(|folder| folder.to_str());
        let service = file
            .file_stem()
            .and_then(|stem| stem.to_str()?.rsplit_once('_'));
        let (Some(folder), Some((name, stage))) = (folder, service) else {
            return Err("this is no database of a service".into());
        };
        Ok(Self(
            Db::embedded(folder).service(name, stage).build().await?,
        ))
    }

    async fn answer(&mut self, call: &Call) -> Result<Answer, Failure> {
        let Self(db) = self;
        Ok(match call {
            Call::Track(id) => {
                let track = db.track().find_unique(track::by_id(*id));
                Answer::Track(track.select::<Track>().await?)
            }
            Call::Tracks => {
                let tracks = db.track().find_many().order_by(|t| t.id.asc()).first(100);
                Answer::Tracks(tracks.select::<Track>().await?)
            }
            Call::Artists(after) => {
                let artists = db.artist().find_many().filter(|a| a.id.gt(*after));
                let artists = artists.order_by(|a| a.id.asc()).first(20);
                Answer::Artists(artists.select::<Artist>().await?)
            }
            Call::NewCustomer(new) => {
                let customer = new!(customer::New {
                    first_name: &*new.first_name,
                    last_name: &*new.last_name,
                    email: &*new.email,
                });
                let customer =
                    customer.with(|c| (c.city.to(&*new.city), c.country.to(&*new.country)));
                Answer::NewCustomer(db.customer().create(customer).select::<Customer>().await?)
            }
            Call::NewArtist(new) => {
                let albums = new.titles.each_ref();
                let albums = albums.map(|title| new!(album::NewWithoutArtist { title: &**title }));
                let artist =
                    artist::New {}.with(|a| (a.name.to(&*new.name), a.albums.create(albums)));
                Answer::NewArtist(db.artist().create(artist).select::<NewArtist>().await?)
            }
        })
    }

    /// Ids say of which model they are; those of other contenders do not.
    fn show(answer: &Answer) -> String {
        let models = ["Track#", "Artist#", "Album#", "Customer#"];
        let text = format!("{answer:?}");
        models
            .iter()
            .fold(text, |text, model| text.replace(model, ""))
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Failure> {
    compete::<Prisma>().await
}
