//! What is written is read again, and bytes of others do no harm.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use prisma_packed::{MARK, Malformed, Reader, Token, value, write};
use proptest::prelude::*;

#[derive(Clone, Debug)]
enum Value {
    Null,
    Bool(bool),
    Int(i64),
    Float(f64),
    Text(String),
    Json(String),
    List(Vec<Self>),
    Record(Vec<Self>),
}

fn values() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        any::<i64>().prop_map(Value::Int),
        any::<f64>().prop_map(Value::Float),
        ".{0,200}".prop_map(Value::Text),
        ".*".prop_map(Value::Json),
    ];
    leaf.prop_recursive(4, 64, 8, |inner| {
        let several = prop::collection::vec(inner, 0..8);
        prop_oneof![
            several.clone().prop_map(Value::List),
            several.prop_map(Value::Record)
        ]
    })
}

fn pack(value: &Value, out: &mut Vec<u8>) {
    match value {
        Value::Null => write::null(out),
        Value::Bool(value) => write::bool(*value, out),
        Value::Int(number) => write::int(*number, out),
        Value::Float(number) => write::float(*number, out),
        Value::Text(text) => write::text(text, out),
        Value::Json(json) => write::json(json, out),
        Value::List(values) => {
            let begin = out.len();
            write::list(out);
            values.iter().for_each(|value| pack(value, out));
            write::end_list(begin, values.len(), out);
        }
        Value::Record(values) => {
            write::record(out);
            values.iter().for_each(|value| pack(value, out));
            write::end(out);
        }
    }
}

fn unpack(reader: &mut Reader<'_>, token: Token<'_>) -> Value {
    let several = |reader: &mut Reader<'_>| {
        let mut values = Vec::new();
        while !reader.is_end() {
            let token = reader.token().unwrap();
            values.push(unpack(reader, token));
        }
        values
    };
    match token {
        Token::Null => Value::Null,
        Token::Bool(value) => Value::Bool(value),
        Token::Int(number) => Value::Int(number),
        Token::Float(number) => Value::Float(number),
        Token::Text(text) => Value::Text(text.to_owned()),
        Token::Json(json) => Value::Json(json.to_owned()),
        Token::List(count) => {
            let values = several(reader);
            assert_eq!(values.len(), count);
            Value::List(values)
        }
        Token::Record => Value::Record(several(reader)),
        Token::End => panic!("an end of nothing"),
    }
}

proptest! {
    #[test]
    fn what_is_written_is_read_again(value in values()) {
        let mut bytes = Vec::new();
        pack(&value, &mut bytes);
        let mut reader = Reader::new(&bytes);
        let token = reader.token().unwrap();
        let read = unpack(&mut reader, token);
        prop_assert_eq!(format!("{value:?}"), format!("{read:?}"));
        prop_assert_eq!(reader.token(), Err(Malformed));
    }

    #[test]
    fn the_rest_of_a_record_is_left_out(value in values(), taken in 0_usize..4) {
        let mut bytes = Vec::new();
        write::record(&mut bytes);
        (0..taken).for_each(|_| write::bool(true, &mut bytes));
        pack(&value, &mut bytes);
        write::end(&mut bytes);
        write::int(7, &mut bytes);
        let mut reader = Reader::new(&bytes);
        (0..=taken).for_each(|_| { reader.token().unwrap(); });
        reader.finish().unwrap();
        prop_assert_eq!(reader.token(), Ok(Token::Int(7)));
    }

    #[test]
    fn bytes_of_others_are_refused_or_read(bytes in prop::collection::vec(0_u8..16, 0..64)) {
        let mut reader = Reader::new(&bytes);
        while reader.token().is_ok() {}
        let _ = Reader::new(&bytes).finish();
    }
}

#[test]
fn texts_of_every_length() {
    for length in [0, 1, 127, 128, 16_383, 16_384, 70_000] {
        let text = "x".repeat(length);
        let mut bytes = Vec::new();
        write::text(&text, &mut bytes);
        assert_eq!(Reader::new(&bytes).token(), Ok(Token::Text(&text)));
        bytes.pop();
        if length > 0 {
            assert_eq!(Reader::new(&bytes).token(), Err(Malformed));
        }
    }
}

#[test]
fn answers_have_a_mark() {
    assert_eq!(value(&[MARK, 0]), Some([0].as_slice()));
    assert_eq!(value(b"{\"data\":null}"), None);
    assert_eq!(value(b""), None);
}
