//! Exports of Slack: a folder a channel, a file a day in it, and beside the folders who people are.
//!
//! In: the files that were found below an input, and what was read from one. Out: the files without the lists of people
//! and channels; in what was read the names of people in place of their ids, without what programs wrote that ask
//! nothing; and the channel whose talk a day belongs to. It reads no message, and leaves a list alone that is not
//! Slack's.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Deserialize;

use super::error::counted;
use super::inputs::Found;
use super::opening;
use super::readers::Reading;
use super::speakers::ends_in_question;

/// The list of people.
const PEOPLE: &str = "users.json";
/// What else stands beside the channels.
const LISTS: &[&str] = &[
    PEOPLE,
    "org_users.json",
    "channels.json",
    "groups.json",
    "dms.json",
    "mpims.json",
    "integration_logs.json",
    "canvases.json",
    "lists.json",
    "file_conversations.json",
];

/// Somebody, or a program.
#[derive(Deserialize)]
struct User {
    id: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    real_name: String,
    #[serde(default)]
    is_bot: bool,
    #[serde(default)]
    profile: Profile,
}

#[derive(Default, Deserialize)]
struct Profile {
    #[serde(default)]
    real_name: String,
    #[serde(default)]
    display_name: String,
}

impl User {
    fn name(&self) -> &str {
        let names = [&self.real_name, &self.profile.real_name, &self.profile.display_name, &self.name, &self.id];
        names.into_iter().map(|name| name.trim()).find(|name| !name.is_empty()).unwrap_or_default()
    }
}

/// The people of a workspace.
struct People {
    /// By their ids.
    names: HashMap<String, Arc<str>>,
    /// Programs, by their ids and names.
    programs: HashSet<String>,
}

/// The workspaces among the inputs, by their folders.
#[derive(Default)]
pub(crate) struct Workspaces {
    people: BTreeMap<PathBuf, People>,
    /// The talk of each channel, as the assembly counts them.
    pub(crate) talks: HashMap<PathBuf, usize>,
}

impl Workspaces {
    /// Takes the lists out of the files of an input, where days of channels stand in folders beside them.
    pub(crate) fn without_lists(&mut self, mut files: Vec<Found>) -> Vec<Found> {
        let with_days: HashSet<PathBuf> = files
            .iter()
            .filter(|file| is_day(file))
            .filter_map(|file| Some(file.folder()?.parent()?.to_owned()))
            .collect();
        let is_people = |file: &&Found| name_of(file) == Some(PEOPLE);
        for file in files.iter().filter(is_people) {
            let Some(folder) = file.folder().filter(|folder| with_days.contains(*folder)) else { continue };
            if let Some(people) = file.path.as_deref().and_then(people_of) {
                self.people.insert(folder.to_owned(), people);
            }
        }
        let is_list = |file: &Found| {
            let is_beside = file.folder().is_some_and(|folder| self.people.contains_key(folder));
            is_beside && name_of(file).is_some_and(|name| LISTS.contains(&name))
        };
        files.retain(|file| !is_list(file));
        files
    }

    /// Names who speaks in a day of a channel; returns the folder of the channel, where the file is one of several of
    /// an input.
    pub(crate) fn settle(&self, file: &Found, reading: &mut Reading) -> Option<PathBuf> {
        let folder = file.folder().filter(|_| reading.is_of_channel && is_day(file) && file.root.is_some())?;
        if let Some(people) = folder.parent().and_then(|above| self.people.get(above)) {
            people.name(&file.shown, reading);
        }
        Some(folder.to_owned())
    }
}

impl People {
    /// Gives people their names, and takes out what programs wrote that ask nothing.
    fn name(&self, path: &str, reading: &mut Reading) {
        let mut left_out = 0;
        for talk in &mut reading.transcripts {
            let is_program = |speaker: &str| self.programs.contains(speaker);
            let asks = talk.turns.iter().any(|turn| is_program(&turn.speaker) && ends_in_question(turn.text.trim()));
            let before = talk.turns.len();
            talk.turns.retain(|turn| asks || !is_program(&turn.speaker));
            left_out += before - talk.turns.len();
            for turn in &mut talk.turns {
                if let Some(name) = self.names.get(&*turn.speaker) {
                    turn.speaker = Arc::clone(name);
                }
            }
        }
        if left_out > 0 {
            let messages = counted(left_out, "message");
            reading.warnings.push(format!("`{path}`: {messages} of programs, which ask nothing, left out"));
        }
    }
}

/// Who is in a list of people; `None` where it is another program's.
fn people_of(path: &Path) -> Option<People> {
    let bytes = opening::read(path, opening::LARGEST_TABLE).ok()?;
    let users: Vec<User> = serde_json::from_slice(&bytes).ok()?;
    let mut n_named: HashMap<&str, usize> = HashMap::new();
    users.iter().for_each(|user| *n_named.entry(user.name()).or_default() += 1);
    // Two people of one name are told apart by their ids.
    let is_one = |user: &&User| n_named.get(user.name()) == Some(&1);
    let names = users.iter().filter(is_one).map(|user| (user.id.clone(), Arc::from(user.name()))).collect();
    let programs = users.iter().filter(|user| user.is_bot);
    let programs = programs.flat_map(|user| [user.id.clone(), user.name().to_owned()]).collect();
    Some(People { names, programs })
}

fn name_of(file: &Found) -> Option<&str> {
    file.path.as_ref()?.file_name()?.to_str()
}

/// Whether a file is called as a day of a channel is: `2031-05-03.json`.
fn is_day(file: &Found) -> bool {
    let Some(stem) = name_of(file).and_then(|name| name.strip_suffix(".json")) else { return false };
    let is_like = |(byte, kind): (u8, u8)| if kind == b'0' { byte.is_ascii_digit() } else { byte == kind };
    stem.len() == 10 && stem.bytes().zip(*b"0000-00-00").all(is_like)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use crate::corpus::{Corpus, CorpusError, InputSpec, ReadOptions, read};

    fn corpus(files: &[(&str, &str)]) -> Result<Corpus, CorpusError> {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = folder.path().join("export").join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        read(&[InputSpec { study: None, path: folder.path().join("export") }], &ReadOptions::default())
    }

    const USERS: &str = r#"[{"id": "U1", "name": "ann", "profile": {"real_name": "Ann Hall"}},
        {"id": "U2", "name": "tom", "real_name": "Tom Reed"}, {"id": "U3", "name": "eva", "real_name": "Eva Moss"},
        {"id": "UB", "name": "poll", "real_name": "Poll", "is_bot": true}]"#;
    const CHANNELS: &str = r#"[{"id": "C1", "name": "bees", "members": ["U1", "U2"]}]"#;
    const JOINED: &str =
        r#"[{"type": "message", "subtype": "channel_join", "user": "U2", "text": "<@U2> has joined", "ts": "1"}]"#;

    fn day(messages: &[(&str, &str)]) -> String {
        let of = |(at, (user, text)): (usize, &(&str, &str))| {
            format!(r#"{{"type": "message", "user": "{user}", "text": "{text}", "ts": "{at}"}}"#)
        };
        format!("[{}]", messages.iter().enumerate().map(of).collect::<Vec<_>>().join(","))
    }

    fn speakers(corpus: &Corpus) -> Vec<Vec<&str>> {
        corpus.transcripts.iter().map(|talk| talk.turns.iter().map(|turn| &*turn.speaker).collect()).collect()
    }

    #[test]
    fn the_days_of_a_channel_are_one_talk_of_people_with_names() {
        let first = day(&[("U1", "Who built it?"), ("U2", "My uncle did."), ("UB", "Vote now.")]);
        let second = day(&[("U1", "And who mended it?"), ("U3", "That was me."), ("U2", "And me.")]);
        let files = [
            ("users.json", USERS),
            ("channels.json", CHANNELS),
            ("bees/2031-05-01.json", JOINED),
            ("bees/2031-05-02.json", &first),
            ("bees/2031-05-03.json", &second),
        ];
        let corpus = corpus(&files).unwrap();
        assert!(corpus.failures.is_empty(), "{:?}", corpus.failures);
        assert_eq!(speakers(&corpus), [["Ann Hall", "Tom Reed", "Ann Hall", "Eva Moss", "Tom Reed"]]);
        let people: BTreeSet<&str> = corpus.answers.iter().map(|answer| &*answer.participant).collect();
        assert_eq!(people.into_iter().collect::<Vec<_>>(), ["bees/Eva Moss", "bees/Tom Reed"]);
        assert!(corpus.warnings.concat().contains("nobody wrote anything there"), "{:?}", corpus.warnings);
        // Words stand where their positions say, in the file of their day.
        for turn in &corpus.transcripts[0].turns {
            let document = &corpus.documents[turn.document];
            let text: String = document.text.chars().skip(turn.span.start).take(turn.span.len()).collect();
            assert_eq!(text, *turn.text);
        }
        let last = &corpus.documents[corpus.transcripts[0].turns.last().unwrap().document];
        assert!(corpus.sources[last.source].path.ends_with("2031-05-03.json"));
    }

    #[test]
    fn a_channel_without_its_people_is_one_talk_of_their_ids() {
        let (first, second) = (day(&[("U1", "Who built it?"), ("U2", "My uncle did.")]), day(&[("U2", "And I did.")]));
        let corpus = corpus(&[("2031-05-02.json", &first), ("2031-05-03.json", &second)]).unwrap();
        assert_eq!(speakers(&corpus), [["U1", "U2", "U2"]]);
    }

    #[test]
    fn nobody_is_left_of_a_day_of_joins_alone_and_other_lists_are_told() {
        assert!(corpus(&[("2031-05-01.json", JOINED)]).is_err());
        let talk = day(&[("U1", "Who built it?"), ("U2", "My uncle did.")]);
        let corpus = corpus(&[("users.json", USERS), ("talk.json", &talk)]).unwrap();
        assert_eq!(corpus.failures.len(), 1);
    }
}
