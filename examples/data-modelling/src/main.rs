//! What a datamodel says about data, and what follows from it.
//!
//! Goes in: nothing; the database lives in memory. Comes out: the steps, each with what it shows.

mod db {
    prisma_runtime::include_client!("db");
}

use anyhow::{Result, ensure};
use db::{Db, Models, location, tweet, user};
use prisma_runtime::{Link, Selection, new};

/// A tweet with the place where it was written.
#[derive(Selection)]
#[prisma(model = db::Tweet)]
struct Tweet {
    text: String,
    location: Place,
}

#[derive(Selection)]
#[prisma(model = db::Location)]
struct Place {
    latitude: f64,
    longitude: f64,
}

impl Tweet {
    fn print(&self) {
        let Place {
            latitude,
            longitude,
        } = self.location;
        println!("{} (written at {latitude}, {longitude})", self.text);
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let datamodel = include_str!("../datamodel.prisma");
    let db: Db = Db::embedded(":memory:").deploy(datamodel).build().await?;

    println!("# Create a user together with her first tweet");
    let first = new!(tweet::NewWithoutOwner {
        text: "Hello from Berlin",
        location: at(52.52, 13.405)
    });
    let alice = new!(user::New { handle: "alice" }).with(|u| u.tweets.create([first]));
    let alice = db.user().create(alice).await?;
    println!(
        "{alice:#?}\nHer name is the default of the datamodel: {:?}\n",
        alice.name
    );

    println!("# Create a second tweet, connected by the handle of its owner");
    let second = new!(tweet::New {
        text: "Hello from Zürich",
        owner: user::by_handle("alice"),
        location: at(47.377, 8.541)
    });
    db.tweet().create(second).select::<Tweet>().await?.print();

    println!("\n# Her tweets, found by her handle, the northern ones only");
    let northern = db
        .user()
        .find_unique(user::by_handle("alice"))
        .rel(|u| u.tweets)
        .filter(|t| t.location.is(|l| l.latitude.gt(50.0)));
    northern
        .select::<Tweet>()
        .await?
        .iter()
        .for_each(Tweet::print);

    println!("\n# A second Alice is refused, as handles are unique");
    let refused = db.user().create(new!(user::New { handle: "alice" })).await;
    match refused {
        Err(error) if error.is_unique_violation() => println!("{error}\n"),
        other => anyhow::bail!("it was not refused: {other:?}"),
    }

    println!("# Delete Alice: her tweets go with her (CASCADE), the locations stay");
    db.user().delete(user::by_handle("alice")).await?;
    let (tweets, locations) = (db.tweet().count().await?, db.location().count().await?);
    println!("{tweets} tweets, {locations} locations");
    ensure!(
        (tweets, locations) == (0, 2),
        "that is not what the datamodel says"
    );
    Ok(())
}

/// A new location, as part of what is written there.
fn at(latitude: f64, longitude: f64) -> Link<db::Location, location::New> {
    Link::create(location::New {
        latitude,
        longitude,
    })
}
