//! Who else speaks in a hearing, as court reporters write it: `THE COURT` and, as counsel, `MR. HALL` beside `Q` and `A`;
//! and who presides among two others who talk, in many languages: `Vorsitzender Dr. Hall`, `De voorzitter`.
//!
//! In: a label, and all labels beside it in the form in which they are compared, or what is counted of all speakers.
//! Out: why its words are no answers, if it is such a label. It never looks at what is said.

use super::super::label_key::key;
use super::counts::Speaker;

const TITLES: [&str; 5] = ["MR", "MRS", "MS", "MISS", "MX"];
/// Who holds the hearing, or serves in it.
#[rustfmt::skip]
const OFFICERS: &[&str] = &[
    "the court", "the clerk", "the court clerk", "the courtroom deputy", "the reporter", "the court reporter",
    "the stenographer", "the bailiff", "the marshal", "the videographer", "the interpreter", "the judge",
    "the magistrate", "the registrar", "the chair", "the chairman", "the chairperson", "the coroner",
    "the foreperson", "the foreman", "the prosecutor",
];

const OFFICER: &str = "holds or serves a hearing: what is asked and answered there stands under `Q` and `A`";
const COUNSEL: &str = "counsel in a hearing: what is asked and answered there stands under `Q` and `A`";

/// Why words under a label are no answers.
pub(super) fn reason(label: &str, keys: &[String]) -> Option<&'static str> {
    let has = |letter: &str| keys.iter().any(|key| key == letter);
    let title = label.split_once(' ').map(|(title, _)| title.trim_end_matches('.'));
    let is_counsel = title.is_some_and(|title| TITLES.contains(&title)) && !label.contains(char::is_lowercase);
    let is_officer = OFFICERS.contains(&key(label).as_str());
    let reason = if is_officer { OFFICER } else { COUNSEL };
    ((is_counsel || is_officer) && has("q") && has("a")).then_some(reason)
}

/// Who presides, as the first word of a label, behind an article.
#[rustfmt::skip]
const PRESIDING: &[&str] = &[
    "chair", "chairman", "chairwoman", "chairperson", "vorsitzender", "vorsitzende", "vors", "vorsitz", "vorsitzer",
    "président", "présidente", "presidente", "presidenta", "magistrado", "magistrada", "juez", "jueza", "juge",
    "giudice", "juiz", "juíza", "voorzitter", "voorzitster", "przewodniczący", "przewodnicząca", "marszałek",
    "ordförande", "ordföranden", "ordfører", "ordstyrer", "talman", "talmannen", "puheenjohtaja", "předseda",
    "předsedkyně", "předsedající", "elnök", "başkan", "председатель", "голова", "πρόεδρος",
];
const ARTICLES: &[&str] = &[
    "the", "der", "die", "le", "la", "el", "il", "de", "o", "a", "m", "mme", "mr", "madam", "sr", "sra", "señor",
    "señora", "herr", "frau", "η", "ο",
];
const PRESIDES: &str = "presides, and opens or closes what others ask and answer";
/// So many turns at least others have, and so many times as many in all.
const FEWEST_OF_OTHERS: usize = 3;
const TIMES_AS_MANY: usize = 4;

/// Why words of somebody who presides are no answers: the talk begins or ends with them, they follow no question, and
/// two others have far more turns.
pub(super) fn presiding(at: usize, speakers: &[Speaker]) -> Option<&'static str> {
    let own = &speakers[at];
    let stands_apart = (own.opens || own.closes) && own.replies == 0 && own.asking == 0;
    // The others are looked at for the few of whom this is so.
    if !stands_apart || !is_presiding(&own.label) {
        return None;
    }
    let others = || speakers.iter().enumerate().filter(|(other, of)| *other != at && !of.label.is_empty());
    let talk = others().filter(|(_, of)| of.turns >= FEWEST_OF_OTHERS).count();
    let all: usize = others().map(|(_, of)| of.turns).sum();
    (talk > 1 && own.turns * TIMES_AS_MANY <= all).then_some(PRESIDES)
}

/// `Vorsitzender Dr. Hall (AB)`, `EL MAGISTRADO`, `M. le président`
fn is_presiding(label: &str) -> bool {
    let key = key(label);
    let words = key.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    words.skip_while(|word| ARTICLES.contains(word)).take(1).any(|word| PRESIDING.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::super::tests::talked;
    use super::*;

    #[test]
    fn who_presides_answers_nothing() {
        use super::super::super::model::Role::{Interviewer as I, Other as O, Participant as P};
        let talk = [("EL FISCAL", "Where were you?"), ("EL TESTIGO", "It rained all day long, and I was at home.")];
        for label in ["EL MAGISTRADO", "Der Vorsitzende", "De voorzitter", "Przewodniczący Jan Lis (AB)", "The Chair"]
        {
            let closes: Vec<(&str, &str)> = talk.repeat(5).into_iter().chain([(label, "We are done.")]).collect();
            assert_eq!(talked(&closes).0, [I, P, O], "{label}");
        }
        // Who is asked answers, and so does whoever only leads something else.
        let asked =
            [("Ann", "Where were you?"), ("Tom", "It rained."), ("Ann", "And you?"), ("Chair", "I was at home.")];
        assert_eq!(talked(&asked.repeat(4)).0, [I, P, P]);
        let said: Vec<(&str, &str)> = talk.repeat(5).into_iter().chain([("Maria Juez", "So it was.")]).collect();
        assert_eq!(talked(&said).0, [I, P, P]);
    }

    #[test]
    fn who_else_speaks_in_a_hearing_answers_nothing() {
        let keys = |labels: &[&str]| labels.iter().map(|label| (*label).to_owned()).collect::<Vec<_>>();
        assert_eq!(reason("MR. HALL", &keys(&["q", "a", "mr. hall"])), Some(COUNSEL));
        assert_eq!(reason("THE COURT", &keys(&["q", "a", "the court"])), Some(OFFICER));
        for label in ["Mr. Hall", "HALL", "THE DEFENDANT", "COURT"] {
            assert_eq!(reason(label, &keys(&["q", "a"])), None, "{label}");
        }
        for label in ["MR. HALL", "THE COURT"] {
            assert_eq!(reason(label, &keys(&["i", "p"])), None, "{label}");
        }
    }
}
