//! Passages that an id alone would take for others.

use std::path::Path;

use super::*;
use crate::analysis::load;

/// `PARTICIPANT: PASSAGE / PASSAGE | ANSWER`, a participant a line.
fn units(text: &str) -> Vec<UnitRow> {
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/analysis-v1");
    let some = load(&fixture).unwrap().units.remove(0);
    let mut units = Vec::new();
    for line in text.lines() {
        let (participant, said) = line.trim().split_once(": ").unwrap();
        for (answer, passages) in (1..).zip(said.split(" | ")) {
            let passages: Vec<&str> = passages.split(" / ").collect();
            for (part, text) in (1..).zip(&passages) {
                let part = if passages.len() == 1 { String::new() } else { format!(".{part}") };
                let id = format!("ward/{participant}#{answer}{part}");
                let (study, participant, text) = ("ward".into(), participant.into(), (*text).to_owned());
                units.push(UnitRow { id, study, participant, answer, text, ..some.clone() });
            }
        }
    }
    units
}

/// What some ids are now, of those that are something else.
fn names(old: &str, new: &str, remembered: &[&str]) -> BTreeMap<String, String> {
    let (old, new) = (units(old), units(new));
    Again::new(&old, &new, remembered.iter().copied()).names.into_iter().collect()
}

fn of(old: &str, new: &str) -> Vec<(String, String)> {
    names(old, new, &[]).into_iter().collect()
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|(before, now)| (format!("ward/{before}"), format!("ward/{now}"))).collect()
}

const ANN: &str = "ann: I came by bus / it was late | the rota is a mess | nobody asks me";

#[test]
fn the_same_run_again_and_more_or_fewer_people_with_ids_change_no_name_of_those_who_are_there() {
    assert_eq!(of(ANN, ANN), []);
    let two = format!("abe: good morning to you\n{ANN}");
    assert_eq!(of(ANN, &two), []);
    let found = of(&two, ANN);
    assert_eq!(found.len(), 1);
    assert!(found[0].1.starts_with("ward/abe#1.0~"), "who is gone is called by what they said: {found:?}");
}

#[test]
fn an_answer_that_is_put_in_shifts_those_behind_it() {
    let more = "ann: I came by bus / it was late | yes I did | the rota is a mess | nobody asks me";
    assert_eq!(of(ANN, more), pairs(&[("ann#2", "ann#3"), ("ann#3", "ann#4")]));
    let mut back = pairs(&[("ann#3", "ann#2"), ("ann#4", "ann#3")]);
    let found = of(more, ANN);
    assert!(found[0].0 == "ward/ann#2" && found[0].1.starts_with("ward/ann#2-0~"), "{found:?}");
    back.insert(0, found[0].clone());
    assert_eq!(found, back);
}

#[test]
fn a_corrected_answer_is_the_same_and_another_in_its_place_is_not() {
    assert_eq!(of(ANN, "ann: I came by bus / it was so late | the rota is a mess | nobody asks me"), []);
    let found = of(ANN, "ann: I came by bus / it was late | we swap shifts | nobody asks me");
    assert!(found.len() == 1 && found[0].0 == "ward/ann#2" && found[0].1.starts_with("ward/ann#2-0~"), "{found:?}");
}

#[test]
fn an_answer_that_is_divided_otherwise_keeps_the_passages_that_say_most_of_the_same() {
    let old = "ann: I came by bus it was late / my sister drives a van / and so on";
    let new = "ann: I came by bus / it was late / my sister drives a van and so / on";
    let found = of(old, new);
    assert_eq!(found[0], ("ward/ann#1.2".into(), "ward/ann#1.3".into()), "the first has most of its words still");
    assert!(found.len() == 2 && found[1].0 == "ward/ann#1.3" && found[1].1.starts_with("ward/ann#1.3~"), "{found:?}");
    // Where the whole answer was one passage, its name is still of that answer.
    let found = of("ann: the rota is a mess nobody asks me", "ann: the rota is / a mess nobody / asks me");
    assert!(found.len() == 1 && found[0].1.starts_with("ward/ann#1.0~"), "{found:?}");
}

#[test]
fn an_answer_that_a_question_interrupts_now_is_found_in_both_parts() {
    let new = "ann: I came by bus | it was late | the rota is a mess | nobody asks me";
    let expected = [("ann#1.1", "ann#1"), ("ann#1.2", "ann#2"), ("ann#2", "ann#3"), ("ann#3", "ann#4")];
    assert_eq!(of(ANN, new), pairs(&expected));
}

#[test]
fn people_without_ids_are_known_by_what_they_said() {
    let old = "row 2: the rota is a mess\nrow 3: no\nrow 4: nobody asks me\nrow 5: no\nrow 6: I came by bus";
    let more = "row 2: put on top\nrow 3: the rota is a mess\nrow 4: no\nrow 5: nobody asks me\nrow 6: no\nrow 7: I came by bus";
    let shifted: Vec<(String, String)> =
        (2..7).map(|row| (format!("ward/row {row}#1"), format!("ward/row {}#1", row + 1))).collect();
    assert_eq!(of(old, more), shifted);
    let sorted = "row 2: nobody asks me\nrow 3: I came by bus\nrow 4: no\nrow 5: no\nrow 6: the rota is a mess";
    let found = names(old, sorted, &[]);
    let now = |row: usize| found.get(&format!("ward/row {row}#1")).map(String::as_str);
    assert_eq!([now(2), now(4), now(6)], [Some("ward/row 6#1"), Some("ward/row 2#1"), Some("ward/row 3#1")]);
    let gone = of(old, "row 2: the rota is a mess\nrow 3: no\nrow 4: no\nrow 5: I came by bus");
    assert!(gone[0].1.starts_with("ward/row 4#1-0~"), "another person has the number: {gone:?}");
}

#[test]
fn what_comes_back_has_its_number_again_or_the_one_that_it_has_then() {
    let fewer = "bea: hello there";
    let gone = names(&format!("{ANN}\n{fewer}"), fewer, &[]);
    let remembered: Vec<&str> = gone.values().map(String::as_str).collect();
    assert_eq!(remembered.len(), 4);
    let back = names(fewer, &format!("{ANN}\n{fewer}"), &remembered);
    let ids: Vec<&str> = back.values().map(String::as_str).collect();
    assert_eq!(ids, ["ward/ann#1.1", "ward/ann#1.2", "ward/ann#2", "ward/ann#3"]);
    let corrected = format!("ann: good morning | the rota is a mess | well | nobody asks me\n{fewer}");
    let back = names(fewer, &corrected, &remembered);
    assert_eq!(back[&gone["ward/ann#2"]], "ward/ann#2");
    assert_eq!(back[&gone["ward/ann#3"]], "ward/ann#4");
    assert_eq!(back.len(), 2, "what is not there waits: {back:?}");
    assert!(names(fewer, &corrected, &["ward/ann#3"]).is_empty(), "an id without words is left as it is");
}

#[test]
fn of_people_without_ids_only_words_that_are_there_once_come_back() {
    let old = "row 2: the rota is a mess\nrow 3: no\nrow 4: nobody asks me";
    let gone = names(old, "row 2: nobody asks me", &[]);
    let remembered: Vec<&str> = gone.values().map(String::as_str).collect();
    let back = names(
        "row 2: nobody asks me",
        "row 2: no\nrow 3: nobody asks me\nrow 4: no\nrow 5: the rota is a mess",
        &remembered,
    );
    assert_eq!(back.get(&gone["ward/row 2#1"]).map(String::as_str), Some("ward/row 5#1"), "{gone:?} {back:?}");
    assert!(!back.contains_key(&gone["ward/row 3#1"]), "two say it: {back:?}");
}
