//! The themes of two analyses, one beside the other.
//!
//! In: two saved analyses made with one model, each as its researcher edited it. Out: which sections
//! ask the same, which themes are matched, split, merged, alike, new or gone, and how far the two agree
//! on the passages that both hold. It changes neither, and asks no model.
//!
//! Themes are aligned within sections that ask the same (or on the whole, where one of the analyses
//! clustered everything together): both sides are centred by the mean of all their passages, and each
//! side's passages are put among the other's themes as `assign` does; a passage that both hold is where
//! the other has it. What finds no counterpart there is compared with what is left in *all* other
//! sections, each centred by its own mean, as recurring themes are: such a pair is said to be alike
//! across questions, never the same.

mod aligned;
mod policy;
mod sections;

pub use aligned::*;

use self::policy::*;
use self::sections::*;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use unicode_segmentation::UnicodeSegmentation;

use crate::analysis::pipeline::counting::rounded;
use crate::analysis::placing::PlacingError;
use crate::analysis::placing::known_sections::KnownSections;
use crate::analysis::saved::*;
use crate::cluster::ClusterError;
use crate::guide::policy::SHARED_WORDS;
use crate::guide::{QuestionKind, Subject};
use crate::stats::matching::{Kind, Side, Similarity, relations};
use crate::stats::partitions::{adjusted_mutual_information, adjusted_rand_index, unclustered_as_singletons};
use crate::theme::mean;

/// Aligns the themes of two analyses.
///
/// # Errors
/// [`AlignError`]; vectors that are not finite.
pub fn align(a: &Analysis, b: &Analysis) -> Result<Alignment, PlacingError> {
    let (of_a, of_b) = (&a.summary.manifest.model, &b.summary.manifest.model);
    if !of_a.is_comparable_with(of_b) {
        return Err(AlignError { a: of_a.name.clone(), b: of_b.name.clone() }.into());
    }
    Both::new(a, b)?.alignment()
}

/// The two with their vectors in one space.
struct Both<'a> {
    a: One<'a>,
    b: One<'a>,
}

impl<'a> Both<'a> {
    fn new(a: &'a Analysis, b: &'a Analysis) -> Result<Self, ClusterError> {
        let (known_a, known_b) = (KnownSections::new(a)?, KnownSections::new(b)?);
        let subjects: Vec<Subject> =
            [&known_a, &known_b].iter().filter_map(|known| known.own.subject.clone()).collect();
        let erased = |analysis: &Analysis| {
            let mut vectors = analysis.vectors.clone();
            subjects.iter().for_each(|subject| subject.erase_from(&mut vectors));
            vectors
        };
        let rows_of = |analysis: &'a Analysis| -> HashMap<(&'a str, &'a str), usize> {
            let clustered = analysis.units.iter().enumerate().filter(|(_, unit)| unit.vector.is_some());
            clustered.map(|(row, unit)| ((unit.id.as_str(), unit.text.as_str()), row)).collect()
        };
        let held = |of: &'a Analysis, there: &HashMap<(&str, &str), usize>| -> HashMap<usize, usize> {
            let own = rows_of(of);
            own.iter().filter_map(|(key, &row)| Some((row, *there.get(key)?))).collect()
        };
        let (held_a, held_b) = (held(a, &rows_of(b)), held(b, &rows_of(a)));
        Ok(Self {
            a: One { vectors: erased(a), analysis: a, known: known_a, held: held_a },
            b: One { vectors: erased(b), analysis: b, known: known_b, held: held_b },
        })
    }

    fn alignment(&self) -> Result<Alignment, PlacingError> {
        let (a, b) = (&self.a, &self.b);
        let mut sections = Vec::new();
        let mut found: Vec<ThemeRelation> = Vec::new();
        // What is left for the comparison across questions.
        let (mut left_a, mut left_b) = (a.names(), b.names());
        for (of_a, of_b, why) in self.section_pairs() {
            let (part_a, part_b) = (Part::new(a, of_a), Part::new(b, of_b));
            let (similarity, relations) = self.within(&part_a, &part_b, &mut left_a, &mut left_b)?;
            found.extend(relations);
            sections.push(SectionPair {
                a: part_a.ids(),
                b: part_b.ids(),
                why,
                questions: (part_a.question(), part_b.question()),
                by_chance: rounded(similarity.by_chance),
            });
        }
        found.extend(self.across(&sections, &mut left_a, &mut left_b));
        let alone = |one: &One, kind: Kind, name: (usize, usize)| {
            let theme = one.theme(name);
            let (a, b) = if kind == Kind::OnlyA { (vec![theme], Vec::new()) } else { (Vec::new(), vec![theme]) };
            ThemeRelation { kind, across_questions: false, a, b, links: Vec::new() }
        };
        found.extend(left_a.iter().map(|&name| alone(a, Kind::OnlyA, name)));
        found.extend(left_b.iter().map(|&name| alone(b, Kind::OnlyB, name)));
        let people = |relation: &ThemeRelation| {
            let themes = relation.a.iter().chain(&relation.b);
            themes.map(|theme| theme.prevalence.participants).max().unwrap_or(0)
        };
        found.sort_by_key(|relation| (relation.kind, relation.across_questions, std::cmp::Reverse(people(relation))));
        let others = |one: &One, of: &dyn Fn(&SectionPair) -> &Vec<String>| AlignedAnalysis {
            studies: one.analysis.summary.studies.iter().map(|study| study.name.clone()).collect(),
            participants: one.analysis.summary.counts.participants,
            themes: one.names().len(),
            notes: one.analysis.summary.manifest.notes.as_ref().map(|notes| notes.whose().to_owned()),
            other_sections: one
                .analysis
                .summary
                .sections
                .iter()
                .filter(|section| !sections.iter().any(|pair| of(pair).contains(&section.id)))
                .map(|section| (section.id.clone(), section.question.clone()))
                .collect(),
        };
        Ok(Alignment {
            a: others(a, &|pair| &pair.a),
            b: others(b, &|pair| &pair.b),
            shared: self.shared(),
            relations: found,
            sections,
        })
    }

    /// Sections that ask the same: (of A, of B, why), each in one pair at most.
    fn section_pairs(&self) -> Vec<(Vec<usize>, Vec<usize>, SectionMatch)> {
        let (a, b) = (&self.a.analysis.summary, &self.b.analysis.summary);
        let all = |summary: &Summary| (0..summary.sections.len()).collect::<Vec<usize>>();
        if !a.framing.by_section || !b.framing.by_section {
            let pair = (all(a), all(b), SectionMatch::Everything);
            return if pair.0.is_empty() || pair.1.is_empty() { Vec::new() } else { vec![pair] };
        }
        let (towards_a, towards_b) = (self.a.section_directions(), self.b.section_directions());
        let mut candidates = Vec::new();
        for (i, one) in a.sections.iter().enumerate() {
            for (j, other) in b.sections.iter().enumerate() {
                let words = shared_words(&one.question, &other.question);
                let near = towards_a[i].dot(&towards_b[j]) >= ANSWERS_COSINE;
                let passages = self.shared_passages(i, j);
                let (rank, why) = if passages >= SHARED_PASSAGES {
                    (3.0 + passages, SectionMatch::SamePassages)
                } else if words >= 1.0 || (one.question.is_empty() && other.question.is_empty()) {
                    (2.0, SectionMatch::SameQuestion)
                } else if one.kind == QuestionKind::Closing && other.kind == QuestionKind::Closing {
                    (1.5, SectionMatch::Closing)
                } else if words >= SHARED_WORDS && near {
                    (words, SectionMatch::LikeQuestion)
                } else {
                    continue;
                };
                candidates.push((rank, i, j, why));
            }
        }
        candidates.sort_by(|x, y| y.0.total_cmp(&x.0).then_with(|| (x.1, x.2).cmp(&(y.1, y.2))));
        let (mut taken_a, mut taken_b) = (BTreeSet::new(), BTreeSet::new());
        candidates.retain(|&(_, i, j, _)| {
            let free = !taken_a.contains(&i) && !taken_b.contains(&j);
            if free {
                taken_a.insert(i);
                taken_b.insert(j);
            }
            free
        });
        candidates.sort_by_key(|&(_, i, _, _)| i);
        candidates.into_iter().map(|(_, i, j, why)| (vec![i], vec![j], why)).collect()
    }

    /// Jaccard coefficient of two sections' passages, of those that both sides hold.
    fn shared_passages(&self, i: usize, j: usize) -> f64 {
        let (a, b) = (&self.a, &self.b);
        let of_a: BTreeSet<usize> = a.known.own.rows[i].iter().filter_map(|row| a.held.get(row)).copied().collect();
        let of_b: BTreeSet<usize> =
            b.known.own.rows[j].iter().filter(|row| b.held.contains_key(row)).copied().collect();
        let both = of_a.intersection(&of_b).count();
        both as f64 / (of_a.len() + of_b.len() - both).max(1) as f64
    }

    /// Relates the themes of two parts that ask the same; those that find nothing stay `left`.
    fn within(
        &self,
        a: &Part,
        b: &Part,
        left_a: &mut BTreeSet<(usize, usize)>,
        left_b: &mut BTreeSet<(usize, usize)>,
    ) -> Result<(Similarity, Vec<ThemeRelation>), PlacingError> {
        let (mut of_a, mut of_b) = (a.vectors(), b.vectors());
        let n = (of_a.nrows() + of_b.nrows()).max(1) as f64;
        let sum = mean(&of_a.view(), 0..of_a.nrows()) * of_a.nrows() as f64
            + mean(&of_b.view(), 0..of_b.nrows()) * of_b.nrows() as f64;
        let pooled = (sum / n).mapv(|x| x as f32);
        of_a -= &pooled;
        of_b -= &pooled;
        let one_block = (vec![0; a.rows.len()], vec![0; b.rows.len()]);
        let similarity = Similarity::new(
            &Side { vectors: of_a.view(), blocks: &one_block.0, themes: &a.themes },
            &Side { vectors: of_b.view(), blocks: &one_block.1, themes: &b.themes },
        );
        let (a_in_b, b_in_a) = (a.shares(b)?, b.shares(a)?);
        let mut found = Vec::new();
        for relation in relations(&similarity, &a_in_b, &b_in_a) {
            if matches!(relation.kind, Kind::OnlyA | Kind::OnlyB) {
                continue;
            }
            let mut links = Vec::new();
            for &i in &relation.a {
                left_a.remove(&a.names[i]);
                for &j in &relation.b {
                    left_b.remove(&b.names[j]);
                    links.push(AlignedPair {
                        a: a.one.id(a.names[i]),
                        b: b.one.id(b.names[j]),
                        cosine: rounded(similarity.cosines[[i, j]]),
                        by_chance: rounded(similarity.by_chance),
                        of_a: Some(rounded(a_in_b.shares[[i, j]])),
                        of_b: Some(rounded(b_in_a.shares[[j, i]])),
                    });
                }
            }
            let themes = |part: &Part, numbers: &[usize]| -> Vec<AlignedTheme> {
                let mut themes: Vec<AlignedTheme> = numbers.iter().map(|&n| part.one.theme(part.names[n])).collect();
                themes.sort_by_key(|theme| std::cmp::Reverse((theme.prevalence.participants, theme.mentions)));
                themes
            };
            found.push(ThemeRelation {
                kind: relation.kind,
                across_questions: false,
                a: themes(a, &relation.a),
                b: themes(b, &relation.b),
                links,
            });
        }
        Ok((similarity, found))
    }

    /// Of the themes that are left, those that are alike, mostly of sections that ask different things.
    fn across(
        &self,
        pairs: &[SectionPair],
        left_a: &mut BTreeSet<(usize, usize)>,
        left_b: &mut BTreeSet<(usize, usize)>,
    ) -> Vec<ThemeRelation> {
        if !self.a.analysis.summary.framing.by_section || !self.b.analysis.summary.framing.by_section {
            return Vec::new();
        }
        let (a, b) = (Part::left(&self.a, left_a), Part::left(&self.b, left_b));
        if a.themes.is_empty() || b.themes.is_empty() {
            return Vec::new();
        }
        let (of_a, of_b) = (a.centred_by_section(), b.centred_by_section());
        let similarity = Similarity::new(
            &Side { vectors: of_a.view(), blocks: &a.blocks, themes: &a.themes },
            &Side { vectors: of_b.view(), blocks: &b.blocks, themes: &b.themes },
        );
        let each = similarity.mutual_pairs().into_iter().map(|(i, j)| {
            left_a.remove(&a.names[i]);
            left_b.remove(&b.names[j]);
            let (one, other) = (self.a.theme(a.names[i]), self.b.theme(b.names[j]));
            let link = AlignedPair {
                a: one.id.clone(),
                b: other.id.clone(),
                cosine: rounded(similarity.cosines[[i, j]]),
                by_chance: rounded(similarity.by_chance),
                of_a: None,
                of_b: None,
            };
            let sections = (self.a.section_id(a.names[i]), self.b.section_id(b.names[j]));
            let across_questions =
                !pairs.iter().any(|pair| pair.a.contains(&sections.0) && pair.b.contains(&sections.1));
            ThemeRelation { kind: Kind::Alike, across_questions, a: vec![one], b: vec![other], links: vec![link] }
        });
        each.collect()
    }

    fn shared(&self) -> Option<SharedPassages> {
        let (a, b) = (&self.a.analysis.units, &self.b.analysis.units);
        let mut rows: Vec<(usize, usize)> = self.a.held.iter().map(|(&row, &there)| (row, there)).collect();
        rows.sort_unstable();
        if rows.is_empty() {
            return None;
        }
        let labels = |units: &[UnitRow], rows: &mut dyn Iterator<Item = usize>| -> Vec<usize> {
            let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
            let labels: Vec<Option<usize>> = rows
                .map(|row| {
                    let next = numbers.len();
                    units[row].theme.as_ref().map(|theme| *numbers.entry(theme.clone()).or_insert(next))
                })
                .collect();
            unclustered_as_singletons(&labels)
        };
        let of_a = labels(a, &mut rows.iter().map(|&(row, _)| row));
        let of_b = labels(b, &mut rows.iter().map(|&(_, row)| row));
        Some(SharedPassages {
            passages: rows.len(),
            ari: rounded(adjusted_rand_index(&of_a, &of_b)),
            ami: rounded(adjusted_mutual_information(&of_a, &of_b)),
        })
    }
}

/// Share of the words of the shorter question that stand in the other, 0–1; 1 only for the same words.
fn shared_words(one: &str, other: &str) -> f64 {
    let words = |text: &str| -> BTreeSet<String> { text.unicode_words().map(str::to_lowercase).collect() };
    let (one, other) = (words(one), words(other));
    let share = one.intersection(&other).count() as f64 / one.len().min(other.len()).max(1) as f64;
    if one == other { share } else { share.min(0.99) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_are_compared_by_their_words() {
        assert_eq!(shared_words("What changed, for you?", "what changed for YOU"), 1.0);
        assert_eq!(shared_words("What changed?", "What changed for you?"), 0.99);
        assert_eq!(shared_words("", ""), 0.0);
        assert!((shared_words("What frustrates you?", "What pleases you?") - 2.0 / 3.0).abs() < 1e-12);
    }
}
