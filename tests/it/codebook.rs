//! The researcher's edits, from the file to every output, and through re-runs.

use crate::common;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::common::{interviews, leitmotif, leitmotif_cached, project, samples};
use crate::exports::refi;
use assert_cmd::Command;
use leitmotif::analysis::codebook::Codebook;
use leitmotif::analysis::{Analysis, EditRecord, SectionSummary, Status, Theme, UnitRow, apply_edits, load};
use leitmotif::theme::prevalence::Prevalence;

struct Study {
    _folder: tempfile::TempDir,
    saved: PathBuf,
}

impl Study {
    fn new() -> Self {
        let study = Self::empty();
        study.themes(&samples()).assert().success();
        study
    }

    fn empty() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let saved = folder.path().join("a");
        Self { _folder: folder, saved }
    }

    fn themes(&self, inputs: &[PathBuf]) -> Command {
        let mut command = leitmotif_cached("themes");
        command.args(inputs).arg("-o").arg(&self.saved).arg("--force");
        command
    }

    fn codebook(&self, what: &str) -> Command {
        let mut command = leitmotif();
        command.arg("codebook").arg(&self.saved).arg(what);
        command
    }

    fn file(&self) -> PathBuf {
        self.saved.join("codebook.toml")
    }

    fn text(&self) -> String {
        fs::read_to_string(self.file()).unwrap()
    }

    /// Writes `lines` below the heading of a theme.
    fn edit(&self, theme: &str, lines: &str) {
        let heading = format!("[theme.\"{theme}\"]\n");
        let text = self.text();
        assert!(text.contains(&heading), "{theme} is in the file");
        fs::write(self.file(), text.replace(&heading, &format!("{heading}{lines}\n"))).unwrap();
    }

    fn add(&self, lines: &str) {
        fs::write(self.file(), format!("{}\n{lines}\n", self.text())).unwrap();
    }

    fn analysis(&self) -> Analysis {
        load(&self.saved).unwrap()
    }
}

fn members<'a>(analysis: &'a Analysis, theme: &str) -> Vec<&'a UnitRow> {
    analysis.units.iter().filter(|unit| unit.theme.as_deref() == Some(theme)).collect()
}

fn people<'a>(units: &[&'a UnitRow]) -> BTreeSet<(&'a str, &'a str)> {
    units.iter().map(|unit| (unit.study.as_str(), unit.participant.as_str())).collect()
}

fn theme<'a>(analysis: &'a Analysis, id: &str) -> &'a Theme {
    analysis.summary.theme(id).unwrap_or_else(|| panic!("no theme {id}"))
}

fn record<'a>(analysis: &'a Analysis, edit: &str, target: &str) -> &'a EditRecord {
    let edits = &analysis.summary.manifest.edits;
    edits.iter().find(|record| record.edit == edit && record.target == target).unwrap()
}

fn printed(command: &mut Command) -> String {
    String::from_utf8(command.output().unwrap().stdout).unwrap()
}

#[test]
fn the_file_has_every_theme_and_changes_nothing_by_itself() {
    let study = Study::new();
    let before = study.analysis();
    let text = study.text();
    for theme in before.summary.themes() {
        assert!(text.contains(&format!("#: {} {}\n", theme.id, theme.label)), "{}", theme.id);
    }
    let bytes = || fs::read(study.saved.join("analysis.json")).unwrap();
    let first = bytes();
    assert!(printed(&mut study.codebook("--check")).contains("0 of 0 edits would be applied"));
    study.codebook("--apply").assert().success();
    assert!(bytes() == first && study.text() == text, "--apply without edits changes no byte");
    study.themes(&samples()).assert().success();
    assert!(bytes() == first && study.text() == text, "nor does the same run again");
}

#[test]
fn a_name_and_a_description_show_in_every_output() {
    let study = Study::new();
    study.edit("Q2.1", "name = \"Fewer phone calls\"\ndescription = \"Asked by telephone before.\"");
    let output = study.codebook("--apply").output().unwrap();
    assert!(output.status.success());
    let analysis = study.analysis();
    let named = theme(&analysis, "Q2.1");
    assert_eq!((named.label.as_str(), named.edited.join(" ")), ("Fewer phone calls", "name description".to_string()));
    assert!(record(&analysis, "name", "Q2.1").applied);
    let csv = printed(leitmotif().arg("export").arg(&study.saved).args(["--to", "csv"]));
    assert_eq!(csv.matches(",Q2.1,Fewer phone calls,").count(), named.mentions);
    let summary = printed(&mut study.themes(&samples()));
    for words in ["Q2.1 Fewer phone calls", "Asked by telephone before.", "edited by hand: name, description"] {
        assert!(summary.contains(words), "{words}");
    }
}

/// The numbers are counted from the rows here, as sets of people.
#[test]
fn merging_counts_participants_not_sums() {
    let study = Study::new();
    let before = study.analysis();
    let (one, other) = (theme(&before, "Q2.1").prevalence, theme(&before, "Q2.3").prevalence);
    let units: Vec<&UnitRow> = [members(&before, "Q2.1"), members(&before, "Q2.3")].concat();
    let voices = people(&units).len();
    assert!(voices < one.participants + other.participants, "some people voice both, or the test shows nothing");
    study.edit("Q2.3", "merge_into = \"Q2.1\"");
    let checked = printed(&mut study.codebook("--check"));
    assert!(checked.contains(&format!("{} → {voices} of {}", one.participants, one.asked)), "{checked}");
    assert!(study.analysis() == before, "--check changes nothing");
    study.codebook("--apply").assert().success();
    let after = study.analysis();
    let merged = theme(&after, "Q2.1");
    assert_eq!(merged.prevalence, Prevalence::new(voices, one.asked));
    assert_eq!((merged.mentions, merged.merged.join(" ")), (units.len(), "Q2.3".to_string()));
    assert_eq!(merged.by_study.iter().map(|study| study.mentions).sum::<usize>(), units.len());
    assert!(after.summary.theme("Q2.3").is_none() && members(&after, "Q2.3").is_empty());
    assert_eq!(after.summary.counts, before.summary.counts);
    let recurring = |analysis: &Analysis| -> Vec<String> {
        analysis.summary.recurring.iter().flat_map(|recurring| recurring.themes.clone()).collect()
    };
    assert!(!recurring(&after).contains(&"Q2.3".to_string()));
    leitmotif().arg("export").arg(&study.saved).args(["--to", "csv"]).assert().success();

    // Without its edits the analysis is what it was, bit by bit.
    let mut undone = after;
    apply_edits(&mut undone, &Codebook::default());
    assert!(undone == before);
}

#[test]
fn a_hidden_theme_is_counted_but_not_printed() {
    let study = Study::new();
    let before = study.analysis();
    // A recurring theme may be called as one of its themes is.
    let alone = before.summary.themes().find(|theme| theme.recurring.is_none() && theme.id.starts_with("Q2.")).unwrap();
    let (id, label) = (alone.id.as_str(), &alone.label);
    study.edit(id, "hide = true");
    let summary = printed(study.themes(&samples()).args(["--top", "0"]));
    let summary = summary.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(!summary.contains(label) && summary.contains("1 theme hidden, but counted."), "{summary}");
    let after = study.analysis();
    assert!(theme(&after, id).hidden && after.summary.counts == before.summary.counts);
    let csv = printed(leitmotif().arg("export").arg(&study.saved).args(["--to", "csv"]));
    assert!(csv.contains(&format!(",{id},")));
}

#[test]
fn pinned_quotes_come_first() {
    let study = Study::new();
    let before = study.analysis();
    let shown: BTreeSet<&str> = theme(&before, "Q2.1").quotes.iter().map(|quote| quote.unit.as_str()).collect();
    let units = members(&before, "Q2.1");
    let pin = &units.iter().find(|unit| !shown.contains(unit.id.as_str())).unwrap().id;
    let foreign = &members(&before, "Q2.2")[0].id;
    study.edit("Q2.1", &format!("pin = [\"{pin}\",\n  \"{foreign}\"]"));
    study.codebook("--apply").assert().code(1);
    let after = study.analysis();
    let quotes = &theme(&after, "Q2.1").quotes;
    assert!(quotes[0].unit == *pin && quotes[0].pinned && !quotes[1].pinned);
    let speakers: BTreeSet<_> = quotes.iter().map(|quote| (&quote.study, &quote.participant)).collect();
    assert_eq!(speakers.len(), quotes.len(), "one a participant");
    let edits = &after.summary.manifest.edits;
    assert_eq!(edits[1].reason.as_deref(), Some("the passage is in Q2.2"));
    assert_eq!((edits[0].line + 1, edits[0].applied, edits[1].applied), (edits[1].line, true, false));
    assert!(printed(&mut study.themes(&samples())).contains("· pinned\n"));
}

#[test]
fn moved_passages_are_counted_where_they_went() {
    let study = Study::new();
    let before = study.analysis();
    let units = members(&before, "Q2.1");
    let [out, away] = [&units[0].id, &units[1].id];
    study.add(&format!(
        "[[move]]\nunit = \"{out}\"\nto = \"Q2.2\"\n[[move]]\nunit = \"{away}\"\nto = \"unclustered\"\n\
         [[move]]\nunit = \"nobody/nowhere#1\"\nto = \"Q2.2\""
    ));
    study.codebook("--apply").assert().code(1);
    let after = study.analysis();
    for id in ["Q2.1", "Q2.2"] {
        let (found, units) = (theme(&after, id), members(&after, id));
        assert_eq!((found.mentions, found.prevalence.participants), (units.len(), people(&units).len()));
        assert!(found.quotes.iter().all(|quote| units.iter().any(|unit| unit.id == quote.unit)));
    }
    let row = |id: &str| after.units.iter().find(|unit| unit.id == id).unwrap();
    assert_eq!((row(out).theme.as_deref(), row(out).moved_from.as_deref()), (Some("Q2.2"), Some("Q2.1")));
    assert_eq!((row(away).status, row(away).moved_from.as_deref()), (Status::Unclustered, Some("Q2.1")));
    assert_eq!(after.summary.counts.unclustered, before.summary.counts.unclustered + 1);
    assert!(theme(&after, "Q2.2").edited == ["move"]);
    let untouched = |analysis: &Analysis| -> Vec<Theme> {
        let themes = analysis.summary.themes().filter(|theme| !theme.id.starts_with("Q2."));
        themes.cloned().map(|theme| Theme { recurring: None, ..theme }).collect()
    };
    assert!(untouched(&after) == untouched(&before));
    assert!(!record(&after, "move", "nobody/nowhere#1").applied);
    let csv = printed(leitmotif().arg("export").arg(&study.saved).args(["--to", "csv"]));
    assert!(csv.lines().next().unwrap().contains(",moved_from"));
    let mut undone = after;
    apply_edits(&mut undone, &Codebook::default());
    assert!(undone == before);
}

#[test]
fn a_split_makes_named_parts() {
    let study = Study::new();
    let before = study.analysis();
    let ids: Vec<&str> = members(&before, "Q2.1").iter().map(|unit| unit.id.as_str()).collect();
    study.edit(
        "Q2.1",
        &format!(
            "split = [\n{{ name = \"First\", units = {:?} }},\n{{ name = \"Rest\", units = {:?} }}]",
            &ids[..4],
            &ids[3..]
        ),
    );
    study.codebook("--apply").assert().success();
    let after = study.analysis();
    let split = theme(&after, "Q2.1");
    let parts: Vec<(&str, &str, usize)> =
        split.sub_themes.iter().map(|part| (part.id.as_str(), part.label.as_str(), part.mentions)).collect();
    assert_eq!(parts, [("Q2.1.1", "First", 4), ("Q2.1.2", "Rest", ids.len() - 4)]);
    assert_eq!(split.prevalence, theme(&before, "Q2.1").prevalence);
    let reason = after.summary.manifest.edits[1].reason.as_deref().unwrap();
    assert!(reason.starts_with("1 of "), "one passage was in the first part: {reason}");
}

/// The largest theme of each of two sections is named, two are merged, a passage is moved and one
/// pinned; then the study is run again in other ways.
#[test]
fn edits_survive_other_options_another_order_and_more_interviews() {
    let some = tempfile::tempdir().unwrap();
    let first = part_of_the_samples(some.path(), 20);
    let [hospital, homecare] = samples();
    let all = [homecare, hospital];
    let reruns: [(&[PathBuf], &[&str]); 5] = [
        (&all, &[]),
        (&all, &["--seed", "9"]),
        (&first, &["--granularity", "1.2"]),
        (&all, &["--granularity", "0.8"]),
        (&all, &["--min-words", "6"]),
    ];
    let study = Study::empty();
    study.themes(&first).assert().success();
    let before = study.analysis();
    let pin = members(&before, "Q2.1").last().unwrap().id.clone();
    let moved = members(&before, "Q2.2")[0].id.clone();
    study.edit("Q2.1", &format!("name = \"Mine\"\npin = [\"{pin}\"] # a comment of mine"));
    study.edit("Q3.2", "merge_into = \"Q3.1\"");
    study.add(&format!("[[move]]\nunit = \"{moved}\"\nto = \"Q2.1\""));
    for (inputs, options) in reruns {
        study.themes(inputs).args(options).assert().success();
        let after = study.analysis();
        let participants = after.summary.counts.participants;
        println!("{participants} participants, {options:?}: {:?}", after.summary.manifest.edits);
        assert!(after.summary.manifest.edits.iter().all(|edit| edit.applied && edit.matched.is_some()));
        let named = theme(&after, "Q2.1");
        assert!(named.label == "Mine" && named.quotes[0].unit == pin && named.quotes[0].pinned);
        assert!(members(&after, "Q2.1").iter().any(|unit| unit.id == moved));
        assert_eq!(theme(&after, "Q3.1").merged, ["Q3.2"]);
        let text = study.text();
        assert!(text.contains("name = \"Mine\"\n") && text.contains("# a comment of mine"));
        let ids: Vec<&String> = after.summary.themes().map(|theme| &theme.id).collect();
        assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "no id twice");
        let past = &after.summary.lineage.as_ref().unwrap().past;
        assert!(past.iter().all(|theme| !ids.contains(&&theme.id)), "no id is given to another theme");
    }
}

/// Only one of the two studies was asked one of the questions. Without that study the question, all themes that its
/// people alone voiced, and recurring themes are gone; with it they are there with ids, names and stability.
#[test]
fn a_question_that_drops_out_of_a_run_comes_back_with_its_ids_and_edits() {
    let study = Study::empty();
    let run = |inputs: &[PathBuf]| {
        let output = study.themes(inputs).args(["--stability", "4"]).output().unwrap();
        assert!(output.status.success());
        String::from_utf8(output.stderr).unwrap()
    };
    run(&samples());
    let before = study.analysis();
    let of_homecare =
        |section: &&SectionSummary| section.asked.iter().all(|study| (study.study == "homecare") == (study.asked > 0));
    let asked_one = before.summary.sections.iter().find(of_homecare).unwrap().id.clone();
    let alone = |theme: &&Theme| members(&before, &theme.id).iter().all(|unit| unit.study == "homecare");
    let ids: Vec<String> = before.summary.themes().filter(alone).map(|theme| theme.id.clone()).collect();
    assert!(ids.iter().any(|id| id.starts_with(&asked_one)) && ids.iter().any(|id| !id.starts_with(&asked_one)));
    ids.iter().for_each(|id| study.edit(id, &format!("name = \"Mine {id}\"")));
    let recurs = before.summary.recurring.iter().find(|found| found.themes.iter().any(|id| ids.contains(id))).unwrap();
    study.add(&format!("[recurring.\"{}\"]\nname = \"Again\"", recurs.id));

    let warnings = run(&samples()[..1]);
    assert!(warnings.contains("is not found in this run"), "{warnings}");
    let fewer = study.analysis();
    assert!(fewer.summary.sections.iter().all(|section| section.id != asked_one));
    assert!(fewer.summary.lineage.unwrap().past_sections.iter().any(|section| section.id == asked_one));

    let warnings = run(&samples());
    assert!(!warnings.contains("not applied") && !warnings.contains("not found"), "{warnings}");
    let after = study.analysis();
    let placed = |analysis: &Analysis| -> Vec<(String, Option<String>, Option<String>)> {
        analysis.units.iter().map(|unit| (unit.id.clone(), unit.section.clone(), unit.theme.clone())).collect()
    };
    assert_eq!(placed(&after), placed(&before));
    for earlier in before.summary.themes() {
        let again = theme(&after, &earlier.id);
        assert!(again.kept.is_none() && again.stability == earlier.stability, "{}", again.id);
        assert_eq!((&again.nearest, &again.quotes), (&earlier.nearest, &earlier.quotes));
        assert_eq!(again.edited.is_empty(), !ids.contains(&again.id), "{}", again.id);
    }
    let joined = |analysis: &Analysis| -> BTreeSet<Vec<String>> {
        analysis.summary.recurring.iter().map(|recurring| recurring.themes.clone()).collect()
    };
    assert_eq!(joined(&after), joined(&before));
    let again = after.summary.recurring.iter().find(|found| found.id == recurs.id).unwrap();
    assert_eq!((again.label.as_str(), &again.themes), ("Again", &recurs.themes));
}

/// A theme by hand, further themes, notes, a recurring theme and a category go through every output, and through runs
/// with other options and other interviews.
#[test]
fn the_researchers_hand_survives_re_runs() {
    let study = Study::new();
    let before = study.analysis();
    let own: Vec<String> = members(&before, "Q2.1").iter().map(|unit| unit.id.clone()).collect();
    let far = members(&before, "Q2.2")[0].id.clone();
    let recurring = before.summary.recurring.last().unwrap().clone();
    let units = [&own[0], &own[1], &own[2], &far];
    study.edit("Q2.2", "memo = \"Ask the wards again.\"");
    study.add(&format!(
        "[[new]]\nid = \"N1\"\nquestion = \"Q2\"\nname = \"Nobody asked us\"\ndescription = \"Mine.\"\nunits = {units:?}\n\
         [[also]]\nunit = \"{}\"\ntheme = \"N1\"\n[[memo]]\nunit = \"{}\"\ntext = \"Look at this\"\n\
         [recurring.\"{}\"]\nname = \"Again and again\"\n[category.\"Being heard\"]\nthemes = [\"N1\", \"Q2.2\", \"{}\"]\n\
         [category.\"As found\"]\nthemes = [\"{}\"]",
        own[3], own[0], recurring.id, recurring.id, recurring.id
    ));
    let checked = printed(&mut study.codebook("--check"));
    assert!(checked.contains("new of N1 → Nobody asked us: would apply"), "{checked}");
    assert!(
        checked.contains("7 of 7 edits would be applied") && checked.contains("N1 Nobody asked us: new, "),
        "{checked}"
    );
    assert!(study.analysis() == before, "--check changes nothing");
    study.codebook("--apply").assert().success();
    // What is applied is told to be, and changes nothing more.
    let checked = printed(&mut study.codebook("--check"));
    assert!(checked.contains("new of N1 → Nobody asked us: applied already"), "{checked}");
    assert!(checked.contains("7 of 7 edits applied already, 0 would be applied"), "{checked}");
    assert!(!checked.contains("would apply") && !checked.contains(": new, "), "{checked}");
    let after = study.analysis();
    let made = theme(&after, "N1");
    let voices: Vec<&UnitRow> = after.units.iter().filter(|unit| unit.themes().any(|id| id == "N1")).collect();
    assert_eq!((made.mentions, made.prevalence.participants), (5, people(&voices).len()));
    assert!(made.edited == ["new", "also"] && made.stability.is_none() && !made.keywords.is_empty());
    // Who was asked is counted from the rows as it was from the interviews.
    let as_found = after.summary.categories.iter().find(|category| category.name == "As found").unwrap();
    let named = after.summary.recurring.iter().find(|found| found.id == recurring.id).unwrap();
    assert_eq!((as_found.prevalence, &as_found.by_study), (named.prevalence, &named.by_study));
    assert_eq!(as_found.prevalence.asked, recurring.prevalence.asked);
    let exported = |format: &str| printed(leitmotif().arg("export").arg(&study.saved).args(["--to", format]));
    let (csv, themes, document) = (exported("csv"), exported("themes-csv"), exported("md"));
    assert!(csv.lines().next().unwrap().contains(",also,also_strengths,memo"), "{csv}");
    assert_eq!(csv.matches("Look at this").count(), 1);
    assert!(themes.lines().next().unwrap().ends_with(",category,memo"));
    assert_eq!(themes.matches("Being heard").count(), after.summary.categories[0].themes.len());
    assert!(themes.contains("not measured: made by hand"));
    for words in
        ["## Categories", "Being heard", "Note: Ask the wards again.", "## Notes on passages", "Nobody asked us"]
    {
        assert!(document.contains(words), "{words}: {document}");
    }
    assert!(!exported("quotes-csv").contains("Look at this"), "a note is no quote");
    for format in ["qdc", "codebook-csv", "json"] {
        assert!(exported(format).contains("Nobody asked us"), "{format}");
    }
    // In a project the category is a code with its themes below it, and what the researcher noted is a note.
    let project_file = study._folder.path().join("all.qdpx");
    leitmotif().arg("export").arg(&study.saved).args(["--to", "qdpx", "-o"]).arg(&project_file).assert().success();
    let coded = refi::Project::open(&fs::read(&project_file).unwrap());
    let position = |of: &str| coded.xml.find(of).unwrap_or_else(|| panic!("{of} is not there"));
    let category = position("name=\"Being heard\" isCodable=\"false\"");
    let below = position("<Code guid");
    assert!(below < category && category < position("name=\"N1 Nobody asked us\""), "the category opens the tree");
    assert!(position("name=\"N1 Nobody asked us\"") < position("name=\"Q1 "), "its themes stand below it");
    assert_eq!(coded.codes.values().filter(|(name, _)| name == "N1 Nobody asked us").count(), 1);
    for (words, note) in
        [("Look at this", format!("Memo on {}", own[0])), ("Ask the wards again.", "Memo on Q2.2".into())]
    {
        let at = position(&format!("<PlainTextContent>{words}</PlainTextContent>"));
        let name = coded.xml[..at].rfind(&format!("name=\"{note}\"")).expect("the note has its name");
        let id = coded.xml[..name].rfind("<Note guid=\"").map(|from| &coded.xml[from + 12..from + 48]).unwrap();
        assert!(coded.xml.contains(&format!("<NoteRef targetGUID=\"{id}\"/>")), "{words} is referred to");
    }
    let summary = printed(study.themes(&samples()).args(["--top", "0"]));
    for words in ["Categories", "Being heard", "note: Ask the wards again.", "stability: not measured: made by hand"] {
        assert!(summary.contains(words), "{words}: {summary}");
    }
    // Other options: the recurring theme is found again by what it joins, or reported.
    for options in [["--granularity", "0.8"], ["--seed", "9"]] {
        study.themes(&samples()).args(options).assert().success();
        let again = study.analysis();
        let made = theme(&again, "N1");
        assert!(made.label == "Nobody asked us" && made.mentions == 5, "{options:?}");
        let named = record(&again, "name", &recurring.id);
        let found = again.summary.recurring.iter().find(|found| found.id == recurring.id);
        assert_eq!(named.applied, found.is_some(), "{named:?}");
        if let Some(found) = found {
            assert!(found.label == "Again and again");
            assert!(found.themes.iter().any(|id| recurring.themes.contains(id)), "{options:?}");
        }
        assert!(again.summary.manifest.edits.iter().all(|edit| edit.applied || edit.reason.is_some()));
    }
    // Fewer interviews: the theme holds what is left, and says so.
    let some = tempfile::tempdir().unwrap();
    let output = study.themes(&part_of_the_samples(some.path(), 12)).output().unwrap();
    assert!(output.status.success());
    let warned = String::from_utf8(output.stderr).unwrap();
    let fewer = study.analysis();
    let left = units.iter().filter(|id| fewer.units.iter().any(|unit| unit.id == ***id)).count();
    let told = record(&fewer, "new", "N1");
    println!("{left} of 4 passages are left: {told:?}");
    assert_eq!(told.applied, left > 0);
    assert!(left == 4 || told.reason.as_ref().unwrap().contains("not in this run"), "{told:?}");
    assert_eq!(left > 0 && left < 4, warned.contains("`new` of N1 was applied in part: "), "{warned}");
    // All back, and without edits as if there had been none.
    study.themes(&samples()).assert().success();
    fs::write(study.file(), "").unwrap();
    study.codebook("--apply").assert().success();
    let back = study.analysis();
    assert!(back.summary.theme("N1").is_none() && back.summary.as_found.is_none());
    assert!(back.summary.categories.is_empty() && back.summary.memos.is_empty());
    // Themes that were lost on the way may have new numbers, but nothing is where the edits had put it.
    assert!(back.units.iter().all(|unit| unit.also.is_empty() && unit.moved_from.is_none()));
    assert!(back.summary.themes().all(|theme| theme.edited.is_empty() && theme.memo.is_none()));
}

/// The first `n` interviews of each study.
fn part_of_the_samples(folder: &Path, n: usize) -> [PathBuf; 2] {
    let [hospital, homecare] = [folder.join("hospital"), folder.join("homecare.csv")];
    fs::create_dir(&hospital).unwrap();
    for number in 1..=n {
        let name = format!("hospital_{number:02}.md");
        fs::copy(project("data/hospital").join(&name), hospital.join(&name)).unwrap();
    }
    let mut reader = csv::Reader::from_path(project("data/homecare.csv")).unwrap();
    let mut writer = csv::Writer::from_path(&homecare).unwrap();
    writer.write_record(reader.headers().unwrap()).unwrap();
    for record in reader.records().take(n) {
        writer.write_record(&record.unwrap()).unwrap();
    }
    writer.flush().unwrap();
    [hospital, homecare]
}

/// One interview has an answer more, after the greeting; then the answers are divided otherwise, and then all is as it
/// was. Edits go with the words of their passage, and one whose passage is not there waits.
#[test]
fn edits_go_with_the_words_of_their_passages_whatever_their_numbers() {
    let folder = tempfile::tempdir().unwrap();
    let inputs = part_of_the_samples(folder.path(), 30);
    let study = Study::empty();
    study.themes(&inputs).args(["--stability", "0"]).assert().success();
    let before = study.analysis();
    let later = |unit: &&&UnitRow| unit.id.starts_with("hospital/hospital_05#") && unit.answer > 1;
    let mut in_themes = before.summary.themes().flat_map(|theme| members(&before, &theme.id)).collect::<Vec<_>>();
    in_themes.sort_by_key(|unit| unit.answer);
    let unit = *in_themes.iter().find(later).unwrap();
    let edits = format!(
        "[[move]]\nunit = \"{0}\" # mine\nto = \"unclustered\"\n[[memo]]\nunit = \"{0}\"\ntext = \"About this.\"",
        unit.id
    );
    study.add(&edits);
    study.codebook("--apply").assert().success();
    let edited = study.text();
    let holds = |analysis: &Analysis| {
        let moved: Vec<&UnitRow> = analysis.units.iter().filter(|row| row.moved_from.is_some()).collect();
        let memos: Vec<&str> = analysis.summary.memos.iter().map(|memo| memo.unit.as_str()).collect();
        assert_eq!(moved.iter().map(|row| row.text.as_str()).collect::<Vec<_>>(), [unit.text.as_str()]);
        assert_eq!(memos, [moved[0].id.as_str()]);
        moved[0].id.clone()
    };
    assert_eq!(holds(&study.analysis()), unit.id);

    let interview = inputs[0].join("hospital_05.md");
    let text = fs::read_to_string(&interview).unwrap();
    let first = text.find("**Nurse:**").unwrap();
    let more = "**Nurse:** Before that, two years at the front desk of a swimming pool.\n\n**Interviewer:** And how do \
                you like it here?\n\n";
    fs::write(&interview, format!("{}{more}{}", &text[..first], &text[first..])).unwrap();
    let output = study.themes(&inputs).args(["--stability", "0"]).output().unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    let now = holds(&study.analysis());
    assert!(now != unit.id && told.contains(&format!("{} is {now}", unit.id)), "{told}");
    assert!(!told.contains("taken back") && study.text().contains(&format!("unit = \"{now}\" # mine")), "{told}");

    fs::write(&interview, text).unwrap();
    study.themes(&inputs).args(["--stability", "0"]).assert().success();
    assert_eq!(holds(&study.analysis()), unit.id);
    assert!(study.text().ends_with(&edited[edited.find("[[move]]").unwrap()..]), "the file is as it was");
}

/// A table of answers without ids, to which a row is added on top.
#[test]
fn themes_and_edits_of_people_without_ids_go_with_their_words() {
    let folder = tempfile::tempdir().unwrap();
    let table = folder.path().join("survey.csv");
    let mut reader = csv::Reader::from_path(project("data/homecare.csv")).unwrap();
    let texts: Vec<String> =
        reader.records().flat_map(|row| row.unwrap().iter().map(str::to_owned).collect::<Vec<_>>()).collect();
    let said = |text: &String| text.split_whitespace().count() > 6 && !text.contains(':');
    let sentences: Vec<String> = texts
        .iter()
        .flat_map(|text| text.split(['\n', '.', '?', '!']))
        .map(|sentence| sentence.trim().to_owned())
        .filter(said)
        .take(120)
        .collect();
    let write = |rows: &[String]| {
        let mut writer = csv::Writer::from_path(&table).unwrap();
        writer.write_record(["How do you plan your week?"]).unwrap();
        rows.iter().for_each(|row| writer.write_record([row]).unwrap());
        writer.flush().unwrap();
    };
    write(&sentences);
    let study = Study::empty();
    study.themes(std::slice::from_ref(&table)).args(["--stability", "0"]).assert().success();
    let before = study.analysis();
    let first = before.summary.themes().next().unwrap().id.clone();
    study.edit(&first, "name = \"Mine\"");
    write(&[vec!["I write it all on the back of an envelope in the van".to_owned()], sentences].concat());
    study.themes(&[table]).args(["--stability", "0"]).assert().success();
    let after = study.analysis();
    let words = |analysis: &Analysis| -> BTreeSet<String> {
        members(analysis, &first).iter().map(|unit| unit.text.clone()).collect()
    };
    let (then, now) = (words(&before), words(&after));
    let both = then.intersection(&now).count();
    assert!(2 * both > then.len(), "{both} of {} passages of the theme are in it again", then.len());
    assert_eq!(theme(&after, &first).label, "Mine");
}

/// Of 125 public interviews the first 75 are coded, then the other 50 join and everything drawn at random
/// is drawn anew. In each section the largest theme is named, given a passage of the second and a pinned
/// quote, and the third is merged into the second.
#[test]
fn edits_survive_fifty_more_interviews_and_another_seed() {
    let Some(all) = interviews("creatives_transcripts.csv") else { return };
    let some = tempfile::tempdir().unwrap();
    let first = some.path().join("creatives_transcripts.csv");
    let mut reader = csv::Reader::from_path(&all).unwrap();
    let mut writer = csv::Writer::from_path(&first).unwrap();
    writer.write_record(reader.headers().unwrap()).unwrap();
    reader.records().take(75).for_each(|record| writer.write_record(&record.unwrap()).unwrap());
    writer.flush().unwrap();
    let study = Study::empty();
    study.themes(&[first]).arg("--stability").arg("0").assert().success();
    let before = study.analysis();
    for section in before.summary.sections.iter().filter(|section| section.themes.len() > 3) {
        let [one, two, three] = [0, 1, 2].map(|place| section.themes[place].id.as_str());
        let pin = &members(&before, one).last().unwrap().id;
        study.edit(one, &format!("name = \"Mine {}\"\npin = [\"{pin}\"]", section.id));
        study.edit(three, &format!("merge_into = \"{two}\""));
        study.add(&format!("[[move]]\nunit = \"{}\"\nto = \"{one}\"", members(&before, two)[0].id));
    }
    study.themes(&[all]).args(["--seed", "3", "--stability", "0"]).assert().success();
    let after = study.analysis();
    let edits = &after.summary.manifest.edits;
    assert!(edits.len() >= 24, "{edits:?}");
    let lost: Vec<&EditRecord> = edits.iter().filter(|edit| !edit.applied).collect();
    let kept: Vec<&Theme> = after.summary.themes().filter(|theme| theme.kept.is_some()).collect();
    let edited = before.summary.sections.iter().filter(|section| section.themes.len() > 3).count() * 3;
    println!("of {edited} edited themes {} were not found again", kept.len());
    assert!(lost.is_empty(), "a theme that was edited is found again, or kept: {lost:#?}");
    for theme in kept {
        let told = theme.kept.as_ref().unwrap();
        assert!(told.has > 0 && told.has <= told.had && theme.mentions > 0 && theme.stability.is_none(), "{told:?}");
        let known =
            |edit: &EditRecord| edit.matched.as_deref().is_some_and(|how| how.contains("not found again; kept"));
        assert!(edits.iter().any(known), "the edits say so: {edits:?}");
    }
    for edit in edits.iter().filter(|edit| edit.applied) {
        match edit.edit.as_str() {
            "name" => assert_eq!(theme(&after, &edit.target).label, edit.value),
            "pin" => assert!(theme(&after, &edit.target).quotes.iter().any(|q| q.pinned && q.unit == edit.value)),
            "merge_into" => assert!(theme(&after, &edit.value).merged.contains(&edit.target)),
            "move" => assert!(members(&after, &edit.value).iter().any(|unit| unit.id == edit.target)),
            other => panic!("no {other} was written"),
        }
    }
}

#[test]
fn an_edit_that_matches_nothing_is_reported_and_kept() {
    let study = Study::new();
    study.add("[theme.\"Q2.99\"]\nname = \"Nobody's\"\nmerge_into = \"Q2.1\"");
    study.edit("Q1.2", "merge_into = \"Q2.1\"");
    let output = study.codebook("--check").output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("name of Q2.99 → Nobody's: would not apply; no theme has the id Q2.99"), "{text}");
    assert!(text.contains("0 of 3 edits would be applied"), "{text}");
    let output = study.codebook("--apply").output().unwrap();
    assert_eq!(output.status.code(), Some(1), "--apply doubts what --check doubts");
    let output = study.themes(&samples()).output().unwrap();
    let warnings = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success() && warnings.contains("`name` of Q2.99 was not applied, and is kept"), "{warnings}");
    assert!(study.text().contains("[theme.\"Q2.99\"]\nname = \"Nobody's\"\n"));
    let analysis = study.analysis();
    let lost = record(&analysis, "name", "Q2.99");
    assert!(!lost.applied && lost.matched.is_none() && lost.reason.is_some());
}

#[test]
fn a_malformed_file_is_refused_before_the_work_with_line_and_column() {
    let study = Study::new();
    let before = study.analysis();
    fs::write(study.file(), "[theme.\"Q2.1\"]\nname = \"a\n").unwrap();
    for mut command in [study.codebook("--check"), study.codebook("--apply"), study.themes(&samples())] {
        let message = common::failure(&mut command, 1);
        assert!(message.contains("codebook.toml:2:10: ") && message.contains("hint: "), "{message}");
    }
    assert_eq!(study.text(), "[theme.\"Q2.1\"]\nname = \"a\n");
    assert!(study.analysis() == before);
}
