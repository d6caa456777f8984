//! `leitmotif evaluate`: how a saved analysis agrees with what people coded.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;

use super::places;
use super::pseudonyms::PseudonymOptions;
use super::{CliError, Outcome};
use crate::analysis::{
    CodeOptions, DRAWS, Evaluation, disagreements, evaluate, known_codes, lists_by_comma, load, own_rows, placed,
    read_codes,
};
use crate::export::{DisagreementsFile, TABLE_ENDINGS, write_whole};
use crate::files::same_place;
use crate::terminal::{evaluation, messages};
use crate::theme::numbers::{counted, of_all, verb, were};

#[derive(Args, Debug)]
#[command(
    after_help = "A table of codes has a row for each coded passage (`study/participant#answer.passage`), answer \
    (`study/participant#answer`) or participant, with a column `code`; several codes stand in several rows, or in one \
    cell with `;` between them; `none`, and a row without a code: it was looked at and not codable; `!code`: it is not \
    that code. A column for each code with 1 and \
    0 is read too. `leitmotif export ANALYSIS --to coding-sheet` writes a table to fill in. See docs/evaluation.md."
)]
pub(super) struct Arguments {
    /// An analysis folder
    #[arg(value_name = "ANALYSIS")]
    folder: PathBuf,
    /// A table of codes (CSV, TSV, XLSX) or a coded project (.qdpx); repeat it for other coders
    #[arg(long, required = true, value_name = "FILE")]
    codes: Vec<PathBuf>,
    /// The column with the ids
    #[arg(long, value_name = "COLUMN")]
    id_column: Option<String>,
    /// The column with the codes
    #[arg(long, value_name = "COLUMN")]
    code_column: Option<String>,
    /// What separates codes in a cell, besides `;`, `|` and line breaks
    #[arg(long, value_name = "TEXT", value_parser = clap::builder::NonEmptyStringValueParser::new())]
    separator: Option<String>,
    /// How often half of the participants are drawn for the intervals; 0 for none
    #[arg(long, default_value_t = DRAWS as u32, value_name = "N", value_parser = clap::value_parser!(u32).range(0..=100_000))]
    draws: u32,
    /// Print as JSON
    #[arg(long)]
    json: bool,
    /// The file to write; standard output without it, and with `-`
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Write each passage (or answer) where a coder and its theme's best match disagree, a row each: .csv, .xlsx
    /// or .parquet
    #[arg(long, value_name = "FILE")]
    disagreements: Option<PathBuf>,
    /// Replace files that are there
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    pseudonyms: PseudonymOptions,
}

impl Arguments {
    pub(super) fn run(mut self, quiet: bool) -> Result<Outcome, CliError> {
        self.refuse_columns_of_projects()?;
        self.output = places::unless_standard_output(self.output);
        if let Some(path) = &self.output {
            // A name tells as much as the option.
            self.json |= path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json"));
            places::check_file("-o", path, self.force)?;
            places::check_ending(path, if self.json { &["json"] } else { &["txt", "md"] })?;
        }
        let outputs = [("-o", self.output.as_deref()), ("--disagreements", self.disagreements.as_deref())];
        places::check(&outputs, &self.codes)?;
        self.pseudonyms.check(&self.folder, &outputs, self.force)?;
        let disagreements_file = match &self.disagreements {
            Some(path) => {
                places::check_file("--disagreements", path, self.force)?;
                places::check_format(path, &TABLE_ENDINGS)?;
                Some((path, DisagreementsFile::named(path)))
            }
            None => None,
        };
        let mut analysis = load(&self.folder)?;
        places::check_made_from(&[outputs[0], outputs[1], self.pseudonyms.output()], &analysis.summary.manifest)?;
        let options = CodeOptions {
            id_column: self.id_column.clone(),
            code_column: self.code_column.clone(),
            separator: self.separator.clone(),
            known_codes: known_codes(&analysis),
        };
        let mut sheets = Vec::new();
        for (at, path) in self.codes.iter().enumerate() {
            if self.codes[..at].iter().any(|other| same_place(other, path)) {
                if !quiet {
                    messages::warning(&format!("`{}` was given twice and read once", path.display()));
                }
                continue;
            }
            sheets.extend(read_codes(path, &options, &analysis.units)?);
        }
        // While the texts of projects have the names that the analysis has.
        sheets = placed(&sheets, &analysis.units);
        if let Some(found) = self.pseudonyms.apply(&self.folder, &analysis, quiet)? {
            sheets = sheets.iter().map(|sheet| sheet.pseudonymised(&found)).collect();
            analysis = found.analysis;
        }
        let found = evaluate(&analysis, &sheets, self.draws as usize)?;
        if !quiet {
            own_rows(&sheets, &analysis).iter().for_each(|warning| messages::warning(warning));
            lists_by_comma(&sheets).iter().for_each(|warning| messages::warning(warning));
            sheets.iter().flat_map(|sheet| &sheet.notices).for_each(|notice| messages::warning(notice));
            for coder in &found.coders {
                if !coder.unmatched.is_empty() {
                    let n = coder.unmatched.len();
                    messages::warning(&format!(
                        "{} of {} {} not found in the analysis",
                        of_all(n, coder.rows, "row"),
                        coder.file,
                        verb(n, "is", "are")
                    ));
                }
                if coder.given_examples > 0 {
                    messages::warning(&format!(
                        "{} left out of {}, which the analysis was coded with: examples agree with themselves",
                        were(coder.given_examples, found.level.word()),
                        coder.file
                    ));
                }
                if coder.only_denying_rows > 0 {
                    messages::warning(&format!(
                        "{} left out of {}, which only say{} what a passage is not (`!code`)",
                        were(coder.only_denying_rows, "row"),
                        coder.file,
                        if coder.only_denying_rows == 1 { "s" } else { "" }
                    ));
                }
            }
        }
        if let Some((path, file)) = disagreements_file {
            let rows = disagreements(&analysis, &sheets)?;
            write_whole(path, |out| file.write(&rows, out))?;
            if !quiet {
                let rows = counted(rows.len(), "disagreement");
                messages::note(&format!("{}: {rows}, one a row", path.display()));
            }
        }
        match &self.output {
            Some(path) => {
                let mut text = anstream::StripStream::new(Vec::new());
                self.write(&found, &mut text)?;
                write_whole(path, |out| Ok(out.write_all(&text.into_inner())?))?;
            }
            None => {
                let mut out = super::stdout(self.json);
                self.write(&found, &mut out)?;
                out.flush()?;
            }
        }
        Ok(Outcome::Done)
    }

    /// Options on columns say nothing about coded projects.
    fn refuse_columns_of_projects(&self) -> Result<(), CliError> {
        let options = [
            ("--id-column", self.id_column.is_some()),
            ("--code-column", self.code_column.is_some()),
            ("--separator", self.separator.is_some()),
        ];
        let is_project = |path: &PathBuf| path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("qdpx"));
        let Some((option, _)) = options.into_iter().find(|(_, given)| *given) else { return Ok(()) };
        if self.codes.iter().all(is_project) {
            return Err(CliError::Usage {
                message: format!("`{option}` is for tables, and coded projects are named"),
                hint: "leave it out: a project has no columns".into(),
            });
        }
        Ok(())
    }

    fn write(&self, found: &Evaluation, out: &mut dyn Write) -> std::io::Result<()> {
        if !self.json {
            return evaluation::print(found, out);
        }
        serde_json::to_writer_pretty(&mut *out, found)?;
        writeln!(out)
    }
}
