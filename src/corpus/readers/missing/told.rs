//! Texts that tell of a question instead of answering it: `Question was not displayed to respondent`.
//!
//! In: what stands in a cell. Out: whether every word of it is one by which programs for surveys tell that there is no
//! answer, and whether any is. How often it stands is for [`missing`](super) to count. It never looks at other cells.

/// The words of one language.
struct Language {
    /// What says that there is none.
    not: &'static [&'static str],
    /// What was not done: asked, displayed, answered.
    done: &'static [&'static str],
    /// The same, of words that say so only beside a question or who was asked.
    given: &'static [&'static str],
    /// What was done instead, beside those.
    skipped: &'static [&'static str],
    /// Questions, and who is asked.
    of: &'static [&'static str],
    /// What stands between them and tells nothing.
    between: &'static [&'static str],
}

#[rustfmt::skip]
const LANGUAGES: &[Language] = &[
    Language {
        not: &["not", "no", "didn", "wasn", "unanswered", "without"],
        done: &[
            "asked", "answer", "answered", "unanswered", "displayed", "presented", "administered", "respond",
            "responded", "response", "reply", "replied",
        ],
        given: &["shown", "seen", "posed", "given", "entered", "provided", "viewed"],
        skipped: &["skipped", "refused", "declined", "blank"],
        of: &["question", "respondent", "respondents", "participant", "participants", "user", "interviewee", "item"],
        between: &[
            "the", "this", "a", "an", "any", "was", "were", "is", "has", "been", "did", "t", "to", "by", "of", "for",
            "from", "in", "on", "and", "but", "because", "due", "provide", "left", "text", "here", "routing", "filter",
            "filtered", "skip", "logic", "branching", "survey", "questionnaire", "version", "wave", "page", "group",
            "subgroup", "condition", "cohort", "sample", "arm",
        ],
    },
    Language {
        not: &["nicht", "keine", "kein", "ohne", "unbeantwortet"],
        done: &[
            "gefragt", "angezeigt", "beantwortet", "unbeantwortet", "antwort", "geantwortet", "angabe", "angaben",
        ],
        given: &["gestellt", "gezeigt", "vorgelegt", "erhoben", "gesehen"],
        skipped: &["übersprungen", "verweigert"],
        of: &[
            "frage", "befragten", "befragter", "befragte", "teilnehmer", "teilnehmerin", "teilnehmenden", "nutzer",
            "item",
        ],
        between: &[
            "die", "diese", "dieser", "der", "dem", "den", "das", "eine", "wurde", "worden", "wird", "ist", "hat",
            "von", "vom", "zu", "auf", "in", "im", "gemacht",
            "gegeben", "aber", "person", "aufgrund", "wegen", "filter",
            "filters", "filterführung", "version", "fragebogen", "text", "und",
        ],
    },
    Language {
        not: &["pas", "non", "aucune", "sans"],
        done: &["affichée", "répondu", "réponse", "répondue"],
        given: &["posée", "montrée", "présentée", "demandée", "donnée", "fournie", "vue"],
        skipped: &["ignorée", "sautée", "passée"],
        of: &[
            "question", "répondant", "répondante", "participant", "participante", "utilisateur", "enquêté", "enquêtée",
        ],
        between: &[
            "la", "le", "les", "cette", "n", "l", "d", "à", "a", "au", "aux", "été", "est", "ne", "une", "un", "de",
            "du", "par", "mais", "en", "raison", "filtre", "cause", "version", "questionnaire", "ce", "cet", "et",
        ],
    },
    Language {
        not: &["no", "sin", "ninguna"],
        done: &["respondió", "respondida", "contestó", "contestada", "respuesta"],
        given: &["preguntó", "preguntada", "mostró", "mostrada", "realizada", "hizo", "vista", "dio"],
        skipped: &["omitida", "omitió"],
        of: &[
            "pregunta", "encuestado", "encuestada", "entrevistado", "entrevistada", "participante", "usuario",
        ],
        between: &[
            "la", "el", "esta", "este", "se", "le", "fue", "ha", "sido", "al", "a", "del", "de", "por", "un", "una",
            "pero", "debido", "filtro", "versión", "cuestionario", "en", "y",
        ],
    },
    Language {
        not: &["non", "nessuna", "senza"],
        done: &["visualizzata", "risposto", "risposta"],
        given: &["posta", "mostrata", "chiesta", "vista", "data"],
        skipped: &["saltata"],
        of: &["domanda", "intervistato", "intervistata", "rispondente", "partecipante", "utente"],
        between: &[
            "la", "il", "questa", "è", "stata", "stato", "al", "alla", "all", "a", "ha", "dal", "dalla", "di", "del",
            "l", "un", "una", "ma", "causa", "filtro", "in", "e",
        ],
    },
    Language {
        not: &["não", "nenhuma", "sem"],
        done: &["exibida", "respondeu", "respondida", "resposta"],
        given: &["mostrada", "apresentada", "feita", "perguntada", "vista", "deu"],
        skipped: &["ignorada", "pulada"],
        of: &[
            "pergunta", "questão", "respondente", "entrevistado", "entrevistada", "participante", "usuário",
            "utilizador",
        ],
        between: &[
            "a", "o", "esta", "este", "foi", "ao", "à", "pelo", "pela", "de", "do", "da", "mas", "devido", "filtro",
            "em", "e", "uma",
        ],
    },
    Language {
        not: &["niet", "geen", "zonder", "onbeantwoord"],
        done: &["weergegeven", "beantwoord", "onbeantwoord", "antwoord", "geantwoord"],
        given: &["gesteld", "getoond", "gevraagd", "gezien", "gegeven"],
        skipped: &["overgeslagen"],
        of: &["vraag", "respondent", "deelnemer", "gebruiker"],
        between: &[
            "de", "het", "deze", "dit", "is", "werd", "aan", "door", "heeft", "op", "van", "een", "maar", "vanwege",
            "filter", "in", "en", "wegens",
        ],
    },
    Language {
        not: &["nie", "brak", "bez"],
        done: &["wyświetlono", "wyświetlone", "odpowiedzi", "odpowiedział", "odpowiedziała"],
        given: &["zadano", "zadane"],
        skipped: &["pominięte", "pominięto"],
        of: &["pytanie", "pytania", "respondent", "respondentowi", "respondenta", "uczestnik", "użytkownik"],
        between: &[
            "to", "na", "tego", "zostało", "było", "udzielił", "udzieliła", "udzielono", "przez", "do", "z", "powodu",
            "filtra", "w",
        ],
    },
    Language {
        not: &["inte", "ej", "inget", "ikke", "intet", "ingen"],
        done: &["besvarad", "besvarades", "svar", "svarat", "svarade", "besvaret", "besvart"],
        given: &["ställdes", "ställd", "visades", "visad", "stillet", "stilt", "vist"],
        skipped: &["hoppades", "överhoppad"],
        of: &[
            "frågan", "fråga", "spørgsmålet", "spørsmålet", "respondenten", "deltagaren", "deltageren", "deltakeren",
        ],
        between: &[
            "den", "denna", "detta", "dette", "har", "på", "för", "for", "till", "til", "blev", "ble", "er", "är", "av",
            "af",
        ],
    },
    Language {
        not: &["не", "нет", "без"],
        done: &["ответа", "ответил", "ответила"],
        given: &["задан", "задавался", "показан", "показывался", "дан"],
        skipped: &["пропущен", "пропустил"],
        of: &["вопрос", "респондент", "респонденту", "респондента", "участник", "участнику", "участника"],
        between: &["этот", "на", "был", "это", "из", "за", "фильтра", "от", "ответ"],
    },
];
/// Who says one of these speaks of themselves.
const SELF: &[&str] =
    &["i", "me", "my", "we", "our", "us", "ich", "wir", "mir", "je", "nous", "yo", "nos", "io", "eu", "ik", "я"];
/// Words of such a text: fewer may be anything.
const FEWEST: usize = 2;
const MOST: usize = 14;

/// Whether all words of a text tell that a question was not asked, or not answered.
pub(super) fn is_told(text: &str) -> bool {
    let words = words(text);
    let is_of = |language: &Language| {
        let Language { not, done, given, skipped, of, between } = language;
        let has = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
        let is_known =
            |word: &String| [not, done, given, skipped, of, between].iter().any(|list| list.contains(&word.as_str()));
        let lacks = has(not) && (has(done) || (has(given) && has(of)));
        (lacks || (has(skipped) && has(of))) && words.iter().all(is_known)
    };
    (FEWEST..=MOST).contains(&words.len()) && LANGUAGES.iter().any(is_of)
}

/// Whether a text has a word that tells of questions and of who answers them, and nobody speaks of themselves in it.
pub(super) fn tells_of_questions(text: &str) -> bool {
    let words = words(text);
    let has = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
    let is_of = |language: &Language| has(language.done) || has(language.of);
    (FEWEST..=MOST).contains(&words.len()) && !has(SELF) && LANGUAGES.iter().any(is_of)
}

fn words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.take(MOST + 1).map(str::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_tells_of_a_question_that_has_no_answer() {
        for text in [
            "Question was not displayed to respondent",
            "Not asked because of routing",
            "User did not answer this question",
            "Participant didn’t provide an answer",
            "Seen but unanswered by the respondent",
            "No answer was given to this question",
            "Diese Frage wurde nicht gestellt",
            "Frage wurde dem Befragten nicht angezeigt",
            "La question n’a pas été posée au répondant",
            "Esta pregunta no se mostró al encuestado",
            "La domanda non è stata mostrata",
            "A pergunta não foi exibida ao participante",
            "De vraag werd niet gesteld",
            "Pytanie nie zostało wyświetlone",
            "Frågan ställdes inte",
            "Вопрос не был показан респонденту",
        ] {
            assert!(is_told(text) && tells_of_questions(text), "{text}");
        }
    }

    #[test]
    fn what_people_say_of_questions_does_not() {
        for text in [
            "I did not answer this question",
            "No answer would be right here, buses are a mess",
            "Nobody asked us",
            "The question was good",
            "Refused",
            "No questions",
            "Ohne Frage",
            "Never asked",
            "No la hizo",
            "Skipped a page",
            "Die Frage ist nicht leicht",
            "La question n’est pas facile",
            "The drivers were not shown the new app",
            "",
        ] {
            assert!(!is_told(text), "{text}");
        }
        assert!(!tells_of_questions("I answered the question") && !tells_of_questions("The bus is late"));
    }
}
