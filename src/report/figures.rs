//! Figures of a comparison, as SVG.
//!
//! In: a [`Comparison`]. Out: pictures whose text can be selected and searched. Groups are told apart by colour
//! and by shape; the colours are those of Okabe & Ito (2008, "Color Universal Design"), which the colour-blind
//! can tell apart as well. Themes beyond those that fit are counted in a note.

use std::io::Write;

use super::svg::{Anchor, FAINT, Face, GREY, INK, Mark, Svg, lines, width_of};
use crate::analysis::{Analysis, Comparison, ComparisonOptions, Finding, GroupComparison, ThemeComparison, compare};
use crate::export::{ExportError, Exporter, check_counts};
use crate::stats::verdict::FEWEST;
use crate::theme::numbers::hundredths;

/// Names of the files that [`all`] gives.
pub const NAMES: [&str; 3] = ["forest.svg", "differences.svg", "heat-map.svg"];

/// Okabe & Ito's colours, with grey for yellow, which is too light for marks; the shapes change with each.
const GROUP_COLOURS: [&str; 8] =
    ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000", "#7f7f7f"];
const MARKS: [Mark; 4] = [Mark::Circle, Mark::Square, Mark::Triangle, Mark::Diamond];
/// Groups that a forest plot tells apart.
const MOST_GROUPS: usize = GROUP_COLOURS.len();
/// Rows of marks in a forest plot.
const MOST_ROWS: usize = 90;
/// Themes in the other figures.
const MOST_THEMES: usize = 45;
/// From white to dark blue (ColorBrewer's Blues, Brewer 2003).
const SHADES: [(u8, u8, u8); 5] = [(247, 251, 255), (198, 219, 239), (107, 174, 214), (33, 113, 181), (8, 48, 107)];
/// Cells of too few people.
const NO_SHADE: &str = "#f3f3f3";

const WIDTH: f64 = 860.0;
const MARGIN: f64 = 20.0;
const LABELS: f64 = 250.0;
const LABEL: Face = Face::new(12.0);
const SMALL: Face = Face::new(11.0);
const TITLE: Face = Face::new(16.0);
const LINE: f64 = 15.0;

/// Every figure with its file name; the difference plot only where two groups are compared.
pub fn all(comparison: &Comparison) -> Vec<(&'static str, String)> {
    let mut figures = vec![(NAMES[0], forest(comparison))];
    figures.extend(differences(comparison).map(|text| (NAMES[1], text)));
    figures.push((NAMES[2], heat_map(comparison)));
    figures
}

/// [`forest`] of the studies of an analysis.
#[derive(Clone, Copy, Debug, Default)]
pub struct ForestPlot;

impl Exporter for ForestPlot {
    fn write(&self, analysis: &Analysis, out: &mut (dyn Write + Send)) -> Result<(), ExportError> {
        check_counts(analysis)?;
        Ok(out.write_all(forest(&compare(analysis, &ComparisonOptions::default())?).as_bytes())?)
    }
}

/// Prevalence with Wilson intervals, theme by theme, a mark a group; in the order of the comparison.
pub fn forest(comparison: &Comparison) -> String {
    let mut svg = Svg::new(WIDTH);
    let mut y = heading(
        &mut svg,
        &format!("Participants who voiced each theme, by {}", comparison.by),
        "Share of the participants who were asked, with Wilson 95 % intervals",
    );
    let shown = shown_groups(comparison);
    y = legend(&mut svg, y, &shown.iter().map(|group| group.as_str()).collect::<Vec<_>>());
    let n_themes = (MOST_ROWS / shown.len().max(1)).max(5).min(comparison.themes.len());
    let themes = &comparison.themes[..n_themes];
    let verdicts = WIDTH - MARGIN - 190.0;
    let scale =
        Scale { left: MARGIN + LABELS + 15.0, right: verdicts - 20.0, from: 0.0, to: top_of_shares(themes, &shown) };
    let top = y;
    y += LINE;
    let mut rows = Svg::new(WIDTH);
    for theme in themes {
        let label = lines(&format!("{} {}", theme.id, theme.label), LABELS, LABEL.size, 2);
        let verdict = lines(&theme.verdict, 190.0, SMALL.size, 3);
        let groups: Vec<(usize, &GroupComparison)> = shown
            .iter()
            .enumerate()
            .filter_map(|(number, name)| Some((number, theme.groups.iter().find(|group| group.group == *name)?)))
            .collect();
        let height = (label.len().max(verdict.len()).max(groups.len()) as f64) * LINE + 9.0;
        block(&mut rows, MARGIN, y, &label, LABEL);
        block(&mut rows, verdicts, y, &verdict, SMALL.fill(if theme.finding <= Finding::Likely { INK } else { GREY }));
        for (row, (number, group)) in groups.iter().enumerate() {
            let at = y + 6.0 + row as f64 * LINE;
            let people = &group.prevalence;
            let (Some(share), Some(low), Some(high)) = (people.share, people.low, people.high) else { continue };
            let (mark, colour) = look(*number);
            rows.line((scale.x(low), at), (scale.x(high), at), colour, 1.5);
            rows.mark(mark, (scale.x(share), at), colour, true);
        }
        y += height;
        rows.line((MARGIN, y - 3.0), (WIDTH - MARGIN, y - 3.0), "#eeeeee", 1.0);
        y += 4.0;
    }
    axis(&mut svg, &scale, top, y, |share| format!("{:.0} %", share * 100.0));
    svg.append(rows);
    y += 22.0;
    let notes = [
        (n_themes < comparison.themes.len())
            .then(|| format!("The first {n_themes} of {} themes.", comparison.themes.len())),
        (shown.len() < comparison.groups.len())
            .then(|| format!("The {} largest of {} groups.", shown.len(), comparison.groups.len())),
    ];
    y = notes_below(&mut svg, y, notes.into_iter().flatten());
    svg.finished(
        y,
        "Prevalence of themes by group",
        "Each theme has a row of marks with intervals, one for each group.",
    )
}

/// Differences with Newcombe intervals, from the largest to the smallest; `None` where more than two groups, or the
/// same people, are compared.
pub fn differences(comparison: &Comparison) -> Option<String> {
    let [one, other] = comparison.groups.as_slice() else { return None };
    let mut themes: Vec<(&ThemeComparison, f64, f64, f64)> = comparison
        .themes
        .iter()
        .filter_map(|theme| theme.difference.map(|d| (theme, d.value, d.low, d.high)))
        .collect();
    if themes.is_empty() {
        return None;
    }
    let n_all = themes.len();
    themes.truncate(MOST_THEMES);
    themes.sort_by(|a, b| b.1.total_cmp(&a.1));
    let mut svg = Svg::new(WIDTH);
    let mut y = heading(
        &mut svg,
        &format!("Difference between {} and {}", one.name, other.name),
        "Points by which the share of participants differs, with Newcombe 95 % intervals",
    );
    let kinds = [
        (Mark::Circle, GROUP_COLOURS[0], true, format!("clearly more in {}", one.name)),
        (Mark::Square, GROUP_COLOURS[1], true, format!("clearly more in {}", other.name)),
        (Mark::Circle, INK, false, "likely more (hollow)".to_string()),
        (Mark::Diamond, "#999999", true, "no clear difference".to_string()),
        (Mark::Diamond, "#999999", false, "too few to say".to_string()),
    ];
    let mut x = MARGIN;
    for (mark, colour, filled, text) in &kinds {
        let width = width_of(text, SMALL.size) + 34.0;
        if x + width > WIDTH - MARGIN && x > MARGIN {
            x = MARGIN;
            y += 18.0;
        }
        svg.mark(*mark, (x + 6.0, y - 4.0), colour, *filled);
        let text = lines(text, WIDTH - x - MARGIN - 20.0, SMALL.size, 1);
        block_at_base(&mut svg, x + 17.0, y, &text, SMALL);
        x += width;
    }
    y += 22.0;
    let numbers = WIDTH - MARGIN - 120.0;
    let reach = themes.iter().flat_map(|&(_, _, low, high)| [low.abs(), high.abs()]).fold(0.1, f64::max);
    let reach = ((reach * 10.0).ceil() / 10.0).min(1.0);
    let scale = Scale { left: MARGIN + LABELS + 15.0, right: numbers - 20.0, from: -reach, to: reach };
    let middle = scale.x(0.0);
    let half = middle - scale.left;
    let left = lines(&format!("← more in {}", other.name), half - 6.0, SMALL.size, 1);
    let right = lines(&format!("more in {} →", one.name), half - 6.0, SMALL.size, 1);
    svg.text(middle - 6.0, y, SMALL.bold().anchor(Anchor::End), &left.concat());
    svg.text(middle + 6.0, y, SMALL.bold(), &right.concat());
    y += 8.0;
    let top = y;
    y += LINE;
    let mut rows = Svg::new(WIDTH);
    for (theme, value, low, high) in themes.iter().copied() {
        let label = lines(&format!("{} {}", theme.id, theme.label), LABELS, LABEL.size, 2);
        let height = label.len() as f64 * LINE + 5.0;
        let at = y + (label.len() as f64 - 1.0) * LINE / 2.0 + 5.0;
        block(&mut rows, MARGIN, y, &label, LABEL);
        let number = usize::from(value < 0.0);
        let (mark, colour, filled) = match theme.finding {
            Finding::Clear => (look(number).0, look(number).1, true),
            Finding::Likely => (look(number).0, look(number).1, false),
            Finding::NoClearDifference => (Mark::Diamond, "#999999", true),
            Finding::TooFew => (Mark::Diamond, "#999999", false),
        };
        rows.line((scale.x(low), at), (scale.x(high), at), colour, 1.5);
        rows.mark(mark, (scale.x(value), at), colour, filled);
        let text = format!("{} ({} to {})", points(value, true), points(low, false), points(high, false));
        rows.text(WIDTH - MARGIN, at + 4.0, SMALL.anchor(Anchor::End), &text);
        y += height;
    }
    axis(&mut svg, &scale, top, y, |points| self::points(points, true));
    svg.line((middle, top), (middle, y), INK, 1.0);
    svg.append(rows);
    y += 22.0;
    let notes = (n_all > themes.len())
        .then(|| format!("{} of {n_all} themes: those with the clearest and largest differences.", themes.len()));
    y = notes_below(&mut svg, y, notes.into_iter());
    Some(svg.finished(
        y,
        "Differences of themes between two groups",
        "One mark with its interval for each theme, sorted by size.",
    ))
}

/// Shares of themes × groups, the darker the larger.
pub fn heat_map(comparison: &Comparison) -> String {
    let themes = &comparison.themes[..comparison.themes.len().min(MOST_THEMES)];
    let groups = &comparison.groups;
    let n = groups.len().max(1) as f64;
    let cell = ((WIDTH - 2.0 * MARGIN - LABELS - 15.0) / n).clamp(34.0, 110.0);
    let left = MARGIN + LABELS + 15.0;
    let names: Vec<String> = groups.iter().map(|group| group.name.clone()).collect();
    let is_turned = names.iter().any(|name| width_of(name, SMALL.size) > cell - 6.0);
    let names: Vec<String> =
        names.iter().map(|name| lines(name, if is_turned { 190.0 } else { cell }, SMALL.size, 1).concat()).collect();
    let head = if is_turned {
        names.iter().map(|name| width_of(name, SMALL.size)).fold(0.0, f64::max) * 0.71 + 14.0
    } else {
        16.0
    };
    // Turned names lean out over the last column.
    let width = (left + cell * n + MARGIN + if is_turned { head } else { 0.0 }).max(WIDTH);
    let mut svg = Svg::new(width);
    let mut y = heading(
        &mut svg,
        &format!("Themes by {}", comparison.by),
        "Share of the participants who were asked, in per cent",
    );
    let shares = themes.iter().flat_map(|theme| &theme.groups).filter(|group| group.prevalence.asked >= FEWEST);
    let most = shares.filter_map(|group| group.prevalence.share).fold(0.1, f64::max);
    let most = (most * 10.0).ceil() / 10.0;
    for step in 0..50 {
        let share = f64::from(step) / 49.0;
        svg.rectangle((MARGIN + f64::from(step) * 3.0, y - 9.0), (3.2, 10.0), &shade(share));
    }
    svg.text(MARGIN + 156.0, y, SMALL, &format!("0 to {:.0} %", most * 100.0));
    let few = format!("fewer than {FEWEST} asked: x/n");
    let few_x = MARGIN + 250.0;
    svg.rectangle((few_x, y - 9.0), (16.0, 10.0), NO_SHADE);
    svg.text(few_x + 22.0, y, SMALL, &few);
    svg.text(few_x + 40.0 + width_of(&few, SMALL.size), y, SMALL, "–  not asked");
    y += 14.0 + head;
    for (number, name) in names.iter().enumerate() {
        let x = left + (number as f64 + 0.5) * cell;
        if is_turned {
            svg.turned_text(x + 3.0, y - 6.0, -45.0, SMALL, name);
        } else {
            svg.text(x, y - 6.0, SMALL.anchor(Anchor::Middle), name);
        }
    }
    for theme in themes {
        let label = lines(&format!("{} {}", theme.id, theme.label), LABELS, LABEL.size, 2);
        let height = label.len() as f64 * LINE + 7.0;
        block(&mut svg, MARGIN, y + 5.0, &label, LABEL);
        let base = y + height / 2.0 + 4.0;
        for (number, group) in groups.iter().enumerate() {
            let x = left + number as f64 * cell;
            let middle = x + cell / 2.0;
            let there = theme.groups.iter().find(|there| there.group == group.name).map(|there| &there.prevalence);
            let face = SMALL.anchor(Anchor::Middle);
            match there {
                Some(people) if people.asked >= FEWEST => {
                    let share = people.share.unwrap_or(0.0);
                    svg.rectangle((x, y), (cell - 1.0, height - 1.0), &shade(share / most));
                    let ink = if share / most > 0.6 { "#ffffff" } else { INK };
                    svg.text(middle, base, face.fill(ink), &hundredths(share));
                }
                Some(people) => {
                    svg.rectangle((x, y), (cell - 1.0, height - 1.0), NO_SHADE);
                    svg.text(middle, base, face.fill(GREY), &format!("{}/{}", people.participants, people.asked));
                }
                None => svg.text(middle, base, face.fill(GREY), "–"),
            }
        }
        y += height;
    }
    y += 18.0;
    let notes = (themes.len() < comparison.themes.len())
        .then(|| format!("The first {} of {} themes.", themes.len(), comparison.themes.len()));
    y = notes_below(&mut svg, y, notes.into_iter());
    svg.finished(y, "Themes by group", "A table of themes and groups; the darker a cell, the larger the share.")
}

/// A stretch of the picture that stands for numbers.
struct Scale {
    left: f64,
    right: f64,
    from: f64,
    to: f64,
}

impl Scale {
    fn x(&self, value: f64) -> f64 {
        let share = (value - self.from) / (self.to - self.from);
        self.left + share.clamp(0.0, 1.0) * (self.right - self.left)
    }
}

/// Lines and numbers of a scale.
fn axis(svg: &mut Svg, scale: &Scale, top: f64, bottom: f64, number: impl Fn(f64) -> String) {
    let span = scale.to - scale.from;
    let step = [0.05, 0.1, 0.2, 0.25, 0.5].into_iter().find(|step| span / step <= 8.01).unwrap_or(0.5);
    let mut tick = (scale.from / step).ceil() as i32; // a handful of ticks
    while f64::from(tick) * step <= scale.to + 1e-9 {
        let value = f64::from(tick) * step;
        svg.line((scale.x(value), top), (scale.x(value), bottom), FAINT, 1.0);
        svg.text(scale.x(value), bottom + 14.0, SMALL.anchor(Anchor::Middle).fill(GREY), &number(value));
        tick += 1;
    }
}

/// Title and subtitle; the base line of what follows.
fn heading(svg: &mut Svg, title: &str, subtitle: &str) -> f64 {
    let mut y = MARGIN + 14.0;
    for line in lines(title, WIDTH - 2.0 * MARGIN, TITLE.size, 2) {
        svg.text(MARGIN, y, TITLE.bold(), &line);
        y += 20.0;
    }
    svg.text(MARGIN, y, LABEL.fill(GREY), subtitle);
    y + 26.0
}

fn legend(svg: &mut Svg, mut y: f64, groups: &[&str]) -> f64 {
    let mut x = MARGIN;
    for (number, group) in groups.iter().enumerate() {
        let text = lines(group, 300.0, LABEL.size, 1).concat();
        let width = width_of(&text, LABEL.size) + 40.0;
        if x + width > WIDTH - MARGIN && x > MARGIN {
            x = MARGIN;
            y += 20.0;
        }
        let (mark, colour) = look(number);
        svg.mark(mark, (x + 6.0, y - 4.0), colour, true);
        svg.text(x + 17.0, y, LABEL, &text);
        x += width;
    }
    y + 14.0
}

/// Lines of text from a row's top on.
fn block(svg: &mut Svg, x: f64, y: f64, lines: &[String], face: Face) {
    block_at_base(svg, x, y + 10.0, lines, face);
}

fn block_at_base(svg: &mut Svg, x: f64, y: f64, lines: &[String], face: Face) {
    for (number, line) in lines.iter().enumerate() {
        svg.text(x, y + number as f64 * LINE, face, line);
    }
}

fn notes_below(svg: &mut Svg, mut y: f64, notes: impl Iterator<Item = String>) -> f64 {
    for note in notes {
        y += 12.0;
        svg.text(MARGIN, y, SMALL.fill(GREY), &note);
        y += 4.0;
    }
    y + MARGIN
}

fn look(group: usize) -> (Mark, &'static str) {
    (MARKS[group % MARKS.len()], GROUP_COLOURS[group % GROUP_COLOURS.len()])
}

/// All groups, or the largest where they are more than can be told apart; in their order.
fn shown_groups(comparison: &Comparison) -> Vec<String> {
    let mut order: Vec<usize> = (0..comparison.groups.len()).collect();
    order.sort_by_key(|&group| (std::cmp::Reverse(comparison.groups[group].participants), group));
    order.truncate(MOST_GROUPS);
    order.sort_unstable();
    order.into_iter().map(|group| comparison.groups[group].name.clone()).collect()
}

/// The end of the scale: the largest upper end, to the next ten per cent.
fn top_of_shares(themes: &[ThemeComparison], shown: &[String]) -> f64 {
    let groups = themes.iter().flat_map(|theme| &theme.groups).filter(|group| shown.contains(&group.group));
    let most = groups.filter_map(|group| group.prevalence.high).fold(0.1, f64::max);
    ((most * 10.0).ceil() / 10.0).min(1.0)
}

/// `+13`, `−4`, `0`
fn points(share: f64, plus: bool) -> String {
    match (share * 100.0).round() as i64 {
        points if points < 0 => format!("−{}", -points),
        points if points > 0 && plus => format!("+{points}"),
        points => points.to_string(),
    }
}

/// The colour of a share of the largest, 0–1.
fn shade(share: f64) -> String {
    let place = share.clamp(0.0, 1.0) * (SHADES.len() - 1) as f64;
    let below = (place.floor() as usize).min(SHADES.len() - 2);
    let part = place - below as f64;
    let mixed = |one: u8, other: u8| (f64::from(one) + part * (f64::from(other) - f64::from(one))).round() as u8;
    let ((r1, g1, b1), (r2, g2, b2)) = (SHADES[below], SHADES[below + 1]);
    format!("#{:02x}{:02x}{:02x}", mixed(r1, r2), mixed(g1, g2), mixed(b1, b2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shades_go_from_white_to_dark() {
        assert_eq!([shade(0.0), shade(1.0), shade(2.0)], ["#f7fbff", "#08306b", "#08306b"]);
        assert_eq!(shade(0.25), "#c6dbef");
    }

    #[test]
    fn every_group_of_a_forest_plot_has_its_own_look() {
        let looks: Vec<String> = (0..MOST_GROUPS).map(|group| format!("{:?}", look(group))).collect();
        assert!((0..looks.len()).all(|group| !looks[group + 1..].contains(&looks[group])));
    }
}
