//! What programs of mail put below each mail of a sender: a name with a telephone, a notice, `Get Outlook for iOS`.
//!
//! In: the mails of a text, each with its sender and where its words start. Out: the same, with the signatures set apart
//! as nobody's, and a remark for each sender who has one. A signature is the lines with which all mails of a sender end
//! alike, if they name the sender or where to reach them, or are several, and what stands below `-- `, as programs
//! write it. What somebody says again at the end of two mails stays.

use std::collections::HashMap;
use std::ops::Range;

use super::super::speakers::key;
use super::Remark;
use super::lines::{Head, lines_from};

/// Fewer mails of a sender show no habit.
const FEWEST: usize = 2;
/// Mails that end with two lines or more alike, from which these need not name anybody.
const MANY: usize = 3;
/// Lines of a signature, at most.
const MOST_LINES: usize = 15;
/// Words of a line with the sender's name, at most.
const OF_NAME: usize = 8;
/// Digits of a telephone's number, at least.
const DIGITS: usize = 6;
/// How lines of programs begin.
#[rustfmt::skip]
const PROGRAMS: [&str; 9] = [
    "Sent from ", "Get Outlook ", "Von meinem ", "Gesendet von ", "Envoyé de ", "Enviado desde ", "Enviado do ",
    "Inviato da ", "Verstuurd vanaf ",
];

/// A line of a mail that holds something.
struct Line<'t> {
    start: usize,
    words: &'t str,
    /// Whether a blank line or a rule stands above it.
    is_apart: bool,
}

/// The lines of a mail that hold something.
type Written<'t> = Vec<Line<'t>>;

/// Sets the signatures apart, and tells of them.
pub(super) fn set_apart(text: &str, heads: &mut Vec<Head>) -> Vec<Remark> {
    let ends: Vec<usize> = heads.iter().skip(1).map(|head| head.line).chain([text.len()]).collect();
    let mut of_senders: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, head) in heads.iter().enumerate().filter(|(_, head)| !head.label.is_empty()) {
        of_senders.entry(key(&head.label)).or_default().push(at);
    }
    let mut starts: Vec<(usize, usize)> = Vec::new();
    let mut remarks = Vec::new();
    for own in of_senders.values() {
        let mails: Vec<Written<'_>> = own.iter().map(|&at| written(text, heads[at].words..ends[at])).collect();
        let n_alike = alike(&mails, &heads[own[0]].label);
        let cuts = own.iter().zip(&mails).filter_map(|(&at, mail)| Some((at, start_of(mail, n_alike)?)));
        let before = starts.len();
        starts.extend(cuts);
        if let Some(&(at, start)) = starts.get(before) {
            let what = format!(
                "what stands below the mails of `{}` from here on was taken for a signature ({} in all)",
                heads[at].label,
                starts.len() - before
            );
            remarks.push(Remark { at: start, what });
        }
    }
    let signature =
        |&(_, start): &(usize, usize)| Head { label: String::new(), seconds: None, line: start, words: start };
    heads.extend(starts.iter().map(signature));
    heads.sort_by_key(|head| head.line);
    remarks.sort_by_key(|remark| remark.at);
    remarks
}

/// The lines within these bytes that hold something.
fn written(text: &str, bytes: Range<usize>) -> Written<'_> {
    let from = bytes.start.min(bytes.end);
    let mut is_apart = true;
    let mut lines = Vec::new();
    for (start, line) in lines_from(&text[..bytes.end], from) {
        let words = line.trim_end_matches(['\n', '\r']);
        if words.trim().is_empty() || words.starts_with("___") {
            is_apart = true;
        } else {
            lines.push(Line { start, words, is_apart });
            is_apart = false;
        }
    }
    lines
}

/// With how many lines all mails end alike, if these are a signature; 0 where they are none.
fn alike(mails: &[Written<'_>], sender: &str) -> usize {
    let mails: Vec<&Written<'_>> = mails.iter().filter(|mail| !mail.is_empty()).collect();
    let Some(first) = mails.first().filter(|_| mails.len() >= FEWEST) else { return 0 };
    let is_same = |from_end: &usize| {
        let line = |mail: &&Written<'_>| Some(mail.get(mail.len().checked_sub(from_end + 1)?)?.words.trim().to_owned());
        let same = line(first);
        same.is_some() && mails.iter().all(|mail| line(mail) == same)
    };
    let n = (0..MOST_LINES).take_while(is_same).count();
    // All that somebody wrote is no signature.
    if mails.iter().all(|mail| mail.len() == n) {
        return 0;
    }
    let lines = &first[first.len() - n..];
    let is_told = |line: &Line<'_>| names(line.words.trim(), sender) || is_contact(line.words.trim());
    // What is said may end alike, too, right above it.
    let Some(above) = lines.iter().position(|line| line.is_apart).or_else(|| lines.iter().position(is_told)) else {
        return 0;
    };
    let lines = &lines[above..];
    let is_signature = lines.iter().any(is_told) || (lines.len() > 1 && mails.len() >= MANY);
    if is_signature { lines.len() } else { 0 }
}

/// Whether a line is the sender's name, with what they are.
fn names(line: &str, sender: &str) -> bool {
    let (line, sender) = (key(line), key(sender));
    let is_said = line.ends_with(['?', '!']) || line.split_whitespace().count() > OF_NAME;
    let first = line.split(|c: char| !c.is_alphanumeric()).find(|word| !word.is_empty());
    !is_said && first.is_some_and(|first| sender.split(|c: char| !c.is_alphanumeric()).any(|word| word == first))
}

/// Whether a line tells how to reach somebody, or is a program's.
fn is_contact(line: &str) -> bool {
    let has_address =
        line.split_whitespace().any(|word| word.contains('@') || word.contains("www.") || word.contains("://"));
    let n_digits = line.chars().filter(char::is_ascii_digit).count();
    let n_letters = line.chars().filter(|c| c.is_alphabetic()).count();
    has_address || (n_digits >= DIGITS && n_letters <= n_digits) || PROGRAMS.iter().any(|words| line.starts_with(words))
}

/// The byte at which a mail's signature starts: that of the lines alike, or of `-- ` above few lines.
fn start_of(mail: &Written<'_>, n_alike: usize) -> Option<usize> {
    let from = mail.len().checked_sub(n_alike).filter(|_| n_alike > 0);
    let ruled = mail.iter().rposition(|line| line.words == "-- ").filter(|at| mail.len() - at <= MOST_LINES + 1);
    let at = from.into_iter().chain(ruled).min()?;
    mail.get(at).map(|line| line.start)
}

#[cfg(test)]
mod tests {
    use super::super::super::speakers::Names;
    use super::super::read;

    const SAID: [&str; 4] = ["Was it cold?", "So cold.\nI left.", "And then?", "We ate.\nI left."];

    /// Who says what in four mails, of which the second person's end with some lines, and how many remarks there are.
    fn turns(ending: &str) -> (Vec<(String, String)>, usize) {
        let mail = |(n, said): (usize, &&str)| {
            let who = ["Ann Hall", "Tom Reed"][n % 2];
            let ending = if n % 2 == 1 { ending } else { "" };
            format!("From: {who}\nSent: 3 May 2031\nTo: Sue\nSubject: Bees\n\n{said}\n{ending}\n\n")
        };
        let text: String = SAID.iter().enumerate().map(mail).collect();
        let found = read(&text, &Names::default()).unwrap_or_default();
        let said = found.stretches.into_iter().filter(|s| !s.label.is_empty());
        (said.map(|s| (s.label, text[s.text].to_owned())).collect(), found.remarks.len())
    }

    #[test]
    fn lines_with_which_all_mails_of_a_sender_end_are_nobodys() {
        for ending in [
            "\nTom Reed\nBeekeeper, Leeds\nTel: +44 20 7000 0001\n\nNOTICE: This mail is meant for one person alone.",
            "\n-- \nT. R.\nLeeds",
            "\nTom\n\nGet Outlook for iOS",
            "\nKind regards,\nTom",
            "\n________\nSent from my phone",
        ] {
            let (found, n_remarks) = turns(ending);
            assert_eq!((found.len(), n_remarks), (4, 1), "{ending} {found:?}");
            assert!(
                found[1].1.starts_with("So cold.") && found[1].1.trim_end_matches('_').trim_end().ends_with("I left."),
                "{ending} {found:?}"
            );
            assert_eq!((&*found[0].1, &*found[2].1), (SAID[0], SAID[2]), "{ending}");
        }
    }

    #[test]
    fn what_is_said_again_stays() {
        let (found, n_remarks) = turns("");
        assert_eq!((&*found[1].1, &*found[3].1, n_remarks), (SAID[1], SAID[3], 0));
        let (found, n_remarks) = turns("--\nI was there in 1999.");
        assert!(found[3].1.ends_with("1999.") && n_remarks == 0, "{found:?}");
    }
}
