//! Messages by their ids, each with its parent's, as ChatGPT exports talks: `{"mapping": {"a": {"parent": …}}}`.
//!
//! In: the nodes, and the one that the talk stood at, if the record names it. Out: the messages of that branch, from the
//! first to the last. A message that was edited or answered anew begins another branch; those are left out, and counted.
//! It never looks at what is said.

use std::collections::{HashMap, HashSet};

use super::super::said::{Item, Value, first, label};

/// The field beside the nodes that names the last message of the branch in use.
pub(in super::super) const CURRENT: &str = "currentnode";
/// When a message was written.
const WRITTEN: &[&str] = &["createtime"];

/// A branch, and how many messages stand on others.
pub(super) struct Branch {
    pub(super) items: Vec<Item>,
    pub(super) left_out: usize,
}

/// Whether a record holds messages by their ids, each with its parent's.
pub(super) fn is_tree(nodes: &[(String, Value)]) -> bool {
    !nodes.is_empty() && nodes.iter().all(|(_, node)| field(node, "parent").is_some())
}

/// The branch that ends in the message `current`, or else in the newest one.
pub(super) fn branch(nodes: Vec<(String, Value)>, current: Option<&str>) -> Branch {
    let parent = |node: &Value| field(node, "parent").map(label).unwrap_or_default();
    let parents: Vec<String> = nodes.iter().map(|(_, node)| parent(node)).collect();
    let places: HashMap<&str, usize> = nodes.iter().enumerate().map(|(at, (id, _))| (id.as_str(), at)).collect();
    let named = current.and_then(|id| places.get(id).copied());
    let mut on_branch = vec![false; nodes.len()];
    let mut order = Vec::new();
    let mut next = named.or_else(|| newest(&nodes, &parents));
    while let Some(at) = next.filter(|&at| !std::mem::replace(&mut on_branch[at], true)) {
        order.push(at);
        next = places.get(parents[at].as_str()).copied();
    }
    let mut messages: Vec<Option<Value>> = nodes.into_iter().map(|(_, node)| Some(node)).collect();
    let values: Vec<Value> = order.into_iter().rev().filter_map(|at| messages[at].take()).collect();
    let left_out = messages.iter().flatten().filter(|node| is_said(node)).count();
    // The root has no message.
    let said = values.into_iter().filter(|node| message(node).is_some());
    Branch { items: said.map(|value| Item { line: 0, value }).collect(), left_out }
}

/// The message that was written last of those that nothing follows, or, where not all say when, the last one reached by
/// the last way at each fork.
fn newest(nodes: &[(String, Value)], parents: &[String]) -> Option<usize> {
    let inner: HashSet<&str> = parents.iter().map(String::as_str).collect();
    let leaves = || (0..nodes.len()).filter(|&at| !inner.contains(nodes[at].0.as_str()));
    let times: Option<Vec<(f64, usize)>> = leaves().map(|at| Some((written(&nodes[at].1)?, at))).collect();
    let by_time = times.and_then(|times| times.into_iter().max_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1))));
    // Where parents do not name their children, that way ends above the last messages.
    let last_way = || by_last_way(nodes, parents).filter(|&at| !inner.contains(nodes[at].0.as_str()));
    by_time.map(|(_, at)| at).or_else(last_way).or_else(|| leaves().next_back())
}

/// From the only root down, at each fork by the child that its parent names last.
fn by_last_way(nodes: &[(String, Value)], parents: &[String]) -> Option<usize> {
    let places: HashMap<&str, usize> = nodes.iter().enumerate().map(|(at, (id, _))| (id.as_str(), at)).collect();
    let mut roots = (0..nodes.len()).filter(|&at| !places.contains_key(parents[at].as_str()));
    let (Some(root), None) = (roots.next(), roots.next()) else { return None };
    let last_child = |at: usize| match field(&nodes[at].1, "children") {
        Some(Value::List(ids)) => ids.iter().rev().find_map(|id| places.get(label(&id.value).as_str()).copied()),
        _ => None,
    };
    let mut seen = vec![false; nodes.len()];
    seen[root] = true;
    let mut at = root;
    while let Some(next) = last_child(at).filter(|&next| !std::mem::replace(&mut seen[next], true)) {
        at = next;
    }
    Some(at)
}

fn field<'v>(node: &'v Value, name: &str) -> Option<&'v Value> {
    let Value::Record(fields) = node else { return None };
    fields.iter().rev().find(|(field, _)| super::super::said::is_called(field, name)).map(|(_, value)| value)
}

fn message(node: &Value) -> Option<&Value> {
    field(node, "message").filter(|message| **message != Value::Null)
}

/// Whether somebody wrote a message, and no program.
fn is_said(node: &Value) -> bool {
    let Some(Value::Record(fields)) = message(node) else { return message(node).is_some() };
    let author = first(fields, &["author", "role"], |author| Some(label(author))).unwrap_or_default();
    !["system", "tool"].contains(&author.as_str())
}

/// Seconds at which a node's message was written.
fn written(node: &Value) -> Option<f64> {
    let Value::Record(fields) = message(node)? else { return None };
    first(fields, WRITTEN, |value| match value {
        Value::Plain(number) | Value::Text(number) => number.trim().parse().ok().filter(|time: &f64| time.is_finite()),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Value {
        Value::Text(text.to_owned())
    }

    /// A node with what it says, the time it was written, and the children that it names.
    fn node(id: &str, parent: &str, time: Option<&str>, children: &[&str]) -> (String, Value) {
        let mut message = vec![("content".to_owned(), text(id))];
        message.extend(time.map(|time| ("create_time".to_owned(), Value::Plain(time.to_owned()))));
        let children = children.iter().map(|id| Item { line: 0, value: text(id) }).collect();
        let fields = vec![
            ("parent".to_owned(), text(parent)),
            ("message".to_owned(), Value::Record(message)),
            ("children".to_owned(), Value::List(children)),
        ];
        (id.to_owned(), Value::Record(fields))
    }

    fn ids(branch: &Branch) -> Vec<String> {
        branch.items.iter().map(|item| label(field(message(&item.value).unwrap(), "content").unwrap())).collect()
    }

    /// A question answered, and asked anew: `b` goes on to `c`, `x` does not go on.
    fn forked(times: [Option<&str>; 4]) -> Vec<(String, Value)> {
        let [a, b, c, x] = times;
        vec![node("a", "", a, &["x", "b"]), node("b", "a", b, &["c"]), node("c", "b", c, &[]), node("x", "a", x, &[])]
    }

    #[test]
    fn the_branch_in_use_is_read_and_others_are_counted() {
        let found = branch(forked([None; 4]), Some("x"));
        assert_eq!((ids(&found), found.left_out), (vec!["a".to_owned(), "x".to_owned()], 2));
        let found = branch(forked([None; 4]), Some("c"));
        assert_eq!((ids(&found).len(), found.left_out), (3, 1));
    }

    #[test]
    fn without_it_the_newest_message_ends_the_branch() {
        for times in [[Some("1"), Some("3"), Some("4"), Some("2")], [None; 4]] {
            assert_eq!(ids(&branch(forked(times), None)), ["a", "b", "c"], "{times:?}");
        }
        let found = branch(forked([Some("1"), Some("2"), Some("3"), Some("9")]), Some("gone"));
        assert_eq!(ids(&found), ["a", "x"]);
    }

    #[test]
    fn trees_may_be_circles() {
        let nodes =
            |links: &[(&str, &str)]| links.iter().map(|(id, parent)| node(id, parent, None, &[])).collect::<Vec<_>>();
        assert!(branch(nodes(&[("a", "b"), ("b", "a")]), None).items.is_empty());
        assert_eq!(branch(nodes(&[("a", "b"), ("b", "a"), ("c", "a")]), None).items.len(), 3);
        let looped = vec![node("a", "", None, &["b"]), node("b", "a", None, &["b", "a"])];
        assert_eq!(branch(looped, None).items.len(), 2);
    }
}
