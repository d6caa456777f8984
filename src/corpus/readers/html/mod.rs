//! Web pages: transcripts of Google Docs, Taguette, Trint and Word that were saved as HTML, and chats of Telegram.
//!
//! In: the file's text. Out: one document, the page's words as a browser shows them, and the transcripts
//! in it, found as in Word documents; `line` is the number of the paragraph. What is hidden, menus,
//! scripts and comments are never read.

pub(super) mod body;
mod styles;

use super::super::{CorpusError, ReadOptions};
use super::docx;
use super::{Claim, Contents, File, Reader, Reading};

pub(crate) struct Html;

/// Tags with which a part of a page begins that was saved without its head.
const OF_PARTS: [&str; 8] = ["<body", "<head", "<meta", "<table", "<div", "<p>", "<p ", "<h1"];

impl Reader for Html {
    fn name(&self) -> &'static str {
        "html"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["html", "htm", "xhtml"]
    }

    fn claim(&self, contents: &Contents, _options: &ReadOptions) -> Claim {
        let Some(text) = contents.text() else { return Claim::No };
        let opening = opening(text);
        let begins = |marks: &[&str]| marks.iter().any(|mark| opening.starts_with(mark));
        if begins(&["<!doctype html", "<html>", "<html "]) {
            Claim::Certain
        } else if begins(&OF_PARTS) && !opening.starts_with("<p>:") {
            Claim::Possible
        } else {
            Claim::No
        }
    }

    fn named_by_file(&self) -> bool {
        false
    }

    fn read(&self, file: File<'_>) -> Result<Reading, CorpusError> {
        let path = file.path;
        let text = file.contents.into_text(path)?;
        let mut body = body::read(&text);
        drop(text);
        let mut reading = Reading::default();
        docx::tell_of_struck(path, body.struck, &mut reading);
        reading.warnings.extend(docx::leads::close(path, &mut body.blocks, &body.leads, file.names));
        docx::take_apart(path, &body.blocks, file.names, &mut reading).map_err(|error| match error {
            CorpusError::Empty { path } => CorpusError::NotRead {
                path,
                what: "a web page without words of its own, which a script may show".to_owned(),
                hint: "open it in a browser, and save what it shows as plain text",
            },
            error => error,
        })?;
        for failure in &mut reading.failures {
            if let CorpusError::NoSpeakers { advice: Some(advice), .. } = failure {
                advice.push_str("; of a saved page keep the transcript alone, without menus and lists");
            }
        }
        Ok(reading)
    }
}

/// The first bytes of a page in lower case, without comments and what declares XML.
fn opening(text: &str) -> String {
    const LONGEST: usize = 32;
    let mut rest = text.trim_start_matches('\u{feff}').trim_start();
    while let Some((_, below)) = [("<!--", "-->"), ("<?xml", "?>")]
        .iter()
        .find_map(|(open, close)| rest.starts_with(open).then(|| rest.split_once(close))?)
    {
        rest = below.trim_start();
    }
    rest[..rest.floor_char_boundary(LONGEST)].to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::super::{Corpus, CorpusError, read_bytes};
    use super::*;

    fn corpus(name: &str, page: &str) -> Result<Corpus, CorpusError> {
        read_bytes(name, page.as_bytes().to_vec(), &ReadOptions::default())
    }

    /// Who says what on which line.
    fn turns(page: &str) -> Vec<(String, usize, String)> {
        let corpus = corpus("talk.html", page).unwrap();
        for turn in &corpus.transcripts[0].turns {
            let document = &corpus.documents[turn.document].text;
            let said: String = document.chars().skip(turn.span.start).take(turn.span.len()).collect();
            assert_eq!(said, *turn.text);
        }
        let turn = |turn: &super::super::super::Turn| (turn.speaker.to_string(), turn.line, turn.text.to_string());
        corpus.transcripts[0].turns.iter().map(turn).collect()
    }

    fn expected() -> Vec<(String, String)> {
        let said = [
            ("Ann", "Why bees & honey?"),
            ("Tom", "For the smell.\nIt is naïve."),
            ("Ann", "And then?"),
            ("Tom", "It rained."),
        ];
        said.map(|(speaker, words)| (speaker.to_owned(), words.to_owned())).to_vec()
    }

    fn said(page: &str) -> Vec<(String, String)> {
        turns(page).into_iter().map(|(speaker, _, words)| (speaker, words)).collect()
    }

    #[test]
    fn messages_of_telegram_are_their_senders() {
        let message = |who: &str, at: usize, words: &str| {
            let initial = &who[..1];
            format!(
                "<div class=\"message default clearfix\"><div class=\"pull_left userpic_wrap\"><div class=\"userpic\">\
                 <div class=\"initials\">{initial}</div></div></div><div class=\"body\">\
                 <div class=\"pull_right date details\" title=\"03.05.2031 10:0{at}:11 UTC+01:00\">10:0{at}</div>\
                 <div class=\"from_name\">\n{who} </div><div class=\"reply_to details\">In reply to <a>this</a></div>\
                 <div class=\"text\">{words}</div></div></div>"
            )
        };
        let joined = "<div class=\"message default clearfix joined\"><div class=\"body\"><div class=\"pull_right date details\" \
                      title=\"03.05.2031 10:08:11 UTC+01:00\">10:08</div><div class=\"text\">It is naïve.</div></div></div>";
        let event = "<div class=\"message service\"><div class=\"body details\">3 May 2031</div></div>";
        let chat = [
            event.to_owned(),
            message("Ann", 1, "Why bees &amp; honey?"),
            message("Tom", 2, "For the smell."),
            joined.to_owned(),
            message("Ann", 3, "And then?"),
            message("Tom", 4, "It rained."),
        ];
        let page = |history: &str| {
            format!("<!DOCTYPE html><html><body><div class=\"{history}\">{}</div></body></html>", chat.concat())
        };
        let plain = |said: Vec<(String, String)>| -> Vec<(String, String)> {
            said.into_iter().map(|(who, words)| (who, words.split_whitespace().collect::<Vec<_>>().join(" "))).collect()
        };
        assert_eq!(plain(said(&page("page_body chat_page"))), plain(expected()));
        // On other pages such classes mean nothing.
        let details = "<html><body><p>Ann: Why?</p><p>Tom: <span class=\"details\">It rained.</span></p><p>Ann: So?</p>\
                       <p>Tom: No.</p></body></html>";
        assert_eq!(said(details)[1].1, "It rained.");
    }

    #[test]
    fn pages_of_programs_are_read() {
        for page in [
            // A word processor in the browser, with its styles in classes.
            "<html><head><meta charset=\"utf-8\"><title>Talk: one</title><style>.c1{font-weight:700}.c2{display:none}\
             @media print{.c3{display:none}}</style></head><body class=\"doc\"><p class=\"c1\"><span class=\"c1\">Ann: </span>\
             <span class=\"c3\">Why bees &amp; honey?</span></p><p><span class=\"c1\">Tom:</span> For the smell.<br>It is \
             na&iuml;ve.</p><p class=\"c2\">Ann: Hidden?</p><p>Ann: And then?</p><p>Tom: It rained.</p></body></html>",
            // Tags that nobody closes, and lines that break anywhere.
            "<!-- saved --><!DOCTYPE HTML>\n<HTML><BODY LANG=en>\n<P><B>Ann:</B> Why bees\n&amp; honey?\n<P><B>Tom:</B> For the\n\
             smell.<BR>It is na&#239;ve.\n<P><B>Ann:</B>&nbsp;And then?<P><B>Tom:</B> It rained.",
            // Each line a `div`, in divs of layout.
            "<html><body><div><div><nav><a href=\"/\">Home: start</a></nav><div>Ann: Why bees &amp; honey?</div><div>Tom: For \
             the smell.<br/>It is naïve.</div><script>var a = \"<p>Ann: no</p>\";</script><div hidden>Ann: No?</div><div>Ann: \
             And then?</div><div style=\"display: none\">Tom: No.</div><div>Tom: It rained.</div></div></div></body></html>",
            // A table for the layout alone.
            "<html><body><table><tr><td></td><td><p>Ann: Why bees &amp; honey?</p><p>Tom: For the smell.<br>It is naïve.</p>\
             <table><tr><td>Ann: And then?</td></tr></table><p>Tom: It rained.</p></td></tr></table></body></html>",
            // A list.
            "<html><ol><li>Ann: Why bees &amp; honey?<li>Tom: For the smell.<br>It is naïve.<li>Ann: And then?<li>Tom: It \
             rained.</ol></html>",
        ] {
            assert_eq!(said(page), expected(), "{page}");
        }
    }

    #[test]
    fn names_in_bold_or_underlined_letters_are_labels_without_a_colon() {
        let turn = |name: &str, words: &str| format!("<p>{name} {words}</p>");
        let bold = ("<span style='font-weight:bold'>", "</span>");
        for (open, close) in [("<b>", "</b>"), ("<strong>", "</strong>"), ("<u>", "</u>"), bold] {
            let name = |name: &str| format!("{open}{name}{close}");
            let talk = |ann: &str, tom: &str, mark: &str| {
                let (ann, tom) = (name(ann), name(tom));
                let turns = [
                    turn(&ann, &format!("Why bees &amp; honey{mark}")),
                    turn(&tom, "For the smell.<br>It is naïve."),
                    turn(&ann, &format!("And then{mark}")),
                    turn(&tom, "It rained."),
                ];
                format!("<html><body>{}</body></html>", turns.concat())
            };
            assert_eq!(said(&talk("Ann", "Tom", "?")), expected(), "{open}");
            // Nobody asks, so that words are stressed.
            assert!(corpus("talk.html", &talk("Time", "Trust", ".")).is_err(), "{open}");
        }
    }

    #[test]
    fn tables_have_a_speaker_column() {
        let page = "<html><body><h1>Talk</h1><table><tr><th>Time<th>Speaker<th>Words</tr><tr><td>0:03<td>Ann<td>Why bees \
                    &amp; honey?<tr><td>0:09<td>Tom<td>For the smell.<br>It is naïve.<tr><td>0:12<td>Ann<td>And then?<tr>\
                    <td>0:15<td>Tom<td>It rained.</table></body></html>";
        assert_eq!(said(page).into_iter().filter(|(who, _)| !who.is_empty()).collect::<Vec<_>>(), expected());
    }

    #[test]
    fn notes_and_deletions_are_no_words() {
        let page = "<html><body><p>Ann: Why so?</p><p>Tom: It <del>hailed</del>rained<sup><a href=\"#cmnt1\" \
                    id=\"cmnt_ref1\">[a]</a></sup> all<a href=\"#_ftn1\" name=\"_ftnref1\">[1]</a> day.</p><p>Ann: And \
                    <s>why</s> then?</p><p>Tom: We left.</p><div><p><a href=\"#cmnt_ref1\" id=\"cmnt1\">[a]</a>Is this \
                    so?</p><p>Ask him.</p></div></body></html>";
        let words: Vec<String> = said(page).into_iter().map(|(_, words)| words).collect();
        assert_eq!(words, ["Why so?", "It rained all day.", "And why then?", "We left."]);
        let corpus = corpus("talk.html", page).unwrap();
        assert_eq!(corpus.warnings.len(), 1, "{:?}", corpus.warnings);
        assert!(corpus.warnings[0].contains("1 word is struck through"), "{:?}", corpus.warnings);
    }

    #[test]
    fn encodings_are_as_the_page_says() {
        let page = "<html><head><meta http-equiv=Content-Type content=\"text/html; charset=windows-1251\"></head><body><p>Ann: \
                    Почему?</p><p>Tom: Шёл дождь.</p><p>Ann: А потом?</p><p>Tom: Мы ушли.</p></body></html>";
        let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode(page);
        let corpus = read_bytes("talk.htm", bytes.into_owned(), &ReadOptions::default()).unwrap();
        assert_eq!(corpus.sources[0].encoding, "windows-1251");
        assert_eq!(&*corpus.transcripts[0].turns[1].text, "Шёл дождь.");
    }

    #[test]
    fn pages_without_speakers_are_refused() {
        let menu = "<html><body><ul><li>Home</li><li>About us</li></ul><h1>Bees in town</h1><p>Twenty people keep bees \
                    here.</p><p>It rained all day.</p></body></html>";
        let error = corpus("page.html", menu).unwrap_err().full_message();
        assert!(error.contains("page.html") && error.contains("of a saved page keep the transcript alone"), "{error}");
        let empty = "<html><body><script>show()</script><div id=root></div></body></html>";
        assert!(corpus("page.html", empty).unwrap_err().to_string().contains("without words of its own"));
    }

    #[test]
    fn contents_tell_the_format() {
        let claim = |text: &str| {
            let text = text.to_owned();
            let decoded = super::super::super::encoding::Decoded {
                text,
                encoding: "UTF-8",
                mojibake_repaired: 0,
                ..Default::default()
            };
            Html.claim(&Contents::Text(decoded), &ReadOptions::default())
        };
        assert_eq!(claim("<?xml version=\"1.0\"?>\n<!-- a -->\n<!DOCTYPE html PUBLIC \"-//W3C\">"), Claim::Certain);
        assert_eq!(claim("\n<HTML lang=en>"), Claim::Certain);
        assert_eq!(claim("<p>Ann: Why?</p>"), Claim::Possible);
        for text in ["Ann: <html> is a tag.", "<htmlish>", "<TEI>", "<!--", "<P>: a label", "<Ann> Why?"] {
            assert_eq!(claim(text), Claim::No, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_page_is_read_or_refused(html in "(<p>|</p>|<br>|<b>|</b>|<table>|</table>|<tr>|<td>|</td>|<div hidden>|</div>|<h2>|<li>|<pre>|<style>|<|>|&|;|&#|\\.a\\{|x|é|Tom: |\n| ){0,60}") {
            let _ = corpus("a.html", &html);
        }
    }
}
