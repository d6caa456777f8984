//! How lines begin that programs, services and transcribers write, and what must stand behind that.
//!
//! In: a line, and the same in small letters. Out: whether it is a notice as a whole. `Captions by Hark` names who made
//! them; `Captions by the driver are my favourite part` begins so and is said: where a beginning may be spoken, what
//! follows it decides. It looks at no other line.

use super::made::is_service;
use super::parts::{is_address, is_date, is_in_numbers, is_name};
use super::words::{AT_A_TIME, BY_PEOPLE, BY_PROGRAMS, OF_TRANSCRIPTS, TRANSCRIBERS, WITH_NAMES, speaks, words_in};

/// Words of a line by which people sign, at most.
const SIGNATURE: usize = 9;
/// Letters of a word behind which a point ends a sentence, at least: `M. Cole`.
const WORD: usize = 3;

/// Who is spoken of, and what is said of them: in no such line.
#[rustfmt::skip]
const SPOKEN: &[&str] = &[
    "he", "she", "they", "him", "her", "his", "hers", "them", "their", "himself", "herself", "themselves", "myself",
];
#[rustfmt::skip]
const VERBS: &[&str] = &[
    "is", "are", "was", "were", "had", "has", "have", "did", "does", "do", "got", "made", "took", "came", "went",
    "said", "gave", "never", "wird", "wurde", "ist", "war", "sind", "hat", "haben",
];
/// What stands beside names.
#[rustfmt::skip]
const BESIDE: &[&str] = &[
    "and", "&", "of", "on", "the", "for", "from", "in", "at", "by", "with", "using", "via", "de", "del", "des", "du",
    "da", "do", "van", "von", "der", "la", "le", "les", "los", "für", "pour", "para", "per", "und", "et", "y", "e",
    "em", "am", "i", "a", "an",
    "ai", "automatic", "automatically", "automated", "artificial", "intelligence", "machine", "computer", "speech",
    "recognition", "software", "tool", "service", "system", "notation", "conventions", "intelligent", "verbatim",
    "model", "large", "medium", "small", "base", "edited", "corrected", "checked", "reviewed", "may", "might", "not",
    "contain", "errors", "be", "accurate", "proofread", "manually", "communauté", "comunidad", "community", "mit",
    "durch", "version", "pro", "free", "online",
];
/// Of these, those that name what did it.
const TOOLS: &[&str] = &["ai", "machine", "computer", "software", "recognition", "verbatim", "notation", "conventions"];

/// Whether a line, `text` in small letters, begins as programs write and says nothing else.
pub(super) fn is_by_program(bare: &str, text: &str) -> bool {
    let inner = text.strip_prefix('(').filter(|_| text.ends_with(')'));
    let (bare, text) = match inner {
        Some(inner) => (bare.trim_start_matches('('), inner.trim_end_matches(')')),
        None => (bare, text),
    };
    BY_PROGRAMS.iter().any(|start| text.starts_with(start))
        || behind(AT_A_TIME, text).is_some_and(|start| is_time(&text[start.len()..]))
        || behind(OF_TRANSCRIPTS, text).is_some_and(|start| tells_of_it(start, &text[start.len()..]))
        || behind(WITH_NAMES, text).is_some_and(|start| {
            let words: Vec<&str> = bare.split_whitespace().skip(start.split(' ').count()).collect();
            are_names(&words) && !speaks(text)
        })
}

/// Whether people sign a transcript with it; nothing where it begins otherwise: `Transcribed by: J. Müller`, and not
/// `Transcribed by hand.`
pub(super) fn is_signed(bare: &str, text: &str) -> Option<bool> {
    let start = BY_PEOPLE.iter().find(|start| text.starts_with(**start))?;
    let rest = text[start.len()..].trim_start();
    let is_field = start.ends_with(':') || rest.starts_with(':');
    let words = || bare.split_whitespace().skip(start.split(' ').count());
    let is_who = |word: &str| {
        let lower = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        // `Transkribiert von Hand`
        (is_name(word) && lower != "hand") || is_service(&lower) || TRANSCRIBERS.contains(&lower.as_str())
    };
    let tells_who = is_field || rest.is_empty() || words().any(is_who);
    Some(tells_who && text.split(' ').count() <= SIGNATURE && !speaks(text))
}

/// The beginning among several that a text has, whole words of it.
fn behind(list: &[&'static str], text: &str) -> Option<&'static str> {
    let is_whole = |start: &&&str| {
        text.strip_prefix(**start).is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '\''))
    };
    list.iter().find(is_whole).copied()
}

/// ` 01:02:03`, ` 1h 5m`: a time in figures, each with its unit.
fn is_time(rest: &str) -> bool {
    let has_digit = |word: &str| word.contains(|c: char| c.is_ascii_digit());
    let mut words = rest.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).peekable();
    words.peek().is_some() && words.all(has_digit) && is_in_numbers(rest) && rest.contains([':', 'h', 'm', 's'])
}

/// Whether what follows tells of a transcript, and is nobody's story: of `this transcript` more may be told.
fn tells_of_it(start: &str, rest: &str) -> bool {
    let is_told = || words_in(sentence(rest)).any(|word| VERBS.contains(&word));
    !speaks(rest) && !words_in(rest).any(|word| SPOKEN.contains(&word)) && (start.starts_with("this ") || !is_told())
}

/// The first sentence of a text.
fn sentence(text: &str) -> &str {
    let ends = |at: usize| {
        let word = text[..at].rsplit(char::is_whitespace).next().unwrap_or_default();
        word.chars().count() >= WORD
    };
    text.match_indices(". ").map(|(at, _)| at).find(|&at| ends(at)).map_or(text, |at| &text[..at])
}

/// Whether words, to the end of their sentence, are names, services, dates and what stands beside these.
fn are_names(words: &[&str]) -> bool {
    let mut names = 0;
    for word in words {
        let lower = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        let has_number = word.contains(|c: char| c.is_ascii_digit());
        let is_named = has_number || is_name(word) || is_address(word) || is_service(&lower);
        let is_when = is_date(&format!("1 {lower}"));
        if !is_named && !is_when && !lower.is_empty() && !BESIDE.contains(&lower.as_str()) {
            return false;
        }
        names += usize::from(is_named || TOOLS.contains(&lower.as_str()));
        let is_end = word.ends_with('.') && lower.chars().count() >= WORD && !is_address(word);
        if is_end || word.ends_with(';') {
            break;
        }
    }
    names > 0
}

#[cfg(test)]
mod tests {
    use super::super::is_notice;

    #[test]
    fn what_programs_write_is_a_notice_by_what_follows_its_beginning() {
        for line in [
            "Transcription ended after 01:02:03",
            "Meeting ended after 00:30:11 👋",
            "Recording ended after 1h 5m 3s",
            "This transcript was generated by Otter.ai. It may contain errors.",
            "This transcript was created by a professional transcriber.",
            "This transcript was generated by AI and has not been checked.",
            "This transcript was created by the oral history team in 2009.",
            "Transcript provided by the county library.",
            "Transcribed by https://otter.ai",
            "Transcribed by Otter and checked by Ida Lund against the audio in May 2031",
            "(Transcribed by TurboScribe.ai. Go Unlimited to remove this message.)",
            "Transcribed using Whisper large-v3 on 3 May 2031",
            "Transcribed using Jeffersonian notation.",
            "Captions by Hark Media",
            "Closed captions by the National Captioning Institute",
            "Subtitles by the Amara.org community",
            "Untertitel im Auftrag des ZDF für funk, 2017",
            "Sous-titres réalisés par la communauté d'Amara.org",
            "Subtítulos realizados por la comunidad de Amara.org",
            "Automatisch transkribiert mit Whisper",
        ] {
            assert!(is_notice(line), "{line}");
        }
    }

    #[test]
    fn an_answer_that_begins_as_programs_write_is_somebodys() {
        for line in [
            "Transcription ended after two hours because the inspector wanted his laptop back, and we kept talking.",
            "Meeting ended after ten minutes, the manager left, and the rest of us went for chips.",
            "Meeting ended after ten minutes as usual.",
            "Meeting ended after 10 minutes.",
            "Recording ended after the hens came in, so you will never hear what he offered me.",
            "Transcribed by Reverend Pugh himself, the hymn still had two wrong notes in the alto.",
            "Transcribed by Rev. Pugh himself, the hymn still had two wrong notes in the alto.",
            "Transcribed using a pencil and a borrowed gramophone, that song took my father a winter.",
            "Transcribed using a pencil.",
            "Captions by the driver are my favourite part of the job, I announce every stop in rhyme.",
            "Captions by the driver are the best of it.",
            "This transcript was created by my aunt, she read it to the court and they gave us the ditch.",
            "Transcription provided by the clinic was useless.",
            "Subtitles provided by children.",
            "Sous-titres réalisés par une voisine.",
            "Automatisch transkribiert haben wir das nie.",
        ] {
            assert!(!is_notice(line), "{line}");
        }
    }

    #[test]
    fn who_transcribed_is_told_by_a_name_or_an_office() {
        for line in [
            "Transcribed by: ida",
            "Transcribed by Ida Lund",
            "Transcribed by the research team",
            "Transcriber: ida",
            "Transkribiert von Lena Vogt",
            "Transkription: ehrenamtlich",
        ] {
            assert!(is_notice(line), "{line}");
        }
        for line in ["Transcribed by hand.", "Transkribiert von Hand.", "Transkribiert von hinten nach vorne."] {
            assert!(!is_notice(line), "{line}");
        }
    }
}
