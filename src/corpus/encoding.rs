//! From bytes to text: byte-order mark, strict UTF-8, then a guess.
//!
//! In: the bytes of a file. Out: its text with LF line ends and mojibake repaired, with the name
//! of the encoding. It never replaces what it cannot read by `�`; that is an error with its byte.

use encoding_rs::{DecoderResult, Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::CorpusError;
use super::by_lines::ByLines;
use super::mojibake;

/// A file's text, before any reader has looked at it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Decoded {
    /// LF line ends, no byte-order mark.
    pub(crate) text: String,
    /// WHATWG name.
    pub(crate) encoding: &'static str,
    /// Number of runs that were repaired.
    pub(crate) mojibake_repaired: usize,
    /// What ended its lines where that is not LF alone: `CRLF`, `CR`, or several of them.
    pub(crate) line_ends: Option<&'static str>,
    /// Where it is not UTF-8 though all the rest is.
    pub(crate) damage: Option<String>,
}

/// Decodes the bytes of the file at `path` (which serves the messages). UTF-8 is taken as it is: a large file is
/// not to be held twice.
pub(crate) fn decode(path: &str, bytes: impl Into<Vec<u8>>, keep_mojibake: bool) -> Result<Decoded, CorpusError> {
    let bytes: Vec<u8> = bytes.into();
    let not_text = |offset: usize, reason: String| CorpusError::NotText { path: path.to_owned(), offset, reason };
    if bytes.starts_with(ZIP) || MAGIC.iter().any(|(magic, _)| bytes.starts_with(magic)) {
        return Err(self::not_text(path, &bytes));
    }
    let (encoding, skip) = choose(&bytes);
    let damage = if encoding == UTF_8 { None } else { damage(&bytes, encoding) };
    let (text, bytes) = if encoding == UTF_8 {
        let mut text = String::from_utf8(bytes)
            .map_err(|error| not_text(error.utf8_error().valid_up_to(), "bytes that are not UTF-8".to_owned()))?;
        text.drain(..skip);
        (text, Vec::new())
    } else {
        let text = decode_as(encoding, &bytes[skip..]).map_err(|(offset, reason)| not_text(offset + skip, reason))?;
        (text, bytes)
    };
    let text = without_colours(text);
    if let Some((offset, control)) = first_binary(&text) {
        let offset = if encoding == UTF_16LE || encoding == UTF_16BE {
            text[..offset].encode_utf16().count() * 2
        } else if encoding == UTF_8 {
            offset
        } else {
            bytes.iter().position(|&b| u32::from(b) == u32::from(control)).unwrap_or(offset)
        };
        return Err(not_text(offset + skip, format!("a control character (U+{:04X})", u32::from(control))));
    }
    drop(bytes);
    let line_ends = line_ends(&text);
    let mut text = line_feeds(text);
    if text.is_blank() {
        return Err(CorpusError::Empty { path: path.to_owned() });
    }
    let mut mojibake_repaired = 0;
    if !keep_mojibake && let Some((repaired, runs)) = mojibake::repair(&text) {
        text = repaired;
        mojibake_repaired = runs;
    }
    if text.starts_with('\u{feff}') {
        text.drain(..'\u{feff}'.len_utf8());
    }
    Ok(Decoded { text, encoding: encoding.name(), mojibake_repaired, line_ends, damage })
}

/// The error for bytes of a file at `path` that are no text.
pub(crate) fn not_text(path: &str, bytes: &[u8]) -> CorpusError {
    let known = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)).map(|&(_, name)| name);
    let name = known.unwrap_or(if bytes.starts_with(ZIP) { "a zip archive" } else { "a binary file" });
    CorpusError::NotText { path: path.to_owned(), offset: 0, reason: format!("the mark of {name}") }
}

/// Openings of the formats that have readers though they are no text: archives (Word, Excel,
/// OpenDocument, REFI-QDA), Parquet, PDF, rich text, and what Office wrote before there were archives.
pub(crate) fn is_binary_format(bytes: &[u8]) -> bool {
    [ZIP, PARQUET, PDF, RICH_TEXT, OLD_OFFICE].iter().any(|magic| bytes.starts_with(magic))
}

const ZIP: &[u8] = b"PK\x03\x04";
const PARQUET: &[u8] = b"PAR1";
pub(crate) const PDF: &[u8] = b"%PDF-";
pub(crate) const RICH_TEXT: &[u8] = b"{\\rtf";
/// A compound file (MS-CFB).
pub(crate) const OLD_OFFICE: &[u8] = b"\xD0\xCF\x11\xE0";
/// Openings of files that are often taken for text.
const MAGIC: [(&[u8], &str); 5] = [
    (PDF, "a PDF file"),
    (PARQUET, "a Parquet file"),
    (OLD_OFFICE, "an old Office file, or of one with a password"),
    (RICH_TEXT, "a rich-text file"),
    (b"\x1F\x8B", "a gzip archive"),
];

/// The encoding, and how many bytes its mark takes.
fn choose(bytes: &[u8]) -> (&'static Encoding, usize) {
    if let Some(found) = Encoding::for_bom(bytes) {
        return found;
    }
    if let Some(utf_16) = unmarked_utf_16(bytes) {
        return (utf_16, 0);
    }
    if std::str::from_utf8(bytes).is_ok() {
        return (UTF_8, 0);
    }
    if let Some(declared) = declared(bytes) {
        return (declared, 0);
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    (detector.guess(None, chardetng::Utf8Detection::Deny), 0)
}

/// Where bytes that are UTF-8 but for a few are none: guessed to be of another encoding, these few become letters that
/// nobody wrote.
fn damage(bytes: &[u8], encoding: &'static Encoding) -> Option<String> {
    let (mut letters, mut broken, mut first, mut at) = (0, 0, None, 0);
    for chunk in bytes.utf8_chunks() {
        letters += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        at += chunk.valid().len();
        if !chunk.invalid().is_empty() {
            broken += 1;
            first.get_or_insert(at);
            at += chunk.invalid().len();
        }
    }
    let first = first.filter(|_| letters >= FEWEST_LETTERS * broken)?;
    let line = 1 + bytes[..first].iter().filter(|&&byte| byte == b'\n').count();
    let more = if broken > 1 { format!(" and {} more places", broken - 1) } else { String::new() };
    Some(format!(
        "line {line}: byte {first}{more} cannot be UTF-8, as which all else can be read, and stands as {} has it: see what \
         was meant there, and save the file anew in UTF-8",
        encoding.name()
    ))
}

/// Letters beyond ASCII in UTF-8 for each place that is none, from which a file is UTF-8 with damage.
const FEWEST_LETTERS: usize = 2;

/// How lines end, where that is not by LF alone.
fn line_ends(text: &str) -> Option<&'static str> {
    if !text.contains('\r') {
        return None;
    }
    let (mut cr, mut lf, mut crlf) = (0, 0, 0);
    let mut before = b' ';
    for &byte in text.as_bytes() {
        match (before, byte) {
            (b'\r', b'\n') => (cr, crlf) = (cr - 1, crlf + 1),
            (_, b'\r') => cr += 1,
            (_, b'\n') => lf += 1,
            _ => {}
        }
        before = byte;
    }
    match (cr, lf, crlf) {
        (0, 0, _) => Some("CRLF"),
        (_, 0, 0) => Some("CR"),
        (0, ..) => Some("CRLF and LF"),
        (_, _, 0) => Some("CR and LF"),
        (_, 0, _) => Some("CR and CRLF"),
        _ => Some("CR, CRLF and LF"),
    }
}

/// What a web page says in its head: `<meta charset=…>`, `<meta … content="text/html; charset=…">`.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]).to_ascii_lowercase();
    let is_page = ["<!doctype html", "<html", "<head"].iter().any(|tag| head.contains(tag));
    let meta = head.split("<meta").skip(1).filter_map(|tag| tag.split('>').next()?.split_once("charset=")).next();
    let label = meta.filter(|_| is_page)?.1.trim_start_matches(['"', '\'', ' ']);
    let label = label.split(['"', '\'', ' ', ';', '/']).next()?;
    // UTF-8 and UTF-16 would have been found before.
    Encoding::for_label(label.as_bytes()).filter(|found| ![UTF_8, UTF_16LE, UTF_16BE].contains(found))
}

/// UTF-16 without a mark shows in zero bytes that all stand on one side of the pairs.
fn unmarked_utf_16(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(64 * 1024) & !1];
    let zeros = |side: usize| sample.iter().skip(side).step_by(2).filter(|&&b| b == 0).count();
    let (first, second) = (zeros(0), zeros(1));
    let enough = (sample.len() / 8).max(2);
    match (first, second) {
        (0, n) if n >= enough => Some(UTF_16LE),
        (n, 0) if n >= enough => Some(UTF_16BE),
        // Letters of other scripts have no zero bytes: spaces, points and ends of lines have.
        (0, 2..) if is_words(UTF_16LE, sample) => Some(UTF_16LE),
        (2.., 0) if is_words(UTF_16BE, sample) => Some(UTF_16BE),
        _ => None,
    }
}

/// Whether bytes of such an encoding are letters, spaces and signs that are typed, with hardly an exception.
fn is_words(encoding: &'static Encoding, sample: &[u8]) -> bool {
    let Ok(text) = decode_as(encoding, sample) else { return false };
    let is_sign = |c: char| c.is_ascii_punctuation() || matches!(c, '\u{2010}'..='\u{2026}' | '\u{3001}'..='\u{301f}');
    let is_typed = |c: char| c.is_alphanumeric() || c.is_whitespace() || is_sign(c);
    let (mut n, mut n_typed, mut n_controls, mut n_spaces) = (0, 0, 0, 0);
    for c in text.chars() {
        n += 1;
        n_typed += usize::from(is_typed(c));
        n_controls += usize::from(c.is_control() && !c.is_whitespace());
        n_spaces += usize::from(matches!(c, ' ' | '\n'));
    }
    n_controls == 0 && n_typed * 10 >= n * 9 && n_spaces * 40 >= n
}

fn decode_as(encoding: &'static Encoding, bytes: &[u8]) -> Result<String, (usize, String)> {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut text = String::new();
    let mut read = 0;
    loop {
        let rest = &bytes[read..];
        let room = decoder.max_utf8_buffer_length_without_replacement(rest.len());
        text.reserve(room.unwrap_or(rest.len()).max(16));
        let (result, taken) = decoder.decode_to_string_without_replacement(rest, &mut text, true);
        read += taken;
        match result {
            DecoderResult::InputEmpty => return Ok(text),
            DecoderResult::OutputFull => {}
            DecoderResult::Malformed(bad, beyond) => {
                let offset = read.saturating_sub(usize::from(bad) + usize::from(beyond));
                return Err((offset, format!("bytes that are not {}", encoding.name())));
            }
        }
    }
}

/// A text that begins with a colour of a terminal, as what programs print does, without what sets these: `ESC [ 1 m`. Any
/// other text stays as it is.
fn without_colours(text: String) -> String {
    const OPENING: &str = "\u{1b}[";
    if !text.trim_start().starts_with(OPENING) {
        return text;
    }
    let mut bare = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some((before, behind)) = rest.split_once(OPENING) {
        bare.push_str(before);
        let end = behind.trim_start_matches(|c: char| c.is_ascii_digit() || c == ';').strip_prefix('m');
        if end.is_none() {
            bare.push_str(OPENING);
        }
        rest = end.unwrap_or(behind);
    }
    bare.push_str(rest);
    bare
}

/// The first sign that the text is none: a NUL, or one of many control characters.
fn first_binary(text: &str) -> Option<(usize, char)> {
    if let Some(nul) = text.find('\0') {
        return Some((nul, '\0'));
    }
    let is_control = |b: u8| b < 0x20 && !(b'\t'..=b'\r').contains(&b);
    // Without a branch for each byte.
    if !text.bytes().fold(false, |any, b| any | is_control(b)) {
        return None;
    }
    // CHAT puts one on either side of a time (see `readers::chat`).
    let is_chat = text.by_lines().take(20).any(|line| line.trim_end() == "@Begin");
    let odd = |b: u8| is_control(b) && !(is_chat && b == 0x15);
    let count = text.bytes().filter(|&b| odd(b)).count();
    if count > 3 && count * 200 > text.len() {
        let offset = text.bytes().position(odd)?;
        return Some((offset, char::from(text.as_bytes()[offset])));
    }
    None
}

/// CRLF and lone CR become LF, in place: a large file is not to be held twice.
pub(crate) fn line_feeds(text: String) -> String {
    if !text.contains('\r') {
        return text;
    }
    let mut bytes = text.into_bytes();
    let mut after_return = false;
    bytes.retain_mut(|byte| {
        let is_second = after_return && *byte == b'\n';
        after_return = *byte == b'\r';
        if after_return {
            *byte = b'\n';
        }
        !is_second
    });
    // ASCII was taken out or replaced by ASCII, so it is UTF-8 as before.
    String::from_utf8(bytes).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8]) -> (String, &'static str) {
        let decoded = decode("a.txt", bytes, false).unwrap();
        (decoded.text, decoded.encoding)
    }

    fn utf_16(text: &str, little: bool) -> Vec<u8> {
        text.encode_utf16().flat_map(|u| if little { u.to_le_bytes() } else { u.to_be_bytes() }).collect()
    }

    #[test]
    fn encodings_are_found() {
        let words = "Nurse: le café est déjà fermé à midi\n";
        assert_eq!(text(words.as_bytes()), (words.to_owned(), "UTF-8"));
        assert_eq!(text(&[b"\xEF\xBB\xBF", words.as_bytes()].concat()), (words.to_owned(), "UTF-8"));
        let (latin, _, _) = encoding_rs::WINDOWS_1252.encode(words);
        assert_eq!(text(&latin), (words.to_owned(), "windows-1252"));
        assert_eq!(text(&utf_16(words, true)), (words.to_owned(), "UTF-16LE"));
        assert_eq!(text(&utf_16(words, false)), (words.to_owned(), "UTF-16BE"));
        for words in ["Зачем?\nПотому что шёл дождь.\n", "なぜ ですか。\n雨が 降った。\n"]
        {
            assert_eq!(text(&utf_16(words, true)), (words.to_owned(), "UTF-16LE"));
            assert_eq!(text(&utf_16(words, false)), (words.to_owned(), "UTF-16BE"));
        }
        let bytes = [b"\x04\x00\x07\x00".to_vec(), b"\x01\x02".repeat(20)].concat();
        assert!(decode("a.txt", bytes, false).is_err());
        let marked = [b"\xFF\xFE".to_vec(), utf_16(words, true)].concat();
        assert_eq!(text(&marked), (words.to_owned(), "UTF-16LE"));
    }

    #[test]
    fn line_ends_become_line_feeds() {
        assert_eq!(text(b"a\r\nb\rc\n").0, "a\nb\nc\n");
        assert_eq!(text("\rä\r\r\nb\n\r\n\n\r".as_bytes()).0, "\nä\n\nb\n\n\n\n");
    }

    #[test]
    fn what_ends_lines_is_told_where_it_is_not_a_line_feed() {
        let ends = |text: &str| decode("a.txt", text.as_bytes(), false).unwrap().line_ends;
        assert_eq!([ends("a"), ends("a\nb\n")], [None, None]);
        assert_eq!([ends("a\r\nb\r\n"), ends("a\rb"), ends("a\rb\n")], [Some("CRLF"), Some("CR"), Some("CR and LF")]);
        assert_eq!([ends("a\r\nb\n"), ends("a\r\r\nb")], [Some("CRLF and LF"), Some("CR and CRLF")]);
        assert_eq!(ends("a\r\nb\rc\n"), Some("CR, CRLF and LF"));
    }

    #[test]
    fn a_damaged_byte_in_utf_8_is_told_and_other_encodings_are_none() {
        let damage = |bytes: &[u8]| decode("m.txt", bytes, false).unwrap().damage;
        let told = damage(b"why?\nthe caf\xc3\xa9 on the cor\xffner is n\xc3\xa4ive.\n").unwrap();
        assert!(told.starts_with("line 2: byte 25 cannot be UTF-8"), "{told}");
        let words = "le caf\u{e9} est d\u{e9}j\u{e0} ferm\u{e9} \u{e0} midi, tr\u{e8}s bien\n";
        assert_eq!(damage(&encoding_rs::WINDOWS_1252.encode(words).0), None);
        assert_eq!(damage(words.as_bytes()), None);
        for (encoding, words) in [
            (
                encoding_rs::SHIFT_JIS,
                "\u{306a}\u{305c}\u{3067}\u{3059}\u{304b}\u{3002}\u{96e8}\u{304c}\u{964d}\u{3063}\u{305f}\u{304b}\u{3089}\u{3067}\u{3059}\u{3002}",
            ),
            (encoding_rs::GBK, "\u{6211}\u{5728}\u{8fd9}\u{91cc}\u{5de5}\u{4f5c}\u{4e86}\u{5f88}\u{591a}\u{5e74}"),
            (
                encoding_rs::WINDOWS_1251,
                "\u{41f}\u{43e}\u{442}\u{43e}\u{43c}\u{443} \u{447}\u{442}\u{43e} \u{448}\u{451}\u{43b} \u{434}\u{43e}\u{436}\u{434}\u{44c}",
            ),
        ] {
            assert_eq!(super::damage(&encoding.encode(words).0, encoding), None, "{words}");
        }
    }

    #[test]
    fn colours_of_a_terminal_are_no_text() {
        let printed = "\u{1b}[1mCandidate themes\u{1b}[0m\n\u{1b}[1;32mFirm\u{1b}[m [0m and 2m\n";
        assert_eq!(text(printed.as_bytes()).0, "Candidate themes\nFirm [0m and 2m\n");
        assert_eq!(text("\u{1b}[1mAnn: up\u{1b}[2A\n".as_bytes()).0, "Ann: up\u{1b}[2A\n");
        let data = "id,text\n\u{1b}[31m1,Ann\u{1b}[0m\n";
        assert_eq!(text(data.as_bytes()).0, data);
    }

    #[test]
    fn what_is_no_text_is_an_error_with_its_byte() {
        let message = |bytes: &[u8]| decode("x/a.txt", bytes, false).unwrap_err().to_string();
        assert_eq!(message(b"abc\0def"), "`x/a.txt` is not text: a control character (U+0000) at byte 3");
        assert!(message(b"%PDF-1.7 ...").contains("a PDF file at byte 0"));
        assert_eq!(message(b""), "`x/a.txt` is empty");
        assert_eq!(message(b" \n\t"), "`x/a.txt` is empty");
        assert!(message(b"\xEF\xBB\xBFab\xFF").contains("not UTF-8 at byte 5"));
    }

    #[test]
    fn an_office_file_may_have_a_password() {
        let message = decode("a.docx", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", false).unwrap_err().to_string();
        assert!(message.contains("the mark of an old Office file, or of one with a password"), "{message}");
    }

    #[test]
    fn mojibake_is_counted_or_kept() {
        let bytes = "the wardâ€”we said".as_bytes();
        let decoded = decode("a.txt", bytes, false).unwrap();
        assert_eq!((decoded.text.as_str(), decoded.mojibake_repaired), ("the ward\u{2014}we said", 1));
        assert_eq!(decode("a.txt", bytes, true).unwrap().mojibake_repaired, 0);
    }
}
