//! Which column of a table holds what.
//!
//! In: the titles of the columns, and what options name. Out: [`Columns`]. Columns are found by their
//! names, in lists that are searched in order; a table without a text column is one of questions if its
//! titles are questions, of speakers if they are names, else nothing is guessed. Titles that may ask are
//! told apart from those that do.

pub(super) mod numbered;

use self::numbered::is_digit;
pub(crate) use self::numbered::plain;
pub(super) use self::numbered::{is_numbered, is_variable};
use super::super::super::error::first_of;
use super::super::super::model::Role;
use super::super::super::sentences::words;
use super::super::super::speakers::{Names, ends_in_question_mark, key};
use super::super::super::{CorpusError, ReadOptions, labels};
use super::coding_titles::{Coded, of_codings};
use super::entry_titles;
use super::groups;
use super::part_titles::{asks_by_title, ids_beside_parts, is_beside, is_of_remarks, of_parts};
use super::prompts::{is_of_others, is_prompt};
use super::services;
pub(crate) use super::titles::STUDY;
use super::titles::{
    ANYBODYS, CLOCKS, COMMENTS, ENDS, ID, LASTS, MAIL, NAMES, OF_ROWS, OF_SESSIONS, PRIVATE, QUESTION, QUOTES, ROLES,
    SAID, SPANS, SPEAKER, STARTS, TALKS, TEXT,
};

/// Columns named in a message.
const NAMED: usize = 30;

/// Names of columns, for messages; of very many the first.
pub(crate) fn quoted(names: &[String]) -> String {
    first_of(names.iter().map(|name| format!("`{name}`")), NAMED)
}

/// The column that holds ids: the one the user named, where it is there, else one with a usual name.
pub(crate) fn column_of_ids(header: &[String], options: &ReadOptions) -> Option<usize> {
    named(header, options.id_column.as_deref(), ID)
}

/// The column that names studies, likewise.
pub(crate) fn column_of_studies(header: &[String], options: &ReadOptions) -> Option<usize> {
    named(header, options.study_column.as_deref(), STUDY)
}

fn named(header: &[String], given: Option<&str>, usual: &[&str]) -> Option<usize> {
    let titles: Vec<String> = header.iter().map(|column| plain(column)).collect();
    let position = |name: &str| titles.iter().position(|title| title == name);
    given.and_then(|given| position(&plain(given))).or_else(|| usual.iter().find_map(|name| position(name)))
}

/// Whether a header has the columns of a table of interviews. Numbers of questions alone may as well head marks.
pub(crate) fn is_header(header: &[String], options: &ReadOptions) -> bool {
    let found = || Columns::find("", header, options).ok().flatten();
    header.len() > 1 && found().is_some_and(|columns| !columns.are_numbers_alone(header))
}

/// Whether a row can be nothing but a header: a column is called as text is, another one as ids,
/// speakers or questions are.
pub(crate) fn names_columns(row: &[String]) -> bool {
    let named = Columns::find("", row, &ReadOptions::default()).ok().flatten().filter(|columns| !columns.is_survey);
    named.is_some_and(|columns| columns.id.or(columns.speaker).or(columns.question).is_some())
}

/// Whether a header is that of a survey, or says whose the words of a table are.
pub(crate) fn tells_whose(header: &[String], options: &ReadOptions) -> bool {
    let found = Columns::find("", header, options).ok().flatten();
    found.is_some_and(|of| of.is_survey || of.id.or(of.speaker).or(of.question).or(of.names).is_some())
}

/// Which column holds what.
pub(crate) struct Columns {
    /// Never empty; several in a survey only.
    pub(super) texts: Vec<usize>,
    /// Those of them whose titles may ask, beside questions; what stands in them decides.
    pub(super) prompts: Vec<usize>,
    /// A question a column.
    pub(crate) is_survey: bool,
    /// The questions were named by the user.
    pub(super) survey_is_given: bool,
    pub(crate) id: Option<usize>,
    pub(crate) speaker: Option<usize>,
    /// The title of the column of speakers may as well say what people are.
    pub(in super::super) by_role: bool,
    /// What people are called by: who speaks, if the rows turn out to be turns, or who answered; no column is known
    /// to say it.
    pub(in super::super) names: Option<usize>,
    /// The columns of text are called after those who speak in them.
    pub(super) are_speakers: bool,
    /// The words are called quotes, beside names alone: they are turns or nothing that is read.
    pub(super) are_quotes: bool,
    /// No title says which of the columns of text holds what is said: their cells do.
    pub(super) is_by_cells: bool,
    /// The words are called as entries or notes are.
    pub(super) are_entries: bool,
    /// The words may as well be notes of somebody else.
    pub(super) may_be_notes: bool,
    /// No title says that the column of ids is one: its cells do.
    pub(super) id_is_guessed: bool,
    /// So many columns of text may be called after people who answered, behind one of remarks.
    pub(super) n_people: usize,
    pub(crate) question: Option<usize>,
    pub(crate) study: Option<usize>,
    /// Addresses of the participants, where no column holds ids.
    pub(crate) mail: Option<usize>,
    /// Start and end, perhaps of what was said.
    pub(super) times: Option<[usize; 2]>,
    /// The second of them holds how long it takes.
    pub(super) lasts: bool,
    /// Start, perhaps of what was said, where no column holds the end.
    pub(super) clock: Option<usize>,
    /// What may tell interviews apart where no column holds ids: files, recordings.
    pub(in super::super) talk: Option<usize>,
}

/// Words of a column's title from which it is a question, with a question mark or without.
const QUESTION_WORDS: usize = 5;
/// What stands beside columns that are called after speakers.
pub(super) const BESIDE_SPEAKERS: &[&str] = &[
    "",
    "time",
    "timestamp",
    "timecode",
    "start",
    "end",
    "number",
    "no",
    "nr",
    "turn",
    "line",
    "zeit",
    "zeile",
    "temps",
    "hora",
    "tiempo",
];
/// More columns are called after something else.
const MOST_SPEAKERS: usize = 8;
/// Beside a column of questions.
const MOST_PARTICIPANTS: usize = 500;
/// Fewer numbers of questions are a chance.
const MIN_NUMBERED: usize = 2;

impl Columns {
    /// The only column of text.
    pub(crate) fn text(&self) -> Option<usize> {
        self.texts.first().copied().filter(|_| self.texts.len() == 1)
    }

    /// Every column that matters.
    pub(crate) fn all(&self) -> impl Iterator<Item = usize> {
        let single = [self.id, self.speaker, self.names, self.question, self.study, self.mail, self.talk];
        self.texts.iter().copied().chain(single.into_iter().flatten()).chain(self.times.into_iter().flatten())
    }

    /// The columns that nothing is known of, of so many.
    pub(super) fn untold(&self, n: usize) -> impl Iterator<Item = usize> {
        let known: Vec<usize> = self.all().chain(self.clock).collect();
        (0..n).filter(move |column| !known.contains(column))
    }

    /// When a row starts and ends, or how long it takes, as written; nothing for the end where no column holds it.
    pub(super) fn times_in<'c>(&self, cell: impl Fn(usize) -> &'c str) -> Option<Box<[String; 2]>> {
        let both = self.times.map(|times| times.map(|column| cell(column).to_owned()));
        both.or_else(|| Some([cell(self.clock?).to_owned(), String::new()])).map(Box::new)
    }

    /// The columns that may hold answers and are not read, or not for sure: beside the questions of a survey
    /// all that nothing else is known of, beside a column of answers those whose titles ask.
    pub(super) fn beside(&self, header: &[String]) -> Vec<usize> {
        let taken: Vec<usize> = self.all().filter(|column| !self.prompts.contains(column)).collect();
        let is_watched = |column: &usize| {
            let title = &header[*column];
            let asks = || asks_for(title) || is_of_follow_up(title);
            let may_answer = if self.is_survey { !is_private(title) } else { self.speaker.is_none() && asks() };
            may_answer && !taken.contains(column)
        };
        (0..header.len()).filter(is_watched).collect()
    }

    /// Whether the columns of a survey are questions by their numbers alone, or by the service that wrote the table, so
    /// that what stands in them decides.
    pub(super) fn are_numbers_alone<T: AsRef<str>>(&self, header: &[T]) -> bool {
        let is_number = |&column: &usize| is_numbered(header[column].as_ref());
        let are_numbers = || self.texts.iter().all(is_number) || bare_names(header).is_some();
        self.is_survey && !self.survey_is_given && are_numbers()
    }

    /// The columns of a table that are called after who speaks in them: `Interviewer,Participant`, or names of people
    /// beside a column of times. One may hold what all of them were asked, and one beside parts tells interviews apart.
    pub(super) fn of_speakers(header: &[String], names: &Names) -> Option<Self> {
        let asks = |title: &String| QUESTION.contains(&plain(title).trim_end_matches('s'));
        let bare_first = || header.first().is_some_and(|title| title.trim().is_empty()).then_some(0);
        let question = header.iter().position(asks).or_else(bare_first);
        let plain: Vec<String> = header.iter().map(|title| plain(title)).collect();
        let id = ids_beside_parts(header, &plain, names).filter(|_| question.is_none());
        let titled = |column: &usize| {
            !BESIDE_SPEAKERS.contains(&plain[*column].as_str()) && ![question, id].contains(&Some(*column))
        };
        let texts: Vec<usize> = (0..header.len()).filter(titled).collect();
        let is_asked = question.is_some();
        // Beside questions a participant may be described: `P1 (f, 34)`.
        let described = |title: &str| title.strip_suffix(')')?.split_once(" (").map(|(name, _)| name.to_owned());
        let is_name = |column: &usize| {
            let title = header[*column].trim();
            let named = title.split_once(": ").map_or(title, |(_, name)| name);
            labels::valid_label(named) || described(title).is_some_and(|name| is_asked && labels::valid_label(&name))
        };
        let is_somebody = |column: &usize| names.by_name(&key(&header[*column])) != Some(Role::Other);
        let has_parts = of_parts(header, names).is_some() || asks_by_title(header, names).is_some();
        let is_left_out =
            |column: &usize| (has_parts && is_beside(&plain[*column])) || (is_asked && is_of_remarks(&header[*column]));
        let is_of_ids = |column: &usize| {
            ANYBODYS.contains(&plain[*column].as_str()) && names.by_name(&key(&header[*column])).is_none()
        };
        let most = if question.is_some() { MOST_PARTICIPANTS } else { MOST_SPEAKERS };
        let are_speakers = (2 - usize::from(question.is_some_and(|at| !header[at].is_empty()))..=most)
            .contains(&texts.len())
            && !(0..header.len()).filter(|&column| Some(column) != id).any(|column| is_of_ids(&column))
            && header.len() <= texts.len() + 2 + usize::from(question.or(id).is_some())
            && texts.iter().all(|column| is_left_out(column) || (is_name(column) && is_somebody(column)));
        are_speakers.then(|| Self {
            texts,
            prompts: Vec::new(),
            is_survey: false,
            survey_is_given: false,
            id,
            speaker: None,
            by_role: false,
            names: None,
            are_speakers,
            are_quotes: false,
            is_by_cells: false,
            are_entries: false,
            may_be_notes: false,
            id_is_guessed: false,
            n_people: 0,
            question,
            study: None,
            mail: None,
            times: None,
            lasts: false,
            clock: None,
            talk: None,
        })
    }

    /// `Ok(None)` when no column holds text.
    pub(crate) fn find(path: &str, header: &[String], options: &ReadOptions) -> Result<Option<Self>, CorpusError> {
        let plain: Vec<String> = header.iter().map(|name| plain(name)).collect();
        let place = |wanted: &String, option: &'static str| {
            let plainly = self::plain(wanted);
            header
                .iter()
                .position(|name| name == wanted)
                .or_else(|| plain.iter().position(|name| !name.is_empty() && *name == plainly))
                .ok_or_else(|| CorpusError::NoSuchColumn {
                    path: path.to_owned(),
                    wanted: wanted.clone(),
                    option,
                    columns: quoted(header),
                })
        };
        let named = |wanted: &Option<String>, option| wanted.as_ref().map(|wanted| place(wanted, option)).transpose();
        let mut texts = Vec::new();
        for wanted in &options.text_columns {
            let column = place(wanted, "--text-column")?;
            let title =
                |at: &usize| header[*at] == *wanted || (header[column] != *wanted && plain[*at] == plain[column]);
            let so_called: Vec<usize> = (0..header.len()).filter(title).map(|at| at + 1).collect();
            if so_called.len() > 1 {
                return Err(CorpusError::SameTitle {
                    path: path.to_owned(),
                    wanted: wanted.clone(),
                    option: "--text-column",
                    columns: first_of(so_called.iter().map(usize::to_string), NAMED),
                });
            }
            if !texts.contains(&column) {
                texts.push(column);
            }
        }
        let id = named(&options.id_column, "--id-column")?;
        let speaker = named(&options.speaker_column, "--speaker-column")?;
        let is_text = |at: usize| TEXT.contains(&plain[at].as_str());
        let has_other_text = |speaker: usize| (0..plain.len()).any(|at| at != speaker && is_text(at));
        if texts.is_empty() && speaker.is_some_and(|at| is_text(at) && !has_other_text(at)) {
            // The only column of words is said to be that of speakers.
            return Err(CorpusError::NoTextColumn { path: path.to_owned(), columns: quoted(header) });
        }
        let question = named(&options.question_column, "--question-column")?;
        let study = named(&options.study_column, "--study-column")?;
        let mut taken: Vec<usize> =
            texts.iter().copied().chain([id, speaker, question, study].into_iter().flatten()).collect();
        let survey_is_given = texts.len() > 1;
        let of_codes =
            of_codings(header, &plain).filter(|_| options.text_columns.is_empty() && speaker.or(question).is_none());
        if let Some(Coded { whose, said, coder, .. }) = of_codes {
            texts.push(said);
            taken.extend([whose, coder].into_iter().flatten().chain([said]));
        }
        let mut usual = |given: Option<usize>, names: &[&str]| first_called(&plain, given, names, &mut taken);
        if texts.is_empty() {
            texts.extend(usual(None, TEXT));
        }
        let has = |names: &[&str]| plain.iter().any(|title| names.contains(&title.as_str()));
        if texts.is_empty() && has(SPEAKER) {
            texts.extend(usual(None, SAID));
        }
        if texts.is_empty() && has(QUESTION) && [ID, NAMES, TALKS].into_iter().any(has) {
            texts.extend(usual(None, QUOTES));
        }
        // `Person,Quote`: turns, where people take them, and else a list that nobody wrote for us.
        let are_quotes = texts.is_empty() && header.len() == 2 && has(NAMES);
        if are_quotes {
            texts.extend(usual(None, QUOTES));
        }
        let are_quotes = are_quotes && !texts.is_empty();
        let asks_any = header.iter().any(|title| is_question_or_number(title));
        let may_be_diary = texts.is_empty() && !asks_any && options.text_columns.is_empty() && speaker.is_none();
        let diary = may_be_diary.then(|| entry_titles::find(header, &plain)).flatten();
        if let Some(diary) = &diary {
            texts.push(diary.said);
            taken.push(diary.said);
        }
        let question = question.or(diary.as_ref().and_then(|diary| diary.task));
        taken.extend(question);
        let mut usual = |given: Option<usize>, names: &[&str]| first_called(&plain, given, names, &mut taken);
        let study = usual(study, STUDY);
        let asked = !texts.is_empty() && !survey_is_given;
        let question = if asked { usual(question, QUESTION) } else { question };
        let speaker = if asked { usual(speaker, SPEAKER) } else { speaker };
        let id = usual(id.or(of_codes.and_then(|of| of.whose)), ID);
        let is_answer = question.is_some() && !survey_is_given && speaker.is_none();
        let is_free = |at: &usize| !texts.contains(at) && !taken.contains(at);
        let of_person = || (0..header.len()).filter(is_free).find(|&at| groups::is_of_person(&header[at]));
        let id = if is_answer || diary.is_some() { id.or_else(of_person) } else { id };
        let has_names = plain.iter().any(|title| NAMES.contains(&title.as_str()));
        let writer = diary.as_ref().and_then(|diary| diary.writer);
        let is_untold = |at: usize| !texts.contains(&at) && !taken.contains(&at);
        let answering = || entry_titles::answering(header, is_untold).filter(|_| is_answer);
        let writer = writer.or_else(answering).filter(|_| id.is_none() && !has_names);
        let (id, id_is_guessed) = (id.or(writer), writer.is_some());
        let may_be_notes = diary.as_ref().is_some_and(|diary| diary.may_be_notes);
        let are_entries = diary.is_some();
        taken.extend(id);
        let mut usual = |given: Option<usize>, names: &[&str]| first_called(&plain, given, names, &mut taken);
        let by_role = options.speaker_column.is_none() && speaker.is_some_and(|at| ROLES.contains(&plain[at].as_str()));
        let has_whose = of_codes.is_some_and(|of| of.whose.is_some());
        let may_name = asked && !has_whose && (speaker.is_none() || by_role);
        let names = if may_name { usual(None, NAMES) } else { None };
        // Who coded, or who speaks: what stands there decides.
        let names = names.or_else(|| of_codes.and_then(|of| of.coder).filter(|_| speaker.is_none()));
        // Beside the id of a session, a participant's may be who speaks in it.
        let is_beside = |id: usize| !ANYBODYS.contains(&plain[id].as_str());
        let may_be_participant = names.is_none() && may_name && question.is_none() && id.is_some_and(is_beside);
        let names = if may_be_participant { usual(None, ANYBODYS) } else { names };
        // Several people may answer in one session.
        let of_answers = names.is_none() && is_answer && !has_whose && id.is_some_and(is_beside);
        let names = names.or_else(|| {
            let people: Vec<&str> = ID.iter().copied().filter(|title| groups::is_of_person(title)).collect();
            if of_answers { usual(None, &people) } else { None }
        });
        let mail = if id.is_none() { usual(None, MAIL) } else { None };
        let asks = |column: &usize| is_question(&header[*column]) && !taken.contains(column);
        // A survey may end in a column of comments; that alone makes no table of answers.
        let only_comments = options.text_columns.is_empty()
            && question.or(speaker).is_none()
            && texts.iter().all(|&column| COMMENTS.contains(&plain[column].as_str()))
            && (0..header.len()).filter(asks).any(|column| ends_in_question_mark(&header[column]));
        let is_survey = survey_is_given || only_comments || texts.is_empty();
        let mut prompts = Vec::new();
        if only_comments || texts.is_empty() {
            // Titles that are questions, or their numbers: a survey's export.
            let numbered = |column: &usize| is_numbered(&header[*column]) && !taken.contains(column);
            let by_number = (0..header.len()).filter(numbered).nth(MIN_NUMBERED - 1).is_some();
            let is_text = |column: &usize| asks(column) || texts.contains(column) || (by_number && numbered(column));
            texts = (0..header.len()).filter(is_text).collect();
            let may_ask =
                |column: &usize| !taken.contains(column) && !texts.contains(column) && asks_for(&header[*column]);
            prompts.extend((0..header.len()).filter(|column| !texts.is_empty() && may_ask(column)));
            texts.extend(&prompts);
            if texts.is_empty() {
                let bare = bare_names(header).map(|(_, columns)| columns).unwrap_or_default();
                texts.extend(bare.into_iter().filter(|column| !taken.contains(column)));
            }
            texts.sort_unstable();
        }
        let of = |names: &[&str]| names.iter().find_map(|name| plain.iter().position(|column| column == name));
        let is_other = |span: &[usize; 2]| [speaker, id, names].iter().flatten().any(|column| span.contains(column));
        let span = SPANS.iter().find_map(|[start, end]| Some([of(&[*start])?, of(&[*end])?]));
        // `From` whom, and `to` whom.
        let span = span.filter(|span| !is_other(span) && of(CLOCKS).is_none());
        // Where nobody is named, a start and how long it took may be an interview's.
        let lasting = of(LASTS).filter(|_| speaker.is_some() && of(ENDS).is_none() && span.is_none());
        let (starts, ends) = span.map_or((of(STARTS), of(ENDS).or(lasting)), |[start, end]| (Some(start), Some(end)));
        let times = match (starts, ends) {
            (Some(start), Some(end)) if !is_survey && question.is_none() => Some([start, end]),
            _ => None,
        };
        let is_free = |column: &usize| !taken.contains(column) && !texts.contains(column);
        let clock = of(STARTS).or_else(|| of(CLOCKS)).filter(is_free).filter(|_| !is_survey && question.is_none());
        let clock = clock.filter(|_| times.is_none());
        let talk = of(TALKS).filter(is_free).filter(|_| !is_survey);
        let may_speak = speaker.or(names).is_some() && question.is_none() && !is_survey;
        let of_group = || groups::column_of_talks(header, |column| is_free(column) && clock != Some(*column));
        let talk = talk.or_else(|| of_group().filter(|_| may_speak && id.is_none()));
        let mut id = if is_survey && options.id_column.is_none() { id_of_survey(&plain, id, &texts) } else { id };
        if is_survey && id.or(mail).is_none() {
            let is_other = |at: &usize| !texts.contains(at) && !taken.contains(at);
            id = (0..header.len()).filter(is_other).find(|&at| groups::is_of_person(&header[at]));
        }
        if is_survey && id.or(mail).is_none() {
            // What Typeform calls it has no letters.
            let bare = || header.iter().position(|title| title.trim() == "#");
            id = of(OF_ROWS).or_else(bare).filter(|column| !texts.contains(column));
        }
        let names = names.filter(|_| !is_survey);
        let are_speakers = false;
        #[rustfmt::skip]
        let found = Self {
            texts, prompts, is_survey, survey_is_given, id, speaker, by_role, names, are_speakers, are_quotes,
            is_by_cells: false, are_entries, may_be_notes, id_is_guessed, n_people: 0, question, study, mail, times, lasts: lasting.is_some(), clock, talk,
        };
        Ok((!found.texts.is_empty()).then_some(found))
    }
}

/// The first of these titles that is nothing else yet, which it is taken for.
fn first_called(plain: &[String], given: Option<usize>, names: &[&str], taken: &mut Vec<usize>) -> Option<usize> {
    let free = |name: &&str| plain.iter().enumerate().position(|(at, title)| title == name && !taken.contains(&at));
    let found = given.or_else(|| names.iter().find_map(free));
    taken.extend(found);
    found
}

/// The column of ids of a survey: several participants may have one session.
fn id_of_survey(plain: &[String], id: Option<usize>, texts: &[usize]) -> Option<usize> {
    let of = |names: &[&str]| names.iter().find_map(|name| plain.iter().position(|title| title == name));
    if !id.is_some_and(|id| OF_SESSIONS.contains(&plain[id].as_str())) {
        return id;
    }
    let own: Vec<&str> = ID.iter().copied().filter(|name| !OF_SESSIONS.contains(name)).collect();
    of(&own).filter(|own| !texts.contains(own)).or(id)
}

/// Whether a column's title asks for something.
pub(super) fn is_question(title: &str) -> bool {
    let n_words = words(title);
    !is_private(title)
        && !is_of_others(title)
        && ((ends_in_question_mark(title) && n_words >= 2) || n_words >= QUESTION_WORDS)
}

/// The columns that may hold answers in the export of a service that has bare names for questions, and the service.
pub(super) fn bare_names<T: AsRef<str>>(header: &[T]) -> Option<(&'static str, Vec<usize>)> {
    let (service, mut columns) = services::find(header)?;
    columns.retain(|&column| !is_private(header[column].as_ref()));
    let asks = header.iter().any(|title| is_question_or_number(title.as_ref()));
    (!asks && !columns.is_empty()).then_some((service, columns))
}

/// Whether a name asks for something, or is the number of a question.
pub(in super::super) fn is_question_or_number(title: &str) -> bool {
    is_question(title) || is_numbered(title)
}

/// Whether it asks, or may: `Why?`, `Any other comments`.
pub(super) fn asks_for(title: &str) -> bool {
    is_question(title) || (!is_private(title) && is_prompt(title))
}

/// Whether it heads what was answered to a further question: `Follow-up answer`, `probe_response 2`.
fn is_of_follow_up(title: &str) -> bool {
    let plain = plain(title);
    let begins = ["followup", "probe", "nachfrage", "relance"].iter().find_map(|word| plain.strip_prefix(word));
    begins.is_some_and(|rest| TEXT.contains(&rest.trim_end_matches(is_digit)))
}

/// Whether a column's title asks how somebody can be reached.
pub(super) fn is_private(title: &str) -> bool {
    let lower = title.to_lowercase();
    PRIVATE.iter().any(|private| lower.contains(private))
}

#[cfg(test)]
mod tests;
