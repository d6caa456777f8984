//! Chats of meetings, as their programs save them: `10:00:03 From Ann Hall to Everyone:` above the words, or
//! `10:00:03<tab> From  Ann Hall : words`.
//!
//! In: a text. Out: a label for each message, if the text is such a chat from its first line on. The form is sure, so
//! that two messages are enough, and a name may come once. A private message is its sender's words like any other.

use super::super::marks::leading_clock;
use super::layouts::Head;
use super::lines::Lines;
use super::names::clean;
use super::times::is_day_and_time;
use super::{Remark, messages, written_times};

/// Who writes to whom: the words before the sender and before the recipient.
#[rustfmt::skip]
const FROM_TO: &[(&str, &[&str])] = &[
    ("From", &[" to ", " To "]), ("Von", &[" an ", " An "]), ("De", &[" à ", " À ", " a ", " para "]),
    ("Da", &[" a "]), ("Van", &[" aan "]), ("Från", &[" till "]), ("Fra", &[" til "]), ("Od", &[" do "]),
];
/// Fewer messages are a chance.
const FEWEST: usize = 2;
/// The longest name of a sender, in bytes.
const LONGEST: usize = 120;

/// The openings of a text that a program wrote in a form that is sure as a whole, what is doubtful, and the form.
pub(super) fn any(lines: &Lines<'_>) -> Option<(Vec<Head>, Vec<Remark>, &'static str)> {
    let of_meeting = || find(lines).map(|heads| (heads, Vec::new(), "messages of a meeting's chat"));
    let of_messenger = || messages::find(lines).map(|(heads, told)| (heads, told, "messages with a date and a time"));
    let of_teams = || written_times::find(lines).map(|heads| (heads, Vec::new(), "names with a time in words"));
    of_meeting().or_else(of_messenger).or_else(of_teams)
}

/// The messages of a text that is such a chat; `None` for any other.
pub(super) fn find(lines: &Lines<'_>) -> Option<Vec<Head>> {
    let filled = || (0..lines.ranges.len()).filter(|&at| !lines.line(at).trim().is_empty());
    message(lines, filled().next()?)?;
    let heads: Vec<Head> = filled().filter_map(|at| message(lines, at)).collect();
    // Words below a message stand behind a tab, or are few.
    let at_margin = filled().filter(|&at| !lines.line(at).starts_with(['\t', ' '])).count();
    (heads.len() >= FEWEST && heads.len() * 2 >= at_margin).then_some(heads)
}

/// A line that a message starts with.
fn message(lines: &Lines<'_>, at: usize) -> Option<Head> {
    let line = lines.line(at);
    let (seconds, rest) = time(line)?;
    let (sender, words) = rest.split_once(':')?;
    let label = sender_of(sender)?;
    Some(Head { label, seconds: Some(seconds), line: lines.ranges[at].start, words: lines.byte(at, words) })
}

/// The time of day that a line starts with, to the second, perhaps behind a date, and the rest.
fn time(line: &str) -> Option<(f64, &str)> {
    let behind_date = line.split_once(' ').map(|(date, rest)| (date, rest.trim_start()));
    let is_dated = |(date, rest): &(&str, &str)| {
        let clock = rest.split_whitespace().next().unwrap_or_default();
        leading_clock(line).is_none() && is_day_and_time(&format!("{date} {clock}"))
    };
    let line = behind_date.filter(is_dated).map_or(line, |(_, rest)| rest);
    let (seconds, end) = leading_clock(line)?;
    (line[..end].matches(':').count() == 2).then_some((seconds, &line[end..]))
}

/// The name in `From Ann Hall to Everyone`. `Van Dijk` and `De Vries` are names: in other languages than English the
/// recipient must stand there, or two spaces.
fn sender_of(text: &str) -> Option<String> {
    let text = text.trim();
    let words_of = |&(from, to): &(&str, &'static [&'static str])| {
        let rest = text.strip_prefix(from).filter(|rest| rest.starts_with(' '))?;
        let is_sure = from == "From" || rest.starts_with("  ") || to.iter().any(|to| rest.contains(to));
        is_sure.then_some((rest, to))
    };
    let (rest, recipients) = FROM_TO.iter().find_map(words_of)?;
    let end = recipients.iter().filter_map(|to| rest.find(to)).min().unwrap_or(rest.len());
    let label: Vec<&str> = clean(&rest[..end]).split_whitespace().collect();
    let label = label.join(" ");
    (label.len() <= LONGEST && label.chars().any(char::is_alphanumeric)).then_some(label)
}

#[cfg(test)]
mod tests {
    use super::super::super::speakers::Names;
    use super::super::read;

    /// Who says what, if the text is such a chat.
    fn chat(text: &str) -> Option<Vec<(String, &str)>> {
        let names = Names::default();
        super::find(&super::Lines::of(text, &names))?;
        let found = read(text, &names)?;
        Some(found.stretches.into_iter().map(|s| (s.label, &text[s.text])).collect())
    }

    #[test]
    fn messages_of_a_meeting_are_their_senders() {
        for text in [
            "10:00:03 From Ann Hall to Everyone:\n\tIs it on?\n\
             10:00:20 From Tom Reed to Ann Hall(Direct Message):\n\tYes.\n",
            "10:00:03\t From  Ann Hall : Is it on?\n10:00:20\t From  Tom Reed  to  Everyone : Yes.\n",
            "2024-05-01 10:00:03 From Ann Hall to Everyone:\n\tIs it on?\n\
             2024-05-01 10:00:20 From Tom Reed to Everyone:\n\tYes.\n",
            "10:00:03 Von Ann Hall an Alle:\n\tIs it on?\n10:00:20 Von Tom Reed an Alle:\n\tYes.\n",
            "10:00:03 De Ann Hall à Tout le monde:\n\tIs it on?\n10:00:20 De Tom Reed à Tout le monde:\n\tYes.\n",
            "10:00:03\t De  Ann Hall : Is it on?\n10:00:20\t De  Tom Reed : Yes.\n",
        ] {
            let expected = [("Ann Hall".to_owned(), "Is it on?"), ("Tom Reed".to_owned(), "Yes.")];
            assert_eq!(chat(text).unwrap_or_default(), expected, "{text}");
        }
        let times = "10:00:03 From Ann to Everyone:\n\tWhen?\n\
                     10:00:20 From Tom to Everyone:\n\t10:30: or so\n\tor later\n";
        assert_eq!(chat(times).map(|found| found[1].1), Some("10:30: or so\n\tor later"));
    }

    #[test]
    fn other_texts_are_no_chats() {
        for text in [
            "09:00 From London to Paris: rain\n18:00 From Paris to Lyon: sun\n",
            "10:00:03 Van Dijk: Is it on?\n10:00:20 De Vries: Yes.\n",
            "Ann: When?\n10:00:03 From Ann to Everyone: Now\n10:00:20 From Tom to Everyone: Yes\n",
            "10:00:03 From Ann to Everyone: Now\n",
            "10:00:03 Ann: Is it on?\n10:00:20 Tom: Yes.\n",
        ] {
            assert_eq!(chat(text), None, "{text}");
        }
    }
}
