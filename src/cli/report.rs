//! `leitmotif report`: a saved analysis as one HTML file.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::banding::GroupOptions;
use super::compare::usage;
use super::places;
use super::pseudonyms::{PseudonymOptions, in_order_of_pseudonyms};
use super::{CliError, Outcome};
use crate::analysis::CodebookFile;
use crate::analysis::codebook::Codebook;
use crate::analysis::{Analysis, Attributes, Comparison, ComparisonOptions, compare_watched, lay_out_watched, load};
use crate::report::{
    ChosenQuotes, ChosenThemes, ComparisonPage, Options, Recordings, check_chosen, chosen, needs_vectors, write_file,
};
use crate::terminal::messages;
use crate::terminal::progress::RunBar;
use crate::theme::numbers::counted;

#[derive(Args, Debug)]
#[command(after_help = "The report opens in any browser, from disk and offline. It holds every passage: whoever gets \
                        the file can read the interviews. `--for stakeholders` holds the chosen themes and quotes alone.")]
pub(super) struct Arguments {
    /// An analysis folder
    #[arg(value_name = "ANALYSIS")]
    folder: PathBuf,
    /// The file to write [default: the folder's name with .html, beside it]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Replace a file that is there
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    contents: Contents,
}

/// What the report holds.
#[derive(Args, Clone, Debug, Default)]
pub(super) struct Contents {
    /// A title in place of the studies' names
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    /// Recordings called like the interviews' files, or like participants: quotes play from their time. They are
    /// linked, not copied (.mp4, .m4a, .mp3, .wav, .webm and others)
    #[arg(long, value_name = "DIR")]
    media: Option<PathBuf>,
    #[command(flatten)]
    readers: ReaderOptions,
    #[command(flatten)]
    by: GroupOptions,
    #[command(flatten)]
    pseudonyms: PseudonymOptions,
}

/// Whom a report is written for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Audience {
    /// People who read results: chosen themes and quotes alone, pseudonyms, nothing to edit with
    Stakeholders,
}

#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "For readers")]
struct ReaderOptions {
    /// Write a report to pass on
    #[arg(long = "for", value_name = "WHOM", value_enum)]
    audience: Option<Audience>,
    /// Themes in it: ids, also of recurring themes (`Q1.2,R3`), `firm` for the firm ones and those that you made by hand;
    /// none that you hid [default: all]
    #[arg(long, value_name = "THEMES", value_delimiter = ',', requires = "audience")]
    themes: Vec<String>,
    /// Quotes of each theme: a number, or `pinned` for those that you pinned [default: 3]
    #[arg(long, value_name = "QUOTES", requires = "audience", value_parser = quotes)]
    quotes: Option<ChosenQuotes>,
    /// Call participants as the analysis does
    #[arg(long, requires = "audience", conflicts_with_all = ["pseudonyms", "names", "checklist"])]
    no_pseudonyms: bool,
}

/// Quotes of each theme without `--quotes`.
const USUAL_QUOTES: usize = 3;
/// Interviews without a recording that are named.
const NAMED: usize = 8;

fn quotes(word: &str) -> Result<ChosenQuotes, String> {
    match word {
        "pinned" => Ok(ChosenQuotes::Pinned),
        number => number.parse().map(ChosenQuotes::First).map_err(|_| "neither a number nor `pinned`".into()),
    }
}

impl ReaderOptions {
    fn themes(&self) -> ChosenThemes {
        match self.themes.iter().map(|name| name.trim().to_owned()).collect::<Vec<_>>() {
            none if none.is_empty() => ChosenThemes::Shown,
            names => ChosenThemes::Named(names),
        }
    }

    /// Looks before the work whether the themes are there, and tells which are left out.
    fn check(&self, analysis: &Analysis, quiet: bool) -> Result<(), CliError> {
        let (chosen, left_out) = check_chosen(&analysis.summary, &self.themes()).map_err(no_theme)?;
        if chosen == 0 && !self.themes.is_empty() {
            let none = "none of the themes that `--themes` names is firm, made by hand, or to be shown".to_owned();
            return Err(CliError::Usage {
                message: if left_out.is_empty() { none } else { left_out.join("; ") },
                hint: "name others; `hide = true` in codebook.toml hides a theme, until `codebook --apply` is run \
                       without it"
                    .into(),
            });
        }
        if !quiet {
            left_out.iter().for_each(|sentence| messages::warning(sentence));
        }
        Ok(())
    }

    /// What is passed on of an analysis.
    fn chosen(&self, analysis: &Analysis) -> Result<Analysis, CliError> {
        let quotes = self.quotes.unwrap_or(ChosenQuotes::First(USUAL_QUOTES));
        chosen(analysis, &self.themes(), quotes)?.map_err(no_theme)
    }
}

fn no_theme(name: String) -> CliError {
    CliError::Usage {
        message: format!("there is no theme `{name}`"),
        hint: "`leitmotif export ANALYSIS --to themes-csv` lists the themes with their ids".into(),
    }
}

impl Contents {
    /// What another command asks for.
    pub(super) fn with(pseudonyms: &PseudonymOptions) -> Self {
        Self { pseudonyms: pseudonyms.clone(), ..Self::default() }
    }

    /// What alone is passed on of an analysis; `None` of a report that holds all of it.
    fn selection(&self, analysis: &Analysis) -> Result<Option<Analysis>, CliError> {
        self.readers.audience.map(|_| self.readers.chosen(analysis)).transpose()
    }

    /// With pseudonyms where they are the rule.
    fn settled(mut self) -> Result<Self, CliError> {
        if self.readers.audience.is_some() && !self.readers.no_pseudonyms {
            self.pseudonyms = self.pseudonyms.wanted();
        }
        if self.media.is_some() && (self.pseudonyms.is_wanted() || self.readers.audience.is_some()) {
            return Err(CliError::Usage {
                message: "`--media` would give away who speaks: by voice, and by the names of the files".into(),
                hint: "leave `--media` out of a report with pseudonyms or for others".into(),
            });
        }
        Ok(self)
    }
}

impl Arguments {
    pub(super) fn run(self, quiet: bool) -> Result<Outcome, CliError> {
        let path = self.output.unwrap_or_else(|| beside(&self.folder));
        run(&self.folder, path, self.force, self.contents, quiet)
    }
}

/// What the page of the comparison compares.
struct Groups {
    options: ComparisonOptions,
    /// Whether somebody asked for it: then it is an error that there is nothing to compare.
    is_asked_for: bool,
}

impl Groups {
    fn of(by: &GroupOptions) -> Self {
        Self {
            options: ComparisonOptions { by: by.by(), banding: by.banding(), ..ComparisonOptions::default() },
            is_asked_for: by.by.is_some(),
        }
    }

    /// The comparison; `None` where there are no two studies, and nobody asked for other groups.
    fn compared(&self, analysis: &Analysis, quiet: bool) -> Result<Option<Comparison>, CliError> {
        let compared = compare_watched(analysis, &self.options, &mut RunBar::new(quiet));
        if !quiet {
            let told = Attributes::spelled(analysis, &self.options.by, &self.options.banding);
            told.iter().for_each(|told| messages::warning(told));
        }
        match compared {
            Ok(comparison) => Ok(Some(comparison)),
            Err(error) if self.is_asked_for => Err(usage(error)),
            Err(_) => Ok(None),
        }
    }
}

/// Writes the report of a saved analysis.
pub(super) fn run(
    folder: &Path,
    path: PathBuf,
    force: bool,
    contents: Contents,
    quiet: bool,
) -> Result<Outcome, CliError> {
    let mut contents = contents.settled()?;
    let (pseudonyms, groups) = (contents.pseudonyms.clone(), Groups::of(&contents.by));
    places::check(&[("-o", Some(&path))], &[])?;
    places::check_file("-o", &path, force)?;
    places::check_ending(&path, &places::REPORT_ENDINGS)?;
    pseudonyms.check(folder, &[("-o", Some(&path))], force)?;
    let mut analysis = load(folder)?;
    places::check_made_from(&[("-o", Some(&path)), pseudonyms.output()], &analysis.summary.manifest)?;
    if contents.readers.audience.is_some() {
        // A theme that is not there is told before pseudonyms are made.
        contents.readers.check(&analysis, quiet)?;
    }
    let mut codebook = CodebookFile::read(folder)?.codebook;
    // Groups that are not there are found before the map is laid out.
    let mut comparison = if groups.is_asked_for { groups.compared(&analysis, quiet)? } else { None };
    let selection;
    if let Some(found) = pseudonyms.replaced(folder, &analysis)? {
        codebook = found.codebook(&codebook);
        // Groups by an attribute are known by their own names; studies have new ones.
        if let Some(made) = &comparison
            && let Some(options) = in_order_of_pseudonyms(&found, made, &groups.options)
        {
            comparison = Some(compare_watched(&analysis, &options, &mut RunBar::new(quiet)).map_err(usage)?);
        }
        comparison = comparison.map(|comparison| found.of(&comparison)).transpose()?;
        contents.title = contents.title.map(|title| found.text(&title));
        selection = contents.selection(&found.analysis)?;
        let in_part = selection.as_ref().map(|part| found.remains_of(part));
        pseudonyms.tell(&found, in_part.as_ref().unwrap_or(&found.remains), folder, quiet)?;
        analysis = found.analysis;
    } else {
        selection = contents.selection(&analysis)?;
    }
    if !groups.is_asked_for {
        comparison = groups.compared(&analysis, quiet)?;
    }
    match selection {
        Some(part) => write_part(&part, &contents, comparison.as_ref(), &path, quiet)?,
        None => write_with(&mut analysis, &codebook, &contents, comparison.as_ref(), &path, quiet)?,
    }
    Ok(Outcome::Done)
}

/// `results.html` for the folder `results`.
fn beside(folder: &Path) -> PathBuf {
    let absolute = std::path::absolute(folder).unwrap_or_else(|_| folder.to_path_buf());
    let name = absolute.file_name().map_or_else(|| "report".into(), |name| name.to_string_lossy().into_owned());
    match folder.parent().filter(|_| folder.file_name().is_some()) {
        Some(parent) => parent.join(format!("{name}.html")),
        None => absolute.with_file_name(format!("{name}.html")),
    }
}

/// Lays the analysis out, where that was not done, compares its studies, and writes the report.
pub(super) fn write(
    analysis: &mut Analysis,
    codebook: &Codebook,
    contents: &Contents,
    path: &Path,
    quiet: bool,
) -> Result<(), CliError> {
    let comparison = Groups::of(&contents.by).compared(analysis, quiet)?;
    write_with(analysis, codebook, contents, comparison.as_ref(), path, quiet)
}

/// The same with groups compared already; without a comparison there is no such page.
fn write_with(
    analysis: &mut Analysis,
    codebook: &Codebook,
    contents: &Contents,
    comparison: Option<&Comparison>,
    path: &Path,
    quiet: bool,
) -> Result<(), CliError> {
    let page = comparison.map(ComparisonPage::from);
    let title = contents.title.as_deref();
    lay_out_watched(analysis, &mut RunBar::new(quiet))?;
    if !needs_vectors(analysis) {
        // The page of so many passages needs the room.
        drop(std::mem::take(&mut analysis.vectors));
    }
    let recordings = match &contents.media {
        Some(folder) => Some(recordings(analysis, folder, path, quiet)?),
        None => None,
    };
    let bands = contents.by.named_bands();
    let (comparison, recordings) = (page.as_ref(), recordings.as_ref());
    let options = Options { title, comparison, bands, recordings, for_readers: false };
    write_file(analysis, codebook, options, path)?;
    if !quiet {
        messages::note(&format!("the report is {}: open it in a browser; it holds every passage", path.display()));
    }
    Ok(())
}

/// Writes the report of a part of an analysis, for readers.
fn write_part(
    part: &Analysis,
    contents: &Contents,
    comparison: Option<&Comparison>,
    path: &Path,
    quiet: bool,
) -> Result<(), CliError> {
    let summary = &part.summary;
    let is_in = |id: &str| summary.theme(id).is_some() || summary.recurring.iter().any(|theme| theme.id == id);
    let is_asked = |question: &String| summary.framing.guide.iter().any(|known| known.wording == *question);
    let mut page = comparison.map(ComparisonPage::from);
    if let Some(page) = &mut page {
        page.themes.retain(|theme| is_in(&theme.id));
        // What else was asked, and of whom.
        page.alone.clear();
        page.groups.iter_mut().for_each(|group| group.question = group.question.take().filter(is_asked));
    }
    let page = page.filter(|page| !page.themes.is_empty());
    let (title, comparison) = (contents.title.as_deref(), page.as_ref());
    let options = Options { title, comparison, for_readers: true, ..Options::default() };
    write_file(part, &Codebook::default(), options, path)?;
    if !quiet && part.units.is_empty() && contents.readers.quotes == Some(ChosenQuotes::Pinned) {
        messages::warning(
            "nothing is pinned in these themes, so the report has no quotes: pin some (`pin` in codebook.toml, or in the whole \
             report), or take `--quotes 3`",
        );
    }
    if !quiet {
        let (themes, quotes) = (counted(summary.themes().count(), "theme"), counted(part.units.len(), "quote"));
        messages::note(&format!(
            "{} holds {themes} and {quotes}: of what was said nothing but these, and the names of themes",
            path.display()
        ));
    }
    Ok(())
}

/// Finds the recordings in a folder and tells which are missing.
fn recordings(analysis: &Analysis, folder: &Path, path: &Path, quiet: bool) -> Result<Recordings, CliError> {
    let beside = path.parent().unwrap_or(Path::new(""));
    let found = Recordings::find(analysis, folder, if beside.as_os_str().is_empty() { Path::new(".") } else { beside })
        .map_err(|error| CliError::Usage {
            message: format!("failed to read the recordings' folder {}: {error}", folder.display()),
            hint: "`--media` names the folder in which the recordings lie".into(),
        })?;
    if found.is_empty() {
        return Err(CliError::Usage {
            message: format!("no recording in {} is called like an interview", folder.display()),
            hint: "call each recording like the file of its interview, or like the participant: `anna.mp3` for \
                   `anna.docx`"
                .into(),
        });
    }
    if !quiet {
        tell(&found.missing, "interview", "without a recording");
        tell(&found.unused, "recording", "of no interview");
    }
    Ok(found)
}

/// `3 interviews without a recording: a, b, c`
fn tell(names: &[String], what: &str, lacks: &str) {
    if names.is_empty() {
        return;
    }
    let shown: Vec<&str> = names.iter().take(NAMED).map(String::as_str).collect();
    let more = names.len().saturating_sub(NAMED);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    messages::warning(&format!("{} {lacks}: {}{more}", counted(names.len(), what), shown.join(", ")));
}
