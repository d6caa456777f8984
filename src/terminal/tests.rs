//! What is printed of what the researcher hid, of recurring themes and of unreliable ones.

use std::path::Path;

use super::{alignment, summary};
use crate::analysis::{
    AlignedAnalysis, AlignedTheme, Alignment, Analysis, EditRecord, ExpectedAgreement, GivenCode, RecurringSummary,
    ThemeRelation, load,
};
use crate::stats::matching::Kind;

/// The specimen with a theme that recurs.
fn specimen() -> Analysis {
    let mut analysis = load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/analysis-v1")).unwrap();
    let theme = &mut analysis.summary.sections[0].themes[0];
    theme.recurring = Some("R1".into());
    analysis.summary.recurring = vec![RecurringSummary {
        id: "R1".into(),
        label: "Down by the reservoir".into(),
        prevalence: theme.prevalence,
        ..RecurringSummary::of(vec![theme.id.clone()])
    }];
    analysis.summary.manifest.edits = vec![EditRecord {
        edit: "hide".into(),
        target: "R1".into(),
        value: "true".into(),
        line: 1,
        matched: None,
        applied: true,
        reason: None,
    }];
    analysis.summary.sections[0].themes.iter_mut().for_each(|theme| theme.hidden = false);
    analysis
}

fn on_one_line(print: impl FnOnce(&mut Vec<u8>) -> std::io::Result<()>) -> String {
    let mut out = Vec::new();
    print(&mut out).unwrap();
    let plain = anstream::adapter::strip_str(std::str::from_utf8(&out).unwrap()).to_string();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The summary with this many themes of each section, on one line.
fn summed_up(analysis: &Analysis, top: usize) -> String {
    let options = summary::SummaryOptions { top, quotes: 1, unclustered: 0, context: false, show_notes: false };
    on_one_line(|out| summary::print(analysis, options, out))
}

#[test]
fn two_themes_that_recur_are_both_named_unless_a_person_named_them() {
    let mut analysis = specimen();
    let themes = &analysis.summary.sections[0].themes;
    let (ids, names) = ([&themes[0].id, &themes[1].id], [&themes[0].label, &themes[1].label]);
    let [both, members] = [format!("R1 {} / {}", names[0], names[1]), format!("{} · {}", ids[0], ids[1])];
    analysis.summary.recurring[0] = RecurringSummary {
        label: names[0].clone(),
        themes: ids.map(String::clone).to_vec(),
        ..analysis.summary.recurring[0].clone()
    };
    let found = summed_up(&analysis, 0);
    assert!(found.contains(&both) && found.contains(&members), "{found}");
    assert!(found.contains("On the same matter, not always of the same opinion"), "{found}");
    analysis.summary.recurring[0].edited = vec!["name".into()];
    let named = summed_up(&analysis, 0);
    assert!(!named.contains(&both) && !named.contains(&members), "{named}");
    analysis.summary.recurring.clear();
    let without = summed_up(&analysis, 0);
    assert!(!without.contains("On the same matter"), "{without}");
}

#[test]
fn a_theme_not_to_be_built_on_has_its_mark_also_among_those_named_last() {
    let mut analysis = specimen();
    analysis.summary.recurring.clear();
    let text = summed_up(&analysis, 1);
    let of = |id: &str| analysis.summary.theme(id).unwrap();
    let (loose, firm) = (of("T4"), of("T3"));
    let named = |label: &str| label.split_whitespace().collect::<Vec<_>>().join(" ");
    let marked = format!("T4 {} ({}, do not rely on it)", named(&loose.label), loose.prevalence.participants);
    let plain = format!("T3 {} ({})", named(&firm.label), firm.prevalence.participants);
    assert!(text.contains(&marked) && text.contains(&plain), "{text}");
}

#[test]
fn codes_are_counted_apart_from_themes_and_those_that_nobody_checked_are_marked() {
    let mut analysis = specimen();
    let themes = analysis.summary.themes().count();
    let without = summed_up(&analysis, 0);
    assert!(without.contains(&format!(" in {themes} themes,")) && without.contains("Themes cover"), "{without}");
    assert!(!without.contains("not checked"), "{without}");
    let expected = ExpectedAgreement {
        basis: "cross-validated on 40 passages that people coded".into(),
        coded: 20,
        found: 20,
        both: 12,
        precision: Some(0.6),
        precision_interval: Some((0.4, 0.8)),
        recall: Some(0.6),
        recall_interval: Some((0.4, 0.8)),
    };
    let code = |name: &str, by_hand: usize, expected: Option<ExpectedAgreement>| GivenCode {
        code: name.into(),
        name: name.into(),
        definition: None,
        include: None,
        exclude: None,
        below: Vec::new(),
        examples: 0,
        by_hand,
        threshold: 0.5,
        expected,
    };
    let own = &mut analysis.summary.sections[0].themes;
    let all_by_hand = own[2].mentions;
    own[0].code = Some(code("swaps", 0, None));
    own[1].code = Some(code("rota", 0, Some(expected)));
    own[2].code = Some(code("nights", all_by_hand, None));
    own[..3].iter_mut().for_each(|theme| theme.stability = None);
    let marks: Vec<bool> = own[..4].iter().map(|theme| theme.unchecked().is_some()).collect();
    assert_eq!(marks, [true, false, false, false]);
    let with = summed_up(&analysis, 0);
    let counted = format!(" in 3 codes and {} themes,", themes - 3);
    assert!(with.contains(&counted) && with.contains("They cover"), "{with}");
    assert_eq!(with.matches("not checked: read a sample").count(), 1, "{with}");
    // Among those named last, too.
    let own = &mut analysis.summary.sections[0].themes;
    let label = own[0].label.split_whitespace().collect::<Vec<_>>().join(" ");
    let marked = format!("{} {label} ({}, not checked: read a sample)", own[0].id, own[0].prevalence.participants);
    own.rotate_left(1);
    assert!(summed_up(&analysis, 1).contains(&marked));
}

#[test]
fn what_was_set_aside_is_called_so_and_no_word_is_told_of_that_is_none() {
    let mut analysis = specimen();
    analysis.summary.framing.no_subject = Some("no word is what all interviews are about".into());
    let text = summed_up(&analysis, 0);
    assert!(text.contains(" set aside. Themes cover") && text.contains("Set aside before clustering: "), "{text}");
    assert!(!text.to_lowercase().contains("excluded") && !text.contains("word is what all"), "{text}");
}

#[test]
fn a_hidden_recurring_theme_is_named_nowhere_in_the_summary() {
    let mut analysis = specimen();
    let printed = |analysis: &Analysis| summed_up(analysis, 0);
    let shown = printed(&analysis);
    assert!(shown.contains("recurs in other questions: R1") && shown.contains("R1 Down by the reservoir"), "{shown}");
    assert!(!shown.contains("hidden, but counted"), "{shown}");
    analysis.summary.recurring[0].hidden = true;
    let hidden = printed(&analysis);
    assert!(!hidden.contains("R1") && !hidden.contains("reservoir"), "{hidden}");
    assert!(hidden.contains("1 recurring theme hidden, but counted."), "{hidden}");
    analysis.summary.sections[0].themes[1].hidden = true;
    assert!(printed(&analysis).contains("1 theme and 1 recurring theme hidden, but counted."));
}

#[test]
fn a_hidden_theme_is_named_nowhere_beside_those_of_another_analysis() {
    let analysis = specimen();
    let theme = |at: usize, hidden: bool| {
        let theme = &analysis.summary.sections[0].themes[at];
        AlignedTheme {
            id: theme.id.clone(),
            label: theme.label.clone(),
            section: "T".into(),
            question: String::new(),
            hidden,
            mentions: theme.mentions,
            prevalence: theme.prevalence,
            quotes: Vec::new(),
        }
    };
    let side = || AlignedAnalysis {
        studies: vec!["ward".into()],
        participants: 8,
        themes: 2,
        notes: None,
        other_sections: Vec::new(),
    };
    let printed = |hidden: bool| {
        let relation = |kind, a, b| ThemeRelation { kind, across_questions: false, a, b, links: Vec::new() };
        let relations = vec![
            relation(Kind::Matched, vec![theme(0, hidden)], vec![theme(1, false)]),
            relation(Kind::OnlyA, vec![theme(2, hidden)], Vec::new()),
        ];
        let found = Alignment { a: side(), b: side(), sections: Vec::new(), shared: None, relations };
        let options = alignment::AlignmentOptions { top: 0, quotes: 1 };
        on_one_line(|out| alignment::print(&found, ("a", "b"), options, out))
    };
    let [one, other, alone] = [0, 1, 2].map(|at| {
        let label = &analysis.summary.sections[0].themes[at].label;
        label.split_whitespace().collect::<Vec<_>>().join(" ")
    });
    let shown = printed(false);
    assert!([&one, &other, &alone].iter().all(|label| shown.contains(label.as_str())), "{shown}");
    let hidden = printed(true);
    assert!(hidden.contains(&other) && hidden.contains("A a hidden theme"), "{hidden}");
    assert!(!hidden.contains(&one) && !hidden.contains(&alone), "{hidden}");
    assert!(hidden.contains("1 in A only") && hidden.contains("2 themes hidden, but counted."), "{hidden}");
}
