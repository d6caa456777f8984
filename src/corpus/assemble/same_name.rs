//! One full name, telephone number or mail address that answers in several transcripts, which count as different
//! participants: `Tom Reed` in `monday` and in `tuesday`.
//!
//! In: who answers in each talk, and who counts as its participant. Out: a warning for each study. It makes nobody one
//! with anybody, since two people may be called the same.

use std::collections::{BTreeMap, BTreeSet};

use crate::corpus::error::{counted, some};
use crate::corpus::model::{Name, Role, SpeakerRole, Transcript};
use crate::corpus::people::names_people;
use crate::corpus::speakers::{Names, key};
use crate::corpus::studies::is_kind;

/// For each study the full names under which one person alone answers, and who counts as participant there.
#[derive(Default)]
pub(super) struct FullNames {
    of_study: BTreeMap<Name, BTreeMap<String, Met>>,
}

struct Met {
    label: String,
    /// Participants, as they are counted.
    who: BTreeSet<Name>,
}

impl FullNames {
    /// Takes note of a talk. Where several answer, the names tell them apart.
    pub(super) fn hear(&mut self, transcript: &Transcript, speakers: &[SpeakerRole], names: &Names) {
        let mut answering = speakers.iter().filter(|speaker| speaker.role == Role::Participant);
        let (Some(speaker), None) = (answering.next(), answering.next()) else { return };
        // `(Leeds)` behind a name says where somebody is.
        let name = speaker.label.split('(').next().unwrap_or_default().trim();
        if !is_full_name(name, names) && !is_address(name) {
            return;
        }
        let who = transcript.person.as_ref().unwrap_or(&transcript.id).clone();
        let of_study = self.of_study.entry(transcript.study.clone()).or_default();
        let met = of_study.entry(key(name));
        met.or_insert_with(|| Met { label: name.to_owned(), who: BTreeSet::new() }).who.insert(who);
    }

    /// Warnings, but of those whose ids were told before to be one person's.
    pub(super) fn told(&self, before: &[String]) -> Vec<String> {
        let is_told = |met: &&Met| {
            let ids = || met.who.iter().map(|who| format!("`{who}`"));
            before.iter().any(|warning| warning.contains("one person") && ids().any(|id| warning.contains(&id)))
        };
        let several = |names: &BTreeMap<String, Met>| -> Option<String> {
            let met: Vec<&Met> = names.values().filter(|met| met.who.len() > 1 && !is_told(met)).collect();
            let first = met.first()?;
            let ids: Vec<&str> = first.who.iter().map(Name::as_str).collect();
            let others = match met.len() - 1 {
                0 => String::new(),
                n => format!(" (likewise {})", counted(n, "other name")),
            };
            Some(format!(
                "`{}` answers in {}, which count as different participants{others}; where that is one person, call the \
                 transcripts `anna_T1`, `anna_T2`, `ben_T1`",
                first.label,
                some(&ids)
            ))
        };
        self.of_study.values().filter_map(several).collect()
    }
}

/// Whether this is a person's name of several words, none of which says what part somebody plays or what they are.
fn is_full_name(name: &str, names: &Names) -> bool {
    let words = || name.split_whitespace();
    let is_whole = |word: &str| word.chars().filter(|c| c.is_alphabetic()).count() > 1;
    let is_part = |key: &str| names.is_known(key) || is_kind(key);
    words().filter(|word| is_whole(word)).count() > 1
        && !name.contains(|c: char| c.is_numeric())
        && !words().any(|word| is_part(&key(word)))
        && !names.is_known(&key(name))
        && names_people(name)
}

/// Digits of the shortest telephone number.
const DIGITS: usize = 7;

/// Whether this is a telephone number or an address of mail, whole and not masked.
fn is_address(name: &str) -> bool {
    let is_of_number = |c: char| c.is_ascii_digit() || " +-./".contains(c);
    let n_digits = name.chars().filter(char::is_ascii_digit).count();
    let is_mail = name.split_once('@').is_some_and(|(who, at)| !who.is_empty() && at.trim_matches('.').contains('.'));
    (n_digits >= DIGITS && name.chars().all(is_of_number)) || (is_mail && !name.contains([' ', '*', '…']))
}

#[cfg(test)]
mod tests {
    use crate::corpus::{InputSpec, ReadOptions, read};

    fn warnings(files: &[(&str, &str)]) -> Vec<String> {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            std::fs::write(folder.path().join(name), text).unwrap();
        }
        let inputs = [InputSpec { study: None, path: folder.path().to_owned() }];
        read(&inputs, &ReadOptions::default()).unwrap().warnings
    }

    fn talk(who: &str, about: &str) -> String {
        format!(
            "Ann Hall: How was {about}?\n{who}: Long, and two of us were ill that day.\nAnn Hall: What did you do?\n\
             {who}: We skipped the breaks after {about}, and wrote less down.\n"
        )
    }

    fn told(first: &str, second: &str) -> Vec<String> {
        let talks = [talk(first, "the early shift"), talk(second, "the late shift")];
        let files = [("chat monday.txt", talks[0].as_str()), ("visit nine.txt", talks[1].as_str())];
        warnings(&files).into_iter().filter(|warning| warning.contains("answers in")).collect()
    }

    #[test]
    fn a_full_name_that_answers_in_two_talks_is_told() {
        for (first, second) in [
            ("Tom Reed", "Tom Reed"),
            ("Tom Reed", "TOM REED"),
            ("Dr. Tom Reed", "Dr. Tom Reed"),
            ("María del Río", "María del Río"),
            ("Tom Reed (Leeds)", "Tom Reed"),
            ("tom.reed@example.org", "tom.reed@example.org"),
        ] {
            let told = told(first, second);
            assert!(told.len() == 1 && told[0].contains("`chat monday`, `visit nine`"), "{first}: {told:?}");
        }
    }

    #[test]
    fn first_names_parts_and_numbers_are_not_somebody_met_again() {
        for name in ["Tom", "Participant", "P1", "Speaker 2", "Research Participant", "Participant One", "Staff Nurse"]
        {
            assert_eq!(told(name, name), [""; 0], "{name}");
        }
        assert_eq!(told("Tom Reed", "Tom Hill"), [""; 0]);
    }

    #[test]
    fn a_telephone_number_that_answers_in_two_chats_is_told() {
        let chat = |number: &str, day: &str| {
            let line = |who: &str, minute: u32, said: &str| format!("{day}/01/2031, 09:1{minute} - {who}: {said}\n");
            [
                line("Ann", 1, "How was the early shift?"),
                line(number, 2, &format!("Long, on the {day}th.")),
                line("Ann", 3, "What did you do?"),
                line(number, 4, "We skipped the breaks."),
            ]
            .concat()
        };
        let told = |number: &str| {
            let found = warnings(&[("one.txt", &chat(number, "11")), ("other.txt", &chat(number, "12"))]);
            found.iter().filter(|warning| warning.contains("answers in")).count()
        };
        assert_eq!(["+44 7700 900123", "+44 *** 123", "Tom"].map(told), [1, 0, 0]);
    }

    #[test]
    fn waves_and_ids_that_are_told_already_are_told_once() {
        let (first, second) = (talk("Tom Reed", "the early shift"), talk("Tom Reed", "the late shift"));
        let other = talk("Mia Orr", "the ward");
        for names in [["tom_01.txt", "tom_02.txt", "mia_01.txt"], ["tom_pre.txt", "tom_post.txt", "mia_pre.txt"]] {
            let found = warnings(&[(names[0], &first), (names[1], &second), (names[2], &other)]);
            assert!(found.iter().all(|warning| !warning.contains("answers in")), "{names:?}: {found:?}");
        }
    }
}
