//! Applies changes to the old version, which gives the new one: the proof that a report is
//! complete.
//!
//! In: two models and the changes between them. Out: documents as data. Refuses to know:
//! how the changes were found.

use serde_json::Value;

use super::ModelDiff;
use super::document::document;
use super::edit::{Action, Edit};
use super::references::References;
use super::tree::{Item, Node, Tree};
use crate::model::Model;

/// Everything that a model says and that is compared, as data.
pub fn model_data(model: &Model<'_>) -> Value {
    document(model, &References::of(model, &[])).value()
}

/// The old version with all changes applied, as data; `None` if a change has no place there.
pub fn applied(base: &Model<'_>, diff: &ModelDiff) -> Option<Value> {
    let renames = diff.certain_renames();
    let mut root = document(base, &References::of(base, &renames));
    let mut edits: Vec<&Edit> = diff
        .changes
        .iter()
        .flat_map(|change| &change.edits)
        .collect();
    edits.sort_by_key(|edit| edit.order);
    for edit in edits {
        apply(&mut root, edit)?;
    }
    Some(root.value())
}

fn apply(root: &mut Node, edit: &Edit) -> Option<()> {
    if matches!(edit.action, Action::Rename { .. }) {
        // References were spelled anew when the document was made.
        return Some(());
    }
    if let Action::Set { after, .. } = &edit.action {
        let node = find(root, &edit.path)?;
        node.tree = Tree::Leaf(after.clone());
        return Some(());
    }
    let (key, around) = edit.path.split_last()?;
    let items = items(find(root, around)?)?;
    match &edit.action {
        Action::Remove { .. } => {
            let place = place(items, key)?;
            items.remove(place);
        }
        Action::Add { value, follows } => {
            let node = Node {
                tree: Tree::Leaf(value.clone()),
                span: None,
            };
            let item = Item {
                key: key.clone(),
                strict: None,
                node,
            };
            insert(items, item, follows.as_deref())?;
        }
        Action::Move { follows } => {
            let place = place(items, key)?;
            let item = items.remove(place);
            insert(items, item, follows.as_deref())?;
        }
        Action::Set { .. } | Action::Rename { .. } => {}
    }
    Some(())
}

fn find<'n>(node: &'n mut Node, path: &[String]) -> Option<&'n mut Node> {
    let Some((key, rest)) = path.split_first() else {
        return Some(node);
    };
    let next = match &mut node.tree {
        Tree::Record(_, keys) => {
            let mut keys = keys.iter_mut();
            &mut keys.find(|(known, _)| known == key)?.1
        }
        Tree::List(items, _) | Tree::Map(items, _) => {
            let place = place(items, key)?;
            &mut items[place].node
        }
        Tree::Leaf(_) => return None,
    };
    find(next, rest)
}

fn items(node: &mut Node) -> Option<&mut Vec<Item>> {
    match &mut node.tree {
        Tree::List(items, _) | Tree::Map(items, _) => Some(items),
        _ => None,
    }
}

fn place(items: &[Item], key: &str) -> Option<usize> {
    items.iter().position(|item| item.key == key)
}

fn insert(items: &mut Vec<Item>, item: Item, follows: Option<&str>) -> Option<()> {
    let at = match follows {
        Some(key) => place(items, key)? + 1,
        None => 0,
    };
    items.insert(at, item);
    Some(())
}
