//! What columns of diaries and logs are called.
//!
//! In: the titles of a table in which none is called as words are. Out: the columns of the entries, of what was asked
//! and of who may have written them. It looks at no cell, and leaves sheets alone in which each column beside the
//! questions may be a participant's.

use super::columns::numbered::plain;
use super::groups::is_of_person;
use super::part_titles::is_of_remarks;
use super::titles::{CLOCKS, ENDS, ID, LASTS, NAMES, QUESTION, SPEAKER, STARTS, STUDY};

/// What somebody wrote down.
#[rustfmt::skip]
const ENTRIES: &[&str] = &[
    "entry", "entries", "entrytext", "diaryentry", "diaryentries", "diary", "diarytext", "journalentry", "journal",
    "journaltext", "logentry", "reflection", "reflections", "reflectiontext", "reflectivenote", "eintrag", "einträge",
    "eintragstext", "tagebucheintrag", "tagebuch", "reflexion", "reflexionen", "entrée", "entree", "entréedejournal",
    "journaldebord", "réflexion", "réflexions", "entrada", "entradas", "entradadeldiario", "entradadediario", "diario",
    "reflexión", "reflexiones", "dagboek", "dagboekfragment", "dagboeknotitie", "reflectie", "registo",
    "reflexão", "entradadodiário", "diário", "voce", "vocedeldiario", "riflessione", "riflessioni", "wpis", "wpisy",
    "refleksja", "dziennik", "dagbok", "dagboksanteckning", "inlägg", "dagbog", "dagbogsnotat", "päiväkirja",
    "merkintä", "zápis", "deník", "bejegyzés", "napló", "günlük", "日記", "日记",
];

/// What may as well be noted of them.
#[rustfmt::skip]
const NOTES: &[&str] = &[
    "note", "notes", "notetext", "remark", "remarks", "feedback", "log", "notiz", "notizen", "bemerkung", "bemerkungen",
    "anmerkung", "anmerkungen", "remarque", "remarques", "nota", "notas", "observación", "observaciones", "notitie",
    "notities", "opmerking", "opmerkingen", "anotação", "anotações", "appunto", "appunti", "notatka", "notatki",
    "uwaga", "uwagi", "anteckning", "anteckningar", "notat", "muistiinpano", "poznámka",
];

/// What people were asked to do.
#[rustfmt::skip]
const TASKS: &[&str] = &[
    "task", "tasktext", "instruction", "instructions", "activity", "assignment", "aufgabe", "aufgabenstellung",
    "impuls", "schreibimpuls", "anweisung", "consigne", "consignes", "tâche", "consigna", "tarea", "instrucción",
    "opdracht", "taak", "tarefa", "instrução", "compito", "consegna", "istruzione", "zadanie", "polecenie", "uppgift",
    "opgave", "oppgave",
];

/// When it was written.
#[rustfmt::skip]
const DAYS: &[&str] = &[
    "date", "day", "week", "datesubmitted", "submitted", "entrydate", "dateofentry", "tag", "datum", "woche", "jour",
    "semaine", "fecha", "día", "dia", "semana", "data", "giorno", "settimana", "dag", "dzień", "dzien", "tydzień",
    "vecka", "uke", "uge", "päivä", "den", "nap", "gün", "日付", "日期",
];

/// The longest title of ids that no list knows, in letters.
const SHORT: usize = 4;
/// What such a column may also be called.
const SUBJECTS: &[&str] =
    &["subject", "user", "code", "kürzel", "versuchsperson", "proband", "sujet", "sujeto", "author"];

/// The columns of a diary.
pub(super) struct Entries {
    pub(super) said: usize,
    pub(super) task: Option<usize>,
    /// Who may have written, where no title says so.
    pub(super) writer: Option<usize>,
    /// The entries may as well be somebody else's notes.
    pub(super) may_be_notes: bool,
}

/// Whether a title that no list knows can hardly be anything else's: `t`, `Nr.`, `Code`.
pub(super) fn is_called_people(title: &str) -> bool {
    let plain = plain(title);
    SUBJECTS.contains(&plain.as_str()) || (plain.chars().count() < SHORT - 1)
}

/// Whether a title that no list knows may be that of who answered.
fn may_be_people(title: &str) -> bool {
    title.trim().chars().count() <= SHORT || SUBJECTS.contains(&plain(title).as_str())
}

/// The column of who may have answered, beside those of questions, of answers and of a day, under a title that no list
/// knows; `is_free` tells which columns nothing is known of.
pub(super) fn answering(header: &[String], is_free: impl Fn(usize) -> bool) -> Option<usize> {
    let is_day = |title: &String| DAYS.contains(&plain(title).as_str());
    let is_told = |title: &String| [CLOCKS, STARTS, ENDS, LASTS].iter().any(|of| of.contains(&plain(title).as_str()));
    header.iter().any(is_day).then_some(())?;
    let may_be = |&at: &usize| {
        let title = &header[at];
        is_free(at) && may_be_people(title) && !is_day(title) && !is_told(title)
    };
    (0..header.len()).find(may_be)
}

/// Finds them in a table whose titles ask nothing, where none is that of who speaks.
pub(super) fn find(header: &[String], plainly: &[String]) -> Option<Entries> {
    let of = |titles: &[&str]| titles.iter().find_map(|title| plainly.iter().position(|plain| plain == title));
    if of(SPEAKER).is_some_and(|at| plainly[at] != "author") {
        return None;
    }
    let has_people =
        [ID, NAMES].into_iter().any(|titles| of(titles).is_some()) || header.iter().any(|title| is_of_person(title));
    let days = of(DAYS);
    let asked = of(QUESTION).or_else(|| of(TASKS));
    let entries = of(ENTRIES);
    let said = entries.or_else(|| of(NOTES).filter(|_| days.or(asked).is_some()))?;
    if entries.is_none() && !has_people && (days.is_none() || asked.is_none()) {
        return None;
    }
    let is_other = |&at: &usize| {
        let lists = [DAYS, CLOCKS, STARTS, ENDS, LASTS, STUDY, TASKS, QUESTION];
        at != said && !lists.iter().any(|titles| titles.contains(&plainly[at].as_str())) && !is_of_remarks(&header[at])
    };
    let others: Vec<usize> = (0..header.len()).filter(is_other).collect();
    let only = if let [only] = others[..] { Some(only) } else { None };
    let writer = others.iter().copied().find(|&at| may_be_people(&header[at])).or(only).filter(|_| !has_people);
    // Beside questions alone each column may be a participant's; days, what was asked and entries are one person's.
    let is_one = others.is_empty() && days.is_some();
    if !has_people && !is_one && (writer.is_none() || (days.is_none() && asked.is_some())) {
        return None;
    }
    // Beside a question somebody was asked it.
    let may_be_notes = entries.is_none() && of(QUESTION).is_none();
    Some(Entries { said, task: asked, writer, may_be_notes })
}

/// Whether the title of words says that somebody wrote them down as an entry.
pub(super) fn are_entries(title: &str) -> bool {
    ENTRIES.contains(&plain(title).as_str())
}
