//! Documents that were checked while they were compiled.

use prisma_runtime::{Error, Id, UpdateInput, graphql, new, select};
use prisma_tests_client::blog::{self, Models, Role, User, post, tag, user};

use super::blog::on_the_blog;

graphql! { blog:
    /// Users with the titles of some of their posts.
    query Feed($first: Int!, $in_name: String, $tags: Boolean! = false) {
        users(first: $first, where: { name_contains: $in_name }, orderBy: email_ASC) {
            ...Person
            age
            role
            posts(orderBy: title_DESC, first: 2) { title tags @include(if: $tags) { label } }
        }
        newest: posts(last: 1, orderBy: createdAt_ASC) { id published reviewer { ...Person } author { ...Person } }
        counted: postsConnection { aggregate { count } pageInfo { hasNextPage endCursor } }
        __typename
    }

    query One($id: ID!, $email: String) {
        user(where: { id: $id }) { ...Person ... on User { posts(where: { author: { email: $email } }) { id } } }
        node(id: $id) { id ... on User { email } ... on Tag { label } }
    }

    query Chosen($filter: PostWhereInput!, $order: PostOrderByInput, $ids: [ID!]) {
        posts(where: { AND: [$filter, { id_in: $ids }] }, orderBy: $order) { title type: __typename }
        moderators: users(where: { role_in: [ADMIN], name_not: "Nobody \"at\" all" }) { mail: email }
    }

    fragment Person on User { id name }

    #[derive(Eq)]
    mutation Write($user: UserCreateInput!, $changed: PostUpdateInput!, $one: PostWhereUniqueInput!, $role: Role) {
        createUser(data: $user) { name role posts { title } }
        updatePost(data: $changed, where: $one) { title tags { label } }
        updateManyUsers(data: { role: $role }, where: { email: "bob@b.c" }) { count }
    }

    mutation Forget($mails: [String!]!) {
        deleteManyUsers(where: { email_in: $mails }) { count }
    }
}

#[tokio::test]
async fn queries() {
    let said = on_the_blog(async |db, journal| {
        let feed = |first, in_name: Option<&str>, tags| Feed {
            first,
            in_name: in_name.map(str::to_owned),
            tags,
        };
        journal.note(db.run(feed(2, None, None)).await);
        journal.note(db.run(feed(9, Some("n"), Some(true))).await);
        let all: FeedAnswer = db.run(feed(1, None, Some(false))).await.unwrap();
        // A set that is a fragment alone has its struct.
        let newest: &FeedNewest = &all.newest[0];
        let _: (&Person, &Option<Person>) = (&newest.author, &newest.reviewer);
        let id: Id<User> = newest.author.id.clone();
        let email = Some("ann@b.c".to_owned());
        journal.note(db.run(One { id, email }).await);
        let id = Id::new("nobody");
        journal.note(db.run(One { id, email: None }).await);
        let posts = blog::Post::FIELDS;
        let filter = posts.author.is(|u| u.name.contains("n")) & posts.title.ne("Two");
        let chosen = Chosen {
            filter,
            order: Some(posts.title.desc()),
            ids: None,
        };
        journal.note(db.run(chosen.clone()).await);
        let ids = Some(vec![Id::new("p1"), Id::new("p9")]);
        journal.note(db.run(Chosen { ids, ..chosen }).await);
    })
    .await;
    insta::assert_snapshot!(said);
}

#[tokio::test]
async fn mutations() {
    let said = on_the_blog(async |db, journal| {
        let write = |email: &str, label: &'static str| {
            let posts = |p: blog::user::Fields| {
                p.posts
                    .create([new!(post::NewWithoutAuthor { title: "By way" })])
            };
            let user = new!(user::New { email, name: "Zoe" }).with(posts);
            let changes = |p: post::Fields| {
                (
                    p.title.to("Changed"),
                    p.tags.create([new!(tag::New { label })]),
                )
            };
            Write {
                user,
                changed: UpdateInput::new(changes),
                one: post::by_id("p1"),
                role: Some(Role::Admin),
            }
        };
        let rolled_back = db.transaction(async |tx| {
            let answer = tx.run(write("zoe@b.c", "new")).await?;
            assert_eq!(answer.create_user.role, Role::User);
            let zoe = tx.query(select! { user(by: user::by_email("zoe@b.c")) { name } });
            assert_eq!(zoe.await?.user.unwrap().name, "Zoe");
            tx.user()
                .create(new!(user::New {
                    email: "zoe@b.c",
                    name: "Zoe"
                }))
                .await
        });
        journal.note(rolled_back.await);
        journal.note(db.run(write("zoe@b.c", "new")).await);
        journal.note(db.run(write("zoe@b.c", "newer")).await);
        let lone = new!(user::New {
            email: "lone@b.c",
            name: "Lone"
        });
        db.user().create(lone).await.unwrap();
        for mails in [["lone@b.c", "nobody"], ["zoe@b.c", "nobody"]] {
            let mails = mails.map(str::to_owned).to_vec();
            journal.note(db.run(Forget { mails }).await);
        }
        let mails = db
            .user()
            .find_many()
            .order_by(|u| u.email.asc())
            .pick(|u| u.email);
        journal.run(mails).await;
        let none: Result<_, Error> = db.run(Forget { mails: Vec::new() }).await;
        assert_eq!(none.unwrap().delete_many_users.count, 0);
    })
    .await;
    insta::assert_snapshot!(said);
}
