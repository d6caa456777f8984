//! Cells in which each turn stands between tags that name who speaks: `<assistant>Why?</assistant> <user>Because.</user>`.
//!
//! In: the words of a cell. Out: its turns, where nothing stands outside of such tags, each is closed, all names are those
//! of parts that people play in an interview, and two of them come. It reads no other markup.

use super::super::super::labels::{self, Labelled, Stretch};
use super::super::super::speakers::{Names, key};

/// The turns of a cell.
pub(super) fn read(text: &str, names: &Names) -> Option<Labelled> {
    let mut stretches: Vec<Stretch> = Vec::new();
    let mut at = 0;
    loop {
        at += text[at..].len() - text[at..].trim_start().len();
        if at == text.len() {
            break;
        }
        let rest = text[at..].strip_prefix('<')?;
        let (label, inner) = rest.split_once('>')?;
        names.by_name(&key(label))?;
        let start = text.len() - inner.len();
        let end = start + inner.find(&format!("</{label}>"))?;
        stretches.push(Stretch { label: label.to_owned(), seconds: None, text: labels::trim(text, start..end) });
        at = end + label.len() + "</>".len();
    }
    stretches.retain(|stretch| !stretch.text.is_empty());
    let speak = stretches.iter().any(|stretch| stretch.label != stretches[0].label);
    speak.then(|| Labelled { stretches, ..Labelled::default() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn turns_stand_between_tags_with_names() {
        let text = "<assistant>Who built it?</assistant>\n<user> My uncle <3 did. </user> <assistant>And?</assistant>";
        let found = read(text, &Names::default()).unwrap();
        let said: Vec<_> = found.stretches.iter().map(|s| (s.label.as_str(), &text[s.text.clone()])).collect();
        assert_eq!(said, [("assistant", "Who built it?"), ("user", "My uncle <3 did."), ("assistant", "And?")]);
    }

    #[test]
    fn other_markup_and_words_outside_are_no_turns() {
        for text in [
            "",
            "<user>We built it.</user>",
            "<assistant>Who?</assistant> and then <user>We did.</user>",
            "<assistant>Who?</assistant><user>We did.",
            "<shed>Who?</shed><boat>We did.</boat>",
            "We built it in the shed.",
        ] {
            assert!(read(text, &Names::default()).is_none(), "{text}");
        }
    }
}
