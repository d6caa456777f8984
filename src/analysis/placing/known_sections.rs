//! The themes of a saved analysis as others are placed among them.
//!
//! In: an analysis with the researcher's edits. Out: for each section its themes with what decides
//! whether a passage belongs to one. Passages of other interviews are prepared as the analysis
//! prepared its own: without the direction of the subject, and, where everything was clustered
//! together, without most of what is common to a question and to a participant.

use ndarray::{Array1, Array2};

use crate::analysis::people::people_of;
use crate::analysis::pipeline::counting::centre;
use crate::analysis::pipeline::section_vectors::{SectionVectors, Shrinkage, in_force};
use crate::analysis::saved::{Analysis, SectionSummary, UnitRow};
use crate::cluster::{ClusterError, KnownThemes};

/// The themes of each section.
pub(super) struct KnownSections<'a> {
    analysis: &'a Analysis,
    /// The analysis's own vectors, as the themes were described by them.
    pub own: SectionVectors,
    /// For each section its themes, in the order of the summary.
    pub themes: Vec<KnownThemes>,
    shrinkage: Option<Shrinkage>,
}

/// What is known of other interviews' rows beyond their words.
pub(super) struct Others {
    /// For each row its participant's number.
    pub people: Vec<usize>,
    /// For each row the guide question of the analysis in force, where that matters.
    in_force: Vec<Option<usize>>,
}

impl<'a> KnownSections<'a> {
    pub fn new(analysis: &'a Analysis) -> Result<Self, ClusterError> {
        let own = SectionVectors::new(analysis);
        let summary = &analysis.summary;
        // As in the pipeline: offsets were shrunk where one person answered more than once.
        let together = !summary.framing.by_section && summary.counts.answers > summary.counts.participants;
        let mut shrinkage = None;
        let mut themes = Vec::with_capacity(summary.sections.len());
        for (at, section) in summary.sections.iter().enumerate() {
            let labels: Vec<Option<usize>> =
                own.rows[at].iter().map(|&row| theme_number(section, &analysis.units[row])).collect();
            let mut vectors = own.sections[at].clone();
            if together {
                let others = Others::of_analysis(analysis, &analysis.units);
                let pick = |numbers: &[usize]| own.rows[at].iter().map(|&row| numbers[row]).collect::<Vec<_>>();
                let in_force: Vec<Option<usize>> = own.rows[at].iter().map(|&row| others.in_force[row]).collect();
                shrinkage = Some(Shrinkage::of(&mut vectors, &in_force, &pick(&others.people)));
            }
            themes.push(KnownThemes::new(vectors.view(), &labels, section.themes.len())?);
        }
        Ok(Self { analysis, own, themes, shrinkage })
    }

    /// Prepares other interviews' rows for [`KnownSections::prepared`].
    pub fn others(&self, rows: &[UnitRow]) -> Others {
        match self.shrinkage {
            Some(_) => Others::of_analysis(self.analysis, rows),
            None => Others { people: people_of(rows), in_force: vec![None; rows.len()] },
        }
    }

    /// Takes the direction of the subject out of vectors, `(n, n_dims)`.
    pub fn described(&self, vectors: &mut Array2<f32>) {
        if let Some(subject) = &self.own.subject {
            subject.erase_from(vectors);
        }
    }

    /// Vectors that were [`described`](Self::described), `(n, n_dims)`, of some `rows`, as they are
    /// placed by.
    pub fn prepared(&self, described: &Array2<f32>, rows: &[usize], others: &Others) -> Array2<f32> {
        let mut vectors = described.clone();
        if let Some(shrinkage) = &self.shrinkage {
            let in_force: Vec<Option<usize>> = rows.iter().map(|&row| others.in_force[row]).collect();
            let people: Vec<usize> = rows.iter().map(|&row| others.people[row]).collect();
            shrinkage.apply(&mut vectors, &in_force, &people);
        }
        vectors
    }

    /// The parts of the themes of a section.
    pub fn parts(&self, section: usize) -> Parts {
        let vectors = &self.own.sections[section];
        let rows = &self.own.rows[section];
        let themes = &self.analysis.summary.sections[section].themes;
        let of_theme = themes.iter().map(|theme| {
            let members = |part: Option<&str>| -> Vec<usize> {
                let own = |row: &UnitRow| row.theme.as_deref() == Some(&theme.id) && row.sub_theme.as_deref() == part;
                (0..rows.len()).filter(|&at| own(&self.analysis.units[rows[at]])).collect()
            };
            if theme.sub_themes.is_empty() {
                return Vec::new();
            }
            let parts = theme.sub_themes.iter().map(|part| Some(part.id.as_str())).chain([None]);
            let groups = parts.map(|part| (part.map(str::to_string), members(part)));
            let groups = groups.filter(|(_, members)| !members.is_empty());
            groups.map(|(part, members)| (part, centre(vectors, &members))).collect()
        });
        Parts(of_theme.collect())
    }
}

/// For each theme its parts, and what is in none of them, with their centres.
pub(super) struct Parts(Vec<Vec<(Option<String>, Array1<f32>)>>);

impl Parts {
    /// The part of a theme whose centre is nearest to a vector, `(n_dims)`.
    pub fn nearest(&self, theme: usize, vector: &ndarray::ArrayView1<f32>) -> Option<String> {
        let cosines = self.0[theme].iter().map(|(part, centre)| (part, centre.dot(vector)));
        cosines.reduce(|best, here| if here.1 > best.1 { here } else { best })?.0.clone()
    }
}

impl Others {
    fn of_analysis(analysis: &Analysis, rows: &[UnitRow]) -> Self {
        let guide: Vec<&str> =
            analysis.summary.framing.guide.iter().map(|question| question.wording.as_str()).collect();
        Self { people: people_of(rows), in_force: in_force(rows, &guide) }
    }
}

/// The place of a unit's theme in its section.
pub(super) fn theme_number(section: &SectionSummary, unit: &UnitRow) -> Option<usize> {
    let id = unit.theme.as_deref()?;
    section.themes.iter().position(|theme| theme.id == id)
}
