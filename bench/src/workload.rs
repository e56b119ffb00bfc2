//! The operations that are measured, and the requests that are made of them.

use std::borrow::Cow;

use clap::ValueEnum;
use serde::{Deserialize, Serialize};
use serde_json::value::{RawValue, to_raw_value};

use crate::{data::Sizes, random::Random};

/// One operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Workload {
    /// One row by its key
    A,
    /// 100 rows
    B,
    /// 20 artists with their albums with their tracks
    C,
    /// 50 rows by a condition on a relation of a relation
    D,
    /// A count by two conditions
    E,
    /// 20 rows behind a cursor deep in the list
    F,
    /// Create one row
    G,
    /// Create a row with five rows of its own
    H,
}

impl Workload {
    /// Its letter, which is the name of the operation in its document too.
    pub(crate) fn letter(self) -> &'static str {
        match self {
            Self::A => "a",
            Self::B => "b",
            Self::C => "c",
            Self::D => "d",
            Self::E => "e",
            Self::F => "f",
            Self::G => "g",
            Self::H => "h",
        }
    }

    /// What it weighs, in a few words.
    pub(crate) fn about(self) -> &'static str {
        match self {
            Self::A => "by key",
            Self::B => "100 rows",
            Self::C => "two levels nested",
            Self::D => "relation filter",
            Self::E => "count",
            Self::F => "deep page",
            Self::G => "create",
            Self::H => "parent + 5 children",
        }
    }

    pub(crate) fn writes(self) -> bool {
        matches!(self, Self::G | Self::H)
    }

    /// Its GraphQL document, on one line as clients send it.
    pub(crate) fn document(self) -> &'static str {
        match self {
            Self::A => {
                "query a($id: Int!) { track(where: {id: $id}) { id name composer milliseconds unitPrice } }"
            }
            Self::B => {
                "query b { tracks(first: 100, orderBy: id_ASC) { id name composer milliseconds unitPrice } }"
            }
            Self::C => {
                "query c($after: Int!) { artists(where: {id_gt: $after}, first: 20, orderBy: id_ASC) { id name \
                 albums(orderBy: id_ASC) { id title tracks(orderBy: id_ASC) { id name milliseconds } } } }"
            }
            Self::D => {
                "query d($prefix: String!) { tracks(where: {album: {artist: {name_starts_with: $prefix}}}, \
                 first: 50, orderBy: id_ASC) { id name } }"
            }
            Self::E => {
                "query e($genre: Int!, $longer: Int!) { tracksConnection(where: {genre: {id: $genre}, \
                 milliseconds_gt: $longer}) { aggregate { count } } }"
            }
            Self::F => {
                "query f($after: String!) { tracks(first: 20, after: $after, orderBy: id_ASC) { id name } }"
            }
            Self::G => {
                "mutation g($first: String!, $last: String!, $email: String!, $city: String!, $country: String!) { \
                 createCustomer(data: {firstName: $first, lastName: $last, email: $email, city: $city, \
                 country: $country}) { id firstName lastName email } }"
            }
            Self::H => {
                "mutation h($name: String!, $t1: String!, $t2: String!, $t3: String!, $t4: String!, $t5: String!) { \
                 createArtist(data: {name: $name, albums: {create: [{title: $t1}, {title: $t2}, {title: $t3}, \
                 {title: $t4}, {title: $t5}]}}) { id name albums { id title } } }"
            }
        }
    }

    /// So many calls, which differ in their arguments. Equal seeds give equal calls.
    pub(crate) fn calls(self, sizes: &Sizes, seed: u64, count: usize) -> Vec<Call<'static>> {
        let mut random = Random::new(seed);
        (0..count)
            .map(|number| self.call(sizes, &mut random, number))
            .collect()
    }

    fn call(self, sizes: &Sizes, random: &mut Random, number: usize) -> Call<'static> {
        let text = |text: String| Cow::<'static, str>::Owned(text);
        match self {
            Self::A => Call::Track(ById {
                id: random.between(1, sizes.tracks),
            }),
            Self::B => Call::Tracks,
            Self::C => Call::Artists(AfterNumber {
                after: random.between(0, sizes.artists - 40),
            }),
            Self::D => Call::ByArtist(ByPrefix {
                prefix: Cow::Borrowed(random.pick(&PREFIXES)),
            }),
            Self::E => Call::Count(Longer {
                genre: random.between(1, sizes.genres),
                longer: 200_000 + 1_000 * random.between(0, 99),
            }),
            Self::F => {
                let id = random.between(sizes.tracks / 2, sizes.tracks - 40);
                Call::Page(AfterCursor {
                    after: text(id.to_string()),
                })
            }
            Self::G => Call::NewCustomer(NewCustomer {
                first: text(format!("First {number}")),
                last: Cow::Borrowed("Runner"),
                email: text(format!("runner{number}@example.org")),
                city: Cow::Borrowed("Oslo"),
                country: Cow::Borrowed("Norway"),
            }),
            Self::H => {
                let title = |nth| text(format!("Album {number}.{nth}"));
                Call::NewArtist(NewArtist {
                    name: text(format!("Artist {number}")),
                    t1: title(1),
                    t2: title(2),
                    t3: title(3),
                    t4: title(4),
                    t5: title(5),
                })
            }
        }
    }
}

/// First letters that names of artists have.
const PREFIXES: [&str; 8] = ["A", "B", "D", "G", "L", "M", "S", "T"];

/// A call of an operation: its name with its arguments.
#[derive(Clone, Debug)]
pub(crate) enum Call<'a> {
    Track(ById),
    Tracks,
    Artists(AfterNumber),
    ByArtist(ByPrefix<'a>),
    Count(Longer),
    Page(AfterCursor<'a>),
    NewCustomer(NewCustomer<'a>),
    NewArtist(NewArtist<'a>),
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct ById {
    pub(crate) id: i64,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct AfterNumber {
    pub(crate) after: i64,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct ByPrefix<'a> {
    #[serde(borrow)]
    pub(crate) prefix: Cow<'a, str>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Longer {
    pub(crate) genre: i64,
    pub(crate) longer: i64,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct AfterCursor<'a> {
    #[serde(borrow)]
    pub(crate) after: Cow<'a, str>,
}

impl AfterCursor<'_> {
    /// The id that the cursor is; behind all ids if it is none.
    pub(crate) fn id(&self) -> i64 {
        self.after.parse().unwrap_or(i64::from(i32::MAX))
    }
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct NewCustomer<'a> {
    #[serde(borrow)]
    pub(crate) first: Cow<'a, str>,
    #[serde(borrow)]
    pub(crate) last: Cow<'a, str>,
    #[serde(borrow)]
    pub(crate) email: Cow<'a, str>,
    #[serde(borrow)]
    pub(crate) city: Cow<'a, str>,
    #[serde(borrow)]
    pub(crate) country: Cow<'a, str>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct NewArtist<'a> {
    #[serde(borrow)]
    pub(crate) name: Cow<'a, str>,
    #[serde(borrow)]
    pub(crate) t1: Cow<'a, str>,
    #[serde(borrow)]
    pub(crate) t2: Cow<'a, str>,
    #[serde(borrow)]
    pub(crate) t3: Cow<'a, str>,
    #[serde(borrow)]
    pub(crate) t4: Cow<'a, str>,
    #[serde(borrow)]
    pub(crate) t5: Cow<'a, str>,
}

impl NewArtist<'_> {
    pub(crate) fn titles(&self) -> [&str; 5] {
        [&self.t1, &self.t2, &self.t3, &self.t4, &self.t5]
    }
}

impl<'a> Call<'a> {
    /// Reads a call as it arrives; `None` for an operation that is none of these.
    pub(crate) fn read(operation: &str, variables: &'a str) -> serde_json::Result<Option<Self>> {
        Ok(Some(match operation {
            "a" => Self::Track(serde_json::from_str(variables)?),
            "b" => Self::Tracks,
            "c" => Self::Artists(serde_json::from_str(variables)?),
            "d" => Self::ByArtist(serde_json::from_str(variables)?),
            "e" => Self::Count(serde_json::from_str(variables)?),
            "f" => Self::Page(serde_json::from_str(variables)?),
            "g" => Self::NewCustomer(serde_json::from_str(variables)?),
            "h" => Self::NewArtist(serde_json::from_str(variables)?),
            _ => return Ok(None),
        }))
    }

    /// Its arguments as the variables of a request.
    pub(crate) fn variables(&self) -> serde_json::Result<Box<RawValue>> {
        match self {
            Self::Track(arguments) => to_raw_value(arguments),
            Self::Tracks => to_raw_value(&serde_json::Map::new()),
            Self::Artists(arguments) => to_raw_value(arguments),
            Self::ByArtist(arguments) => to_raw_value(arguments),
            Self::Count(arguments) => to_raw_value(arguments),
            Self::Page(arguments) => to_raw_value(arguments),
            Self::NewCustomer(arguments) => to_raw_value(arguments),
            Self::NewArtist(arguments) => to_raw_value(arguments),
        }
    }
}
