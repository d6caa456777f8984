//! Turns cut at the notices among their lines.
//!
//! In: a turn and the bytes of its notices. Out: its pieces, each with its own place, line and times; what is a notice
//! has the label of notices. No word is lost, and what is one is decided elsewhere.

use std::ops::Range;

use super::SPEAKER;
use crate::corpus::readers::RawTurn;

/// Ranges in their order, those that overlap as one: a rule may be a notice, and belong to the one below it.
pub(super) fn joined(mut found: Vec<Range<usize>>) -> Vec<Range<usize>> {
    found.sort_by_key(|range| range.start);
    let mut joined: Vec<Range<usize>> = Vec::with_capacity(found.len());
    for range in found {
        match joined.last_mut().filter(|last| range.start < last.end) {
            Some(last) => *last = last.start.min(range.start)..last.end.max(range.end),
            None => joined.push(range),
        }
    }
    joined
}

/// Cuts a turn at its notices.
pub(super) fn divide(turn: &RawTurn, notices: &[Range<usize>], parted: &mut Vec<RawTurn>) {
    let mut pieces: Vec<(Range<usize>, bool)> = Vec::new();
    let mut start = 0;
    for notice in notices {
        pieces.push((start..notice.start, false));
        pieces.push((notice.clone(), true));
        start = notice.end;
    }
    pieces.push((start..turn.text.len(), false));
    let (mut byte, mut point, mut line) = (0, turn.span.start, turn.line);
    for (range, is_notice) in pieces {
        let slice = &turn.text[range.clone()];
        let words = slice.trim();
        if words.is_empty() {
            continue;
        }
        let first = range.start + (slice.len() - slice.trim_start().len());
        let between = &turn.text[byte..first];
        let start = point + between.chars().count();
        let end = start + words.chars().count();
        line += between.matches('\n').count();
        let times = turn.times.iter().filter(|mark| (start..end).contains(&mark.point));
        parted.push(RawTurn {
            speaker: if is_notice { SPEAKER.into() } else { turn.speaker.clone() },
            document: turn.document,
            span: start..end,
            line,
            times: times.copied().collect(),
            text: words.into(),
        });
        line += words.matches('\n').count();
        (byte, point) = (first + words.len(), end);
    }
}
