//! Chats that messengers export, and that people copy out of them: `03/05/2024, 14:00 - Ann: words`,
//! `[03/05/2024, 14:00:03] Ann: words`, `[14:00, 03/05/2024] Ann: words`, `2024년 5월 3일 오후 2:00, 순자 : words`.
//!
//! In: a text. Out: a label for each message, if the text is such a chat as a whole. What stands between the date and
//! the first colon is who writes, whatever its characters (`~ Ann`, `❤️`, `#ann`, `Ann (ward)`), as long as senders
//! recur. A line without a date goes on with the message above, also where it begins with a name; so do messages whose
//! dates fall back, which somebody pasted. Both are told. It never believes a single line, and leaves texts in which
//! many turns have no date to others.

use std::collections::{HashMap, HashSet};

use super::super::label_key::{is_unseen, key};
use super::Remark;
use super::layouts::Head;
use super::lines::Lines;
use super::names::clean;

/// Fewer messages are a chance.
const FEWEST: usize = 4;
/// So many lines may stand above the first message: a title, when it was saved, who took part.
const MOST_ABOVE: usize = 8;
/// Of so many lines one opens a message.
const DENSE: usize = 8;
/// The longest date with its time, in characters, and name of a sender, in bytes.
const LONGEST_STAMP: usize = 34;
const LONGEST_NAME: usize = 120;
/// What arrives late is written down later; nothing is a day late.
const A_DAY: u32 = 24 * 60;
/// Clocks are set back by so many minutes in autumn.
const AN_HOUR: u32 = 60;
/// More messages in a row are not pasted into another one: they are a second chat below the first.
const MOST_PASTED: usize = 20;
/// So few are, also at the very end.
const FEW_PASTED: usize = 3;
/// Words for a half of the day, and whether it is the second. Longer ones stand first.
#[rustfmt::skip]
const HALVES: &[(&str, bool)] = &[
    ("a. m.", false), ("p. m.", true), ("a.m.", false), ("p.m.", true), ("am", false), ("pm", true), ("오전", false),
    ("오후", true), ("上午", false), ("下午", true), ("午前", false), ("午後", true),
];
/// Words between a date and its time.
const BETWEEN: &[&str] = &["at", "um", "à", "às", "a", "las", "alle", "om", "kl.", "klo", "t"];

/// A message of a text, and what it says of itself.
struct Message<'t> {
    line: usize,
    date: [u32; 3],
    minutes: u32,
    /// As written, without marks around it; empty where nobody is named.
    sender: &'t str,
    words: &'t str,
}

/// The messages of a text that is such a chat, and what is doubtful; `None` for any other.
pub(super) fn find(lines: &Lines<'_>) -> Option<(Vec<Head>, Vec<Remark>)> {
    let is_filled = |at: &usize| !lines.line(*at).trim().is_empty();
    let mut above = (0..lines.ranges.len()).filter(is_filled).take(MOST_ABOVE + 1);
    above.find(|&at| read(lines.line(at), at).is_some())?;
    let mut all: Vec<Message<'_>> = (0..lines.ranges.len()).filter_map(|at| read(lines.line(at), at)).collect();
    let n_lines = (0..lines.ranges.len()).filter(is_filled).count();
    let n_above = all.iter().filter(|message| message.is_above(lines)).count();
    if n_above * 2 > all.len() {
        all.retain(|message| message.is_above(lines));
        all.iter_mut().for_each(|message| (message.sender, message.words) = (above_words(message.words), ""));
    }
    drop_events(&mut all);
    if all.len() * DENSE < n_lines || !is_conversation(&all) {
        return None;
    }
    let mut remarks = pasted(lines, &mut all);
    remarks.extend(doubtful(lines, &all));
    remarks.extend(without_date(lines, &all)?);
    let head = |message: &Message<'_>| Head {
        label: name(message.sender),
        seconds: None,
        line: lines.ranges[message.line].start,
        words: lines.byte(message.line, message.words),
    };
    Some((all.iter().map(head).collect(), remarks))
}

impl Message<'_> {
    /// Whether it may be a name behind a stamp in brackets, above the words: `[03/05/2024 14:00] Ann`.
    fn is_above(&self, lines: &Lines<'_>) -> bool {
        let has_words = || !lines.line(self.line + 1).trim().is_empty();
        let is_name = !self.words.trim().is_empty() && self.words.len() <= LONGEST_NAME;
        self.sender.is_empty() && is_name && lines.line(self.line).contains(']') && has_words()
    }
}

/// A name above the words, without what a program adds: `Ann (pinned)`.
fn above_words(name: &str) -> &str {
    name.trim().trim_end_matches("(pinned)").trim_end()
}

/// A line that a message opens.
fn read(line: &str, at: usize) -> Option<Message<'_>> {
    let bare = line.trim_start_matches(is_unseen);
    let (stamp, rest) = match bare.strip_prefix('[') {
        Some(bare) => bare.split_once(']').map(|(stamp, rest)| (stamp, rest.trim_start()))?,
        None if !bare.starts_with(|c: char| c.is_ascii_digit()) => return None,
        // A dash may as well stand within a name.
        None => {
            let mut parts = [" - ", " – "].iter().filter_map(|dash| bare.split_once(dash));
            parts.find(|(stamp, _)| moment(stamp).is_some()).or_else(|| before_comma(bare))?
        }
    };
    let (date, minutes) = moment(stamp)?;
    let sender = rest.split_once(": ").or_else(|| rest.strip_suffix(':').map(|sender| (sender, "")));
    let sender = sender.filter(|(sender, _)| sender.len() <= LONGEST_NAME && !sender.trim().is_empty());
    // What a messenger says begins with a mark that is not seen.
    let (sender, words) = sender.filter(|(_, words)| !words.starts_with('\u{200e}')).unwrap_or(("", rest));
    Some(Message { line: at, date, minutes, sender, words })
}

/// `2024년 5월 3일 오후 2:00, 순자 : words`: the date and what stands behind it.
fn before_comma(line: &str) -> Option<(&str, &str)> {
    let (opening, _) = line.split_once(" : ")?;
    let end = opening.match_indices(", ").map(|(end, _)| end).find(|&end| moment(&line[..end]).is_some())?;
    Some((&line[..end], &line[end + 2..]))
}

/// The date and the minute of the day of a text that is nothing else, in either order.
fn moment(stamp: &str) -> Option<([u32; 3], u32)> {
    if stamp.chars().count() > LONGEST_STAMP || !stamp.contains(':') {
        return None;
    }
    let plain: String = stamp.chars().filter(|&c| !is_unseen(c)).flat_map(char::to_lowercase).collect();
    let plain: String = plain.chars().map(|c| if c.is_whitespace() || c == ',' { ' ' } else { c }).collect();
    let half = HALVES.iter().find(|(word, _)| plain.contains(word));
    let plain = half.map_or_else(|| plain.clone(), |(word, _)| plain.replacen(word, " ", 1));
    let (mut day, mut time) = (String::new(), None);
    for word in plain.split(' ').filter(|word| !word.is_empty() && !BETWEEN.contains(word)) {
        match word.contains(':') {
            true if time.is_none() => time = Some(minutes(word, half.map(|(_, is_late)| *is_late))?),
            true => return None,
            false => day.push_str(word),
        }
    }
    Some((date(&day)?, time?))
}

/// `14:00`, `2:00:03` in the half of the day that is told.
fn minutes(time: &str, is_late: Option<bool>) -> Option<u32> {
    let parts: Vec<u32> = time.split(':').map(number).collect::<Option<_>>()?;
    let (hours, minutes) = match parts[..] {
        [hours @ 0..24, minutes @ 0..60] | [hours @ 0..24, minutes @ 0..60, 0..60] => (hours, minutes),
        _ => return None,
    };
    let hours = is_late.map_or(hours, |is_late| hours % 12 + if is_late { 12 } else { 0 });
    Some(hours * 60 + minutes)
}

/// The three numbers of `3/5/24`, `2024-05-03`, `3.5.24.` and `2024년5월3일`.
fn date(text: &str) -> Option<[u32; 3]> {
    let parts: Vec<&str> = text.trim_end_matches(['.', '일']).split(['/', '.', '-', '년', '월']).collect();
    let parts: [&str; 3] = parts.try_into().ok()?;
    if parts.iter().filter(|part| part.len() > 2).count() > 1 {
        return None;
    }
    let numbers: Vec<u32> = parts.into_iter().map(number).collect::<Option<_>>()?;
    numbers.try_into().ok()
}

/// A number of up to four digits.
fn number(digits: &str) -> Option<u32> {
    let is_number = (1..=4).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    is_number.then(|| digits.parse().ok())?
}

/// Who writes, as contacts are shown: `Ann` of `~ Ann`, which is how a messenger writes whom the owner does not know.
fn name(sender: &str) -> String {
    let seen: String = sender.chars().filter(|&c| !is_unseen(c)).collect();
    let plain = seen.split_whitespace().collect::<Vec<_>>().join(" ");
    let known = clean(plain.trim_start_matches(['~', ' '])).to_owned();
    if known.is_empty() { plain } else { known }
}

/// Makes what happens in a chat nobody's: `Ann changed the subject to "Bees: why"` has a colon, and begins with who did
/// it, or has a quotation mark that none closes.
fn drop_events(all: &mut [Message<'_>]) {
    let mut counts: HashMap<String, usize> = HashMap::new();
    all.iter().for_each(|message| *counts.entry(key(&name(message.sender))).or_default() += 1);
    let again: HashSet<&str> = counts.iter().filter(|(_, n)| **n > 1).map(|(sender, _)| sender.as_str()).collect();
    for message in all.iter_mut().filter(|message| !message.sender.is_empty()) {
        let sender = key(&name(message.sender));
        let begins = || sender.match_indices(' ').any(|(end, _)| again.contains(&sender[..end]));
        let is_open = || message.sender.chars().filter(|c| matches!(c, '"' | '“' | '”' | '„' | '«' | '»')).count() == 1;
        if counts[&sender] == 1 && (begins() || is_open()) {
            message.sender = "";
        }
    }
}

/// Whether senders recur and answer each other.
fn is_conversation(all: &[Message<'_>]) -> bool {
    let senders: Vec<String> = all.iter().map(|of| key(&name(of.sender))).filter(|sender| !sender.is_empty()).collect();
    let mut counts: HashMap<&str, usize> = HashMap::new();
    senders.iter().for_each(|sender| *counts.entry(sender).or_default() += 1);
    let recurring: usize = counts.values().filter(|n| **n > 1).sum();
    let changes = senders.windows(2).filter(|two| two[0] != two[1]).count();
    senders.len() >= FEWEST
        && counts.values().filter(|n| **n > 1).count() > 1
        && recurring * 10 >= senders.len() * 7
        && changes * 10 >= senders.len()
}

/// Drops the messages whose dates fall back, which somebody pasted into the one above them; told where each begins.
fn pasted(lines: &Lines<'_>, all: &mut Vec<Message<'_>>) -> Vec<Remark> {
    let times = minutes_of_all(all);
    let is_back = |at: usize, top: u32| times[at] + A_DAY < top;
    // A list from the newest message on falls all the time.
    let falls = (1..times.len()).filter(|&at| is_back(at, times[at - 1])).count();
    if falls == 0 || falls * FEWEST > times.len() {
        return Vec::new();
    }
    let (mut dropped, mut remarks) = (HashSet::new(), Vec::new());
    let (mut at, mut top) = (1, times[0]);
    while at < times.len() {
        if !is_back(at, top) {
            top = times[at];
            at += 1;
            continue;
        }
        let run = (at..times.len()).take(MOST_PASTED + 1).take_while(|&next| is_back(next, top)).count();
        let returns = at + run < times.len();
        if run > if returns { MOST_PASTED } else { FEW_PASTED } {
            top = times[at];
            at += 1;
            continue;
        }
        let whose = name(all[at - 1].sender);
        let what = format!(
            "the date falls back here, as where messages are pasted into another: from here on {run} with earlier dates \
             were taken for words of `{whose}`"
        );
        remarks.push(Remark { at: lines.ranges[all[at].line].start, what });
        dropped.extend(all[at..at + run].iter().map(|message| message.line));
        at += run;
    }
    all.retain(|message| !dropped.contains(&message.line));
    remarks
}

/// Remarks on messages that are hours before the one above, and less than a day: they may have been pasted.
fn doubtful(lines: &Lines<'_>, all: &[Message<'_>]) -> Vec<Remark> {
    let times = minutes_of_all(all);
    let is_back = |at: &usize| times[*at] + AN_HOUR < times[*at - 1] && times[*at] + A_DAY >= times[*at - 1];
    let falls: Vec<usize> = (1..times.len()).filter(is_back).collect();
    if falls.len() * FEWEST > times.len() {
        return Vec::new();
    }
    let remark = |at: usize| {
        let (who, above) = (name(all[at].sender), name(all[at - 1].sender));
        let what = format!(
            "the time falls back here; this was taken for a message of `{who}`, and if `{above}` pasted it, take the date \
             and time out of the file"
        );
        Remark { at: lines.ranges[all[at].line].start, what }
    };
    falls.into_iter().map(remark).collect()
}

/// Minutes from some day on, by the order of day and month in which dates fall least.
fn minutes_of_all(all: &[Message<'_>]) -> Vec<u32> {
    let orders: [fn([u32; 3]) -> [u32; 3]; 2] =
        [|[day, month, year]| [year, month, day], |[month, day, year]| [year, month, day]];
    let read = |order: fn([u32; 3]) -> [u32; 3]| -> Vec<u32> {
        let minutes = |of: &Message<'_>| {
            let [year, month, day] = if of.date[0] > 31 { of.date } else { order(of.date) };
            ((year % 100 * 12 + month) * 31 + day) * A_DAY + of.minutes
        };
        all.iter().map(minutes).collect()
    };
    let falls = |times: &Vec<u32>| times.windows(2).filter(|two| two[1] + A_DAY < two[0]).count();
    orders.into_iter().map(read).min_by_key(falls).unwrap_or_default()
}

/// Remarks on lines that begin with a sender's name and have no date; `None` where that is common, as in texts whose
/// times somebody typed here and there.
fn without_date(lines: &Lines<'_>, all: &[Message<'_>]) -> Option<Vec<Remark>> {
    let senders: HashSet<String> =
        all.iter().map(|message| key(&name(message.sender))).filter(|sender| !sender.is_empty()).collect();
    let mut remarks = Vec::new();
    let mut next = 0;
    for at in 0..lines.ranges.len() {
        if all.get(next).is_some_and(|message| message.line == at) {
            next += 1;
            continue;
        }
        let Some((label, _)) = lines.line(at).split_once(':').filter(|(label, _)| label.len() <= LONGEST_NAME) else {
            continue;
        };
        let Some(above) = next.checked_sub(1).filter(|_| senders.contains(&key(&name(label)))) else { continue };
        let (label, whose) = (name(label), name(all[above].sender));
        if label != whose {
            let what = format!(
                "`{label}:` has no date and time before it and was taken for words of `{whose}`, whose message it stands in"
            );
            remarks.push(Remark { at: lines.ranges[at].start, what });
        }
    }
    (remarks.len() * FEWEST <= all.len()).then_some(remarks)
}

#[cfg(test)]
mod tests {
    use super::super::super::speakers::Names;
    use super::super::read;

    const SAID: [&str; 6] =
        ["How was the ferry?", "Late, as ever.", "And the bees?", "They: all gone.", "Since when?", "Since the frost."];

    fn chat(open: impl Fn(usize, &str) -> String, who: &str) -> String {
        SAID.iter().enumerate().map(|(n, words)| format!("{}{words}\n", open(n, ["Ann Hall", who][n % 2]))).collect()
    }

    fn turns(text: &str) -> Vec<(String, String)> {
        let found = read(text, &Names::default()).unwrap_or_default();
        found.stretches.into_iter().map(|s| (s.label, text[s.text].to_owned())).collect()
    }

    fn plain(n: usize, who: &str) -> String {
        format!("03/05/2031, 14:0{n} - {who}: ")
    }

    #[test]
    fn who_writes_is_whatever_stands_before_the_colon() {
        let opens: [fn(usize, &str) -> String; 6] = [
            plain,
            |n, who| format!("[03.05.31, 14:0{n}:07] {who}: "),
            |n, who| format!("5/3/31, 2:0{n}\u{202f}PM - {who}: "),
            |n, who| format!("[14:0{n}, 03/05/2031] {who}: "),
            |n, who| format!("[2:0{n} PM, 5/3/2031] {who}: "),
            |n, who| format!("2031년 5월 3일 오후 2:0{n}, {who} : "),
        ];
        let names =
            ["Tom Reed", "~ Tom", "~\u{202f}Tom 🌸", "❤️", ".", "#tom", "Dr. T, plumber", "*Tom*", "(Tom)", "Tom?"];
        for open in opens {
            for name in names.into_iter().chain(["\u{202a}+233\u{a0}24\u{a0}000\u{a0}0000\u{202c}", "Tom – work"]) {
                let text = chat(open, name);
                let found = turns(&text);
                assert_eq!(found.len(), 6, "{text} {found:?}");
                assert!(found.iter().zip(SAID).all(|((_, words), said)| words == said), "{text} {found:?}");
                assert!(found[1].0 == found[5].0 && !found[1].0.is_empty() && found[0].0 == "Ann Hall", "{found:?}");
            }
        }
        assert_eq!(super::name("~\u{202f}Tom\u{a0}R"), "Tom R");
    }

    #[test]
    fn names_stand_above_the_words_as_well() {
        let discord = |n: usize, who: &str| format!("\n[03/05/2031 14:0{n}] {who}\n");
        for name in ["tom.r", "tom#1234", "Reed, Tom (Ward 4)", "tom.r (pinned)"] {
            let text = format!("Guild: Bees\nChannel: talk\n{}", chat(discord, name));
            let found = turns(&text);
            let name = name.trim_end_matches(" (pinned)");
            assert!(
                found.iter().filter(|(who, _)| who == name).map(|(_, said)| said).eq([1, 3, 5].map(|n| SAID[n]).iter()),
                "{found:?}"
            );
        }
        let logs = "[03/05/2031 14:00] Left the harbour\nall well\n[03/05/2031 15:00] Reached the bank\nsome fog\n"
            .to_owned()
            + "[03/05/2031 16:00] Nets out\nso so\n[03/05/2031 17:00] Nets in\nfull\n";
        let names = Names::default();
        assert!(super::find(&super::Lines::of(&logs, &names)).is_none());
    }

    #[test]
    fn a_line_without_a_date_goes_on_and_is_told() {
        let text =
            chat(plain, "Tom").replace("as ever.", "as ever.\nAnn Hall: that is what it says on the ticket\nSo.");
        let found = read(&text, &Names::default()).unwrap();
        assert_eq!(found.stretches.len(), 6);
        assert!(text[found.stretches[1].text.clone()].ends_with("So."));
        assert!(found.remarks.len() == 1 && found.remarks[0].what.contains("`Ann Hall:`"), "{:?}", found.remarks);
        assert!(read(&chat(plain, "Tom"), &Names::default()).unwrap().remarks.is_empty());
    }

    #[test]
    fn messages_whose_dates_fall_back_are_pasted() {
        let pasted = "this came:\n[01/04/2031, 22:10:03] Sue: Late again\n[01/04/2031, 22:11:03] Ann Hall: Yes";
        let text = chat(plain, "Tom").replace("as ever.", pasted);
        let found = read(&text, &Names::default()).unwrap();
        let labels: Vec<&str> = found.stretches.iter().map(|s| s.label.as_str()).collect();
        assert_eq!(labels, ["Ann Hall", "Tom", "Ann Hall", "Tom", "Ann Hall", "Tom"]);
        assert!(found.remarks.len() == 1 && found.remarks[0].what.contains("`Tom`"), "{:?}", found.remarks);
        // The next day is often written before the day: months first. A message that comes in late is one.
        let us = |n: usize, who: &str| format!("{}, 2:00 PM - {who}: ", ["1/30/31", "1/31/31", "2/1/31"][n / 2]);
        let late = chat(plain, "Tom").replace("14:03", "13:59");
        for text in [chat(us, "Tom"), late] {
            let found = read(&text, &Names::default()).unwrap();
            assert!(found.stretches.len() == 6 && found.remarks.is_empty(), "{text} {found:?}");
        }
        let hours = chat(plain, "Tom").replace("14:03", "09:01");
        let found = read(&hours, &Names::default()).unwrap();
        assert!(found.stretches.len() == 6 && found.remarks.len() == 1, "{:?}", found.remarks);
        // The newest first, and a second chat below the first.
        let newest = |n: usize, who: &str| format!("{:02}/05/2031, 14:00 - {who}: ", 20 - n * 3);
        assert_eq!(turns(&chat(newest, "Tom")).len(), 6);
        let two = chat(|n, who| format!("03/06/2031, 14:0{n} - {who}: "), "Tom") + &chat(plain, "Tom");
        assert_eq!(turns(&two).len(), 12);
    }

    #[test]
    fn what_happens_in_a_chat_is_nobodys() {
        let text = chat(plain, "Tom") + "03/05/2031, 14:09 - Tom changed the subject to \"Bees: why\"\n";
        assert_eq!(turns(&text).last().map(|(label, _)| label.as_str()), Some(""));
    }

    #[test]
    fn other_texts_with_dates_are_no_chats() {
        let notes: String =
            ["Arrived", "Weather", "Boat", "Crew"].map(|what| format!("03/05/2031, 14:00 - {what}: so so\n")).concat();
        let few =
            "Ann: Why?\nTom: Because.\n".repeat(6) + "03/05/2031, 14:00 - Ann: So?\n03/05/2031, 14:01 - Tom: No.\n";
        let logs = "[14:00] Ann: Why?\n[14:01] Tom: Because.\n".repeat(3);
        for text in [notes.as_str(), few.as_str(), logs.as_str()] {
            let names = Names::default();
            assert!(super::find(&super::Lines::of(text, &names)).is_none(), "{text}");
        }
    }
}
