//! First labels of people who go by their surnames below: `ANN HALL, REPORTER: Good evening.` above `HALL: And then?`, as
//! broadcasters print talks.
//!
//! In: a text and its labels. Out: the same with such a label as the one it stands for. It is the first of that person,
//! starts a paragraph (or, where every line is a turn, a line), and a sentence stands behind it; the surname comes again
//! below as a label, and is nobody else's. It never looks below a person's first other label, and joins nobody else.

use std::collections::{HashMap, HashSet};

use super::super::people::plain;
use super::Remark;
use super::lines::{Head, lines_from};

/// The longest label of this kind in bytes, and the longest name in words.
const LONGEST: usize = 90;
const MAX_WORDS: usize = 4;
/// Fewer turns under a surname are none that takes part.
const FEWEST_TURNS: usize = 2;

/// Gives first labels with a full name and a title the labels that the people have below.
pub(super) fn take_in(text: &str, heads: &mut Vec<Head>, remarks: &mut Vec<Remark>) {
    let first = surnames(heads);
    let Some(last) = first.values().map(|known| known.line).max() else { return };
    let by_paragraph = text[..last].contains("\n\n");
    let mut found: Vec<Head> = Vec::new();
    let mut is_open = true; // a blank line, or nothing, stands above
    for (at, line) in lines_from(&text[..last], 0) {
        let is_start = is_open || !by_paragraph;
        is_open = line.trim().is_empty();
        if is_start && let Some((surname, behind)) = titled(line) {
            let is_new = |known: &&Known| at < known.line && found.iter().all(|head| head.label != known.label);
            if let Some(known) = first.get(&surname).filter(is_new) {
                found.push(Head { label: known.label.clone(), seconds: None, line: at, words: at + behind });
            }
        }
    }
    let taken: HashSet<usize> = found.iter().map(|head| head.line).collect();
    remarks.retain(|remark| !taken.contains(&remark.at));
    for head in found {
        match heads.binary_search_by_key(&head.line, |other| other.line) {
            Ok(at) => heads[at].label = head.label,
            Err(at) => heads.insert(at, head),
        }
    }
}

/// Where a label of one word that comes again stands first.
struct Known {
    label: String,
    line: usize,
}

/// The labels that may be surnames, by the form in which names are compared; of two that look alike neither.
fn surnames(heads: &[Head]) -> HashMap<String, Known> {
    let mut counts: HashMap<&str, (usize, usize)> = HashMap::new();
    for head in heads {
        counts.entry(&head.label).or_insert((0, head.line)).0 += 1;
    }
    let mut found: HashMap<String, Known> = HashMap::new();
    let mut twice: HashSet<String> = HashSet::new();
    for (label, (_, line)) in counts.into_iter().filter(|(_, (n, _))| *n >= FEWEST_TURNS) {
        let name = plain(label);
        let is_one = !name.is_empty() && !name.contains(' ') && name.chars().all(|c| c.is_alphabetic() || c == '-');
        if is_one && found.insert(name.clone(), Known { label: label.to_owned(), line }).is_some() {
            twice.insert(name);
        }
    }
    found.retain(|name, _| !twice.contains(name));
    found
}

/// The surname in a line such as `ANN HALL, REPORTER: Good evening.`, and the bytes in front of what is said.
fn titled(line: &str) -> Option<(String, usize)> {
    let colon = line.find(':').filter(|&at| at <= LONGEST)?;
    let (name, title) = line[..colon].trim_matches(['*', '_', ' ']).split_once(',')?;
    let words: Vec<&str> = name.split_whitespace().collect();
    let is_name = |word: &&str| word.starts_with(|c: char| c.is_uppercase());
    let are_names = (2..=MAX_WORDS).contains(&words.len())
        && words.first().is_some_and(is_name)
        && words.last().is_some_and(is_name)
        && name.chars().all(|c| c.is_alphabetic() || " .'’-".contains(c));
    let said = line[colon + 1..].trim_matches(|c: char| c.is_whitespace() || "*_\"'“”".contains(c));
    let is_said = said.split_whitespace().nth(1).is_some()
        && said.starts_with(|c: char| !c.is_lowercase())
        && said.ends_with(['.', '?', '!', '…', '-', '–', '—', ')', ']']);
    let has_title = title.contains(char::is_alphabetic);
    (are_names && has_title && is_said).then(|| (plain(words[words.len() - 1]), colon + 1))
}

#[cfg(test)]
mod tests {
    use super::super::super::speakers::Names;
    use super::super::read;

    fn labels(text: &str) -> Vec<String> {
        read(text, &Names::default()).unwrap().stretches.into_iter().map(|turn| turn.label).collect()
    }

    const BELOW: &str = "HALL: Who helped you?\n\nREED: My daughter did.\n\nHALL: Often?\n\nREED: In spring.\n\n\
                         HALL: Thank you.\n\nREED: Any time.\n";

    #[test]
    fn a_full_name_with_a_title_is_the_surname_below() {
        let first = "ANN HALL, REPORTER: Good evening. How did you come to keep bees?\n\n\
                     TOM REED, BEEKEEPER: A neighbour left me two hives.\n\n";
        let names = ["HALL", "REED"].repeat(4);
        assert_eq!(labels(&format!("{first}{BELOW}")), names);
        assert_eq!(labels(&format!("{first}{BELOW}").replace("\n\n", "\n")), names);
        let small =
            first.replace("ANN HALL, REPORTER", "Ann Hall, host").replace("TOM REED, BEEKEEPER", "Tom Reed, baker");
        assert_eq!(
            labels(&format!("{small}{}", BELOW.replace("HALL", "Hall").replace("REED", "Reed"))),
            ["Hall", "Reed"].repeat(4)
        );
        // The one who asks is known, and the other comes below.
        let second = format!("HALL: Good evening.\n\nTOM REED, BEEKEEPER: Good evening to you.\n\n{BELOW}");
        assert_eq!(labels(&second), ["HALL", "REED"].repeat(4));
    }

    #[test]
    fn what_describes_people_and_who_is_somebody_else_stay() {
        for above in [
            "TOM REED, BEEKEEPER: born 1950\n\n",
            "Tom Reed, beekeeper: interviewed in May at his farm.\n\n",
            "TOM READ, BEEKEEPER: A neighbour left me two hives.\n\n",
            "Reed, Tom: A neighbour left me two hives.\n\n",
            "We met Tom Reed, a beekeeper: he had two hives.\n\n",
        ] {
            let found = labels(&format!("{above}{BELOW}"));
            assert_eq!(found.iter().filter(|label| *label == "REED").count(), 3, "{above} {found:?}");
        }
        // Nor below the first label that the person has.
        let within = format!("{BELOW}\nTOM REED, BEEKEEPER: A neighbour left me two hives.\n");
        assert_eq!(labels(&within).iter().filter(|label| *label == "REED").count(), 3);
    }
}
