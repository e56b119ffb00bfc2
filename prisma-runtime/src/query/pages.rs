//! Pages of a list, and the way from one to the next.

use std::{fmt, sync::Arc};

use crate::{
    answer,
    client::Client,
    error::Result,
    id::Cursor,
    model::Model,
    names::Names,
    operation::{Kind, Operation},
    page::ListArguments,
    query::count::{total, total_set},
    select::{Row, SelectionSet, list, one},
    transport::BoxFuture,
};

/// A page of records of `M`, of which `R` was read.
///
/// ```
/// # #[derive(prisma_runtime::Datamodel)] #[prisma(path = "doc.prisma")] struct Blog;
/// # fn main() {}
/// # async fn doc(db: Db) -> prisma_runtime::Result<()> {
/// let mut page = db.user().connection().order_by(|u| u.name.asc()).first(50).await?;
/// loop {
///     for user in page.nodes() {
///         println!("{}", user.name);
///     }
///     match page.next().await? {
///         Some(next) => page = next,
///         None => break,
///     }
/// }
/// # Ok(())
/// # }
/// ```
pub struct Connection<M, R> {
    /// The records, each with its place in the list.
    pub edges: Vec<Edge<M, R>>,
    /// What there is before and behind them.
    pub page_info: PageInfo<M>,
    /// How many records match, on all pages together; `None` unless asked for by `.with_count()`.
    pub count: Option<u64>,
    pages: Pages<R>,
}

/// A record, and its place in a list.
pub struct Edge<M, R> {
    /// What was read of it.
    pub node: R,
    /// Its place, for `after` and `before`.
    pub cursor: Cursor<M>,
}

/// What there is around a page.
pub struct PageInfo<M> {
    /// The place of the first record; `None` on an empty page.
    pub start_cursor: Option<Cursor<M>>,
    /// The place of the last record; `None` on an empty page.
    pub end_cursor: Option<Cursor<M>>,
    /// Whether more follows. As the API has it, always false unless the page was cut off by `first`.
    pub has_next_page: bool,
    /// Whether more comes before. As the API has it, always false unless the page was cut off by `last`.
    pub has_previous_page: bool,
}

impl<M: Model, R: Send + 'static> Connection<M, R> {
    pub(super) fn of(page: Page<R>, pages: Pages<R>) -> Self {
        let edge = |(cursor, node): (String, R)| Edge {
            node,
            cursor: Cursor::new(cursor),
        };
        Self {
            edges: page.rows.into_iter().map(edge).collect(),
            page_info: PageInfo {
                start_cursor: page.ends.start.map(Cursor::new),
                end_cursor: page.ends.end.map(Cursor::new),
                has_next_page: page.ends.has_next,
                has_previous_page: page.ends.has_previous,
            },
            count: page.count,
            pages,
        }
    }

    /// The page that follows in the direction of paging, of the same size and with the same conditions, order and
    /// selection: behind this one, or before it if it was counted from the end by `last`. `None` if there is none.
    ///
    /// # Errors
    /// As for the first page.
    pub async fn next(&self) -> Result<Option<Self>> {
        let info = &self.page_info;
        let ends = Ends {
            start: info.start_cursor.as_ref().map(Cursor::to_string),
            end: info.end_cursor.as_ref().map(Cursor::to_string),
            has_next: info.has_next_page,
            has_previous: info.has_previous_page,
        };
        match self.pages.following(&ends) {
            Some(pages) => {
                let page = pages.fetch().await?;
                Ok(Some(Self::of(page, pages)))
            }
            None => Ok(None),
        }
    }

    /// The records alone.
    pub fn nodes(&self) -> impl Iterator<Item = &R> {
        self.edges.iter().map(|edge| &edge.node)
    }

    /// The records alone.
    pub fn into_nodes(self) -> Vec<R> {
        self.edges.into_iter().map(|edge| edge.node).collect()
    }
}

impl<M, R: Clone> Clone for Connection<M, R> {
    fn clone(&self) -> Self {
        Self {
            edges: self.edges.clone(),
            page_info: self.page_info.clone(),
            count: self.count,
            pages: self.pages.clone(),
        }
    }
}

impl<M: Model, R: fmt::Debug> fmt::Debug for Connection<M, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connection")
            .field("edges", &self.edges)
            .field("page_info", &self.page_info)
            .field("count", &self.count)
            .finish_non_exhaustive()
    }
}

impl<M: Model, R: fmt::Debug> fmt::Debug for Edge<M, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Edge")
            .field("node", &self.node)
            .field("cursor", &self.cursor)
            .finish()
    }
}

impl<M, R: Clone> Clone for Edge<M, R> {
    fn clone(&self) -> Self {
        Self {
            node: self.node.clone(),
            cursor: self.cursor.clone(),
        }
    }
}

impl<M, R: PartialEq> PartialEq for Edge<M, R> {
    fn eq(&self, other: &Self) -> bool {
        self.node == other.node && self.cursor == other.cursor
    }
}

impl<M> Clone for PageInfo<M> {
    fn clone(&self) -> Self {
        Self {
            start_cursor: self.start_cursor.clone(),
            end_cursor: self.end_cursor.clone(),
            ..*self
        }
    }
}

impl<M: Model> fmt::Debug for PageInfo<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PageInfo")
            .field("start_cursor", &self.start_cursor)
            .field("end_cursor", &self.end_cursor)
            .field("has_next_page", &self.has_next_page)
            .field("has_previous_page", &self.has_previous_page)
            .finish()
    }
}

impl<M> PartialEq for PageInfo<M> {
    fn eq(&self, other: &Self) -> bool {
        self.start_cursor == other.start_cursor
            && self.end_cursor == other.end_cursor
            && self.has_next_page == other.has_next_page
            && self.has_previous_page == other.has_previous_page
    }
}

/// How a row of a page is read.
pub(super) type Take<R> = Arc<dyn Fn(&mut Row<'_>) -> Result<R> + Send + Sync>;

/// What pages of one list have in common, and the arguments of one of them.
pub(super) struct Pages<R> {
    client: Client,
    plan: PagePlan,
    take: Take<R>,
}

/// What does not depend on types.
#[derive(Clone)]
pub(super) struct PagePlan {
    pub(super) names: Names,
    pub(super) list: ListArguments,
    /// What is asked of each record.
    pub(super) set: SelectionSet,
    pub(super) counted: bool,
}

/// A page as it is read.
pub(super) struct Page<R> {
    /// Cursors and records.
    pub(super) rows: Vec<(String, R)>,
    pub(super) ends: Ends,
    count: Option<u64>,
}

impl<R> Page<R> {
    /// A list that has no pages.
    pub(super) fn whole(rows: Vec<R>) -> Self {
        Self {
            rows: rows.into_iter().map(|row| (String::new(), row)).collect(),
            ends: Ends::default(),
            count: None,
        }
    }
}

/// `pageInfo` of the API.
#[derive(Default)]
pub(super) struct Ends {
    start: Option<String>,
    end: Option<String>,
    has_next: bool,
    has_previous: bool,
}

impl PagePlan {
    pub(super) fn operation(&self) -> Operation {
        let connection = self.names.connection();
        let arguments = self.list.arguments(self.names);
        let set = connection_set(self.set.clone());
        let mut operation = Operation::new(Kind::Query, self.names, connection, arguments, set);
        if self.counted {
            // The count of a page is that of the page (api.md §3.7).
            let arguments = self.list.unpaged().arguments(self.names);
            operation.roots.nested(connection, arguments, total_set());
        }
        operation
    }
}

fn connection_set(node: SelectionSet) -> SelectionSet {
    let mut edge = SelectionSet::default();
    edge.leaf("cursor");
    edge.nested("node", Vec::new(), node);
    let mut info = SelectionSet::default();
    info.scalars("hasNextPage hasPreviousPage startCursor endCursor");
    let mut set = SelectionSet::default();
    set.nested("edges", Vec::new(), edge);
    set.nested("pageInfo", Vec::new(), info);
    set
}

impl<R> Pages<R> {
    pub(super) const fn new(client: Client, plan: PagePlan, take: Take<R>) -> Self {
        Self { client, plan, take }
    }

    /// Reads what [`PagePlan::operation`] asks for.
    pub(super) fn read(&self, roots: &mut Row<'_>) -> Result<Page<R>> {
        let (rows, ends) = roots.next(|row| {
            one(row, |connection| {
                let rows = connection.next(|edges| list(edges, |edge| self.edge(edge)))?;
                Ok((rows, connection.next(|info| one(info, ends))?))
            })
        })?;
        let count = if self.plan.counted {
            Some(roots.next(total)?)
        } else {
            None
        };
        Ok(Page { rows, ends, count })
    }

    fn edge(&self, edge: &mut Row<'_>) -> Result<(String, R)> {
        let cursor = edge.scalar()?;
        let node = edge.next(|node| one(node, |row| (self.take)(row)))?;
        Ok((cursor, node))
    }

    /// The page behind one with these ends, if there is more.
    pub(super) fn following(&self, ends: &Ends) -> Option<Self> {
        let more = if self.plan.list.is_backward() {
            ends.has_previous
        } else {
            ends.has_next
        };
        if !more {
            return None;
        }
        let mut next = self.clone();
        next.plan.list = self
            .plan
            .list
            .following(ends.start.as_deref(), ends.end.as_deref())?;
        Some(next)
    }
}

impl<R: Send + 'static> Pages<R> {
    /// Asks for the page.
    pub(super) fn fetch(&self) -> BoxFuture<'static, Result<Page<R>>> {
        let pages = self.clone();
        Box::pin(async move {
            let operation = pages.plan.operation();
            let bytes = pages.client.send(operation.request()).await?;
            answer::read(&bytes, &operation, |roots| pages.read(roots))
        })
    }
}

impl<R> Clone for Pages<R> {
    fn clone(&self) -> Self {
        Self {
            client: self.client.clone(),
            plan: self.plan.clone(),
            take: Arc::clone(&self.take),
        }
    }
}

fn ends(info: &mut Row<'_>) -> Result<Ends> {
    Ok(Ends {
        has_next: info.scalar()?,
        has_previous: info.scalar()?,
        start: info.scalar()?,
        end: info.scalar()?,
    })
}

impl<R> Pages<R> {
    /// How many records the list may have at most.
    pub(super) const fn limit(&self) -> Option<u32> {
        self.plan.list.first
    }

    /// The same page with another number of records.
    pub(super) fn of_size(mut self, size: u32) -> Self {
        self.plan.list.first = Some(size);
        self
    }
}
