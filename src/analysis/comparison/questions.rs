//! How far groups were asked the same.
//!
//! In: an analysis in which everything was clustered together, and its groups. Out: how many guide questions one
//! group alone was asked, and of a theme whether much of it answers one of them. Where themes are looked for
//! question by question there is no need to tell: such sections are not compared.

use std::collections::{BTreeSet, HashMap};

use super::compared::{GroupSummary, SharedQuestions};
use super::grouping::{Grouping, People};
use super::policy::{MORE_THAN_USUAL, MUCH};
use crate::analysis::saved::{Analysis, GuideQuestionSummary};
use crate::stats::groups::Design;
use crate::stats::verdict::FEWEST;
use crate::theme::numbers::percent;

/// What the passages answer, where everything was clustered together and a guide was found.
pub(super) struct Questions<'a> {
    guide: &'a [GuideQuestionSummary],
    /// For each question the participants of each group who answered it.
    answered: Vec<Vec<BTreeSet<usize>>>,
    /// Passages of each question.
    passages: Vec<usize>,
    /// The same for each theme.
    of_theme: HashMap<&'a str, Vec<usize>>,
}

impl<'a> Questions<'a> {
    pub(super) fn new(analysis: &'a Analysis, people: &People, grouping: &Grouping) -> Option<Self> {
        let framing = &analysis.summary.framing;
        if framing.by_section || framing.guide.is_empty() || grouping.design == Design::Within {
            return None;
        }
        let n = framing.guide.len();
        let mut found = Self {
            guide: &framing.guide,
            answered: vec![vec![BTreeSet::new(); grouping.groups.len()]; n],
            passages: vec![0; n],
            of_theme: HashMap::new(),
        };
        for ((unit, &group), &person) in analysis.units.iter().zip(&grouping.of_unit).zip(&people.of_unit) {
            let question = unit.guide_question.and_then(|number| number.checked_sub(1)).filter(|&place| place < n);
            let (Some(group), Some(question)) = (group, question) else { continue };
            found.answered[question][group].insert(person);
            found.passages[question] += 1;
            for theme in unit.themes() {
                found.of_theme.entry(theme).or_insert_with(|| vec![0; n])[question] += 1;
            }
        }
        found.passages.iter().any(|&passages| passages > 0).then_some(found)
    }

    /// The groups that were asked a question.
    fn asked(&self, question: usize) -> Vec<usize> {
        let groups = self.answered[question].iter().enumerate();
        groups.filter(|(_, people)| people.len() >= FEWEST).map(|(group, _)| group).collect()
    }

    pub(super) fn shared(&self) -> SharedQuestions {
        let answered = (0..self.guide.len()).filter(|&question| self.passages[question] > 0);
        let (all, one) =
            answered.fold((0, 0), |(all, one), question| (all + 1, one + usize::from(self.asked(question).len() == 1)));
        SharedQuestions { answered: all, in_one_group: one }
    }

    pub(super) fn note(&self, themes: &[String], tested: &[usize], groups: &[GroupSummary]) -> Option<String> {
        let of_theme: Vec<&Vec<usize>> = themes.iter().filter_map(|theme| self.of_theme.get(theme.as_str())).collect();
        let passages = |question: usize| of_theme.iter().map(|theme| theme[question]).sum::<usize>();
        let all: usize = (0..self.guide.len()).map(passages).sum();
        // Of questions with as many passages the first.
        let question = (0..self.guide.len()).rev().max_by_key(|&question| passages(question))?;
        let share = passages(question) as f64 / all.max(1) as f64;
        let usual = self.passages[question] as f64 / self.passages.iter().sum::<usize>().max(1) as f64;
        let asked: Vec<usize> = self.asked(question).into_iter().filter(|group| tested.contains(group)).collect();
        match asked.as_slice() {
            &[group] if share >= MUCH && share >= MORE_THAN_USUAL * usual => Some(format!(
                "may come from what was asked: {} of it answers “{}”, asked in {} only",
                percent(share),
                self.guide[question].wording,
                groups[group].name
            )),
            _ => None,
        }
    }
}
