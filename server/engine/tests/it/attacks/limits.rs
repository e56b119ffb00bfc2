//! Requests that ask for too much.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use prisma_datamodel::Source;

use super::{answered, limited, refusal};
use crate::fake::{BLOG, Fake};
use crate::world::{World, errors};

/// What no refusal takes, on the slowest machine without optimisation; the work it bounds would take minutes or more.
const LONG: Duration = Duration::from_secs(5);

fn repeat(count: usize, part: impl Fn(usize) -> String) -> String {
    (0..count).map(part).collect()
}

/// `open` so often, what is innermost, and `close` as often.
fn nested(count: usize, open: &str, inner: &str, close: &str) -> String {
    format!("{}{inner}{}", open.repeat(count), close.repeat(count))
}

#[test]
fn a01_aliases_of_one_root_field() {
    let fake = Fake::new(BLOG);
    let aliases = |count| {
        format!(
            "{{ {} }}",
            repeat(count, |index| format!("a{index}: users {{ id }} "))
        )
    };
    assert_eq!(refusal(&fake, &aliases(1_000), "null"), "4103 aliases 250");
    assert_eq!(refusal(&fake, &aliases(251), "null"), "4103 aliases 250");
    assert!(answered(&fake, &aliases(250), "null"));
    // Fragments hide none.
    let hidden = format!(
        "{{ ...F users {{ {} }} }} fragment F on Query {{ {} }}",
        repeat(125, |index| format!("a{index}: id ")),
        repeat(126, |index| format!("b{index}: users {{ id }} ")),
    );
    assert_eq!(refusal(&fake, &hidden, "null"), "4103 aliases 250");
    let fewer = limited(|limits| limits.aliases = 1);
    assert_eq!(refusal(&fewer, &aliases(2), "null"), "4103 aliases 1");
}

#[test]
fn a02_fields_in_fields() {
    let fake = Fake::new(BLOG);
    let levels = |count: usize| {
        format!(
            "{{ users {} }}",
            nested(count - 2, "{ boss ", "{ id }", "}")
        )
    };
    assert_eq!(refusal(&fake, &levels(50), "null"), "4102 depth 20");
    assert_eq!(refusal(&fake, &levels(21), "null"), "4102 depth 20");
    assert!(answered(&fake, &levels(20), "null"));
    let hidden = format!(
        "{{ users {{ ...F }} }} fragment F on User {{ boss {} }}",
        nested(18, "{ ... on User { boss ", "{ id }", "} }")
    );
    assert_eq!(refusal(&fake, &hidden, "null"), "4102 depth 20");
    let more = limited(|limits| limits.depth = 80);
    assert!(answered(&more, &levels(80), "null"));
}

#[test]
fn a03_wide_and_deep() {
    let fake = Fake::new(BLOG);
    let pages = |first: &str| {
        format!(
            "{{ users(first: {first}) {{ posts(first: {first}) {{ author {{ posts(last: {first}) {{ id }} }} }} }} }}"
        )
    };
    assert_eq!(
        refusal(&fake, &pages("1000"), "null"),
        "4108 cost 100000000"
    );
    let by_variable = format!("query($n: Int) {}", pages("$n"));
    assert_eq!(
        refusal(&fake, &by_variable, r#"{"n": 1000}"#),
        "4108 cost 100000000"
    );
    for n in ["100", "0", "-1", "null"] {
        let answer = fake.ask_with(&by_variable, &format!(r#"{{"n": {n}}}"#));
        assert!(!answer.contains("cost"), "{answer}");
    }
    let connections =
        "{ usersConnection(first: 1000) { edges { node { posts(first: 1000) { author {
        posts(first: 1000) { id } } } } } } }";
    assert_eq!(refusal(&fake, connections, "null"), "4108 cost 100000000");
    // Many fields add up to what one multiplies to.
    let beside = repeat(100, |index| {
        format!("a{index}: posts(first: 2000) {{ author {{ posts(first: 1000) {{ id }} }} }} ")
    });
    assert_eq!(
        refusal(&fake, &format!("{{ {beside} }}"), "null"),
        "4108 cost 100000000"
    );
    // Who asks for all asks for all, and what is left out costs nothing.
    assert!(answered(
        &fake,
        "{ users(first: 2147483646) { posts { id } } }",
        "null"
    ));
    let optional =
        "query($all: Boolean!) { users(first: 1000) { posts(first: 1000) @include(if: $all) {
        author { posts(first: 1000) { id } } } } }";
    assert!(answered(&fake, optional, r#"{"all": false}"#));
    assert_eq!(
        refusal(&fake, optional, r#"{"all": true}"#),
        "4108 cost 100000000"
    );
}

#[test]
fn a04_circular_fragments() {
    let fake = Fake::new(BLOG);
    let start = Instant::now();
    for query in [
        "{ users { ...A } } fragment A on User { ...A }",
        "{ users { ...A } } fragment A on User { boss { ...B } } fragment B on User { boss { ...A } }",
    ] {
        let messages = fake.messages(query, "null");
        assert!(messages[0].contains("A"), "{messages:?}");
        assert!(fake.asked().is_empty());
    }
    let circle = repeat(150, |index| {
        format!("fragment F{index} on User {{ ...F{} }} ", (index + 1) % 150)
    });
    assert!(
        !fake
            .messages(&format!("{{ users {{ ...F0 }} }} {circle}"), "null")
            .is_empty()
    );
    let chain = repeat(1_500, |index| {
        format!("fragment F{index} on User {{ ...F{} }} ", index + 1)
    });
    let chain = format!("{{ users {{ ...F0 }} }} {chain}");
    assert_eq!(refusal(&fake, &chain, "null"), "4101 nesting 200");
    assert!(start.elapsed() < LONG);
}

#[test]
fn a05_fragments_that_multiply() {
    let fake = Fake::new(BLOG);
    let start = Instant::now();
    let laughs = repeat(18, |level| {
        let next = level + 1;
        format!(
            "fragment F{level} on User {{ a: boss {{ ...F{next} }} b: boss {{ ...F{next} }} }} "
        )
    });
    let laughs = format!("{{ users {{ ...F0 }} }} {laughs} fragment F18 on User {{ id }}");
    assert_eq!(refusal(&fake, &laughs, "null"), "4105 selections 20000");
    // Without fields in between.
    let flat = repeat(60, |level| {
        format!(
            "fragment F{level} on User {{ ...F{0} ...F{0} }} ",
            level + 1
        )
    });
    let flat = format!("{{ users {{ ...F0 }} }} {flat} fragment F60 on User {{ id }}");
    assert_eq!(refusal(&fake, &flat, "null"), "4105 selections 20000");
    // Over many operations.
    let operations = repeat(500, |index| format!("query Q{index} {{ ...F }} "));
    let many = format!(
        "{operations} fragment F on Query {{ users {{ {} }} }}",
        "id ".repeat(500)
    );
    assert_eq!(refusal(&fake, &many, "null"), "4105 selections 20000");
    assert!(start.elapsed() < LONG);
}

#[test]
fn a06_directives() {
    let fake = Fake::new(BLOG);
    let directives =
        |directive: &str, count| format!("{{ users {} {{ id }} }}", directive.repeat(count));
    assert_eq!(
        refusal(&fake, &directives("@nope", 10_000), "null"),
        "4104 directives 50"
    );
    let some = fake.messages(&directives("@nope", 3), "null");
    assert!(
        some.iter()
            .all(|message| message.starts_with("Unknown directive 'nope'."))
    );
    let spread = format!(
        "{{ {} }}",
        "... @include(if: true) { users { id } } ".repeat(51)
    );
    assert_eq!(refusal(&fake, &spread, "null"), "4104 directives 50");
    let fewer = "... @include(if: true) { users { id } } ".repeat(50);
    assert!(answered(&fake, &format!("{{ {fewer} }}"), "null"));
}

#[test]
fn a07_fields_that_repeat() {
    let fake = Fake::new(BLOG);
    let start = Instant::now();
    assert!(answered(
        &fake,
        &format!("{{ users {{ {} }} }}", "id ".repeat(10_000)),
        "null"
    ));
    assert!(answered(
        &fake,
        &format!("{{ {} }}", "users { id }".repeat(4_000)),
        "null"
    ));
    assert!(answered(
        &fake,
        &format!(
            "{{ users {{ {} }} }}",
            "boss { id posts { id } } ".repeat(1_500)
        ),
        "null"
    ));
    // No pair of them can be merged, and each has a text that no error may repeat.
    let text = "x".repeat(100_000);
    let apart = repeat(1_000, |index| {
        format!("users(after: \"{index}\") {{ id }} ")
    });
    let messages = fake.messages(
        &format!("{{ users(after: \"{text}\") {{ id }} {apart} }}"),
        "null",
    );
    assert_eq!(messages.len(), 100);
    assert!(messages.iter().map(String::len).sum::<usize>() < 200_000);
    // No name is like these, and finding that out would take long.
    let name = "x".repeat(1_000);
    let unknown = repeat(5_000, |index| format!("{name}{index} "));
    assert_eq!(
        fake.messages(&format!("{{ {unknown} }}"), "null").len(),
        100
    );
    assert!(start.elapsed() < 2 * LONG);
}

#[test]
fn a08_sizes_and_brackets() {
    const DEEP: usize = 20_000;
    let start = Instant::now();
    let fake = Fake::new(BLOG);
    for query in [
        "{a".repeat(DEEP),
        nested(DEEP, "{a", "", "}"),
        nested(DEEP, "{a(b:[", "1", "])}"),
        format!(
            "{{ users(where: {}) {{ id }} }}",
            nested(DEEP, "[", "1", "]")
        ),
        format!(
            "{{ users(where: {}) {{ id }} }}",
            nested(DEEP, "{AND:", "{}", "}")
        ),
        format!("{{ users {} }}", nested(DEEP, "{ ... ", "{ id }", "}")),
        format!(
            "query($a: {}) {{ users {{ id }} }}",
            nested(DEEP, "[", "Int", "]")
        ),
        format!(
            "query($a: Int = {}) {{ users {{ id }} }}",
            nested(DEEP, "[", "1", "]")
        ),
        format!(
            "{{ users @skip(if: {}) {{ id }} }}",
            nested(DEEP, "{a:", "1", "}")
        ),
    ] {
        assert_eq!(
            refusal(&fake, &query, "null"),
            "4101 nesting 200",
            "{}",
            &query[..40]
        );
    }
    let long = limited(|limits| limits.tokens = 1_000_000);
    for query in [
        nested(DEEP, "(", "", ")"),
        "(((".repeat(DEEP),
        "[".repeat(DEEP),
        "]}".repeat(DEEP),
        "{a(b:{c:".repeat(DEEP),
    ] {
        assert!(
            long.ask(&query).contains("Syntax error"),
            "{}",
            &query[..40]
        );
    }
    let fake = Fake::new(BLOG);
    assert_eq!(
        refusal(
            &fake,
            &format!("{{ users {{ {} }} }}", "id ".repeat(100_000)),
            "null"
        ),
        "4100 tokens 15000"
    );
    assert_eq!(
        refusal(
            &fake,
            &format!("{{ users {{ id }} }} {}", "#\n".repeat(100_000)),
            "null"
        ),
        "4100 tokens 15000"
    );
    // One token may be long.
    assert!(answered(
        &fake,
        &format!(
            "{{ users(where: {{email: \"{}\"}}) {{ id }} }}",
            "x".repeat(1_000_000)
        ),
        "null"
    ));

    let query = "query($w: UserWhereInput, $t: [String!], $j: Json) { users(where: $w) { id posts(where: {title_in: $t}) { id } } }";
    let query = query.replace(", $j: Json", "");
    let filter = format!(r#"{{"w": {}}}"#, nested(DEEP, r#"{"AND": ["#, "", "]}"));
    assert_eq!(refusal(&fake, &query, &filter), "4106 inputDepth 40");
    let list = format!(r#"{{"t": {}}}"#, nested(DEEP, "[", "", "]"));
    assert!(fake.messages(&query, &list)[0].contains("String value expected"));
    let json = "mutation($j: Json) { createUser(data: {email: \"a\", extra: $j}) { id } }";
    let deep_json = format!(r#"{{"j": {}}}"#, nested(DEEP, "[", "", "]"));
    assert!(fake.messages(json, &deep_json)[0].contains("Not valid JSON"));
    assert!(fake.asked().is_empty());

    for text in [
        nested(DEEP, "type A { a: ", "Int", "}"),
        format!(
            "type A {{ id: ID! @id a: {} }}",
            nested(DEEP, "[", "Int", "]")
        ),
        format!(
            "type A {{ id: ID! @id a: Int @default(value: {}) }}",
            nested(DEEP, "[", "1", "]")
        ),
        format!(
            "type A {{ id: ID! @id a: Int @default(value: {}) }}",
            nested(DEEP, "{a: ", "1", "}")
        ),
        "{".repeat(DEEP),
        "(".repeat(DEEP),
    ] {
        assert!(prisma_datamodel::parse(&Source::new("d", text)).is_err());
    }
    assert!(start.elapsed() < 4 * LONG);
}

#[test]
fn a10_huge_variables() {
    let world = World::new("type Item { id: ID! @id  n: Int }");
    world.data(r#"mutation { createItem(data: {id: "i37777", n: 1}) { id } }"#);
    // As many as fit into a request body: one parameter, whatever their number.
    let ids = repeat(40_000, |index| format!(r#""i{index}","#));
    let ids = format!(r#"{{"ids": [{}]}}"#, ids.trim_end_matches(','));
    let found = world.run_with(
        "query($ids: [ID!]) { items(where: {id_in: $ids}) { id } }",
        &ids,
    );
    assert_eq!(found["data"]["items"][0]["id"], "i37777");
    // Single conditions are a parameter each.
    let filter = |count| {
        let conditions = repeat(count, |index| format!(r#"{{"n": {index}}},"#));
        format!(
            r#"{{"w": {{"OR": [{}]}}}}"#,
            conditions.trim_end_matches(',')
        )
    };
    let query = "query($w: ItemWhereInput) { items(where: $w) { id } }";
    assert_eq!(
        world.run_with(query, &filter(5_000))["data"]["items"][0]["id"],
        "i37777"
    );
    let mutation = "mutation($w: ItemWhereInput) { deleteManyItems(where: $w) { count } }";
    let beyond = "4107 The request exceeds a limit of this server: at most 5000 values in the conditions of a field.";
    for document in [query, mutation] {
        assert_eq!(errors(&world.run_with(document, &filter(5_001))), [beyond]);
        assert_eq!(errors(&world.run_with(document, &filter(70_000))), [beyond]);
    }
    // What has no value takes work too.
    let without_values = |count| {
        format!(
            r#"{{"w": {{"AND": [{}{{}}]}}}}"#,
            r#"{"n": null},"#.repeat(count)
        )
    };
    assert_eq!(
        errors(&world.run_with(query, &without_values(5_000))),
        [""; 0]
    );
    assert_eq!(
        errors(&world.run_with(query, &without_values(100_000))),
        [beyond]
    );
    // A list that is used a thousand times takes a thousand times as much.
    let copies = format!(
        "query($ids: [ID!]) {{ items(where: {{OR: [{}]}}) {{ id }} }}",
        "{id_in: $ids}".repeat(2_000)
    );
    assert_eq!(
        errors(&world.run_with(&copies, &ids)),
        [
            "4110 The request exceeds a limit of this server: at most 67108864 bytes of variables that are used several times."
        ]
    );
    assert_eq!(
        errors(&world.run_with(&copies, r#"{"ids": ["i37777"]}"#)),
        [""; 0]
    );
    // A value that is wrong a hundred thousand times is not told as often.
    let wrong = format!(r#"{{"ids": [{}true]}}"#, "true,".repeat(100_000));
    let answer = world.run_with(
        "query($ids: [ID!]) { items(where: {id_in: $ids}) { id } }",
        &wrong,
    );
    assert_eq!(errors(&answer).len(), 100);
    assert!(answer.to_string().len() < 200_000);
}

#[test]
fn a11_conditions_in_conditions() {
    let fake = Fake::new(BLOG);
    let filter = |levels: usize| {
        nested(
            levels - 1,
            r#"{"AND": [{"OR": [{"NOT": [{"posts_some": {"author": "#,
            "{}",
            "}}]}]}]}",
        )
    };
    let query = "query($w: UserWhereInput) { users(where: $w) { id } }";
    let variables = |levels| format!(r#"{{"w": {}}}"#, filter(levels));
    assert_eq!(
        refusal(&fake, query, &variables(1_000)),
        "4106 inputDepth 40"
    );
    assert_eq!(refusal(&fake, query, &variables(9)), "4106 inputDepth 40");
    assert!(answered(&fake, query, &variables(8)));
    let literal = |levels| {
        format!(
            "{{ users(where: {}) {{ id }} }}",
            filter(levels).replace('"', "")
        )
    };
    assert_eq!(refusal(&fake, &literal(1_000), "null"), "4101 nesting 200");
    assert_eq!(refusal(&fake, &literal(9), "null"), "4106 inputDepth 40");
    assert!(answered(&fake, &literal(8), "null"));
    // Nested writes are bounded alike.
    let data = nested(
        30,
        r#"{email: "e", posts: {create: {title: "t", author: {create: "#,
        r#"{email: "e"}"#,
        "}}}}",
    );
    let write = format!("mutation {{ createUser(data: {data}) {{ id }} }}");
    assert_eq!(refusal(&fake, &write, "null"), "4106 inputDepth 40");
}

#[test]
fn a13_introspection_in_circles() {
    let fake = Fake::new(BLOG);
    let circle = |turns| nested(turns, "{ fields { type ", "{ name }", "} }");
    let ask = |turns| {
        fake.messages(
            &format!("{{ __schema {{ types {} }} }}", circle(turns)),
            "null",
        )
    };
    assert_eq!(ask(1), [""; 0]);
    assert_eq!(ask(4), ["Maximum introspection depth exceeded"]);
    assert!(ask(20)[0].contains("at most 20 levels of fields"));
    let circle = circle(20);
    let by_name = format!("{{ __type(name: \"User\") {circle} }}");
    assert_eq!(refusal(&fake, &by_name, "null"), "4102 depth 20");
    let aliases = repeat(200, |index| {
        format!("a{index}: __type(name: \"User\") {{ name kind description }} ")
    });
    assert_eq!(
        refusal(&fake, &format!("{{ {aliases} }}"), "null"),
        "4111 introspection 500"
    );
    let aliases = repeat(200, |index| {
        format!("a{index}: types {{ name kind description }} ")
    });
    assert_eq!(
        refusal(&fake, &format!("{{ __schema {{ {aliases} }} }}"), "null"),
        "4111 introspection 500"
    );
    // What tools ask for to show and to check an API.
    for levels in [7, 9] {
        let mut reference = "kind name".to_owned();
        for _ in 0..levels {
            reference = format!("kind name ofType {{ {reference} }}");
        }
        let mut query = String::from(
            "query IntrospectionQuery { __schema { description queryType { name } mutationType { name }
               subscriptionType { name } types { ...FullType }
               directives { name description isRepeatable locations args(includeDeprecated: true) { ...InputValue } } } }
             fragment FullType on __Type { kind name description specifiedByURL
               fields(includeDeprecated: true) { name description args(includeDeprecated: true) { ...InputValue }
                 type { ...TypeRef } isDeprecated deprecationReason }
               inputFields(includeDeprecated: true) { ...InputValue } interfaces { ...TypeRef }
               enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason }
               possibleTypes { ...TypeRef } }
             fragment InputValue on __InputValue { name description type { ...TypeRef } defaultValue isDeprecated
               deprecationReason }",
        );
        write!(query, " fragment TypeRef on __Type {{ {reference} }}").unwrap();
        assert!(answered(&fake, &query, "null"), "{levels}");
        let tight = limited(|limits| limits.depth = 7 + levels);
        assert!(answered(&tight, &query, "null"), "{levels}");
    }
}

/// What the limits let pass must not be too much for the store.
#[test]
fn a11_conditions_that_stores_can_read() {
    let world = World::new(
        r#"type User { id: ID! @id  n: Int  boss: User @relation(name: "Boss", link: INLINE)
             staff: [User] @relation(name: "Boss") }"#,
    );
    world.data(r#"mutation { createUser(data: {id: "u"}) { id } }"#);
    let query = "query($w: UserWhereInput) { users(where: $w) { id } }";
    let all = |count: usize, condition: &str| {
        format!(r#"{{"AND": [{}]}}"#, vec![condition; count].join(","))
    };
    let wide = |levels, count: usize, relation: &str| {
        let any = vec![r#"{"n": 1}"#; count].join(",");
        let open = format!(r#"{{"OR": [{any}], "{relation}": "#);
        nested(levels, &open, r#"{"n": 1}"#, "}")
    };
    for filter in [
        all(1_000, r#"{"boss": {"n": 1}}"#),
        all(1_000, r#"{"staff_some": {"n": 1}}"#),
        all(
            500,
            r#"{"OR": [{"boss": {"n": 1}}, {"NOT": {"staff_every": {"n": 2}}}]}"#,
        ),
        wide(10, 50, "boss"),
        wide(10, 50, "staff_every"),
        wide(15, 1, "staff_every"),
        nested(
            12,
            r#"{"NOT": [{"OR": [{"staff_none": "#,
            "{}",
            r#"}, {"n": 2}]}]}"#,
        ),
        nested(39, r#"{"NOT": "#, r#"{"n": 1}"#, "}"),
    ] {
        let answer = world.run_with(query, &format!(r#"{{"w": {filter}}}"#));
        assert_eq!(errors(&answer), [""; 0], "{}", &filter[..60]);
    }
    let wider = format!(r#"{{"w": {}}}"#, wide(15, 50, "staff_some"));
    assert_eq!(
        errors(&world.run_with(query, &wider)),
        [
            "4112 The request exceeds a limit of this server: at most 100000 conditions of a field, doubled by every relation around them."
        ]
    );
    let deeper = nested(16, r#"{"staff_some": "#, "{}", "}");
    let deeper = format!(r#"{{"w": {deeper}}}"#);
    assert_eq!(
        errors(&world.run_with(query, &deeper)),
        [
            "4109 The request exceeds a limit of this server: at most 15 levels of relations in a condition."
        ]
    );
}
