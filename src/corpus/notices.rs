//! Lines that nobody said: the closing lines of meeting programs, transcribers' and copyright notices.
//!
//! In: the turns of a transcript. Out: the same turns, with such lines as turns of their own under
//! [`SPEAKER`], who is nobody. A line is one as a whole, by how it begins and by what no speaker adds, or by
//! its [form](forms); words like these in the middle of an answer stay where they are. Notes and an index
//! that follow the last answer are nobody's to their end. It never drops a line and never changes one. Where a document tells by a heading that its transcript begins, it says so too.

mod closing;
mod forms;
mod words;

use std::ops::Range;

use super::readers::RawTurn;
use super::sentences::sentences;
use closing::{Closing, closing, is_end};
use words::{BY_PEOPLE, BY_PROGRAMS, ENDINGS, ENDS, LISTS, OF_WHAT, RIGHTS, SELF};

/// Who notices are put down to.
pub(super) const SPEAKER: &str = "(notice)";
/// Why they are nobody's words.
pub(super) const REASON: &str =
    "closing lines of programs, transcribers' and copyright notices, notes on the interview: nobody's words";

/// What stands alone on the line above a transcript that follows notes, as in documents of Google Meet:
/// `📖 Transcript`.
const HEADINGS: &[&str] =
    &["transcript", "transkript", "transcription", "transcripción", "transcrição", "trascrizione", "transcriptie"];

/// The words of a text below the last line that says that the transcript begins; all of them without one.
pub(super) fn below_heading(text: &str) -> &str {
    let mut below = text;
    let mut rest = text;
    while !rest.is_empty() {
        let (line, next) = rest.split_once('\n').unwrap_or((rest, ""));
        if HEADINGS.contains(&line.trim_matches(|c: char| !c.is_alphabetic()).to_lowercase().as_str()) {
            below = next;
        }
        rest = next;
    }
    below
}

/// Words of such a line, at most.
const SIGNATURE: usize = 9;
/// Words after `End of …`, at most.
const ENDING: usize = 8;
/// Longer lines are no notices, in bytes.
const LONGEST: usize = 900;

/// Parts the turns of a transcript from the notices among their lines. Whole turns are notices under the label
/// of notes, unless that is known to be somebody's. What closes a talk closes no answer of a table.
pub(super) fn part(mut turns: Vec<RawTurn>, is_talk: bool, is_somebody: &dyn Fn(&str) -> bool) -> Vec<RawTurn> {
    for turn in &mut turns {
        if forms::is_note_label(&turn.speaker) && !is_somebody(&turn.speaker) {
            turn.speaker = SPEAKER.into();
        }
    }
    let last = turns.len().saturating_sub(1);
    let is_label = |name: &str| turns.iter().any(|turn| &*turn.speaker == name);
    let found: Vec<Vec<Range<usize>>> =
        turns.iter().enumerate().map(|(at, turn)| notices(&turn.text, (at == last, is_talk), &is_label)).collect();
    if found.iter().all(Vec::is_empty) {
        return turns;
    }
    let mut parted = Vec::with_capacity(turns.len());
    for (turn, notices) in turns.into_iter().zip(found) {
        if notices.is_empty() {
            parted.push(turn);
        } else {
            divide(&turn, &notices, &mut parted);
        }
    }
    parted
}

/// The bytes of the notices in the text of a turn, where names are known to be speakers'.
fn notices(text: &str, (is_last, is_talk): (bool, bool), is_label: &dyn Fn(&str) -> bool) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut start = 0;
    // `Which page was it?` may be answered so.
    let is_blank_or_page = |line: &str| line.trim().is_empty() || is_page(&line.trim().to_lowercase());
    let is_answer = |words: &str| {
        let is_whole = words.len() == text.trim().len();
        (is_whole && !words.starts_with('[') && forms::is_of_tapes(words)) || text.lines().all(is_blank_or_page)
    };
    for line in text.split_inclusive('\n') {
        let range = start..start + line.trim_end().len();
        start += line.len();
        let words = &text[range.clone()];
        if (is_notice(words) || forms::who_did(words).is_some_and(is_label)) && !is_answer(words) {
            found.push(range);
        }
    }
    if is_last && is_talk {
        close(text, &mut found);
    }
    if is_last && let Some(at) = (0..found.len()).find(|&at| goes_on(text, &found[at])) {
        found[at].end = text.trim_end().len();
        found.truncate(at + 1);
    }
    // Subtitles and recognisers run the last lines together.
    if is_last && found.is_empty() {
        let ranges = sentences(text);
        let closing = ranges.iter().rev().take(3).take_while(|range| is_notice(&text[(*range).clone()])).count();
        if closing > 0 && closing < ranges.len() {
            found.push(ranges[ranges.len() - closing].start..text.len());
        }
    }
    found
}

/// Adds to the notices of the last turn the lines that close the transcript for sure, up from its end, and those in one
/// paragraph with them that may. Something is said above; `[END]` may be all of a turn.
fn close(text: &str, found: &mut Vec<Range<usize>>) {
    struct Line {
        range: Range<usize>,
        is_sure: bool,
        is_known: bool,
        blank_above: bool,
    }
    let mut lines = Vec::new();
    let mut end = text.trim_end().len();
    if !text[..end].contains('\n') && is_end(text) {
        found.push(0..end);
        return;
    }
    while let Some(at) = text[..end].rfind('\n') {
        let range = end - text[at + 1..end].trim_start().len()..end;
        let is_known = found.iter().any(|known| known.end == end);
        let kind = closing(&text[range.clone()]).filter(|kind| *kind != Closing::Doubtful);
        if kind.is_none() && !is_known {
            break;
        }
        end = text[..at].trim_end().len();
        let blank_above = text[end..=at].matches('\n').count() > 1;
        lines.push(Line { range, is_sure: is_known || kind == Some(Closing::Sure), is_known, blank_above });
    }
    let paragraphs = lines.chunk_by(|below, _| !below.blank_above);
    for paragraph in paragraphs.take_while(|lines| lines.iter().any(|line| line.is_sure)) {
        found.extend(paragraph.iter().filter(|line| !line.is_known).map(|line| line.range.clone()));
    }
    found.sort_by_key(|range| range.start);
}

/// The last line of what was said, where it stands below other words and may close the transcript as well; with its
/// number.
pub(super) fn doubtful_closing(turns: &[RawTurn]) -> Option<(usize, &str)> {
    let last = turns.iter().rfind(|turn| &*turn.speaker != SPEAKER)?;
    let text = last.text.trim_end();
    let (above, line) = text.rsplit_once('\n')?;
    // A link may be what somebody sent.
    closing(line).filter(|_| !line.contains("://")).map(|_| (last.line + above.matches('\n').count() + 1, line.trim()))
}

/// Whether all below a notice of the last turn belongs to it: notes on the interview, or an index below its
/// end. A note in brackets ends with them.
fn goes_on(text: &str, notice: &Range<usize>) -> bool {
    let line = &text[notice.clone()];
    if forms::is_note(line) {
        return line.starts_with(char::is_alphanumeric);
    }
    let next = text[notice.end..].lines().map(str::trim).find(|line| !line.is_empty());
    next.is_some_and(|next| LISTS.contains(&next.trim_end_matches(':').to_lowercase().as_str()))
}

/// Whether a line as a whole is a notice.
pub(super) fn is_notice(line: &str) -> bool {
    if line.len() > LONGEST {
        return false;
    }
    if forms::is_one(line) {
        return true;
    }
    if !may_be(line) {
        return false;
    }
    let bare = line.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '©' | '(' | ')'));
    let text: String = bare.to_lowercase().replace('’', "'").split_whitespace().collect::<Vec<_>>().join(" ");
    let n_words = text.split(' ').count();
    let begins = |list: &[&str]| list.iter().any(|start| text.starts_with(start));
    if begins(BY_PROGRAMS) {
        return true;
    }
    let speaks = text.split(|c: char| !c.is_alphanumeric() && c != '\'').any(|word| SELF.contains(&word));
    if begins(BY_PEOPLE) {
        return n_words <= SIGNATURE && !speaks;
    }
    if let Some(what) = text.strip_prefix("end of ") {
        let ends = |ending: &&str| {
            what.strip_prefix(*ending).is_some_and(|rest| rest.is_empty() || !rest.starts_with(char::is_alphanumeric))
        };
        return (n_words <= ENDING && ENDINGS.iter().any(ends) && !speaks) || is_recording(what);
    }
    let inner = text.trim_matches(['(', ')', ' ']);
    ENDS.contains(&inner) || is_timed_end(inner) || is_page(inner) || (is_of_rights(&text) && !speaks)
}

/// `Interview ended at 10:42`, `Recording ends 00:42:10`, `Recording stopped at 3 pm`.
fn is_timed_end(text: &str) -> bool {
    let time = |rest: &str| {
        if rest.starts_with(char::is_alphanumeric) {
            return false;
        }
        let is_set_off = rest.trim_start().starts_with(['(', '[', '–']) || rest.matches(':').count() > 2;
        if is_set_off && is_span(rest) {
            return true;
        }
        let rest = rest.trim_start_matches([' ', ':', '-', '–', ',', '(', '[']);
        let lead = ["at ", "um ", "after ", "nach ", "à ", "a las ", "@ "];
        let rest = lead.iter().find_map(|lead| rest.strip_prefix(lead)).unwrap_or(rest);
        let half = ["am", "pm", "uhr", "a.m", "p.m", "h"].iter().find_map(|end| rest.strip_suffix(end));
        let clock = half.unwrap_or(rest).trim();
        let parts: Vec<&str> = clock.split([':', '.', 'h']).collect();
        let is_number = |part: &&str| (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        parts.len() <= 3 && parts.iter().all(is_number) && (parts.len() > 1 || half.is_some())
    };
    ENDS.iter().any(|end| text.strip_prefix(end).is_some_and(time))
}

/// `(42 min 10 s)`, or from one time to another: `00:12:10 – 00:15:22`.
fn is_span(text: &str) -> bool {
    const UNITS: [&str; 10] = ["h", "min", "mn", "s", "sec", "sek", "std", "hours", "minutes", "minuten"];
    let is_part = |word: &str| {
        let number = |part: &str| (1..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        word.split(':').all(number) || UNITS.contains(&word)
    };
    let mut words = text.split(|c: char| !c.is_alphanumeric() && c != ':').filter(|word| !word.is_empty()).peekable();
    let tells =
        text.contains(':') || UNITS.iter().any(|unit| text.split(|c: char| !c.is_alphabetic()).any(|w| w == *unit));
    tells && words.peek().is_some() && words.all(is_part)
}

/// `K0031.mp4`
fn is_recording(text: &str) -> bool {
    const ENDINGS: [&str; 9] = ["mp3", "mp4", "m4a", "wav", "wma", "mov", "aac", "ogg", "webm"];
    let name = text.trim_end_matches([')', ' ', '.']);
    !name.contains(' ') && name.rsplit_once('.').is_some_and(|(_, ending)| ENDINGS.contains(&ending))
}

/// `Page 2`, `Page 2 of 7`, `Seite 2/7`, `p. 2 of 7`
fn is_page(text: &str) -> bool {
    const PAGES: [&str; 6] = ["page ", "seite ", "página ", "pagina ", "p. ", "s. "];
    /// What is short for it needs the number of all pages.
    const LONG: usize = 5;
    const OF: [&str; 8] = [" of ", " von ", " sur ", " de ", " di ", " van ", "/", " / "];
    let number = |part: &str| (1..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    let Some(rest) = PAGES.iter().find_map(|page| text.strip_prefix(page)) else { return false };
    let is_alone = text.len() - rest.len() >= LONG && number(rest);
    is_alone || OF.iter().any(|of| rest.split_once(of).is_some_and(|(page, pages)| number(page) && number(pages)))
}

/// `© 2019 University of …`, `Copyright 2019 …`, `… All rights reserved`.
fn is_of_rights(text: &str) -> bool {
    let has_year = text.split(|c: char| !c.is_ascii_digit()).any(|n| n.len() == 4 && matches!(&n[..2], "19" | "20"));
    // A sign alone is none: it says nothing of whose rights.
    let names_whose = has_year || text.split_whitespace().count() > 2;
    let signed = (text.starts_with('©') && names_whose)
        || text.starts_with("copyright ©")
        || text.starts_with("copyright (c)")
        || (text.starts_with("(c) ") && has_year)
        || (text.starts_with("copyright") && has_year && text.split(' ').count() <= 25);
    let formal = RIGHTS.iter().filter(|words| text.contains(**words)).count();
    signed
        || (text.contains('©') && (has_year || formal > 0))
        || text.ends_with("all rights reserved")
        || (formal > 0 && OF_WHAT.iter().any(|what| text.contains(what)))
}

/// Whether a line is worth a closer look: by its first letters, or a word of rights in it.
fn may_be(line: &str) -> bool {
    const OPENINGS: [&str; 43] = [
        "trans",
        "trask",
        "trasc",
        "getra",
        "this ",
        "meeti",
        "recor",
        "autom",
        "subti",
        "capti",
        "close",
        "unter",
        "sous-",
        "subtí",
        "sotto",
        "onder",
        "legen",
        "revie",
        "audit",
        "proof",
        "end o",
        "inter",
        "audio",
        "tape ",
        "ende ",
        "fin d",
        "page ",
        "seite",
        "págin",
        "pagin",
        "aufna",
        "enreg",
        "graba",
        "sonix",
        "sugge",
        "prefe",
        "recom",
        "konie",
        "konec",
        "slut ",
        "slutt",
        "haast",
        "конец",
    ];
    const RIGHTS: [&str; 11] = [
        "©",
        "opyright",
        "OPYRIGHT",
        "eserved",
        "ESERVED",
        "eproduced",
        "ermission",
        "orbehalten",
        "éservés",
        "eservados",
        "riservati",
    ];
    let start = line.trim_start_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '©' | '('));
    let mut opening = ['\0'; 5];
    start.chars().flat_map(char::to_lowercase).zip(&mut opening).for_each(|(c, place)| *place = c);
    let inner = || start.trim_start_matches('(').chars().flat_map(char::to_lowercase);
    OPENINGS.iter().any(|known| known.chars().eq(inner().take(5)))
        || matches!(
            opening,
            ['p' | 's', '.', ' ', ..]
                | ['f', 'i', 'n', 'e', ' ']
                | ['e', 'i', 'n', 'd', 'e']
                | ['f', 'i', 'm', ' ', 'd']
                | ['(', 'c', ')', ' ', _]
        )
        || (line.len() <= LONGEST && RIGHTS.iter().any(|part| line.contains(part)))
}

/// Cuts a turn at its notices.
fn divide(turn: &RawTurn, notices: &[Range<usize>], parted: &mut Vec<RawTurn>) {
    let mut pieces: Vec<(Range<usize>, bool)> = Vec::new();
    let mut start = 0;
    for notice in notices {
        pieces.push((start..notice.start, false));
        pieces.push((notice.clone(), true));
        start = notice.end;
    }
    pieces.push((start..turn.text.len(), false));
    let (mut byte, mut point, mut line) = (0, turn.span.start, turn.line);
    for (range, is_notice) in pieces {
        let slice = &turn.text[range.clone()];
        let words = slice.trim();
        if words.is_empty() {
            continue;
        }
        let first = range.start + (slice.len() - slice.trim_start().len());
        let between = &turn.text[byte..first];
        let start = point + between.chars().count();
        let end = start + words.chars().count();
        line += between.matches('\n').count();
        let times = turn.times.iter().filter(|mark| (start..end).contains(&mark.point));
        parted.push(RawTurn {
            speaker: if is_notice { SPEAKER.into() } else { turn.speaker.clone() },
            document: turn.document,
            span: start..end,
            line,
            times: times.copied().collect(),
            text: words.into(),
        });
        line += words.matches('\n').count();
        (byte, point) = (first + words.len(), end);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn turn(text: &str) -> RawTurn {
        RawTurn {
            speaker: "Eva".into(),
            document: 0,
            span: 5..5 + text.chars().count(),
            line: 3,
            times: Vec::new(),
            text: text.into(),
        }
    }

    fn parts(text: &str) -> Vec<(String, String)> {
        let turn = turn(text);
        let parted = part(vec![turn], true, &|_| false);
        for turn in &parted {
            let slice: String = text.chars().skip(turn.span.start - 5).take(turn.span.len()).collect();
            assert_eq!(slice, *turn.text);
            let above = text[..text.find(&*turn.text).unwrap()].matches('\n').count();
            assert_eq!(turn.line, 3 + above);
        }
        parted.into_iter().map(|turn| (turn.speaker.to_string(), turn.text.to_string())).collect()
    }

    #[test]
    fn what_closes_a_transcript_is_nobodys_below_its_last_words_alone() {
        let told = |text: &str| parts(text).into_iter().map(|(who, words)| (who == SPEAKER, words)).collect::<Vec<_>>();
        let closed = "It was warm.\n\nTape ends here.\n\nNotes by Hark\nMeeting ended 10:42 AM\n--- END ---\n";
        let lines = ["Tape ends here.", "Notes by Hark", "Meeting ended 10:42 AM", "--- END ---"];
        let nobodys = lines.iter().map(|line| (true, (*line).to_owned()));
        assert_eq!(told(closed), [(false, "It was warm.".to_owned())].into_iter().chain(nobodys).collect::<Vec<_>>());
        assert_eq!(told("[END]"), [(true, "[END]".to_owned())]);
        for text in [
            "Transcript downloaded from Hark.com",
            "Word count: 3\nwas all it said.",
            "Tape ends here.\nIt was warm.",
            "It was warm.\n\nNotes by Ida.",
            "It was warm.\n\nThe meeting ended.",
        ] {
            assert_eq!(told(text), [(false, text.to_owned())], "{text}");
        }
        // A table's answer ends in its own words; a paragraph of its own that may be said stays.
        let said = RawTurn { text: closed.into(), ..turn(closed) };
        assert_eq!(part(vec![said], false, &|_| true).iter().filter(|turn| &*turn.speaker == SPEAKER).count(), 0);
        assert_eq!(told("Warm.\n\nNotes by Ida.\n\n#end").len(), 2);
        assert_eq!(doubtful_closing(&[turn("It was warm.\n\nThe meeting ended.\n")]), Some((5, "The meeting ended.")));
        let link = "It was warm.\n\nhttps://example.org/hive";
        for text in [link, "The meeting ended.", "It was warm.\n\nAnd then the meeting ended in tears."] {
            assert_eq!(doubtful_closing(&[turn(text)]), None, "{text}");
        }
    }

    #[test]
    fn closing_lines_are_nobodys() {
        for notice in [
            "Transcription ended after 01:02:03",
            "Meeting ended after 00:30:11 👋",
            "This editable transcript was computer generated and might contain errors. People can also change it.",
            "Transcribed by https://otter.ai",
            "Transcribed by: J. Müller, Verbatim Ltd.",
            "[END OF TAPE 1, SIDE A]",
            "End of interview.",
            "*** Ende der Aufnahme ***",
            "Copyright © 2014 Regents of the University of Erewhon",
            "© 1999 The Beekeepers' Trust. All rights reserved.",
            "This interview may not be reproduced without the permission of the Erewhon Historical Society.",
            "Sous-titres réalisés par la communauté d'Amara.org",
            "Untertitel im Auftrag des ZDF, 2020",
            "Interview ended at 10:42",
            "[Recording ends 00:42:10]",
            "Fin de l'enregistrement (38 min 5 s)",
            "[Recording paused – 00:12:10 – 00:15:22]",
            "[Recording paused 00:12:10 – 00:15:22]",
            "[End of K0031.mp4]",
            "Page 2 of 7",
            "(Page 2/7)",
            "Page 12",
            "- Seite 4 -",
            "Seite 12 von 40",
            "p. 3 of 12",
            "[End of recording 10:42]",
            "Recording stopped.",
            "Recording stopped at 10:42 am.",
            "(Recording paused 00:12:03)",
            "Interview beendet um 16.30 Uhr",
            "Anna Hall stopped transcription",
            "Eva stopped transcription",
            "[End Tape 1, Side A; Begin Side B]",
            "TAPE 1, SIDE B",
            "This file is longer than 30 minutes. Go Unlimited at TurboScribe.ai to transcribe more.",
            "Automatically convert your mp3 files to text with Sonix.",
            "Suggested citation: Lund, Ida. Interview by Jon Moss. Erewhon University, 2021.",
            "Koniec wywiadu",
            "Field notes: Ida was tired.",
            "[Moderator note: Ida left early.]",
        ] {
            let text = format!("We küssed the bees.\nThen we left.\n\n{notice}");
            let found = parts(&text);
            assert_eq!(found.len(), 2, "{notice}");
            assert_eq!(found[0], ("Eva".to_owned(), "We küssed the bees.\nThen we left.".to_owned()), "{notice}");
            assert_eq!(found[1].0, SPEAKER);
        }
    }

    #[test]
    fn notices_stand_between_words_and_at_the_end_of_captions() {
        let found = parts("One thing.\n© 2001 Erewhon Archive\nAnother thing.");
        assert_eq!(found.iter().map(|(who, _)| who.as_str()).collect::<Vec<_>>(), ["Eva", SPEAKER, "Eva"]);
        let found = parts("So we went home. Thank you. Untertitel der Amara.org-Community");
        assert_eq!(found[1], (SPEAKER.to_owned(), "Untertitel der Amara.org-Community".to_owned()));
    }

    #[test]
    fn what_follows_the_end_is_nobodys() {
        let found = parts("So we left.\n\nEND OF TAPE 1\n\nINDEX\nbees, 1\nhoney, 3");
        let rest = "END OF TAPE 1\n\nINDEX\nbees, 1\nhoney, 3";
        assert_eq!(found, [("Eva".to_owned(), "So we left.".to_owned()), (SPEAKER.to_owned(), rest.to_owned())]);
        let found = parts("So we left.\n\nField notes:\nShe was tired.\n\nThe phone rang.");
        assert_eq!(found[1], (SPEAKER.to_owned(), "Field notes:\nShe was tired.\n\nThe phone rang.".to_owned()));
        // A tape ends, the talk goes on.
        let found = parts("So we left.\n\nEND OF TAPE 1\n\nAnd came back.\n[Moderator note: late.]\nFor good.");
        let whose: Vec<&str> = found.iter().map(|(who, _)| who.as_str()).collect();
        assert_eq!(whose, ["Eva", SPEAKER, "Eva", SPEAKER, "Eva"]);
    }

    #[test]
    fn a_label_of_notes_is_nobodys() {
        let turn = |speaker: &str| RawTurn {
            speaker: speaker.into(),
            document: 0,
            span: 0..11,
            line: 1,
            times: Vec::new(),
            text: "We left it.".into(),
        };
        let turns = || vec![turn("Eva"), turn("Interviewer notes"), turn("Notes")];
        let whose = |is_somebody: &dyn Fn(&str) -> bool| -> Vec<String> {
            part(turns(), true, is_somebody).iter().map(|turn| turn.speaker.to_string()).collect()
        };
        assert_eq!(whose(&|_| false), ["Eva", SPEAKER, "Notes"]);
        assert_eq!(whose(&|label| label == "Interviewer notes"), ["Eva", "Interviewer notes", "Notes"]);
    }

    #[test]
    fn words_about_such_things_are_words() {
        for text in [
            "Copyright is what worries me most.",
            "Copyright worries me since 2020, they take all we write.",
            "The end of the interview was the hardest part for the patients.",
            "End of session two I was in tears.",
            "Transcribed by hand, I did all of them at night and it took me years.",
            "The recording stopped and nobody noticed.",
            "I said that all rights reserved means nothing to us.",
            "The university holds the copyright, and I have no say.",
            "Subtitles would help my mother.",
            "We transcribed by ear. The meeting ended after the row.",
            "End of story.",
            "The interview ended at 10:42.",
            "Recording ended at noon.",
            "Page 2 of 7 was missing.",
            "Page 2 of the book",
            "Page 2 of 7 chapters",
            "Recording stopped me.",
            "Interview ended at 10 people.",
            "P. 3 is where I am.",
            "Page 2 of 7",
            "Page 12",
            "Page 4\nPage 9",
            "p. 12",
            "Page twelve",
            "Page 12 and 13",
            "Interview ended at home.",
            "Tape 1, side B",
            "Nurse stopped transcription",
            "Index\nbees, 1",
            "Suggested citation was what we lacked.",
        ] {
            assert_eq!(parts(text), [("Eva".to_owned(), text.to_owned())], "{text}");
        }
    }
}
