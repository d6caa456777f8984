//! Labels that change for the rest of a text: `Interviewer:` and `Margaret:` in its first half, `Q:` and `A:` from there
//! on.
//!
//! In: the candidates and what [`choose`](super::choose) made of them. Out: two more names accepted, and a remark where
//! they begin. Below the last label that is known they take turns with nothing between, one of them asks and the other
//! does not. It never looks at labels between those that are known: those may be quoted.

use std::collections::HashSet;

use super::super::lexicon::HEADINGS;
use super::super::speakers::{Names, ends_in_question};
use super::Remark;
use super::choose::Choice;
use super::forms::Candidate;

/// Fewer labels are a chance, above and below.
const MIN_LABELS: usize = 4;

/// Accepts the two labels, and tells of them.
pub(super) fn take_in(
    text: &str,
    candidates: &[Candidate],
    keys: &[String],
    names: &Names,
    choice: &mut Choice,
) -> Option<Remark> {
    let form = choice.form.filter(|form| !form.is_bare())?;
    let last = *choice.chosen.last().filter(|_| choice.chosen.len() >= MIN_LABELS)?;
    let is_list = |key: usize| HEADINGS.contains(&keys[key].as_str()) && !names.is_known(&keys[key]);
    let below: Vec<usize> = (last + 1..candidates.len()).filter(|&c| candidates[c].form == form).collect();
    let is_name = |c: &Candidate| !c.wide && !is_list(c.key) && !c.label.starts_with(char::is_lowercase);
    let two: HashSet<usize> = below.iter().map(|&c| candidates[c].key).collect();
    let changes = below.windows(2).filter(|pair| candidates[pair[0]].key != candidates[pair[1]].key).count();
    // Where known labels open paragraphs, so do these.
    let usual = choice.chosen.iter().filter(|&&c| candidates[c].after_blank).count() * 10 >= choice.chosen.len() * 8;
    let opens = below.iter().filter(|&&c| candidates[c].after_blank).count() * 10 >= below.len() * 8;
    let fits = below.len() >= MIN_LABELS
        && two.len() == 2
        && changes * 10 >= (below.len() - 1) * 9
        && (opens || !usual)
        && below.iter().all(|&c| is_name(&candidates[c]));
    if !fits {
        return None;
    }
    let end = |c: usize| candidates.get(c + 1).map_or(text.len(), |next| next.line);
    let share = |key: usize| {
        let own = || below.iter().copied().filter(|&c| candidates[c].key == key);
        let asks = |c: &usize| text.get(candidates[*c].words..end(*c)).is_some_and(ends_in_question);
        (own().filter(asks).count(), own().count())
    };
    let shares: Vec<(usize, usize)> = two.iter().map(|&key| share(key)).collect();
    let is_asker = |(asking, all): &(usize, usize)| asking * 3 >= all * 2;
    let is_answerer = |(asking, all): &(usize, usize)| asking * 3 <= *all;
    if !(shares.iter().any(is_asker) && shares.iter().any(is_answerer)) {
        return None;
    }
    let first = &candidates[below[0]];
    let labels: Vec<String> = below[..2].iter().map(|&c| format!("`{}:`", candidates[c].label)).collect();
    let what = format!(
        "from here on {} take turns in place of the labels above and were taken for speakers; if they are the same \
         people, give each one label",
        labels.join(" and ")
    );
    two.into_iter().for_each(|key| choice.accepted[key] = true);
    choice.chosen.extend(below);
    Some(Remark { at: first.line, what })
}

#[cfg(test)]
mod tests {
    use super::super::super::speakers::Names;
    use super::super::read;

    fn talk(below: &str) -> (Vec<String>, usize) {
        let pair = |n: usize| format!("Interviewer: How was year {n}?\n\nMira: It rained all day.\n\n");
        let text = (0..4).map(pair).collect::<String>() + below;
        let found = read(&text, &Names::default()).unwrap_or_default();
        let told = found.remarks.iter().filter(|remark| remark.what.starts_with("from here on")).count();
        (found.stretches.into_iter().map(|stretch| stretch.label).collect(), told)
    }

    #[test]
    fn labels_that_change_are_read() {
        let pair = "Q: And what came then?\n\nA: A dry summer.\n\n";
        let (labels, told) = talk(&pair.repeat(3));
        assert_eq!((labels.len(), told), (14, 1), "{labels:?}");
        assert_eq!(labels[8..10], ["Q", "A"]);
    }

    #[test]
    fn lists_and_few_lines_below_are_words() {
        for below in [
            "Q: And what came then?\n\nA: A dry summer.\n\n",
            "Pro: It is near.\n\nContra: It is dear.\n\nPro: It is dry.\n\nContra: It is far.\n\n",
            "Interviewer: And?\n\nMira: This:\nQ: Is it so?\nA: It is.\nQ: Why?\nA: For fun.\n",
        ] {
            assert_eq!(talk(below).1, 0, "{below}");
        }
    }
}
