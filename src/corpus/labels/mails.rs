//! Interviews by mail: `From`, `Sent`, `To` and `Subject` above each mail, as programs of mail print and copy them.
//!
//! In: a text. Out: a label for each mail, who sent it, if the text is such mails from its top on and two people or
//! more wrote them; the same mail a second time is nobody's. What a mail quotes with `>` is told and stays its words,
//! and the order of the mails stays as it is. What is said never makes a text one of mails. Where a talk with labels of
//! its own follows below the last mail, out goes where it starts: it is read as any other, and the mails are nobody's.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::super::by_lines::ByLines;
use super::super::speakers::{key, stem};
use super::added::without_address;
use super::lines::{Head, Lines, lines_from};
use super::names::{clean, valid_label};
use super::{Labelled, Remark, Stretch, trim};

/// The name of the layout.
pub(super) const LAYOUT: &str = "mails with their headers";

/// What a field of a header tells.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Field {
    From,
    To,
    Date,
    Subject,
    Other,
}

/// The names of fields as programs write them, in small letters.
#[rustfmt::skip]
const FIELDS: &[(Field, &[&str])] = &[
    (Field::From, &[
        "from", "von", "de", "da", "van", "från", "fra", "od", "kimden", "gönderen", "от", "от кого", "发件人", "寄件者",
        "差出人", "送信者", "보낸 사람", "보낸사람", "lähettäjä", "feladó", "od koho", "מאת", "من",
    ]),
    (Field::To, &[
        "to", "an", "à", "para", "a", "aan", "till", "til", "do", "kime", "alıcı", "кому", "收件人", "收件者", "宛先",
        "받는 사람", "받는사람", "vastaanottaja", "címzett", "komu", "destinatario", "destinataire", "אל", "إلى",
    ]),
    (Field::Date, &[
        "sent", "date", "gesendet", "datum", "envoyé", "enviado", "enviado el", "enviado em", "fecha", "enviada em",
        "inviato", "data", "verzonden", "skickat", "sendt", "dato", "wysłano", "gönderildi", "tarih", "gönderme tarihi",
        "отправлено", "дата", "发送时间", "日期", "寄件日期", "送信日時", "日時", "日付", "날짜", "보낸 날짜", "lähetetty",
        "päivämäärä", "dátum", "odesláno", "נשלח", "תאריך", "التاريخ",
    ]),
    (Field::Subject, &[
        "subject", "betreff", "objet", "asunto", "assunto", "oggetto", "onderwerp", "ämne", "emne", "temat", "konu",
        "тема", "主题", "主旨", "件名", "제목", "aihe", "tárgy", "předmět", "נושא", "الموضوع",
    ]),
    (Field::Other, &[
        "cc", "bcc", "kopie", "copie", "copia", "kopia", "reply-to", "antwort an", "importance", "attachments",
        "attachment", "anlagen", "anhänge", "pièces jointes", "adjuntos", "allegati", "bijlagen", "抄送", "添付ファイル",
    ]),
];

/// Fewer mails tell of no interview.
const FEWEST: usize = 2;
/// The longest name of a field, in bytes, and the most words that may stand above the first mail.
const LONGEST: usize = 40;
const MOST_ABOVE: usize = 60;
/// The most fields of a header.
const MOST_FIELDS: usize = 20;
/// Two labels that come so often within a mail are those of a talk.
const FEWEST_TURNS: usize = 3;
/// A talk of so many turns for each mail is what the text is of.
const TURNS_A_MAIL: usize = 3;

/// The mails of a text that is nothing else, with what is doubtful; `None` for any other.
pub(super) fn find(lines: &Lines<'_>) -> Option<(Vec<Head>, Vec<Remark>)> {
    let mut heads: Vec<Head> = Vec::new();
    let (mut at, mut above) = (0, 0);
    while at < lines.ranges.len() {
        match header(lines, at) {
            Some((head, taken)) => {
                heads.push(head);
                at += taken;
            }
            None => {
                above += if heads.is_empty() { lines.line(at).split_whitespace().count() } else { 0 };
                at += 1;
            }
        }
        // What is no mail from its top on is seen soon.
        if above > MOST_ABOVE {
            return None;
        }
    }
    let senders: HashSet<&str> = heads.iter().map(|head| head.label.as_str()).collect();
    (heads.len() >= FEWEST && senders.len() > 1).then(|| {
        let remarks = settle(lines.text, &mut heads);
        (heads, remarks)
    })
}

/// The header that starts at a line, and how many lines it has.
fn header(lines: &Lines<'_>, at: usize) -> Option<(Head, usize)> {
    let mut fields: HashMap<Field, &str> = HashMap::new();
    let mut end = at;
    for (field, value) in (at..).map_while(|at| field(lines.line(at))).take(MOST_FIELDS) {
        fields.entry(field).or_insert(value);
        end += 1;
    }
    let told = [Field::To, Field::Date, Field::Subject].iter().filter(|field| fields.contains_key(field)).count();
    let sender = sender(fields.get(&Field::From)?).filter(|_| told > 1)?;
    // `-----Original Message-----`
    let is_rule = |line: &str| line.starts_with("---") || line.starts_with("___");
    let above = at.checked_sub(1).filter(|&above| is_rule(lines.line(above).trim()));
    let line = lines.ranges[above.unwrap_or(at)].start;
    let words = lines.ranges.get(end).map_or(lines.text.len(), |range| range.start);
    Some((Head { label: sender.to_owned(), seconds: None, line, words }, end - at))
}

/// A field and what it holds: `**From:** Ann Hall`.
fn field(line: &str) -> Option<(Field, &str)> {
    let (name, value) = line.split_once([':', '：']).filter(|(name, _)| name.len() <= LONGEST)?;
    let name = name.trim_matches(['*', '_', ' ', '\t', '\u{a0}']).to_lowercase();
    let (field, _) = FIELDS.iter().find(|(_, names)| names.contains(&name.as_str()))?;
    Some((*field, value.trim_matches(['*', '_', ' ', '\t', '\u{a0}'])))
}

/// The name of a sender, or the address of one who has none.
fn sender(value: &str) -> Option<&str> {
    let address = value.split_once(" [mailto:").map_or(value, |(name, _)| name);
    let name = without_address(address).unwrap_or(address);
    let name = name.trim_matches(['"', '\'', '<', '>', ' ', ';']);
    (name.chars().any(char::is_alphanumeric) && name.len() <= 2 * LONGEST).then_some(name)
}

/// The turns of a talk within a mail: the byte at which the first starts, how many, and two of their labels.
struct Turns<'t> {
    at: usize,
    n: usize,
    labels: [&'t str; 2],
}

/// The talk within these bytes, if two labels or more recur in them, with or without their numbers.
fn turns(text: &str, bytes: Range<usize>) -> Option<Turns<'_>> {
    let label = |(at, line)| Some((at, label(line)?));
    let labels: Vec<(usize, &str)> = lines_from(&text[..bytes.end], bytes.start).filter_map(label).collect();
    recurring(&labels, key).or_else(|| recurring(&labels, |label| stem(&key(label)).to_owned()))
}

/// The label with a colon that a line starts with, and that is no field of a header; `A` is both.
fn label(line: &str) -> Option<&str> {
    let (label, _) = line.split_once([':', '：']).filter(|(label, _)| label.len() <= LONGEST)?;
    let label = clean(label.trim_matches(['*', '_']));
    (valid_label(label) && (label.chars().nth(1).is_none() || field(line).is_none())).then_some(label)
}

/// The turns whose labels recur by their keys, if there are two such keys.
fn recurring<'t>(labels: &[(usize, &'t str)], key: impl Fn(&str) -> String) -> Option<Turns<'t>> {
    let mut counts: HashMap<String, usize> = HashMap::new();
    labels.iter().for_each(|(_, label)| *counts.entry(key(label)).or_default() += 1);
    let comes = |label: &str, fewest: usize| counts.get(&key(label)).is_some_and(|n| *n >= fewest);
    let mut of = labels.iter().map(|&(_, label)| label).filter(|label| comes(label, FEWEST_TURNS));
    let first = of.next()?;
    let second = of.find(|label| key(label) != key(first))?;
    // Who opens a talk may speak less often.
    let at = labels.iter().find(|(_, label)| comes(label, 2))?.0;
    let n = counts.values().filter(|n| **n >= FEWEST_TURNS).sum();
    Some(Turns { at, n, labels: [first, second] })
}

/// The byte at which a talk starts below the last mail, where it is what the text is of.
pub(super) fn talk_below(text: &str, heads: &[Head]) -> Option<usize> {
    let talk = turns(text, heads.last()?.words.min(text.len())..text.len())?;
    (talk.n >= TURNS_A_MAIL * heads.len()).then_some(talk.at)
}

/// A talk that was read from a byte on, below the mails above it, which are nobody's.
pub(super) fn above(text: &str, heads: &[Head], from: usize, mut talk: Labelled) -> Labelled {
    for Stretch { text, .. } in &mut talk.stretches {
        *text = text.start + from..text.end + from;
    }
    talk.remarks.iter_mut().for_each(|remark| remark.at += from);
    let at = heads.first().map_or(0, |head| head.line);
    let what = format!(
        "{} mails stand above a talk with labels of its own, and their words were taken for nobody's; keep them in a \
         file of their own",
        heads.len()
    );
    talk.remarks.insert(0, Remark { at, what });
    let mails = trim(text, 0..from);
    match talk.stretches.first_mut().filter(|first| first.label.is_empty()) {
        Some(first) => first.text.start = mails.start,
        None => talk.stretches.insert(0, Stretch { label: String::new(), seconds: None, text: mails }),
    }
    talk
}

/// Makes a mail that stands there again nobody's, and tells of it, of what is quoted, and of labels within one.
fn settle(text: &str, heads: &mut [Head]) -> Vec<Remark> {
    let ends: Vec<usize> = heads.iter().skip(1).map(|head| head.line).chain([text.len()]).collect();
    let of = |head: &Head, end: usize| -> Range<usize> { head.words.min(end)..end };
    let mut seen: HashSet<(String, &str)> = HashSet::new();
    let mut remarks = Vec::new();
    for (head, end) in heads.iter_mut().zip(ends) {
        let said = text[of(head, end)].trim();
        if said.by_lines().any(|line| line.trim_start().starts_with('>')) {
            let what = format!(
                "the mail of `{}` quotes another behind `>`, and all of it was taken for words of `{0}`; take out what \
                 others wrote",
                head.label
            );
            remarks.push(Remark { at: head.line, what });
        }
        if let Some(Turns { labels: [one, other], .. }) = turns(text, of(head, end)) {
            let what = format!(
                "the mail of `{}` holds turns of `{one}` and `{other}`, and all of it was taken for words of `{0}`; \
                 keep what others said in a file of its own",
                head.label
            );
            remarks.push(Remark { at: head.line, what });
        }
        if !said.is_empty() && !seen.insert((head.label.clone(), said)) {
            let what = format!("the mail of `{}` stands here again and was left out", head.label);
            remarks.push(Remark { at: head.line, what });
            head.label.clear();
        }
    }
    remarks
}

#[cfg(test)]
mod tests {
    use super::super::super::speakers::Names;
    use super::super::{Labelled, read};

    const SAID: [&str; 4] = ["How was it?", "It was cold.", "And then?", "We left."];

    /// Mails of two people below headers with these fields, in which `{}` stands for who sends one.
    fn mails(header: &str) -> String {
        let mail = |(n, said): (usize, &&str)| {
            let header = header.replace("{}", ["Ann Hall", "Tom Reed"][n % 2]);
            format!("{header}\n\n{said}\n\n")
        };
        SAID.iter().enumerate().map(mail).collect()
    }

    fn found(text: &str) -> (Vec<(String, &str)>, Vec<String>) {
        let Labelled { stretches, remarks, .. } = read(text, &Names::default()).unwrap_or_default();
        let said = stretches.into_iter().map(|s| (s.label, &text[s.text])).collect();
        (said, remarks.into_iter().map(|remark| remark.what).collect())
    }

    #[test]
    fn who_sends_a_mail_says_what_stands_below_its_header() {
        for header in [
            "From: {}\nSent: 3 May 2031 10:10\nTo: Ann Hall\nSubject: The farm",
            "From: {} <x@u.example>\nSubject: Re: The farm\nDate: 3 May 2031 at 10:10\nTo: Ann <ann@u.example>",
            "-----Original Message-----\nFrom: \"{}\" <x@u.example>\nTo: Ann Hall\nCc: Bea\nSubject: The farm",
            "Von: {}\nGesendet: Montag, 3. Mai 2031 10:10\nAn: Jörg Wendt\nBetreff: AW: Interview",
            "Betreff: Interview\nDatum: 3. Mai 2031\nVon: {}\nAn: Jörg Wendt",
            "**De :** {}\n**Envoyé :** 3 mai 2031\n**À :** Ann\n**Objet :** Entretien",
            "发件人: {}\n发送时间: 2031年5月3日\n收件人: Ann\n主题: 访谈",
        ] {
            let text = mails(header);
            let (said, told) = found(&text);
            let who = |n: usize| ["Ann Hall", "Tom Reed"][n % 2].to_owned();
            let expected: Vec<(String, &str)> = SAID.iter().enumerate().map(|(n, words)| (who(n), *words)).collect();
            assert_eq!(said, expected, "{header}");
            assert!(told.is_empty(), "{header} {told:?}");
        }
    }

    #[test]
    fn a_mail_that_stands_there_again_is_nobodys_and_what_is_quoted_is_told() {
        let header = "From: {}\nSent: 3 May 2031\nTo: Ann\nSubject: Bees";
        let text = mails(header);
        let again = format!("{text}{}", &text[..text.find("From: Tom").unwrap()]);
        let (said, told) = found(&again);
        assert_eq!((said.len(), said[4].0.as_str(), told.len()), (5, "", 1), "{said:?}");
        let quoted = text.replace("We left.", "> And then?\n\nWe left.");
        let (said, told) = found(&quoted);
        assert!(said.len() == 4 && told.len() == 1 && told[0].contains("quotes another"), "{told:?}");
    }

    #[test]
    fn a_talk_below_mails_is_read_by_its_labels() {
        let header = "From: {}\nSent: 3 May 2031\nTo: Ann\nSubject: Bees";
        let mails: String = mails(header).split_inclusive("And then?").next().unwrap().to_owned();
        let two = &mails[..mails.match_indices("From:").nth(2).unwrap().0];
        for [asks, answers] in [["I", "P"], ["Q", "A"], ["Interviewer", "Ann Hall"]] {
            let turn = |n: usize| format!("{asks}: How was year {n}?\n\n{answers}: It was cold in year {n}.\n\n");
            let talk: String = (0..4).map(turn).collect();
            let text = format!("{two}{talk}");
            let (said, told) = found(&text);
            let labels: Vec<&str> = said.iter().map(|(label, _)| label.as_str()).collect();
            assert_eq!(labels, [&[""][..], &[asks, answers].repeat(4)].concat());
            assert_eq!((said[0].1, said[8].1), (two.trim(), "It was cold in year 3."));
            assert!(told.first().is_some_and(|told| told.starts_with("2 mails stand above a talk")), "{told:?}");
            // Few turns below more mails, or within one above the last, are told.
            for text in [format!("{mails}\n\n{talk}"), format!("{two}{talk}{mails}")] {
                let (said, told) = found(&text);
                let is_sender = |label: &str| ["Ann Hall", "Tom Reed", ""].contains(&label);
                assert!(said.len() > 2 && said.iter().all(|(label, _)| is_sender(label)), "{said:?}");
                assert!(told.iter().any(|told| told.contains(&format!("holds turns of `{asks}` and `{answers}`"))));
            }
        }
    }

    #[test]
    fn what_an_answer_lists_with_colons_is_no_talk() {
        let said = |lines: &str| super::turns(lines, 0..lines.len()).is_some();
        for lines in [
            "Phone: 12\nRoom: 3\nOffice: Leeds\n",
            "Q1: It was cold.\nQ2: We left.\nQ3: Never.\nQ4: Two.\nQ5: One.\nQ6: No.\n",
            &"Subject: Bees\nDate: 3 May\n".repeat(4),
            &"Well: it was cold.\nWe left.\n".repeat(9),
            "I: Why?\nP: So.\nI: And?\nP: No.\n",
        ] {
            assert!(!said(lines), "{lines}");
        }
        assert!(said(&"I: Why?\nP: So.\n".repeat(3)));
        assert!(said("Q1: Why?\nA1: So.\nQ2: And?\nA2: No.\nQ3: Who?\nA3: Ida.\n"));
    }

    #[test]
    fn a_mail_within_a_talk_and_other_fields_are_no_mails() {
        let names = Names::default();
        let is_mails = |text: &str| super::find(&super::Lines::of(text, &names)).is_some();
        let header = "From: {}\nSent: 3 May 2031\nTo: Ann\nSubject: Bees";
        assert!(is_mails(&mails(header)));
        let talk = "Ann: How was it there, and who was with you?\n\nTom: It was cold, and we were three.\n\n".repeat(5);
        assert!(!is_mails(&format!("{talk}{}", mails(header))));
        assert!(!is_mails(&mails(header).replace("Tom Reed", "Ann Hall")));
        for header in ["From: {}\nTo: Ann", "{}: Leeds\nTo: York\nDate: 3 May", "From: {}", "Date: 3 May\nSubject: A"] {
            assert!(!is_mails(&mails(header)), "{header}");
        }
    }
}
