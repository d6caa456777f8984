//! The tables beside those of themes: `[[move]]`, `[[new]]`, `[[also]]`, `[[not]]`, `[[memo]]`, `[recurring."R1"]` and
//! `[category."NAME"]`.
//!
//! In: a table with its place in the text. Out: its edits, or an error with line and column. Whether two edits
//! can both be is not decided here.

use std::collections::BTreeMap;

use toml_edit::{Item, Key, TableLike};

use super::super::{Action, NO_THEME, is_by_hand};
use super::{Checked, Reader, entries};

const MOVE_KEYS: &str = "a `[[move]]` has a `unit` and a `to`, and nothing else";
const NEW_KEYS: &str =
    "a `[[new]]` has an `id`, a `question`, a `name` and `units`, and may have a `description`; nothing else";
const ALSO_KEYS: &str = "an `[[also]]` and a `[[not]]` have a `unit` and a `theme`, and nothing else";
const MEMO_KEYS: &str = "a `[[memo]]` has a `unit` and a `text`, and nothing else";
const RECURRING_KEYS: &str = "`name`, `merge_into`, `hide` and `themes` are allowed in a recurring theme";
const CATEGORY_KEYS: &str = "a category has `themes` and may have a `description`; nothing else";

/// The keys of a table with what they hold.
type Fields<'i> = BTreeMap<&'i str, (&'i Key, &'i Item)>;

impl Reader<'_> {
    /// The fields of a table, all of `needed` and some of `allowed`.
    fn fields<'i>(
        &self,
        what: &str,
        span: Option<std::ops::Range<usize>>,
        table: &'i dyn TableLike,
        (needed, allowed): (&[&str], &[&str]),
        hint: &str,
    ) -> Checked<Fields<'i>> {
        let mut fields = Fields::new();
        for (key, item) in entries(table) {
            if !needed.contains(&key.get()) && !allowed.contains(&key.get()) {
                return self.wrong(key.span(), format!("unknown key `{}`", key.get()), hint);
            }
            fields.insert(key.get(), (key, item));
        }
        match needed.iter().find(|key| !fields.contains_key(*key)) {
            Some(missing) => self.wrong(span, format!("{what} lacks its `{missing}`"), hint),
            None => Ok(fields),
        }
    }

    /// The text of a field that is there.
    fn field(&self, fields: &Fields, key: &str) -> Checked<String> {
        match fields.get(key) {
            Some((key, item)) => self.text(key, item),
            None => Ok(String::new()),
        }
    }

    fn field_if_any(&self, fields: &Fields, key: &str) -> Checked<Option<String>> {
        fields.get(key).map(|(key, item)| self.text(key, item)).transpose()
    }

    /// The id of a theme made by hand.
    pub(super) fn own_id(&self, key: &Key, item: &Item) -> Checked<String> {
        let id = self.text(key, item)?;
        if is_by_hand(&id) {
            return Ok(id);
        }
        self.wrong(
            item.span(),
            format!("`{id}` is no id of a theme made by hand"),
            "it is N and a number of yours that no other theme has: `id = \"N1\"`",
        )
    }

    /// A list of at least `least`.
    pub(super) fn some(&self, key: &Key, item: &Item, least: usize) -> Checked<Vec<String>> {
        let list: Vec<String> = self.units(key, item)?.into_iter().map(|(_, one)| one).collect();
        if list.len() < least {
            let message = format!("`{}` lists {}", key.get(), if list.is_empty() { "nothing" } else { "too few" });
            let hint = if least == 1 { "name one at least, or take the edit out" } else { "name two at least" };
            return self.wrong(item.span(), message, hint);
        }
        Ok(list)
    }

    /// `[[move]]` and its like.
    pub(super) fn lists(&mut self, key: &Key, item: &Item) -> Checked<()> {
        let word = key.get();
        let Some(tables) = item.as_array_of_tables() else {
            let hint = format!("write `[[{word}]]`");
            return self.wrong(key.span(), format!("`{word}` is no list of tables"), &hint);
        };
        let (needed, allowed, hint): (&[&str], &[&str], &str) = match word {
            "move" => (&["unit", "to"], &[], MOVE_KEYS),
            "new" => (&["id", "question", "name", "units"], &["description"], NEW_KEYS),
            "memo" => (&["unit", "text"], &[], MEMO_KEYS),
            _ => (&["unit", "theme"], &[], ALSO_KEYS),
        };
        let what = format!("a `[[{word}]]`");
        for table in tables.iter() {
            let fields = self.fields(&what, table.span(), table, (needed, allowed), hint)?;
            let first = fields.get(needed[0]).and_then(|(key, _)| key.span());
            let action = match word {
                "new" => self.new_theme(&fields)?,
                "move" => {
                    let to = self.field(&fields, "to")?;
                    Action::Move { unit: self.field(&fields, "unit")?, to: (to != NO_THEME).then_some(to) }
                }
                "memo" => {
                    Action::PassageMemo { unit: self.field(&fields, "unit")?, text: self.field(&fields, "text")? }
                }
                "also" => Action::Also { unit: self.field(&fields, "unit")?, theme: self.field(&fields, "theme")? },
                _ => Action::Not { unit: self.field(&fields, "unit")?, theme: self.field(&fields, "theme")? },
            };
            self.edit(first, action);
        }
        Ok(())
    }

    fn new_theme(&self, fields: &Fields) -> Checked<Action> {
        let units = fields.get("units").map(|(key, item)| self.some(key, item, 1)).transpose()?;
        let id = fields.get("id").map(|(key, item)| self.own_id(key, item)).transpose()?;
        Ok(Action::New {
            id: id.unwrap_or_default(),
            question: self.field(fields, "question")?,
            name: self.field(fields, "name")?,
            description: self.field_if_any(fields, "description")?,
            units: units.unwrap_or_default(),
        })
    }

    /// `[recurring."R1"]` and `[category."NAME"]`: tables by their names.
    pub(super) fn tables(
        &mut self,
        key: &Key,
        item: &Item,
        example: &str,
        each: fn(&mut Self, &Key, &dyn TableLike) -> Checked<()>,
    ) -> Checked<()> {
        let word = key.get();
        let hint = format!("write `[{word}.\"{example}\"]`");
        let Some(tables) = item.as_table_like() else {
            return self.wrong(key.span(), format!("`{word}` is no table"), &hint);
        };
        for (name, item) in entries(tables) {
            match item.as_table_like() {
                Some(table) if !name.get().trim().is_empty() => each(self, name, table)?,
                Some(_) => return self.wrong(name.span(), format!("a {word} has no name"), &hint),
                None => return self.wrong(name.span(), format!("`{}` is no table", name.get()), &hint),
            }
        }
        Ok(())
    }

    pub(super) fn recurring(&mut self, id: &Key, table: &dyn TableLike) -> Checked<()> {
        for (key, item) in entries(table) {
            let recurring = id.get().to_owned();
            let action = match key.get() {
                "name" => Action::NameRecurring { recurring, name: self.text(key, item)? },
                "merge_into" => Action::MergeRecurring { recurring, into: self.text(key, item)? },
                "hide" => match item.as_bool() {
                    Some(true) => Action::HideRecurring { recurring },
                    Some(false) => continue,
                    None => return self.wrong(item.span(), "`hide` is true or false".into(), "write `hide = true`"),
                },
                "themes" => Action::JoinRecurring { recurring, themes: self.some(key, item, 2)? },
                other => return self.wrong(key.span(), format!("unknown key `{other}`"), RECURRING_KEYS),
            };
            self.edit(key.span(), action);
        }
        Ok(())
    }

    pub(super) fn category(&mut self, name: &Key, table: &dyn TableLike) -> Checked<()> {
        let what = format!("the category `{}`", name.get());
        let fields = self.fields(&what, name.span(), table, (&["themes"], &["description"]), CATEGORY_KEYS)?;
        let themes = fields.get("themes").map(|(key, item)| self.some(key, item, 1)).transpose()?;
        let action = Action::Category {
            name: name.get().trim().to_owned(),
            description: self.field_if_any(&fields, "description")?,
            themes: themes.unwrap_or_default(),
        };
        self.edit(name.span(), action);
        Ok(())
    }
}
