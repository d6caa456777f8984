//! Questions of a survey that two people answered in one row: `How did you meet? (her answer)`, `… (his answer)`.
//!
//! In: the titles of the columns that are read. Out: what is to be told of two that differ in who answered alone. It
//! takes no column out and decides nothing.

/// Who of two answered, in lower case.
#[rustfmt::skip]
const WHO: &[&str] = &[
    "her", "his", "she", "he", "wife", "husband", "mother", "father", "mum", "dad", "parent", "child", "daughter", "son",
    "partner", "spouse", "carer", "patient", "student", "teacher", "sie", "er", "ihre", "seine", "frau", "mann",
    "mutter", "vater", "kind", "elle", "lui", "femme", "mari", "mère", "père", "ella", "él", "esposa", "esposo",
    "madre", "padre", "moglie", "marito", "lei",
];

/// A warning that names the first two columns that differ in who answered.
pub(super) fn told(titles: &[&str]) -> Option<String> {
    let parts: Vec<Option<(&str, Vec<String>)>> = titles.iter().map(|title| divided(title)).collect();
    let (one, other) = (0..titles.len()).find_map(|at| {
        let (asked, who) = parts[at].as_ref()?;
        let is_other = |of: &usize| parts[*of].as_ref().is_some_and(|(also, whose)| also == asked && whose != who);
        Some((at, (at + 1..titles.len().min(at + LOOKED_AT)).find(is_other)?))
    })?;
    Some(format!(
        "`{}` and `{}` differ only in who answered, and both were taken for answers of one participant a row; if two \
         people gave them, give each a row",
        titles[one], titles[other]
    ))
}

/// Columns behind one among which the other is looked for.
const LOOKED_AT: usize = 50;

/// What a title asks, and the words in brackets behind it that say who answered.
fn divided(title: &str) -> Option<(&str, Vec<String>)> {
    let (asked, behind) = title.trim().strip_suffix(')')?.rsplit_once('(')?;
    let words: Vec<String> =
        behind.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
    let is_who = |word: &String| WHO.contains(&word.as_str());
    (words.len() <= 3 && words.iter().any(is_who)).then(|| (asked.trim(), words))
}

#[cfg(test)]
mod tests {
    use super::told;

    #[test]
    fn one_question_for_two_people_is_told() {
        for titles in [
            ["Why the boat? (her answer)", "Why the boat? (his answer)"],
            ["Warum das Boot? (Mutter)", "Warum das Boot? (Vater)"],
        ] {
            assert!(told(&titles).is_some_and(|what| what.contains(titles[1])), "{titles:?}");
        }
    }

    #[test]
    fn other_questions_are_not() {
        for titles in [
            ["Why the boat? (her answer)", "Why the shed? (his answer)"],
            ["Why the boat? (before)", "Why the boat? (after)"],
            ["Why the boat? (please tell us about her and him)", "Why the boat? (please tell us about his father)"],
            ["Why the boat?", "Why the boat? (her answer)"],
        ] {
            assert!(told(&titles).is_none(), "{titles:?}");
        }
    }
}
