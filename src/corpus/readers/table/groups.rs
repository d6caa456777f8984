//! Titles of columns that tell the interviews of a table apart without being ids by their names: those of groups and of
//! those who are interviewed, and such titles with a word for a number behind.
//!
//! In: a column's title, or the values of one. Out: whether it is called after a group or an interview, after a part of
//! one, and whether the values are codes of one form. It looks at no turn: what stands in the rows decides.

use super::super::super::labels;
use super::columns::numbered::{is_numbered, plain};
use super::part_titles::{NOTES, OF_INTERVIEWS};
use super::titles::{CLOCKS, ID, OF_ROWS, PERSONS, QUESTION, TALKS};

/// People who are interviewed together, or live and work together. One label in two of them is two people.
#[rustfmt::skip]
const GROUPS: &[&str] = &[
    "group", "groups", "focusgroup", "focusgroups", "focusgroupdiscussion", "fg", "fgd", "household", "hh", "home",
    "family", "couple", "dyad", "pair", "class", "classroom", "school", "site", "team", "workshop", "gruppe",
    "fokusgruppe", "gruppendiskussion", "haushalt", "familie", "paar", "klasse", "schule", "groupe", "groupefocal",
    "groupedediscussion", "ménage", "menage", "foyer", "famille", "classe", "école", "ecole", "équipe", "equipe",
    "atelier", "grupo", "grupofocal", "grupodeenfoque", "taller", "hogar", "familia", "pareja", "clase", "escuela",
    "equipo", "gruppo", "famiglia", "coppia", "squadra", "laboratorio", "família", "casal", "escola", "equipa",
    "groep", "focusgroep", "huishouden", "gezin", "grupa", "grupafokusowa", "rodzina", "grupp", "fokusgrupp",
    "hushåll", "fokusgruppe", "husstand", "ryhmä", "kotitalous", "skupina", "csoport", "grup", "группа",
    "фокусгруппа", "семья", "група", "グループ", "世帯", "小组", "组别", "家庭", "그룹", "가구", "مجموعة", "קבוצה",
];

/// An interview, or who is interviewed, beside the [`ID`]s.
#[rustfmt::skip]
const INTERVIEWS: &[&str] = &[
    "call", "conversation", "dialogue", "dialog", "chat", "gespräch", "gesprächspartner", "gesprächspartnerin",
    "interviewpartner", "interviewpartnerin", "interviewperson", "fall", "proband", "probandin", "sitzung", "patient",
    "patientin", "client", "klient", "klientin", "sesión", "sesion", "séance", "seance", "paciente", "sessione",
    "sessão", "gesprek", "sesja", "rozmowa", "samtal", "samtale", "συνέντευξη", "συνεντευξη", "беседа", "対象者",
    "インタビュー", "访谈", "訪談", "访谈对象", "인터뷰", "대상자", "المقابلة", "مقابلة", "ראיון", "מרואיין",
];

/// Parts of one interview, or of what is talked of in it.
#[rustfmt::skip]
const PARTS: &[&str] = &[
    "part", "section", "subsection", "chapter", "block", "phase", "stage", "step", "page", "side", "tape", "reel",
    "segment", "scene", "unit", "module", "task", "activity", "exercise", "round", "agenda", "agendaitem", "block",
    "paragraph", "sequence", "episode", "teil", "abschnitt", "kapitel", "phase", "schritt", "seite", "band",
    "aufgabe", "sequenz", "partie", "chapitre", "étape", "etape", "séquence", "parte", "sección", "seccion",
    "capítulo", "capitulo", "fase", "etapa", "sezione", "capitolo", "seção", "secao", "deel", "hoofdstuk", "część",
    "rozdział", "del", "avsnitt", "kapittel", "osa", "část", "rész", "bölüm", "часть", "раздел", "部分", "章",
];

/// What says that a number or a code stands in the column.
#[rustfmt::skip]
const NUMBERS: &[&str] = &[
    "id", "ids", "no", "nr", "n", "num", "number", "nummer", "numéro", "numero", "número", "nº", "code", "kürzel",
    "label", "key", "identifier", "номер", "رقم", "מספר", "αριθμός", "numer",
];
/// The same at the end of a title without spaces.
const NUMBERS_BEHIND: &[&str] = &["id", "nr", "no", "番号", "编号", "編號", "번호"];

/// A title without words for numbers, without case, spaces and marks: `wywiad` of `Wywiad_nr`.
fn bare(title: &str) -> String {
    let lower = title.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let bare: String = words.filter(|word| !NUMBERS.contains(word)).map(plain).collect();
    let is_known = |title: &&str| [GROUPS, INTERVIEWS, ID].iter().any(|titles| titles.contains(title));
    let shorter = NUMBERS_BEHIND.iter().find_map(|number| bare.strip_suffix(number)).filter(is_known);
    shorter.map(str::to_owned).unwrap_or(bare)
}

/// Whether a title is that of groups of people.
pub(super) fn is_of_groups(title: &str) -> bool {
    GROUPS.contains(&bare(title).as_str())
}

/// Whether a title is that of the people who were asked, perhaps with a word for a number: `Participant code`.
pub(super) fn is_of_person(title: &str) -> bool {
    [plain(title), bare(title)].iter().any(|title| PERSONS.contains(&title.as_str()))
}

/// The first column, beside those of who speaks and of what is said, that is called after an interview or, if none is,
/// after a group; `is_free` tells which columns nothing else is known of.
pub(super) fn column_of_talks(header: &[String], is_free: impl Fn(&usize) -> bool) -> Option<usize> {
    let called = |titles: &[&[&str]]| {
        let is_called = |column: &usize| {
            let bare = bare(&header[*column]);
            titles.iter().any(|titles| titles.contains(&bare.as_str()))
        };
        (0..header.len()).filter(&is_free).find(is_called)
    };
    called(&[ID, TALKS, INTERVIEWS]).or_else(|| called(&[GROUPS]))
}

/// Whether a title says that a column holds parts of an interview, what is talked of there or what researchers note.
pub(super) fn is_of_parts(title: &str) -> bool {
    let bare = bare(title);
    let is_day = |title: &str| OF_INTERVIEWS.contains(&title) && !DAYS.contains(&title);
    let is_number = OF_ROWS.contains(&plain(title).as_str());
    is_number || [PARTS, NOTES, QUESTION, CLOCKS].iter().any(|titles| titles.contains(&bare.as_str())) || is_day(&bare)
}

/// Of what is known of interviews, when they were: another day may be another one.
const DAYS: &[&str] = &["date", "interviewdate", "dateofinterview", "datum", "fecha", "data"];

/// The longest code, in bytes.
const LONGEST_CODE: usize = 20;

/// Whether values are codes of one form, as ids are: the same letters and a number, and no number of a question.
pub(super) fn are_codes<'v>(mut values: impl Iterator<Item = &'v str>) -> bool {
    let form = |value: &'v str| -> Option<&'v str> {
        let letters = value.trim_end_matches(|c: char| c.is_ascii_digit());
        let is_code = value.len() <= LONGEST_CODE
            && letters.len() < value.len()
            && letters.contains(char::is_alphabetic)
            && letters.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | ' '))
            && !is_numbered(value);
        is_code.then_some(letters)
    };
    let Some(first) = values.next().and_then(form) else { return false };
    values.all(|value| form(value) == Some(first))
}

/// Whether a label is one that many people have: one for a part that they play, a code, a letter.
pub(super) fn is_anybodys(label: &str, is_known: bool) -> bool {
    let label = label.trim();
    is_known || label.ends_with(|c: char| c.is_ascii_digit()) || (label.len() == 1 && labels::valid_label(label))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn interviews_and_groups_are_told_by_their_titles() {
        let found = |title: &str| {
            let header = ["Text", title].map(str::to_owned);
            column_of_talks(&header, |column| *column == 1).is_some()
        };
        for title in ["Focus group", "FG no.", "Gruppe", "groupe", "HH ID", "household_id", "Taller", "Class"] {
            assert!(is_of_groups(title) && found(title), "{title}");
        }
        for title in ["Gespräch", "Gesprächspartner", "wywiad_nr", "Entretien n°", "call_id", "対象者ID", "Interview #"]
        {
            assert!(!is_of_groups(title) && found(title), "{title}");
        }
        for title in ["Topic", "Part", "n°", "Code", "Age", "grouping", "Home town", ""] {
            assert!(!found(title), "{title}");
        }
    }

    #[test]
    fn parts_are_told_by_their_titles() {
        for title in ["Topic", "Part", "Section no.", "Abschnitt", "Codes", "No", "Nr.", "Question", "Language"] {
            assert!(is_of_parts(title), "{title}");
        }
        // What is called `Code` may be somebody's.
        for title in ["Visit", "Date", "Household", "Code", "xyz"] {
            assert!(!is_of_parts(title), "{title}");
        }
    }

    #[test]
    fn codes_have_one_form() {
        for codes in [["HH-01", "HH-02"], ["K7", "K12"], ["Visit 1", "Visit 2"]] {
            assert!(are_codes(codes.into_iter()), "{codes:?}");
        }
        for others in [["Q1", "Q2"], ["1", "2"], ["A1", "B2"], ["home", "work"], ["No. 0.5", "No. 1.5"]] {
            assert!(!are_codes(others.into_iter()), "{others:?}");
        }
    }
}
