//! The rows: a music shop in the proportions of Chinook, made up from a seed.

mod words;

use self::words::Words;
use crate::random::Random;

/// One value of a row.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Cell {
    Null,
    Int(i64),
    /// An amount of money in cents.
    Cents(i64),
    Text(String),
    /// Milliseconds since the epoch.
    Time(i64),
}

/// A table with its rows. The first column is the id, except in tables of links.
#[derive(Debug)]
pub(crate) struct Table {
    pub(crate) name: &'static str,
    pub(crate) columns: &'static [&'static str],
    pub(crate) rows: Vec<Vec<Cell>>,
}

impl Table {
    /// Do its rows have ids that the database counts?
    pub(crate) fn has_id(&self) -> bool {
        self.columns.first() == Some(&"id")
    }
}

/// How many rows there are.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sizes {
    pub(crate) artists: i64,
    pub(crate) albums: i64,
    pub(crate) genres: i64,
    pub(crate) media_types: i64,
    pub(crate) tracks: i64,
    pub(crate) playlists: i64,
    pub(crate) playlist_tracks: i64,
    pub(crate) employees: i64,
    pub(crate) customers: i64,
    pub(crate) invoices: i64,
    pub(crate) invoice_lines: i64,
}

impl Sizes {
    /// So many times the sample database. What is looked up does not grow.
    pub(crate) fn at(scale: i64) -> Self {
        Self {
            artists: 275 * scale,
            albums: 347 * scale,
            genres: 25,
            media_types: 5,
            tracks: 3_503 * scale,
            playlists: 18 * scale,
            playlist_tracks: 8_715 * scale,
            employees: 8,
            customers: 59 * scale,
            invoices: 412 * scale,
            invoice_lines: 2_240 * scale,
        }
    }
}

/// Fixed, so that figures can be compared.
const SEED: u64 = 0x5eed;

/// All tables, each behind those that its rows refer to.
pub(crate) fn tables(sizes: &Sizes) -> impl Iterator<Item = Table> + use<> {
    let sizes = *sizes;
    let makers: [fn(&mut Maker) -> Table; 11] = [
        Maker::artists,
        Maker::albums,
        Maker::genres,
        Maker::media_types,
        Maker::tracks,
        Maker::playlists,
        Maker::playlist_tracks,
        Maker::employees,
        Maker::customers,
        Maker::invoices,
        Maker::invoice_lines,
    ];
    makers.into_iter().zip(SEED..).map(move |(make, seed)| {
        make(&mut Maker {
            sizes,
            random: Random::new(seed),
        })
    })
}

/// Makes one table.
struct Maker {
    sizes: Sizes,
    random: Random,
}

impl Maker {
    fn artists(&mut self) -> Table {
        let row = |maker: &mut Self, id| vec![Cell::Int(id), maker.random.artist()];
        self.table("Artist", &["id", "name"], self.sizes.artists, row)
    }

    fn albums(&mut self) -> Table {
        // A few artists have many albums, some have none.
        let mut artists: Vec<i64> = (0..self.sizes.albums)
            .map(|_| self.skewed_artist())
            .collect();
        artists.sort_unstable();
        let mut artists = artists.into_iter();
        let row = move |maker: &mut Self, id| {
            let artist = artists.next().unwrap_or(1);
            vec![Cell::Int(id), maker.random.title(), Cell::Int(artist)]
        };
        self.table("Album", &["id", "title", "artist"], self.sizes.albums, row)
    }

    /// One in three albums is by one of a ninth of the artists, spread over all of them.
    fn skewed_artist(&mut self) -> i64 {
        let artist = self.random.between(1, self.sizes.artists);
        if self.random.percent(33) {
            artist - (artist - 1) % 9
        } else {
            artist
        }
    }

    fn genres(&mut self) -> Table {
        let row = |maker: &mut Self, id| vec![Cell::Int(id), maker.random.genre(id)];
        self.table("Genre", &["id", "name"], self.sizes.genres, row)
    }

    fn media_types(&mut self) -> Table {
        let row = |maker: &mut Self, id| vec![Cell::Int(id), maker.random.genre(id)];
        self.table("MediaType", &["id", "name"], self.sizes.media_types, row)
    }

    fn tracks(&mut self) -> Table {
        // Every album has a track; the others fall where they fall, and then stand in the order of the albums.
        let mut albums: Vec<i64> = (0..self.sizes.tracks)
            .map(|track| match track < self.sizes.albums {
                true => track + 1,
                false => self.random.between(1, self.sizes.albums),
            })
            .collect();
        albums.sort_unstable();
        let mut albums = albums.into_iter();
        let row = move |maker: &mut Self, id| {
            let random = &mut maker.random;
            let milliseconds = random.between(90_000, 480_000);
            let album = albums.next().unwrap_or(1);
            // Artists keep to a genre, and so do their neighbours here.
            let genre = (album / 40) % maker.sizes.genres + 1;
            vec![
                Cell::Int(id),
                random.title(),
                Cell::Int(album),
                Cell::Int(random.between(1, maker.sizes.media_types)),
                Cell::Int(genre),
                random.composer(),
                Cell::Int(milliseconds),
                Cell::Int(milliseconds * 33),
                Cell::Cents(if random.percent(6) { 199 } else { 99 }),
            ]
        };
        let columns = &[
            "id",
            "name",
            "album",
            "mediaType",
            "genre",
            "composer",
            "milliseconds",
            "bytes",
            "unitPrice",
        ];
        self.table("Track", columns, self.sizes.tracks, row)
    }

    fn playlists(&mut self) -> Table {
        let row = |maker: &mut Self, id| vec![Cell::Int(id), maker.random.title()];
        self.table("Playlist", &["id", "name"], self.sizes.playlists, row)
    }

    fn playlist_tracks(&mut self) -> Table {
        let Sizes {
            playlists, tracks, ..
        } = self.sizes;
        // A pair comes again only after the least common multiple of both numbers.
        let row = move |_: &mut Self, number: i64| {
            let track = (number * 7_919) % tracks + 1;
            vec![Cell::Int(number % playlists + 1), Cell::Int(track)]
        };
        let count = self.sizes.playlist_tracks;
        self.table("PlaylistTrack", &["playlist", "track"], count, row)
    }

    fn employees(&mut self) -> Table {
        let row = |maker: &mut Self, id| {
            let boss = if id == 1 {
                Cell::Null
            } else {
                Cell::Int(1 + id / 4)
            };
            let random = &mut maker.random;
            let mut row = vec![Cell::Int(id), random.last_name(), random.first_name()];
            row.extend([
                Cell::Text("Clerk".to_owned()),
                boss,
                random.time(),
                random.time(),
            ]);
            row.extend(random.address());
            row.extend([random.phone(), random.phone(), random.email(id)]);
            row
        };
        let columns = &[
            "id",
            "lastName",
            "firstName",
            "title",
            "reportsTo",
            "birthDate",
            "hireDate",
            "address",
            "city",
            "state",
            "country",
            "postalCode",
            "phone",
            "fax",
            "email",
        ];
        self.table("Employee", columns, self.sizes.employees, row)
    }

    fn customers(&mut self) -> Table {
        let row = |maker: &mut Self, id| {
            let Self { sizes, random } = maker;
            let mut row = vec![Cell::Int(id), random.first_name(), random.last_name()];
            row.push(Cell::Null);
            row.extend(random.address());
            row.extend([random.phone(), Cell::Null, random.email(id)]);
            row.push(Cell::Int(random.between(1, sizes.employees)));
            row
        };
        let columns = &[
            "id",
            "firstName",
            "lastName",
            "company",
            "address",
            "city",
            "state",
            "country",
            "postalCode",
            "phone",
            "fax",
            "email",
            "supportRep",
        ];
        self.table("Customer", columns, self.sizes.customers, row)
    }

    fn invoices(&mut self) -> Table {
        let row = |maker: &mut Self, id| {
            let Self { sizes, random } = maker;
            let customer = random.between(1, sizes.customers);
            let mut row = vec![Cell::Int(id), Cell::Int(customer), random.time()];
            row.extend(random.address());
            row.push(Cell::Cents(random.between(99, 2_500)));
            row
        };
        let columns = &[
            "id",
            "customer",
            "invoiceDate",
            "billingAddress",
            "billingCity",
            "billingState",
            "billingCountry",
            "billingPostalCode",
            "total",
        ];
        self.table("Invoice", columns, self.sizes.invoices, row)
    }

    fn invoice_lines(&mut self) -> Table {
        let row = |maker: &mut Self, id| {
            let Self { sizes, random } = maker;
            vec![
                Cell::Int(id),
                Cell::Int(random.between(1, sizes.invoices)),
                Cell::Int(random.between(1, sizes.tracks)),
                Cell::Cents(99),
                Cell::Int(1),
            ]
        };
        let columns = &["id", "invoice", "track", "unitPrice", "quantity"];
        self.table("InvoiceLine", columns, self.sizes.invoice_lines, row)
    }

    fn table(
        &mut self,
        name: &'static str,
        columns: &'static [&'static str],
        count: i64,
        mut row: impl FnMut(&mut Self, i64) -> Vec<Cell>,
    ) -> Table {
        let rows = (1..=count).map(|id| row(self, id)).collect();
        Table {
            name,
            columns,
            rows,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn rows_fit_their_columns_and_are_the_same_each_time() {
        let sizes = Sizes::at(1);
        let (first, second): (Vec<Table>, Vec<Table>) =
            (tables(&sizes).collect(), tables(&sizes).collect());
        for (table, again) in first.iter().zip(&second) {
            assert!(!table.rows.is_empty(), "{}", table.name);
            assert_eq!(table.rows, again.rows, "{}", table.name);
            for row in &table.rows {
                assert_eq!(row.len(), table.columns.len(), "{}", table.name);
            }
        }
    }

    #[test]
    fn no_track_is_twice_in_a_playlist() {
        for scale in [1, 29] {
            let sizes = Sizes::at(scale);
            let pairs = Maker {
                sizes,
                random: Random::new(1),
            }
            .playlist_tracks();
            let different: HashSet<String> =
                pairs.rows.iter().map(|row| format!("{row:?}")).collect();
            assert_eq!(different.len(), pairs.rows.len());
        }
    }
}
