//! Times that are said, and no stamps: `Half marathon  2:03` on a line of its own, between `Ann  0:40` and `Tom  0:49`.
//!
//! In: the labels of a text. Out: the same without such lines, and a remark on each. Nearly all labels have a time, and
//! these never fall but behind a line whose label comes once and whose time is later than the next one. It never drops
//! a label that comes again.

use std::collections::HashMap;

use super::super::by_lines::ByLines;
use super::Remark;
use super::lines::Head;

/// Fewer labels show no order.
const MIN_HEADS: usize = 6;

/// Drops such labels, and tells of them.
pub(super) fn drop_from(text: &str, heads: &mut Vec<Head>, remarks: &mut Vec<Remark>) {
    let timed: Vec<(usize, f64)> =
        heads.iter().enumerate().filter_map(|(at, head)| Some((at, head.seconds?))).collect();
    if heads.len() < MIN_HEADS || timed.len() * 10 < heads.len() * 9 {
        return;
    }
    let mut counts: HashMap<&str, usize> = HashMap::new();
    heads.iter().for_each(|head| *counts.entry(&head.label).or_default() += 1);
    let falls: Vec<usize> =
        timed.windows(2).enumerate().filter(|(_, two)| two[1].1 < two[0].1).map(|(n, _)| n).collect();
    // The time before the line and the one behind it rise, so that this one alone is out of order.
    let is_said = |&n: &usize| {
        let is_once = counts[heads[timed[n].0].label.as_str()] == 1;
        is_once && n > 0 && timed[n - 1].1 <= timed[n + 1].1
    };
    if falls.is_empty() || !falls.iter().all(is_said) {
        return;
    }
    for at in falls.into_iter().map(|n| timed[n].0).rev() {
        let head = heads.remove(at);
        let line = text[head.line..].by_lines().next().unwrap_or_default().trim();
        let whose = &heads[at - 1].label;
        let what = format!("`{line}` has a time later than the next one and was taken for words of `{whose}`");
        remarks.retain(|remark| remark.at != head.line);
        remarks.push(Remark { at: head.line, what });
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::speakers::Names;
    use super::super::read;

    fn labels(line: &str) -> (Vec<String>, usize) {
        let turn = |n: usize| {
            let (who, said) = [("Ann Hall", "How was it then?"), ("Tom", "It was wet and cold for us.")][n % 2];
            format!("{who}  0:{n}0\n{said}\n\n")
        };
        let text: String = (0..4).map(turn).collect::<String>() + line + &(4..6).map(turn).collect::<String>();
        let found = read(&text, &Names::default()).unwrap_or_default();
        let told = found.remarks.iter().filter(|remark| remark.what.contains("later than the next one")).count();
        (found.stretches.into_iter().map(|stretch| stretch.label).collect(), told)
    }

    #[test]
    fn a_time_later_than_the_next_is_said() {
        let (labels, told) = labels("Night bus  4:50\n\nThat is what hangs there.\n\n");
        assert!(!labels.contains(&"Night bus".to_owned()) && told == 1, "{labels:?}");
    }

    #[test]
    fn somebody_whose_time_rises_or_who_comes_again_is_not() {
        let (found, told) = labels("Eva Lund  0:35\nI was there, too.\n\n");
        assert!(found.contains(&"Eva Lund".to_owned()) && told == 0, "{found:?}");
        let twice = "Eva Lund  0:35\nI was there.\n\nEva Lund  4:50\nSo I was.\n\n";
        assert_eq!(labels(twice).1, 0);
    }
}
