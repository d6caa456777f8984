//! What coders write in a cell of codes, read by one rule wherever a table of codes is read.
//!
//! In: a cell, and the codes of the codebook where there is one. Out: [`Said`]: the codes that it gives, those that it
//! denies (`!swaps`), and whether it says that there is nothing to code (`none`). Codes stand between `;`, `|` and
//! line breaks; a code of the codebook that holds such a mark is found whole. Commas stand between codes where each
//! part is a code of the codebook. What contradicts itself is refused.

use std::collections::HashSet;

use crate::analysis::saved::code_key;

/// What coders write where there is nothing to code.
const NOTHING: [&str; 4] = ["none", "no code", "uncoded", "n/a"];
/// What stands before a code that is denied.
const NOT: char = '!';

/// What a word means where codes are written, if it cannot be a code there.
pub(in crate::analysis) fn reserved(word: &str) -> Option<&'static str> {
    match () {
        () if NOTHING.contains(&code_key(word).as_str()) => Some("that there is nothing to code"),
        () if word.trim_start().starts_with(NOT) => Some("that a passage is not that code"),
        () => None,
    }
}

/// How the codes of a cell are told apart.
#[derive(Clone, Debug, Default)]
pub(in crate::analysis) struct Splitting {
    separator: Option<String>,
    /// Known codes that would be taken for several.
    whole: HashSet<String>,
    /// The most parts that one of them has.
    longest: usize,
    /// All known codes.
    known: HashSet<String>,
    /// The most commas that one of them has.
    commas: usize,
}

impl Splitting {
    /// `separator`: what separates codes besides `;`, `|` and line breaks; `known`: codes that are one, whatever they
    /// hold.
    pub(in crate::analysis) fn new(separator: Option<&str>, known: &[String]) -> Self {
        let mut splitting = Self {
            separator: separator.filter(|separator| !separator.is_empty()).map(str::to_owned),
            ..Self::default()
        };
        let parts = |code: &String| (code_key(code), splitting.bounds(code).len());
        let whole: Vec<(String, usize)> = known.iter().map(parts).filter(|(_, parts)| *parts > 1).collect();
        splitting.longest = whole.iter().map(|(_, parts)| *parts).max().unwrap_or(1);
        splitting.whole = whole.into_iter().map(|(code, _)| code).collect();
        splitting.known = known.iter().map(|code| code_key(code)).collect();
        splitting.commas = known.iter().map(|code| code.matches(',').count()).max().unwrap_or(0);
        splitting
    }

    /// The words of a cell, tidied, none of them empty.
    pub(in crate::analysis) fn words(&self, cell: &str) -> Vec<String> {
        let bounds = self.bounds(cell);
        let mut words = Vec::new();
        let mut at = 0;
        while let Some(&(start, end)) = bounds.get(at) {
            let longest = (at + 1..bounds.len().min(at + self.longest)).rev().find(|&last| {
                let word = code_key(&cell[start..bounds[last].1]);
                self.whole.contains(&word) || self.whole.contains(word.trim_start_matches(NOT).trim_start())
            });
            let last = longest.unwrap_or(at);
            words.push(tidied(&cell[start..longest.map_or(end, |last| bounds[last].1)]));
            at = last + 1;
        }
        words.retain(|word| !word.is_empty());
        words.into_iter().flat_map(|word| self.listed(&word).unwrap_or_else(|| vec![word])).collect()
    }

    /// The known codes between the commas of a word that is none itself; `None` where a part is no known code.
    fn listed(&self, word: &str) -> Option<Vec<String>> {
        if !word.contains(',') || self.is_known(word) {
            return None;
        }
        let parts: Vec<&str> = word.split(',').filter(|part| !part.trim().is_empty()).collect();
        let mut codes = Vec::new();
        let mut at = 0;
        while at < parts.len() {
            let ends = at + 1..=parts.len().min(at + 1 + self.commas);
            let last = ends.rev().find(|&end| self.is_known(&parts[at..end].join(",")))?;
            codes.push(tidied(&parts[at..last].join(",")));
            at = last;
        }
        (!codes.is_empty()).then_some(codes)
    }

    /// Whether a word is a known code, or denies one.
    fn is_known(&self, word: &str) -> bool {
        let word = code_key(word);
        self.known.contains(&word) || self.known.contains(word.trim_start_matches(NOT).trim_start())
    }

    /// Where the parts between separators begin and end, in bytes.
    fn bounds(&self, cell: &str) -> Vec<(usize, usize)> {
        let mut bounds = Vec::new();
        let (mut start, mut at) = (0, 0);
        while let Some(next) = cell[at..].chars().next() {
            let given = self.separator.as_deref().filter(|separator| cell[at..].starts_with(separator));
            match given.map(str::len).or(matches!(next, ';' | '|' | '\n' | '\r').then_some(1)) {
                Some(length) => {
                    bounds.push((start, at));
                    at += length;
                    start = at;
                }
                None => at += next.len_utf8(),
            }
        }
        bounds.push((start, cell.len()));
        bounds
    }
}

/// What a coder says of something.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Said {
    /// Codes that it has, each once.
    pub(super) codes: Vec<String>,
    /// Codes that it has not, said as such.
    pub(super) denied: Vec<String>,
    /// Whether there is nothing to code.
    pub(super) nothing: bool,
}

impl Said {
    /// # Errors
    /// What contradicts itself, as a reason.
    pub(super) fn of(words: impl IntoIterator<Item = String>) -> Result<Self, String> {
        let mut said = Self::default();
        for word in words {
            if NOTHING.contains(&code_key(&word).as_str()) {
                said.nothing = true;
                continue;
            }
            let denied = word.strip_prefix(NOT).map(str::trim_start);
            if denied.is_some_and(|code| code.is_empty() || reserved(code).is_some()) {
                return Err(format!("`{word}` denies no code"));
            }
            let (codes, code) = match denied {
                Some(code) => (&mut said.denied, code.to_owned()),
                None => (&mut said.codes, word),
            };
            if !codes.contains(&code) {
                codes.push(code);
            }
        }
        let denies = |code: &&String| said.denied.iter().any(|denied| code_key(denied) == code_key(code));
        if let Some(code) = said.codes.iter().find(denies) {
            return Err(format!("`{code}` is given and denied (`{NOT}{code}`)"));
        }
        if said.nothing {
            if let Some(code) = said.codes.first() {
                return Err(format!("`{code}` is given, and that there is nothing to code"));
            }
            // It has none of them.
            said.denied.clear();
        }
        Ok(said)
    }

    /// Whether nothing is written.
    pub(super) fn is_blank(&self) -> bool {
        self.codes.is_empty() && self.denied.is_empty() && !self.nothing
    }
}

/// White space at the ends is left out, and folded inside.
fn tidied(code: &str) -> String {
    code.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(codes: &[&str]) -> Splitting {
        Splitting::new(None, &codes.iter().map(|code| (*code).to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn codes_stand_between_marks_and_known_ones_are_whole() {
        assert_eq!(known(&[]).words(" a;b |c  d\r\n; ,e"), ["a", "b", "c d", ",e"]);
        assert_eq!(known(&[]).words(" ; "), Vec::<String>::new());
        assert_eq!(Splitting::new(Some(","), &[]).words("a, b;c"), ["a", "b", "c"]);
        let splitting = known(&["swaps|phone", "Fair; ness", "fair", "a;b;c"]);
        assert_eq!(splitting.words("SWAPS|Phone; fair;  ness; family"), ["SWAPS|Phone", "fair; ness", "family"]);
        assert_eq!(splitting.words("a;b;fair; d"), ["a", "b", "fair", "d"], "a part of it is no whole");
        assert_eq!(splitting.words("!swaps|phone; a;b;c"), ["!swaps|phone", "a;b;c"]);
        let commas = Splitting::new(Some(","), &["pay, rent".to_owned()]);
        assert_eq!(commas.words("pay, rent, hours"), ["pay, rent", "hours"]);
    }

    #[test]
    fn commas_part_known_codes_and_no_others() {
        let splitting = known(&["swaps", "Family", "pay, rent", "a,b"]);
        assert_eq!(splitting.words("Swaps,family; !pay,  rent, !swaps"), ["Swaps", "family", "!pay, rent", "!swaps"]);
        assert_eq!(splitting.words("pay, rent"), ["pay, rent"]);
        assert_eq!(splitting.words("swaps, family,"), ["swaps", "family"]);
        for whole in ["swaps, bees", "late, and long", "pay, swaps", ",", "a, b"] {
            assert_eq!(splitting.words(whole), [whole]);
        }
        assert_eq!(known(&[]).words("swaps, family"), ["swaps, family"], "nothing says that these are codes");
    }

    fn said(cell: &str) -> Result<Said, String> {
        Said::of(known(&[]).words(cell))
    }

    #[test]
    fn nothing_and_not_are_no_codes() {
        let of = |codes: &[&str], denied: &[&str], nothing| {
            let owned = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
            Ok(Said { codes: owned(codes), denied: owned(denied), nothing })
        };
        assert_eq!(said("a; !b; ! c d; a"), of(&["a"], &["b", "c d"], false));
        assert_eq!(said("None"), of(&[], &[], true));
        assert_eq!(said("n/a ; !a"), of(&[], &[], true));
        assert_eq!(said("nonesuch"), of(&["nonesuch"], &[], false));
        assert!(said("").unwrap().is_blank() && !said("none").unwrap().is_blank() && !said("!a").unwrap().is_blank());
        for (cell, words) in [("a; none", "nothing to code"), ("A; !a", "denied"), ("!", "`!`"), ("!none", "`!none`")] {
            assert!(said(cell).unwrap_err().contains(words), "{cell}");
        }
        assert!(reserved("N/A").is_some() && reserved("!a").is_some() && reserved("not").is_none());
    }
}
