//! Many clients upsert the same unique keys at the same time: each key is a node once, nothing fails, and no update is
//! lost.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::atomic::{AtomicUsize, Ordering},
    thread,
    time::{Duration, Instant},
};

use anyhow::Result;
use clap::Args;
use serde_json::{Value, json};

use crate::{
    client::Client,
    random::Random,
    report::{Report, Violation},
    server::Server,
    store::Place,
};

const DATAMODEL: &str = "
type Page { id: ID! @id  key: String! @unique  last: Int!  visits: [Visit]  slots: [Slot] @relation(link: TABLE) }
type Visit { id: ID! @id  label: String! @unique  page: Page! @relation(link: INLINE) }
type Slot { id: ID! @id  label: String! @unique  last: Int!  pages: [Page] }";

/// One row and no more.
const PLAIN: &str = "mutation ($key: String!, $last: Int!) {
  upsertPage(where: {key: $key}, create: {key: $key, last: $last}, update: {last: $last}) { key last }
}";

/// A child for each upsert, and another one for all upserts of a key together.
const NESTED: &str = "mutation ($key: String!, $last: Int!, $visit: String!, $slot: String!) {
  upsertPage(
    where: {key: $key}
    create: {key: $key, last: $last, visits: {create: [{label: $visit}]}, slots: {create: [{label: $slot, last: $last}]}}
    update: {
      last: $last
      visits: {create: [{label: $visit}]}
      slots: {upsert: [{where: {label: $slot}, create: {label: $slot, last: $last}, update: {last: $last}}]}
    }
  ) { key last visits(where: {label: $visit}) { label } slots { label last } }
}";

const COUNTS: &str = "{
  pages: pagesConnection { aggregate { count } }
  visits: visitsConnection { aggregate { count } }
  slots: slotsConnection { aggregate { count } }
}";

const PAGES: &str = "query ($keys: [String!]) {
  pages(where: {key_in: $keys}) { key last visits { label } slots { label last pages { key } } }
}";

/// Pages that are read at once.
const BLOCK: usize = 100;

/// After so many failures all clients stop.
const PATIENCE: usize = 10;

const NO_ERROR: &str = "an upsert never fails, whoever else runs";
const OWN_ANSWER: &str = "an upsert answers what it has written";
const ONE_NODE: &str = "a key is a node once";
const NO_LOSS: &str = "each upsert leaves its child, and its key one child of all";

/// How much of it.
#[derive(Clone, Copy, Debug, Args)]
pub struct Options {
    /// How many upserts
    #[arg(long, default_value_t = 100_000)]
    pub count: usize,
    /// How many clients, who all upsert each key
    #[arg(long, default_value_t = 64, value_parser = clap::builder::RangedU64ValueParser::<usize>::new().range(1..=1_000))]
    pub clients: usize,
}

/// Runs it.
///
/// # Errors
/// If there is no server to be attacked. What is wrong with its answers stands in the report.
pub fn run(place: &Place, options: Options, seed: u64) -> Result<Report> {
    let start = Instant::now();
    let server = Server::deploy(place, DATAMODEL)?;
    let storm = Storm {
        options,
        random: Random::new(seed),
        next: AtomicUsize::new(0),
    };
    let mut report = Report::new("upserts", place.store, seed);
    let stormed = Instant::now();
    report.violations = storm.upsert(&|| server.client(place));
    let done = storm.next.load(Ordering::Relaxed).min(options.count);
    report.count("upserts", done);
    report.count("clients", options.clients);
    let milliseconds = usize::try_from(stormed.elapsed().as_millis()).unwrap_or(usize::MAX);
    report.count("upserts per second", done * 1_000 / milliseconds.max(1));
    if report.violations.is_empty() {
        let pages = storm.pages();
        report.count("keys", pages.len());
        report.violations = check(&mut server.client(place), &pages)?;
    }
    server.remove(place)?;
    Ok(report.finish(start))
}

struct Storm {
    options: Options,
    random: Random,
    /// The number of the next upsert.
    next: AtomicUsize,
}

impl Storm {
    /// Lets all clients upsert until all is done, or too much went wrong.
    fn upsert(&self, client: &(dyn Fn() -> Client + Sync)) -> Vec<Violation> {
        let failures = AtomicUsize::new(0);
        thread::scope(|scope| {
            let spawn = |_| scope.spawn(|| self.upsert_alone(client(), &failures));
            let clients: Vec<_> = (0..self.options.clients).map(spawn).collect();
            let mut told = Instant::now();
            while clients.iter().any(|client| !client.is_finished()) {
                thread::sleep(Duration::from_millis(20));
                if told.elapsed() > Duration::from_secs(10) {
                    told = Instant::now();
                    let done = self.next.load(Ordering::Relaxed).min(self.options.count);
                    eprintln!("{done} of {} upserts", self.options.count);
                }
            }
            let violations = clients.into_iter().filter_map(|client| client.join().ok());
            violations.flatten().collect()
        })
    }

    fn upsert_alone(&self, mut client: Client, failures: &AtomicUsize) -> Vec<Violation> {
        let mut violations = Vec::new();
        while failures.load(Ordering::Relaxed) < PATIENCE
            && let Some(upsert) = self.upsert_of(self.next.fetch_add(1, Ordering::Relaxed))
        {
            if let Err(violation) = upsert.send(&mut client) {
                failures.fetch_add(1, Ordering::Relaxed);
                violations.push(violation);
            }
        }
        violations
    }

    /// The upsert of a number. Those of one key follow each other, so that all clients meet there.
    fn upsert_of(&self, number: usize) -> Option<Upsert> {
        let page = number / self.options.clients;
        (number < self.options.count).then(|| Upsert {
            number,
            page,
            is_nested: self.random.of(page).percent(50),
        })
    }

    /// What must be there in the end.
    fn pages(&self) -> Pages {
        let mut pages = Pages::new();
        for upsert in (0..self.options.count).map_while(|number| self.upsert_of(number)) {
            let page = pages.entry(upsert.key()).or_default();
            page.numbers.insert(upsert.number);
            if upsert.is_nested {
                page.visits.insert(upsert.visit());
                page.slot = Some(upsert.slot());
            }
        }
        pages
    }
}

/// One upsert.
struct Upsert {
    number: usize,
    page: usize,
    is_nested: bool,
}

impl Upsert {
    fn key(&self) -> String {
        format!("page-{:06}", self.page)
    }

    fn visit(&self) -> String {
        format!("visit-{:06}", self.number)
    }

    fn slot(&self) -> String {
        format!("slot-{:06}", self.page)
    }

    fn send(&self, client: &mut Client) -> Result<(), Violation> {
        let (key, last, visit, slot) = (self.key(), self.number, self.visit(), self.slot());
        let (query, expected) = if self.is_nested {
            let visits = [json!({"label": visit})];
            let slots = [json!({"label": slot, "last": last})];
            let page = json!({"key": key, "last": last, "visits": visits, "slots": slots});
            (NESTED, page)
        } else {
            (PLAIN, json!({"key": key, "last": last}))
        };
        let variables = json!({"key": key, "last": last, "visit": visit, "slot": slot});
        match client.send(query, &variables) {
            Err(failure) => Err(Violation::new(NO_ERROR, [key], failure)),
            Ok(data) if data["upsertPage"] == expected => Ok(()),
            Ok(data) => Err(Violation::new(OWN_ANSWER, [key], data)),
        }
    }
}

/// Pages by their keys.
type Pages = BTreeMap<String, Page>;

/// What must be there of a page.
#[derive(Debug, Default, PartialEq, Eq)]
struct Page {
    /// The upserts, one of which was the last.
    numbers: BTreeSet<usize>,
    visits: BTreeSet<String>,
    /// The slot, whose last upsert is that of the page.
    slot: Option<String>,
}

/// Compares what is there with what must be there.
fn check(client: &mut Client, pages: &Pages) -> Result<Vec<Violation>> {
    let counts = client.send(COUNTS, &json!({}))?;
    let expected = [
        ("pages", pages.len()),
        ("visits", pages.values().map(|page| page.visits.len()).sum()),
        (
            "slots",
            pages.values().filter(|page| page.slot.is_some()).count(),
        ),
    ];
    let mut violations = Vec::new();
    for (name, expected) in expected {
        let count = &counts[name]["aggregate"]["count"];
        if *count != json!(expected) {
            let found = format!("{count} {name} instead of {expected}");
            violations.push(Violation::new(ONE_NODE, [name], found));
        }
    }
    let keys: Vec<&String> = pages.keys().collect();
    for keys in keys.chunks(BLOCK) {
        let data = client.send(PAGES, &json!({"keys": keys}))?;
        let found = data["pages"].as_array().cloned().unwrap_or_default();
        for &key in keys {
            let mut nodes = found.iter().filter(|node| node["key"] == json!(key));
            match (nodes.next(), nodes.next(), pages.get(key)) {
                (Some(node), None, Some(page)) if page.is(key, node) => {}
                (Some(node), None, _) => violations.push(Violation::new(NO_LOSS, [key], node)),
                _ => violations.push(Violation::new(
                    ONE_NODE,
                    [key],
                    "it is missing, or there twice",
                )),
            }
        }
    }
    Ok(violations)
}

impl Page {
    /// Is this the page?
    fn is(&self, key: &str, node: &Value) -> bool {
        let last = node["last"]
            .as_u64()
            .and_then(|last| usize::try_from(last).ok());
        let visits = node["visits"].as_array().map_or(&[][..], Vec::as_slice);
        let labels: BTreeSet<&str> = visits
            .iter()
            .filter_map(|visit| visit["label"].as_str())
            .collect();
        let slot = self.slot.iter();
        let slots: Vec<Value> = slot
            .map(|label| json!({"label": label, "last": node["last"], "pages": [{"key": key}]}))
            .collect();
        last.is_some_and(|last| self.numbers.contains(&last))
            && visits.len() == self.visits.len()
            && labels
                .into_iter()
                .eq(self.visits.iter().map(String::as_str))
            && node["slots"] == json!(slots)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_page_lacks_nothing_and_has_nothing_twice() {
        let page = Page {
            numbers: [4, 5].into(),
            visits: ["v4".to_owned(), "v5".to_owned()].into(),
            slot: Some("s".to_owned()),
        };
        let node = |last: usize, slot_last: usize, visits: &[&str]| {
            let visits: Vec<Value> = visits.iter().map(|label| json!({"label": label})).collect();
            let slot = json!({"label": "s", "last": slot_last, "pages": [{"key": "p"}]});
            json!({"key": "p", "last": last, "visits": visits, "slots": [slot]})
        };
        assert!(page.is("p", &node(5, 5, &["v5", "v4"])));
        assert!(!page.is("p", &node(6, 6, &["v5", "v4"])));
        assert!(!page.is("p", &node(5, 4, &["v5", "v4"])));
        assert!(!page.is("p", &node(5, 5, &["v5"])));
        assert!(!page.is("p", &node(5, 5, &["v4", "v5", "v5"])));
    }
}
