//! The codings of a REFI-QDA project as sheets.
//!
//! In: what people coded in a project, and what each code is called. Out: a [`CodeSheet`] a coder, each row a stretch
//! of a text with its codes; in which passages it stands is found out by [`placed`](super::super::placed). What the
//! project could not tell is counted in the notices of the first sheet.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use super::{CodeRow, CodeSheet, CodesError, Stands};
use crate::corpus::{RefiCoding, RefiProject};
use crate::theme::numbers::{number, were};

/// Lines that a notice names.
const NAMED: usize = 3;

/// `names`: for each code what it is called, `None` for one that is not to be read; `shown` serves the messages.
///
/// # Errors
/// [`CodesError::Empty`] where no text has a code.
pub(in crate::analysis) fn sheets_of_project(
    path: &Path,
    shown: &str,
    project: RefiProject,
    names: &[Option<String>],
) -> Result<Vec<CodeSheet>, CodesError> {
    let file = path.file_stem().map_or_else(|| shown.to_owned(), |stem| stem.to_string_lossy().into_owned());
    let notices = notices(shown, &project);
    let sources = Arc::new(project.sources);
    let mut sheets: BTreeMap<String, Vec<CodeRow>> = BTreeMap::new();
    for RefiCoding { source, start, end, coder, codes, line } in project.codings {
        let codes: Vec<String> = codes.into_iter().filter_map(|code| names.get(code).cloned().flatten()).collect();
        let Some(text) = sources.get(source).filter(|_| !codes.is_empty()) else { continue };
        let coder = if coder.trim().is_empty() { file.clone() } else { coder };
        sheets.entry(coder).or_default().push(CodeRow {
            line,
            id: text.names.last().cloned().unwrap_or_default(),
            is_document: true,
            excerpt: Some(text.text.chars().skip(start).take(end - start).collect()),
            codes,
            denied: Vec::new(),
            is_blank: false,
            text: None,
            stands: Stands::At { source, start, end },
        });
    }
    if sheets.is_empty() {
        return Err(CodesError::Empty {
            path: shown.to_owned(),
            reason: match project.of_no_text {
                0 => "nothing is coded in its texts".to_owned(),
                n => format!("nothing is coded in its texts, but {} in pictures, pages or recordings", number(n)),
            },
            hint: "code passages of the interviews, and export the project with its sources inside",
        });
    }
    let sheet = |(at, (coder, rows))| CodeSheet {
        coder,
        path: shown.to_owned(),
        layout: "codings of a REFI-QDA project, by document and position".to_owned(),
        ignored: Vec::new(),
        rows,
        sources: Arc::clone(&sources),
        notices: if at == 0 { notices.clone() } else { Vec::new() },
    };
    Ok(sheets.into_iter().enumerate().map(sheet).collect())
}

fn notices(shown: &str, project: &RefiProject) -> Vec<String> {
    let mut notices = Vec::new();
    if project.moved > 0 {
        notices.push(format!(
            "{} found in `{shown}` elsewhere than the position says when characters are counted: by another way of \
             counting, or by the words",
            were(project.moved, "coding")
        ));
    }
    if !project.lost.is_empty() {
        let lines: Vec<String> = project.lost.iter().take(NAMED).map(|line| format!("line {line}")).collect();
        notices.push(format!(
            "{} left out of `{shown}`, of which the project has no text: {}{} of its project.qde",
            were(project.lost.len(), "coding"),
            lines.join(", "),
            if project.lost.len() > NAMED { ", …" } else { "" }
        ));
    }
    if project.of_no_text > 0 {
        let codings = were(project.of_no_text, "coding");
        notices.push(format!("{codings} left out of `{shown}`: of pictures, pages or recordings"));
    }
    notices
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::RefiSource;

    #[test]
    fn each_coder_has_a_sheet_and_what_is_missing_is_told() {
        let coding = |start, end, coder: &str, codes: &[usize]| RefiCoding {
            source: 0,
            start,
            end,
            coder: coder.into(),
            codes: codes.to_vec(),
            line: start + 1,
        };
        let project = RefiProject {
            sources: vec![RefiSource { names: vec!["anna".into(), "talk.txt".into()], text: "Ann: We swap.".into() }],
            codings: vec![coding(5, 13, "Zoe", &[0, 1]), coding(0, 3, "", &[1]), coding(0, 2, "Abe", &[2])],
            lost: vec![7, 8, 9, 10],
            moved: 1,
            ..RefiProject::default()
        };
        let names = [Some("swaps".to_owned()), Some("shifts".to_owned()), None];
        let sheets = sheets_of_project(Path::new("in/a.qdpx"), "in/a.qdpx", project.clone(), &names).unwrap();
        let shown: Vec<(&str, Option<&str>, &[String])> = sheets
            .iter()
            .map(|sheet| (sheet.coder.as_str(), sheet.rows[0].excerpt.as_deref(), sheet.rows[0].codes.as_slice()))
            .collect();
        let codes = ["swaps".to_owned(), "shifts".to_owned()];
        assert_eq!(shown, [("Zoe", Some("We swap."), &codes[..]), ("a", Some("Ann"), &codes[1..])]);
        assert_eq!(sheets[0].rows[0].id, "talk.txt");
        assert!(sheets[1].notices.is_empty());
        let notices = sheets[0].notices.join("\n");
        assert!(notices.starts_with("1 coding was found in `in/a.qdpx` elsewhere"), "{notices}");
        assert!(
            notices.contains("4 codings were left out of `in/a.qdpx`") && notices.contains("line 9, …"),
            "{notices}"
        );
        let error = sheets_of_project(Path::new("a.qdpx"), "a.qdpx", project, &[None, None, None]).unwrap_err();
        assert!(error.to_string().contains("nothing is coded in its texts") && error.hint().is_some());
    }
}
