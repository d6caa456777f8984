//! SubViewer as YouTube writes it: captions with a line of two times above each.
//!
//! In: the file's text. Out: its transcript, through [`cues`], for which the comma between the times becomes an arrow
//! on the same line. `[br]` within words is the end of a line.

use super::super::by_lines::ByLines;
use super::super::{CorpusError, ReadOptions};
use super::cues::{self, Format};
use super::{Claim, Contents, File, Reader, Reading};

pub(crate) struct Sbv;

impl Reader for Sbv {
    fn name(&self) -> &'static str {
        "sbv"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["sbv"]
    }

    /// Two times with a comma between them cannot open anything else.
    fn claim(&self, contents: &Contents, _options: &ReadOptions) -> Claim {
        let first = contents.text().and_then(|text| text.by_lines().find(|line| !line.is_blank()));
        if first.is_some_and(|line| timing(line).is_some()) { Claim::Certain } else { Claim::No }
    }

    fn named_by_file(&self) -> bool {
        false
    }

    fn read(&self, mut file: File<'_>) -> Result<Reading, CorpusError> {
        if let Contents::Text(decoded) = &mut file.contents {
            decoded.text = with_arrows(&decoded.text);
        }
        cues::read(file, Format { timing: "0:00:01.000,0:00:04.000", is_aside: |_| false })
    }
}

/// The text with times as SubRip has them, line for line.
fn with_arrows(text: &str) -> String {
    let line = |line: &str| match timing(line) {
        Some((start, end)) => format!("{start} --> {end}"),
        None => line.replace("[br]", " "),
    };
    text.split('\n').map(line).collect::<Vec<_>>().join("\n")
}

/// The start and the end in `0:00:01.000,0:00:04.000`.
fn timing(line: &str) -> Option<(&str, &str)> {
    let (start, end) = line.trim().split_once(',')?;
    let digits = |part: &str| (1..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    let is_time = |time: &str| {
        let parts = time.split_once('.').filter(|(whole, fraction)| whole.split(':').count() == 3 && digits(fraction));
        parts.is_some_and(|(whole, _)| whole.split(':').all(digits))
    };
    (is_time(start) && is_time(end)).then_some((start, end))
}

#[cfg(test)]
mod tests {
    use super::super::super::encoding;
    use super::super::super::speakers::Names;
    use super::*;

    const TALK: &str = "0:00:01.000,0:00:04.000\nTom: Why is it[br]so?\n\n0:00:05.500,0:00:08.000\nMaria: It rained,\nall \
                        day.\n\n0:00:08.000,0:00:09.000\nTom: And then?\n\n0:01:10.000,0:01:12.000\nMaria: At 7:30, 9:10 so.\n";

    fn contents(text: &str) -> Contents {
        Contents::Text(encoding::decode("a", text.as_bytes().to_vec(), false).unwrap())
    }

    #[test]
    fn captions_of_youtube_are_turns() {
        let (options, names) = (ReadOptions::default(), Names::default());
        let file = File { path: "a.sbv", extension: None, contents: contents(TALK), options: &options, names: &names };
        let reading = Sbv.read(file).unwrap();
        let turns = &reading.transcripts[0].turns;
        let found: Vec<(&str, &str, usize, f64)> =
            turns.iter().map(|turn| (&*turn.speaker, &*turn.text, turn.line, turn.times[0].seconds)).collect();
        let expected = [
            ("Tom", "Why is it so?", 2, 1.0),
            ("Maria", "It rained, all day.", 5, 5.5),
            ("Tom", "And then?", 9, 8.0),
            ("Maria", "At 7:30, 9:10 so.", 12, 70.0),
        ];
        assert_eq!(found, expected);
        assert!(reading.warnings.is_empty() && reading.failures.is_empty(), "{:?}", reading.warnings);
    }

    #[test]
    fn only_two_times_on_the_first_line_tell_the_format() {
        let claim = |text: &str| Sbv.claim(&contents(text), &ReadOptions::default());
        assert_eq!(claim(TALK), Claim::Certain);
        for text in
            ["0:00:01,0:00:04\nTom: Why?\n", "1,2\n3,4\n", "00:00:01,000 --> 00:00:04,000\nTom: Why?\n", "Tom: Why?\n"]
        {
            assert_eq!(claim(text), Claim::No, "{text}");
        }
    }
}
