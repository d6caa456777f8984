//! What ELAN exports as text with tabs: an annotation a row, below a header that says which column holds what.
//!
//! In: a text. Out: its tiers, where the first line is such a header, with a column of beginnings, one of annotations
//! and one of tiers or participants. Other columns, and the order of the columns, tell nothing. It decides neither what
//! is said nor what is left out.

use std::collections::HashMap;

use super::super::super::by_lines::ByLines;
use super::super::said::time_of_cell;
use super::{Tier, Utterance};

/// What the column of beginnings is called, in front of the form of its times.
const BEGINS: &str = "begin time";

/// Which column holds what.
struct Columns {
    begin: usize,
    /// The times are milliseconds, without a point.
    in_milliseconds: bool,
    annotation: usize,
    tier: Option<usize>,
    participant: Option<usize>,
}

impl Columns {
    fn of(header: &str) -> Option<Self> {
        let titles: Vec<String> = header.split('\t').map(|title| title.trim().to_lowercase()).collect();
        let called = |wanted: &str| titles.iter().position(|title| title == wanted);
        let begin = titles.iter().position(|title| title.split(" - ").next() == Some(BEGINS))?;
        let found = Self {
            begin,
            in_milliseconds: titles[begin].ends_with("- msec"),
            annotation: called("annotation")?,
            tier: called("tier"),
            participant: called("participant"),
        };
        found.tier.or(found.participant).map(|_| found)
    }
}

/// Whether a text begins with the header of such an export.
pub(super) fn opens(text: &str) -> bool {
    text.by_lines().find(|line| !line.is_blank()).is_some_and(|line| Columns::of(line).is_some())
}

/// The tiers in the order in which they begin; rows without words say nothing.
pub(super) fn read(text: &str) -> Vec<Tier> {
    let mut lines = (1..).zip(text.by_lines()).filter(|(_, line)| !line.is_blank());
    let Some(columns) = lines.next().and_then(|(_, header)| Columns::of(header)) else { return Vec::new() };
    let mut tiers: Vec<Tier> = Vec::new();
    let mut places: HashMap<[String; 2], usize> = HashMap::new();
    for (line, row) in lines {
        let cells: Vec<&str> = row.split('\t').map(str::trim).collect();
        let cell = |column: Option<usize>| column.and_then(|at| cells.get(at)).copied().unwrap_or_default();
        let words = cell(Some(columns.annotation)).split_whitespace().collect::<Vec<_>>().join(" ");
        if words.is_empty() {
            continue;
        }
        let [name, participant] = [columns.tier, columns.participant].map(|at| cell(at).to_owned());
        let at = *places.entry([name.clone(), participant.clone()]).or_insert_with(|| {
            tiers.push(Tier { name, participant, parent: None, utterances: Vec::new() });
            tiers.len() - 1
        });
        tiers[at].utterances.push(Utterance { start: columns.start(cell(Some(columns.begin))), words, line });
    }
    tiers
}

impl Columns {
    /// Milliseconds from the start of the recording.
    fn start(&self, cell: &str) -> Option<u64> {
        if self.in_milliseconds {
            return cell.parse().ok();
        }
        time_of_cell(cell).filter(|seconds| *seconds >= 0.0).map(|seconds| (seconds * 1000.0).round() as u64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_header_says_which_column_holds_what() {
        for (header, row) in [
            (
                "Tier\tParticipant\tBegin Time - hh:mm:ss.ms\tEnd Time - hh:mm:ss.ms\tDuration - ss.msec\tAnnotation",
                "mo@x\tMo\t00:00:02.500\t00:00:04.000\t1.500\tWho built it?",
            ),
            ("Tier\tParticipant\tBegin Time - msec\tAnnotation", "mo@x\tMo\t2500\tWho built it?"),
            ("Annotation\tBegin Time - ss.msec\tTier\tParticipant", "Who built it?\t2.500\tmo@x\tMo"),
        ] {
            let text = format!("{header}\n{row}\n");
            assert!(opens(&text), "{header}");
            let tiers = read(&text);
            let [tier] = &tiers[..] else { panic!("{header}") };
            assert_eq!((tier.name.as_str(), tier.participant.as_str()), ("mo@x", "Mo"), "{header}");
            let said = &tier.utterances[0];
            assert_eq!((said.start, said.words.as_str(), said.line), (Some(2500), "Who built it?", 2), "{header}");
        }
    }

    #[test]
    fn other_headers_and_none_are_no_such_export() {
        for text in [
            "Tier\tAnnotation\nmo\tWho?\n",
            "Begin Time - msec\tAnnotation\n1\tWho?\n",
            "Speaker\tBegin\tAnnotation\nMo\t1\tWho?\n",
            "mo@x\tMo\t00:00:02.500\t00:00:04.000\t1.500\tWho built it?\n",
            "Begin time was late, and the annotation of the tier, too.\n",
        ] {
            assert!(!opens(text), "{text}");
        }
    }

    #[test]
    fn rows_without_words_say_nothing() {
        let tiers = read("Tier\tBegin Time - msec\tAnnotation\nmo\t1\t \nlu\t2\tNo.\n\nlu\t3\n");
        assert_eq!(tiers.iter().map(|tier| tier.name.as_str()).collect::<Vec<_>>(), ["lu"]);
        assert_eq!(tiers[0].utterances.len(), 1);
    }
}
