//! Label tracks, as sound editors such as Audacity export them: from when, to when and what, with tabs between; and
//! Whisper's segments, which are the same in milliseconds below a header, saved as text.
//!
//! In: a text. Out: the stretches of its recording, where every line is one; none of any other text. It does not say
//! who speaks.

use super::super::super::by_lines::ByLines;
use super::super::said::Said;

/// The header of Whisper's segments.
const HEADER: &str = "start\tend\ttext";
/// Fewer lines are no talk.
const FEWEST: usize = 2;

/// The stretches of a label track.
pub(super) fn read(text: &str) -> Option<Vec<Said>> {
    let mut said = Vec::new();
    let header = text.by_lines().position(|line| !line.is_blank())?;
    let is_whispers = text.by_lines().nth(header).is_some_and(|line| line.trim().eq_ignore_ascii_case(HEADER));
    let is_time = |cell: &str| if is_whispers { are_digits(cell) } else { is_seconds(cell) };
    for (at, line) in text.by_lines().enumerate().skip(if is_whispers { header + 1 } else { 0 }) {
        // A label of a range of frequencies has them on a line below.
        if line.is_blank() || line.starts_with("\\\t") {
            continue;
        }
        let mut cells = line.splitn(3, '\t');
        let [start, end, label] = [cells.next()?, cells.next()?, cells.next()?];
        if label.contains('\t') || !is_time(start) || !is_time(end) {
            return None;
        }
        let [start, end] = [start, end].map(|time| time.replace(',', "."));
        said.push(Said::segment(at + 1, label.trim().to_owned(), &start, &end));
    }
    (said.len() >= FEWEST).then_some(said)
}

fn are_digits(part: &str) -> bool {
    !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit())
}

/// `12.500000`, `12,500000`
fn is_seconds(cell: &str) -> bool {
    cell.split_once(['.', ',']).is_some_and(|(whole, fraction)| are_digits(whole) && are_digits(fraction))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_two_times_and_a_label_are_a_track() {
        let track = "0.000000\t4.200000\tMo: Who built it?\n\\\t20.0\t80.0\n5.000000\t8.600000\tLu: My uncle\n";
        let said = read(track).unwrap();
        let found: Vec<_> = said.iter().map(|said| (said.line, said.seconds, said.end, said.text.as_str())).collect();
        assert_eq!(found, [(1, Some(0.0), Some(4.2), "Mo: Who built it?"), (3, Some(5.0), Some(8.6), "Lu: My uncle")]);
        assert!(read("0,0\t4,2\tMo: Who?\n5,0\t8,6\tLu: My uncle.\n").is_some());
    }

    #[test]
    fn whispers_segments_are_one_below_their_header() {
        let said = read("start\tend\ttext\n0\t4200\t[S_0]: Who?\n5000\t8600\t\"Never\", he said.\n").unwrap();
        let found: Vec<_> = said.iter().map(|said| (said.line, said.text.as_str())).collect();
        assert_eq!(found, [(2, "[S_0]: Who?"), (3, "\"Never\", he said.")]);
        assert!(read("start\tend\ttext\n0\t4200\tWho?\nAnd so on.\n").is_none());
    }

    #[test]
    fn other_lines_are_no_track() {
        for text in [
            "0.0\t4.2\tMo: Who?\n",
            "0.0\t4.2\tMo: Who?\nMo: Who?\n",
            "0.0\t4.2\tMo\tWho?\n5.0\t8.6\tLu\tMy uncle.\n",
            "0\t4\tMo: Who?\n5\t8\tLu: My uncle.\n",
            "0:00\t0:04\tMo: Who?\n0:05\t0:08\tLu: My uncle.\n",
            "Mo: Who?\nLu: My uncle.\n",
        ] {
            assert!(read(text).is_none(), "{text}");
        }
    }
}
