//! What speech recognisers write into a console: a span of time, who speaks in brackets, and what, on every line, such
//! as `[00:00:02.400 --> 00:00:06.700] [SPEAKER_00]: words` of WhisperX and `(speaker 0) words` of whisper.cpp; and the
//! text that WhisperX writes, with a stretch on every line: `[SPEAKER_00]: words`.
//!
//! In: a text. Out: the stretches of its recording, where every line is one and most name who speaks; none of any other
//! text. It does not say who speaks but where a program counted the speakers.

use super::super::super::by_lines::ByLines;
use super::super::super::labels::time;
use super::super::super::speakers::Names;
use super::super::said::Said;
use super::super::segments::{NAMED_IN_TEN, name_of};

/// Fewer lines are no talk.
const FEWEST: usize = 4;

/// The stretches of such a text.
pub(super) fn read(text: &str, names: &Names) -> Option<Vec<Said>> {
    let mut said = Vec::new();
    let mut n_named = 0;
    for (at, line) in text.by_lines().enumerate().filter(|(_, line)| !line.is_blank()) {
        let ([start, end], words) = span(line.trim())?;
        n_named += usize::from(words.starts_with(['[', '(']) && name_of(words, names).is_some());
        said.push(Said::segment(at + 1, words.to_owned(), start, end));
    }
    (said.len() >= FEWEST && n_named * 10 >= said.len() * NAMED_IN_TEN).then_some(said)
}

/// The stretches of a text in which every line starts with the number of a speaker, and somebody goes on over several.
pub(super) fn counted(text: &str) -> Option<Vec<Said>> {
    let lines = text.by_lines().enumerate().filter(|(_, line)| !line.is_blank());
    let stretch = |(at, line): (usize, &str)| {
        let (speaker, words) = line.trim().strip_prefix('[')?.split_once("]: ")?;
        let number = speaker.strip_prefix("SPEAKER_")?;
        let is_number = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
        let said = Said::segment(at + 1, words.trim().to_owned(), "", "");
        is_number.then(|| Said { speaker: speaker.to_owned(), ..said })
    };
    let said = lines.map(stretch).collect::<Option<Vec<Said>>>()?;
    let goes_on = said.windows(2).any(|two| two[0].speaker == two[1].speaker);
    (said.len() >= FEWEST && goes_on).then_some(said)
}

/// The start and the end in `[00:00:02.400 --> 00:00:06.700]  words`, and the words.
fn span(line: &str) -> Option<([&str; 2], &str)> {
    let (span, words) = line.strip_prefix('[')?.split_once(']')?;
    let (start, end) = span.split_once("-->")?;
    let times = [start.trim(), end.trim()];
    times.iter().all(|clock| time(clock).is_some()).then_some((times, words.trim()))
}

#[cfg(test)]
mod tests {
    use super::super::super::super::{Corpus, ReadOptions, read_bytes};

    const WORDS: [&str; 6] = ["Why was it so?", "It rained,", "and we had no boat.", "And then?", "It was dry.", "So."];

    fn read(line: impl Fn(usize, &str) -> String) -> Corpus {
        let text: String = WORDS.iter().enumerate().map(|(n, words)| line(n, words) + "\n").collect();
        read_bytes("a.txt", text.into_bytes(), &ReadOptions::default()).unwrap()
    }

    fn turns(corpus: &Corpus) -> Vec<(&str, Option<f64>, usize, &str)> {
        let turns = corpus.transcripts.iter().flat_map(|transcript| &transcript.turns);
        turns.map(|turn| (&*turn.speaker, turn.times.first().map(|t| t.seconds), turn.line, &*turn.text)).collect()
    }

    #[test]
    fn who_goes_on_in_the_text_of_a_console_is_in_one_turn() {
        for (asks, answers) in [("[S_0]:", "[S_1]:"), ("  (speaker 0)", "  (speaker 1)")] {
            let who = [asks, answers, answers, asks, answers, asks];
            let found = read(|n, words| format!("[00:00:0{n}.000 --> 00:00:0{n}.900] {} {words}", who[n]));
            let [asks, answers] = [asks, answers].map(|who| who.trim_matches([' ', '[', ']', '(', ')', ':']));
            let expected = [
                (asks, Some(0.0), 1, WORDS[0]),
                (answers, Some(1.0), 2, "It rained, and we had no boat."),
                (asks, Some(3.0), 4, WORDS[3]),
                (answers, Some(4.0), 5, WORDS[4]),
                (asks, Some(5.0), 6, WORDS[5]),
            ];
            assert_eq!(turns(&found), expected);
        }
    }

    #[test]
    fn who_goes_on_in_the_text_of_whisperx_is_in_one_turn() {
        let who = ["00", "01", "01", "00", "01", "00"];
        let found = read(|n, words| format!("[SPEAKER_{}]: {words}", who[n]));
        let expected = [
            ("SPEAKER_00", None, 1, WORDS[0]),
            ("SPEAKER_01", None, 2, "It rained, and we had no boat."),
            ("SPEAKER_00", None, 4, WORDS[3]),
            ("SPEAKER_01", None, 5, WORDS[4]),
            ("SPEAKER_00", None, 6, WORDS[5]),
        ];
        assert_eq!(turns(&found), expected);
        for text in [
            "[Ann]: Why?\n[Tom]: So.\n[Tom]: It rained.\n[Ann]: And?\n",
            "[SPEAKER_00]: Why?\n[SPEAKER_01]: So.\nIt rained.\n[SPEAKER_01]: And?\n[SPEAKER_00]: No.\n",
            "[SPEAKER_00]: Why?\n[SPEAKER_01]: So.\n[SPEAKER_00]: And?\n[SPEAKER_01]: No.\n",
        ] {
            assert!(super::counted(text).is_none(), "{text}");
        }
    }

    #[test]
    fn other_lines_with_times_are_turns_as_they_stand() {
        let who = ["Ann", "Tom", "Tom", "Ann", "Tom", "Ann"];
        for line in [
            &(|n: usize, words: &str| format!("[00:00:0{n}] {}: {words}", who[n])) as &dyn Fn(usize, &str) -> String,
            &|n, words| format!("[00:0{n} --> 00:0{n}] {}: {words}", who[n]),
            &|_, words| words.to_owned(),
        ] {
            let found: Vec<String> = WORDS.iter().enumerate().map(|(n, words)| line(n, words)).collect();
            assert_eq!(super::read(&found.join("\n"), &Default::default()).map(|said| said.len()), None);
        }
    }
}
