//! Questions that nothing but their letters set off from the answers: **Why was that so?** above plain words.
//!
//! In: the paragraphs of a document without labels, and which of them are in bold or italic as a whole. Out: which are
//! asked, where nearly all of those ask, or nearly all of the others, and they take turns. It never looks at letters
//! within a paragraph, and takes no heading for a question.

use super::super::super::speakers::ends_in_question;
use super::body::Paragraph;

/// Questions, at least.
const FEWEST: usize = 4;
/// So many of a hundred paragraphs that are asked end in a question, and have an answer below; and at most of those
/// that answer.
const ASK: usize = 65;
const ANSWERED: usize = 75;
const ASK_BACK: usize = 25;

/// Who says what.
#[derive(Debug, PartialEq)]
pub(super) struct Asked {
    /// Where the talk starts: what stands above is its header.
    pub(super) start: usize,
    /// Of each paragraph from there on whether it is asked; `None` of headings.
    pub(super) asked: Vec<Option<bool>>,
    /// Whether those that ask are the ones set off, and not those that answer.
    pub(super) are_set_off: bool,
}

/// Finds the questions of paragraphs with words. `is_set_off` says of each whether all of it is in such letters.
pub(super) fn find(paragraphs: &[&Paragraph], is_set_off: impl Fn(&Paragraph) -> bool) -> Option<Asked> {
    let set_off: Vec<bool> = paragraphs.iter().map(|paragraph| is_set_off(paragraph)).collect();
    if !set_off.contains(&true) || !set_off.contains(&false) {
        return None;
    }
    let asks: Vec<bool> = paragraphs.iter().map(|paragraph| ends_in_question(&paragraph.text)).collect();
    [true, false].into_iter().find_map(|are_set_off| {
        let may_ask = |at: usize| paragraphs[at].heading.is_none() && set_off[at] == are_set_off;
        let start = (0..paragraphs.len()).find(|&at| may_ask(at) && asks[at])?;
        let of = |at: usize| paragraphs[at].heading.is_none().then(|| may_ask(at));
        let asked: Vec<Option<bool>> = (start..paragraphs.len()).map(of).collect();
        takes_turns(&asked, &asks[start..]).then_some(Asked { start, asked, are_set_off })
    })
}

/// Whether those that are asked do ask, and the others answer.
fn takes_turns(asked: &[Option<bool>], asks: &[bool]) -> bool {
    let count = |is_asked: bool| asked.iter().filter(|of| **of == Some(is_asked)).count();
    let asking = |is_asked: bool| asked.iter().zip(asks).filter(|(of, asks)| **of == Some(is_asked) && **asks).count();
    let said: Vec<bool> = asked.iter().filter_map(|of| *of).collect();
    let n_answered = said.windows(2).filter(|pair| pair[0] && !pair[1]).count();
    n_answered >= FEWEST
        && n_answered * 100 >= count(true) * ANSWERED
        && asking(true) * 100 >= count(true) * ASK
        && asking(false) * 100 <= count(false) * ASK_BACK
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Finds the questions of paragraphs, of which those with a star are in bold.
    fn found(texts: &[&str]) -> Option<Asked> {
        let paragraph = |text: &&str| Paragraph {
            text: text.trim_start_matches('*').to_owned(),
            bold: text.starts_with('*'),
            ..Paragraph::default()
        };
        let paragraphs: Vec<Paragraph> = texts.iter().map(paragraph).collect();
        find(&paragraphs.iter().collect::<Vec<_>>(), |paragraph| paragraph.bold)
    }

    const TALK: [&str; 9] = [
        "Interview with Tom Reed",
        "*How did you come to it?",
        "My uncle needed somebody.",
        "*And then?",
        "Herring until the ban.",
        "Prawns afterwards.",
        "*Tell me about the harbour.",
        "You could cross it on decks.",
        "*Who was there?",
    ];

    #[test]
    fn questions_in_bold_letters_are_asked() {
        let talk = [&TALK[..], &["All of us.", "*Where?", "Off Rockall."]].concat();
        let asked = found(&talk).expect("questions");
        assert!(asked.are_set_off && asked.start == 1);
        let of: Vec<bool> = asked.asked.into_iter().flatten().collect();
        assert_eq!(of, [true, false, true, false, false, true, false, true, false, true, false]);
        // Answers in bold below plain questions.
        let turned: Vec<String> = talk[1..]
            .iter()
            .map(|text| text.strip_prefix('*').map_or_else(|| format!("*{text}"), str::to_owned))
            .collect();
        let turned: Vec<&str> = turned.iter().map(String::as_str).collect();
        assert!(found(&turned).is_some_and(|asked| !asked.are_set_off && asked.start == 0));
    }

    #[test]
    fn headings_stressed_words_and_few_questions_are_not_asked() {
        for texts in [
            // Titles of parts.
            &["*Work", "I came.", "*Home", "I left.", "*Family", "They came.", "*Money", "None.", "*Why?", "So."][..],
            // Questions without answers below, as in a guide.
            &["*Why?", "*Who?", "*Where?", "*When?", "*How?", "Thank them."],
            // Questions alike in all letters.
            &["*Why?", "Who?", "*Where?", "When?", "*How?", "Was it?", "*And?", "Did it?"],
            // Few.
            &["*Why?", "It rained.", "*And then?", "It was dry."],
            // All in the same letters.
            &["Why?", "It rained.", "And then?", "It was dry.", "Who?", "All.", "Where?", "There."],
        ] {
            assert_eq!(found(texts), None, "{texts:?}");
        }
    }
}
