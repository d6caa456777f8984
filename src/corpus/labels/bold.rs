//! Names in bold letters in front of the words, as Markdown writes them: `**Ann** words`, `**Ann** – words`,
//! ``**Ann** `0:03` words``, `[0:03] **Ann** words`.
//!
//! In: a line of a text. Out: its label, if it may be one. Names with a colon, and those above the words, are for
//! [`forms`](super::forms); whether the text is laid out so is for [`layouts`](super::layouts).

use super::super::marks::{self, leading_clock};
use super::lines::{Head, Lines, bullet, head};
use super::times::{leading_time, split_time};

/// `**Ann** words`
pub(super) fn bold(lines: &Lines<'_>, at: usize) -> Option<(Head, usize)> {
    let line = lines.line(at).trim_start();
    let (before, line) = time_above(line).map_or((None, line), |(seconds, rest)| (Some(seconds), rest));
    let run = ["***", "**", "___", "__"].into_iter().find(|run| line.starts_with(run))?;
    let (label, rest) = line[run.len()..].split_once(run)?;
    let (label, within) = split_time(label);
    let within = before.or(within);
    let is_apart = rest.starts_with(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—'));
    let (seconds, rest) = match time(rest.trim_start()) {
        Some((seconds, rest)) => (Some(seconds), rest),
        None => (within, rest),
    };
    let rest = rest.trim_start();
    let words = ["- ", "– ", "— ", "| ", "· ", "• "].iter().find_map(|mark| rest.strip_prefix(mark)).unwrap_or(rest);
    (is_apart && !words.trim().is_empty()).then(|| head(lines, at, label, seconds, words))?
}

/// The time in front of a name, perhaps in bold letters itself or in a list: `- [0:03] **Ann** words`.
fn time_above(line: &str) -> Option<(f64, &str)> {
    let line = &line[bullet(line)..];
    let Some(inner) = line.strip_prefix("**") else { return leading_time(line) };
    let (seconds, rest) = leading_time(inner)?;
    Some((seconds, rest.strip_prefix("**")?.trim_start()))
}

/// The time that a text starts with, between signs of any kind, and the rest.
fn time(text: &str) -> Option<(f64, &str)> {
    let inner = text.trim_start_matches(['`', '*', '_']);
    let signs = text.len() - inner.len();
    let (seconds, end) = match marks::bracketed(inner) {
        Some(mark) => (mark.seconds, mark.end),
        None => {
            let end = inner.find(['`', '*', '_']).filter(|_| signs > 0).unwrap_or(inner.len());
            leading_clock(&inner[..end])?
        }
    };
    let rest = &inner[end..];
    Some((seconds, if signs > 0 { rest.trim_start_matches(['`', '*', '_']) } else { rest }))
}

#[cfg(test)]
mod tests {
    use super::super::super::speakers::Names;
    use super::super::read;

    const WORDS: [&str; 4] = ["Why was that so?", "Because it rained.", "And who was there then?", "So many of us."];

    fn found(text: &str) -> Vec<(String, Option<f64>, String)> {
        let found = read(text, &Names::default()).unwrap_or_default();
        found.stretches.into_iter().map(|s| (s.label, s.seconds, text[s.text].to_owned())).collect()
    }

    #[test]
    fn names_in_bold_letters_are_labels() {
        type Written<'f> = &'f dyn Fn(usize, &str, &str) -> String;
        let forms: [(Written, bool); 11] = [
            (&|n, name, words| format!("- [0:0{n}] **{name}** {words}\n\n"), true),
            (&|n, name, words| format!("**[0:0{n}]** **{name}** {words}\n\n"), true),
            (&|n, name, words| format!("[0:0{n}] **{name}** {words}\n\n"), true),
            (&|n, name, words| format!("0:0{n} **{name}** {words}\n\n"), true),
            (&|_, name, words| format!("**{name}** {words}\n\n"), false),
            (&|_, name, words| format!("__{name}__ {words}\n"), false),
            (&|_, name, words| format!("**{name}** – {words}\n\n"), false),
            (&|n, name, words| format!("**{name}** `0:0{n}` {words}\n\n"), true),
            (&|n, name, words| format!("**{name}** [0:0{n}] {words}\n\n"), true),
            (&|n, name, words| format!("**{name}** 0:0{n} – {words}\n\n"), true),
            (&|n, name, words| format!("**{name}** `0:0{n}`\n\n{words}\n\n"), true),
        ];
        for (turn, has_time) in forms {
            let turn = |(n, words): (usize, &&str)| turn(n, ["Mira Okafor", "Jon"][n % 2], words);
            let text: String = WORDS.iter().enumerate().map(turn).collect();
            let turns = found(&text);
            let words: Vec<&str> = turns.iter().map(|(_, _, words)| words.as_str()).collect();
            let labels: Vec<&str> = turns.iter().map(|(label, _, _)| label.as_str()).collect();
            assert_eq!(words, WORDS, "{text}");
            assert_eq!(labels, ["Mira Okafor", "Jon", "Mira Okafor", "Jon"], "{text}");
            assert_eq!(turns[2].1, has_time.then_some(2.0), "{text}");
        }
    }

    #[test]
    fn words_in_bold_letters_stay() {
        for text in [
            "**Speed** matters, does it not?\n\n**Trust** comes later.\n\n**Care** is all.\n\n**Time** is none.\n",
            "Ann: Why?\n\nTom: **Speed** matters.\n\n**Trust** too.\n\nAnn: And?\n\nTom: **Speed** again.\n\n**Trust** as well.",
            "Ann: Which, and why?\n\nTom: Two.\n\nThis one:\n\n**Speed** high.\n\n**Price** low.\n\nThat one:\n\n\
             **Speed** low.\n\n**Price** high.\n\nThe last:\n\n**Speed** none.\n\n**Price** none.\n\nAnn: And?\n\nTom: No.",
            "**Why** so?\n\n**Why** not?\n\n**Why** then?\n\n**Why** now?\n",
        ] {
            assert!(found(text).iter().all(|(label, ..)| label == "Ann" || label == "Tom"), "{text}");
        }
    }
}
