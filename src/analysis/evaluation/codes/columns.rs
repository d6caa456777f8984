//! The columns of a table of codes: which hold ids, codes, words, and how codes are written in them.

use super::cells::{Said, Splitting};
use super::interviews::{Found, Interviews, Titled};
use super::titles::{
    ANSWER, CODE, CODED, CODER, DOCUMENT, EXCERPT, EXCERPT_OF_DOCUMENT, ID, NAME, PARTICIPANT, UNIT, WORDS, applied,
};
use super::*;

use crate::corpus::{CorpusError, Grid, STUDY, plain, quoted, some, words};
use crate::theme::numbers::{counted, verb};

/// What to write where a row contradicts itself.
const HOW_TO_WRITE: &str = "write the codes that it has, `!code` where it is not that code, or `none` where there \
                            is nothing to code";

/// Words from which a cell may be part of a sentence.
const SENTENCE: usize = 3;

pub(super) fn written(codes: &[String]) -> String {
    if codes.is_empty() { "no code".to_owned() } else { format!("`{}`", codes.join("; ")) }
}

/// Where a table says what.
pub(super) struct Columns {
    pub(super) ids: Ids,
    pub(super) excerpt: Option<usize>,
    /// All that the passage says.
    text: Option<usize>,
    pub(super) coder: Option<usize>,
    pub(super) codes: Codes,
    splitting: Splitting,
    /// Documents that the table calls otherwise, by its cells.
    names: BTreeMap<String, String>,
    /// Words that are not found in the interviews, so that codes are of whole participants.
    unfound: Option<usize>,
}

pub(super) enum Ids {
    One(usize),
    /// Put together from the participant and, where there are, study and number of the answer.
    Parts {
        study: Option<usize>,
        participant: usize,
        answer: Option<usize>,
    },
    /// The document, in which the words coded are looked for.
    Document(usize),
}

impl Ids {
    /// The column with the ids, or with those of participants.
    fn column(&self) -> usize {
        match self {
            Self::One(column) | Self::Document(column) | Self::Parts { participant: column, .. } => *column,
        }
    }
}

pub(super) enum Codes {
    /// One column with their names.
    Named(usize),
    /// A column each, with their names in the header.
    Wide(Vec<(usize, String)>),
}

impl Columns {
    /// `units`: the passages of the interviews, by which columns are known that no title tells; none where they are
    /// not known yet.
    pub(super) fn find(path: &str, grid: &Grid, options: &CodeOptions, units: &[UnitRow]) -> Result<Self, CodesError> {
        let titles: Vec<String> = grid.header.iter().map(|title| plain(title)).collect();
        let usual = |names: &[&str]| names.iter().find_map(|name| titles.iter().position(|title| title == name));
        let given = |wanted: &Option<String>, option: &'static str| {
            let Some(wanted) = wanted else { return Ok(None) };
            let exact = grid.header.iter().position(|title| title == wanted);
            let near = || titles.iter().position(|title| !title.is_empty() && *title == plain(wanted));
            exact.or_else(near).map(Some).ok_or_else(|| CorpusError::NoSuchColumn {
                path: path.to_owned(),
                wanted: wanted.clone(),
                option,
                columns: quoted(&grid.header),
            })
        };
        let (given_id, given_code) =
            (given(&options.id_column, "--id-column")?, given(&options.code_column, "--code-column")?);
        let free = |column: &usize| Some(*column) != given_code;
        let numbers = usual(ANSWER).filter(free).filter(|&column| holds_numbers(grid, column));
        let study = usual(STUDY);
        let parts = |participant: usize, answer| Ids::Parts { study, participant, answer };
        let document = usual(DOCUMENT).filter(free);
        let coded = usual(&[CODED]).filter(|&column| holds_sentences(grid, column));
        let words_of_document = || usual(EXCERPT).or_else(|| usual(EXCERPT_OF_DOCUMENT)).or(coded).filter(free);
        // NVivo calls the document so; where the interviews are known, what stands there tells more.
        let named = || usual(NAME).filter(|_| units.is_empty() && names_coded_words(&grid.header)).filter(free);
        // The numbers by which other programs know a passage are nothing here; ids of this program are.
        let has_own_ids = |column: &usize| {
            let ids = grid.rows.iter().map(|(_, cells)| cells.get(*column).map_or("", String::as_str));
            ids.filter(|id| !id.is_empty()).any(|id| id.contains('#'))
        };
        let unit = usual(UNIT).filter(free).filter(|column| document.is_none() || has_own_ids(column));
        let ids = given_id
            .map(|column| {
                // A participant's column named by hand is still one of participants, of that study.
                if PARTICIPANT.contains(&titles[column].as_str()) {
                    parts(column, numbers)
                } else if DOCUMENT.contains(&titles[column].as_str()) {
                    Ids::Document(column)
                } else {
                    Ids::One(column)
                }
            })
            .or_else(|| unit.map(Ids::One))
            .or_else(|| numbers.and(usual(PARTICIPANT)).map(|column| parts(column, numbers)))
            .or_else(|| usual(ID).filter(free).filter(has_own_ids).map(Ids::One))
            .or_else(|| document.filter(|_| words_of_document().is_some()).map(Ids::Document))
            .or_else(|| usual(ID).filter(free).map(Ids::One))
            .or_else(|| usual(PARTICIPANT).map(|column| parts(column, None)))
            .or_else(|| document.map(Ids::Document))
            .or_else(|| named().map(Ids::Document));
        let words = match ids {
            Some(Ids::Document(_)) => words_of_document(),
            Some(Ids::One(_) | Ids::Parts { .. }) | None => usual(EXCERPT).filter(free),
        };
        let names_passages = match &ids {
            Some(Ids::One(column)) => has_own_ids(column),
            Some(Ids::Parts { answer, .. }) => answer.is_some(),
            Some(Ids::Document(_)) | None => false,
        };
        let interviews = Interviews::new(units);
        let titled =
            Titled { ids: ids.as_ref().map(Ids::column), is_given: given_id.is_some(), words, code: given_code };
        let found = interviews.as_ref().filter(|_| !names_passages).and_then(|said| said.columns(grid, titled));
        let (ids, excerpt, names) = match found {
            Some(Found { document, words, names }) if titled.ids == Some(document) => (ids, Some(words), names),
            Some(Found { document, words, names }) => (Some(Ids::Document(document)), Some(words), names),
            None => (ids, words, BTreeMap::new()),
        };
        let ids = ids.ok_or_else(|| CodesError::NoIds {
            path: path.to_owned(),
            columns: quoted(&grid.header),
            found: interviews.as_ref().map(|said| said.needs(grid)).unwrap_or_default(),
        })?;
        let coder = usual(CODER).filter(free);
        let text = usual(&["text"]).filter(free).filter(|column| excerpt != Some(*column));
        let splitting = Splitting::new(options.separator.as_deref(), &options.known_codes);
        let codes = Codes::Wide(Vec::new());
        let mut columns = Self { ids, excerpt, text, coder, codes, splitting, names, unfound: None };
        let taken = columns.taken();
        let is_code = |column: &usize| {
            !taken.contains(column) && !interviews.as_ref().is_some_and(|said| said.are_documents(grid, *column))
        };
        let of_dedoose = grid.header.iter().any(|title| applied(title).is_some());
        let free_codes = || (!of_dedoose).then(|| first_of(CODE, &titles, &is_code)).flatten();
        columns.codes = match given_code.or_else(free_codes) {
            Some(column) => Codes::Named(column),
            None => Codes::Wide(wide_codes(path, grid, &titles, &taken)?),
        };
        columns.refuse_doubled(path, grid, &titles, &[given_id, given_code])?;
        if interviews.is_some() && !names_passages && columns.excerpt.is_none() {
            columns.unfound = columns.unfound_words(grid, &titles);
        }
        Ok(columns)
    }

    /// Two columns of one title that say different things cannot both be read; one that is `given` by hand is meant
    /// to the letter.
    fn refuse_doubled(
        &self,
        path: &str,
        grid: &Grid,
        titles: &[String],
        given: &[Option<usize>],
    ) -> Result<(), CodesError> {
        let is_called_so = |column: usize, other: usize| match given.contains(&Some(column)) {
            true => grid.header[column] == grid.header[other],
            false => titles[column] == titles[other],
        };
        let cell = |cells: &[String], column: usize| cells.get(column).map(|cell| cell.trim().to_owned());
        let differ = |column, other| grid.rows.iter().any(|(_, cells)| cell(cells, column) != cell(cells, other));
        let is_twin = |column: usize, other: usize| {
            column != other && !titles[other].is_empty() && is_called_so(column, other) && differ(column, other)
        };
        let named = if let Codes::Named(column) = self.codes { Some(column) } else { None };
        for column in self.taken().into_iter().chain(named) {
            if let Some(other) = (0..titles.len()).find(|&other| is_twin(column, other)) {
                return Err(CodesError::Row {
                    path: path.to_owned(),
                    line: 1,
                    reason: format!("two columns are called `{}`", grid.header[other]),
                    hint: "leave one of them, or give one a title of its own; several codes stand in one cell with `;` \
                           between them",
                });
            }
        }
        Ok(())
    }

    /// A column that looks like the words coded and is not read, for none of it stands in the interviews.
    fn unfound_words(&self, grid: &Grid, titles: &[String]) -> Option<usize> {
        const A_SENTENCE: usize = 5;
        let looks_like_words = |column: &usize| {
            let title = titles[*column].as_str();
            let is_comment = WORDS.contains(&title) && !EXCERPT_OF_DOCUMENT.contains(&title);
            let is_sentence =
                |(_, row): &&(usize, Vec<String>)| row.get(*column).is_some_and(|c| words(c) >= A_SENTENCE);
            !is_comment && 2 * grid.rows.iter().filter(is_sentence).count() > grid.rows.len()
        };
        let read = self.read();
        (0..titles.len()).filter(|column| !read.contains(column)).find(looks_like_words)
    }

    /// What a reader of the results should know of how the columns were read.
    pub(super) fn notices(&self, path: &str, header: &[String]) -> Vec<String> {
        let mut notices = Vec::new();
        if !self.names.is_empty() {
            let names: Vec<String> =
                self.names.iter().take(3).map(|(name, document)| format!("`{name}` as `{document}`")).collect();
            notices.push(format!(
                "documents in `{}` of `{path}` were read by their numbers or by names near to theirs, as the words \
                 coded stand there: {}{}; where that is wrong, write the names of the files",
                header[self.ids.column()],
                names.join(", "),
                if self.names.len() > names.len() { ", …" } else { "" }
            ));
        }
        if let Some(column) = self.unfound {
            notices.push(format!(
                "codes of `{path}` were taken as those of whole participants: the words in `{}` do not stand in the \
                 interviews as they are written there; if they are what was coded, give them word for word in a column \
                 `quote`",
                header[column]
            ));
        }
        notices
    }

    /// The columns that are not codes.
    fn taken(&self) -> Vec<usize> {
        let ids = match self.ids {
            Ids::One(column) | Ids::Document(column) => vec![column],
            Ids::Parts { study, participant, answer } => {
                [study, Some(participant), answer].into_iter().flatten().collect()
            }
        };
        ids.into_iter().chain(self.excerpt).chain(self.coder).collect()
    }

    pub(super) fn is_wide(&self) -> bool {
        matches!(self.codes, Codes::Wide(_))
    }

    /// What a row says; `None` for one that names nothing.
    pub(super) fn row<'c>(
        &self,
        path: &str,
        line: usize,
        cell: &dyn Fn(usize) -> &'c str,
    ) -> Result<Option<CodeRow>, CodesError> {
        let malformed = |reason: String, hint| CodesError::Row { path: path.to_owned(), line, reason, hint };
        let words = match &self.codes {
            Codes::Named(column) => self.splitting.words(cell(*column)),
            Codes::Wide(codes) => codes
                .iter()
                .filter(|(column, _)| flag(cell(*column)) == Some(true))
                .map(|(_, name)| name.clone())
                .collect(),
        };
        let said = Said::of(words).map_err(|reason| malformed(reason, HOW_TO_WRITE))?;
        // Where columns are codes, a 0 is written.
        let is_blank = said.is_blank()
            && match &self.codes {
                Codes::Named(_) => true,
                Codes::Wide(codes) => codes.iter().all(|(column, _)| cell(*column).is_empty()),
            };
        let Said { codes, denied, .. } = said;
        let id = match self.ids {
            Ids::One(column) | Ids::Document(column) => self.named(cell(column)).to_owned(),
            Ids::Parts { study, participant, answer } => {
                let person = match (self.named(cell(participant)), study.map(cell).unwrap_or_default()) {
                    ("", _) => String::new(),
                    (person, "") => person.to_owned(),
                    (person, study) => format!("{study}/{person}"),
                };
                match answer.map(cell) {
                    None => person,
                    Some(_) if person.is_empty() => person,
                    Some(number) => {
                        let number = answer_number(number).ok_or_else(|| {
                            let hint = "answers are numbered from 1, as `leitmotif export --to csv` numbers them";
                            malformed(format!("`{number}` is not the number of an answer"), hint)
                        })?;
                        format!("{person}#{number}")
                    }
                }
            }
        };
        if id.is_empty() {
            let Some(code) = codes.first().or(denied.first()) else { return Ok(None) };
            let beside = if codes.is_empty() { format!("`!{code}`") } else { written(&codes) };
            return Err(malformed(format!("no id beside {beside}"), "every row needs the id of what it codes"));
        }
        let excerpt = self.excerpt.map(cell).filter(|words| !words.is_empty()).map(str::to_owned);
        let is_document = matches!(self.ids, Ids::Document(_));
        let text = self.text.map(cell).filter(|words| !words.is_empty()).map(str::to_owned);
        let stands = Stands::AsNamed;
        Ok(Some(CodeRow { line, id, is_document, excerpt, codes, denied, is_blank, text, stands }))
    }

    /// What a cell names, by the name that the interviews have.
    fn named<'c>(&'c self, cell: &'c str) -> &'c str {
        self.names.get(cell).map_or(cell, String::as_str)
    }

    /// `ids from study, participant and answer; codes from theme`
    pub(super) fn layout(&self, header: &[String]) -> String {
        let name = |column: usize| format!("`{}`", header[column]);
        let ids = match self.ids {
            Ids::One(column) => format!("ids from {}", name(column)),
            Ids::Document(column) => format!("documents in {}", name(column)),
            Ids::Parts { .. } => {
                let parts: Vec<String> = self
                    .taken()
                    .into_iter()
                    .filter(|c| Some(*c) != self.excerpt && Some(*c) != self.coder)
                    .map(name)
                    .collect();
                format!("ids from {}", parts.join(" + "))
            }
        };
        let mut text = match &self.codes {
            Codes::Named(column) => format!("{ids}, codes from {}", name(*column)),
            Codes::Wide(codes) => {
                let is = verb(codes.len(), "is", "are");
                format!("{ids}, {} that {is} a code each", counted(codes.len(), "column"))
            }
        };
        if let Some(excerpt) = self.excerpt {
            text.push_str(&format!(", the words coded from {}", name(excerpt)));
        }
        if let Some(coder) = self.coder {
            text.push_str(&format!(", who coded from {}", name(coder)));
        }
        text
    }

    /// The columns that are read.
    fn read(&self) -> Vec<usize> {
        let mut read = self.taken();
        match &self.codes {
            Codes::Named(column) => read.push(*column),
            Codes::Wide(codes) => read.extend(codes.iter().map(|(column, _)| *column)),
        }
        read
    }

    pub(super) fn ignored(&self, header: &[String]) -> Vec<String> {
        let read = self.read();
        let rest = (0..header.len()).filter(|column| !read.contains(column) && !header[*column].is_empty());
        rest.map(|column| header[column].clone()).collect()
    }
}

/// The columns of a table that has one for each code.
fn wide_codes(path: &str, grid: &Grid, titles: &[String], taken: &[usize]) -> Result<Vec<(usize, String)>, CodesError> {
    let cells =
        |column: usize| grid.rows.iter().map(move |(_, cells)| cells.get(column).map_or("", |cell| cell.trim()));
    let of_dedoose = grid.header.iter().any(|title| applied(title).is_some());
    let is_code = |column: &usize| {
        if of_dedoose && applied(&grid.header[*column]).is_none() {
            return false;
        }
        let words = WORDS.contains(&titles[*column].as_str()) || titles[*column].is_empty() || taken.contains(column);
        !words && cells(*column).all(|cell| flag(cell).is_some()) && cells(*column).any(|cell| !cell.is_empty())
    };
    let codes: Vec<(usize, String)> =
        (0..titles.len()).filter(is_code).map(|column| (column, name_of(&grid.header[column]).to_owned())).collect();
    if codes.is_empty() {
        let found = likely_codes(grid, titles, taken);
        return Err(CodesError::NoCodes { path: path.to_owned(), columns: quoted(&grid.header), found });
    }
    let twice = (1..codes.len()).find(|&at| codes[..at].iter().any(|(_, name)| plain(name) == plain(&codes[at].1)));
    if let Some(at) = twice {
        return Err(CodesError::Row {
            path: path.to_owned(),
            line: 1,
            reason: format!("two columns are called `{}`", codes[at].1),
            hint: "give every code a column with a name of its own",
        });
    }
    Ok(codes)
}

/// What the code of a column is called.
fn name_of(title: &str) -> &str {
    applied(title).unwrap_or(title)
}

/// The first column that has one of these titles, in their order, and fits.
fn first_of(names: &[&str], titles: &[String], fits: &dyn Fn(&usize) -> bool) -> Option<usize> {
    names.iter().find_map(|name| (0..titles.len()).filter(|at| titles[*at] == *name).find(fits))
}

/// Columns that may be the codes, told in a hint: a few short words that come again and again.
fn likely_codes(grid: &Grid, titles: &[String], taken: &[usize]) -> String {
    const SHORT: usize = 6; // words
    let is_likely = |column: &usize| {
        let cells = grid.rows.iter().map(|(_, row)| row.get(*column).map_or("", |cell| cell.trim()));
        let cells: Vec<&str> = cells.filter(|cell| !cell.is_empty()).collect();
        let kinds: BTreeSet<&str> = cells.iter().copied().collect();
        let is_short = |cell: &&str| cell.chars().any(char::is_alphabetic) && words(cell) <= SHORT;
        let recurs = kinds.len() > 1 && 2 * kinds.len() <= cells.len();
        let is_words = WORDS.contains(&titles[*column].as_str());
        !is_words && !taken.contains(column) && recurs && kinds.iter().all(is_short)
    };
    let likely: Vec<String> = (0..titles.len())
        .filter(is_likely)
        .map(|column| format!("`--code-column \"{}\"`", grid.header[column]))
        .collect();
    if likely.is_empty() { String::new() } else { format!("that may be {}", likely.join(" or ")) }
}

/// Whether a cell says yes or no; an empty one says no.
fn flag(cell: &str) -> Option<bool> {
    match cell.to_lowercase().as_str() {
        "1" | "1.0" | "x" | "yes" | "y" | "true" | "✓" | "✔" => Some(true),
        "" | "0" | "0.0" | "no" | "n" | "false" | "-" | "–" => Some(false),
        _ => None,
    }
}

/// Whether most cells of a column that say anything are sentences, or parts of them.
fn holds_sentences(grid: &Grid, column: usize) -> bool {
    let cells = grid.rows.iter().filter_map(|(_, cells)| cells.get(column)).filter(|cell| !cell.trim().is_empty());
    let (mut sentences, mut all) = (0, 0);
    for cell in cells {
        sentences += usize::from(words(cell) >= SENTENCE);
        all += 1;
    }
    2 * sentences > all
}

/// Whether most cells of a column are numbers of answers.
fn holds_numbers(grid: &Grid, column: usize) -> bool {
    let cells = grid.rows.iter().map(|(_, cells)| cells.get(column).map_or("", |cell| cell.trim()));
    let filled: Vec<&str> = cells.filter(|cell| !cell.is_empty()).collect();
    2 * filled.iter().filter(|cell| answer_number(cell).is_some()).count() > filled.len()
}

/// A positive whole number; spreadsheets may write `3.0`.
fn answer_number(cell: &str) -> Option<usize> {
    cell.strip_suffix(".0").unwrap_or(cell).parse().ok().filter(|&number| number > 0)
}

/// Codes that hold a comma between names that are codes themselves, or beside one that stands so in several: a list,
/// perhaps.
pub fn lists_by_comma(sheets: &[CodeSheet]) -> Option<String> {
    const RECURRING: usize = 3;
    let all: Vec<&str> = sheets.iter().flat_map(|s| &s.rows).flat_map(|row| &row.codes).map(String::as_str).collect();
    let is_code = |part: &str| all.iter().any(|code| code.eq_ignore_ascii_case(part.trim()));
    let mut lists_of: HashMap<String, BTreeSet<&str>> = HashMap::new();
    for code in all.iter().filter(|code| code.contains(',')) {
        code.split(',').for_each(|part| {
            lists_of.entry(code_key(part)).or_default().insert(code);
        });
    }
    let recurs = |part: &str| lists_of.get(&code_key(part)).is_some_and(|lists| lists.len() >= RECURRING);
    let is_list = |code: &&str| code.contains(',') && (code.split(',').all(is_code) || code.split(',').any(recurs));
    let mut lists: Vec<&str> = all.iter().copied().filter(is_list).collect();
    lists.sort_unstable();
    lists.dedup();
    (!lists.is_empty()).then(|| format!("{} was read as one code; if it is a list, add `--separator ,`", some(&lists)))
}
