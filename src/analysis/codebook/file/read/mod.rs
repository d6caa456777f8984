//! `codebook.toml` → edits.
//!
//! Here are the file as a whole and the tables of themes; in `tables` those of passages, recurring themes and
//! categories; in `contradictions` what two edits cannot both ask for.

mod contradictions;
mod tables;

use std::ops::Range;
use std::path::Path;

use toml_edit::{Document, Item, Key, TableLike, Value};

use super::{Action, Codebook, CodebookError, Edit};

/// The version of the file's format.
const VERSION: i64 = 1;
const THEME_KEYS: &str =
    "`name`, `description`, `memo`, `merge_into`, `hide`, `pin`, `split` and `divide` are allowed in a theme";
const TOP_KEYS: &str = "`version`, `[theme.\"ID\"]`, `[[move]]`, `[[new]]`, `[[also]]`, `[[not]]`, `[[memo]]`, \
                        `[recurring.\"ID\"]` and `[category.\"NAME\"]` are allowed";
const DIVIDE_KEYS: &str = "write `divide = [{ id = \"N1\", name = \"THEME\", units = [\"PASSAGE\", …] }, …]`";
const SPLIT_KEYS: &str = "write `split = [{ name = \"PART\", units = [\"PASSAGE\", …] }, …]`";

/// The text with its path, for messages.
struct Reader<'t> {
    text: &'t str,
    path: &'t Path,
    edits: Vec<Edit>,
}

pub(super) fn parse(bytes: &[u8], path: &Path) -> Result<Codebook, CodebookError> {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let before = String::from_utf8_lossy(&bytes[..error.valid_up_to()]).into_owned();
            let reader = Reader { text: &before, path, edits: Vec::new() };
            return Err(reader.error(before.len(), "not UTF-8".into(), "save the file as UTF-8"));
        }
    };
    let mut reader = Reader { text, path, edits: Vec::new() };
    let document = Document::parse(text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        let message = error.message().lines().collect::<Vec<_>>().join(", ");
        if message.starts_with("duplicate key") {
            return reader.twice(at);
        }
        reader.error(at, message, "the file is TOML 1.0: names and ids stand in straight double quotes")
    })?;
    reader.top(document.as_table())?;
    reader.edits.sort_by_key(|edit| edit.line);
    contradictions::check(&reader.edits)
        .map_err(|found| reader.contradiction(found.line, found.message, found.hint))?;
    Ok(Codebook { edits: reader.edits })
}

type Checked<T> = Result<T, CodebookError>;
/// Tables, each with its place in the text.
type Placed<'i> = Vec<(Option<Range<usize>>, &'i dyn TableLike)>;

impl Reader<'_> {
    fn error(&self, at: usize, message: String, hint: &str) -> CodebookError {
        let (line, column) = place(self.text, at);
        CodebookError { path: self.path.into(), line, column, message, hint: hint.into() }
    }

    /// The error of a table or a key that stands in the file already; `at`: where it stands again.
    fn twice(&self, at: usize) -> CodebookError {
        let start = self.text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |end| end + 1);
        let (before, rest) = self.text.split_at(start);
        let line = rest.lines().next().unwrap_or_default();
        let (own, first) = match header(line) {
            Some(own) => (own, before.lines().position(|line| header(line) == Some(own))),
            None => {
                let lines: Vec<&str> = before.lines().collect();
                let table =
                    lines.iter().rposition(|line| line.trim_start().starts_with('[')).map_or(0, |above| above + 1);
                let own = key_of(line).unwrap_or_default();
                let first = lines[table..].iter().position(|line| key_of(line) == Some(own));
                (own, first.map(|first| table + first))
            }
        };
        let message = match first {
            Some(first) => format!("duplicate key: `{own}` stands in line {} already", first + 1),
            None => "duplicate key: it stands in the file already".into(),
        };
        self.error(at, message, "write each table once, with all its keys below it, and each key once in its table")
    }

    fn wrong<T>(&self, span: Option<Range<usize>>, message: String, hint: &str) -> Checked<T> {
        Err(self.error(span.map_or(0, |span| span.start), message, hint))
    }

    fn edit(&mut self, span: Option<Range<usize>>, action: Action) {
        let (line, _) = place(self.text, span.map_or(0, |span| span.start));
        self.edits.push(Edit { line, action });
    }

    fn top(&mut self, document: &dyn TableLike) -> Checked<()> {
        for (key, item) in entries(document) {
            match key.get() {
                "version" if item.as_integer() == Some(VERSION) => {}
                "version" => {
                    return self.wrong(
                        item.span(),
                        format!("`version` is not {VERSION}"),
                        "this program reads version 1; a newer leitmotif may read others",
                    );
                }
                "theme" => {
                    let Some(themes) = item.as_table_like() else {
                        return self.wrong(key.span(), "`theme` is no table".into(), "write `[theme.\"Q1.1\"]`");
                    };
                    for (id, theme) in entries(themes) {
                        self.theme(id, theme)?;
                    }
                }
                "move" | "new" | "also" | "not" | "memo" => self.lists(key, item)?,
                "recurring" => self.tables(key, item, "R1", Self::recurring)?,
                "category" => self.tables(key, item, "Working hours", Self::category)?,
                other => return self.wrong(key.span(), format!("unknown key `{other}`"), TOP_KEYS),
            }
        }
        Ok(())
    }

    fn theme(&mut self, id: &Key, item: &Item) -> Checked<()> {
        let Some(table) = item.as_table_like() else {
            return self.wrong(id.span(), format!("`{}` is no table", id.get()), "write `[theme.\"Q1.1\"]`");
        };
        let theme = id.get().to_string();
        for (key, item) in entries(table) {
            let span = key.span();
            match key.get() {
                "name" => {
                    let name = self.text(key, item)?;
                    self.edit(span, Action::Name { theme: theme.clone(), name });
                }
                "description" => {
                    let description = self.text(key, item)?;
                    self.edit(span, Action::Describe { theme: theme.clone(), description });
                }
                "merge_into" => {
                    let into = self.text(key, item)?;
                    self.edit(span, Action::Merge { theme: theme.clone(), into });
                }
                "hide" => match item.as_bool() {
                    Some(true) => self.edit(span, Action::Hide { theme: theme.clone() }),
                    Some(false) => {}
                    None => return self.wrong(item.span(), "`hide` is true or false".into(), "write `hide = true`"),
                },
                "pin" => {
                    for (span, unit) in self.units(key, item)? {
                        self.edit(span, Action::Pin { theme: theme.clone(), unit });
                    }
                }
                "memo" => {
                    let text = self.text(key, item)?;
                    self.edit(span, Action::Memo { theme: theme.clone(), text });
                }
                "split" => self.split(&theme, key, item)?,
                "divide" => self.divide(&theme, key, item)?,
                other if item.is_table() => {
                    let message = format!("`{theme}.{other}` is not in quotes");
                    return self.wrong(span, message, &format!("write `[theme.\"{theme}.{other}\"]`"));
                }
                other => return self.wrong(span, format!("unknown key `{other}`"), THEME_KEYS),
            }
        }
        Ok(())
    }

    /// Text that is not blank.
    fn text(&self, key: &Key, item: &Item) -> Checked<String> {
        match item.as_str() {
            Some(text) if !text.trim().is_empty() => Ok(text.trim().to_string()),
            Some(_) => self.wrong(item.span(), format!("`{}` is empty", key.get()), "fill it in, or take the line out"),
            None => self.wrong(
                item.span().or(key.span()),
                format!("`{}` is no text", key.get()),
                &format!("write `{} = \"…\"`", key.get()),
            ),
        }
    }

    /// A list of passages, or of themes.
    fn units(&self, key: &Key, item: &Item) -> Checked<Vec<(Option<Range<usize>>, String)>> {
        let example = if key.get() == "themes" { "Q2.1" } else { "STUDY/PARTICIPANT#ANSWER" };
        let hint = format!("write `{} = [\"{example}\", …]`", key.get());
        let Some(list) = item.as_array() else {
            return self.wrong(item.span().or(key.span()), format!("`{}` is no list", key.get()), &hint);
        };
        list.iter()
            .map(|value| match value.as_str() {
                Some(unit) => Ok((value.span(), unit.to_string())),
                None => self.wrong(value.span(), format!("`{}` lists something else than text", key.get()), &hint),
            })
            .collect()
    }

    fn split(&mut self, theme: &str, key: &Key, item: &Item) -> Checked<()> {
        for (span, part) in self.parts(key, item, SPLIT_KEYS)? {
            let (mut name, mut units) = (None, None);
            for (key, item) in entries(part) {
                match key.get() {
                    "name" => name = Some(self.text(key, item)?),
                    "units" => units = Some(self.units(key, item)?),
                    other => return self.wrong(key.span(), format!("unknown key `{other}`"), SPLIT_KEYS),
                }
            }
            let (Some(name), Some(units)) = (name, units) else {
                return self.wrong(span, "a part lacks its `name` or its `units`".into(), SPLIT_KEYS);
            };
            let units = units.into_iter().map(|(_, unit)| unit).collect();
            self.edit(span, Action::Split { theme: theme.into(), name, units });
        }
        Ok(())
    }

    /// The tables of a list in a theme.
    fn parts<'i>(&self, key: &Key, item: &'i Item, hint: &str) -> Checked<Placed<'i>> {
        match item {
            Item::ArrayOfTables(parts) => Ok(parts.iter().map(|part| (part.span(), part as &dyn TableLike)).collect()),
            Item::Value(Value::Array(parts)) => {
                let parts = parts.iter().map(|part| part.as_inline_table().map(|t| (part.span(), t as &dyn TableLike)));
                match parts.collect::<Option<Vec<_>>>() {
                    Some(parts) => Ok(parts),
                    None => self.wrong(item.span(), "a part is no table".into(), hint),
                }
            }
            _ => self.wrong(item.span().or(key.span()), format!("`{}` is no list", key.get()), hint),
        }
    }

    fn divide(&mut self, theme: &str, key: &Key, item: &Item) -> Checked<()> {
        for (span, part) in self.parts(key, item, DIVIDE_KEYS)? {
            let (mut id, mut name, mut units) = (None, None, None);
            for (key, item) in entries(part) {
                match key.get() {
                    "id" => id = Some(self.own_id(key, item)?),
                    "name" => name = Some(self.text(key, item)?),
                    "units" => units = Some(self.some(key, item, 1)?),
                    other => return self.wrong(key.span(), format!("unknown key `{other}`"), DIVIDE_KEYS),
                }
            }
            let (Some(id), Some(name), Some(units)) = (id, name, units) else {
                return self.wrong(span, "a part lacks its `id`, its `name` or its `units`".into(), DIVIDE_KEYS);
            };
            self.edit(span, Action::Divide { theme: theme.into(), id, name, units });
        }
        Ok(())
    }

    /// The error of an edit that contradicts another.
    fn contradiction(&self, line: usize, message: String, hint: &str) -> CodebookError {
        CodebookError { path: self.path.into(), line, column: 1, message, hint: hint.into() }
    }
}

/// `[theme."Q1.1"]` of the line that begins a table; of lists of tables, which stand as often as one likes, none.
fn header(line: &str) -> Option<&str> {
    let line = line.trim();
    let end = line.rfind(']')?;
    (line.starts_with('[') && !line.starts_with("[[")).then(|| &line[..=end])
}

/// `name` of the line `name = "…"`.
fn key_of(line: &str) -> Option<&str> {
    line.split_once('=').map(|(key, _)| key.trim())
}

/// Keys with their items, in the order of the file.
fn entries(table: &dyn TableLike) -> Vec<(&Key, &Item)> {
    table.iter().filter_map(|(name, _)| table.get_key_value(name)).collect()
}

/// 1-based line and column, in characters, of a byte of the text.
fn place(text: &str, at: usize) -> (usize, usize) {
    let before = text.get(..at).unwrap_or(text);
    let start = before.rfind('\n').map_or(0, |end| end + 1);
    (before.matches('\n').count() + 1, before[start..].chars().count() + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> Result<Codebook, CodebookError> {
        parse(text.as_bytes(), Path::new("codebook.toml"))
    }

    type Told = (usize, &'static str, String, String);

    fn edit(line: usize, word: &'static str, target: &str, value: &str) -> Told {
        (line, word, target.to_string(), value.to_string())
    }

    /// Line, kind, target and value of each edit.
    fn told(text: &str) -> Vec<Told> {
        let edits = parsed(text).unwrap().edits;
        edits.iter().map(|e| (e.line, e.action.word(), e.action.target().into(), e.action.value().into())).collect()
    }

    #[test]
    fn every_edit_is_read_with_its_line() {
        let text = "version = 1\n[theme.\"Q1.1\"]\nname = \" Calls \"\ndescription = \"\"\"\nTwo\nlines\"\"\"\npin = [\n  \
                    \"a/b#1\",\n  \"a/c#2.1\"]\nsplit = [{ name = \"x\", units = [\"a/b#1\"] }]\n[theme.\"Q1.2\"]\n\
                    merge_into = \"Q1.1\"\nhide = true\n[[move]]\nunit = \"a/d#3\"\nto = \"unclustered\"\n";
        assert_eq!(
            told(text),
            [
                edit(3, "name", "Q1.1", "Calls"),
                edit(4, "description", "Q1.1", "Two\nlines"),
                edit(8, "pin", "Q1.1", "a/b#1"),
                edit(9, "pin", "Q1.1", "a/c#2.1"),
                edit(10, "split", "Q1.1", "x"),
                edit(12, "merge_into", "Q1.2", "Q1.1"),
                edit(13, "hide", "Q1.2", ""),
                edit(15, "move", "a/d#3", "unclustered"),
            ]
        );
        assert_eq!(parsed("# nothing yet\n").unwrap().edits, []);
    }

    #[test]
    fn themes_by_hand_and_groups_are_read_with_their_lines() {
        let text = "[[new]]\nid = \"N1\"\nquestion = \"Q2\"\nname = \"Mine\"\nunits = [\"a\", \"b\"]\n[[also]]\nunit = \
                    \"c\"\ntheme = \"N1\"\n[[not]]\nunit = \"d\"\ntheme = \"Q2.1\"\n[theme.\"Q2.1\"]\nmemo = \"Ask\"\ndivide = \
                    [{ id = \"N2\", name = \"x\", units = [\"e\"] }]\n[[memo]]\nunit = \"a\"\ntext = \"Look\"\n[recurring.R1]\n\
                    name = \"r\"\nmerge_into = \"R2\"\nhide = true\nthemes = [\"Q1.1\", \"Q2.1\"]\n[category.\"Hours\"]\n\
                    themes = [\"N1\", \"R1\"]\n";
        assert_eq!(
            told(text),
            [
                edit(2, "new", "N1", "Mine"),
                edit(7, "also", "c", "N1"),
                edit(10, "not", "d", "Q2.1"),
                edit(13, "memo", "Q2.1", "Ask"),
                edit(14, "divide", "Q2.1", "N2 x"),
                edit(16, "memo", "a", "Look"),
                edit(19, "name", "R1", "r"),
                edit(20, "merge_into", "R1", "R2"),
                edit(21, "hide", "R1", ""),
                edit(22, "themes", "R1", "Q1.1, Q2.1"),
                edit(23, "category", "Hours", "N1, R1"),
            ]
        );
    }

    #[test]
    fn categories_with_names_of_their_own_are_two() {
        let names = ["a", "a a", "\u{e9}", "e"];
        let text: String = names.iter().map(|name| format!("category.\"{name}\".themes = [\"x\"]\n")).collect();
        assert_eq!(parsed(&text).unwrap().edits.len(), 4);
    }

    #[test]
    fn what_is_wrong_is_said_with_line_and_column() {
        let cases = [
            ("[theme.\"Q1.1\"]\nname = \"a\nhide = true\n", 2, 10, ""),
            ("[theme.\"Q1.1\"]\n  nmae = \"a\"\n", 2, 3, "unknown key `nmae`"),
            ("[theme.\"Q1.1\"]\nname = 3\n", 2, 8, "`name` is no text"),
            ("[theme.\"Q1.1\"]\nname = \"  \"\n", 2, 8, "`name` is empty"),
            ("[theme.\"Q1.1\"]\nhide = \"yes\"\n", 2, 8, "`hide` is true or false"),
            ("[theme.\"Q1.1\"]\npin = [\"a\",\n 3]\n", 3, 2, "something else than text"),
            ("[theme.\"Q1.1\"]\n[theme.\"Q1.1\"]\n", 2, 8, "`[theme.\"Q1.1\"]` stands in line 1 already"),
            (
                "[theme.a]\nname = \"a\"\n[theme.b]\nname = \"b\"\nhide = true\nname = \"c\"\n",
                6,
                1,
                "in line 4 already",
            ),
            ("theme.a.name = \"b\"\n[theme.a]\n", 2, 8, "stands in the file already"),
            ("[[move]]\nunit=\"a\"\nto=\"c\"\n[[move]]\nunit=\"a\"\nunit=\"b\"\n", 6, 1, "in line 5 already"),
            ("[theme.Q1.1]\nname = \"a\"\n", 1, 11, "`Q1.1` is not in quotes"),
            ("[themes.\"Q1.1\"]\n", 1, 2, "unknown key `themes`"),
            ("version = 2\n", 1, 11, "`version` is not 1"),
            ("\n[[move]]\nunit = \"a\"\n", 2, 1, "lacks its `to`"),
            ("[theme.\"Q1.1\"]\nmerge_into = \"Q1.1\"\n", 2, 1, "merged into itself"),
            ("theme.\"a\".merge_into = \"b\"\ntheme.\"b\".merge_into = \"a\"\n", 1, 1, "merged into itself"),
            ("[[move]]\nunit=\"a\"\nto=\"b\"\n[[move]]\nunit=\"a\"\nto=\"c\"\n", 5, 1, "moved in line 2 already"),
            ("[theme.\"Q1.1\"]\nsplit = true\n", 2, 9, "`split` is no list"),
            ("[[new]]\nid = \"X1\"\nname = \"a\"\nquestion = \"Q1\"\nunits = [\"a\"]\n", 2, 6, "`X1` is no id"),
            ("[[new]]\nid = \"N1\"\nname = \"a\"\nquestion = \"Q1\"\n", 1, 1, "lacks its `units`"),
            ("[[new]]\nid = \"N1\"\nname = \"a\"\nquestion = \"Q1\"\nunits = []\n", 5, 9, "lists nothing"),
            (
                "[[new]]\nid=\"N1\"\nname=\"a\"\nquestion=\"Q1\"\nunits=[\"a\"]\n[[new]]\nid=\"N1\"\nname=\"b\"\n\
              question=\"Q1\"\nunits=[\"b\"]\n",
                7,
                1,
                "`N1` is taken in line 2",
            ),
            (
                "[[new]]\nid=\"N1\"\nname=\"a\"\nquestion=\"Q1\"\nunits=[\"a\"]\n[[new]]\nid=\"N2\"\nname=\"b\"\n\
              question=\"Q1\"\nunits=[\"a\"]\n",
                7,
                1,
                "`a` was put into N1 in line 2",
            ),
            ("[[move]]\nunit=\"a\"\nto=\"Q1.1\"\n[[not]]\nunit=\"a\"\ntheme=\"Q1.1\"\n", 5, 1, "says the contrary"),
            ("[[also]]\nunit=\"a\"\ntheme=\"Q1.1\"\n[[also]]\nunit=\"a\"\ntheme=\"Q1.1\"\n", 5, 1, "says the same"),
            ("[[memo]]\nunit=\"a\"\ntext=\"b\"\n[[memo]]\nunit=\"a\"\ntext=\"c\"\n", 5, 1, "has a note in line 2"),
            (
                "[theme.\"Q1.1\"]\nmerge_into = \"Q1.2\"\ndivide = [{ id = \"N1\", name = \"a\", units = [\"a\"] }]\n",
                3,
                1,
                "both merged and divided",
            ),
            ("[theme.\"Q1.1\"]\ndivide = [{ name = \"a\", units = [\"a\"] }]\n", 2, 11, "lacks its `id`"),
            ("recurring.R1.merge_into = \"R2\"\nrecurring.R2.merge_into = \"R1\"\n", 1, 1, "merged into itself"),
            ("[recurring.R1]\nthemes = [\"Q1.1\"]\n", 2, 10, "lists too few"),
            ("recurring.R1.themes = [\"a\", \"b\"]\nrecurring.R2.themes = [\"b\", \"c\"]\n", 2, 1, "b belongs to R1"),
            ("[category.\"a\"]\n", 1, 11, "lacks its `themes`"),
            ("[category.\"a\"]\nthemes = [\"Q1.1\"]\nname = \"x\"\n", 3, 1, "unknown key `name`"),
            (
                "category.\"a b\".themes = [\"x\"]\ncategory.\" A  b\".themes = [\"y\"]\n",
                2,
                1,
                "called `A  b` in line 1",
            ),
            (
                "category.\"\u{e9}\".themes = [\"x\"]\ncategory.\"e\u{301}\".themes = [\"y\"]\n",
                2,
                1,
                "in line 1 already",
            ),
            ("category = 3\n", 1, 1, "`category` is no table"),
            ("[new]\nid = \"N1\"\n", 1, 2, "`new` is no list of tables"),
        ];
        for (text, line, column, message) in cases {
            let error = parsed(text).unwrap_err();
            assert_eq!((error.line, error.column), (line, column), "{text}: {error}");
            assert!(error.message.contains(message) && !error.hint.is_empty(), "{text}: {error}");
            assert!(error.to_string().starts_with(&format!("codebook.toml:{line}:{column}: ")), "{error}");
        }
        let error = parse(b"version = 1\n# \xff\n", Path::new("codebook.toml")).unwrap_err();
        assert_eq!((error.line, error.column), (2, 3));
    }
}
