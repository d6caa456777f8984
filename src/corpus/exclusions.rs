//! What an answer must not be to count as one.
//!
//! In: the text of a whole answer, and where it stands. Out: whether it is a courtesy or a
//! non-answer. It judges the share of words of a kind, not a list of sentences, and it never
//! removes anything: the unit divider marks.

use std::collections::HashSet;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

use super::sentences::sentences;

/// Words that make a courtesy one: thanks, farewell, readiness, having no questions.
const COURTESY: &[&str] = &[
    "thank",
    "thanks",
    "thankyou",
    "thx",
    "cheers",
    "bye",
    "goodbye",
    "farewell",
    "welcome",
    "pleasure",
    "ready",
    "start",
    "started",
    "starting",
    "begin",
    "beginning",
    "dive",
    "proceed",
    "proceeding",
    "luck",
    "questions",
    "question",
    "covered",
    "cover",
    "covers",
    "covering",
    "appreciate",
    "appreciated",
    "enjoyed",
    "enjoyable",
    "sounds",
    "hello",
    "hi",
    "hey",
    "likewise",
    "wishes",
    "bless",
    "excited",
    "eager",
    "shoot",
    "sums",
    "danke",
    "tschüss",
    "merci",
    "gracias",
    "obrigado",
    "obrigada",
    "grazie",
    "dank",
    "tack",
    "takk",
];
/// Pairs of words that do the same.
const COURTEOUS_PAIRS: &[(&str, &str)] = &[
    ("is", "everything"),
    ("about", "all"),
    ("be", "all"),
    ("much", "it"),
    ("nice", "day"),
    ("for", "now"),
    ("am", "good"),
    ("that's", "good"),
    ("thats", "good"),
    ("that's", "great"),
    ("thats", "great"),
    ("that's", "fine"),
    ("could", "help"),
    ("for", "it"),
    ("this", "window"),
    ("already", "covered"),
    ("my", "thoughts"),
    ("all", "good"),
    ("i'm", "good"),
    ("im", "good"),
    ("to", "go"),
    ("go", "ahead"),
    ("fire", "away"),
    ("ask", "away"),
    ("that's", "all"),
    ("thats", "all"),
    ("is", "all"),
    ("that's", "it"),
    ("thats", "it"),
    ("was", "it"),
    ("was", "all"),
    ("that's", "everything"),
    ("thats", "everything"),
    ("same", "to"),
    ("you", "too"),
    ("you", "as"),
    ("this", "helps"),
    ("that", "helps"),
    ("no", "problem"),
    ("a", "problem"),
    ("take", "care"),
    ("it", "easy"),
    ("nothing", "else"),
    ("nothing", "further"),
    ("nothing", "more"),
    ("anything", "else"),
    ("anything", "further"),
    ("anything", "more"),
    ("to", "add"),
    ("feel", "free"),
    ("do", "it"),
    ("get", "going"),
    ("all", "set"),
    ("let's", "go"),
    ("lets", "go"),
    ("nice", "talking"),
    ("nice", "to"),
    ("nice", "chatting"),
    ("good", "chatting"),
    ("a", "plan"),
    ("been", "fun"),
];
/// Words that may stand beside them and say nothing by themselves.
const PLAIN: &[&str] = &[
    "can",
    "could",
    "would",
    "will",
    "should",
    "i'll",
    "we'll",
    "may",
    "later",
    "though",
    "interviewer",
    "inviting",
    "seems",
    "mouthful",
    "go",
    "ahead",
    "let's",
    "lets",
    "everything",
    "enjoy",
    "good",
    "great",
    "nice",
    "fine",
    "perfect",
    "sound",
    "same",
    "best",
    "care",
    "lovely",
    "fun",
    "glad",
    "happy",
    "that's",
    "all",
    "hope",
    "helpful",
    "helps",
    "bitte",
    "fire",
    "problem",
    "continue",
    "ask",
    "i",
    "i'm",
    "i've",
    "i'd",
    "im",
    "ive",
    "you",
    "you're",
    "your",
    "u",
    "we",
    "we're",
    "we've",
    "it",
    "it's",
    "its",
    "this",
    "that",
    "thats",
    "these",
    "those",
    "there",
    "there's",
    "is",
    "are",
    "am",
    "was",
    "were",
    "be",
    "been",
    "being",
    "do",
    "don't",
    "dont",
    "does",
    "did",
    "have",
    "haven't",
    "has",
    "had",
    "any",
    "a",
    "an",
    "the",
    "to",
    "of",
    "for",
    "in",
    "into",
    "on",
    "off",
    "at",
    "with",
    "from",
    "by",
    "up",
    "as",
    "about",
    "and",
    "or",
    "but",
    "so",
    "if",
    "then",
    "now",
    "just",
    "very",
    "much",
    "really",
    "too",
    "also",
    "more",
    "most",
    "yes",
    "yeah",
    "yep",
    "yup",
    "ya",
    "no",
    "nope",
    "nah",
    "not",
    "ok",
    "okay",
    "sure",
    "alright",
    "right",
    "absolutely",
    "definitely",
    "course",
    "certainly",
    "think",
    "thinking",
    "believe",
    "guess",
    "feel",
    "know",
    "say",
    "said",
    "can't",
    "cant",
    "want",
    "like",
    "me",
    "my",
    "myself",
    "us",
    "our",
    "what",
    "when",
    "whenever",
    "how",
    "here",
    "key",
    "main",
    "points",
    "point",
    "topics",
    "topic",
    "things",
    "thing",
    "anything",
    "something",
    "nothing",
    "else",
    "other",
    "add",
    "over",
    "moment",
    "time",
    "today",
    "day",
    "one",
    "ones",
    "get",
    "getting",
    "got",
    "let",
    "talk",
    "talking",
    "chat",
    "chatting",
    "speak",
    "speaking",
    "conversation",
    "interview",
    "discussion",
    "opportunity",
    "chance",
    "took",
    "taking",
    "take",
    "making",
    "interesting",
    "wonderful",
    "awesome",
    "cool",
    "well",
    "quite",
    "pretty",
    "lot",
    "ton",
    "bit",
    "far",
    "done",
    "end",
    "finished",
    "set",
    "next",
    "first",
    "before",
    "after",
    "away",
    "mind",
    "comes",
    "come",
    "again",
    "both",
    "back",
    "claude",
    "everyone",
    "forward",
    "looking",
    "look",
    "share",
    "sharing",
    "shared",
    "thoughts",
    "participate",
    "participating",
    "some",
    "kind",
    "hear",
    "hearing",
    "who",
    "which",
    "none",
    "weekend",
    "evening",
    "morning",
    "afternoon",
    "rest",
    "research",
    "project",
    "study",
    "listening",
    "asking",
    "input",
    "help",
    "helped",
    "hopefully",
    "please",
    "interviewing",
    "pleased",
    "comfortable",
    "clear",
    "makes",
    "sense",
    "understood",
    "understand",
    "agree",
    "agreed",
    "o",
    "k",
    "y",
    "s",
    "ll",
    "m",
    "noted",
    "fully",
    "perfectly",
    "currently",
    "stage",
    "feedback",
    "side",
    "minute",
    "future",
    "happily",
    "way",
    "yet",
    "going",
    "further",
    "additional",
    "plan",
    "wrap",
    "close",
    "window",
    "page",
    "leave",
    "straight",
    "explanatory",
    "self",
    "important",
    "thorough",
    "rounded",
    "bulk",
    "amount",
    "information",
    "experiences",
    "experience",
    "insights",
    "insight",
    "discuss",
    "discussed",
    "thoroughly",
    "detail",
    "details",
    "yea",
    "you've",
    "ended",
    "wrapped",
    "aspects",
    "brilliant",
    "answer",
    "answers",
    "straightforward",
    "they've",
    "amazing",
    "excellent",
    "guys",
    "matter",
    "addition",
    "completely",
    "totally",
    "ideas",
    "whole",
];
/// Words without which an answer to nothing is no non-answer.
const NOTHING: &[&str] = &[
    "no", "nope", "nah", "none", "nothing", "nil", "na", "idk", "dunno", "unsure", "pass", "skip", "not", "don't",
    "dont", "can't", "cant", "cannot", "haven't", "nada", "nein", "nichts", "rien", "niente", "nee", "niks", "keine",
    "weiß", "weiss", "sé", "sais", "n/a", "isn't", "doesn't", "nay",
];
/// Words that may stand beside them in a non-answer.
const AROUND_NOTHING: &[&str] = &[
    "immediately",
    "already",
    "covered",
    "we",
    "am",
    "too",
    "much",
    "i",
    "i'm",
    "im",
    "know",
    "sure",
    "really",
    "of",
    "that",
    "anything",
    "else",
    "think",
    "at",
    "all",
    "right",
    "now",
    "the",
    "moment",
    "to",
    "my",
    "mind",
    "comes",
    "come",
    "is",
    "it",
    "applicable",
    "have",
    "any",
    "idea",
    "ideas",
    "comment",
    "comments",
    "a",
    "can",
    "say",
    "yet",
    "well",
    "hmm",
    "um",
    "uh",
    "sorry",
    "honestly",
    "with",
    "me",
    "add",
    "there",
    "there's",
    "clue",
    "opinion",
    "do",
    "time",
    "this",
    "currently",
    "answer",
    "ahnung",
    "nicht",
    "ich",
    "no",
    "lo",
    "je",
    "ne",
    "pas",
    "non",
    "remember",
    "recall",
    "off",
    "top",
    "head",
    "for",
    "specific",
    "in",
    "particular",
    "afraid",
    "ni",
    "actually",
    "nothing",
    "as",
    "far",
    "aware",
    "on",
    "what",
    "experience",
    "examples",
    "example",
    "so",
    "believe",
    "springs",
    "doubt",
    "please",
];

/// [`COURTESY`] and [`PLAIN`], to be looked up.
static KIND: LazyLock<HashSet<&str>> = LazyLock::new(|| COURTESY.iter().copied().collect());
static ANY: LazyLock<HashSet<&str>> = LazyLock::new(|| PLAIN.iter().copied().collect());

/// Longest courtesy and longest non-answer in words.
const MAX_COURTESY: usize = 45;
const MAX_NON_ANSWER: usize = 10;
/// Bytes no word of a short answer goes beyond on average; saves counting the words of long ones.
const LONGEST_WORD: usize = 40;

/// Whether an answer that opens or closes a transcript is a mere courtesy.
pub(crate) fn is_courtesy(text: &str) -> bool {
    let (mut all, mut courteous, mut unknown) = (0, 0, 0);
    for sentence in sentences(text) {
        let words = plain_words(&text[sentence]);
        // Longer answers are none, whatever else they say.
        if all + words.len() > MAX_COURTESY {
            return false;
        }
        let kind_word = |word: &String| KIND.contains(word.as_str());
        let known = |word: &&String| kind_word(word) || ANY.contains(word.as_str());
        let other = words.len() - words.iter().filter(known).count();
        let pairs = words.windows(2).filter(|pair| COURTEOUS_PAIRS.contains(&(&pair[0], &pair[1])));
        let kind = words.iter().filter(|word| kind_word(word)).count() + pairs.count();
        // A sentence that is not courteous itself may hold nothing beyond plain words.
        if other > 0 && kind == 0 {
            return false;
        }
        all += words.len();
        courteous += kind;
        unknown += other;
    }
    // One word in eight may be anything: "I enjoyed meeting you all".
    courteous > 0 && all <= MAX_COURTESY && unknown * 8 <= all && (courteous * 6 >= all || unknown == 0)
}

/// Whether the whole answer says that there is none.
pub(crate) fn is_non_answer(text: &str) -> bool {
    if text.len() > LONGEST_WORD * MAX_NON_ANSWER {
        return false;
    }
    let squeezed: String = text.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect();
    if matches!(squeezed.trim_end_matches(['.', '!']), "n/a" | "n.a" | "na" | "n\\a") {
        return true;
    }
    let words = plain_words(text);
    if words.is_empty() {
        return true; // dashes, dots, question marks
    }
    if words.len() > MAX_NON_ANSWER {
        return false;
    }
    let mut nothing = false;
    for word in &words {
        let says = NOTHING.contains(&word.as_str());
        nothing |= says;
        if !says && !AROUND_NOTHING.contains(&word.as_str()) {
            return false;
        }
    }
    nothing
}

/// Words in lower case with straight apostrophes, composed.
fn plain_words(text: &str) -> Vec<String> {
    text.nfc()
        .map(|c| if c == '’' { '\'' } else { c })
        .collect::<String>()
        .unicode_words()
        .map(str::to_lowercase)
        .collect()
}

/// How an answer that has nothing to add begins.
const DECLINES: &[&str] = &[
    "no",
    "nope",
    "nah",
    "negative",
    "nothing",
    "none",
    "not really",
    "not a thing",
    "not that i can think",
    "not at this time",
    "not at the moment",
    "heavens no",
    "i don't think so",
    "i don't believe so",
    "i do not think so",
    "i can't think of",
    "i cannot think of",
    "i think that's",
    "i think that is",
    "i think i've",
    "i think i have",
    "i think we",
    "i think we've",
    "i believe we",
    "i believe we've",
    "i believe that's",
    "i feel we",
    "i feel we've",
    "i feel like we",
    "i feel like we've",
    "that's all",
    "that's it",
    "that's everything",
    "that's about",
];
/// Words after which something is added all the same.
const ADDING: &[&str] =
    &["but", "except", "although", "though", "however", "only", "just", "because", "wish", "hope", "should"];
/// Words of the sentence that declines, and of everything that follows it.
const DECLINE_WORDS: usize = 22;
const AFTERTHOUGHT_WORDS: usize = 10;

/// Whether an answer to the closing question ("Anything you would like to add?") adds nothing: it
/// begins by declining, in a short sentence, and little follows.
pub fn declines(answer: &str) -> bool {
    let ranges = sentences(answer);
    let Some(first) = ranges.first().map(|range| &answer[range.clone()]) else { return false };
    let opening = plain_words(first);
    let all = plain_words(answer);
    let begins = DECLINES.iter().any(|phrase| {
        let phrase: Vec<&str> = phrase.split(' ').collect();
        opening.len() >= phrase.len() && opening.iter().zip(&phrase).all(|(word, wanted)| word == wanted)
    });
    begins
        && opening.len() <= DECLINE_WORDS
        && all.len() - opening.len() <= AFTERTHOUGHT_WORDS
        && !all.iter().any(|word| ADDING.contains(&word.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn courtesies() {
        for text in [
            "No, let's get started",
            "That's it, thank you!",
            "Nice! I think I'm good for questions. Let's get into it.",
            "No, that's all. Thanks!",
            "I think we covered the key points Thank you!",
            "Same to you!",
            "Sounds good.",
            "Yes, I am ready to begin.",
            "You’re welcome, bye!",
            "No questions.",
        ] {
            assert!(is_courtesy(text), "{text}");
        }
    }

    #[test]
    fn answers_are_no_courtesies() {
        for text in [
            "No, but I should say that AI has taken over half my clients",
            "Great tools, but the pay is bad.",
            "I teach chemistry, thanks for asking.",
            "Yes.",
            "I believe it will continue to be the same.",
            "It was great for me.",
            "I'm definitely cautious. Hope this helps :)",
            "The rota was never fair to the night staff.",
        ] {
            assert!(!is_courtesy(text), "{text}");
        }
    }

    #[test]
    fn non_answers() {
        for text in [
            "N/A",
            "n.a.",
            "na",
            "-",
            "...",
            "No",
            "None.",
            "Nothing",
            "don't know",
            "I don’t know.",
            "Not really",
            "Nothing comes to mind.",
            "idk",
            "I'm not sure",
            "Keine Ahnung",
            "?",
            "No, not at the moment.",
        ] {
            assert!(is_non_answer(text), "{text}");
        }
        for text in [
            "No one listens",
            "Nothing but trouble",
            "Yes",
            "I don't trust it",
            "No, we use paper.",
            "Sure",
            "So so tired",
        ] {
            assert!(!is_non_answer(text), "{text}");
        }
    }

    #[test]
    fn an_answer_that_adds_nothing_declines() {
        for answer in [
            "No, I'm done. You can have your chair back.",
            "No, that’s it, I think. That was quick!",
            "I believe we've covered everything we need to today.",
            "Not a thing. That was painless.",
        ] {
            assert!(declines(answer), "{answer}");
        }
        for answer in [
            "No, but I should say that it has taken over half my clients.",
            "Only that we should have been asked.",
            "No. The thing I keep coming back to is the money that it takes away from illustrators at the start.",
            "Nobody asked us.",
            "",
        ] {
            assert!(!declines(answer), "{answer}");
        }
    }
}
