//! Scalars of the program's own, as `Config::scalar` describes them.

use prisma_runtime::{Filterable, IntoValue, Json, Listable, Ordered, Result, ScalarType, Value};
use serde::Serialize;

/// An amount of money, in whole cents; a `Float` on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Money {
    /// In hundredths.
    pub cents: i64,
}

impl ScalarType for Money {
    fn read(json: Json<'_>) -> Result<Self> {
        let amount = f64::read(json)?;
        #[allow(
            clippy::cast_possible_truncation,
            reason = "amounts of money are far from it"
        )]
        let cents = (amount * 100.0).round() as i64;
        Ok(Self { cents })
    }

    fn write(self) -> Value {
        #[allow(
            clippy::cast_precision_loss,
            reason = "amounts of money are far from it"
        )]
        let amount = self.cents as f64 / 100.0;
        amount.write()
    }
}

impl IntoValue<Self> for Money {
    fn into_value(self) -> Value {
        self.write()
    }
}

impl IntoValue<Option<Self>> for Money {
    fn into_value(self) -> Value {
        self.write()
    }
}

impl Filterable for Money {}
impl Listable for Money {}
impl Ordered for Money {}

/// What else is known of a product; a `Json` on the wire.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Details(pub Vec<String>);

impl ScalarType for Details {
    fn read(json: Json<'_>) -> Result<Self> {
        Vec::read(json).map(Self)
    }

    fn write(self) -> Value {
        self.0.write()
    }
}

impl IntoValue<Self> for Details {
    fn into_value(self) -> Value {
        self.write()
    }
}

impl IntoValue<Option<Self>> for Details {
    fn into_value(self) -> Value {
        self.write()
    }
}
