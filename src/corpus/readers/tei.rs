//! TEI: transcripts of speech in the XML of the Text Encoding Initiative.
//!
//! In: the file's text. Out: a transcript for each `TEI` in it, written out from its utterances (`<u>`,
//! ISO 24624's annotation blocks, and speeches `<sp>`), with the names and roles of its list of people
//! and the times of its timeline. What is only described – incidents, pauses, notes – and what was deleted is no
//! word; what an editor supplied stands in brackets, and so does a remark where nobody understood or wrote down what
//! was said. Of a choice what was said is read, not what was corrected. `line` is the line of the file.

use std::collections::HashMap;

use super::super::error::counted;
use super::super::{CorpusError, ReadOptions};
use super::people::{People, Person};
use super::xml::{Node, Tag, Xml, closed};
use super::{Claim, Contents, File, Reader, Reading, Ruler, Script, opening};

pub(crate) struct Tei;

impl Reader for Tei {
    fn name(&self) -> &'static str {
        "tei"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["tei", "xml"]
    }

    fn claim(&self, contents: &Contents, _options: &ReadOptions) -> Claim {
        let head = opening(contents.text().unwrap_or_default(), 4096);
        let is_tei = || ["<TEI ", "<TEI>", "<teiCorpus", "<TEI.2"].iter().any(|root| head.contains(root));
        if head.trim_start().starts_with('<') && is_tei() { Claim::Certain } else { Claim::No }
    }

    fn named_by_file(&self) -> bool {
        false
    }

    fn read(&self, file: File<'_>) -> Result<Reading, CorpusError> {
        let path = file.path;
        let text = file.contents.into_text(path)?;
        let mut reading = Reading::default();
        let mut parser = Parser {
            xml: Xml::new(path, "", &text),
            ruler: Ruler::new(&text, 1),
            text: &text,
            one: One::default(),
            n_unclear: 0,
        };
        let n_texts = parser.read(&mut reading)?;
        let n_unclear = parser.n_unclear;
        if reading.transcripts.is_empty() {
            let reason = if n_texts == 0 { "no TEI text" } else { "no utterance, such as `<u who=\"#A\">…</u>`" };
            return Err(CorpusError::Malformed {
                path: path.to_owned(),
                place: "the whole file".to_owned(),
                reason: reason.to_owned(),
                hint: "of XML, TEI with utterances or speeches is read; export other XML as plain text or CSV",
            });
        }
        if n_unclear > 0 {
            reading.add_to_layout([format!("{} read that the file marks as unclear", counted(n_unclear, "word"))]);
        }
        let unnamed = reading.transcripts.iter().flat_map(|t| &t.turns).filter(|turn| turn.speaker.is_empty()).count();
        if unnamed > 0 {
            reading.warnings.push(format!("`{path}`: {unnamed} utterances name nobody in `who` and are nobody's"));
        }
        Ok(reading)
    }
}

/// What is known of one text while it is read.
#[derive(Default)]
struct One {
    id: Option<String>,
    people: Vec<Person>,
    /// Seconds of the points of the timeline.
    times: HashMap<String, f64>,
    utterances: Vec<Utterance>,
}

struct Utterance {
    /// Codes of those who speak.
    who: Vec<String>,
    /// A name that stands above the words.
    name: String,
    words: String,
    line: usize,
    seconds: Option<f64>,
}

struct Parser<'a> {
    xml: Xml<'a>,
    ruler: Ruler<'a>,
    text: &'a str,
    one: One,
    /// Words that are marked as unclear.
    n_unclear: usize,
}

/// Of alternatives one is read.
struct Choice {
    /// The depth of its alternatives, and where what is read of them starts.
    depth: usize,
    start: usize,
    /// The rank of the one that is read.
    taken: Option<u8>,
}

impl Choice {
    /// Whether an alternative is read: the first, or one that goes before it, which then is left out.
    fn takes(&mut self, name: &str, words: &mut Words) -> bool {
        // What was said goes before what an editor made of it.
        let rank = match name {
            "orig" | "sic" | "abbr" | "lem" => 0,
            "corr" | "reg" | "expan" | "rdg" => 2,
            _ => 1,
        };
        let is_taken = self.taken.is_none_or(|taken| rank < taken);
        if is_taken {
            words.said.truncate(self.start);
            self.taken = Some(rank);
        }
        is_taken
    }
}

impl Parser<'_> {
    /// Reads the file and says how many texts it has.
    fn read(&mut self, reading: &mut Reading) -> Result<usize, CorpusError> {
        let mut n_texts = 0;
        // Who speaks in the block of annotations that is open, and when.
        let mut block: (Vec<String>, Option<f64>) = Default::default();
        loop {
            match self.xml.next()? {
                Node::Open(tag) => match tag.name() {
                    "TEI" | "TEI.2" => {
                        n_texts += 1;
                        self.one.id = tag.attribute("id").or(self.one.id.take());
                    }
                    "person" | "participant" => {
                        let person = self.person(&tag)?;
                        self.one.people.push(person);
                    }
                    "when" => self.when(&tag),
                    "annotationBlock" => block = (codes(&tag), self.start(&tag)),
                    "u" | "sp" => {
                        let who = Some(codes(&tag)).filter(|who| !who.is_empty()).unwrap_or_else(|| block.0.clone());
                        let seconds = self.start(&tag).or(block.1);
                        let (_, line) = self.ruler.to(self.xml.byte().min(self.text.len()));
                        let mut words = Words::default();
                        self.words(&mut words)?;
                        let Words { said, name, seconds: within, .. } = words;
                        let seconds = seconds.or(within);
                        self.one.utterances.push(Utterance { who, name, words: said, line, seconds });
                    }
                    _ => {}
                },
                Node::Close(end) => match closed(&end) {
                    "annotationBlock" => block = Default::default(),
                    "TEI" | "TEI.2" => std::mem::take(&mut self.one).finish(reading),
                    _ => {}
                },
                Node::Text(_) => {}
                Node::End => return Ok(n_texts),
            }
        }
    }

    /// A person of the list, who has opened.
    fn person(&mut self, tag: &Tag<'_>) -> Result<Person, CorpusError> {
        let mut person = Person {
            code: tag.attribute("id").or_else(|| tag.attribute("n")).unwrap_or_default(),
            name: String::new(),
            role: tag.attribute("role").unwrap_or_default(),
        };
        let until = tag.name().to_owned();
        loop {
            match self.xml.next()? {
                Node::Open(tag) if matches!(tag.name(), "persName" | "name" | "abbr") && person.name.is_empty() => {
                    person.name = self.xml.text()?.split_whitespace().collect::<Vec<_>>().join(" ");
                }
                Node::Open(tag) if tag.name() == "role" && person.role.is_empty() => {
                    person.role = self.xml.text()?.trim().to_owned();
                }
                Node::Close(end) if closed(&end) == until => return Ok(person),
                Node::End => return Ok(person),
                Node::Open(_) | Node::Close(_) | Node::Text(_) => {}
            }
        }
    }

    /// A point of the timeline: so long after another, or after its origin.
    fn when(&mut self, tag: &Tag<'_>) {
        let Some(id) = tag.attribute("id") else { return };
        let interval = tag.attribute("interval").and_then(|interval| seconds(&interval));
        let since = tag.attribute("since").and_then(|since| self.one.times.get(since.trim_start_matches('#')).copied());
        match interval {
            Some(interval) => {
                self.one.times.insert(id, since.unwrap_or(0.0) + interval);
            }
            // The first point is the start of the recording.
            None if self.one.times.is_empty() => {
                self.one.times.insert(id, 0.0);
            }
            None => {}
        }
    }

    fn start(&self, tag: &Tag<'_>) -> Option<f64> {
        self.one.times.get(tag.attribute("start")?.trim_start_matches('#')).copied()
    }

    /// The words up to the end of the element that has opened.
    fn words(&mut self, words: &mut Words) -> Result<(), CorpusError> {
        // Elements that are open in it, and of some of them the name and where their words start.
        let mut depth = 0;
        let mut marked: Vec<(usize, usize)> = Vec::new();
        let mut choices: Vec<Choice> = Vec::new();
        loop {
            match self.xml.next()? {
                // Between alternatives nothing is said.
                Node::Text(_) if choices.last().is_some_and(|choice| choice.depth == depth) => {}
                Node::Text(text) => words.add(&text),
                Node::Open(tag) => {
                    let name = tag.name();
                    let choice = choices.last_mut().filter(|choice| choice.depth == depth);
                    let is_passed_over = choice.is_some_and(|choice| !choice.takes(name, words));
                    if name == "speaker" {
                        words.name = self.xml.text()?.split_whitespace().collect::<Vec<_>>().join(" ");
                        continue;
                    }
                    if is_passed_over || is_described(name) || is_deleted(&tag) {
                        words.is_apart |= is_described(name);
                        if name == "gap" && !is_passed_over {
                            words.remark(gap(&tag));
                        }
                        self.xml.skip(|_| {})?;
                        continue;
                    }
                    depth += 1;
                    match name {
                        "anchor" | "when" => {
                            let synch = tag.attribute("synch");
                            let at = synch.and_then(|at| self.one.times.get(at.trim_start_matches('#')).copied());
                            words.seconds = words.seconds.or(at.filter(|_| words.said.is_empty()));
                        }
                        "choice" | "app" => choices.push(Choice { depth, start: words.said.len(), taken: None }),
                        "unclear" | "supplied" => marked.push((depth, words.said.len())),
                        "w" => words.begin_word(),
                        "p" | "l" | "ab" | "lg" => words.break_paragraph(),
                        "lb" | "pb" | "seg" | "s" | "cb" => words.break_word(),
                        _ => {}
                    }
                }
                Node::Close(_) if depth == 0 => return Ok(()),
                Node::Close(end) => {
                    match closed(&end) {
                        "choice" | "app" => {
                            choices.pop();
                        }
                        name @ ("unclear" | "supplied") => {
                            let start = marked.pop_if(|&mut (at, _)| at == depth).map_or(0, |(_, start)| start);
                            self.n_unclear += words.mark(name, start);
                        }
                        "w" | "pc" => words.end_word(),
                        "seg" | "s" => words.break_word(),
                        _ => {}
                    }
                    depth -= 1;
                }
                Node::End => return Ok(()),
            }
        }
    }
}

/// `4.5`, `PT4.5S`
fn seconds(interval: &str) -> Option<f64> {
    let plain = interval.trim().trim_start_matches("PT").trim_end_matches(['S', 's']);
    plain.parse().ok().filter(|seconds: &f64| seconds.is_finite() && *seconds >= 0.0)
}

/// `#A #B` as `A` and `B`.
fn codes(tag: &Tag<'_>) -> Vec<String> {
    let who = tag.attribute("who").unwrap_or_default();
    who.split_whitespace().map(|code| code.rsplit('#').next().unwrap_or(code).to_owned()).collect()
}

/// Elements that describe what is no word, or that stand for the person or the page.
fn is_described(name: &str) -> bool {
    matches!(
        name,
        "note"
            | "desc"
            | "incident"
            | "event"
            | "vocal"
            | "kinesic"
            | "writing"
            | "pause"
            | "shift"
            | "gap"
            | "stage"
            | "fw"
            | "figDesc"
            | "spanGrp"
            | "media"
            | "bibl"
            | "label"
    )
}

/// What stands for words that nobody understood, and for those that nobody wrote down.
const INAUDIBLE: &str = "[inaudible]";
const LEFT_OUT: &str = "[…]";

/// What stands for a gap, by why there is one.
fn gap(tag: &Tag<'_>) -> &'static str {
    const UNHEARD: [&str; 9] =
        ["audib", "intellig", "unclear", "comprehen", "illegible", "noise", "overlap", "verständ", "compréhen"];
    let reason = tag.attribute("reason").unwrap_or_default().to_lowercase();
    let is_unheard = reason.is_empty() || UNHEARD.iter().any(|why| reason.contains(why));
    if is_unheard { INAUDIBLE } else { LEFT_OUT }
}

/// Whether words were deleted. Those of a false start, or that were said twice, are only marked so.
fn is_deleted(tag: &Tag<'_>) -> bool {
    const SAID: [&str; 6] = ["truncation", "repetition", "repeat", "falsestart", "false-start", "reformulation"];
    tag.name() == "del" && !tag.attribute("type").is_some_and(|kind| SAID.contains(&kind.to_lowercase().as_str()))
}

/// The words of an utterance in the making.
#[derive(Default)]
struct Words {
    said: String,
    name: String,
    seconds: Option<f64>,
    /// An element for a word has just ended.
    after_word: bool,
    /// What is no word stood here: another word is apart from the last.
    is_apart: bool,
}

impl Words {
    fn add(&mut self, text: &str) {
        for c in text.chars() {
            if c.is_whitespace() {
                self.break_word();
                continue;
            }
            if std::mem::take(&mut self.is_apart) && (c.is_alphanumeric() || c == '[') {
                self.break_word();
            }
            self.said.push(c);
            self.after_word = false;
        }
    }

    /// Says that something is missing, once in a row.
    fn remark(&mut self, remark: &str) {
        if !self.said.trim_end().ends_with(remark) {
            self.break_word();
            self.said.push_str(remark);
        }
        self.is_apart = true;
    }

    /// Ends words that are marked as unclear, or that an editor supplied; returns how many are unclear.
    fn mark(&mut self, name: &str, start: usize) -> usize {
        let inner = self.said.get(start..).unwrap_or_default();
        let n_words = inner.split_whitespace().count();
        if name == "supplied" && n_words > 0 {
            let first = start + inner.len() - inner.trim_start().len();
            self.said.insert(first, '[');
            self.said.truncate(self.said.trim_end().len());
            self.said.push(']');
            self.is_apart = true;
        }
        if name == "unclear" && n_words == 0 {
            self.remark(INAUDIBLE);
        }
        if name == "unclear" { n_words } else { 0 }
    }

    fn break_word(&mut self) {
        if !self.said.is_empty() && !self.said.ends_with([' ', '\n']) {
            self.said.push(' ');
        }
    }

    /// Words that are elements may stand without white space between them.
    fn begin_word(&mut self) {
        if self.after_word {
            self.break_word();
        }
    }

    fn end_word(&mut self) {
        self.after_word = true;
    }

    fn break_paragraph(&mut self) {
        let end = self.said.trim_end().len();
        self.said.truncate(end);
        if !self.said.is_empty() {
            self.said.push_str("\n\n");
        }
    }
}

impl One {
    fn finish(self, reading: &mut Reading) {
        let people = People::new(&self.people);
        let mut script = Script::default();
        for Utterance { who, name, words, line, seconds } in &self.utterances {
            let labels: Vec<String> = who.iter().map(|code| people.label(code)).collect();
            let label =
                if labels.is_empty() { name.trim_end_matches([':', '.']).to_owned() } else { labels.join(", ") };
            script.go_on(&label, words, " ", *line, *seconds);
        }
        if !script.is_empty() {
            script.finish(self.id, None, reading);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::super::encoding::Decoded;
    use super::super::super::speakers::Names;
    use super::*;

    fn read(text: &str) -> Result<Reading, CorpusError> {
        let (options, names) = (ReadOptions::default(), Names::default());
        let contents = Contents::Text(Decoded {
            text: text.to_owned(),
            encoding: "UTF-8",
            mojibake_repaired: 0,
            ..Default::default()
        });
        Tei.read(File { path: "a.xml", extension: Some("xml"), contents, options: &options, names: &names })
    }

    fn turns(reading: &Reading) -> Vec<(&str, usize, &str)> {
        let turns = reading.transcripts.iter().flat_map(|transcript| &transcript.turns);
        turns.map(|turn| (&*turn.speaker, turn.line, &*turn.text)).collect()
    }

    #[test]
    fn utterances_have_speakers_and_times() {
        let text = "<?xml version=\"1.0\"?>\n<!DOCTYPE TEI SYSTEM \"tei_all.dtd\">\n<TEI xmlns=\"http://www.tei-c.org/ns/1.0\" xml:id=\"w1\">\n\
            <teiHeader><particDesc><person xml:id=\"A\" role=\"interviewer\"><persName>Tom</persName></person>\
            <person xml:id=\"B\"><persName><forename>Maria</forename> <surname>Keller</surname></persName></person></particDesc></teiHeader>\n\
            <text><timeline><when xml:id=\"T0\"/><when xml:id=\"T1\" interval=\"4.5\" since=\"#T0\"/></timeline><body>\n\
            <u who=\"#A\" start=\"#T1\">Why <pause/>is\n it <vocal><desc>laughs</desc></vocal>so?</u>\n\
            <u who=\"#B\">Because <choice><orig>o'</orig><reg>of</reg></choice> it.</u>\n<u who=\"#B\"><w>And</w><w>then</w><pc>.</pc></u></body></text></TEI>";
        let reading = read(text).unwrap();
        assert_eq!(
            turns(&reading),
            [("Interviewer", 6, "Why is it so?"), ("Maria Keller", 8, "Because o' it. And then.")]
        );
        assert_eq!(reading.transcripts[0].turns[0].times[0].seconds, 4.5);
        assert_eq!(reading.transcripts[0].id.as_deref(), Some("w1"));
    }

    #[test]
    fn speeches_and_blocks_are_read_too() {
        let speeches = "<TEI><text><sp><speaker>Tom:</speaker><p>Why?</p></sp><sp><speaker>Ana</speaker><p>So.</p>\
                        <stage>Laughs.</stage><p>And so.</p></sp></text></TEI>";
        assert_eq!(turns(&read(speeches).unwrap()), [("Tom", 1, "Why?"), ("Ana", 1, "So.\n\nAnd so.")]);
        let block = "<TEI><text><annotationBlock who=\"#S1\"><u><seg>Why?</seg></u><spanGrp><span>why</span></spanGrp>\
                     </annotationBlock><annotationBlock who=\"#S2\"><u><seg>So.</seg></u></annotationBlock></text></TEI>";
        assert_eq!(turns(&read(block).unwrap()), [("S1", 1, "Why?"), ("S2", 1, "So.")]);
    }

    /// What is said in an utterance.
    fn said(words: &str) -> String {
        let reading = read(&format!("<TEI><text><u who=\"#A\">{words}</u></text></TEI>")).unwrap();
        reading.transcripts[0].turns[0].text.to_string()
    }

    #[test]
    fn what_nobody_said_is_left_out() {
        for (words, expected) in [
            ("It <del>hailed</del>rained<note>all day</note>, too.", "It rained, too."),
            ("It <subst><del>hailed</del><add>rained</add></subst>.", "It rained."),
            ("Yes<incident><desc>door</desc></incident> and<pause/>no<vocal><desc>hm</desc></vocal>.", "Yes and no."),
            ("We <choice><corr>went</corr><sic>goed</sic></choice> off.", "We goed off."),
            ("We <choice><sic>goed</sic><corr>went</corr></choice> off.", "We goed off."),
            ("We left<choice><sic/><corr> them</corr></choice>.", "We left."),
            ("In <choice> <seg>Hull</seg>\n <seg>Hill</seg> </choice> then", "In Hull then"),
            ("Dr <app><rdg>Lund</rdg><lem>Lind</lem></app>", "Dr Lind"),
            ("so <event desc=\"door\"/>it <writing>EXIT</writing>was", "so it was"),
        ] {
            assert_eq!(said(words), expected, "{words}");
        }
    }

    #[test]
    fn what_is_missing_or_supplied_is_told_in_brackets() {
        for (words, expected) in [
            ("It was <gap/> there.", "It was [inaudible] there."),
            ("It was<gap reason=\"inaudible\" extent=\"2 words\"/>there.", "It was [inaudible] there."),
            ("He is <gap reason=\"anonymisation\"><desc>name</desc></gap>.", "He is […]."),
            ("It was <unclear/> <gap/>.", "It was [inaudible] ."),
            ("to<supplied> the</supplied> sea", "to [the] sea"),
            ("I <supplied reason=\"omitted\">am</supplied>, yes", "I [am], yes"),
        ] {
            assert_eq!(said(words), expected, "{words}");
        }
        let gap = read("<TEI><u who=\"A\"><gap/></u></TEI>").unwrap();
        assert_eq!(&*gap.transcripts[0].turns[0].text, "[inaudible]");
    }

    #[test]
    fn what_was_said_is_read_however_it_is_marked() {
        for (words, expected) in [
            ("<del type=\"repetition\">we</del> we <del type=\"falseStart\">we</del> left", "we we we left"),
            ("<foreign>Ja</foreign> <emph>so</emph> <q>he</q>", "Ja so he"),
            ("It <sic>goed</sic> and <corr>went</corr>", "It goed and went"),
        ] {
            assert_eq!(said(words), expected, "{words}");
        }
        let unclear = read("<TEI><u who=\"A\">It was <unclear>in Hull</unclear> once.</u></TEI>").unwrap();
        assert_eq!(&*unclear.transcripts[0].turns[0].text, "It was in Hull once.");
        assert_eq!(unclear.layout.as_deref(), Some("2 words read that the file marks as unclear"));
    }

    #[test]
    fn a_corpus_has_several() {
        let one = |id: &str| format!("<TEI xml:id=\"{id}\"><text><u who=\"A\">Hello.</u></text></TEI>");
        let reading = read(&format!("<teiCorpus>{}{}</teiCorpus>", one("a"), one("b"))).unwrap();
        let ids: Vec<_> = reading.transcripts.iter().map(|transcript| transcript.id.as_deref()).collect();
        assert_eq!(ids, [Some("a"), Some("b")]);
        assert_eq!(reading.transcripts[1].turns[0].document, 1);
    }

    #[test]
    fn other_xml_is_refused_and_nobodys_words_are_told() {
        assert!(read("<html><body>Tom: Hi</body></html>").unwrap_err().to_string().contains("no TEI text"));
        assert!(read("<TEI><text><p>Prose.</p></text></TEI>").unwrap_err().to_string().contains("no utterance"));
        assert!(read("<TEI><u>Hm.</u></TEI>").unwrap().warnings[0].contains("1 utterances name nobody"));
        assert!(read("<!DOCTYPE a [<!ENTITY b \"b\">]><TEI/>").is_err());
    }

    proptest! {
        #[test]
        fn any_nesting_is_read_or_refused(text in "(<u who='#A'>|</u>|<sp>|</sp>|<speaker>|</speaker>|<choice>|</choice>|<unclear>|</unclear>|<supplied>|</supplied>|<gap/>|<orig>|\
            </orig>|<reg>|</reg>|<w>|</w>|<p>|</p>|<note>|</note>|<person xml:id='A'>|</person>|a b|é|\n){0,30}") {
            let _ = read(&format!("<TEI>{text}</TEI>"));
        }
    }
}
