//! Times of the recording within what is said: `two hives [00:01:30] and`, `#00:01:30-0#`, `{0:03}`, `(01:30)`, and
//! what somebody else throws in within a sentence: `two (I: Mhm.) and then`.
//!
//! In: what was read of one file. Out: the same without them. As the numbers of lines are, they are left out of the
//! text that positions refer to, so they are no words and quotes run on across them; what stands behind one is heard
//! from its time on. `(17:30)` may as well be said: it is a time of the recording only where all such of a transcript
//! fit between those that are, or rise through many turns. It never looks at a survey's answers, and never runs two
//! words together.

use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

use super::byte_set::ByteSet;
use super::error::counted;
use super::labels::{LeftOut, ThrownIn, thrown_in, without};
use super::marks::bracketed;
use super::model::TimeMark;
use super::readers::{RawTurn, Reading, Ruler, mark};
use super::speakers::Names;

/// Times in parentheses that show by themselves that they rise, and the turns that they stand in.
const FEWEST: usize = 4;
const FEWEST_TURNS: usize = 3;
/// Where the scripts begin that are written without spaces between words.
const UNSPACED: u32 = 0x2E80;

/// A time within a turn.
struct Mark {
    /// Index of the turn, and bytes of its text.
    turn: usize,
    bytes: Range<usize>,
    seconds: f64,
    is_doubtful: bool,
}

/// What may be left out of a turn.
struct Inset {
    /// As of [`Mark`].
    turn: usize,
    bytes: Range<usize>,
    /// A time, or none where somebody throws something in; then what to leave out if its brackets must stay.
    time: Result<f64, Range<usize>>,
    is_left_out: bool,
}

/// What to leave out of a turn.
struct Cut {
    /// Bytes of the turn's text.
    bytes: Range<usize>,
    /// The code point of the document behind it.
    behind: usize,
    /// The time that what follows is heard at.
    seconds: Option<f64>,
}

/// Takes the times, and what is thrown in, out of what was read of the file at `path`, and says how many there were.
pub(super) fn take_out(path: &str, names: &Names, reading: &mut Reading) {
    // By document, and by transcript and turn.
    let mut of_documents: BTreeMap<usize, Vec<Range<usize>>> = BTreeMap::new();
    let mut of_turns: BTreeMap<(usize, usize), Vec<Cut>> = BTreeMap::new();
    let (mut taken, mut thrown, mut left): (usize, usize, Vec<String>) = (0, 0, Vec::new());
    for (at, transcript) in reading.transcripts.iter().enumerate().filter(|(_, t)| t.answers_column.is_none()) {
        for insets in insets_of(&transcript.turns, names).chunk_by(|a, b| a.turn == b.turn) {
            let place = insets[0].turn;
            let turn = &transcript.turns[place];
            let mut ruler = Ruler::new(&turn.text, 1);
            let mut point = |byte: usize| turn.span.start + ruler.to(byte).0;
            let mut own: Vec<Cut> = Vec::new();
            for inset in insets {
                let range = match (with_space(&turn.text, &inset.bytes), &inset.time) {
                    (Some(range), _) if inset.is_left_out => range,
                    (None, Err(within)) => within.clone(),
                    _ => {
                        left.push(turn.text[inset.bytes.clone()].to_owned());
                        continue;
                    }
                };
                let bytes = range.start.max(own.last().map_or(0, |last| last.bytes.end))..range.end;
                let points = point(bytes.start)..point(bytes.end);
                taken += usize::from(inset.time.is_ok());
                thrown += usize::from(inset.time.is_err());
                own.push(Cut { bytes, behind: points.end, seconds: inset.time.as_ref().ok().copied() });
                of_documents.entry(turn.document).or_default().push(points);
            }
            of_turns.insert((at, place), own);
        }
    }
    if let Some(first) = left.first() {
        let count = if left.len() == 1 { "counts" } else { "count" };
        reading.warnings.push(format!(
            "`{path}`: {} in brackets within the words {count} as words, such as `{first}`; where the time of the \
             recording is meant, write it in square brackets with a space on both sides",
            counted(left.len(), "time")
        ));
    }
    if taken + thrown == 0 {
        return;
    }
    let of_documents: BTreeMap<usize, LeftOut> =
        of_documents.into_iter().map(|(document, ranges)| (document, LeftOut::new(ranges))).collect();
    for (at, transcript) in reading.transcripts.iter_mut().enumerate() {
        // The time of a mark that nothing follows in its turn.
        let mut carried = None;
        for (place, turn) in transcript.turns.iter_mut().enumerate() {
            let own = of_turns.remove(&(at, place)).unwrap_or_default();
            let behind = of_documents.get(&turn.document).and_then(|left_out| shorten(turn, left_out, own));
            if turn.text.is_empty() {
                carried = behind.or(carried);
                continue;
            }
            if turn.times.is_empty() {
                turn.times = mark(turn.span.start, carried);
            }
            carried = behind;
        }
        transcript.turns.retain(|turn| !turn.text.is_empty());
    }
    reading.transcripts.retain(|transcript| !transcript.turns.is_empty());
    for (document, left_out) in of_documents {
        let text = without_points(&reading.documents[document].text, &left_out);
        reading.documents[document].text = text.into();
    }
    let notes = [(taken, "time"), (thrown, "interjection")].into_iter().filter(|(n, _)| *n > 0);
    reading.add_to_layout(notes.map(|(n, what)| format!("{} within the words left out", counted(n, what))));
}

/// What may be left out of some turns, in order.
fn insets_of(turns: &[RawTurn], names: &Names) -> Vec<Inset> {
    let marks = marks_of(turns);
    let are_times = are_times(turns, &marks);
    let said: Vec<(&str, &str)> = turns.iter().map(|turn| (&*turn.speaker, &*turn.text)).collect();
    let thrown = thrown_in(&said, names);
    let holds = |turn: usize, byte: usize| {
        let next = thrown.partition_point(|inset| (inset.turn, inset.bytes.start) <= (turn, byte));
        next.checked_sub(1).is_some_and(|at| thrown[at].turn == turn && thrown[at].bytes.contains(&byte))
    };
    let times = marks.into_iter().filter(|mark| !holds(mark.turn, mark.bytes.start)).map(|mark| Inset {
        turn: mark.turn,
        bytes: mark.bytes,
        time: Ok(mark.seconds),
        is_left_out: are_times || !mark.is_doubtful,
    });
    let mut insets: Vec<Inset> = times.collect();
    let words = |inset: &ThrownIn| Inset {
        turn: inset.turn,
        bytes: inset.bytes.clone(),
        time: Err(inset.within.clone()),
        is_left_out: true,
    };
    insets.extend(thrown.iter().map(words));
    insets.sort_by_key(|inset| (inset.turn, inset.bytes.start));
    insets
}

/// The times within some turns, in order.
fn marks_of(turns: &[RawTurn]) -> Vec<Mark> {
    const OPENINGS: ByteSet = ByteSet::of(b"[({#");
    let mut marks = Vec::new();
    for (turn, text) in turns.iter().map(|turn| &*turn.text).enumerate() {
        let mut from = 0;
        while let Some(start) = OPENINGS.find(text, from) {
            from = start + 1;
            if let Some(mark) = bracketed(&text[start..]) {
                from = start + mark.end;
                marks.push(Mark { turn, bytes: start..from, seconds: mark.seconds, is_doubtful: mark.is_doubtful });
            }
        }
    }
    marks
}

/// Whether the doubtful ones are times of the recording: none is less than the one before, and each fits between
/// those that are told otherwise; where hardly any are, they are many and rise.
fn are_times(turns: &[RawTurn], marks: &[Mark]) -> bool {
    let doubtful: Vec<&Mark> = marks.iter().filter(|mark| mark.is_doubtful).collect();
    if doubtful.windows(2).any(|pair| pair[1].seconds < pair[0].seconds) {
        return false;
    }
    let at_start = turns.iter().enumerate().filter_map(|(at, turn)| Some((at, 0, turn.times.first()?.seconds)));
    let within = marks.iter().filter(|mark| !mark.is_doubtful).map(|mark| (mark.turn, mark.bytes.start, mark.seconds));
    let mut known: Vec<(usize, usize, f64)> = at_start.chain(within).collect();
    known.sort_by_key(|&(turn, byte, _)| (turn, byte));
    if known.len() < 2 {
        let in_turns: HashSet<usize> = doubtful.iter().map(|mark| mark.turn).collect();
        let rise = doubtful.windows(2).all(|pair| pair[0].seconds < pair[1].seconds);
        return doubtful.len() >= FEWEST && in_turns.len() >= FEWEST_TURNS && rise;
    }
    doubtful.iter().all(|mark| {
        let next = known.partition_point(|&(turn, byte, _)| (turn, byte) <= (mark.turn, mark.bytes.start));
        let is_after = next.checked_sub(1).is_none_or(|before| known[before].2 <= mark.seconds);
        is_after && known.get(next).is_none_or(|after| mark.seconds <= after.2)
    })
}

/// The bytes to leave out with a mark, so that one space is left where there were two; `None` where the words on both
/// sides would run together.
fn with_space(text: &str, mark: &Range<usize>) -> Option<Range<usize>> {
    const CLOSING: &str = ",.;:!?…)]}»”’";
    let is_blank = |c: char| matches!(c, ' ' | '\t' | '\u{a0}');
    let (before, after) = (&text[..mark.start], &text[mark.end..]);
    if before.is_empty() || before.ends_with('\n') {
        return Some(mark.start..text.len() - after.trim_start_matches(is_blank).len());
    }
    let next = after.chars().next();
    if before.ends_with(is_blank) && next.is_none_or(|c| c.is_whitespace() || CLOSING.contains(c)) {
        return Some(before.trim_end_matches(is_blank).len()..mark.end);
    }
    let opens_word = |c: char| c.is_alphanumeric() && u32::from(c) < UNSPACED;
    (before.ends_with(is_blank) || !next.is_some_and(opens_word)).then(|| mark.clone())
}

/// A text without some of its code points.
fn without_points(text: &str, left_out: &LeftOut) -> String {
    let mut ranges = left_out.ranges.iter().peekable();
    let mut is_kept = |point: usize| {
        while ranges.next_if(|range| range.end <= point).is_some() {}
        !ranges.peek().is_some_and(|range| range.contains(&point))
    };
    text.chars().enumerate().filter(|&(point, _)| is_kept(point)).map(|(_, c)| c).collect()
}

/// Moves a turn to where it stands without what was left out of its document, and takes its own times out of its
/// words. What stands behind those is heard from then on; the time that nothing in the turn stands behind is returned.
fn shorten(turn: &mut RawTurn, left_out: &LeftOut, own: Vec<Cut>) -> Option<f64> {
    let moved = |mark: &TimeMark| TimeMark { point: left_out.moved(mark.point), seconds: mark.seconds };
    let known = turn.times.iter().map(moved);
    let heard = |cut: &Cut| Some(TimeMark { point: left_out.moved(cut.behind), seconds: cut.seconds? });
    let new = own.iter().filter_map(heard);
    let mut times: Vec<TimeMark> = known.chain(new).collect();
    let mut span = left_out.moved(turn.span.start)..left_out.moved(turn.span.end);
    if !own.is_empty() {
        let ranges: Vec<Range<usize>> = own.into_iter().map(|cut| cut.bytes).collect();
        let text = without(&turn.text, &ranges);
        let words = text.trim();
        let above = &text[..text.len() - text.trim_start().len()];
        span.start += above.chars().count();
        span.end = span.start + words.chars().count();
        turn.line += above.matches('\n').count();
        turn.text = words.into();
    }
    // Of two at one place the later one holds.
    times.iter_mut().for_each(|mark| mark.point = mark.point.max(span.start));
    times.sort_by_key(|mark| mark.point);
    let mut behind = None;
    let mut kept: Vec<TimeMark> = Vec::with_capacity(times.len());
    for mark in times {
        match kept.last_mut() {
            _ if mark.point >= span.end => behind = Some(mark.seconds),
            Some(last) if last.point == mark.point => *last = mark,
            _ => kept.push(mark),
        }
    }
    (turn.span, turn.times) = (span, kept);
    behind
}

#[cfg(test)]
mod tests {
    use super::super::{Corpus, ReadOptions, read_bytes};

    /// What is read of a text, of which every turn is exactly its span.
    fn read(text: &str) -> Corpus {
        let corpus = read_bytes("a.txt", text.as_bytes().to_vec(), &ReadOptions::default()).unwrap();
        for turn in corpus.transcripts.iter().flat_map(|transcript| &transcript.turns) {
            let document = &corpus.documents[turn.document].text;
            let words: String = document.chars().skip(turn.span.start).take(turn.span.len()).collect();
            assert_eq!(words, *turn.text);
            assert_eq!(turn.text.trim(), &*turn.text);
            assert!(!turn.text.is_empty());
            assert!(turn.times.windows(2).all(|pair| pair[0].point < pair[1].point));
            assert!(turn.times.iter().all(|mark| turn.span.contains(&mark.point)));
        }
        corpus
    }

    /// A talk in which somebody says these things.
    fn talk(said: [&str; 3]) -> String {
        let [first, second, third] = said;
        format!(
            "I: How was it thére?\n\nTom: {first}\n\nI: And then?\n\nTom: {second}\n\nI: So?\n\nTom: {third}\n\n\
             I: Thank you.\n"
        )
    }

    /// What Tom says.
    fn said(text: &str) -> (Vec<String>, Corpus) {
        let corpus = read(text);
        let turns = &corpus.transcripts[0].turns;
        let said = turns.iter().filter(|turn| &*turn.speaker == "Tom").map(|turn| turn.text.to_string()).collect();
        (said, corpus)
    }

    #[test]
    fn times_within_words_are_no_words() {
        for (written, left) in [
            ("Two hives [00:01:30] and a hum.", "Two hives and a hum."),
            ("Two hives (00:01:30) and a hum.", "Two hives and a hum."),
            ("Two hives {0:03} and a hum.", "Two hives and a hum."),
            ("Two hives #00:01:30-0# and a hum.", "Two hives and a hum."),
            ("Two hives [01:30.2], and a hum.", "Two hives, and a hum."),
            ("Two hives[1:30] and a hum.", "Two hives and a hum."),
            ("Two hives [1:30]and a hum.", "Two hives and a hum."),
            ("Two hives [1:30] [1:31] and a hum.", "Two hives and a hum."),
            ("Two hïves [1:30 - 1:40] and\na [1:50] hum.", "Two hïves and\na hum."),
            ("[1:30]", ""),
        ] {
            let text = talk(["It was so.", written, "No more."]);
            let (found, corpus) = said(&text);
            let expected: Vec<&str> = ["It was so.", left, "No more."].into_iter().filter(|s| !s.is_empty()).collect();
            assert_eq!(found, expected, "{written}");
            assert_eq!(corpus.warnings, [""; 0], "{written}");
            let layout = corpus.sources[0].layout.as_deref().unwrap_or_default();
            assert_eq!(layout.ends_with("within the words left out"), !left.is_empty(), "{written}: {layout}");
        }
    }

    #[test]
    fn what_somebody_else_throws_in_is_not_theirs() {
        for (written, left) in [
            ("Two hïves (I: Mhm.) and a hum.", "Two hïves and a hum."),
            ("Two hives [I: Mhm.], and //I: Oh.// a hum.", "Two hives, and a hum."),
            ("Two hives (I: Mhm [1:30].) and [1:40] a hum.", "Two hives and a hum."),
            ("Two hives(I: Mhm.)and a hum.", "Two hives()and a hum."),
        ] {
            let (found, corpus) = said(&talk(["It was so.", written, "No more."]));
            assert_eq!(found, ["It was so.", left, "No more."], "{written}");
            assert_eq!(corpus.warnings, [""; 0], "{written}");
            let layout = corpus.sources[0].layout.as_deref().unwrap_or_default();
            assert!(layout.contains("interjection"), "{written}: {layout}");
        }
        let other = ["Two (Tom: so) hives (B: red) and a hum.", "It rained.", "No more."];
        let (found, corpus) = said(&talk(other));
        assert_eq!(found, other);
        assert_eq!(corpus.sources[0].layout, None);
    }

    #[test]
    fn what_stands_behind_a_time_is_heard_then() {
        let text = talk(["Two hives [00:01:30] and a hum.", "It rained.", "No more [0:02:30]\nof [0:03:00] it."]);
        let (_, corpus) = said(&text);
        let turns = &corpus.transcripts[0].turns;
        let at = |turn: usize, word: &str| {
            let turn = &turns[turn];
            let before = turn.text[..turn.text.find(word).unwrap()].chars().count();
            turn.seconds_at(turn.span.start + before)
        };
        assert_eq!([at(1, "Two"), at(1, "hives"), at(1, "and"), at(1, "hum")], [None, None, Some(90.0), Some(90.0)]);
        assert_eq!(at(3, "rained"), None);
        let last = turns.len() - 2;
        assert_eq!([at(last, "of"), at(last, "it")], [Some(150.0), Some(180.0)]);
        let lines: Vec<usize> = turns.iter().map(|turn| turn.line).collect();
        assert_eq!(lines.last(), Some(&14));
    }

    #[test]
    fn times_in_parentheses_are_told_by_the_others() {
        let rising = [
            "Two (01:30) hives and (02:10) a hum.",
            "It rained (03:20) all day.",
            "No more (04:05) of it, and (05:00) that was that.",
        ];
        let (found, corpus) = said(&talk(rising));
        assert_eq!(found[1], "It rained all day.");
        assert_eq!(corpus.sources[0].layout.as_deref(), Some("5 times within the words left out"));
        // Between the times of turns one is enough.
        let timed = "Ann: [00:01] Why was it so?\n\nTom: [00:09] It rained (00:21) all day.\n\nAnn: [00:40] And then?\n\n\
                     Tom: [00:50] We left.\n";
        assert_eq!(said(timed).0, ["It rained all day.", "We left."]);
    }

    #[test]
    fn times_that_are_said_stay_and_are_told() {
        let day = ["We got up (06:30) and ate (07:00), and (08:10) left (09:00).", "It rained.", "No more."];
        for three in [
            ["We met (17:30) at the gate.", "It rained.", "No more."],
            day,
            ["We met (17:30) there.", "It rained (09:10) there.", "We left (18:00) and slept (22:10)."],
            ["Two hives[1:30]and a hum.", "It rained.", "No more."],
        ] {
            let (found, corpus) = said(&talk(three));
            assert_eq!(found, three);
            assert_eq!(corpus.warnings.len(), 1, "{:?}", corpus.warnings);
            assert!(corpus.warnings[0].contains("as words, such as `"));
        }
        let timed = "Ann: [00:01] Why was it so?\n\nTom: [00:09] We met (17:30) there.\n\nAnn: [00:40] And then?\n\n\
                     Tom: [00:50] We left.\n";
        assert_eq!(said(timed).0[0], "We met (17:30) there.");
    }

    #[test]
    fn other_brackets_stay_words() {
        let three =
            ["Half of it (50:70) is [sic] mine.", "Room #1: and #2: of it [inaudible 00:01:30] so.", "At 17:30 so."];
        let (found, corpus) = said(&talk(three));
        assert_eq!(found, three);
        assert_eq!((corpus.warnings.len(), corpus.sources[0].layout.as_deref()), (0, None));
    }

    #[test]
    fn answers_of_a_survey_stay_as_they_are() {
        let table = "id,question,answer\n1,When?,We met [00:17:30] there.\n2,When?,It rained {0:10} all day.\n";
        let corpus = read_bytes("a.csv", table.as_bytes().to_vec(), &ReadOptions::default()).unwrap();
        assert_eq!(&*corpus.turn_of(&corpus.answers[0]).text, "We met [00:17:30] there.");
        // Turns of interviews are not.
        let table = "id,speaker,text\n1,I,When?\n1,Tom,We met [00:17:30] there.\n1,I,Why?\n1,Tom,It rained.\n";
        let corpus = read_bytes("a.csv", table.as_bytes().to_vec(), &ReadOptions::default()).unwrap();
        let turn = corpus.turn_of(&corpus.answers[0]);
        assert_eq!((&*turn.text, &*corpus.documents[turn.document].text), ("We met there.", "We met there."));
        assert_eq!(turn.seconds_at(7), Some(1050.0));
    }
}
