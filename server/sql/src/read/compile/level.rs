//! How the statements of a plan's nodes belong together: each on its own, or as levels of one.

use prisma_connector::{ConnectorError, Find};
use prisma_datamodel::FieldType;
use sea_query::{Expr, SelectStatement};

use crate::dialect::Strategy;
use crate::link::Hop;
use crate::read::builder::{Builder, Parents};
use crate::read::page::ShortPage;
use crate::read::query::Param;
use crate::read::shape::Source;
use crate::read::tree::{self, Level};

/// The columns that the statement of one node answers.
#[derive(Clone, Debug)]
pub(super) struct Columns {
    level: usize,
    pub(super) names: Vec<String>,
    pub(super) types: Vec<FieldType>,
}

/// A relation, and where the keys of its parents are: the level above and the column there.
#[derive(Clone, Copy, Debug)]
pub(super) struct Above<'a> {
    pub(super) hop: Hop<'a>,
    pub(super) keys: Keys,
}

/// A column of a level.
#[derive(Clone, Copy, Debug)]
pub(super) struct Keys {
    pub(super) level: usize,
    pub(super) column: usize,
}

impl Columns {
    /// The position of a column, which is added if it is new.
    pub(super) fn position(&mut self, column: &str, ty: FieldType) -> usize {
        let known = self.names.iter().position(|known| known == column);
        known.unwrap_or_else(|| {
            self.names.push(column.to_owned());
            self.types.push(ty);
            self.names.len() - 1
        })
    }

    /// The column at a position, for the statements below.
    pub(super) fn keys(&self, column: usize) -> Keys {
        Keys {
            level: self.level,
            column,
        }
    }
}

impl Builder<'_> {
    /// Starts a level. Parents start before their children.
    pub(super) fn open_level(&mut self) -> Columns {
        self.levels.push(None);
        Columns {
            level: self.levels.len() - 1,
            names: Vec::new(),
            types: Vec::new(),
        }
    }

    /// Whose children a statement finds.
    pub(super) fn parents(&self, keys: Keys) -> Parents {
        match self.namespace.strategy {
            Strategy::Loop => Parents::One(Param::Parent.expr()),
            Strategy::Levels => Parents::All(Param::Parent.expr()),
            Strategy::Tree => Parents::All(tree::keys(keys.level, keys.column)),
        }
    }

    /// Lets a statement answer expressions, under names where other statements refer to them.
    pub(super) fn answer(&self, statement: &mut SelectStatement, expressions: Vec<Expr>) {
        if self.is_tree() {
            for (position, expression) in expressions.into_iter().enumerate() {
                statement.expr_as(expression, tree::column(position));
            }
        } else {
            statement.exprs(expressions);
        }
    }

    /// Ends the statement of a child.
    pub(super) fn child_source(
        &mut self,
        statement: SelectStatement,
        columns: Columns,
    ) -> Result<Source, ConnectorError> {
        if !self.is_tree() {
            return Ok(Source::Own(self.finish(&statement)?));
        }
        let level = columns.level;
        self.close_level(statement, columns);
        Ok(Source::Level(level))
    }

    /// Limits the statement of a root to its page and ends it.
    pub(super) fn page_source(
        &mut self,
        mut statement: SelectStatement,
        columns: Columns,
        find: &Find,
        one_more: bool,
    ) -> Result<Source, ConnectorError> {
        let short = self.short_page(&statement, find, one_more)?;
        self.limit(&mut statement, &find.page, one_more)?;
        let Some(ShortPage {
            statement: short,
            count,
        }) = short
        else {
            return self.root_source(statement, columns);
        };
        let levels = self.levels.clone();
        let short = self.root_source(short, columns.clone())?;
        self.levels = levels;
        let any = self.root_source(statement, columns)?;
        Ok(any.shortened(count, short))
    }

    /// Ends the statement of a root, after those of everything below.
    pub(super) fn root_source(
        &mut self,
        statement: SelectStatement,
        columns: Columns,
    ) -> Result<Source, ConnectorError> {
        let is_tree = self.is_tree();
        self.close_level(statement, columns);
        let mut levels: Vec<Level> = std::mem::take(&mut self.levels)
            .into_iter()
            .flatten()
            .collect();
        if is_tree {
            let (statement, places) = tree::statement(levels);
            return Ok(Source::Tree(self.finish(&statement)?, places));
        }
        levels.truncate(1);
        let root = levels.pop().ok_or(NO_LEVEL)?;
        Ok(Source::Own(self.finish(&root.select)?))
    }

    fn close_level(&mut self, select: SelectStatement, columns: Columns) {
        let layout = self.namespace.dialect.layout;
        let types = columns.types.into_iter();
        let types = types.map(|ty| layout.column_type(ty).unwrap_or_default());
        if let Some(level) = self.levels.get_mut(columns.level) {
            *level = Some(Level {
                select,
                types: types.collect(),
            });
        }
    }

    /// Is there more than the root, and all of it one statement?
    fn is_tree(&self) -> bool {
        self.namespace.strategy == Strategy::Tree && self.levels.len() > 1
    }
}

const NO_LEVEL: ConnectorError = ConnectorError::Plan("a statement belongs to no level");
