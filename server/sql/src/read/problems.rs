//! Places of an answer that could not be answered, while it is put together.

use prisma_connector::{PathSegment, Problem, ProblemKind, SelectionId};

use super::shape::{Child, Place};

/// The problems so far. Their paths are in reverse until the end: each level appends its own step.
#[derive(Debug, Default)]
pub(super) struct Problems(Vec<Problem>);

impl Problems {
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// Notes a problem at a place of the row's object.
    pub(super) fn note(&mut self, place: &Place, kind: ProblemKind) {
        let path = place.path.iter().rev().cloned().collect();
        self.push(path, place.selection, kind);
    }

    /// Notes a problem of a child itself; whoever asked for the child adds the way to it.
    pub(super) fn note_here(&mut self, child: &Child, kind: ProblemKind) {
        self.push(Vec::new(), child.place.selection, kind);
    }

    fn push(&mut self, path: Vec<PathSegment>, selection: SelectionId, kind: ProblemKind) {
        self.0.push(Problem {
            path,
            selection,
            kind,
        });
    }

    /// Puts a step before the paths of the problems noted since there were `known`.
    pub(super) fn step(&mut self, known: usize, step: &PathSegment) {
        for problem in self.0.iter_mut().skip(known) {
            problem.path.push(step.clone());
        }
    }

    /// All problems, their paths in order.
    pub(super) fn finish(mut self) -> Vec<Problem> {
        for problem in &mut self.0 {
            problem.path.reverse();
        }
        self.0
    }
}
