//! What `evaluate` prints: how codes and themes agree, with the table of the two.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};

use super::layout::{columns, counted, hanging, left, number, right, shortened, width, wrapped};
use super::styled::lines;
use crate::analysis::{Between, CodeMatch, CoderEvaluation, Evaluation, Level, Measures, SectionEvaluation, Table};
use crate::stats::agreement::{Estimate, MIN_PARTICIPANTS};
use crate::theme::numbers::{of_all, verb, were};

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();
const SECTION: Style = AnsiColor::Cyan.on_default().bold();
/// Rows that were not found and are listed.
const LISTED: usize = 10;
/// The widest column of codes in a table.
const CODE_WIDTH: usize = 18;

/// Prints an evaluation.
///
/// # Errors
/// Those of the writer.
pub fn print(evaluation: &Evaluation, out: &mut dyn Write) -> io::Result<()> {
    let width = width();
    for (place, coder) in evaluation.coders.iter().enumerate() {
        if place > 0 {
            writeln!(out)?;
        }
        print_coder(coder, evaluation.level, width, out)?;
    }
    if let Some(between) = &evaluation.between {
        print_between(between, evaluation.level, width, out)?;
    }
    writeln!(out)?;
    lines(out, &wrapped(&explanation(evaluation), 0, width), DIM)
}

fn print_coder(coder: &CoderEvaluation, level: Level, width: usize, out: &mut dyn Write) -> io::Result<()> {
    lines(out, &wrapped(&format!("Codes of {} against the themes", coder.coder), 0, width), BOLD)?;
    writeln!(out)?;
    lines(out, &wrapped(&matching(coder, level), 2, width), Style::new())?;
    if !coder.unmatched.is_empty() {
        writeln!(out)?;
        let title =
            format!("Not found in the analysis: {} of {}", counted(coder.unmatched.len(), "row"), number(coder.rows));
        lines(out, &wrapped(&title, 2, width), BOLD)?;
        for row in coder.unmatched.iter().take(LISTED) {
            lines(
                out,
                &hanging(&format!("line {}: {} – {}", row.line, row.id, row.reason), 4, 6, width),
                Style::new(),
            )?;
        }
        if coder.unmatched.len() > LISTED {
            let rest = format!("and {} more, which --json lists", number(coder.unmatched.len() - LISTED));
            lines(out, &wrapped(&rest, 4, width), DIM)?;
        }
    }
    if let Some(overall) = &coder.overall.measures {
        writeln!(out)?;
        print_measures(coder.within_sections.as_ref(), overall, width, out)?;
    }
    // With one section only, all together is that section.
    if coder.within_sections.is_some() || coder.sections.is_empty() {
        writeln!(out)?;
        let title = if level == Level::Participant { "The best theme of each code" } else { "All together" };
        lines(out, &wrapped(title, 0, width), SECTION)?;
        print_matches(&coder.overall.codes, level, width, out)?;
    }
    for section in &coder.sections {
        print_section(section, level, width, out)?;
    }
    Ok(())
}

/// What was read, found and compared.
fn matching(coder: &CoderEvaluation, level: Level) -> String {
    let items = |n| counted(n, level.word());
    let mut text = format!("{}: {}", coder.file, coder.layout);
    if !coder.ignored_columns.is_empty() {
        text.push_str(&format!("; not read: {}", coder.ignored_columns.join(", ")));
    }
    text.push_str(&format!(
        ". {} {} found: {}",
        of_all(coder.matched_rows, coder.rows, "row"),
        verb(coder.matched_rows, "is", "are"),
        items(coder.items)
    ));
    if level != Level::Participant {
        text.push_str(&format!(" of {}", counted(coder.participants, "participant")));
    }
    text.push_str(&format!(
        ", {} with one code, {} with several, {} without. ",
        number(coder.with_one_code),
        number(coder.with_several_codes),
        number(coder.uncoded)
    ));
    let reasons: Vec<String> = coder.excluded.iter().map(|(reason, n)| format!("{reason} {}", number(*n))).collect();
    let excluded: usize = coder.excluded.values().sum();
    text.push_str(&format!(
        "{} {} in themes, {} unclustered, {} set aside",
        number(coder.in_themes),
        verb(coder.in_themes, "is", "are"),
        number(coder.unclustered),
        number(excluded)
    ));
    if excluded > 0 {
        text.push_str(&format!(" ({})", reasons.join(", ")));
    }
    text.push('.');
    if coder.given_examples > 0 {
        text.push_str(&format!(" {} more, with which it was coded, left out.", items(coder.given_examples)));
    }
    text
}

/// Columns of the names of measures, and of each of their numbers.
const MEASURE: usize = 30;
const NUMBERS: usize = 22;

/// A line a measure, with one column of numbers or two; where those are too wide, in words.
fn print_measures(within: Option<&Measures>, overall: &Measures, width: usize, out: &mut dyn Write) -> io::Result<()> {
    type Of = fn(&Measures) -> Estimate;
    let rows: [(&str, Of); 7] = [
        ("adjusted Rand index", |m| m.ari),
        ("adjusted mutual information", |m| m.ami),
        ("V-measure", |m| m.v_measure),
        ("  homogeneity", |m| m.homogeneity),
        ("  completeness", |m| m.completeness),
        ("Cohen’s κ, codes as themes", |m| m.kappa),
        ("Krippendorff’s α, likewise", |m| m.alpha),
    ];
    let of: Vec<(&str, &Measures)> =
        within.map(|within| ("within sections", within)).into_iter().chain([("all together", overall)]).collect();
    if 2 + MEASURE + of.len() * NUMBERS > width {
        for (name, measure) in rows {
            let indent = 2 + name.len() - name.trim_start().len();
            lines(out, &wrapped(name, indent, width), Style::new())?;
            for (title, measures) in &of {
                let text = format!("{title} {}", estimate(measure(measures)));
                lines(out, &wrapped(&text, indent + 2, width), Style::new())?;
            }
        }
        return Ok(());
    }
    let titles: Vec<String> = of.iter().map(|(title, _)| left(title, NUMBERS)).collect();
    writeln!(out, "  {}{DIM}{}{DIM:#}", left("", MEASURE), titles.concat().trim_end())?;
    for (name, measure) in rows {
        let cells: Vec<String> = of.iter().map(|(_, measures)| left(&estimate(measure(measures)), NUMBERS)).collect();
        writeln!(out, "  {}{}", left(name, MEASURE), cells.concat().trim_end())?;
    }
    Ok(())
}

/// `0.62 (0.55–0.70)`; `–` for what is not defined.
fn estimate(estimate: Estimate) -> String {
    match (estimate.value, estimate.low, estimate.high) {
        (Some(value), Some(low), Some(high)) => format!("{} ({}–{})", decimal(value), decimal(low), decimal(high)),
        (Some(value), _, _) => decimal(value),
        (None, _, _) => "–".into(),
    }
}

/// Two decimals with the sign of subtraction, and no sign before a zero.
fn decimal(value: f64) -> String {
    let text = format!("{value:.2}");
    if text == "-0.00" { "0.00".into() } else { text.replace('-', "−") }
}

/// Each code with its theme, two lines each.
fn print_matches(codes: &[CodeMatch], level: Level, width: usize, out: &mut dyn Write) -> io::Result<()> {
    for code in codes {
        lines(out, &hanging(&format!("{} · {}", code.code, counted(code.items, level.word())), 2, 4, width), BOLD)?;
        let text = match (&code.theme, &code.label) {
            (Some(theme), Some(label)) => {
                format!("{theme} {label}: {} of {}", number(code.both), number(code.theme_items))
            }
            _ => "no theme has any of it".into(),
        };
        lines(out, &hanging(&text, 4, 6, width), Style::new())?;
        if code.theme.is_some() {
            let text = format!(
                "precision {} · recall {} · F1 {}",
                estimate(code.precision),
                estimate(code.recall),
                estimate(code.f1)
            );
            lines(out, &wrapped(&text, 4, width), DIM)?;
        }
    }
    Ok(())
}

fn print_section(section: &SectionEvaluation, level: Level, width: usize, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out)?;
    let title = match (section.id.as_str(), section.question.as_str()) {
        ("T", _) => "All answers together".to_string(),
        (id, "") => format!("{id}  Answers outside the guide"),
        (id, question) => format!("{id}  {question}"),
    };
    lines(out, &hanging(&title, 0, if section.id == "T" { 0 } else { section.id.len() + 2 }, width), SECTION)?;
    let scope = &section.scope;
    let mut facts = vec![counted(scope.items, level.word())];
    if let Some(measures) = &scope.measures {
        // What has several codes, or was set aside, is in none of them.
        let of = |items: usize| if items == scope.items { String::new() } else { format!(" (on {})", number(items)) };
        facts.push(format!("ARI {}", estimate(measures.ari)));
        facts.push(format!("AMI {}", estimate(measures.ami)));
        facts.push(format!("V {}{}", estimate(measures.v_measure), of(measures.items)));
        facts.push(format!("κ {}{}", estimate(measures.kappa), of(measures.rated_items)));
    }
    lines(out, &wrapped(&facts.join(" · "), 4, width), DIM)?;
    writeln!(out)?;
    if print_table(section, false, width, out)? || print_table(section, true, width, out)? {
        return Ok(());
    }
    // Too many themes for a table: where each code went, in words.
    let Table { themes, codes, uncoded } = &scope.table;
    let matches = scope.codes.iter().map(Some).chain([None]);
    for (row, code) in codes.iter().chain((uncoded.items > 0).then_some(uncoded)).zip(matches) {
        let mut places: Vec<(usize, &String)> =
            row.themes.iter().copied().zip(themes).filter(|(n, _)| *n > 0).collect();
        places.sort_by_key(|&(n, _)| std::cmp::Reverse(n));
        let mut words: Vec<String> = places.iter().map(|(n, theme)| format!("{theme} {n}")).collect();
        words.extend((row.unclustered > 0).then(|| format!("unclustered {}", row.unclustered)));
        words.extend((row.excluded > 0).then(|| format!("set aside {}", row.excluded)));
        let name = if row.code.is_empty() { "no code" } else { &row.code };
        let text = format!("{name} ({}): {}{}", row.items, words.join(" · "), code.map(shares).unwrap_or_default());
        lines(out, &hanging(&text, 2, 4, width), Style::new())?;
    }
    Ok(())
}

fn shares(code: &CodeMatch) -> String {
    match (&code.theme, code.precision.value, code.recall.value, code.f1.value) {
        (Some(theme), Some(precision), Some(recall), Some(f1)) => {
            format!("; {theme}: precision {precision:.2}, recall {recall:.2}, F1 {f1:.2}")
        }
        _ => String::new(),
    }
}

/// Codes against themes, where they fit the width; says whether they did. `short`: the themes without the
/// section's id.
fn print_table(section: &SectionEvaluation, short: bool, width: usize, out: &mut dyn Write) -> io::Result<bool> {
    let scope = &section.scope;
    let Table { themes, codes, uncoded } = &scope.table;
    let all = || codes.iter().chain([uncoded]);
    let rest = [("–", all().any(|row| row.unclustered > 0)), ("×", all().any(|row| row.excluded > 0))];
    let longest = codes.iter().map(|row| columns(&row.code)).max().unwrap_or(0);
    let code_width = longest.clamp(7, CODE_WIDTH);
    let best_width = themes.iter().map(|theme| theme.chars().count()).max().unwrap_or(0).max(4) + 2;
    let named: Vec<&str> =
        themes.iter().map(|theme| theme.strip_prefix(&section.id).filter(|_| short).unwrap_or(theme)).collect();
    let largest = all().flat_map(|row| &row.themes).max().map_or(1, |n| n.to_string().len());
    let cell = named.iter().map(|theme| theme.chars().count()).max().unwrap_or(0).max(largest) + 1;
    let n_cells = themes.len() + rest.iter().filter(|(_, any)| *any).count();
    // Indent, code, number, cells, best theme, precision, recall, F1.
    if 2 + code_width + 5 + n_cells * cell + best_width + 3 * 5 > width {
        return Ok(false);
    }
    let mut heading = format!("  {}{}", left("", code_width), right("n", 5));
    named.iter().for_each(|theme| heading.push_str(&right(theme, cell)));
    rest.iter().filter(|(_, any)| *any).for_each(|(mark, _)| heading.push_str(&right(mark, cell)));
    heading.push_str(&right("best", best_width));
    ["prec", "rec", "F1"].iter().for_each(|title| heading.push_str(&right(title, 5)));
    writeln!(out, "{DIM}{heading}{DIM:#}")?;
    let matches = scope.codes.iter().map(Some).chain([None]);
    for (row, code) in codes.iter().chain((uncoded.items > 0).then_some(uncoded)).zip(matches) {
        let name = if row.code.is_empty() { "no code".into() } else { shortened(&row.code, code_width) };
        let mut line = format!("  {}{}", left(&name, code_width), right(&row.items.to_string(), 5));
        let count = |n: usize| right(&if n == 0 { "·".into() } else { n.to_string() }, cell);
        row.themes.iter().for_each(|&n| line.push_str(&count(n)));
        let others = [row.unclustered, row.excluded].into_iter().zip(&rest).filter(|(_, (_, any))| *any);
        others.for_each(|(n, _)| line.push_str(&count(n)));
        if let Some(code) = code {
            let best = code.theme.as_deref().unwrap_or("–");
            line.push_str(&right(best, best_width));
            if code.theme.is_some() {
                [code.precision, code.recall, code.f1]
                    .into_iter()
                    .for_each(|of| line.push_str(&right(&of.value.map_or("–".into(), decimal), 5)));
            }
        }
        writeln!(out, "{}", line.trim_end())?;
    }
    let labels: Vec<String> = scope
        .codes
        .iter()
        .filter_map(|code| Some((code.theme.as_ref()?, code.label.as_ref()?)))
        .collect::<std::collections::BTreeSet<_>>()
        .into_iter()
        .map(|(theme, label)| format!("{theme} {label}"))
        .collect();
    lines(out, &wrapped(&labels.join(" · "), 2, width), DIM)?;
    Ok(true)
}

fn print_between(between: &Between, level: Level, width: usize, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out)?;
    lines(out, &wrapped("Between the coders", 0, width), SECTION)?;
    let mut text = format!("{} given one code or none by two coders or more.", were(between.items, level.word()));
    if between.with_several_codes > 0 {
        text.push_str(&format!(
            " {} to which somebody gave several are left out of that coder’s.",
            counted(between.with_several_codes, level.word())
        ));
    }
    lines(out, &wrapped(&text, 2, width), Style::new())?;
    writeln!(out)?;
    for pair in &between.pairs {
        let names = format!("Cohen’s κ, {} and {}", pair.first, pair.second);
        let text = format!("{names}: {} · {}", estimate(pair.kappa), counted(pair.items, level.word()));
        lines(out, &hanging(&text, 2, 4, width), Style::new())?;
    }
    let alphas = [("people", between.alpha), ("people and themes", between.alpha_with_themes)];
    for (who, alpha) in alphas {
        lines(out, &hanging(&format!("Krippendorff’s α, {who}: {}", estimate(alpha)), 2, 4, width), Style::new())?;
    }
    let text = "Here the themes are one more coder: each is read as the code that fits it best in its section, which favours \
                agreement. Between people it can be told how much agreement could be asked for.";
    writeln!(out)?;
    lines(out, &wrapped(text, 2, width), DIM)
}

fn explanation(evaluation: &Evaluation) -> String {
    let mut sentences: Vec<String> = Vec::new();
    if evaluation.level == Level::Participant {
        sentences.push(
            "The codes are of participants: a participant is in every theme they voiced, recurring ones taken as one. \
             Measures that need one theme each are for codes of passages or answers."
                .into(),
        );
    } else {
        sentences.push(
            "Within sections: means by the number of passages or answers. All together: a theme that recurs (R…) counts \
             as one. ARI, AMI and V rest on what has one code; what is unclustered (–) is a theme of its own; V is not \
             corrected for chance. For κ and α every code is read as the theme that fits it best, and no code as no \
             theme: this mapping favours agreement."
                .into(),
        );
    }
    sentences.push("Best: the theme with the highest F1. What the analysis had set aside (×) counts as missed in recall and nowhere else.".into());
    if evaluation.level == Level::Answer {
        sentences.push(
            "An answer with several themes is in each in the table, and in the one with the most words elsewhere."
                .into(),
        );
    }
    sentences.push(if evaluation.draws > 0 {
        format!(
            "In brackets: 95 % intervals from {} draws of half of the participants; none below {MIN_PARTICIPANTS} \
             participants or where nothing varies.",
            number(evaluation.draws)
        )
    } else {
        "No intervals were asked for.".into()
    });
    sentences.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{Scope, TableRow};

    fn estimate_of(value: f64) -> Estimate {
        Estimate { value: Some(value), low: None, high: None }
    }

    /// A section with one code, in the first and the last of its themes, and a passage without a code.
    fn printed(n_themes: usize) -> String {
        let themes: Vec<String> = (1..=n_themes).map(|n| format!("Q1.{n}")).collect();
        let row = |code: &str, n: usize| {
            let mut row =
                TableRow { code: code.into(), items: n + 1, themes: vec![0; n_themes], unclustered: 0, excluded: 0 };
            row.themes[0] = n;
            row.themes[n_themes - 1] += 1;
            row
        };
        let code = CodeMatch {
            code: "late nights".into(),
            items: 4,
            theme: Some("Q1.1".into()),
            label: Some("night, late".into()),
            both: 3,
            theme_items: 3,
            precision: estimate_of(1.0),
            recall: estimate_of(0.75),
            f1: estimate_of(0.857),
            kappa: estimate_of(0.5),
        };
        let table = Table { themes, codes: vec![row("late nights", 3)], uncoded: row("", 0) };
        let scope = Scope { items: 5, measures: None, codes: vec![code], table };
        let section = SectionEvaluation { id: "Q1".into(), question: "What?".into(), scope };
        let mut out = anstream::StripStream::new(Vec::new());
        print_section(&section, Level::Passage, 80, &mut out).unwrap();
        String::from_utf8(out.into_inner()).unwrap()
    }

    #[test]
    fn tables_fit_or_become_words() {
        let whole = printed(4);
        assert!(
            whole.contains("Q1.2") && whole.contains("late nights    4    3    ·    ·    1  Q1.1 1.00 0.75 0.86"),
            "{whole}"
        );
        assert!(whole.contains("no code        1    ·    ·    ·    1\n"), "{whole}");
        let short = printed(9);
        assert!(short.contains(" .2 ") && short.contains("Q1.1 1.00"), "{short}");
        let words = printed(40);
        assert!(words.contains("late nights (4): Q1.1 3 · Q1.40 1; Q1.1: precision 1.00"), "{words}");
        assert!(words.contains("no code (1): Q1.40 1\n"), "{words}");
        for line in [whole, short, words].iter().flat_map(|text| text.lines()) {
            assert!(line.chars().count() <= 80, "{line}");
        }
    }

    #[test]
    fn measures_stand_in_columns_or_in_words() {
        let whole = Estimate { value: Some(0.28), low: Some(0.24), high: Some(0.33) };
        let measures = Measures {
            items: 9,
            ari: whole,
            ami: whole,
            v_measure: whole,
            homogeneity: whole,
            completeness: whole,
            rated_items: 9,
            kappa: whole,
            alpha: whole,
        };
        let printed = |within: Option<&Measures>, width| {
            let mut out = anstream::StripStream::new(Vec::new());
            print_measures(within, &measures, width, &mut out).unwrap();
            String::from_utf8(out.into_inner()).unwrap()
        };
        let table = printed(Some(&measures), 80);
        assert!(table.contains("  adjusted Rand index           0.28 (0.24–0.33)      0.28 (0.24–0.33)\n"), "{table}");
        let words = printed(Some(&measures), 40);
        assert!(
            words.starts_with("  adjusted Rand index\n    within sections 0.28 (0.24–0.33)\n    all together 0.28"),
            "{words}"
        );
        assert!(words.lines().all(|line| line.chars().count() <= 40), "{words}");
        assert!(printed(None, 54).starts_with(&" ".repeat(32)), "one column fits");
    }

    #[test]
    fn codes_of_any_script_keep_their_columns() {
        let row = |code: &str| TableRow { code: code.into(), items: 3, themes: vec![3], unclustered: 0, excluded: 0 };
        let code = |name: &str| CodeMatch {
            code: name.into(),
            items: 3,
            theme: Some("Q1.1".into()),
            label: None,
            both: 3,
            theme_items: 3,
            precision: estimate_of(1.0),
            recall: estimate_of(1.0),
            f1: estimate_of(1.0),
            kappa: estimate_of(1.0),
        };
        let names = ["rota", "人手不足", "a name that goes on and on", "a\u{1b}[2J"];
        let table = Table {
            themes: vec!["Q1.1".into()],
            codes: names.map(row).to_vec(),
            uncoded: TableRow { items: 0, ..row("") },
        };
        let scope = Scope { items: 12, measures: None, codes: names.map(code).to_vec(), table };
        let section = SectionEvaluation { id: "Q1".into(), question: "What?".into(), scope };
        let mut out = Vec::new();
        assert!(print_table(&section, false, 80, &mut out).unwrap());
        let text = String::from_utf8(out).unwrap();
        let ends: Vec<usize> =
            text.lines().filter_map(|line| line.find("Q1.1 1.00").map(|at| columns(&line[..at]))).collect();
        assert!(ends.len() == 4 && ends.iter().all(|end| *end == ends[0]), "{text}");
        assert!(!text.contains("\u{1b}[2J") && text.contains("a name that goes…"), "{text}");
    }

    #[test]
    fn numbers_are_short_and_without_a_negative_zero() {
        assert_eq!([decimal(-0.001), decimal(-0.25), decimal(1.0)], ["0.00", "−0.25", "1.00"]);
        assert_eq!(estimate(Estimate::default()), "–");
        assert_eq!(estimate(Estimate { value: Some(0.5), low: Some(0.4), high: Some(0.625) }), "0.50 (0.40–0.62)");
    }
}
