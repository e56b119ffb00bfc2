//! A client that writes until the server is gone, and remembers what was acknowledged.

use anyhow::Result;
use serde_json::{Value, json};

use super::Known;
use crate::{
    client::{Client, Failure},
    random::Random,
    report::Violation,
};

/// What the two accounts of a bank hold.
pub(super) type Balances = [i64; 2];

/// What a bank opens with. Transfers leave the sum as it is.
pub(super) const OPENING: Balances = [1_000, 1_000];

/// The days that orders share: transactions wait for each other when the server is killed.
const DAYS: usize = 4;

/// Orders have at most so many lines at first.
const LONGEST_ORDER: usize = 5;

const CREATE: &str = "mutation (
  $number: String! $round: Int! $size: Int! $day: String! $marks: [Int!]
  $lines: [LineCreateWithoutOrderInput!] $tags: [TagCreateWithoutOrdersInput!]
) {
  createOrder(data: {
    number: $number round: $round size: $size marks: {set: $marks}
    day: {connect: {name: $day}} lines: {create: $lines} tags: {create: $tags}
  }) { number size }
}";

const GROW: &str = "mutation (
  $number: String! $size: Int! $marks: [Int!]
  $lines: [LineCreateWithoutOrderInput!] $tags: [TagCreateWithoutOrdersInput!]
) {
  updateOrder(where: {number: $number} data: {
    size: $size marks: {set: $marks} lines: {create: $lines} tags: {create: $tags}
  }) { number size }
}";

const DELETE: &str =
    "mutation ($number: String!) { deleteOrder(where: {number: $number}) { number size } }";

const OPEN: &str =
    "mutation ($name: String! $round: Int! $accounts: [AccountCreateWithoutBankInput!]) {
  createBank(data: {name: $name round: $round accounts: {create: $accounts}}) { name }
}";

const TRANSFER: &str =
    "mutation ($name: String! $accounts: [AccountUpdateWithWhereUniqueWithoutBankInput!]) {
  updateBank(where: {name: $name} data: {accounts: {update: $accounts}}) { name }
}";

const NO_ERROR: &str = "a server that is up does what it is asked";

/// Makes the days.
pub(super) fn make_days(client: &mut Client) -> Result<()> {
    for day in 0..DAYS {
        let query = "mutation ($name: String!) { createDay(data: {name: $name}) { name } }";
        client.send(query, &json!({"name": day_name(day)}))?;
    }
    Ok(())
}

fn day_name(number: usize) -> String {
    format!("day-{}", number % DAYS)
}

/// A client, and the nodes that nobody else writes.
pub(super) struct Writer {
    client: Client,
    random: Random,
    round: usize,
    /// Which of the clients it is.
    number: usize,
    /// Orders that are there, with their sizes.
    orders: Vec<(String, usize)>,
    /// The bank, as it is known to be.
    balances: Option<Balances>,
    made: usize,
    written: Written,
}

/// What a client has done until the server was gone.
#[derive(Debug, Default)]
pub(super) struct Written {
    pub(super) known: Known,
    pub(super) acknowledged: usize,
    /// Writes that nobody answered.
    pub(super) lost: usize,
    pub(super) violations: Vec<Violation>,
}

impl Written {
    /// Takes in what another client has done.
    pub(super) fn extend(&mut self, other: Self) {
        self.known.orders.extend(other.known.orders);
        self.known.banks.extend(other.known.banks);
        self.acknowledged += other.acknowledged;
        self.lost += other.lost;
        self.violations.extend(other.violations);
    }
}

/// Why a client stops: the server is gone, or has refused.
struct Stop;

impl Writer {
    pub(super) fn new(client: Client, random: Random, round: usize, number: usize) -> Self {
        Self {
            client,
            random,
            round,
            number,
            orders: Vec::new(),
            balances: None,
            made: 0,
            written: Written::default(),
        }
    }

    /// Writes until the server is gone.
    pub(super) fn write(mut self) -> Written {
        while self.step().is_ok() {}
        self.written
    }

    fn step(&mut self) -> Result<(), Stop> {
        match self.random.below(100) {
            0..25 => self.transfer(),
            25..40 if !self.orders.is_empty() => self.grow(),
            40..50 if !self.orders.is_empty() => self.delete(),
            _ => self.create(),
        }
    }

    fn create(&mut self) -> Result<(), Stop> {
        self.made += 1;
        let number = format!("order-{}-{}-{}", self.round, self.number, self.made);
        let size = 1 + self.random.below(LONGEST_ORDER);
        let mut variables = self.parts(&number, 0, size);
        variables["round"] = self.round.into();
        variables["day"] = day_name(self.number).into();
        self.written.known.orders.attempt(&number, Some(size));
        self.send(&number, CREATE, &variables)?;
        self.written.known.orders.acknowledge(&number);
        self.orders.push((number, size));
        Ok(())
    }

    fn grow(&mut self) -> Result<(), Stop> {
        let chosen = self.random.below(self.orders.len());
        let (number, size) = self.orders.swap_remove(chosen);
        let grown = size + 1 + self.random.below(2);
        self.written.known.orders.attempt(&number, Some(grown));
        self.send(&number, GROW, &self.parts(&number, size, grown))?;
        self.written.known.orders.acknowledge(&number);
        self.orders.push((number, grown));
        Ok(())
    }

    fn delete(&mut self) -> Result<(), Stop> {
        let chosen = self.random.below(self.orders.len());
        let (number, _) = self.orders.swap_remove(chosen);
        self.written.known.orders.attempt(&number, None);
        self.send(&number, DELETE, &json!({"number": number}))?;
        self.written.known.orders.acknowledge(&number);
        Ok(())
    }

    /// The variables of an order that gets so many lines more.
    fn parts(&self, number: &str, from: usize, to: usize) -> Value {
        let part = |position| json!({"label": label(number, position), "round": self.round});
        let parts: Vec<Value> = (from..to).map(part).collect();
        let marks: Vec<usize> = (0..to).collect();
        json!({"number": number, "size": to, "marks": marks, "lines": parts, "tags": parts})
    }

    /// Moves money from one account to the other; opens the bank first.
    fn transfer(&mut self) -> Result<(), Stop> {
        let name = format!("bank-{}-{}", self.round, self.number);
        let account = |account: usize| format!("{name}-{account}");
        let Some([one, two]) = self.balances else {
            let balances = OPENING;
            let accounts = [0, 1].map(|n| json!({"name": account(n), "balance": balances[n]}));
            let variables = json!({"name": name, "round": self.round, "accounts": accounts});
            return self.keep(&name, balances, OPEN, &variables);
        };
        let amount = i64::try_from(self.random.below(100)).unwrap_or(0) - 50;
        let balances = [one - amount, two + amount];
        let accounts = [0, 1]
            .map(|n| json!({"where": {"name": account(n)}, "data": {"balance": balances[n]}}));
        let variables = json!({"name": name, "accounts": accounts});
        self.keep(&name, balances, TRANSFER, &variables)
    }

    fn keep(
        &mut self,
        bank: &str,
        balances: Balances,
        query: &str,
        variables: &Value,
    ) -> Result<(), Stop> {
        self.written.known.banks.attempt(bank, Some(balances));
        self.send(bank, query, variables)?;
        self.written.known.banks.acknowledge(bank);
        self.balances = Some(balances);
        Ok(())
    }

    fn send(&mut self, node: &str, query: &str, variables: &Value) -> Result<(), Stop> {
        match self.client.send(query, variables) {
            Ok(_) => {
                self.written.acknowledged += 1;
                return Ok(());
            }
            Err(Failure::Lost(_)) => self.written.lost += 1,
            Err(refused) => {
                let violation = Violation::new(NO_ERROR, [node], refused);
                self.written.violations.push(violation);
            }
        }
        Err(Stop)
    }
}

/// The label of a line or a tag.
pub(super) fn label(order: &str, position: usize) -> String {
    format!("{order}/{position}")
}
