//! Which columns take which values of a row: the columns' paths as a tree of keys.

use crate::ingest::target::Target;
use kinglet_datafile::PathStep;

/// What to do with a value of the document.
#[derive(Debug, Default)]
pub(super) struct Node {
    /// Members of interest, by key, when the value is an object.
    pub(super) members: Vec<(Vec<u8>, Node)>,
    /// Columns that take this very value.
    pub(super) columns: Vec<usize>,
    /// Columns that take what the remaining steps, which start with an index or `[:]`,
    /// find in this value.
    pub(super) tails: Vec<(usize, Vec<PathStep>)>,
}

impl Node {
    /// True when exactly one column takes the value and nobody looks inside.
    pub(super) fn only_column(&self) -> Option<usize> {
        match (self.columns.as_slice(), self.members.is_empty() && self.tails.is_empty()) {
            ([column], true) => Some(*column),
            _ => None,
        }
    }

    /// True when nobody takes the value itself.
    pub(super) fn only_members(&self) -> bool {
        self.columns.is_empty() && self.tails.is_empty()
    }

    /// The node of a member; `hint` is where it was the last time.
    pub(super) fn member(&self, key: &[u8], hint: &mut usize) -> Option<&Node> {
        if let Some((known, node)) = self.members.get(*hint)
            && known == key
        {
            *hint += 1;
            return Some(node);
        }
        let at = self.members.iter().position(|(known, _)| known == key)?;
        *hint = at + 1;
        self.members.get(at).map(|(_, node)| node)
    }
}

/// The tree of all paths.
#[derive(Debug)]
pub(super) struct Plan {
    /// What to do with the row's document.
    pub(super) root: Node,
    with_path: Vec<bool>,
}

impl Plan {
    pub(super) fn new(target: &Target) -> Plan {
        let mut root = Node::default();
        for (at, column) in target.columns.iter().enumerate() {
            if let Some(path) = &column.path {
                insert(&mut root, at, &path.steps);
            }
        }
        Plan { root, with_path: target.columns.iter().map(|c| c.path.is_some()).collect() }
    }

    /// True when the column has a path.
    pub(super) fn has_path(&self, column: usize) -> bool {
        self.with_path.get(column) == Some(&true)
    }
}

fn insert(root: &mut Node, column: usize, steps: &[PathStep]) {
    let mut node = root;
    let mut rest = steps;
    loop {
        match rest {
            // `$.a[:]` is the array at `$.a`: its column builder takes all elements.
            [] | [PathStep::All] => {
                node.columns.push(column);
                return;
            }
            [PathStep::Key(key), after @ ..] => {
                let key = key.as_bytes();
                let at = node.members.iter().position(|(known, _)| known == key);
                let at = at.unwrap_or_else(|| {
                    node.members.push((key.to_vec(), Node::default()));
                    node.members.len() - 1
                });
                let Some((_, child)) = node.members.get_mut(at) else {
                    return;
                };
                node = child;
                rest = after;
            }
            [PathStep::Index(_) | PathStep::All, ..] => {
                node.tails.push((column, rest.to_vec()));
                return;
            }
        }
    }
}
