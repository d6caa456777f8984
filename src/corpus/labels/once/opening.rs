//! Who opens a talk and comes once: `Daughter: Come in, he is in the garden.` above the first label that is known.
//!
//! In: a candidate above all labels, and the others of its text. Out: whether it stands right above the first label,
//! alone and before a sentence; and whether that is spoken to somebody. It takes in nobody, since a field of a header
//! (`Setting: It was her kitchen.`) stands there as well.

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
    "interviewsituation", "einwilligung", "transkription", "stichwörter", "cadre", "lieu", "préambule", "consentement",
    "contexto", "lugar", "situación", "preámbulo", "consentimiento", "luogo", "situazione", "premessa", "plaats",
    "situatie", "miejsce",
];
/// Words of whoever speaks to somebody.
#[rustfmt::skip]
const SPOKEN: &[&str] = &[
    "i", "i'm", "i'll", "i've", "i'd", "me", "my", "we", "we're", "we'll", "us", "our", "you", "you're", "you'll",
    "your", "ich", "mir", "mich", "mein", "wir", "uns", "unser", "du", "dir", "dich", "ihnen", "je", "j'ai", "moi",
    "nous", "vous", "tu", "toi", "votre", "entrez", "yo", "nosotros", "usted", "ustedes", "tú", "te", "io", "noi", "lei", "voi",
    "eu", "nós", "você", "ik", "wij", "u", "jij", "jag", "vi", "ja",
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
    let Some(said) = said(text, c, candidates, choice) else { return false };
    let is_whole = match by_paragraph {
        // Another field below makes it a header.
        true => said.lines().zip(0..).all(|(line, at)| !line.trim().is_empty() && (at == 0 || !line.contains(": "))),
        false => said.lines().nth(1).is_none(),
    };
    let end = said.trim_end_matches(['"', '”', '“', '»', '’', '\'', ')', '」']);
    is_whole
        && end.ends_with(['.', '!', '?', '…', '。', '！', '？', '؟', '।'])
        && (said.split_whitespace().count() >= MIN_WORDS
            || (said.contains(|c| c >= WIDE) && said.chars().count() >= MIN_CHARS))
        && spoken_of::opening_letter(text, &candidates[c]).is_some_and(|letter| !letter.is_lowercase())
        && !FIELDS.contains(&key(&candidates[c].label).as_str())
        && spoken_of::beside(c, left, choice) == [c]
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
