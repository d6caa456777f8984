//! What stands below the last answer only: `--- END ---`, `Transcribed with Hark Pro`, `Word count: 5,120`, and what
//! [pages](super::pages) have there.
//!
//! In: a line at the end of a transcript, with other lines of the turn above it. Out: whether it closes the transcript
//! for sure, or may. Within an answer the same words are somebody's, so it is asked of no other line, and of no table of
//! answers. What may as well be said, as `The meeting ended.`, is never sure.

use super::ended::{Ended, ended};
use super::fields;
use super::made;
pub(super) use super::made_by::{Closing, duration};
use super::made_by::{DURATIONS, LEADS, MADE, credit};
use super::pages::{self, Kind};
use super::parts::{is_in_numbers, is_name};
use super::words::{BY_WHOM, speaks, words_in};
use super::{captions, certificate, credits, headed, records, services, video};

/// Such lines are no longer, in bytes and words.
const LONGEST: usize = 240;
const WORDS: usize = 30;
/// Marks that set an end off, at least.
const MARKS: usize = 3;

/// What closes a transcript where it is set off by marks; not `fine`, which is an answer.
const THE_END: [&str; 10] = ["end", "the end", "ende", "fin", "einde", "koniec", "konec", "slut", "fim", "конец"];
/// Whole lines of programs and transcribers.
#[rustfmt::skip]
const WHOLE: [&str; 26] = [
    "this recording has ended", "this recording has been stopped", "the recording has been stopped",
    "die aufzeichnung wurde beendet", "die aufnahme wurde beendet", "die aufzeichnung wurde gestoppt",
    "l'enregistrement a été arrêté", "vous avez quitté la réunion", "sie haben die besprechung verlassen",
    "transkript ende", "ende transkript", "interview ende", "ende interview", "aufnahme ende", "ende aufnahme",
    "tape ends here", "recording ends here", "audio ends here", "transcript ends here", "recording stopped by host",
    "host ended the meeting",
    "edited for length", "edited for clarity", "edited for length and clarity", "edited for clarity and length",
    "this interview has been edited for length and clarity",
];
/// What is told behind a colon, in numbers, dates and blanks alone.
#[rustfmt::skip]
const KEYS: [&str; 51] = [
    "word count", "number of words", "total words", "total word count", "wortzahl", "gesamtwortzahl", "anzahl wörter",
    "nombre de mots", "número de palabras", "numero di parole", "aantal woorden", "interview duration",
    "duration of interview", "duration of the interview", "interview length", "length of interview",
    "length of the interview", "recording duration", "duration of recording", "recording length",
    "length of recording", "audio length", "interviewdauer", "dauer des interviews", "gesprächsdauer",
    "dauer der aufnahme", "aufnahmedauer", "durée de l'entretien", "durée de l'enregistrement",
    "duración de la entrevista", "duración de la grabación", "durata dell'intervista", "duur van het interview",
    "duração da entrevista", "date transcribed", "date of transcription", "transcription date",
    "datum der transkription", "interviewer signature", "signature of interviewer", "transcriber signature",
    "signature of transcriber", "signature", "signed", "interviewer's signature", "participant signature",
    "participant's signature", "signature of participant", "total length", "total duration", "total recording time",
];
/// From here on nothing but a colon tells them.
const WITH_COLON: usize = 34;
/// How postscripts begin.
#[rustfmt::skip]
const AFTERWARDS: [&str; 18] = [
    "after the recording", "after the interview", "after the end of the", "after the recorder", "after the tape",
    "once the recorder", "nach dem ende", "nach der aufnahme", "nach dem interview", "nach ende", "après l'entretien",
    "après la fin", "después de la entrevista", "tras la entrevista", "dopo l'intervista", "na het interview",
    "po zakończeniu", "efter intervjun",
];
/// Words of their names, at most.
const INITIALS: usize = 4;

/// Whole lines that may as well be said.
const MAY_BE_SAID: [&str; 4] =
    ["nb: names changed", "names changed", "names have been changed", "all names have been changed"];

/// Whether a line closes a transcript.
pub(super) fn closing(line: &str) -> Option<Closing> {
    let line = line.trim();
    if services::is_one(line) || is_postscript(line) {
        return Some(Closing::Sure);
    }
    if line.len() > LONGEST {
        return None;
    }
    let bare = line.trim_matches(|c: char| !c.is_alphanumeric());
    let lower = bare.to_lowercase().replace('’', "'");
    let is_known = is_end(line) || WHOLE.contains(&lower.as_str()) || is_key(line) || is_count(&lower);
    if is_known
        || is_timed_end(line)
        || fields::is_one(line)
        || is_court(line, &lower)
        || certificate::is_formula(line)
        || has_remark(line, &lower)
        || is_link(line, &lower)
        || is_by_whom(line)
        || headed::is_one(line)
        || video::is_production(line)
        || video::is_music(line)
    {
        return Some(Closing::Sure);
    }
    if records::is_time_of_day(line) {
        return Some(Closing::Beside);
    }
    if let Some(kind) = pages::kind(line) {
        return Some(match kind {
            Kind::Sure => Closing::Sure,
            Kind::Apart => Closing::Apart,
            Kind::Doubtful => Closing::Doubtful,
        });
    }
    if records::is_one(line) || captions::is_one(line) {
        let of_transcript = credits(line) == Some(Closing::Sure) || credits::is_one(line);
        return Some(if of_transcript { Closing::Sure } else { Closing::Apart });
    }
    // `End`, not `The end.`
    if line.starts_with(char::is_uppercase) && THE_END.contains(&line.to_lowercase().as_str()) {
        return Some(Closing::Apart);
    }
    if let Some(is_clock) = duration(&lower) {
        return Some(if is_clock { Closing::Sure } else { Closing::Doubtful });
    }
    if MAY_BE_SAID.contains(&lower.as_str()) {
        return Some(Closing::Doubtful);
    }
    let words: Vec<&str> = words_in(&lower).collect();
    // `I. Lund` is somebody's initial.
    if words.len() > WORDS || speaks(&lower.replace(" i. ", " ")) {
        return None;
    }
    if made::is_one(&words) {
        return Some(Closing::Apart);
    }
    let has_ended =
        || ended(line, &words).map(|how| if how == Ended::Noted { Closing::Sure } else { Closing::Doubtful });
    let bare = line.trim_matches(['(', ')', '[', ']', '*', '_', ' ']);
    let kind = credits(line).or_else(|| credits::is_one(bare).then_some(Closing::Sure)).or_else(has_ended);
    let may_stand_apart = kind != Some(Closing::Sure) && fields::is_initialled(line);
    if may_stand_apart { Some(Closing::Apart) } else { kind }
}

/// `[After the recording she showed photos of the farm. She also said that her husband had died.]`: in one pair of
/// square brackets what somebody else tells of the end of the recording.
fn is_postscript(line: &str) -> bool {
    let inner = line.strip_prefix('[').and_then(|inner| inner.strip_suffix(']'));
    inner.is_some_and(|inner| {
        let lower = inner.to_lowercase().replace('’', "'");
        let begins = AFTERWARDS.iter().any(|start| lower.starts_with(start));
        begins && inner.ends_with('.') && !inner.contains(['[', ']', '?']) && !speaks(&lower)
    })
}

/// `--- END ---`, `-- End --`, `[Ende]`, `#end`, `END`
pub(super) fn is_end(line: &str) -> bool {
    const BRACKETS: [(char, char); 3] = [('[', ']'), ('(', ')'), ('<', '>')];
    let inner = line.trim_matches(|c: char| " -–—=*_~#[]()<>".contains(c));
    let is_loud = inner.contains(char::is_uppercase) && !inner.contains(char::is_lowercase);
    let inner = inner.to_lowercase();
    let run = |mark: char| line.chars().take_while(|c| *c == mark || *c == ' ').filter(|c| *c == mark).count();
    let is_set_off = BRACKETS.iter().any(|&(open, close)| line.starts_with(open) && line.ends_with(close))
        || line.starts_with('#')
        || is_loud
        || ['-', '–', '—', '=', '~'].into_iter().any(|mark| line.starts_with(mark) && line.ends_with(mark))
        || ['-', '*', '=', '_', '~'].into_iter().any(|mark| run(mark) >= MARKS);
    // `[fine]` is an answer.
    let is_fine = is_loud && line.starts_with('[') && inner == "fine";
    (is_set_off && THE_END.contains(&inner.as_str())) || is_fine
}

/// `[End 00:43:21]`, `STOP 00:43:21`: nothing else but a time to the second.
fn is_timed_end(line: &str) -> bool {
    let line = line.trim_matches(['(', ')', '[', ']']);
    let Some((end, time)) = line.rsplit_once(' ') else { return false };
    let parts: Vec<&str> = time.trim_matches(['(', ')', '[', ']']).split(':').collect();
    let is_clock = parts.len() == 3 && parts.iter().all(|part| part.parse::<u32>().is_ok());
    let end = end.trim_end_matches([' ', ':', '-', '–']);
    let is_end = THE_END.contains(&end.to_lowercase().as_str()) || matches!(end, "STOP" | "Stop");
    is_clock && is_end && end.starts_with(char::is_uppercase)
}

/// `Word count: 5,120`, `Date transcribed: 2 May 2031`, `Interviewer signature: ____`
fn is_key(line: &str) -> bool {
    let line = line.trim_matches(['(', ')', '[', ']', '*']);
    let Some((key, value)) = line.split_once(':') else { return false };
    let key = key.trim().to_lowercase();
    let is_blank = !value.contains(char::is_alphanumeric);
    let is_signature = key == "signed" || key.contains("signature");
    KEYS.contains(&key.as_str()) && if is_signature { is_blank } else { !is_blank && is_in_numbers(value) }
}

/// `Checked: AH`, `Typed by: Ida Lund`
fn is_by_whom(line: &str) -> bool {
    line.split_once(':').is_some_and(|(key, who)| {
        let n_words = who.split_whitespace().count();
        BY_WHOM.contains(&key.trim().to_lowercase().as_str())
            && (1..=INITIALS).contains(&n_words)
            && who.split_whitespace().all(is_name)
    })
}

/// `Word count 4312`, `Interview duration 43 minutes`
fn is_count(lower: &str) -> bool {
    KEYS[..WITH_COLON].iter().any(|key| {
        let value = lower.strip_prefix(key).and_then(|value| value.strip_prefix(' ')).map(str::trim_start);
        value.is_some_and(|value| value.starts_with(|c: char| c.is_ascii_digit()) && is_in_numbers(value))
    })
}

/// `(Whereupon the interview concluded at 4:10 p.m.)`
fn is_court(line: &str, lower: &str) -> bool {
    line.starts_with(['(', '[']) && lower.starts_with("whereupon")
}

/// `(Ende der Aufnahme, Verabschiedung nicht transkribiert)`: an end, and in one pair of brackets with it a remark; what
/// was not transcribed, or how long it was, also without: `Ende des Interviews (Dauer: 43 Minuten)`.
fn has_remark(line: &str, lower: &str) -> bool {
    let is_in_brackets = line.starts_with(['(', '[']) && line.ends_with([')', ']']);
    let parts = lower.split_once([',', ';', '–', '—', '.', ':', '(']).or_else(|| lower.split_once(" - "));
    let Some((end, remark)) = parts.filter(|_| line.starts_with(|c: char| c.is_uppercase() || "([".contains(c))) else {
        return false;
    };
    let words: Vec<&str> = words_in(end).collect();
    let is_unheard = || ["transcri", "transkri", "trascri", "transkry"].iter().any(|start| remark.contains(start));
    let is_of_time = |word: &str| DURATIONS.contains(&word) || is_in_numbers(word);
    let is_how_long =
        remark.contains(|c: char| c.is_ascii_digit()) && remark.split(|c: char| !c.is_alphanumeric()).all(is_of_time);
    let end = if is_in_brackets { format!("[{}]", end.trim()) } else { end.trim().to_owned() };
    (is_in_brackets || ((is_how_long || is_unheard()) && !line.ends_with('.')))
        && !remark.trim().is_empty()
        && !line.contains('?')
        && !speaks(remark)
        && ended(&end, &words) == Some(Ended::Noted)
}

/// `View original transcript at https://…`, `View original transcript at Hark.`
fn is_link(line: &str, lower: &str) -> bool {
    let opens = lower.starts_with("view ") || lower.starts_with("open ");
    let names_place = || {
        let place = [" at ", " on ", " in "].iter().find_map(|at| line.split_once(at));
        place.is_some_and(|(what, place)| {
            let is_of_it = |word: &str| LEADS.contains(&word) || MADE.contains(&word) || word == "recording";
            what.split(' ').skip(1).all(|word| is_of_it(&word.to_lowercase())) && place.split(' ').all(is_name)
        })
    };
    opens
        && ["transcript", "recording", "original"].iter().any(|what| lower.contains(what))
        && (lower.contains("://") || names_place())
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
        sentence.starts_with('©')
            || sentence.starts_with("Go Unlimited")
            || is_contact(sentence)
            || services::invites(sentence)
            || credit(sentence).is_some()
    };
    credit(first).filter(|_| others.iter().all(is_more))
}

/// `Tel: +44 20 7946 0991`
fn is_contact(sentence: &str) -> bool {
    pages::kind(sentence) == Some(Kind::Apart)
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
            "[FINE]",
            "[End 00:43:21]",
            "STOP 00:43:21",
            "Transcription : Kelly Firth",
            "Koniec nagrania",
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
            "-- End --",
            "– Ende –",
            "(The recorder was switched off at this point.)",
            "[Das Aufnahmegerät wurde ausgeschaltet]",
            "STOP RECORDING",
            "Zoom Meeting ended",
            "Recording stopped by host",
            "Checked against the audio by SH on 5/6/2023",
            "Anonymised by SH",
            "Anonymisiert von I. Lund, Mai 2031",
            "Total words: 2,312",
            "Word count 4312",
            "Interview duration 43 minutes",
            "Dauer des Interviews: 43 Minuten",
            "Duration: 43:12",
            "Length: 1:02:03",
            "View original transcript at Hark.",
            "END",
            "**END**",
            "THE END",
            "(end)",
            "<End>",
            "###",
            "Recorded with Hark",
            "Recorded by Ida Lund",
            "Recorded on 2 May 2031",
            "Checked: AH",
            "Signed: ______",
            "Unsubscribe | Privacy",
            "Created by tl;dv",
            "Notes by Granola",
            "Auto-generated by Microsoft Stream",
            "Total length: 41:39",
            "For research use only. Do not cite without permission.",
            "(Ende der Aufnahme, Verabschiedung nicht transkribiert)",
            "[End of recording: small talk not transcribed]",
            "Ende der Aufnahme – Verabschiedung nicht transkribiert",
            "[Ende der Aufnahme. Danach noch ein kurzes Gespräch.]",
            "Ende des Interviews (Dauer: 43 Minuten)",
            "Transkribiert von TurboScribe.ai. Gehe auf Unlimited, um diese Nachricht zu entfernen.",
            "[Das Gespräch endet um 14:30 Uhr.]",
            "Meeting ended at 10:42 AM  42m 13s",
            "Transcript created with Happy Scribe. Visit www.happyscribe.com to learn more.",
            "Transcribed by Way With Words Ltd. Tel: +44 20 7946 0991",
            "Sonix is the best audio automated transcription service in 2024.",
            "(Witness excused.)",
            "(Deposition concluded at 4:10 p.m.)",
            "(Whereupon, at 4:10 p.m., the deposition was concluded.)",
            "La réunion s’est terminée après 00:30:11 👋",
            "La reunión finalizó después de 00:30:11",
            "A reunião terminou após 00:30:11 👋",
            "Die Besprechung wurde nach 00:30:11 beendet",
            "Audited by: S. Lind",
            "Korrektur gelesen: JM, 12.04.2022",
            "Uitgewerkt door: Sanne de Wit",
            "Relu par : Ida Lund",
        ] {
            assert_eq!(closing(line), Some(Closing::Sure), "{line}");
        }
        let may_stand_apart = [
            "AI-generated content may be incorrect.",
            "This transcript has been edited for length and clarity.",
            "All names are pseudonyms.",
            "This transcript has been anonymised. Names of people and places were changed.",
            "UK Data Archive, SN 7043",
            "Transcription KF",
            "Verified by KF",
            "Transkription KF, 3. Mai 2031",
            "Checked by K.F.",
            "p. 12",
        ];
        let apart = ["End", "The End", "Ende", "www.mooji.org", "https://example.org/t/1", "- 3 -"];
        for line in apart.into_iter().chain(may_stand_apart) {
            assert_eq!(closing(line), Some(Closing::Apart), "{line}");
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
            "Stop recording.",
            "The Zoom meeting ended.",
            "THE CALL ENDED.",
            "The recorder was switched off at this point.",
            "Duration: 20 minutes",
        ] {
            assert_eq!(closing(line), Some(Closing::Doubtful), "{line}");
        }
        for line in [
            "Notes by Ida.",
            "Edited by Ida Lund",
            "Audited by S. Lind, May 2009",
            "The transcript was checked by Ida.",
            "Created by God.",
        ] {
            assert_eq!(closing(line), Some(Closing::Beside), "{line}");
        }
    }

    #[test]
    fn what_people_say_closes_nothing() {
        for line in [
            "end",
            "The end.",
            "Signed: by all of us",
            "Checked: never once",
            "Recorded by ear.",
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
            "The meeting is off.",
            "Stop recording me.",
            "Zoom ended my marriage.",
            "– End of it",
            "*fin*",
            "Checked against the audio by ear.",
            "Checked against the wall.",
            "Transcription of DNA",
            "Checked by everybody",
            "Verified by KF and nobody else",
            "Anonymised by law.",
            "Word count 4312 was too much",
            "Total words were few.",
            "Interview duration was a worry.",
            "(The end of the recording, I mean.)",
            "(The tape ended, why was that?)",
            "The interview ended, and nobody came.",
            "Interview ended (in tears, 43 of them)",
            "Transcript created with Ida. Try it yourself.",
            "Duration: two years",
            "Duration: I never knew.",
            "View from the original window at Hull.",
        ] {
            assert_eq!(closing(line), None, "{line}");
        }
    }
}
