//! Options at work: scalars of the program's own, enums with a fallback, other names.

use prisma_runtime::{
    BoxFuture, Bytes, Query, Request, ScalarType, Transport, TransportError, Value, new,
};
use prisma_tests_hygiene::{
    Details, Money,
    options::{Customer, Db, Models, State, product},
};

/// Answers everything by the same product.
struct Answers(&'static str);

impl Transport for Answers {
    fn send(&self, _: Request) -> BoxFuture<'_, Result<Bytes, TransportError>> {
        Box::pin(async { Ok(Bytes::from(self.0)) })
    }
}

const PRODUCT: &str = r#"{"data": {"product": {"id": "p", "price": 12.34, "wasPrice": null, "weight": 1.5,
    "details": ["red"], "state": "RETIRED", "stateOptional": "DRAFT", "states": ["FOR_SALE", "NEW"]}}}"#;

#[tokio::test]
async fn own_scalars_and_new_values_of_enums_are_read() {
    let db = Db::custom(Answers(PRODUCT));
    let found = db.product().find_unique(product::by_id("p")).await.unwrap();
    let found = found.unwrap();
    assert_eq!(found.price, Money { cents: 1234 });
    assert_eq!(found.was_price, None);
    assert_eq!(found.details, Some(Details(vec!["red".into()])));
    assert_eq!(found.state, State::Unknown("RETIRED".into()));
    assert_eq!(found.state_optional, Some(State::Draft));
    assert_eq!(found.states, [State::ForSale, State::Unknown("NEW".into())]);
    let json = serde_json::to_value(&found).unwrap();
    assert_eq!(json["price"]["cents"], 1234);
}

#[test]
fn own_scalars_and_new_values_of_enums_are_written() {
    let db = Db::custom(Answers("{}"));
    let retired = State::Unknown("RETIRED".into());
    assert_eq!(retired.clone().write(), Value::String("RETIRED".into()));
    let new = new!(product::New {
        price: Money { cents: 250 },
        state: retired
    });
    let create = db
        .product()
        .create(new.with(|p| (p.was_price.to(Money { cents: 99 }), p.weight.to(1.5))));
    let request = create.operation().request().unwrap();
    assert_eq!(
        request.variables.get(),
        r#"{"data":{"price":2.5,"state":"RETIRED","wasPrice":0.99,"weight":1.5}}"#
    );
    let cheap = db
        .product()
        .count()
        .filter(|p| p.price.lt(Money { cents: 100 }));
    assert!(cheap.operation().request().is_ok());
}

#[test]
fn other_names_are_those_of_rust_alone() {
    let db = Db::custom(Answers("{}"));
    let request = db.customer().find_many().operation().request().unwrap();
    assert!(request.query.contains("clients"), "{}", request.query);
    assert_eq!(<Customer as prisma_runtime::Model>::NAMES.model(), "Client");
}
