//! What a mutation asks of a store: the tree of operations, or the error that the arguments alone deserve.

mod effects;
mod planned;
mod shapes;
mod show;

use planned::{check, error};

const DATAMODEL: &str = r#"
    enum Role { ADMIN USER }
    type User {
      id: ID! @id
      email: String! @unique
      name: String
      role: Role! @default(value: USER)
      score: Float @default(value: 1.5)
      badge: ID @unique
      tags: [String] @scalarList(strategy: RELATION)
      badges: [ID] @scalarList(strategy: RELATION)
      createdAt: DateTime! @createdAt
      updatedAt: DateTime! @updatedAt
      posts: [Post]
      profile: Profile @relation(link: INLINE)
    }
    type Post {
      id: ID! @id
      title: String!
      author: User! @relation(link: INLINE)
      categories: [Category]
      comments: [Comment]
    }
    type Category { id: ID! @id  name: String! @unique  posts: [Post] }
    type Comment { id: Int! @id  text: String  post: Post @relation(link: INLINE) }
    type Profile { id: UUID! @id  bio: String!  user: User! }
    type Label {
      id: ID! @id(strategy: NONE)
      next: Label @relation(link: INLINE)
      born: DateTime @default(value: "2018-12-05T12:34:23Z")
      extra: Json @default(value: "[1]")
      changed: DateTime @updatedAt
    }
"#;

#[test]
fn creates() {
    check(
        "creates",
        DATAMODEL,
        &[
            r#"createUser(data: {email: "a"})"#,
            r#"createUser(data: {id: "own", name: null, email: "a", score: null, role: ADMIN, badge: 12})"#,
            r#"createUser(data: {email: "a", tags: {set: ["x", "x"]}, badges: {set: []}})"#,
            r#"createUser(data: {email: "a", tags: null, badges: {}})"#,
            r#"createUser(data: {email: "a", tags: {set: null}})"#,
            r#"createUser(data: {id: null, badge: "null", name: "null", email: "a"})"#,
            r#"createComment(data: {text: "t"})"#,
            r#"createProfile(data: {bio: "b", user: {connect: {badge: "b1"}}})"#,
            r#"createProfile(data: {id: "1-2-3-4-5", bio: "b", user: {connect: {badge: "b1"}}})"#,
            r#"createLabel(data: {id: "l"})"#,
        ],
    );
}

#[test]
fn creates_with_nodes_around_them() {
    check(
        "creates_with_nodes_around_them",
        DATAMODEL,
        &[
            // Kinds before fields, fields in the order of the datamodel, then as written.
            r#"createPost(data: {
                comments: {connect: [{id: 1}], create: [{text: "c1"}, {text: "c2"}]},
                categories: {connect: {name: "old"}, create: {name: "new"}},
                author: {create: {email: "e"}},
                title: "t"})"#,
            // The field that led here is not required of nested nodes.
            r#"createUser(data: {email: "a", posts: {create: [
                {title: "p1", comments: {create: {text: "c"}}},
                {id: "p2", title: "p2", categories: {connect: [{name: "x"}, {id: "y"}]}}]},
                profile: {create: {bio: "b"}}})"#,
            r#"createLabel(data: {id: "1", next: {create: {id: "2", next: {connect: {id: "3"}}}}})"#,
            r#"createUser(data: {email: "a", posts: null, profile: {create: null, connect: null}})"#,
            // The store runs both, the later one wins.
            r#"createProfile(data: {bio: "b", user: {connect: {id: "u"}, create: {email: "e"}}})"#,
        ],
    );
}

#[test]
fn updates() {
    check(
        "updates",
        DATAMODEL,
        &[
            r#"updateUser(where: {email: "a"}, data: {})"#,
            r#"updateUser(where: {email: "a"}, data: {tags: null, badges: {}})"#,
            r#"updateUser(where: {id: null, badge: 7}, data: {role: USER, email: "b"})"#,
            r#"updateUser(where: {email: "a"}, data: {name: null})"#,
            r#"updateUser(where: {email: "a"}, data: {tags: {set: []}, badges: {set: null}})"#,
            // Which null is at fault, and whether it matters, is for the store to say.
            r#"updateUser(where: {email: "a"}, data: {role: null, email: null})"#,
            r#"updateUser(where: {email: "a"}, data: {posts: {connect: {id: "p"}}})"#,
            r#"updateLabel(where: {id: "l"}, data: {extra: "{}"})"#,
            r#"deleteUser(where: {email: "a"})"#,
        ],
    );
}

#[test]
fn nested_operations_on_lists() {
    check(
        "nested_operations_on_lists",
        DATAMODEL,
        &[
            // Every operation, written in the reverse of the order of execution.
            r#"updateUser(where: {id: "u"}, data: {posts: {
                deleteMany: [{title: "dm"}, {}],
                updateMany: [{where: {title_in: ["x", "y"]}, data: {title: "um"}}, {where: {}, data: {}}],
                disconnect: [{id: "di"}],
                set: [{id: "s1"}, {id: "s2"}],
                connect: [{id: "c1"}, {id: "c2"}],
                delete: [{id: "de"}],
                upsert: [{where: {id: "up"}, create: {title: "uc"}, update: {title: "uu"}}],
                update: [{where: {id: "u1"}, data: {title: "1"}}, {where: {id: "u2"}, data: {comments: {delete: {id: 1}}}}],
                create: [{title: "c"}]}})"#,
            r#"updateUser(where: {id: "u"}, data: {posts: {set: []}})"#,
            r#"updateUser(where: {id: "u"}, data: {posts: {set: null, create: null, connect: null, disconnect: null,
                delete: null, update: null, upsert: null, updateMany: null, deleteMany: null}})"#,
            r#"updateUser(where: {id: "u"}, data: {posts: {}})"#,
            r#"updateUser(where: {id: "u"}, data: {posts: null})"#,
            // Kinds go before fields.
            r#"updatePost(where: {id: "p"}, data: {
                comments: {deleteMany: {}, create: {text: "t"}},
                categories: {deleteMany: {name: "n"}, create: {name: "n"}}})"#,
        ],
    );
}

#[test]
fn nested_operations_on_single_nodes() {
    check(
        "nested_operations_on_single_nodes",
        DATAMODEL,
        &[
            r#"updateUser(where: {id: "u"}, data: {profile: {
                disconnect: true, delete: true, connect: {id: "1-2-3-4-5"},
                upsert: {update: {bio: "u"}, create: {bio: "c"}},
                update: {bio: "b"}, create: {bio: "a"}}})"#,
            r#"updateUser(where: {id: "u"}, data: {profile: {
                disconnect: false, delete: false, connect: null, upsert: null, update: null, create: null}})"#,
            r#"updateUser(where: {id: "u"}, data: {profile: {disconnect: null, delete: null}})"#,
            r#"updateLabel(where: {id: "1"}, data: {next: {update: {next: {update: {next: {disconnect: true}}}}}})"#,
        ],
    );
}

#[test]
fn upserts_plan_both_branches() {
    check(
        "upserts_plan_both_branches",
        DATAMODEL,
        &[
            r#"upsertUser(where: {email: "a"},
                create: {email: "b", tags: {set: ["t"]}, posts: {create: {title: "p"}}},
                update: {name: "n", posts: {deleteMany: {}}})"#,
            // Where the own id is too long, the store finds out when it inserts.
            r#"upsertUser(where: {email: "a"}, create: {id: "abcdefghijklmnopqrstuvwxyz", email: "b"}, update: {})"#,
        ],
    );
}

#[test]
fn batches() {
    check(
        "batches",
        DATAMODEL,
        &[
            r#"updateManyUsers(data: {name: "n"})"#,
            r#"updateManyUsers(data: {}, where: {})"#,
            r#"updateManyUsers(data: {tags: {set: "t"}}, where: null)"#,
            r#"updateManyUsers(data: {name: null}, where: {email_not: "a", posts_every: {title: "t"}, profile: null})"#,
            r#"deleteManyUsers"#,
            r#"deleteManyUsers(where: {OR: [{name_in: []}, {name: null}]})"#,
        ],
    );
}

#[test]
fn selectors_name_exactly_one_value() {
    let empty = "3040: You provided an invalid argument for the where selector on User. Please provide exactly one \
                 unique field and value.";
    let ambiguous = "3045: You provided more than one field for the unique selector on User. If you want that \
                     behavior you can use the many query and combine fields with AND / OR.";
    for (mutation, expected) in [
        (r#"deleteUser(where: {})"#, empty),
        (r#"deleteUser(where: {id: null, email: null})"#, empty),
        (r#"deleteUser(where: {id: "null"})"#, empty),
        (r#"deleteUser(where: {id: "u", badge: "b"})"#, ambiguous),
        (r#"updateUser(where: {}, data: {})"#, empty),
        (
            r#"upsertUser(where: {id: "a", email: "a"}, create: {email: "b"}, update: {})"#,
            ambiguous,
        ),
        (
            r#"createPost(data: {title: "t", author: {connect: {}}})"#,
            empty,
        ),
        (
            r#"updateProfile(where: {id: "1-2-3-4-5"}, data: {user: {connect: {id: null}}})"#,
            empty,
        ),
        (
            r#"updateCategory(where: {id: "c"}, data: {posts: {update: {where: {id: "p"},
                data: {author: {connect: {id: "a", email: "b"}}}}}})"#,
            ambiguous,
        ),
    ] {
        assert_eq!(error(DATAMODEL, mutation), expected, "{mutation}");
    }
    let nested = r#"{where: {}, data: {}}"#;
    for operation in [
        "connect: {}".to_owned(),
        "set: [{}]".to_owned(),
        "disconnect: {}".to_owned(),
        "delete: {id: null}".to_owned(),
        format!("update: {nested}"),
        r#"upsert: {where: {}, create: {title: "t"}, update: {}}"#.to_owned(),
    ] {
        let mutation =
            format!(r#"updateUser(where: {{id: "u"}}, data: {{posts: {{{operation}}}}})"#);
        assert_eq!(
            error(DATAMODEL, &mutation),
            empty.replace("User", "Post"),
            "{mutation}"
        );
    }
}

#[test]
fn required_relations_must_be_linked_by_creates() {
    let author = "3032: The field 'author' on type 'Post' is required. Performing this mutation would violate that \
                  constraint";
    for mutation in [
        r#"createPost(data: {title: "t", author: {}})"#,
        r#"createPost(data: {title: "t", author: {create: null, connect: null}})"#,
        r#"createCategory(data: {name: "n", posts: {create: {title: "t", author: {}}}})"#,
        r#"updateCategory(where: {id: "c"}, data: {posts: {create: {title: "t", author: {}}}})"#,
        r#"upsertPost(where: {id: "p"}, create: {title: "t", author: {}}, update: {})"#,
        r#"updateCategory(where: {id: "c"}, data: {posts: {upsert: {where: {id: "p"}, update: {},
            create: {title: "t", author: {}}}}})"#,
    ] {
        assert_eq!(error(DATAMODEL, mutation), author, "{mutation}");
    }
}

#[test]
fn nulls_and_sizes_of_creates() {
    let null = |field: &str| format!("3036: The input value null was not valid for field {field}.");
    let long = |field: &str| format!("3007: Value for field {field} is too long.");
    let id = "abcdefghijklmnopqrstuvwxyz";
    for (mutation, expected) in [
        (
            r#"createUser(data: {email: "a", role: null})"#.to_owned(),
            null("role of type User"),
        ),
        (
            r#"upsertUser(where: {id: "u"}, create: {email: "a", role: null}, update: {})"#
                .to_owned(),
            null("role of type User"),
        ),
        (
            r#"createLabel(data: {id: "null"})"#.to_owned(),
            null("id of type Label"),
        ),
        (
            format!(r#"createUser(data: {{email: "a", badge: "{id}"}})"#),
            long("badge"),
        ),
        (
            format!(r#"updateUser(where: {{id: "u"}}, data: {{badges: {{set: ["{id}"]}}}})"#),
            long("badges"),
        ),
        (
            r#"updateManyUsers(data: {score: 1e35})"#.to_owned(),
            long("score"),
        ),
        (
            r#"updateCategory(where: {id: "c"}, data: {posts: {update: {where: {id: "p"},
                data: {author: {update: {score: -1e35}}}}}})"#
                .to_owned(),
            long("score"),
        ),
    ] {
        assert_eq!(error(DATAMODEL, &mutation), expected, "{mutation}");
    }
}

#[test]
fn lists_of_nodes_cannot_be_compared_with_null() {
    assert_eq!(
        error(DATAMODEL, "deleteManyUsers(where: {posts_some: null})"),
        "3033: The field 'posts' is a toMany relation. This cannot be filtered by null."
    );
}
