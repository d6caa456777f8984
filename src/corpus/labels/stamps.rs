//! Names with a time that no colon parts from the words: `Ann [0:03] words`, `Ann — 03/05/2024 10:04` above them.
//!
//! In: a line of a text. Out: its label, if it may be one. Whether the text is laid out so is for
//! [`layouts`](super::layouts).

use super::super::by_lines::ByLines;
use super::super::marks::{self, leading_clock};
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
    (is_apart && !words.is_blank()).then(|| head(lines, at, label, Some(mark.seconds), words))?
}

/// `Ann — 03/05/2024 10:04`, `Ann, [3 May 2024 at 10:04:17]:`, `Ann  Today at 10:04 AM` above her words
pub(super) fn dated(lines: &Lines<'_>, at: usize) -> Option<(Head, usize)> {
    let line = lines.line(at).trim_end_matches([':', ' ']);
    let is_above = !lines.line(at + 1).is_blank() || !lines.line(at + 2).is_blank();
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

/// Fewer labels show no habit.
const MIN_HEADS: usize = 4;

/// Takes off the times that stand between nearly all labels and their words, and rise: `[Ann] 00:00:20 words`,
/// `Ann: 0:20 words`.
pub(super) fn take_off(text: &str, heads: &mut [Head]) {
    let time = |head: &Head| {
        let rest = text.get(head.words..)?;
        let behind = rest.trim_start_matches([' ', '\t']);
        // The time may stand on the line below the name, before the words.
        let said = behind.strip_prefix('\n').unwrap_or(behind).trim_start_matches([' ', '\t']);
        // A line may be long and hold many labels.
        let line = said.starts_with(|c: char| c.is_ascii_digit()).then(|| said.by_lines().next())??;
        let (seconds, end) = leading_clock(line)?;
        let is_free = head.seconds.is_none() && !line[end..].is_blank();
        is_free.then(|| (seconds, head.words + rest.len() - said.len() + end))
    };
    let found: Vec<Option<(f64, usize)>> = heads.iter().map(time).collect();
    let times: Vec<f64> = found.iter().flatten().map(|&(seconds, _)| seconds).collect();
    let rise = times.windows(2).all(|two| two[0] <= two[1]);
    if times.len() < MIN_HEADS || times.len() * 10 < heads.len() * 9 || !rise {
        return;
    }
    for (head, (seconds, words)) in heads.iter_mut().zip(found).filter_map(|(head, found)| Some((head, found?))) {
        (head.seconds, head.words) = (Some(seconds), words);
    }
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
    fn times_behind_all_labels_are_no_words() {
        for text in [
            talk(|n, name, words| format!("[{name}] 00:00:2{n} {words}\n\n")),
            talk(|n, name, words| format!("[{name}] 0:2{n} {words}\n")),
            talk(|n, name, words| format!("{name}: 0:2{n} {words}\n\n")),
            talk(|n, name, words| format!("{name}:\n00:00:2{n} {words}\n\n")),
        ] {
            let found = read(&text, &Names::default()).unwrap();
            let words: Vec<&str> = found.stretches.iter().map(|s| &text[s.text.clone()]).collect();
            assert_eq!(words, WORDS, "{text}");
            assert_eq!(found.stretches[3].seconds, Some(23.0), "{text}");
        }
        // Times that fall, or that one of them alone says, are answers.
        for times in [["9:00", "8:00", "7:00", "6:00"], ["", "9:00", "", "10:00"]] {
            let text = talk(|n, name, words| format!("{name}: {} {words}\n\n", times[n]));
            let found = read(&text, &Names::default()).unwrap();
            assert!(text[found.stretches[1].text.clone()].starts_with(times[1]), "{text}");
        }
    }

    #[test]
    fn where_somebody_belongs_is_no_word() {
        let parts = ["Leeds", "University of Leeds"];
        type Written<'f> = &'f dyn Fn(usize, &str, &str) -> String;
        let forms: [(Written, bool); 6] = [
            (&|n, name, words| format!("{name} – {}: {words}\n\n", parts[n % 2]), false),
            (&|n, name, words| format!("{name} - {}: {words}\n\n", parts[n % 2]), false),
            (&|n, name, words| format!("{name} – {}   0:2{n}\n{words}\n\n", parts[n % 2]), true),
            (&|n, name, words| format!("[{}] {name}   0:2{n}\n{words}\n\n", ["HOST", "Guest"][n % 2]), true),
            (&|n, name, words| format!("[{}] {name}: {words}\n\n", ["HOST", "Guest"][n % 2]), false),
            (&|n, name, words| format!("[Guest] {name} 0:2{n}: {words}\n\n"), true),
        ];
        for (turn, has_time) in forms {
            let text: String =
                WORDS.iter().enumerate().map(|(n, words)| turn(n, ["Mira Okafor", "Jon"][n % 2], words)).collect();
            let found = read(&text, &Names::default()).unwrap();
            let words: Vec<&str> = found.stretches.iter().map(|s| &text[s.text.clone()]).collect();
            assert_eq!(words, WORDS, "{text}");
            assert!(found.stretches[1].label.contains("Jon") && found.stretches[0].label.contains("Mira"), "{text}");
            assert_eq!(found.stretches[3].seconds, has_time.then_some(23.0), "{text}");
        }
    }

    #[test]
    fn what_is_said_behind_a_dash_or_brackets_is_no_place() {
        for (line, label) in [
            ("Ann – Well: it rained?", "Ann"),
            ("Ann – the bus: it was late?", "Ann"),
            ("[Ann] Well: it rained?", "Ann"),
            ("[Ann] Monday 10:00", "Ann"),
        ] {
            let text: String = [line, &line.replace("Ann", "Tom"), line, &line.replace("Ann", "Tom")].join("\n\n");
            let found = read(&text, &Names::default()).unwrap_or_default();
            let labels: Vec<&str> = found.stretches.iter().map(|s| s.label.as_str()).collect();
            assert_eq!(labels, [label, "Tom", label, "Tom"], "{text}");
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
