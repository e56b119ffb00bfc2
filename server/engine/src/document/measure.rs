//! How much a document asks for, before it is validated: one walk, through each fragment once. Behind it nothing is
//! endless: fragments do not spread themselves.

use std::collections::HashMap;

use apollo_compiler::{
    Node,
    ast::{Argument, Definition, DirectiveList, Document, Selection, Value},
    parser::SourceSpan,
};

use super::{RequestError, offset};
use crate::limits::{Limit, LimitExceeded, Limits, MOST_INTROSPECTION, MOST_NESTING};

/// Refuses a document that goes beyond a limit, or whose fragments go in circles.
pub(super) fn check(limits: &Limits, text: &str, document: &Document) -> Result<(), RequestError> {
    Measure::new(limits, text, document).document(document)
}

/// What selections come to with everything below them.
#[derive(Clone, Copy, Default)]
struct Extent {
    /// Levels of fields.
    depth: usize,
    /// Fields and fragments, those of fragments as often as these are spread.
    selections: usize,
}

struct Measure<'a> {
    limits: &'a Limits,
    text: &'a str,
    fragments: HashMap<&'a str, &'a [Selection]>,
    /// What fragments come to; `None` while one is being measured.
    measured: HashMap<&'a str, Option<Extent>>,
    aliases: usize,
    directives: usize,
    /// Fields of introspection.
    introspection: usize,
    /// Selection sets around the current one, fragments included.
    nesting: usize,
}

impl<'a> Measure<'a> {
    fn new(limits: &'a Limits, text: &'a str, document: &'a Document) -> Self {
        let fragments = document
            .definitions
            .iter()
            .filter_map(Definition::as_fragment_definition)
            .map(|fragment| (fragment.name.as_str(), &*fragment.selection_set));
        Self {
            limits,
            text,
            fragments: fragments.collect(),
            measured: HashMap::new(),
            aliases: 0,
            directives: 0,
            introspection: 0,
            nesting: 0,
        }
    }

    /// All operations are measured: the library validates them all.
    fn document(&mut self, document: &'a Document) -> Result<(), RequestError> {
        let mut all: usize = 0;
        for definition in &document.definitions {
            match definition {
                Definition::OperationDefinition(operation) => {
                    self.directives(&operation.directives)?;
                    for variable in &operation.variables {
                        self.directives(&variable.directives)?;
                        if let Some(default) = &variable.default_value {
                            self.value(default, 0)?;
                        }
                    }
                    let extent = self.set(&operation.selection_set)?;
                    all = extent.selections.saturating_add(all);
                    self.bound(Limit::Depth, extent.depth, operation.location())?;
                    self.bound(Limit::Selections, all, operation.location())?;
                }
                Definition::FragmentDefinition(fragment) => {
                    self.directives(&fragment.directives)?;
                    self.fragment(&fragment.name, fragment.location())?;
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn set(&mut self, selections: &'a [Selection]) -> Result<Extent, RequestError> {
        self.nesting += 1;
        let mut extent = Extent::default();
        for selection in selections {
            self.bound(Limit::Nesting, self.nesting, location(selection))?;
            let below = self.selection(selection)?;
            extent.depth = extent.depth.max(below.depth);
            extent.selections = extent
                .selections
                .saturating_add(1)
                .saturating_add(below.selections);
        }
        self.nesting -= 1;
        Ok(extent)
    }

    fn selection(&mut self, selection: &'a Selection) -> Result<Extent, RequestError> {
        match selection {
            Selection::Field(field) => {
                self.directives(&field.directives)?;
                self.aliases += usize::from(field.alias.is_some());
                self.bound(Limit::Aliases, self.aliases, field.location())?;
                self.arguments(&field.arguments)?;
                let below = self.set(&field.selection_set)?;
                if matches!(field.name.as_str(), "__schema" | "__type") {
                    self.introspection = below.selections.saturating_add(self.introspection);
                    self.bound(Limit::Introspection, self.introspection, field.location())?;
                }
                Ok(Extent {
                    depth: below.depth + 1,
                    ..below
                })
            }
            Selection::InlineFragment(fragment) => {
                self.directives(&fragment.directives)?;
                self.set(&fragment.selection_set)
            }
            Selection::FragmentSpread(spread) => {
                self.directives(&spread.directives)?;
                self.fragment(&spread.fragment_name, spread.location())
            }
        }
    }

    fn fragment(
        &mut self,
        name: &str,
        location: Option<SourceSpan>,
    ) -> Result<Extent, RequestError> {
        if let Some(measured) = self.measured.get(name) {
            return measured.ok_or_else(|| {
                let message = format!("Cannot spread fragment '{name}' within itself.");
                RequestError::at(self.text, message, &[offset(location)])
            });
        }
        let Some((&name, &selections)) = self.fragments.get_key_value(name) else {
            return Ok(Extent::default());
        };
        self.measured.insert(name, None);
        let extent = self.set(selections)?;
        self.measured.insert(name, Some(extent));
        Ok(extent)
    }

    fn directives(&mut self, directives: &'a DirectiveList) -> Result<(), RequestError> {
        for directive in &directives.0 {
            self.directives += 1;
            self.bound(Limit::Directives, self.directives, directive.location())?;
            self.arguments(&directive.arguments)?;
        }
        Ok(())
    }

    fn arguments(&self, arguments: &[Node<Argument>]) -> Result<(), RequestError> {
        arguments
            .iter()
            .try_for_each(|argument| self.value(&argument.value, 0))
    }

    /// A value within so many objects.
    fn value(&self, value: &Node<Value>, depth: usize) -> Result<(), RequestError> {
        match &**value {
            Value::List(elements) => elements
                .iter()
                .try_for_each(|element| self.value(element, depth)),
            Value::Object(members) => {
                self.bound(Limit::InputDepth, depth + 1, value.location())?;
                members
                    .iter()
                    .try_for_each(|(_, member)| self.value(member, depth + 1))
            }
            _ => Ok(()),
        }
    }

    fn bound(
        &self,
        limit: Limit,
        measured: usize,
        location: Option<SourceSpan>,
    ) -> Result<(), RequestError> {
        let most = match limit {
            Limit::Depth => self.limits.depth,
            Limit::Aliases => self.limits.aliases,
            Limit::Directives => self.limits.directives,
            Limit::Selections => self.limits.selections,
            Limit::InputDepth => self.limits.input_depth,
            Limit::Introspection => MOST_INTROSPECTION,
            _ => MOST_NESTING,
        };
        if measured <= most {
            return Ok(());
        }
        let exceeded = LimitExceeded::new(limit, most);
        let at = Some(offset(location));
        Err(RequestError::beyond(exceeded, self.text, at))
    }
}

fn location(selection: &Selection) -> Option<SourceSpan> {
    match selection {
        Selection::Field(field) => field.location(),
        Selection::FragmentSpread(spread) => spread.location(),
        Selection::InlineFragment(fragment) => fragment.location(),
    }
}
