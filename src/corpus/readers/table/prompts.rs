//! Titles that ask for words without being whole questions: `Why?`, `Any other comments`, `Please describe`.
//!
//! In: a column's title. Out: whether it may ask people for something, in English, German, French,
//! Spanish, Italian, Portuguese, Dutch, Polish, Czech, Swedish, Danish, Norwegian, Finnish or Russian. A title alone
//! never makes a column of answers: what stands below it decides.

use super::super::super::label_key::without_accents;
use super::super::super::speakers::ends_in_question_mark;

/// Words that a question begins with, even without its mark. All words here are without accents.
#[rustfmt::skip]
const ASKING: &[&str] = &[
    "why", "what", "how", "which", "where", "when", "who", "warum", "wieso", "weshalb", "was", "wie", "welche",
    "welcher", "welches", "wo", "wann", "wer", "wozu", "pourquoi", "comment", "que", "quoi", "quel", "quelle", "quels",
    "quelles", "ou", "quand", "como", "cual", "cuales", "donde", "cuando", "quien", "perche", "cosa", "come", "quale",
    "quali", "dove", "quando", "chi", "porque", "qual", "quais", "onde", "quem", "waarom", "wat", "hoe", "welk",
    "welke", "waar", "wanneer", "dlaczego", "czemu", "co", "jak", "jaki", "jaka", "jakie", "ktory", "ktora",
    "ktore", "gdzie", "kiedy", "kto", "proc", "jaky", "jake", "kde", "kdy", "kdo", "varfor", "hur", "vad", "vilken",
    "vilket", "vilka", "nar", "vem", "hvorfor", "hvordan", "hvad", "hva", "hvilken", "hvilket", "hvilke", "hvor",
    "hvornar", "hvem", "miksi", "miten", "mita", "mika", "mitka", "missa", "milloin", "kuka", "почему", "зачем",
    "что", "как", "какои", "какая", "какие", "где", "когда", "кто",
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
    "opisz",
    "opowiedz",
    "wyjasnij",
    "uzasadnij",
    "wymien",
    "popiste",
    "vysvetlete",
    "uvedte",
    "beskriv",
    "beratta",
    "forklara",
    "motivera",
    "fortæl",
    "fortell",
    "forklar",
    "begrunn",
    "begrund",
    "kuvaile",
    "kerro",
    "perustele",
    "опишите",
    "расскажите",
    "объясните",
    "укажите",
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
    "prosze",
    "dlaczego",
    "uwaga",
    "uwagi",
    "komentarz",
    "komentarze",
    "sugestia",
    "sugestie",
    "uzasadnienie",
    "powod",
    "powody",
    "prosim",
    "pripominky",
    "komentar",
    "komentare",
    "duvod",
    "duvody",
    "varfor",
    "garna",
    "synpunkter",
    "kommentarer",
    "forslag",
    "ovrigt",
    "motivering",
    "hvorfor",
    "bemærkninger",
    "begrundelse",
    "begrunnelse",
    "miksi",
    "kommentit",
    "kommentteja",
    "palaute",
    "palautetta",
    "perustelu",
    "perustelut",
    "ehdotuksia",
    "почему",
    "пожалуиста",
    "комментарии",
    "замечания",
    "предложения",
    "пожелания",
    "причина",
    "причины",
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
    ("cos", "jeszcze"),
    ("nagot", "annat"),
    ("noget", "andet"),
    ("noe", "annet"),
    ("jotain", "muuta"),
    ("neco", "dalsiho"),
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
    "ankieter",
    "ankietera",
    "badacz",
    "badacza",
    "badaczki",
    "tazatel",
    "tazatele",
    "intervjuare",
    "intervjuarens",
    "intervjuer",
    "haastattelija",
    "haastattelijan",
    "интервьюер",
    "интервьюера",
    "enumerator",
    "enumerators",
    "surveyor",
    "surveyors",
    "assessor",
    "assessors",
    "fieldworker",
    "fieldworkers",
    "enumerador",
    "enumeradora",
    "enumeradores",
    "encuestadores",
    "enumerateur",
    "enumeratrice",
    "betreuer",
    "betreuerin",
    "lehrkraft",
    "annotator",
    "annotators",
];

/// Pairs of words for such people.
const OTHER_PAIRS: &[(&str, &str)] = &[("field", "staff"), ("field", "team"), ("study", "team"), ("research", "team")];

/// Programs that write of answers, beside a word for what they write.
const PROGRAMS: &[&str] = &["ai", "ki", "gpt", "chatgpt", "llm", "claude", "gemini", "copilot"];
#[rustfmt::skip]
const WRITTEN: &[&str] = &[
    "explanation", "explanations", "summary", "comment", "comments", "rationale", "reason", "reasoning", "reasons",
    "feedback", "analysis", "erklarung", "begrundung", "kommentar", "zusammenfassung",
];

/// Whether a title says that somebody else than who was asked writes there: `Comments by field staff`,
/// `Interviewer: how did it go?`, `Anything unusual? (to be completed by the interviewer)`, `GPT-4 explanation`. A question
/// about such people is none: `How did the interviewer treat you?`
pub(super) fn is_of_others(title: &str) -> bool {
    let plain: String = without_accents(title).flat_map(char::to_lowercase).collect();
    if ["访谈员", "訪談員", "调查员", "調査員"].iter().any(|who| title.starts_with(who)) {
        return true;
    }
    let asks = title.contains(['?', '？', '؟']) || ends_in_question_mark(title);
    if !asks {
        return words_of(&plain).len() <= MOST_WORDS && (names_others(&plain) || is_of_program(&plain));
    }
    let front = plain.split_once([':', '–', '—']).map(|(front, _)| front).filter(|front| words_of(front).len() <= 2);
    let behind = plain.trim_end().strip_suffix(')').and_then(|title| title.rsplit_once('(')).map(|(_, inner)| inner);
    let is_told = |inner: &&str| words_of(inner).len() <= 2 || words_of(inner).contains(&"completed");
    front.is_some_and(names_others) || behind.filter(is_told).is_some_and(names_others)
}

/// People who may write of those who are asked, and may as well be asked about: `Teacher feedback`, `Staff comments`.
#[rustfmt::skip]
const MAYBE_OTHERS: &[&str] = &[
    "staff", "teacher", "teachers", "tutor", "carer", "nurse", "doctor", "manager", "mother", "father", "parent",
    "lehrer", "lehrerin", "pflegekraft", "professeur", "enseignant", "enseignante", "profesor", "profesora", "maestra",
    "docente", "insegnante", "leraar", "nauczyciel", "nauczycielka",
];
/// What they write.
#[rustfmt::skip]
const REMARKS: &[&str] = &[
    "comment", "comments", "feedback", "note", "notes", "remark", "remarks", "observation", "observations", "kommentar",
    "kommentare", "ruckmeldung", "anmerkung", "anmerkungen", "bemerkung", "bemerkungen", "commentaire", "commentaires",
    "remarque", "remarques", "comentario", "comentarios", "commento", "commenti", "opmerking", "opmerkingen", "uwagi",
];

/// Whether a title may say that somebody else wrote there, and may as well ask about them.
pub(super) fn may_be_of_others(title: &str) -> bool {
    let plain: String = without_accents(title).flat_map(char::to_lowercase).collect();
    let words = words_of(&plain);
    let has = |list: &[&str]| words.iter().any(|word| list.contains(word));
    !ends_in_question_mark(title) && words.len() <= 3 && has(MAYBE_OTHERS) && has(REMARKS)
}

/// More words that ask nothing are no title of remarks.
const MOST_WORDS: usize = 8;

fn words_of(plain: &str) -> Vec<&str> {
    plain.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect()
}

fn names_others(plain: &str) -> bool {
    let words = words_of(plain);
    words.iter().any(|word| OTHERS.contains(word))
        || words.windows(2).any(|pair| OTHER_PAIRS.contains(&(pair[0], pair[1])))
}

fn is_of_program(plain: &str) -> bool {
    let words = words_of(plain);
    let has = |list: &[&str]| words.iter().any(|word| list.contains(word));
    has(PROGRAMS) && has(WRITTEN)
}

/// Whether a title may ask people for something.
pub(super) fn is_prompt(title: &str) -> bool {
    if is_of_others(title) {
        return false;
    }
    let plain: String = without_accents(title).flat_map(char::to_lowercase).collect();
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
        || ends_in_question_mark(title)
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
    fn prompts_of_many_languages() {
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
            "Dlaczego",
            "Inne uwagi",
            "Coś jeszcze",
            "Připomínky",
            "Varför",
            "Övriga synpunkter",
            "Något annat",
            "Hvorfor ikke",
            "Andre kommentarer",
            "Beskriv din dag",
            "Muita kommentteja",
            "Почему",
            "Другие комментарии",
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
            "Uwagi ankietera",
            "Комментарии интервьюера",
            "Enumerator comments",
            "Kommentar der Betreuerin",
            "Comentarios del enumerador",
            "Additional comments by field staff",
            "Any comments (field team)",
            "GPT-4 explanation",
            "访谈员备注",
            "Wiek",
            "Ålder",
            "Возраст",
            "Alter",
            "Ville",
            "Ciudad",
            "Q5",
            "",
        ] {
            assert!(!is_prompt(title), "{title}");
        }
    }

    #[test]
    fn who_writes_of_those_asked_is_told_from_what_they_say_of_others() {
        for title in [
            "Interviewer: how did the respondent seem?",
            "Did anything odd happen? (to be completed by the interviewer)",
            "Any other comments? (field team)",
        ] {
            assert!(is_of_others(title), "{title}");
        }
        for title in ["Staff comments", "Teacher feedback", "Rückmeldung Lehrerin"] {
            assert!(may_be_of_others(title) && !is_of_others(title), "{title}");
        }
        for title in
            ["Any comments on the teacher?", "Any other comments", "Teacher", "Comments on staff and food here"]
        {
            assert!(!may_be_of_others(title), "{title}");
        }
        for title in [
            "How did the interviewer treat you?",
            "What did you think of the enumerator who came to your house last week",
            "Why did you come? (tell us about the interviewer and the day)",
            "Why do you use AI at home? Reasons",
            "Staff comments",
            "Teacher feedback",
        ] {
            assert!(!is_of_others(title), "{title}");
        }
    }
}
