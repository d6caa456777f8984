//! Titles before names that say whether somebody is a man or a woman: `Mr. Reed` and `Mrs. Reed` are two.
//!
//! In: labels. Out: the title before a name, and whether two labels are a man's and a woman's. It compares no names.

/// The title before a name that says whether it is a man's or a woman's: `Mrs. Reed` need not be `Tom Reed`.
pub(super) fn title_of(label: &str) -> Option<&'static str> {
    const TITLES: &[(&str, &str)] = &[
        ("mr", "mr"),
        ("sir", "mr"),
        ("herr", "mr"),
        ("hr", "mr"),
        ("monsieur", "mr"),
        ("meneer", "mr"),
        ("dhr", "mr"),
        ("signor", "mr"),
        ("senhor", "mr"),
        ("pan", "mr"),
        ("señor", "mr"),
        ("sr", "mr"),
        ("mrs", "mrs"),
        ("ms", "mrs"),
        ("miss", "mrs"),
        ("dame", "mrs"),
        ("frau", "mrs"),
        ("fr", "mrs"),
        ("madame", "mrs"),
        ("mevrouw", "mrs"),
        ("mevr", "mrs"),
        ("signora", "mrs"),
        ("senhora", "mrs"),
        ("pani", "mrs"),
        ("mme", "mrs"),
        ("mlle", "mrs"),
        ("señora", "mrs"),
        ("sra", "mrs"),
    ];
    let (first, _) = label.trim().split_once([' ', '.'])?;
    let first = first.to_lowercase();
    TITLES.iter().find(|(title, _)| *title == first).map(|&(_, of)| of)
}

/// Whether titles say that two labels are a man's and a woman's, as `Mr. Reed` and `Mrs. Reed` are.
pub(crate) fn are_man_and_woman(one: &str, other: &str) -> bool {
    title_of(one).zip(title_of(other)).is_some_and(|(one, other)| one != other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_tell_a_man_from_a_woman() {
        assert!(are_man_and_woman("MR. HALE", "MRS. HALE") && !are_man_and_woman("Dr Hale", "Mrs Hale"));
    }
}
