//! ELAN and Praat: annotations of recordings (`.eaf`, `.TextGrid`).
//!
//! In: the file's text, XML, a [TextGrid](text_grid) or what ELAN exports [with tabs](tabs). Out: its transcript, written out in the order of time: what a
//! tier says of one speaker without a break is one turn. Of several tiers of a speaker the one with words is read;
//! translations, analyses and notes beside it are left out, and so are tiers of their own that are called after what is
//! written on a recording, such as comments. The layout names them; where a second tier may be said, too, a warning
//! does. A tier that is the only one may hold all who
//! speak, with their names in front of the words. `line` is the line of the file.

mod tabs;
mod text_grid;

use std::collections::{BTreeMap, HashMap};
use std::time::Duration;

use super::super::error::some;
use super::super::speakers::{Names, key};
use super::super::{CorpusError, ReadOptions, labels};
use super::xml::{Node, Xml};
use super::{Claim, Contents, File, Reader, Reading, Ruler, Script, opening};

pub(crate) struct Elan;

impl Reader for Elan {
    fn name(&self) -> &'static str {
        "elan"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["eaf", "textgrid"]
    }

    fn claim(&self, contents: &Contents, _options: &ReadOptions) -> Claim {
        let head = opening(contents.text().unwrap_or_default(), 2048);
        let is_one = head.contains("<ANNOTATION_DOCUMENT") || text_grid::opens(head) || tabs::opens(head);
        if is_one { Claim::Certain } else { Claim::No }
    }

    fn named_by_file(&self) -> bool {
        false
    }

    fn read(&self, file: File<'_>) -> Result<Reading, CorpusError> {
        let path = file.path;
        let text = file.contents.into_text(path)?;
        let tiers = if text_grid::opens(&text) {
            Tiers::of_grid(text_grid::read(path, &text)?)
        } else if tabs::opens(&text) {
            Tiers(tabs::read(&text))
        } else {
            Tiers::read(path, &text)?
        };
        let mut reading = Reading::default();
        let mut utterances: Vec<(&str, &Utterance)> = Vec::new();
        let mut by_speaker = tiers.by_speaker();
        let mut left_out: Vec<&str> =
            by_speaker.iter().filter(|of| is_of_notes(of, file.names)).map(|(name, _)| *name).collect();
        if left_out.len() < by_speaker.len() {
            by_speaker.retain(|speaker, _| !left_out.contains(speaker));
        } else {
            left_out.clear();
        }
        for (speaker, tiers) in by_speaker {
            let Some((read, others)) = tiers.split_first() else { continue };
            utterances.extend(read.utterances.iter().map(|utterance| (speaker, utterance)));
            let (beside, said): (Vec<&Tier>, Vec<&Tier>) =
                others.iter().copied().partition(|tier| is_beside(&tier.name) || !tier.has_words());
            left_out.extend(beside.iter().map(|tier| tier.name.as_str()));
            if !said.is_empty() {
                let (read, said) = (&read.name, said.iter().map(|tier| tier.name.as_str()).collect::<Vec<_>>());
                reading.warnings.push(format!(
                    "`{path}`: tier `{read}` is read as what `{speaker}` says; left out beside it: {}",
                    some(&said)
                ));
            }
        }
        // Those without a time keep their order behind those with one.
        utterances.sort_by_key(|(_, utterance)| utterance.start.unwrap_or(u64::MAX));
        let mut script = Script::default();
        let labelled = labelled(&utterances, file.names);
        for (at, (tier, Utterance { start, words, line })) in utterances.into_iter().enumerate() {
            let (speaker, words) =
                labelled.as_ref().map_or((tier, words.as_str()), |them| (them[at].0.as_str(), them[at].1));
            script.go_on(speaker, words, " ", *line, start.map(|ms| ms as f64 / 1000.0));
        }
        if script.is_empty() {
            return Err(CorpusError::Malformed {
                path: path.to_owned(),
                place: "its tiers".to_owned(),
                reason: "no annotation with words".to_owned(),
                hint: "check that it is an annotation file of ELAN or Praat with a tier for what each person says",
            });
        }
        script.finish(None, None, &mut reading);
        if !left_out.is_empty() {
            let (what, names) = (if left_out.len() == 1 { "a tier" } else { "tiers" }, some(&left_out));
            reading.add_to_layout([format!("{what} of what is written beside the words left out: {names}")]);
        }
        Ok(reading)
    }
}

/// What tiers are called that tell of a recording and are nobody's words.
#[rustfmt::skip]
const NOTES: &[&str] = &[
    "comment", "comments", "note", "notes", "memo", "memos", "remark", "remarks", "annotation", "annotations",
    "code", "codes", "coding", "theme", "themes", "topic", "topics", "gesture", "gestures", "gaze", "posture",
    "action", "actions", "activity", "event", "events", "noise", "noises", "translation", "translations", "gloss",
    "glosses", "summary", "context", "scene", "kommentar", "kommentare", "notiz", "notizen", "anmerkung",
    "anmerkungen", "bemerkung", "bemerkungen", "gestik", "gesten", "mimik", "geräusche", "übersetzung",
    "commentaire", "commentaires", "remarques", "gestes", "traduction", "comentario", "comentarios", "notas",
    "gestos", "traducción", "commento", "commenti", "gesti", "traduzione", "opmerking", "opmerkingen",
];

/// Whether the tiers under a name are notes on the recording: they name nobody, and are called so.
fn is_of_notes((name, tiers): &(&&str, &Vec<&Tier>), names: &Names) -> bool {
    NOTES.contains(&key(name).as_str())
        && !names.is_given(&key(name))
        && tiers.iter().all(|tier| tier.participant.is_empty())
}

/// Fewer names in front of the words show no habit.
const FEWEST_NAMES: usize = 4;

/// Who says what in a single tier whose annotations start with names, nearly all of them: what has none goes on.
/// `None` where several tiers speak, or fewer than two names do.
fn labelled<'u>(utterances: &[(&str, &'u Utterance)], names: &Names) -> Option<Vec<(String, &'u str)>> {
    let prefix = |(_, utterance): &(&str, &'u Utterance)| labels::prefix(&utterance.words, names);
    let n = utterances.iter().filter_map(prefix).count();
    let is_one = utterances.windows(2).all(|pair| pair[0].0 == pair[1].0);
    if !is_one || n < FEWEST_NAMES || n * 10 < utterances.len() * 9 {
        return None;
    }
    let lines: Vec<labels::Line> =
        utterances.iter().map(|said| labels::Line::of(&said.1.words, prefix(said))).collect();
    let found = labels::prefixed(&lines, n == utterances.len(), names);
    let mut whose = String::new();
    let mut said = Vec::with_capacity(utterances.len());
    for utterance in utterances {
        let named = prefix(utterance).and_then(|(label, words)| Some((found.speaker(label)?, words)));
        if let Some((speaker, _)) = named {
            speaker.clone_into(&mut whose);
        }
        said.push((whose.clone(), named.map_or(utterance.1.words.as_str(), |(_, words)| words.trim())));
    }
    let comes_again = |speaker: &str| said.iter().filter(|(other, _)| other == speaker).count() > 1;
    let first = said.iter().map(|(speaker, _)| speaker).find(|speaker| comes_again(speaker));
    first.is_some_and(|first| said.iter().any(|(other, _)| other != first && comes_again(other))).then_some(said)
}

/// What the name of a tier says beside the speaker's, where it holds no transcription: `ft@AH` is a free translation.
const BESIDE: &[&str] =
    &["ft", "fte", "ftg", "lt", "mb", "mot", "ge", "gl", "ps", "pos", "nt", "cmt", "phon", "ipa", "morph"];

/// Whether a tier by its name holds what was written on the transcription.
fn is_beside(tier: &str) -> bool {
    let mut parts = tier.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).map(key);
    parts.clone().count() > 1 && parts.any(|part| BESIDE.contains(&&*part) || NOTES.contains(&&*part))
}

/// Whose notes a tier holds that is called after them: `Tom Reed notes`.
fn without_notes(tier: &str) -> Option<String> {
    let parts = || tier.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
    let whose: Vec<&str> = parts().filter(|part| !NOTES.contains(&&*key(part))).collect();
    (!whose.is_empty() && whose.len() < parts().count()).then(|| key(&whose.join(" ")))
}

struct Utterance {
    /// Milliseconds from the start of the recording.
    start: Option<u64>,
    words: String,
    line: usize,
}

struct Tier {
    name: String,
    /// Empty where the tier names nobody.
    participant: String,
    parent: Option<String>,
    utterances: Vec<Utterance>,
}

#[derive(Default)]
struct Tiers(Vec<Tier>);

impl Tiers {
    fn read(path: &str, text: &str) -> Result<Self, CorpusError> {
        let mut xml = Xml::new(path, "", text);
        let mut ruler = Ruler::new(text, 1);
        let mut times: HashMap<String, u64> = HashMap::new();
        // An annotation of a tier below another refers to one of that, which has the time.
        let mut starts: HashMap<String, Option<u64>> = HashMap::new();
        let mut tiers: Vec<Tier> = Vec::new();
        let mut annotation: (String, Option<u64>) = Default::default();
        loop {
            let tag = match xml.next()? {
                Node::Open(tag) => tag,
                Node::Close(_) | Node::Text(_) => continue,
                Node::End => break,
            };
            match tag.name() {
                "TIME_SLOT" => {
                    let value = tag.attribute("TIME_VALUE").and_then(|ms| ms.parse().ok());
                    times.extend(tag.attribute("TIME_SLOT_ID").zip(value));
                }
                "TIER" => tiers.push(Tier {
                    name: tag.attribute("TIER_ID").unwrap_or_default(),
                    participant: tag.attribute("PARTICIPANT").unwrap_or_default().trim().to_owned(),
                    parent: tag.attribute("PARENT_REF"),
                    utterances: Vec::new(),
                }),
                "ALIGNABLE_ANNOTATION" => {
                    let start = tag.attribute("TIME_SLOT_REF1").and_then(|slot| times.get(&slot).copied());
                    annotation = (tag.attribute("ANNOTATION_ID").unwrap_or_default(), start);
                    starts.insert(annotation.0.clone(), start);
                }
                "REF_ANNOTATION" => {
                    let start = tag.attribute("ANNOTATION_REF").and_then(|id| starts.get(&id).copied().flatten());
                    annotation = (tag.attribute("ANNOTATION_ID").unwrap_or_default(), start);
                    starts.insert(annotation.0.clone(), start);
                }
                "ANNOTATION_VALUE" => {
                    let (_, line) = ruler.to(xml.byte().min(text.len()));
                    let words = xml.text()?.split_whitespace().collect::<Vec<_>>().join(" ");
                    if let Some(tier) = tiers.last_mut().filter(|_| !words.is_empty()) {
                        tier.utterances.push(Utterance { start: annotation.1, words, line });
                    }
                }
                _ => {}
            }
        }
        Ok(Self(tiers))
    }

    /// The tiers of a `TextGrid`, which name nobody but by what they are called.
    fn of_grid(tiers: Vec<text_grid::Tier>) -> Self {
        let utterance = |(start, words, line): (f64, String, usize)| {
            let start = Duration::try_from_secs_f64(start).ok().and_then(|start| start.as_millis().try_into().ok());
            Utterance { start, words, line }
        };
        let tier = |tier: text_grid::Tier| Tier {
            name: tier.name,
            participant: String::new(),
            parent: None,
            utterances: tier.said.into_iter().map(utterance).collect(),
        };
        Self(tiers.into_iter().map(tier).collect())
    }

    /// The tiers of each speaker, the one that is read first.
    fn by_speaker(&self) -> BTreeMap<&str, Vec<&Tier>> {
        let parents: HashMap<&str, &str> =
            self.0.iter().filter_map(|tier| Some((tier.name.as_str(), tier.parent.as_deref()?))).collect();
        let root = |tier: &Tier| -> (String, usize) {
            let (mut name, mut depth) = (tier.name.as_str(), 0);
            while let Some(&parent) = parents.get(name).filter(|_| depth < self.0.len()) {
                (name, depth) = (parent, depth + 1);
            }
            (name.to_owned(), depth)
        };
        let roots: Vec<(String, usize)> = self.0.iter().map(root).collect();
        let named = |name: &str| self.0.iter().map(Tier::speaker).find(|other| key(other) == name);
        let mut speakers: BTreeMap<&str, Vec<(_, &Tier)>> = BTreeMap::new();
        for (tier, (root, depth)) in self.0.iter().zip(&roots) {
            if tier.utterances.is_empty() {
                continue;
            }
            let at_root = self.0.iter().find(|other| other.name == *root).unwrap_or(tier);
            // A tier that names nobody is of whoever the tier above it is of.
            let speaker =
                [&tier.participant, &at_root.participant, &at_root.name].into_iter().find(|name| !name.is_empty());
            let speaker = speaker.map_or("", String::as_str);
            let speaker = without_notes(speaker).and_then(|whose| named(&whose)).unwrap_or(speaker);
            let order = (!tier.has_words(), is_beside(&tier.name), *depth, usize::MAX - tier.letters());
            speakers.entry(speaker).or_default().push((order, tier));
        }
        let mut ordered = BTreeMap::new();
        for (speaker, mut tiers) in speakers {
            tiers.sort_by_key(|&(order, _)| order);
            ordered.insert(speaker, tiers.into_iter().map(|(_, tier)| tier).collect());
        }
        ordered
    }
}

impl Tier {
    /// Who speaks in it, as far as it tells by itself.
    fn speaker(&self) -> &str {
        if self.participant.is_empty() { &self.name } else { &self.participant }
    }

    /// Whether it holds what is said: words, not codes such as `ref001` or `gaze`.
    fn has_words(&self) -> bool {
        let words: usize = self.utterances.iter().map(|utterance| utterance.words.split(' ').count()).sum();
        words * 2 >= self.utterances.len() * 3
    }

    fn letters(&self) -> usize {
        self.utterances.iter().map(|utterance| utterance.words.len()).sum()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::super::encoding::Decoded;
    use super::*;

    fn read(text: &str) -> Result<Reading, CorpusError> {
        read_with(text, &Names::default())
    }

    fn read_with(text: &str, names: &Names) -> Result<Reading, CorpusError> {
        let options = ReadOptions::default();
        let contents = Contents::Text(Decoded {
            text: text.to_owned(),
            encoding: "UTF-8",
            mojibake_repaired: 0,
            ..Default::default()
        });
        assert_eq!(Elan.claim(&contents, &options), Claim::Certain);
        Elan.read(File { path: "a.eaf", extension: Some("eaf"), contents, options: &options, names })
    }

    fn document(tiers: &str) -> String {
        let slots: String =
            (1..=6).map(|n| format!("<TIME_SLOT TIME_SLOT_ID=\"ts{n}\" TIME_VALUE=\"{n}500\"/>")).collect();
        format!(
            "<?xml version=\"1.0\"?>\n<ANNOTATION_DOCUMENT>\n<TIME_ORDER>{slots}</TIME_ORDER>\n{tiers}</ANNOTATION_DOCUMENT>"
        )
    }

    fn spoken(id: &str, slot: usize, words: &str) -> String {
        format!(
            "<ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID=\"{id}\" TIME_SLOT_REF1=\"ts{slot}\" TIME_SLOT_REF2=\"ts6\">\n\
             <ANNOTATION_VALUE>{words}</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION>"
        )
    }

    fn below(id: &str, of: &str, words: &str) -> String {
        format!(
            "<ANNOTATION><REF_ANNOTATION ANNOTATION_ID=\"{id}\" ANNOTATION_REF=\"{of}\">\
             <ANNOTATION_VALUE>{words}</ANNOTATION_VALUE></REF_ANNOTATION></ANNOTATION>"
        )
    }

    fn turns(reading: &Reading) -> Vec<(&str, Option<f64>, &str)> {
        let turns = reading.transcripts[0].turns.iter();
        turns.map(|turn| (&*turn.speaker, turn.times.first().map(|t| t.seconds), &*turn.text)).collect()
    }

    #[test]
    fn an_export_with_tabs_is_read_in_the_order_of_time() {
        let rows = "Tier\tParticipant\tBegin Time - hh:mm:ss.ms\tDuration - ss.msec\tAnnotation\n\
                    lu@x\tLu\t00:00:05.000\t2.000\tMy uncle and I did.\n\
                    lu@ft\tLu\t00:00:05.000\t2.000\tUncle and me.\n\
                    mo@x\tMo\t00:00:01.500\t2.000\tWho built it with you?\n\
                    notes\t\t00:00:03.000\t1.000\ta lorry\n";
        let reading = read(rows).unwrap();
        assert_eq!(
            turns(&reading),
            [("Mo", Some(1.5), "Who built it with you?"), ("Lu", Some(5.0), "My uncle and I did.")]
        );
        assert!(reading.layout.is_some_and(|layout| layout.contains("notes") && layout.contains("lu@ft")));
    }

    #[test]
    fn tiers_are_speakers_in_the_order_of_time() {
        let tiers = format!(
            "<TIER TIER_ID=\"Ana\">{}{}</TIER><TIER TIER_ID=\"t\" PARTICIPANT=\"Tom\">{}{}</TIER>",
            spoken("a1", 2, "Because of &lt;it&gt;."),
            spoken("a2", 3, "And of that."),
            spoken("a3", 1, "Why is it so?"),
            spoken("a4", 4, "And then what?"),
        );
        let reading = read(&document(&tiers)).unwrap();
        assert_eq!(
            turns(&reading),
            [
                ("Tom", Some(1.5), "Why is it so?"),
                ("Ana", Some(2.5), "Because of <it>. And of that."),
                ("Tom", Some(4.5), "And then what?"),
            ]
        );
        assert!(reading.transcripts[0].turns.iter().all(|turn| turn.line > 3));
        assert!(reading.warnings.is_empty());
    }

    #[test]
    fn the_tier_with_words_is_read_and_the_others_are_named() {
        let tiers = format!(
            "<TIER TIER_ID=\"ref@A\" PARTICIPANT=\"Ana\">{}{}</TIER>\
             <TIER TIER_ID=\"tx@A\" PARENT_REF=\"ref@A\">{}{}</TIER>\
             <TIER TIER_ID=\"ft@A\" PARENT_REF=\"tx@A\">{}</TIER>",
            spoken("a1", 1, "ref001"),
            spoken("a2", 3, "ref002"),
            below("b1", "a1", "Es ist so."),
            below("b2", "a2", "Und auch so."),
            below("c1", "b1", "It is like this."),
        );
        let reading = read(&document(&tiers)).unwrap();
        assert_eq!(turns(&reading), [("Ana", Some(1.5), "Es ist so. Und auch so.")]);
        assert_eq!(reading.warnings, [""; 0]);
        let told = "tiers of what is written beside the words left out: `ft@A`, `ref@A`";
        assert_eq!(reading.layout.as_deref(), Some(told));
    }

    #[test]
    fn a_second_tier_of_words_is_doubted() {
        let tiers = |second: &str| {
            let (one, other) = (spoken("a1", 1, "So it was in Hull."), spoken("a2", 3, "And so it was in Lund."));
            let tier = |name: &str, said: &str| format!("<TIER TIER_ID=\"{name}\" PARTICIPANT=\"Ana\">{said}</TIER>");
            read(&document(&(tier("Ana", &other) + &tier(second, &one)))).unwrap()
        };
        let doubted = tiers("Ana 2").warnings;
        assert_eq!(doubted, ["`a.eaf`: tier `Ana` is read as what `Ana` says; left out beside it: `Ana 2`"]);
        let known = tiers("Ana-comments");
        assert_eq!((known.warnings.len(), known.layout.is_some()), (0, true));
    }

    #[test]
    fn a_transcription_comes_before_its_translation() {
        let pair = |first: &str, second: &str| {
            let tiers = format!(
                "<TIER TIER_ID=\"{first}\" PARTICIPANT=\"AH\">{}</TIER>\
                 <TIER TIER_ID=\"{second}\" PARTICIPANT=\"AH\">{}</TIER>",
                spoken("a1", 1, "So ist es."),
                spoken("a2", 1, "It is like this, so it is."),
            );
            read(&document(&tiers)).unwrap().transcripts[0].turns[0].text.to_string()
        };
        for (first, second) in [("tx@AH", "ft@AH"), ("AH", "AH_translation"), ("AH-tx", "AH-ft")] {
            assert_eq!(pair(first, second), "So ist es.", "{second}");
        }
        // Of others the longer is read.
        assert_eq!(pair("a@AH", "b@AH"), "It is like this, so it is.");
        assert_eq!(pair("AH", "FT"), "It is like this, so it is.", "it may be somebody");
    }

    #[test]
    fn one_tier_may_hold_all_who_speak() {
        let tier = |said: &[&str]| {
            let spoken: String = said.iter().enumerate().map(|(n, words)| spoken("a", n + 1, words)).collect();
            read(&document(&format!("<TIER TIER_ID=\"default\">{spoken}</TIER>"))).unwrap()
        };
        let reading = tier(&["Ann: Why is that?", "Tom: Because of it.", "Ann: And then?", "Tom: We left."]);
        let expected = [
            ("Ann", Some(1.5), "Why is that?"),
            ("Tom", Some(2.5), "Because of it."),
            ("Ann", Some(3.5), "And then?"),
            ("Tom", Some(4.5), "We left."),
        ];
        assert_eq!(turns(&reading), expected);
        for said in [
            &["Because of it.", "One thing: we left.", "Two: it rained.", "So it was.", "Mostly."][..],
            &["Note: we left.", "Note: it rained.", "Note: so it was.", "Note: it was late."],
        ] {
            assert_eq!(turns(&tier(said)).iter().map(|turn| turn.0).collect::<Vec<_>>(), ["default"]);
        }
    }

    #[test]
    fn a_textgrid_of_praat_is_read_as_tiers_are() {
        let tier = |name: &str, at: usize, words: &str| {
            format!("\"IntervalTier\"\n\"{name}\"\n0\n9\n1\n{at}\n9\n\"{words}\"\n")
        };
        let head = "File type = \"ooTextFile\"\nObject class = \"TextGrid\"\n\n0\n9\n<exists>\n3\n";
        let tiers = [tier("Tom", 3, "It rained."), tier("Ann", 1, "Why is that?"), tier("Comments", 2, "a lorry")];
        let reading = read(&format!("{head}{}", tiers.concat())).unwrap();
        assert_eq!(turns(&reading), [("Ann", Some(1.0), "Why is that?"), ("Tom", Some(3.0), "It rained.")]);
        assert_eq!(reading.layout.as_deref(), Some("a tier of what is written beside the words left out: `Comments`"));
    }

    #[test]
    fn tiers_of_notes_are_left_out() {
        let of = |notes: &str| {
            let tiers = format!(
                "<TIER TIER_ID=\"Ana\">{}</TIER><TIER TIER_ID=\"Tom\">{}</TIER><TIER {notes}>{}</TIER>",
                spoken("a1", 2, "Because of it."),
                spoken("a2", 1, "Why is it so?"),
                spoken("a3", 3, "a lorry outside the window"),
            );
            document(&tiers)
        };
        let reading = read(&of("TIER_ID=\"Comments\"")).unwrap();
        assert_eq!(turns(&reading), [("Tom", Some(1.5), "Why is it so?"), ("Ana", Some(2.5), "Because of it.")]);
        assert_eq!(reading.layout.as_deref(), Some("a tier of what is written beside the words left out: `Comments`"));
        assert_eq!(reading.warnings, [""; 0]);
        let of_tom = read(&of("TIER_ID=\"Tom notes\"")).unwrap();
        assert_eq!((turns(&of_tom).len(), of_tom.layout.is_some()), (2, true));
        assert_eq!(turns(&read(&of("TIER_ID=\"Maria notes\"")).unwrap()).len(), 3, "nobody else is called so");
        // A name, and what the file or the user says is a person, is one.
        for notes in ["TIER_ID=\"Maria\"", "TIER_ID=\"Comments\" PARTICIPANT=\"Maria\""] {
            let reading = read(&of(notes)).unwrap();
            assert_eq!((turns(&reading).len(), reading.warnings.len()), (3, 0), "{notes}");
        }
        let named = Names::new(&[], &["Comments".to_owned()]);
        assert_eq!(turns(&read_with(&of("TIER_ID=\"Comments\""), &named).unwrap()).len(), 3);
        // Alone it is all there is.
        let tiers = format!("<TIER TIER_ID=\"Notes\">{}</TIER>", spoken("a1", 2, "So it is."));
        assert_eq!(turns(&read(&document(&tiers)).unwrap()), [("Notes", Some(2.5), "So it is.")]);
    }

    #[test]
    fn damage_is_an_error() {
        assert!(read("<ANNOTATION_DOCUMENT><TIER>").unwrap_err().to_string().contains("ends inside an element"));
        assert!(read("<ANNOTATION_DOCUMENT/>").unwrap_err().to_string().contains("no annotation with words"));
        let bomb = "<!DOCTYPE a [<!ENTITY b \"bb\">]><ANNOTATION_DOCUMENT/>";
        assert!(read(bomb).unwrap_err().to_string().contains("document type definition"));
    }

    proptest! {
        #[test]
        fn any_nesting_is_read_or_refused(text in "(<TIER TIER_ID='a' PARENT_REF='b'>|<TIER TIER_ID='b' PARENT_REF='a'>|</TIER>|\
            <ANNOTATION>|</ANNOTATION>|<ALIGNABLE_ANNOTATION TIME_SLOT_REF1='ts1'>|</ALIGNABLE_ANNOTATION>|\
            <ANNOTATION_VALUE>|</ANNOTATION_VALUE>|a b|é|\n){0,30}") {
            let _ = read(&document(&text));
        }
    }
}
