//! Themes and their quotes as tables.
//!
//! In: a summary. Out: a row a theme, and a row a quote. A theme that the researcher hid is there
//! and marked, since it is counted; so is a recurring one.

use super::table::{Cell, Column, Table};
use crate::analysis::{Quote, SectionSummary, StudyPrevalence, Summary, Theme};
use crate::theme::stability::Firmness;

/// One row a theme, section by section; for each study its counts, empty where it was not asked.
pub(super) fn themes(summary: &Summary) -> Table<'_> {
    let mut columns = vec![
        Column::text("section", 8),
        Column::text("section_question", 40),
        Column::text("theme", 8),
        Column::text("label", 32),
        Column::text("description", 40),
        Column::text("headline", 40),
        Column::text("headline_unit", 26),
        Column::text("headline_locator", 32),
        Column::text("headline_file", 26),
        Column::whole("headline_start"),
        Column::whole("headline_end"),
        Column::text("generated_name", 28),
        Column::text("keywords", 44),
        Column::whole("participants"),
        Column::whole("asked"),
        Column::number("share"),
        Column::number("share_low"),
        Column::number("share_high"),
        Column::whole("mentions"),
        Column::number("stability"),
        Column::text("stability_verdict", 16),
        Column::number("cohesion"),
        Column::number("silhouette"),
        Column::text("nearest_theme", 13),
        Column::number("nearest_cosine"),
        Column::text("recurring", 10),
        Column::text("recurring_label", 28),
        Column::text("parts", 44),
        Column::text("edited", 14),
        Column::text("merged", 14),
        Column::text("hidden", 8),
        Column::text("follows_the_question", 18),
    ];
    // With one study, its counts are those of the theme.
    let studies: Vec<&str> = match summary.studies.as_slice() {
        [_] => Vec::new(),
        several => several.iter().map(|study| study.name.as_str()).collect(),
    };
    for study in &studies {
        let titles = ["participants", "asked", "mentions"].map(|what| format!("{what}: {study}"));
        columns.extend(titles.iter().map(|title| Column::whole(title)));
        columns.push(Column::number(&format!("share: {study}")));
    }
    let has_categories = !summary.categories.is_empty();
    if has_categories {
        columns.push(Column::text("category", 24));
    }
    let has_memos = summary.themes().any(|theme| theme.memo.is_some());
    if has_memos {
        columns.push(Column::text("memo", 40));
    }
    let hides_recurring = summary.recurring.iter().any(|recurring| recurring.hidden);
    if hides_recurring {
        columns.push(Column::text("recurring_hidden", 16));
    }
    let all = summary.sections.iter().flat_map(|section| section.themes.iter().map(move |theme| (section, theme)));
    let rows = all.map(move |(section, theme)| {
        let mut cells = theme_cells(summary, section, theme);
        for study in &studies {
            cells.extend(study_cells(theme.by_study.iter().find(|counts| counts.study == **study)));
        }
        if has_categories {
            cells.push(summary.categories_of(&theme.id).map_or(Cell::Empty, Cell::from));
        }
        if has_memos {
            cells.push(Cell::maybe(theme.memo.as_deref()));
        }
        if hides_recurring {
            let is_hidden = |id: &String| summary.recurring.iter().any(|r| r.id == *id && r.hidden);
            cells.push(Cell::yes(theme.recurring.as_ref().is_some_and(is_hidden)));
        }
        cells
    });
    Table { name: "themes", columns, rows: Box::new(rows) }
}

fn theme_cells<'a>(summary: &'a Summary, section: &'a SectionSummary, theme: &'a Theme) -> Vec<Cell<'a>> {
    let people = &theme.prevalence;
    let keywords: Vec<&str> = theme.keywords.iter().map(|keyword| keyword.term.as_str()).collect();
    let parts: Vec<String> = theme.sub_themes.iter().map(|part| format!("{} {}", part.id, part.label)).collect();
    let recurring = theme.recurring.as_ref().and_then(|id| summary.recurring.iter().find(|r| r.id == *id));
    let headline = theme.headline.as_ref();
    vec![
        section.id.as_str().into(),
        section.question.as_str().into(),
        theme.id.as_str().into(),
        theme.label.as_str().into(),
        Cell::maybe(theme.description.as_deref()),
        Cell::maybe(headline.map(|headline| headline.text.as_str())),
        Cell::maybe(headline.map(|headline| headline.unit.as_str())),
        headline.map_or(Cell::Empty, |headline| headline.locator().into()),
        Cell::maybe(headline.map(|headline| headline.position.file.as_str())),
        headline.map_or(Cell::Empty, |headline| headline.position.start.into()),
        headline.map_or(Cell::Empty, |headline| headline.position.end.into()),
        Cell::maybe(theme.generated.as_ref().map(|generated| generated.name.as_str())),
        keywords.join(", ").into(),
        people.participants.into(),
        people.asked.into(),
        Cell::measure(people.share),
        Cell::measure(people.low),
        Cell::measure(people.high),
        theme.mentions.into(),
        Cell::measure(theme.stability),
        match (theme.stability, theme.why_unmeasured()) {
            (Some(stability), _) => Cell::Text(Firmness::new(stability).word().into()),
            (None, Some(why)) => Cell::Text(why.into()),
            (None, None) => Cell::maybe(theme.unchecked()),
        },
        Cell::Number(theme.cohesion),
        Cell::measure(theme.silhouette),
        Cell::maybe(theme.nearest.as_ref().map(|nearest| nearest.id.as_str())),
        Cell::measure(theme.nearest.as_ref().map(|nearest| nearest.cosine)),
        Cell::maybe(theme.recurring.as_deref()),
        Cell::maybe(recurring.map(|recurring| recurring.label.as_str())),
        parts.join("; ").into(),
        theme.edited.join(", ").into(),
        theme.merged.join(", ").into(),
        Cell::yes(theme.hidden),
        Cell::yes(theme.follows_the_question),
    ]
}

fn study_cells(counts: Option<&StudyPrevalence>) -> [Cell<'static>; 4] {
    let Some(counts) = counts else { return [const { Cell::Empty }; 4] };
    let people = &counts.prevalence;
    [people.participants.into(), people.asked.into(), counts.mentions.into(), Cell::measure(people.share)]
}

/// One row a quote: those of each theme, most typical first, then the least typical member, then
/// those of its parts.
pub(super) fn quotes(summary: &Summary) -> Table<'_> {
    let columns = vec![
        Column::text("theme", 8),
        Column::text("theme_label", 28),
        Column::text("sub_theme", 10),
        Column::text("sub_theme_label", 28),
        Column::whole("rank"),
        Column::text("kind", 10),
        Column::text("quote", 80),
        Column::text("cut", 8),
        Column::text("study", 12),
        Column::text("participant", 18),
        Column::whole("answer"),
        Column::text("unit", 26),
        Column::text("locator", 32),
        Column::text("question", 40),
        Column::text("file", 26),
        Column::whole("record"),
        Column::whole("line"),
        Column::text("time", 10),
        Column::whole("start"),
        Column::whole("end"),
    ];
    let rows = summary.themes().flat_map(|theme| {
        let own = theme.quotes.iter().enumerate().map(move |(at, quote)| {
            let kind = if quote.pinned { "pinned" } else { "typical" };
            quote_cells(theme, None, Some(at + 1), kind, quote)
        });
        let boundary = theme.boundary_quote.iter().map(move |quote| quote_cells(theme, None, None, "boundary", quote));
        let parts = theme.sub_themes.iter().flat_map(move |part| {
            let named = (part.id.as_str(), part.label.as_str());
            let each = move |(at, quote)| quote_cells(theme, Some(named), Some(at + 1), "typical", quote);
            part.quotes.iter().enumerate().map(each)
        });
        own.chain(boundary).chain(parts)
    });
    Table { name: "quotes", columns, rows: Box::new(rows) }
}

fn quote_cells<'a>(
    theme: &'a Theme,
    part: Option<(&'a str, &'a str)>,
    rank: Option<usize>,
    kind: &'a str,
    quote: &'a Quote,
) -> Vec<Cell<'a>> {
    let cut = match (quote.cut_before, quote.cut_after) {
        (true, true) => Cell::from("both"),
        (true, false) => "before".into(),
        (false, true) => "after".into(),
        (false, false) => Cell::Empty,
    };
    let position = &quote.position;
    vec![
        theme.id.as_str().into(),
        theme.label.as_str().into(),
        Cell::maybe(part.map(|(id, _)| id)),
        Cell::maybe(part.map(|(_, label)| label)),
        rank.map_or(Cell::Empty, Cell::from),
        kind.into(),
        quote.text.as_str().into(),
        cut,
        quote.study.as_str().into(),
        quote.participant.as_str().into(),
        quote.answer.into(),
        quote.unit.as_str().into(),
        quote.locator().into(),
        quote.question.as_str().into(),
        position.file.as_str().into(),
        position.cell.as_ref().map_or(Cell::Empty, |cell| cell.row.into()),
        position.line.into(),
        position.time().map_or(Cell::Empty, Cell::from),
        position.start.into(),
        position.end.into(),
    ]
}

/// How the analysis was made, a row a fact: a name and a value, as `analysis.json` has them.
pub(super) fn manifest(summary: &Summary) -> Table<'_> {
    let columns = vec![Column::text("what", 40), Column::text("value", 80)];
    let mut facts = vec![("schema_version".to_string(), summary.schema_version.to_string())];
    // A manifest is plain data, so it can be serialised.
    for (name, stored) in
        [("manifest", serde_json::to_value(&summary.manifest)), ("counts", serde_json::to_value(&summary.counts))]
    {
        if let Ok(value) = stored {
            flatten(name, &value, &mut facts);
        }
    }
    let rows = facts.into_iter().map(|(what, value)| vec![what.into(), value.into()]);
    Table { name: "manifest", columns, rows: Box::new(rows) }
}

/// `manifest.inputs[0].path` and so on, for every value that is not a list or an object.
fn flatten(name: &str, value: &serde_json::Value, facts: &mut Vec<(String, String)>) {
    use serde_json::Value;
    match value {
        Value::Object(fields) => {
            fields.iter().for_each(|(field, value)| flatten(&format!("{name}.{field}"), value, facts));
        }
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(at, item)| flatten(&format!("{name}[{at}]"), item, facts));
        }
        Value::Null => facts.push((name.into(), String::new())),
        Value::String(text) => facts.push((name.into(), text.clone())),
        other => facts.push((name.into(), other.to_string())),
    }
}
