//! What says that a recording or an interview ended: `Aufzeichnung beendet`, `Koniec nagrania`, `録音終了 14:32`.
//!
//! In: a line, and its words in small letters. Out: whether they say nothing else, and whether they say it as people do
//! not. It looks at no other line; where such a line must stand is for [`closing`](super::closing) to say.

use super::words::ENDS_IN_SIGNS;

/// Words of such a line, at most.
const FEW: usize = 8;
/// Programs in which people meet.
const PROGRAMS: [&str; 7] = ["zoom", "teams", "webex", "skype", "google", "meet", "microsoft"];

/// What is recorded, or holds it, and no person's talk is called so otherwise.
#[rustfmt::skip]
const RECORDED: &[&str] = &[
    "recording", "tape", "interview", "transcript", "transcription", "audio", "session", "recorder", "file",
    "aufzeichnung", "aufnahme", "transkript", "transkription", "aufnahmegerät", "diktiergerät", "rekorder", "gespräch",
    "gesprächs", "interviews", "transkripts", "audiodatei", "enregistrement", "entretien", "transcripción",
    "grabación", "entrevista", "registrazione", "intervista", "trascrizione", "dictaphone", "magnétophone",
    "grabadora", "registratore", "recordapparaat", "opname", "transcriptie", "gravação", "transcrição", "nagranie",
    "nagrania", "taśma", "taśmy", "kasety", "bandet", "bandets", "cinta", "nastro", "wywiad", "wywiadu", "transkrypcja", "transkrypcji", "nahrávka", "nahrávky", "nahrávání", "rozhovor",
    "rozhovoru", "inspelning", "inspelningen", "intervju", "intervjun", "intervjuet", "optagelse", "optagelsen",
    "interviewet", "opptak", "opptaket", "haastattelu", "haastattelun", "tallenne", "tallenteen", "nauhoitus",
    "nauhoituksen", "äänitys", "äänityksen", "запись", "записи", "интервью", "запис", "запису", "інтерв'ю", "kayıt",
    "kaydın", "görüşme", "görüşmenin", "mülakat", "mülakatın", "ηχογράφηση", "ηχογράφησης", "συνέντευξη",
    "συνέντευξης", "felvétel", "felvételnek", "interjú", "interjúnak", "deposition", "proceedings", "testimony",
    "التسجيل", "المقابلة", "ההקלטה", "הראיון",
];
/// What people also speak of.
#[rustfmt::skip]
const SPOKEN_OF: &[&str] = &[
    "meeting", "call", "video", "besprechung", "réunion", "reunión", "riunione", "reunião", "sessão", "sesión",
    "spotkanie", "vergadering", "hearing", "rozmowa", "rozmowy", "samtalet", "samtal",
];
/// Both in one word.
#[rustfmt::skip]
const IN_ONE: &[&str] = &["interviewende", "aufnahmeende", "gesprächsende", "transkriptende", "bandende"];
/// Its end, before what ends.
#[rustfmt::skip]
const END: &[&str] = &[
    "end", "ende", "fin", "fine", "fim", "einde", "koniec", "konec", "slut", "slutt", "конец", "кінець", "τέλος",
    "vége", "نهاية", "סוף",
];
/// That it ended.
#[rustfmt::skip]
const ENDED: &[&str] = &[
    "ends", "ended", "stopped", "stops", "concluded", "concludes", "finished", "finishes", "beendet", "endet",
    "gestoppt", "abgebrochen", "terminé", "terminée", "arrêté", "arrêtée", "finalizada", "terminada", "detenida",
    "finaliza", "terminata", "finita", "interrotta", "encerrada", "interrompida", "beëindigd", "gestopt", "eindigt",
    "stop", "off", "ausgeschaltet", "abgeschaltet", "éteint", "apagada", "spento", "zakończone", "zakończony",
    "zakończona", "zatrzymane", "ukončen", "ukončena", "ukončeno", "zastavena", "avslutad", "avslutat", "avslutas",
    "stoppad", "stoppat", "stoppet", "afsluttet", "avsluttet", "päättyi", "päättyy", "loppu", "loppui", "pysäytetty",
    "завершена", "завершено", "остановлена", "остановлено", "окончена", "окончено", "зупинено", "закінчено", "sonu",
    "adjourned", "finalizó", "terminó", "terminou", "termina", "avslutades", "afsluttes", "avsluttes", "avbruten",
    "bitti", "sona", "erdi", "durduruldu", "انتهى", "انتهت", "הסתיים", "הסתיימה", "stopt", "stoppt", "detiene",
    "detenido", "apaga", "acaba", "concluye", "terminado", "termine", "s'arrête", "interrompe", "finisce", "encerra", "končí",
    "skončil", "slutar", "slutter", "durdu", "закончена", "закончилась", "прервана", "kończy", "zakończyła",
    "zakończył",
];
/// Articles and verbs, with which it is a sentence.
#[rustfmt::skip]
const OF_SENTENCES: &[&str] = &[
    "the", "this", "has", "have", "been", "was", "is", "now", "here", "point", "die", "das", "wurde", "ist", "le",
    "la", "ce", "été", "est", "s'est", "è", "el", "il", "de", "het", "switched", "turned", "se", "si", "aqui", "aquí",
    "qui", "ici", "hier", "här", "her", "tady", "tutaj", "tu", "się", "тут", "здесь",
];
/// What stands between them.
#[rustfmt::skip]
const BESIDE: &[&str] = &[
    "of", "at", "after", "am", "pm", "p", "m", "h", "min", "minutes", "der", "des", "um", "uhr", "nach", "l", "d", "del",
    "della", "dell", "delle", "alle", "ore", "las", "los", "a", "à", "da", "do", "às", "em", "van", "om", "op", "uur",
    "après", "dopo", "después", "após", "na", "efter", "etter", "o", "godz", "po", "på", "av", "af", "kl", "klo",
    "klokken", "w", "v", "в", "о",
];
/// What stands on both sides of a line to set it off.
const MARKS: [char; 6] = ['-', '–', '—', '=', '~', '*'];
/// What stands between `録音` and `終了`, and at which time.
const BETWEEN_SIGNS: [&str; 6] = ["はここで", "が", "は", "在此", "到此", "이"];

/// How a line says that something ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ended {
    /// As a transcriber or a program writes it.
    Noted,
    /// It may as well be said.
    Perhaps,
}

/// Nothing but what was recorded, that it ended, and when.
pub(super) fn ended(line: &str, words: &[&str]) -> Option<Ended> {
    if is_in_signs(line) {
        return Some(Ended::Noted);
    }
    if SAID_IN_SIGNS.contains(&line.trim_matches(|c: char| !c.is_alphabetic())) {
        return Some(Ended::Perhaps);
    }
    let bare =
        |word: &str| word.trim_start_matches("l'").trim_start_matches("dell'").trim_end_matches("'da").to_owned();
    let words: Vec<String> = words.iter().map(|word| bare(word)).collect();
    let is_of = |list: &[&str], word: &String| list.contains(&word.as_str());
    let has = |list: &[&str]| words.iter().any(|word| is_of(list, word));
    let is_known = |word: &String| {
        [RECORDED, SPOKEN_OF, IN_ONE, END, ENDED, OF_SENTENCES, BESIDE, PROGRAMS.as_slice()]
            .iter()
            .any(|list| is_of(list, word))
            || is_time(word)
    };
    // `The meeting is off.`
    let is_off = has(&["off"]) && !has(&["switched", "turned"]);
    let is_one = has(IN_ONE) || ((has(RECORDED) || has(SPOKEN_OF)) && (has(END) || has(ENDED)));
    if words.is_empty() || words.len() > FEW || is_off || !is_one || !words.iter().all(is_known) {
        return None;
    }
    let begins = |list: &[&str]| words.first().is_some_and(|first| is_of(list, first));
    // `Ende der Aufzeichnung`, `Aufzeichnung beendet`: no sentence.
    let is_end_of = begins(END) && has(RECORDED) && !has(ENDED);
    let is_headline = begins(RECORDED) && !has(OF_SENTENCES) && !line.ends_with('.');
    let is_switched = line.starts_with("Se apaga ") && has(RECORDED);
    let is_noted = is_end_of
        || begins(IN_ONE)
        || is_headline
        || is_switched
        || is_timed(line, begins(RECORDED) && !has(OF_SENTENCES))
        || is_set_apart(line, words.len())
        || is_stamp(line);
    Some(if is_noted || is_of_program(line, &words) { Ended::Noted } else { Ended::Perhaps })
}

/// `Gravação encerrada às 16h05.`: no verb, and a time to the minute.
fn is_timed(line: &str, is_bare: bool) -> bool {
    let is_clock = |word: &str| {
        let word = word.trim_end_matches('.');
        word.split_once('h').is_some_and(|(hour, minute)| {
            [hour, minute].iter().all(|part| (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit()))
        })
    };
    is_bare && line.split_whitespace().any(is_clock)
}

/// `14`, `14h32`, `42m`
fn is_time(word: &str) -> bool {
    let is_number = |part: &str| (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    is_number(word.trim_end_matches(['h', 'm', 's']))
        || word.split_once('h').is_some_and(|(hour, minute)| is_number(hour) && is_number(minute))
}

/// How interviewers end, and transcribers.
const SAID_IN_SIGNS: [&str; 6] = [
    "以上でインタビューを終わります",
    "インタビューを終わります",
    "以上で終わります",
    "インタビューは以上です",
    "인터뷰를 마칩니다",
    "以上、インタビュー終了",
];

/// `録音終了 14:32`, `录音结束`, `녹음 종료`
fn is_in_signs(line: &str) -> bool {
    let bare = line.trim_matches(|c: char| !c.is_alphabetic());
    let joined = || BETWEEN_SIGNS.iter().find_map(|between| bare.split_once(between)).map(|(a, b)| format!("{a}{b}"));
    ENDS_IN_SIGNS.contains(&bare) || joined().is_some_and(|joined| ENDS_IN_SIGNS.contains(&joined.as_str()))
}

/// `(The recorder was switched off.)`, `STOP RECORDING`, `- End recording -`
fn is_set_apart(line: &str, n_words: usize) -> bool {
    let is_in_brackets = line.starts_with(['(', '[']) && line.ends_with([')', ']']);
    let is_in_capitals = line.contains(char::is_uppercase) && !line.contains(char::is_lowercase);
    let is_between = line.starts_with(MARKS) && line.ends_with(MARKS);
    let opens = !line.starts_with("THE ") && !line.ends_with('.');
    is_in_brackets || is_between || (is_in_capitals && n_words <= 3 && opens)
}

/// `Zoom Meeting ended`
fn is_of_program(line: &str, words: &[String]) -> bool {
    let opens = words.first().is_some_and(|first| PROGRAMS.contains(&first.as_str()));
    opens && words.len() <= 4 && line.starts_with(char::is_uppercase) && line.ends_with(char::is_alphanumeric)
}

/// `Meeting ended 9:15 AM`: no sentence, with a time to the minute; with one to the second, or how long it was, also a
/// sentence: `La réunion s'est terminée après 00:30:11`, `Meeting ended at 10:42 AM  42m 13s`.
fn is_stamp(line: &str) -> bool {
    let parts = |word: &str| word.split(':').filter(|part| part.parse::<u32>().is_ok()).count();
    let words: Vec<&str> = line.split_whitespace().map(|word| word.trim_matches(['(', ')', '[', ']'])).collect();
    let is_long = |word: &str| word.ends_with(['m', 's']) && is_time(word);
    if !line.ends_with('.') && words.iter().any(|word| parts(word) > 2 || is_long(word)) {
        return true;
    }
    !line.ends_with('.')
        && words.iter().any(|word| parts(word) > 1)
        && !words.iter().any(|word| matches!(word.to_lowercase().as_str(), "the" | "a" | "at" | "our"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(line: &str) -> Option<Ended> {
        let lower = line.to_lowercase().replace('’', "'");
        let words = lower.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|word| !word.is_empty());
        ended(line, &words.collect::<Vec<_>>())
    }

    #[test]
    fn that_a_recording_ended_is_told_in_many_languages() {
        for line in [
            "Ende der Aufzeichnung",
            "Koniec taśmy.",
            "Se apaga la grabadora.",
            "Gravação encerrada às 16h05.",
            "(Bandet slut)",
            "Aufzeichnung beendet",
            "Interviewende 11:43",
            "Fin de l'entretien à 14 h 32",
            "Enregistrement arrêté à 14h32",
            "Grabación detenida a las 14:32",
            "Registrazione interrotta alle 14:32",
            "Gravação encerrada às 14:32",
            "Opname gestopt om 14:32",
            "Nagranie zakończone o 14:32",
            "Koniec nagrania.",
            "Konec nahrávky",
            "Inspelningen stoppad 14:32",
            "Optagelsen stoppet kl. 14:32",
            "Slutt på opptaket",
            "Haastattelu päättyi klo 14:32",
            "Запись остановлена в 14:32",
            "Kayıt sona erdi",
            "録音終了 14:32",
            "録音はここで終了",
            "녹음 종료 14:32",
            "انتهى التسجيل",
            "[Interview concludes]",
            "- End Recording -",
            "STOP RECORDING",
            "Zoom Meeting ended",
            "Meeting ended at 10:42 AM  42m 13s",
            "La réunion s’est terminée après 00:30:11 👋",
            "A reunião terminou após 00:30:11",
            "[Das Gespräch endet um 14:30 Uhr.]",
            "(Deposition adjourned at 4:10 p.m.)",
            "[Inspelningen avslutas]",
            "[Görüşme sona erdi]",
            "[Se detiene la grabación]",
            "[L'entretien se termine ici]",
            "(La registrazione si interrompe)",
            "[Opname stopt]",
            "[Koniec rozmowy]",
            "[Inspelningen slutar här]",
            "[Запись закончена]",
        ] {
            assert_eq!(of(line), Some(Ended::Noted), "{line}");
        }
    }

    #[test]
    fn sentences_may_be_said_and_other_ends_are_theirs() {
        for line in [
            "The meeting ended.",
            "Call ended.",
            "A reunião terminou às 10:42.",
            "Die Aufnahme ist beendet.",
            "The tape stopped.",
        ] {
            assert_eq!(of(line), Some(Ended::Perhaps), "{line}");
        }
        for line in [
            "Fin de semana en casa",
            "Fin de mes études",
            "Koniec świata",
            "Slut på historien",
            "Konec dobrý, všechno dobré.",
            "Конец света",
            "The recording stopped and she cried.",
            "録音終了のボタンを押しました",
            "Die Aufnahme war sein Werk.",
            "The meeting is off.",
            "[La vida se termina]",
            "[Koniec]",
            "Recording",
            "",
        ] {
            assert_eq!(of(line), None, "{line}");
        }
    }
}
