//! Marks of Markdown around whole turns: `> ` in front of every line, links around times and names of speakers; and
//! what Markdown needs beside words, lists of attributes and the backslashes of brackets.
//!
//! In: a text. Out: the bytes of the marks, where the text shows them throughout; without them its labels are those of
//! any other text. A quotation within what is said, a link that somebody pasted and a formula stay.

use std::collections::HashMap;
use std::ops::Range;

use super::by_lines::ByLines;
use super::labels::{is_name_apart, time};

/// Fewer lines show no habit.
const FEWEST: usize = 4;

/// The `> ` of a text in which nearly every line with words starts so.
pub(super) fn quoted(text: &str) -> Vec<Range<usize>> {
    if !text.contains('>') {
        return Vec::new();
    }
    let (mut all, mut start) = (0usize, 0);
    let mut found = Vec::new();
    let mut n_words = 0usize;
    for line in text.by_whole_lines() {
        let inner = line.trim_start_matches([' ', '\t']);
        all += usize::from(!line.is_blank());
        if let Some(rest) = inner.strip_prefix('>').filter(|rest| !rest.starts_with('>')) {
            let words = rest.strip_prefix(' ').unwrap_or(rest);
            found.push(start..start + line.len() - words.len());
            n_words += usize::from(!words.is_blank());
        }
        start += line.len();
    }
    if n_words >= FEWEST && found.len() * 10 >= all * 9 { found } else { Vec::new() }
}

/// The lists of attributes that kramdown, as in Jekyll, puts behind words: `{: .text-green-000}`, `{:toc}`.
pub(super) fn attributes(text: &str) -> Vec<Range<usize>> {
    if !text.contains("{:") {
        return Vec::new();
    }
    let is_of_names = |c: char| c.is_ascii_alphanumeric() || " .#:;%=\"'/_-".contains(c);
    let is_list = |inner: &str| {
        let first = inner.trim_start();
        first.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '.' | '#')) && inner.chars().all(is_of_names)
    };
    let list = |(at, open): (usize, &str)| {
        let inner = &text[at + open.len()..];
        let inner = &inner[..inner.find(['}', '{', '\n'])?];
        let end = at + open.len() + inner.len();
        (is_list(inner) && text[end..].starts_with('}')).then_some(at..end + 1)
    };
    text.match_indices("{:").filter_map(list).collect()
}

/// The backslashes of brackets around times and remarks, each on one line: `\[00:12:03\]`, `\[laughter\]`.
pub(super) fn escapes(text: &str) -> Vec<Range<usize>> {
    if !text.contains("\\[") {
        return Vec::new();
    }
    let is_spoken = |c: char| c.is_alphanumeric() || " .:,;?!'’…-–".contains(c);
    let is_remark = |inner: &str| {
        inner.starts_with(|c: char| c.is_alphanumeric())
            && inner.chars().filter(|c| c.is_alphanumeric()).nth(1).is_some()
            && inner.chars().all(is_spoken)
    };
    let both = |(at, open): (usize, &str)| {
        let inner = &text[at + open.len()..];
        let inner = &inner[..inner.find(['\\', '[', ']', '\n'])?];
        let end = at + open.len() + inner.len();
        (is_remark(inner) && text[end..].starts_with("\\]")).then_some([at..at + 1, end..end + 1])
    };
    text.match_indices("\\[").filter_map(both).flatten().collect()
}

/// A link: `[text](address)`.
struct Link<'t> {
    text: &'t str,
    /// The `[`, the byte after the text, and the byte after the whole.
    start: usize,
    middle: usize,
    end: usize,
}

/// What makes times and speakers links: the address behind a time, and all but the text of a name.
pub(super) fn links(text: &str) -> Vec<Range<usize>> {
    if !text.contains("](http") {
        return Vec::new();
    }
    let mut times: Vec<Link<'_>> = Vec::new();
    let mut people: Vec<Link<'_>> = Vec::new();
    let mut start = 0;
    for line in text.by_whole_lines() {
        let mut opens = true;
        for link in links_of(line, start) {
            // In front of a name stand a time, signs or nothing.
            let before = &text[start..link.start];
            opens &= before.chars().all(|c| !c.is_alphabetic()) || times.last().is_some_and(|time| time.end > start);
            if time(link.text.trim_start_matches('@')).is_some() {
                times.push(link);
            } else if opens && is_name_apart(link.text.trim_matches(['*', '_'])) {
                people.push(link);
                opens = false;
            }
        }
        start += line.len();
    }
    let mut counts: HashMap<&str, usize> = HashMap::new();
    people.iter().for_each(|link| *counts.entry(link.text).or_default() += 1);
    people.retain(|link| counts[link.text] > 1);
    let several = people.iter().any(|link| link.text != people[0].text);
    let mut found = Vec::new();
    if times.len() >= FEWEST {
        found.extend(times.iter().map(|link| link.middle + 1..link.end));
    }
    if people.len() >= FEWEST && several {
        found.extend(people.iter().flat_map(|link| [link.start..link.start + 1, link.middle..link.end]));
    }
    found.sort_by_key(|bytes| bytes.start);
    found
}

/// The links of a line, which starts at a byte.
fn links_of(line: &str, start: usize) -> Vec<Link<'_>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(open) = line[at..].find('[').map(|open| at + open) {
        at = open + 1;
        let Some(close) = line[at..].find([']', '[']).map(|close| at + close) else { break };
        let address = line[close..].strip_prefix("](").filter(|rest| rest.starts_with("http"));
        let length = address.and_then(|rest| rest.find([')', ' ', '\n']).filter(|&end| rest[end..].starts_with(')')));
        if let Some(length) = length {
            let end = close + 2 + length + 1;
            found.push(Link { text: &line[at..close], start: start + open, middle: start + close, end: start + end });
            at = end;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::labels::without;
    use super::*;

    #[test]
    fn a_text_that_is_a_quotation_throughout_loses_its_marks() {
        let text = "> **Ann:** Why?\n\n> **Tom:** It rained.\n>\n> A lot.\n\n> **Ann:** And?\n\n>**Tom:** No.\n";
        let bare = "**Ann:** Why?\n\n**Tom:** It rained.\n\nA lot.\n\n**Ann:** And?\n\n**Tom:** No.\n";
        assert_eq!(without(text, &quoted(text)), bare);
        for text in [
            "Ann: Why?\n\nTom: He wrote:\n> one\n> two\n> three\n> four\n\nAnn: And?\n",
            ">> Why?\n>> It rained.\n>> And?\n>> No.\n>> Yes.\n",
            "> one\n> two\n",
            "",
        ] {
            assert!(quoted(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn lists_of_attributes_are_taken_off() {
        let text = "**Ann:**{: .text-green-000}  \nWhy?\n{:toc}\n\n{: #so .a title=\"b\"}\n**Tom:** No.\n";
        assert_eq!(without(text, &attributes(text)), "**Ann:**  \nWhy?\n\n\n\n**Tom:** No.\n");
        for text in ["Ann: {:} and {: }", "Tom: {00:12}", "Tom: {: so", "{: é}", "{: a {b}", "{: a\n}", "Tom: {so: x}"]
        {
            assert!(attributes(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn brackets_around_times_and_remarks_lose_their_backslashes() {
        let text = "\\[10:07\\] **Ann:** Why? \\[laughs\\]\n**Tom:** A \\[unintelligible 00:41:07.07\\] é.\n";
        let bare = "[10:07] **Ann:** Why? [laughs]\n**Tom:** A [unintelligible 00:41:07.07] é.\n";
        assert_eq!(without(text, &escapes(text)), bare);
        for text in
            ["\\[x\\]", "\\[ a + b \\]", "\\[E=mc^2\\]", "\\[so\nit\\]", "\\[\\alpha\\]", "\\[so]", "[so\\]", "\\["]
        {
            assert!(escapes(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn links_around_times_and_names_are_taken_off() {
        let talk = |turn: &dyn Fn(usize, &str) -> String| -> String {
            (1..=4).map(|n| format!("{} It rained.\n\n", turn(n, ["Ann Hall", "Tom"][n % 2]))).collect()
        };
        type Written<'f> = &'f dyn Fn(usize, &str) -> String;
        let forms: [(Written, Written); 4] = [
            (&|n, name| format!("[0:0{n}](https://a.org/?t={n}) {name}:"), &|n, name| format!("[0:0{n}] {name}:")),
            (&|n, name| format!("**{name}** [0:0{n}](https://a.org/{n}):"), &|n, name| format!("**{name}** [0:0{n}]:")),
            (&|_, name| format!("[{name}](https://a.org/u):"), &|_, name| format!("{name}:")),
            (&|n, name| format!("0:0{n} [{name}](https://a.org/u)"), &|n, name| format!("0:0{n} {name}")),
        ];
        for (written, bare) in forms {
            let text = talk(written);
            assert_eq!(without(&text, &links(&text)), talk(bare), "{text}");
        }
    }

    #[test]
    fn links_within_what_is_said_stay() {
        for text in [
            "Ann: See [this](https://a.org) and [that](https://b.org).\n\nTom: And [this](https://a.org) [é](http://é).\n",
            "Ann: At [0:03](https://a.org).\n\nTom: At [0:09](https://a.org).\n",
            "[One](https://a.org)\n[Two](https://a.org)\n[Three](https://a.org)\n[Four](https://a.org)\n",
            "[a[b](https://a.org [c](x) [](",
        ] {
            assert!(links(text).is_empty(), "{text}");
        }
    }
}
