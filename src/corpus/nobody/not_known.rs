//! Labels in words that say that somebody is not known, or that many speak at once, word by word.
//!
//! In: a label in the form in which labels are compared, without brackets around it. Out: whether all of its words say
//! so, in any order: `male speaker unknown`, `voix non identifiée`, `overlapping voices`. One word that says anything
//! else makes it somebody's. It never looks at other labels.

use super::super::lexicon::STRONG;
use super::super::model::Role;

/// Words for somebody who is not known, beside words for what they are, or with a number: `Unknown P`, `P unknown`,
/// `Male speaker unknown`, `Unknown (female)`, `Unknown 1`.
#[rustfmt::skip]
const NOT_KNOWN: &[&str] = &[
    "unknown", "unk", "unclear", "unsure", "unklar", "unnamed", "unrecognised", "unrecognized", "unattributed", "unbekannt", "unbekannter",
    "unbekannte", "inconnu", "inconnue", "desconocido", "desconocida", "desconhecido", "desconhecida", "sconosciuto",
    "sconosciuta", "onbekend", "onbekende", "nieznany", "nieznana", "okänd", "ukendt", "ukjent", "неизвестный",
    "неизвестная", "bilinmeyen", "belirsiz", "مجهول", "مجهولة", "neznámý", "neznámá", "neznámé", "tuntematon",
    "ismeretlen", "necunoscut", "necunoscută", "невідомий", "невідома", "άγνωστος", "άγνωστη", "okänt",
];
/// What words for whoever was not made out begin with, in any language: `unidentifiable`, `oidentifierad`.
const UNIDENTIFIED: &[&str] = &["unidentif", "oidentif", "uidentif", "niezidentyf", "nierozpozn"];
/// In front of a word for whoever was made out they say that nobody was: `non identifié`, `غير معروف`.
#[rustfmt::skip]
const NOT: &[&str] = &[
    "not", "non", "no", "não", "nicht", "niet", "nie", "inte", "ikke", "ej", "sin", "sem", "senza", "sans", "غير", "לא",
];
#[rustfmt::skip]
const IDENTIFIED: &[&str] = &[
    "identif", "geïdentif", "zidentyf", "rozpozn", "reconnu", "reconocid", "reconhecid", "riconosciut", "herkend",
    "erkannt", "zuzuordnen", "معروف", "محدد", "واضح", "ידוע", "מזוה", "מזוהה", "מוכר",
];
/// By their sex or their age alone.
#[rustfmt::skip]
const SEXES: &[&str] = &[
    "male", "female", "man", "woman", "boy", "girl", "child", "m", "f", "mann", "frau", "kind", "männlich", "männliche",
    "männlicher", "weiblich", "weibliche", "weiblicher", "homme", "femme", "enfant", "masculin", "masculine",
    "féminin", "féminine", "hombre", "mujer", "niño", "niña", "masculino", "masculina", "femenino", "femenina",
    "homem", "mulher", "feminino", "feminina", "uomo", "donna", "maschile", "femminile", "vrouw", "mannelijk",
    "mannelijke", "vrouwelijk", "vrouwelijke", "kobieta", "mężczyzna", "męski", "żeński", "kvinna", "kvinnlig",
    "manlig", "kadın", "erkek", "رجل", "امرأة",
];
/// By nothing but that they speak.
#[rustfmt::skip]
const SPEAK: &[&str] = &[
    "speaker", "voice", "sprecher", "sprecherin", "stimme", "locuteur", "locutrice", "intervenant", "intervenante",
    "voix", "hablante", "interlocutor", "interlocutora", "orador", "oradora", "voz", "falante", "parlante", "relatore",
    "relatrice", "interlocutore", "interlocutrice", "voce", "spreker", "spreekster", "stem", "mówca", "głos", "talare",
    "röst", "taler", "konuşmacı", "ses", "متحدث", "متحدثة", "صوت", "interlocuteur", "mluvčí", "hlas", "puhuja", "ääni",
    "beszélő", "hang", "vorbitor", "stemme", "говорящий", "голос", "мовець", "ομιλητής", "φωνή", "דובר", "דוברת", "קול",
];
/// Words between those, and in front of them.
#[rustfmt::skip]
const BETWEEN: &[&str] = &[
    "de", "of", "other", "another", "further", "weitere", "weiterer", "andere", "anderer", "autre", "otro", "otra",
    "altro", "altra", "outro", "outra",
];
/// From where such a voice is heard.
const PLACES: &[&str] = &["off", "mic", "microphone", "camera", "screen", "phone", "background"];
/// How many, in front of or behind a word for people of whom nothing else is known: `Many voices`, `Kilka osób`.
#[rustfmt::skip]
const MANY: &[&str] = &[
    "all", "both", "everyone", "everybody", "several", "multiple", "many", "various", "different", "mehrere", "viele",
    "alle", "verschiedene", "plusieurs", "différentes", "divers", "diverses", "varias", "varios", "múltiples", "várias",
    "vários", "muitas", "varie", "più", "diverse", "molte", "meerdere", "verschillende", "kilka", "wiele", "flera",
    "många", "flere", "متعددة", "عدة",
];
#[rustfmt::skip]
const VOICES_OR_PEOPLE: &[&str] = &[
    "voices", "speakers", "people", "persons", "stimmen", "sprecher", "sprecherinnen", "personen", "leute", "voix",
    "locuteurs", "personnes", "voces", "hablantes", "personas", "vozes", "falantes", "pessoas", "voci", "parlanti",
    "persone", "stemmen", "sprekers", "głosów", "głosy", "osób", "osoby", "röster", "talare", "personer", "أصوات",
];
/// That they do so at once.
#[rustfmt::skip]
const AT_ONCE: &[&str] = &[
    "speaking", "talking", "laughing", "together", "overlap", "overlaps", "overlapping", "simultaneous",
    "simultaneously", "superpuestas", "sobrepostas", "sovrapposte", "superposées", "durcheinander", "gleichzeitig",
];
/// What they are, beside the names of those who answer; with `?` behind it nobody knows who.
#[rustfmt::skip]
pub(super) const PARTS: &[&str] = &[
    "p", "r", "b", "tn", "pt", "part", "resp", "bef", "teiln", "speaker", "caller", "voice", "person", "sprecher",
    "sprecherin", "stimme", "locuteur", "locutrice", "intervenant", "intervenante", "voix", "hablante", "orador",
    "oradora", "voz", "parlante", "relatore", "relatrice", "voce", "spreker", "stem", "mówca", "talare", "taler",
    "personne", "persona", "pessoa", "persoon", "osoba", "kişi", "شخص", "henkilö", "személy", "persoană",
];
/// What they are, beside [`PARTS`].
#[rustfmt::skip]
pub(super) const OTHER_WHO: &[&str] = &[
    "speakers", "voices", "people", "persons", "participants", "respondents", "interviewees", "callers", "man", "woman",
    "men", "women", "male", "female", "attendee", "attendees", "guest", "guests", "personen", "stimmen",
    "teilnehmende", "personne", "personnes", "participantes", "persona", "personas", "persone",
    "pessoa", "pessoas", "osoba", "osoby", "gesprächspartner", "gesprächspartnerin",
];

/// Whether a word is what somebody is, and no name: `p`, `participant`, `sprecher`.
pub(super) fn is_part(word: &str) -> bool {
    PARTS.contains(&word) || STRONG.role(word) == Some(Role::Participant)
}

/// Whether a word, and no letter, says of what sex or age somebody is, and no more: `woman`, `enfant`.
pub(in crate::corpus) fn is_sex(word: &str) -> bool {
    SEXES.contains(&word) && word.chars().nth(1).is_some()
}

/// `r all`, `all p`: all who go by a letter.
pub(super) fn are_all_of_codes(bare: &str) -> bool {
    const ALL: [&str; 6] = ["all", "both", "alle", "beide", "tous", "todos"];
    let is_code = |word: &str| PARTS.contains(&word) && word.chars().count() < 3;
    bare.split_once(' ').is_some_and(|(a, b)| (ALL.contains(&a) && is_code(b)) || (is_code(a) && ALL.contains(&b)))
}

/// `unknown p`, `participant unknown`, `male speaker unknown`, `voix non identifiée`, `unknown 1`, `話者不明`
pub(super) fn is_unknown(bare: &str) -> bool {
    of_unknown(bare).is_some_and(|unknown| unknown.others > 0 || unknown.is_phrase || unknown.is_numbered)
        || ["不明", "聞き取", "未知", "未识别", "未識別", "알 수 없는"]
            .iter()
            .any(|sign| bare.starts_with(sign) || bare.ends_with(sign))
}

/// Whether it says no more than that somebody speaks who is not known, or of what sex: `unidentified male voice`.
pub(super) fn is_unknown_voice(bare: &str) -> bool {
    bare.contains(' ') && of_unknown(bare).is_some_and(|unknown| unknown.is_voice)
}

/// A label that says of somebody that it is not known who it is.
struct Unknown {
    /// Words for what they are.
    others: usize,
    /// Whether one of those says that they speak, or their sex.
    is_voice: bool,
    /// Whether that it is not known who takes more than a word of the list: `unidentifiable`, `non identifié`.
    is_phrase: bool,
    is_numbered: bool,
}

/// Reads such a label; `None` where one of its words says anything else.
fn of_unknown(bare: &str) -> Option<Unknown> {
    let (mut is_open, mut is_denied) = (false, false);
    let mut found = Unknown { others: 0, is_voice: false, is_phrase: false, is_numbered: false };
    for word in words(bare) {
        let is_number = word.bytes().all(|b| b.is_ascii_digit());
        let was_denied = std::mem::replace(&mut is_denied, false);
        if was_denied {
            is_open = begins(word, IDENTIFIED);
            found.is_phrase = is_open;
            if !is_open {
                return None;
            }
        } else if NOT_KNOWN.contains(&word) || begins(word, UNIDENTIFIED) {
            is_open = true;
            found.is_phrase |= !NOT_KNOWN.contains(&word);
        } else if NOT.contains(&word) {
            is_denied = true;
        } else if SPEAK.contains(&word) || SEXES.contains(&word) {
            found.others += 1;
            found.is_voice = true;
        } else if is_part(word) || OTHER_WHO.contains(&word) || PLACES.contains(&word) {
            found.others += 1;
        } else if !is_number && !BETWEEN.contains(&word) {
            return None;
        }
        found.is_numbered |= is_number && is_open;
    }
    (is_open && !is_denied).then_some(found)
}

/// `many voices`, `both speaking`, `overlapping voices`: how many there are, or that they speak at once, and no more.
pub(super) fn are_many(bare: &str) -> bool {
    let (mut n, mut tell, mut are_people) = (0, false, false);
    for word in words(bare) {
        let (is_many, is_people) = (MANY.contains(&word), VOICES_OR_PEOPLE.contains(&word));
        let is_at_once = AT_ONCE.contains(&word);
        if !(is_many || is_people || is_at_once) {
            return false;
        }
        (n, tell, are_people) = (n + 1, tell || is_many || is_at_once, are_people || is_people || is_at_once);
    }
    n > 1 && tell && are_people
}

/// The words of a label, without the signs between them.
fn words(bare: &str) -> impl Iterator<Item = &str> {
    bare.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

fn begins(word: &str, with: &[&str]) -> bool {
    with.iter().any(|start| word.starts_with(start))
}
