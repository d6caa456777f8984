//! Themes by hand, several themes of a passage, recurring themes and categories: what they change, and that all of
//! it is taken back. The analysis is that of `tests/fixtures/analysis-v1`, without its own edits.

mod recurring;
mod renamed;

use std::collections::BTreeSet;
use std::path::Path;

use proptest::prelude::*;

use super::*;
use crate::analysis::people::People;
use crate::analysis::pipeline::counting;
use crate::analysis::{AlsoIn, Analysis, Status, load};
use crate::theme::prevalence::Prevalence;

/// With two recurring themes: the fixture has none of its own.
fn found() -> Analysis {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/analysis-v1");
    let mut analysis = load(&folder).unwrap();
    apply_edits(&mut analysis, &Codebook::default());
    let people = People::of_rows(&analysis);
    let summary = &mut analysis.summary;
    let ids: Vec<String> = summary.themes().map(|theme| theme.id.clone()).collect();
    for (number, pair) in [[2, 4], [3, 5]].into_iter().enumerate() {
        let themes = pair.map(|at| ids[at].clone()).to_vec();
        let id = format!("R{}", number + 1);
        let holds = |section: &&SectionSummary| section.themes.iter().any(|theme| themes.contains(&theme.id));
        let sections = summary.sections.iter().filter(holds).map(|section| section.id.as_str()).collect();
        let asked = super::recount::asked_in(&sections, &analysis.units, &people, &summary.studies);
        for theme in summary.sections.iter_mut().flat_map(|section| &mut section.themes) {
            if themes.contains(&theme.id) {
                theme.recurring = Some(id.clone());
            }
        }
        summary.recurring.push(RecurringSummary {
            label: format!("Found {id}"),
            id,
            links: vec![ThemeLink { themes: (themes[0].clone(), themes[1].clone()), cosine: 0.5, by_chance: 0.1 }],
            prevalence: counting::prevalence(&[], &asked),
            by_study: counting::by_study(&[], &asked, &people.study),
            ..RecurringSummary::of(themes)
        });
    }
    super::recount::recount_recurring(&mut analysis.summary, &analysis.units, &people);
    assert_eq!(analysis.summary.recurring.len(), 2);
    analysis
}

fn edited(analysis: &Analysis, text: &str) -> Analysis {
    let codebook = Codebook::parse(text.as_bytes(), Path::new("codebook.toml")).unwrap();
    let mut edited = analysis.clone();
    apply_edits(&mut edited, &codebook);
    adds_up(&edited);
    let mut back = edited.clone();
    apply_edits(&mut back, &Codebook::default());
    assert!(back == *analysis, "there and back is where it began");
    edited
}

fn themes_of(analysis: &Analysis, unit: &str) -> Vec<String> {
    let row = analysis.units.iter().find(|row| row.id == unit).unwrap();
    row.themes().map(str::to_owned).collect()
}

/// Everything that is told of people, counted here as sets.
fn adds_up(analysis: &Analysis) {
    let counts = &analysis.summary.counts;
    let of = |status: Status| analysis.units.iter().filter(|unit| unit.status == status).count();
    assert_eq!((of(Status::Theme), of(Status::Unclustered)), (counts.in_themes, counts.unclustered));
    for unit in &analysis.units {
        let own: BTreeSet<&str> = unit.themes().collect();
        assert_eq!(own.len(), unit.themes().count(), "each theme once: {}", unit.id);
        assert_eq!(unit.status == Status::Theme, unit.theme.is_some(), "{}", unit.id);
        assert!(unit.theme.is_some() || unit.also.is_empty(), "{}", unit.id);
    }
    let voices = |ids: &[String]| -> BTreeSet<(&str, &str)> {
        let own = analysis.units.iter().filter(|unit| unit.themes().any(|theme| ids.iter().any(|id| id == theme)));
        own.map(|unit| (unit.study.as_str(), unit.participant.as_str())).collect()
    };
    let asked = |ids: &[String]| -> BTreeSet<(&str, &str)> {
        let holds = |section: &&SectionSummary| section.themes.iter().any(|theme| ids.contains(&theme.id));
        let sections: Vec<&str> =
            analysis.summary.sections.iter().filter(holds).map(|section| section.id.as_str()).collect();
        let own = analysis.units.iter().filter(|unit| unit.section.as_deref().is_some_and(|id| sections.contains(&id)));
        own.map(|unit| (unit.study.as_str(), unit.participant.as_str())).collect()
    };
    let counted = |ids: &[String]| Prevalence::new(voices(ids).len(), asked(ids).len());
    for section in &analysis.summary.sections {
        for theme in &section.themes {
            let ids = [theme.id.clone()];
            assert_eq!(theme.mentions, analysis.units.iter().filter(|unit| unit.is_in(&theme.id)).count());
            assert_eq!(theme.prevalence, counted(&ids), "{}", theme.id);
            assert_eq!(theme.by_study.iter().map(|study| study.mentions).sum::<usize>(), theme.mentions);
            assert!(theme.quotes.iter().all(|quote| themes_of(analysis, &quote.unit).contains(&theme.id)));
        }
        let own = analysis.units.iter().filter(|unit| unit.section.as_ref() == Some(&section.id));
        assert_eq!(section.unclustered, own.filter(|unit| unit.status == Status::Unclustered).count());
    }
    let of = |id: &String| analysis.summary.theme(id).is_some();
    for recurring in &analysis.summary.recurring {
        assert!(recurring.themes.iter().all(of) && recurring.themes.len() > 1);
        // Who was asked stays as found, also where a section has no theme of it any more.
        assert_eq!(recurring.prevalence.participants, voices(&recurring.themes).len(), "{}", recurring.id);
        assert!(
            recurring.edited.is_empty()
                || recurring.edited == ["name"]
                || recurring.edited == ["hide"]
                || recurring.prevalence == counted(&recurring.themes),
            "{}",
            recurring.id
        );
    }
    for category in &analysis.summary.categories {
        assert!(category.themes.iter().all(of));
        assert_eq!(category.prevalence, counted(&category.themes), "{}", category.name);
    }
}

/// Ids of themes of the first section with four, and a passage of the first.
fn four_themes(analysis: &Analysis) -> (String, [String; 4], Vec<String>) {
    let section = analysis.summary.sections.iter().find(|section| section.themes.len() > 3).unwrap();
    let ids = [0, 1, 2, 3].map(|at| section.themes[at].id.clone());
    let own = analysis.units.iter().filter(|unit| unit.theme.as_ref() == Some(&ids[0]));
    (section.id.clone(), ids.clone(), own.map(|unit| unit.id.clone()).collect())
}

fn reasons(analysis: &Analysis) -> Vec<(bool, String)> {
    let edits = analysis.summary.manifest.edits.iter();
    edits.map(|edit| (edit.applied, edit.reason.clone().unwrap_or_default())).collect()
}

#[test]
fn the_fixture_itself_adds_up() {
    adds_up(&found());
}

#[test]
fn a_theme_by_hand_takes_its_passages_and_tells_which_are_gone() {
    let analysis = found();
    let (section, [one, other, ..], own) = four_themes(&analysis);
    let unclustered = analysis
        .units
        .iter()
        .find(|unit| unit.section.as_ref() == Some(&section) && unit.status == Status::Unclustered)
        .map(|unit| unit.id.clone());
    let mut units = vec![own[0].clone(), own[1].clone(), "nobody/here#1".into()];
    units.extend(unclustered);
    let text = format!(
        "[[new]]\nid = \"N1\"\nquestion = \"{section}\"\nname = \"Nobody asked us\"\nunits = {units:?}\n\
         [theme.\"N1\"]\nmemo = \"Ask again.\"\npin = [\"{}\"]\n[theme.\"{other}\"]\nmerge_into = \"N1\"\n",
        own[1]
    );
    let after = edited(&analysis, &text);
    let made = after.summary.theme("N1").unwrap();
    assert!(made.is_by_hand() && made.stability.is_none() && made.headline.is_none());
    assert_eq!((made.label.as_str(), made.memo.as_deref()), ("Nobody asked us", Some("Ask again.")));
    assert_eq!(made.edited, ["new", "merge", "pin", "memo"]);
    assert_eq!(made.merged, std::slice::from_ref(&other));
    assert!(made.quotes[0].unit == own[1] && made.quotes[0].pinned);
    let taken = analysis.summary.theme(&other).unwrap().mentions + units.len() - 1;
    assert_eq!(made.mentions, taken);
    assert_eq!(after.summary.theme(&one).unwrap().edited, ["move"]);
    let told = reasons(&after);
    assert!(told.contains(&(true, format!("1 of {} passages is not in this run", units.len()))), "{told:?}");
    assert!(told.iter().all(|(applied, _)| *applied));
}

#[test]
fn a_theme_is_divided_into_themes() {
    let analysis = found();
    let (_, [one, other, ..], own) = four_themes(&analysis);
    let foreign = analysis.units.iter().find(|unit| unit.theme.as_ref() == Some(&other)).unwrap();
    let text = format!(
        "[theme.\"{one}\"]\ndivide = [{{ id = \"N1\", name = \"a\", units = {:?} }}, {{ id = \"N7\", name = \"b\", units \
         = [\"{}\", \"{}\"] }}]\n",
        &own[..2],
        own[2],
        foreign.id
    );
    let after = edited(&analysis, &text);
    assert_eq!((themes_of(&after, &own[0]), themes_of(&after, &own[2])), (vec!["N1".into()], vec!["N7".to_owned()]));
    assert_eq!(themes_of(&after, &foreign.id), [other]);
    assert_eq!(reasons(&after)[1], (true, format!("1 of 2 passages is not in {one}")));
    assert_eq!(after.summary.theme(&one).is_some(), own.len() > 3);
}

#[test]
fn a_passage_gets_further_themes_and_loses_some() {
    let analysis = found();
    let (_, [one, other, third, _], own) = four_themes(&analysis);
    let also = |theme: &str| format!("[[also]]\nunit = \"{}\"\ntheme = \"{theme}\"\n", own[0]);
    let not = |theme: &str| format!("[[not]]\nunit = \"{}\"\ntheme = \"{theme}\"\n", own[0]);
    let after = edited(&analysis, &(also(&other) + &also(&third)));
    assert_eq!(themes_of(&after, &own[0]), [one.clone(), other.clone(), third.clone()]);
    let row = after.units.iter().find(|row| row.id == own[0]).unwrap();
    assert_eq!(row.also[0], AlsoIn { theme: other.clone(), strength: None });
    let after = edited(&analysis, &(also(&other) + &not(&one)));
    assert_eq!(themes_of(&after, &own[0]), std::slice::from_ref(&other));
    assert_eq!(after.summary.theme(&one).unwrap().edited, ["not"]);
    let after = edited(&analysis, &not(&one));
    assert!(themes_of(&after, &own[0]).is_empty());
    assert_eq!(reasons(&after), [(true, "it was its only theme: the passage is unclustered".to_owned())]);
    let after = edited(&analysis, &(also(&one) + &not(&other)));
    let same = |what: &str| (true, format!("it is {what} without the edit"));
    assert_eq!(reasons(&after), [same("there"), same("not there")]);
    assert_eq!(after.summary.sections, analysis.summary.sections);
}

#[test]
fn categories_count_people_once_and_follow_merges() {
    let analysis = found();
    let (_, [one, other, third, _], own) = four_themes(&analysis);
    let recurring = &analysis.summary.recurring[0];
    let text = format!(
        "[theme.\"{other}\"]\nmerge_into = \"{one}\"\n[category.\"Working hours\"]\ndescription = \"When\"\nthemes = \
         [\"{other}\", \"{third}\", \"{}\", \"N9\"]\n[category.\"Nothing\"]\nthemes = [\"Q88.1\"]\n[[memo]]\nunit = \
         \"{}\"\ntext = \"Look\"\n",
        recurring.id, own[0]
    );
    let after = edited(&analysis, &text);
    let [category] = after.summary.categories.as_slice() else { panic!("one category is made") };
    assert!(category.themes.contains(&one) && category.themes.contains(&third) && !category.themes.contains(&other));
    assert_eq!((category.name.as_str(), category.description.as_deref()), ("Working hours", Some("When")));
    assert_eq!(after.summary.categories_of(&third).as_deref(), Some("Working hours"));
    assert_eq!((after.summary.memos[0].unit.as_str(), after.summary.memos[0].text.as_str()), (own[0].as_str(), "Look"));
    let told = reasons(&after);
    assert_eq!(told[1], (true, "N9: no theme has the id N9".to_owned()));
    assert_eq!(told[2], (false, "Q88.1: no theme has the id Q88.1".to_owned()));
}

#[test]
fn themes_that_were_merged_add_up_as_one() {
    let analysis = found();
    let section = &analysis.summary.sections[0];
    let into = &section.themes[0].id;
    let text: String = section.themes[1..]
        .iter()
        .map(|theme| format!("[theme.\"{}\"]\nmerge_into = \"{into}\"\n", theme.id))
        .collect();
    let after = edited(&analysis, &text);
    let voiced = |analysis: &Analysis, study: &str| {
        let of = |row: &&UnitRow| row.study == study;
        analysis.units.iter().filter(of).flat_map(UnitRow::themes).collect::<BTreeSet<_>>().len()
    };
    let before = &analysis.summary.accumulation;
    assert!(!before.is_empty() && after.summary.accumulation.len() == before.len());
    for (now, before) in after.summary.accumulation.iter().zip(before) {
        assert_eq!(now.themes, voiced(&after, &now.study), "{}", now.study);
        assert!(now.themes < before.themes);
        // Whoever was heard last has heard all.
        let sum: f64 = now.new_themes.iter().sum();
        assert!((sum - now.themes as f64).abs() < 0.05, "{sum}");
    }
}

/// The same passages as found, with the largest theme in pieces: four passages each in two new themes, one of them
/// with two that were unclustered, and the rest in the second largest.
fn in_pieces(old: &Analysis) -> Analysis {
    let mut new = old.clone();
    let section = &mut new.summary.sections[0];
    let (first, second) = (section.themes[0].clone(), section.themes[1].id.clone());
    section.themes.remove(0);
    for id in ["T21", "T22"] {
        section.themes.push(Theme { id: id.into(), stability: Some(0.9), ..Theme::named(format!("Found {id}")) });
    }
    let own: Vec<usize> = (0..new.units.len()).filter(|&row| new.units[row].is_in(&first.id)).collect();
    let free: Vec<usize> = (0..new.units.len()).filter(|&row| new.units[row].status == Status::Unclustered).collect();
    let pieces = [(&own[..4], "T21"), (&own[4..8], "T22"), (&free[..2], "T22"), (&own[8..], second.as_str())];
    for (rows, theme) in pieces {
        for &row in rows {
            (new.units[row].theme, new.units[row].status) = (Some(theme.to_owned()), Status::Theme);
            new.units[row].second_theme = None;
        }
    }
    new.summary.counts.in_themes += 2;
    new.summary.counts.unclustered -= 2;
    new.summary.sections[0].unclustered -= 2;
    new
}

#[test]
fn an_edited_theme_that_is_not_found_again_is_kept_with_what_was_found_with_it() {
    let old = found();
    let of = |analysis: &Analysis, id: &str| -> BTreeSet<String> {
        analysis.units.iter().filter(|row| row.is_in(id)).map(|row| row.id.clone()).collect()
    };
    let [first, second, third] = [0, 1, 2].map(|at| old.summary.sections[0].themes[at].clone());
    let name = |id: &str| {
        let text = format!("[theme.\"{id}\"]\nname = \"Mine\"\n");
        Codebook::parse(text.as_bytes(), Path::new("codebook.toml")).unwrap()
    };
    let mut without = in_pieces(&old);
    keep_ids(&mut without, old.clone(), &name(&third.id));
    assert!(without.summary.theme(&first.id).is_none(), "a theme that no edit names is found or is not");
    assert!(without.summary.lineage.as_ref().unwrap().past.iter().any(|past| past.id == first.id));

    let mut new = in_pieces(&old);
    keep_ids(&mut new, old.clone(), &name(&first.id));
    adds_up(&new);
    let kept = new.summary.theme(&first.id).unwrap();
    assert_eq!(kept.kept, Some(Kept { had: 15, has: 15, joined: 2, recurred: 0 }));
    assert_eq!((kept.mentions, kept.label.as_str(), kept.stability), (17, first.label.as_str(), None));
    assert!(of(&new, &first.id).is_superset(&of(&old, &first.id)) && kept.edited.is_empty() && !kept.quotes.is_empty());
    assert!(new.summary.themes().all(|theme| !theme.label.starts_with("Found T2")), "the pieces are in it");
    assert_eq!(of(&new, &second.id), of(&old, &second.id));
    assert_eq!(new.summary.theme(&second.id).unwrap().stability, None, "half of what was measured is gone");
    assert_eq!(new.summary.theme(&third.id).unwrap().stability, third.stability);
    assert!(new.summary.lineage.as_ref().unwrap().past.iter().all(|past| past.id != first.id));

    let before = new.clone();
    apply_edits(&mut new, &name(&first.id));
    let edit = &new.summary.manifest.edits[0];
    assert!(
        edit.applied
            && edit.matched.as_deref()
                == Some("not found again; kept with 15 of its 15 passages, and 2 found with them")
    );
    apply_edits(&mut new, &Codebook::default());
    assert!(new == before);

    // Once more in pieces: it is kept again; and when all is found as before, it is found.
    let mut again = in_pieces(&old);
    keep_ids(&mut again, new.clone(), &name(&first.id));
    assert_eq!(of(&again, &first.id), of(&new, &first.id));
    let mut back = old.clone();
    keep_ids(&mut back, again, &name(&first.id));
    assert_eq!(
        (back.summary.theme(&first.id).unwrap().kept.clone(), of(&back, &first.id)),
        (None, of(&old, &first.id))
    );
}

fn named(theme: &str) -> Codebook {
    let text = format!("[theme.\"{theme}\"]\nname = \"Mine\"\n");
    Codebook::parse(text.as_bytes(), Path::new("codebook.toml")).unwrap()
}

#[test]
fn a_kept_theme_has_the_passages_too_that_the_run_in_between_did_not_have() {
    let old = found();
    let first = old.summary.sections[0].themes[0].id.clone();
    let mut fewer = old.clone();
    fewer.units.retain(|row| row.participant != "hospital_08");
    keep_ids(&mut fewer, old.clone(), &named(&first));
    let absent = &fewer.summary.lineage.as_ref().unwrap().absent;
    assert_eq!(absent.iter().find(|absent| absent.theme == first).unwrap().units.len(), 2);
    let mut new = in_pieces(&old);
    keep_ids(&mut new, fewer, &named(&first));
    adds_up(&new);
    let kept = new.summary.theme(&first).unwrap();
    assert_eq!(kept.kept, Some(Kept { had: 15, has: 15, joined: 2, recurred: 0 }));
    assert!(new.summary.lineage.unwrap().absent.is_empty());
}

#[test]
fn a_kept_theme_tells_that_one_whose_place_it_took_recurred() {
    let old = found();
    let [first, other] = [0, 6].map(|at| old.summary.sections[0].themes[at].id.clone());
    let mut new = in_pieces(&old);
    let piece = new.summary.sections[0].themes.iter_mut().find(|theme| theme.id == "T22").unwrap();
    piece.recurring = Some("R3".into());
    new.summary.recurring.push(RecurringSummary {
        id: "R3".into(),
        themes: vec!["T22".into(), other],
        links: Vec::new(),
        ..old.summary.recurring[0].clone()
    });
    keep_ids(&mut new, old, &named(&first));
    assert!(new.summary.recurring.iter().all(|recurring| recurring.id != "R3"));
    let kept = new.summary.theme(&first).unwrap();
    assert_eq!(kept.kept, Some(Kept { had: 15, has: 15, joined: 2, recurred: 1 }));
    let told = kept.why_unmeasured().unwrap();
    assert!(told.ends_with("; 1 theme that it took the place of recurred in other questions"), "{told}");
}

#[test]
fn a_theme_whose_passages_are_gone_is_not_kept() {
    let old = found();
    let first = old.summary.sections[0].themes[0].id.clone();
    let mut new = in_pieces(&old);
    let gone: Vec<String> = old.units.iter().filter(|row| row.is_in(&first)).map(|row| row.id.clone()).collect();
    new.units.retain(|row| !gone.contains(&row.id));
    let text = format!("[theme.\"{first}\"]\nname = \"Mine\"\n");
    let codebook = Codebook::parse(text.as_bytes(), Path::new("codebook.toml")).unwrap();
    keep_ids(&mut new, old, &codebook);
    apply_edits(&mut new, &codebook);
    let edit = &new.summary.manifest.edits[0];
    assert!(!edit.applied && edit.reason.as_deref().unwrap().contains("is not found in this run"), "{edit:?}");
}

/// A code, as far as it matters here.
fn given() -> Option<GivenCode> {
    let code = serde_json::json!({ "code": "swaps", "name": "Swaps", "examples": 0, "threshold": 1.0 });
    serde_json::from_value(code).unwrap()
}

#[test]
fn a_kept_theme_leaves_passages_their_codes_and_what_people_coded_alone() {
    let mut old = found();
    old.summary.sections[0].themes[1].code = given();
    let [first, code] = [0, 1].map(|at| old.summary.sections[0].themes[at].id.clone());
    let rows_of = |theme: &str| -> Vec<usize> {
        (0..old.units.len()).filter(|&row| old.units[row].theme.as_deref() == Some(theme)).collect()
    };
    let (own, coded) = (rows_of(&first), rows_of(&code));
    let mut new = in_pieces(&old);
    new.summary.sections[0].themes.push(Theme { id: "T23".into(), ..Theme::named("Found T23".into()) });
    own[8..10].iter().for_each(|&row| new.units[row].theme = Some("T23".into()));
    new.units[own[10]].strength = None;
    for (row, theme) in [(coded[0], "T22"), (coded[1], "T23")] {
        new.units[row].also.push(AlsoIn { theme: theme.into(), strength: Some(0.4) });
    }
    super::recount::recount_touched(&mut new, &BTreeSet::from([code.clone(), "T22".into(), "T23".into()]));
    keep_ids(&mut new, old.clone(), &named(&first));
    adds_up(&new);
    let kept = new.summary.theme(&first).unwrap();
    assert_eq!(kept.kept, Some(Kept { had: 15, has: 14, joined: 3, recurred: 0 }));
    let themes = |row: usize| new.units[row].themes().collect::<Vec<_>>();
    assert_eq!(themes(own[10]), [&code], "people coded it");
    assert_eq!((themes(own[11]), themes(coded[0])), (vec![code.as_str(), &first], vec![code.as_str(), &first]));
    assert_eq!(new.units[own[11]].also[0].strength, old.units[own[11]].strength);
    assert_eq!(themes(coded[1]), [&code], "nobody is left in T23");
    let of_code = new.units.iter().filter(|row| row.theme.as_ref() == Some(&code));
    let of_code: BTreeSet<&str> = of_code.map(|row| row.id.as_str()).collect();
    let is_of_code = |quote: &Quote| of_code.contains(quote.unit.as_str());
    assert!(!kept.quotes.is_empty() && !kept.quotes.iter().any(is_of_code));
}

#[test]
fn a_theme_is_described_with_how_many_passages_have_a_code_too_as_it_was_found() {
    let mut analysis = found();
    analysis.summary.sections[0].themes[1].code = given();
    let [first, code] = [0, 1].map(|at| analysis.summary.sections[0].themes[at].id.clone());
    let line = |analysis: &Analysis| described(analysis).swap_remove(0).lines.swap_remove(1);
    assert!(line(&analysis).ends_with("mentions"), "{}", line(&analysis));
    let row = analysis.units.iter_mut().find(|row| row.theme.as_ref() == Some(&code)).unwrap();
    row.also.push(AlsoIn { theme: first.clone(), strength: Some(0.4) });
    let unit = row.id.clone();
    assert!(line(&analysis).ends_with("mentions, of them 1 has a code, too"), "{}", line(&analysis));
    let text = format!("[[not]]\nunit = \"{unit}\"\ntheme = \"{first}\"\n");
    apply_edits(&mut analysis, &Codebook::parse(text.as_bytes(), Path::new("codebook.toml")).unwrap());
    assert!(analysis.with_code_too().is_empty());
    assert!(line(&analysis).ends_with("mentions, of them 1 has a code, too"), "{}", line(&analysis));
}

/// Edits of every kind; numbers are taken modulo what there is.
fn actions(analysis: &Analysis, numbers: &[(u8, u16, u16)]) -> Codebook {
    let summary = &analysis.summary;
    let units: Vec<&str> = analysis.units.iter().map(|unit| unit.id.as_str()).collect();
    let themes: Vec<&str> = summary.themes().map(|theme| theme.id.as_str()).chain(["N1", "N2", "Q99.9"]).collect();
    let sections: Vec<&str> = summary.sections.iter().map(|section| section.id.as_str()).collect();
    let recurring: Vec<&str> = summary.recurring.iter().map(|recurring| recurring.id.as_str()).chain(["R99"]).collect();
    let pick = |among: &[&str], number: u16| among[usize::from(number) % among.len()].to_owned();
    let some = |number: u16| (0..6).map(|step| pick(&units, number.wrapping_add(step * 17))).collect::<Vec<_>>();
    let edits = numbers.iter().enumerate().map(|(line, &(kind, a, b))| {
        let (unit, theme, other) = (pick(&units, a), pick(&themes, b), pick(&themes, a));
        let id = format!("N{}", line % 2 + 1);
        let action = match kind % 15 {
            0 => Action::New { id, question: pick(&sections, b), name: "n".into(), description: None, units: some(a) },
            1 => Action::Divide { theme, id, name: "d".into(), units: some(a) },
            2 => Action::Move { unit, to: (b % 5 > 0).then_some(theme) },
            3 | 4 => Action::Also { unit, theme },
            5 | 6 => Action::Not { theme: themes_of(analysis, &unit).pop().unwrap_or(theme), unit },
            // Into one that stands before it: the file's reader refuses circles.
            7 if theme < other => Action::Merge { theme: other, into: theme },
            8 => Action::Split { theme, name: "p".into(), units: some(a) },
            9 => Action::Memo { theme, text: "m".into() },
            10 => Action::PassageMemo { unit, text: "m".into() },
            11 => Action::JoinRecurring {
                recurring: pick(&recurring, a),
                themes: vec![theme, other, pick(&themes, a + b)],
            },
            12 if pick(&recurring, a) < pick(&recurring, b) => {
                Action::MergeRecurring { recurring: pick(&recurring, b), into: pick(&recurring, a) }
            }
            13 => Action::NameRecurring { recurring: pick(&recurring, a), name: "r".into() },
            14 => Action::Category { name: "c".into(), description: None, themes: vec![theme, pick(&recurring, a)] },
            _ => Action::Pin { theme, unit },
        };
        Edit { line: line + 1, action }
    });
    Codebook { edits: edits.collect() }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    /// Whatever is edited adds up, and without edits the analysis is as it was found.
    #[test]
    fn any_edits_add_up_and_are_taken_back(
        numbers in prop::collection::vec((any::<u8>(), any::<u16>().prop_map(|n| n / 2), any::<u16>().prop_map(|n| n / 2)), 1..14)
    ) {
        let analysis = found();
        let codebook = actions(&analysis, &numbers);
        let mut edited = analysis.clone();
        apply_edits(&mut edited, &codebook);
        adds_up(&edited);
        prop_assert_eq!(edited.summary.manifest.edits.len(), codebook.edits.len());
        let once = edited.clone();
        apply_edits(&mut edited, &codebook);
        prop_assert!(edited == once, "twice is once");
        apply_edits(&mut edited, &Codebook::default());
        prop_assert!(edited == analysis);
    }
}

#[test]
fn a_theme_without_keywords_has_no_line_for_them() {
    let mut analysis = found();
    let lines = |analysis: &Analysis| described(analysis).swap_remove(0).lines.join("\n");
    assert!(lines(&analysis).contains("\nkeywords: "), "{}", lines(&analysis));
    analysis.summary.sections[0].themes[0].keywords.clear();
    assert!(!lines(&analysis).contains("keywords"), "{}", lines(&analysis));
}
