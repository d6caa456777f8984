//! Exports of survey services whose columns have bare names in place of questions: `exp_value`, `v_12`.
//!
//! In: the titles of a table. Out: the service that wrote it, told by what it adds to the answers, and the columns that
//! may hold these. It looks at no cell, and does not know which titles ask.

/// What a service adds, in lower case, and the ends of titles that it writes.
struct Service {
    name: &'static str,
    adds: &'static [&'static str],
    ends: &'static [&'static str],
    /// The beginnings of titles in which it repeats what was shown.
    begins: &'static [&'static str],
}

#[rustfmt::skip]
const SERVICES: &[Service] = &[
    Service {
        name: "KoboToolbox or ODK",
        adds: &[
            "start", "end", "today", "deviceid", "username", "simserial", "subscriberid", "phonenumber", "audit", "key",
            "submissiondate", "instanceid", "meta/instanceid", "meta/instancename", "formhub/uuid", "_id", "_uuid",
            "_submission_time", "_validation_status", "_submitted_by", "__version__", "_tags", "_notes", "_status",
            "_index", "_xform_id_string", "_attachments", "_geolocation", "_version_",
        ],
        ends: &[],
        begins: &[],
    },
    Service {
        name: "REDCap",
        adds: &[
            "record_id", "redcap_survey_identifier", "redcap_event_name", "redcap_repeat_instrument",
            "redcap_repeat_instance", "redcap_data_access_group",
        ],
        ends: &["_complete", "_timestamp"],
        begins: &[],
    },
    Service {
        name: "Unipark",
        adds: &[
            "lfdn", "external_lfdn", "tester", "dispcode", "lastpage", "quality", "duration", "datetime", "ats", "rts",
            "date_of_last_access", "date_of_first_mail", "browser", "referer", "device_type", "quota", "page_history",
            "hflip", "vflip", "output_mode", "javascript", "flash", "session_id", "language", "cleaned", "p_0001",
        ],
        ends: &[],
        begins: &[],
    },
    Service {
        name: "Mechanical Turk",
        adds: &[
            "hitid", "hittypeid", "assignmentid", "workerid", "title", "description", "keywords", "reward",
            "requesterannotation", "requesterfeedback", "assignmentstatus", "creationtime", "accepttime", "submittime",
            "autoapprovaltime", "approvaltime", "rejectiontime", "expiration", "worktimeinseconds", "maxassignments",
            "assignmentdurationinseconds", "autoapprovaldelayinseconds", "numberofsimilarhits", "lifetimeinseconds",
            "lifetimeapprovalrate", "last30daysapprovalrate", "last7daysapprovalrate", "approve", "reject",
        ],
        ends: &[],
        begins: &["input."],
    },
];

/// Columns that a service adds, from which it is known.
const FEWEST: usize = 3;

/// The service, and the columns that may hold answers.
pub(super) fn find<T: AsRef<str>>(header: &[T]) -> Option<(&'static str, Vec<usize>)> {
    let titles: Vec<String> = header.iter().map(|title| title.as_ref().trim().to_lowercase()).collect();
    let is_added = |of: &Service, title: &str| {
        let begins = || of.begins.iter().any(|start| title.starts_with(start));
        of.adds.contains(&title) || of.ends.iter().any(|end| title.ends_with(end)) || begins()
    };
    let n_of = |of: &Service| titles.iter().filter(|title| is_added(of, title)).count();
    let service = SERVICES.iter().find(|service| n_of(service) >= FEWEST)?;
    let may_answer = |title: &str| {
        let is_name = !title.is_empty() && !title.starts_with('_') && !title.contains(char::is_whitespace);
        is_name && !is_added(service, title)
    };
    let columns: Vec<usize> = (0..titles.len()).filter(|&at| may_answer(&titles[at])).collect();
    (!columns.is_empty()).then_some((service.name, columns))
}

#[cfg(test)]
mod tests {
    use super::super::columns::bare_names;
    use crate::corpus::{Corpus, ReadOptions, read_bytes};

    const KOBO: [&str; 7] = ["start", "end", "consent", "club/value_most", "_id", "_uuid", "_index"];
    const REDCAP: [&str; 5] = ["record_id", "redcap_survey_identifier", "club_timestamp", "exp_value", "club_complete"];
    const UNIPARK: [&str; 6] = ["lfdn", "external_lfdn", "tester", "dispcode", "v_12", "datetime"];

    #[test]
    fn a_service_is_told_by_what_it_adds() {
        assert_eq!(bare_names(&KOBO), Some(("KoboToolbox or ODK", vec![2, 3])));
        assert_eq!(bare_names(&REDCAP), Some(("REDCap", vec![3])));
        assert_eq!(bare_names(&UNIPARK), Some(("Unipark", vec![4])));
        for titles in [
            &["start", "end", "age", "ward"][..],
            &["record_id", "age", "ward"],
            &["start", "end", "_id", "_uuid", "What did you like?"],
            &["lfdn", "tester", "dispcode", "q1", "q2"],
        ] {
            assert_eq!(bare_names(titles), None, "{titles:?}");
        }
    }

    #[test]
    fn columns_of_bare_names_are_read_where_people_answer_in_sentences() {
        let table = |titles: &[&str], said: &dyn Fn(usize) -> String, title: &str| {
            let row = |at: usize| {
                let cell = |of: &&str| if *of == title { said(at) } else { (at % 3).to_string() };
                titles.iter().map(cell).collect::<Vec<_>>().join(",")
            };
            let rows: Vec<String> = (0..8).map(row).collect();
            let csv = format!("{}\n{}\n", titles.join(","), rows.join("\n"));
            read_bytes("all.csv", csv.into_bytes(), &ReadOptions::default())
        };
        let sentence = |at: usize| format!("The {at}th bus never came at all");
        for (titles, title) in [(&KOBO[..], "club/value_most"), (&REDCAP, "exp_value"), (&UNIPARK, "v_12")] {
            let corpus = table(titles, &sentence, title).unwrap();
            let told = format!("were taken for questions: `{title}`");
            assert!(corpus.warnings.iter().any(|what| what.contains(&told)), "{:?}", corpus.warnings);
            let marks = table(titles, &|at| (at % 5).to_string(), title);
            let failed = |corpus: &Corpus| corpus.failures.iter().any(|why| why.contains("no text column"));
            assert!(marks.is_ok_and(|corpus| failed(&corpus)) || table(titles, &|at| at.to_string(), title).is_err());
        }
    }
}
