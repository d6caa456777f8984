//! Names beside quotation marks or a wide space, in texts that part them from the words by nothing else:
//! `佐藤さん「words」`, `«E» words`, `佐藤　words`.
//!
//! In: a line of a text. Out: its label, if it may be one. Corner brackets stay around the words, as they are written.
//! Whether the text is laid out so is for [`layouts`](super::layouts).

use super::lines::{Head, Lines, head};

/// `佐藤さん「words」`
pub(super) fn corners(lines: &Lines<'_>, at: usize) -> Option<(Head, usize)> {
    let line = lines.line(at);
    let open = line.find(['「', '『']).filter(|open| *open > 0)?;
    let is_closed = line.ends_with(['」', '』']) || lines.line(at + 1).trim().is_empty();
    is_closed.then(|| head(lines, at, &line[..open], None, &line[open..]))?
}

/// `佐藤　words`, and `――words` of the one who asks
pub(super) fn wide_space(lines: &Lines<'_>, at: usize) -> Option<(Head, usize)> {
    let line = lines.line(at);
    if let Some(words) = ["――", "──", "——"].iter().find_map(|dash| line.strip_prefix(dash)) {
        return head(lines, at, ASKS, None, words);
    }
    let (label, words) = line.split_once('\u{3000}')?;
    (!label.is_empty() && !words.trim().is_empty()).then(|| head(lines, at, label, None, words))?
}

/// What Japanese calls the one who asks, whose questions have a dash and no name.
const ASKS: &str = "聞き手";

/// `«E» words`
pub(super) fn guillemets(lines: &Lines<'_>, at: usize) -> Option<(Head, usize)> {
    let (label, words) = lines.line(at).trim_start().strip_prefix('«')?.split_once('»')?;
    let is_apart = words.starts_with(char::is_whitespace) && !words.trim().is_empty();
    let opens = label.trim_start().starts_with(char::is_uppercase);
    (is_apart && opens).then(|| head(lines, at, label, None, words))?
}

#[cfg(test)]
mod tests {
    use super::super::super::speakers::Names;
    use super::super::read;

    fn turns(text: &str) -> Vec<String> {
        let found = read(text, &Names::default()).unwrap_or_default();
        found.stretches.into_iter().map(|s| format!("{}/{}", s.label, &text[s.text])).collect()
    }

    #[test]
    fn names_before_words_in_corner_brackets_are_labels() {
        let words = ["この町に来たきっかけは何ですか。", "夫の転勤で、三年のつもりが二十年になりました。"];
        let turn = |n: usize| format!("{}「{}」\n", ["聞き手", "佐藤さん"][n % 2], words[n % 2]);
        let found = turns(&(0..6).map(turn).collect::<String>());
        let answer = "佐藤さん/「夫の転勤で、三年のつもりが二十年になりました。」";
        assert_eq!((found.len(), found[1].as_str()), (6, answer), "{found:?}");
        // What is quoted within turns is said.
        let talk = |n: usize| format!("{}：母は「いい」と言いました。\n", ["聞き手", "佐藤"][n % 2]);
        let found = turns(&(0..6).map(talk).collect::<String>());
        assert_eq!((found.len(), found[1].as_str()), (6, "佐藤/母は「いい」と言いました。"), "{found:?}");
    }

    #[test]
    fn names_before_a_wide_space_are_labels() {
        let words = ["この町に来たきっかけは何ですか。", "夫の転勤で、三年のつもりが二十年になりました。"];
        for asks in ["――", "鈴木　"] {
            let turn = |n: usize| format!("{}{}\n", [asks, "佐藤　"][n % 2], words[n % 2]);
            let found = turns(&(0..6).map(turn).collect::<String>());
            assert_eq!((found.len(), found[1].clone()), (6, format!("佐藤/{}", words[1])), "{found:?}");
        }
        // Paragraphs and parts of a text.
        let text: String = (0..6).map(|n| format!("第{n}章　春\n　{}\n", words[1])).collect();
        assert_eq!(turns(&text), [] as [String; 0]);
    }

    #[test]
    fn letters_in_guillemets_are_labels() {
        let words = ["Comment êtes-vous arrivée ici ?", "Par hasard, il y a trois ans."];
        let turn = |n: usize| format!("«{}» {}\n\n", ["E", "R"][n % 2], words[n % 2]);
        let found = turns(&(0..6).map(turn).collect::<String>());
        assert_eq!((found.len(), found[1].as_str()), (6, "R/Par hasard, il y a trois ans."), "{found:?}");
        let said = "E : Et alors ?\n\nR : Oui.\n\n«Oui» dit-elle.\n\nE : Et puis ?\n\nR : Non.\n\n«Oui» encore.\n";
        assert!(turns(said).iter().all(|turn| turn.starts_with("E/") || turn.starts_with("R/")), "{said}");
    }
}
