//! What can go wrong between a path and a corpus, in words a researcher can act on.
//!
//! In: nothing. Out: [`CorpusError`], whose message says what was found, what is allowed and
//! where, and whose hint says what to pass. This module never prints.

use std::path::PathBuf;

use thiserror::Error;

/// A failure to read interviews.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum CorpusError {
    /// The list of inputs was empty.
    #[error("no input was given")]
    NoInput,
    /// A path does not exist.
    #[error("no file or folder `{}`", path.display())]
    NotFound {
        /// The path as given.
        path: PathBuf,
    },
    /// The operating system refused.
    #[error("failed to read `{path}`: {source}")]
    Io {
        /// The path as given or found.
        path: String,
        /// Its reason.
        source: std::io::Error,
    },
    /// A pipe, a socket, a device, or a folder where a file is needed.
    #[error("failed to read `{path}`: it is {kind}, not a file")]
    NotAFile {
        /// The path as given or found.
        path: String,
        /// What it is.
        kind: &'static str,
    },
    /// Something that this program wrote stands where interviews should.
    #[error("`{path}` is {what} that this program wrote, no interviews")]
    OwnOutput {
        /// The path as given or found.
        path: String,
        /// What it is.
        what: &'static str,
    },
    /// A folder held no file of a known format.
    #[error("no interviews in folder `{path}`; formats read are {allowed}")]
    EmptyFolder {
        /// The folder as given.
        path: String,
        /// The extensions that are read.
        allowed: String,
    },
    /// The file's extension belongs to no reader.
    #[error("unknown format `{extension}` of `{path}`; formats read are {allowed}")]
    UnknownFormat {
        /// The path as given or found.
        path: String,
        /// Its extension, with the dot.
        extension: String,
        /// The extensions that are read.
        allowed: String,
    },
    /// The file holds no text.
    #[error("`{path}` is empty")]
    Empty {
        /// The path as given or found.
        path: String,
    },
    /// The bytes are no text in any encoding that is read.
    #[error("`{path}` is not text: {reason} at byte {offset}")]
    NotText {
        /// The path as given or found.
        path: String,
        /// 0-based offset of the first byte that cannot be text.
        offset: usize,
        /// What was found there.
        reason: String,
    },
    /// No line starts with a speaker label.
    #[error(
        "no speaker labels in `{path}`, line {line}: a transcript needs lines such as `Interviewer: …` and `Participant: …`"
    )]
    NoSpeakers {
        /// The path as given or found.
        path: String,
        /// 1-based line on which the unlabelled transcript starts.
        line: usize,
        /// What would help to read this very text, where that is known.
        advice: Option<String>,
    },
    /// A table has no column of a name that means text.
    #[error("no text column in `{path}`; its columns are {columns}")]
    NoTextColumn {
        /// The path as given or found.
        path: String,
        /// The header's names, quoted.
        columns: String,
    },
    /// A table of participants has no column of a name that means an id.
    #[error("no column with participants' ids in `{path}`; its columns are {columns}")]
    NoIdColumn {
        /// The path as given.
        path: String,
        /// The header's names, quoted.
        columns: String,
    },
    /// A table was asked for and the file holds none.
    #[error("`{path}` is no table: it was read as {format}")]
    NoTable {
        /// The path as given.
        path: String,
        /// The format it was read as.
        format: &'static str,
    },
    /// No participant of the interviews is in the table of participants.
    #[error(
        "no participant of the interviews is in `{path}`: it names {in_table}, the interviews have {in_interviews}"
    )]
    NoParticipantMatches {
        /// The path as given.
        path: String,
        /// Some ids of the table.
        in_table: String,
        /// Some ids of the interviews.
        in_interviews: String,
    },
    /// A column the user named is not in the header.
    #[error("no column `{wanted}` (from `{option}`) in `{path}`; its columns are {columns}")]
    NoSuchColumn {
        /// The path as given or found.
        path: String,
        /// The name that was asked for.
        wanted: String,
        /// The option that asked.
        option: &'static str,
        /// The header's names, quoted.
        columns: String,
    },
    /// Several columns have the title that the user named.
    #[error("`{wanted}` (from `{option}`) is the title of several columns of `{path}`: {columns}")]
    SameTitle {
        /// The path as given or found.
        path: String,
        /// The name that was asked for.
        wanted: String,
        /// The option that asked.
        option: &'static str,
        /// Their 1-based places.
        columns: String,
    },
    /// A record or the file itself breaks its format.
    #[error("malformed `{path}`, {place}: {reason}")]
    Malformed {
        /// The path as given or found.
        path: String,
        /// Where in the file: `line 6`, `row 3 of sheet Data`.
        place: String,
        /// What is wrong there.
        reason: String,
        /// What to do about it.
        hint: &'static str,
    },
    /// The file is whole, but of a kind that is not read.
    #[error("`{path}` is not read: it is {what}")]
    NotRead {
        /// The path as given or found.
        path: String,
        /// What it is: `a scan`, `a document of Word 97–2003`.
        what: String,
        /// What to do about it.
        hint: &'static str,
    },
    /// The file, or what it unpacks to, is larger than what is read.
    #[error("`{path}` is too large: {what} {}", more_than(*bytes, *limit))]
    TooLarge {
        /// The path as given or found.
        path: String,
        /// What is too large: `the file has`, `word/document.xml unpacks to`.
        what: String,
        /// Its bytes, as far as they were counted.
        bytes: u64,
        /// The most that is read.
        limit: u64,
    },
    /// Every input failed.
    #[error("none of the inputs could be read:\n  {}", failures.join("\n  "))]
    AllFailed {
        /// One full message an input.
        failures: Vec<String>,
    },
    /// Transcripts were read, but nobody answers in them.
    #[error("no participant turns in {}; the speakers found are {speakers}", counted(*transcripts, "transcript"))]
    NoParticipants {
        /// How many transcripts were read.
        transcripts: usize,
        /// Labels with their roles.
        speakers: String,
    },
}

/// Where counting stopped at the limit, only that is known.
fn more_than(bytes: u64, limit: u64) -> String {
    let most = megabytes(limit);
    if bytes <= limit + 1 {
        format!("more than {most}, which is the most that is read")
    } else {
        format!("{}, at most {most} are read", megabytes(bytes))
    }
}

/// Whether a name is that of a document of an office program.
fn is_of_office(path: &str) -> bool {
    let ending = path.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    ending.is_some_and(|ending| ["docx", "xlsx", "odt"].contains(&ending.as_str()))
}

fn megabytes(bytes: u64) -> String {
    format!("{} MB", bytes.div_ceil(1 << 20))
}

/// Whether of the speakers found, each with a role, one asks, also under numbers such as `Q1` and `Q2`, and nobody else
/// has a label.
fn is_interviewer_alone(speakers: &str) -> bool {
    let named = speakers.split(", `").map(|speaker| speaker.trim_start_matches('`')).filter(|s| !s.starts_with(" ("));
    let names: Option<Vec<&str>> = named
        .map(|speaker| Some(speaker.strip_suffix("` (interviewer)")?.trim_end_matches(|c: char| c.is_ascii_digit())))
        .collect();
    names.is_some_and(|names| !names.is_empty() && names.iter().all(|name| *name == names[0]))
}

/// `1 cue`, `3 cues`.
pub(crate) fn counted(n: usize, what: &str) -> String {
    if n == 1 { format!("1 {what}") } else { format!("{n} {what}s") }
}

/// The first few names.
pub(crate) fn some(names: &[&str]) -> String {
    let shown: Vec<String> = names.iter().take(3).map(|name| format!("`{name}`")).collect();
    let dots = if names.len() > 3 { ", …" } else { "" };
    format!("{}{dots}", shown.join(", "))
}

/// The first of things that are told, and how many more there are: `a, b and 3 more`.
pub(crate) fn first_of(told: impl ExactSizeIterator<Item = String>, most: usize) -> String {
    let more = told.len().saturating_sub(most);
    let shown = told.take(most).collect::<Vec<_>>().join(", ");
    if more > 0 { format!("{shown} and {more} more") } else { shown }
}

impl CorpusError {
    /// What to do about it.
    pub fn hint(&self) -> Option<String> {
        let hint = match self {
            Self::NoInput => "pass transcript files, a folder of them, or `-` for standard input",
            Self::NotFound { path } if path.to_string_lossy().contains('=') => {
                "check the spelling; in `NAME=PATH` a name is made of letters, digits, spaces, `-` and `_`"
            }
            Self::NotFound { .. } => "check the spelling; `NAME=PATH` names the study of a path",
            Self::AllFailed { .. } => return None,
            Self::Io { source, .. } if source.kind() == std::io::ErrorKind::NotFound => {
                "check the spelling, and where a link leads"
            }
            Self::Io { source, .. } if source.kind() == std::io::ErrorKind::PermissionDenied => "check who may read it",
            Self::Io { .. } => "check that it is a file that can be read, and not a link that leads in a circle",
            Self::NotAFile { .. } => "pass files and folders; what a program writes is read from `-`, standard input",
            Self::OwnOutput { .. } => {
                "pass the interviews it was made from; `leitmotif report`, `export` and `codebook` read an analysis"
            }
            Self::EmptyFolder { .. } => "pass a folder with transcripts, or one file of them",
            Self::UnknownFormat { .. } => "export the interviews as plain text or CSV",
            Self::Empty { .. } => "check that the export finished",
            Self::NotText { path, reason, .. } if is_of_office(path) && !reason.contains("Office") => {
                "it is not what its name says: save it anew in the program that it comes from, or give it the ending of what \
                 it is"
            }
            Self::NotText { reason, .. } if reason.contains("gzip") => {
                "unpack it (`gunzip FILE`), or hand over what it holds: `leitmotif inspect <(zcat FILE)`"
            }
            Self::NotText { .. } => {
                "save them as .docx or .xlsx without a password, or export them as plain text or CSV in UTF-8"
            }
            Self::NoSpeakers { advice: Some(advice), .. } => advice,
            Self::NoSpeakers { .. } => {
                "start every turn with its speaker and a colon; \
                 name unusual labels with `--interviewer LABEL` and `--participant LABEL`"
            }
            Self::NoTextColumn { .. } => {
                "name the column that holds the words with `--text-column NAME`, or, in a survey, every question's; a \
                 table of what is known of the participants is passed with `--participants FILE`"
            }
            Self::NoIdColumn { .. } => "call the column `participant`, or name it with `--id-column NAME`",
            Self::NoTable { .. } => "a table with a header row is needed here, such as CSV or XLSX",
            Self::NoParticipantMatches { .. } => {
                "use the ids that `leitmotif inspect` lists, or name another column with `--id-column NAME`"
            }
            Self::NoSuchColumn { .. } => {
                "name one of these columns by its title, or leave the option out; upper and lower case are the same"
            }
            Self::SameTitle { .. } => "give each of them a title of its own in the file",
            Self::Malformed { hint, .. } | Self::NotRead { hint, .. } => hint,
            Self::TooLarge { what, .. } if what.contains("unpack") => {
                "save it anew in the program that it comes from; where it is as large as that, split it into several files"
            }
            Self::TooLarge { .. } => "split it into several files",
            Self::NoParticipants { speakers, .. } if is_interviewer_alone(speakers) => {
                "start every answer with a label too, such as `Participant:`; only the questions have one"
            }
            Self::NoParticipants { .. } => "name who answers with `--participant LABEL`",
        };
        Some(hint.to_owned())
    }

    /// Message and hint on one line, as it is kept in [`super::Corpus::failures`].
    pub(crate) fn full_message(&self) -> String {
        match self.hint() {
            Some(hint) => format!("{self}; hint: {hint}"),
            None => self.to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hint_names_a_label_only_where_there_is_one() {
        let hint = |speakers: &str| {
            let speakers = speakers.to_owned();
            CorpusError::NoParticipants { transcripts: 1, speakers }.hint().unwrap()
        };
        for speakers in [
            "`Interviewer` (interviewer)",
            "`` (other), `Hall, Ann` (interviewer)",
            "`` (other), `Q1` (interviewer), `Q2` (interviewer), `Q10` (interviewer)",
        ] {
            assert!(hint(speakers).starts_with("start every answer"), "{speakers}");
        }
        for speakers in
            ["none", "`M` (interviewer), `A` (interviewer)", "`I` (interviewer), `X` (other)", "`X` (other)"]
        {
            assert!(hint(speakers).contains("--participant LABEL"), "{speakers}");
        }
    }
}
