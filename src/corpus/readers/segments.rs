//! Stretches of a recording without a field for who speaks, as speech recognisers write them.
//!
//! In: what was said from when to when. Out: one transcript: by the names that the stretches start
//! with (`[SPEAKER_00]: …`), or by the labels in their lines taken together; a failure where nobody is
//! named. It never takes a stretch for anybody's without a name.

use super::super::people::People;
use super::super::speakers::Names;
use super::super::{CorpusError, labels};
use super::said::{MAX_MESSAGES, Said, in_milliseconds, script};
use super::{RawDocument, RawTranscript, RawTurn, Reading, Ruler, Script, mark};

/// Of so many stretches in ten at least must start with a name.
pub(super) const NAMED_IN_TEN: usize = 8;

/// Reads the stretches of one transcript, which starts on a line of the file.
pub(super) fn read(said: Vec<Said>, path: &str, line: usize, names: &Names, reading: &mut Reading) {
    let in_ms = in_milliseconds(&said);
    if names.owns(path) {
        let file = path.rsplit('/').next().unwrap_or(path);
        let speaker = file.rsplit_once('.').map_or(file, |(stem, _)| stem).to_owned();
        let said: Vec<Said> = said.into_iter().map(|segment| Said { speaker: speaker.clone(), ..segment }).collect();
        return script(&said, in_ms).finish(None, None, reading);
    }
    // The program counted the speakers.
    if !said.is_empty() && said.iter().all(|segment| !segment.speaker.is_empty()) {
        let mut talk = Script::default();
        said.iter().for_each(|turn| talk.go_on(&turn.speaker, &turn.text, " ", turn.line, turn.seconds));
        return talk.finish(None, None, reading);
    }
    let is_timed = said.iter().any(|segment| segment.seconds.is_some());
    if let Some((said, nameless, told)) = by_names(&said, names).filter(|_| is_timed) {
        let told = told.into_iter().take(MAX_MESSAGES).map(|(line, what)| format!("`{path}`, line {line}: {what}"));
        reading.warnings.extend(told);
        if nameless > 0 {
            reading.warnings.push(format!(
                "`{path}`: {nameless} of {} segments name nobody, so nobody is taken to have said them",
                said.len()
            ));
        }
        return script(&said, in_ms).finish(None, None, reading);
    }
    let texts: Vec<&str> = said.iter().map(|segment| segment.text.trim()).collect();
    by_labels(&texts.join("\n"), line, None, None, names, path, reading);
}

/// Stretches with their speakers, how many have none, and lines with what is to be said of them.
type Named = (Vec<Said>, usize, Vec<(usize, String)>);

/// The stretches with their speakers, where they start with names that recur; a phrase that comes once is none.
fn by_names(said: &[Said], names: &Names) -> Option<Named> {
    let parts = |of: NameOf| -> Vec<Option<(&str, &str)>> {
        said.iter().map(|segment| of(segment.text.trim(), names)).collect()
    };
    let parted = [name_of as NameOf, before_dash].into_iter().map(parts).find(|parted| recur(parted))?;
    let named = parted.iter().flatten().count();
    let lines: Vec<labels::Line> =
        said.iter().zip(&parted).map(|(segment, parts)| labels::Line::of(&segment.text, *parts)).collect();
    let found = labels::prefixed(&lines, named == said.len(), names);
    // Of what is no name nobody is known, and that is told.
    let speaker_of = |parts: Option<(&str, &str)>| {
        parts.and_then(|(name, words)| Some((found.speaker(name)?.to_owned(), words.to_owned())))
    };
    let speakers: Vec<Option<(String, String)>> = parted.iter().map(|parts| speaker_of(*parts)).collect();
    let nameless = speakers.iter().filter(|speaker| speaker.is_none()).count();
    let told = found.remarks.iter().filter(|(place, _)| speakers[*place].is_some());
    let told = told.map(|(place, what)| (said[*place].line, what.clone())).collect();
    let named = said.iter().zip(speakers).map(|(segment, speaker)| match speaker {
        Some((speaker, text)) => Said { speaker, text, ..segment.clone() },
        None => segment.clone(),
    });
    Some((named.filter(|segment| !segment.text.trim().is_empty()).collect(), nameless, told))
}

/// Reads the name that a stretch starts with, and its words.
type NameOf = for<'t> fn(&'t str, &Names) -> Option<(&'t str, &'t str)>;

/// Whether most stretches start with names, and these recur.
fn recur(parted: &[Option<(&str, &str)>]) -> bool {
    let mut speakers: Vec<&str> = parted.iter().flatten().map(|(name, _)| *name).collect();
    let named = speakers.len();
    speakers.sort_unstable();
    speakers.dedup();
    named * 10 >= parted.len() * NAMED_IN_TEN && speakers.len() * 2 <= named.max(2)
}

/// The name before a dash: `Ana - words`.
fn before_dash<'t>(text: &'t str, _: &Names) -> Option<(&'t str, &'t str)> {
    let (name, words) = [" - ", " – ", " — "].iter().find_map(|dash| text.split_once(dash))?;
    let (name, words) = (name.trim(), words.trim());
    let is_name = name.starts_with(char::is_uppercase) && labels::valid_label(name);
    (is_name && !words.is_empty()).then_some((name, words))
}

/// The name in brackets, or before a colon, that a stretch starts with, and its words.
pub(super) fn name_of<'t>(text: &'t str, names: &Names) -> Option<(&'t str, &'t str)> {
    let close = match text.chars().next()? {
        '[' => ']',
        '(' => ')',
        _ => return labels::prefix(text, names).map(|(name, words)| (name, words.trim())),
    };
    // `[[SPEAKER_00]]words` of WhisperX's label tracks
    let doubled = text.strip_prefix("[[").and_then(|rest| rest.split_once("]]"));
    let (name, words) = doubled.or_else(|| text[1..].split_once(close))?;
    let name = name.trim().trim_end_matches(':');
    let words = words.trim_start().trim_start_matches([':', '-', ' ']);
    (labels::valid_label(name) && !words.is_empty()).then_some((name, words))
}

/// Reads lines that hold the labels of a transcript; a failure where they hold none.
pub(super) fn by_labels(
    text: &str,
    line: usize,
    id: Option<String>,
    study: Option<String>,
    names: &Names,
    path: &str,
    reading: &mut Reading,
) {
    let Some(stretches) = labels::divide(text, names) else {
        reading.failures.push(CorpusError::NoSpeakers {
            path: path.to_owned(),
            line,
            advice: Some(labels::advice_for_recording(path)),
        });
        return;
    };
    let document = reading.documents.len();
    let mut ruler = Ruler::on_one_line(text, line);
    let turns = stretches
        .into_iter()
        .map(|stretch| {
            let (start, line) = ruler.to(stretch.text.start);
            let (end, _) = ruler.to(stretch.text.end);
            let times = mark(start, stretch.seconds);
            let text = text[stretch.text].into();
            RawTurn { speaker: stretch.label.into(), document, span: start..end, line, times, text }
        })
        .collect();
    reading.documents.push(RawDocument { cell: None, text: text.into() });
    let [study, id] = [study, id].map(|text| text.map(Into::into));
    let people = People::default();
    reading.transcripts.push(RawTranscript { study, id, turns, answers_column: None, people, person: None });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(segments: &[&str]) -> Reading {
        let said = segments.iter().enumerate().map(|(n, text)| {
            let (start, end) = (n * 9000, n * 9000 + 8000);
            Said::segment(n + 2, (*text).to_owned(), &start.to_string(), &end.to_string())
        });
        let mut reading = Reading::default();
        read(said.collect(), "a.tsv", 2, &Names::default(), &mut reading);
        reading
    }

    fn turns(reading: &Reading) -> Vec<(&str, Option<f64>, &str)> {
        let turns = reading.transcripts.iter().flat_map(|transcript| &transcript.turns);
        turns.map(|turn| (&*turn.speaker, turn.times.first().map(|t| t.seconds), &*turn.text)).collect()
    }

    #[test]
    fn names_in_brackets_are_speakers() {
        let reading =
            told(&["[SPEAKER_00]: Why?", "[SPEAKER_01]: Because.", "[SPEAKER_01]: So.", "[SPEAKER_00]: And?"]);
        let expected = [
            ("SPEAKER_00", Some(0.0), "Why?"),
            ("SPEAKER_01", Some(9.0), "Because. So."),
            ("SPEAKER_00", Some(27.0), "And?"),
        ];
        assert_eq!(turns(&reading), expected);
        let tracks = told(&["[[SPEAKER_00]]Why?", "[[SPEAKER_01]]Because.", "[[SPEAKER_01]]So.", "[[SPEAKER_00]]And?"]);
        assert_eq!(turns(&tracks), expected);
        let reading = told(&["Tom: Why?", "Ada: Because.", "Tom: And?", "Ada: So."]);
        assert_eq!(turns(&reading).len(), 4);
    }

    #[test]
    fn names_before_dashes_are_speakers_where_nearly_all_have_one() {
        let talk = ["Ana - Why there?", "Carmen - Because,", "Carmen - so it was.", "Ana - And then?", "Carmen – No."];
        let expected = [
            ("Ana", Some(0.0), "Why there?"),
            ("Carmen", Some(9.0), "Because, so it was."),
            ("Ana", Some(27.0), "And then?"),
            ("Carmen", Some(36.0), "No."),
        ];
        assert_eq!(turns(&told(&talk)), expected);
        let reading =
            told(&["It was cold - and wet.", "We had a boat - a good one.", "So - off we went.", "Home - at last."]);
        assert!(reading.transcripts.iter().all(|talk| talk.turns.iter().all(|turn| &*turn.speaker != "So")));
    }

    #[test]
    fn a_phrase_that_comes_once_is_no_name() {
        let talk = ["[SPEAKER_00]: Why?", "[SPEAKER_01]: Because."].repeat(3);
        let reading = told(&[&talk[..], &["He said: leave them alone."]].concat());
        assert_eq!(turns(&reading).last(), Some(&("", Some(54.0), "He said: leave them alone.")));
        assert!(reading.warnings[0].contains("1 of 7 segments name nobody"), "{:?}", reading.warnings);
        let reading = told(&[&talk[..], &["[Zora]: So it was."]].concat());
        assert_eq!(turns(&reading).last(), Some(&("Zora", Some(54.0), "So it was.")));
        assert!(reading.warnings[0].contains("`Zora:` comes once and was taken"), "{:?}", reading.warnings);
    }

    #[test]
    fn a_recording_may_be_one_persons_own_words() {
        let said = ["I went out.", "It rained."].map(|text| Said::segment(2, text.to_owned(), "0", "9000"));
        let mut reading = Reading::default();
        let names = Names::new(&[], &["ida.tsv".to_owned()]);
        read(said.to_vec(), "logs/ida.tsv", 2, &names, &mut reading);
        assert_eq!(turns(&reading), [("ida", Some(0.0), "I went out. It rained.")]);
    }

    #[test]
    fn nobody_is_made_up() {
        let reading = told(&["Why do you keep bees?", "(laughs) Because I like them.", "Note: they sting.", "So."]);
        assert!(reading.transcripts.is_empty());
        assert!(matches!(reading.failures[0], CorpusError::NoSpeakers { line: 2, .. }));
    }
}
