//! Calls as they travel: a letter and arguments, with tabs between them.

use std::fmt;

/// A call of one of the measured operations, with its arguments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Call {
    /// `a`: one track by its id.
    Track(i32),
    /// `b`: the first hundred tracks.
    Tracks,
    /// `c`: the first twenty artists behind an id, with their albums with their tracks.
    Artists(i32),
    /// `g`: one more customer.
    NewCustomer(NewCustomer),
    /// `h`: one more artist, with five albums.
    NewArtist(NewArtist),
}

/// The values of a new customer.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names of the datamodel")]
pub struct NewCustomer {
    pub first_name: String,
    pub last_name: String,
    pub email: String,
    pub city: String,
    pub country: String,
}

/// The values of a new artist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewArtist {
    /// The name of the artist.
    pub name: String,
    /// The titles of the albums, in their order.
    pub titles: [String; 5],
}

impl Call {
    /// Reads a line; `None` if it is no call.
    ///
    /// ```
    /// use prisma_bench_contest::Call;
    ///
    /// assert_eq!(Call::parse("a\t7"), Some(Call::Track(7)));
    /// assert_eq!(Call::Track(7).to_string(), "a\t7");
    /// assert_eq!(Call::parse("a"), None);
    /// ```
    #[must_use]
    pub fn parse(line: &str) -> Option<Self> {
        let mut parts = line.split('\t');
        let letter = parts.next()?;
        let call = match letter {
            "a" => Self::Track(parts.next()?.parse().ok()?),
            "b" => Self::Tracks,
            "c" => Self::Artists(parts.next()?.parse().ok()?),
            "g" => {
                let mut next = || parts.next().map(str::to_owned);
                Self::NewCustomer(NewCustomer {
                    first_name: next()?,
                    last_name: next()?,
                    email: next()?,
                    city: next()?,
                    country: next()?,
                })
            }
            "h" => {
                let mut next = || parts.next().map(str::to_owned);
                Self::NewArtist(NewArtist {
                    name: next()?,
                    titles: [next()?, next()?, next()?, next()?, next()?],
                })
            }
            _ => return None,
        };
        parts.next().is_none().then_some(call)
    }
}

impl fmt::Display for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Track(id) => write!(f, "a\t{id}"),
            Self::Tracks => write!(f, "b"),
            Self::Artists(after) => write!(f, "c\t{after}"),
            Self::NewCustomer(new) => write!(
                f,
                "g\t{}\t{}\t{}\t{}\t{}",
                new.first_name, new.last_name, new.email, new.city, new.country
            ),
            Self::NewArtist(new) => write!(f, "h\t{}\t{}", new.name, new.titles.join("\t")),
        }
    }
}
