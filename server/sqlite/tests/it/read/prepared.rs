//! How many statements a read takes.

use std::sync::Arc;

use prisma_connector::{ConnectorError, Format, Prepared, Value};
use prisma_sql::{Access, Connection, Driver as _, Host as _, Job, read};
use prisma_sqlite::SqliteHost;

use super::ask::{Arguments, Ask};
use super::world::{World, wait};

/// Runs a read twice and counts the texts that were prepared for it.
struct Count {
    query: Arc<dyn Prepared>,
    values: Vec<Value>,
}

impl<C: Connection> Job<C> for Count {
    type Output = (u64, usize);

    async fn run(self, connection: &mut C) -> Result<(u64, usize), ConnectorError> {
        let before = connection.prepared();
        let query = read::prepared(&*self.query)?;
        read::run(connection, query, &self.values, Vec::new()).await?;
        let answer = read::run(connection, query, &self.values, Vec::new()).await?;
        Ok((connection.prepared() - before, answer.buffer.len()))
    }
}

#[test]
fn their_number_depends_on_the_depth_alone() {
    let counted = [1, 1_000].map(|parents| {
        let folder = tempfile::tempdir().unwrap();
        let host = || SqliteHost::folder(folder.path(), Default::default()).unwrap();
        let world = World::on(
            host(),
            "type A { id: ID! @id bs: [B] } type B { id: ID! @id a: A cs: [C] tags: [String] @scalarList(strategy: RELATION) }
             type C { id: ID! @id b: B }",
        );
        world.rows(&format!(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {parents}) INSERT INTO A SELECT 'a' || i FROM n
             INSERT INTO B (id, a) SELECT 'b' || id, id FROM A
             INSERT INTO C (id, b) SELECT 'c' || id, id FROM B",
        ));
        let mut ask = Ask::new(&world);
        let plan = ask.many("A", Arguments::default(), "id bs { id tags cs { id b { a { id } } } }");
        let query = world.connector.prepare(&plan, Format::Json).unwrap();
        assert_eq!(query.statements().len(), 6);
        let driver = host().open("default_default").unwrap();
        let values = ask.values;
        wait(driver.with(Access::Snapshot, Count { query, values })).unwrap()
    });
    assert_eq!(counted.map(|(prepared, _)| prepared), [6, 6]);
    assert!(counted[1].1 > 1_000 * 20, "it was not all read");
}
