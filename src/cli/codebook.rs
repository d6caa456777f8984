//! `leitmotif codebook`: the researcher's edits to a saved analysis.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::Args;

use super::{CliError, Outcome};
use crate::analysis::codebook::{Codebook, Renamed};
use crate::analysis::{
    Analysis, Category, CodebookFile, EditRecord, StoreError, Summary, Target, Theme, apply_edits,
    codebook_outlived_a_run, codebook_path, is_analysis, load, load_without_vectors, save,
};
use crate::terminal::{layout, messages};
use crate::theme::numbers::{of_all, verb};
use crate::theme::prevalence::Prevalence;

/// Kept themes, or edits, that a note names.
const NAMED: usize = 10;

#[derive(Args, Debug)]
#[command(after_help = "The edits stand in ANALYSIS/codebook.toml, which `themes -o` writes with every theme and an \
                        explanation on top. Exit status, of --check and --apply alike: 1 when an edit does not apply; \
                        --apply has applied the others and saved the analysis.")]
pub(super) struct Arguments {
    /// An analysis folder
    #[arg(value_name = "ANALYSIS")]
    folder: PathBuf,
    /// Say what each edit would do, and change nothing (the default)
    #[arg(long, conflicts_with = "apply")]
    check: bool,
    /// Apply the edits to the saved analysis, without clustering again
    #[arg(long)]
    apply: bool,
}

impl Arguments {
    pub(super) fn run(self, quiet: bool) -> Result<Outcome, CliError> {
        note_outlived(&self.folder, quiet);
        let mut analysis = load(&self.folder)?;
        let mut file = CodebookFile::read(&self.folder)?;
        let missing = file.text.is_none();
        let before = analysis.summary.clone();
        if self.apply {
            refuse_lost(&file, &before)?;
            let target = Target::check(&self.folder, true)?;
            file = file.applied(&mut analysis);
            save(&analysis, file.to_save(), &target)?;
        } else {
            apply_edits(&mut analysis, &file.codebook);
        }
        let mut out = super::stdout(false);
        report(&analysis.summary, &before, self.apply, &mut out)?;
        out.flush()?;
        refuse_lost(&file, &before)?;
        if missing && !self.apply && !quiet {
            messages::note(&format!("{} is not there; --apply writes one", file.path.display()));
        }
        let all = analysis.summary.manifest.edits.iter().all(|edit| edit.applied);
        Ok(if all { Outcome::Done } else { Outcome::SomeInputsFailed })
    }
}

/// Looks before the work whether the codebook of a folder that is saved over can be used.
///
/// # Errors
/// When it has a mistake, when it is gone and the analysis has edits, and when its edits could not be carried over.
pub(super) fn check(folder: &Path) -> Result<(), CliError> {
    let file = CodebookFile::read(folder)?;
    let has_none = file.text.is_some() && file.codebook.edits.is_empty();
    if has_none || !is_analysis(folder) {
        return Ok(());
    }
    match load_without_vectors(folder) {
        Ok(saved) => refuse_lost(&file, &saved.summary),
        Err(error) => refuse_to_put_edits_elsewhere(&file, &error),
    }
}

/// Refuses to save over an analysis that cannot be read where there are edits, or may be: their themes would be others
/// in the new one. `error`: why it cannot be read.
///
/// # Errors
/// Unless the codebook is there and has no edits.
pub(super) fn refuse_to_put_edits_elsewhere(file: &CodebookFile, error: &StoreError) -> Result<(), CliError> {
    let path = file.path.display();
    let what = match &file.text {
        Some(_) if file.codebook.edits.is_empty() => return Ok(()),
        Some(_) => format!(
            "the edits in {path} would come to other themes, as the analysis that they were made in cannot be read"
        ),
        None => format!("{path} is not there, and what edits it held cannot be told, as the analysis cannot be read"),
    };
    let remedy = match error {
        StoreError::Version { .. } => "use the newer leitmotif that wrote it",
        StoreError::Refused { .. } => "see to it that it can be read",
        _ => "put the file back from a copy",
    };
    Err(CliError::Usage {
        message: format!("{what}: {error}"),
        hint: format!(
            "{remedy}, or save in another folder with `-o`; to begin anew without edits, keep a copy of codebook.toml and put an \
             empty file of that name there"
        ),
    })
}

/// Refuses to take every edit back because the file that holds them is gone.
fn refuse_lost(file: &CodebookFile, saved: &Summary) -> Result<(), CliError> {
    let edits = EditRecord::edits(&saved.manifest.edits, |_| true);
    if file.text.is_some() || edits == 0 {
        return Ok(());
    }
    Err(CliError::Usage {
        message: format!(
            "{} is not there, and the saved analysis has {} that it held",
            file.path.display(),
            layout::counted(edits, "edit")
        ),
        hint: "put it back from a copy; to take the edits back, put an empty file of that name there".into(),
    })
}

/// Edits that were applied in the saved analysis and are in the codebook no more.
fn taken_back<'a>(saved: &'a [EditRecord], edits: &'a [EditRecord]) -> impl Iterator<Item = &'a EditRecord> {
    saved.iter().filter(|edit| edit.applied && !edits.iter().any(|other| is_same(other, edit)))
}

/// Says which edits of the analysis that is saved over are taken back; `saved`: its own.
pub(super) fn note_taken_back(saved: &[EditRecord], summary: &Summary) {
    let edits: Vec<String> = taken_back(saved, &summary.manifest.edits).map(told).collect();
    if !edits.is_empty() {
        let more = if edits.len() > NAMED { "; …" } else { "" };
        messages::note(&format!(
            "{} no longer in the codebook, and taken back: {}{more}",
            if edits.len() == 1 {
                "an edit is".to_owned()
            } else {
                format!("{} are", layout::counted(edits.len(), "edit"))
            },
            edits[..edits.len().min(NAMED)].join("; ")
        ));
    }
}

/// An edit: what of what, and to what.
fn told(edit: &EditRecord) -> String {
    // A sentence ends before the colon behind it.
    let value =
        if edit.value.is_empty() { String::new() } else { format!(" → {}", edit.value.trim_end_matches('.')) };
    format!("{} of {}{value}", edit.edit, edit.target)
}

/// Edits that name several passages or themes, of which some may be missing.
const OF_SEVERAL: [&str; 4] = ["new", "divide", "split", "category"];
/// Edits that may take a recurring theme apart of which they do not speak.
const OF_OTHERS_TOO: [&str; 2] = ["themes", "merge_into"];

/// Says which edits were not applied, or not to all that they name.
pub(super) fn warn(file: &CodebookFile, analysis: &Analysis, quiet: bool) {
    for edit in analysis.summary.manifest.edits.iter().filter(|_| !quiet) {
        let what = match (&edit.reason, edit.applied) {
            (_, false) => "was not applied, and is kept",
            (Some(_), true) if OF_SEVERAL.contains(&edit.edit.as_str()) => "was applied in part",
            (Some(_), true) if OF_OTHERS_TOO.contains(&edit.edit.as_str()) => "was applied, but",
            _ => continue,
        };
        messages::warning(&format!(
            "{}:{}: `{}` of {} {what}: {}",
            file.path.display(),
            edit.line,
            edit.edit,
            edit.target,
            edit.reason.as_deref().unwrap_or_default()
        ));
    }
}

/// Says which passages that edits name have another number now; of those that are gone, the edits warn.
pub(super) fn note_renamed(codebook: &Codebook, renamed: &Renamed) {
    let named = renamed.found_again(codebook);
    if !named.is_empty() {
        let told: Vec<String> = named.iter().take(NAMED).map(|(before, now)| format!("{before} is {now}")).collect();
        let (verb, name) = if named.len() == 1 { ("has", "it") } else { ("have", "them") };
        messages::note(&format!(
            "{} that your edits name {verb} another number now, and codebook.toml names {name} so: {}{}",
            layout::counted(named.len(), "passage"),
            told.join(", "),
            if named.len() > told.len() { ", …" } else { "" }
        ));
    }
}

/// Says which themes are there because the researcher edited them.
pub(super) fn note_kept(summary: &Summary) {
    let kept: Vec<&str> =
        summary.themes().filter(|theme| theme.kept.is_some()).map(|theme| theme.id.as_str()).collect();
    if let (count @ 1.., Some(first)) = (kept.len(), kept.get(..kept.len().min(NAMED))) {
        let more = if count > first.len() { ", …" } else { "" };
        let them = if count == 1 { "it" } else { "them" };
        messages::note(&format!(
            "{} that your edits name {} kept as you left {them}, since this run did not find {them} again: {}{more}",
            layout::counted(count, "theme"),
            verb(count, "was", "were"),
            first.join(", ")
        ));
    }
}

/// Whether an edit is one of those that are applied in the analysis as it is saved.
fn is_among(edit: &EditRecord, saved: &Summary) -> bool {
    saved.manifest.edits.iter().any(|other| other.applied && is_same(other, edit))
}

fn is_same(one: &EditRecord, other: &EditRecord) -> bool {
    (&one.edit, &one.target, &one.value) == (&other.edit, &other.target, &other.value)
}

/// What became of each edit, and what changed by them; `saved`: the analysis as it was saved; `applied`: whether the
/// edits were, or were only tried. What is applied already would change nothing.
fn report(summary: &Summary, saved: &Summary, applied: bool, out: &mut dyn Write) -> io::Result<()> {
    let edits = &summary.manifest.edits;
    let width = layout::width();
    let before = (!applied).then_some(saved);
    let known = |edit: &EditRecord| before.is_some_and(|before| is_among(edit, before));
    for edit in edits {
        let (yes, no) = match (applied, known(edit)) {
            (true, _) => ("applied", "not applied"),
            (false, true) => ("applied already", "would no longer apply"),
            (false, false) => ("would apply", "would not apply"),
        };
        let mut line = format!("line {}: {}", edit.line, told(edit));
        line.push_str(&format!(": {}", if edit.applied { yes } else { no }));
        if let Some(reason) = &edit.reason {
            line.push_str(&format!("; {reason}"));
        }
        print(out, &layout::hanging(&line, 0, 4, width))?;
    }
    let is_back = if applied { "taken back" } else { "would be taken back" };
    let back = taken_back(&saved.manifest.edits, edits);
    let mut changes: Vec<String> =
        back.map(|edit| format!("{}: no longer in the codebook, {is_back}", told(edit))).collect();
    // Against what is saved, or against what was found.
    let themes: Vec<&Theme> = match (before, &summary.as_found) {
        (Some(before), _) => before.themes().collect(),
        (None, Some(found)) => found.sections.iter().flat_map(|section| &section.themes).collect(),
        (None, None) => Vec::new(),
    };
    for before in themes {
        let Some(now) = summary.theme(&before.id) else { continue };
        if (now.mentions, now.prevalence) != (before.mentions, before.prevalence) {
            changes.push(format!(
                "{}  {}: {} → {}, {} → {}",
                now.id,
                now.label,
                before.prevalence.participants,
                of_all(now.prevalence.participants, now.prevalence.asked, "participant"),
                before.mentions,
                layout::counted(now.mentions, "mention")
            ));
        }
    }
    let people = |people: &Prevalence| of_all(people.participants, people.asked, "participant");
    let is_new = |theme: &&Theme| before.is_none_or(|before| before.theme(&theme.id).is_none());
    for theme in summary.themes().filter(|theme| theme.is_by_hand()).filter(is_new) {
        let mentions = layout::counted(theme.mentions, "mention");
        changes.push(format!("{}  {}: new, {}, {mentions}", theme.id, theme.label, people(&theme.prevalence)));
    }
    let is_other = |category: &&Category| before.is_none_or(|before| !before.categories.contains(*category));
    for category in summary.categories.iter().filter(is_other) {
        let themes = layout::counted(category.themes.len(), "theme");
        changes.push(format!("{}: {themes}, {}", category.name, people(&category.prevalence)));
    }
    if !changes.is_empty() {
        writeln!(out)?;
    }
    for change in changes {
        print(out, &layout::hanging(&change, 0, 4, width))?;
    }
    let old = EditRecord::edits(edits, |edit| edit.applied && known(edit));
    let new = EditRecord::edits(edits, |edit| edit.applied) - old;
    let all = layout::counted(EditRecord::edits(edits, |_| true), "edit");
    let gap = if edits.is_empty() { "" } else { "\n" };
    match (applied, old) {
        (true, _) => writeln!(out, "{gap}{new} of {all} applied"),
        (false, 0) => writeln!(out, "{gap}{new} of {all} would be applied"),
        (false, n) => writeln!(out, "{gap}{n} of {all} applied already, {new} would be applied"),
    }
}

fn print(out: &mut dyn Write, lines: &[String]) -> io::Result<()> {
    lines.iter().try_for_each(|line| writeln!(out, "{line}"))
}

/// Says that a run was killed while it saved, and that the codebook is what was written since.
pub(super) fn note_outlived(folder: &Path, quiet: bool) {
    if codebook_outlived_a_run(folder) && !quiet {
        messages::note(&format!(
            "{} was changed after a run was killed while it saved: it is read as it is; the analysis is that run's",
            codebook_path(folder).display()
        ));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The specimen in a folder, and its file with edits.
    fn specimen() -> (tempfile::TempDir, Analysis) {
        let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/analysis-v1");
        let folder = tempfile::tempdir().unwrap();
        for file in ["analysis.json", "answers.parquet", "codebook.toml", "vectors.npy"] {
            std::fs::copy(fixture.join(file), folder.path().join(file)).unwrap();
        }
        (folder, load(&fixture).unwrap())
    }

    fn without_edits(analysis: &Analysis) -> Analysis {
        let mut analysis = analysis.clone();
        apply_edits(&mut analysis, &Codebook::default());
        analysis
    }

    #[test]
    fn a_codebook_that_is_gone_is_told_where_its_edits_are_saved_and_an_empty_one_takes_them_back() {
        let (folder, analysis) = specimen();
        assert!(check(folder.path()).is_ok());
        let path = folder.path().join("codebook.toml");
        std::fs::remove_file(&path).unwrap();
        let error = check(folder.path()).unwrap_err();
        assert!(error.to_string().contains("is not there, and the saved analysis has 4 edits"), "{error}");
        assert!(error.hint().is_some() && error.exit_status() == 2);
        let gone = CodebookFile::read(folder.path()).unwrap();
        assert!(refuse_lost(&gone, &without_edits(&analysis).summary).is_ok(), "there is nothing to lose");
        std::fs::write(&path, "").unwrap();
        assert!(check(folder.path()).is_ok());
    }

    #[test]
    fn edits_whose_analysis_cannot_be_read_are_never_put_on_themes_of_another() {
        let damages: [(&str, Damage); 5] = [
            ("vectors.npy", |folder| std::fs::remove_file(folder.join("vectors.npy")).unwrap()),
            ("answers.parquet", |folder| std::fs::remove_file(folder.join("answers.parquet")).unwrap()),
            ("answers.parquet", |folder| change(folder, "answers.parquet", |bytes| bytes.truncate(200))),
            ("analysis.json", |folder| change(folder, "analysis.json", |bytes| bytes.truncate(300))),
            ("schema version 9", |folder| replace(folder, "\"schema_version\": ", "\"schema_version\": 9")),
        ];
        for (told, damage) in damages {
            let (folder, _) = specimen();
            assert!(check(folder.path()).is_ok());
            damage(folder.path());
            let error = check(folder.path()).unwrap_err();
            assert!(error.to_string().contains("would come to other themes"), "{error}");
            assert!(error.to_string().contains(told) && error.hint().is_some(), "{error}");
            let path = folder.path().join("codebook.toml");
            std::fs::remove_file(&path).unwrap();
            let error = check(folder.path()).unwrap_err();
            assert!(error.to_string().contains("what edits it held cannot be told"), "{error}");
            std::fs::write(&path, "# nothing\n").unwrap();
            assert!(check(folder.path()).is_ok(), "{told}: there is nothing to lose");
        }
    }

    /// What is done to the files of an analysis.
    type Damage = fn(&Path);

    fn change(folder: &Path, name: &str, change: impl Fn(&mut Vec<u8>)) {
        let mut bytes = std::fs::read(folder.join(name)).unwrap();
        change(&mut bytes);
        std::fs::write(folder.join(name), bytes).unwrap();
    }

    fn replace(folder: &Path, from: &str, to: &str) {
        change(folder, "analysis.json", |bytes| {
            let text = String::from_utf8(bytes.clone()).unwrap();
            assert!(text.contains(from), "{from}");
            *bytes = text.replacen(from, to, 1).into_bytes();
        });
    }

    #[test]
    fn a_folder_without_an_analysis_has_no_codebook_to_lose() {
        assert!(check(tempfile::tempdir().unwrap().path()).is_ok());
    }

    #[test]
    fn edits_that_are_in_the_codebook_no_more_are_told_when_they_are_taken_back() {
        let (_folder, analysis) = specimen();
        let shown = |now: &Analysis, applied: bool| {
            let mut out = Vec::new();
            report(&now.summary, &analysis.summary, applied, &mut out).unwrap();
            String::from_utf8(out).unwrap().split_whitespace().collect::<Vec<_>>().join(" ")
        };
        let without = without_edits(&analysis);
        let told = shown(&without, true);
        assert!(told.contains("name of T5 → The telephone: no longer in the codebook, taken back"), "{told}");
        assert!(shown(&without, false).contains("no longer in the codebook, would be taken back"));
        assert!(!shown(&analysis, true).contains("taken back"), "{}", shown(&analysis, true));
    }
}
