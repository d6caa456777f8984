//! The codings of a REFI-QDA project as sheets.
//!
//! In: what people coded in a project, and what each code is called. Out: a [`CodeSheet`] a coder, each row a stretch
//! of a text with its codes; in which passages it stands is found out by [`placed`](super::super::placed). What the
//! project could not tell is counted in the notices of the first sheet. What this program coded itself is nobody's
//! coding, and left out.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use super::{CodeRow, CodeSheet, CodesError, Stands};
use crate::corpus::{OWN_CODER, RefiCoding, RefiProject};
use crate::theme::numbers::{number, were};

/// Lines that a notice names.
const NAMED: usize = 3;

/// Leaves out what the program coded in a project, and tells how much that is, where it is anything.
pub(in crate::analysis) fn leave_out_own(shown: &str, project: &mut RefiProject) -> Option<String> {
    // A stretch may have several.
    let codings = |project: &RefiProject| project.codings.iter().map(|coding| coding.codes.len()).sum::<usize>();
    let all = codings(project);
    project.codings.retain(|coding| coding.coder.trim() != OWN_CODER);
    let own = all - codings(project);
    (own > 0).then(|| format!("{} left out of `{shown}`: leitmotif made them and not people", were(own, "coding")))
}

/// What people coded in a project, by the names of its codes; of one below another on the same stretch the upper one.
///
/// # Errors
/// Those of [`sheets_of_project`], and [`CodesError::OwnCodings`] where people coded nothing.
pub(super) fn sheets_of_read_project(
    path: &Path,
    shown: &str,
    mut project: RefiProject,
) -> Result<Vec<CodeSheet>, CodesError> {
    let own = leave_out_own(shown, &mut project);
    if own.is_some() && project.codings.is_empty() {
        return Err(CodesError::OwnCodings { path: shown.to_owned(), what: "a project" });
    }
    let names = project.names_of_codes();
    let mut sheets = sheets_of_project(path, shown, project.without_parts(), &names)?;
    if let Some(first) = sheets.first_mut() {
        first.notices.extend(own);
    }
    Ok(sheets)
}

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
        sheet: None,
        layout: "codings of a REFI-QDA project, by document and position".to_owned(),
        ignored: Vec::new(),
        rows,
        sources: Arc::clone(&sources),
        notices: if at == 0 { notices.clone() } else { Vec::new() },
        own: None,
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

    #[test]
    fn what_the_program_coded_is_left_out_and_what_the_researcher_coded_beside_it_stays() {
        let read = |coders: &[&str]| {
            let coding = |(at, coder): (usize, &&str)| RefiCoding {
                source: 0,
                start: at,
                end: at + 4,
                coder: (*coder).to_owned(),
                codes: vec![0],
                line: at + 1,
            };
            let project = RefiProject {
                sources: vec![RefiSource { names: vec!["anna".into()], text: "Ann: We swap.".into() }],
                codings: coders.iter().enumerate().map(coding).collect(),
                codes: vec![Default::default()],
                ..RefiProject::default()
            };
            sheets_of_read_project(Path::new("a.qdpx"), "a.qdpx", project)
        };
        let mixed = read(&[OWN_CODER, "researcher", OWN_CODER]).unwrap();
        assert_eq!((mixed.len(), mixed[0].coder.as_str(), mixed[0].rows.len()), (1, "researcher", 1));
        assert!(mixed[0].notices[0].starts_with("2 codings were left out of `a.qdpx`"), "{:?}", mixed[0].notices);
        let people = read(&["researcher", "Zoe"]).unwrap();
        assert!(people.len() == 2 && people.iter().all(|sheet| sheet.notices.is_empty()));
        let error = read(&[OWN_CODER]).unwrap_err();
        assert!(matches!(error, CodesError::OwnCodings { .. }), "{error}");
        assert!(error.hint().unwrap().contains("coding-sheet"));
    }
}
