//! What stands below the last answer only: `--- END ---`, `Transcribed with Hark Pro`, `Word count: 5,120`.
//!
//! In: a line at the end of a transcript, with other lines of the turn above it. Out: whether it closes the transcript
//! for sure, or may. Within an answer the same words are somebody's, so it is asked of no other line, and of no table of
//! answers. What may as well be said, as `The meeting ended.`, is never sure.

use super::words::SELF;

/// Such lines are no longer, in bytes and words.
const LONGEST: usize = 240;
const WORDS: usize = 30;
/// Words of a line that says that something ended.
const FEW: usize = 8;
/// Marks that set an end off, at least.
const MARKS: usize = 3;

/// What closes a transcript where it is set off by marks; not `fine`, which is an answer.
const THE_END: [&str; 10] = ["end", "the end", "ende", "fin", "einde", "koniec", "konec", "slut", "fim", "конец"];
/// Whole lines of programs and transcribers.
#[rustfmt::skip]
const WHOLE: [&str; 24] = [
    "this recording has ended", "this recording has been stopped", "the recording has been stopped",
    "die aufzeichnung wurde beendet", "die aufnahme wurde beendet", "die aufzeichnung wurde gestoppt",
    "l'enregistrement a été arrêté", "vous avez quitté la réunion", "sie haben die besprechung verlassen",
    "transkript ende", "ende transkript", "interview ende", "ende interview", "aufnahme ende", "ende aufnahme",
    "tape ends here", "recording ends here", "audio ends here", "transcript ends here",
    "edited for length", "edited for clarity", "edited for length and clarity", "edited for clarity and length",
    "this interview has been edited for length and clarity",
];
/// What is told behind a colon, in numbers, dates and blanks alone.
#[rustfmt::skip]
const KEYS: [&str; 14] = [
    "word count", "number of words", "wortzahl", "anzahl wörter", "nombre de mots", "date transcribed",
    "date of transcription", "transcription date", "datum der transkription", "interviewer signature",
    "signature of interviewer", "transcriber signature", "signature of transcriber", "signature",
];
/// Words that stand with numbers there.
#[rustfmt::skip]
const WITH_NUMBERS: [&str; 21] = [
    "words", "pages", "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december", "jan", "feb", "aug", "sept", "oct", "nov", "dec",
];
/// Before what was made.
#[rustfmt::skip]
const LEADS: [&str; 12] = [
    "this", "the", "full", "verbatim", "automatic", "automatically", "ai", "clean", "edited", "complete", "original",
    "audio",
];
/// What was made, which is nothing else but a transcript; an interview only as `this` one.
const MADE: [&str; 7] = ["transcript", "transcription", "document", "subtitles", "captions", "transkript", "interview"];
/// What is done to transcripts alone.
const TRANSCRIBED: [&str; 4] = ["transcribed", "transkribiert", "transcrit", "transcrito"];
/// What is done to them and to other things.
#[rustfmt::skip]
const DONE: [&str; 17] = [
    "prepared", "edited", "generated", "created", "exported", "downloaded", "produced", "provided", "checked",
    "reviewed", "proofread", "powered", "corrected", "erstellt", "geprüft", "relu", "notes",
];
const WAS: [&str; 5] = ["was", "were", "has", "been", "wurde"];
/// Before whoever, or whatever, did it.
const BY: [&str; 8] = ["by", "with", "using", "via", "von", "mit", "par", "por"];
/// Within names, dates and lists of them.
const WITHIN: [&str; 16] =
    ["and", "&", "of", "on", "the", "de", "van", "von", "der", "du", "la", "für", "und", "et", "am", "pm"];
/// What it was done for.
const FOR: [&str; 6] = ["for", "length", "clarity", "brevity", "accuracy", "readability"];

/// Whole lines that may as well be said.
const MAY_BE_SAID: [&str; 4] =
    ["nb: names changed", "names changed", "names have been changed", "all names have been changed"];

/// How sure it is that a line closes a transcript.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Closing {
    Sure,
    /// A line beside it that is sure makes it so: `Notes by Hark`.
    Beside,
    /// It may as well be said.
    Doubtful,
}

/// Whether a line closes a transcript.
pub(super) fn closing(line: &str) -> Option<Closing> {
    let line = line.trim();
    if line.len() > LONGEST {
        return None;
    }
    let bare = line.trim_matches(|c: char| !c.is_alphanumeric());
    let lower = bare.to_lowercase().replace('’', "'");
    if is_end(line) || WHOLE.contains(&lower.as_str()) || is_key(line) || is_court(line, &lower) || is_link(&lower) {
        return Some(Closing::Sure);
    }
    if MAY_BE_SAID.contains(&lower.as_str()) {
        return Some(Closing::Doubtful);
    }
    if line.contains("://") && !line.contains(char::is_whitespace) {
        return Some(Closing::Beside);
    }
    let words: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|word| !word.is_empty()).collect();
    // `I. Lund` is somebody's initial.
    let said = lower.replace(" i. ", " ");
    let speaks = said.split(|c: char| !c.is_alphanumeric() && c != '\'').any(|word| SELF.contains(&word));
    if words.len() > WORDS || speaks {
        return None;
    }
    credits(line).or_else(|| has_ended(&words).then(|| if is_stamp(line) { Closing::Sure } else { Closing::Doubtful }))
}

/// `--- END ---`, `[Ende]`, `#end`
pub(super) fn is_end(line: &str) -> bool {
    let inner = line.trim_matches(|c: char| " -*=_~#[]".contains(c)).to_lowercase();
    let run = |mark: char| line.chars().take_while(|c| *c == mark || *c == ' ').filter(|c| *c == mark).count();
    let is_set_off = (line.starts_with('[') && line.ends_with(']'))
        || line.starts_with('#')
        || ['-', '*', '=', '_', '~'].into_iter().any(|mark| run(mark) >= MARKS);
    is_set_off && THE_END.contains(&inner.as_str())
}

/// `Word count: 5,120`, `Date transcribed: 2 May 2031`, `Interviewer signature: ____`
fn is_key(line: &str) -> bool {
    let line = line.trim_matches(['(', ')', '[', ']', '*']);
    let Some((key, value)) = line.split_once(':') else { return false };
    let key = key.trim().to_lowercase();
    let is_blank = !value.contains(char::is_alphanumeric);
    let is_number = |word: &str| {
        let word = word.to_lowercase();
        word.starts_with(|c: char| c.is_ascii_digit()) || WITH_NUMBERS.contains(&word.as_str())
    };
    let mut words = value.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    KEYS.contains(&key.as_str()) && if key.contains("signature") { is_blank } else { !is_blank && words.all(is_number) }
}

/// `(Whereupon the interview concluded at 4:10 p.m.)`
fn is_court(line: &str, lower: &str) -> bool {
    line.starts_with(['(', '[']) && lower.starts_with("whereupon")
}

/// `View original transcript at https://…`
fn is_link(lower: &str) -> bool {
    let opens = lower.starts_with("view ") || lower.starts_with("open ");
    opens && lower.contains("://") && ["transcript", "recording", "original"].iter().any(|what| lower.contains(what))
}

/// `Meeting ended 9:15 AM`: no sentence, with a time to the minute.
fn is_stamp(line: &str) -> bool {
    let parts = |word: &str| word.split(':').filter(|part| part.parse::<u32>().is_ok()).count();
    let words: Vec<&str> = line.split_whitespace().map(|word| word.trim_matches(['(', ')', '[', ']'])).collect();
    !line.ends_with('.')
        && words.iter().any(|word| parts(word) > 1)
        && !words.iter().any(|word| matches!(word.to_lowercase().as_str(), "the" | "a" | "at" | "our"))
}

/// Nothing but what was recorded, that it ended, and when.
fn has_ended(words: &[&str]) -> bool {
    #[rustfmt::skip]
    const RECORDED: [&str; 23] = [
        "recording", "tape", "meeting", "call", "interview", "transcript", "transcription", "audio", "session", "video",
        "aufzeichnung", "aufnahme", "transkript", "besprechung", "enregistrement", "entretien", "réunion", "grabación",
        "entrevista", "reunión", "registrazione", "intervista", "opname",
    ];
    #[rustfmt::skip]
    const ENDED: [&str; 16] = [
        "end", "ends", "ended", "stopped", "stops", "concluded", "finished", "ende", "beendet", "endet", "gestoppt",
        "terminé", "terminée", "finalizada", "terminata", "beëindigd",
    ];
    #[rustfmt::skip]
    const BESIDE: [&str; 29] = [
        "the", "this", "of", "has", "have", "been", "was", "is", "now", "here", "at", "after", "am", "pm", "h", "min",
        "minutes", "die", "das", "der", "wurde", "ist", "um", "uhr", "nach", "le", "la", "l", "est",
    ];
    let is_of = |list: &[&str], word: &str| list.contains(&word.strip_prefix("l'").unwrap_or(word));
    let is_time = |word: &str| word.len() <= 2 && word.bytes().all(|b| b.is_ascii_digit());
    words.len() <= FEW
        && words.iter().any(|word| is_of(&RECORDED, word))
        && words.iter().any(|word| is_of(&ENDED, word))
        && words
            .iter()
            .all(|word| is_of(&RECORDED, word) || is_of(&ENDED, word) || BESIDE.contains(word) || is_time(word))
}

/// Whether all sentences of a line say who, or what, made the transcript: the first for sure, the others, too, or whose
/// it is.
fn credits(line: &str) -> Option<Closing> {
    let line = line.trim_matches(['(', ')', '[', ']', '*', '_', ' ']);
    let mut sentences: Vec<&str> = Vec::new();
    let mut rest = line;
    // A point behind a single letter ends no sentence: `M. Cole`.
    while let Some(at) = rest.match_indices(". ").map(|(at, _)| at).find(|&at| {
        rest[..at].rsplit(|c: char| !c.is_alphanumeric()).next().is_some_and(|word| word.chars().count() > 2)
    }) {
        sentences.push(&rest[..at]);
        rest = &rest[at + 2..];
    }
    sentences.push(rest);
    let (first, others) = sentences.split_first()?;
    let is_more = |sentence: &&str| {
        sentence.starts_with('©') || sentence.starts_with("Go Unlimited") || credit(sentence).is_some()
    };
    credit(first).filter(|_| others.iter().all(is_more))
}

/// `Transcribed with Hark Pro`, `Document generated on 2031-05-02 by Hark`: what was made, and then by whom or with
/// what, in names, dates and addresses alone.
fn credit(sentence: &str) -> Option<Closing> {
    let plain = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric() && c != '&').to_lowercase();
    let words: Vec<(&str, String)> = sentence.split_whitespace().map(|word| (word, plain(word))).collect();
    let among = |list: &[&str], at: usize| words.get(at).is_some_and(|(_, word)| list.contains(&word.as_str()));
    let mut at = 0;
    while among(&LEADS, at) && !(among(&DONE, at) && among(&BY, at + 1)) {
        at += 1;
    }
    let lead = at;
    let is_made = among(&MADE, at);
    let is_interview = is_made && words[at].1 == "interview";
    at += usize::from(is_made);
    let was = at;
    while among(&WAS, at) {
        at += 1;
    }
    let is_transcribed = among(&TRANSCRIBED, at);
    if !is_transcribed && !among(&DONE, at) {
        return None;
    }
    let fetched = matches!(words[at].1.as_str(), "downloaded" | "exported");
    let is_notes = words[at].1 == "notes";
    let told = was == at || words[..at].iter().all(|(_, word)| word != "the");
    at += 1;
    let (mut is_named, mut has_address) = (false, false);
    while let Some((word, bare)) = words.get(at) {
        let is_by = among(&BY, at) || (fetched && bare == "from");
        let is_of_credit = is_name(word)
            || WITHIN.contains(&bare.as_str())
            || FOR.contains(&bare.as_str())
            || (among(&DONE, at) && !is_notes);
        if is_by && words.get(at + 1).is_some_and(|(next, _)| is_name(next)) {
            is_named = true;
        } else if !is_of_credit {
            return None;
        }
        has_address |= is_address(word);
        at += 1;
    }
    if !is_named || !sentence.trim_start().starts_with(char::is_uppercase) {
        return None;
    }
    let is_this = lead > 0 && words[0].1 == "this";
    let of_transcript = is_made && (!is_interview || is_this) && told;
    let is_sure = !is_notes && ((is_transcribed && told) || of_transcript || has_address);
    Some(if is_sure { Closing::Sure } else { Closing::Beside })
}

/// `Cole`, `2011`, `https://hark.example`, `oTranscribe`
fn is_name(word: &str) -> bool {
    let word = word.trim_start_matches(|c: char| !c.is_alphanumeric());
    word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
        || word.chars().skip(1).any(char::is_uppercase)
        || is_address(word)
}

/// `Hark.ai`, `https://hark.example/t/1`, `ida@hark.example`
fn is_address(word: &str) -> bool {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    let domain = word.rsplit_once('.').is_some_and(|(name, end)| {
        name.chars().count() > 2 && (2..=4).contains(&end.len()) && end.bytes().all(|b| b.is_ascii_lowercase())
    });
    word.contains("://") || word.contains('@') || domain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_closes_a_transcript_is_told_by_its_form() {
        for line in [
            "--- END ---",
            "* * * END * * *",
            "*** Ende ***",
            "#end",
            "[Fin]",
            "Transkript Ende",
            "Tape ends here.",
            "This recording has ended.",
            "Die Aufzeichnung wurde beendet",
            "Meeting ended 9:15 AM",
            "Vous avez quitté la réunion",
            "Transcribed with Hark Pro",
            "(Transcribed by Hark. Go Unlimited to remove this message.)",
            "Transcript downloaded from Hark.com",
            "Powered by Hark.ai",
            "Created with oHark.com",
            "Verbatim transcript prepared by Ubu",
            "Document generated on 2031-05-02 by Hark",
            "Transcribed 2 May 2031 by I. Lund, checked by J. Moss.",
            "This interview was transcribed by Ida Lund and edited by Jon Moss for clarity. © The Hull Trust",
            "Edited for length and clarity.",
            "Word count: 5,120",
            "Date transcribed: 2 May 2031",
            "Interviewer signature: ______",
            "View original transcript at https://example.org/t/1",
            "(Whereupon the interview concluded at 4:10 p.m.)",
        ] {
            assert_eq!(closing(line), Some(Closing::Sure), "{line}");
        }
    }

    #[test]
    fn what_may_be_said_is_never_sure() {
        for line in [
            "The call ended at 5.",
            "The meeting ended.",
            "The interview stopped after 10 minutes.",
            "The tape stopped.",
            "The video ends.",
            "The end of the tape.",
            "Call ended.",
            "The meeting ended at 10:42.",
            "Names changed.",
        ] {
            assert_eq!(closing(line), Some(Closing::Doubtful), "{line}");
        }
        for line in [
            "Notes by Ida.",
            "Edited by Ida Lund",
            "https://example.org/t/1",
            "The transcript was checked by Ida.",
            "Created by God.",
        ] {
            assert_eq!(closing(line), Some(Closing::Beside), "{line}");
        }
    }

    #[test]
    fn what_people_say_closes_nothing() {
        for line in [
            "End",
            "The end.",
            "\"The end.\"",
            "...end",
            "– Fin",
            "- Fin",
            "« Fine »",
            "(fine)",
            "[fine]",
            "--- fine ---",
            "\"Fine,\" she said.",
            "That was the end of it.",
            "The session was over at 10 am and then it ended.",
            "Names changed overnight.",
            "Transcript from Hull, with marks.",
            "Notes from Ida.",
            "Notes from Ida were all over the kitchen.",
            "Notes with Ida on Tuesday, then home.",
            "Downloaded from Kazaa, the lot of it.",
            "Created by God, my gran said.",
            "Exported from Poland, those looms.",
            "Powered by Diesel back then.",
            "Signature: nobody would give one.",
            "Word count: nobody kept one.",
            "It was written by Chekhov, and nobody came.",
            "We transcribed it with Ida.",
            "Transcribed by hand.",
            "Transcribed by Ida, who hated it.",
            "View from the original window.",
            "Then the recording stopped and she cried.",
        ] {
            assert_eq!(closing(line), None, "{line}");
        }
    }
}
