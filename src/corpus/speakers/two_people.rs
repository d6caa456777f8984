//! Labels that are written nearly alike and are two people's all the same.
//!
//! In: two labels. Out: whether a number, initials or a relation sets them apart, or the way they are spelt may be
//! that of two names. It never looks at who speaks when, and joins nobody.

use super::super::label_key::{key, stem};
use super::super::lexicon::STRONG;

/// Whether a rarer label has a number, or behind a role a letter, that the other lacks: `Participant 2` beside
/// `Participant`, `Woman 2` beside `Woman`.
pub(crate) fn has_number_more(rare: &str, usual: &str) -> bool {
    let (rare, usual) = (key(core(rare)), key(core(usual)));
    let number = |key: &str| key.chars().filter(char::is_ascii_digit).collect::<String>();
    let is_numbered = !number(&rare).is_empty() && number(&rare) != number(&usual);
    let letter = rare.strip_prefix(usual.as_str()).and_then(|rest| rest.strip_prefix(' '));
    let is_lettered = letter.is_some_and(|letter| letter.chars().count() == 1);
    is_numbered || (is_lettered && STRONG.role(stem(&usual)).is_some())
}

/// Words for whom somebody is related to, or has brought along. Those that may as well describe whoever speaks,
/// such as `nurse`, `woman` and `Mann`, are none of them.
#[rustfmt::skip]
const RELATIONS: &[&str] = &[
    "wife", "husband", "spouse", "partner", "girlfriend", "boyfriend", "son", "daughter", "mother", "father", "mum",
    "mom", "dad", "brother", "sister", "uncle", "aunt", "grandmother", "grandfather", "grandson", "granddaughter",
    "niece", "nephew", "cousin", "friend", "neighbour", "neighbor", "relative", "companion", "carer", "caregiver",
    "interpreter", "translator", "ehefrau", "ehemann", "partnerin", "sohn", "tochter", "mutter", "vater", "bruder",
    "schwester", "onkel", "tante", "oma", "opa", "enkel", "enkelin", "freund", "freundin", "nachbar", "nachbarin",
    "dolmetscher", "dolmetscherin", "mari", "épouse", "époux", "conjoint", "conjointe", "fils", "fille", "père", "mère",
    "frère", "sœur", "soeur", "ami", "amie", "voisin", "voisine", "interprète", "esposa", "esposo", "marido", "hijo",
    "hija", "padre", "madre", "hermano", "hermana", "amigo", "amiga", "vecino", "vecina", "intérprete", "moglie",
    "marito", "figlio", "figlia", "fratello", "sorella", "echtgenoot", "echtgenote", "dochter", "zoon", "moeder",
    "vader", "broer", "zus", "child", "grandchild", "stepson", "stepdaughter", "fiancé", "fiancée", "grandma", "grandpa",
    "granny", "kind", "enkelkind", "großmutter", "großvater", "schwager", "schwägerin", "schwiegermutter",
    "schwiegervater", "schwiegersohn", "schwiegertochter", "lebensgefährte", "lebensgefährtin", "oncle", "grand-mère",
    "grand-père", "belle-mère", "beau-père", "belle-fille", "beau-frère", "belle-sœur", "gendre", "abuela", "abuelo",
    "nieta", "nieto", "suegra", "suegro", "nuera", "yerno", "cuñada", "cuñado", "tía", "tío", "nonna", "nonno", "nipote",
    "zia", "zio", "suocera", "suocero", "nuora", "cognata", "cognato", "mãe", "pai", "filha", "filho", "irmã", "irmão",
    "avó", "avô", "neta", "neto", "sogra", "sogro", "vizinha", "vizinho", "buurman", "buurvrouw", "schoonmoeder",
    "schoonvader", "schoondochter", "schoonzoon", "kleinzoon", "kleindochter", "żona", "mąż", "matka", "ojciec", "syn",
    "córka", "brat", "siostra", "babcia", "dziadek", "synowa", "teściowa", "sąsiad", "sąsiadka", "hustru", "dotter",
    "syster", "bror", "mamma", "pappa", "granne", "svärmor", "svärdotter",
    // Chinese and Japanese
    "女儿", "女兒", "儿子", "兒子", "老伴", "妻子", "丈夫", "老婆", "老公", "太太", "爱人", "母亲", "母親", "父亲",
    "父親", "妈妈", "媽媽", "爸爸", "哥哥", "弟弟", "姐姐", "妹妹", "奶奶", "爷爷", "爺爺", "外婆", "外公", "孙子", "孫子",
    "孙女", "孫女", "儿媳", "女婿", "邻居", "鄰居", "朋友", "亲戚", "護工", "护工", "妻", "夫", "娘", "息子", "母", "父",
    "兄", "弟", "姉", "妹", "祖母", "祖父", "義母", "義父", "嫁", "孫", "隣人", "友人", "奥さん", "旦那", "付き添い",
];

/// Whether a word is one for whom somebody is related to.
pub(crate) fn is_relation(word: &str) -> bool {
    RELATIONS.contains(&word)
}

/// Whether a label is somebody's relative in words: `Wife of farmer`, `Partner of participant`, `Frau von B1`.
pub(crate) fn is_relative_of(label: &str) -> bool {
    let key = key(label);
    let Some((first, rest)) = key.split_once(' ') else { return false };
    let of = rest.split(' ').next().unwrap_or_default();
    let is_of = OF.contains(&of) || of.starts_with("d'") || of.starts_with("d’") || is_elided(of);
    let opens = is_relation(first) || SPOUSES.contains(&first);
    // Arabic has no word between.
    (opens && is_of) || IN_ARABIC.contains(&first)
}

/// Words that say whose, behind one for a relative.
#[rustfmt::skip]
const OF: &[&str] = &[
    "of", "von", "vom", "der", "des", "de", "du", "del", "da", "do", "dos", "das", "di", "della", "dello", "dei", "van",
    "till", "av", "pana", "pani",
];
/// Words for a husband or a wife that are words for a man or a woman as well.
const SPOUSES: [&str; 8] = ["frau", "mann", "femme", "mujer", "mulher", "vrouw", "man", "fru"];
/// Relatives in Arabic, in front of the one whose they are.
#[rustfmt::skip]
const IN_ARABIC: &[&str] = &[
    "زوجة", "زوج", "أم", "والدة", "أب", "والد", "ابن", "ابنة", "بنت", "أخ", "أخت", "جد", "جدة", "عم", "عمة", "خال",
    "خالة", "صديق", "صديقة", "جار", "جارة", "مرافق", "مرافقة",
];

/// `dell'intervistato`
fn is_elided(word: &str) -> bool {
    ["dell'", "dell’", "all'", "all’"].iter().any(|article| word.starts_with(article))
}

/// Those who look after somebody or speak for them, before the code of whom they do: `Carer P7`.
#[rustfmt::skip]
const BESIDE_CODES: &[&str] = &[
    "parent", "guardian", "proxy", "caretaker", "keyworker", "supporter", "advocate", "pfleger", "pflegerin", "betreuer",
    "betreuerin", "angehörige", "angehöriger", "aidant", "aidante", "proche", "cuidador", "cuidadora", "badante",
    "mantelzorger", "opiekun", "opiekunka", "anhörig",
];

/// Whether of two labels the one is the other with the word for a relative beside it: `Carer P7` and `P7's wife` of
/// `P7`, `Tom's mother` of `Tom`. `Sister Joan` is `Joan`.
pub(crate) fn is_relative_beside(a: &str, b: &str) -> bool {
    let is_of = |written: &str, short: &str| {
        let (long, short) = (key(written), key(short));
        // `Julia Child` is a name, `Tom wife` none.
        let is_small = written.rsplit(' ').next().is_some_and(|word| word.starts_with(char::is_lowercase));
        let is_code = short.ends_with(|c: char| c.is_ascii_digit());
        let before = long.split_once(' ').is_some_and(|(word, rest)| {
            rest == short && is_code && (is_relation(word) || BESIDE_CODES.contains(&word))
        });
        let behind = long.rsplit_once(' ').is_some_and(|(rest, word)| {
            let whose = rest.strip_suffix("'s").or_else(|| rest.strip_suffix("’s"));
            let is_one = is_relation(word) && (whose.is_some() || is_code || is_small);
            whose.unwrap_or(rest) == short && (is_one || (is_code && BESIDE_CODES.contains(&word)))
        });
        before || behind
    };
    is_of(a, b) || is_of(b, a)
}

/// Whether a label is a relative's and nothing else: `Wife`, `Child 1`, `Daughter-in-law`.
pub(crate) fn is_relative(label: &str) -> bool {
    let key = key(label);
    let bare = stem(&key);
    let by_law = bare.strip_suffix("-in-law").or_else(|| bare.strip_suffix(" in law"));
    is_relation(by_law.unwrap_or(bare))
}

/// Whether a relation stands in parentheses behind a name: `P3 (husband)`, `interviewee (his wife)`.
pub(crate) fn has_relation(label: &str) -> bool {
    let behind = label.trim().strip_suffix(')').and_then(|label| label.split_once(" (")).map(|(_, inner)| key(inner));
    let is_other = |inner: &str| inner.split(|c: char| !c.is_alphabetic()).any(is_relation);
    behind.is_some_and(|inner| is_other(&inner))
}

/// Whether two labels differ in single letters that stand for names (`Ann H.` and `Ann R.`), or in what sets parents
/// apart from children (`Reed Sr.` and `Reed Jr.`).
pub(crate) fn have_other_initials(a: &str, b: &str) -> bool {
    let differ = differing(a, b);
    let are_initials = |(a, b): &(String, String)| {
        let (a, b) = (a.trim_end_matches('.'), b.trim_end_matches('.'));
        if [a, b].iter().all(|word| GENERATIONS.contains(word)) {
            return a != b;
        }
        a != b && a.chars().count() == 1 && b.chars().count() == 1
    };
    !differ.is_empty() && differ.iter().all(are_initials)
}

const GENERATIONS: &[&str] = &["jr", "sr", "jun", "sen", "junior", "senior", "père", "fils", "i", "ii", "iii"];

/// The shortest word of which one letter is no matter of chance.
const SHORTEST: usize = 4;

/// Whether two labels differ in one word alone, as two spellings of a name do that both are in use: by a vowel
/// (`Stephen`, `Stephan`), by letters that sound alike (`Marcus`, `Markus`), by an `h` (`Torsten`, `Thorsten`).
pub(crate) fn may_be_two_names(a: &str, b: &str) -> bool {
    let [(one, other)] = &differing(a, b)[..] else { return false };
    let (short, long) = if one.chars().count() < other.chars().count() { (one, other) } else { (other, one) };
    let (short, long): (Vec<char>, Vec<char>) = (short.chars().collect(), long.chars().collect());
    if short.len() < SHORTEST || !short.iter().chain(&long).all(|c| c.is_alphabetic()) {
        return false;
    }
    let at = short.iter().zip(&long).take_while(|(a, b)| a == b).count();
    match long.len() - short.len() {
        0 => short.get(at + 1..) == long.get(at + 1..) && short.get(at).is_some_and(|&c| sound_alike(c, long[at])),
        1 => long[at] == 'h' && short[at..] == long[at + 1..],
        _ => false,
    }
}

/// Whether two names differ in one letter more within one word, or in two that changed places: `Rosa` and `Rossa`,
/// `Maeve` and `Meave`. One more at the end makes another name, as in `Martina`.
pub(crate) fn is_a_letter_off(a: &str, b: &str) -> bool {
    let [(one, other)] = &differing(a, b)[..] else { return false };
    let (short, long) = if one.chars().count() < other.chars().count() { (one, other) } else { (other, one) };
    let (short, long): (Vec<char>, Vec<char>) = (short.chars().collect(), long.chars().collect());
    if short.len() < SHORTEST_SLIP || !short.iter().chain(&long).all(|c| c.is_alphabetic()) {
        return false;
    }
    let at = short.iter().zip(&long).take_while(|(a, b)| a == b).count();
    match long.len() - short.len() {
        0 => {
            at + 1 < short.len()
                && short[at] == long[at + 1]
                && short[at + 1] == long[at]
                && short[at + 2..] == long[at + 2..]
        }
        1 => at < short.len() && short[at..] == long[at + 1..],
        _ => false,
    }
}

/// The shortest word of which a letter too many is looked at.
const SHORTEST_SLIP: usize = 3;

/// Vowels, and consonants that are written for each other.
fn sound_alike(a: char, b: char) -> bool {
    const VOWELS: &str = "aeiouyäöüáéíóúàèåæøő";
    const PAIRS: [(char, char); 5] = [('c', 'k'), ('d', 't'), ('s', 'z'), ('f', 'v'), ('v', 'w')];
    (VOWELS.contains(a) && VOWELS.contains(b)) || PAIRS.contains(&(a, b)) || PAIRS.contains(&(b, a))
}

/// The words of two labels that differ, in lower case; none where one has more words.
pub(super) fn differing(a: &str, b: &str) -> Vec<(String, String)> {
    let (a, b) = (key(a), key(b));
    let words = |key: &str| key.split(' ').map(str::to_owned).collect::<Vec<_>>();
    let (a, b) = (words(&a), words(&b));
    if a.len() != b.len() {
        return Vec::new();
    }
    a.into_iter().zip(b).filter(|(a, b)| a != b).collect()
}

/// A label without what stands in parentheses behind it.
fn core(label: &str) -> &str {
    label.strip_suffix(')').and_then(|label| label.split_once(" (")).map_or(label, |(core, _)| core)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_or_a_letter_more_is_somebody_else() {
        for (rare, usual) in [
            ("Participant 2", "Participant"),
            ("Woman 2", "Woman"),
            ("S2", "S"),
            ("P2", "P1"),
            ("Participant B", "Participant"),
        ] {
            assert!(has_number_more(rare, usual), "{rare} {usual}");
        }
        for (rare, usual) in [
            ("Participant", "Participant 12"),
            ("P12", "Participant 12"),
            ("Ann (34)", "Ann"),
            ("Rosa W", "Rosa"),
            ("AH", "Ann Hall"),
        ] {
            assert!(!has_number_more(rare, usual), "{rare} {usual}");
        }
    }

    #[test]
    fn a_relation_behind_a_name_is_told_from_what_describes_it() {
        for label in ["P3 (husband)", "interviewee (wife)", "Ann (her mother)", "B1 (Ehefrau)", "P2 (fils)"] {
            assert!(has_relation(label), "{label}");
        }
        for label in ["P3", "P3 (f)", "Ann (34, nurse)", "Ann (she/her)", "husband", "P1 (?)", "Ann Hall (Leeds)"] {
            assert!(!has_relation(label), "{label}");
        }
    }

    #[test]
    fn a_relative_is_not_the_one_who_is_named_behind() {
        for label in [
            "Wife of farmer",
            "Partner of participant",
            "Frau von B1",
            "Mère de Marie",
            "Esposa del entrevistado",
            "Vrouw van respondent",
            "Filha do entrevistado",
            "Moglie dell'intervistato",
            "Ehefrau des Befragten",
            "زوجة المشارك",
            "أم سالم",
        ] {
            assert!(is_relative_of(label), "{label}");
        }
        for label in
            ["Wife", "Farmer", "Voice of Tom", "Joan of Arc", "Sister Joan", "Frau Vonk", "المشارك", "سالم علي", "أم"]
        {
            assert!(!is_relative_of(label), "{label}");
        }
    }

    #[test]
    fn a_relative_beside_a_code_or_a_name_is_somebody_else() {
        for (long, short) in
            [("Carer P7", "P7"), ("P7's wife", "P7"), ("Parent P3", "P3"), ("Tom’s mother", "Tom"), ("Tom wife", "Tom")]
        {
            assert!(is_relative_beside(long, short) && is_relative_beside(short, long), "{long} {short}");
        }
        for (a, b) in [
            ("Sister Joan", "Joan"),
            ("Julia Child", "Julia"),
            ("João Neto", "João"),
            ("Patient P7", "P7"),
            ("Carer P7", "P8"),
            ("Tom", "Tom Reed"),
            ("P7", "P7"),
        ] {
            assert!(!is_relative_beside(a, b), "{a} {b}");
        }
    }

    #[test]
    fn a_relative_needs_no_name() {
        for label in ["Wife", "Child 1", "Daughter-in-law", "Ehemann", "Schwiegermutter", "mother in law"] {
            assert!(is_relative(label), "{label}");
        }
        for label in ["女儿", "老伴", "邻居", "妻", "息子"] {
            assert!(is_relative(label), "{label}");
        }
        for label in ["Tom", "Wife of Tom", "My wife", "Nurse", "Woman", "女", "妻子说", "邻居们"] {
            assert!(!is_relative(label), "{label}");
        }
    }

    #[test]
    fn other_initials_are_other_people() {
        assert!(have_other_initials("Ann H.", "Ann R.") && have_other_initials("A. Hall", "B. Hall"));
        assert!(have_other_initials("Reed Sr.", "Reed Jr.") && have_other_initials("Reed senior", "Reed junior"));
        for (a, b) in [("Ann H.", "Ann H"), ("Ann H.", "Ann"), ("Ann H.", "Anne H."), ("Ann", "Ann")] {
            assert!(!have_other_initials(a, b), "{a} {b}");
        }
    }

    #[test]
    fn spellings_of_names_are_told_from_slips() {
        for (a, b) in [
            ("Stephen", "Stephan"),
            ("Marcus Reed", "Markus Reed"),
            ("Torsten", "Thorsten"),
            ("Ann Hansen", "Ann Hanson"),
            ("Schmidt", "Schmitt"),
        ] {
            assert!(may_be_two_names(a, b) && may_be_two_names(b, a), "{a} {b}");
        }
        for (a, b) in [
            ("Stephn", "Stephan"),
            ("Stepahn", "Stephan"),
            ("Stephan", "Stephan"),
            ("Katarzyan", "Katarzyna"),
            ("P1", "P2"),
            ("Stephan", "Stefan"),
            ("Ann Hall", "Ann"),
        ] {
            assert!(!may_be_two_names(a, b), "{a} {b}");
        }
    }
}
