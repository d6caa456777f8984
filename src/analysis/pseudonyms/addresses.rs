//! Mail and web addresses in a text.
//!
//! In: a text. Out: where addresses stand, and the words beside them. A name in `zoe@ward.example` is written without
//! a capital whoever it belongs to, so it does not show that somebody says the word in another sense. It replaces
//! nothing.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::words::{Word, words};

/// `anna.b@ward.example.org`
pub(super) const MAIL: &str = r"(?i)[\w.+'-]+@[\w-]+(?:\.[\w-]+)+";
/// `https://ward.example/anna`, `www.example.org`, `wardthree.co.uk`
pub(super) const WEB: &str = r#"(?i)\b(?:https?://|www\.)[^\s<>"”)]+|\b[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|edu|gov|info|eu|de|fr|nl|at|ch|co\.uk|ac\.uk|org\.uk|nhs\.uk)\b(?:/[^\s<>"”)]*)?"#;
/// `@anna_hall`
const HANDLE: &str = r"@[\w.]+";

/// Any of them.
static ADDRESS: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(&format!("(?:{MAIL})|(?:{WEB})|(?:{HANDLE})")).ok());

/// The words of a text that are in no address, in their order.
pub(super) fn words_beside(text: &str) -> Vec<Word> {
    let mut all = words(text);
    // Most texts have none, which is quickly seen.
    if !text.contains(['@', '.']) {
        return all;
    }
    let addresses: Vec<Range<usize>> =
        ADDRESS.iter().flat_map(|form| form.find_iter(text)).map(|it| it.range()).collect();
    let mut next = 0;
    all.retain(|word| {
        while addresses.get(next).is_some_and(|address| address.end <= word.at.start) {
            next += 1;
        }
        addresses.get(next).is_none_or(|address| word.at.end <= address.start)
    });
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_addresses_are_left_out_and_no_others() {
        let beside = |text: &str| words_beside(text).into_iter().map(|word| word.key).collect::<Vec<_>>().join(" ");
        assert_eq!(beside("Write to rosa.hill@bakery.example, says rosa."), "write to says rosa");
        assert_eq!(beside("On www.rosa.example or @rosa_hill. Fine"), "on or fine");
        assert_eq!(beside("It ended.then we left. Rosa"), "it ended then we left rosa");
        assert_eq!(beside("nothing here"), "nothing here");
    }
}
