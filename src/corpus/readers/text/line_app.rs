//! What LINE writes on iPhones: `午前10:03 佐藤 健 words`, where nothing but a space parts who writes from the words.
//!
//! In: a text. Out: the same text, of as many bytes and lines, with such messages as `[10:03] 佐藤 健: words`, if its
//! first line is LINE's and names with whom the talk was. Whoever else writes is named by the words with which all other
//! messages begin, of which there must be several that go on differently; messages that begin otherwise stay as they
//! are. Of a group it never guesses who writes.

use super::super::super::by_lines::ByLines;

/// Fewer messages show no habit.
const FEWEST: usize = 4;
/// Words of a name, at most.
const OF_NAME: usize = 4;
/// The halves of the day, and whether it is the later.
const HALVES: [(&str, bool); 6] =
    [("午前", false), ("午後", true), ("上午", false), ("下午", true), ("오전", false), ("오후", true)];
/// What stands around a name in the first line.
const AROUND: [(&str, &str); 4] =
    [("", "とのトーク履歴"), ("Chat history with ", ""), ("與", "的聊天記錄"), ("", "님과의 대화")];

/// A message: the line it is on, its time, and who writes with the words.
struct Message<'t> {
    at: usize,
    clock: String,
    rest: &'t str,
}

/// The text with its messages as others are written, if it is such a talk of two.
pub(super) fn rewritten(text: &str) -> Option<String> {
    let first = text.trim_start().by_lines().next()?.trim().strip_prefix("[LINE]")?.trim();
    let around = AROUND.iter().find_map(|(before, behind)| first.strip_prefix(before)?.strip_suffix(behind));
    let partner = around.map(str::trim).filter(|name| !name.is_empty())?;
    let lines: Vec<&str> = text.by_whole_lines().collect();
    let messages: Vec<Message<'_>> = lines.iter().enumerate().filter_map(|(at, line)| message(at, line)).collect();
    let others: Vec<&str> = messages.iter().map(|m| m.rest).filter(|rest| behind(rest, partner).is_none()).collect();
    let other = name_of(&others)?;
    if messages.len() < FEWEST || messages.len() - others.len() < 2 {
        return None;
    }
    let mut written: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
    for Message { at, clock, rest } in messages {
        let name = [partner, &other].into_iter().find(|name| behind(rest, name).is_some());
        let Some((name, words)) = name.and_then(|name| Some((name, behind(rest, name)?))) else { continue };
        let instead = format!("[{clock}] {name}: {words}");
        let length = lines[at].trim_end().len();
        if instead.len() <= length {
            let padding = " ".repeat(length - instead.len());
            written[at] = format!("{instead}{padding}{}", &lines[at][length..]);
        }
    }
    Some(written.concat())
}

/// A line that a message starts with.
fn message(at: usize, line: &str) -> Option<Message<'_>> {
    let (half, is_late) = HALVES.iter().find(|(half, _)| line.starts_with(half))?;
    let (clock, rest) = line.trim_end()[half.len()..].split_once(' ')?;
    let (hours, minutes) = clock.split_once(':')?;
    let is_number = |part: &str| (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    if !is_number(hours) || !is_number(minutes) {
        return None;
    }
    let hours = hours.parse::<u32>().ok()? % 12 + if *is_late { 12 } else { 0 };
    Some(Message { at, clock: format!("{hours}:{minutes}"), rest })
}

/// The words behind a name.
fn behind<'t>(rest: &'t str, name: &str) -> Option<&'t str> {
    rest.strip_prefix(name)?.strip_prefix(' ').filter(|words| !words.is_blank())
}

/// The words with which nearly all of some messages begin, if there are several and they go on differently.
fn name_of(messages: &[&str]) -> Option<String> {
    let mut firsts: Vec<&str> = messages.iter().filter_map(|rest| rest.split(' ').next()).collect();
    firsts.sort_unstable();
    let first = firsts.chunk_by(|a, b| a == b).max_by_key(|same| same.len())?;
    if first.len() < 2 || first.len() * 10 < messages.len() * 7 {
        return None;
    }
    let own: Vec<Vec<&str>> =
        messages.iter().map(|rest| rest.split(' ').collect::<Vec<_>>()).filter(|words| words[0] == first[0]).collect();
    let is_same = |at: &usize| own.iter().all(|words| words.len() > at + 1 && words[*at] == own[0][*at]);
    let n = (0..=OF_NAME).take_while(is_same).count();
    (1..=OF_NAME).contains(&n).then(|| own[0][..n].join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAID: [&str; 6] =
        ["船は どうでしたか。", "遅れました。", "蜂は?", "みんな 死にました。", "いつから?", "霜が降りてから。"];

    fn talk(first: &str, who: [&str; 2]) -> String {
        let line = |(n, said): (usize, &&str)| format!("午後1:0{n} {} {said}\n", who[n % 2]);
        format!("{first}\n2031.05.03 土曜日\n") + &SAID.iter().enumerate().map(line).collect::<String>()
    }

    #[test]
    fn who_writes_is_parted_from_the_words() {
        for (first, who) in [
            ("[LINE] 森 春とのトーク履歴", ["田中 一", "森 春"]),
            ("[LINE] Chat history with Haru", ["Ann Hall", "Haru"]),
        ] {
            let text = talk(first, who) + "午後1:09 ☎ 通話時間 0:43\n";
            let written = rewritten(&text).unwrap();
            assert_eq!((written.len(), written.lines().count()), (text.len(), text.lines().count()));
            for (n, said) in SAID.iter().enumerate() {
                let line = format!("[13:0{n}] {}: {said}", who[n % 2]);
                assert!(written.lines().any(|written| written.trim_end() == line), "{line} {written}");
            }
            assert!(written.ends_with("午後1:09 ☎ 通話時間 0:43\n"));
        }
    }

    #[test]
    fn groups_and_other_texts_stay() {
        let group = talk("[LINE] 蜂の会のトーク履歴", ["田中 一", "森 春"]);
        let strangers = talk("[LINE] 山とのトーク履歴", ["田中 一", "森 春"]);
        for text in [group, strangers, talk("日記", ["田中 一", "森 春"]), String::new()] {
            assert_eq!(rewritten(&text), None, "{text}");
        }
    }
}
