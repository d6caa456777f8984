//! Who asks and who answers: names of roles, and the role of every label in a transcript.
//!
//! In: speaker labels as written, with what is counted of each ([`counts`]). Out: a [`SpeakerRole`] for each,
//! with the reason, and what is doubtful about it. It never looks at what is said.

mod beside;
pub(crate) mod brackets;
mod codes;
mod counted;
mod counts;
mod court;
mod described;
mod doubtful;
mod genders;
mod greetings;
mod hosts;
mod interpreters;
pub(crate) mod interpreting;
mod letters;
mod machines;
pub(crate) mod manners;
mod many;
mod misspelt;
mod mistyped;
mod of_programs;
pub(crate) mod one_person;
mod question_words;
mod reversed;
mod turn_numbers;
mod two;
pub(crate) mod two_people;
mod unknown;
mod unnumbered;

pub(crate) use super::label_key::{key, stem};
pub(crate) use counted::{Count, are_a_pair, are_known, count_of, counts_in_front};
pub(crate) use counts::{Speaker, ends_in_question, ends_in_question_mark, place, questions, speakers};
pub(crate) use described::without_addressee;
pub(crate) use turn_numbers::{asked_by_number, count_questions, numbered, stem_as_written};
pub(crate) use unnumbered::unnumbered;

use std::collections::{HashMap, HashSet};

use super::error::counted;
use super::lexicon::{EITHER, STRONG, WEAK};
use super::model::{Role, SpeakerRole};
use super::nobody;
use super::people::People;
use super::policy::*;
use letters::Lettered;

/// Labels the user named, the people a header named, and the lists.
#[derive(Clone, Debug, Default)]
pub(crate) struct Names {
    interviewers: Vec<String>,
    participants: Vec<String>,
    people: People,
}

impl Names {
    /// Takes the labels of `--interviewer` and `--participant`.
    pub(crate) fn new(interviewers: &[String], participants: &[String]) -> Self {
        let keys = |labels: &[String]| labels.iter().map(|label| key(label.trim_end_matches([':', ' ']))).collect();
        Self { interviewers: keys(interviewers), participants: keys(participants), people: People::default() }
    }

    /// The same for a transcript whose header names people.
    pub(crate) fn with(&self, people: &People) -> Self {
        Self { people: people.clone(), ..self.clone() }
    }

    /// Whether the user said with `--participant` that a file, or all files of its folder, are one
    /// person's own words: by the path as shown, the file's name, or the folder's with a slash.
    pub(crate) fn owns(&self, path: &str) -> bool {
        if self.participants.is_empty() {
            return false;
        }
        let path = key(path);
        self.participants.iter().any(|name| is_place(name, &path))
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
    pub(crate) fn unused<'a>(
        &'a self,
        labels: impl Iterator<Item = &'a str> + Clone,
        paths: impl Iterator<Item = &'a str> + Clone,
    ) -> Vec<&'a str> {
        let given = self.interviewers.iter().chain(&self.participants).map(String::as_str);
        let is_label = |name: &str| labels.clone().any(|label| key(label) == name);
        let is_file = |name: &str| paths.clone().any(|path| is_place(name, &key(path)));
        given.filter(|name| !is_label(name) && !is_file(name)).collect()
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
        self.given(key).or_else(|| self.people.find(key).map(|person| person.role)).or_else(|| {
            if key.len() > LONGEST_ROLE {
                return None;
            }
            let stem = stem(key);
            // `P1` and `R12` are labels nobody else writes; `P` alone is.
            if stem != key && matches!(stem, "p" | "r" | "s") {
                return Some(Role::Participant);
            }
            let role = STRONG.role(stem).or_else(|| genders::role(key));
            role.or_else(|| nobody::is_surely(key).then_some(Role::Other))
        })
    }

    /// The role of a key by any list.
    pub(crate) fn by_name(&self, key: &str) -> Option<Role> {
        let nobody = || (nobody::is_nobody(key) || nobody::is_program(key)).then_some(Role::Other);
        let interprets = || interpreting::is_named(key).then_some(Role::Other);
        let of_lists = self.strong(key).or_else(|| WEAK.role(bare_stem(key)));
        of_lists.or_else(interprets).or_else(|| described::role(key)).or_else(nobody)
    }

    /// Whether the header names somebody who goes by the key, with a part or without.
    pub(crate) fn is_introduced(&self, key: &str) -> bool {
        self.people.knows(key)
    }

    /// Whether a list knows the key at all.
    pub(crate) fn is_known(&self, key: &str) -> bool {
        self.by_name(key).is_some()
    }
}

/// The stem of a key without the point of what is short: `int.`, `teiln. 2`. That of a letter stands behind initials.
fn bare_stem(key: &str) -> &str {
    let stem = stem(key);
    let bare = stem.trim_end_matches('.');
    if bare.chars().nth(1).is_some() { bare } else { stem }
}

/// Whether a name that the user gave is that of a file – its path, or its name with the extension – or,
/// with a slash behind, of a folder above it. `P1` is a label and never `P1.txt`.
fn is_place(name: &str, path: &str) -> bool {
    if !name.contains(['/', '.']) {
        return false;
    }
    let name = name.trim_start_matches("./");
    let path = path.trim_start_matches("./");
    let file = path.rsplit('/').next().unwrap_or(path);
    name == path || name == file || (name.ends_with('/') && path.starts_with(name))
}

/// Why somebody who is called like the transcript answers.
const OWN_ID: &str = "the transcript's own id";

/// Decides the role of each speaker of one transcript with the given id.
pub(crate) fn roles(speakers: &[Speaker], id: &str, names: &Names) -> Vec<SpeakerRole> {
    let keys: Vec<String> = speakers.iter().map(|s| key(&s.label)).collect();
    let id = key(id);
    let several: HashMap<usize, Vec<usize>> =
        (0..keys.len()).filter_map(|at| Some((at, codes::several(at, &keys)?))).collect();
    let answering: HashSet<usize> = letters::answering(&lettered(speakers, &keys, names)).sure.into_iter().collect();
    let beside = beside::answering(speakers, &keys, names).answer;
    let only_asker = many::only_asker(speakers);
    let interpreting = interpreters::found(speakers, &keys, names);
    let mut decided: Vec<Option<(Role, String)>> = keys
        .iter()
        .enumerate()
        .map(|(at, key)| {
            if key.is_empty() {
                return Some((Role::Other, "text before the first speaker label".to_owned()));
            }
            if let Some(role) = names.given(key) {
                return Some((role, format!("named with --{role}")));
            }
            if let Some(person) = names.people.find(key) {
                let part = match person.role {
                    Role::Other => "somebody else".to_owned(),
                    role => format!("{} {role}", role.article()),
                };
                let names = names.people.called(key).join("` or `");
                return Some((person.role, format!("the header's `{}: {names}` says {part}", person.field)));
            }
            // Of interview `int2`, `INT2` who asks is the second interviewer.
            let asks = || speakers[at].asking > 0 && speakers[at].asking_share() >= ASKING_SHARE;
            let is_role = || match names.by_name(key) {
                Some(Role::Interviewer) => asks() || speakers[at].prompts >= FEWEST_PROMPTS,
                Some(Role::Other) => keys.iter().filter(|key| !key.is_empty()).count() > 2,
                _ => false,
            };
            if *key == id && !is_role() && only_asker != Some(at) {
                return Some((Role::Participant, OWN_ID.to_owned()));
            }
            if let Some(decided) = interpreting.get(&at) {
                return Some(decided.clone());
            }
            if let Some(is_nobody) = unknown::is_nobody(at, speakers, &keys, names) {
                return is_nobody.then(|| (Role::Other, nobody::REASON.to_owned()));
            }
            if several.contains_key(&at) {
                return Some((Role::Other, codes::SEVERAL.to_owned()));
            }
            let presiding = || court::presiding(at, speakers).filter(|_| !names.is_known(key));
            if let Some(reason) = court::reason(&speakers[at].label, &keys).or_else(presiding) {
                return Some((Role::Other, reason.to_owned()));
            }
            if beside.contains(&at) {
                let counts = asking(&speakers[at], speakers.iter().map(|speaker| speaker.asking).sum());
                return Some((Role::Participant, format!("answers beside who asks; {counts}")));
            }
            names
                .by_name(key)
                .filter(|_| !answering.contains(&at))
                .map(|role| (role, format!("known name for {} {role}", role.article())))
        })
        .collect();

    if let Some(at) = many::among_all_present(speakers, &names.people).filter(|&at| names.given(&keys[at]).is_none()) {
        decided[at] = None;
    }
    let questions: usize = speakers.iter().map(|speaker| speaker.asking).sum();
    let part = |at: usize| match beside.contains(&at) {
        true => two::Name::Fixed(Role::Participant),
        false => name_of(&keys[at], &decided[at], &id, names, only_asker == Some(at)),
    };
    let parts: Vec<two::Name> = (0..keys.len()).map(part).collect();
    if let Some((asks, answers)) = asker_of_two(speakers, &parts) {
        let prompts = prompts_of(&speakers[asks]);
        if !matches!(decided[asks], Some((Role::Interviewer, _))) {
            decided[asks] = Some((Role::Interviewer, asking(&speakers[asks], questions) + &prompts));
        }
        if matches!(decided[answers], Some((Role::Interviewer, _))) {
            let counts = asking(&speakers[answers], questions);
            decided[answers] = Some((Role::Participant, format!("not the interviewer; {counts}")));
        }
    }
    let yielding = many::yielding(speakers, &parts, |at| stem(&keys[at]) != keys[at]);
    if let Some(at) = yielding.asks {
        decided[at] = Some((Role::Interviewer, asking(&speakers[at], questions)));
    }
    for at in yielding.answer {
        let counts = asking(&speakers[at], questions);
        decided[at] = Some((Role::Participant, format!("not the interviewer; {counts}")));
    }
    for (at, role) in hosts::by_deeds(speakers, &keys, names) {
        let deeds = if role == Role::Interviewer { "only greets or asks" } else { "answers and asks nothing" };
        decided[at] = Some((role, format!("{deeds}; {}", asking(&speakers[at], questions))));
    }

    // `R:` and `P:` both look like participants; where nobody is left to ask, names do not decide.
    let is = |decided: &[Option<(Role, String)>], role| decided.iter().flatten().any(|(r, _)| *r == role);
    if !is(&decided, Role::Interviewer) && decided.iter().all(Option::is_some) {
        for (at, (choice, key)) in decided.iter_mut().zip(&keys).enumerate() {
            let is_own = *key == id && only_asker != Some(at);
            let is_nobody = keys.len() > 2 && choice.as_ref().is_some_and(|(_, reason)| reason == nobody::REASON);
            if names.strong(key).is_none()
                && !key.is_empty()
                && !is_own
                && !several.contains_key(&at)
                && !nobody::is_code(key)
                && !is_nobody
                && !interpreting.contains_key(&at)
            {
                *choice = None;
            }
        }
        if decided.iter().flatten().all(|(role, _)| *role != Role::Participant)
            && decided.iter().filter(|choice| choice.is_none()).count() == 1
        {
            // One speaker alone: the name is all there is.
            for (choice, key) in decided.iter_mut().zip(&keys) {
                if let (None, Some(role)) = (&choice, names.by_name(key)) {
                    *choice = Some((role, format!("known name for {} {role}", role.article())));
                }
            }
        }
    }

    if let Some((at, role)) = either(speakers, &keys, &decided) {
        decided[at] = Some((role, "short for who asks or who answers; the names of the others tell which".to_owned()));
    }

    // `S00` and `S01` are speakers of a program as often as subjects: where nobody else speaks, questions tell.
    let numbered = of_programs::numbered_speakers(speakers, &keys, &decided, names);
    numbered.into_iter().for_each(|at| decided[at] = None);

    if !is(&decided, Role::Interviewer) {
        let undecided: Vec<usize> = (0..speakers.len()).filter(|&s| decided[s].is_none()).collect();
        let by_questions = asker(speakers, &decided, &undecided);
        let chance = |top: usize| two::opener(speakers, top);
        let opener = two::prompter(speakers)
            .or_else(|| by_questions.and_then(chance))
            .filter(|opener| undecided.contains(opener) && Some(*opener) != by_questions);
        let is_own = |&at: &usize| decided[at].as_ref().is_some_and(|(_, reason)| reason == OWN_ID);
        let own = (0..speakers.len()).find(is_own);
        let asker = opener.or(by_questions).or_else(|| two::beside_own(speakers, own?));
        let who_answer = [undecided.clone(), places(&decided, Some(Role::Participant))].concat();
        let is_second =
            |s: usize| asker.is_some_and(|top| s != top && many::is_second(speakers, s, &[top], &who_answer));
        let mut asking_too: Vec<usize> =
            undecided.iter().copied().filter(|&s| opener.is_none() && is_second(s)).collect();
        // Somebody answers: who asks back does not ask beside the only other one.
        if !is(&decided, Role::Participant) && undecided.iter().all(|s| Some(*s) == asker || asking_too.contains(s)) {
            asking_too.clear();
        }
        for &s in undecided.iter().chain(&own).filter(|s| Some(**s) == asker || asking_too.contains(s)) {
            let prompts = opener.map_or_else(String::new, |opener| prompts_of(&speakers[opener]));
            decided[s] = Some((Role::Interviewer, asking(&speakers[s], questions) + &prompts));
        }
    } else if !keys.iter().any(|key| names.given(key) == Some(Role::Interviewer))
        && names.people.count(Role::Interviewer) == 0
    {
        let (undecided, who_ask) = (places(&decided, None), places(&decided, Some(Role::Interviewer)));
        let who_answer = [undecided.clone(), places(&decided, Some(Role::Participant))].concat();
        let is_second = |&s: &usize| many::is_second(speakers, s, &who_ask, &who_answer);
        let second: Vec<usize> = undecided.iter().copied().filter(is_second).collect();
        if is(&decided, Role::Participant) || second.len() < undecided.len() {
            for s in second {
                decided[s] = Some((Role::Interviewer, asking(&speakers[s], questions)));
            }
        }
    }
    // Two who ask may ask together.
    let asks = |at: &usize| matches!(decided[*at], Some((Role::Interviewer, _)));
    let together: Vec<usize> = several.iter().filter(|(_, of)| of.iter().all(asks)).map(|(&at, _)| at).collect();
    for at in together.into_iter().filter(|&at| names.given(&keys[at]).is_none()) {
        decided[at] = Some((Role::Interviewer, "names several interviewers at once".to_owned()));
    }
    // Of an interpreter who is asked about the work, nobody else answers.
    if decided.iter().all(Option::is_some) && !is(&decided, Role::Participant) {
        let who_ask = places(&decided, Some(Role::Interviewer));
        let may_be = |&at: &usize| beside::may_be_the_only_one(&keys[at], &speakers[at], &who_ask, names);
        let by: Vec<usize> = (0..keys.len()).filter(may_be).collect();
        for at in by.iter().copied().filter(|&at| by.len() == 1 || interpreting::is_named(&keys[at])) {
            let reason = format!("nobody else answers; {}", asking(&speakers[at], questions));
            decided[at] = Some((Role::Participant, reason));
        }
    }
    let asked = is(&decided, Role::Interviewer);
    speakers
        .iter()
        .zip(decided)
        .map(|(speaker, choice)| {
            let (role, reason) = choice.unwrap_or_else(|| {
                let found = if asked { "not the interviewer" } else { "no interviewer found" };
                (Role::Participant, format!("{found}; {}", asking(speaker, questions)))
            });
            SpeakerRole { label: speaker.label.clone(), role, reason, turns: speaker.turns }
        })
        .collect()
}

/// The places of those who were given a role, or none.
fn places(decided: &[Option<(Role, String)>], role: Option<Role>) -> Vec<usize> {
    let is = |choice: &Option<(Role, String)>| choice.as_ref().map(|(role, _)| *role) == role;
    (0..decided.len()).filter(|&at| is(&decided[at])).collect()
}

/// The place and the role of a speaker such as `Entr.`, where the names of the others are all of the other role, and
/// their questions do not speak against it.
fn either(speakers: &[Speaker], keys: &[String], decided: &[Option<(Role, String)>]) -> Option<(usize, Role)> {
    let mut places = (0..keys.len()).filter(|&at| decided[at].is_none() && EITHER.contains(&bare_stem(&keys[at])));
    let (at, None) = (places.next()?, places.next()) else { return None };
    let of = |role: Role| {
        let others =
            decided.iter().zip(speakers).filter(move |(choice, _)| matches!(choice, Some((r, _)) if *r == role));
        others.map(|(_, speaker)| speaker.answered).max()
    };
    let answered = speakers[at].answered;
    match (of(Role::Interviewer), of(Role::Participant)) {
        (None, Some(others)) => (others <= answered).then_some((at, Role::Interviewer)),
        (Some(others), None) => (answered <= others).then_some((at, Role::Participant)),
        _ => None,
    }
}

/// What the lists say of each speaker, for those whom a letter and a number name.
fn lettered<'s>(speakers: &[Speaker], keys: &'s [String], names: &Names) -> Vec<Lettered<'s>> {
    let lettered = |(speaker, key): (&Speaker, &'s String)| {
        let strong = names.strong(key);
        let role = strong.or_else(|| names.by_name(key));
        Lettered { key, role, is_strong: strong.is_some(), asking: speaker.asking, turns: speaker.turns }
    };
    speakers.iter().zip(keys).map(lettered).collect()
}

/// What a label says of who goes by it. The name of somebody who alone asks, and of whom nobody said the part, yields.
fn name_of(key: &str, choice: &Option<(Role, String)>, id: &str, names: &Names, asks: bool) -> two::Name {
    let is_known = names.given(key).is_some() || names.people.find(key).is_some() || (key == id && !asks);
    match choice {
        Some((Role::Participant, _)) if asks && !is_known && codes::is_answering(stem(key)) => {
            two::Name::Yields(Role::Participant)
        }
        Some((role, _)) if is_known || names.strong(key).is_some() || *role == Role::Other => two::Name::Fixed(*role),
        // The role of the name, also where the counts already spoke against it.
        _ => match WEAK.role(bare_stem(key)) {
            Some(role) if two::yields(bare_stem(key).trim_end_matches('.')) => two::Name::Yields(role),
            Some(role) => two::Name::Fixed(role),
            None => two::Name::Unknown,
        },
    }
}

/// Where two talk, the places of the one who asks and of the other, if a letter or a word such as `Me` names
/// one of them and the counts tell.
fn asker_of_two(speakers: &[Speaker], parts: &[two::Name]) -> Option<(usize, usize)> {
    let mut talk = (0..parts.len()).filter(|&at| parts[at] != two::Name::Fixed(Role::Other));
    let (one, other, None) = (talk.next()?, talk.next()?, talk.next()) else { return None };
    let asks = two::asker([&speakers[one], &speakers[other]], [parts[one], parts[other]])?;
    Some(if asks == 0 { (one, other) } else { (other, one) })
}

/// How often somebody asks for words without a question, behind the counts of the questions.
fn prompts_of(speaker: &Speaker) -> String {
    match speaker.prompts {
        0 => String::new(),
        n => format!("; asks for words or thanks for them in {}", counted(n, "turn")),
    }
}

/// Of the speakers whose role no name decides, the one who asks: whose questions others answer most
/// often, and who asks in a good part of the turns or far more than anybody else.
fn asker(speakers: &[Speaker], decided: &[Option<(Role, String)>], undecided: &[usize]) -> Option<usize> {
    if speakers.iter().filter(|speaker| !speaker.label.is_empty()).count() < 2 {
        return None;
    }
    let named = speakers.iter().zip(decided).filter(|(_, c)| matches!(c, Some((Role::Participant, _))));
    let named_share = named.map(|(speaker, _)| speaker.asking_share()).fold(0.0, f64::max);
    let rank = |s: &usize| {
        let speaker = &speakers[*s];
        (speaker.answered, speaker.asking, speaker.opens, std::cmp::Reverse(speaker.turns), std::cmp::Reverse(*s))
    };
    let top = undecided.iter().copied().max_by_key(rank)?;
    let top = many::apart_from_peers(speakers, top, undecided);
    let (share, answered) = (speakers[top].asking_share(), speakers[top].answered);
    let others = (0..speakers.len()).filter(|&s| s != top).map(|s| speakers[s].answered).max().unwrap_or(0);
    let often = share >= ASKING_SHARE && share > named_share;
    let most = answered >= MANY_QUESTIONS && answered >= 2 * others;
    (often || most).then_some(top)
}

/// The counts behind a decision: `asks 12 of the 14 questions (12 answered by others) in 30 turns; speaks first`.
fn asking(speaker: &Speaker, questions: usize) -> String {
    let turns = counted(speaker.turns, "turn");
    let mut text = match (speaker.asking, questions) {
        (_, 0) => format!("no turn ends in a question; {turns}"),
        (0, _) => format!("asks none of the {} in {turns}", counted(questions, "question")),
        (n, all) => {
            format!("asks {n} of the {} ({} answered by others) in {turns}", counted(all, "question"), speaker.answered)
        }
    };
    for (is_so, what) in [(speaker.opens, "; speaks first"), (speaker.closes, "; has the last word")] {
        text.push_str(if is_so { what } else { "" });
    }
    text
}

/// What is doubtful about who asks, as phrases to warn with.
pub(crate) fn doubts(speakers: &[Speaker], roles: &[SpeakerRole], names: &Names) -> Vec<String> {
    let mut doubts = Vec::new();
    let of = |role: Role| speakers.iter().zip(roles).filter(move |(_, decided)| decided.role == role);
    let questions: usize = speakers.iter().map(|speaker| speaker.asking).sum();
    let is_named = |label: &str| {
        let key = key(label);
        names.given(&key).is_some() || names.people.find(&key).is_some()
    };
    let by_name = |label: &str| names.by_name(&key(label)).filter(|_| !is_named(label));
    let by_questions = |label: &str| !is_named(label) && by_name(label).is_none();
    // Whom a name does not make what the counts do.
    let against = |label: &str, role: Role| by_name(label).is_some_and(|name| name != role);
    let by_counts = |label: &str, role: Role| by_questions(label) || against(label, role);
    let asked = of(Role::Interviewer).map(|(speaker, _)| speaker.answered).max();
    for (speaker, _) in of(Role::Interviewer).filter(|(speaker, _)| by_counts(&speaker.label, Role::Interviewer)) {
        let all: usize = speakers.iter().map(|speaker| speaker.said).sum();
        let rival = of(Role::Participant).max_by_key(|(other, _)| other.answered);
        if let Some((rival, _)) = rival.filter(|(rival, _)| rival.answered * 2 > speaker.answered) {
            doubts.push(format!(
                "`{}` was taken for the interviewer, who {}, but `{}` {}; say who asks with `--interviewer LABEL`",
                speaker.label,
                asking(speaker, questions),
                rival.label,
                asking(rival, questions)
            ));
        } else if let Some((opener, _)) = of(Role::Participant).find(|(other, _)| {
            let rhetoric = other.asking == 0 && speaker.said * 2 > all;
            other.opens
                && (by_questions(&other.label) || against(&speaker.label, Role::Interviewer))
                && (other.prompts > speaker.prompts || rhetoric)
        }) {
            doubts.push(format!(
                "`{}` was taken for the interviewer, who {}, but `{}` speaks first and asks for words without questions in \
                 {}; say who asks with `--interviewer LABEL`",
                speaker.label,
                asking(speaker, questions),
                opener.label,
                counted(opener.prompts, "turn")
            ));
        } else if speaker.asking_share() < ASKING_SHARE || (speaker.said * 10 > all * 7 && speakers.len() > 1) {
            doubts.push(format!(
                "`{}` was taken for the interviewer, who {} and has {:.0} % of the words; if that is wrong, say who asks \
                 with `--interviewer LABEL`",
                speaker.label,
                asking(speaker, questions),
                speaker.said as f64 / all.max(1) as f64 * 100.0
            ));
        }
    }
    let keys: Vec<String> = speakers.iter().map(|speaker| key(&speaker.label)).collect();
    for at in letters::answering(&lettered(speakers, &keys, names)).perhaps {
        if roles[at].role != Role::Interviewer {
            continue;
        }
        let (label, asks) = (&speakers[at].label, asking(&speakers[at], questions));
        doubts.push(format!(
            "`{label}` was taken for an interviewer by its name, but {asks}; if that is a participant, say so with \
             `--participant \"{label}\"`"
        ));
    }
    let two_talk = roles.iter().filter(|decided| decided.role != Role::Other).count() == 2;
    for (answers, _) in of(Role::Participant).filter(|(other, _)| two_talk && against(&other.label, Role::Participant))
    {
        let is_close = |asks: &Speaker| {
            let is_known = names.strong(&key(&asks.label)).is_some();
            !names.people.are_initials(&answers.label, &asks.label)
                && (against(&asks.label, Role::Interviewer) || (!is_known && two::lead(asks, answers) < CLEAR_LEAD))
        };
        for (asks, _) in of(Role::Interviewer).filter(|(asks, _)| is_close(asks)) {
            doubts.push(format!(
                "`{}` was taken for a participant and `{}` for the interviewer, whatever their letters stand for: `{0}` \
                 {}, and `{1}` {}; if that is wrong, say who asks with `--interviewer LABEL`",
                answers.label,
                asks.label,
                asking(answers, questions),
                asking(asks, questions)
            ));
        }
    }
    doubts.extend(doubtful::doubts(speakers, roles, names));
    let Some(asked) = asked else { return doubts };
    let of_user = |label: &str| names.given(&key(label)).is_some();
    for (speaker, _) in of(Role::Participant).filter(|(speaker, _)| !of_user(&speaker.label)) {
        let share = speaker.asking_share();
        if is_named(&speaker.label) {
            // Nobody asks as often as whom the header has answer, and those whom it has ask hardly do.
            if share >= SECOND_ASKING_SHARE && speaker.answered >= MANY_QUESTIONS && asked * 4 <= speaker.answered {
                doubts.push(format!(
                    "`{}` was taken for a participant, as the header says, but {}, and whom it names as interviewer hardly \
                     any; is the header the wrong way round? `--interviewer LABEL` and `--participant LABEL` say who is who",
                    speaker.label,
                    asking(speaker, questions)
                ));
            }
        } else if asked == 0 && share >= SECOND_ASKING_SHARE && speaker.answered >= MANY_QUESTIONS {
            doubts.push(format!(
                "`{}` was taken for a participant by its name, but {}, and the interviewer none; are the labels the wrong \
                 way round? `--interviewer LABEL` and `--participant LABEL` say who is who",
                speaker.label,
                asking(speaker, questions)
            ));
        } else if by_counts(&speaker.label, Role::Participant) && share >= 0.5 && speaker.asking >= MANY_QUESTIONS {
            doubts.push(format!(
                "`{}` was taken for a participant, but {}; if that is a second interviewer, say so with \
                 `--interviewer \"{}\"`",
                speaker.label,
                asking(speaker, questions),
                speaker.label
            ));
        }
    }
    if doubts.is_empty() {
        doubts.extend(reversed::doubt(speakers, roles, names));
    }
    doubts
}

#[cfg(test)]
mod tests;
