//! Notices that the whole line tells by how it is built, rather than by how it begins.
//!
//! In: a line. Out: whether it is one: what a program writes behind a name, what a transcriber writes where a
//! tape ends, what tells of the transcript itself, and notes on the interview under their label. It never
//! looks at other lines.

use memchr::memchr_iter;

use super::words::{
    BETWEEN, DEEDS, ENDS_IN_SIGNS, FACES, HOSTS, MACHINES, NO_NAMES, NOTE_LABELS, NOTE_TAKERS, NOTES, NOTES_OF,
    NUMBERS, OF_TRANSCRIPT_IN_SIGNS, SIDES, TAPES, THEIRS, THIS, TRANSCRIPT, TURNS, speaks,
};

/// What is kept in a file.
#[rustfmt::skip]
const RECORDINGS: [&str; 12] = [
    "recording", "file", "audio", "part", "aufnahme", "datei", "enregistrement", "grabación", "registrazione", "opname",
    "gravação", "nagranie",
];
/// Longer lines of these kinds are none, in bytes; a note may be longer.
const LONGEST: usize = 240;
/// Words of a line about tapes, of a stamp, and of a name, at most.
const TAPE_WORDS: usize = 14;
const STAMP_WORDS: usize = 9;
const NAME_WORDS: usize = 4;
/// How the words begin for those whose notes nobody else speaks of before a colon.
const WRITERS: [&str; 8] =
    ["transcri", "translator", "interviewer", "moderator", "facilitator", "observer", "note taker", "notetaker"];
/// The label of a note is no longer, in bytes.
const LONGEST_LABEL: usize = 60;

/// Whether a line is a notice by its form.
pub(super) fn is_one(line: &str) -> bool {
    is_note(line)
        || ENDS_IN_SIGNS.contains(&line.trim_matches(|c: char| !c.is_alphanumeric()))
        || is_in_signs(line.trim())
        || (line.len() <= LONGEST
            && (is_of_tapes(line) || is_stamp(line) || is_of_machines(line) || is_deed(line) || is_file(line)))
}

/// `Recording 2 of 3: ZOOM0002.WAV`: which recording of how many, or the next, and its file.
fn is_file(line: &str) -> bool {
    line.trim().split_once(':').is_some_and(|(label, file)| {
        let label = label.to_lowercase();
        let mut words = label.split_whitespace();
        let is_part = words.next().is_some_and(|word| RECORDINGS.contains(&word));
        let rest: Vec<&str> = words.collect();
        let are_numbers = |parts: &[&str]| parts.iter().all(|part| part.bytes().all(|b| b.is_ascii_digit()));
        let is_counted = match rest[..] {
            [part, "of" | "von" | "de" | "sur" | "di" | "van" | "z", all] => are_numbers(&[part, all]),
            [part] => are_numbers(&[part]),
            _ => false,
        };
        is_part && is_counted && super::is_recording(&file.trim().to_lowercase())
    })
}

/// `Anna Hall stopped transcription`: a full name and what programs write behind it.
fn is_deed(line: &str) -> bool {
    who_did(line).is_some_and(|name| {
        let words: Vec<&str> = name.split_whitespace().collect();
        let is_capital = |word: &&&str| word.starts_with(char::is_uppercase);
        let opens = words.first().is_some_and(|word| !NO_NAMES.contains(&word.to_lowercase().as_str()));
        if HOSTS.contains(&name.to_lowercase().replace('’', "'").as_str()) {
            return true;
        }
        // `Anna Hall (Guest)`
        let bare = words.iter().filter(|word| !word.starts_with('('));
        let (capitals, all) = (bare.clone().filter(is_capital).count(), bare.count());
        opens && (2..=NAME_WORDS).contains(&all) && capitals == all && !speaks(&name.to_lowercase())
    })
}

/// The name before the words of a program.
pub(super) fn who_did(line: &str) -> Option<&str> {
    let line = line.trim();
    let straight: String;
    let plain = if line.contains('’') {
        straight = line.replace('’', "'");
        straight.as_str()
    } else {
        line
    };
    // None of them ends in a sign, as most of what is said does.
    let end = *plain.as_bytes().last().filter(|end| !end.is_ascii_punctuation())?;
    let ends_alike = |deed: &&&str| deed.as_bytes().last() == Some(&end);
    let deed = DEEDS.iter().filter(ends_alike).find(|deed| plain.ends_with(**deed))?;
    // The deed has as many characters in either spelling.
    let n = line.chars().count() - deed.chars().count();
    let end = line.char_indices().nth(n).map_or(line.len(), |(at, _)| at);
    line[..end].strip_suffix(' ').map(str::trim).filter(|name| !name.is_empty())
}

/// `TAPE 1, SIDE B`, `[End Tape 1, Side A; Begin Side B]`: nothing but what a recording is on.
pub(super) fn is_of_tapes(line: &str) -> bool {
    let line = line.trim();
    if line.ends_with(['?', '!']) {
        return false;
    }
    let opens_bracket = line.starts_with(['[', '(', '<', '*']);
    let set_off = opens_bracket || !line.chars().any(char::is_lowercase);
    let mut words: Vec<String> = Vec::new();
    for word in line.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        let word = word.to_lowercase();
        let is_tapes = |list: &[&str]| list.contains(&word.as_str());
        let known = is_tapes(TAPES) || is_tapes(SIDES) || is_tapes(TURNS) || is_tapes(BETWEEN) || is_number(&word);
        if !known || words.len() == TAPE_WORDS {
            return false;
        }
        words.push(word);
    }
    let of = |list: &[&str], word: &String| list.contains(&word.as_str());
    let numbered = |list: &[&str]| words.windows(2).any(|pair| of(list, &pair[0]) && is_number(&pair[1]));
    let turns = words.iter().any(|word| of(TURNS, word));
    let Some(first) = words.first() else { return false };
    let starts = of(TAPES, first) || of(TURNS, first) || (set_off && of(SIDES, first));
    let is_side = |word: &String| word == "side" || of(TAPES, word) || (opens_bracket && turns && of(FACES, word));
    let sides = numbered(SIDES) && (set_off || turns) && words.iter().any(is_side);
    let changes = opens_bracket && turns && words.iter().any(|word| of(TAPES, word));
    starts && (numbered(TAPES) || sides || changes)
}

/// `1`, `B`, `two`, `ii`
fn is_number(word: &str) -> bool {
    let digits = word.len() <= 2 && word.bytes().all(|b| b.is_ascii_digit());
    let letter = word.len() == 1 && word.bytes().all(|b| b"abcdi".contains(&b));
    digits || letter || NUMBERS.contains(&word)
}

/// `文字起こしは 00:09:39 に終了しました`: how it begins and ends.
fn is_in_signs(line: &str) -> bool {
    // Behind the time: `00:09:39 に文字起こしが終了しました`
    let has_clock = || line.split(|c: char| !c.is_ascii_digit() && c != ':').any(|part| part.matches(':').count() == 2);
    let ends = |end: &str| line.trim_end_matches('。').ends_with(end);
    line.len() <= LONGEST
        && (OF_TRANSCRIPT_IN_SIGNS.iter().any(|(start, end)| line.starts_with(start) && ends(end))
            || (line.contains("文字起こし") && ends("終了しました") && has_clock()))
}

/// `Transkription beendet nach 00:09:39`: few words on the transcript, with a time of hours at the end, or within them
/// where they begin with it: `Transkription wurde nach 00:09:39 beendet`.
fn is_stamp(line: &str) -> bool {
    if memchr_iter(b':', line.as_bytes()).nth(1).is_none() {
        return false; // without a time
    }
    let line = line.trim_end_matches([')', ']', ' ']);
    let text = line.to_lowercase();
    let is_part = |part: &str| (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    let is_time = |word: &str| word.split(':').count() == 3 && word.split(':').all(is_part);
    let opens = text.split_whitespace().next().is_some_and(is_transcript) && !line.ends_with(['.', '?', '!']);
    let last = text.split_whitespace().next_back();
    (last.is_some_and(is_time) || (opens && text.split_whitespace().any(is_time)))
        && text.split_whitespace().count() <= STAMP_WORDS
        && text.split_whitespace().any(is_transcript)
        && !speaks(&text)
}

/// `Cette transcription modifiable a été générée par ordinateur et peut contenir des erreurs.`
fn is_of_machines(line: &str) -> bool {
    let first = line.split(|c: char| !c.is_alphanumeric()).find(|word| !word.is_empty()).unwrap_or_default();
    if !THIS.contains(&first.to_lowercase().as_str()) {
        return false;
    }
    let text = line.to_lowercase();
    let mut words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.clone().take(4).any(is_transcript)
        && words.any(|word| MACHINES.iter().any(|machine| word.starts_with(machine)))
        // `I` is `and` in Polish.
        && !speaks(&text.replace(" i ", " "))
}

fn is_transcript(word: &str) -> bool {
    TRANSCRIPT.iter().any(|start| word.trim_start_matches(|c: char| !c.is_alphabetic()).starts_with(start))
}

/// `Field notes: …`, `[Moderator note: …]`
pub(super) fn is_note(line: &str) -> bool {
    let bare = line.trim_start_matches(|c: char| !c.is_alphanumeric());
    bare.split_once(':').is_some_and(|(label, _)| is_note_label(label))
}

/// Whether such a note may as well be an answer as a whole: `Field notes: none`, and not `Transcriber's note: …`.
pub(super) fn may_be_answer(line: &str) -> bool {
    let bare = line.trim_start_matches(|c: char| !c.is_alphanumeric()).to_lowercase().replace('’', "'");
    let names_taker = WRITERS.iter().any(|who| bare.starts_with(who)) || NOTES_OF.iter().any(|of| bare.starts_with(of));
    is_note(line) && !names_taker
}

/// Whether notes on the interview stand under this label.
pub(super) fn is_note_label(label: &str) -> bool {
    if label.len() > LONGEST_LABEL {
        return false;
    }
    let label = label.trim().to_lowercase().replace('’', "'");
    if NOTE_LABELS.contains(&label.as_str()) {
        return true;
    }
    let by = |taker: &str| {
        let taker = taker.strip_suffix("'s").or_else(|| taker.strip_suffix('\'')).unwrap_or(taker);
        NOTE_TAKERS.contains(&taker) || taker.strip_suffix('s').is_some_and(|one| NOTE_TAKERS.contains(&one))
    };
    let behind = |start: &str| label.strip_prefix(start).is_some_and(|who| THEIRS.contains(&who));
    label.rsplit_once(' ').is_some_and(|(taker, what)| NOTES.contains(&what) && by(taker))
        || NOTES_OF.iter().any(|start| behind(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_deed_ends_in_a_sign() {
        for deed in DEEDS {
            assert!(deed.ends_with(|c: char| !c.is_ascii_punctuation()), "{deed}");
        }
    }

    #[test]
    fn forms_of_notices() {
        for line in [
            "Anna Hall stopped transcription",
            "Tom Reed (Guest) started recording",
            "Host has stopped the recording",
            "Tom Reed has stopped recording",
            "録音終了",
            "［采访结束］",
            "Anna Hall hat die Transkription beendet",
            "Anne Hall a arrêté l’enregistrement",
            "[End Tape 1, Side A; Begin Side B]",
            "TAPE 1, SIDE B",
            "Recording 2 of 3: ZOOM0002.WAV",
            "[Tape 1, Side 2]",
            "SIDE B",
            "Begin Tape Two, Side A",
            "(Tape turned over)",
            "[Fin de la face A, début de la face B]",
            "[Ende Seite A, Beginn Seite B]",
            "(Einde kant A)",
            "[Slut på sida 1]",
            "[Fine lato A, inizio lato B]",
            "[Fin de la cara A]",
            "[Koniec strony A]",
            "Kassette 2, Seite B",
            "Transkription beendet nach 00:09:39",
            "Fin de la transcription après 00:09:39",
            "A transcrição foi encerrada após 00:09:39",
            "Transkription wurde nach 00:09:39 beendet",
            "文字起こしは 00:09:39 に終了しました",
            "00:28:41 に文字起こしが終了しました",
            "Den här redigerbara transkriberingen är datorgenererad och kan innehålla fel.",
            "Ta edytowalna transkrypcja została wygenerowana komputerowo i może zawierać błędy.",
            "Görüşme sonu",
            "نهاية المقابلة",
            "[סוף הראיון]",
            "Dieses bearbeitbare Transkript wurde computergeneriert und kann Fehler enthalten.",
            "Cette transcription modifiable a été générée par ordinateur et peut contenir des erreurs.",
            "Field notes: the phone rang often.",
            "Researcher's note: tired.",
            "[Int. note: his mother sat with us]",
            "[RA note: the sister came in with tea]",
            "[Moderator note: Anna left early.]",
            "Anmerkung der Interviewerin: Das Telefon klingelte.",
            "Note de l’enquêtrice : le téléphone sonnait.",
        ] {
            assert!(is_one(line), "{line}");
        }
    }

    #[test]
    fn a_whole_answer_may_be_of_notes_but_not_of_a_transcribers() {
        for line in ["Field notes: none at all.", "Researcher's notes: nobody read them.", "Notas de campo: ninguna."] {
            assert!(may_be_answer(line), "{line}");
        }
        for line in [
            "Transcriber's note: the phone rings.",
            "Transcriber’s note: the phone rings.",
            "Moderator note: late.",
            "Anmerkung der Interviewerin: Das Telefon klingelt.",
            "The transcriber's note: wrong.",
            "So it was.",
        ] {
            assert!(!may_be_answer(line), "{line}");
        }
    }

    #[test]
    fn words_about_them_are_none() {
        for line in [
            "Then Anna stopped recording",
            "Anna Hall stopped transcription, so we talked.",
            "My Mother stopped recording",
            "We stopped recording",
            "She has stopped recording",
            "The host has stopped the recording, I think.",
            "録音終了のボタンを押しました",
            "They stopped recording",
            "Tape it to the wall",
            "Tape 1?",
            "The tape ended and we went on.",
            "Side by side",
            "Fin de la face A",
            "(Face B)",
            "[Die andere Seite]",
            "(Lato A era il mio)",
            "Side B",
            "Start part two",
            "Part 2",
            "Band 2",
            "I sent the transcript at 10:42:00",
            "The bus left at 00:09:39",
            "Transcripts from 00:09:39 on are wrong.",
            "Görüşme sonu geldi mi?",
            "Ta praca komputerowa mnie męczy.",
            "文字起こしは難しいです",
            "Diese Transkripte hat meine Tochter am Computer getippt.",
            "Diese Bienen sind nicht computergeneriert.",
            "Esta transcripción me gusta más que el ordenador",
            "My notes: none.",
            "Note: we left.",
            "Notes from the ward: many.",
            "Field trips: two.",
            "Interviewer: your notes: where are they?",
        ] {
            assert!(!is_one(line), "{line}");
        }
    }
}
