//! The printed summary of an analysis by the researcher's codes.
//!
//! In: an analysis with codes. Out: how many passages got a code, how well each code is expected to be found, the
//! codes with counts and quotes, then the themes beside them. Themes are printed as [`summary`](super::summary)
//! prints them.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};

use super::layout::{counted, hanging, left, number, percent, prevalence, right, shortened, width, wrapped};
use super::styled::lines;
use super::summary::{Notes, Printing, SummaryOptions, categories, footer, header};
use crate::analysis::{Analysis, Coding, ExpectedAgreement, GivenCode, MIN_JUDGED, Theme, UnitRow};
use crate::theme::numbers::{of_all, verb, whole};

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();
const SECTION: Style = AnsiColor::Cyan.on_default().bold();
/// Columns of the table of codes beside their names, and of names: at most, and where it is one.
const BESIDE: usize = 48;
const CODE_WIDTH: usize = 36;
const LEAST_CODE_WIDTH: usize = 16;

/// Prints the summary.
///
/// # Errors
/// Those of the writer.
pub fn print(analysis: &Analysis, options: SummaryOptions, out: &mut dyn Write) -> io::Result<()> {
    let width = width();
    header(analysis, width, out)?;
    let Some(coding) = &analysis.summary.manifest.coding else { return Ok(()) };
    let notes = Notes::new(analysis, options);
    for section in &analysis.summary.sections {
        let (codes, beside): (Vec<&Theme>, Vec<&Theme>) =
            section.themes.iter().filter(|theme| !theme.hidden).partition(|theme| theme.code.is_some());
        reach(analysis, coding, codes.len(), width, out)?;
        how_well(coding, &codes, width, out)?;
        let is_calibrated = analysis.summary.manifest.is_calibrated();
        let with_code = analysis.with_code_too();
        let summary = &analysis.summary;
        let printing = Printing { summary, section, options, notes: &notes, is_calibrated, with_code, width };
        print_codes(codes, &printing, out)?;
        print_beside(coding, &beside, &printing, out)?;
    }
    categories(&analysis.summary, width, out)?;
    footer(analysis, width, out)
}

fn heading(title: &str, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "\n{SECTION}{title}{SECTION:#}")
}

/// How many passages got a code, and how many none.
fn reach(analysis: &Analysis, coding: &Coding, n_codes: usize, width: usize, out: &mut dyn Write) -> io::Result<()> {
    heading("What the codes reach", out)?;
    let counts = &analysis.summary.counts;
    let all = counts.in_themes + counts.unclustered;
    let codes = analysis.summary.code_ids();
    let with_code = |unit: &&UnitRow| unit.themes().any(|theme| codes.contains(theme));
    let coded = analysis.units.iter().filter(with_code).count();
    let share = percent(coded as f64 / all.max(1) as f64);
    let n_codes_of = |unit: &UnitRow| unit.themes().filter(|theme| codes.contains(theme)).count();
    let several = analysis.units.iter().filter(|unit| n_codes_of(unit) > 1).count();
    let by_hand = match coding.by_hand {
        0 => String::new(),
        n => format!(", {} of them coded by people", number(n)),
    };
    let got = if n_codes == 1 { "the code".to_owned() } else { format!("one of {}", counted(n_codes, "code")) };
    let text = format!(
        "{} got {got} ({share}{by_hand}), {} of them several; {} got none.",
        of_all(coded, all, "passage"),
        number(several),
        number(all - coded)
    );
    lines(out, &wrapped(&text, 2, width), Style::new())
}

/// How well codes are expected to be found: with examples a table, without them a sentence.
fn how_well(coding: &Coding, codes: &[&Theme], width: usize, out: &mut dyn Write) -> io::Result<()> {
    let set_for = format!("Thresholds are set for a precision of {}.", percent(coding.precision));
    let set_for = match coding.below_thresholds {
        None => set_for,
        Some(n) => format!(
            "{set_for} As every passage was to have a code, {} got the likeliest one below its threshold.",
            number(n)
        ),
    };
    let Some(all) = &coding.expected else {
        let examples = match coding.examples + coding.examples_elsewhere {
            0 => "no passage was coded by people".to_owned(),
            n => format!(
                "{} {} not enough to tell; {MIN_JUDGED} would be, of passages of these interviews that people coded, of two \
                 participants or more (sentences that a codebook quotes do not count)",
                counted(n, "example"),
                verb(n, "is", "are")
            ),
        };
        let text = format!(
            "{set_for} Whether it is reached is not known: {examples}. Read a sample, or let `--next FILE` choose \
             passages to code, and give them with `--codes` too."
        );
        return lines(out, &wrapped(&text, 2, width), Style::new());
    };
    let text = format!(
        "{set_for} Expected, {}: precision {}, recall {}.",
        all.basis,
        told(all.precision, all.precision_interval),
        told(all.recall, all.recall_interval)
    );
    lines(out, &wrapped(&text, 2, width), Style::new())?;
    let mut known: Vec<(&GivenCode, &ExpectedAgreement)> = codes
        .iter()
        .filter_map(|theme| theme.code.as_ref())
        .filter_map(|code| Some((code, code.expected.as_ref()?)))
        .collect();
    // Those that are found best first: both shares count (their harmonic mean).
    let both = |agreed: &ExpectedAgreement| 2.0 * agreed.both as f64 / (agreed.coded + agreed.found).max(1) as f64;
    known.sort_by(|a, b| both(b.1).total_cmp(&both(a.1)));
    writeln!(out)?;
    let room = width.saturating_sub(BESIDE).min(CODE_WIDTH);
    let is_table = room >= LEAST_CODE_WIDTH;
    if is_table {
        let titles = [right("precision", 16), right("recall", 16), right("coded", 8)];
        writeln!(out, "  {DIM}{}  {}{DIM:#}", left("code", room), titles.join("  "))?;
    }
    for (code, agreed) in &known {
        let (precision, recall) =
            (told(agreed.precision, agreed.precision_interval), told(agreed.recall, agreed.recall_interval));
        if is_table {
            let cells = [right(&precision, 16), right(&recall, 16), right(&number(agreed.coded), 8)];
            writeln!(out, "  {}  {}", left(&shortened(&code.name, room), room), cells.join("  "))?;
        } else {
            lines(out, &hanging(&code.name, 2, 4, width), Style::new())?;
            let coded = counted(agreed.coded, "passage");
            let text = format!("precision {precision} · recall {recall} · {coded} coded");
            lines(out, &wrapped(&text, 4, width), DIM)?;
        }
    }
    let unknown: Vec<&str> = codes
        .iter()
        .filter_map(|theme| theme.code.as_ref())
        .filter(|code| code.expected.is_none())
        .map(|code| code.name.as_str())
        .collect();
    if !unknown.is_empty() {
        let text = format!("Not known, for want of examples: {}.", unknown.join("; "));
        lines(out, &wrapped(&text, 2, width), DIM)?;
    }
    Ok(())
}

/// `61 % (55–67)`
fn told(share: Option<f64>, interval: Option<(f64, f64)>) -> String {
    match (share, interval) {
        (Some(share), Some((low, high))) => {
            format!("{} ({}–{})", percent(share), whole(low), whole(high))
        }
        _ => "none found".to_owned(),
    }
}

fn print_codes(mut codes: Vec<&Theme>, printing: &Printing, out: &mut dyn Write) -> io::Result<()> {
    let width = printing.width;
    heading("Codes", out)?;
    codes.sort_by_key(|theme| std::cmp::Reverse((theme.prevalence.participants, theme.mentions)));
    let (voiced, silent): (Vec<&Theme>, Vec<&Theme>) = codes.into_iter().partition(|theme| theme.mentions > 0);
    if voiced.is_empty() {
        lines(out, &wrapped("No passage is near enough to one.", 2, width), Style::new())?;
    }
    printing.themes(&voiced, |_| "", out)?;
    if !silent.is_empty() {
        let each: Vec<String> = silent
            .iter()
            .map(|theme| format!("{} {} – {}", theme.id, theme.label, prevalence(&theme.prevalence)))
            .collect();
        writeln!(out)?;
        lines(out, &hanging("Without any passage:", 2, 4, width), BOLD)?;
        each.iter().try_for_each(|text| lines(out, &hanging(text, 4, 6, width), Style::new()))?;
    }
    Ok(())
}

fn print_beside(coding: &Coding, themes: &[&Theme], printing: &Printing, out: &mut dyn Write) -> io::Result<()> {
    let width = printing.width;
    heading("Beside the codes", out)?;
    if themes.is_empty() {
        let why = coding.nothing_beside.as_deref().unwrap_or("no group of passages stands out");
        return lines(out, &wrapped(&format!("No theme in what fits no code: {why}."), 2, width), Style::new());
    }
    let text = format!(
        "{} in what fits no code; {} {} in none.",
        counted(themes.len(), "theme"),
        counted(printing.section.unclustered, "passage"),
        verb(printing.section.unclustered, "is", "are")
    );
    lines(out, &wrapped(&text, 2, width), DIM)?;
    printing.themes(themes, |_| "", out)?;
    printing.isolated(out)
}
