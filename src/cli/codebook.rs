//! `leitmotif codebook`: the researcher's edits to a saved analysis.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;

use super::{CliError, Outcome};
use crate::analysis::{Analysis, Category, CodebookFile, EditRecord, Summary, Target, Theme, apply_edits, load, save};
use crate::terminal::{layout, messages};
use crate::theme::prevalence::Prevalence;

/// Kept themes that a note names.
const KEPT_NAMED: usize = 10;

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
        let mut analysis = load(&self.folder)?;
        let mut file = CodebookFile::read(&self.folder)?;
        let missing = file.text.is_none();
        let before = (!self.apply).then(|| analysis.summary.clone());
        if self.apply {
            let target = Target::check(&self.folder, true)?;
            file = file.renewed(&analysis);
            apply_edits(&mut analysis, &file.codebook);
            save(&analysis, file.text.as_deref(), &target)?;
        } else {
            apply_edits(&mut analysis, &file.codebook);
        }
        let mut out = super::stdout(false);
        report(&analysis.summary, before.as_ref(), &mut out)?;
        out.flush()?;
        if missing && !self.apply && !quiet {
            messages::note(&format!("{} is not there; --apply writes one", file.path.display()));
        }
        let all = analysis.summary.manifest.edits.iter().all(|edit| edit.applied);
        Ok(if all { Outcome::Done } else { Outcome::SomeInputsFailed })
    }
}

/// Edits that name several passages or themes, of which some may be missing.
const OF_SEVERAL: [&str; 5] = ["new", "divide", "split", "category", "themes"];

/// Says which edits were not applied, or not to all that they name.
pub(super) fn warn(file: &CodebookFile, analysis: &Analysis, quiet: bool) {
    for edit in analysis.summary.manifest.edits.iter().filter(|_| !quiet) {
        let what = match (&edit.reason, edit.applied) {
            (_, false) => "was not applied, and is kept",
            (Some(_), true) if OF_SEVERAL.contains(&edit.edit.as_str()) => "was applied in part",
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

/// Says which themes are there because the researcher edited them.
pub(super) fn note_kept(summary: &Summary) {
    let kept: Vec<&str> =
        summary.themes().filter(|theme| theme.kept.is_some()).map(|theme| theme.id.as_str()).collect();
    if let (count @ 1.., Some(first)) = (kept.len(), kept.get(..kept.len().min(KEPT_NAMED))) {
        let more = if count > first.len() { ", …" } else { "" };
        let them = if count == 1 { "it" } else { "them" };
        messages::note(&format!(
            "{} that your edits name kept as you left {them}, since this run did not find {them} again: {}{more}",
            layout::counted(count, "theme"),
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

/// What became of each edit, and what changed by them; `before`: the analysis as it is saved, where nothing is changed
/// and the edits only tried. What is applied already would change nothing.
fn report(summary: &Summary, before: Option<&Summary>, out: &mut dyn Write) -> io::Result<()> {
    let edits = &summary.manifest.edits;
    let width = layout::width();
    let applied = before.is_none();
    let known = |edit: &EditRecord| before.is_some_and(|before| is_among(edit, before));
    for edit in edits {
        let (yes, no) = match (applied, known(edit)) {
            (true, _) => ("applied", "not applied"),
            (false, true) => ("applied already", "would no longer apply"),
            (false, false) => ("would apply", "would not apply"),
        };
        let mut line = format!("line {}: {} of {}", edit.line, edit.edit, edit.target);
        if !edit.value.is_empty() {
            line.push_str(&format!(" → {}", edit.value));
        }
        line.push_str(&format!(": {}", if edit.applied { yes } else { no }));
        if let Some(reason) = &edit.reason {
            line.push_str(&format!("; {reason}"));
        }
        print(out, &layout::hanging(&line, 0, 4, width))?;
    }
    let mut changes = Vec::new();
    let taken_back = before.iter().flat_map(|before| &before.manifest.edits).filter(|edit| edit.applied);
    for edit in taken_back.filter(|edit| !edits.iter().any(|other| is_same(other, edit))) {
        changes.push(format!("{} of {}: no longer in the codebook, would be taken back", edit.edit, edit.target));
    }
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
                "{}  {}: {} → {} of {} participants, {} → {}",
                now.id,
                now.label,
                before.prevalence.participants,
                now.prevalence.participants,
                now.prevalence.asked,
                before.mentions,
                layout::counted(now.mentions, "mention")
            ));
        }
    }
    let people = |people: &Prevalence| format!("{} of {} participants", people.participants, people.asked);
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
