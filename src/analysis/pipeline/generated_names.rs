//! Generated names for the themes of an analysis.
//!
//! In: an analysis and a [`Namer`]. Out: the analysis with the names in its themes and recurring
//! themes as found, and in the manifest where they come from. Nothing else changes; edits are to be
//! applied again afterwards, since they decide which themes keep theirs.

use std::collections::HashMap;

use crate::analysis::saved::{Analysis, GeneratedNames, RecurringSummary, SectionSummary, Summary, Theme};
use crate::theme::naming::{GeneratedName, Namer, QUOTES_SENT, ToName};

/// Keywords of each member that stand for a recurring theme.
const KEYWORDS_OF_MEMBER: usize = 3;

/// Names the themes; `known` are names of an earlier run. Says what could not be named, and why.
pub fn generate_names(
    analysis: &mut Analysis,
    namer: &Namer,
    known: &HashMap<String, GeneratedName>,
    progress: &mut dyn FnMut(usize, usize),
) -> Option<String> {
    let (sections, recurring) = found(&mut analysis.summary);
    let mut wanted: Vec<ToName> = themes(sections).map(of_theme).collect();
    wanted.extend(recurring.iter().map(|group| of_recurring(group, sections)));
    let naming = namer.names(&wanted, known, progress);
    let of_all = wanted.len();
    let given = naming.names.iter().flatten().count();
    let mut names = naming.names.into_iter();
    for theme in sections.iter_mut().flat_map(|section| &mut section.themes) {
        theme.generated = names.next().flatten();
    }
    for group in recurring.iter_mut() {
        group.generated = names.next().flatten();
    }
    let unusable = naming.unusable.map(|(count, reason)| match count {
        1 => format!("one answer held no usable name: {reason}"),
        _ => format!("{count} answers held no usable name, the last because {reason}"),
    });
    let gave_up = naming.gave_up.map(|reason| format!("no more were asked for: {reason}"));
    let reasons: Vec<String> = unusable.into_iter().chain(gave_up).collect();
    let problem = (!reasons.is_empty()).then(|| reasons.join("; "));
    analysis.summary.manifest.generated_names = Some(GeneratedNames {
        address: namer.address().into(),
        model: namer.model().into(),
        wanted: of_all,
        given,
        reused: naming.reused,
        problem: problem.clone(),
    });
    problem.map(|problem| format!("{given} of {of_all} themes have a generated name: {problem}"))
}

/// The generated names of an analysis, by what was asked.
pub fn known_names(analysis: &Analysis) -> HashMap<String, GeneratedName> {
    let summary = &analysis.summary;
    let (sections, recurring) = match &summary.as_found {
        Some(found) => (&found.sections, &found.recurring),
        None => (&summary.sections, &summary.recurring),
    };
    let of_themes = themes(sections).map(|theme| &theme.generated);
    let names = of_themes.chain(recurring.iter().map(|group| &group.generated)).flatten();
    names.map(|name| (name.request.clone(), name.clone())).collect()
}

/// What was found, without the researcher's edits.
fn found(summary: &mut Summary) -> (&mut Vec<SectionSummary>, &mut Vec<RecurringSummary>) {
    match &mut summary.as_found {
        Some(found) => (&mut found.sections, &mut found.recurring),
        None => (&mut summary.sections, &mut summary.recurring),
    }
}

fn themes(sections: &[SectionSummary]) -> impl Iterator<Item = &Theme> {
    sections.iter().flat_map(|section| &section.themes)
}

fn of_theme(theme: &Theme) -> ToName<'_> {
    ToName {
        keywords: theme.keywords.iter().map(|keyword| keyword.term.as_str()).collect(),
        quotes: theme.quotes.iter().take(QUOTES_SENT).map(|quote| quote.text.as_str()).collect(),
    }
}

/// The best keywords of each member, and quotes of all of them in turn.
fn of_recurring<'t>(group: &RecurringSummary, sections: &'t [SectionSummary]) -> ToName<'t> {
    let members: Vec<&Theme> =
        group.themes.iter().filter_map(|id| themes(sections).find(|theme| theme.id == *id)).collect();
    let mut keywords: Vec<&str> = Vec::new();
    for keyword in members.iter().flat_map(|theme| theme.keywords.iter().take(KEYWORDS_OF_MEMBER)) {
        if !keywords.contains(&keyword.term.as_str()) {
            keywords.push(&keyword.term);
        }
    }
    let most = members.iter().map(|theme| theme.quotes.len()).max().unwrap_or(0);
    let in_turn = (0..most).flat_map(|place| members.iter().filter_map(move |theme| theme.quotes.get(place)));
    ToName { keywords, quotes: in_turn.take(QUOTES_SENT).map(|quote| quote.text.as_str()).collect() }
}
