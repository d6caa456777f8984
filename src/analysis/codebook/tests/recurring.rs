//! Recurring themes: what edits of them change, what other edits take from them, and that they are found again.

use super::*;

#[test]
fn recurring_themes_are_named_joined_merged_and_hidden() {
    let analysis = found();
    let recurring = &analysis.summary.recurring;
    assert!(recurring.len() > 1, "the fixture has {}", recurring.len());
    let [one, other] = [&recurring[0], &recurring[1]];
    let text = format!(
        "[recurring.\"{}\"]\nname = \"Mine\"\nhide = true\n[recurring.\"{}\"]\nmerge_into = \"{}\"\n\
         [recurring.\"R99\"]\nname = \"Nobody's\"\n[category.\"Both\"]\nthemes = [\"{}\"]\n",
        one.id, other.id, one.id, other.id
    );
    let after = edited(&analysis, &text);
    let merged = &after.summary.recurring[0];
    assert_eq!(
        (merged.label.as_str(), merged.hidden, merged.merged.as_slice()),
        ("Mine", true, &[other.id.clone()][..])
    );
    assert_eq!(merged.edited, ["merge", "name", "hide"]);
    let all: BTreeSet<&String> = one.themes.iter().chain(&other.themes).collect();
    assert_eq!(merged.themes.iter().collect::<BTreeSet<_>>(), all);
    assert!(all.iter().all(|id| after.summary.theme(id).unwrap().recurring.as_ref() == Some(&one.id)));
    assert_eq!(reasons(&after)[3], (false, "no recurring theme has the id R99".to_owned()));
    assert_eq!(reasons(&after)[4], (false, "R2: the recurring theme R2 is merged into R1".to_owned()));
    // Other themes in place of those found.
    let free = analysis.summary.themes().find(|theme| theme.recurring.is_none()).unwrap();
    let text = format!("[recurring.\"{}\"]\nthemes = [\"{}\", \"{}\", \"Q77.1\"]\n", one.id, one.themes[0], free.id);
    let after = edited(&analysis, &text);
    let joined = after.summary.recurring.iter().find(|found| found.id == one.id).unwrap();
    assert_eq!(joined.themes.iter().collect::<BTreeSet<_>>(), BTreeSet::from([&one.themes[0], &free.id]));
    assert_eq!(reasons(&after), [(true, "Q77.1: no theme has the id Q77.1".to_owned())]);
}

#[test]
fn an_edit_that_takes_another_recurring_theme_apart_says_so() {
    let analysis = found();
    let [one, other] = [0, 1].map(|at| analysis.summary.recurring[at].themes.clone());
    let free = analysis.summary.themes().find(|theme| theme.recurring.is_none()).unwrap().id.clone();
    let joins = |id: &str, a: &str, b: &str| format!("[recurring.{id}]\nthemes = [\"{a}\", \"{b}\"]\n");
    let merge = |from: &str, into: &str| format!("[theme.\"{from}\"]\nmerge_into = \"{into}\"\n");
    let gone = (true, format!("the recurring theme R2 (Found R2) is gone with it, and {} is in none", other[1]));
    let silent = (true, String::new());
    let after = |text: &str| reasons(&edited(&analysis, text));
    assert_eq!(after(&joins("R1", &one[0], &other[0])), std::slice::from_ref(&gone));
    assert_eq!(after(&merge(&other[0], &one[0])), std::slice::from_ref(&gone));
    let own = analysis.units.iter().filter(|unit| unit.theme.as_ref() == Some(&other[0]));
    let moves: String = own.map(|unit| format!("[[move]]\nunit = \"{}\"\nto = \"unclustered\"\n", unit.id)).collect();
    let moved = after(&moves);
    assert_eq!((moved.last(), moved.iter().filter(|it| **it == silent).count()), (Some(&gone), moved.len() - 1));
    // Nothing is taken apart, or the other one's own edit says what it joins.
    assert_eq!(after(&joins("R1", &one[0], &free)), std::slice::from_ref(&silent));
    assert_eq!(after(&merge(&other[0], &free)), std::slice::from_ref(&silent));
    let both = joins("R1", &one[0], &other[0]) + &joins("R2", &other[1], &free);
    assert_eq!(after(&both), [silent.clone(), silent]);
}

#[test]
fn an_edit_that_takes_a_theme_out_of_a_recurring_theme_that_stays_says_so() {
    let mut analysis = found();
    let [one, other] = [0, 1].map(|at| analysis.summary.recurring[at].themes.clone());
    let free = analysis.summary.themes().find(|theme| theme.recurring.is_none()).unwrap().id.clone();
    analysis.summary.recurring[1].themes.push(free.clone());
    for theme in analysis.summary.sections.iter_mut().flat_map(|section| &mut section.themes) {
        if theme.id == free {
            theme.recurring = Some("R2".into());
        }
    }
    let text = format!("[recurring.R1]\nthemes = [\"{}\", \"{}\"]\n", one[0], other[0]);
    let told = format!("{} is no longer in R2 (Found R2)", other[0]);
    assert_eq!(reasons(&edited(&analysis, &text)), [(true, told)]);
}

#[test]
fn a_recurring_theme_is_not_called_after_a_theme_that_is_hidden() {
    let mut analysis = found();
    let [hidden, other] = [0, 1].map(|at| analysis.summary.recurring[0].themes[at].clone());
    let words = |theme: &str| {
        let unit = analysis.units.iter().find(|unit| unit.is_in(theme)).unwrap();
        let Quote { unit, study, participant, answer, text, position, .. } = counting::quote(unit);
        Headline { unit, study, participant, answer, text, position }
    };
    let of = [words(&hidden), words(&other)];
    for theme in analysis.summary.sections.iter_mut().flat_map(|section| &mut section.themes) {
        theme.headline = [&hidden, &other].iter().position(|id| **id == theme.id).map(|at| of[at].clone());
    }
    let one = &mut analysis.summary.recurring[0];
    (one.headline, one.label) = (Some(of[0].clone()), of[0].label());
    let after = |text: &str| edited(&analysis, text).summary.recurring[0].clone();
    let hide = |theme: &str| format!("[theme.\"{theme}\"]\nhide = true\n");
    let now = after(&hide(&hidden));
    assert_eq!((now.headline.as_ref(), now.label), (Some(&of[1]), of[1].label()));
    // With both hidden nothing that either says is shown.
    let now = after(&(hide(&hidden) + &hide(&other)));
    assert_eq!((now.headline, now.label.as_str()), (None, "R1"));
    // Another one of its themes hidden changes nothing, and a name that the researcher gave stands.
    assert_eq!(after(&hide(&other)).label, of[0].label());
    assert_eq!(after(&(hide(&hidden) + "[recurring.\"R1\"]\nname = \"Mine\"\n")).label, "Mine");
}

#[test]
fn edited_recurring_themes_are_found_again_by_what_they_join() {
    let old = found();
    let codebook = |id: &str| {
        let text = format!("[recurring.\"{id}\"]\nname = \"Mine\"\n");
        Codebook::parse(text.as_bytes(), Path::new("codebook.toml")).unwrap()
    };
    let last = old.summary.recurring.last().unwrap().clone();
    // The same themes, found in another order.
    let mut new = old.clone();
    new.summary.recurring.reverse();
    for (at, recurring) in new.summary.recurring.iter_mut().enumerate() {
        recurring.id = format!("R{}", at + 1);
        for theme in new.summary.sections.iter_mut().flat_map(|section| &mut section.themes) {
            if recurring.themes.contains(&theme.id) {
                theme.recurring = Some(recurring.id.clone());
            }
        }
    }
    let reversed = new.clone();
    keep_ids(&mut new, old.clone(), &codebook(&last.id));
    assert_eq!((&new.summary.recurring[0].id, &new.summary.recurring[0].themes), (&last.id, &last.themes));
    assert_eq!(new.summary.theme(&last.themes[0]).unwrap().recurring.as_ref(), Some(&last.id));
    let ids: BTreeSet<&String> = new.summary.recurring.iter().map(|recurring| &recurring.id).collect();
    assert_eq!(ids.len(), new.summary.recurring.len(), "no number twice");
    // Without edits the numbers are those of the order.
    let mut plain = reversed.clone();
    keep_ids(&mut plain, old.clone(), &Codebook::default());
    assert!(plain.summary.recurring == reversed.summary.recurring && plain.summary.lineage.is_none());
    // Gone: the number goes to no other, and the name waits.
    let mut gone = reversed.clone();
    gone.summary.recurring.remove(0);
    keep_ids(&mut gone, old.clone(), &codebook(&last.id));
    assert!(gone.summary.recurring.iter().all(|recurring| recurring.id != last.id));
    apply_edits(&mut gone, &codebook(&last.id));
    let reason = gone.summary.manifest.edits[0].reason.clone().unwrap();
    assert!(reason.contains("is not found in this run"), "{reason}");
    // And back.
    let mut again = reversed;
    keep_ids(&mut again, gone, &codebook(&last.id));
    assert_eq!((&again.summary.recurring[0].id, &again.summary.recurring[0].themes), (&last.id, &last.themes));
}
