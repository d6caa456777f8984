//! What stands behind a name in brackets, or a comma, and says how somebody speaks: `MAUREEN [laughing]`, `Ruth (leise)`,
//! `P1 (via interpreter)`.
//!
//! In: a label as written. Out: the name without it. It takes off nothing that may say who somebody is, such as `P3
//! (husband)`, `Ann (34)` and `Nurse (marketing)`. Of all labels: those with other words behind the name, `MAUREEN (pats
//! the dog)`, that come once each, where the name stands without them or with such words elsewhere.

use std::collections::{HashMap, HashSet};

use super::super::label_key::key;
use super::super::labels::is_somebody;
use super::super::nobody;
use super::brackets::parts;
use super::two_people::is_relation;
use super::{Names, interpreting};

/// Words begin so that tell how somebody speaks, or what they do meanwhile.
#[rustfmt::skip]
const STEMS: &[&str] = &[
    "laugh", "chuckl", "giggl", "whisper", "smiling", "smiles", "cough", "sniff", "mumbl", "mutter", "shout", "scream",
    "hesita", "interrupt", "overlap", "paus", "gesticul", "gestur", "shrug", "gasp", "groan", "simultan", "sarcas",
    "ironic", "emphat", "nervous", "imitat", "mimic", "quiet", "thoughtful",
    "lacht", "lachend", "schmunzel", "kicher", "seufz", "flüster", "weinend", "schluchz", "zöger", "zoger", "hustet",
    "räusper", "nachdenklich", "unterbr", "lächel", "stöhn",
    "riant", "rires", "pleur", "soupir", "chuchot", "murmur", "hésit", "souri", "sanglot",
    "riendo", "llora", "suspir", "susurr", "sonr", "ríe", "rindo", "chora", "sussurr", "sorri", "ridendo", "piang",
    "sospir", "sottovoce", "huilt", "huilend", "fluister", "zucht", "glimlach", "lachje",
    "śmie", "śmiech", "uśmiech", "płacz", "wzdych", "szept", "skratt", "gråt", "suckar", "viskar", "viskande", "hvisk",
    "græd", "grinende", "směj", "smích", "pláč", "nevet", "sírva", "sóhaj", "naura", "naurah", "itkie", "itke", "huoka",
    "смех", "смеё", "смее", "смея", "плач", "вздых", "вздох", "шёпот", "шепот", "улыба", "сміє", "зітх", "gülerek",
    "gülüyor", "gülüş", "ağlayarak", "ağlıyor", "fısıld", "γελά", "γέλι", "κλαί", "tertawa", "menangis",
    "يضحك", "تضحك", "ضاحك", "يبكي", "تبكي", "باكي", "צוחק", "בוכה", "מחייך", "笑", "大笑", "苦笑", "微笑", "哭", "泣",
    "叹气", "嘆氣", "小声", "小聲", "웃", "울",
];
/// The same of whole words.
#[rustfmt::skip]
const WORDS: &[&str] = &[
    "cry", "cries", "crying", "cried", "weeps", "weeping", "sobs", "sobbing", "sigh", "sighs", "sighing", "sighed",
    "smile", "nods", "nodding", "shakes", "shaking", "sings", "hums", "humming", "yells", "yelling", "grins", "grinning",
    "yawns", "yawning", "sneezes", "claps", "clapping", "joking", "jokes", "jokingly", "teasing", "tearful", "tearfully",
    "upset", "angry", "amused", "annoyed", "excited", "thinking", "thinks", "softly", "loudly", "aloud", "continuing",
    "continued", "contd", "cont'd", "cont", "points", "pointing", "looks", "looking", "shows", "showing", "snorts",
    "leise", "laut", "weint", "nickt", "nickend", "ironisch", "genervt", "wütend", "aufgeregt", "amüsiert", "lachen",
    "rit", "rire", "sourit", "crie", "tousse", "ému", "émue", "doucement", "hoche", "ironique",
    "risas", "risa", "ri", "risos", "riso", "ride", "ridono", "risata", "risate", "grita", "bajito", "baixinho",
    "lacht", "zachtjes", "knikt", "cicho", "głośno", "tyst", "stille", "ler", "griner", "tiše", "halkan", "тихо",
    "громко", "тихо", "sessizce",
];
/// How words end that tell how something is said, in small letters.
const ENDINGS: [&str; 2] = ["ly", "mente"];
/// Words that end so and say something else.
#[rustfmt::skip]
const NO_MANNER: &[&str] = &[
    "family", "elderly", "early", "supply", "assembly", "weekly", "monthly", "daily", "yearly", "only", "likely", "italy",
    "july", "sicily", "disorderly", "bodily", "namely", "formerly", "previously", "newly", "recently", "lonely", "july",
];
/// The shortest of those.
const SHORTEST: usize = 6;
/// What may stand before such a word.
#[rustfmt::skip]
const BEFORE: &[&str] = &[
    "still", "very", "both", "half", "slightly", "almost", "now", "again", "while", "voice", "suddenly", "a", "bit",
    "little", "in", "long", "short", "noch", "sehr", "etwas", "ganz", "fast", "en", "très", "encore", "muy", "casi",
    "molto", "quasi", "erg", "bardzo", "med", "longue", "à", "voix", "se",
];
/// Phrases that begin so.
#[rustfmt::skip]
const PHRASES: &[&str] = &[
    "in tears", "in a low voice", "in a quiet voice", "in a loud voice", "through tears", "with a smile", "with a laugh",
    "with a sigh", "with emphasis", "under her breath", "under his breath", "to herself", "to himself", "to themselves",
    "off mic", "off-mic", "off mike", "off camera", "off-camera", "voice breaks", "voice breaking", "voice trembling",
    "unter tränen", "mit leiser stimme", "zu sich", "vor sich hin", "à voix basse", "en voz baja", "a bassa voce",
    "em voz baixa", "met zachte stem",
];
/// What is told of a label of which a remark was taken off.
pub(crate) const TOLD: &str = "with a remark behind the name";
/// Such a remark has no more words.
const MOST_WORDS: usize = 7;

/// The name without how it is said; `None` where nothing of the kind stands there.
pub(crate) fn without_manner(label: &str) -> Option<&str> {
    let mut name = label;
    while let Some(core) = parts(name).filter(|(_, inner)| is_manner(inner)).map(|(core, _)| core) {
        name = core;
    }
    let behind_comma = name.rsplit_once(", ").filter(|(core, inner)| !core.is_empty() && is_told_so(inner));
    let name = behind_comma.map_or(name, |(core, _)| core.trim_end());
    (name.len() < label.len()).then_some(name)
}

/// A label and the name in it.
pub(crate) struct Named {
    /// The place of the label.
    pub(crate) at: usize,
    pub(crate) name: String,
    /// Whether what stands behind the name is no more than a remark for sure.
    pub(crate) is_sure: bool,
}

/// Of labels with their turns those of which something behind the name can be taken off.
pub(crate) fn find(labels: &[(String, usize)]) -> Vec<Named> {
    let name = |at: usize| without_manner(&labels[at].0).map(|name| Named { at, name: name.to_owned(), is_sure: true });
    let mut found: Vec<Named> = (0..labels.len()).filter_map(name).collect();
    let taken: HashSet<usize> = found.iter().map(|named| named.at).collect();
    let mut known: HashSet<String> = found.iter().map(|named| key(&named.name)).collect();
    known.extend(labels.iter().map(|(label, _)| key(label)));
    let once = |at: usize| (labels[at].1 == 1 && !taken.contains(&at)).then(|| before_remark(&labels[at].0)).flatten();
    let perhaps: Vec<(usize, &str)> = (0..labels.len()).filter_map(|at| Some((at, once(at)?))).collect();
    let mut counts: HashMap<String, usize> = HashMap::new();
    perhaps.iter().for_each(|(_, name)| *counts.entry(key(name)).or_default() += 1);
    let is_believed = |(_, name): &&(usize, &str)| counts[&key(name)] > 1 && known.contains(&key(name));
    let named = |&(at, name): &(usize, &str)| Named { at, name: name.to_owned(), is_sure: false };
    found.extend(perhaps.iter().filter(is_believed).map(named));
    found
}

/// The name before words in brackets that may be a remark on what somebody does there: a few in small letters, which say
/// nothing of who it is.
fn before_remark(label: &str) -> Option<&str> {
    let (name, inner) = parts(label)?;
    let is_small = inner.starts_with(char::is_lowercase) || !label.contains(char::is_lowercase);
    let key = key(inner);
    let mut words = key.split(|c: char| !c.is_alphanumeric());
    let is_part = |word: &str| is_relation(word) || Names::default().strong(word).is_some();
    let may_be = is_small
        && inner.chars().filter(|c| c.is_alphabetic()).nth(3).is_some()
        && inner.chars().all(|c| c.is_alphabetic() || " -'’,".contains(c))
        && inner.split_whitespace().nth(MOST_WORDS).is_none()
        && !words.any(is_part)
        && !is_somebody(inner)
        && !nobody::is_nobody(&key)
        && !interpreting::is_named(&super::key(label));
    may_be.then_some(name)
}

/// Whether words in brackets tell how somebody speaks.
fn is_manner(inner: &str) -> bool {
    is_told_so(inner) || interpreting::is_by_one(&inner.to_lowercase())
}

fn is_told_so(inner: &str) -> bool {
    let lower = inner.to_lowercase().replace('’', "'");
    let is_small = inner.starts_with(char::is_lowercase);
    let words: Vec<&str> = lower
        .split(|c: char| !(c.is_alphanumeric() || c == '\'' || c == '-'))
        .filter(|word| !word.is_empty())
        .collect();
    if words.is_empty() || words.len() > MOST_WORDS {
        return false;
    }
    let first = words.iter().find(|word| !BEFORE.contains(word));
    PHRASES.iter().any(|phrase| lower.starts_with(phrase)) || first.is_some_and(|word| tells_how(word, is_small))
}

fn tells_how(word: &str, is_small: bool) -> bool {
    let is_adverb = || {
        let is_long = word.chars().count() >= SHORTEST;
        is_small && is_long && ENDINGS.iter().any(|end| word.ends_with(end)) && !NO_MANNER.contains(&word)
    };
    WORDS.contains(&word) || STEMS.iter().any(|stem| word.starts_with(stem)) || is_adverb()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_somebody_speaks_is_no_part_of_the_name() {
        for remark in [
            "laughing",
            "LAUGHING",
            "laughs",
            "still crying",
            "very quietly",
            "through tears",
            "in a low voice",
            "off mic",
            "cont'd",
            "pause",
            "nods",
            "lacht",
            "leise",
            "unter Tränen",
            "en riant",
            "rires",
            "à voix basse",
            "risas",
            "llorando",
            "tristemente",
            "ridendo",
            "rindo",
            "lachend",
            "śmiech",
            "skrattar",
            "смеётся",
            "gülerek",
            "笑",
            "via interpreter",
            "through an interpreter",
            "durch Dolmetscherin",
        ] {
            for label in [format!("MAUREEN ({remark})"), format!("MAUREEN [{remark}]"), format!("MAUREEN（{remark}）")]
            {
                assert_eq!(without_manner(&label), Some("MAUREEN"), "{label}");
            }
        }
        assert_eq!(without_manner("Ann (34) (laughs)"), Some("Ann (34)"));
        assert_eq!(without_manner("Ann (laughs) [crying]"), Some("Ann"));
        assert_eq!(without_manner("Farmer, laughing"), Some("Farmer"));
    }

    #[test]
    fn who_somebody_is_stays() {
        for label in [
            "P3 (husband)",
            "Ann (34)",
            "Ann (she/her)",
            "P1 (f)",
            "Nurse (marketing)",
            "Tom (Emily)",
            "Officer (family)",
            "Tutor (early years)",
            "Ann (University of Leeds)",
            "Participant (Tom)",
            "Reed, Tom",
            "Hall, Ann (Leeds)",
            "Dev (software)",
            "P2 (elderly)",
            "Interviewer (to Wife)",
            "D (translating)",
            "(laughing)",
            "[crying]",
            "Ann",
            "P1 (?)",
            "P1 (unclear)",
            "P1 (control group)",
            "Manager (sales)",
            "Befragte:r (w, 34)",
            "Sam (translator)",
        ] {
            assert_eq!(without_manner(label), None, "{label}");
        }
    }
}
