//! The head of a part of a talk, where a program began to transcribe again: `📖 Transcript`, a date, `Farm - Transcript`
//! above `00:00:00`, as documents of Google Meet have it.
//!
//! In: a text. Out: the lines of such heads but the first, which is for the front matter. A title counts only above a
//! clock that begins at nothing; it never takes a line that may be said.

use std::ops::Range;

use super::super::super::by_lines::ByLines;
use super::super::super::labels::time;

/// What such a part is called.
#[rustfmt::skip]
const TRANSCRIPTS: &[&str] = &[
    "transcript", "transkript", "transcription", "transcripción", "transcrição", "trascrizione", "transcriptie",
    "transkrypcja", "transkription", "transskription", "文字起こし",
];
/// Words of a date, at most.
const DATE: usize = 5;

/// The lines of the heads in a text that are not the first.
pub(super) fn heads(text: &str) -> Vec<Range<usize>> {
    let mut start = 0;
    let mut lines: Vec<Range<usize>> = Vec::new();
    for line in text.by_whole_lines() {
        if !line.is_blank() {
            lines.push(start..start + line.trim_end().len());
        }
        start += line.len();
    }
    let line = |at: usize| text[lines[at].clone()].trim();
    let is_head = |at: &usize| time(line(at + 1)).is_some_and(|seconds| seconds < 1.0) && is_title(line(*at));
    let mut titles = (0..lines.len().saturating_sub(1)).filter(is_head);
    let Some(first) = titles.next() else { return Vec::new() };
    // Of another title it is another talk.
    let titles = titles.filter(|&at| line(at) == line(first));
    let first_of = |title: usize| match title {
        at if at > 1 && is_heading(line(at - 2)) && is_date(line(at - 1)) => at - 2,
        at if at > 0 && is_heading(line(at - 1)) => at - 1,
        at => at,
    };
    titles.flat_map(|title| first_of(title)..=title).map(|at| lines[at].clone()).collect()
}

fn is_transcript(words: &str) -> bool {
    TRANSCRIPTS.contains(&words.trim_matches(|c: char| !c.is_alphabetic()).to_lowercase().as_str())
}

/// `📖 Transcript`
fn is_heading(line: &str) -> bool {
    is_transcript(line)
}

/// `Farm - Transcript`
fn is_title(line: &str) -> bool {
    let parted = [" - ", " – ", " — "].iter().find_map(|dash| line.rsplit_once(dash));
    parted.is_some_and(|(what, kind)| !what.is_blank() && is_transcript(kind))
}

/// `Mar 4, 2025`, `11. Feb. 2025`
fn is_date(line: &str) -> bool {
    line.contains(|c: char| c.is_ascii_digit()) && line.split_whitespace().count() <= DATE
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        heads(text).into_iter().map(|line| text[line].trim()).collect()
    }

    #[test]
    fn the_head_of_a_second_part_is_nobodys() {
        let part =
            |head: &str| format!("{head}\n00:00:00\nAnn: Why?\nTom: So.\nTranscription ended after 00:19:20\n\n");
        for (head, lines) in [
            (
                "📖 Transcript\nMar 4, 2025\nFarm - Transcript",
                &["📖 Transcript", "Mar 4, 2025", "Farm - Transcript"][..],
            ),
            (
                "📖 Transkript\n11. Feb. 2025\n\nHof – Transkript",
                &["📖 Transkript", "11. Feb. 2025", "Hof – Transkript"][..],
            ),
            ("📖 Transcript\nFarm - Transcript", &["📖 Transcript", "Farm - Transcript"][..]),
            ("Farm - Transcript", &["Farm - Transcript"][..]),
        ] {
            assert_eq!(found(&[part(head), part(head)].concat()), lines, "{head}");
            assert_eq!(found(&part(head)), [""; 0], "the first is the front matter's: {head}");
        }
    }

    #[test]
    fn what_is_said_of_transcripts_is_somebodys() {
        let part = "Farm - Transcript\n00:00:00\nAnn: Why?\nTom: So.\n";
        for more in [
            "Shop - Transcript\n00:00:00\nAnn: And?",
            "Farm - Transcript\nAnn: And?",
            "Transcript\n00:00:00\nAnn: And?",
            "Farm - Transcript\n00:05:00\n",
        ] {
            assert_eq!(found(&format!("{part}{more}")), [""; 0], "{more}");
        }
        let text = format!("{part}It was in May 2020\nFarm - Transcript\n00:00:00\nAnn: And?\n");
        assert_eq!(found(&text), ["Farm - Transcript"]);
    }
}
