//! Who asks and who answers: names of roles, and the role of every label in a transcript.
//!
//! In: speaker labels as written, with their turns. Out: a [`SpeakerRole`] for each, with the
//! reason. It never looks at what is said beyond the question mark at a turn's end.

use super::model::{Role, SpeakerRole};
use super::nobody;

/// Names that are roles wherever they start a line.
const STRONG: Lists = Lists {
    interviewers: &[
        "interviewer",
        "moderator",
        "researcher",
        "facilitator",
        "assistant",
        "ai",
        "ai interviewer",
        "ai assistant",
        "interviewerin",
        "moderatorin",
        "intervieweur",
        "entrevistador",
        "entrevistadora",
        "intervistatore",
    ],
    participants: &[
        "participant",
        "respondent",
        "interviewee",
        "user",
        "human",
        "informant",
        "teilnehmer",
        "teilnehmerin",
        "befragter",
        "befragte",
        "participante",
        "entrevistado",
        "entrevistada",
        "enquêté",
        "enquêtée",
        "intervistato",
        "intervistata",
    ],
    others: &["observer", "note taker", "notetaker", "transcriber", "interpreter", "unnamed speaker"],
};
/// Names that also stand at the start of ordinary lines: roles once the turns show speakers.
const WEAK: Lists = Lists {
    interviewers: &[
        "i", "q", "m", "iv", "ir", "int", "mod", "question", "host", "bot", "chatbot", "claude", "chatgpt", "gpt",
        "gemini", "model", "agent",
    ],
    participants: &[
        "p",
        "r",
        "a",
        "b",
        "s",
        "ie",
        "resp",
        "part",
        "answer",
        "subject",
        "me",
        "guest",
        "client",
        "customer",
        "patient",
        "student",
        "candidate",
    ],
    others: &["notes", "system", "tool", "translator", "technician", "operator"],
};

struct Lists {
    interviewers: &'static [&'static str],
    participants: &'static [&'static str],
    others: &'static [&'static str],
}

impl Lists {
    fn role(&self, stem: &str) -> Option<Role> {
        if self.interviewers.contains(&stem) {
            Some(Role::Interviewer)
        } else if self.participants.contains(&stem) {
            Some(Role::Participant)
        } else if self.others.contains(&stem) {
            Some(Role::Other)
        } else {
            None
        }
    }
}

/// Share of turns ending in a question mark from which a speaker is taken to ask.
const ASKING_SHARE: f64 = 0.25;
/// The same where an interviewer is already known by name.
const SECOND_ASKING_SHARE: f64 = 0.6;

/// Labels the user named, and the lists.
#[derive(Clone, Debug, Default)]
pub(crate) struct Names {
    interviewers: Vec<String>,
    participants: Vec<String>,
}

impl Names {
    /// Takes the labels of `--interviewer` and `--participant`.
    pub(crate) fn new(interviewers: &[String], participants: &[String]) -> Self {
        let keys = |labels: &[String]| labels.iter().map(|label| key(label.trim_end_matches([':', ' ']))).collect();
        Self { interviewers: keys(interviewers), participants: keys(participants) }
    }

    /// The same with people whom the file itself names as those who answer.
    pub(crate) fn with_participants(&self, labels: &[String]) -> Self {
        let mut all = self.clone();
        all.participants.extend(labels.iter().map(|label| key(label)).filter(|key| !self.is_given(key)));
        all
    }

    /// Whether the user named this key.
    pub(crate) fn is_given(&self, key: &str) -> bool {
        self.given(key).is_some()
    }

    /// The labels the user named that none of these speakers has.
    pub(crate) fn unused<'a>(&'a self, labels: impl Iterator<Item = &'a str> + Clone) -> Vec<&'a str> {
        let given = self.interviewers.iter().chain(&self.participants).map(String::as_str);
        given.filter(|name| !labels.clone().any(|label| key(label) == *name)).collect()
    }

    fn given(&self, key: &str) -> Option<Role> {
        if self.interviewers.iter().any(|name| name == key) {
            Some(Role::Interviewer)
        } else if self.participants.iter().any(|name| name == key) {
            Some(Role::Participant)
        } else {
            None
        }
    }

    /// The role of a key that is one wherever it starts a line.
    pub(crate) fn strong(&self, key: &str) -> Option<Role> {
        self.given(key).or_else(|| {
            let stem = stem(key);
            // `P1` and `R12` are labels nobody else writes; `P` alone is.
            if stem != key && matches!(stem, "p" | "r" | "s") {
                return Some(Role::Participant);
            }
            STRONG.role(stem).or_else(|| nobody::is_surely(key).then_some(Role::Other))
        })
    }

    /// The role of a key by any list.
    fn by_name(&self, key: &str) -> Option<Role> {
        let nobody = || nobody::is_nobody(key).then_some(Role::Other);
        self.strong(key).or_else(|| WEAK.role(stem(key))).or_else(nobody)
    }

    /// Whether a list knows the key at all.
    pub(crate) fn is_known(&self, key: &str) -> bool {
        self.by_name(key).is_some()
    }
}

/// The form in which labels are compared: lower case, single spaces.
pub(crate) fn key(label: &str) -> String {
    let mut key = String::with_capacity(label.len());
    for word in label.split_whitespace() {
        if !key.is_empty() {
            key.push(' ');
        }
        key.extend(word.chars().flat_map(char::to_lowercase));
    }
    key
}

/// A key without its number: `participant 3` and `participant_03` are `participant`.
fn stem(key: &str) -> &str {
    let stem = key.trim_end_matches(|c: char| c.is_ascii_digit());
    if stem.len() == key.len() || stem.is_empty() {
        return key;
    }
    let stem = stem.trim_end_matches([' ', '_', '-', '#', '.']);
    if stem.is_empty() { key } else { stem }
}

/// What is known of a label before its role is decided.
pub(crate) struct Speaker {
    /// As first written; empty for text before the first label.
    pub(crate) label: String,
    /// Turns under the label.
    pub(crate) turns: usize,
    /// Turns that end in a question mark.
    pub(crate) asking: usize,
}

impl Speaker {
    fn asking_share(&self) -> f64 {
        if self.turns == 0 { 0.0 } else { self.asking as f64 / self.turns as f64 }
    }
}

/// Whether a turn ends by asking.
pub(crate) fn ends_in_question(text: &str) -> bool {
    let end = text.trim_end_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '?' | '？' | '؟' | '.'));
    end.ends_with(['?', '？', '؟'])
}

/// Decides the role of each speaker of one transcript with the given id.
pub(crate) fn roles(speakers: &[Speaker], id: &str, names: &Names) -> Vec<SpeakerRole> {
    let keys: Vec<String> = speakers.iter().map(|s| key(&s.label)).collect();
    let id = key(id);
    let mut decided: Vec<Option<(Role, String)>> = keys
        .iter()
        .map(|key| {
            if key.is_empty() {
                return Some((Role::Other, "text before the first speaker label".to_owned()));
            }
            if let Some(role) = names.given(key) {
                return Some((role, format!("named with --{role}")));
            }
            if *key == id {
                return Some((Role::Participant, "the transcript's own id".to_owned()));
            }
            if nobody::is_nobody(key) {
                return Some((Role::Other, nobody::REASON.to_owned()));
            }
            names.by_name(key).map(|role| (role, format!("known name for {} {role}", article(role))))
        })
        .collect();

    // `R:` and `P:` both look like participants; where nobody is left to ask, names do not decide.
    let is = |decided: &[Option<(Role, String)>], role| decided.iter().flatten().any(|(r, _)| *r == role);
    if !is(&decided, Role::Interviewer) && decided.iter().all(Option::is_some) {
        for (choice, key) in decided.iter_mut().zip(&keys) {
            if names.strong(key).is_none() && !key.is_empty() && *key != id {
                *choice = None;
            }
        }
        if decided.iter().flatten().all(|(role, _)| *role != Role::Participant)
            && decided.iter().filter(|choice| choice.is_none()).count() == 1
        {
            // One speaker alone: the name is all there is.
            for (choice, key) in decided.iter_mut().zip(&keys) {
                if let (None, Some(role)) = (&choice, names.by_name(key)) {
                    *choice = Some((role, format!("known name for {} {role}", article(role))));
                }
            }
        }
    }

    let percent =
        |speaker: &Speaker| format!("{:.0} % of its turns end in a question mark", speaker.asking_share() * 100.0);
    if !is(&decided, Role::Interviewer) {
        let named_share = speakers
            .iter()
            .zip(&decided)
            .filter(|(_, choice)| matches!(choice, Some((Role::Participant, _))))
            .map(|(speaker, _)| speaker.asking_share())
            .fold(0.0, f64::max);
        let top = speakers
            .iter()
            .zip(&decided)
            .filter(|(_, choice)| choice.is_none())
            .map(|(speaker, _)| speaker.asking_share())
            .fold(0.0, f64::max);
        let several = speakers.iter().filter(|speaker| !speaker.label.is_empty()).count() > 1;
        for (speaker, choice) in speakers.iter().zip(decided.iter_mut()) {
            let share = speaker.asking_share();
            let asks = several && share >= ASKING_SHARE && share > named_share;
            if choice.is_none() && asks && (share == top || share >= SECOND_ASKING_SHARE) {
                *choice = Some((Role::Interviewer, percent(speaker)));
            }
        }
    } else if !keys.iter().any(|key| names.given(key) == Some(Role::Interviewer)) {
        for (speaker, choice) in speakers.iter().zip(decided.iter_mut()) {
            if choice.is_none() && speaker.turns >= 3 && speaker.asking_share() >= SECOND_ASKING_SHARE {
                *choice = Some((Role::Interviewer, percent(speaker)));
            }
        }
    }
    let asked = is(&decided, Role::Interviewer);
    speakers
        .iter()
        .zip(decided)
        .map(|(speaker, choice)| {
            let (role, reason) = choice.unwrap_or_else(|| {
                let reason = if asked {
                    format!("not the interviewer; {}", percent(speaker))
                } else {
                    format!("no interviewer found; {}", percent(speaker))
                };
                (Role::Participant, reason)
            });
            SpeakerRole { label: speaker.label.clone(), role, reason, turns: speaker.turns }
        })
        .collect()
}

fn article(role: Role) -> &'static str {
    match role {
        Role::Participant => "a",
        Role::Interviewer => "an",
        Role::Other => "some",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decide(speakers: &[(&str, usize, usize)], names: &Names) -> Vec<Role> {
        let speakers: Vec<Speaker> =
            speakers.iter().map(|&(label, turns, asking)| Speaker { label: label.to_owned(), turns, asking }).collect();
        roles(&speakers, "ward_07", names).into_iter().map(|s| s.role).collect()
    }

    #[test]
    fn names_decide() {
        use Role::{Interviewer as I, Other as O, Participant as P};
        let none = Names::default();
        assert_eq!(decide(&[("Assistant", 1, 1), ("User", 9, 0), ("AI", 9, 7)], &none), [I, P, I]);
        assert_eq!(decide(&[("MODERATOR", 5, 2), ("P1", 5, 0), ("P2", 4, 4)], &none), [I, P, P]);
        assert_eq!(decide(&[("Q", 5, 0), ("A", 5, 5)], &none), [I, P]);
        assert_eq!(decide(&[("", 1, 0), ("I", 5, 2), ("Observer", 1, 0), ("R", 5, 0)], &none), [O, I, O, P]);
        assert_eq!(decide(&[("Ward_07", 5, 0), ("Tom", 5, 4)], &none), [P, I]);
    }

    #[test]
    fn two_participant_letters_are_decided_by_questions() {
        use Role::{Interviewer as I, Participant as P};
        assert_eq!(decide(&[("R", 8, 6), ("P", 8, 1)], &Names::default()), [I, P]);
    }

    #[test]
    fn question_marks_decide_between_names() {
        use Role::{Interviewer as I, Participant as P};
        let none = Names::default();
        assert_eq!(decide(&[("Tom", 8, 6), ("Maria", 8, 1)], &none), [I, P]);
        assert_eq!(decide(&[("Interviewer", 8, 2), ("Maria", 8, 1), ("Jo", 2, 2)], &none), [I, P, P]);
        assert_eq!(decide(&[("Maria", 8, 8)], &none), [P]);
    }

    #[test]
    fn options_win() {
        use Role::{Interviewer as I, Participant as P};
        let names = Names::new(&["user".to_owned()], &["AI".to_owned()]);
        assert_eq!(decide(&[("AI", 8, 6), ("User", 8, 0)], &names), [P, I]);
        let names = Names::new(&["tom".to_owned()], &[]);
        assert_eq!(decide(&[("Tom", 8, 0), ("Maria", 8, 7)], &names), [I, P]);
    }

    #[test]
    fn a_question_may_end_in_marks() {
        assert!(ends_in_question("Could you say \"why?\""));
        assert!(ends_in_question("Why?! :)"));
        assert!(!ends_in_question("Why? I see."));
    }
}
