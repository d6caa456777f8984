//! CHAT: transcripts of TalkBank and its program CLAN (`.cha`).
//!
//! In: the file's text. Out: its transcript, written out: utterances of one speaker that follow each
//! other are one turn, with their times. What CHAT adds to the words – codes in brackets, marks of
//! pauses and overlaps, lines of analysis – is left out; no word that was said is, so what was said twice
//! stands twice. Where nobody understood or wrote down what was said, a remark in brackets says so.

use super::super::by_lines::ByLines;
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
        let begins =
            contents.text().is_some_and(|text| text.by_lines().take(20).any(|line| line.trim_end() == "@Begin"));
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
                reason: "no utterance, such as `*PAR:`, a tab and the words".to_owned(),
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
    for (line, words) in (1..).zip(text.by_lines()) {
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

/// What stands for words that nobody understood (`xxx`), and for those that nobody wrote down (`www`).
const INAUDIBLE: &str = "[inaudible]";
const LEFT_OUT: &str = "[…]";

/// The words of an utterance as they were said, and the second at which they start.
fn said(utterance: &str) -> (String, Option<f64>) {
    let mut seconds = None;
    let mut plain = String::new();
    let mut rest = utterance;
    while let Some(at) = rest.find([BULLET, '•', '[']) {
        plain.push_str(&rest[..at]);
        let open = rest[at..].chars().next().unwrap_or(BULLET);
        let close = if open == '[' { ']' } else { open };
        let inner = &rest[at + open.len_utf8()..];
        let is_one = |end: &usize| open != '•' || start(&inner[..*end]).is_some();
        let Some(end) = inner.find(close).filter(is_one) else {
            rest = inner;
            continue;
        };
        if open != '[' {
            seconds = seconds.or(start(&inner[..end]));
        }
        // `[* error]`, `[: target]`, `[//]`, `[=! laughs]` are about the words, not among them.
        plain.push(' ');
        rest = &inner[end + close.len_utf8()..];
    }
    plain.push_str(rest);
    let words = joined(plain.split_whitespace().map(word));
    let is_said = words.contains(char::is_alphanumeric) || words.contains(LEFT_OUT);
    (if is_said { words.trim_start_matches(['.', ',', ' ']).to_owned() } else { String::new() }, seconds)
}

/// The second at which `2041_3350`, or `%snd:"talk"_2041_3350`, starts.
fn start(bullet: &str) -> Option<f64> {
    let ms = bullet.rsplit('_').nth(1)?.parse::<u64>().ok()?;
    Some(ms as f64 / 1000.0)
}

/// Words with a space between them, none in front of a mark; what is left out twice in a row is so once.
fn joined(tokens: impl Iterator<Item = String>) -> String {
    let mut words = String::new();
    for word in tokens.filter(|word| !word.is_empty()) {
        if word.starts_with('[') && words.ends_with(&word) {
            continue;
        }
        if !words.is_empty() && !word.starts_with(['.', '?', '!', ',', ';', ':', '…']) {
            words.push(' ');
        }
        words.push_str(&word);
    }
    words
}

/// Marks of how words are said, of what overlaps, and of what a code is about.
const MARKS: &str = "<>‹›⌈⌉⌊⌋↗↘→⇗⇘↑↓„‡⁇ˈˌ^≠∆∇°∞≈≋≡∾⁎◉▁▔☺♋∮§↻";
/// Behind these a number tells overlaps apart: `⌈2`.
const NUMBERED: &str = "⌈⌉⌊⌋";

/// A token as a word: `&-uh` is `uh`, `(be)cause` is `because`, `+...` is `…`, `xxx` is `[inaudible]`; empty for what
/// nobody said.
fn word(token: &str) -> String {
    let token = without_marks(token);
    if let Some(end) = token.strip_prefix('+') {
        return ending(end).to_owned();
    }
    if is_unsaid(&token) {
        return String::new();
    }
    // `well+...`
    if let Some((said, end)) = token.split_once('+').filter(|(_, end)| end.starts_with(['.', '/', '"', '!', '…'])) {
        return word(said) + ending(end);
    }
    let token = ["&-", "&+", "&~", "&"].iter().find_map(|mark| token.strip_prefix(mark)).unwrap_or(&token);
    // `word@s:eng` names a language, `word$n` a class.
    let token = match token.split_once('@') {
        Some((word, tail)) if !word.is_empty() && tail.starts_with(char::is_lowercase) && !tail.contains('.') => word,
        _ => token,
    };
    let token = match token.split_once('$') {
        Some((word, tail)) if word.ends_with(char::is_alphabetic) && tail.starts_with(char::is_lowercase) => word,
        _ => token,
    };
    let bare = token.trim_end_matches(['.', ',', ';', '?', '!']);
    match bare.to_lowercase().as_str() {
        "xxx" | "xx" | "yyy" | "yy" => format!("{INAUDIBLE}{}", &token[bare.len()..]),
        "www" => format!("{LEFT_OUT}{}", &token[bare.len()..]),
        _ => spelt(token),
    }
}

fn without_marks(token: &str) -> String {
    let mut kept = String::with_capacity(token.len());
    let mut is_numbered = false;
    for c in token.chars() {
        let is_number = std::mem::replace(&mut is_numbered, NUMBERED.contains(c)) && c.is_ascii_digit();
        if !is_number && !MARKS.contains(c) {
            kept.push(c);
        }
    }
    kept
}

/// What stands for a mark of how an utterance ends or begins, behind its `+`.
fn ending(mark: &str) -> &'static str {
    match mark {
        "..." | ".." | "…" | "..?" | "/." | "//." | "." => "…",
        "\"." => ".",
        // What somebody says they said follows.
        "\"/." => ":",
        "/?" | "//?" | "!?" => "?",
        _ => "",
    }
}

/// Pauses (`(.)`, `(1.2)`, `#`), sounds (`&=laughs`), what goes on beside the words (`&{l=reads`, `&*MOT:mhm`), breath
/// (`∙hh`), and what was left out (`0is`).
fn is_unsaid(token: &str) -> bool {
    let is_of = |marks: &[char]| token.chars().all(|c| c.is_ascii_digit() || marks.contains(&c));
    let is_pause = token.starts_with('(') && token.ends_with(')') && is_of(&['(', ')', '.', ':']);
    let is_old_pause = token.starts_with('#') && is_of(&['#', '_', '.', ':']);
    let is_omitted = token.strip_prefix('0').is_some_and(|rest| rest.starts_with(char::is_alphabetic));
    let is_beside = ["&=", "&*", "&{", "&}", "∙"].iter().any(|mark| token.starts_with(mark));
    is_pause || is_old_pause || is_omitted || is_beside || token == "0"
}

/// A word as it is written elsewhere: letters that were not said stand in parentheses, and the word is meant whole;
/// `so::` is long, `ice+cream` two words.
fn spelt(token: &str) -> String {
    let mut word = String::with_capacity(token.len());
    let mut before = ' ';
    let mut chars = token.chars().peekable();
    while let Some(c) = chars.next() {
        let next = chars.peek().copied();
        let is_within = before.is_alphabetic() && next.is_some_and(char::is_alphabetic);
        // `a:way`, `so::`; not `Satisfied: no`.
        let goes_on = before == ':' || next.is_some_and(|next| next.is_alphabetic() || next == ':');
        let is_long = c == ':' && (before.is_alphabetic() || before == ':') && goes_on;
        match c {
            '(' | ')' => {}
            '_' => word.push(' '),
            '+' if is_within => word.push(' '),
            _ if is_long || c.is_control() => {}
            c => word.push(c),
        }
        before = c;
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
            ("xxx yes +//.", "[inaudible] yes…"),
            ("so it was xxx xxx . ", "so it was [inaudible]."),
            ("yyy you know (..) www .", "[inaudible] you know […]."),
            ("xxx .", "[inaudible]."),
            ("… .", ""),
            ("I want more … money +…", "I want more… money…"),
            ("and they said +\"/.", "and they said:"),
            ("well+... no+/.", "well… no…"),
            ("&{l=reads the whole book &}l=reads okay .", "the whole book okay."),
            ("no: go-ing a:::way so:: ↗ http://a.org at 10:30 .", "no: go-ing away so http://a.org at 10:30."),
            ("⌈2 mhm ⌉2 # ##2 ∙hh ice+cream run$v 2+2 .", "mhm ice cream run 2+2."),
            ("it was <so hard>, [/] so hard .", "it was so hard, so hard."),
            ("&*INV:mhm yeah •1200_1800•", "yeah"),
            ("+< no .", "no."),
            ("0 .", ""),
            ("an open [ bracket", "an open bracket"),
        ] {
            assert_eq!(said(utterance).0, words, "{utterance}");
        }
        for bullet in ["\u{15}2041_3350\u{15}", "•2041_3350•", "\u{15}%snd:\"talk_1\"_2041_3350\u{15}"] {
            assert_eq!(said(&format!("so . {bullet}")), ("so.".to_owned(), Some(2.041)));
        }
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
