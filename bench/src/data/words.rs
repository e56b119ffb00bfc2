//! Names and addresses, put together from a few words.

use super::Cell;
use crate::random::Random;

const ADJECTIVES: [&str; 24] = [
    "Angry", "Blue", "Broken", "Distant", "Drunken", "Electric", "Golden", "Grey", "Heavy",
    "Hollow", "Little", "Lonely", "Loud", "Midnight", "Naïve", "Open", "Quiet", "Rusty", "Second",
    "Slow", "Sour", "Tall", "Tired", "Wild",
];

const NOUNS: [&str; 24] = [
    "Avenue",
    "Birds",
    "Bridge",
    "Cathedral",
    "Dogs",
    "Engine",
    "Fever",
    "Garden",
    "Harbour",
    "Islands",
    "January",
    "Kings",
    "Ladder",
    "Mirror",
    "Night",
    "Orchard",
    "Pilots",
    "River",
    "Señoritas",
    "Summer",
    "Thunder",
    "Valley",
    "Window",
    "Year",
];

const FIRST_NAMES: [&str; 12] = [
    "Astrid",
    "Bjørn",
    "Camille",
    "Daan",
    "Eduardo",
    "František",
    "Hannah",
    "João",
    "Leonie",
    "Mark",
    "Niklas",
    "Wyatt",
];

const LAST_NAMES: [&str; 12] = [
    "Almeida",
    "Brown",
    "Gonçalves",
    "Gruber",
    "Hansen",
    "Holý",
    "Köhler",
    "Miller",
    "O'Reilly",
    "Peeters",
    "Schneider",
    "Tremblay",
];

const CITIES: [(&str, &str); 8] = [
    ("Brussels", "Belgium"),
    ("Copenhagen", "Denmark"),
    ("Edmonton", "Canada"),
    ("Oslo", "Norway"),
    ("Prague", "Czech Republic"),
    ("São Paulo", "Brazil"),
    ("Stuttgart", "Germany"),
    ("Vienne", "Austria"),
];

const GENRES: [&str; 5] = ["Rock", "Jazz", "Metal", "Blues", "Latin"];

/// Random texts.
pub(super) trait Words {
    fn artist(&mut self) -> Cell;
    fn title(&mut self) -> Cell;
    fn composer(&mut self) -> Cell;
    fn genre(&mut self, id: i64) -> Cell;
    fn first_name(&mut self) -> Cell;
    fn last_name(&mut self) -> Cell;
    fn email(&mut self, id: i64) -> Cell;
    fn phone(&mut self) -> Cell;
    /// Street, city, state, country and postal code.
    fn address(&mut self) -> [Cell; 5];
    fn time(&mut self) -> Cell;
}

impl Words for Random {
    fn artist(&mut self) -> Cell {
        let name = match self.below(3) {
            0 => format!("{} {}", self.pick(&ADJECTIVES), self.pick(&NOUNS)),
            1 => format!("{} {}", self.pick(&FIRST_NAMES), self.pick(&LAST_NAMES)),
            _ => format!("The {} {}", self.pick(&ADJECTIVES), self.pick(&NOUNS)),
        };
        Cell::Text(name)
    }

    fn title(&mut self) -> Cell {
        let title = match self.below(8) {
            0 => format!("{} \"{}\"", self.pick(&NOUNS), self.pick(&ADJECTIVES)),
            1 => self.pick(&NOUNS).to_owned(),
            2..=4 => format!("{} of the {}", self.pick(&NOUNS), self.pick(&NOUNS)),
            _ => format!("{} {}", self.pick(&ADJECTIVES), self.pick(&NOUNS)),
        };
        Cell::Text(title)
    }

    fn composer(&mut self) -> Cell {
        if self.percent(28) {
            return Cell::Null;
        }
        let mut name = || format!("{} {}", self.pick(&FIRST_NAMES), self.pick(&LAST_NAMES));
        Cell::Text(format!("{}, {}", name(), name()))
    }

    fn genre(&mut self, id: i64) -> Cell {
        Cell::Text(format!("{} {id}", self.pick(&GENRES)))
    }

    fn first_name(&mut self) -> Cell {
        Cell::Text(self.pick(&FIRST_NAMES).to_owned())
    }

    fn last_name(&mut self) -> Cell {
        Cell::Text(self.pick(&LAST_NAMES).to_owned())
    }

    fn email(&mut self, id: i64) -> Cell {
        Cell::Text(format!("person{id}@example.com"))
    }

    fn phone(&mut self) -> Cell {
        Cell::Text(format!("+47 {}", self.between(10_000_000, 99_999_999)))
    }

    fn address(&mut self) -> [Cell; 5] {
        let number = usize::try_from(self.below(CITIES.len() as u64)).unwrap_or(0);
        let (city, country) = CITIES.get(number).copied().unwrap_or_default();
        let street = format!("{} {}", self.pick(&NOUNS), self.between(1, 200));
        let code = self.between(1_000, 99_999).to_string();
        [
            Cell::Text(street),
            Cell::Text(city.to_owned()),
            Cell::Null,
            Cell::Text(country.to_owned()),
            Cell::Text(code),
        ]
    }

    fn time(&mut self) -> Cell {
        // Days between 2009 and 2019.
        Cell::Time(1_230_768_000_000 + self.between(0, 3_650) * 86_400_000)
    }
}
