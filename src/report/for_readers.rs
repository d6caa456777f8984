//! What of an analysis is passed on to people who read its results and no interview.
//!
//! In: an analysis, and which themes and quotes of it are chosen. Out: an analysis of those alone: the counts of the
//! chosen themes as they are, and as passages the words of their quotes. What was not chosen is not in it: no other
//! passage, no interviewer's words, no notes, edits, attributes, names of files or labels of speakers. It counts
//! nothing anew, so rows and counts of what comes out do not add up. What the researcher hid is never in it.

use std::collections::{BTreeSet, HashMap};

use ndarray::Array2;

use crate::analysis::{Analysis, Quote, SectionSummary, Status, Summary, Theme, UnitRow};
use crate::export::{ExportError, check_counts};
use crate::theme::stability::FIRM;

/// Which themes are passed on.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum ChosenThemes {
    /// Those that the researcher did not hide.
    Shown,
    /// These, by their ids, if they are not hidden; a recurring theme stands for those it joins, [`FIRM_ONES`] for
    /// those that are found again when participants are drawn anew and those made by hand, which a person wants.
    Named(Vec<String>),
}

/// The word for firm themes among ids.
const FIRM_ONES: &str = "firm";

/// Which quotes of each theme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ChosenQuotes {
    /// The first ones, pinned ones before others.
    First(usize),
    /// Those that the researcher pinned.
    Pinned,
}

impl ChosenQuotes {
    fn of(self, quotes: &[Quote]) -> Vec<Quote> {
        let pinned = quotes.iter().filter(|quote| quote.pinned);
        match self {
            Self::Pinned => pinned.cloned().collect(),
            Self::First(most) => {
                pinned.chain(quotes.iter().filter(|quote| !quote.pinned)).take(most).cloned().collect()
            }
        }
    }
}

/// The chosen part of an analysis.
///
/// # Errors
/// [`ExportError::DoesNotAddUp`]; inside, the first name that is neither a theme's id nor a recurring theme's.
pub(crate) fn chosen(
    analysis: &Analysis,
    themes: &ChosenThemes,
    quotes: ChosenQuotes,
) -> Result<Result<Analysis, String>, ExportError> {
    check_counts(analysis)?;
    let chosen = match ids(&analysis.summary, themes) {
        Ok(ids) => ids,
        Err(unknown) => return Ok(Err(unknown)),
    };
    let mut summary = analysis.summary.clone();
    let mut said: HashMap<String, Quote> = HashMap::new();
    for section in &mut summary.sections {
        section.isolated.clear();
        section.themes.retain(|theme| chosen.contains(&theme.id));
        for theme in &mut section.themes {
            theme.quotes = quotes.of(&theme.quotes);
            for quote in &theme.quotes {
                said.entry(quote.unit.clone()).or_insert_with(|| quote.clone());
            }
            theme.nearest = theme.nearest.take().filter(|nearest| chosen.contains(&nearest.id));
            (theme.boundary_quote, theme.memo, theme.headline, theme.generated) = (None, None, None, None);
            theme.edited.clear();
            theme.merged.clear();
            for part in &mut theme.sub_themes {
                part.quotes.clear();
                part.headline = None;
            }
        }
    }
    summary.sections.retain(|section| !section.themes.is_empty());
    let Summary { sections, framing, .. } = &mut summary;
    // What else was asked is the interviewers' business.
    framing.guide.retain(|question| {
        let is_here = |section: &SectionSummary| question.section.as_ref() == Some(&section.id);
        let mut answers = sections.iter().flat_map(|section| &section.themes).flat_map(|theme| &theme.questions);
        sections.iter().any(is_here) || answers.any(|share| share.question == question.wording)
    });
    let is_whole = |themes: &[String]| themes.iter().all(|id| chosen.contains(id));
    summary.recurring.retain(|recurring| !recurring.hidden && is_whole(&recurring.themes));
    let kept: BTreeSet<String> = summary.recurring.iter().map(|recurring| recurring.id.clone()).collect();
    for recurring in &mut summary.recurring {
        (recurring.headline, recurring.generated) = (None, None);
        recurring.edited.clear();
        recurring.merged.clear();
    }
    for theme in summary.sections.iter_mut().flat_map(|section| &mut section.themes) {
        theme.recurring = theme.recurring.take().filter(|id| kept.contains(id));
    }
    summary.categories.retain(|category| is_whole(&category.themes));
    let units: Vec<UnitRow> = analysis
        .units
        .iter()
        .filter_map(|unit| Some(quoted(unit, said.get(&unit.id)?, &chosen)))
        .filter(|unit| unit.theme.is_some())
        .collect();
    let speaks: BTreeSet<(&str, &str)> =
        units.iter().map(|unit| (unit.study.as_str(), unit.participant.as_str())).collect();
    summary.participants.retain(|person| speaks.contains(&(person.study.as_str(), person.participant.as_str())));
    without_what_is_the_researchers(&mut summary);
    // Nobody looks for what is like a quote.
    let vectors = Array2::zeros((0, analysis.vectors.ncols()));
    Ok(Ok(Analysis { summary, units, vectors }))
}

/// How many themes are chosen, and for each name that is not there as it was asked for a sentence that says why.
///
/// # Errors
/// The first name that is neither a theme's id nor a recurring theme's.
pub(crate) fn check_chosen(summary: &Summary, themes: &ChosenThemes) -> Result<(usize, Vec<String>), String> {
    let chosen = ids(summary, themes)?.len();
    let names = match themes {
        ChosenThemes::Shown => &[][..],
        ChosenThemes::Named(names) => names,
    };
    let mut told: Vec<String> = names.iter().filter_map(|name| hidden(summary, name)).collect();
    if names.iter().any(|name| name == FIRM_ONES) {
        told.extend(not_measured(summary, &ids(summary, themes)?));
    }
    Ok((chosen, told))
}

/// That [`FIRM_ONES`] leaves out themes of which nobody knows how firm they are; `chosen` are in for another reason.
fn not_measured(summary: &Summary, chosen: &BTreeSet<String>) -> Option<String> {
    let is_open = |theme: &&Theme| theme.stability.is_none() && !theme.hidden && !chosen.contains(&theme.id);
    let open: Vec<&str> = summary.themes().filter(is_open).map(|theme| theme.id.as_str()).collect();
    (!open.is_empty()).then(|| {
        let open = open.join(", ");
        format!("`{FIRM_ONES}` leaves out {open}, whose stability is not measured: name those that you want")
    })
}

/// That a theme or a recurring theme is left out, as it is hidden or joins one that is.
fn hidden(summary: &Summary, name: &str) -> Option<String> {
    let is_hidden = |id: &str| summary.theme(id).is_some_and(|theme| theme.hidden);
    let Some(recurring) = summary.recurring.iter().find(|recurring| recurring.id == name) else {
        return is_hidden(name).then(|| format!("{name} is hidden, and left out"));
    };
    let why = if recurring.hidden {
        format!("{name} is hidden")
    } else {
        format!("{name} joins {}, which is hidden", recurring.themes.iter().find(|id| is_hidden(id))?)
    };
    Some(format!("{why}, and left out; its themes that are not hidden are in the file"))
}

/// The ids of the chosen themes; the name that is unknown.
fn ids(summary: &Summary, themes: &ChosenThemes) -> Result<BTreeSet<String>, String> {
    let shown = || summary.themes().filter(|theme| !theme.hidden);
    let is_shown = |id: &str| summary.theme(id).is_some_and(|theme| !theme.hidden);
    let is_firm = |theme: &&Theme| theme.is_by_hand() || theme.stability.is_some_and(|stability| stability >= FIRM);
    Ok(match themes {
        ChosenThemes::Shown => shown().map(|theme| theme.id.clone()).collect(),
        ChosenThemes::Named(names) => {
            let mut ids = BTreeSet::new();
            for name in names {
                match summary.recurring.iter().find(|recurring| recurring.id == *name) {
                    Some(recurring) => ids.extend(recurring.themes.iter().filter(|id| is_shown(id)).cloned()),
                    None if name == FIRM_ONES => ids.extend(shown().filter(is_firm).map(|theme| theme.id.clone())),
                    None if summary.theme(name).is_some() => ids.extend(Some(name).filter(|id| is_shown(id)).cloned()),
                    None => return Err(name.clone()),
                }
            }
            ids
        }
    })
}

/// A row with the words of its quote and nothing that leads beyond them.
fn quoted(unit: &UnitRow, quote: &Quote, chosen: &BTreeSet<String>) -> UnitRow {
    let mut own = unit.themes().filter(|theme| chosen.contains(*theme)).map(str::to_owned);
    let theme = own.next();
    let further: BTreeSet<String> = own.collect();
    let mut row = unit.clone();
    row.also.retain(|also| further.contains(&also.theme));
    row.strength = unit.strength.filter(|_| theme == unit.theme);
    row.theme = theme;
    row.status = Status::Theme;
    row.text = quote.text.clone();
    row.question.clear();
    row.position.file.clear();
    row.position.line = 0;
    row.position.cell = None;
    (row.sub_theme, row.second_theme, row.second_strength, row.note, row.moved_from) = (None, None, None, None, None);
    (row.vector, row.map, row.guide_question) = (None, None, None);
    row
}

/// Takes out what is between the researcher and the interviews.
fn without_what_is_the_researchers(summary: &mut Summary) {
    summary.attributes.clear();
    for person in &mut summary.participants {
        person.attributes.clear();
    }
    summary.memos.clear();
    (summary.as_found, summary.lineage, summary.files) = (None, None, None);
    let manifest = &mut summary.manifest;
    manifest.inputs.clear();
    manifest.also_read.clear();
    manifest.roles.clear();
    manifest.warnings.clear();
    manifest.failures.clear();
    manifest.edits.clear();
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::analysis::{RecurringSummary, load};

    fn analysis() -> Analysis {
        load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/analysis-v1")).unwrap()
    }

    #[test]
    fn what_is_not_chosen_is_not_there() {
        let mut analysis = analysis();
        let theme = analysis.summary.themes().find(|theme| theme.quotes.len() > 1).unwrap().clone();
        for section in &mut analysis.summary.sections {
            for own in section.themes.iter_mut().filter(|own| own.id == theme.id) {
                own.quotes[1].pinned = true;
                own.memo = Some("mine alone".into());
            }
        }
        let named = ChosenThemes::Named(vec![theme.id.clone()]);
        let one = chosen(&analysis, &named, ChosenQuotes::First(1)).unwrap().unwrap();
        assert_eq!(one.summary.themes().map(|theme| theme.id.as_str()).collect::<Vec<_>>(), [theme.id.as_str()]);
        let texts: Vec<&str> = one.units.iter().map(|unit| unit.text.as_str()).collect();
        assert_eq!(texts, [theme.quotes[1].text.as_str()], "the pinned quote comes first");
        let kept = one.summary.themes().next().unwrap();
        assert_eq!((kept.prevalence, kept.mentions), (theme.prevalence, theme.mentions), "counts stay");
        assert!(kept.memo.is_none() && one.summary.manifest.inputs.is_empty());
        assert!(one.units.iter().all(|unit| unit.question.is_empty() && unit.position.file.is_empty()));
        let pinned = chosen(&analysis, &named, ChosenQuotes::Pinned).unwrap().unwrap();
        assert_eq!(pinned.units.len(), 1);
        let json = serde_json::to_string(&one.summary).unwrap();
        let others: Vec<_> =
            analysis.units.iter().filter(|unit| unit.id != one.units[0].id && unit.text.len() > 40).collect();
        assert!(!others.is_empty() && others.iter().all(|unit| !json.contains(&unit.text)));
    }

    #[test]
    fn themes_are_chosen_by_id_by_recurring_theme_and_by_stability() {
        let mut analysis = analysis();
        let unknown = ChosenThemes::Named(vec!["Q99.1".into()]);
        assert_eq!(chosen(&analysis, &unknown, ChosenQuotes::First(1)).unwrap().unwrap_err(), "Q99.1");
        let mut number = 0;
        for theme in analysis.summary.sections.iter_mut().flat_map(|section| &mut section.themes) {
            theme.stability = Some(if number == 0 { 0.99 } else { 0.1 });
            theme.hidden = number == 1;
            number += 1;
        }
        let count =
            |themes| chosen(&analysis, &themes, ChosenQuotes::First(3)).unwrap().unwrap().summary.themes().count();
        assert_eq!((count(ChosenThemes::Named(vec![FIRM_ONES.into()])), count(ChosenThemes::Shown)), (1, number - 1));
        // A person who made a theme wants it.
        let last = analysis.summary.sections.iter_mut().flat_map(|section| &mut section.themes).next_back().unwrap();
        (last.edited, last.stability) = (vec!["new".into()], None);
        let check = |analysis: &Analysis, names: &[&str]| {
            let names = names.iter().map(|&name| name.to_owned()).collect();
            check_chosen(&analysis.summary, &ChosenThemes::Named(names)).unwrap()
        };
        assert_eq!(check(&analysis, &[FIRM_ONES]), (2, Vec::new()));
        // One that edits changed so much that nobody knows is told.
        let mut themes = analysis.summary.sections.iter_mut().flat_map(|section| &mut section.themes);
        let open = themes.find(|theme| !theme.hidden && theme.stability == Some(0.1)).unwrap();
        open.stability = None;
        let id = open.id.clone();
        let (firm, told) = check(&analysis, &[FIRM_ONES]);
        assert!(firm == 2 && told.len() == 1 && told[0].contains(&format!("leaves out {id}, whose")), "{told:?}");
        assert_eq!(check(&analysis, &[FIRM_ONES, &id]), (3, Vec::new()), "it was named");
    }

    #[test]
    fn what_is_hidden_is_left_out_though_it_is_named_and_that_is_told() {
        let mut analysis = analysis();
        let ids: Vec<String> = analysis.summary.themes().map(|theme| theme.id.clone()).take(3).collect();
        let recurring = |id: &str, themes: &[String], hidden: bool| RecurringSummary {
            id: id.into(),
            hidden,
            ..RecurringSummary::of(themes.to_vec())
        };
        analysis.summary.sections[0].themes.iter_mut().for_each(|theme| theme.hidden = false);
        analysis.summary.recurring = vec![recurring("R1", &ids[..2], false), recurring("R2", &ids[1..], true)];
        let told = |analysis: &Analysis, names: &[&str]| {
            let named = ChosenThemes::Named(names.iter().map(|&name| name.to_owned()).collect());
            let found = chosen(analysis, &named, ChosenQuotes::First(1)).unwrap().unwrap().summary;
            let shown: Vec<String> = found.recurring.into_iter().map(|recurring| recurring.id).collect();
            (check_chosen(&analysis.summary, &named).unwrap(), shown)
        };
        let ((themes, sentences), shown) = told(&analysis, &["R1", &ids[2]]);
        assert_eq!((themes, sentences.len(), shown), (3, 0, vec!["R1".to_owned()]));
        let ((themes, sentences), shown) = told(&analysis, &["R2"]);
        assert!(themes == 2 && shown.is_empty() && sentences[0].starts_with("R2 is hidden"), "{sentences:?}");
        let first = analysis.summary.sections.iter_mut().flat_map(|section| &mut section.themes).next().unwrap();
        first.hidden = true;
        let ((themes, sentences), shown) = told(&analysis, &["R1", &ids[0]]);
        assert!(themes == 1 && shown.is_empty() && sentences.len() == 2, "{sentences:?}");
        assert!(sentences[0].contains(&format!("R1 joins {}", ids[0])) && sentences[1].contains("is hidden, and left"));
    }
}
