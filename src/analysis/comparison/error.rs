//! Why groups cannot be compared.

use crate::analysis::saved::group_name;
use crate::theme::numbers::counted;

/// Why there is nothing to compare.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ComparisonError {
    /// The attribute is not there.
    #[error("there is no attribute `{name}`")]
    UnknownAttribute {
        /// As asked for.
        name: String,
        /// Those that are there.
        known: Vec<String>,
    },
    /// A study or group is not there.
    #[error("there is no {what} `{name}`")]
    UnknownName {
        /// `study` or `group`.
        what: &'static str,
        /// As asked for.
        name: String,
        /// Those that are there.
        known: Vec<String>,
    },
    /// Bands of what are no numbers.
    #[error("`{name}` holds words, such as `{example}`, so it has no bands")]
    NoNumbers {
        /// The attribute.
        name: String,
        /// A value that is no number.
        example: String,
    },
    /// Bands of what is no attribute.
    #[error("bands are for the numbers of an attribute, and studies and questions are none")]
    NothingToBand,
    /// Everybody is in one group, or nobody in any.
    #[error("{}: a comparison needs two groups", only_group(by, group.as_deref(), *without, *is_chosen))]
    OneGroup {
        /// What makes the groups.
        by: String,
        /// The only group.
        group: Option<String>,
        /// Participants without a value.
        without: usize,
        /// Attributes that might make more.
        known: Vec<String>,
        /// There are others, and only this one was asked for.
        is_chosen: bool,
    },
    /// Groups by question where themes were looked for question by question.
    #[error("the themes were looked for question by question, so none is found in several questions")]
    BySection,
    /// Groups by question without a guide.
    #[error("it is not known which guide question the passages answer")]
    NoGuide,
    /// There are no themes.
    #[error("the analysis has no themes")]
    NoThemes,
}

fn only_group(by: &str, group: Option<&str>, without: usize, is_chosen: bool) -> String {
    match (group, without) {
        (Some(group), _) if is_chosen => format!("of the groups by {by} only `{group}` is named"),
        (Some(group), 0) => format!("everybody is in the group `{group}` by {by}"),
        (Some(group), without) => {
            let have = if without == 1 { "has" } else { "have" };
            let others = counted(without, "participant");
            format!("by {by} whoever is in a group is in `{group}`, and {others} {have} no value")
        }
        (None, _) => format!("nobody is in a group by {by}"),
    }
}

impl ComparisonError {
    /// What the user can do about it.
    pub fn hint(&self) -> String {
        let quoted = |names: &mut dyn Iterator<Item = String>| {
            names.map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
        };
        let listed = |names: &[String]| quoted(&mut names.iter().cloned());
        let attributes = |names: &[String]| quoted(&mut names.iter().map(|name| group_name(name)));
        match self {
            Self::UnknownAttribute { known, .. } if known.is_empty() => {
                "nothing is known of the participants: name their table with `themes --participants FILE`, or compare \
                 `--by study`"
                    .into()
            }
            Self::UnknownAttribute { known, .. } => {
                format!("known are {}; also `study` and `question`", attributes(known))
            }
            Self::UnknownName { what, known, .. } => format!("the {what} may be {}", listed(known)),
            Self::OneGroup { is_chosen: true, .. } => {
                "name a second one with `--group`, or leave `--group` out for all".into()
            }
            Self::OneGroup { known, .. } if known.is_empty() => {
                "analyse several studies together (`themes A/ B/ -o FOLDER`), or name a table of participants with \
                 `themes --participants FILE` and compare by one of its columns"
                    .into()
            }
            Self::OneGroup { known, .. } => format!("compare by something else: {}", attributes(known)),
            Self::NoNumbers { .. } => "leave `--bands` out: each value is a group".into(),
            Self::NothingToBand => "name the attribute, as in `--by age --bands 18,30,45,60`".into(),
            Self::BySection => "look for themes in everything together: `themes … --frame all`".into(),
            Self::NoGuide => {
                "questions can be compared where a guide was found (`inspect` shows it); an analysis of an earlier \
                 version has to be made again"
                    .into()
            }
            Self::NoThemes => "there were too few answers; `themes` says why".into(),
        }
    }
}
