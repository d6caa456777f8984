//! What is known of earlier runs.
//!
//! In: the analysis that is replaced, as found, with what it remembers of those before it (`lineage`). Out: the themes
//! and questions that this run may have again, each with the passages that it had last; and, once this run has its
//! ids, what it has to remember of what it lacks: themes, codes and questions, and passages of its own themes that it
//! did not cluster. It gives no ids.
//!
//! What an earlier run did not know counts for nothing: a theme of the last run is held against passages that any
//! run is known to have clustered, one of a still earlier run against those of the interviews that were there then.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::LazyLock;

use super::policy::LEAST_SHARED;
use crate::analysis::saved::*;

/// The section of everything, and that of answers outside the guide: the same in every run.
const FIXED_SECTIONS: [&str; 2] = ["T", "Q0"];

/// What an analysis without a line remembers.
static NOTHING: LazyLock<Lineage> = LazyLock::new(Lineage::default);

/// What of a run's units two runs are compared by.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum By {
    Passages,
    Answers,
}

impl By {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Passages => "passages",
            Self::Answers => "answers",
        }
    }

    /// What a run is to be compared by with the last, or with all that is remembered.
    fn of(new: &Keys, old: &Keys, remembered: &Keys) -> Self {
        let is_shared = |old: &Keys| {
            let shared = new.intersection(old).count() as f64;
            shared >= LEAST_SHARED * new.len().min(old.len()) as f64
        };
        if is_shared(old) || is_shared(remembered) { Self::Passages } else { Self::Answers }
    }

    /// `study/participant#3.1` is a passage of the answer `study/participant#3`.
    pub(super) fn key(self, unit: &str) -> &str {
        match self {
            Self::Passages => unit,
            Self::Answers => match unit.rsplit_once('#') {
                Some((who, number)) => &unit[..who.len() + 1 + number.find('.').unwrap_or(number.len())],
                None => unit,
            },
        }
    }
}

/// Passages or answers.
pub(super) type Keys<'a> = BTreeSet<&'a str>;

/// What was clustered of some units.
pub(super) fn clustered(units: &[UnitRow], by: By) -> Keys<'_> {
    units.iter().filter(|unit| unit.vector.is_some()).map(|unit| by.key(&unit.id)).collect()
}

/// Whose passage or answer it is: `study/participant` of `study/participant#3.1`.
fn interview(key: &str) -> &str {
    key.rsplit_once('#').map_or(key, |(who, _)| who)
}

/// The section that a theme's id tells: `Q2` of `Q2.1`, `T` of `T1`.
pub(super) fn section_of_id(theme: &str) -> &str {
    match theme.split_once('.') {
        Some((section, _)) => section,
        None => theme.trim_end_matches(|sign: char| sign.is_ascii_digit()),
    }
}

pub(super) fn is_fixed(section: &str) -> bool {
    FIXED_SECTIONS.contains(&section)
}

/// A theme or a question of an earlier run, as far as this run has its passages.
pub(super) struct Known<'a> {
    pub(super) id: &'a str,
    pub(super) keys: Keys<'a>,
    /// The run that had it: the last, or one of those that are remembered.
    run: Option<usize>,
}

/// The earlier runs of a line.
pub(super) struct Memory<'a> {
    old: &'a Analysis,
    lineage: &'a Lineage,
    pub(super) by: By,
    /// What any run is known to have clustered.
    pub(super) clustered: Keys<'a>,
    /// The interviews of remembered runs.
    interviews: Vec<BTreeSet<&'a str>>,
    /// For each theme, also of still earlier runs, the passages that it had last.
    members: HashMap<&'a str, Vec<&'a str>>,
}

impl<'a> Memory<'a> {
    /// `old`: the analysis that the new one replaces, as found.
    pub(super) fn new(new: &Analysis, old: &'a Analysis) -> Self {
        let lineage = old.summary.lineage.as_ref().unwrap_or(&NOTHING);
        let mut members: HashMap<&str, Vec<&str>> = HashMap::new();
        for unit in &old.units {
            unit.themes().for_each(|theme| members.entry(theme).or_default().push(&unit.id));
        }
        let absent = lineage.absent.iter().map(|absent| (&absent.theme, &absent.units));
        let past = lineage.past.iter().map(|theme| (&theme.id, &theme.units));
        for (theme, units) in absent.chain(past) {
            members.entry(theme).or_default().extend(units.iter().map(String::as_str));
        }
        let sections = lineage.past_sections.iter().flat_map(|section| &section.units).map(String::as_str);
        let last = clustered(&old.units, By::Passages);
        let all: Keys = last.iter().copied().chain(members.values().flatten().copied()).chain(sections).collect();
        let by = By::of(&clustered(&new.units, By::Passages), &last, &all);
        Self {
            old,
            lineage,
            by,
            clustered: all.into_iter().map(|unit| by.key(unit)).collect(),
            interviews: lineage.past_interviews.iter().map(|run| run.iter().map(String::as_str).collect()).collect(),
            members,
        }
    }

    /// The passages that a theme had last.
    pub(super) fn members(&self, theme: &str) -> &[&'a str] {
        self.members.get(theme).map(Vec::as_slice).unwrap_or_default()
    }

    /// A theme of a still earlier run.
    pub(super) fn past(&self, theme: &str) -> Option<&'a PastTheme> {
        self.lineage.past.iter().find(|past| past.id == theme)
    }

    /// All themes of still earlier runs.
    pub(super) fn all_past(&self) -> &'a [PastTheme] {
        &self.lineage.past
    }

    /// Themes of a section that were found, those of the last run first; `there`: what this run clustered.
    pub(super) fn themes(&self, section: &str, there: &Keys) -> Vec<Known<'a>> {
        let last = self.old.summary.sections.iter().filter(|found| found.id == section);
        let last = last.flat_map(|found| &found.themes).filter(|theme| theme.code.is_none());
        let past = self.lineage.past.iter().filter(|theme| theme.code.is_none() && section_of_id(&theme.id) == section);
        let last = last.map(|theme| (theme.id.as_str(), None));
        let past = past.map(|theme| (theme.id.as_str(), theme.interviews.filter(|&run| run < self.interviews.len())));
        let known = |(id, run)| Known { id, keys: self.there(self.members(id).iter().copied(), there), run };
        last.chain(past).map(known).collect()
    }

    /// Questions with the words that they were asked in, those of the last run first; the words are unknown of those
    /// that an earlier program remembered by their themes alone.
    pub(super) fn sections(&self, there: &Keys) -> Vec<(Known<'a>, Option<&'a str>)> {
        let known = |id, keys| Known { id, keys, run: None };
        let mut of_themes = self.by_themes(there);
        let mut all: Vec<(Known, Option<&str>)> = Vec::new();
        for section in self.old.summary.sections.iter().filter(|section| !is_fixed(&section.id)) {
            let mut keys = self.there(units_of(self.old, &section.id), there);
            keys.extend(of_themes.remove(section.id.as_str()).unwrap_or_default());
            all.push((known(section.id.as_str(), keys), Some(&section.question)));
        }
        for section in &self.lineage.past_sections {
            let mut keys = self.there(section.units.iter().map(String::as_str), there);
            keys.extend(of_themes.remove(section.id.as_str()).unwrap_or_default());
            all.push((known(&section.id, keys), Some(&section.question)));
        }
        all.extend(of_themes.into_iter().map(|(section, keys)| (known(section, keys), None)));
        all
    }

    /// For each question with such themes what these had of what the last run did not cluster.
    fn by_themes(&self, there: &Keys) -> BTreeMap<&'a str, Keys<'a>> {
        let last = clustered(&self.old.units, self.by);
        let absent = self.lineage.absent.iter().map(|absent| (&absent.theme, &absent.units));
        let past = self.lineage.past.iter().filter(|theme| theme.code.is_none()).map(|theme| (&theme.id, &theme.units));
        let mut keys: BTreeMap<&str, Keys> = BTreeMap::new();
        for (theme, units) in absent.chain(past).filter(|(theme, _)| !is_fixed(section_of_id(theme))) {
            let own = self.there(units.iter().map(String::as_str), there);
            let own = own.into_iter().filter(|key| !last.contains(key));
            keys.entry(section_of_id(theme)).or_default().extend(own);
        }
        keys
    }

    fn there(&self, units: impl Iterator<Item = &'a str>, there: &Keys) -> Keys<'a> {
        units.map(|unit| self.by.key(unit)).filter(|key| there.contains(key)).collect()
    }

    /// Whether the run that had something also had this passage or answer.
    fn knows(&self, run: Option<usize>, key: &str) -> bool {
        match run.and_then(|run| self.interviews.get(run)) {
            Some(interviews) => interviews.contains(interview(key)),
            None => self.clustered.contains(key),
        }
    }

    /// (new, earlier, Jaccard), each new and each earlier one at most once, the closest first; `least` tells the
    /// coefficient that an earlier one needs.
    pub(super) fn pairs(
        &self,
        new: &[Keys],
        earlier: &[&Known],
        least: impl Fn(&str) -> f64,
    ) -> Vec<(usize, usize, f64)> {
        let mut of_run: BTreeMap<Option<usize>, Vec<Keys>> = BTreeMap::new();
        let mut all: Vec<(usize, usize, f64)> = Vec::new();
        for (j, other) in earlier.iter().enumerate() {
            let known = of_run.entry(other.run).or_insert_with(|| {
                let is_known = |key: &&str| self.knows(other.run, key);
                new.iter().map(|keys| keys.iter().copied().filter(is_known).collect()).collect()
            });
            for (i, one) in known.iter().enumerate() {
                let jaccard = jaccard(one, &other.keys);
                if jaccard >= least(other.id) {
                    all.push((i, j, jaccard));
                }
            }
        }
        each_once(all)
    }

    /// What this run has to remember; `there`: what it clustered, `themes` and `sections`: the ids that it has.
    pub(super) fn remembered(&self, there: &Keys, themes: &BTreeSet<&str>, sections: &BTreeSet<&str>) -> Lineage {
        let owned = |units: &[&str]| -> Vec<String> { units.iter().map(|&unit| unit.to_owned()).collect() };
        let mut runs: Vec<Vec<String>> = Vec::new();
        let mut past: Vec<PastTheme> = Vec::new();
        for theme in self.lineage.past.iter().filter(|theme| !themes.contains(theme.id.as_str())) {
            let run = theme.interviews.and_then(|run| self.lineage.past_interviews.get(run));
            past.push(PastTheme { interviews: run.map(|run| place(&mut runs, run.clone())), ..theme.clone() });
        }
        let gone: Vec<&Theme> = self.old.summary.themes().filter(|theme| !themes.contains(theme.id.as_str())).collect();
        if !gone.is_empty() {
            let interviews: BTreeSet<&str> = self.clustered.iter().map(|key| interview(key)).collect();
            let run = place(&mut runs, interviews.into_iter().map(str::to_owned).collect());
            past.extend(gone.into_iter().map(|theme| PastTheme {
                id: theme.id.clone(),
                label: theme.label.clone(),
                units: owned(self.members(&theme.id)),
                code: theme.code.as_ref().map(|code| code.code.clone()),
                interviews: Some(run),
            }));
        }
        let found =
            self.old.summary.sections.iter().filter(|section| !is_fixed(&section.id)).map(|section| PastSection {
                id: section.id.clone(),
                question: section.question.clone(),
                units: units_of(self.old, &section.id).map(str::to_owned).collect(),
            });
        let past_sections = self.lineage.past_sections.iter().cloned().chain(found);
        let codes: BTreeSet<&str> = self.codes().map(|(_, id)| id).collect();
        let lacking = |&theme: &&str| -> Option<AbsentPassages> {
            let units = self.members(theme).iter().filter(|unit| !there.contains(self.by.key(unit)));
            let units: Vec<&str> = units.copied().collect();
            (!units.is_empty()).then(|| AbsentPassages { theme: theme.to_owned(), units: owned(&units) })
        };
        Lineage {
            past,
            past_sections: past_sections.filter(|section| !sections.contains(section.id.as_str())).collect(),
            past_interviews: runs,
            absent: themes.iter().filter(|theme| !codes.contains(*theme)).filter_map(lacking).collect(),
            ..Lineage::default()
        }
    }

    /// Given codes as they are written, with their ids; those of the last run first.
    pub(super) fn codes(&self) -> impl Iterator<Item = (&'a str, &'a str)> {
        let last = self.old.summary.themes();
        let last = last.filter_map(|theme| Some((theme.code.as_ref()?.code.as_str(), theme.id.as_str())));
        let past = self.lineage.past.iter();
        last.chain(past.filter_map(|theme| Some((theme.code.as_deref()?, theme.id.as_str()))))
    }
}

/// Ids of the section's units that were clustered.
fn units_of<'a>(analysis: &'a Analysis, section: &'a str) -> impl Iterator<Item = &'a str> {
    let own = move |unit: &&UnitRow| unit.vector.is_some() && unit.section.as_deref() == Some(section);
    analysis.units.iter().filter(own).map(|unit| unit.id.as_str())
}

/// Where these interviews stand among those of other runs, put there where they are not.
fn place(runs: &mut Vec<Vec<String>>, run: Vec<String>) -> usize {
    runs.iter().position(|known| *known == run).unwrap_or_else(|| {
        runs.push(run);
        runs.len() - 1
    })
}

fn jaccard(one: &Keys, other: &Keys) -> f64 {
    let both = one.intersection(other).count();
    both as f64 / (one.len() + other.len() - both).max(1) as f64
}

/// Pairs that are given with their closeness, the closest first, so that none is in two.
fn each_once(mut all: Vec<(usize, usize, f64)>) -> Vec<(usize, usize, f64)> {
    all.sort_by(|a, b| b.2.total_cmp(&a.2).then_with(|| (a.1, a.0).cmp(&(b.1, b.0))));
    let (mut new_taken, mut old_taken) = (BTreeSet::new(), BTreeSet::new());
    all.retain(|&(i, j, _)| {
        let free = !new_taken.contains(&i) && !old_taken.contains(&j);
        if free {
            new_taken.insert(i);
            old_taken.insert(j);
        }
        free
    });
    all
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::super::policy::LEAST_JACCARD;
    use super::*;
    use crate::analysis::load;

    fn saved() -> Analysis {
        load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/analysis-v1")).unwrap()
    }

    fn keys(text: &'static str) -> Keys<'static> {
        text.split(' ').collect()
    }

    #[test]
    fn an_answer_is_the_passage_without_its_number() {
        assert_eq!(By::Answers.key("a.b/c#1#12.3"), "a.b/c#1#12");
        assert_eq!(By::Answers.key("a/c#12"), "a/c#12");
        assert_eq!(By::Passages.key("a/c#12.3"), "a/c#12.3");
        assert_eq!((interview("a.b/c#1#12.3"), interview("a/c")), ("a.b/c#1", "a/c"));
    }

    #[test]
    fn a_theme_s_id_tells_its_section() {
        assert_eq!(["Q2.1", "Q0.12", "T3", "C4"].map(section_of_id), ["Q2", "Q0", "T", "C"]);
    }

    #[test]
    fn runs_without_a_common_division_are_compared_by_answers() {
        let of = |new, old, all| By::of(&keys(new), &keys(old), &keys(all));
        assert_eq!(of("a b c", "a b", "a b"), By::Passages);
        assert_eq!(of("a b c", "x y", "x y z"), By::Answers);
        assert_eq!(of("a b c", "x y", "x y a b"), By::Passages, "the last run had others, the one before the same");
        assert_eq!(of("a b", "a b", "a b p q r s"), By::Passages);
    }

    #[test]
    fn the_closest_are_paired_and_none_twice() {
        let (new, old) = (saved(), saved());
        let mut memory = Memory::new(&new, &old);
        memory.clustered = keys("a b c d e f x y");
        let known = |id, text| Known { id, keys: keys(text), run: None };
        let earlier = [known("1", "a b"), known("2", "b c d"), known("3", "y")];
        let earlier: Vec<&Known> = earlier.iter().collect();
        let new = [keys("a b c d"), keys("e f"), keys("x")];
        assert_eq!(memory.pairs(&new, &earlier, |_| LEAST_JACCARD), [(0, 1, 0.75)]);
        assert_eq!(memory.pairs(&new[1..], &earlier, |_| LEAST_JACCARD), []);
        assert_eq!(memory.pairs(&new[..1], &earlier[..1], |_| LEAST_JACCARD), [(0, 0, 0.5)]);
    }

    #[test]
    fn what_a_run_did_not_have_counts_against_none_of_its_themes() {
        let (new, old) = (saved(), saved());
        let mut memory = Memory::new(&new, &old);
        memory.clustered = keys("p/a#1 p/a#2 p/b#1");
        memory.interviews = vec![keys("p/a")];
        let new = [keys("p/a#1 p/a#2 p/b#1 p/c#1")];
        let of = |run| {
            let known = Known { id: "Q1.1", keys: keys("p/a#1 p/a#2"), run };
            memory.pairs(&new, &[&known], |_| LEAST_JACCARD)[0].2
        };
        assert_eq!((of(None), of(Some(0))), (2.0 / 3.0, 1.0), "p/c was in no run, p/b not in the first");
    }

    #[test]
    fn the_same_run_again_has_nothing_to_remember() {
        let (new, old) = (saved(), saved());
        let memory = Memory::new(&new, &old);
        let themes: BTreeSet<&str> = new.summary.themes().map(|theme| theme.id.as_str()).collect();
        let sections: BTreeSet<&str> = new.summary.sections.iter().map(|section| section.id.as_str()).collect();
        let there = clustered(&new.units, memory.by);
        assert_eq!(memory.remembered(&there, &themes, &sections), Lineage::default());
        let fewer: Keys = there.iter().copied().skip(there.len() / 2).collect();
        let remembered = memory.remembered(&fewer, &themes, &sections);
        assert!(remembered.past.is_empty() && !remembered.absent.is_empty());
    }
}
