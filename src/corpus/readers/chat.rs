//! CHAT: transcripts of TalkBank and its program CLAN (`.cha`).
//!
//! In: the file's text. Out: its transcript, written out: utterances of one speaker that follow each
//! other are one turn, with their times. What CHAT adds to the words – codes in brackets, marks of
//! pauses and overlaps, lines of analysis – is left out; no word that was said is.

use super::super::{CorpusError, ReadOptions};
use super::people::{People, Person};
use super::{Claim, Contents, File, Reader, Reading, Script};

pub(crate) struct Chat;

/// Stands on either side of a time: `\u{15}2041_3350\u{15}`.
const BULLET: char = '\u{15}';

impl Reader for Chat {
    fn name(&self) -> &'static str {
        "chat"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["cha"]
    }

    fn claim(&self, contents: &Contents, _options: &ReadOptions) -> Claim {
        let begins = contents.text().is_some_and(|text| text.lines().take(20).any(|line| line.trim_end() == "@Begin"));
        if begins { Claim::Certain } else { Claim::No }
    }

    fn named_by_file(&self) -> bool {
        false
    }

    fn read(&self, file: File<'_>) -> Result<Reading, CorpusError> {
        let path = file.path;
        let text = file.contents.into_text(path)?;
        let tiers = tiers(&text);
        let people = People::new(&people(&tiers));
        let mut script = Script::default();
        for tier in &tiers {
            let Some(code) = tier.name.strip_prefix('*') else { continue };
            let (words, seconds) = said(&tier.words);
            script.go_on(&people.label(code), &words, " ", tier.line, seconds);
        }
        if script.is_empty() {
            return Err(CorpusError::Malformed {
                path: path.to_owned(),
                place: "the whole file".to_owned(),
                reason: "no utterance, such as `*PAR:\twords .`".to_owned(),
                hint: "check that it is a CHAT transcript, or give it the extension of what it is",
            });
        }
        let mut reading = Reading::default();
        script.finish(None, None, &mut reading);
        Ok(reading)
    }
}

/// A line with those that continue it.
struct Tier {
    /// `*PAR`, `%mor`, `@Participants`.
    name: String,
    words: String,
    line: usize,
}

fn tiers(text: &str) -> Vec<Tier> {
    let mut tiers: Vec<Tier> = Vec::new();
    for (line, words) in (1..).zip(text.lines()) {
        if words.starts_with(['\t', ' ']) {
            if let Some(last) = tiers.last_mut() {
                last.words.push(' ');
                last.words.push_str(words.trim());
            }
            continue;
        }
        let (name, words) = words.split_once(':').unwrap_or((words, ""));
        tiers.push(Tier { name: name.trim().to_owned(), words: words.trim().to_owned(), line });
    }
    tiers
}

/// `CHI Ross Target_Child, MOT Mother`: code, name or none, role.
fn people(tiers: &[Tier]) -> Vec<Person> {
    let listed = tiers.iter().filter(|tier| tier.name == "@Participants");
    let person = |entry: &str| {
        let parts: Vec<&str> = entry.split_whitespace().collect();
        let (&code, &role) = (parts.first()?, parts.last()?);
        let name = if parts.len() > 2 { parts[1..parts.len() - 1].join(" ").replace('_', " ") } else { String::new() };
        Some(Person { code: code.to_owned(), name, role: role.to_owned() })
    };
    listed.flat_map(|tier| tier.words.split(',')).filter_map(person).collect()
}

/// The words of an utterance as they were said, and the second at which they start.
fn said(utterance: &str) -> (String, Option<f64>) {
    let mut seconds = None;
    let mut plain = String::new();
    let mut rest = utterance;
    while let Some(at) = rest.find([BULLET, '[']) {
        plain.push_str(&rest[..at]);
        let close = if rest[at..].starts_with('[') { ']' } else { BULLET };
        let inner = &rest[at + 1..];
        let Some(end) = inner.find(close) else {
            rest = inner;
            continue;
        };
        if close == BULLET {
            let start = inner[..end].split('_').next().and_then(|ms| ms.parse::<u64>().ok());
            seconds = seconds.or(start.map(|ms| ms as f64 / 1000.0));
        }
        // `[* error]`, `[: target]`, `[//]`, `[=! laughs]` are about the words, not among them.
        plain.push(' ');
        rest = &inner[end + close.len_utf8()..];
    }
    plain.push_str(rest);
    let mut words = String::new();
    for token in plain.split_whitespace() {
        let word = word(token);
        if word.is_empty() {
            continue;
        }
        if !words.is_empty() && !word.starts_with(['.', '?', '!', ',', ';', ':', '…']) {
            words.push(' ');
        }
        words.push_str(&word);
    }
    (words.trim_start_matches(['.', ',', ' ']).to_owned(), seconds)
}

/// A token as a word: `&-uh` is `uh`, `(be)cause` is `because`, `+...` is `…`; empty for what nobody
/// said.
fn word(token: &str) -> String {
    let token = token.trim_matches(['<', '>', '‹', '›', '⌈', '⌉', '⌊', '⌋', '↗', '↘', '→', '„', '‡', '⁇']);
    if let Some(end) = token.strip_prefix('+') {
        // Marks of how an utterance ends or begins.
        return match end {
            "..." | "..?" => "…".to_owned(),
            "/." | "//." | "." | "\"/." | "\"." => "…".to_owned(),
            "/?" | "//?" | "!?" => "?".to_owned(),
            _ => String::new(),
        };
    }
    let is_pause = token.starts_with('(')
        && token.ends_with(')')
        && token.chars().all(|c| c.is_ascii_digit() || matches!(c, '(' | ')' | '.' | ':'));
    let is_omitted = token.strip_prefix('0').is_some_and(|rest| rest.starts_with(char::is_alphabetic));
    // `&=laughs` is a sound, `0is` was left out, `&*MOT:mhm` is somebody else's.
    if is_pause || is_omitted || token == "0" || token.starts_with("&=") || token.starts_with("&*") {
        return String::new();
    }
    let token =
        token.trim_start_matches("&-").trim_start_matches("&+").trim_start_matches("&~").trim_start_matches('&');
    // `word@s:eng` names a language, `word$n` a class.
    let token = match token.split_once('@') {
        Some((word, tail)) if !word.is_empty() && tail.starts_with(char::is_lowercase) && !tail.contains('.') => word,
        _ => token,
    };
    let mut word = String::with_capacity(token.len());
    for c in token.chars() {
        match c {
            // Letters that were not said stand in parentheses; the word is meant whole.
            '(' | ')' | 'ˈ' | 'ˌ' | '^' | '≠' | '↑' | '↓' | '∆' | '∇' | '°' => {}
            '_' => word.push(' '),
            c if c.is_control() => {}
            c => word.push(c),
        }
    }
    if word == ":" { String::new() } else { word }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::super::speakers::Names;
    use super::*;

    fn read(text: &str) -> Result<Reading, CorpusError> {
        let (options, names) = (ReadOptions::default(), Names::default());
        let contents = Contents::Text(super::super::super::encoding::decode("a.cha", text.as_bytes(), false)?);
        Chat.read(File { path: "a.cha", extension: Some("cha"), contents, options: &options, names: &names })
    }

    #[test]
    fn codes_are_left_out_and_words_stay() {
        for (utterance, words) in [
            ("so (.) I [/] I &-uh went home .", "so I I uh went home."),
            ("<I want> [//] I need (be)cause it's red [* s:r] .", "I want I need because it's red."),
            ("&=laughs well +...", "well…"),
            ("gonna [: going to] do it ?", "gonna do it?"),
            ("hola@s:spa and good_morning , Tom !", "hola and good morning, Tom!"),
            ("0is it at 10 or 03:30 (2.5) a@x.org ?", "it at 10 or 03:30 a@x.org?"),
            ("xxx yes +//.", "xxx yes…"),
            ("+< no .", "no."),
            ("0 .", ""),
            ("an open [ bracket", "an open bracket"),
        ] {
            assert_eq!(said(utterance).0, words, "{utterance}");
        }
        assert_eq!(said("so . \u{15}2041_3350\u{15}"), ("so.".to_owned(), Some(2.041)));
    }

    #[test]
    fn utterances_of_one_speaker_are_one_turn() {
        let text = "@UTF8\n@Begin\n@Languages:\teng\n@Participants:\tINV Tom Investigator, PAR Maria Keller Participant\n\
                    *INV:\thow was it ? \u{15}0_900\u{15}\n*PAR:\tlong ,\n\tvery long . \u{15}1000_2000\u{15}\n\
                    %mor:\tadj|long\n*PAR:\tand cold . \u{15}2500_3000\u{15}\n@End\n";
        let reading = read(text).unwrap();
        let turns = &reading.transcripts[0].turns;
        let found: Vec<_> = turns.iter().map(|turn| (&*turn.speaker, turn.line, &*turn.text)).collect();
        assert_eq!(found, [("Interviewer", 5, "how was it?"), ("Maria Keller", 6, "long, very long. and cold.")]);
        let seconds: Vec<f64> = turns[1].times.iter().map(|mark| mark.seconds).collect();
        assert_eq!(seconds, [1.0, 2.5]);
        assert!(read("@Begin\n@End\n").unwrap_err().to_string().contains("no utterance"));
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "(\\*PAR:|\t|\n|@Begin|\\[|\\]|\u{15}|[0-9]{1,20}_|<|>|\\(|\\)|&|=|0|a|é|@|:| |\\+\\.){0,40}") {
            let _ = read(&format!("@Begin\n{text}"));
        }
    }
}
