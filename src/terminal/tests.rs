//! What is printed of what the researcher hid.

use std::path::Path;

use super::{alignment, summary};
use crate::analysis::{
    AlignedAnalysis, AlignedTheme, Alignment, Analysis, EditRecord, RecurringSummary, ThemeRelation, load,
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

#[test]
fn a_hidden_recurring_theme_is_named_nowhere_in_the_summary() {
    let mut analysis = specimen();
    let printed = |analysis: &Analysis| {
        let options = summary::SummaryOptions { top: 0, quotes: 1, unclustered: 0, context: false, show_notes: false };
        on_one_line(|out| summary::print(analysis, options, out))
    };
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
