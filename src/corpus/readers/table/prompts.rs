//! Titles that ask for words without being whole questions: `Why?`, `Any other comments`, `Please describe`.
//!
//! In: a column's title. Out: whether it may ask people for something, in English, German, French,
//! Spanish, Italian, Portuguese or Dutch. A title alone never makes a column of answers: what stands
//! below it decides.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Words that a question begins with, even without its mark. All words here are without accents.
const ASKING: &[&str] = &[
    "why", "what", "how", "which", "where", "when", "who", "warum", "wieso", "weshalb", "was", "wie", "welche",
    "welcher", "welches", "wo", "wann", "wer", "wozu", "pourquoi", "comment", "que", "quoi", "quel", "quelle", "quels",
    "quelles", "ou", "quand", "como", "cual", "cuales", "donde", "cuando", "quien", "perche", "cosa", "come", "quale",
    "quali", "dove", "quando", "chi", "porque", "qual", "quais", "onde", "quem", "waarom", "wat", "hoe", "welk",
    "welke", "waar", "wanneer", "wie",
];

/// Requests that a title begins with.
const REQUESTS: &[&str] = &[
    "describe",
    "explain",
    "elaborate",
    "specify",
    "tell",
    "beschreiben",
    "beschreibe",
    "beschreib",
    "erklaren",
    "erklaeren",
    "erklare",
    "erklaere",
    "erlautern",
    "erlaeutern",
    "erlautere",
    "erlaeutere",
    "begrunden",
    "begruenden",
    "begrunde",
    "begruende",
    "schildern",
    "schildere",
    "erzahlen",
    "erzaehlen",
    "erzahle",
    "erzaehle",
    "nennen",
    "nenne",
    "decrivez",
    "decris",
    "expliquez",
    "explique",
    "precisez",
    "racontez",
    "raconte",
    "citez",
    "describa",
    "describe",
    "expliquen",
    "cuente",
    "cuentanos",
    "cuentenos",
    "indique",
    "especifique",
    "detalle",
    "comente",
    "descriva",
    "descrivi",
    "spieghi",
    "spiega",
    "racconti",
    "racconta",
    "indichi",
    "specifichi",
    "specificare",
    "specifica",
    "descreva",
    "justifique",
    "beschrijf",
    "beschrijft",
    "omschrijf",
    "vertel",
    "noem",
];

/// Words that ask wherever they stand: courtesies of a request, and "why" after a condition.
const ANYWHERE: &[&str] = &[
    "please",
    "bitte",
    "veuillez",
    "favor",
    "favore",
    "alstublieft",
    "graag",
    "why",
    "warum",
    "weshalb",
    "wieso",
    "pourquoi",
    "perche",
    "waarom",
    "anything",
    // Remarks, reasons, proposals.
    "comments",
    "feedback",
    "suggestion",
    "suggestions",
    "remark",
    "remarks",
    "reason",
    "reasons",
    "explanation",
    "thoughts",
    "anmerkung",
    "anmerkungen",
    "bemerkung",
    "bemerkungen",
    "kommentar",
    "kommentare",
    "vorschlag",
    "vorschlage",
    "vorschlaege",
    "verbesserungsvorschlage",
    "verbesserungsvorschlaege",
    "ruckmeldung",
    "rueckmeldung",
    "anregungen",
    "wunsche",
    "wuensche",
    "erganzungen",
    "ergaenzungen",
    "begrundung",
    "begruendung",
    "grund",
    "grunde",
    "gruende",
    "sonstiges",
    "commentaire",
    "commentaires",
    "remarque",
    "remarques",
    "precisions",
    "raison",
    "raisons",
    "comentario",
    "comentarios",
    "observaciones",
    "sugerencia",
    "sugerencias",
    "motivo",
    "motivos",
    "razon",
    "razones",
    "commento",
    "commenti",
    "osservazioni",
    "suggerimento",
    "suggerimenti",
    "motivazione",
    "altro",
    "observacoes",
    "sugestao",
    "sugestoes",
    "razao",
    "razoes",
    "opmerking",
    "opmerkingen",
    "suggestie",
    "suggesties",
    "toelichting",
    "reden",
    "redenen",
];

/// Pairs that ask for what was not asked for yet.
const PAIRS: &[(&str, &str)] = &[
    ("something", "else"),
    ("other", "comment"),
    ("any", "comment"),
    ("noch", "etwas"),
    ("etwas", "anderes"),
    ("autre", "chose"),
    ("merci", "de"),
    ("por", "que"),
    ("algo", "mas"),
    ("algo", "mais"),
    ("algun", "comentario"),
    ("nog", "iets"),
    ("iets", "anders"),
];

/// People other than those who were asked, whose remarks are no answers.
const OTHERS: &[&str] = &[
    "interviewer",
    "interviewers",
    "interviewerin",
    "interviewende",
    "coder",
    "coders",
    "rater",
    "reviewer",
    "researcher",
    "researchers",
    "transcriber",
    "moderator",
    "moderatorin",
    "internal",
    "kodierer",
    "kodiererin",
    "forscher",
    "forscherin",
    "forschende",
    "intern",
    "interne",
    "internes",
    "intervieweur",
    "intervieweuse",
    "enqueteur",
    "enquetrice",
    "chercheur",
    "chercheuse",
    "entrevistador",
    "entrevistadora",
    "encuestador",
    "encuestadora",
    "investigador",
    "investigadora",
    "interno",
    "internos",
    "intervistatore",
    "intervistatrice",
    "ricercatore",
    "ricercatrice",
    "interni",
    "pesquisador",
    "pesquisadora",
    "onderzoeker",
];

/// Whether a title may ask people for something.
pub(super) fn is_prompt(title: &str) -> bool {
    let plain: String = title.nfd().filter(|&c| !is_combining_mark(c)).flat_map(char::to_lowercase).collect();
    let words: Vec<&str> = plain
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .skip_while(|word| is_number_of_question(word))
        .collect();
    let Some(first) = words.first() else { return false };
    if words.iter().any(|word| OTHERS.contains(word)) {
        return false;
    }
    title.contains(['?', '？', '؟'])
        || ASKING.contains(first)
        || REQUESTS.contains(first)
        || words.iter().any(|word| ANYWHERE.contains(word))
        || words.windows(2).any(|pair| PAIRS.contains(&(pair[0], pair[1])))
}

/// `5`, `Q5`, `5a`, `Q12b`.
fn is_number_of_question(word: &str) -> bool {
    word.len() <= 4 && word.bytes().any(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prompts_of_seven_languages() {
        for title in [
            "Why?",
            "Q3. Why?",
            "Why not",
            "If no, why",
            "Please describe your day",
            "Describe your desk",
            "Other (please specify)",
            "Any other comments",
            "Anything else",
            "Additional Comments (optional)",
            "Warum?",
            "Weitere Anmerkungen",
            "Bitte erläutern",
            "Begründung",
            "Noch etwas",
            "Pourquoi ?",
            "Décrivez votre journée",
            "Merci de préciser",
            "Autre chose",
            "¿Por qué?",
            "Por que\u{301}",
            "Describa su día",
            "Algo más",
            "Otros comentarios",
            "Perché?",
            "Altri commenti",
            "Descreva o seu dia",
            "Outros comentários",
            "Algo mais",
            "Waarom?",
            "Overige opmerkingen",
            "Nog iets",
            "なぜですか？",
        ] {
            assert!(is_prompt(title), "{title}");
        }
    }

    #[test]
    fn other_titles_ask_nothing() {
        for title in [
            "Age",
            "Job title",
            "Timestamp",
            "Status",
            "Notes",
            "Interviewer comments",
            "Internal remarks",
            "Bemerkungen Interviewer",
            "Observaciones del entrevistador",
            "Alter",
            "Ville",
            "Ciudad",
            "Q5",
            "",
        ] {
            assert!(!is_prompt(title), "{title}");
        }
    }
}
