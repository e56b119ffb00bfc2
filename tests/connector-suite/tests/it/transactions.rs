//! Transactions of several requests, on every store.

use std::time::Duration;

use prisma_tests_connector_suite::{Isolation, ProjectTransaction, TransactionOptions, block_on};
use serde_json::{Value, json};

use crate::api::Api;

const SHOP: &str = r"
type Item { id: ID! @id name: String! @unique stock: Int parts: [Part] }
type Part { id: ID! @id label: String! @unique item: Item! }
";

const NAMES: &str = "{items(orderBy:name_ASC){name}}";

fn begin(api: &Api) -> ProjectTransaction {
    begin_with(api, TransactionOptions::default())
}

fn begin_with(api: &Api, options: TransactionOptions) -> ProjectTransaction {
    block_on(api.project().begin(options)).unwrap()
}

fn brief(lease: u64) -> TransactionOptions {
    TransactionOptions {
        lease: Duration::from_millis(lease),
        ..TransactionOptions::default()
    }
}

fn create(name: &str) -> String {
    format!(r#"mutation{{createItem(data:{{name:"{name}",stock:1}}){{name}}}}"#)
}

/// The names in an answer to [`NAMES`].
fn names(answer: &Value) -> Vec<&str> {
    let items = answer["data"]["items"].as_array();
    let items = items.unwrap_or_else(|| panic!("{answer}"));
    items
        .iter()
        .map(|item| item["name"].as_str().unwrap())
        .collect()
}

fn code(answer: &Value) -> i64 {
    let code = answer["errors"][0]["code"].as_i64();
    code.unwrap_or_else(|| panic!("{answer}"))
}

fn seen_within(transaction: &ProjectTransaction) -> Vec<String> {
    let answer = block_on(transaction.send(NAMES));
    names(&answer).into_iter().map(str::to_owned).collect()
}

fn seen(api: &Api) -> Vec<String> {
    let answer = api.send(NAMES);
    names(&answer).into_iter().map(str::to_owned).collect()
}

suite!(a_commit_makes_everything_last, SHOP, |api| {
    let transaction = begin(api);
    let made = block_on(transaction.send(&create("a")));
    assert_eq!(made["data"]["createItem"]["name"], "a");
    block_on(transaction.send(
        r#"mutation{updateItem(where:{name:"a"},data:{stock:2,parts:{create:[{label:"p"}]}}){id}}"#,
    ));
    block_on(transaction.send(&create("b")));
    assert_eq!(seen_within(&transaction), ["a", "b"]);
    block_on(transaction.commit()).unwrap();
    assert_eq!(seen(api), ["a", "b"]);
    api.reads(
        r#"item(where:{name:"a"}){stock parts{label}}"#,
        r#"{"stock":2,"parts":[{"label":"p"}]}"#,
    );
    assert_eq!(code(&block_on(transaction.send(NAMES))), 4213);
    assert_eq!(
        block_on(transaction.commit()).unwrap_err().code(),
        Some(4213)
    );
});

suite!(a_rollback_undoes_everything, SHOP, |api| {
    api.send(&create("before"));
    let transaction = begin(api);
    block_on(transaction.send(&create("a")));
    block_on(transaction.send(r#"mutation{deleteItem(where:{name:"before"}){id}}"#));
    assert_eq!(seen_within(&transaction), ["a"]);
    block_on(transaction.roll_back()).unwrap();
    assert_eq!(seen(api), ["before"]);
    assert_eq!(code(&block_on(transaction.send(NAMES))), 4213);
    assert_eq!(
        block_on(transaction.roll_back()).unwrap_err().code(),
        Some(4213)
    );
});

suite!(a_transaction_that_is_dropped_is_rolled_back, SHOP, |api| {
    let transaction = begin(api);
    block_on(transaction.send(&create("a")));
    drop(transaction);
    api.send(&create("b"));
    assert_eq!(seen(api), ["b"]);
});

suite!(
    what_is_refused_leaves_nothing_and_the_rest_stays,
    SHOP,
    |api| {
        let transaction = begin(api);
        block_on(transaction.send(&create("a")));
        let refused = block_on(transaction.send(&create("a")));
        assert_eq!(code(&refused), 3010);
        // The item is made before its part is refused.
        let nested =
            r#"mutation{createItem(data:{name:"n",parts:{connect:[{label:"none"}]}}){id}}"#;
        assert_eq!(code(&block_on(transaction.send(nested))), 3039);
        let several = r#"mutation{a:createItem(data:{name:"c"}){name} b:updateItem(where:{name:"none"},data:{stock:1}){id} d:createItem(data:{name:"d"}){name}}"#;
        let answer = block_on(transaction.send(several));
        assert_eq!(
            answer["data"],
            json!({"a":{"name":"c"},"b":null,"d":{"name":"d"}})
        );
        block_on(transaction.commit()).unwrap();
        assert_eq!(seen(api), ["a", "c", "d"]);
    }
);

suite!(time_is_limited, SHOP, |api| {
    let transaction = begin_with(api, brief(150));
    block_on(transaction.send(&create("a")));
    std::thread::sleep(Duration::from_millis(400));
    assert_eq!(code(&block_on(transaction.send(NAMES))), 4211);
    assert_eq!(
        block_on(transaction.commit()).unwrap_err().code(),
        Some(4211)
    );
    assert_eq!(seen(api), Vec::<String>::new());
});

suite!(
    nobody_else_sees_what_is_not_committed,
    SHOP,
    requires(|it| it.connector != "sqlite"),
    |api| {
        let transaction = begin(api);
        block_on(transaction.send(&create("a")));
        assert_eq!(seen(api), Vec::<String>::new());
        block_on(transaction.commit()).unwrap();
        assert_eq!(seen(api), ["a"]);
    }
);

suite!(others_that_write_the_same_wait, SHOP, |api| {
    api.send(&create("a"));
    let transaction = begin(api);
    let update = |stock: u32| {
        format!(r#"mutation{{updateItem(where:{{name:"a"}},data:{{stock:{stock}}}){{stock}}}}"#)
    };
    block_on(transaction.send(&update(2)));
    let answer = block_on(async {
        let outside = update(3);
        let (outside, committed) = tokio::join!(api.project().send(&outside), async {
            tokio::time::sleep(Duration::from_millis(100)).await;
            transaction.commit().await
        });
        committed.unwrap();
        outside
    });
    assert_eq!(answer["data"]["updateItem"]["stock"], 3);
    api.reads(r#"item(where:{name:"a"}){stock}"#, r#"{"stock":3}"#);
});

suite!(
    one_of_two_that_lock_each_other_loses,
    SHOP,
    requires(|it| it.connector != "sqlite"),
    |api| {
        api.send(&create("a"));
        api.send(&create("b"));
        let (one, other) = (begin(api), begin(api));
        let update = |name: &str| {
            format!(r#"mutation{{updateItem(where:{{name:"{name}"}},data:{{stock:9}}){{id}}}}"#)
        };
        block_on(one.send(&update("a")));
        block_on(other.send(&update("b")));
        let (to_b, to_a) = (update("b"), update("a"));
        let (first, second) = block_on(async { tokio::join!(one.send(&to_b), other.send(&to_a)) });
        let lost = if first.get("errors").is_some() {
            (&first, &one)
        } else {
            (&second, &other)
        };
        assert_eq!(code(lost.0), 4212, "{first} {second}");
        assert_eq!(code(&block_on(lost.1.send(NAMES))), 4212);
        assert_eq!(block_on(lost.1.commit()).unwrap_err().code(), Some(4212));
    }
);

suite!(
    serialisable_transactions_that_are_not_serial_fail,
    SHOP,
    requires(|it| it.connector == "postgres"),
    |api| {
        api.send(&create("a"));
        let options = TransactionOptions {
            isolation: Isolation::Serializable,
            ..TransactionOptions::default()
        };
        let (one, other) = (begin_with(api, options), begin_with(api, options));
        assert_eq!(seen_within(&one), seen_within(&other));
        block_on(one.send(&create("b")));
        block_on(other.send(&create("c")));
        block_on(one.commit()).unwrap();
        assert_eq!(block_on(other.commit()).unwrap_err().code(), Some(4212));
        assert_eq!(seen(api), ["a", "b"]);
    }
);

suite!(raw_statements_stay_outside, SHOP, |api| {
    let transaction = begin(api);
    let answer = block_on(transaction.send(r#"mutation{executeRaw(query:"COMMIT")}"#));
    assert_eq!(code(&answer), 4216);
    block_on(transaction.roll_back()).unwrap();
});

suite!(a_document_can_be_a_transaction, SHOP, |api| {
    let document =
        r#"mutation{a:createItem(data:{name:"a"}){name} b:createItem(data:{name:"b"}){name}}"#;
    let answer = block_on(api.project().send_whole(document));
    assert_eq!(answer, json!({"data":{"a":{"name":"a"},"b":{"name":"b"}}}));
    let document = r#"mutation{c:createItem(data:{name:"c"}){name} a:deleteItem(where:{name:"x"}){name} d:createItem(data:{name:"d"}){name}}"#;
    let answer = block_on(api.project().send_whole(document));
    assert_eq!((code(&answer), &answer["data"]), (3039, &Value::Null));
    assert_eq!(seen(api), ["a", "b"]);
});
