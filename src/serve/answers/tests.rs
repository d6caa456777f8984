//! The tools on a saved analysis: what they tell is what the analysis counted.

use std::collections::BTreeSet;
use std::path::Path;

use super::*;
use crate::analysis::{RecurringSummary, StudyPrevalence, load};
use crate::theme::prevalence::Prevalence;

fn specimen() -> Analysis {
    load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/analysis-v1")).unwrap()
}

fn told(analysis: &Analysis, tool: &str, arguments: Value) -> Result<Value, Refused> {
    let Value::Object(arguments) = arguments else { panic!("arguments are an object") };
    answer(analysis, tool, arguments).expect("the tool is there")
}

#[test]
fn themes_have_the_counts_of_the_analysis_and_pages_add_up_to_all() {
    let analysis = specimen();
    let themes: Vec<_> = analysis.summary.themes().filter(|theme| !theme.hidden).collect();
    let mut seen = Vec::new();
    for offset in 0..themes.len() {
        let found = told(&analysis, "list_themes", json!({ "offset": offset, "limit": 1 })).unwrap();
        assert_eq!(found["total"], themes.len());
        seen.push(found["themes"][0].clone());
    }
    for (row, theme) in seen.iter().zip(themes) {
        assert_eq!(row["id"], theme.id.as_str());
        assert_eq!(row["participants"], theme.prevalence.participants);
        assert_eq!(row["asked"], theme.prevalence.asked);
        assert_eq!(row["mentions"], theme.mentions);
    }
}

#[test]
fn all_passages_of_a_theme_are_its_mentions() {
    let analysis = specimen();
    for theme in analysis.summary.themes().filter(|theme| !theme.hidden) {
        let found = told(&analysis, "quotes", json!({ "theme": theme.id, "all": true, "limit": 200 })).unwrap();
        assert_eq!(found["total"], theme.mentions);
        let quotes = told(&analysis, "quotes", json!({ "theme": theme.id })).unwrap();
        let first = &quotes["quotes"][0];
        assert_eq!(first["text"], theme.quotes[0].text.as_str());
        assert_eq!(first["position"]["start"], theme.quotes[0].position.start);
        assert_eq!(first["locator"], theme.quotes[0].locator().as_str());
    }
}

/// The specimen with every second participant in a study of their own, `homecare`, counted anew for the first theme
/// that has parts, and a recurring theme of it.
fn of_two_studies() -> (Analysis, String) {
    let mut analysis = specimen();
    let mut second = analysis.summary.studies[0].clone();
    second.name = "homecare".into();
    analysis.summary.studies.push(second);
    let people: BTreeSet<String> = analysis.units.iter().map(|unit| unit.participant.clone()).collect();
    let moved: BTreeSet<&String> = people.iter().step_by(2).collect();
    for unit in analysis.units.iter_mut().filter(|unit| moved.contains(&unit.participant)) {
        unit.study = "homecare".into();
    }
    let id = analysis.summary.themes().find(|theme| !theme.sub_themes.is_empty()).unwrap().id.clone();
    let by_study: Vec<StudyPrevalence> = [("hospital", people.len() - moved.len()), ("homecare", moved.len())]
        .map(|(study, asked)| {
            let own: Vec<_> = analysis.units.iter().filter(|unit| unit.study == study && unit.is_in(&id)).collect();
            let voiced: BTreeSet<&String> = own.iter().map(|unit| &unit.participant).collect();
            let prevalence = Prevalence::new(voiced.len(), asked);
            StudyPrevalence { study: study.into(), mentions: own.len(), prevalence }
        })
        .into();
    let mut themes = analysis.summary.sections.iter_mut().flat_map(|section| &mut section.themes);
    let theme = themes.find(|theme| theme.id == id).unwrap();
    theme.by_study = by_study.clone();
    theme.recurring = Some("R1".into());
    for quote in theme.quotes.iter_mut().chain(theme.sub_themes.iter_mut().flat_map(|part| &mut part.quotes)) {
        if moved.contains(&quote.participant) {
            quote.study = "homecare".into();
        }
    }
    let prevalence = theme.prevalence;
    let recurring = RecurringSummary::of(vec![id.clone()]);
    analysis.summary.recurring = vec![RecurringSummary { id: "R1".into(), prevalence, by_study, ..recurring }];
    (analysis, id)
}

#[test]
fn the_words_of_one_study_come_with_its_own_numbers_and_those_of_everybody_say_so() {
    let (analysis, id) = of_two_studies();
    let theme = analysis.summary.theme(&id).unwrap();
    let part = &theme.sub_themes[0];
    for named in [id.as_str(), "R1", part.id.as_str()] {
        let everybody = told(&analysis, "quotes", json!({ "theme": named })).unwrap();
        assert!(everybody.get("study").is_none() && everybody.get("all_studies").is_none(), "{everybody}");
        let own = ["hospital", "homecare"].map(|study| {
            let arguments = json!({ "theme": named, "study": study, "all": true, "limit": 200 });
            let own = told(&analysis, "quotes", arguments).unwrap();
            let rows = own["quotes"].as_array().unwrap();
            let people: BTreeSet<&str> = rows.iter().map(|row| row["participant"].as_str().unwrap()).collect();
            assert!(rows.iter().all(|row| row["study"] == study), "{own}");
            assert_eq!((&own["study"], &own["participants"]), (&json!(study), &json!(people.len())), "{named}: {own}");
            assert_eq!(own["all_studies"]["participants"], everybody["participants"]);
            assert_eq!(own["all_studies"]["asked"], everybody["asked"]);
            own
        });
        for count in ["participants", "asked"] {
            let sum: u64 = own.iter().map(|own| own[count].as_u64().unwrap()).sum();
            assert_eq!(json!(sum), everybody[count], "{named}: {count}");
        }
    }
}

#[test]
fn no_rows_are_given_where_none_are_asked_for_and_one_where_one_is() {
    let analysis = specimen();
    let id = analysis.summary.themes().next().unwrap().id.clone();
    for (tool, rows, arguments) in [
        ("quotes", "quotes", json!({ "theme": id })),
        ("list_themes", "themes", json!({})),
        ("search", "passages", json!({ "words": "the" })),
    ] {
        for limit in [0, 1] {
            let mut arguments = arguments.clone();
            arguments["limit"] = json!(limit);
            let found = told(&analysis, tool, arguments).unwrap();
            assert_eq!(found[rows].as_array().unwrap().len(), limit, "{tool}");
            assert!(found["total"].as_u64().unwrap() > 1, "{tool}: {found}");
        }
    }
}

#[test]
fn a_hidden_theme_is_told_by_no_tool_but_counted() {
    let mut analysis = specimen();
    let counts = told(&analysis, "counts", json!({})).unwrap();
    let [shown, hidden] = ["themes", "hidden_themes"].map(|count| counts[count].as_u64().unwrap());
    let theme = &mut analysis.summary.sections.iter_mut().find(|s| !s.themes.is_empty()).unwrap().themes[0];
    theme.hidden = true;
    let id = theme.id.clone();
    let counts = told(&analysis, "counts", json!({})).unwrap();
    assert_eq!((counts["themes"].as_u64(), counts["hidden_themes"].as_u64()), (Some(shown - 1), Some(hidden + 1)));
    assert!(told(&analysis, "quotes", json!({ "theme": id })).is_err());
    let listed = told(&analysis, "list_themes", json!({ "limit": 200 })).unwrap();
    assert!(listed["themes"].as_array().unwrap().iter().all(|row| row["id"] != id.as_str()));
    // A passage of it is found, and does not name it.
    let unit = analysis.units.iter().find(|unit| unit.theme.as_ref() == Some(&id)).unwrap();
    let words: Vec<&str> = unit.text.split_whitespace().filter(|word| word.chars().all(char::is_alphabetic)).collect();
    let found = told(&analysis, "search", json!({ "words": words[..words.len().min(12)].join(" ") })).unwrap();
    let passage = found["passages"].as_array().unwrap().iter().find(|row| row["unit"] == unit.id.as_str()).unwrap();
    assert!(passage.get("themes").is_none() && passage["kind"] == "theme", "{passage}");
}

#[test]
fn a_hidden_recurring_theme_is_told_by_no_tool_and_one_that_is_shown_names_no_hidden_theme() {
    let mut analysis = specimen();
    let themes = &mut analysis.summary.sections.iter_mut().find(|s| s.themes.len() > 2).unwrap().themes;
    themes.iter_mut().take(3).for_each(|theme| {
        theme.recurring = Some("R1".into());
        theme.hidden = false;
    });
    let ids: Vec<String> = themes.iter().take(3).map(|theme| theme.id.clone()).collect();
    themes[2].hidden = true;
    let recurring = crate::analysis::RecurringSummary {
        id: "R1".into(),
        label: "Down by the reservoir".into(),
        prevalence: themes[0].prevalence,
        ..crate::analysis::RecurringSummary::of(ids.clone())
    };
    analysis.summary.recurring = vec![recurring];
    let listed = told(&analysis, "list_themes", json!({ "limit": 200 })).unwrap();
    assert_eq!(listed["recurring"][0]["themes"], json!(ids[..2]));
    // Why its numbers are larger than what is told of it.
    let quoted = || told(&analysis, "quotes", json!({ "theme": "R1" })).unwrap();
    assert_eq!((&listed["recurring"][0]["hidden_themes"], &quoted()["hidden_themes"]), (&json!(1), &json!(1)));
    assert!(listed["themes"].as_array().unwrap().iter().any(|row| row["recurring"] == "R1"));
    analysis.summary.recurring[0].hidden = true;
    let listed = told(&analysis, "list_themes", json!({ "limit": 200 })).unwrap().to_string();
    assert!(!listed.contains("R1") && !listed.contains("reservoir"), "{listed}");
    assert!(told(&analysis, "quotes", json!({ "theme": "R1" })).is_err());
}

#[test]
fn nothing_is_said_of_hidden_themes_where_a_recurring_one_has_none() {
    let (analysis, id) = of_two_studies();
    let listed = told(&analysis, "list_themes", json!({})).unwrap();
    assert!(listed["recurring"][0]["id"] == "R1" && listed["recurring"][0].get("hidden_themes").is_none());
    for theme in ["R1", &id] {
        assert!(told(&analysis, "quotes", json!({ "theme": theme })).unwrap().get("hidden_themes").is_none());
    }
}

#[test]
fn recurring_themes_are_given_by_pages_too() {
    let (mut analysis, _) = of_two_studies();
    let mut second = analysis.summary.recurring[0].clone();
    second.id = "R2".into();
    analysis.summary.recurring.push(second);
    let listed = |arguments: Value| told(&analysis, "list_themes", arguments).unwrap();
    let ids = |found: &Value| -> Vec<String> {
        let rows = found["recurring"].as_array().into_iter().flatten();
        rows.map(|row| row["id"].as_str().unwrap().to_string()).collect()
    };
    for (arguments, given) in [
        (json!({}), vec!["R1", "R2"]),
        (json!({ "limit": 1 }), vec!["R1"]),
        (json!({ "limit": 1, "offset": 1 }), vec!["R2"]),
        (json!({ "limit": 0 }), vec![]),
        (json!({ "offset": 2 }), vec![]),
    ] {
        let found = listed(arguments.clone());
        assert_eq!(ids(&found), given, "{arguments}");
        assert_eq!(found["total_recurring"], 2);
        assert_eq!(found["total"], listed(json!({}))["total"], "{arguments}");
    }
    let of_one_question = listed(json!({ "question": analysis.summary.sections[0].id }));
    assert!(ids(&of_one_question).is_empty() && of_one_question.get("total_recurring").is_none());
}

#[test]
fn the_least_number_of_participants_is_of_the_study_where_one_is_named_and_else_of_all() {
    let (analysis, id) = of_two_studies();
    let theme = analysis.summary.theme(&id).unwrap();
    let all = theme.prevalence.participants;
    let has = |arguments: Value| {
        let mut arguments = arguments;
        arguments["limit"] = json!(200);
        let found = told(&analysis, "list_themes", arguments).unwrap();
        let is_listed = |rows: &Value, id: &str| rows.as_array().into_iter().flatten().any(|row| row["id"] == id);
        let both = [is_listed(&found["themes"], &id), is_listed(&found["recurring"], "R1")];
        assert_eq!(both[0], both[1], "the recurring theme has the same numbers");
        both[0]
    };
    assert!(has(json!({ "min_participants": all })) && !has(json!({ "min_participants": all + 1 })));
    for one in &theme.by_study {
        let own = one.prevalence.participants;
        assert!(own > 0 && own < all, "both studies voiced it");
        let least = |least: usize| has(json!({ "study": one.study, "min_participants": least }));
        assert!(least(own) && least(0) && !least(own + 1), "{}: {own} of {all}", one.study);
    }
}

#[test]
fn a_search_counts_people_and_finds_a_passage_by_its_own_words() {
    let analysis = specimen();
    let unit = analysis.units.iter().find(|unit| unit.theme.is_some()).unwrap();
    let words = format!("\"{}\"", unit.text.replace('"', " "));
    let words: String = words.split_whitespace().take(12).collect::<Vec<_>>().join(" ") + "\"";
    let found = told(&analysis, "search", json!({ "words": words })).unwrap();
    assert!(found["passages"].as_array().unwrap().iter().any(|row| row["unit"] == unit.id.as_str()), "{words}");
    assert!(found["participants"].as_u64() <= found["of"].as_u64());
    assert_eq!(told(&analysis, "search", json!({ "words": "xylophone" })).unwrap()["total"], 0);
}

#[test]
fn folders_of_the_disk_stay_out() {
    let mut analysis = specimen();
    for unit in &mut analysis.units {
        unit.position.file = "/home/somebody/secret/a.txt".into();
    }
    for theme in analysis.summary.sections.iter_mut().flat_map(|section| &mut section.themes) {
        for quote in theme.quotes.iter_mut().chain(&mut theme.boundary_quote) {
            quote.position.file = r"C:\Users\somebody\secret\a.txt".into();
        }
    }
    let id = analysis.summary.themes().next().unwrap().id.clone();
    for arguments in [json!({ "theme": id }), json!({ "theme": id, "all": true })] {
        let found = told(&analysis, "quotes", arguments).unwrap();
        assert_eq!(found["quotes"][0]["position"]["file"], "a.txt");
        assert!(!found.to_string().contains("secret"));
    }
}

#[test]
fn arguments_that_do_not_fit_are_refused_with_what_to_do() {
    let analysis = specimen();
    for (tool, arguments, part) in [
        ("quotes", json!({}), "missing field `theme`"),
        ("quotes", json!({ "theme": "Q99.9" }), "no theme `Q99.9`"),
        ("quotes", json!({ "theme": "Q1.1", "study": "Mars" }), "no study `Mars`"),
        ("list_themes", json!({ "question": "Q99" }), "no question `Q99`"),
        ("list_themes", json!({ "limit": "many" }), "invalid type"),
        ("list_themes", json!({ "limit": -1 }), "invalid value"),
        ("search", json!({ "words": "" }), "no word"),
        ("compare", json!({ "by": "shoe size" }), "no attribute `shoe size`"),
        ("counts", json!({ "everything": true }), "unknown field"),
    ] {
        let refused = told(&analysis, tool, arguments).unwrap_err();
        assert!(refused.message.contains(part), "{tool}: {refused:?}");
        assert!(!refused.hint.is_empty());
    }
    assert!(told(&analysis, "list_themes", json!({ "question": null })).is_ok());
    assert!(answer(&analysis, "delete_everything", Map::new()).is_none());
}

#[test]
fn schemas_are_objects_of_single_types_and_say_what_each_argument_is() {
    for tool in described() {
        let schema = &tool["inputSchema"];
        assert_eq!((schema["type"].as_str(), schema["additionalProperties"].as_bool()), (Some("object"), Some(false)));
        for (name, argument) in schema["properties"].as_object().unwrap() {
            assert!(argument["type"].is_string() && argument["description"].is_string(), "{name}: {argument}");
        }
        assert_eq!(tool["annotations"]["readOnlyHint"], true);
    }
}
