//! Times of the recording within what is said: `two hives [00:01:30] and`, `#00:01:30-0#`, `{0:03}`, `(01:30)`.
//!
//! In: what was read of one file. Out: the same without them. As the numbers of lines are, they are left out of the
//! text that positions refer to, so they are no words and quotes run on across them; what stands behind one is heard
//! from its time on. `(17:30)` may as well be said: it is a time of the recording only where all such of a transcript
//! fit between those that are, or rise through many turns. It never looks at a survey's answers, and never runs two
//! words together.

use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

use super::error::counted;
use super::labels::without;
use super::marks::bracketed;
use super::model::TimeMark;
use super::readers::{RawTurn, Reading, Ruler, mark};

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

/// A time to leave out of a turn.
struct Cut {
    /// Bytes of the turn's text.
    bytes: Range<usize>,
    /// The code point of the document behind it.
    behind: usize,
    seconds: f64,
}

/// Takes the times out of what was read of the file at `path`, and says how many there were.
pub(super) fn take_out(path: &str, reading: &mut Reading) {
    // By document, and by transcript and turn.
    let mut of_documents: BTreeMap<usize, Cuts> = BTreeMap::new();
    let mut of_turns: BTreeMap<(usize, usize), Vec<Cut>> = BTreeMap::new();
    let (mut taken, mut left): (usize, Vec<String>) = (0, Vec::new());
    for (at, transcript) in reading.transcripts.iter().enumerate().filter(|(_, t)| t.answers_column.is_none()) {
        let marks = marks_of(&transcript.turns);
        let are_times = are_times(&transcript.turns, &marks);
        for marks in marks.chunk_by(|a, b| a.turn == b.turn) {
            let place = marks[0].turn;
            let turn = &transcript.turns[place];
            let mut ruler = Ruler::new(&turn.text, 1);
            let mut point = |byte: usize| turn.span.start + ruler.to(byte).0;
            let mut own: Vec<Cut> = Vec::new();
            for mark in marks {
                let range = with_space(&turn.text, &mark.bytes).filter(|_| are_times || !mark.is_doubtful);
                let Some(range) = range else {
                    left.push(turn.text[mark.bytes.clone()].to_owned());
                    continue;
                };
                let bytes = range.start.max(own.last().map_or(0, |last| last.bytes.end))..range.end;
                let points = point(bytes.start)..point(bytes.end);
                own.push(Cut { bytes, behind: points.end, seconds: mark.seconds });
                of_documents.entry(turn.document).or_default().ranges.push(points);
            }
            taken += own.len();
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
    if taken == 0 {
        return;
    }
    of_documents.values_mut().for_each(Cuts::settle);
    for (at, transcript) in reading.transcripts.iter_mut().enumerate() {
        // The time of a mark that nothing follows in its turn.
        let mut carried = None;
        for (place, turn) in transcript.turns.iter_mut().enumerate() {
            let own = of_turns.remove(&(at, place)).unwrap_or_default();
            let behind = of_documents.get(&turn.document).and_then(|cuts| shorten(turn, cuts, own));
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
    for (document, cuts) in of_documents {
        let text = cuts.out_of(&reading.documents[document].text);
        reading.documents[document].text = text.into();
    }
    let note = format!("{} within the words left out", counted(taken, "time"));
    reading.layout = Some(match reading.layout.take() {
        Some(layout) => format!("{layout}, {note}"),
        None => note,
    });
}

/// The times within some turns, in order.
fn marks_of(turns: &[RawTurn]) -> Vec<Mark> {
    const OPENINGS: [char; 4] = ['[', '(', '{', '#'];
    let mut marks = Vec::new();
    for (turn, text) in turns.iter().map(|turn| &*turn.text).enumerate() {
        let mut from = 0;
        while let Some(start) = text[from..].find(OPENINGS).map(|at| from + at) {
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

/// What is left out of a document, in code points.
#[derive(Default)]
struct Cuts {
    ranges: Vec<Range<usize>>,
    /// For each range how many code points are left out up to its end.
    so_far: Vec<usize>,
}

impl Cuts {
    fn settle(&mut self) {
        self.ranges.sort_by_key(|range| range.start);
        self.ranges.dedup();
        let mut sum = 0;
        let so_far = self.ranges.iter().map(|range| {
            sum += range.len();
            sum
        });
        self.so_far = so_far.collect();
    }

    /// Where a code point of the document is once they are left out.
    fn moved(&self, point: usize) -> usize {
        match self.ranges.partition_point(|range| range.start < point).checked_sub(1) {
            Some(last) => point.max(self.ranges[last].end) - self.so_far[last],
            None => point,
        }
    }

    fn out_of(&self, text: &str) -> String {
        let mut ranges = self.ranges.iter().peekable();
        let mut is_kept = |point: usize| {
            while ranges.next_if(|range| range.end <= point).is_some() {}
            !ranges.peek().is_some_and(|range| range.contains(&point))
        };
        text.chars().enumerate().filter(|&(point, _)| is_kept(point)).map(|(_, c)| c).collect()
    }
}

/// Moves a turn to where it stands without what was left out of its document, and takes its own times out of its
/// words. What stands behind those is heard from then on; the time that nothing in the turn stands behind is returned.
fn shorten(turn: &mut RawTurn, cuts: &Cuts, own: Vec<Cut>) -> Option<f64> {
    let moved = |mark: &TimeMark| TimeMark { point: cuts.moved(mark.point), seconds: mark.seconds };
    let known = turn.times.iter().map(moved);
    let new = own.iter().map(|cut| TimeMark { point: cuts.moved(cut.behind), seconds: cut.seconds });
    let mut times: Vec<TimeMark> = known.chain(new).collect();
    let mut span = cuts.moved(turn.span.start)..cuts.moved(turn.span.end);
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
