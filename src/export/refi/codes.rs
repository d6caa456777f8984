//! Themes as codes.
//!
//! In: a summary. Out: the code tree, below a root that cannot be used itself: the researcher's categories with
//! their themes, then sections (where there are some) with the others, parts below their themes; and sets, one for
//! each recurring theme, and one for each category that has a theme which stands below another. What the researcher
//! hid is in none of them. A code's name starts
//! with its id, so no two are the same.

use std::collections::HashMap;
use std::io::{self, Write};

use super::notes::theme_note;
use super::xml::Xml;
use super::{code_guid, guid};
use crate::analysis::{Category, Headline, SectionSummary, SubTheme, Summary, Theme};
use crate::theme::keywords::Keyword;
use crate::theme::numbers::{counted, prevalence};
use crate::theme::stability::Firmness;

const ROOT: &str = "Emergent themes";
/// Characters of a question in a code's name; the description has it whole.
const NAME_LENGTH: usize = 80;
/// Colours that can be told apart, light enough to read text on (after ColorBrewer's Set3).
const COLOURS: [&str; 12] = [
    "#8DD3C7", "#FDB462", "#BEBADA", "#FB8072", "#80B1D3", "#B3DE69", "#FCCDE5", "#D9D9D9", "#BC80BD", "#CCEBC5",
    "#FFED6F", "#FFFFB3",
];

/// `Q2.1 ring, call, phone`
pub(in crate::export) fn theme_name(theme: &Theme) -> String {
    format!("{} {}", theme.id, theme.label)
}

/// `Q2.1.1 night shift`
pub(in crate::export) fn part_name(part: &SubTheme) -> String {
    format!("{} {}", part.id, part.label)
}

/// What a theme is about, how many voiced it, and how it came about.
pub(in crate::export) fn described_theme(summary: &Summary, section: &SectionSummary, theme: &Theme) -> String {
    let mut lines = Vec::new();
    lines.extend(theme.description.clone());
    if let Some(code) = &theme.code {
        lines.extend(code.include.as_ref().map(|text| format!("Include: {}", on_one_line(text))));
        lines.extend(code.exclude.as_ref().map(|text| format!("Exclude: {}", on_one_line(text))));
    }
    lines.extend(theme.headline.as_ref().map(headline));
    lines.extend(keywords(&theme.keywords));
    lines.push(format!("{}, {}", prevalence(&theme.prevalence), counted(theme.mentions, "mention")));
    if theme.by_study.len() > 1 {
        let each: Vec<String> =
            theme.by_study.iter().map(|study| format!("{}: {}", study.study, prevalence(&study.prevalence))).collect();
        lines.push(each.join("; "));
    }
    if !section.question.is_empty() {
        lines.push(format!("Asked: {}", section.question));
    }
    if let Some(stability) = theme.stability {
        lines.push(format!("Stability {stability:.2} ({})", Firmness::new(stability).word()));
    }
    if let Some(recurring) = summary.shown_recurring(theme) {
        lines.push(format!("Recurs in other questions: {}", recurring.id));
    }
    let by_hand =
        if theme.edited.is_empty() { String::new() } else { format!("; edited by hand: {}", theme.edited.join(", ")) };
    lines.push(format!("Found by {} with {}{by_hand}", summary.manifest.program, summary.manifest.model.name));
    lines.join("\n")
}

fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What a part of a theme says, and how many voiced it.
pub(in crate::export) fn described_part(part: &SubTheme) -> String {
    let counts = format!("{}, {}", prevalence(&part.prevalence), counted(part.mentions, "mention"));
    let named = part.headline.as_ref().map(headline).into_iter().chain(keywords(&part.keywords));
    named.chain([counts]).collect::<Vec<_>>().join("\n")
}

/// `Headline: “the rota changes every week” (hospital/hospital_03, answer 4)`
fn headline(headline: &Headline) -> String {
    format!("Headline: “{}” ({})", headline.label(), headline.locator())
}

fn keywords(keywords: &[Keyword]) -> Option<String> {
    let terms: Vec<&str> = keywords.iter().map(|keyword| keyword.term.as_str()).collect();
    (!terms.is_empty()).then(|| format!("Keywords: {}", terms.join(", ")))
}

/// Whether codes may refer to notes: those of projects may, those of codebooks not.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Notable {
    Yes,
    No,
}

/// The element `Codes`; `more` writes codes that are no themes.
pub(super) fn write_codes<W: Write>(
    summary: &Summary,
    notable: Notable,
    xml: &mut Xml<W>,
    more: impl FnOnce(&mut Xml<W>) -> io::Result<()>,
) -> io::Result<()> {
    xml.within("Codes", &[], |xml| {
        let id = code_guid(summary, "");
        xml.within("Code", &[("guid", &id), ("name", ROOT), ("isCodable", "false")], |xml| {
            xml.text("Description", &format!("Candidate themes, found by {}", summary.manifest.program))?;
            let home = homes(summary);
            for category in &summary.categories {
                write_category(summary, category, &home, notable, xml)?;
            }
            summary.sections.iter().try_for_each(|section| write_section(summary, section, &home, notable, xml))
        })?;
        more(xml)
    })
}

/// For each theme in a category the first of these: a code stands in one place.
fn homes(summary: &Summary) -> HashMap<&str, &str> {
    let mut home = HashMap::new();
    for category in &summary.categories {
        for theme in &category.themes {
            home.entry(theme.as_str()).or_insert(category.name.as_str());
        }
    }
    home
}

/// The themes that stand below a category, with their sections.
fn below<'s>(
    summary: &'s Summary,
    category: &Category,
    home: &HashMap<&str, &str>,
) -> Vec<(&'s SectionSummary, &'s Theme)> {
    let own = |id: &&String| home.get(id.as_str()) == Some(&category.name.as_str());
    let all = || summary.sections.iter().flat_map(|section| section.themes.iter().map(move |theme| (section, theme)));
    let found = category.themes.iter().filter(own).filter_map(|id| all().find(|(_, theme)| theme.id == *id));
    found.filter(|(_, theme)| !theme.hidden).collect()
}

fn write_category<W: Write>(
    summary: &Summary,
    category: &Category,
    home: &HashMap<&str, &str>,
    notable: Notable,
    xml: &mut Xml<W>,
) -> io::Result<()> {
    let themes = below(summary, category, home);
    if themes.is_empty() {
        return Ok(());
    }
    let id = code_guid(summary, &format!("category\u{1f}{}", category.name));
    xml.within("Code", &[("guid", &id), ("name", &category.name), ("isCodable", "false")], |xml| {
        let counts = format!("{}, {}", prevalence(&category.prevalence), counted(category.mentions, "mention"));
        let described: Vec<String> = category.description.iter().cloned().chain([counts]).collect();
        xml.text("Description", &described.join("\n"))?;
        let mut coloured = themes.iter().zip(COLOURS.iter().cycle());
        coloured.try_for_each(|((section, theme), colour)| write_theme(summary, section, theme, colour, notable, xml))
    })
}

fn write_section<W: Write>(
    summary: &Summary,
    section: &SectionSummary,
    home: &HashMap<&str, &str>,
    notable: Notable,
    xml: &mut Xml<W>,
) -> io::Result<()> {
    let is_here = |theme: &&Theme| !theme.hidden && !home.contains_key(theme.id.as_str());
    let themes: Vec<&Theme> = section.themes.iter().filter(is_here).collect();
    if themes.is_empty() {
        return Ok(());
    }
    let write = |xml: &mut Xml<W>| {
        let mut coloured = themes.iter().zip(COLOURS.iter().cycle());
        coloured.try_for_each(|(theme, colour)| write_theme(summary, section, theme, colour, notable, xml))
    };
    // Where everything was taken together there is one section, which is no level of its own.
    if summary.sections.len() == 1 && section.question.is_empty() {
        return write(xml);
    }
    let name = section_name(section);
    let id = code_guid(summary, &section.id);
    xml.within("Code", &[("guid", &id), ("name", &name), ("isCodable", "false")], |xml| {
        if !section.question.is_empty() {
            xml.text("Description", &section.question)?;
        }
        write(xml)
    })
}

/// `Q2 What has got better for you since the app came in?`, cut at a word.
fn section_name(section: &SectionSummary) -> String {
    let question: Vec<&str> = section.question.split_whitespace().collect();
    let mut name = section.id.clone();
    for word in question {
        if name.chars().count() + word.chars().count() > NAME_LENGTH {
            name.push_str(" …");
            break;
        }
        name.push(' ');
        name.push_str(word);
    }
    name
}

fn write_theme<W: Write>(
    summary: &Summary,
    section: &SectionSummary,
    theme: &Theme,
    colour: &str,
    notable: Notable,
    xml: &mut Xml<W>,
) -> io::Result<()> {
    let (id, name) = (code_guid(summary, &theme.id), theme_name(theme));
    xml.within("Code", &[("guid", &id), ("name", &name), ("isCodable", "true"), ("color", colour)], |xml| {
        xml.text("Description", &described_theme(summary, section, theme))?;
        if notable == Notable::Yes && theme.memo.is_some() {
            xml.empty("NoteRef", &[("targetGUID", &theme_note(summary, &theme.id))])?;
        }
        for part in &theme.sub_themes {
            let (id, name) = (code_guid(summary, &part.id), part_name(part));
            xml.within("Code", &[("guid", &id), ("name", &name), ("isCodable", "true"), ("color", colour)], |xml| {
                xml.text("Description", &described_part(part))
            })?;
        }
        Ok(())
    })
}

/// A set of codes before it is written.
struct Set<'s> {
    id: String,
    name: String,
    described: String,
    themes: Vec<&'s String>,
}

/// The element `Sets`, where there are recurring themes, or categories that share a theme. `reference`: the attribute
/// that names a member, which differs between projects and codebooks.
pub(super) fn write_sets<W: Write>(summary: &Summary, reference: &str, xml: &mut Xml<W>) -> io::Result<()> {
    let studies: Vec<&str> = summary.studies.iter().map(|study| study.name.as_str()).collect();
    let set_guid = |id: &str| guid("set", &format!("{}\u{1f}{id}", studies.join("\u{1f}")));
    let is_shown = |id: &&String| summary.theme(id).is_some_and(|theme| !theme.hidden);
    let recurring = summary.recurring.iter().filter(|recurring| !recurring.hidden).map(|recurring| {
        let counts = format!("Themes that recur across questions: {}", prevalence(&recurring.prevalence));
        let described: Vec<String> = std::iter::once(counts).chain(keywords(&recurring.keywords)).collect();
        Set {
            id: set_guid(&recurring.id),
            name: format!("{} {}", recurring.id, recurring.label),
            described: described.join("\n"),
            themes: recurring.themes.iter().filter(is_shown).collect(),
        }
    });
    let home = homes(summary);
    let is_shared =
        |category: &&Category| below(summary, category, &home).len() < category.themes.iter().filter(is_shown).count();
    let categories = summary.categories.iter().filter(is_shared).map(|category| Set {
        id: set_guid(&format!("category\u{1f}{}", category.name)),
        name: category.name.clone(),
        described: format!("A category of themes: {}", prevalence(&category.prevalence)),
        themes: category.themes.iter().filter(is_shown).collect(),
    });
    let sets: Vec<Set> = recurring.chain(categories).filter(|set| !set.themes.is_empty()).collect();
    if sets.is_empty() {
        return Ok(());
    }
    xml.within("Sets", &[], |xml| {
        for set in sets {
            xml.within("Set", &[("guid", &set.id), ("name", &set.name)], |xml| {
                xml.text("Description", &set.described)?;
                for id in set.themes {
                    xml.empty("MemberCode", &[(reference, &code_guid(summary, id))])?;
                }
                Ok(())
            })?;
        }
        Ok(())
    })
}
