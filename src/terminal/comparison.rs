//! The printed comparison of groups.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};

use super::layout::{counted, hanging, number, percent, width, wrapped};
use super::styled::lines;
use super::summary::print_quote;
use crate::analysis::{Comparison, Finding, GroupComparison, SectionNotCompared, ThemeComparison, ThemeTrend};
use crate::stats::difference::Estimate;
use crate::stats::verdict::FEWEST;
use crate::theme::numbers::{counted_each, whole};
use crate::theme::stability::{Firmness, LOOSE};

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();
const HEADING: Style = AnsiColor::Cyan.on_default().bold();
/// Stands for a space at which no line ends; for private use, so it is in no text.
const GLUE: char = '\u{e000}';
/// Groups listed in full at the top, and shares listed of a theme.
const GROUPS_LISTED: usize = 8;
/// What can be done where the groups had different guides.
const ACROSS_GUIDES: &str = "To look for themes in everything together, whatever was asked, make an analysis with \
                             `leitmotif themes … --frame all -o FOLDER` and compare its groups.";
/// More groups than these are quoted by their two ends only.
const GROUPS_QUOTED: usize = 4;

/// How much to print.
#[derive(Clone, Copy, Debug)]
pub struct TableOptions {
    /// Themes told in full of each kind of finding; 0 for all.
    pub top: usize,
    /// A quote from each side.
    pub quotes: bool,
}

/// Prints the comparison.
///
/// # Errors
/// Those of the writer.
pub fn print(comparison: &Comparison, options: TableOptions, out: &mut dyn Write) -> io::Result<()> {
    let width = width();
    header(comparison, width, out)?;
    trends(comparison, options.top, width, out)?;
    for (finding, title) in [
        (Finding::Clear, "Clear differences"),
        (Finding::Likely, "Likely differences"),
        (Finding::NoClearDifference, "No clear difference"),
        (Finding::TooFew, "Too few to say"),
    ] {
        let themes: Vec<&ThemeComparison> = comparison.themes.iter().filter(|theme| theme.finding == finding).collect();
        if themes.is_empty() {
            continue;
        }
        writeln!(out, "\n{HEADING}{title}{HEADING:#} {DIM}({}){DIM:#}", counted(themes.len(), "theme"))?;
        let shown = if options.top == 0 { themes.len() } else { options.top.min(themes.len()) };
        for theme in &themes[..shown] {
            print_theme(comparison, theme, options.quotes, width, out)?;
        }
        if shown < themes.len() {
            let rest: Vec<String> = themes[shown..].iter().map(|theme| short(theme)).collect();
            writeln!(out)?;
            lines(out, &wrapped(&format!("And {} more: {}", rest.len(), rest.join("; ")), 4, width), DIM)?;
        }
    }
    footer(comparison, width, out)
}

fn header(comparison: &Comparison, width: usize, out: &mut dyn Write) -> io::Result<()> {
    lines(out, &wrapped(&format!("Themes compared by {}", comparison.by), 0, width), BOLD)?;
    writeln!(out)?;
    let groups = &comparison.groups;
    for group in groups.iter().take(if groups.len() > GROUPS_LISTED + 1 { GROUPS_LISTED } else { groups.len() }) {
        let question = group.question.as_ref().map(|question| format!(" · {question}")).unwrap_or_default();
        let text = format!("{}: {}{question}", group.name, counted(group.participants, "participant"));
        lines(out, &hanging(&text, 2, 4, width), Style::new())?;
    }
    if groups.len() > GROUPS_LISTED + 1 {
        let rest = &groups[GROUPS_LISTED..];
        let people: usize = rest.iter().map(|group| group.participants).sum();
        let text = format!("and {} more groups: {}", rest.len(), counted(people, "participant"));
        lines(out, &wrapped(&text, 2, width), Style::new())?;
    }
    if let Some(banding) = comparison.banding() {
        let text = format!("{banding} {}", comparison.other_bands().unwrap_or_default());
        writeln!(out)?;
        lines(out, &wrapped(&text, 2, width), Style::new())?;
    }
    writeln!(out)?;
    lines(out, &wrapped(&scope(comparison), 2, width), Style::new())?;
    not_compared(comparison, width, out)
}

/// Themes that rise or fall along groups that have an order, the clearest first.
fn trends(comparison: &Comparison, top: usize, width: usize, out: &mut dyn Write) -> io::Result<()> {
    let tested = comparison.trends();
    if tested == 0 {
        return Ok(());
    }
    let likely = comparison.themes.iter().filter_map(|theme| Some((theme, theme.trend.filter(|it| it.is_likely())?)));
    let mut likely: Vec<(&ThemeComparison, ThemeTrend)> = likely.collect();
    likely.sort_by(|(_, a), (_, b)| b.z.abs().total_cmp(&a.z.abs()));
    writeln!(out, "\n{HEADING}Trends along the groups{HEADING:#} {DIM}({} of {tested}){DIM:#}", likely.len())?;
    if likely.is_empty() {
        writeln!(out)?;
        lines(out, &wrapped("No theme rises or falls along them with q below 0.05.", 2, width), Style::new())?;
    }
    let shown = if top == 0 { likely.len() } else { top.min(likely.len()) };
    for (theme, trend) in &likely[..shown] {
        writeln!(out)?;
        lines(out, &hanging(&format!("{}  {}", theme.id, theme.label), 2, theme.id.len() + 4, width), BOLD)?;
        let groups = theme.groups.iter().filter(|group| theme.compared.contains(&group.group));
        let shares: Vec<String> = groups.map(|group| format!("{} {}", group.group, people(group))).collect();
        let text = format!("{} along {}: {}", trend.word(), comparison.by, shares.join(" · "));
        lines(out, &unbroken(&text, width), Style::new())?;
        let z = format!("{:.2}", trend.z).replace('-', "−");
        let text = format!("z = {z}, p {}, q {}", probability(trend.p), probability(trend.q));
        lines(out, &unbroken(&text, width), DIM)?;
        if let Some(note) = &theme.question_note {
            lines(out, &hanging(note, 4, 6, width), DIM)?;
        }
        unreliable(theme, width, out)?;
    }
    if shown < likely.len() {
        let short = |(theme, trend): &(&ThemeComparison, ThemeTrend)| {
            format!("{} {} ({}{})", theme.id, theme.label, trend.word(), mark(theme))
        };
        let rest: Vec<String> = likely[shown..].iter().map(short).collect();
        writeln!(out)?;
        lines(out, &wrapped(&format!("And {} more: {}", rest.len(), rest.join("; ")), 4, width), DIM)?;
    }
    Ok(())
}

/// Sections that one group alone was asked, a line each.
fn not_compared(comparison: &Comparison, width: usize, out: &mut dyn Write) -> io::Result<()> {
    let mut told: Vec<&Option<String>> = Vec::new();
    for SectionNotCompared { asked, .. } in &comparison.not_compared {
        if told.contains(&asked) {
            continue;
        }
        told.push(asked);
        let title = match asked {
            Some(group) => format!("Asked in {group} only, so not compared:"),
            None => "Asked in none of the groups:".into(),
        };
        writeln!(out)?;
        lines(out, &wrapped(&title, 2, width), Style::new())?;
        for section in comparison.not_compared.iter().filter(|section| section.asked == *asked) {
            let themes = counted(section.themes, "theme");
            let text = format!("{} ({themes})  {}", section.section, section.question);
            lines(out, &[cut(&text, 4, width)], DIM)?;
        }
    }
    if let Some(text) = comparison.guides_differ() {
        writeln!(out)?;
        lines(out, &wrapped(&format!("{text} {ACROSS_GUIDES}"), 2, width), Style::new())?;
    }
    Ok(())
}

/// One line of a text, cut with `…` where it goes on.
fn cut(text: &str, indent: usize, width: usize) -> String {
    let mut all = hanging(text, indent, indent, width - 2);
    let is_cut = all.len() > 1;
    let first = if all.is_empty() { String::new() } else { all.swap_remove(0) };
    if is_cut { format!("{first} …") } else { first }
}

/// How many themes, with what correction, without whom.
fn scope(comparison: &Comparison) -> String {
    let recurring = comparison.themes.iter().filter(|theme| theme.section.is_none()).count();
    let mut sentences = vec![match recurring {
        0 => format!("{} compared.", counted(comparison.themes.len(), "theme")),
        n => format!("{} compared, {n} of them recurring across questions.", counted(comparison.themes.len(), "theme")),
    }];
    if comparison.tested > 0 {
        sentences.push(format!(
            "Corrected for all {} that are tested: clear is what the max-statistic of {} leaves below 0.05, likely what has a false \
             discovery rate q below 0.05 alone.",
            counted(comparison.tested, "theme"),
            shuffled(comparison),
        ));
    }
    let left_out = &comparison.left_out;
    if left_out.missing_value > 0 {
        sentences.push(format!(
            "{} without a value of {} left out.",
            counted(left_out.missing_value, "participant"),
            comparison.by
        ));
    }
    if left_out.not_asked_for > 0 {
        sentences
            .push(format!("{} of other studies or groups left out.", counted(left_out.not_asked_for, "participant")));
    }
    if left_out.without_passages > 0 {
        let text = counted(left_out.without_passages, "participant");
        sentences.push(format!("{text} of the groups said nothing that was clustered on, and voiced no theme."));
    }
    if left_out.without_answers > 0 {
        let text = counted(left_out.without_answers, "participant");
        sentences.push(format!("{text} without any answer left out of the groups."));
    }
    if let Some(questions) = comparison.questions.filter(|questions| questions.in_one_group > 0) {
        sentences.push(questions.sentence());
    }
    let hidden = [(comparison.hidden, "hidden theme"), (comparison.hidden_recurring, "hidden recurring theme")];
    sentences.extend(counted_each(hidden).map(|hidden| format!("{hidden} not compared.")));
    sentences.join(" ")
}

fn shuffled(comparison: &Comparison) -> String {
    let times = number(comparison.shuffles);
    if comparison.same_participants {
        format!("{times} shuffles of each participant's questions")
    } else {
        format!("{times} shuffles of the participants")
    }
}

fn print_theme(
    comparison: &Comparison,
    theme: &ThemeComparison,
    quotes: bool,
    width: usize,
    out: &mut dyn Write,
) -> io::Result<()> {
    writeln!(out)?;
    lines(out, &hanging(&format!("{}  {}", theme.id, theme.label), 2, theme.id.len() + 4, width), BOLD)?;
    lines(out, &unbroken(&numbers(theme), width), Style::new())?;
    if theme.compared.len() > 2 || (theme.compared.len() == 2 && comparison.groups.len() > 2) {
        lines(out, &unbroken(&shares(theme), width), DIM)?;
    }
    for note in theme.length_note.iter().chain(&theme.question_note) {
        lines(out, &hanging(note, 4, 6, width), DIM)?;
    }
    unreliable(theme, width, out)?;
    if !theme.themes.is_empty() {
        lines(out, &wrapped(&format!("in any of {}", theme.themes.join(", ")), 4, width), DIM)?;
    }
    let mut sides = by_share(theme);
    if sides.len() > GROUPS_QUOTED {
        sides = vec![sides[0], sides[sides.len() - 1]];
    }
    let words: Vec<String> = sides
        .iter()
        .filter(|group| !group.terms.is_empty())
        .map(|group| {
            let terms: Vec<&str> = group.terms.iter().map(|term| term.term.as_str()).collect();
            format!("{} says rather: {}", group.group, terms.join(", "))
        })
        .collect();
    if !words.is_empty() {
        lines(out, &hanging(&words.join(" · "), 4, 6, width), DIM)?;
    }
    if quotes {
        for group in sides {
            match &group.quote {
                Some(quote) => print_quote(quote, false, width, out)?,
                None => lines(out, &wrapped(&format!("nobody in {}", group.group), 4, width), DIM)?,
            }
        }
    }
    Ok(())
}

/// Its stability, where the theme itself is not to be built on.
fn unreliable(theme: &ThemeComparison, width: usize, out: &mut dyn Write) -> io::Result<()> {
    let Some(stability) = theme.stability.filter(|&stability| stability < LOOSE) else { return Ok(()) };
    let text = format!("the theme itself: {} ({stability:.2})", Firmness::Loose.word());
    lines(out, &wrapped(&text, 4, width), DIM)
}

/// The same behind its name: `, do not rely on it`.
fn mark(theme: &ThemeComparison) -> String {
    let is_loose = theme.stability.is_some_and(|stability| stability < LOOSE);
    if is_loose { format!(", {}", Firmness::Loose.word()) } else { String::new() }
}

/// Wrapped as told below a theme's heading, with no line that ends before `%` or inside `q = 0.02`.
fn unbroken(text: &str, width: usize) -> Vec<String> {
    let glued = text.replace(" %", &format!("{GLUE}%")).replace(" = ", &format!("{GLUE}={GLUE}"));
    hanging(&glued, 4, 6, width).iter().map(|line| line.replace(GLUE, " ")).collect()
}

/// The groups compared, largest share first; where none is, those that were asked.
fn by_share(theme: &ThemeComparison) -> Vec<&GroupComparison> {
    let mut groups: Vec<&GroupComparison> =
        theme.groups.iter().filter(|group| theme.compared.len() < 2 || theme.compared.contains(&group.group)).collect();
    groups.sort_by(|a, b| b.prevalence.share.unwrap_or(0.0).total_cmp(&a.prevalence.share.unwrap_or(0.0)));
    groups
}

/// `12 of 30 (40 %)`
fn people(group: &GroupComparison) -> String {
    let prevalence = &group.prevalence;
    let share = prevalence.share.map(percent).unwrap_or_default();
    format!("{} of {} ({share})", number(prevalence.participants), number(prevalence.asked))
}

/// The verdict, and what it rests on.
fn numbers(theme: &ThemeComparison) -> String {
    let mut parts = Vec::new();
    let sides = by_share(theme);
    // The heading says it of those that show no difference.
    let verdict = match theme.finding {
        Finding::Clear | Finding::Likely => format!("{}: ", theme.verdict),
        Finding::NoClearDifference | Finding::TooFew => String::new(),
    };
    match (theme.difference, sides.as_slice()) {
        (Some(difference), &[high, low]) => {
            let named = theme.highest.as_ref() == Some(&high.group);
            let first = if named { people(high) } else { format!("{} {}", high.group, people(high)) };
            let second = format!("{} {}", low.group, people(low));
            // Told from the higher share, so that points are positive.
            let turned = if difference.value < 0.0 { turned(difference) } else { difference };
            parts.push(format!("{verdict}{first} against {second}: {}", points(turned)));
        }
        _ if theme.compared.len() >= 2 => {
            parts.push(format!("{verdict}{} points apart", whole(theme.effect)));
        }
        _ => {
            let asked: Vec<String> =
                sides.iter().take(GROUPS_LISTED).map(|group| format!("{} {}", group.group, people(group))).collect();
            let rest = sides.len().saturating_sub(GROUPS_LISTED);
            let more = if rest > 0 { format!(" and {rest} more groups") } else { String::new() };
            parts.push(format!("{verdict}{}{more}", asked.join(", ")));
            parts.push(format!("fewer than two groups with {FEWEST} participants asked"));
        }
    }
    // With nobody, or everybody, in a group it rests on the ½ that is added, and may point the other way than the shares.
    let is_told = sides.iter().filter(|side| theme.compared.contains(&side.group)).all(|side| {
        let people = &side.prevalence;
        0 < people.participants && people.participants < people.asked
    });
    if let Some(ratio) = theme.odds_ratio.filter(|_| theme.compared.len() == 2 && is_told) {
        let above = if theme.difference.is_some_and(|d| d.value < 0.0) { 1.0 / ratio.value } else { ratio.value };
        parts.push(format!("odds ratio {above:.1}"));
    }
    parts.extend(theme.chi_squared.map(|value| format!("χ² = {value:.1}")));
    parts.extend(theme.q.map(|q| format!("q {}", probability(q))));
    parts.extend(theme.p_max_statistic.map(|p| format!("max-statistic p {}", probability(p))));
    parts.join(", ")
}

fn turned(estimate: Estimate) -> Estimate {
    Estimate { value: -estimate.value, low: -estimate.high, high: -estimate.low }
}

/// `+13 points (6 to 19)`
fn points(difference: Estimate) -> String {
    let rounded = |value: f64| (value * 100.0).round() as i64; // −100–100
    let signed = |value: i64| if value < 0 { format!("−{}", -value) } else { value.to_string() };
    let value = rounded(difference.value);
    let plus = if value > 0 { "+" } else { "" };
    let word = if value.abs() == 1 { "point" } else { "points" };
    format!(
        "{plus}{} {word} ({} to {})",
        signed(value),
        signed(rounded(difference.low)),
        signed(rounded(difference.high))
    )
}

/// `= 0.012`, `< 0.001`
fn probability(p: f64) -> String {
    match p {
        p if p < 0.001 => "< 0.001".into(),
        p if p < 0.0995 => format!("= {p:.3}"),
        p => format!("= {p:.2}"),
    }
}

/// Each group's share, the largest first.
fn shares(theme: &ThemeComparison) -> String {
    let sides = by_share(theme);
    let shown = |group: &&GroupComparison| format!("{} {}", group.group, people(group));
    if sides.len() <= GROUPS_LISTED + 1 {
        return sides.iter().map(shown).collect::<Vec<_>>().join(" · ");
    }
    let ends: Vec<&GroupComparison> = sides[..GROUPS_LISTED - 2].to_vec();
    let last = &sides[sides.len() - 2..];
    let between = sides.len() - ends.len() - last.len();
    format!(
        "{} · {between} groups between · {}",
        ends.iter().map(shown).collect::<Vec<_>>().join(" · "),
        last.iter().map(shown).collect::<Vec<_>>().join(" · ")
    )
}

/// A theme among many.
fn short(theme: &ThemeComparison) -> String {
    let (effect, mark) = (whole(theme.effect), mark(theme));
    match by_share(theme).first() {
        Some(group) if effect > 0.0 && theme.compared.len() >= 2 => {
            let points = if effect == 1.0 { "point" } else { "points" };
            format!("{} {} ({effect:.0} {points} more in {}{mark})", theme.id, theme.label, group.group)
        }
        Some(_) if theme.compared.len() >= 2 => format!("{} {} (0{mark})", theme.id, theme.label),
        _ => format!("{} {}{mark}", theme.id, theme.label),
    }
}

/// Whom the shares are of, and whether they are those of the table of themes.
fn counted_how(comparison: &Comparison) -> String {
    let once = "A participant counts once a theme, of those who answered its question";
    let is_fewer = comparison.not_compared.iter().any(|section| section.asked.is_some());
    if is_fewer && comparison.themes.iter().any(|theme| theme.section.is_none()) {
        format!(
            "{once}. Recurring themes are counted without questions that one group alone was asked, so they may have \
             other shares than in the table of themes."
        )
    } else {
        format!("{once}, as in the table of themes.")
    }
}

fn footer(comparison: &Comparison, width: usize, out: &mut dyn Write) -> io::Result<()> {
    let test = match (comparison.same_participants, comparison.groups.len()) {
        (true, _) => "χ², each participant's questions exchanged",
        (false, 2) => "Fisher's exact test, two-sided",
        _ => "χ² with a permutation p-value, or Fisher's exact test where two groups are left",
    };
    let mut notes = vec![
        counted_how(comparison),
        format!(
            "Points are the difference of the shares, with Newcombe's 95 % interval where two groups are compared; \
             tested by {test}."
        ),
        format!("Too few to say: fewer than {FEWEST} asked in a group, or an interval more than 50 points wide."),
    ];
    if comparison.trends() > 0 {
        notes.push(
            "Trends: the Cochran–Armitage test along the groups in their order, with the false discovery rate q over \
             all themes tested."
                .into(),
        );
    }
    notes.extend(comparison.recurring_left_out());
    notes.push(
        "Who took part was not drawn at random, and the interviews differ in more than the groups: a difference is no \
         proof of its cause."
            .into(),
    );
    writeln!(out)?;
    lines(out, &wrapped(&notes.join(" "), 0, width), DIM)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_like_words() {
        let estimate = |value, low, high| Estimate { value, low, high };
        assert_eq!(points(estimate(0.127, 0.0604, 0.1916)), "+13 points (6 to 19)");
        assert_eq!(points(estimate(0.004, -0.31, 0.3)), "0 points (−31 to 30)");
        assert_eq!(points(turned(estimate(-0.013, -0.2, 0.1))), "+1 point (−10 to 20)");
        assert_eq!([0.0004, 0.0123, 0.4].map(probability), ["< 0.001", "= 0.012", "= 0.40"]);
    }
}
