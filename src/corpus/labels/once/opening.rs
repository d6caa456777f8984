//! Who opens a talk and comes once: `Daughter: Come in, he is in the garden.` above the first label that is known.
//!
//! In: a candidate above all labels, and the others of its text. Out: whether it stands right above the first label,
//! alone and before a sentence, and is no field of a header (`Setting: It was her kitchen.`); and whether that is
//! spoken to somebody. It takes in nobody, since not every field is known.

use super::super::super::by_lines::ByLines;
use super::super::super::speakers::key;
use super::super::choose::Choice;
use super::super::forms::Candidate;
use super::super::spoken_of;

/// Fewer words, or characters where no spaces stand between them, are a value.
const MIN_WORDS: usize = 3;
const MIN_CHARS: usize = 6;
/// From here on scripts have no spaces between words.
const WIDE: char = '\u{2e80}';

/// Fields above a talk that hold sentences.
#[rustfmt::skip]
const FIELDS: &[&str] = &[
    "setting", "situation", "access", "atmosphere", "preamble", "circumstances", "recruitment", "consent", "sample",
    "transcriber", "transcription", "anonymisation", "anonymization", "instructions", "instruction", "keywords",
    "abstract", "aufnahmeort", "ort", "rahmen", "umfeld", "zugang", "vorbemerkung", "gesprächssituation",
    "interviewsituation", "einwilligung", "transkription", "stichwörter", "cadre", "lieu", "préambule",
    "consentement", "contexto", "lugar", "situación", "preámbulo", "consentimiento", "luogo", "situazione",
    "premessa", "plaats", "situatie", "miejsce", "occupation", "profession", "career", "employment", "education",
    "schooling", "training", "hobbies", "religion", "nationality", "ethnicity", "childhood", "youth", "upbringing",
    "biography", "bio", "profile", "portrait", "life", "household", "neighbourhood", "neighborhood", "domicile",
    "residence", "housing", "medication", "diagnosis", "disability", "illness", "treatment", "purpose", "objective",
    "objectives", "rationale", "scope", "focus", "motivation", "format", "procedure", "disruptions", "disturbances",
    "interruptions", "mood", "ambience", "impression", "impressions", "environment", "surroundings", "room", "venue",
    "equipment", "sound quality", "audio quality", "preface", "foreword", "prologue", "epilogue", "afterword",
    "dedication", "tribute", "epigraph", "acknowledgements", "acknowledgments", "postscript", "disclaimer",
    "confidentiality", "anonymity", "privacy", "ethics", "incentive", "compensation", "relationship", "rapport",
    "contact", "history", "vignette", "fieldnotes", "field notes", "beruf", "werdegang", "lebenslauf", "ausbildung",
    "bildung", "schulbildung", "tätigkeit", "familienstand", "haushalt", "kindheit", "jugend", "wohnort",
    "wohnsituation", "wohnung", "herkunft", "gesundheit", "gesundheitszustand", "erkrankung", "krankheit", "vorwort",
    "einleitung", "einführung", "widmung", "nachwort", "postskript", "postskriptum", "ablauf", "verlauf",
    "gesprächsverlauf", "interviewverlauf", "störungen", "störung", "unterbrechungen", "raum", "räumlichkeiten",
    "umgebung", "hintergrund", "stimmung", "eindruck", "eindrücke", "zweck", "ziel", "anlass", "kontakt",
    "kontaktaufnahme", "auswahl", "datenschutz", "vergütung", "besonderheiten", "auffälligkeiten", "beziehung",
    "dauer", "rekrutierung", "technik", "tonqualität", "biografie", "biographie", "zur person", "métier", "travail",
    "emploi", "formation", "études", "ménage", "foyer", "enfance", "jeunesse", "parcours", "résidence", "logement",
    "santé", "avant-propos", "dédicace", "hommage", "remerciements", "ambiance", "humeur", "objectif", "but",
    "déroulement", "perturbations", "salle", "pièce", "confidentialité", "anonymat", "recrutement", "contexte",
    "durée", "origine", "oficio", "ocupación", "profesión", "trabajo", "empleo", "estudios", "formación", "hogar",
    "vivienda", "infancia", "juventud", "domicilio", "residencia", "salud", "prefacio", "prólogo", "dedicatoria",
    "homenaje", "ambiente", "ánimo", "objetivo", "propósito", "desarrollo", "interrupciones", "sala", "entorno",
    "antecedentes", "motivo", "origen", "trayectoria", "biografía", "confidencialidad", "contacto", "ocupação",
    "profissão", "ofício", "trabalho", "emprego", "infância", "juventude", "domicílio", "residência", "moradia",
    "saúde", "prefácio", "homenagem", "humor", "formação", "situação", "enquadramento", "occupazione", "professione",
    "mestiere", "lavoro", "impiego", "studi", "formazione", "infanzia", "giovinezza", "residenza", "abitazione",
    "salute", "prefazione", "dedica", "omaggio", "umore", "scopo", "obiettivo", "svolgimento", "stanza",
    "impressioni", "sfondo", "contesto", "biografia", "riservatezza", "beroep", "werk", "opleiding", "huishouden",
    "jeugd", "kindertijd", "woonplaats", "woonsituatie", "gezondheid", "voorwoord", "inleiding", "opdracht",
    "verloop", "storingen", "ruimte", "achtergrond", "sfeer", "stemming", "doel", "aanleiding", "toestemming",
    "werving", "indruk", "omgeving", "zawód", "praca", "wykształcenie", "dzieciństwo", "młodość", "zamieszkanie",
    "zdrowie", "wstęp", "przedmowa", "dedykacja", "przebieg", "zakłócenia", "tło", "nastrój", "cel", "zgoda",
    "otoczenie", "yrke", "sysselsättning", "arbete", "utbildning", "hushåll", "barndom", "uppväxt", "bostadsort",
    "hälsa", "förord", "inledning", "förlopp", "störningar", "rum", "bakgrund", "stämning", "syfte", "miljö",
    "samtycke", "职业", "職業", "背景", "住所", "健康", "场景", "場所", "地点", "地點", "前言", "目的", "环境", "環境", "概要", "备注", "備考",
    "status",
];
/// Fields as well, unless they speak to somebody: `Family: Come in, he is here!`
#[rustfmt::skip]
const FAMILIES: &[&str] = &[
    "family", "familie", "famille", "familia", "família", "famiglia", "gezin", "familj", "rodzina", "家族", "家庭",
];
/// Last words of such fields: `Marital Status`.
const LAST: &[&str] = &["status", "history", "mood", "impression", "impressions", "environment", "relationship"];
/// Ends of words for such fields, which hardly a name has.
const ENDS: &[&str] = &["ation", "hood", "ology", "graphy", "keit", "heit", "schaft", "ierung"];
/// In front of its end such a word has more letters than these.
const MIN_STEM: usize = 2;
/// Words of whoever speaks to somebody.
#[rustfmt::skip]
const SPOKEN: &[&str] = &[
    "i", "i'm", "i'll", "i've", "i'd", "me", "my", "we", "we're", "we'll", "us", "our", "you", "you're", "you'll",
    "your", "ich", "mir", "mich", "mein", "wir", "uns", "unser", "du", "dir", "dich", "ihnen", "je", "j'ai", "moi",
    "nous", "vous", "tu", "toi", "votre", "entrez", "yo", "nosotros", "usted", "ustedes", "tú", "te", "io", "noi",
    "lei", "voi", "eu", "nós", "você", "ik", "wij", "u", "jij", "jag", "vi", "ja",
];

/// Whether a candidate stands alone right above the first label, before a sentence of one paragraph, or of one line.
pub(super) fn stands_alone(
    text: &str,
    c: usize,
    left: &[usize],
    candidates: &[Candidate],
    choice: &Choice,
    by_paragraph: bool,
) -> bool {
    let key = key(&candidates[c].label);
    if spoken_of::beside(c, left, choice) != [c] || is_field(&key) {
        return false;
    }
    let is_family = FAMILIES.contains(&key.as_str());
    let Some(said) = said(text, c, candidates, choice) else { return false };
    let is_whole = match by_paragraph {
        // Another field below makes it a header.
        true => said.by_lines().zip(0..).all(|(line, at)| !line.is_blank() && (at == 0 || !line.contains(": "))),
        false => said.by_lines().nth(1).is_none(),
    };
    let end = said.trim_end_matches(['"', '”', '“', '»', '’', '\'', ')', '」']);
    is_whole
        && end.ends_with(['.', '!', '?', '…', '。', '！', '？', '؟', '।'])
        && (said.split_whitespace().count() >= MIN_WORDS
            || (said.contains(|c| c >= WIDE) && said.chars().count() >= MIN_CHARS))
        && spoken_of::opening_letter(text, &candidates[c]).is_some_and(|letter| !letter.is_lowercase())
        && (!is_family || is_spoken(text, c, candidates, choice))
}

/// Whether a key is that of a field: `occupation`, `marital status`, and not `peter raum`.
fn is_field(key: &str) -> bool {
    let last = key.rsplit(' ').next().unwrap_or_default();
    let is_end = |end: &&str| last.strip_suffix(*end).is_some_and(|stem| stem.chars().count() > MIN_STEM);
    FIELDS.contains(&key) || (last.len() < key.len() && LAST.contains(&last)) || ENDS.iter().any(is_end)
}

/// Whether what stands there is spoken to somebody: `Come in, and mind the dog!`, `Can you hear me?`
pub(super) fn is_spoken(text: &str, c: usize, candidates: &[Candidate], choice: &Choice) -> bool {
    let said = said(text, c, candidates, choice).unwrap_or_default();
    let lower = said.to_lowercase().replace('’', "'");
    let mut words = lower.split(|c: char| !c.is_alphanumeric() && c != '\'');
    // `Sie` stands within a sentence where it is said to somebody.
    let is_polite =
        said.split_whitespace().skip(1).any(|word| word.trim_matches(|c: char| !c.is_alphabetic()) == "Sie");
    is_polite || said.contains(['?', '!', '？', '！', '؟']) || words.any(|word| SPOKEN.contains(&word))
}

/// What stands behind a candidate, up to the first label below it.
fn said<'t>(text: &'t str, c: usize, candidates: &[Candidate], choice: &Choice) -> Option<&'t str> {
    let first = choice.chosen.first().filter(|&&first| c < first)?;
    text.get(candidates[c].words..candidates[*first].line).map(str::trim)
}

#[cfg(test)]
mod tests {
    use super::super::super::super::speakers::Names;
    use super::super::super::read;

    /// The labels of a talk below these lines, and what is told.
    fn found(above: &str, group: &str) -> (Vec<String>, Vec<String>) {
        let text = format!("{above}{group}");
        let read = read(&text, &Names::default()).unwrap_or_default();
        let labels = read.stretches.into_iter().map(|turn| turn.label).collect();
        (labels, read.remarks.into_iter().map(|remark| remark.what).collect())
    }

    const TALK: &str = "Interviewer: How large was it?\n\nHugh: Ninety acres.\n\nInterviewer: What came first?\n\n\
                        Hugh: The pigs went.\n\nInterviewer: And then?\n\nHugh: Rain all day.";

    #[test]
    fn who_opens_a_talk_and_comes_once_is_a_speaker() {
        for (label, said) in [
            ("Daughter", "Come in, he is just washing the mud off."),
            ("His wife", "Come in, he is just washing the mud off."),
            ("Megan Pugh", "She has put her best cardigan on for you."),
            ("Hilda", "Before we start I want it noted that I came by bicycle."),
            ("Herbert", "Kommen Sie rein, es gibt noch Bohnen."),
        ] {
            for title in ["", "Interview 4, 3 May 2019\n\n"] {
                let talk = format!("{title}{label}: {said}\n\n");
                let (labels, told) = found(&talk, TALK);
                let labels: Vec<&String> = labels.iter().filter(|label| !label.is_empty()).collect();
                assert_eq!((labels.len(), labels[0].as_str()), (7, label), "{talk} {labels:?} {told:?}");
                assert_eq!(told, [format!("`{label}:` comes once and was taken for a speaker")]);
            }
        }
        let (labels, told) = found("Hilda: I came by bicycle in the snow.\n", &TALK.replace("\n\n", "\n"));
        assert_eq!((labels.len(), labels[0].as_str(), told.len()), (7, "Hilda", 1), "{labels:?} {told:?}");
    }

    #[test]
    fn who_may_open_a_talk_is_told() {
        let above = "Dispatcher: He has got twenty minutes before it goes out.\n\n";
        let (labels, told) = found(above, TALK);
        assert!(labels.len() == 7 && labels[0].is_empty() && told.len() == 1, "{labels:?} {told:?}");
        assert!(told[0].starts_with("`Dispatcher:` looks like a speaker but stands above the first label"), "{told:?}");
    }

    #[test]
    fn a_field_that_holds_a_sentence_is_told_of_nobody() {
        let fields = "Occupation, Profession, Purpose, Mood, Family, Childhood, Household, Domicile, Preface, \
                      Dedication, Tribute, Beruf, Familie, Wohnort, Gesundheit, Vorwort, Ablauf, Störungen, \
                      Raum, Hintergrund, Oficio, Living Situation, Marital Status, Hospitalisation, \
                      Nachbarschaft";
        for field in fields.split(", ") {
            let (labels, told) = found(&format!("{field}: He has worked as a baker since 1981.\n\n"), TALK);
            assert!(labels.len() == 7 && labels[0].is_empty() && told.is_empty(), "{field} {labels:?} {told:?}");
        }
        let (labels, told) = found("Familie: Kommen Sie rein, es gibt noch Bohnen.\n\n", TALK);
        assert!(labels.len() == 7 && told.len() == 1, "{labels:?} {told:?}");
        for name in ["Hilda", "Dispatcher", "Mason Ort", "Peter Raum", "Wood", "Schaft", "Megan Pugh"] {
            let (labels, told) = found(&format!("{name}: He has worked as a baker since 1981.\n\n"), TALK);
            assert!(labels.len() == 7 && told.len() == 1, "{name} {labels:?} {told:?}");
        }
    }

    #[test]
    fn fields_and_notes_above_a_talk_are_nobody() {
        for above in [
            "Setting: We met in her kitchen in the afternoon.\n\n",
            "Occupation: Farmer\n\n",
            "Occupation: farmer, and she mends all the fences.\n\n",
            "Note: I was late because of the snow.\n\n",
            "Background: I have known her for ten years.\n\n",
            "Farm: Moor End\nRoute: We left by the river.\n\n",
            "Farm: It lies above the river.\n\nFarmer: I have known her for ten years.\n\n",
        ] {
            let (labels, told) = found(above, TALK);
            let several = above.matches(": ").count() > 1;
            let is_nobody = labels.len() == 7 && labels[0].is_empty();
            assert!(is_nobody && (told.is_empty() || several), "{above} {labels:?} {told:?}");
        }
    }
}
