//! Plain text and Markdown: one transcript a file, or several with a header each.
//!
//! In: the file's text. Out: one document, the whole file, and its transcripts; numbers of its lines, the running heads
//! of its pages and their numbers, a header that comes again, that of a [transcription started again](restarted),
//! [outlines and marks of services](services) (with the [times](clocks) of chats, and those in [rare forms](rising)),
//! [marks at the ends of lines](breaks), what [messengers](messages) (and [LINE](line_app) on phones) write into chats
//! and [about messages](echoes), the tags of [cells between bars](bars), and what makes quotations and links of its
//! turns in Markdown and stands beside their words there are left out of it. [Headings](headings) between turns are nobody's. Stretches of a
//! recording, as [consoles](console) and [label tracks](label_track) show them, are read as such. A transcript without
//! a single speaker label is a failure, unless the user says that the file is one person's own words.

mod bars;
mod breaks;
mod clocks;
mod console;
mod echoes;
mod headings;
mod label_track;
mod line_app;
mod messages;
mod restarted;
mod rising;
mod services;

use std::ops::Range;
use std::sync::Arc;

use super::super::error::counted;
use super::super::labels::{self, Labelled, LeftOut, Remark, Stretch};
use super::super::speakers::{Names, key};
use super::super::{CorpusError, ReadOptions, front_matter, markdown, notices, page_numbers, running_heads};
use super::{Claim, Contents, File, RawDocument, RawTranscript, RawTurn, Reader, Reading, Ruler, mark, segments};

pub(crate) struct Text;

impl Reader for Text {
    fn name(&self) -> &'static str {
        "text"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["txt", "md", "markdown", "text"]
    }

    fn claim(&self, contents: &Contents, _options: &ReadOptions) -> Claim {
        if contents.text().is_some() { Claim::Possible } else { Claim::No }
    }

    fn named_by_file(&self) -> bool {
        false
    }

    fn read(&self, file: File<'_>) -> Result<Reading, CorpusError> {
        let mut reading = Reading::default();
        let text = file.contents.into_text(file.path)?;
        match label_track::read(&text).or_else(|| console::read(&text, file.names)).or_else(|| console::counted(&text))
        {
            Some(said) => segments::read(said, file.path, 1, file.names, &mut reading),
            None => Page { text, ..Page::default() }.read(file.path, file.names, &mut reading),
        }
        Ok(reading)
    }
}

/// A text with speaker labels, and how it stands in its file.
#[derive(Debug, Default)]
pub(crate) struct Page {
    pub(crate) text: String,
    /// For each line of the text its place in the file, where that is not the line itself.
    pub(crate) places: Vec<usize>,
    /// Bytes of the text that nobody says, such as headings between the turns; in order, each on
    /// lines of its own.
    pub(crate) asides: Vec<Range<usize>>,
}

/// So many doubtful lines of a transcript are named.
const MAX_REMARKS: usize = 3;

/// The whole of a text as the words of one person, who goes by the transcript's id or the file's name.
fn own_words(body: &str, section: &front_matter::Section, path: &str) -> Labelled {
    let file = path.rsplit('/').next().unwrap_or(path);
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let label = section.id.clone().unwrap_or_else(|| stem.to_owned());
    let text = labels::trim(body, 0..body.len());
    let stretches = vec![Stretch { label, seconds: None, text }];
    Labelled { stretches, layout: Some("one person's own words"), ..Labelled::default() }
}

impl Page {
    /// Adds the document and the transcripts in it to what was read of the file at `path`.
    pub(crate) fn read(mut self, path: &str, names: &Names, reading: &mut Reading) {
        let mut left_out: Vec<String> = Vec::new();
        self.settle_breaks(&mut left_out);
        self.leave_out_of_markdown(&mut left_out);
        if let Some(numbers) = labels::line_numbers(&self.text) {
            self.leave_out(&numbers);
            left_out.push("line numbers, which were taken off".to_owned());
        }
        self.leave_out_of_services(&mut left_out);
        let mut heads = running_heads::find(&self.text);
        heads.extend(running_heads::beside(&self.text, &heads));
        heads.sort_by_key(|head| head.start);
        // Of several transcripts each may have a title with its number.
        let is_one = || {
            front_matter::sections(&self.text).len() == 1
                || (running_heads::are_of_one(&self.text, &running_heads::find(&self.text))
                    && front_matter::sections(&labels::without(&self.text, &heads)).len() == 1)
        };
        if !heads.is_empty() && is_one() {
            self.leave_out(&heads);
            left_out.push(format!("{} of pages left out", counted(heads.len(), "running head")));
        }
        let numbers = page_numbers::find(&self.text);
        if !numbers.is_empty() {
            let titles = running_heads::beside(&self.text, &numbers);
            let mut all = [&numbers[..], &titles].concat();
            all.sort_by_key(|bytes| bytes.start);
            self.leave_out(&all);
            left_out.push(format!("{} left out", counted(numbers.len(), "page number")));
            if !titles.is_empty() {
                left_out.push(format!("{} of pages left out", counted(titles.len(), "running head")));
            }
        }
        let again = front_matter::repeated(&self.text);
        self.leave_out_as(again.lines, &mut left_out, |n| {
            format!("{} of a header that comes again left out", counted(n, "line"))
        });
        reading.add_to_layout(left_out);
        let document = reading.documents.len();
        let mut ruler = Ruler::new(&self.text, 1);
        let mut sections = front_matter::sections(&self.text);
        if let Some(first) = sections.first_mut() {
            first.people.extend(again.people);
        }
        let several = sections.len() > 1;
        if sections.iter().any(|section| section.is_below_title) {
            reading.add_to_layout(vec![format!("{} interviews, each below a line that names it", sections.len())]);
        }
        for (number, section) in sections.into_iter().enumerate() {
            let body = &self.text[section.body.clone()];
            let line = self.place(section.line);
            if body.trim().is_empty() {
                let name = section.id.as_deref().unwrap_or("without an id");
                reading.warnings.push(format!("`{path}`, line {line}: nothing below the header of transcript {name}"));
                continue;
            }
            let names = &names.with(&section.people);
            let found =
                if names.owns(path) { Some(own_words(body, &section, path)) } else { labels::read(body, names) };
            let Some(Labelled { stretches, remarks, layout }) = found else {
                if number == 0 && several && section.id.is_none() {
                    reading.warnings.push(format!(
                        "`{path}`: the text above the first transcript's header has no speaker and was left out"
                    ));
                    continue;
                }
                let advice = Some(labels::advice(body, path, names));
                reading.failures.push(CorpusError::NoSpeakers { path: path.to_owned(), line, advice });
                continue;
            };
            reading.layout = reading.layout.take().or(layout.map(str::to_owned));
            if let Some((line, said)) = &section.doubt {
                let line = self.place(*line);
                reading.warnings.push(format!(
                    "`{path}`, line {line}: `{said}` stands above the first question and counts as said; if it and its \
                     neighbours describe the speakers, take them out of the file"
                ));
            }
            if let Some((line, title)) = &section.skipped {
                let line = self.place(*line);
                reading.warnings.push(format!(
                    "`{path}`, line {line}: `{title}` looks like the title of another interview but counts as words of \
                     the one above; where it is one, call both `Interview 1`, `Interview 2` on lines between blank ones"
                ));
            }
            let (headings, mut doubts) = headings::between(body, &stretches, names);
            let move_on = |heading: Range<usize>| section.body.start + heading.start..section.body.start + heading.end;
            let headings: Vec<Range<usize>> = headings.into_iter().map(move_on).collect();
            let asides = if self.asides.is_empty() { &headings } else { &self.asides };
            doubts.retain(|doubt| self.asides.is_empty() && remarks.iter().all(|told| told.at != doubt.at));
            let mut turns = Vec::with_capacity(stretches.len());
            for stretch in stretches {
                let bytes = section.body.start + stretch.text.start..section.body.start + stretch.text.end;
                let mut seconds = stretch.seconds;
                for (is_said, piece) in self.pieces(bytes, asides) {
                    let (start, line) = ruler.to(piece.start);
                    let (end, _) = ruler.to(piece.end);
                    turns.push(RawTurn {
                        speaker: if is_said { stretch.label.as_str().into() } else { Arc::default() },
                        document,
                        span: start..end,
                        line: self.place(line),
                        times: mark(start, seconds.take_if(|_| is_said)),
                        text: self.text[piece].into(),
                    });
                }
            }
            for told in [remarks, doubts] {
                let told = self.of_words(told, section.body.start, &turns, names);
                self.remark(&told, section.body.start, path, &mut reading.warnings);
            }
            reading.transcripts.push(RawTranscript {
                study: section.study.map(Into::into),
                id: section.id.map(Into::into),
                turns,
                answers_column: None,
                people: section.people,
                person: None,
            });
        }
        reading.documents.push(RawDocument { cell: None, text: self.text.into() });
    }

    /// Makes lines of what stands on lines of its own in other programs, and takes marks off around all of them.
    fn settle_breaks(&mut self, left_out: &mut Vec<String>) {
        // Lines that have places are those of another format.
        if let Some(text) = breaks::as_lines(&self.text).filter(|_| self.places.is_empty() && self.asides.is_empty()) {
            self.text = text;
        }
        if let Some(text) = breaks::without_tags(&self.text) {
            self.text = text;
            left_out.push("`<br>`, which was taken off".to_owned());
        }
        self.leave_out_as(breaks::around_lines(&self.text), left_out, |_| {
            "quotation marks around every line, which were taken off".to_owned()
        });
    }

    /// Leaves out what Markdown has around turns and beside words.
    fn leave_out_of_markdown(&mut self, left_out: &mut Vec<String>) {
        self.leave_out_as(markdown::quoted(&self.text), left_out, |_| {
            "`>` before every line, which was taken off".to_owned()
        });
        self.leave_out_as(markdown::links(&self.text), left_out, |_| {
            "links of times or speakers, which were taken off".to_owned()
        });
        self.leave_out_as(markdown::attributes(&self.text), left_out, |n| {
            format!("{} of attributes left out", counted(n, "list"))
        });
        self.leave_out_as(markdown::escapes(&self.text), left_out, |_| {
            "backslashes of brackets, which were taken off".to_owned()
        });
    }

    /// Leaves out what services write above and between the words, and writes their openings as others do.
    fn leave_out_of_services(&mut self, left_out: &mut Vec<String>) {
        self.leave_out_as(clocks::days(&self.text), left_out, |n| {
            format!("{} with the days of a chat left out", counted(n, "line"))
        });
        let has_times = services::may_open_with_times(&self.text);
        let rising = || if has_times { rising::rewritten(&self.text) } else { None };
        let rewritten = line_app::rewritten(&self.text).or_else(|| services::rewritten(&self.text, has_times));
        if let Some(text) = rewritten.or_else(rising) {
            self.text = text;
        }
        if let Some(text) = bars::labelled(&self.text).filter(|_| self.asides.is_empty()) {
            self.text = text;
            left_out.push("cells between bars: who speaks, and the words".to_owned());
        }
        if let Some(text) = services::with_one_colon(&self.text) {
            self.text = text;
        }
        self.leave_out_as(services::moments(&self.text), left_out, |n| {
            format!("{} of a service on what was said left out", counted(n, "note"))
        });
        self.leave_out_as(messages::by_program(&self.text), left_out, |n| {
            format!("{} of the messenger left out", counted(n, "line"))
        });
        self.leave_out_as(echoes::by_program(&self.text), left_out, |n| {
            format!("{} of a program about other messages left out", counted(n, "line"))
        });
        self.leave_out_as(restarted::heads(&self.text), left_out, |n| {
            format!("{} of a transcription started again left out", counted(n, "line"))
        });
        self.leave_out_as(services::outline(&self.text), left_out, |n| {
            format!("an outline above the talk left out ({})", counted(n, "line"))
        });
    }

    /// Takes bytes out of the text, if there are any, and says of how many pieces what they were.
    fn leave_out_as(&mut self, ranges: Vec<Range<usize>>, told: &mut Vec<String>, what: impl Fn(usize) -> String) {
        if !ranges.is_empty() {
            self.leave_out(&ranges);
            told.push(what(ranges.len()));
        }
    }

    /// Takes bytes out of the text.
    fn leave_out(&mut self, ranges: &[Range<usize>]) {
        self.text = labels::without(&self.text, ranges);
        let left_out = LeftOut::new(ranges.to_vec());
        for aside in &mut self.asides {
            *aside = left_out.moved(aside.start)..left_out.moved(aside.end);
        }
    }

    /// The remarks on lines that are not known to be nobody's.
    fn of_words(&self, remarks: Vec<Remark>, body: usize, turns: &[RawTurn], names: &Names) -> Vec<Remark> {
        if remarks.is_empty() {
            return remarks;
        }
        let nobodys = notices::spans(turns, &|label| names.is_given(&key(label)));
        let is_said = |remark: &Remark| {
            let at = body + remark.at;
            let first = self.text[at..].find(char::is_alphanumeric).unwrap_or_default();
            let point = self.text[..at + first].chars().count();
            !nobodys.iter().any(|span| span.contains(&point))
        };
        if nobodys.is_empty() { remarks } else { remarks.into_iter().filter(is_said).collect() }
    }

    /// Warns of what is doubtful: the first few of a transcript, and how many more there are.
    fn remark(&self, remarks: &[Remark], body: usize, path: &str, warnings: &mut Vec<String>) {
        for remark in remarks.iter().take(MAX_REMARKS) {
            let line = 1 + self.text[..body + remark.at].matches('\n').count();
            warnings.push(format!("`{path}`, line {}: {}", self.place(line), remark.what));
        }
        if let Some(more @ 1..) = remarks.len().checked_sub(MAX_REMARKS) {
            warnings.push(format!("`{path}`: {more} more lines that may be speakers"));
        }
    }

    fn place(&self, line: usize) -> usize {
        self.places.get(line - 1).copied().unwrap_or(line)
    }

    /// A stretch of the text without white space at its ends, divided into what is said and what is
    /// not.
    fn pieces(&self, stretch: Range<usize>, asides: &[Range<usize>]) -> Vec<(bool, Range<usize>)> {
        let first = asides.partition_point(|aside| aside.end <= stretch.start);
        let mut pieces = Vec::new();
        let mut start = stretch.start;
        let mut push = |is_said: bool, range: Range<usize>| {
            let piece = &self.text[range.clone()];
            let from = range.start + (piece.len() - piece.trim_start().len());
            if !piece.trim().is_empty() {
                pieces.push((is_said, from..from + piece.trim().len()));
            }
        };
        for aside in asides[first..].iter().take_while(|aside| aside.start < stretch.end) {
            let from = aside.start.max(start);
            push(true, start..from);
            push(false, from..aside.end.min(stretch.end));
            start = aside.end.min(stretch.end);
        }
        push(true, start..stretch.end);
        pieces
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Reading {
        let mut reading = Reading::default();
        let page = Page { text: text.to_owned(), ..Page::default() };
        page.read("a.txt", &Names::default(), &mut reading);
        reading
    }

    #[test]
    fn a_colon_typed_twice_is_no_word_of_the_turn() {
        let text = "Hall: Why so?\n\nReed: It rained.\n\nHall: And then?\n\nReed:: Since it rained.\n\nHall: Where?\n\n\
                    Reed: In a::b.\n";
        let reading = read(text);
        let said: Vec<&str> = reading.transcripts[0].turns.iter().map(|turn| &*turn.text).collect();
        assert_eq!(said, ["Why so?", "It rained.", "And then?", "Since it rained.", "Where?", "In a::b."]);
    }

    #[test]
    fn lines_of_a_messenger_are_left_out_and_counted() {
        let text = "05/03/24, 14:00 - Hall: Why so?\n05/03/24, 14:01 - Reed: Since it rained.\n\
                    05/03/24, 14:02 - Reed: <Media omitted>\n05/03/24, 14:03 - Hall: And then?\n\
                    05/03/24, 14:04 - Reed: We left. <This message was edited>\n";
        let reading = read(text);
        let said: Vec<&str> = reading.transcripts[0].turns.iter().map(|turn| &*turn.text).collect();
        assert_eq!(said, ["Why so?", "Since it rained.", "And then?", "We left."]);
        assert!(reading.layout.unwrap_or_default().contains("2 lines of the messenger left out"));
    }

    #[test]
    fn running_heads_are_nobodys_and_lines_stay_where_they_are() {
        let head = |n: usize| format!("Oral History: Tom Reed\t{n}\n\n");
        let text = format!(
            "{}Hall: Why was it so?\n\nReed: Since it rained\n\n{}all of the day.\n\nHall: And then?\n\n{}Reed: We left.\n",
            head(1),
            head(2),
            head(3)
        );
        let reading = read(&text);
        let turns = &reading.transcripts[0].turns;
        let found: Vec<(&str, usize)> = turns.iter().map(|turn| (&*turn.speaker, turn.line)).collect();
        assert_eq!(found, [("Hall", 3), ("Reed", 5), ("Hall", 11), ("Reed", 15)]);
        assert!(turns[1].text.starts_with("Since it rained") && turns[1].text.ends_with("all of the day."));
        for turn in turns {
            let document = &reading.documents[turn.document].text;
            let words: String = document.chars().skip(turn.span.start).take(turn.span.len()).collect();
            assert_eq!(words, *turn.text);
        }
        assert_eq!(reading.layout.as_deref(), Some("3 running heads of pages left out"));
    }

    #[test]
    fn numbers_of_pages_are_nobodys_and_answers_stay() {
        let page = |n: usize| format!("Hall: How many years was it?\n\nReed: 1{n}\nor so.\n\n- {n} -\n\nAnd more.\n\n");
        let reading = read(&(1..=3).map(page).collect::<String>());
        let turns = &reading.transcripts[0].turns;
        let found: Vec<(&str, usize)> = turns.iter().map(|turn| (&*turn.speaker, turn.line)).collect();
        assert_eq!(found, [("Hall", 1), ("Reed", 3), ("Hall", 10), ("Reed", 12), ("Hall", 19), ("Reed", 21)]);
        let said: Vec<&str> = turns[1].text.split_whitespace().collect();
        assert_eq!(said, ["11", "or", "so.", "And", "more."]);
        assert_eq!(reading.layout.as_deref(), Some("3 page numbers left out"));
    }

    #[test]
    fn a_title_beside_the_number_of_a_page_is_nobodys() {
        for page in ["Page {n} of 3\n\nBees – Interview 14", "{n}\n\nTalk with Tom Reed, 12 March 2011"] {
            let page = |n: usize| {
                format!(
                    "Hall: Why was it?\n\nReed: It rained\nfor days.\n\n{}\n\nA lot.\n\n",
                    page.replace("{n}", &n.to_string())
                )
            };
            let reading = read(&(1..=3).map(page).collect::<String>());
            let said: Vec<&str> = reading.transcripts[0].turns[1].text.split_whitespace().collect();
            assert_eq!(said.join(" "), "It rained for days. A lot.");
        }
    }

    #[test]
    fn marks_of_markdown_around_turns_are_no_words() {
        let text = "> **Hall:** Why was it?\n>\n> **Reed:** It rained.\n> A lot.\n>\n> **Hall:** And then?\n>\n> **Reed:** No.\n";
        let reading = read(text);
        let turns: Vec<(&str, usize, &str)> =
            reading.transcripts[0].turns.iter().map(|turn| (&*turn.speaker, turn.line, &*turn.text)).collect();
        assert_eq!(turns[1], ("Reed", 3, "It rained.\nA lot."));
        let turn = |n: usize| {
            format!("[0:0{n}](https://a.org/?t={n}) {}: It was [so](https://b.org).\n\n", ["Hall", "Reed"][n % 2])
        };
        let reading = read(&(1..=4).map(turn).collect::<String>());
        let turn = &reading.transcripts[0].turns[1];
        assert_eq!((&*turn.speaker, &*turn.text), ("Hall", "It was [so](https://b.org)."));
        assert_eq!(turn.times[0].seconds, 2.0);
    }

    #[test]
    fn headings_of_markdown_and_lists_of_attributes_are_no_words() {
        let turn = |n: usize| {
            let name = ["Hall", "Reed"][n % 2];
            format!("**{name}:**{{: .text-{n}}}\n\\[00:0{n}\\] It was {n}.\n\n---\n\n## Part about {n}\n\n")
        };
        let reading = read(&(1..=4).map(turn).collect::<String>());
        let turns = &reading.transcripts[0].turns;
        let found: Vec<(&str, &str)> = turns.iter().map(|turn| (&*turn.speaker, &*turn.text)).collect();
        let heading = |n: usize| format!("---\n\n## Part about {n}");
        assert_eq!(found.len(), 8, "{found:?}");
        assert_eq!(found[..2], [("Reed", "It was 1."), ("", &*heading(1))]);
        assert_eq!(found[6..], [("Hall", "It was 4."), ("", &*heading(4))]);
        assert_eq!(turns[2].times[0].seconds, 2.0);
    }

    #[test]
    fn talks_as_services_write_them_are_read() {
        const SAID: [&str; 4] = ["Why was it so?", "It rained for days.", "And then?", "We left it all."];
        type Turn = fn(usize, &str, &str) -> String;
        let forms: [Turn; 5] = [
            |n, who, words| format!("00:0{}: {who}: {words}\n\n", n + 3),
            |n, who, words| format!("{who} (0 min {} sec)\n{words}\n\n", n + 3),
            |n, who, words| format!("[00:0{0}](https://fathom.video/x?t={0}) - **{who}**\n\n{words}\n\n", n + 3),
            |n, who, words| format!("0:0:{}.1 --> 0:0:9.4\n{who}\n{words}\n\n", n + 3),
            |n, who, words| {
                let item = "  ACTION ITEM: Send it - WATCH: https://fathom.video/x\n";
                format!("0:0{} - {who}\n  {words}\n{}\n", n + 3, if n == 1 { item } else { "" })
            },
        ];
        for turn in forms {
            let talk: String = (0..4).map(|n| turn(n, ["Ann Hall", "Tom Reed"][n % 2], SAID[n])).collect();
            for lead in ["Bees\n\n", "Bees\n\nOutline\n\nBeginnings (0:03)\nTom took over.\n\n"] {
                let reading = read(&format!("{lead}{talk}"));
                let turns = reading.transcripts.first().map_or(&[][..], |transcript| &transcript.turns);
                let found: Vec<_> = turns.iter().filter(|turn| !turn.speaker.is_empty()).collect();
                assert_eq!(found.iter().map(|turn| &*turn.text).collect::<Vec<_>>(), SAID, "{talk}");
                assert_eq!((&*found[1].speaker, found[1].times[0].seconds), ("Tom Reed", 4.0), "{talk}");
                assert!(reading.warnings.is_empty(), "{:?}", reading.warnings);
            }
        }
    }

    #[test]
    fn numbers_of_what_is_said_stay() {
        let text = "Hall: Page 1\n\nReed: So.\nMuch.\n\nHall: Page 2\n\nReed: No.\nNone.\n\nHall: Page 3\n\nReed: Yes.\n\n\
                    Hall: Thank you.\n";
        let reading = read(text);
        assert_eq!(reading.transcripts[0].turns.len(), 7);
        assert_eq!(reading.layout, None);
    }
}
