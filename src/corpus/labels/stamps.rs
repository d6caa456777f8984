//! Names with a time that no colon parts from the words: `Ann [0:03] words`, `Ann — 03/05/2024 10:04` above them.
//!
//! In: a line of a text. Out: its label, if it may be one. Whether the text is laid out so is for
//! [`layouts`](super::layouts).

use super::super::marks;
use super::lines::{Head, Lines, head};
use super::times::is_day_and_time;

/// The longest label in bytes.
const LONGEST: usize = 160;

/// `Ann [0:03] words`, `Ann (0:03)  words`
pub(super) fn between(lines: &Lines<'_>, at: usize) -> Option<(Head, usize)> {
    let line = lines.line(at);
    let opens = line.char_indices().filter(|&(_, c)| matches!(c, '[' | '(')).map(|(open, _)| open);
    let (label, rest, mark) = opens.take_while(|&open| open <= LONGEST).find_map(|open| {
        let (label, rest) = line.split_at(open);
        Some((label, rest, marks::bracketed(rest)?))
    })?;
    let words = &rest[mark.end..];
    let is_apart = label.ends_with(char::is_whitespace) && words.starts_with(char::is_whitespace);
    (is_apart && !words.trim().is_empty()).then(|| head(lines, at, label, Some(mark.seconds), words))?
}

/// `Ann — 03/05/2024 10:04`, `Ann, [3 May 2024 at 10:04:17]:`, `Ann  Today at 10:04 AM` above her words
pub(super) fn dated(lines: &Lines<'_>, at: usize) -> Option<(Head, usize)> {
    let line = lines.line(at).trim_end_matches([':', ' ']);
    let is_above = !lines.line(at + 1).trim().is_empty() || !lines.line(at + 2).trim().is_empty();
    if !is_above || line.len() > LONGEST {
        return None;
    }
    let marks = [" — ", " – ", " - ", ", [", " [", "  ", "\t", ", "];
    let label = marks.iter().find_map(|mark| {
        let parts = line.match_indices(mark).map(|(end, mark)| (&line[..end], &line[end + mark.len()..]));
        parts.filter(|(_, time)| is_day_and_time(time.trim_end_matches(']'))).map(|(label, _)| label).next()
    })?;
    head(lines, at, label, None, "")
}

#[cfg(test)]
mod tests {
    use super::super::super::speakers::Names;
    use super::super::read;

    const WORDS: [&str; 4] = ["Why was that so?", "Because it rained.", "And who was there then?", "So many of us."];

    fn talk(turn: impl Fn(usize, &str, &str) -> String) -> String {
        WORDS.iter().enumerate().map(|(n, words)| turn(n, ["Mira Okafor", "jon.moss"][n % 2], words)).collect()
    }

    #[test]
    fn a_time_between_the_name_and_the_words_is_no_word() {
        for text in [
            talk(|n, name, words| format!("{name} [00:00:0{n}] {words}\n\n")),
            talk(|n, name, words| format!("{name} (0:0{n})  {words}\n")),
            talk(|n, name, words| format!("{name} (Ward 7) [0:0{n}] {words}\n")),
        ] {
            let found = read(&text, &Names::default()).unwrap();
            let words: Vec<&str> = found.stretches.iter().map(|s| &text[s.text.clone()]).collect();
            assert_eq!(words, WORDS, "{text}");
            assert_eq!(found.stretches[3].seconds, Some(3.0), "{text}");
            assert_eq!(found.stretches[1].label, found.stretches[3].label, "{text}");
        }
    }

    #[test]
    fn a_day_and_a_time_above_the_words_are_none() {
        for text in [
            talk(|n, name, words| format!("{name} — 03/05/2024 10:0{n}\n{words}\n\n")),
            talk(|n, name, words| format!("{name} — Today at 10:0{n} AM\n{words}\n\n")),
            talk(|n, name, words| format!("{name}, [3 May 2024 at 10:00:0{n}]:\n{words}\n\n")),
            talk(|n, name, words| format!("{name}  3 May at 10:0{n}\n{words}\n\n")),
        ] {
            let found = read(&text, &Names::default()).unwrap();
            let words: Vec<&str> = found.stretches.iter().map(|s| &text[s.text.clone()]).collect();
            assert_eq!(words, WORDS, "{text}");
            let labels: Vec<&str> = found.stretches.iter().map(|s| s.label.as_str()).collect();
            assert_eq!(labels, ["Mira Okafor", "jon.moss", "Mira Okafor", "jon.moss"], "{text}");
        }
    }

    #[test]
    fn times_that_are_said_stay() {
        for text in [
            "We met (17:30) at the gate.\nDid we not?\nWe left (18:00) by bus.\nWe ate (19:00) at home.\n",
            "Ann: We met [0:17] there?\n\nTom: Yes [0:20] we did.\n\nAnn: And then?\n\nTom: No [0:40] more.\n",
            "The bus - 03/05/2024 10:04\nWas it late?\n\nThe tram - 03/05/2024 10:09\nIt was.\n",
        ] {
            let found = read(text, &Names::default()).unwrap_or_default();
            assert!(found.stretches.iter().all(|s| ["Ann", "Tom"].contains(&s.label.as_str())), "{text} {found:?}");
        }
    }
}
