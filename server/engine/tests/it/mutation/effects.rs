//! What mutations do to stored data, and what they answer (api.md §4), against a real database.

use std::thread::sleep;
use std::time::Duration;

use serde_json::{Value, json};

use crate::world::{World, errors};

const BLOG: &str = r#"
    enum Role { ADMIN USER }
    type User {
      id: ID! @id
      email: String! @unique
      nick: String @unique
      name: String
      role: Role! @default(value: USER)
      tags: [String] @scalarList(strategy: RELATION)
      createdAt: DateTime! @createdAt
      updatedAt: DateTime! @updatedAt
      posts: [Post]
      profile: Profile @relation(link: INLINE)
    }
    type Post {
      id: ID! @id
      title: String
      score: Float @unique
      author: User! @relation(link: INLINE)
      labels: [Label]
    }
    type Label { id: ID! @id  name: String! @unique  posts: [Post] }
    type Profile { id: ID! @id  bio: String  user: User }
"#;

/// A blog with the user `u` and what else these mutation fields make.
fn blog(fields: &[&str]) -> World {
    let world = World::new(BLOG);
    world.data(r#"mutation { createUser(data: {id: "u", email: "u@x"}) { id } }"#);
    for field in fields {
        world.data(&format!("mutation {{ {field} {{ id }} }}"));
    }
    world
}

/// Checks the one error of each mutation field, and that none leaves a trace.
fn check_refusals(world: &World, refusals: &[(&str, &str)]) {
    const ALL: &str =
        "{ users { id name email nick tags profile { id } posts { id title labels { name } } }
        posts { id } labels { id } profiles { id bio } }";
    let before = world.data(ALL);
    for (field, error) in refusals {
        let document = format!("mutation {{ {field} {{ id }} }}");
        assert_eq!(world.error(&document), *error, "{field}");
        assert_eq!(world.data(ALL), before, "{field}");
    }
}

#[test]
fn kinds_of_nested_operations_run_in_order_whatever_their_fields() {
    let world = blog(&[
        r#"createProfile(data: {id: "p", bio: "b"})"#,
        r#"createLabel(data: {id: "l", name: "l"})"#,
    ]);
    // The create in the later field comes before the update in the earlier one, which needs nothing of it, and all
    // come before the connect that the update must not see.
    let refused = r#"updateUser(where: {id: "u"}, data: {
        profile: {update: {bio: "changed"}}, posts: {create: {id: "x"}}})"#;
    let not_linked = "3041 The relation ProfileToUser has no node for the model User connected to a Node for the \
                      model Profile on your mutation path.";
    let early = r#"updateUser(where: {id: "u"}, data: {profile: {connect: {id: "p"}, update: {bio: "changed"}}})"#;
    check_refusals(&world, &[(refused, not_linked), (early, not_linked)]);
    // Depth first: the label is linked to the first post before the second post is made.
    let made = world.data(
        r#"mutation { updateUser(where: {id: "u"}, data: {posts: {
            upsert: {where: {id: "b"}, create: {id: "b"}, update: {title: "found"}},
            create: [
                {id: "a", labels: {create: {name: "made"}, connect: {id: "l"}}},
                {id: "b", labels: {connect: {name: "made"}}}]}})
            { posts { id title labels(orderBy: name_ASC) { name } } } }"#,
    );
    assert_eq!(
        made["updateUser"]["posts"],
        json!([
            {"id": "a", "title": null, "labels": [{"name": "l"}, {"name": "made"}]},
            {"id": "b", "title": "found", "labels": [{"name": "made"}]},
        ])
    );
}

#[test]
fn lists_of_scalars_are_set_as_a_whole() {
    let world = blog(&[]);
    let tags = || world.data(r#"{ user(where: {id: "u"}) { tags } }"#)["user"]["tags"].clone();
    let mut expected = json!([]);
    assert_eq!(tags(), expected);
    for (list, after) in [
        (r#"{set: ["b", "a", "b"]}"#, Some(json!(["b", "a", "b"]))),
        ("null", None),
        ("{}", None),
        (r#"{set: "one"}"#, Some(json!(["one"]))),
        ("{set: []}", Some(json!([]))),
        (r#"{set: ["x", "", "ü"]}"#, Some(json!(["x", "", "ü"]))),
        ("{set: null}", Some(json!([]))),
    ] {
        world.data(&format!(
            r#"mutation {{ updateUser(where: {{id: "u"}}, data: {{tags: {list}}}) {{ id }} }}"#
        ));
        expected = after.unwrap_or(expected);
        assert_eq!(tags(), expected, "{list}");
    }
    world.data(r#"mutation { updateManyUsers(data: {tags: {set: ["all"]}}) { count } }"#);
    assert_eq!(tags(), json!(["all"]));
    // A node that goes takes its list along: the next one of that id has none.
    world.data(r#"mutation { deleteUser(where: {id: "u"}) { tags } }"#);
    world.data(r#"mutation { createUser(data: {id: "u", email: "new"}) { id } }"#);
    assert_eq!(tags(), json!([]));
}

#[test]
fn timestamps_change_with_a_node_s_own_values_alone() {
    let world = blog(&[r#"createPost(data: {id: "p", author: {connect: {id: "u"}}})"#]);
    let times = || {
        let mut user = world.data(r#"{ user(where: {id: "u"}) { createdAt updatedAt } }"#);
        let text = |value: Value| value.as_str().unwrap().to_owned();
        let mut take = |field: &str| text(user["user"][field].take());
        (take("createdAt"), take("updatedAt"))
    };
    let (created, mut updated) = times();
    assert_eq!(created, updated);
    for (field, touches) in [
        (r#"updateUser(where: {id: "u"}, data: {})"#, false),
        (r#"updateUser(where: {id: "u"}, data: {tags: null})"#, false),
        (
            r#"updateUser(where: {id: "u"}, data: {tags: {set: []}})"#,
            true,
        ),
        (r#"updateUser(where: {id: "u"}, data: {name: null})"#, true),
        (
            r#"updateUser(where: {id: "u"}, data: {email: "u@x"})"#,
            true,
        ),
        (
            r#"updateUser(where: {id: "u"}, data: {posts: {update: {where: {id: "p"}, data: {title: "t"}}}})"#,
            false,
        ),
        (
            r#"updateUser(where: {id: "u"}, data: {profile: {create: {bio: "b"}}})"#,
            false,
        ),
        (
            r#"updateUser(where: {id: "u"}, data: {profile: {disconnect: true}})"#,
            false,
        ),
        (
            r#"updatePost(where: {id: "p"}, data: {author: {update: {name: "n"}}})"#,
            true,
        ),
        (
            r#"upsertUser(where: {id: "u"}, create: {email: "e"}, update: {})"#,
            false,
        ),
        (
            r#"upsertUser(where: {id: "u"}, create: {email: "e"}, update: {name: "m"})"#,
            true,
        ),
    ] {
        sleep(Duration::from_millis(2));
        world.data(&format!("mutation {{ {field} {{ id }} }}"));
        let now = times();
        assert_eq!(now.0, created, "{field}");
        assert_eq!(now.1 > updated, touches, "{field}");
        updated = now.1;
    }
    for (data, touches) in [("{}", false), (r#"{name: "n"}"#, true)] {
        sleep(Duration::from_millis(2));
        world.data(&format!(
            "mutation {{ updateManyUsers(data: {data}) {{ count }} }}"
        ));
        assert_eq!(times().1 > updated, touches, "{data}");
    }
}

#[test]
fn upserts_change_what_is_there_and_make_what_is_not() {
    let world = blog(&[]);
    let upsert = |selector: &str| {
        let document = format!(
            r#"mutation {{ upsertUser(where: {selector}, create: {{email: "made", tags: {{set: "c"}}, posts: {{create: {{title: "c"}}}}}},
                update: {{email: "changed", posts: {{create: {{title: "u"}}}}}}) {{ email role tags posts {{ title }} }} }}"#
        );
        world.data(&document)["upsertUser"].clone()
    };
    // Values of `where` are not copied; defaults apply.
    assert_eq!(
        upsert(r#"{email: "nobody"}"#),
        json!({"email": "made", "role": "USER", "tags": ["c"], "posts": [{"title": "c"}]})
    );
    // The update changes what the selector looked for.
    assert_eq!(
        upsert(r#"{email: "u@x"}"#),
        json!({"email": "changed", "role": "USER", "tags": [], "posts": [{"title": "u"}]})
    );
    assert_eq!(
        world.data("{ usersConnection { aggregate { count } } }")["usersConnection"]["aggregate"]["count"],
        2
    );
    // Both branches are planned, so the one that does not run can refuse.
    let unlinked = r#"upsertPost(where: {id: "p"}, create: {author: {}}, update: {})"#;
    let unchosen = r#"upsertUser(where: {id: "u"}, create: {email: "e", posts: {connect: {}}}, update: {name: "n"})"#;
    check_refusals(
        &world,
        &[
            (
                unlinked,
                "3032 The field 'author' on type 'Post' is required. Performing this mutation would violate that \
                 constraint",
            ),
            (
                unchosen,
                "3040 You provided an invalid argument for the where selector on Post. Please provide exactly one \
                 unique field and value.",
            ),
        ],
    );
}

#[test]
fn unique_values_are_taken_once() {
    let world = blog(&[
        r#"createUser(data: {id: "v", email: "v@x", nick: "v"})"#,
        r#"createLabel(data: {name: "l"})"#,
    ]);
    let of = |model: &str, field: &str| {
        format!(
            "3010 A unique constraint would be violated on {model}. Details: Field name = {field}"
        )
    };
    let (id, email, nick, label) = (
        of("User", "id"),
        of("User", "email"),
        of("User", "nick"),
        of("Label", "name"),
    );
    check_refusals(
        &world,
        &[
            (r#"createUser(data: {email: "u@x"})"#, &email),
            (r#"createUser(data: {id: "u", email: "new"})"#, &id),
            (r#"updateUser(where: {id: "u"}, data: {nick: "v"})"#, &nick),
            (
                r#"updateUser(where: {id: "u"}, data: {email: "v@x", nick: "v"})"#,
                &email,
            ),
            (
                r#"upsertUser(where: {id: "x"}, create: {email: "u@x"}, update: {})"#,
                &email,
            ),
            (
                r#"upsertUser(where: {id: "u"}, create: {email: "e"}, update: {email: "v@x"})"#,
                &email,
            ),
            // A nested node is named, and the node above goes with it.
            (
                r#"createUser(data: {email: "new", posts: {create: {title: "t", labels: {create: {name: "l"}}}}})"#,
                &label,
            ),
            (
                r#"updateUser(where: {id: "u"}, data: {name: "n", posts: {create: {labels: {create: {name: "l"}}}}})"#,
                &label,
            ),
        ],
    );
    let document = r#"mutation { updateManyUsers(data: {nick: "same"}) { count } }"#;
    assert_eq!(world.error(document), nick);
    // Null is no value.
    world.data("mutation { updateManyUsers(data: {nick: null}) { count } }");
}

#[test]
fn required_values_stay() {
    let world = blog(&[]);
    let null = |field: &str| {
        format!(
            "3020 You are trying to set a required field to null. If you are using GraphQL arguments, make sure that \
             you specify a value for all arguments. Fieldname if known: {field}"
        )
    };
    let (email, role) = (null("email"), null("role"));
    let missing = "3039 No Node for the model User with value x for id found.";
    check_refusals(
        &world,
        &[
            (
                r#"updateUser(where: {id: "u"}, data: {name: "n", email: null})"#,
                &email,
            ),
            (
                r#"updateUser(where: {id: "u"}, data: {role: null, email: null})"#,
                &email,
            ),
            (
                r#"upsertUser(where: {id: "u"}, create: {email: "e"}, update: {role: null})"#,
                &role,
            ),
            // The node is looked for first.
            (
                r#"updateUser(where: {id: "x"}, data: {email: null})"#,
                missing,
            ),
            (
                r#"createUser(data: {email: "e", role: null})"#,
                "3036 The input value null was not valid for field role of type User.",
            ),
        ],
    );
}

#[test]
fn missing_nodes_are_named_by_what_they_were_looked_for() {
    let world = blog(&[r#"createPost(data: {id: "p", score: 1, author: {connect: {id: "u"}}})"#]);
    let post = "3039 No Node for the model Post with value 2.0 for score found.";
    let user = "3039 No Node for the model User with value x for nick found.";
    check_refusals(
        &world,
        &[
            (r#"updateUser(where: {nick: "x"}, data: {name: "n"})"#, user),
            (r#"deleteUser(where: {nick: "x"})"#, user),
            ("deletePost(where: {score: 2})", post),
            (
                r#"createPost(data: {author: {connect: {nick: "x"}}})"#,
                user,
            ),
            (
                "updateUser(where: {id: \"u\"}, data: {name: \"n\", posts: {connect: {score: 2}}})",
                post,
            ),
            (
                "updateUser(where: {id: \"u\"}, data: {name: \"n\", posts: {delete: {score: 2}}})",
                post,
            ),
            (
                "updateUser(where: {id: \"u\"}, data: {name: \"n\", posts: {update: {where: {score: 2}, data: {}}}})",
                post,
            ),
        ],
    );
}

#[test]
fn nested_operations_name_what_is_not_linked() {
    let world = blog(&[
        r#"createUser(data: {id: "v", email: "v@x", posts: {create: {id: "q", score: 3, labels: {create: {id: "l", name: "n"}}}}})"#,
        r#"createPost(data: {id: "p", author: {connect: {id: "u"}}})"#,
    ]);
    let both = "3041 The relation LabelToPost has no node for the model Post with the value 'p' for the field 'id' \
                connected to a node for the model Label with the value 'l' for the field 'id'";
    check_refusals(
        &world,
        &[
            (
                r#"updatePost(where: {id: "p"}, data: {title: "t", labels: {disconnect: {name: "n"}}})"#,
                both,
            ),
            (
                r#"updatePost(where: {id: "p"}, data: {title: "t", labels: {delete: {name: "n"}}})"#,
                both,
            ),
            (
                r#"updateUser(where: {nick: null, email: "u@x"}, data: {name: "n", profile: {delete: true}})"#,
                "3041 The relation ProfileToUser has no node for the model User with the value 'u' for the field \
                 'id' connected to a node for the model Profile on your mutation path.",
            ),
            (
                r#"updateUser(where: {id: "u"}, data: {name: "n", posts: {update: {where: {score: 3}, data: {title: "t"}}}})"#,
                "3041 The relation PostToUser has no node for the model User connected to a Node for the model Post \
                 with the value '3.0' for the field 'score' on your mutation path.",
            ),
            (
                r#"updateUser(where: {id: "u"}, data: {name: "n", profile: {update: {bio: "b"}}})"#,
                "3041 The relation ProfileToUser has no node for the model User connected to a Node for the model \
                 Profile on your mutation path.",
            ),
        ],
    );
}

#[test]
fn required_relations_stay_linked() {
    let world = blog(&[r#"createPost(data: {id: "p", author: {connect: {id: "u"}}})"#]);
    let required = "3042 The change you are trying to make would violate the required relation 'PostToUser' between Post and User";
    check_refusals(
        &world,
        &[
            (r#"deleteUser(where: {id: "u"})"#, required),
            (
                r#"updateUser(where: {id: "u"}, data: {name: "n", posts: {disconnect: {id: "p"}}})"#,
                required,
            ),
            // Whether or not there is such a node.
            (
                r#"updateUser(where: {id: "u"}, data: {name: "n", posts: {disconnect: {id: "x"}}})"#,
                required,
            ),
        ],
    );
    assert_eq!(
        world.error("mutation { deleteManyUsers { count } }"),
        required
    );
}

/// The API as a whole promises nothing after `set`, which asks nobody (api.md §4.5).
#[test]
fn a_broken_promise_ends_a_mutation_like_an_error() {
    let world = blog(&[r#"createPost(data: {id: "p", author: {connect: {id: "u"}}})"#]);
    world.data(r#"mutation { updateUser(where: {id: "u"}, data: {posts: {set: []}}) { id } }"#);
    let answer = world.run(
        r#"mutation {
            a: updatePost(where: {id: "p"}, data: {title: "a"}) { author { id } }
            b: upsertPost(where: {id: "p"}, create: {author: {connect: {id: "u"}}}, update: {title: "b"}) { author { id } }
            c: updatePost(where: {id: "p"}, data: {title: "c"}) { id } }"#,
    );
    let promise = |answer: &Value, index: usize| answer["errors"][index]["path"].clone();
    assert_eq!(answer["data"], Value::Null);
    assert_eq!(promise(&answer, 0), json!(["a", "author"]));
    assert_eq!(promise(&answer, 1), json!(["b", "author"]));
    // The first may be null, so the second ran; the third did not.
    assert_eq!(
        world.data(r#"{ post(where: {id: "p"}) { title } }"#)["post"]["title"],
        "b"
    );
}

#[test]
fn a_node_that_its_own_update_deletes_is_missed_afterwards() {
    let world = World::new(
        r#"type Parent { id: ID! @id  key: String @unique  name: String  child: Child @relation(link: INLINE) }
           type Child { id: ID! @id  parent: Parent @relation(onDelete: CASCADE) }"#,
    );
    let missed = "3039 No Node for the model Parent with value k for key found.";
    for (field, data) in [
        (
            r#"updateParent(where: {key: "k"}, data: {child: {delete: true}}) { id }"#,
            json!({"m": null}),
        ),
        (
            r#"upsertParent(where: {key: "k"}, create: {}, update: {child: {delete: true}}) { id }"#,
            Value::Null,
        ),
    ] {
        world.data(r#"mutation { createParent(data: {key: "k", child: {create: {}}}) { id } }"#);
        let answer = world.run(&format!("mutation {{ m: {field} }}"));
        assert_eq!(errors(&answer), [missed]);
        assert_eq!(answer["data"], data);
        // The write stands.
        assert_eq!(
            world.data("{ parents { id } children { id } }"),
            json!({"parents": [], "children": []})
        );
    }
}

#[test]
fn fields_of_a_mutation_run_one_after_the_other() {
    let world = blog(&[]);
    let answer = world.run(
        r#"mutation {
            a: createLabel(data: {name: "a"}) { name }
            b: updateLabel(where: {name: "x"}, data: {name: "y"}) { name }
            c: updateLabel(where: {name: "a"}, data: {name: "c"}) { name }
            d: createLabel(data: {name: "c"}) { name }
            e: createLabel(data: {name: "e"}) { name } }"#,
    );
    assert_eq!(answer["data"], Value::Null);
    assert_eq!(
        errors(&answer),
        [
            "3039 No Node for the model Label with value x for name found.",
            "3010 A unique constraint would be violated on Label. Details: Field name = name",
        ]
    );
    assert_eq!(
        world.data("{ labels { name } }"),
        json!({"labels": [{"name": "c"}]})
    );
}
