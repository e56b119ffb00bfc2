//! A new node with all that is nested in it, as insertions.
//!
//! Where nothing that is stored decides what to do, the whole tree is known before the first statement: which nodes
//! there are, and which links they have. So the nodes that are to be connected are looked up together, rows that differ
//! in their values only are made together, and what is answered is what the insertions return. Wherever that comes to
//! an error, the operations run again in their order, which decides what the error is (api.md §4.3).

mod run;

use prisma_connector::{Create, Key, Nested, NestedWrite, Value, Write, WriteAnswer};
use prisma_datamodel::{Arity, FieldId, ModelId};

use super::WriteContext;
use super::links::Relation;
use super::siblings::{at_once, is_alike};
use crate::link::Path;
use crate::read::{self, Member, Object};

/// Insertions that one statement has at most, and links in tables: each number of them is a text of its own.
const MOST_INSERTIONS: usize = 16;
const MOST_LINKS: usize = 16;

/// A tree of new nodes.
pub(super) struct Planting<'w> {
    /// The first makes the root, the others follow their parents.
    insertions: Vec<Insertion<'w>>,
    /// Links in tables.
    links: Vec<Links<'w>>,
    /// The nodes that are to be connected, and are not named by their ids.
    sought: Vec<&'w Key>,
    /// The objects of the answer; without any, the answer has to be read.
    levels: Vec<Level<'w>>,
}

/// New rows of one model that differ in their values only.
struct Insertion<'w> {
    model: ModelId,
    rows: Vec<&'w Create>,
    /// The fields of the model itself whose links are in the rows.
    connected: Vec<FieldId>,
    /// What they lead to, row by row.
    ends: Vec<End<'w>>,
    /// The field of the parent, where its links are in the rows.
    parent: Option<(FieldId, End<'w>)>,
    /// Does anything need to know the id of the row?
    is_needed: bool,
    /// The level of the answer that the rows are on.
    level: Option<usize>,
}

/// A node at the end of a link.
#[derive(Clone, Copy)]
enum End<'w> {
    /// The one with this id.
    Id(&'w Value),
    /// The only row of an insertion, whose id the database makes.
    Made(usize),
    /// One that is looked up.
    Sought(usize),
}

/// Links of one relation field: parents and children.
struct Links<'w> {
    field: FieldId,
    pairs: Vec<(End<'w>, End<'w>)>,
}

/// Objects of the answer: the way to them, as positions from the root down.
struct Level<'w> {
    path: Vec<usize>,
    object: Object<'w>,
}

impl<'w> Planting<'w> {
    /// The write as insertions, if it comes to several of them and to nothing else.
    pub(super) fn of(
        context: WriteContext<'w>,
        write: &'w Write,
        answer: Option<&'w WriteAnswer>,
    ) -> Option<Self> {
        let Write::Create(create) = write else {
            return None;
        };
        if create.nested.is_empty() {
            return None;
        }
        let returns = context.namespace.dialect.returning.insert;
        let answer = answer.filter(|_| returns);
        let answer = answer.and_then(|answer| read::prepared(&*answer.query).ok());
        let object = answer.and_then(|query| query.object());
        let mut planner = Planner {
            context,
            planting: Self {
                insertions: Vec::new(),
                links: Vec::new(),
                sought: Vec::new(),
                levels: Vec::new(),
            },
            is_answered: object.is_some(),
            connected: Vec::new(),
        };
        let level = object.map(|object| planner.level(Vec::new(), object));
        planner.tree(create, None, level)?;
        planner.finish()
    }

    /// Is it one statement that answers everything?
    pub(super) fn is_single(&self, context: WriteContext<'_>) -> bool {
        self.is_one_statement(context) && !self.levels.is_empty()
    }

    fn is_one_statement(&self, context: WriteContext<'_>) -> bool {
        let links: usize = self.links.iter().map(|links| links.pairs.len()).sum();
        context.namespace.dialect.nests_writes
            && self.insertions.len() <= MOST_INSERTIONS
            && links <= MOST_LINKS
    }
}

struct Planner<'w> {
    context: WriteContext<'w>,
    planting: Planting<'w>,
    /// Is everything that is answered in the new rows, so far?
    is_answered: bool,
    /// The models of the nodes that are to be connected.
    connected: Vec<ModelId>,
}

impl<'w> Planner<'w> {
    fn finish(mut self) -> Option<Planting<'w>> {
        // Whether a node is there to be connected must not depend on when the others are made.
        let models = self.planting.insertions.iter();
        if { models }.any(|insertion| self.connected.contains(&insertion.model)) {
            return None;
        }
        if !self.is_answered {
            self.planting.levels.clear();
            for insertion in &mut self.planting.insertions {
                insertion.level = None;
            }
            // The answer is read by the id of the root.
            self.planting.insertions.first_mut()?.is_needed = true;
        }
        Some(self.planting)
    }

    /// A node and everything nested in it.
    fn tree(
        &mut self,
        create: &'w Create,
        above: Option<(Relation<'w>, End<'w>)>,
        level: Option<usize>,
    ) -> Option<()> {
        let node = self.rows(&[create], above, level)?;
        let mut position = 0;
        while let Some(Nested { field, write }) = create.nested.get(position) {
            position += 1;
            let NestedWrite::Create(child) = write else {
                continue;
            };
            let relation = Relation::of(self.context.datamodel, *field).ok()?;
            if matches!(relation.hop.path, Path::Parent { .. }) {
                return None;
            }
            let below = self.below(level, relation);
            let above = Some((relation, node));
            let alike = alike(self.context, relation, &create.nested[position - 1..]);
            if alike.len() < 2 {
                self.tree(child, above, below)?;
                continue;
            }
            let mut left = &alike[..];
            while !left.is_empty() {
                let (now, later) = left.split_at(at_once(left.len()));
                self.rows(now, above, below)?;
                left = later;
            }
            position += alike.len() - 1;
        }
        Some(())
    }

    /// New rows with the links that they have themselves. Answers the first.
    fn rows(
        &mut self,
        rows: &[&'w Create],
        above: Option<(Relation<'w>, End<'w>)>,
        level: Option<usize>,
    ) -> Option<End<'w>> {
        let number = self.planting.insertions.len();
        let end = |create: &'w Create| match &create.id {
            Some(id) => End::Id(id),
            None => End::Made(number),
        };
        let first = *rows.first()?;
        let mut insertion = Insertion {
            model: first.model,
            rows: rows.to_vec(),
            connected: Vec::new(),
            ends: Vec::new(),
            parent: None,
            is_needed: false,
            level,
        };
        let back = above.map(|(relation, _)| relation.hop.back);
        let mut in_tables = Vec::new();
        for (position, create) in rows.iter().enumerate() {
            if !create.lists.is_empty() {
                return None;
            }
            self.check_answer(create, level, back);
            for (field, at) in connects(create) {
                let relation = self.connectable(create, field)?;
                let to = self.end(at);
                if matches!(relation.hop.path, Path::Table { .. }) {
                    in_tables.push((field, end(create), to));
                    continue;
                }
                if position == 0 {
                    insertion.connected.push(field);
                }
                insertion.ends.push(to);
            }
        }
        self.planting.insertions.push(insertion);
        for (field, parent, child) in in_tables {
            self.link(field, parent, child);
        }
        if let Some((relation, parent)) = above {
            self.link_to_parent(relation, parent, rows, number)?;
        }
        Some(end(first))
    }

    fn link_to_parent(
        &mut self,
        relation: Relation<'w>,
        parent: End<'w>,
        rows: &[&'w Create],
        number: usize,
    ) -> Option<()> {
        self.need(parent);
        if matches!(relation.hop.path, Path::Child { .. }) {
            self.planting.insertions.get_mut(number)?.parent = Some((relation.field, parent));
            return Some(());
        }
        for create in rows {
            let child = create.id.as_ref().map_or(End::Made(number), End::Id);
            self.link(relation.field, parent, child);
        }
        Some(())
    }

    /// A relation field of a new node that has its first link now: nothing has to be checked, nothing is replaced.
    fn connectable(&self, create: &Create, field: FieldId) -> Option<Relation<'w>> {
        let relation = Relation::of(self.context.datamodel, field).ok()?;
        let is_only = relation.parent == Arity::List
            || create
                .nested
                .iter()
                .filter(|one| one.field == field)
                .count()
                == 1;
        let in_row = matches!(relation.hop.path, Path::Child { .. });
        (relation.child == Arity::List && is_only && !in_row).then_some(relation)
    }

    /// A node that is to be connected. Foreign keys see to it that it is there, and stays.
    fn end(&mut self, at: &'w Key) -> End<'w> {
        let WriteContext {
            datamodel,
            namespace,
            ..
        } = self.context;
        let model = datamodel[at.field].model;
        self.connected.push(model);
        // Where equal ids can differ, the stored one is needed.
        let is_exact = namespace.dialect.capabilities.case_sensitive_equality;
        if at.field == datamodel[model].id && is_exact {
            return End::Id(&at.value);
        }
        let sought = &mut self.planting.sought;
        let known = sought.iter().position(|known| *known == at);
        End::Sought(known.unwrap_or_else(|| {
            sought.push(at);
            sought.len() - 1
        }))
    }

    fn link(&mut self, field: FieldId, parent: End<'w>, child: End<'w>) {
        self.need(parent);
        self.need(child);
        let links = &mut self.planting.links;
        match links.iter_mut().find(|links| links.field == field) {
            Some(links) => links.pairs.push((parent, child)),
            None => links.push(Links {
                field,
                pairs: vec![(parent, child)],
            }),
        }
    }

    fn need(&mut self, end: End<'_>) {
        if let End::Made(number) = end
            && let Some(insertion) = self.planting.insertions.get_mut(number)
        {
            insertion.is_needed = true;
        }
    }

    /// The objects of the answer that the children of a field are.
    fn below(&mut self, level: Option<usize>, relation: Relation<'_>) -> Option<usize> {
        let above = self.planting.levels.get(level?)?;
        let mut members = above.object.members();
        let member = members.find(|member| member.field == relation.field)?;
        let mut path = above.path.clone();
        path.push(member.position);
        Some(self.level(path, member.object?))
    }

    fn level(&mut self, path: Vec<usize>, object: Object<'w>) -> usize {
        let levels = &mut self.planting.levels;
        let known = levels.iter().position(|level| level.path == path);
        known.unwrap_or_else(|| {
            levels.push(Level { path, object });
            levels.len() - 1
        })
    }

    /// Is all that is asked of a node in the new rows?
    fn check_answer(&mut self, create: &Create, level: Option<usize>, back: Option<FieldId>) {
        let Some(level) = level.and_then(|level| self.planting.levels.get(level)) else {
            return;
        };
        let mut seen: Vec<FieldId> = Vec::new();
        for member in level.object.members() {
            let is_again = seen.contains(&member.field);
            seen.push(member.field);
            let mut nested = create.nested.iter();
            // The nodes on the other side are other rows; and a field that is asked for twice takes its rows twice.
            let is_known = Some(member.field) != back
                && nested.all(|nested| {
                    nested.field != member.field || !is_again && self.is_in_rows(nested, &member)
                });
            self.is_answered &= is_known;
        }
        self.is_answered &= is_in_order(&create.nested);
    }

    fn is_in_rows(&self, nested: &Nested, member: &Member<'_>) -> bool {
        let relation = Relation::of(self.context.datamodel, nested.field);
        matches!(nested.write, NestedWrite::Create(_))
            && relation.is_ok_and(|relation| matches!(relation.hop.path, Path::Child { .. }))
            && member.object.is_some()
    }
}

/// The creates at the start of some operations that one insertion can make: nobody needs to know which row is which.
fn alike<'w>(
    context: WriteContext<'_>,
    relation: Relation<'_>,
    nested: &'w [Nested],
) -> Vec<&'w Create> {
    let is_in_table = |field| {
        let relation = Relation::of(context.datamodel, field);
        relation.is_ok_and(|relation| matches!(relation.hop.path, Path::Table { .. }))
    };
    let is_known = |create: &Create| {
        create.id.is_some()
            || matches!(relation.hop.path, Path::Child { .. })
                && !connects(create).any(|(field, _)| is_in_table(field))
    };
    let in_row = |create: &Create| -> Vec<FieldId> {
        let fields = connects(create).map(|(field, _)| field);
        fields.filter(|field| !is_in_table(*field)).collect()
    };
    let mut found: Vec<&Create> = Vec::new();
    for Nested { field, write } in nested {
        match write {
            NestedWrite::Create(create)
                if *field == relation.field
                    && connects(create).count() == create.nested.len()
                    && is_known(create)
                    && found.first().is_none_or(|first| {
                        is_alike(first, create) && in_row(first) == in_row(create)
                    }) =>
            {
                found.push(create);
            }
            _ => break,
        }
    }
    found
}

/// The nodes that a new one is connected to.
fn connects(create: &Create) -> impl Iterator<Item = (FieldId, &Key)> {
    create
        .nested
        .iter()
        .filter_map(|nested| match &nested.write {
            NestedWrite::Connect(at) => Some((nested.field, at)),
            _ => None,
        })
}

/// Do new children of one field come in the order of their ids, wherever ids are compared?
fn is_in_order(nested: &[Nested]) -> bool {
    nested.windows(2).all(|pair| match pair {
        [
            Nested {
                field: one,
                write: NestedWrite::Create(first),
            },
            Nested {
                field: other,
                write: NestedWrite::Create(second),
            },
        ] if one == other => match (&first.id, &second.id) {
            // The database counts.
            (None, None) => true,
            (Some(Value::Text(first)), Some(Value::Text(second))) => {
                is_plain(first) && is_plain(second) && first < second
            }
            (Some(Value::Uuid(first)), Some(Value::Uuid(second))) => first < second,
            (Some(Value::Int(first)), Some(Value::Int(second))) => first < second,
            _ => false,
        },
        _ => true,
    })
}

/// Is a text the same in every collation?
fn is_plain(text: &str) -> bool {
    let mut bytes = text.bytes();
    bytes.all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
}
