//! Codebooks that this program wrote, read as a codebook.
//!
//! In: codes as a table or a REFI-QDA file has them. Out: the same; of a codebook that `export` wrote, the id before
//! each label is the code, and of the description only what says what the theme is about is its definition: the
//! counts and how it was found are not. Parts of themes are left out, since they would compete with their theme.

use super::{Code, filled};

/// What the last line of a description begins with.
const MARK: &str = "Found by leitmotif ";
/// How lines begin that describe no meaning.
const OF_COUNTS: [&str; 6] = [MARK, "Asked: ", "Stability ", "Recurs in other questions: ", "Expected ", "Examples: "];

pub(super) fn recognised(codes: Vec<Code>) -> Vec<Code> {
    let is_own = |code: &Code| {
        let lines = code.definition.iter().flat_map(|text| text.lines());
        lines.last().is_some_and(|line| line.starts_with(MARK))
    };
    if !codes.iter().any(is_own) {
        return codes;
    }
    let mut themes: Vec<String> = Vec::new();
    let mut read = Vec::new();
    for code in codes {
        let name = code.name.as_deref().unwrap_or(&code.code);
        let Some((id, label)) = name.split_once(' ').filter(|(id, _)| is_id(id)) else {
            read.push(code);
            continue;
        };
        if themes.iter().any(|theme| id.strip_prefix(theme.as_str()).is_some_and(|rest| rest.starts_with('.'))) {
            continue;
        }
        themes.push(id.to_owned());
        let text = code.definition.as_deref().unwrap_or_default();
        let after = |start: &str| text.lines().find_map(|line| line.strip_prefix(start)).and_then(filled);
        read.push(Code {
            code: id.to_owned(),
            name: filled(label),
            definition: meaning(text),
            include: after("Include: "),
            exclude: after("Exclude: "),
            ..code
        });
    }
    read
}

/// `C1`, `T12`, `Q2.1`, `Q2.1.3`; `N1` of a theme by hand
fn is_id(word: &str) -> bool {
    let rest = word.strip_prefix(['C', 'N', 'T', 'Q']).unwrap_or_default();
    rest.starts_with(|c: char| c.is_ascii_digit())
        && rest.split('.').all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()))
}

/// The lines that say what a theme is about.
fn meaning(text: &str) -> Option<String> {
    let told = text.lines().filter_map(|line| {
        if let Some(quoted) = line.strip_prefix("Headline: “") {
            return quoted.split_once('”').map(|(words, _)| words);
        }
        if let Some(words) = line.strip_prefix("Keywords: ") {
            return Some(words);
        }
        let is_count = line.contains(" participants") && line.contains(" of ");
        let is_other = ["Include: ", "Exclude: "].iter().chain(&OF_COUNTS).any(|start| line.starts_with(start));
        (!is_count && !is_other).then_some(line)
    });
    filled(&told.collect::<Vec<_>>().join("\n"))
}

#[cfg(test)]
mod tests {
    use super::super::Place;
    use super::*;

    #[test]
    fn what_export_wrote_is_read_as_names_and_meanings() {
        let code = |name: &str, text: &str| Code {
            definition: filled(text),
            ..Code::new(name.to_owned(), Place::new("a.csv", 2))
        };
        let theme = "Shifts are exchanged.\nHeadline: “I swap a lot” (ward/anna, answer 3)\nKeywords: swap, shift\n\
            3 of 12 participants (25 %, 9–53), 4 mentions\nAsked: What is hard?\nStability 0.71 (firm)\n\
            Found by leitmotif 0.1.0 with theme-minilm-l6";
        let read = recognised(vec![
            code("Q2.1 I swap a lot", theme),
            code("N1 Mine", "What I think.\nKeywords: think\n2 of 12 participants (17 %, 5–45), 2 mentions"),
            code("Q2.1.1 night", "Keywords: night\n2 of 12 participants (17 %, 5–45), 2 mentions"),
        ]);
        let [only, own] = read.as_slice() else { panic!("{read:?}") };
        assert_eq!((own.code.as_str(), own.label()), ("N1", "Mine"));
        assert_eq!((only.code.as_str(), only.label()), ("Q2.1", "I swap a lot"));
        assert_eq!(only.definition.as_deref(), Some("Shifts are exchanged.\nI swap a lot\nswap, shift"));
        let others = vec![code("C1 plus", "Defined by people: 3 of 12 participants said so.")];
        assert_eq!(recognised(others.clone()), others, "a codebook of others is left as it is");
    }
}
