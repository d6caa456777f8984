//! Paragraphs and cues that are wholly in square brackets, or quoted in Markdown, below what somebody said: `[A child
//! comes in and asks for a book about sharks.]`, `[RA note – sister entered with tea]`, `> *(The foghorn sounds.)*`.
//!
//! In: the turns of a talk. Out: such paragraphs, and what each is. It is nobody's where it is a note or tells what
//! happens, and, below a finished sentence, where it tells of those who talk or is no sentence; these last are told
//! with their lines. What may be words of somebody – who speaks of themselves or to another, asks, is quoted, or is
//! translated, as whole sentences are that come below many turns – stays, with a warning. A word alone stands for one
//! that somebody said, and is left to them. Round brackets are words of whoever speaks, but for what
//! [happens beside](super::asides).

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use memchr::memchr_iter;

use super::super::by_lines::ByLines;
use super::super::exclusions::spoken;
use super::asides::{aside, is_about_talk};
use super::forms::is_note_label;
use super::notes::{Note, is_label, is_short_for_one, note};
use super::words::{speaks, words_in};
use super::{RawTurn, SHOWN, SPEAKER, is_notice};

/// Longer ones are none, in bytes.
const LONGEST: usize = 900;
/// A label in front of a note is no longer, in bytes.
const LONGEST_LABEL: usize = 40;
/// From so many such paragraphs on, below half of somebody's turns, they may be translations.
const MANY: usize = 3;
/// Fewer words may be an answer.
const FEWEST: usize = 3;
/// What ends a sentence, and what may stand behind that.
const ENDS: [char; 11] = ['.', '!', '?', '…', '。', '！', '？', '؟', '।', '—', '–'];
const BEHIND: [char; 11] = ['"', '”', '“', '»', '«', ')', ']', '*', '_', '\'', '’'];
/// That somebody says something.
#[rustfmt::skip]
const SAYS: &[&str] = &[
    "says", "said", "tells", "told", "means", "meaning", "asks", "asked", "translates", "translated", "translation", "sagt",
    "sagte", "meint", "bedeutet", "fragt", "dit", "disait", "traduit", "dice", "dijo", "pregunta", "significa", "disse",
    "chiede", "zegt", "zei", "vraagt", "betekent", "diz", "pergunta", "mówi", "säger", "siger", "sier", "i.e",
];
/// Answers of one word or two.
#[rustfmt::skip]
const ANSWERS: &[&str] = &[
    "yes", "no", "yeah", "yep", "nope", "ok", "okay", "right", "sure", "exactly", "indeed", "true", "thanks", "thank", "sorry",
    "well", "so", "oh", "ah", "mm", "mhm", "hm", "hmm", "uh", "um", "ja", "nein", "genau", "doch", "oui", "non", "sí", "si",
    "claro", "vale", "sim", "não", "nee", "jawel", "nej", "tak", "nie", "certo", "esatto",
];
/// What a name or a place was taken out for.
#[rustfmt::skip]
const HIDDEN: &[&str] = &[
    "name", "names", "place", "town", "village", "city", "school", "hospital", "company", "street", "redacted", "removed",
    "anonymised", "anonymized", "deleted", "withheld", "of", "the", "a", "identifying", "detail", "details",
];

/// What a paragraph in brackets is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Nobody's by its form.
    Sure,
    /// Nobody's below a finished sentence.
    Likely,
    /// Perhaps somebody's.
    Doubtful,
}

/// Who has such paragraphs below so many turns that they may be translations.
pub(super) struct Translated(HashMap<Arc<str>, (usize, usize)>);

impl Translated {
    pub(super) fn of(turns: &[RawTurn]) -> Self {
        let mut counts: HashMap<Arc<str>, (usize, usize)> = HashMap::new();
        for turn in turns.iter().filter(|turn| &*turn.speaker != SPEAKER) {
            let (with, all) = counts.entry(Arc::clone(&turn.speaker)).or_default();
            *all += 1;
            let is_one = |place: &Place| place.kind != Kind::Sure;
            *with += usize::from(may_have(turn, &turn.text) && places(turn, &turn.text).iter().any(is_one));
        }
        Self(counts)
    }

    fn has(&self, speaker: &str) -> bool {
        self.0.get(speaker).is_some_and(|(with, all)| *with >= MANY && with * 2 >= *all)
    }
}

/// The bytes of such paragraphs in the start of a turn's text that are nobody's.
pub(super) fn find(turn: &RawTurn, text: &str, translated: &Translated) -> Vec<Range<usize>> {
    if !may_have(turn, text) {
        return Vec::new();
    }
    let is_nobodys = |place: &Place| match place.kind {
        Kind::Sure => place.is_last || place.is_apart,
        Kind::Likely => {
            place.is_below_sentence && (place.is_last || place.is_above_sentence) && !translated.has(&turn.speaker)
        }
        Kind::Doubtful => false,
    };
    places(turn, text).into_iter().filter(is_nobodys).map(|place| place.bytes).collect()
}

/// What is told of such paragraphs: those that were taken for nobody's by little, and the first that may be.
pub(super) fn told(turns: &[RawTurn]) -> Vec<String> {
    let has_lines = turns.iter().any(|turn| turn.line > 1);
    let likely: Vec<usize> = turns
        .iter()
        .filter(|turn| &*turn.speaker == SPEAKER && kind(&turn.text, "") == Some(Kind::Likely))
        .map(|turn| turn.line)
        .collect();
    let mut told = Vec::new();
    if let Some(first) = likely.first() {
        let place = if has_lines { format!("line {first}, ") } else { String::new() };
        let (what, more) = match likely.len() {
            1 => ("a paragraph", String::new()),
            n => ("paragraphs", format!(" ({n} of them)")),
        };
        told.push(format!(
            "{place}{what} in brackets below what was said{more} counted as nobody's words; where somebody said them, \
             take the brackets away"
        ));
    }
    let mut doubtful: Option<(&RawTurn, usize, String)> = None;
    let mut n_more = 0;
    for turn in turns.iter().filter(|turn| !turn.speaker.is_empty() && &*turn.speaker != SPEAKER) {
        if !may_have(turn, &turn.text) {
            continue;
        }
        for place in places(turn, &turn.text).into_iter().filter(|place| place.is_last || place.is_apart) {
            if doubtful.is_some() {
                n_more += 1;
                continue;
            }
            let line = turn.line + turn.text[..place.bytes.start].matches('\n').count();
            let words = turn.text[place.bytes].by_lines().next().unwrap_or_default().chars().take(SHOWN).collect();
            doubtful = Some((turn, line, words));
        }
    }
    if let Some((turn, line, words)) = doubtful {
        let place = if has_lines { format!("line {line}, ") } else { String::new() };
        let more = if n_more == 0 { String::new() } else { format!(" (and {n_more} more such paragraphs)") };
        told.push(format!(
            "{place}`{words}` may be a remark and was taken for words of `{}`{more}; delete it where nobody said it",
            turn.speaker
        ));
    }
    told
}

/// A paragraph, a line or a cue in brackets below words of its turn.
struct Place {
    bytes: Range<usize>,
    kind: Kind,
    /// Nothing but such places and blank lines stands below it.
    is_last: bool,
    /// A blank line stands above and below it, or it is a cue.
    is_apart: bool,
    is_below_sentence: bool,
    is_above_sentence: bool,
}

/// Whether a line below the first, or a cue, may begin with a sign that opens one.
fn may_have(turn: &RawTurn, text: &str) -> bool {
    let opens = |byte: &u8| matches!(byte, b'[' | b'(' | b'>' | b'*' | b'_');
    let bytes = text.as_bytes();
    (turn.times.len() > 1 && bytes.iter().any(opens))
        || memchr_iter(b'\n', bytes).any(|at| bytes.get(at + 1).is_some_and(opens))
}

/// The places of a turn, in order.
fn places(turn: &RawTurn, text: &str) -> Vec<Place> {
    let pieces = pieces(turn, text);
    let mut found: Vec<Place> = Vec::new();
    for (at, piece) in pieces.iter().enumerate().skip(1) {
        let words = &text[piece.clone()];
        let above = text[..piece.start].trim_end();
        let said = found.iter().rev().fold(above, |above, place| match above.len() == place.bytes.end {
            true => text[..place.bytes.start].trim_end(),
            false => above,
        });
        let Some(kind) = kind(words, said).filter(|_| said.contains(char::is_alphanumeric)) else { continue };
        let below = pieces.get(at + 1).map(|next| &text[next.clone()]);
        let (gap_above, gap_below) = (&text[above.len()..piece.start], &text[piece.end..]);
        let gap_below = &gap_below[..gap_below.len() - gap_below.trim_start().len()];
        let is_wide = |gap: &str| gap.matches('\n').count() != 1;
        found.push(Place {
            bytes: piece.clone(),
            kind,
            is_last: false,
            is_apart: is_wide(gap_above) && is_wide(gap_below),
            is_below_sentence: said.trim_end_matches(BEHIND).ends_with(ENDS),
            is_above_sentence: below
                .is_none_or(|below| below.chars().find(|c| c.is_alphanumeric()).is_none_or(|c| !c.is_lowercase())),
        });
    }
    let mut end = text.trim_end().len();
    for place in found.iter_mut().rev() {
        if place.bytes.end != end {
            break;
        }
        place.is_last = true;
        end = text[..place.bytes.start].trim_end().len();
    }
    found
}

/// The lines and cues of a text, without white space around them; what a bracket holds together is one.
fn pieces(turn: &RawTurn, text: &str) -> Vec<Range<usize>> {
    let mut starts: Vec<usize> = text.match_indices('\n').map(|(at, _)| at + 1).collect();
    let points = turn.times.iter().skip(1).filter_map(|mark| mark.point.checked_sub(turn.span.start));
    let mut chars = text.char_indices().enumerate();
    for point in points {
        let byte = chars.find(|(n, _)| *n >= point).filter(|(n, _)| *n == point);
        starts.extend(byte.map(|(_, (byte, _))| byte));
    }
    starts.extend([0, text.len()]);
    starts.sort_unstable();
    starts.dedup();
    let mut pieces: Vec<Range<usize>> = Vec::new();
    for pair in starts.windows(2) {
        let slice = &text[pair[0]..pair[1]];
        let start = pair[0] + slice.len() - slice.trim_start().len();
        let piece = start..start + slice.trim().len();
        if piece.is_empty() {
            continue;
        }
        // `[The interviewer notes` goes on in the next line.
        let goes_on = |last: &Range<usize>| {
            let is_open = text[last.clone()].starts_with('[') && !text[last.clone()].contains(']');
            is_open && text[last.end..piece.start].matches('\n').count() == 1 && last.len() < LONGEST
        };
        match pieces.last_mut().filter(|last| goes_on(last)) {
            Some(last) => last.end = piece.end,
            None => pieces.push(piece),
        }
    }
    pieces
}

/// What a piece is below words of somebody, if it is in square brackets or quoted.
fn kind(piece: &str, above: &str) -> Option<Kind> {
    // Round brackets, and notes under a word that somebody may say, are for others to judge.
    if piece.starts_with('(') {
        return aside(piece).map(|_| Kind::Sure);
    }
    let (inner, is_quoted) = inner(piece).filter(|_| note(piece) != Some(Note::Doubtful))?;
    let lower = inner.to_lowercase().replace('’', "'");
    let words: Vec<&str> = words_in(&lower).collect();
    let bracketed = format!("[{inner}]");
    if inner.len() > LONGEST || words.is_empty() || is_notice(&bracketed) || spoken(&bracketed).is_blank() {
        return None;
    }
    if is_noted(inner) {
        let is_said = speaks(&lower) || inner.ends_with('?');
        return Some(if is_said { Kind::Doubtful } else { Kind::Sure });
    }
    if aside(&bracketed).is_some() {
        return Some(Kind::Sure);
    }
    // A quotation that has no brackets may be what somebody reads.
    if is_quoted && !piece.contains(['[', '(']) {
        return (!above.by_lines().any(|line| line.trim_start().starts_with('>'))).then_some(Kind::Doubtful);
    }
    let stands_for_words = words.len() < 2 || words.iter().all(|word| ANSWERS.contains(word) || HIDDEN.contains(word));
    if stands_for_words {
        return None;
    }
    let is_other_script = above.chars().rev().filter(|c| c.is_alphabetic()).take(20).filter(|c| is_latin(*c)).count()
        == 0
        && above.contains(char::is_alphabetic)
        && inner.chars().any(|c| c.is_alphabetic() && is_latin(c));
    let is_quote = inner.contains(['"', '“', '„', '«', '”']);
    let is_labelled = inner.contains(": ") || inner.ends_with(':');
    // Two words may be what somebody said, as one may.
    let is_short = words.len() < FEWEST && !inner.contains(|c: char| c.is_ascii_digit());
    let is_said = speaks(&lower)
        || is_short
        || inner.contains(['?', '!'])
        || is_quote
        || is_labelled
        || is_other_script
        || words.iter().any(|word| SAYS.contains(word));
    let is_sentence = inner.starts_with(char::is_uppercase) && inner.ends_with(['.', '…', '。']);
    Some(match is_said || (is_sentence && !is_about_talk(&words)) {
        true => Kind::Doubtful,
        false => Kind::Likely,
    })
}

fn is_latin(c: char) -> bool {
    c < '\u{250}'
}

/// What stands in one pair of square brackets, or in a quotation of Markdown.
fn inner(piece: &str) -> Option<(&str, bool)> {
    let bare = piece.trim_start_matches(['>', ' ']);
    let is_quoted = piece.starts_with('>') && !piece.contains('\n');
    let bare = bare.trim_matches(['*', '_', ' ']);
    let bare = bare.strip_suffix('.').filter(|bare| bare.ends_with(']')).unwrap_or(bare);
    let pair = |open: char, close: char| bare.strip_prefix(open)?.strip_suffix(close);
    let inner = match pair('[', ']') {
        Some(inner) => inner,
        None if is_quoted => pair('(', ')').unwrap_or(bare),
        None => return None,
    };
    let inner = inner.trim_matches(['[', ']', '*', '_', ' ']);
    (!inner.contains(['[', ']'])).then_some((inner, is_quoted))
}

/// Whether a note stands behind its label, also behind a dash or a point and with initials: `RA note – …`, `NB. …`,
/// `Comment MK: …`.
fn is_noted(inner: &str) -> bool {
    let near = &inner[..inner.floor_char_boundary(LONGEST_LABEL)];
    let mut parts = [":", "：", " – ", " — ", " - ", ". "]
        .into_iter()
        .filter_map(|sign| near.split_once(sign).map(|(label, _)| (label, sign)));
    parts.any(|(label, sign)| {
        let label = label.trim();
        let without_initials = label
            .rsplit_once(' ')
            .filter(|(_, last)| last.chars().count() <= 3 && last.chars().all(char::is_uppercase));
        let label = without_initials.map_or(label, |(label, _)| label);
        let is_short = is_short_for_one(label) && (sign != " - " || !label.contains(char::is_lowercase));
        is_note_label(label) || is_short || (is_label(label) && sign != ". ")
    })
}

#[cfg(test)]
mod tests {
    use super::super::part;
    use super::*;

    fn turn(speaker: &str, text: &str) -> RawTurn {
        let span = 0..text.chars().count();
        RawTurn { speaker: speaker.into(), document: 0, span, line: 4, times: Vec::new(), text: text.into() }
    }

    /// What of an answer, with others around it, is nobody's.
    fn nobodys(text: &str) -> Vec<String> {
        let turns = vec![turn("I", "Why?"), turn("P", text), turn("I", "And?"), turn("P", "So."), turn("P", "Yes.")];
        let is_nobodys = |turn: &RawTurn| &*turn.speaker == SPEAKER;
        part(turns, true, &|_| false).into_iter().filter(is_nobodys).map(|turn| turn.text.to_string()).collect()
    }

    #[test]
    fn notes_and_what_happens_are_nobodys_below_what_was_said() {
        for note in [
            "[Int. note: grandmother was in the room but did not speak]",
            "[RA note – sister entered with tea]",
            "[NB. wife is in the room]",
            "[Comment MK: check this against the diary]",
            "[Interviewer observes that the wall is wet]",
            "[They move to the garden]",
            "[Section redacted at request of participant]",
            "[12 seconds omitted]",
            "[Track 2]",
            "[water rushing]",
            "[door slams]",
            "[A child comes in and asks for a book about sharks.]",
            "[Abschnitt auf Wunsch der Befragten gelöscht]",
            "[La porte claque]",
            "(dramatic music playing)",
            "> [A child comes in.]",
            "> *(The foghorn sounds.)*",
            "> Note: the door was open throughout.",
        ] {
            assert_eq!(nobodys(&format!("We left it.\n\n{note}")), [note], "{note}");
            assert_eq!(nobodys(&format!("We left it.\n{note}")), [note], "{note}");
        }
        for note in ["[Interviewer notes that\nthe wall is wet]", "[They move to the garden]", "[door slams]"] {
            assert_eq!(nobodys(&format!("We left it.\n\n{note}\n\nAnd came back.")), [note], "{note}");
        }
        assert_eq!(nobodys("We left and\n\n[phone rings]\n\nthen came back."), ["[phone rings]"]);
        assert_eq!(nobodys("We left.\n\n[door slams]\n\n[They move to the garden]").len(), 2);
    }

    #[test]
    fn words_in_brackets_are_somebodys() {
        for said in [
            "[yes]",
            "[Yes, exactly]",
            "[mi hermana]",
            "[ja hoor]",
            "[name of village]",
            "[I point at the oven]",
            "[my sister]",
            "[Five years, she says.]",
            "[We came here in March.]",
            "[The mill was cold.]",
            "[Why would they?]",
            "[Interviewer: and then?]",
            "[\"Come in\"]",
            "(I did not want to say that aloud)",
            "(the usual thing)",
            "(a lot of shouting)",
            "(my phone rings)",
            "> We climbed to the lamp room.",
        ] {
            assert_eq!(nobodys(&format!("We left it.\n\n{said}")), [""; 0], "{said}");
        }
        // In the middle of a sentence, all of a turn, and in another script than what was said.
        for text in [
            "We left for\n\n[the old mill]\n\nand came back.",
            "We went to\n\n[the old mill]",
            "[the old mill]",
            "خمس سنوات.\n\n[five years]",
        ] {
            assert_eq!(nobodys(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn brackets_below_many_answers_may_be_translations() {
        let answer = |n: usize| turn("P", &format!("Cinco años.\n\n[five years, number {n}]"));
        let turns: Vec<RawTurn> = (0..4).flat_map(|n| [turn("I", "¿Y?"), answer(n)]).collect();
        let parted = part(turns, true, &|_| false);
        assert!(parted.iter().all(|turn| &*turn.speaker != SPEAKER), "{parted:?}");
        let told = told(&parted);
        assert!(told.len() == 1 && told[0].starts_with("line 6, `[five years, number 0]` may be"), "{told:?}");
        assert!(told[0].contains("(and 3 more such paragraphs)"), "{told:?}");
    }

    #[test]
    fn what_was_taken_by_little_is_told() {
        let turns = vec![turn("I", "Why?"), turn("P", "So.\n\n[They move to the garden]"), turn("I", "And?")];
        let told = told(&part(turns, true, &|_| false));
        assert!(told.len() == 1 && told[0].starts_with("line 6, a paragraph in brackets"), "{told:?}");
    }
}
