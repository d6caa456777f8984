use super::*;

fn turn((speaker, text): (&str, &str)) -> RawTurn {
    let (speaker, span, text) = (speaker.into(), 0..text.len(), text.into());
    RawTurn { speaker, document: 0, span, line: 1, times: Vec::new(), text }
}

fn table(ids: &[&str]) -> (Vec<Named>, Vec<String>) {
    told(ids, |_| Vec::new())
}

fn told(ids: &[&str], said: impl Fn(&str) -> Vec<(&'static str, &'static str)>) -> (Vec<Named>, Vec<String>) {
    let found = Found::named(None, PathBuf::from("in/talks.csv"));
    let places = [Place::new(&found, true)];
    let of = |(document, id): (usize, &&str)| -> Vec<RawTurn> {
        said(id).into_iter().map(|said| RawTurn { document, ..turn(said) }).collect()
    };
    let turns: Vec<Vec<RawTurn>> = ids.iter().enumerate().map(of).collect();
    let names: Vec<Name> = ids.iter().map(|&id| id.into()).collect();
    let origin = |(id, turns)| Origin { given: None, study: None, person: None, id: Some(id), turns, file: 0 };
    let turns: Vec<&[RawTurn]> = turns.iter().map(Vec::as_slice).collect();
    let origins: Vec<Origin<'_>> = names.iter().zip(turns).map(origin).collect();
    let mut warnings = Vec::new();
    (name(&origins, &places, &mut warnings), warnings)
}

fn studies(ids: &[&str]) -> Vec<String> {
    let mut studies: Vec<String> = table(ids).0.into_iter().map(|named| named.study.to_string()).collect();
    studies.dedup();
    studies
}

fn numbered(prefixes: &[&str], numbers: std::ops::RangeInclusive<u32>) -> Vec<String> {
    let of = |prefix: &&str| numbers.clone().map(|n| format!("{prefix}_{n}")).collect::<Vec<_>>();
    prefixes.iter().flat_map(of).collect()
}

fn strs(ids: &[String]) -> Vec<&str> {
    ids.iter().map(String::as_str).collect()
}

#[test]
fn ids_may_name_their_study() {
    assert_eq!(id_prefix("ward_0007"), Some("ward"));
    assert_eq!(id_prefix("ward_7"), Some("ward"));
    assert_eq!(id_prefix("night_shift_07"), Some("night_shift"));
    for id in ["P_01", "dialog_01108", "ward-07", "0007", "ward_x7", "row 12", "ward_", "Bees talk - 2031_05_03"] {
        assert_eq!(id_prefix(id), None, "{id}");
    }
}

#[test]
fn numbers_need_no_zeros() {
    assert_eq!(studies(&strs(&numbered(&["ward"], 1..=12))), ["ward"]);
    assert_eq!(studies(&["ward_08", "ward_9", "ward_10"]), ["ward"]);
    assert_eq!(studies(&["Tom_1"]), ["talks"], "one id alone names nothing");
}

#[test]
fn few_prefixes_of_several_transcripts_are_studies() {
    assert_eq!(studies(&strs(&numbered(&["ward", "clinic"], 1..=3))), ["ward", "clinic"]);
    assert_eq!(studies(&strs(&numbered(&["north", "south", "east", "west"], 1..=9))).len(), 4);
    assert_eq!(studies(&["ward_1", "ward_2", "ward_3", "clinic_1", "clinic_2", "clinic_3", "pilot"]), ["talks"]);
    assert_eq!(studies(&["ward_1", "clinic_1"]), ["talks"]);
}

#[test]
fn many_prefixes_with_low_numbers_are_people_and_their_waves() {
    let ids = numbered(&["anna", "bert", "cleo", "dora", "emil"], 1..=2);
    let (named, warnings) = table(&strs(&ids));
    assert!(named.iter().all(|named| named.study == "talks"));
    assert_eq!(named[1].person.as_deref(), Some("anna"));
    assert!(warnings[0].contains("5 participants"), "{warnings:?}");
    let (named, _) = table(&["P01-T1", "P01-T2", "P02-T1", "P02-T2", "P03-T1"]);
    assert_eq!(named[4].person.as_deref(), Some("P03"));
}

#[test]
fn two_people_may_have_waves() {
    for ids in [
        &["anna_01", "anna_02", "ben_01"][..],
        &["nurse1_1", "nurse1_2", "nurse2_1"],
        &["P07-1", "P07-2", "P09-1"],
        &["anna_1", "anna_2", "ben_1", "ben_2"],
    ] {
        let (named, warnings) = table(ids);
        assert_eq!(named.iter().map(|named| named.person.as_deref()).collect::<BTreeSet<_>>().len(), 2, "{ids:?}");
        assert!(named.iter().all(|named| named.study == "talks" && named.person.is_some()), "{ids:?}");
        assert!(warnings[0].contains("2 participants"), "{warnings:?}");
    }
    for ids in [&["anna_01", "ben_01"][..], &["anna_02", "anna_03", "ben_01"], &["anna_01", "anna_02"]] {
        assert!(table(ids).0.iter().all(|named| named.person.is_none()), "{ids:?}");
    }
}

#[test]
fn people_in_places_are_no_waves() {
    for ids in [
        vec!["icu_1".to_owned(), "er_1".to_owned()],
        numbered(&["icu", "er", "ot"], 1..=2),
        vec!["icu_1".to_owned(), "icu_2".to_owned(), "er_1".to_owned()],
        numbered(&["nurse", "doctor"], 1..=2),
        numbered(&["night_nurses", "day_nurses", "porters"], 1..=2),
        numbered(&["Krankenschwester", "Arzt", "Pflegerinnen"], 1..=2),
        numbered(&["north", "south"], 1..=2),
        numbered(&["ward1", "ward2", "ward3", "ward4"], 1..=2),
        numbered(&["anna", "bert", "cleo"], 7..=8),
        vec!["P01".to_owned(), "P02".to_owned(), "P03".to_owned()],
        vec!["talk-1".to_owned(), "talk-2".to_owned(), "talk-3".to_owned()],
    ] {
        assert!(table(&strs(&ids)).0.iter().all(|named| named.person.is_none()), "{ids:?}");
    }
}

#[test]
fn labels_tell_people_from_studies() {
    let ids = numbered(&["anna", "bert"], 1..=3);
    let ids = strs(&ids);
    assert!(table(&ids).0.iter().all(|named| named.person.is_none() && named.study != "talks"));
    let who = |id: &str| if id.starts_with("anna") { "Anna" } else { "BERT" };
    let (named, _) = told(&ids, |id| vec![("Tom", "Why?"), (who(id), "Because.")]);
    assert!(named.iter().all(|named| named.person.is_some() && named.study == "talks"));
    // Called after who asks.
    let (named, _) = told(&ids, |id| vec![(who(id), "Why?"), ("P1", "Because.")]);
    assert!(named.iter().all(|named| named.person.is_none()));
}

fn files(paths: &[&str]) -> Vec<(String, String)> {
    said_in(paths, &[]).0.into_iter().map(|named| (named.study.to_string(), named.id.to_string())).collect()
}

/// With who speaks in all of them.
fn said_in(paths: &[&str], speakers: &[&str]) -> (Vec<Named>, Vec<String>) {
    let root = Some(PathBuf::from("in"));
    let found = |path: &&str| Found { root: root.clone(), ..Found::named(None, PathBuf::from(path)) };
    let places: Vec<Place> = paths.iter().map(|path| Place::new(&found(path), false)).collect();
    let turns: Vec<RawTurn> = speakers.iter().map(|speaker| turn((speaker, "Yes."))).collect();
    let origin = |file| Origin { given: None, study: None, person: None, id: None, turns: &turns, file };
    let origins: Vec<Origin> = (0..paths.len()).map(origin).collect();
    let mut warnings = Vec::new();
    (name(&origins, &places, &mut warnings), warnings)
}

fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|&(study, id)| (study.to_owned(), id.to_owned())).collect()
}

#[test]
fn folders_of_one_interview_are_one_study() {
    assert_eq!(files(&["in/ada/talk.vtt", "in/ben/talk.vtt"]), pairs(&[("in", "ada"), ("in", "ben")]));
    assert_eq!(files(&["in/x/ada.vtt", "in/y/ben.vtt"]), pairs(&[("in", "ada"), ("in", "ben")]));
    let two = files(&["in/ward/P1.txt", "in/ward/P2.txt", "in/clinic/P1.txt", "in/clinic/P2.txt"]);
    assert_eq!(two, pairs(&[("ward", "P1"), ("ward", "P2"), ("clinic", "P1"), ("clinic", "P2")]));
    assert_eq!(files(&["in/ada/talk.vtt"]), pairs(&[("ada", "talk")]));
}

#[test]
fn folders_of_people_hold_their_waves() {
    let of = |paths: &[&str], speakers: &[&str]| {
        let (named, warnings) = said_in(paths, speakers);
        let told = |n: &Named| format!("{}/{} {}", n.study, n.id, n.person.as_deref().unwrap_or("-"));
        (named.iter().map(told).collect::<Vec<_>>(), warnings)
    };
    let waves =
        ["in/K1/2031-05-01/t.txt", "in/K1/2031-06-01/t.txt", "in/K2/2031-05-02/t.txt", "in/K2/2031-06-03/t.txt"];
    let (named, warnings) = of(&waves, &["Tom", "Guest"]);
    assert_eq!(named[..2], ["in/K1_2031-05-01 K1", "in/K1_2031-06-01 K1"]);
    assert!(named[3].ends_with(" K2") && warnings[0].contains("taken for 2 participants"), "{warnings:?}");
    let (named, _) =
        of(&["in/s/K1/K1_pre.docx", "in/s/K1/K1_post.docx", "in/s/K2/K2_pre.docx", "in/s/K2/K2_post.docx"], &[]);
    assert_eq!(named[..2], ["s/K1_pre K1", "s/K1_post K1"]);
    // A name may be a town's, unless somebody is called so.
    let ada = ["in/ada/session 1.txt", "in/ada/session 2.txt", "in/ida/session 1.txt", "in/ida/session 2.txt"];
    let (named, warnings) = of(&ada, &["Tom", "Guest"]);
    assert_eq!(named[0], "ada/session 1 -");
    assert!(warnings[0].contains("folders such as `ada`, `ida` were taken for studies"), "{warnings:?}");
    for paths in [
        ["in/K1/P1.txt", "in/K1/P2.txt", "in/K2/P1.txt", "in/K2/P2.txt"],
        ["in/ward1/pre.txt", "in/ward1/post.txt", "in/ward2/pre.txt", "in/ward2/post.txt"],
    ] {
        let (named, warnings) = of(&paths, &["Tom", "Guest"]);
        assert!(named.iter().all(|named| named.ends_with(" -")) && warnings.is_empty(), "{named:?} {warnings:?}");
    }
    for paths in [
        ["in/K1/pre.txt", "in/K1/post.txt", "in/K2/pre.txt", "in/K2/notes.txt"],
        ["in/K1/pre.txt", "in/K1/post.txt", "in/K2/pre.txt", "in/other/ida.txt"],
    ] {
        let (named, warnings) = of(&paths, &["Tom", "Guest"]);
        assert!(named.iter().all(|named| named.ends_with(" -")), "{named:?}");
        assert!(warnings.len() == 1 && warnings[0].contains("`pre`, `post` say when and not who"), "{warnings:?}");
    }
}

#[test]
fn folders_between_count_where_files_are_called_the_same() {
    assert_eq!(
        files(&["in/K1/2031-05-01/talk.txt", "in/K2/2031-05-02/talk.txt"]),
        pairs(&[("in", "K1"), ("in", "K2")])
    );
    assert_eq!(
        files(&["in/spring/K1/audio/talk.txt", "in/spring/K2/audio/talk.txt"]),
        pairs(&[("spring", "K1"), ("spring", "K2")])
    );
    assert_eq!(
        files(&["in/2031-05-01/ada/talk.txt", "in/2031-05-02/ben/talk.txt"]),
        pairs(&[("in", "ada"), ("in", "ben")])
    );
    assert_eq!(files(&["in/K1/talk.txt", "in/K2/audio/talk.txt"]), pairs(&[("in", "K1"), ("in", "K2")]));
    assert_eq!(
        files(&["in/K1/audio/ada.txt", "in/K2/audio/ben.txt", "in/K3/audio/cleo.txt"]),
        pairs(&[("in", "ada"), ("in", "ben"), ("in", "cleo")])
    );
    // Where others hold more, all are called after the folder that they lie in.
    let (named, warnings) =
        told_of(&["in/K1/audio/ada.txt", "in/K2/audio/ben.txt", "in/K3/audio/cleo.txt", "in/K3/audio/dora.txt"]);
    assert!(named.iter().all(|named| named.starts_with("audio/")) && warnings.is_empty(), "{named:?} {warnings:?}");
    // What is called differently is of the folder that it lies in.
    assert_eq!(files(&["in/ward/day/ada.txt", "in/clinic/night/ben.txt"]), pairs(&[("day", "ada"), ("night", "ben")]));
    let two = files(&["in/york/ada/t.txt", "in/york/ben/t.txt", "in/hull/ida/t.txt", "in/hull/jon/t.txt"]);
    assert_eq!(two, pairs(&[("york", "ada"), ("york", "ben"), ("hull", "ida"), ("hull", "jon")]));
}

#[test]
fn a_chat_beside_an_interview_is_of_the_same_person() {
    let paths = ["in/ada/talk.vtt", "in/ada/chat.txt", "in/ben/talk.vtt", "in/ben/chat.txt"];
    let (named, warnings) = said_in(&paths, &["Host", "Guest"]);
    let told = |named: &Named| (named.study.to_string(), named.id.to_string(), named.person.clone());
    assert_eq!(told(&named[0]), ("in".to_owned(), "ada".to_owned(), None));
    assert_eq!(told(&named[1]), ("in".to_owned(), "ada chat".to_owned(), Some("ada".to_owned())));
    assert!(warnings.len() == 2 && warnings[0].contains("one participant"), "{warnings:?}");
    // In a group who writes is called after the group.
    let (named, warnings) = said_in(&paths, &["Host", "Guest", "Friend"]);
    assert_eq!(told(&named[3]), ("in".to_owned(), "ben chat".to_owned(), None));
    assert!(warnings[0].contains("leave it out"), "{warnings:?}");
    let (named, warnings) = said_in(&["in/talk.vtt", "in/other.vtt", "in/chat.txt"], &["Host", "Guest"]);
    assert!(named[2].person.is_none() && warnings.is_empty(), "{warnings:?}");
}

#[test]
fn words_for_waves_tell_people() {
    let (named, warnings) = table(&["K1_pre", "K1_post", "K2_pre", "K2_post"]);
    assert_eq!(named[3].person.as_deref(), Some("K2"));
    assert!(warnings[0].contains("such as `K1_pre`, `K1_post` were taken for 2 participants"), "{warnings:?}");
    let who = |ids: &[&str]| told(ids, |_| vec![("Tom", "Why?"), ("P", "Because.")]);
    assert!(who(&["411-1", "411-2", "412-1", "412-2", "413-1"]).0.iter().all(|named| named.person.is_some()));
    // Rows of a survey: a household's people have such numbers.
    assert!(table(&["411-1", "411-2", "412-1", "412-2", "413-1"]).0.iter().all(|named| named.person.is_none()));
    let (named, _) = table(&strs(&numbered(&["K1_wave", "K2_wave"], 1..=3)));
    assert!(named.iter().all(|named| named.study == "talks" && named.person.is_some()));
}

#[test]
fn visits_years_and_continuations_are_one_persons_in_tables_too() {
    for (ids, n) in [
        (["P01_v1", "P01_v2", "P02_v1", "P02_v2"], 2),
        (["P01_i1", "P01_i2", "P02_i1", "P02_i2"], 2),
        (["K01_2031", "K01_2034", "K02_2031", "K02_2034"], 2),
        (["ida-pre", "ida-post", "jon-pre", "jon-post"], 2),
    ] {
        let (named, warnings) = table(&ids);
        assert_eq!(named.iter().filter_map(|named| named.person.as_deref()).collect::<BTreeSet<_>>().len(), n);
        assert!(warnings.len() == 1 && warnings[0].contains("2 participants"), "{warnings:?}");
    }
    let talks = |ids: &[&str]| told(ids, |_| vec![("Tom", "Why?"), ("P", "Because.")]);
    let (named, warnings) = talks(&["P01", "P01_continued", "P02"]);
    assert!(named[1].person.as_deref() == Some("P01") && warnings[0].contains("1 participant"), "{warnings:?}");
}

#[test]
fn what_may_count_people_or_waves_warns_with_ids() {
    for ids in [
        ["P01.1", "P01.2", "P02.1", "P02.2"],
        ["S01_i1", "S01_i2", "S02_i1", "S02_i2"],
        ["ida_2031", "ida_2034", "jon_2031", "jon_2034"],
        ["P01", "P01_2", "P02", "P02_2"],
    ] {
        let (named, warnings) = table(&ids);
        assert!(named.iter().all(|named| named.person.is_none()), "{ids:?}");
        let told = format!("ids such as `{}`, `{}` may be one person's", ids[0], ids[1]);
        assert!(warnings.len() == 1 && warnings[0].contains(&told), "{warnings:?}");
    }
    for ids in [["P01.1", "P02.1", "P03.1", "P04.1"], ["P01", "P02", "P03", "P04"], ["1.1", "1.2", "2.1", "2.2"]] {
        assert_eq!(table(&ids).1, [] as [String; 0], "{ids:?}");
    }
}

#[test]
fn studies_that_differ_by_capitals_or_accents_alone_are_one_and_told() {
    for (ids, study) in [
        (["leeds_1", "leeds_2", "Leeds_3", "leeds_4"], "leeds"),
        (["Köln_01", "Koeln_02", "Köln_03", "Köln_04"], "Köln"),
    ] {
        let (named, warnings) = table(&ids);
        assert!(named.iter().all(|named| named.study == study), "{named:?}");
        assert!(warnings.len() == 1 && warnings[0].contains("were taken for one"), "{warnings:?}");
    }
    let (named, warnings) = table(&strs(&numbered(&["leeds", "Hull", "hull"], 1..=3)));
    assert_eq!(named.iter().map(|named| named.study.as_str()).collect::<BTreeSet<_>>(), ["Hull", "leeds"].into());
    assert!(warnings.iter().any(|told| told.contains("studies such as `Hull`, `hull`")), "{warnings:?}");
    assert_eq!(table(&["leeds_1", "leeds_2", "leeds_3"]).1, [] as [String; 0]);
    // In different places they stay two.
    let (named, warnings) = told_of(&["in/Leeds/P1.txt", "in/Leeds/P2.txt", "in/leeds/P3.txt", "in/leeds/P4.txt"]);
    assert_eq!(named[2], "leeds/P3 -");
    assert!(warnings.len() == 1 && warnings[0].contains("count as different ones"), "{warnings:?}");
    let places = [Place::new(&Found::named(None, PathBuf::from("in/talks.csv")), true)];
    let written = |names: [&str; 3], given: Option<&String>| {
        let (ids, names) = (["P1", "P2", "P3"].map(Name::from), names.map(Name::from));
        let origin =
            |(id, study)| Origin { given, study: Some(study), person: None, id: Some(id), turns: &[], file: 0 };
        let origins: Vec<Origin<'_>> = ids.iter().zip(&names).map(origin).collect();
        let mut warnings = Vec::new();
        let named = name(&origins, &places, &mut warnings);
        (named.into_iter().map(|named| named.study.to_string()).collect::<BTreeSet<_>>(), warnings.len())
    };
    assert_eq!(written(["Leeds", "leeds", "Leeds"], None), (["Leeds".to_owned()].into(), 1), "a column");
    assert_eq!(written(["Leeds", "York", "Leeds"], None).1, 0);
    let given = "all".to_owned();
    assert_eq!(written(["Leeds", "leeds", "Leeds"], Some(&given)), ([given.clone()].into(), 0));
}

#[test]
fn people_with_the_same_words_are_doubted_and_counted_apart() {
    let crossed = |words: [&str; 2]| {
        ["Anna", "Bert", "Clara", "Dirk"].map(|who| words.map(|word| format!("{who}_{word}"))).concat()
    };
    let (named, warnings) = table(&strs(&crossed(["lockdown", "later"])));
    assert!(named.iter().all(|named| named.person.is_none()), "{named:?}");
    assert!(warnings.len() == 1 && warnings[0].contains("`Anna_lockdown`, `Anna_later` may be"), "{warnings:?}");
    // Known words, and what others say of the same ids.
    for words in [["Erstgespräch", "Zweitgespräch"], ["antes", "despues"], ["entretien1", "entretien2"]] {
        let (named, warnings) = table(&strs(&crossed(words)));
        assert!(named.iter().all(|named| named.person.is_some()) && warnings.len() == 1, "{warnings:?}");
    }
    assert_eq!(table(&strs(&crossed(["final", "raw"]))).1.len(), 1);
    assert_eq!(table(&strs(&crossed(["M", "J"]))).1, [] as [String; 0]);
    assert!(table(&["Leeds_nurse", "Leeds_cook", "York_nurse", "York_cook"]).1.is_empty());
}

#[test]
fn files_may_name_their_study() {
    assert_eq!(files(&["in/ward_01.txt", "in/ward_02.txt"])[0].0, "ward");
    assert_eq!(files(&["in/ward_1.txt", "in/anna.txt"])[0].0, "in");
    assert_eq!(files(&["in/ward_01.txt"])[0].0, "in");
}

/// Each as `study/id person`, with the warnings.
fn told_of(paths: &[&str]) -> (Vec<String>, Vec<String>) {
    let (named, warnings) = said_in(paths, &["Tom", "Guest"]);
    let told = |n: &Named| format!("{}/{} {}", n.study, n.id, n.person.as_deref().unwrap_or("-"));
    (named.iter().map(told).collect(), warnings)
}

#[test]
fn folders_of_waves_hold_the_same_people() {
    for (waves, files) in [
        (["Week 1", "Week 2"], ["anna", "bert"]),
        (["Wave1", "Wave2"], ["K01", "K02"]),
        (["Baseline", "Follow-up"], ["K01", "K02"]),
        (["T1", "T2"], ["K01", "K02"]),
        (["Pre", "Post"], ["K01", "K02"]),
        (["2031", "2032"], ["K01", "K02"]),
        (["Erhebung 1", "Erhebung 2"], ["Anna", "Bert"]),
        (["Session 1", "Session 2"], ["anna", "bert"]),
        (["Vorher", "Nachher"], ["01", "02"]),
        (["Round 1 (2031)", "Round 2 (2032)"], ["K01", "K02"]),
        (["Wave 1 - spring", "Wave 2 - autumn"], ["Anna", "Bert"]),
    ] {
        let paths: Vec<String> =
            waves.iter().flat_map(|wave| files.map(|file| format!("in/{wave}/{file}.txt"))).collect();
        let (named, warnings) = told_of(&strs(&paths));
        let person = files[1];
        let wave = waves::wave_alone(waves[1]);
        assert_eq!(named[3], format!("in/{person}_{wave} {person}"), "{waves:?}");
        assert!(warnings.len() == 1 && warnings[0].contains("taken for 2 participants"), "{warnings:?}");
    }
    let own = ["in/Baseline/K1_baseline.txt", "in/Baseline/K2_baseline.txt", "in/Followup/K1_followup.txt"];
    let (named, _) = told_of(&[own.as_slice(), &["in/Followup/K2_followup.txt"]].concat());
    assert_eq!(named[0], "in/K1_Baseline K1");
    let (named, _) = told_of(&["in/T1/K01T1.txt", "in/T1/K02T1.txt", "in/T2/K01T2.txt", "in/T2/K02T2.txt"]);
    assert_eq!(named[3], "in/K02_T2 K02");
    let rounds = ["in/Round 1 (2031)/ida_R1.txt", "in/Round 1 (2031)/jon_R1.txt", "in/Round 2 (2032)/ida_R2.txt"];
    let (named, _) = told_of(&[rounds.as_slice(), &["in/Round 2 (2032)/jon_R2.txt"]].concat());
    assert_eq!(named[0], "in/ida_Round 1 ida");
    // Each in a folder of their own, or in two formats.
    let (named, _) = told_of(&["in/T1/ida/t.vtt", "in/T1/jon/t.vtt", "in/T2/ida/t.vtt", "in/T2/jon/t.vtt"]);
    assert_eq!(named[2], "in/ida_T2 ida");
    let (named, _) = told_of(&["in/T1/K1.txt", "in/T1/K1.vtt", "in/T1/K2.txt", "in/T2/K1.txt", "in/T2/K2.txt"]);
    assert_eq!(named[..2], ["in/K1_T1 K1", "in/K1_T1 K1"]);
}

#[test]
fn folders_that_may_hold_other_people_are_studies() {
    let crossed = |folders: [&str; 2], files: [&str; 2]| -> Vec<String> {
        folders.iter().flat_map(|folder| files.map(|file| format!("in/{folder}/{file}.txt"))).collect()
    };
    for (folders, files) in [
        (["Leeds", "York"], ["K01", "K02"]),
        (["Nurses", "Doctors"], ["01", "02"]),
        (["A", "B"], ["anna", "bert"]),
        (["Leeds (2031)", "York (2032)"], ["K01", "K02"]),
        (["Wave 1 - Leeds", "Wave 1 - York"], ["K01", "K02"]),
    ] {
        let (named, warnings) = told_of(&strs(&crossed(folders, files)));
        assert_eq!(named[0], format!("{}/{} -", folders[0], files[0]));
        assert!(warnings.is_empty(), "{warnings:?}");
    }
    // Codes may be given anew on another day, and numbers behind `interview` always are.
    for (folders, files) in [
        (["Session 1", "Session 2"], ["K01", "K02"]),
        (["2031-05-01", "2031-05-02"], ["K01", "K02"]),
        (["Phase 1", "Phase 2"], ["K01", "K02"]),
        (["Wave 1", "Wave 2"], ["interview_1", "interview_2"]),
        (["Pre", "Post"], ["FG1", "FG2"]),
    ] {
        let (named, warnings) = told_of(&strs(&crossed(folders, files)));
        assert_eq!(named[0], format!("{}/{} -", folders[0], files[0]));
        assert!(warnings.len() == 1 && warnings[0].contains("were taken for studies, but both hold"), "{warnings:?}");
    }
    let different = told_of(&["in/Wave 1/K01.txt", "in/Wave 1/K02.txt", "in/Wave 2/K03.txt", "in/Wave 2/K04.txt"]);
    assert!(different.0[0] == "Wave 1/K01 -" && different.1.is_empty(), "{different:?}");
    let (named, warnings) =
        told_of(&["in/T1/K1.txt", "in/T1/K2.txt", "in/T2/K1.txt", "in/T2/K2.txt", "in/pilot/ida.txt"]);
    assert!(named[0] == "T1/K1 -" && warnings[0].contains("`T1`, `T2`"), "{named:?} {warnings:?}");
}

#[test]
fn what_a_person_gave_lies_in_their_folder() {
    let (named, warnings) =
        told_of(&["in/K1/interview.txt", "in/K1/diary.txt", "in/K2/interview.txt", "in/K2/diary.txt"]);
    assert_eq!(named[..2], ["in/K1_interview K1", "in/K1_diary K1"]);
    assert!(warnings[0].contains("taken for 2 participants"), "{warnings:?}");
    // A school with its people, and a town.
    let (named, warnings) = told_of(&["in/S1/teacher.txt", "in/S1/pupil.txt", "in/S2/teacher.txt", "in/S2/pupil.txt"]);
    assert!(named[0] == "S1/teacher -" && warnings.is_empty(), "{named:?} {warnings:?}");
    let (named, warnings) =
        told_of(&["in/York/interview.txt", "in/York/diary.txt", "in/Hull/interview.txt", "in/Hull/diary.txt"]);
    assert!(named[0] == "York/interview -" && warnings[0].contains("folders such as"), "{named:?} {warnings:?}");
    let (named, warnings) = told_of(&["in/K1/interview.txt", "in/K1/diary.txt", "in/K2/interview.txt"]);
    assert!(named[0] == "K1/interview -" && warnings.len() == 1, "{named:?} {warnings:?}");
}

#[test]
fn a_talk_in_several_formats_is_one_interview() {
    let (named, warnings) = told_of(&["in/K1/t.txt", "in/K1/t.vtt", "in/K2/t.txt", "in/K2/t.vtt"]);
    assert_eq!(named, ["in/K1 -", "in/K1 -", "in/K2 -", "in/K2 -"]);
    assert!(warnings.is_empty(), "{warnings:?}");
    let (named, _) = told_of(&["in/K1/a.txt", "in/K1/b.txt", "in/K2/a.txt", "in/K2/b.txt"]);
    assert_eq!(named[0], "K1/a -");
}

#[test]
fn parts_in_one_of_several_folders_are_one_persons() {
    let names = [["talk", "talk", "talk_part2"], ["part1", "part1", "part2"], ["talk", "talk_part1", "talk_part2"]];
    for [one, first, second] in names {
        let paths = [("ada", one), ("ben", one), ("emil", first), ("emil", second)];
        let paths = paths.map(|(folder, file)| format!("in/zoom/{folder}/{file}.txt"));
        let (named, warnings) = told_of(&strs(&paths));
        let expected = ["zoom/ada -", "zoom/ben -", "zoom/emil emil", &format!("zoom/emil_{second} emil")];
        assert_eq!(named, expected);
        assert!(warnings.len() == 1 && warnings[0].contains("first part of an interview"), "{warnings:?}");
    }
}

#[test]
fn a_folder_of_several_talks_is_doubted_beside_folders_of_one() {
    for (one, files) in [("gmt20310502", ["gmt20310502", "gmt20310509"]), ("talk", ["talk", "talk_2"])] {
        let paths = [("ada", one), ("ben", one), ("emil", files[0]), ("emil", files[1])];
        let paths = paths.map(|(folder, file)| format!("in/zoom/{folder}/{file}.vtt"));
        let (named, warnings) = told_of(&strs(&paths));
        assert_eq!(named[2], format!("emil/{} -", files[0]));
        let told = warnings.iter().filter(|warning| warning.contains("folder `emil` holds 2 talks")).count();
        assert_eq!(told, 1, "{warnings:?}");
    }
    // A ward has several people, and so has a folder whose files are called otherwise.
    for paths in [
        ["in/z/ada/talk.txt", "in/z/ben/talk.txt", "in/z/ward/talk.txt", "in/z/ward/talk_2.txt"],
        ["in/z/ada/talk.txt", "in/z/ben/talk.txt", "in/z/pilot/ida.txt", "in/z/pilot/jon.txt"],
    ] {
        let (_, warnings) = told_of(&paths);
        assert!(!warnings.iter().any(|warning| warning.contains("holds 2 talks")), "{warnings:?}");
    }
}

#[test]
fn parts_and_days_of_interviews_are_one_persons() {
    let (named, warnings) = told_of(&["in/K1 part 1.txt", "in/K1 part 2.txt", "in/K2.txt", "in/K3.txt"]);
    assert_eq!(named[1..3], ["in/K1 part 2 K1", "in/K2 K2"]);
    assert!(
        warnings[0].contains("2 ids such as `K1 part 1`, `K1 part 2` were taken for 1 participant"),
        "{warnings:?}"
    );
    let days = ["in/Ida 2031-05-01.txt", "in/Ida 2031-11-01.txt", "in/Jon 2031-05-02.txt", "in/Jon 2031-11-02.txt"];
    assert_eq!(told_of(&days).0[0], "in/Ida 2031-05-01 Ida");
    // A letter may be a couple's.
    let (named, warnings) = told_of(&["in/K01a.txt", "in/K01b.txt", "in/K02a.txt", "in/K02b.txt"]);
    assert!(named[0] == "in/K01a -" && warnings[0].contains("`K01a`, `K01b` may be one person's"), "{warnings:?}");
    let ids = table(&["K1 part 1", "K1 part 2", "K2", "K3"]).0;
    assert!(ids.iter().all(|named| named.person.is_none()), "rows may be parts of a survey");
}

/// Files with what is said in each.
fn files_that_say(files: &[(&str, &'static str)]) -> (Vec<String>, Vec<String>) {
    let root = Some(PathBuf::from("in"));
    let found = |path: &str| Found { root: root.clone(), ..Found::named(None, PathBuf::from(path)) };
    let places: Vec<Place> = files.iter().map(|(path, _)| Place::new(&found(path), false)).collect();
    let turns: Vec<[RawTurn; 2]> = files.iter().map(|(_, said)| [turn(("Tom", "Why?")), turn(("P", said))]).collect();
    let origin = |(file, turns)| {
        let turns: &[RawTurn; 2] = turns;
        Origin { given: None, study: None, person: None, id: None, turns, file }
    };
    let origins: Vec<Origin> = turns.iter().enumerate().map(origin).collect();
    let mut warnings = Vec::new();
    let named = name(&origins, &places, &mut warnings);
    let told = |n: &Named| format!("{}/{} {}", n.study, n.id, n.person.as_deref().unwrap_or("-"));
    (named.iter().map(told).collect(), warnings)
}

#[test]
fn versions_of_a_talk_are_one_participants() {
    const GARDEN: &str = "They stand at the end of the garden behind the shed and the cat sleeps on the roof of it.";
    const EDITED: &str = "They stand at the end of the garden behind the shed and the dog sleeps on the roof of it.";
    const OTHER: &str = "I inherited them with the barn and for two years I did not dare to open a single one.";
    let (named, warnings) = files_that_say(&[("in/K1.txt", GARDEN), ("in/K1_final.txt", EDITED), ("in/K2.txt", OTHER)]);
    assert_eq!(named, ["in/K1 -", "in/K1_final K1", "in/K2 -"]);
    assert!(warnings.len() == 1 && warnings[0].contains("counts twice; leave one out"), "{warnings:?}");
    let (named, warnings) = files_that_say(&[
        ("in/ida/talk_raw.txt", GARDEN),
        ("in/ida/talk_clean.txt", EDITED),
        ("in/jon/talk_raw.txt", OTHER),
        ("in/jon/talk_clean.txt", OTHER),
    ]);
    assert_eq!(named[..3], ["in/ida_talk_raw ida", "in/ida_talk_clean ida", "in/jon_talk_raw jon"]);
    assert_eq!(warnings.len(), 2, "{warnings:?}");
    // Another talk is no version, whatever it is called, nor is the same talk called like another.
    for (first, second, told) in [
        ("in/K1_first.txt", "in/K1_final.txt", "may be one person's"),
        ("in/K1.txt", "in/K1_v2.txt", "called as versions of one talk are, but say different things"),
        ("in/K1_final.txt", "in/K1_final2.txt", "called as versions"),
    ] {
        let (named, warnings) = files_that_say(&[(first, GARDEN), (second, OTHER)]);
        assert!(named.iter().all(|named| named.ends_with('-')), "{named:?}");
        assert!(warnings.len() == 1 && warnings[0].contains(told), "{warnings:?}");
    }
    // The same talk in two formats; what says exactly the same is left out, and what says something else stays.
    let (named, warnings) = files_that_say(&[("in/K1.docx", GARDEN), ("in/K1.vtt", EDITED), ("in/K2.txt", OTHER)]);
    assert_eq!(named, ["in/K1 -", "in/K1 K1", "in/K2 -"]);
    assert!(warnings.len() == 1 && warnings[0].contains("counts twice"), "{warnings:?}");
    for other in [GARDEN, OTHER] {
        let (named, _) = files_that_say(&[("in/K1.docx", GARDEN), ("in/K1.vtt", other)]);
        assert_eq!(named, ["in/K1 -", "in/K1 -"]);
    }
    // Of three that are called alike two are one talk.
    let (named, warnings) =
        files_that_say(&[("in/K1_v1.txt", OTHER), ("in/K1_v2.txt", GARDEN), ("in/K1_v3.txt", EDITED)]);
    assert_eq!(named, ["in/K1_v1 -", "in/K1_v2 -", "in/K1_v3 K1_v2"]);
    assert!(warnings.len() == 2, "{warnings:?}");
    let (named, _) = files_that_say(&[("in/K1_rev.txt", GARDEN), ("in/K1_corrected.txt", EDITED)]);
    assert_eq!(named, ["in/K1_rev K1", "in/K1_corrected K1"]);
    let (named, warnings) = files_that_say(&[("in/K1.txt", GARDEN), ("in/k01.txt", EDITED), ("in/K2.txt", OTHER)]);
    assert_eq!(named[..2], ["in/K1 -", "in/k01 K1"]);
    assert!(warnings.len() == 1 && warnings[0].contains("counts twice"), "{warnings:?}");
    let (named, warnings) = files_that_say(&[("in/ida.txt", GARDEN), ("in/jon.txt", EDITED)]);
    assert!(named.iter().all(|named| named.ends_with('-')) && warnings.is_empty(), "{named:?} {warnings:?}");
}

#[test]
fn folders_of_versions_of_the_same_talks_are_told() {
    const GARDEN: &str = "They stand at the end of the garden behind the shed and the cat sleeps on the roof of it.";
    const EDITED: &str = "They stand at the end of the garden behind the shed and the dog sleeps on the roof of it.";
    const OTHER: &str = "I inherited them with the barn and for two years I did not dare to open a single one.";
    let told = |files: [(&str, &'static str); 2]| -> Vec<String> {
        let mut warnings = files_that_say(&files).1;
        warnings.retain(|warning| warning.contains("and what is said in both does"));
        warnings
    };
    for [first, second] in [
        ["in/raw/ida.txt", "in/clean/ida.txt"],
        ["in/ida/raw/talk.txt", "in/ida/clean/talk.txt"],
        ["in/ida/v1/talk.txt", "in/ida/v2/talk.txt"],
        ["in/Transcripts_original/ida.txt", "in/Transcripts_anonym/ida.txt"],
        ["in/backup/ida/talk.txt", "in/ida/talk.txt"],
        ["in/ida/talk.txt", "in/ida/old/talk.txt"],
        ["in/Rohfassung/ida_roh.txt", "in/bereinigt/ida.txt"],
    ] {
        assert_eq!(told([(first, GARDEN), (second, EDITED)]).len(), 1, "{first} {second}");
        assert!(told([(first, GARDEN), (second, OTHER)]).is_empty(), "another talk: {first} {second}");
    }
    for [first, second] in [
        ["in/leeds/ida.txt", "in/york/ida.txt"],
        ["in/raw/ida.txt", "in/clean/jon.txt"],
        ["in/raw/ida.txt", "in/raw/ida.vtt"],
    ] {
        assert!(told([(first, GARDEN), (second, EDITED)]).is_empty(), "{first} {second}");
    }
}

#[test]
fn people_who_come_again_in_a_month_or_a_season_are_one_or_told() {
    let crossed = |people: [&str; 2], when: [&str; 2]| -> Vec<String> {
        people.iter().flat_map(|person| when.map(|when| format!("in/{person}_{when}.txt"))).collect()
    };
    for when in [["March", "June"], ["spring", "autumn"], ["März", "Juni"], ["mars", "juin"], ["marzo", "junio"]] {
        let (named, warnings) = told_of(&strs(&crossed(["Anna", "Ben"], when)));
        assert!(named[1].ends_with(" Anna") && named[3].ends_with(" Ben"), "{named:?}");
        assert!(warnings.len() == 1 && warnings[0].contains("taken for 2 participants"), "{warnings:?}");
        let (named, warnings) = told_of(&strs(&crossed(["Anna", "Ben"], when)[..3]));
        assert!(named.iter().all(|named| named.ends_with(" -")), "{named:?}");
        assert!(warnings.len() == 1 && warnings[0].contains("may be one person's"), "{warnings:?}");
    }
    for paths in [
        ["in/Anna_M.txt", "in/Anna_J.txt", "in/Ben_M.txt", "in/Ben_J.txt"],
        ["in/Mark_March.txt", "in/Mark_Hill.txt", "in/Ben_March.txt", "in/Cleo_Stone.txt"],
    ] {
        let (named, warnings) = told_of(&paths);
        assert!(named.iter().all(|named| named.ends_with(" -")) && warnings.is_empty(), "{named:?} {warnings:?}");
    }
    // These may be days, and no people.
    let (named, warnings) = told_of(&["in/April_1.txt", "in/April_2.txt", "in/May_1.txt", "in/May_2.txt"]);
    assert!(named.iter().all(|named| named.ends_with(" -")) && !warnings.is_empty(), "{named:?} {warnings:?}");
    let folders = ["in/March/ida.txt", "in/March/jon.txt", "in/June/ida.txt", "in/June/jon.txt"];
    assert_eq!(told_of(&folders).0[0], "in/ida_March ida");
    // Codes may be given anew.
    let (named, warnings) = told_of(&["in/March/K1.txt", "in/March/K2.txt", "in/June/K1.txt", "in/June/K2.txt"]);
    assert!(named[0].ends_with(" -") && warnings[0].contains("both hold a file"), "{named:?} {warnings:?}");
}

#[test]
fn groups_that_met_again_are_told() {
    let paths = ["in/FG1_2031.txt", "in/FG1_2034.txt", "in/FG2_2031.txt", "in/FG2_2034.txt"];
    let (named, warnings) = told_of(&paths);
    assert!(named.iter().all(|named| named.ends_with(" -")), "{named:?}");
    assert!(warnings.len() == 1 && warnings[0].contains("`FG1_2031`, `FG1_2034` may be one group"), "{warnings:?}");
    assert!(told_of(&["in/FG1.txt", "in/FG2.txt"]).1.is_empty());
}

#[test]
fn words_beside_the_name_do_not_hide_who_it_is() {
    let (named, _) = told_of(&[
        "in/Transcript - Anna - T1 - final.txt",
        "in/Transcript - Anna - T2 - final.txt",
        "in/Interview Ben (T1).txt",
        "in/Ben_T2_2031-05-01.txt",
    ]);
    assert!(named[1].ends_with(" Anna") && named[3].ends_with(" Ben"), "{named:?}");
    let numbered = ["in/Interview_01_Anna.txt", "in/Interview_02_Ben.txt", "in/Interview_07_Anna.txt"];
    let (named, warnings) = said_in(&numbered, &["Tom", "Anna"]);
    assert!(named[2].person.as_deref() == Some("Anna") && warnings.len() == 1, "{named:?} {warnings:?}");
    let (named, warnings) = said_in(&numbered, &["Tom", "Guest"]);
    assert!(named[2].person.is_none() && warnings[0].contains("may be one person's"), "{named:?} {warnings:?}");
    let (named, warnings) = said_in(&numbered[..2], &["Tom", "Guest"]);
    assert!(named[0].person.is_none() && warnings.is_empty(), "{named:?} {warnings:?}");
}

#[test]
fn one_prefix_is_a_study_unless_it_is_who_answers() {
    let (named, warnings) = said_in(&["in/ida_1.txt", "in/ida_2.txt"], &["Tom", "Ida"]);
    assert!(named[0].person.as_deref() == Some("ida") && named[0].study == "in", "{named:?}");
    assert!(warnings.len() == 1 && warnings[0].contains("taken for 1 participant"), "{warnings:?}");
    let (named, _) = said_in(&["in/bees_1.txt", "in/bees_2.txt"], &["Tom", "Ida"]);
    assert!(named[0].person.is_none() && named[0].study == "bees", "{named:?}");
    let (named, warnings) = said_in(&["in/ida_2031.txt", "in/ida_2034.txt"], &["Tom", "Guest"]);
    assert!(named[0].person.is_none() && warnings[0].contains("may be one person's"), "{named:?} {warnings:?}");
    let of_years = ["ida", "jon"].map(|who| [2031, 2034, 2037].map(|year| format!("{who}_{year}"))).concat();
    assert!(table(&strs(&of_years)).1[0].contains("where these are people"));
}

#[test]
fn ids_in_other_letters_are_one_persons_and_places_stay_apart() {
    let (named, warnings) = table(&["P1", "p01", "P2", "P3"]);
    assert_eq!(named[1].person.as_deref(), Some("P1"));
    assert!(warnings.len() == 1 && warnings[0].contains("differ only in how they are written"), "{warnings:?}");
    let (named, _) = told_of(&["in/north/P1.txt", "in/north/P2.txt", "in/south/p01.txt", "in/south/P2.txt"]);
    assert_eq!(named, ["north/P1 -", "north/P2 -", "south/p01 -", "south/P2 -"]);
    let (named, warnings) = told_of(&["in/a/all/P1.txt", "in/a/all/P2.txt", "in/b/all/P1.txt", "in/b/all/P3.txt"]);
    assert_eq!(named, ["a all/P1 -", "a all/P2 -", "b all/P1 -", "b all/P3 -"]);
    assert!(warnings.len() == 1 && warnings[0].contains("`a all`, `b all`"), "{warnings:?}");
    let waves = ["in/T1/P1.txt", "in/T1/P2.txt", "in/T2/p01.txt", "in/T2/P2.txt"];
    assert_eq!(told_of(&waves).0[2], "in/P1_T2 P1");
}

#[test]
fn a_letter_for_a_wave_before_the_names_of_all_is_told() {
    let ids: Vec<String> =
        (1..=3).flat_map(|n| ["bo", "gunnar", "lena", "siv"].map(|who| format!("W{n}_{who}"))).collect();
    let (named, warnings) = table(&strs(&ids));
    assert_eq!((named[4].person.as_deref(), warnings.len()), (Some("bo"), 1), "{warnings:?}");
    assert!(warnings[0].contains("4 participants"), "{warnings:?}");
    let ids: Vec<String> = (1..=3).flat_map(|n| ["P1", "P2", "P3"].map(|who| format!("W{n}_{who}"))).collect();
    assert!(table(&strs(&ids)).0.iter().all(|named| named.person.is_none()), "people of a ward");
}

#[test]
fn waves_in_roman_letters_are_waves() {
    let ids: Vec<String> =
        ["Ute", "Kai", "Rolf"].iter().flat_map(|who| ["I", "II"].map(|n| format!("{who} {n}"))).collect();
    let (named, warnings) = table(&strs(&ids));
    assert_eq!((named[1].person.as_deref(), warnings.len()), (Some("Ute"), 1), "{warnings:?}");
    for ids in [&["Ute I", "Kai V", "Rolf X"][..], &["Ward I", "Ward II", "Clinic I", "Clinic II"]] {
        assert!(table(ids).0.iter().all(|named| named.person.is_none()), "{ids:?}");
    }
}

#[test]
fn interviews_at_numbered_places_are_of_other_people() {
    for place in ["Standort", "Hof", "Site", "Umspannwerk"] {
        let ids: Vec<String> =
            (1..=2).flat_map(|at| (1..=6).map(move |n| format!("{place} {at} Interview {n}"))).collect();
        assert!(table(&strs(&ids)).0.iter().all(|named| named.person.is_none()), "{place}");
    }
    let ids: Vec<String> = (1..=3).flat_map(|at| (1..=2).map(move |n| format!("K0{at} Interview {n}"))).collect();
    assert_eq!(table(&strs(&ids)).0[1].person.as_deref(), Some("K01"));
}
