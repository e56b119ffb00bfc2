//! Operations with something left out, for those who look for the smallest that still fails.

use super::{
    Condition, Data, Key, Mutation, Nested, Operation, Page, Pages, Query, Selected, Where,
};

/// Every operation that lacks one thing of this one.
#[must_use]
pub fn smaller(operation: &Operation) -> Vec<Operation> {
    match operation {
        Operation::Query(query) => each(query.smaller(), Operation::Query),
        Operation::Mutation(mutation, selection) => {
            let mut all = each(mutation.smaller(), |mutation| {
                Operation::Mutation(mutation, selection.clone())
            });
            all.extend(each(some(selection), |selection| {
                Operation::Mutation(mutation.clone(), selection)
            }));
            all
        }
        Operation::Partition(model, filter) => each(filter.smaller(), |filter| {
            Operation::Partition(*model, filter)
        }),
        Operation::Pages(pages) => each(pages.filter.smaller(), |filter| {
            Operation::Pages(Pages {
                filter,
                ..pages.clone()
            })
        }),
    }
}

/// A thing that can lack something.
trait Smaller: Clone {
    fn smaller(&self) -> Vec<Self>;
}

fn each<T, U>(all: Vec<T>, wrap: impl FnMut(T) -> U) -> Vec<U> {
    all.into_iter().map(wrap).collect()
}

/// Lists that lack something, but not everything.
fn some<T: Smaller>(all: &Vec<T>) -> Vec<Vec<T>> {
    all.smaller()
        .into_iter()
        .filter(|all| !all.is_empty())
        .collect()
}

/// Lacks an element, or something of an element.
impl<T: Smaller> Smaller for Vec<T> {
    fn smaller(&self) -> Vec<Self> {
        let without = |index: usize| {
            let mut rest = self.clone();
            rest.remove(index);
            rest
        };
        let mut all: Vec<Self> = (0..self.len()).map(without).collect();
        for (index, element) in self.iter().enumerate() {
            all.extend(each(element.smaller(), |element| {
                let mut with = self.clone();
                with[index] = element;
                with
            }));
        }
        all
    }
}

impl<T: Smaller> Smaller for Option<T> {
    fn smaller(&self) -> Vec<Self> {
        match self {
            None => Vec::new(),
            Some(value) => {
                let mut all = vec![None];
                all.extend(each(value.smaller(), Some));
                all
            }
        }
    }
}

impl Smaller for Where {
    fn smaller(&self) -> Vec<Self> {
        each(self.0.smaller(), Where)
    }
}

impl Smaller for Condition {
    fn smaller(&self) -> Vec<Self> {
        match self {
            Condition::And(parts) => each(parts.smaller(), Condition::And),
            Condition::Or(parts) => each(parts.smaller(), Condition::Or),
            Condition::Not(parts) => each(parts.smaller(), Condition::Not),
            Condition::Related(field, quantifier, Some(filter)) => {
                each(filter.smaller(), |filter| {
                    Condition::Related(*field, *quantifier, Some(filter))
                })
            }
            Condition::Scalar(..) | Condition::Related(_, _, None) => Vec::new(),
        }
    }
}

impl Smaller for Selected {
    fn smaller(&self) -> Vec<Self> {
        match self {
            Selected::Scalar(_) => Vec::new(),
            Selected::One(field, selection) => each(some(selection), |selection| {
                Selected::One(*field, selection)
            }),
            Selected::Many(field, page, selection) => {
                let mut all = each(page.smaller(), |page| {
                    Selected::Many(*field, page, selection.clone())
                });
                all.extend(each(some(selection), |selection| {
                    Selected::Many(*field, page.clone(), selection)
                }));
                all
            }
        }
    }
}

impl Smaller for Page {
    fn smaller(&self) -> Vec<Self> {
        let mut all = each(self.filter.smaller(), |filter| Page {
            filter,
            ..self.clone()
        });
        let mut without = |is_there: bool, clear: fn(&mut Page)| {
            let mut page = self.clone();
            clear(&mut page);
            all.extend(is_there.then_some(page));
        };
        without(self.order.is_some(), |page| page.order = None);
        without(self.skip.is_some(), |page| page.skip = None);
        without(self.after.is_some(), |page| page.after = None);
        without(self.before.is_some(), |page| page.before = None);
        without(self.first.is_some(), |page| page.first = None);
        without(self.last.is_some(), |page| page.last = None);
        all
    }
}

impl Smaller for Query {
    fn smaller(&self) -> Vec<Self> {
        match self {
            Query::One(model, key, selection) => each(some(selection), |selection| {
                Query::One(*model, key.clone(), selection)
            }),
            Query::Many(model, page, selection) => {
                let mut all = each(page.smaller(), |page| {
                    Query::Many(*model, page, selection.clone())
                });
                all.extend(each(some(selection), |selection| {
                    Query::Many(*model, page.clone(), selection)
                }));
                all
            }
            Query::Connection(model, page, selection) => {
                let mut all = each(page.smaller(), |page| {
                    Query::Connection(*model, page, selection.clone())
                });
                let selections = selection.iter().flat_map(some);
                all.extend(
                    selections
                        .map(|selection| Query::Connection(*model, page.clone(), Some(selection))),
                );
                all
            }
        }
    }
}

impl Smaller for Mutation {
    fn smaller(&self) -> Vec<Self> {
        match self {
            Mutation::Create(model, data) => {
                each(data.smaller(), |data| Mutation::Create(*model, data))
            }
            Mutation::Update(model, key, data) => each(data.smaller(), |data| {
                Mutation::Update(*model, key.clone(), data)
            }),
            Mutation::Upsert(model, key, create, update) => {
                let mut all = vec![
                    Mutation::Create(*model, create.clone()),
                    Mutation::Update(*model, key.clone(), update.clone()),
                ];
                all.extend(each((create.clone(), update.clone()).smaller(), |data| {
                    Mutation::Upsert(*model, key.clone(), data.0, data.1)
                }));
                all
            }
            Mutation::Delete(..) => Vec::new(),
            Mutation::UpdateMany(model, filter, data) => each(
                (filter.clone(), data.clone()).smaller(),
                |(filter, data)| Mutation::UpdateMany(*model, filter, data),
            ),
            Mutation::DeleteMany(model, filter) => each(filter.smaller(), |filter| {
                Mutation::DeleteMany(*model, filter)
            }),
        }
    }
}

impl Smaller for Data {
    fn smaller(&self) -> Vec<Self> {
        let mut all = each(self.relations.smaller(), |relations| Data {
            relations,
            ..self.clone()
        });
        for index in 0..self.scalars.len() {
            let mut data = self.clone();
            data.scalars.remove(index);
            all.push(data);
        }
        all
    }
}

/// Nested operations of one field.
impl Smaller for (usize, Vec<Nested>) {
    fn smaller(&self) -> Vec<Self> {
        each(self.1.smaller(), |nested| (self.0, nested))
    }
}

impl<T: Smaller, U: Smaller> Smaller for (T, U) {
    fn smaller(&self) -> Vec<Self> {
        let mut all = each(self.0.smaller(), |first| (first, self.1.clone()));
        all.extend(each(self.1.smaller(), |second| (self.0.clone(), second)));
        all
    }
}

/// A selector stays what it is.
impl Smaller for Key {
    fn smaller(&self) -> Vec<Self> {
        Vec::new()
    }
}

impl Smaller for Nested {
    fn smaller(&self) -> Vec<Self> {
        match self {
            Nested::Create(all) => each(some(all), Nested::Create),
            Nested::Update(all) => each(
                at(all, |(key, data)| {
                    each(data.smaller(), |data| (key.clone(), data))
                }),
                Nested::Update,
            ),
            Nested::Upsert(all) => each(
                at(all, |(key, create, update)| {
                    each(
                        (create.clone(), update.clone()).smaller(),
                        |(create, update)| (key.clone(), create, update),
                    )
                }),
                Nested::Upsert,
            ),
            Nested::Delete(all) => each(at(all, |_| Vec::new()), Nested::Delete),
            Nested::Connect(all) => each(some(all), Nested::Connect),
            Nested::Set(all) => each(all.smaller(), Nested::Set),
            Nested::Disconnect(all) => each(at(all, |_| Vec::new()), Nested::Disconnect),
            Nested::UpdateMany(all) => each(some(all), Nested::UpdateMany),
            Nested::DeleteMany(all) => each(some(all), Nested::DeleteMany),
        }
    }
}

/// Lists that lack an element, but not all, or something of an element. Selectors of `None` must stay.
fn at<T: Clone>(all: &[T], smaller: impl Fn(&T) -> Vec<T>) -> Vec<Vec<T>> {
    let mut lists = Vec::new();
    for (index, element) in all.iter().enumerate() {
        if all.len() > 1 {
            let mut rest = all.to_vec();
            rest.remove(index);
            lists.push(rest);
        }
        lists.extend(each(smaller(element), |element| {
            let mut with = all.to_vec();
            with[index] = element;
            with
        }));
    }
    lists
}
