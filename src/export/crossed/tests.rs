//! The sums of the tables are the counts of the themes, and a passage of several themes counts in each.

use std::collections::BTreeMap;

use super::*;
use crate::analysis::{AlsoIn, By, ComparisonOptions, Status, compare, load};

fn analysis() -> Analysis {
    load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/analysis-v1")).unwrap()
}

/// Rows by column.
fn rows(what: Crossing, analysis: &Analysis) -> Vec<BTreeMap<String, String>> {
    let table = Crossed::new(what, false).table(analysis).unwrap();
    let titles: Vec<String> = table.columns.iter().map(|column| column.title.clone()).collect();
    let row = |cells: Vec<Cell>| {
        assert_eq!(cells.len(), titles.len());
        titles.iter().cloned().zip(cells.iter().map(|cell| cell.written().into_owned())).collect()
    };
    table.rows.map(row).collect()
}

/// Groups as they are without a word about bands.
fn group(by: Option<&str>) -> Crossing {
    Crossing::Group { by: by.map(str::to_owned), banding: Banding::Auto }
}

fn whole(row: &BTreeMap<String, String>, column: &str) -> usize {
    row[column].parse().unwrap_or_default()
}

#[test]
fn a_matrix_adds_up_to_the_themes() {
    let analysis = analysis();
    let (voiced, counted) = (rows(Crossing::Matrix, &analysis), rows(Crossing::MatrixCounts, &analysis));
    assert_eq!(voiced.len(), analysis.summary.participants.len());
    for theme in analysis.summary.themes() {
        let sum = |rows: &[BTreeMap<String, String>]| rows.iter().map(|row| whole(row, &theme.id)).sum::<usize>();
        assert_eq!((sum(&voiced), sum(&counted)), (theme.prevalence.participants, theme.mentions), "{}", theme.id);
        assert_eq!(voiced.iter().filter(|row| !row[&theme.id].is_empty()).count(), theme.prevalence.asked);
    }
    assert!(voiced[0].contains_key(&analysis.summary.attributes[0]), "what is known stands behind");
}

#[test]
fn who_was_not_asked_has_an_empty_cell() {
    let mut analysis = analysis();
    let person = analysis.units[0].participant.clone();
    for unit in analysis.units.iter_mut().filter(|unit| unit.participant == person) {
        (unit.section, unit.theme, unit.status) = (None, None, Status::Unclustered);
    }
    let theme = analysis.summary.themes().next().unwrap().id.clone();
    for row in rows(Crossing::Matrix, &analysis) {
        assert_eq!(row[&theme].is_empty(), row["participant"] == person, "{row:?}");
    }
}

#[test]
fn groups_and_questions_add_up_to_the_themes() {
    let analysis = analysis();
    let attribute = Some(analysis.summary.attributes[0].clone());
    for what in [group(None), group(attribute.as_deref()), Crossing::Question] {
        let rows = rows(what.clone(), &analysis);
        for theme in analysis.summary.themes() {
            let own: Vec<_> = rows.iter().filter(|row| row["theme"] == theme.id).collect();
            let sum = |column: &str| own.iter().map(|row| whole(row, column)).sum::<usize>();
            assert_eq!(sum("mentions"), theme.mentions, "{what:?} {}", theme.id);
            if what != Crossing::Question {
                let found = (sum("participants"), sum("asked"));
                assert_eq!(found, (theme.prevalence.participants, theme.prevalence.asked), "{what:?} {}", theme.id);
            }
        }
    }
}

#[test]
fn groups_by_study_are_those_of_the_summary() {
    let analysis = analysis();
    let rows = rows(group(Some("study")), &analysis);
    for theme in analysis.summary.themes() {
        for study in &theme.by_study {
            let row = rows.iter().find(|row| row["theme"] == theme.id && row["group"] == study.study).unwrap();
            assert_eq!(whole(row, "participants"), study.prevalence.participants);
            assert_eq!(row["share_low"], study.prevalence.low.unwrap().to_string());
            assert_eq!(row["share_high"], study.prevalence.high.unwrap().to_string());
        }
    }
}

#[test]
fn an_attribute_that_is_not_there_is_an_error_with_those_that_are() {
    let analysis = analysis();
    let asked_for = group(Some("shoe size"));
    let Err(error) = Crossed::new(asked_for, false).table(&analysis) else { panic!() };
    assert!(error.hint().unwrap().contains(&analysis.summary.attributes[0]));
    // Another table has the questions, and the hint sends to it, not back.
    let Err(error) = Crossed::new(group(Some("question")), false).table(&analysis) else { panic!() };
    let hint = error.hint().unwrap();
    assert!(hint.contains("theme-by-question") && !hint.contains("`question`"), "{hint}");
    // A column of this name is known by another, as in `compare`.
    let mut analysis = analysis;
    analysis.summary.attributes[0] = "question".into();
    let Err(error) = Crossed::new(group(Some("question")), false).table(&analysis) else { panic!() };
    assert!(error.hint().unwrap().contains("`participant_question`"));
    assert!(Crossed::new(group(Some("participant_question")), false).table(&analysis).is_ok());
}

/// The analysis with an age for everybody, from 20 on, `step` years apart.
fn with_ages(step: usize) -> Analysis {
    let mut analysis = analysis();
    let columns = analysis.summary.attributes.len();
    analysis.summary.attributes.push("age".into());
    for (at, person) in analysis.summary.participants.iter_mut().enumerate() {
        person.attributes.resize(columns, String::new());
        person.attributes.push((20 + at * step).to_string());
    }
    analysis
}

fn groups_in(rows: &[BTreeMap<String, String>]) -> Vec<String> {
    let first = rows.iter().filter(|row| row["theme"] == rows[0]["theme"]);
    first.map(|row| row["group"].clone()).collect()
}

#[test]
fn many_numbers_are_in_the_bands_of_compare_and_few_are_groups_of_their_own() {
    let many = with_ages(5);
    let by_age = |banding: Banding| Crossing::Group { by: Some("Age".into()), banding };
    assert_eq!(groups_in(&rows(by_age(Banding::Auto), &many)), ["20–25", "30–35", "40–45", "50–55"]);
    let notices = |analysis: &Analysis, banding| Crossed::new(by_age(banding), false).notices(analysis);
    let told = notices(&many, Banding::Auto);
    assert!(told.len() == 1 && told[0].contains("8 different numbers") && told[0].contains("--bands"), "{told:?}");
    let named = Banding::From(vec![18.0, 40.0]);
    assert_eq!(groups_in(&rows(by_age(named.clone()), &many)), ["18–39", "40 and over"]);
    assert_eq!(groups_in(&rows(by_age(Banding::Each), &many)).len(), 8);
    assert!(notices(&many, named).is_empty() && notices(&many, Banding::Each).is_empty());
    let mut few = with_ages(0);
    for (person, age) in few.summary.participants.iter_mut().zip(["31", ""]) {
        person.attributes.pop();
        person.attributes.push(age.into());
    }
    assert_eq!(groups_in(&rows(by_age(Banding::Auto), &few)), ["20", "31", ""]);
    assert!(notices(&few, Banding::Auto).is_empty());
    // As the report has them.
    let columns = crate::analysis::Attributes::new(&many, None).groups;
    assert_eq!(columns.last().unwrap().1.names, ["20–25", "30–35", "40–45", "50–55"]);
}

#[test]
fn bands_are_of_an_attribute_with_numbers_alone() {
    let analysis = analysis();
    let refused = |by: Option<&str>| {
        let what = Crossing::Group { by: by.map(str::to_owned), banding: Banding::Quartiles };
        Crossed::new(what, false).table(&analysis).err().map(|error| error.to_string())
    };
    assert!(refused(None).unwrap().contains("bands") && refused(Some("ward")).unwrap().contains("no bands"));
    assert_eq!(refused(Some("years")), None);
}

#[test]
fn questions_have_the_numbers_of_compare_whether_somebody_greets_or_not() {
    let mut analysis = analysis();
    let guide = analysis.summary.framing.guide.len();
    let answers = analysis.units.iter_mut().filter(|unit| unit.section.is_some());
    // The greeting is the guide's first question, and nobody's answer is in force to it.
    answers.enumerate().for_each(|(at, unit)| unit.guide_question = Some(2 + at % (guide - 1)));
    let numbered = |analysis: &Analysis| -> BTreeMap<usize, String> {
        let rows = rows(Crossing::Question, analysis);
        rows.iter().map(|row| (whole(row, "question_number"), row["question"].clone())).collect()
    };
    let found = numbered(&analysis);
    assert_eq!(found.keys().copied().collect::<Vec<_>>(), (1..guide).collect::<Vec<_>>());
    assert_eq!(found[&1], analysis.summary.framing.guide[1].wording);
    let options = ComparisonOptions { by: By::Question, ..ComparisonOptions::default() };
    for group in compare(&analysis, &options).unwrap().groups {
        let number: usize = group.name.strip_prefix("question ").unwrap().parse().unwrap();
        assert_eq!(group.question.as_ref(), found.get(&number), "{}", group.name);
    }
    analysis.summary.framing.guide.remove(0);
    for unit in &mut analysis.units {
        unit.guide_question = unit.guide_question.map(|number| number - 1);
    }
    assert_eq!(numbered(&analysis), found);
}

#[test]
fn a_passage_of_two_themes_counts_in_both_and_for_their_pair() {
    let mut analysis = analysis();
    let ids: Vec<String> = analysis.summary.themes().map(|theme| theme.id.clone()).collect();
    let pair = |analysis: &Analysis| {
        let rows = rows(Crossing::Themes, analysis);
        rows.into_iter().find(|row| row["theme_a"] == ids[0] && row["theme_b"] == ids[1]).unwrap()
    };
    let before = pair(&analysis);
    assert_eq!(before["passages_both"], "0");
    let unit = analysis.units.iter_mut().find(|unit| unit.theme.as_ref() == Some(&ids[0])).unwrap();
    unit.also.push(AlsoIn { theme: ids[1].clone(), strength: Some(0.5) });
    let after = pair(&analysis);
    assert_eq!((whole(&after, "passages_both"), whole(&after, "passages_b")), (1, whole(&before, "passages_b") + 1));
    let (a, b, both) = (whole(&after, "passages_a"), whole(&after, "passages_b"), 1);
    assert_eq!(after["passages_jaccard"], (both as f64 / (a + b - both) as f64).to_string());
    // Of the same people in every row, and never more in both than in one.
    for row in rows(Crossing::Themes, &analysis) {
        let [a, b, both] = ["participants_a", "participants_b", "participants_both"].map(|column| whole(&row, column));
        assert!(both <= a.min(b) && a.max(b) <= whole(&row, "asked"), "{row:?}");
    }
}

#[test]
fn every_two_themes_have_a_row_and_of_those_nobody_was_asked_for_nothing_is_said_of_people() {
    let mut analysis = analysis();
    let n = analysis.summary.themes().count();
    assert_eq!(rows(Crossing::Themes, &analysis).len(), n * (n - 1) / 2);
    // The last theme becomes one of a question of its own, which nobody else answered.
    let apart = analysis.summary.sections.iter().rposition(|section| !section.themes.is_empty()).unwrap();
    let theme = analysis.summary.sections[apart].themes.pop().unwrap();
    let mut section = analysis.summary.sections[apart].clone();
    (section.id, section.themes) = ("Q9".into(), vec![theme.clone()]);
    analysis.summary.sections.push(section);
    let is_of = |unit: &crate::analysis::UnitRow| unit.theme.as_ref() == Some(&theme.id);
    let own: Vec<String> = analysis.units.iter().filter(|u| is_of(u)).map(|u| u.participant.clone()).collect();
    analysis.units.retain(|unit| is_of(unit) || !own.contains(&unit.participant));
    analysis.units.iter_mut().filter(|unit| is_of(unit)).for_each(|unit| unit.section = Some("Q9".into()));
    let rows = rows(Crossing::Themes, &analysis);
    assert_eq!(rows.len(), n * (n - 1) / 2);
    let people = ["participants_a", "participants_b", "participants_both", "participants_jaccard"];
    for row in rows {
        let together = row["theme_b"] != theme.id;
        assert_eq!(whole(&row, "asked") > 0, together, "{row:?}");
        assert_eq!(people[..3].iter().any(|&column| row[column].is_empty()), !together, "{row:?}");
        assert!(together || people.iter().all(|&column| row[column].is_empty()), "{row:?}");
        assert!(row["passages_both"] == "0" && !row["passages_a"].is_empty(), "{row:?}");
    }
}
