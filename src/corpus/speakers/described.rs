//! Roles with a name in parentheses behind them: `Interviewer (Ann)`, `Participant (TR)`, `Befragte:r (w, 34)`,
//! `インタビュアー（鈴木）`; and labels that say to whom somebody speaks: `Interviewer (to Wife)`.
//!
//! In: labels in the form in which they are compared. Out: the role, and whether two labels are the same role with such
//! a name and without. Codes such as `P1 (Tom)` are none, nor is somebody's relative: `Participant (wife)`.

use super::super::label_key::stem;
use super::super::lexicon::{GENDER_ENDINGS, STRONG};
use super::super::model::Role;
use super::genders;
use super::two_people::is_relation;

/// What stands there in the titles of fields.
#[rustfmt::skip]
const OF_FIELDS: &[&str] = &[
    "initials", "initial", "name", "names", "full name", "first name", "pseudonym", "alias", "code", "id", "number", "no",
    "nr", "initialen", "kürzel", "vorname", "initiales", "nom", "pseudonyme", "prénom", "iniciales", "nombre", "seudónimo",
    "iniziali", "nome", "pseudonimo", "iniciais", "pseudônimo", "naam", "initialer", "namn", "inicjały", "imię",
];

/// Names of parts that describe people as well: who is a researcher may be asked about it.
#[rustfmt::skip]
const OF_PEOPLE: &[&str] = &[
    "assistant", "ai", "ai assistant", "user", "human", "researcher", "chercheur", "chercheuse", "forscher", "forscherin",
    "investigador", "investigadora", "pesquisador", "pesquisadora", "ricercatore", "ricercatrice", "onderzoeker",
    "onderzoekster", "forskare", "badacz", "badaczka", "výzkumník", "výzkumnice", "araştırmacı", "interpreter", "observer",
    "note taker", "notetaker", "note-taker", "transcriber", "unnamed speaker",
];

/// A key without what stands in brackets behind it, and that.
pub(super) fn parts(key: &str) -> Option<(&str, &str)> {
    let (core, inner) = match key.strip_suffix(']') {
        Some(key) => key.split_once('[')?,
        None => key.strip_suffix(')')?.split_once('(')?,
    };
    let (core, inner) = (core.trim_end(), inner.trim());
    (!core.is_empty() && !inner.is_empty()).then_some((core, inner))
}

/// What stands before the one who is spoken to. `a` and `an` stand before what somebody is.
#[rustfmt::skip]
const TURNING_TO: &[&str] = &[
    "to", "to the", "addressing", "turning to", "speaking to", "asking", "zu", "zum", "zur", "an den", "an die", "an herrn",
    "an frau", "à", "au", "aux", "al", "alla", "ao", "para", "aan", "tegen",
];

/// The key without the one who is spoken to: `interviewer` of `interviewer (to wife)`.
pub(super) fn turning_to(key: &str) -> Option<&str> {
    parts(key).filter(|(_, inner)| is_turning(inner)).map(|(core, _)| core)
}

/// The same of a label as written.
pub(crate) fn without_addressee(label: &str) -> Option<&str> {
    super::brackets::parts(label).filter(|(_, inner)| is_turning(&inner.to_lowercase())).map(|(name, _)| name)
}

fn is_turning(inner: &str) -> bool {
    TURNING_TO.iter().any(|words| inner.strip_prefix(words).is_some_and(|whom| whom.starts_with(' ')))
}

/// A key without it, or as it is.
pub(super) fn core(key: &str) -> &str {
    parts(key).map_or(key, |(core, _)| core)
}

/// The role of a key with a name behind it.
pub(super) fn role(key: &str) -> Option<Role> {
    let (core, inner) = parts(key)?;
    let is_word = |word: &str| is_relation(word) || STRONG.role(stem(word)).is_some();
    let is_name = !OF_FIELDS.contains(&inner)
        && !GENDER_ENDINGS.contains(&inner)
        && (is_turning(inner) || !inner.split(|c: char| !c.is_alphabetic()).any(is_word));
    let in_front = STRONG.role(stem(core)).or_else(|| genders::role(core));
    // `Sarah (moderator)`
    let behind =
        || STRONG.role(inner).filter(|_| stem(core) == core && in_front.is_none() && !OF_PEOPLE.contains(&inner));
    in_front.filter(|_| is_name).or_else(behind)
}

/// Whether the one is the other, a role without a number, with a name behind it; or both are that name's: `Tom` beside
/// `Participant (Tom)`.
pub(super) fn are_one(a: &str, b: &str) -> bool {
    let is_of = |long: &str, short: &str| {
        let Some((core, inner)) = parts(long) else { return false };
        role(long).is_some() && stem(core) == core && (core == short || inner == short)
    };
    is_of(a, b) || is_of(b, a)
}

#[cfg(test)]
mod tests {
    use super::super::super::label_key::key;
    use super::super::one_person::meant;
    use super::*;

    #[test]
    fn a_name_behind_a_role_leaves_the_role() {
        for (label, found) in [
            ("Interviewer (Ann)", Role::Interviewer),
            ("Moderatorin (KL)", Role::Interviewer),
            ("Participant (Tom Reed)", Role::Participant),
            ("Participant 2 (Tom)", Role::Participant),
            ("インタビュアー（鈴木）", Role::Interviewer),
            ("Interviewer:in (IV)", Role::Interviewer),
            ("Befragte:r (w, 34)", Role::Participant),
            ("Befragte*r 2 (Schule)", Role::Participant),
            ("Sarah (moderator)", Role::Interviewer),
            ("Ana (entrevistadora)", Role::Interviewer),
            ("Tom Reed (participant)", Role::Participant),
        ] {
            assert_eq!(role(&key(label)), Some(found), "{label}");
        }
        for label in [
            "Interviewer",
            "Tom (Skipper)",
            "Participant (wife)",
            "Interviewer (initials)",
            "(Ann)",
            "P1 (Tom)",
            "Befragte:r (Ehemann)",
            "Interviewer:in (Name)",
        ] {
            assert_eq!(role(&key(label)), None, "{label}");
        }
    }

    #[test]
    fn a_role_with_a_name_and_without_may_be_one() {
        let are_one = |a: &str, b: &str| are_one(&key(a), &key(b));
        assert!(are_one("Participant (Tom)", "Participant") && are_one("Participant", "Participant (TR)"));
        assert!(are_one("Tom", "Participant (Tom)"));
        for (a, b) in [
            ("Participant (Tom)", "Participant (Ida)"),
            ("Participant (Tom)", "Interviewer"),
            ("Participant 2 (Tom)", "Participant 2"),
            ("P1 (Tom)", "P1"),
            ("Participant (wife)", "Participant"),
            ("Tom (Skipper)", "Tom"),
        ] {
            assert!(!are_one(a, b), "{a} {b}");
        }
    }

    #[test]
    fn who_speaks_to_somebody_is_who_speaks() {
        let pairs = |labels: &[&str]| {
            meant(&labels.iter().map(|label| ((*label).to_owned(), 1)).collect::<Vec<_>>(), turning_to)
        };
        for whom in ["to Wife", "to the father", "to P3", "addressing R2", "an den Vater", "al padre", "à Marie"] {
            let label = format!("Interviewer ({whom})");
            assert_eq!(role(&key(&label)), Some(Role::Interviewer), "{label}");
            assert_eq!(pairs(&["Interviewer", "Wife", &label]), [(2, 0)], "{label}");
        }
        assert_eq!(pairs(&["Farmer", "Moira", "Moira (to Geoff)", "Farmer (to Wife)"]), [(2, 1), (3, 0)]);
        // Who is described, whom nobody else is called like, and words that begin alike.
        assert!(pairs(&["Tom", "Tom (a friend)", "Ann (to Tom)", "Tom (tourist)", "Tom (to)"]).is_empty());
        assert_eq!(role("participant (wife)"), None);
    }
}
