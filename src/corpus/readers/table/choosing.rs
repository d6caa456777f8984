//! Titles of a survey that ask to choose: `Which statement fits you best?`, `Was trifft am ehesten zu?`
//!
//! In: a column's title. Out: whether options were given there, by its words. It never looks at cells.

/// Words and beginnings of words by which titles ask for one of several things.
#[rustfmt::skip]
const CHOOSING: &[&str] = &[
    "which", "statement", "statements", "best", "option", "options", "choose", "select", "pick", "tick", "agree",
    "applies", "apply", "describes", "welche", "welcher", "welches", "aussage", "aussagen", "trifft", "ehesten",
    "wählen", "auswahl", "quel", "quelle", "quels", "quelles", "lequel", "laquelle", "affirmation", "affirmations",
    "choisissez", "cochez", "cuál", "cuáles", "afirmación", "afirmaciones", "elija", "seleccione", "marque",
    "identifica", "welk", "welke", "stelling", "stellingen", "kies", "quale", "quali", "affermazione", "scelga",
    "qual", "quais", "afirmação", "escolha", "vilken", "vilket", "vilka", "påstående", "hvilken", "hvilket", "hvilke",
    "utsagn", "udsagn", "które", "który", "która", "stwierdzenie", "který", "které", "tvrzení", "hangi", "ifade",
];

/// Whether a title asks to choose.
pub(super) fn asks_to_choose(title: &str) -> bool {
    let lower = title.to_lowercase();
    lower.split(|c: char| !c.is_alphabetic()).any(|word| CHOOSING.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn choosing_is_told_from_telling() {
        for title in ["Which statement fits you best?", "Was trifft am ehesten zu?", "¿Con cuál se identifica?"] {
            assert!(asks_to_choose(title), "{title}");
        }
        for title in ["How do you write down what is wanted?", "What do you like about the bus?", "Warum?", ""] {
            assert!(!asks_to_choose(title), "{title}");
        }
    }
}
