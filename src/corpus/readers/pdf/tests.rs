//! PDF files written here, by hand and by rule.

use std::io::Write;

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Object, Stream, dictionary};
use proptest::prelude::*;

use super::super::super::speakers::Names;
use super::*;

fn read(bytes: &[u8]) -> Result<Reading, CorpusError> {
    let (options, names) = (ReadOptions::default(), Names::default());
    let contents = Contents::Binary(bytes.to_vec());
    Pdf.read(File { path: "a.pdf", extension: Some("pdf"), contents, options: &options, names: &names })
}

/// A file with these page contents, each with the resources of all.
fn file(contents: &[Vec<u8>], resources: Dictionary) -> Vec<u8> {
    let mut document = Document::with_version("1.5");
    let pages = document.new_object_id();
    let resources = document.add_object(resources);
    let kids: Vec<Object> = contents
        .iter()
        .map(|content| {
            let mut stream = Stream::new(Dictionary::new(), content.clone());
            let _ = stream.compress();
            let content = document.add_object(stream);
            document.add_object(dictionary! {
                "Type" => "Page", "Parent" => pages, "Contents" => content, "Resources" => resources,
                "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()],
            })
        })
        .map(Object::Reference)
        .collect();
    let count = kids.len() as i64;
    document
        .objects
        .insert(pages, Object::Dictionary(dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count }));
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages });
    document.trailer.set("Root", catalog);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}

fn helvetica() -> Dictionary {
    let font = dictionary! {
        "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica", "Encoding" => "WinAnsiEncoding",
    };
    dictionary! { "Font" => dictionary! { "F1" => font } }
}

/// A page of lines, 14 points apart; an empty line is a gap.
fn page(lines: &[&str]) -> Vec<u8> {
    let mut operations = vec![
        Operation::new("BT", vec![]),
        Operation::new("Tf", vec!["F1".into(), 11.into()]),
        Operation::new("TL", vec![14.into()]),
        Operation::new("Td", vec![72.into(), 760.into()]),
    ];
    for line in lines {
        let (bytes, _, _) = encoding_rs::WINDOWS_1252.encode(line);
        operations.push(Operation::new("Tj", vec![Object::string_literal(bytes.into_owned())]));
        operations.push(Operation::new("T*", vec![]));
    }
    operations.push(Operation::new("ET", vec![]));
    Content { operations }.encode().unwrap()
}

fn turns(reading: &Reading) -> Vec<(&str, usize, &str)> {
    reading.transcripts[0].turns.iter().map(|turn| (&*turn.speaker, turn.line, &*turn.text)).collect()
}

#[test]
fn turns_are_found_on_their_pages() {
    let first = page(&["Interviewer: How does a night begin?", "", "Participant: With the handover. Café, naïve."]);
    let second = page(&["Interviewer: And then?", "", "Participant: Quiet."]);
    let reading = read(&file(&[first, second], helvetica())).unwrap();
    assert_eq!(
        turns(&reading),
        [
            ("Interviewer", 1, "How does a night begin?"),
            ("Participant", 1, "With the handover. Café, naïve."),
            ("Interviewer", 2, "And then?"),
            ("Participant", 2, "Quiet."),
        ]
    );
    assert!(reading.warnings.is_empty() && reading.failures.is_empty());
}

#[test]
fn pages_in_doubt_are_named() {
    let lines = ["Interviewer: How does a night begin?", "", "Participant: With the handover, and that is so."];
    let warnings = |n: usize| {
        let mut last = page(&lines);
        // Words beside each other on so many lines, too few to tell whether they are columns.
        for at in 0..n {
            let height = 600 - 14 * at;
            let [left, right] = ["was there at noon", "was gone at night"];
            let who = ["nobody", "the other man", "a woman"][at];
            let text =
                format!("\nBT /F1 11 Tf 72 {height} Td (and {who} {left}) Tj 260 0 Td (and {who} {right}) Tj ET");
            last.extend_from_slice(text.as_bytes());
        }
        read(&file(&[page(&lines), last], helvetica())).unwrap().warnings
    };
    assert_eq!(warnings(0), [""; 0]);
    assert_eq!(warnings(2), [""; 0]);
    let found = warnings(3);
    let columns = "`a.pdf`, page 2: columns may be read line by line";
    assert!(found.iter().any(|warning| warning.starts_with(columns)), "{found:?}");
}

#[test]
fn turns_with_numbers_beside_them_are_no_doubt() {
    let said = ["Ann: Why did you leave?", "Tom: It rained.", "Ann: All year?", "Tom: All of it, and so we packed all"];
    let mut content = Vec::new();
    let mut height = 760;
    let mut line = |left: usize, words: &str, height: usize| {
        content.extend_from_slice(format!("\nBT /F1 11 Tf {left} {height} Td ({words}) Tj ET").as_bytes());
    };
    for at in 0..12usize {
        line(60, &(at + 1).to_string(), height);
        line(90, said[at % 4], height);
        height -= 14;
        if at % 4 == 3 {
            line(90, "that we had on two carts and went.", height);
            height -= 14;
        }
    }
    let reading = read(&file(&[content], helvetica())).unwrap();
    assert_eq!(reading.layout.as_deref(), Some(NUMBERED));
    assert_eq!(reading.warnings, [""; 0]);
    assert_eq!(reading.transcripts[0].turns.len(), 12);
}

#[test]
fn times_and_names_of_files_in_the_frame_are_nobodys() {
    let foot = ["File name: Tom Reed Master.mp3", "All rights reserved"];
    let page = |said: [&str; 4], number: usize| {
        let mut content = String::new();
        let mut line = |left: usize, height: usize, words: &str| {
            content.push_str(&format!("\nBT /F1 11 Tf {left} {height} Td ({words}) Tj ET"));
        };
        said.iter().enumerate().for_each(|(at, words)| line(140, 760 - 14 * at, words));
        // In cells as high as all lines.
        line(50, 739, "00:10:02");
        foot.iter().zip([60, 48]).for_each(|(words, height)| line(140, height, words));
        line(140, 36, &number.to_string());
        content.into_bytes()
    };
    let asked = ["Interviewer: Why did you leave the farm", "and all of your hives when you did,", "in the spring"];
    let answer = ["Participant: It rained on all of us", "for so long that nobody could say", "when"];
    let of_page = |number: usize| match number % 2 {
        1 => page([asked[0], asked[1], asked[2], &format!("of year {number}?")], number),
        _ => page([answer[0], answer[1], answer[2], &format!("it began in {number}.")], number),
    };
    let pages: Vec<Vec<u8>> = (1..6).map(of_page).collect();
    let reading = read(&file(&pages, helvetica())).unwrap();
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let found: Vec<(&str, String)> = turns(&reading).iter().map(|(who, _, text)| (*who, words(text))).collect();
    let question = "Why did you leave the farm and all of your hives when you did, in the spring of year";
    let answer = "It rained on all of us for so long that nobody could say when it began in";
    assert_eq!(found.len(), 5);
    for (number, turn) in (1..6).zip(&found) {
        let is_asked = number % 2 == 1;
        let said = if is_asked { format!("{question} {number}?") } else { format!("{answer} {number}.") };
        assert_eq!(turn, &(if is_asked { "Interviewer" } else { "Participant" }, said));
    }
    assert!(reading.layout.is_some_and(|layout| layout.ends_with("times in the margin left out")));
}

#[test]
fn what_shows_nothing_is_no_letter() {
    let mut content = page(&["Interviewer: Why is that so?"]);
    content.extend_from_slice(b"\nBT /F1 11 Tf 72 700 Td (Participant: It\trained\r) Tj ET");
    let reading = read(&file(&[content], helvetica())).unwrap();
    assert_eq!(turns(&reading)[1].2, "It rained");
    assert_eq!(reading.warnings, [""; 0]);
}

#[test]
fn marked_heads_and_replaced_words_are_obeyed() {
    let mut content =
        b"/Artifact <</Type /Pagination /Subtype /Header>> BDC BT /F1 11 Tf 72 800 Td (Interviewer: 3) Tj ET EMC\n"
            .to_vec();
    content.extend_from_slice(b"/Span <</ActualText <FEFF0049006E0074006500720076006900650077006500720020>>> BDC BT /F1 11 Tf 72 760 Td (XXXX) Tj ET EMC ");
    content.extend_from_slice(b"BT /F1 11 Tf 110 760 Td (: Why?) Tj 0 -28 Td (Participant: So it was, and so it has always been since.) Tj ET");
    let reading = read(&file(&[content], helvetica())).unwrap();
    let found = turns(&reading);
    assert_eq!((found[0].2, found[1].2), ("Why?", "So it was, and so it has always been since."), "{found:?}");
}

#[test]
fn a_scan_is_named_as_one() {
    let image = || {
        let dictionary = dictionary! {
            "Type" => "XObject", "Subtype" => "Image", "Width" => 1, "Height" => 1, "BitsPerComponent" => 8,
            "ColorSpace" => "DeviceGray",
        };
        Object::Stream(Stream::new(dictionary, vec![0]))
    };
    let mut document = Document::load_mem(&file(&[b"/I Do".to_vec(), b"/I Do".to_vec()], Dictionary::new())).unwrap();
    let picture = document.add_object(image());
    for page in document.page_iter().collect::<Vec<_>>() {
        let resources = dictionary! { "XObject" => dictionary! { "I" => picture } };
        document.get_object_mut(page).unwrap().as_dict_mut().unwrap().set("Resources", resources);
    }
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    let error = read(&bytes).unwrap_err();
    assert_eq!(error.to_string(), "`a.pdf` is not read: it is a scan, its 2 pages are pictures without text");
    assert!(error.hint().unwrap().contains("ocrmypdf"));
    let error = read(&file(&[Vec::new()], Dictionary::new())).unwrap_err().to_string();
    assert!(error.contains("a PDF without text, its page is empty"), "{error}");
}

#[test]
fn fonts_that_hide_their_letters_are_named() {
    let font = dictionary! { "Type" => "Font", "Subtype" => "Type0", "BaseFont" => "ABC", "Encoding" => "Identity-H" };
    let resources = dictionary! { "Font" => dictionary! { "F1" => font } };
    let error = read(&file(&[page(&["Interviewer: How does a night begin?", "So."])], resources)).unwrap_err();
    assert!(error.to_string().contains("fonts do not tell which letters they show"), "{error}");
}

#[test]
fn bombs_are_refused_page_by_page() {
    let lines = page(&["Interviewer: Why is that so?", "", "Participant: Because of the nights."]);
    let bomb = vec![b' '; 40 << 20];
    let reading = read(&file(&[lines.clone(), bomb], helvetica())).unwrap();
    assert_eq!(turns(&reading).len(), 2);
    let message = reading.failures[0].to_string();
    assert!(message.contains("page 2: larger drawings than are read"), "{message}");
    // A form that draws itself ends.
    let bytes = file(&[lines, b"/A Do".to_vec()], helvetica());
    let mut document = Document::load_mem(&bytes).unwrap();
    let form = document.new_object_id();
    let objects = dictionary! { "A" => form };
    let resources = dictionary! { "XObject" => objects };
    let dictionary = dictionary! { "Type" => "XObject", "Subtype" => "Form", "Resources" => resources.clone() };
    document.objects.insert(form, Object::Stream(Stream::new(dictionary, b"/A Do /A Do /A Do".to_vec())));
    let page = document.page_iter().last().unwrap();
    document.get_object_mut(page).unwrap().as_dict_mut().unwrap().set("Resources", resources);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    assert_eq!(turns(&read(&bytes).unwrap()).len(), 2);
}

#[test]
fn damage_is_an_error() {
    let whole = file(&[page(&["Interviewer: Why?", "Participant: So."])], helvetica());
    for bytes in [&b"%PDF-1.7"[..], b"%PDF-1.4\n%%EOF", &whole[..whole.len() / 2]] {
        if let Err(error) = read(bytes) {
            assert!(error.hint().is_some(), "{error}");
        }
    }
    let mut nested = b"%PDF-1.4\n1 0 obj\n".to_vec();
    nested.write_all(&b"[".repeat(100_000)).unwrap();
    assert!(read(&nested).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn any_damage_is_read_or_refused(changes in proptest::collection::vec((0usize..1500, any::<u8>()), 0..6)) {
        let mut bytes = file(&[page(&["Interviewer: Why?", "", "Participant: Because of it."])], helvetica());
        let n = bytes.len();
        for (at, byte) in changes {
            bytes[5 + at % (n - 5)] = byte;
        }
        let _ = read(&bytes);
    }
}
