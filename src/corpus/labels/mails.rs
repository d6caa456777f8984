//! Interviews by mail: `From`, `Sent`, `To` and `Subject` above each mail, as programs of mail print and copy them.
//!
//! In: a text. Out: a label for each mail, who sent it, if the text is such mails from its top on and two people or
//! more wrote them; the same mail a second time is nobody's. What a mail quotes with `>` is told and stays its words,
//! and the order of the mails stays as it is. What is said never makes a text one of mails.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::Remark;
use super::added::without_address;
use super::lines::{Head, Lines};

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

/// Makes a mail that stands there again nobody's, and tells of it and of what is quoted.
fn settle(text: &str, heads: &mut [Head]) -> Vec<Remark> {
    let ends: Vec<usize> = heads.iter().skip(1).map(|head| head.line).chain([text.len()]).collect();
    let of = |head: &Head, end: usize| -> Range<usize> { head.words.min(end)..end };
    let mut seen: HashSet<(String, &str)> = HashSet::new();
    let mut remarks = Vec::new();
    for (head, end) in heads.iter_mut().zip(ends) {
        let said = text[of(head, end)].trim();
        if said.lines().any(|line| line.trim_start().starts_with('>')) {
            let what = format!(
                "the mail of `{}` quotes another behind `>`, and all of it was taken for words of `{0}`; take out what \
                 others wrote",
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
