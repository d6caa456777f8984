//! What stands between two parts of an interview: `--- Part 2 ---`, `– Pause –`, `Second session, 4 May 2023`,
//! `PART TWO: AFTER THE MOVE`, `Reed, Tom – Interview 2 of 3`, `Recording paused at 00:14:05, resumed at 00:16:30`.
//!
//! In: a line of a turn, and where in the turn it stands. Out: whether it parts the interview, or tells that the
//! recording is hard to hear. Something is said above it in the turn: `Part two` answers a question. What no marks set
//! off stands in a paragraph of its own at the end of a turn below which others speak.

use super::parts::is_name;
use super::words::{NUMBERS, speaks, words_in};

/// Longer lines are none, in bytes and words.
const LONGEST: usize = 120;
const WORDS: usize = 14;

/// What has several.
#[rustfmt::skip]
const PARTS: &[&str] = &[
    "part", "chapter", "section", "kapitel", "abschnitt", "chapitre", "capítulo", "capitolo", "hoofdstuk", "rozdział",
    "kapitola", "sesjon", "møde", "intervju", "haastattelu", "wywiad", "rozhovor", "session", "teil", "sitzung",
    "termin", "partie", "séance", "parte", "sesión", "sessione", "deel", "sessie", "sessão", "część", "sesja", "část",
    "del", "osa", "часть", "interview", "gespräch", "entretien", "entrevista", "intervista", "gesprek", "recording",
    "aufnahme", "meeting", "visit", "day", "tag",
];
/// Its number in words.
#[rustfmt::skip]
const ORDINALS: &[&str] = &[
    "first", "second", "third", "fourth", "fifth", "erster", "erste", "erstes", "zweiter", "zweite", "zweites",
    "dritter",
    "dritte", "drittes", "première", "premier", "deuxième", "seconde", "troisième", "primera", "segunda",
    "tercera", "prima", "seconda", "terza", "eerste", "tweede", "derde", "primeira", "terceira", "druga", "drugi",
    "druhá", "andra", "anden", "andre", "toinen",
];
/// Months, short ones too, as dates have them beside numbers.
#[rustfmt::skip]
const MONTHS: &[&str] = &[
    "jan", "feb", "fév", "mar", "mär", "apr", "avr", "abr", "may", "mai", "maj", "mei", "jun", "juin", "jul", "juil",
    "aug", "août", "ago", "sep", "sept", "oct", "okt", "ott", "out", "nov", "dec", "dez", "déc", "dic", "ene", "gen",
    "mag", "giu", "lug", "set", "maa",
];
/// What stops an interview for a while.
#[rustfmt::skip]
const PAUSES: &[&str] = &[
    "pause", "break", "short break", "lunch break", "coffee break", "interruption", "short interruption",
    "unterbrechung", "kurze pause", "kurze unterbrechung", "coupure", "courte pause", "pausa",
    "interrupción", "interruzione", "breve pausa", "pauze", "korte pauze", "onderbreking", "interrupção", "przerwa",
    "přestávka", "paus", "tauko", "перерыв", "пауза",
];
/// What is stopped.
#[rustfmt::skip]
const RECORDED: &[&str] = &[
    "interview", "recording", "session", "tape", "audio", "conversation", "aufnahme", "gespräch", "entretien",
    "enregistrement", "entrevista", "grabación", "intervista", "registrazione", "opname", "gravação", "aufzeichnung",
    "transcription", "transkription", "gesprek", "nagranie", "wywiad", "nahrávka", "rozhovor", "inspelning",
    "inspelningen", "intervjun", "intervju", "optagelse", "optagelsen", "interviewet", "opptak", "opptaket",
    "intervjuet", "haastattelu", "nauhoitus", "tallenne", "запись", "интервью", "kayıt", "görüşme",
];
/// That it goes on.
#[rustfmt::skip]
const GOES_ON: &[&str] = &[
    "resumed", "resumes", "continued", "continues", "restarted", "paused", "interrupted", "fortgesetzt",
    "unterbrochen", "repris", "reprend", "interrompu", "reanudada", "interrumpida", "ripresa", "interrotta", "hervat",
    "onderbroken", "retomada", "interrompida", "stopped", "started", "suspended", "angehalten", "gestoppt", "pausiert",
    "wiederaufgenommen", "suspendu", "interrompue", "reprise", "arrêté", "pausada", "detenida", "suspendida",
    "sospesa", "fermata", "gepauzeerd", "gestopt", "pausado", "parada", "suspensa", "przerwane", "przerwano",
    "wznowione", "wznowiono", "przerwany", "wznowiony", "přerušena", "přerušen", "pokračuje", "obnovena", "pausad",
    "pausas", "avbruten", "återupptas", "återupptagen", "fortsätter", "avbrudt", "genoptaget", "fortsætter", "avbrutt",
    "gjenopptatt", "fortsetter", "keskeytyi", "keskeytetty", "jatkuu", "прервана", "возобновлена", "прервано",
    "продолжено", "продолжается", "durduruldu", "devam",
];
/// Behind what.
#[rustfmt::skip]
const AFTER: &[&str] = &[
    "after", "for", "following", "by", "a", "an", "the", "short", "brief", "long", "lunch", "coffee", "tea", "phone",
    "minute", "minutes", "min", "wegen", "nach", "einer", "eines", "kurzen", "durch", "après", "une", "courte", "par",
    "un", "tras", "después", "de", "una", "breve", "dopo", "na", "een", "korte", "após", "uma", "em", "wird", "wurde",
    "at", "and", "then", "again", "um", "uhr", "und", "wieder", "à", "et", "las", "los", "y", "alle", "ore", "e", "om",
    "en", "uur", "o", "i", "po", "kl", "klo", "och", "og", "ja", "v", "в", "и", "às", "am", "pm", "h", "from", "to",
    "ediyor", "was", "is", "est", "break", "pause", "interruption", "call", "anrufs", "unterbrechung", "pausa",
    "pauze",
];
/// Labels of a note.
const NOTES: &[&str] = &["nb", "n.b", "note", "anm", "anmerkung", "hinweis", "nota"];
/// What is hard to hear.
#[rustfmt::skip]
const SOUND: &[&str] = &[
    "recording", "tape", "audio", "sound", "microphone", "aufnahme", "tonqualität", "ton", "enregistrement",
    "grabación", "registrazione", "opname",
];
/// How it is.
#[rustfmt::skip]
const UNCLEAR: &[&str] = &[
    "unclear", "inaudible", "hard to hear", "difficult to hear", "hard to understand", "distorted", "muffled",
    "poor quality", "breaks up", "breaks off", "cuts out", "noisy", "unintelligible", "unverständlich", "undeutlich",
    "schlecht zu verstehen", "schwer zu verstehen", "bricht ab", "mauvaise qualité",
    "difficile à entendre",
    "poco clara", "difícil de oír", "poco chiara", "onverstaanbaar", "slecht te verstaan",
];

/// Where a line stands in its turn.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Place {
    /// Something is said above it, and in small letters.
    pub(super) is_below_words: bool,
    pub(super) has_blank_above: bool,
    /// It is the last line, and others speak below.
    pub(super) is_between_turns: bool,
}

/// Whether a line parts an interview.
pub(super) fn is_one(line: &str, place: Place) -> bool {
    let line = line.trim();
    if line.len() > LONGEST || !place.is_below_words {
        return false;
    }
    let lower = line.to_lowercase().replace('’', "'");
    let words: Vec<&str> = words_in(&lower).collect();
    if words.is_empty() || words.len() > WORDS || speaks(&lower) {
        return false;
    }
    let is_alone = place.has_blank_above && place.is_between_turns;
    let inner = words.join(" ");
    let is_loud = line.contains(char::is_uppercase) && !line.contains(char::is_lowercase);
    (is_set_off(line) && (is_part(&words) || PAUSES.contains(&inner.as_str())))
        || (is_alone && is_loud && (is_part(&words) || is_titled(&lower)))
        || (is_alone && is_of_series(line))
        || (is_alone && is_dated(&lower))
        || ((is_alone || (place.is_between_turns && has_clock(line))) && goes_on(&words))
        || is_unclear(line, &lower, &words)
}

/// `--- … ---`, `– … –`, `=== … ===`
fn is_set_off(line: &str) -> bool {
    ['-', '–', '—', '=', '~', '*'].into_iter().any(|mark| {
        let (before, behind) = (line.trim_start_matches(mark), line.trim_end_matches(mark));
        // One asterisk stresses a word.
        let least = if mark == '*' { 3 } else { 1 };
        let n = |rest: &str| (line.len() - rest.len()) / mark.len_utf8();
        n(before) >= least && n(behind) >= least
    })
}

/// `part 2`, `part two`, `part 2 of 3`, `second session`
fn is_part(words: &[&str]) -> bool {
    let is_number =
        |word: &str| NUMBERS.contains(&word) || (word.len() <= 2 && word.bytes().all(|b| b.is_ascii_digit()));
    match words {
        [part, number] => {
            (PARTS.contains(part) && is_number(number)) || (ORDINALS.contains(part) && PARTS.contains(number))
        }
        [part, number, "of" | "von" | "de" | "sur" | "di" | "van", all] => {
            PARTS.contains(part) && is_number(number) && is_number(all)
        }
        _ => false,
    }
}

/// `part two: after the move`
fn is_titled(lower: &str) -> bool {
    let parts = lower.split_once([':', '–', '—', '.']).or_else(|| lower.split_once(" - "));
    parts.is_some_and(|(part, title)| {
        is_part(&part.split_whitespace().collect::<Vec<_>>()) && title.contains(char::is_alphabetic)
    })
}

/// `Reed, Tom – Interview 2 of 3`: names, and which part of how many.
fn is_of_series(line: &str) -> bool {
    let Some((names, part)) = line.rsplit_once(['–', '—', '|', '(']).or_else(|| line.rsplit_once(" - ")) else {
        return false;
    };
    let part = part.to_lowercase();
    let part: Vec<&str> = part.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    // `London (day 2 of 3)` may be said.
    let is_known = part.len() > 2 && is_part(&part) && !matches!(part[0], "day" | "visit");
    is_known && !line.ends_with(['.', '?', '!']) && names.split_whitespace().all(is_name) && !names.trim().is_empty()
}

/// `Second session, 4 May 2023`, `Part 2 (04.05.2023)`
pub(super) fn is_dated(lower: &str) -> bool {
    let line = lower.trim_end_matches([')', ']', '.', ' ']).trim_start_matches(['(', '[']);
    let Some((part, date)) = line.split_once([',', '(', ':', '–', '—']).or_else(|| line.split_once(" - ")) else {
        return false;
    };
    let words: Vec<&str> = part.split_whitespace().collect();
    let mut date = date.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).peekable();
    let is_day = |word: &str| {
        let number = word.trim_end_matches(char::is_alphabetic);
        let is_number = (1..=4).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit());
        // `4th`, and names of months as they begin
        (is_number && word.len() - number.len() <= 2)
            || (word.chars().count() <= 10 && MONTHS.iter().any(|month| word.starts_with(month)))
    };
    let n_numbers = date.clone().filter(|word| word.starts_with(|c: char| c.is_ascii_digit())).count();
    is_part(&words) && date.peek().is_some() && n_numbers > 1 && date.all(|word| is_day(word) || word == "de")
}

/// `Interview resumed after a break.`, `Recording paused at 00:14:05, resumed at 00:16:30`; `The interview resumed` is
/// told.
fn goes_on(words: &[&str]) -> bool {
    let is_time = |word: &str| NUMBERS.contains(&word) || word.bytes().all(|b| b.is_ascii_digit() || b == b'h');
    let is_of =
        |word: &str| RECORDED.contains(&word) || GOES_ON.contains(&word) || AFTER.contains(&word) || is_time(word);
    words.len() > 2
        && RECORDED.contains(&words[0])
        && words.iter().any(|word| GOES_ON.contains(word))
        && words.iter().all(|word| is_of(word))
}

/// `00:14:05`
fn has_clock(line: &str) -> bool {
    line.split_whitespace().any(|word| {
        let word = word.trim_matches(|c: char| !c.is_ascii_digit());
        word.split(':').filter(|part| (1..=2).contains(&part.len())).count() > 1
    })
}

/// `NB: recording unclear here`
fn is_unclear(line: &str, lower: &str, words: &[&str]) -> bool {
    let label = lower.trim_start_matches(['(', '[', '*', ' ']).split_once(':').map(|(label, _)| label.trim());
    label.is_some_and(|label| NOTES.contains(&label.trim_end_matches('.')))
        && words.iter().any(|word| SOUND.contains(word))
        && UNCLEAR.iter().any(|how| lower.contains(how))
        && !line.ends_with(['?', '!'])
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALONE: Place = Place { is_below_words: true, has_blank_above: true, is_between_turns: true };

    #[test]
    fn what_parts_an_interview_is_nobodys() {
        for line in [
            "--- Part 2 ---",
            "– Pause –",
            "=== Teil 2 von 3 ===",
            "*** SECOND SESSION ***",
            "— Unterbrechung —",
            "NB: recording unclear here",
            "Note: the tape is hard to hear here.",
            "Anm.: Aufnahme hier unverständlich",
        ] {
            assert!(is_one(line, Place { is_below_words: true, ..Place::default() }), "{line}");
            assert!(!is_one(line, Place { is_below_words: false, ..ALONE }), "{line}");
        }
        for line in [
            "PART TWO",
            "PART TWO: AFTER THE MOVE",
            "TEIL 2 – NACH DEM UMZUG",
            "CHAPTER 3. THE DAM",
            "Petrov, Ivan – Interview 2 of 3",
            "Tom Reed (Session 2 of 3)",
            "Enregistrement interrompu à 14h30 et repris à 14h45",
            "Interview resumed after a break.",
            "Recording interrupted by a phone call",
            "Interview nach einer kurzen Pause fortgesetzt",
            "Second session, 4 May 2023",
            "Part 2 (04.05.2023)",
            "Zweites Gespräch, 4. Mai 2023",
            "Session 2 – May 4th, 2023",
        ] {
            assert!(is_one(line, ALONE), "{line}");
            assert!(!is_one(line, Place { has_blank_above: false, ..ALONE }), "{line}");
            assert!(!is_one(line, Place { is_between_turns: false, ..ALONE }), "{line}");
        }
        for line in [
            "Recording paused at 00:14:05, resumed at 00:16:30",
            "Aufnahme unterbrochen um 14:30 Uhr, fortgesetzt um 14:45 Uhr",
            "Nagranie przerwane o 14:30, wznowione o 14:45",
        ] {
            assert!(is_one(line, Place { has_blank_above: false, ..ALONE }), "{line}");
            assert!(!is_one(line, Place { is_between_turns: false, ..ALONE }), "{line}");
        }
    }

    #[test]
    fn what_people_say_of_parts_is_theirs() {
        for line in [
            "Part 2",
            "Part two.",
            "The second session",
            "Second session, I was late.",
            "Second session, the fourth of May.",
            "Second session, 30 of them",
            "A break.",
            "Pause",
            "- Pause",
            "*pause*",
            "– Part two was hard –",
            "The interview resumed after a break.",
            "Interview resumed and I cried.",
            "Interview after interview after interview",
            "Note: I keep them all.",
            "NB: the recording of my band is out.",
            "Note: the bees are hard to hear.",
            "The recording is unclear here.",
            "PART OF ME",
            "PART TWO WAS WORSE",
            "Part two: after the move",
            "We did it – part 2 of 3",
            "Tom Reed – part 2",
            "Recording paused and nobody knew at what time",
        ] {
            assert!(!is_one(line, ALONE), "{line}");
        }
    }
}
