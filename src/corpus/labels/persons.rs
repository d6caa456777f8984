//! Words by which a label that is no name says who speaks: `her sister`, `Man in the background`, `Moeder van R`.
//!
//! In: a label. Out: whether it is about a person, whether it is the beginning of a sentence, and whether it is written
//! as names are. Whether somebody speaks there is for [`bystanders`](super::bystanders) and [`strays`](super::strays).

use super::super::lexicon::{BETWEEN_NAMES, INTERJECTIONS, PARTICLES, STRONG};
use super::super::speakers::two_people;
use super::voices;

/// Words for people beside those by which transcribers name voices, and those for relatives.
#[rustfmt::skip]
const PEOPLE: &[&str] = &[
    "officer", "owner", "kid", "gentleman", "guy", "person", "participant", "student", "customer", "driver", "guard",
    "clerk", "junior", "senior", "jr", "sr", "someone", "somebody", "vet", "postman", "plumber", "landlord", "landlady",
    "midwife", "son-in-law", "daughter-in-law", "mother-in-law", "father-in-law", "brother-in-law", "sister-in-law",
    "dame", "herr", "junge", "mädchen", "jemand", "monsieur",
    "sekretärin", "sekretär", "hausmeister", "hausmeisterin", "besucher", "besucherin", "kundin", "kunde", "gardien",
    "gardienne", "concierge", "facteur", "secrétaire", "livreur", "client", "cliente", "conserje", "portero", "cartero",
    "secretaria", "secretario", "portiere", "postino", "segretaria", "segretario", "porteiro", "carteiro", "caretaker",
    "janitor", "secretary", "porter",
    // Dutch
    "mevrouw", "meneer",
    // Swedish
    "fru", "farmor", "mormor", "farfar", "morfar", "kollega", "pojke", "flicka",
    // Italian
    "vicina", "amico", "amica",
    // Polish
    "dziecko", "wnuk", "wnuczka",
    // Turkish
    "komşusu", "torunu", "gelini", "kadın",
];
/// Behind a word for a person they say which.
#[rustfmt::skip]
const PREPOSITIONS: &[&str] = &[
    "of", "in", "on", "at", "from", "off", "behind", "outside", "von", "vom", "im", "am", "aus", "hinter", "de", "du",
    "del", "di", "au", "des", "dans", "van", "uit", "naast", "achter", "aan", "op", "från", "till", "bakom", "på", "da",
    "do", "dos", "das", "na", "ao", "della", "dello", "dei", "dal", "dalla", "nel", "nella", "al", "alla", "en", "pani",
    "pana", "z", "w", "za", "od", "przy",
];
/// In front of such a word they say whose, so that another noun may follow.
#[rustfmt::skip]
const ARTICLES: &[&str] = &[
    "the", "a", "an", "her", "his", "their", "der", "die", "das", "ein", "eine", "ihr", "ihre", "sein", "seine", "le",
    "la", "un", "une", "sa", "el", "una", "su", "de", "het", "een", "haar", "zijn", "hun", "hans", "hennes", "deras",
    "ett", "o", "os", "um", "uma", "seu", "sua", "il", "lo", "suo", "jej", "jego",
];
/// In front of such a word they begin a sentence, and within a label they end one.
#[rustfmt::skip]
const SENTENCES: &[&str] = &[
    "my", "your", "our", "this", "that", "these", "those", "no", "every", "mein", "meine", "unser", "unsere", "mon",
    "ma", "mes", "notre", "mi", "nuestra", "nuestro", "like", "as", "for", "about", "with", "when", "what", "who",
    "mijn", "onze", "jouw", "geen", "elke", "min", "mitt", "mina", "vår", "våra", "ingen", "meu", "minha", "meus",
    "nosso", "nossa", "nenhum", "mio", "nostro", "nostra", "nessun", "mój", "moja", "nasz", "nasza", "żaden", "benim",
    "bizim",
];
#[rustfmt::skip]
const VERBS: &[&str] = &[
    "said", "says", "say", "saying", "told", "tells", "asked", "asks", "was", "were", "is", "are", "had", "has", "have",
    "did", "does", "do", "thought", "wrote", "meant", "means", "goes", "went", "sagte", "sagt", "meinte", "fragte",
    "war", "ist", "hat", "dit", "disait", "demande", "est", "dijo", "dice", "era", "es", "zei", "zegt", "vroeg",
    "vertelde", "heeft", "säger", "sade", "är", "frågade", "disse", "diz", "é", "è", "foi", "tem", "powiedział",
    "powiedziała", "mówi", "jest", "był", "była", "dedi", "diyor",
];
/// In front of the name of a role they say that it is not the one who usually has it.
#[rustfmt::skip]
const OTHERS: &[&str] = &[
    "second", "third", "other", "another", "zweiter", "zweite", "anderer", "andere", "deuxième", "autre", "segundo",
    "segunda", "otro", "otra", "outro", "outra", "secondo", "seconda", "altro", "altra", "tweede", "andra", "annan",
    "drugi", "druga", "inny", "inna", "ikinci", "diğer",
];
/// From where a voice is heard that is not at the table.
#[rustfmt::skip]
const PLACES: &[&str] = &[
    "phone", "telephone", "background", "distance", "doorway", "offscreen", "off-screen", "telefon", "hintergrund",
    "téléphone", "teléfono", "telefono", "telefone", "telefoon", "achtergrond", "bakgrunden", "telefonen",
];
/// The longest name in front of such a place, in words.
const MAX_NAME: usize = 3;

/// Articles that stand in a name behind another small word alone: `von der Heide`, `de la Cruz`; not `Tag der Arbeit`.
const INNER_ARTICLES: [&str; 6] = ["der", "den", "la", "le", "el", "los"];
/// Small words that begin a surname with a capital letter, too: `Van der Meer`, `De la Cruz`; not `Von der Schule`.
const FIRST: [&str; 8] = ["van", "de", "del", "della", "da", "do", "ten", "ter"];
/// Small words of names that are none at their beginning: `Ana de los Ríos`, `Maria do Carmo`.
pub(super) const INNER: [&str; 2] = ["los", "do"];
/// What stands before an apostrophe in a name: `d'Aubigny`, `dell'Orto`.
const ELIDED: [&str; 5] = ["d", "l", "de", "dell", "dall"];

/// Whether a label is written as names are: `Tom Reed`, `van der Berg`, `Maria dos Santos`, `M. d'Aubigny`,
/// `Speaker 3`.
pub(super) fn is_name(label: &str) -> bool {
    let words: Vec<&str> = label.split_whitespace().skip_while(|word| PARTICLES.contains(word)).collect();
    let capital = |word: &str| word.chars().find(|c| c.is_alphabetic()).is_some_and(|c| !c.is_lowercase());
    let number = |word: &str| word.chars().all(|c| c.is_ascii_digit());
    let is_elided = |word: &str| {
        let parts = word.split_once(['\'', '’']);
        parts.is_some_and(|(before, name)| ELIDED.contains(&before) && capital(name))
    };
    let opens_surname = |word: &str| FIRST.contains(&word.to_lowercase().as_str());
    let is_particle = |at: usize| {
        let (word, before) = (words[at], words[at - 1]);
        // `Da Silva e Sousa`
        let is_joined = || at > 1 && matches!(word, "e" | "y") && opens_surname(words[0]);
        let is_inner = || (PARTICLES.contains(&word) || INNER.contains(&word)) && !BETWEEN_NAMES.contains(&word);
        let is_small = match INNER_ARTICLES.contains(&word) {
            true => PARTICLES.contains(&before) || (at == 1 && opens_surname(before)),
            false => is_joined() || is_inner(),
        };
        is_small && at + 1 < words.len()
    };
    let is_part = |at: usize| capital(words[at]) || number(words[at]) || is_elided(words[at]) || is_particle(at);
    words.first().is_some_and(|first| capital(first)) && (1..words.len()).all(is_part)
}

/// Whether a label is the beginning of a sentence: `My advice`, `And then she said`.
pub(super) fn is_sentence(label: &str) -> bool {
    let (words, is_lower) = (words(label), label.starts_with(char::is_lowercase));
    words.first().is_none_or(|first| SENTENCES.contains(&first.as_str()) || is_said(first, is_lower))
        || words.iter().any(|word| VERBS.contains(&word.as_str()))
}

/// Whether a word opens what people say, and no name of somebody: `the sister` in lower case, and not `The sister`.
fn is_said(word: &str, is_lower: bool) -> bool {
    if matches!(word, "the" | "a" | "an") { is_lower } else { INTERJECTIONS.contains(&word) }
}

/// Whether a label is somebody's for sure: a full name, or a word for a person that begins no sentence.
pub(crate) fn is_somebody(label: &str) -> bool {
    let words = words(label);
    let is_full = words.len() > 1 && is_name(label) && !ARTICLES.contains(&words[0].as_str());
    !is_sentence(label) && (is_full || has_person(label) || two_people::is_relative(label))
}

/// Whether a word for a person is what a label is about, and not `Student` of `Student loan` or `in person`.
pub(super) fn has_person(label: &str) -> bool {
    let raw: Vec<&str> = label.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).collect();
    let words = words(label);
    let is_owned = |word: &String| ARTICLES.contains(&word.as_str()) || word.ends_with("'s");
    let is_of_person = |at: usize| {
        let (bare, before) = (words[at].trim_end_matches("'s"), at.checked_sub(1).map(|before| &words[before]));
        let is_person = PEOPLE.contains(&bare) || voices::is_word_for_one(bare) || two_people::is_relation(bare);
        let is_phrase = (bare == "person" && before.is_some_and(|word| word == "in"))
            || (bare == "owner" && before.is_some_and(|word| !is_owned(word)));
        let is_number = |word: &str| word.chars().all(|c| c.is_ascii_digit()) || word.chars().count() == 1;
        let ends = raw[at].ends_with([',', ')', ']'])
            || raw.get(at + 1).zip(words.get(at + 1)).is_none_or(|(next, word)| {
                next.starts_with(['(', '[']) || PREPOSITIONS.contains(&word.as_str()) || is_number(word)
            });
        is_person && !is_phrase && (ends || is_owned(&words[0]) || before.is_some_and(is_owned))
    };
    (raw.len() == words.len() && (0..words.len()).any(is_of_person)) || is_another(&words) || is_far(label)
}

/// `2nd interviewer`, `Other moderator`
fn is_another(words: &[String]) -> bool {
    let [other, role] = words else { return false };
    let is_other = OTHERS.contains(&other.as_str()) || other.starts_with(|c: char| c.is_ascii_digit());
    is_other && role.chars().count() > 4 && STRONG.spoken().any(|name| name == role)
}

/// `The plumber (on the phone)`
fn is_far(label: &str) -> bool {
    let Some((name, place)) = label.strip_suffix(')').and_then(|label| label.split_once(" (")) else { return false };
    (1..=MAX_NAME).contains(&name.split_whitespace().count())
        && place.split_whitespace().next_back().is_some_and(|last| PLACES.contains(&last.to_lowercase().as_str()))
}

/// The words of a label in lower case, without what stands around them.
fn words(label: &str) -> Vec<String> {
    let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase().replace('’', "'");
    label.split_whitespace().map(bare).filter(|word| !word.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_for_people_are_told_in_several_languages() {
        for label in [
            "Moeder van R",
            "Man van mevrouw",
            "De buurvrouw",
            "Hans fru",
            "Grannen från andra sidan",
            "Filha da D. Amélia",
            "Mąż pani Z.",
            "Fatma Hanım’ın kızı",
            "Moglie del signor R.",
            "The vet (on the phone)",
            "The roofer (on the phone)",
            "2nd interviewer",
            "Daughter-in-law",
        ] {
            assert!(has_person(label) && !is_sentence(label), "{label}");
        }
    }

    #[test]
    fn small_words_within_a_name_belong_to_it() {
        for label in [
            "Maria dos Santos",
            "Ursula von der Heide",
            "P. van Dijk",
            "María de la Cruz",
            "Ana de los Ríos",
            "Omar al Bashir",
            "Herr van den Berg",
            "Mme de Villiers",
            "M. d'Aubigny",
            "van der Berg",
            "Van den Berg",
            "De la Cruz",
            "De los Ríos",
            "Maria do Carmo",
            "Da Silva e Sousa",
            "Du Pont de Nemours",
            "Frau von Stein",
            "Mevrouw de Wit",
            "Tom Reed",
            "Speaker 3",
        ] {
            assert!(is_name(label), "{label}");
        }
        for label in [
            "Tag der Arbeit",
            "Tom and Ida",
            "The garden",
            "Maria dos",
            "M. d'accord",
            "von der",
            "the Pond",
            "Plan of Leeds",
            "Von der Schule",
            "Zu den Kosten",
            "Silva e Sousa",
            "Los Ríos de",
        ] {
            assert!(!is_name(label), "{label}");
        }
    }

    #[test]
    fn sentences_and_things_are_nobody() {
        for label in ["Mijn moeder", "De man zei", "Min fru", "Minha filha", "Mój mąż", "Mio marito", "So far"] {
            assert!(is_sentence(label) || !has_person(label), "{label}");
        }
        for label in ["De tuin", "Det bästa", "O queijo", "Ostatnia rzecz", "The rule (so far)", "2nd floor"] {
            assert!(!has_person(label), "{label}");
        }
    }
}
