//! Edits on passages that have another id in the next run: the fixture, in which an interview has one answer more,
//! or none of its own.

use super::*;

/// The codebook that edits a passage in every way, and the file with it.
fn edits(unit: &str, pinned: &str, theme: &str) -> Codebook {
    let text = format!(
        "[theme.\"{theme}\"]\npin = [\"{pinned}\"]\n[[move]]\nunit = \"{unit}\"\nto = \"unclustered\"\n[[memo]]\nunit = \
         \"{unit}\"\ntext = \"about the sister\"\n"
    );
    Codebook::parse(text.as_bytes(), Path::new("codebook.toml")).unwrap()
}

/// `study/participant` of a unit.
fn who(unit: &UnitRow) -> &str {
    unit.id.rsplit_once('#').unwrap().0
}

/// Ids of the two passages of one theme that have others behind them in their interviews, and the theme.
fn two_of_a_theme(found: &Analysis) -> (String, String, String) {
    let themes = found.summary.themes().map(|theme| theme.id.clone());
    let last = |unit: &UnitRow| found.units.iter().rfind(|other| who(other) == who(unit)).unwrap().answer;
    for theme in themes {
        let own = |unit: &&UnitRow| unit.theme.as_ref() == Some(&theme) && unit.answer > 1 && unit.answer < last(unit);
        let own: Vec<&UnitRow> = found.units.iter().filter(own).collect();
        if let Some(other) = own.iter().find(|unit| who(unit) != who(own[0])) {
            return (own[0].id.clone(), other.id.clone(), theme);
        }
    }
    panic!("the fixture has such passages");
}

/// One answer more after the first of an interview: those behind it have the next number.
fn with_one_more(found: &Analysis, interview: &str) -> Analysis {
    let mut new = found.clone();
    for unit in new.units.iter_mut().filter(|unit| who(unit) == interview && unit.answer > 1) {
        let part = unit.id.rsplit_once('#').unwrap().1.split_once('.').map(|(_, part)| format!(".{part}"));
        unit.answer += 1;
        unit.id = format!("{interview}#{}{}", unit.answer, part.unwrap_or_default());
    }
    for theme in new.summary.sections.iter_mut().flat_map(|section| &mut section.themes) {
        theme.headline = None;
    }
    new
}

fn id_of(analysis: &Analysis, text: &str) -> String {
    analysis.units.iter().find(|unit| unit.text == text).unwrap().id.clone()
}

#[test]
fn edits_follow_the_words_of_their_passages() {
    let found = found();
    let (unit, pinned, theme) = two_of_a_theme(&found);
    let text = |id: &str| found.units.iter().find(|row| row.id == id).unwrap().text.clone();
    let mut edited = found.clone();
    let codebook = edits(&unit, &pinned, &theme);
    apply_edits(&mut edited, &codebook);
    let interview = unit.rsplit_once('#').unwrap().0;
    let mut new = with_one_more(&found, interview);
    let renamed = keep_ids(&mut new, edited, &codebook);
    let now = id_of(&new, &text(&unit));
    assert!(now != unit && renamed.now(&unit) == now && renamed.now(&pinned) == pinned);
    assert_eq!(renamed.found_again(&codebook), [(unit.as_str(), now.as_str())]);
    apply_edits(&mut new, &codebook.renamed(&renamed));
    assert!(new.summary.manifest.edits.iter().all(|edit| edit.applied), "{:?}", new.summary.manifest.edits);
    let moved: Vec<&str> = new.units.iter().filter(|row| row.moved_from.is_some()).map(|row| row.id.as_str()).collect();
    assert_eq!(moved, [now.as_str()]);
    assert_eq!(new.summary.memos.iter().map(|memo| memo.unit.as_str()).collect::<Vec<_>>(), [now.as_str()]);
    assert_eq!(lineage_id(&new), lineage_id(&found), "it is of the same line");
}

#[test]
fn an_edit_whose_passage_says_something_else_now_is_kept_and_comes_back_with_its_words() {
    let found = found();
    let (unit, pinned, theme) = two_of_a_theme(&found);
    let codebook = edits(&unit, &pinned, &theme);
    let mut new = found.clone();
    let row = new.units.iter_mut().find(|row| row.id == unit).unwrap();
    let words = std::mem::replace(&mut row.text, "Not a word of it is left".into());
    let renamed = keep_ids(&mut new, found.clone(), &codebook);
    let waiting = codebook.renamed(&renamed);
    assert!(renamed.now(&unit).starts_with(&unit.replace('.', "-")) && renamed.found_again(&codebook).is_empty());
    apply_edits(&mut new, &waiting);
    let told: Vec<&EditRecord> = new.summary.manifest.edits.iter().filter(|edit| !edit.applied).collect();
    assert!(told.len() == 2 && told.iter().all(|edit| edit.reason.as_ref().unwrap().contains(&unit)), "{told:?}");
    assert!(new.units.iter().all(|row| row.moved_from.is_none()) && new.summary.memos.is_empty());
    let mut back = found.clone();
    let renamed = keep_ids(&mut back, new, &waiting);
    assert!(waiting.renamed(&renamed) == codebook, "{renamed:?}");
    assert_eq!(id_of(&back, &words), unit);
}

#[test]
fn a_theme_of_people_without_ids_goes_with_their_words() {
    let mut old = found();
    let call = |analysis: &mut Analysis, first: usize| {
        let mut rows: Vec<String> = Vec::new();
        for unit in &mut analysis.units {
            let own = who(unit).to_owned();
            let at = rows.iter().position(|row| *row == own).unwrap_or_else(|| {
                rows.push(own);
                rows.len() - 1
            });
            let participant = format!("row {}", first + at);
            let number = unit.id.rsplit_once('#').unwrap().1.to_owned();
            unit.id = format!("{}/{participant}#{number}", unit.study);
            unit.participant = participant;
        }
        let unnamed = analysis.summary.sections.iter_mut().flat_map(|section| &mut section.themes);
        unnamed.for_each(|theme| theme.headline = None);
    };
    let mut new = old.clone();
    call(&mut old, 2);
    call(&mut new, 3);
    let placed = |analysis: &Analysis| -> BTreeSet<(String, Option<String>)> {
        analysis.units.iter().map(|unit| (unit.text.clone(), unit.theme.clone())).collect()
    };
    let before = placed(&new);
    keep_ids(&mut new, old.clone(), &Codebook::default());
    assert_eq!(placed(&new), before, "each theme has the number of its people's");
    let matched = new.summary.lineage.as_ref().map(|lineage| lineage.matched.clone()).unwrap_or_default();
    assert!(matched.iter().all(|theme| theme.jaccard == 1.0), "{matched:?}");
}

#[test]
fn a_theme_that_is_kept_where_there_are_too_few_passages_is_told_like_any_other() {
    let found = found();
    let theme = found.summary.themes().next().unwrap().id.clone();
    let section = |analysis: &Analysis| {
        let mut sections = analysis.summary.sections.iter();
        sections.position(|section| section.themes.iter().any(|own| own.id == theme)).unwrap()
    };
    let place = section(&found);
    let mut new = found.clone();
    let section = &mut new.summary.sections[place];
    section.themes.clear();
    section.isolated.clear();
    section.no_themes_because = Some("too few answers".into());
    let id = Some(section.id.clone());
    for unit in new.units.iter_mut().filter(|unit| unit.section == id && unit.theme.is_some()) {
        (unit.theme, unit.sub_theme, unit.strength, unit.status) = (None, None, None, Status::Unclustered);
    }
    let name = format!("[theme.\"{theme}\"]\nname = \"Mine\"\n");
    let codebook = Codebook::parse(name.as_bytes(), Path::new("codebook.toml")).unwrap();
    let mut without = new.clone();
    keep_ids(&mut without, found.clone(), &Codebook::default());
    assert_eq!(without.summary.sections[place].no_themes_because.as_deref(), Some("too few answers"));
    keep_ids(&mut new, found.clone(), &codebook);
    let section = &new.summary.sections[place];
    assert!(section.no_themes_because.is_none() && section.themes.len() == 1 && section.themes[0].kept.is_some());
}

#[test]
fn the_file_tells_counts_as_found_and_with_edits_where_they_are_others() {
    let mut analysis = found();
    let [one, other] = [0, 1].map(|at| analysis.summary.sections[0].themes[at].id.clone());
    let line = |analysis: &Analysis, id: &str| {
        let theme = described(analysis).into_iter().find(|theme| theme.id == id).unwrap();
        theme.lines[1].clone()
    };
    let before = [line(&analysis, &one), line(&analysis, &other)];
    assert!(before.iter().all(|line| !line.contains("edits")), "{before:?}");
    let text = format!("[theme.\"{other}\"]\nmerge_into = \"{one}\"\n");
    apply_edits(&mut analysis, &Codebook::parse(text.as_bytes(), Path::new("codebook.toml")).unwrap());
    let merged = analysis.summary.theme(&one).unwrap();
    let (people, mentions) = (merged.prevalence, merged.mentions);
    let now = format!("; with your edits {} of {}, {mentions} mentions", people.participants, people.asked);
    assert_eq!(line(&analysis, &one), before[0].clone() + &now);
    assert_eq!(line(&analysis, &other), format!("{}; with your edits in {one}", before[1]));
}

#[test]
fn a_name_with_a_line_break_is_told() {
    let analysis = found();
    let theme = analysis.summary.themes().next().unwrap().id.clone();
    let told = |name: &str| {
        let after = edited(&analysis, &format!("[theme.\"{theme}\"]\nname = \"{name}\"\n"));
        after.summary.manifest.edits[0].reason.clone()
    };
    assert_eq!(told("Two words"), None);
    assert!(told("Two\\nlines").unwrap().contains("line breaks"));
}
