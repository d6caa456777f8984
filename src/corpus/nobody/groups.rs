//! Words for all who are there together: `Group`, `The audience`, `Tout le monde`.
//!
//! In: a label in the form in which labels are compared, without brackets around it. Out: whether it is such a word,
//! alone, behind an article or a word for the whole of it. One other word makes it somebody's: `Group A`. It never
//! looks at other labels.

#[rustfmt::skip]
const GROUPS: &[&str] = &[
    "group", "audience", "crowd", "gruppe", "publikum", "groupe", "public", "assemblée", "assistance", "auditoire",
    "grupo", "público", "audiencia", "auditorio", "plateia", "gruppo", "pubblico", "groep", "publiek", "grupa",
    "publiczność", "gruppen", "publiken", "skupina", "csoport", "közönség", "ryhmä", "yleisö", "grup", "izleyiciler",
    "группа", "публика", "аудитория", "група", "аудиторія", "ομάδα", "κοινό", "المجموعة", "الجمهور", "הקבוצה", "הקהל",
    "观众", "听众", "觀眾", "聽眾", "聴衆", "会場", "청중", "관객",
];
/// Articles, and words for the whole of it.
#[rustfmt::skip]
const BEFORE: &[&str] = &[
    "the", "whole", "entire", "die", "das", "der", "ganze", "gesamte", "le", "la", "tout", "toute", "el", "todo",
    "toda", "il", "tutto", "o", "a", "de", "het", "hele", "hela", "cała", "celá",
];
/// The same in words of their own.
#[rustfmt::skip]
const ALL: &[&str] = &[
    "tout le monde", "tous à la fois", "todo el mundo", "toda la gente", "toda a gente", "todo mundo", "todos juntos",
    "todos a la vez", "todos em conjunto", "tutti insieme", "alle zusammen", "alle gemeinsam", "alle gleichzeitig",
    "die anwesenden", "alle anwesenden", "all present", "everyone present", "everyone in the room", "allemaal",
    "iedereen tegelijk", "wszyscy razem", "alla tillsammans", "alle sammen", "všichni najednou", "все вместе",
];

/// `group`, `the audience`, `l'assemblée`, `die ganze gruppe`, `tout le monde`
pub(super) fn is_group(bare: &str) -> bool {
    let mut words = bare.split(' ');
    let last = words.next_back().unwrap_or_default();
    let last = ["l'", "l’"].iter().find_map(|article| last.strip_prefix(article)).unwrap_or(last);
    ALL.contains(&bare) || (GROUPS.contains(&last) && words.all(|word| BEFORE.contains(&word)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_is_one_with_an_article_and_in_other_languages() {
        for bare in [
            "group",
            "the group",
            "the whole audience",
            "die gruppe",
            "das publikum",
            "le groupe",
            "l'assemblée",
            "el grupo",
            "público",
            "o público",
            "het publiek",
            "tout le monde",
        ] {
            assert!(is_group(bare), "{bare}");
        }
        for bare in ["", "the", "group a", "group 2", "focus group", "my group", "die", "public health", "le monde"] {
            assert!(!is_group(bare), "{bare}");
        }
    }
}
