//! Options of whatever writes a saved analysis for others to see: pseudonyms, names, the check list.
//!
//! In: the options and an analysis as it was loaded. Out: the same with ids and names replaced, the check list
//! written, and on standard error what to look at. Without `--pseudonyms` it does nothing.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::Args;

use super::{CliError, places};
use crate::analysis::codebook::is_row;
use crate::analysis::pseudonyms::{Pseudonymised, Register, Remains, pseudonymised, read_names, register_path};
use crate::analysis::{Analysis, By, Comparison, ComparisonOptions};
use crate::corpus::some;
use crate::export::{is_check_list, write_check_list, write_whole};
use crate::terminal::messages;
use crate::theme::numbers::counted;

#[derive(Args, Clone, Debug, Default)]
pub(super) struct PseudonymOptions {
    /// Call participants by pseudonyms and replace names in all texts by `[name]`; who is who is kept in
    /// ANALYSIS/pseudonyms.csv, or given in a table `participant,pseudonym`
    #[arg(long, value_name = "FILE", num_args = 0..=1, require_equals = true, help_heading = "Pseudonyms")]
    pseudonyms: Option<Option<PathBuf>>,
    /// Names to replace beside those found in speaker labels and ids: one a line, or a table `name,replacement`
    #[arg(long, value_name = "FILE", help_heading = "Pseudonyms")]
    names: Option<PathBuf>,
    /// Write what is left to look at: numbers, addresses, dates, likely and doubtful names (CSV)
    #[arg(long, value_name = "FILE", help_heading = "Pseudonyms")]
    checklist: Option<PathBuf>,
}

/// Names told on standard error.
const NAMES_SHOWN: usize = 20;

impl PseudonymOptions {
    /// Whether they ask for anything.
    pub(super) fn is_wanted(&self) -> bool {
        self.pseudonyms.is_some() || self.needs_pseudonyms().is_some()
    }

    /// An option that says how pseudonyms are made.
    fn needs_pseudonyms(&self) -> Option<&'static str> {
        self.names.is_some().then_some("--names").or(self.checklist.is_some().then_some("--checklist"))
    }

    /// The same, with the pseudonyms kept beside the analysis where none are asked for.
    pub(super) fn wanted(self) -> Self {
        Self { pseudonyms: self.pseudonyms.or(Some(None)), ..self }
    }

    /// The check list as an output, for [`places::check`].
    pub(super) fn output(&self) -> places::Output<'_> {
        ("--checklist", self.checklist.as_deref())
    }

    /// The files that are read.
    pub(super) fn inputs(&self) -> impl Iterator<Item = PathBuf> {
        self.pseudonyms.iter().flatten().chain(&self.names).cloned()
    }

    /// Refuses places that cannot be, before the work; `outputs`: the command's own.
    pub(super) fn check(&self, folder: &Path, outputs: &[places::Output], force: bool) -> Result<(), CliError> {
        if !self.is_wanted() {
            return Ok(());
        }
        if let (None, Some(option)) = (&self.pseudonyms, self.needs_pseudonyms()) {
            return Err(CliError::Usage {
                message: format!("`{option}` needs `--pseudonyms`"),
                hint: "add `--pseudonyms`; a report `--for stakeholders` has them without it".into(),
            });
        }
        let all: Vec<places::Output> = outputs.iter().copied().chain([self.output()]).collect();
        let register = register_path(folder);
        let inputs: Vec<PathBuf> = self.inputs().chain([folder.to_owned(), register]).collect();
        places::check(&all, &inputs)?;
        match &self.checklist {
            Some(path) => {
                places::check_file("--checklist", path, force)?;
                places::check_ending(path, &["csv"])
            }
            None => Ok(()),
        }
    }

    /// The same for a program that is started again and again: its own check list is replaced, and nothing else.
    pub(super) fn check_of_server(&self, folder: &Path) -> Result<(), CliError> {
        if let Some(path) = self.checklist.as_ref().filter(|path| path.exists() && !is_check_list(path)) {
            return Err(CliError::Usage {
                message: format!("{} exists already, and is no check list", path.display()),
                hint: "name another file with `--checklist`, or remove this one: a check list alone is written anew \
                       at each start"
                    .into(),
            });
        }
        self.check(folder, &[], true)
    }

    /// Replaces ids and names of an analysis, where that is wanted, and tells what is left to look at.
    pub(super) fn apply(
        &self,
        folder: &Path,
        analysis: &Analysis,
        quiet: bool,
    ) -> Result<Option<Pseudonymised>, CliError> {
        let found = self.replaced(folder, analysis)?;
        if let Some(found) = &found {
            if !quiet && analysis.summary.participants.iter().any(|person| is_row(&person.participant)) {
                messages::note(
                    "participants without ids are called by their rows, and so are their pseudonyms: when rows are \
                     added or sorted otherwise, they are other people's",
                );
            }
            self.tell(found, &found.remains, folder, quiet)?;
        }
        Ok(found)
    }

    /// Replaces ids and names of an analysis, where that is wanted.
    pub(super) fn replaced(&self, folder: &Path, analysis: &Analysis) -> Result<Option<Pseudonymised>, CliError> {
        let Some(given) = &self.pseudonyms else { return Ok(None) };
        let listed = match &self.names {
            Some(path) => read_names(path)?,
            None => Vec::new(),
        };
        let register = match given {
            Some(path) => Register::given(path, analysis)?,
            None => Register::kept(folder, analysis)?,
        };
        let borrowed = register.borrowed(analysis);
        let borrowed: Vec<&str> = borrowed.iter().map(String::as_str).collect();
        if !borrowed.is_empty() && given.is_some() {
            messages::warning(&format!(
                "{} the id of another participant, whom a reader would take for them: {}",
                if borrowed.len() == 1 { "a pseudonym is" } else { "pseudonyms are each" },
                some(&borrowed)
            ));
        }
        Ok(Some(pseudonymised(analysis, &register, &listed)?))
    }

    /// Writes the check list, and tells what was replaced; `remains`: what is left in that which is written.
    pub(super) fn tell(
        &self,
        found: &Pseudonymised,
        remains: &[Remains],
        folder: &Path,
        quiet: bool,
    ) -> Result<(), CliError> {
        if let Some(path) = &self.checklist {
            write_whole(path, |out| write_check_list(remains, out))?;
        }
        if quiet {
            return Ok(());
        }
        if let Some(made) = found.analysis.summary.manifest.pseudonyms {
            messages::note(&made.sentence());
        }
        if self.pseudonyms == Some(None) {
            messages::note(&format!("who is who: {}; keep it to yourself", register_path(folder).display()));
        }
        if !found.found_names.is_empty() {
            let shown: Vec<&str> = found.found_names.iter().take(NAMES_SHOWN).map(String::as_str).collect();
            let more = found.found_names.len().saturating_sub(NAMES_SHOWN);
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            messages::note(&format!(
                "names found in labels, ids and columns: {}{more} (`NAME,NAME` in the list of `--names` leaves one as it is)",
                shown.join(", ")
            ));
        }
        let mut kinds: BTreeMap<_, usize> = BTreeMap::new();
        remains.iter().for_each(|found| *kinds.entry(found.kind).or_default() += 1);
        let kinds: Vec<String> = kinds.into_iter().map(|(kind, n)| format!("{} {n}", kind.word())).collect();
        let place = match &self.checklist {
            Some(path) => format!("listed in {}", path.display()),
            None => "`--checklist FILE` lists them".into(),
        };
        match kinds.as_slice() {
            [] => messages::note(
                "nothing else was found that looks like a name, a number or an address; read before you pass it on",
            ),
            kinds => messages::warning(&format!(
                "{} to look at before you pass it on: {}; {place}",
                counted(remains.len(), "place"),
                kinds.join(", ")
            )),
        }
        Ok(())
    }
}

/// What to compare again with, where groups by an attribute stood in the order of real ids or names; an order that
/// somebody asked for stays.
pub(super) fn in_order_of_pseudonyms(
    found: &Pseudonymised,
    made: &Comparison,
    options: &ComparisonOptions,
) -> Option<ComparisonOptions> {
    if !options.groups.is_empty() || !matches!(options.by, By::Attribute(_)) {
        return None;
    }
    let names: Vec<String> = made.groups.iter().map(|group| group.name.clone()).collect();
    let groups = found.order_of_groups(&names)?;
    Some(ComparisonOptions { groups, ..options.clone() })
}
