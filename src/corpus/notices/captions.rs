//! Captions of pictures among what is said: `Figure 2: The mill after the flood. Photo: I. Lund`, `Abb. 3: …`.
//!
//! In: a line, or a label and what stands below it. Out: whether it is a caption: a word for a picture with its number in
//! front of words in which nobody speaks of themselves, or who took it at the end. Where such a line must stand is for
//! [`notices`](super) to see.

use super::parts::is_name;
use super::words::speaks;

/// Longer lines are none, in bytes.
const LONGEST: usize = 240;
/// Words of who took it, at most.
const NAMES: usize = 6;

/// What has a number.
#[rustfmt::skip]
const PICTURES: &[&str] = &[
    "figure", "fig.", "fig", "photo", "photograph", "image", "plate", "illustration", "abb.", "abb", "abbildung", "bild",
    "foto", "figura", "imagen", "fotografía", "immagine", "afb.", "afbeelding", "imagem", "rys.", "ryc.", "zdjęcie",
    "kuva", "obr.", "obrázek",
];
/// Before whoever took it.
#[rustfmt::skip]
const CREDITS: &[&str] = &[
    "Photo:", "Photo by", "Photograph:", "Photograph by", "Photo ©", "Foto:", "Fotografía:", "Zdjęcie:", "Fot.",
];

/// Whether a label is a word for a picture with its number: `Figure 2`, `Abb. 3`.
pub(super) fn is_label(label: &str) -> bool {
    let label = label.trim().to_lowercase();
    label.rsplit_once([' ', '.']).is_some_and(|(what, number)| {
        let is_number = (1..=3).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit());
        is_number && PICTURES.contains(&what.trim())
    })
}

/// Whether words below such a label may be a caption.
pub(super) fn is_title(words: &str) -> bool {
    let words = words.trim();
    !words.is_empty()
        && words.len() <= LONGEST
        && !words.contains(['\n', '?', '!'])
        // `I. Lund` is somebody's initial.
        && !speaks(&words.to_lowercase().replace('’', "'").replace(" i. ", " "))
}

/// Whether a line is a caption.
pub(super) fn is_one(line: &str) -> bool {
    let line = line.trim().trim_matches(['[', ']', '(', ')', '*', '_']);
    if !is_title(line) || !line.starts_with(char::is_uppercase) {
        return false;
    }
    let is_numbered = line.split_once([':', '–', '—']).or_else(|| line.split_once(" - "));
    is_numbered.is_some_and(|(label, title)| is_label(label.trim()) && !title.trim().is_empty()) || has_credit(line)
}

/// `The mill in 1931. Photo: Ida Lund`
fn has_credit(line: &str) -> bool {
    CREDITS.iter().filter_map(|credit| line.rsplit_once(credit)).any(|(title, who)| {
        let who: Vec<&str> = who.split_whitespace().collect();
        title.trim_end().ends_with(['.', '(', '|', ',', ';'])
            && (1..=NAMES).contains(&who.len())
            && who.iter().all(|word| is_name(word))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn captions_have_a_number_or_a_credit() {
        for line in [
            "Figure 2: The mill after the flood, May 1931. Photo: I. Lund",
            "Abb. 3: Die Halle, 1931",
            "Fig. 12 – The lower gate",
            "The lower gate in winter. Photograph: Jon Moss",
        ] {
            assert!(is_one(line), "{line}");
        }
        for line in [
            "Figure 2: the one I showed you",
            "Figure it out: we could not.",
            "Photo: my mother",
            "The lower gate in winter. Photo: lost in the flood",
            "Figure 2",
            "Image 3: who is that?",
            "Two figures: 12 and 14",
        ] {
            assert!(!is_one(line), "{line}");
        }
        assert!(is_label("Abb. 3") && is_label("Figure 2") && !is_label("Figure") && !is_label("Fig 1234"));
    }
}
