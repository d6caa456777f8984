//! Columns of a survey that have one title between them: `Rate the food`, `Comment`, `Rate the room`, `Comment`.
//!
//! In: the titles of a table. Out: the same, a title for comments that comes again behind the one it stands beside. It
//! changes no other title, and none where a name would stand for two columns all the same.

use std::collections::HashSet;

use super::columns::{asks_for, plain};
use super::titles::COMMENTS;

/// The titles, of which those for comments say what they comment on.
pub(super) fn told_apart(header: Vec<String>) -> Vec<String> {
    let of_comments: Vec<usize> = (0..header.len()).filter(|&at| is_comment(&header[at])).collect();
    let Some(&first) = of_comments.first().filter(|_| of_comments.len() > 1) else { return header };
    if first == 0 || of_comments.windows(2).any(|two| two[1] - two[0] < 2) {
        return header;
    }
    let titles: Vec<String> =
        of_comments.iter().map(|&at| format!("{} – {}", header[at - 1], without_number(&header[at]))).collect();
    let distinct: HashSet<&String> = titles.iter().collect();
    if distinct.len() < titles.len() || !titles.iter().all(|title| asks_for(title)) {
        return header;
    }
    let mut header = header;
    for (at, title) in of_comments.into_iter().zip(titles) {
        header[at] = title;
    }
    header
}

fn is_comment(title: &str) -> bool {
    COMMENTS.contains(&plain(without_number(title)).as_str())
}

/// A title without the number by which programs tell it from others: `Comment.1`.
fn without_number(title: &str) -> &str {
    let bare = title.trim_end_matches(|c: char| c.is_ascii_digit());
    bare.strip_suffix('.').unwrap_or(title)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn titles(header: &str) -> String {
        told_apart(header.split('|').map(str::to_owned).collect()).join("|")
    }

    #[test]
    fn comments_are_called_after_what_they_are_on() {
        let told = "id|Rate the new hall (1-5)|Rate the new hall (1-5) – Comment|Why a boat?|Why a boat? – Comment";
        assert_eq!(titles("id|Rate the new hall (1-5)|Comment|Why a boat?|Comment"), told);
        assert_eq!(titles("id|Rate the new hall (1-5)|Comment|Why a boat?|Comment.1"), told);
    }

    #[test]
    fn one_title_for_comments_and_others_stay_as_they_are() {
        for header in
            ["id|Why a boat?|Comment", "Comment|Why a boat?|Comment", "id|Why?|Comment|Comment", "id|Text|a|Text"]
        {
            assert_eq!(titles(header), header);
        }
        assert_eq!(titles("id|Hall|Comment|Boat|Comment"), "id|Hall|Comment|Boat|Comment", "nothing asks");
    }
}
