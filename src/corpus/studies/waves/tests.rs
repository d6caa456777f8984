use super::*;

fn crossed(people: &[&str], waves: &[&str], form: impl Fn(&str, &str) -> String) -> Vec<String> {
    people.iter().flat_map(|person| waves.iter().map(|wave| form(person, wave)).collect::<Vec<_>>()).collect()
}

fn who(ids: &[String]) -> Option<Vec<String>> {
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    let mut people = by_words(&ids).or_else(|| by_numbers(&ids))?.of;
    people.dedup();
    Some(people)
}

#[test]
fn words_for_waves_stand_behind_the_name() {
    let behind = |person: &str, wave: &str| format!("{person}_{wave}");
    for waves in [
        &["pre", "post"][..],
        &["Pre-test", "Post-test"],
        &["pre-interview", "post-interview"],
        &["baseline", "follow-up"],
        &["baseline", "followup_1", "followup_2"],
        &["M0", "M6", "M12"],
        &["baseline", "3 months", "12mo"],
        &["T0", "T1", "T2"],
        &["T1", "T2", "T3"],
        &["wave-1", "wave-2"],
        &["vorher", "nachher"],
        &["BL", "FU"],
        &["Erstinterview", "Zweitinterview"],
        &["Erstgespräch", "Zweitgespra\u{308}ch"],
        &["1er entretien", "2e entretien"],
        &["antes", "despues"],
        &["antes", "después"],
        &["före", "efter"],
        &["início", "fim"],
        &["term1", "term2"],
        &["first", "second"],
    ] {
        let ids = crossed(&["K07", "K08", "K11"], waves, behind);
        assert_eq!(who(&ids).unwrap(), ["K07", "K08", "K11"], "{waves:?}");
        let ids = crossed(&["207", "208", "311"], waves, |person, wave| format!("{person} {wave}"));
        assert_eq!(who(&ids).unwrap(), ["207", "208", "311"], "{waves:?}");
    }
    for waves in [
        &["session1", "session2"][..],
        &["day 1", "day 2"],
        &["interview_1", "interview_2"],
        &["partie1", "partie2"],
        &["Int1", "Int2"],
        &["gesprek1", "gesprek2"],
        &["wywiad 1", "wywiad 2"],
        &["2031", "2034"],
        &["rec 1", "rec 2"],
    ] {
        assert_eq!(who(&crossed(&["K07", "K08"], waves, behind)).unwrap(), ["K07", "K08"], "{waves:?}");
    }
    for waves in [&["v1", "v2"][..], &["V1", "V2", "V3"], &["i1", "i2"]] {
        let ids = crossed(&["P01", "P02", "P03"], waves, behind);
        assert_eq!(who(&ids).unwrap(), ["P01", "P02", "P03"], "{waves:?}");
        let ids = crossed(&["TN1", "TN2"], waves, |person, wave| format!("{person}.{wave}"));
        assert_eq!(who(&ids).unwrap().len(), 2, "{waves:?}");
    }
    let days: Vec<String> = (1..=14).map(|day| format!("day{day}")).collect();
    let days: Vec<&str> = days.iter().map(String::as_str).collect();
    assert_eq!(who(&crossed(&["P1", "P2", "P3"], &days, behind)).unwrap().len(), 3);
    // Some do not come again.
    let mut ids = crossed(&["ida", "jon", "kim"], &["pre", "post"], behind);
    ids.push("Lea_pre".to_owned());
    assert_eq!(who(&ids).unwrap().len(), 4);
    // As warnings ask for it; codes may be written in several ways.
    for (ids, n) in [
        (&["anna_T1", "anna_T2"][..], 1),
        (&["P1_T0", "P1_T1", "P1_T2"], 1),
        (&["anna_T1", "anna_T2", "ben_T1", "cleo_T1", "dora_T1"], 4),
        (&["P1_T1", "p01_T2", "P2_T1", "P2_T2"], 2),
    ] {
        assert_eq!(who(&ids.iter().map(|id| (*id).to_owned()).collect::<Vec<_>>()).unwrap().len(), n, "{ids:?}");
    }
}

#[test]
fn words_for_waves_stand_before_the_name() {
    let before = |person: &str, wave: &str| format!("{wave}_{person}");
    for waves in [&["round1", "round2"][..], &["wave 1", "wave 2"], &["pre", "post"], &["T1", "T2"]] {
        assert_eq!(who(&crossed(&["ida", "jon"], waves, before)).unwrap(), ["ida", "jon"], "{waves:?}");
    }
    assert_eq!(who(&crossed(&["ida", "jon", "kim"], &["interview1", "interview2"], before)).unwrap().len(), 3);
    assert_eq!(who(&crossed(&["P1", "P2"], &["round1", "round2"], before)).unwrap().len(), 2);
    // A letter, where the same names come throughout.
    let names = ["ida", "jon", "kim", "lea"];
    for waves in [["W1", "W2", "W3"], ["D1", "D2", "D3"], ["M1", "M2", "M3"]] {
        assert_eq!(who(&crossed(&names, &waves, |person, wave| format!("{wave}_{person}"))).unwrap().len(), 4);
    }
    let mut ids = crossed(&names, &["W1", "W2"], before);
    ids.push("W1_mia".to_owned());
    assert_eq!(who(&ids).unwrap().len(), 5, "some do not come again");
}

#[test]
fn what_several_people_may_be_of_is_no_wave() {
    let behind = |person: &str, wave: &str| format!("{person}_{wave}");
    let before = |person: &str, wave: &str| format!("{wave}_{person}");
    for ids in [
        crossed(&["S01", "S02", "S03"], &["M1", "M2"], behind),
        crossed(&["S01", "S02", "S03"], &["P1", "P2"], behind),
        crossed(&["ward1", "ward2"], &["pre", "post"], behind),
        crossed(&["nurse", "doctor"], &["pre", "post"], behind),
        crossed(&["FG1", "FG2"], &["pre", "post"], behind),
        crossed(&["couple1", "couple2"], &["husband", "wife"], behind),
        crossed(&["york", "leeds"], &["session1", "session2", "session3", "session4"], behind),
        crossed(&["york", "leeds"], &["day1", "day2"], behind),
        crossed(&["G1", "G2"], &["session1", "session2"], behind),
        crossed(&["school1", "school2"], &["day1", "day2"], behind),
        crossed(&["Standort 1", "Standort 2"], &["Interview 1", "Interview 2"], |of, n| format!("{of} {n}")),
        crossed(&["Hof 1", "Hof 2"], &["Gespräch 1", "Gespräch 2"], |of, n| format!("{of} {n}")),
        crossed(&["Umspannwerk 1", "Umspannwerk 2"], &["Interview 1", "Interview 2"], |of, n| format!("{of} {n}")),
        crossed(&["ida", "jon"], &["M1", "M2"], before),
        crossed(&["nurse", "doctor", "porter"], &["W1", "W2"], before),
        crossed(&["P1", "P2", "P3"], &["session1", "session2"], before),
        crossed(&["P1", "P2", "P3"], &["T1", "T2"], before),
        crossed(&["P1", "P2", "P3"], &["W1", "W2"], before),
        crossed(&["P1", "P2", "P3"], &["site1", "site2"], before),
        crossed(&["01", "02", "03"], &["pre", "post"], before),
        crossed(&["anna"], &["pre", "post"], behind),
        crossed(&["S01"], &["T1", "T2"], behind),
        crossed(&["anna"], &["T2", "T3"], behind),
        crossed(&["anna"], &["T1", "T2"], before),
        crossed(&["anna", "bert"], &["month6", "week1"], behind),
        crossed(&["anna", "bert", "cleo"], &["v1", "v2"], behind),
        crossed(&["anna", "bert", "cleo"], &["2031", "2032"], behind),
        crossed(&["ward1", "ward2"], &["2031", "2032"], behind),
        crossed(&["S01", "S02", "S03"], &["i1", "i2"], behind),
        crossed(&["G1", "G2"], &["v1", "v2"], behind),
        crossed(&["P1", "P2", "P3"], &["i1", "i2"], before),
        crossed(&["P01", "P02", "P03"], &["x1", "x2"], behind),
        crossed(&["P01", "P02", "P03"], &["2e", "3e"], behind),
        crossed(&["P01", "P02", "P03"], &["9e entretien", "10e entretien"], behind),
        crossed(&["P01", "P02", "P03"], &["1031", "1032"], behind),
        crossed(&["2023", "2024", "2025"], &["1", "2"], behind),
        crossed(&["12", "13", "14"], &["1", "2"], behind),
        crossed(&["101", "102"], &["1", "2"], behind),
        crossed(&["101", "102", "103"], &["001", "002"], behind),
        crossed(&["101", "102", "103"], &["2", "3"], behind),
    ] {
        assert_eq!(who(&ids), None, "{ids:?}");
    }
    let twice = ["ida_pre", "ida_pre", "jon_pre", "jon_post"].map(str::to_owned);
    assert_eq!(who(&twice), None);
    let first_only = ["ida_pre", "jon_pre", "kim_pre", "kim_post", "lea_pre"].map(str::to_owned);
    assert_eq!(who(&first_only), None);
}

#[test]
fn waves_have_names_of_their_own() {
    let waves = [
        "session 2",
        "Interview_1",
        "pre",
        "post-test",
        "T2",
        "week3",
        "2031-05-01",
        "20310501",
        "1.5.2031",
        "2031 05 01",
        "baseline",
    ];
    assert!(waves.into_iter().all(is_wave));
    let others = ["M1", "P2", "talk", "1", "2031", "2031-05", "20311301x", "99999999", "2031-45-01", "interview", ""];
    others.into_iter().for_each(|name| assert!(!is_wave(name), "{name}"));
    assert!(["P01", "K7", "ID 12", "Participant_3", "s2"].into_iter().all(is_code));
    for name in ["FG1", "ward 2", "W1", "anna", "12", "P01b", ""] {
        assert!(!is_code(name), "{name}");
    }
}

#[test]
fn numbers_of_people_have_numbers_of_waves_behind_them() {
    let ids = crossed(&["411", "412", "420"], &["1", "2"], |person, wave| format!("{person}-{wave}"));
    assert_eq!(who(&ids).unwrap(), ["411", "412", "420"]);
    assert_eq!(who(&ids[..5]).unwrap().len(), 3);
    assert_eq!(who(&ids[..4]), None, "of two people less is told");
}

#[test]
fn what_may_be_waves_is_told_where_it_does_not_hold_for_all() {
    let perhaps = |ids: &[&'static str]| super::super::parts::perhaps(ids, true);
    let ids = ["ida_pre", "ida_post", "jon_pre", "jon_post", "pilot"];
    assert_eq!(perhaps(&ids).map(|ids| ids.len()), Some(2));
    assert!(perhaps(&["411-1", "411-2", "412-1", "412-2"]).is_some());
    assert!(super::super::parts::perhaps(&["411-1", "411-2", "412-1", "412-2"], false).is_none());
    assert!(perhaps(&["K1_day1", "K1_day2", "K2_day1", "K2_day2", "pilot"]).is_some());
    for ids in [
        ["P01.1", "P01.2", "P02.1", "P02.2"],
        ["S01_i1", "S01_i2", "S02_i1", "S02_i2"],
        ["ida_v1", "ida_v2", "jon_v1", "jon_v2"],
        ["ida_2031", "ida_2034", "jon_2031", "jon_2034"],
        ["P01", "P01_2", "P02", "P02_2"],
        ["P01", "P01_v2", "P02", "P02_v2"],
    ] {
        assert_eq!(perhaps(&ids).as_deref(), Some(&ids[..2]), "{ids:?}");
    }
    for ids in [
        &["ida_pre", "jon_pre", "ida_post"][..],
        &["S01_M1", "S01_M2", "S02_M1", "S02_M2"],
        &["bees_interview_1", "bees_interview_2", "wasps_interview_1", "wasps_interview_2"],
        &["ward1_pre", "ward1_post", "ward2_pre", "ward2_post"],
        &["anna", "bert"],
        &["site.1", "site.2", "ward.1", "ward.2"],
        &["FGD-1", "FGD-2", "KII-1", "KII-2", "IDI-1", "IDI-2"],
        &["infirmiere_1", "infirmiere_2", "medico_1", "medico_2"],
        &["P01.7", "P01.8", "P02.7", "P02.8"],
        &["P01.1", "P02.1", "P03.2"],
        &["ida.1", "ida.2", "jon.1", "jon.2", "P1", "P2", "P3", "P4", "P5"],
    ] {
        assert_eq!(perhaps(ids), None, "{ids:?}");
    }
}

#[test]
fn a_number_in_roman_letters_is_that_of_a_wave() {
    for (id, found) in [("Ute II", ("Ute", 2)), ("Ute_I", ("Ute", 1)), ("Ute Maria-IV", ("Ute Maria", 4))] {
        assert_eq!(wave(id), Some(found), "{id}");
    }
    for id in ["Ute V", "Ute i", "UH II", "U II", "II", "Interview II", "Ute XI"] {
        assert_eq!(wave(id), None, "{id}");
    }
}

#[test]
fn a_number_at_the_end_of_a_name_is_a_doubt() {
    let perhaps = |ids: &[&'static str]| super::super::parts::perhaps(ids, true);
    for ids in [
        &["anna1", "anna2", "bert1", "bert2", "carla1", "carla2"][..],
        &["anna1", "anna2", "bert1", "bert2"],
        &["Anna1", "Anna2", "Bert1", "Bert2", "Carla1"],
    ] {
        assert_eq!(perhaps(ids).as_deref(), Some(&ids[..2]), "{ids:?}");
    }
    for ids in [
        &["ward1", "ward2", "clinic1", "clinic2"][..],
        &["nurse1", "nurse2", "doctor1", "doctor2", "porter1", "porter2"],
        &["anna1", "bert1", "carla1"],
        &["leeds1", "leeds2", "leeds3", "leeds4", "york1", "york2", "york3", "york4"],
        &["anna1", "anna2", "bert1", "bert2", "pilot"],
        &["FG1", "FG2", "KI1", "KI2", "SSI1", "SSI2"],
        &["resp1", "resp2", "subj1", "subj2"],
        &["anna2", "anna3", "bert2", "bert3"],
    ] {
        assert_eq!(perhaps(ids), None, "{ids:?}");
    }
    assert_eq!(super::super::parts::perhaps(&["anna1", "anna2", "bert1", "bert2"], false), None, "rows of a survey");
}
