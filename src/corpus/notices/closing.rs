//! What stands below the last answer only: `--- END ---`, `The recording has been stopped`, `Transcribed with Hark Pro`,
//! `Word count: 4,312`.
//!
//! In: a line at the end of a transcript, with other lines of the turn above it. Out: whether it closes the transcript.
//! Within an answer the same words are somebody's, so it is asked of no other line.

use super::words::{CLOSINGS, ENDED, KEYS, MADE, MADE_BY, RECORDED, SELF, THE_END};

/// Such lines are no longer, in bytes and words.
const LONGEST: usize = 160;
const WORDS: usize = 14;
/// Words of a line that says that something ended.
const FEW: usize = 8;
/// What was made stands among so many words.
const OPENING: usize = 4;

/// Whether a line closes a transcript.
pub(super) fn is_closing(line: &str) -> bool {
    let line = line.trim();
    if line.len() > LONGEST {
        return false;
    }
    let bare = line.trim_matches(|c: char| !c.is_alphanumeric());
    let lower = bare.to_lowercase().replace('’', "'");
    // `--- END ---`, but not an answer that is `End`.
    if THE_END.contains(&lower.as_str()) {
        return !line.starts_with(char::is_alphanumeric);
    }
    let opening = line.trim_start_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    if KEYS.iter().any(|key| opening.starts_with(key)) || CLOSINGS.contains(&lower.as_str()) {
        return true;
    }
    let words: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|word| !word.is_empty()).collect();
    if words.len() > WORDS || words.iter().any(|word| SELF.contains(word)) {
        return false;
    }
    has_ended(&words) || is_credit(bare)
}

/// `This recording has ended.`, `Meeting ended 10:42 AM`, `Fin de l'enregistrement (42 min 10 s)`: nothing but what
/// was recorded, that it ended, and when.
fn has_ended(words: &[&str]) -> bool {
    const BESIDE: [&str; 40] = [
        "the", "this", "of", "has", "have", "been", "was", "is", "now", "here", "at", "after", "am", "pm", "h", "min",
        "s", "sec", "minutes", "die", "das", "der", "des", "wurde", "ist", "hier", "um", "uhr", "nach", "le", "la",
        "l", "de", "est", "a", "été", "ha", "sido", "van", "het",
    ];
    let is_of = |list: &[&str], word: &str| list.contains(&word.strip_prefix("l'").unwrap_or(word));
    let is_time = |word: &str| word.len() <= 2 && word.bytes().all(|b| b.is_ascii_digit());
    words.len() <= FEW
        && words.iter().any(|word| is_of(RECORDED, word))
        && words.iter().any(|word| is_of(ENDED, word))
        && words
            .iter()
            .all(|word| is_of(RECORDED, word) || is_of(ENDED, word) || BESIDE.contains(word) || is_time(word))
}

/// `Transcribed with Hark Pro`, `Document generated on 2024-05-03 by Hark`: what was made among the first words, and
/// then by whom or with what, a name.
fn is_credit(bare: &str) -> bool {
    let words: Vec<&str> = bare.split_whitespace().collect();
    let plain = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let Some(made) = words.iter().take(OPENING).position(|word| MADE.contains(&plain(word).as_str())) else {
        return false;
    };
    let is_name = |word: &str| {
        word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
            || word.contains("://")
            || word.starts_with("www.")
    };
    bare.starts_with(char::is_uppercase)
        && words[made + 1..].windows(2).any(|pair| MADE_BY.contains(&pair[0]) && is_name(pair[1]))
}

#[cfg(test)]
mod tests {
    use super::is_closing;

    #[test]
    fn what_closes_a_transcript_is_told_by_its_form() {
        for line in [
            "--- END ---",
            "* * * END * * *",
            "#end",
            "[Ende]",
            "Transkript Ende",
            "Tape ends here.",
            "This recording has ended.",
            "The recording has been stopped",
            "Die Aufzeichnung wurde beendet",
            "Meeting ended 10:42 AM",
            "Fin de l'enregistrement (42 min 10 s)",
            "Vous avez quitté la réunion",
            "Transcribed with Hark Pro",
            "(Transcribed by Hark. Go Unlimited to remove this message.)",
            "Notes by Hark",
            "Transcript downloaded from Hark.com",
            "Powered by Hark.ai",
            "Verbatim transcript prepared by Ubu",
            "Document generated on 2024-05-03 by Hark",
            "Transcribed 5 May 2011 by M. Cole, checked by D. Oakes.",
            "Edited for length and clarity.",
            "Word count: 4,312",
            "Date transcribed: 5 May 2011",
            "Interviewer signature: ______",
            "View original transcript at https://example.org/t/1",
        ] {
            assert!(is_closing(line), "{line}");
        }
    }

    #[test]
    fn what_people_say_closes_nothing() {
        for line in [
            "End",
            "The end.",
            "That was the end of it.",
            "The meeting ended in tears.",
            "Then the recording stopped and she cried.",
            "The tape was made by my brother.",
            "It was written by Chekhov, and nobody came.",
            "Notes by my bed, always.",
            "We transcribed it with Anna.",
            "I was powered by Coffee.",
            "Made with love.",
            "Words count: they always did.",
            "The session is over the moment she leaves.",
        ] {
            assert!(!is_closing(line), "{line}");
        }
    }
}
