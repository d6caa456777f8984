//! Undoing UTF-8 that was once read as Windows-1252: `hereâ€”we` was `here—we`.
//!
//! In: decoded text. Out: the text with such runs put right, and how many there were. It never
//! touches a run that genuine text can contain: `naïve`, `voilà »`, `pâte`, `Spaß…` stay.

/// Repairs a text, at most twice over (some exports were damaged twice).
///
/// Returns the new text and the number of runs, or `None` when nothing was damaged.
pub(crate) fn repair(text: &str) -> Option<(String, usize)> {
    let (once, runs) = repair_once(text)?;
    match repair_once(&once) {
        Some((twice, _)) => Some((twice, runs)),
        None => Some((once, runs)),
    }
}

fn repair_once(text: &str) -> Option<(String, usize)> {
    let mut out = String::new();
    let mut copied = 0; // bytes of `text` that `out` already accounts for
    let mut runs = 0;
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at].is_ascii() {
            at += 1;
            continue;
        }
        // A maximal stretch of characters that Windows-1252 writes as bytes above 0x7F.
        let start = at;
        let mut chars: Vec<(usize, u8)> = Vec::new();
        for (offset, c) in text[start..].char_indices() {
            match windows_1252_byte(c) {
                Some(byte) => chars.push((start + offset, byte)),
                None => {
                    at = start + offset;
                    if !c.is_ascii() {
                        at += c.len_utf8();
                    }
                    break;
                }
            }
            at = start + offset + c.len_utf8();
        }
        let end =
            chars.last().map_or(start, |&(offset, _)| offset + text[offset..].chars().next().map_or(0, char::len_utf8));
        let before = text[..start].chars().next_back();
        let after = text[end..].chars().next();
        let mut inside_run = false;
        for piece in pieces(text, &chars, before, after) {
            let from = chars[piece.first].0;
            let to = chars.get(piece.first + piece.len).map_or(end, |&(offset, _)| offset);
            if let Some(repaired) = piece.repaired {
                out.push_str(&text[copied..from]);
                out.push(repaired);
                copied = to;
                runs += usize::from(!inside_run);
            }
            inside_run = piece.repaired.is_some();
        }
    }
    if runs == 0 {
        return None;
    }
    out.push_str(&text[copied..]);
    Some((out, runs))
}

/// A part of a stretch: a sequence to be replaced by one character, or one that stays.
struct Piece {
    first: usize,
    len: usize,
    repaired: Option<char>,
}

/// Divides a stretch into UTF-8 sequences and decides each.
fn pieces(text: &str, chars: &[(usize, u8)], before: Option<char>, after: Option<char>) -> Vec<Piece> {
    let mut found: Vec<(Piece, Option<char>)> = Vec::new(); // piece, what it would decode to
    let mut at = 0;
    while at < chars.len() {
        match sequence(&chars[at..]) {
            Some((len, c)) => {
                found.push((Piece { first: at, len, repaired: None }, Some(c)));
                at += len;
            }
            None => {
                found.push((Piece { first: at, len: 1, repaired: None }, None));
                at += 1;
            }
        }
    }
    // A piece as the character that stands there, or would.
    let reading =
        |(piece, decoded): &(Piece, Option<char>)| decoded.or_else(|| text[chars[piece.first].0..].chars().next());
    // Three valid sequences in a row do not happen by chance: Cyrillic, Greek, CJK and emoji.
    let mut i = 0;
    while i < found.len() {
        let length = found[i..].iter().take_while(|(_, c)| c.is_some()).count();
        for j in i..i + length {
            let (piece, decoded) = &found[j];
            let bytes: Vec<u8> = chars[piece.first..piece.first + piece.len].iter().map(|&(_, b)| b).collect();
            let previous = if j == 0 { before } else { reading(&found[j - 1]) };
            let next = if j + 1 == found.len() { after } else { reading(&found[j + 1]) };
            if length >= 3 || plausible(&bytes, *decoded, previous, next) {
                found[j].0.repaired = found[j].1;
            }
        }
        i += length.max(1);
    }
    found.into_iter().map(|(piece, _)| piece).collect()
}

/// Whether a sequence on its own is damage and not genuine text that merely looks like it.
fn plausible(bytes: &[u8], decoded: Option<char>, previous: Option<char>, next: Option<char>) -> bool {
    let after_capital = previous.is_some_and(char::is_uppercase);
    let before_letter = next.is_some_and(char::is_alphabetic);
    match *bytes {
        // Â before a C1 control that Windows-1252 leaves undefined: no one types that.
        [0xC2, second] if second < 0xA0 => matches!(second, 0x81 | 0x8D | 0x8F | 0x90 | 0x9D),
        // Latin-1 letters and signs; `MAÇÃ”` and `ROMÂ »` are genuine.
        [0xC2 | 0xC3, _] => !after_capital || before_letter,
        // Latin Extended-A (`cÅ“ur`, `Å‚adny`); a lone `Å…` is genuine.
        [0xC4 | 0xC5, _] => previous.is_some_and(char::is_lowercase) || (before_letter && !after_capital),
        // Punctuation, currency, arrows, signs; a closing quote after `â` is genuine.
        [0xE2, second, third] => match second {
            0x80 | 0x82 | 0x84 | 0x86..=0x8A | 0x98..=0x9F | 0xAC | 0xAD => true,
            0x94..=0x97 => !matches!(third, 0x85 | 0x91..=0x97 | 0xAB | 0xBB) && (second, third) != (0x94, 0xA0),
            _ => false,
        },
        // Byte-order mark, emoji selector, replacement character.
        [0xEF, ..] => matches!(decoded, Some('\u{feff}' | '\u{fe0f}' | '\u{fffd}')),
        [0xF0, 0x9F, ..] => true,
        _ => false,
    }
}

/// The multi-byte UTF-8 sequence at the start of the bytes, if there is one.
fn sequence(chars: &[(usize, u8)]) -> Option<(usize, char)> {
    let len = match chars.first()?.1 {
        0xC2..=0xDF => 2,
        0xE0..=0xEF => 3,
        0xF0..=0xF4 => 4,
        _ => return None,
    };
    let bytes: Vec<u8> = chars.get(..len)?.iter().map(|&(_, byte)| byte).collect();
    let decoded = std::str::from_utf8(&bytes).ok()?.chars().next()?;
    Some((len, decoded))
}

/// The byte above 0x7F that Windows-1252 (as WHATWG defines it) writes a character as.
fn windows_1252_byte(c: char) -> Option<u8> {
    let byte = match c {
        '\u{a0}'..='\u{ff}' | '\u{81}' | '\u{8d}' | '\u{8f}' | '\u{90}' | '\u{9d}' => c as u32 as u8,
        '€' => 0x80,
        '‚' => 0x82,
        'ƒ' => 0x83,
        '„' => 0x84,
        '…' => 0x85,
        '†' => 0x86,
        '‡' => 0x87,
        'ˆ' => 0x88,
        '‰' => 0x89,
        'Š' => 0x8A,
        '‹' => 0x8B,
        'Œ' => 0x8C,
        'Ž' => 0x8E,
        '‘' => 0x91,
        '’' => 0x92,
        '“' => 0x93,
        '”' => 0x94,
        '•' => 0x95,
        '–' => 0x96,
        '—' => 0x97,
        '˜' => 0x98,
        '™' => 0x99,
        'š' => 0x9A,
        '›' => 0x9B,
        'œ' => 0x9C,
        'ž' => 0x9E,
        'Ÿ' => 0x9F,
        _ => return None,
    };
    Some(byte)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads UTF-8 as Windows-1252, the accident that is undone here.
    fn damage(text: &str) -> String {
        encoding_rs::WINDOWS_1252.decode_without_bom_handling(text.as_bytes()).0.into_owned()
    }

    #[test]
    fn damage_is_undone() {
        for text in [
            "the ward—we all said so",
            "“quoted” and it’s fine…",
            "café, naïve, Ångström and łódka",
            "cœur",
            "£30 or 25 €, 20° outside",
            "Ärger in Köln, Öl",
            "so happy 😀!",
            "→ next ✓ done ■ end",
            "привет, как дела",
            "看護師です",
        ] {
            let (repaired, runs) = repair(&damage(text)).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(repaired, text);
            assert!(runs > 0);
        }
    }

    #[test]
    fn damage_done_twice_is_undone() {
        let text = "it’s “fine”—really";
        assert_eq!(repair(&damage(&damage(text))).map(|r| r.0).as_deref(), Some(text));
    }

    #[test]
    fn runs_are_counted_not_characters() {
        assert_eq!(repair(&damage("one—two ”— three")).map(|r| r.1), Some(2));
    }

    #[test]
    fn genuine_text_survives() {
        for text in [
            "naïve pâte, âge, château",
            "«\u{a0}voilà\u{a0}» et «\u{a0}le café\u{a0}»",
            "Manhã cedo, “não” — maçã”",
            "A MAÇÃ” disse",
            "Tôi cần gặp bác sĩ ân cần “thân” — rất tốt",
            "„Spaß…“ und „Fuß“ – gut",
            "Å… sier hun",
            "Il donna “ça” – là…",
            "CAFÉ\u{a0}! «\u{a0}ÉTÉ\u{a0}»",
            "© 2020 – “ok”™",
        ] {
            assert_eq!(repair(text), None, "{text}");
        }
    }
}
