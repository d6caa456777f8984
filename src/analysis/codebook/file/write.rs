//! Themes → `codebook.toml`, around what the researcher wrote.

use super::is_by_hand;
use toml_edit::{Document, DocumentMut, Formatted, Item, RawString, Table, TableLike, TomlError, Value};

/// Lines that begin so are the program's, and are written anew.
const OURS: &str = "#:";

const HEAD: &str = r##"# The codebook of this analysis: your edits to its themes. They are applied again on every
# `leitmotif themes … -o FOLDER --force`, with other options and with more interviews too, and by
# `leitmotif codebook FOLDER --apply`; `--check` says what they would do and changes nothing.
#
# Lines that begin with `#:` are the program's and are written anew. Everything else is yours: the
# program changes nothing of it and keeps edits that no longer match anything.
#
# What you can write below the heading of a theme:
#   name = "Fewer phone calls"               in place of its headline
#   description = "What it is about"
#   merge_into = "Q2.3"                      one theme with another of the same question
#   hide = true                              counted, but not printed
#   pin = ["study/participant#3.1"]          passages to quote first
#   split = [{ name = "At night", units = ["study/participant#3.1"] }]     parts with their passages
#   divide = [{ id = "N2", name = "At night", units = ["study/participant#3.1"] }]   themes of their own
#   memo = "Ask the wards again in March."   a note of yours
#
# And anywhere below, to put a passage into another theme of the same question, or into none:
#   [[move]]
#   unit = "study/participant#3.1"
#   to = "Q2.3"                              or "unclustered"
#
# Themes of your own (`[[new]]`), several themes of a passage (`[[also]]`, `[[not]]`), notes on passages
# (`[[memo]]`), recurring themes and categories: see docs/edits.md.
#
# The ids of passages stand in the column `unit` of `leitmotif export FOLDER --to csv`.
"##;

/// A theme as the file tells it.
#[derive(Clone, Debug, PartialEq)]
pub struct Described {
    /// Its id.
    pub id: String,
    /// Facts, a line each.
    pub lines: Vec<String>,
}

/// The file with every theme: written anew from `before`, in which all of the researcher's stays,
/// in its order. Themes in `before` that are not among `themes` are kept where they hold edits or
/// comments, with a line that says so.
///
/// # Errors
/// When `before` is no TOML.
pub fn rewritten(before: Option<&str>, themes: &[Described]) -> Result<String, TomlError> {
    let windows = before.is_some_and(|text| text.contains("\r\n"));
    let before = before.map(|text| text.replace("\r\n", "\n")).unwrap_or_default();
    let mut document = Document::parse(before)?.into_mut();
    if document.as_table().is_empty() {
        document = fresh(document.trailing().as_str().unwrap_or_default())?;
    }
    let root = document.as_table_mut();
    if root.get("theme").is_none() {
        let mut parent = Table::new();
        parent.set_implicit(true);
        root.insert("theme", Item::Table(parent));
    }
    if let Some(parent) = root.get_mut("theme").and_then(Item::as_table_mut) {
        describe_known(parent, themes);
        for theme in themes {
            if !parent.contains_key(&theme.id) {
                let mut table = Table::new();
                table.decor_mut().set_prefix(prefix("\n", &theme.lines));
                parent.insert(&theme.id, Item::Table(table));
            }
        }
    }
    let text = document.to_string();
    Ok(if windows { text.replace('\n', "\r\n") } else { text })
}

/// The file with passages called as `now` tells; nothing else of it changes.
///
/// # Errors
/// When it is no TOML.
pub(in crate::analysis::codebook) fn with_passages(
    text: &str,
    now: &dyn Fn(&str) -> String,
) -> Result<String, TomlError> {
    let windows = text.contains("\r\n");
    let mut document = Document::parse(text.replace("\r\n", "\n"))?.into_mut();
    rename_in(document.as_table_mut(), now);
    let text = document.to_string();
    Ok(if windows { text.replace('\n', "\r\n") } else { text })
}

/// Keys whose values are passages.
const OF_PASSAGES: [&str; 3] = ["unit", "units", "pin"];

fn rename_in(table: &mut dyn TableLike, now: &dyn Fn(&str) -> String) {
    for (key, item) in table.iter_mut() {
        let is_of_passages = OF_PASSAGES.contains(&key.get());
        match item {
            Item::Value(value) => rename_value(value, is_of_passages, now),
            Item::Table(table) => rename_in(table, now),
            Item::ArrayOfTables(tables) => tables.iter_mut().for_each(|table| rename_in(table, now)),
            Item::None => {}
        }
    }
}

fn rename_value(value: &mut Value, is_of_passages: bool, now: &dyn Fn(&str) -> String) {
    match value {
        Value::String(id) if is_of_passages => {
            let name = now(id.value());
            if name != *id.value() {
                let decor = id.decor().clone();
                *id = Formatted::new(name);
                *id.decor_mut() = decor;
            }
        }
        Value::Array(values) => values.iter_mut().for_each(|value| rename_value(value, is_of_passages, now)),
        Value::InlineTable(table) => rename_in(table, now),
        _ => {}
    }
}

/// A file without themes; what was there stays on top.
fn fresh(above: &str) -> Result<DocumentMut, TomlError> {
    let gap = if above.is_empty() || above.ends_with("\n\n") { "" } else { "\n" };
    format!("{above}{gap}{HEAD}\nversion = 1\n").parse()
}

/// Brings the program's lines above each heading up to date.
fn describe_known(parent: &mut Table, themes: &[Described]) {
    parent.retain(|id, item| {
        let known = themes.iter().any(|theme| theme.id == id);
        known || item.as_table().is_none_or(|table| !table.is_empty() || has_comments(table))
    });
    for (id, item) in parent.iter_mut() {
        let Some(table) = item.as_table_mut() else { continue };
        let own = own_lines(table);
        let lines = match themes.iter().find(|theme| theme.id == id.get()) {
            Some(theme) => theme.lines.clone(),
            // A theme made by hand: the file itself says what it is.
            None if is_by_hand(id.get()) => Vec::new(),
            None => vec!["Not found in this run: what stands below waits until it is found again.".into()],
        };
        table.decor_mut().set_prefix(prefix(&own, &lines));
    }
}

/// What stands above a table's heading, without the program's lines.
fn own_lines(table: &Table) -> String {
    let above = table.decor().prefix().and_then(RawString::as_str).unwrap_or_default();
    above.split_inclusive('\n').filter(|line| !line.trim_start().starts_with(OURS)).collect()
}

fn has_comments(table: &Table) -> bool {
    own_lines(table).contains('#')
}

fn prefix(own: &str, lines: &[String]) -> String {
    let ours: String = lines.iter().map(|line| format!("{OURS} {}\n", one_line(line))).collect();
    format!("{own}{ours}")
}

/// What people said may hold anything; a comment of TOML is one line without control characters.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace(char::is_control, "\u{fffd}")
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use proptest::prelude::*;

    use super::super::Codebook;
    use super::*;

    fn theme(id: &str, fact: &str) -> Described {
        Described { id: id.into(), lines: vec![fact.into()] }
    }

    #[test]
    fn a_new_file_has_every_theme_and_no_edit() {
        let text = rewritten(None, &[theme("Q1.1", "calls"), theme("Q1.2", "a\nb\u{1}")]).unwrap();
        assert!(text.contains("#: calls\n[theme.\"Q1.1\"]\n") && text.contains("#: a b\u{fffd}\n[theme.\"Q1.2\"]\n"));
        assert_eq!(Codebook::parse(text.as_bytes(), Path::new("x")).unwrap().edits, []);
        assert_eq!(rewritten(Some(&text), &[theme("Q1.1", "calls"), theme("Q1.2", "a\nb\u{1}")]).unwrap(), text);
    }

    #[test]
    fn comments_order_and_edits_stay_and_facts_are_renewed() {
        let before = "# mine, on top\nversion = 1\n\n# about the second\n#: old fact\n[theme.\"Q1.2\"] # here\nname  =  'Two' # \
                      why\n\n#: gone, empty\n[theme.\"Q1.7\"]\n\n#: gone\n[theme.\"Q1.8\"]\nhide = true\n\n#: old\n[theme.\"Q1.1\"]\n\n\
                      [[move]]\nunit = \"a\"\nto = \"Q1.1\"\n# last words\n";
        let text =
            rewritten(Some(before), &[theme("Q1.1", "one"), theme("Q1.2", "two"), theme("Q1.3", "three")]).unwrap();
        assert_eq!(
            text,
            "# mine, on top\nversion = 1\n\n# about the second\n#: two\n[theme.\"Q1.2\"] # here\nname  =  'Two' # why\n\n\
             #: Not found in this run: what stands below waits until it is found again.\n[theme.\"Q1.8\"]\nhide = true\n\n\
             #: one\n[theme.\"Q1.1\"]\n\n#: three\n[theme.\"Q1.3\"]\n\n[[move]]\nunit = \"a\"\nto = \"Q1.1\"\n# last words\n"
        );
    }

    #[test]
    fn passages_are_called_otherwise_where_they_are_named_and_nowhere_else() {
        let before = "# a/b#1 here\r\n[theme.\"Q1.1\"]\r\nname = 'a/b#1'\r\npin = [ 'a/b#1' , \"a/b#2\", ] # why\r\n\
                      split = [{ name = \"a/b#1\", units = [\"a/b#1\"] }]\r\n[[move]]\r\nunit  =  \"a/b#1\" # first\r\n\
                      to = \"a/b#1\"\r\n[[memo]]\r\nunit = \"a/b#12\"\r\ntext = \"a/b#1\"\r\n";
        let now = |id: &str| if id == "a/b#1" { "a/b#3".to_owned() } else { id.to_owned() };
        let after = before
            .replace("pin = [ 'a/b#1' ,", "pin = [ \"a/b#3\" ,")
            .replace("units = [\"a/b#1\"]", "units = [\"a/b#3\"]")
            .replace("unit  =  \"a/b#1\" #", "unit  =  \"a/b#3\" #");
        assert_eq!(with_passages(before, &now).unwrap(), after);
        assert_eq!(with_passages(before, &|id| id.to_owned()).unwrap(), before);
    }

    #[test]
    fn a_file_of_comments_keeps_them_on_top_and_line_ends_stay() {
        let text = rewritten(Some("# mine\r\n"), &[theme("T1", "x")]).unwrap();
        assert!(text.starts_with("# mine\r\n\r\n# The codebook"), "{text}");
        assert!(text.ends_with("#: x\r\n[theme.T1]\r\n"), "{text}");
    }

    proptest! {
        /// Whatever people say, the file can be read again.
        #[test]
        fn what_is_written_can_be_read(id in "[QT][0-9]{1,2}(\\.[0-9]{1,2})?", fact in "\\PC*|[\\x00-\\x20]*") {
            let text = rewritten(None, &[theme(&id, &fact)]).unwrap();
            prop_assert_eq!(Codebook::parse(text.as_bytes(), Path::new("x")).unwrap().edits, []);
            prop_assert_eq!(rewritten(Some(&text), &[theme(&id, &fact)]).unwrap(), text);
        }
    }
}
