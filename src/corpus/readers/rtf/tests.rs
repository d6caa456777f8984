//! Rich texts written here, by hand and by rule.

use proptest::prelude::*;

use super::super::super::speakers::Names;
use super::*;

fn read(bytes: &[u8]) -> Result<Reading, CorpusError> {
    let (options, names) = (ReadOptions::default(), Names::default());
    let contents = Contents::Binary(bytes.to_vec());
    Rtf.read(File { path: "a.rtf", extension: Some("rtf"), contents, options: &options, names: &names })
}

fn blocks(text: &str) -> Vec<Block> {
    let text = format!("{{\\rtf1\\ansi\\ansicpg1252 {text}}}");
    Parser::new("a.rtf", text.as_bytes()).blocks().unwrap().0
}

fn texts(text: &str) -> Vec<String> {
    let paragraph = |block| match block {
        Block::Paragraph(paragraph) => paragraph.text,
        Block::Table(rows) => format!("{rows:?}"),
    };
    blocks(text).into_iter().map(paragraph).collect()
}

#[test]
fn characters_are_written_in_many_ways() {
    assert_eq!(texts(r"caf\'e9 \u233?\u8212 -\u-10179?\u-8638? \{x\}\par"), ["café é—🙂 {x}"]);
    assert_eq!(texts(r"{\uc2 \u20320\'c4\'e3}ok\~\emdash\lquote a\rquote\tab b\line c\par"), ["你ok —‘a’\tb\nc"]);
    let fonts = r"{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset204 Arial;}{\f2\fcharset128 Mincho;}}";
    let mixed = texts(&format!(r"{fonts}\f1 \'cf\'f0\'e8{{\f2 \'93\'fa\'96\'7b}}{{\f0 \'e9}}\par"));
    assert_eq!(mixed, ["При日本é"]);
}

#[test]
fn what_is_no_text_is_left_out() {
    assert_eq!(
        texts(
            r"{\colortbl;\red0;}{\info{\author Ana}}{\header page}{\*\unknown gone}{\footnote note}{\pict\bin5 {{{}}}a\v hidden\v0 b{\deleted gone}{\field{\*\fldinst HYPERLINK x}{\fldrslt link}}\par"
        ),
        ["ablink"]
    );
}

#[test]
fn styles_tell_headings_and_bold_tells_names() {
    let found = blocks(
        r"{\stylesheet{\s0 Normal;}{\s3\outlinelevel0 heading 1;}{\*\cs4 Strong;}}\pard\s3 Ward\par\pard {\b Tom}\par Why?\par",
    );
    let Block::Paragraph(title) = &found[0] else { panic!("{found:?}") };
    assert_eq!((title.text.as_str(), title.heading), ("Ward", Some(1)));
    let Block::Paragraph(name) = &found[1] else { panic!("{found:?}") };
    assert_eq!((name.text.as_str(), name.heading, name.bold, name.number), ("Tom", None, true, 2));
}

#[test]
fn turns_and_tables_are_found() {
    let reading = read(br"{\rtf1\ansi Interviewer: Why?\par Participant: So it is.\par}").unwrap();
    let turns = &reading.transcripts[0].turns;
    assert_eq!((&*turns[1].speaker, turns[1].line, &*turns[1].text), ("Participant", 2, "So it is."));
    let row = |a: &str, b: &str| format!(r"\trowd\pard\intbl {a}\cell\pard\intbl {b}\cell\row ");
    let rows =
        [row("Speaker", "Text"), row("Tom", "Why?"), row("Ana", "Because."), row("Tom", "And?"), row("Ana", "So.")];
    let reading = read(format!(r"{{\rtf1 {}\pard after\par}}", rows.concat()).as_bytes()).unwrap();
    assert_eq!(reading.layout.as_deref(), Some("a table with a speaker column"));
    assert_eq!(&*reading.transcripts[0].turns[1].text, "Because.");
}

#[test]
fn names_in_bold_or_underlined_letters_are_labels_without_a_colon() {
    for (on, off) in [(r"{\b ", "}"), (r"\ul ", r"\ulnone ")] {
        let turn = |name: &str, words: &str| format!(r"{on}{name}{off} {words}\par ");
        let talk = [turn("Tom", "Why?"), turn("Ana", "Because."), turn("Tom", "And?"), turn("Ana", "So.")].concat();
        let reading = read(format!(r"{{\rtf1\ansi {talk}}}").as_bytes()).unwrap();
        let turns = &reading.transcripts[0].turns;
        assert_eq!((turns.len(), &*turns[1].speaker, &*turns[1].text), (4, "Ana", "Because."), "{on}");
        // Words that are stressed name nobody.
        let stressed = talk.replace("Tom", "Time").replace("Ana", "Trust").replace('?', ".");
        assert!(read(format!(r"{{\rtf1\ansi {stressed}}}").as_bytes()).unwrap().transcripts.is_empty(), "{on}");
    }
}

#[test]
fn damage_is_an_error_with_its_byte() {
    for (text, words) in [
        (r"{\rtf1 Tom: half", "byte 16: the file ends inside a group"),
        (r"{\rtf1 \'zz}", "two hexadecimal digits"),
        (r"{\rtf1\ansicpg65001 \'e9 x}", "not UTF-8"),
    ] {
        let error = read(text.as_bytes()).unwrap_err();
        assert!(error.to_string().contains(words), "{error}");
        assert!(error.hint().is_some());
    }
    let deep = format!("{{\\rtf1 {}", "{".repeat(100_000));
    assert!(read(deep.as_bytes()).unwrap_err().to_string().contains("nested more than 4096 deep"));
    assert!(matches!(read(br"{\rtf1 }"), Err(CorpusError::Empty { .. })));
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in "(\\\\[a-z]{1,5}-?[0-9]{0,4} ?|[{}]|\\\\'[0-9a-f]{2}|\\\\bin[0-9]{1,3} |\
        \\\\u-?[0-9]{1,5}\\?|Tom: |a b|\\\\par |\\\\cell |\\\\row |\\\\\\*){0,40}") {
        let _ = read(format!("{{\\rtf1 {text}}}").as_bytes());
        let _ = read(format!("{{\\rtf1 {text}").as_bytes());
    }
}
