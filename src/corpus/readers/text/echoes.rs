//! What programs write into messages about other messages: `Reacted to "It was so…" with 👍`, the message that is
//! answered in lines behind `>`, `(- Ann: 👍 -)`; what LINE, KakaoTalk and Discord put in place of pictures and signs.
//!
//! In: a text. Out: the bytes of it that the program wrote, in order, each within a line. The words of such a line are
//! another person's. Quoted lines count only where an earlier line says the same, and reactions only in the chat of a
//! meeting; what people quote from elsewhere is theirs.

use std::collections::HashSet;
use std::ops::Range;

use super::super::super::by_lines::ByLines;
use super::super::super::labels::lines_from;

/// Openings from which a text is the chat of a meeting.
const FEWEST: usize = 2;
/// Words of a quotation, at least: fewer are said twice.
const WORDS: usize = 3;

/// The bytes that programs wrote.
pub(super) fn by_program(text: &str) -> Vec<Range<usize>> {
    let mut found = reactions(text);
    found.extend(quotations(text));
    found.extend(of_line(text));
    found.extend(of_kakao(text));
    found.extend(of_discord(text));
    found.extend(of_slack(text));
    found.sort_by_key(|bytes| bytes.start);
    found.dedup_by(|later, earlier| later.start < earlier.end);
    found
}

/// Messages of LINE, `10:06<tab>Ann<tab>words`, and of Slack, from which a text is its chat.
const OF_LINE: usize = 4;
/// Words in place of what KakaoTalk does not write out.
#[rustfmt::skip]
const KAKAO: &[&str] =
    &["사진", "동영상", "이모티콘", "음성메시지", "보이스톡", "삭제된 메시지입니다.", "삭제된 메시지입니다"];

/// In a chat of LINE, what has a time and no sender, `[スタンプ]` in place of a message, and calls.
fn of_line(text: &str) -> Vec<Range<usize>> {
    let is_clock = |part: &str| part.contains(':') && part.starts_with(|c: char| c.is_ascii_digit()) && part.len() <= 8;
    let n_parts = |line: &str| {
        let mut parts = line.trim_end().split('\t');
        parts.next().is_some_and(is_clock).then(|| parts.count() + 1)
    };
    if !text.contains('\t') || text.by_lines().filter(|line| n_parts(line) == Some(3)).take(OF_LINE).count() < OF_LINE {
        return Vec::new();
    }
    let is_mark = |words: &str| {
        let inner = words.strip_prefix('[').and_then(|inner| inner.strip_suffix(']'));
        let is_word = |inner: &str| !inner.is_empty() && !inner.contains(char::is_whitespace);
        inner.is_some_and(is_word) || words.starts_with('☎')
    };
    let by_line = |(start, line): (usize, &str)| {
        let said = line.trim_end();
        let words = said.rsplit('\t').next().unwrap_or_default();
        let n_parts = n_parts(said)?;
        (n_parts == 2 || (n_parts == 3 && is_mark(words))).then_some(start..start + said.len())
    };
    lines_from(text, 0).filter_map(by_line).collect()
}

/// In what KakaoTalk exported, as its first lines say, messages that are nothing but a word for a picture or a sign.
fn of_kakao(text: &str) -> Vec<Range<usize>> {
    const FIRST_LINES: usize = 3;
    if !text.by_lines().take(FIRST_LINES).any(|line| line.contains("카카오톡") || line.contains("KakaoTalk")) {
        return Vec::new();
    }
    let by_line = |(start, line): (usize, &str)| {
        let said = line.trim_end();
        let (_, words) = said.rsplit_once(": ")?;
        KAKAO.contains(&words.trim()).then_some(start..start + said.len())
    };
    lines_from(text, 0).filter_map(by_line).collect()
}

/// In what was copied from Slack, with names or nothing before the times of day, lines about threads and reactions.
fn of_slack(text: &str) -> Vec<Range<usize>> {
    let is_time = |line: &str| {
        let clock = [" AM", " PM"].iter().find_map(|half| line.trim_end().strip_suffix(half));
        let clock = clock.and_then(|line| line.rsplit_once("  ")).map(|(_, clock)| clock);
        clock.is_some_and(|clock| clock.contains(':') && clock.bytes().all(|b| b.is_ascii_digit() || b == b':'))
    };
    let has_halves = text.contains(" AM") || text.contains(" PM");
    if !has_halves || text.by_lines().filter(|line| is_time(line)).take(OF_LINE).count() < OF_LINE {
        return Vec::new();
    }
    let by_line = |(start, line): (usize, &str)| {
        let said = line.trim_end();
        is_of_thread(said.trim()).then_some(start..start + said.len())
    };
    lines_from(text, 0).filter_map(by_line).collect()
}

/// `2 replies`, `:heart: 3`, `also sent to the channel`
fn is_of_thread(line: &str) -> bool {
    const WHOLE: [&str; 4] = ["1 reply", "also sent to the channel", "Also sent to the channel", "View thread"];
    let is_count = |n: &str| (1..=3).contains(&n.len()) && n.bytes().all(|b| b.is_ascii_digit());
    let is_sign = |sign: &str| sign.len() > 2 && sign.starts_with(':') && sign.ends_with(':') && !sign.contains(' ');
    WHOLE.contains(&line)
        || line.strip_suffix(" replies").is_some_and(is_count)
        || line.rsplit_once(' ').is_some_and(|(sign, n)| is_sign(sign) && is_count(n))
}

/// Paragraphs of Discord's exporter below a line such as `{Attachments}`, and its last line.
fn of_discord(text: &str) -> Vec<Range<usize>> {
    const PARTS: [&str; 4] = ["{Attachments}", "{Reactions}", "{Stickers}", "{Embed}"];
    if !text.contains('{') && !text.contains("Exported ") {
        return Vec::new();
    }
    let mut is_open = false;
    let mut found = Vec::new();
    for (start, line) in lines_from(text, 0) {
        let said = line.trim();
        is_open = !said.is_empty() && (is_open || PARTS.contains(&said));
        let is_last = said.strip_prefix("Exported ").is_some_and(|rest| rest.ends_with(" message(s)"));
        if is_open || is_last {
            found.push(start..start + line.trim_end().len());
        }
    }
    found
}

/// `Reacted to "…" with 👍`, `Removed a 👍 reaction from "…"`, `Replying to "…"`, behind an opening or below it.
fn reactions(text: &str) -> Vec<Range<usize>> {
    let is_opening =
        |line: &str| line.starts_with(|c: char| c.is_ascii_digit()) && line.contains(" From ") && line.contains(':');
    if !text.contains(" From ") || text.by_lines().filter(|line| is_opening(line)).take(FEWEST).count() < FEWEST {
        return Vec::new();
    }
    let by_line = |(start, line): (usize, &str)| {
        let said = line.trim_end();
        let from = match said.rsplit_once(" : ").filter(|_| is_opening(said)) {
            Some((_, words)) => said.len() - words.len(),
            None => said.len() - said.trim_start().len(),
        };
        is_reaction(&said[from..]).then(|| start + from..start + said.len())
    };
    lines_from(text, 0).filter_map(by_line).collect()
}

fn is_reaction(line: &str) -> bool {
    let line = line.replace(['“', '”'], "\"");
    let ends = line.trim_end_matches(':').ends_with('"');
    (line.starts_with("Reacted to \"") && line.contains("\" with "))
        || (line.starts_with("Removed a") && line.contains(" reaction from \"") && ends)
        || (line.starts_with("Replying to \"") && ends)
}

/// Lines behind `>` that say what an earlier line says, with the lines of nothing but `>` around them; and
/// `(- Ann: 👍 -)` below such messages, of Signal.
fn quotations(text: &str) -> Vec<Range<usize>> {
    if !text.contains('>') || !text.by_lines().any(|line| line.starts_with('>')) {
        return Vec::new();
    }
    let mut said: HashSet<String> = HashSet::new();
    let mut found: Vec<Range<usize>> = Vec::new();
    // The quotation that is open: its lines, and its words.
    let (mut lines, mut quoted): (Vec<Range<usize>>, Vec<&str>) = (Vec::new(), Vec::new());
    for (start, line) in lines_from(text, 0).chain([(text.len(), "")]) {
        let bytes = start..start + line.trim_end().len();
        if let Some(inner) = line.strip_prefix('>') {
            lines.push(bytes);
            quoted.push(inner.trim_start_matches('>').trim());
            continue;
        }
        let (block, words) = (std::mem::take(&mut lines), std::mem::take(&mut quoted));
        if is_said(&said, &words) {
            found.extend(block);
        }
        let plain = line.trim();
        if plain.starts_with("(- ") && plain.ends_with(" -)") {
            found.push(bytes);
            continue;
        }
        said.insert(same(plain));
        said.extend(plain.split_once(": ").map(|(_, words)| same(words)));
    }
    let is_quoted = found.iter().any(|bytes| text[bytes.clone()].starts_with('>'));
    if is_quoted { found } else { Vec::new() }
}

/// Whether a quotation was said before, perhaps below who said it: `> **Ann** wrote:`.
fn is_said(said: &HashSet<String>, quoted: &[&str]) -> bool {
    let is_head = quoted.first().is_some_and(|first| first.ends_with(" wrote:"));
    let words = same(&quoted[usize::from(is_head)..].join(" "));
    words.split(' ').count() >= WORDS && said.contains(&words)
}

/// Words as they are compared: in small letters, with single spaces.
fn same(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::super::super::super::labels;
    use super::by_program;

    fn kept(text: &str) -> String {
        labels::without(text, &by_program(text))
    }

    #[test]
    fn reactions_in_the_chat_of_a_meeting_are_nobodys() {
        let chat = "10:00:03 From Ann to Everyone:\n\tIs it so?\n10:00:20 From Tom to Everyone:\n\t";
        for line in [
            "Reacted to \"Is it so?\" with 👍",
            "Reacted to “Is it...” with ❤️",
            "Removed a 👍 reaction from \"Is it so?\"",
            "Replying to \"Is it so?\"",
        ] {
            assert_eq!(
                kept(&format!("{chat}{line}\n\tYes.\n")).replace(['\n', '\t'], ""),
                format!("{chat}Yes.").replace(['\n', '\t'], ""),
                "{line}"
            );
            let old = format!("10:00:03\t From  Ann : Is it?\n10:00:20\t From  Tom : {line}\n");
            assert!(!kept(&old).contains("it...") && !kept(&old).contains("so?"), "{old}");
            let talk = format!("Ann: Is it so?\nTom: Yes.\n{line}\n");
            assert_eq!(kept(&talk), talk);
        }
        let said = format!("{chat}Reacted to \"Is it so?\" by leaving\n");
        assert_eq!(kept(&said), said);
    }

    #[test]
    fn what_stands_in_place_of_pictures_is_nobodys() {
        let line = "10:01\tAnn\tIs it cold?\n10:02\tTom\tVery.\n10:03\tAnn\tStill?\n10:04\tTom\tYes.\n";
        for by in ["10:05\tTom\t[Sticker]", "10:05\tTom\t☎ 0:43", "10:05\tTom left"] {
            assert_eq!(kept(&format!("{line}{by}\n")).trim_end(), line.trim_end(), "{by}");
        }
        for said in ["10:05\tTom\t[Sticker] and more", "10:05\tTom\tIt is so"] {
            assert!(kept(&format!("{line}{said}\n")).ends_with(&format!("{said}\n")), "{said}");
        }
        let kakao = "KakaoTalk Chats with 순자\n\n[10:06:00] 순자:   사진\n2031. 5. 3. 오전 10:06, 순자 : 사진\n\
                     [10:07:00] 순자: 사진 봤어요\n";
        assert_eq!(kept(kakao).matches("사진").count(), 1);
        let talk = "민지: 뭐가 있어요?\n순자: 사진\n";
        assert_eq!(kept(talk), talk);
        let discord = "[03/05/2031 14:00] ann\nCold.\n\n{Reactions}\n👍 (2)\n\n[03/05/2031 14:01] tom\nVery.\n\n\
                       Exported 2 message(s)\n";
        let left = kept(discord);
        assert!(!left.contains("👍") && !left.contains("Exported") && left.contains("tom\nVery."), "{left}");
    }

    #[test]
    fn what_an_earlier_line_says_is_quoted() {
        let text = "Ann: Was it cold up there?\n(- Tom: 👍 -)\nTom:\n> Was it cold up there?\n>\nVery.\n";
        assert_eq!(
            kept(text).split_whitespace().collect::<Vec<_>>().join(" "),
            "Ann: Was it cold up there? Tom: Very."
        );
        let forum = "Ann: Was it cold up there?\n\nTom:\n> **Ann** wrote:\n> Was it cold\n> up there?\n\nVery.\n";
        assert!(kept(forum).ends_with("Very.\n") && !kept(forum).contains('>'));
        // What comes from elsewhere, what is short, and what is only said later.
        for text in [
            "Ann: What did he say?\nTom:\n> We close on Sundays, it says.\nSo.\n",
            "Ann: Oh no.\nTom:\n> Oh no.\nYes.\n",
            "Tom:\n> Was it cold up there?\nAnn: Was it cold up there?\n",
            "Ann: Why?\n(- so -)\nTom: It rained.\n",
        ] {
            assert_eq!(kept(text), text);
        }
    }

    #[test]
    fn lines_of_slack_about_threads_are_nobodys() {
        let turn = |n: usize| format!("{}  10:0{n} AM\nIt was so.\n", ["Ann", "Tom"][n % 2]);
        let talk: String = (0..4).map(turn).collect();
        for line in ["2 replies", "1 reply", ":heart: 3", "also sent to the channel"] {
            let text = format!("{talk}{line}\n");
            assert_eq!(by_program(&text), vec![talk.len()..text.len() - 1], "{line}");
            assert!(by_program(&format!("Ann: So?\n{line}\n")).is_empty(), "{line}");
        }
        for line in ["Two replies", "I had 2 replies", "3 of us", "It was :heart: 3 times"] {
            assert!(by_program(&format!("{talk}{line}\n")).is_empty(), "{line}");
        }
    }
}
