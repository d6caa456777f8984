//! Labels that may count what is asked: `Q1`, `Q1.1`, `Q1a`, `1Q`, `Q1 (Ann)`, `Q.IV`, `Question Four`, `Follow-up Q3`,
//! `س١`, `问题一`.
//!
//! In: a label. Out: its name as written, the number, and who is named behind it; and which names are those of
//! questions and answers. Whether labels of a transcript count anything is for [`turn_numbers`](super::turn_numbers).

use super::super::label_key::{digit, key};

/// A label with a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Count<'l> {
    /// The name without its number as written, and in the form in which labels are compared.
    pub(crate) name: &'l str,
    pub(crate) key: String,
    /// The number, and that of its part: 1 for `a`, 0 for none.
    pub(crate) number: (u32, u32),
    /// Who is named in parentheses.
    pub(super) who: &'l str,
}

/// Reads a label as a name and a number, if it is both. Numbers that are no digits, and those in front, are read only
/// beside names of questions and answers.
pub(crate) fn count_of(label: &str) -> Option<Count<'_>> {
    let (label, who) = named_behind(without_further(label));
    let found = number_behind(label).or_else(|| number_in_front(label)).or_else(|| number_in_words(label));
    let (name, number) = found.or_else(|| number_in_signs(label))?;
    Some(Count { name, key: key(name), number, who })
}

/// Whether a label starts with the number of a question or an answer: `1Q`, `12A`.
pub(crate) fn counts_in_front(label: &str) -> bool {
    number_in_front(label).is_some()
}

/// Words for what is asked and for what is answered.
#[rustfmt::skip]
const QUESTIONS: &[&str] = &[
    "q", "question", "f", "frage", "pregunta", "domanda", "pergunta", "vraag", "pytanie", "fråga", "spørgsmål",
    "spørsmål", "kysymys", "otázka", "kérdés", "soru", "întrebare", "ερώτηση", "вопрос", "питання", "질문", "问", "問",
    "質問", "问题", "問題", "سؤال", "السؤال",
];
#[rustfmt::skip]
const ANSWERS: &[&str] = &[
    "a", "answer", "antwort", "respuesta", "réponse", "risposta", "resposta", "antwoord", "odpowiedź", "svar",
    "vastaus", "odpověď", "válasz", "cevap", "răspuns", "απάντηση", "ответ", "відповідь", "답변", "答", "回答",
    "response", "reply", "جواب", "الجواب",
];
/// Letters and short forms that are words for a question and its answer only beside each other.
const LETTERS: &[(&str, &str)] =
    &[("q", "r"), ("p", "r"), ("d", "r"), ("f", "s"), ("v", "a"), ("p", "o"), ("s", "c"), ("iq", "ia"), ("س", "ج")];

/// Whether both names, in the form in which labels are compared, stand for a question and its answer whatever else is
/// said.
pub(crate) fn are_known(asks: &str, answers: &str) -> bool {
    QUESTIONS.contains(&asks) && ANSWERS.contains(&answers)
}

/// The same of names that do so only beside each other, as letters do.
pub(crate) fn are_a_pair(asks: &str, answers: &str) -> bool {
    are_known(asks, answers) || LETTERS.contains(&(asks, answers))
}

/// Whether a name may stand for a question or an answer.
fn is_known(name: &str) -> bool {
    let is_letter = |&(asks, answers): &(&str, &str)| asks == name || answers == name;
    QUESTIONS.contains(&name) || ANSWERS.contains(&name) || LETTERS.iter().any(is_letter)
}

/// What is asked once more: `Follow-up Q3`, `Q3 (follow-up)`.
const FURTHER: &[&str] = &["follow-up", "follow up", "followup"];

/// A label without the word for what is asked further.
fn without_further(label: &str) -> &str {
    let label = label.trim();
    for word in FURTHER {
        if label.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word)) {
            return label[word.len()..].trim_start();
        }
        let rest = label.strip_suffix(')').unwrap_or(label);
        let split = rest.len().checked_sub(word.len()).filter(|&at| rest.is_char_boundary(at));
        if let Some((before, _)) = split.map(|at| rest.split_at(at)).filter(|of| of.1.eq_ignore_ascii_case(word)) {
            return before.trim_end_matches([' ', '(']);
        }
    }
    label
}

/// A label and the name in parentheses behind it: `Q1` and `Ann` of `Q1 (Ann)`.
fn named_behind(label: &str) -> (&str, &str) {
    let parts = label.strip_suffix(')').and_then(|label| label.split_once(" ("));
    parts.filter(|(_, who)| who.starts_with(char::is_alphabetic)).unwrap_or((label, ""))
}

/// `Q1`, `Q 1`, `Q1a`, `Q1.1`, and the last number of `A3/4`.
fn number_behind(label: &str) -> Option<(&str, (u32, u32))> {
    let last = label.bytes().next_back()?;
    if last.is_ascii_alphabetic() {
        let main = label[..label.len() - 1].trim_end_matches([' ', '.', ')', '-']);
        let (before, number) = digits_behind(main)?;
        return Some((name_of(before)?, (number, u32::from(last.to_ascii_lowercase() - b'a') + 1)));
    }
    let (before, number) = digits_behind(label)?;
    if let Some((above, main)) = before.strip_suffix(['.', '-', '_']).and_then(digits_behind) {
        return Some((name_of(above)?, (main, number)));
    }
    let joint = before.trim_end().strip_suffix(['/', '+', '&']).and_then(|first| digits_behind(first.trim_end()));
    Some((name_of(joint.map_or(before, |(before, _)| before))?, (number, 0)))
}

/// What stands before the digits at the end, and their number.
fn digits_behind(text: &str) -> Option<(&str, u32)> {
    let before = text.trim_end_matches(|c: char| digit(c).is_some());
    let digits: String = text[before.len()..].chars().filter_map(|c| char::from_digit(digit(c)?, 10)).collect();
    Some((before, digits.parse().ok()?))
}

/// What may stand between a name and its number.
pub(super) const SIGNS: [char; 5] = [' ', '_', '-', '#', '.'];

/// The name in front of a number.
fn name_of(before: &str) -> Option<&str> {
    let name = without_mark(before.trim_end_matches(SIGNS));
    (!name.is_empty() && !name.contains(|c: char| digit(c).is_some())).then_some(name)
}

/// `1Q`, `12A`
fn number_in_front(label: &str) -> Option<(&str, (u32, u32))> {
    let digits = label.bytes().take_while(u8::is_ascii_digit).count();
    let (number, name) = label.split_at(digits);
    let is_joined = (1..=3).contains(&digits) && name.starts_with(char::is_alphabetic);
    (is_joined && is_known(&key(name))).then_some((name, (number.parse().ok()?, 0)))
}

/// `Question Four`, `Q.IV`
fn number_in_words(label: &str) -> Option<(&str, (u32, u32))> {
    let at = label.rfind([' ', '.'])?;
    let word = &label[at + 1..];
    let is_word = |known: &str| known.eq_ignore_ascii_case(word);
    let place = ROMAN.iter().position(|&known| known == word);
    let place = place.or_else(|| NUMBERS.iter().find_map(|words| words.iter().position(|known| is_word(known))))?;
    let name = name_of(&label[..at])?;
    is_known(&key(name)).then_some((name, (u32::try_from(place).ok()? + 1, 0)))
}

/// `问题一`, `問十二`, up to 99
fn number_in_signs(label: &str) -> Option<(&str, (u32, u32))> {
    let is_sign = |c: char| c == TEN || SIGNS_TO_NINE.contains(&c);
    let before = label.trim_end_matches(is_sign);
    let signs = &label[before.len()..];
    let value = |text: &str| -> Option<u32> {
        let mut signs = text.chars();
        let (first, is_alone) = (signs.next()?, signs.next().is_none());
        let at = SIGNS_TO_NINE.iter().position(|&sign| sign == first)?;
        is_alone.then_some(u32::try_from(at).ok()? + 1)
    };
    let number = match signs.split_once(TEN) {
        None => value(signs)?,
        Some((tens, ones)) => {
            let tens = if tens.is_empty() { 1 } else { value(tens)? };
            tens * 10 + if ones.is_empty() { 0 } else { value(ones)? }
        }
    };
    let name = name_of(before.trim_end_matches('第'))?;
    is_known(&key(name)).then_some((name, (number, 0)))
}

/// Numbers from one to nine in Chinese and Japanese.
const SIGNS_TO_NINE: [char; 9] = ['一', '二', '三', '四', '五', '六', '七', '八', '九'];
const TEN: char = '十';

#[rustfmt::skip]
const ROMAN: &[&str] = &[
    "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII",
    "XVIII", "XIX", "XX",
];
/// Numbers from one on, in several languages.
#[rustfmt::skip]
const NUMBERS: &[&[&str]] = &[
    &[
        "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
        "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
    ],
    &["eins", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf"],
    &["un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze"],
    &["uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez", "once", "doce"],
    &["uno", "due", "tre", "quattro", "cinque", "sei", "sette", "otto", "nove", "dieci", "undici", "dodici"],
    &["um", "dois", "três", "quatro", "cinco", "seis", "sete", "oito", "nove", "dez", "onze", "doze"],
    &["een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf"],
];

/// What stands between a word and its number, in several languages: `Frage Nr. 2`, `Pregunta nº 2`.
const BEFORE_NUMBERS: &[&str] = &["nr", "no", "nº", "n°", "n", "num", "núm", "number", "nummer", "numéro", "número"];

/// A name without the word for a number behind it.
pub(super) fn without_mark(name: &str) -> &str {
    let parts = name.rsplit_once(' ').filter(|(word, mark)| {
        !word.is_empty() && BEFORE_NUMBERS.contains(&mark.trim_end_matches('.').to_lowercase().as_str())
    });
    parts.map_or(name, |(word, _)| word.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_that_count_are_read() {
        for (label, name, number) in [
            ("Q1", "Q", (1, 0)),
            ("Question 12", "Question", (12, 0)),
            ("Frage Nr. 2", "Frage", (2, 0)),
            ("Q.3", "Q", (3, 0)),
            ("Q1.2", "Q", (1, 2)),
            ("A1b", "A", (1, 2)),
            ("Q 1 b", "Q", (1, 2)),
            ("A3/4", "A", (4, 0)),
            ("A3 & 4", "A", (4, 0)),
            ("1Q", "Q", (1, 0)),
            ("Question Seven", "Question", (7, 0)),
            ("Antwort drei", "Antwort", (3, 0)),
            ("Q.IV", "Q", (4, 0)),
            ("Question IX", "Question", (9, 0)),
            ("Follow-up Q3", "Q", (3, 0)),
            ("A3 (follow-up)", "A", (3, 0)),
            ("P2", "P", (2, 0)),
            ("س1", "س", (1, 0)),
            ("س١", "س", (1, 0)),
            ("ج۱۲", "ج", (12, 0)),
            ("Ｑ１", "Ｑ", (1, 0)),
            ("问题一", "问题", (1, 0)),
            ("回答十二", "回答", (12, 0)),
            ("問二十", "問", (20, 0)),
            ("答三十一", "答", (31, 0)),
        ] {
            let found = count_of(label);
            assert_eq!(found.as_ref().map(|of| (of.name, of.number)), Some((name, number)), "{label}");
            assert_eq!(found.map(|of| (of.key, of.who)), Some((key(name), "")), "{label}");
        }
        assert_eq!(count_of("Q1 (Ann)").map(|of| (of.name, of.who)), Some(("Q", "Ann")));
    }

    #[test]
    fn other_labels_count_nothing() {
        #[rustfmt::skip]
        let labels = [
            "Q", "Ann", "1", "1.1", "Ann One", "Ward IV", "A. V. Hall", "2P3", "1B", "Q1.1.1", "Qa", "Q1ab", "Follow-up",
            "é)", "", ")", "王一", "十", "问题", "问题一一", "问题十二十", "١",
        ];
        for label in labels {
            assert_eq!(count_of(label), None, "{label}");
        }
        assert!(counts_in_front("12A") && !counts_in_front("12 A") && !counts_in_front("1B") && !counts_in_front("A1"));
    }

    #[test]
    fn questions_are_counted_in_the_digits_and_signs_of_their_language() {
        let read = |turn: &dyn Fn(usize) -> String| -> Vec<String> {
            let text: String = (0..4).map(turn).collect();
            let options = crate::corpus::ReadOptions::default();
            let corpus = crate::corpus::read_bytes("a.txt", text.into_bytes(), &options).unwrap();
            let mut labels: Vec<String> = corpus.transcripts[0].speakers.iter().map(|of| of.label.clone()).collect();
            labels.sort();
            labels
        };
        let arabic = ['١', '٢', '٣', '٤'];
        let turn = |n: usize| {
            let n = arabic[n];
            format!("س{n}: كيف بدأت العمل في المطبعة؟\nج{n}: أخذني خالي معه في عطلة الصيف ولم أرجع إلى المدرسة.\n\n")
        };
        assert_eq!(read(&turn), ["ج", "س"]);
        let turn = |n: usize| {
            let n = SIGNS_TO_NINE[n];
            format!("问题{n}：您是怎么开始修钟表的？\n回答{n}：厂子停工那年，邻居送来一只不走的闹钟。\n\n")
        };
        assert_eq!(read(&turn), ["回答", "问题"]);
    }

    #[test]
    fn letters_are_words_for_questions_only_beside_their_answers() {
        assert!(are_known("frage", "antwort") && are_known("q", "response") && are_a_pair("p", "r"));
        for (asks, answers) in [("p", "r"), ("m", "w"), ("p", "a"), ("a", "q"), ("i", "p")] {
            assert!(!are_known(asks, answers), "{asks}");
        }
        assert!(!are_a_pair("m", "w") && !are_a_pair("i", "p") && !are_a_pair("r", "p"));
    }
}
