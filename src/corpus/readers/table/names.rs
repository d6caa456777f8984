//! Columns of names and of roles: who speaks, who answered, and what people are.
//!
//! In: rows with a name, a role, or both, where no title says for sure who speaks. Out: the column of speakers or of
//! ids, where what stands in the rows leaves no doubt. Roles such as nurse and doctor say what people are where nobody
//! asks and everybody has one; names are who answered where they recur. What is doubtful it leaves as it is, and tells
//! which option helps.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::super::super::labels;
use super::super::super::model::Role;
use super::super::super::speakers::{Names, key};
use super::super::sides::Sides;
use super::columns::{Columns, is_numbered, plain};
use super::groups::is_of_person;
use super::row::{Row, hash_of};
use super::titles::BY_PROGRAMS;
use super::turns::{self, Talk};

/// Of one person's rows without questions a role tells nothing.
const FEWEST_PEOPLE: usize = 2;
/// One in so many rows may lack a name.
const ONE_IN: usize = 10;
/// Rows that are looked at for speakers under a title that no list knows, and columns.
const LOOKED_AT: usize = 400;
const MOST_COLUMNS: usize = 12;
/// The longest cell that may be a name, in bytes.
const LONGEST: usize = 60;

/// What somebody said, and as whom: a person, who may be unknown, and a role.
struct Part<'r> {
    /// The transcript, as a hash.
    within: u64,
    who: Option<&'r str>,
    role: &'r str,
    said: &'r str,
}

/// Whether roles say what people are: nobody asks, everybody is named and has one role, and there are several of them.
fn are_attributes(parts: &[Part<'_>], names: &Names, fewest: usize) -> bool {
    let asks = |part: &Part<'_>| names.by_name(&key(part.role)) == Some(Role::Interviewer);
    if parts.iter().any(asks) || Talk::of(parts.iter().map(|part| (part.role, part.said))).is_interview(names) {
        return false;
    }
    let mut role_of: HashMap<(u64, &str), &str> = HashMap::new();
    let mut nobodys = 0;
    for part in parts {
        match part.who {
            Some(who) if *role_of.entry((part.within, who)).or_insert(part.role) != part.role => return false,
            Some(_) => {}
            None => nobodys += 1,
        }
    }
    role_of.len() >= fewest && nobodys * ONE_IN <= parts.len()
}

/// Whether rows with a name, a role and words are answers of people who have the role.
pub(in super::super) fn are_answers(rows: impl Iterator<Item = [String; 3]>, names: &Names) -> bool {
    let rows: Vec<[String; 3]> = rows.filter(|[_, role, said]| !role.is_empty() && !said.is_empty()).collect();
    fn answer([who, role, said]: &[String; 3]) -> Part<'_> {
        let who = Some(who.as_str()).filter(|who| !who.is_empty());
        Part { within: 0, who, role, said }
    }
    are_attributes(&rows.iter().map(answer).collect::<Vec<_>>(), names, FEWEST_PEOPLE)
}

/// How many people a role that does not ask stands for at most, within one transcript.
fn people_of_a_role(parts: &[Part<'_>], names: &Names) -> usize {
    let mut people: HashMap<(u64, &str), HashSet<&str>> = HashMap::new();
    for part in parts {
        people.entry((part.within, part.role)).or_default().extend(part.who);
    }
    let answers = |role: &str| names.by_name(&key(role)) != Some(Role::Interviewer);
    people.iter().filter(|((_, role), _)| answers(role)).map(|(_, people)| people.len()).max().unwrap_or(0)
}

fn is_name(name: &str, names: &Names) -> bool {
    labels::is_name_apart(name) || names.is_known(&key(name))
}

/// Names that recur, so that each is one participant.
struct Recurring {
    people: usize,
    rows: usize,
}

/// Whether names recur as those of people who gave several answers do: twice on average, and to other questions.
fn recurring(rows: &[Row], names: &Names) -> Option<Recurring> {
    let answered = || rows.iter().filter(|row| !row.text().is_empty());
    let (mut people, mut asked) = (HashSet::new(), HashSet::new());
    let (mut named, mut asks) = (0, false);
    for row in answered() {
        let Some(name) = row.name.as_deref() else { continue };
        let person = (row.study.as_deref(), name);
        if people.insert(person) && !is_name(name, names) {
            return None;
        }
        if let Some(question) = row.question.as_ref().filter(|question| !question.is_empty()) {
            asks = true;
            if !asked.insert(hash_of((person, key(&question.text)))) {
                return None;
            }
        }
        named += 1;
    }
    let rows = answered().count();
    let enough = people.len() * 2 <= named && named * ONE_IN >= rows * (ONE_IN - 1);
    let fewest = if asks { 1 } else { FEWEST_PEOPLE };
    (enough && people.len() >= fewest).then_some(Recurring { people: people.len(), rows: named })
}

/// Whether one of the transcripts has several names.
fn several_in_one(rows: &[Row]) -> bool {
    let mut first: HashMap<(Option<&str>, Option<&str>), &str> = HashMap::new();
    rows.iter().filter(|row| !row.text().is_empty()).any(|row| {
        let transcript = (row.study.as_deref(), row.id.as_deref());
        row.name.as_deref().is_some_and(|name| *first.entry(transcript).or_insert(name) != name)
    })
}

/// An option with the title of a column, as it is typed.
pub(super) fn option(name: &str, title: &str) -> String {
    let quote = if title.contains(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | '-')) { "\"" } else { "" };
    format!("`{name} {quote}{title}{quote}`")
}

/// A table's columns while it is settled what its names and roles say.
pub(super) struct Naming<'t> {
    pub(super) columns: &'t mut Columns,
    pub(super) header: &'t [Arc<str>],
    pub(super) names: &'t Names,
    pub(super) unread: &'t Unread,
    /// What is doubtful.
    pub(super) doubts: Vec<String>,
}

impl Naming<'_> {
    /// Finds out whether a column of names is who speaks, and whether a column of roles is; returns what is to be said
    /// of the latter.
    pub(super) fn settle_names(&mut self, rows: &mut [Row]) -> Option<String> {
        if self.columns.by_role {
            return self.settle_roles(rows);
        }
        let column = self.columns.names.filter(|_| self.columns.speaker.is_none())?;
        if self.columns.question.is_some() {
            return self.settle_sessions(rows, column);
        }
        if turns::speak(rows, plain(&self.header[column]) == BY_PROGRAMS, self.names) {
            self.names_speak(rows);
        } else if let Some(id) = self.columns.id.filter(|_| several_in_one(rows)) {
            self.doubts.push(format!(
                "column `{}` tells several people apart within one `{}`, whose words were read together; if they speak \
                 there, pass {}, and if each of them is a participant, {}",
                self.header[column],
                self.header[id],
                option("--speaker-column", &self.header[column]),
                option("--id-column", &self.header[column]),
            ));
        }
        None
    }

    /// Takes the people in a column for those who answered, where several did within one id, as in one session.
    fn settle_sessions(&mut self, rows: &mut [Row], column: usize) -> Option<String> {
        let id = self.columns.id.filter(|_| is_of_person(&self.header[column]) && several_in_one(rows))?;
        rows.iter_mut().for_each(|row| row.id = row.name.take());
        self.columns.id = self.columns.names.take();
        Some(format!("`{}` tells nobody apart", self.header[id]))
    }

    fn names_speak(&mut self, rows: &mut [Row]) {
        rows.iter_mut().for_each(|row| row.speaker = row.name.take());
        self.columns.speaker = self.columns.names.take();
    }

    fn settle_roles(&mut self, rows: &mut [Row]) -> Option<String> {
        let role = self.columns.speaker?;
        let has_question = self.columns.question.is_some();
        let several = several_in_one(rows);
        let by_id = self.columns.id.is_some() && (has_question || !several);
        let parts: Vec<Part<'_>> = rows.iter().filter_map(|row| part(row, by_id)).collect();
        let are_attributes = are_attributes(&parts, self.names, if has_question { 1 } else { FEWEST_PEOPLE });
        let by_name: Vec<Part<'_>> = rows.iter().filter_map(|row| part(row, false)).collect();
        let people = people_of_a_role(&by_name, self.names);
        // Ids tell people apart as they are, but for the questions beside them.
        if are_attributes && by_id && !has_question {
            return None;
        }
        if !are_attributes {
            if let Some(names) = self.columns.names.filter(|_| people > 1) {
                self.doubts.push(format!(
                    "column `{}` was taken for who speaks, and up to {people} people of column `{}` for one speaker; \
                     if they speak, pass {}, and if each has an interview of their own, {}",
                    self.header[role],
                    self.header[names],
                    option("--speaker-column", &self.header[names]),
                    option("--id-column", &self.header[names]),
                ));
            }
            return None;
        }
        (self.columns.speaker, self.columns.by_role) = (None, false);
        rows.iter_mut().for_each(|row| row.speaker = None);
        let is_talk = self.columns.id.is_some() || turns::speak(rows, false, self.names);
        if !has_question && self.columns.names.is_some() && is_talk {
            self.names_speak(rows);
        }
        Some(format!("`{}` says what people are", self.header[role]))
    }

    /// Takes names that recur for those who answered, where nothing else tells participants apart.
    pub(super) fn names_answer(&mut self, rows: &mut [Row]) {
        let has_ids = self.columns.id.or(self.columns.mail).is_some();
        let Some(column) = self.columns.names.filter(|_| !has_ids) else { return };
        let Some(Recurring { people, rows: named }) = recurring(rows, self.names) else { return };
        rows.iter_mut().for_each(|row| row.id = row.name.take());
        self.columns.id = self.columns.names.take();
        if self.columns.question.is_none() {
            let what = if people == 1 { "1 person".to_owned() } else { format!("{people} people") };
            self.doubts.push(format!(
                "column `{}` was taken for who answered: {what} in {named} rows; if several share a name, or it is \
                 nobody's, name a column that tells them apart with `--id-column`",
                self.header[column]
            ));
        }
    }

    /// What helps where no column of ids was found, behind a semicolon; nothing where no column is called after people.
    pub(super) fn advice_on_ids(&self) -> String {
        self.columns.names.map_or_else(String::new, |column| {
            let title = &self.header[column];
            format!("; if column `{title}` tells who answered, pass {}", option("--id-column", title))
        })
    }

    /// Tells of a column under a title that no list knows, in which a few ask and answer in turn.
    pub(super) fn tell_of_speakers(&mut self, rows: &[Row]) {
        let columns = &self.columns;
        if columns.speaker.or(columns.names).or(columns.question).is_some() {
            return;
        }
        let found = self.unread.columns().find(|(_, cells)| {
            let said = cells.iter().zip(rows).filter(|(_, row)| !row.text().is_empty());
            let talk = Talk::of(said.map(|(cell, row)| (&**cell, &*row.text().text)));
            talk.is_interview(self.names) && talk.voices().all(|who| is_name(who, self.names))
        });
        if let Some((at, _)) = found {
            let title = &self.header[at];
            let what = format!(
                "a few ask and answer in turn in column `{title}`; if it says who speaks, pass {}",
                option("--speaker-column", title)
            );
            self.doubts.push(what);
        }
    }
}

/// A row as somebody's part in what is said; the one who says it is told by the id, or else by a name or an address.
fn part(row: &Row, by_id: bool) -> Option<Part<'_>> {
    let role = row.speaker.as_deref().filter(|_| !row.text().is_empty())?;
    let own = if by_id { row.id.as_deref() } else { row.name.as_deref().or(row.mail.as_deref()) };
    let within = if by_id { hash_of(row.study.as_deref()) } else { hash_of((row.study.as_deref(), row.id.as_deref())) };
    Some(Part { within, who: own, role, said: &row.text().text })
}

/// The first cells of columns that nothing is known of.
#[derive(Default)]
pub(super) struct Unread {
    columns: Vec<(usize, Vec<Box<str>>)>,
    /// The same columns, each as long as it may say who of two sides speaks.
    pub(super) sides: Sides,
}

impl Unread {
    pub(super) fn of(columns: impl Iterator<Item = usize> + Clone, header: &[String]) -> Self {
        let sides = Sides::of(columns.clone().map(|at| (at, header[at].as_str())));
        Self { columns: columns.take(MOST_COLUMNS).map(|at| (at, Vec::new())).collect(), sides }
    }

    /// Takes a row, in which something is said or not; a column with a cell that is no name is left alone from then on.
    pub(super) fn push(&mut self, is_said: bool, cells: &[&str]) {
        let cell = |at: usize| cells.get(at).copied().unwrap_or_default().trim();
        self.sides.push(is_said, |at| cell(at).into());
        let may_name = |at: usize| {
            let cell = cell(at);
            !cell.is_empty() && cell.len() <= LONGEST && !is_numbered(cell) && cell.contains(char::is_alphabetic)
        };
        self.columns.retain(|&(at, _)| may_name(at));
        for (at, known) in self.columns.iter_mut().filter(|(_, known)| known.len() < LOOKED_AT) {
            known.push(cell(*at).into());
        }
    }

    fn columns(&self) -> impl Iterator<Item = (usize, &Vec<Box<str>>)> {
        self.columns.iter().map(|(at, cells)| (*at, cells))
    }
}
