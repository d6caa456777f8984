//! `leitmotif compare` on the sample studies, with the real program.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use crate::common::{failure, leitmotif, leitmotif_cached, project, samples};
use leitmotif::analysis::{Comparison, Finding, Target, load, save};
use tempfile::TempDir;

/// The sample studies with a table of attributes and one nurse more, who says nothing but "Yes.", by section and all
/// together.
struct Analyses {
    _folder: TempDir,
    by_section: PathBuf,
    together: PathBuf,
}

fn analyses() -> &'static Analyses {
    static ANALYSES: OnceLock<Analyses> = OnceLock::new();
    ANALYSES.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let hospital = folder.path().join("hospital");
        fs::create_dir(&hospital).unwrap();
        for entry in fs::read_dir(project("data/hospital")).unwrap() {
            let entry = entry.unwrap();
            fs::copy(entry.path(), hospital.join(entry.file_name())).unwrap();
        }
        let quiet = "**Participant ID:** hospital_31\n\n**Interviewer:** Hello. Are you well?\n\n**Nurse:** \
                     Yes.\n\n**Interviewer:** To begin with, how do you use the scheduling app in a normal \
                     week?\n\n**Nurse:** Don't know.\n\n**Interviewer:** And what frustrates you about it?\n\n**Nurse:** \
                     Nothing.\n\n**Interviewer:** I see.\n";
        fs::write(hospital.join("hospital_31.md"), quiet).unwrap();
        let table = folder.path().join("participants.csv");
        fs::write(&table, attributes()).unwrap();
        let run = |name: &str, frame: &str| {
            let path = folder.path().join(name);
            leitmotif_cached("themes")
                .args([hospital.as_path(), samples()[1].as_path()])
                .args(["--stability", "0", "--frame", frame, "--participants"])
                .arg(&table)
                .arg("-o")
                .arg(&path)
                .assert()
                .success();
            path
        };
        Analyses { by_section: run("sections", "auto"), together: run("together", "all"), _folder: folder }
    })
}

/// `ward`: two values, missing for six people. `pair`: 30 values of two people each. `few`: a group of one, one of two,
/// and the others. `voice`: one group without an answer. `all`: one value. `age`: 20 to 49, two people each. `level`: 1
/// to 3, and one `n/a`.
fn attributes() -> String {
    let mut table = "participant,ward,pair,few,voice,all,age,level\n".to_string();
    let people = (1..=30).map(|n| format!("hospital_{n:02}")).chain((1..=30).map(|n| format!("homecare_{n:02}")));
    for (n, person) in people.enumerate() {
        let ward = if n % 10 == 9 { "" } else { ["=A", "B"][n % 2] };
        let few = match n {
            0 => "one",
            1 | 2 => "two",
            _ => "rest",
        };
        let level = if n == 0 { "n/a".to_string() } else { (n % 3 + 1).to_string() };
        writeln!(table, "{person},{ward},p{:02},{few},heard,x,{},{level}", n % 30 + 1, 20 + n % 30).unwrap();
    }
    table + "hospital_31,,,,silent,,,\n"
}

fn compared(folder: &Path, arguments: &[&str]) -> Comparison {
    let output = leitmotif().arg("compare").arg(folder).args(arguments).arg("--json").output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    // serde_json writes what is not a number as null.
    assert!(!text.contains("null"), "{text}");
    serde_json::from_str(&text).unwrap()
}

fn printed(folder: &Path, arguments: &[&str]) -> String {
    let output = leitmotif().arg("compare").arg(folder).args(arguments).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    for line in text.lines() {
        assert!(line.chars().count() <= 80, "{line}");
        assert!(!line.contains("NaN") && !line.contains("inf ") && !line.contains('\u{1b}'), "{line}");
        assert!(!line.contains('\u{e000}'), "{line}");
    }
    text
}

#[test]
fn studies_are_told_apart_in_words_with_numbers_behind_them() {
    let text = printed(&analyses().by_section, &["--quotes", "--top", "3"]);
    for part in [
        "Themes compared by study",
        "hospital: 31 participants",
        "homecare: 30 participants",
        "max-statistic",
        "Asked in hospital only, so not compared:",
        "Asked in homecare only, so not compared:",
        " against ",
        " points (",
        "— homecare/homecare_",
        "— hospital/hospital_",
    ] {
        assert!(text.contains(part), "{part} is not in:\n{text}");
    }
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for part in [
        "9,999 shuffles of the participants",
        "1 participant of the groups said nothing that was clustered on, and voiced no theme.",
    ] {
        assert!(words.contains(part), "{words}");
    }
    let all = printed(&analyses().by_section, &["--top", "0"]);
    let found = compared(&analyses().by_section, &[]);
    for theme in &found.themes {
        assert!(all.contains(&format!("\n  {} ", theme.id)), "{} is not printed", theme.id);
    }
}

#[test]
fn the_export_of_the_comparison_is_what_compare_writes() {
    let folder = &analyses().by_section;
    let out = tempfile::tempdir().unwrap();
    let file = out.path().join("differences.csv");
    leitmotif().arg("compare").arg(folder).arg("-o").arg(&file).assert().success();
    let exported = leitmotif().arg("export").arg(folder).args(["--to", "compare-csv"]).output().unwrap();
    assert!(exported.status.success());
    let written = std::fs::read(&file).unwrap();
    assert!(written.starts_with(b"theme,theme_label,section,verdict,") && written == exported.stdout);
}

#[test]
fn the_figure_and_the_report_are_exports_too() {
    let folder = &analyses().by_section;
    let out = tempfile::tempdir().unwrap();
    let figures = out.path().join("figures");
    leitmotif().arg("compare").arg(folder).arg("--figures").arg(&figures).assert().success();
    let figure = leitmotif().arg("export").arg(folder).args(["--to", "svg"]).output().unwrap();
    assert!(figure.status.success());
    assert_eq!(fs::read(figures.join("forest.svg")).unwrap(), figure.stdout);
    let [one, other] = ["one.html", "other.html"].map(|name| out.path().join(name));
    leitmotif().arg("report").arg(folder).arg("-o").arg(&one).assert().success();
    leitmotif().arg("export").arg(folder).args(["--to", "html", "-o"]).arg(&other).assert().success();
    let html = fs::read(&one).unwrap();
    assert!(html.to_ascii_lowercase().starts_with(b"<!doctype html>") && html == fs::read(&other).unwrap());
    let message = failure(leitmotif().arg("export").arg(folder).args(["--to", "html"]), 2);
    assert!(message.contains("hint: name one with `-o FILE.html`"), "{message}");
}

#[test]
fn who_was_asked_and_who_voiced_it_is_counted_from_the_rows() {
    let folder = &analyses().by_section;
    let found = compared(folder, &[]);
    let analysis = leitmotif::analysis::load(folder).unwrap();
    for theme in found.themes.iter().filter(|theme| theme.section.is_some()) {
        for group in &theme.groups {
            let mut asked: Vec<&str> = Vec::new();
            let mut voiced: Vec<&str> = Vec::new();
            let (mut passages, mut mentions) = (0, 0);
            for unit in analysis.units.iter().filter(|unit| unit.study == group.group) {
                if unit.section == theme.section {
                    asked.push(&unit.participant);
                    passages += usize::from(unit.vector.is_some());
                    if unit.theme.as_ref() == Some(&theme.id) {
                        voiced.push(&unit.participant);
                        mentions += 1;
                    }
                }
            }
            asked.dedup();
            voiced.dedup();
            assert_eq!(
                (group.prevalence.asked, group.prevalence.participants, group.passages, group.mentions),
                (asked.len(), voiced.len(), passages, mentions),
                "{} in {}",
                theme.id,
                group.group
            );
            assert_eq!(group.quote.is_some(), !voiced.is_empty());
            let quote = group.quote.as_ref().map(|quote| quote.study.as_str());
            assert!(quote.is_none_or(|study| study == group.group));
        }
        assert!(theme.p.is_none() || theme.p <= theme.q, "{theme:?}");
        assert_eq!(theme.p.is_some(), theme.p_max_statistic.is_some());
    }
    // A theme has one share: that of its own page, and of the table of themes.
    for theme in found.themes.iter().filter(|theme| theme.section.is_some()) {
        for of_study in &analysis.summary.theme(&theme.id).unwrap().by_study {
            let group = theme.groups.iter().find(|group| group.group == of_study.study).unwrap();
            assert_eq!(group.prevalence, of_study.prevalence, "{}", theme.id);
        }
    }
    // A recurring theme counts a person once, of those asked in any of its sections.
    let recurring = found.themes.iter().find(|theme| theme.section.is_none()).unwrap();
    assert!(recurring.themes.len() > 1);
    for group in &recurring.groups {
        let voiced: std::collections::BTreeSet<&str> = analysis
            .units
            .iter()
            .filter(|unit| unit.study == group.group)
            .filter(|unit| unit.theme.as_ref().is_some_and(|theme| recurring.themes.contains(theme)))
            .map(|unit| unit.participant.as_str())
            .collect();
        assert_eq!(group.prevalence.participants, voiced.len());
    }
}

#[test]
fn participants_without_a_value_are_left_out_and_counted() {
    let found = compared(&analyses().by_section, &["--by", "ward"]);
    assert_eq!(found.by, "ward");
    let groups: Vec<(&str, usize)> = found.groups.iter().map(|g| (g.name.as_str(), g.participants)).collect();
    assert_eq!(groups, [("=A", 30), ("B", 24)]);
    assert_eq!((found.left_out.missing_value, found.left_out.not_asked_for), (7, 0));
    assert!(found.not_compared.is_empty(), "both wards have people of both studies");
    let text = printed(&analyses().by_section, &["--by", "WARD"]);
    assert!(text.split_whitespace().collect::<Vec<_>>().join(" ").contains("7 participants without a value of ward"));
    let of_study = compared(&analyses().by_section, &["--by", "ward", "--study", "hospital"]);
    let groups: Vec<usize> = of_study.groups.iter().map(|group| group.participants).collect();
    assert_eq!(groups, [15, 12]);
    assert_eq!((of_study.left_out.missing_value, of_study.left_out.not_asked_for), (4, 30));
    // Q5 was asked of home care alone.
    assert!(of_study.not_compared.iter().any(|section| section.section == "Q5" && section.asked.is_none()));
}

#[test]
fn groups_of_any_size_get_sensible_words() {
    let folder = &analyses().by_section;
    let pairs = compared(folder, &["--by", "pair"]);
    assert_eq!(pairs.groups.len(), 30);
    assert!(pairs.themes.iter().all(|theme| theme.finding == Finding::TooFew && theme.p.is_none()));
    let text = printed(folder, &["--by", "pair", "--quotes", "--top", "2"]);
    assert!(text.contains("and 22 more groups") && text.contains("Too few to say"), "{text}");
    let few = compared(folder, &["--by", "few"]);
    let sizes: Vec<usize> = few.groups.iter().map(|group| group.participants).collect();
    assert_eq!(sizes, [1, 57, 2]);
    assert!(few.themes.iter().all(|theme| theme.verdict == "too few to say"));
    let voice = compared(folder, &["--by", "voice"]);
    let sizes: Vec<usize> = voice.groups.iter().map(|group| group.participants).collect();
    assert_eq!((sizes, voice.left_out.without_passages), (vec![60, 1], 1));
    // One person of a group was asked, and said nothing that could be in a theme.
    assert!(voice.themes.iter().all(|theme| theme.finding == Finding::TooFew) && !voice.not_compared.is_empty());
    printed(folder, &["--by", "voice"]);
    let chosen = compared(folder, &["--by", "pair", "--group", "p07", "--group", "p03"]);
    let names: Vec<&str> = chosen.groups.iter().map(|group| group.name.as_str()).collect();
    assert_eq!((names, chosen.left_out.not_asked_for), (vec!["p07", "p03"], 56));
}

/// Sixty people of thirty ages: no thirty groups of two, but quartiles, and it says so.
#[test]
fn many_numbers_are_compared_in_bands_and_few_in_their_order() {
    let folder = &analyses().by_section;
    let found = compared(folder, &["--by", "age"]);
    let groups: Vec<(&str, usize)> = found.groups.iter().map(|g| (g.name.as_str(), g.participants)).collect();
    assert_eq!(groups, [("20–27", 16), ("28–34", 14), ("35–42", 16), ("43–49", 14)]);
    let banded = found.banded.unwrap();
    assert_eq!((banded.numbers, banded.bands, banded.named), (30, 4, false));
    assert!(found.trends() > 5, "{}", found.trends());
    for theme in found.themes.iter().filter(|theme| theme.trend.is_some()) {
        let trend = theme.trend.unwrap();
        assert!(trend.p <= trend.q && trend.z.is_finite(), "{theme:?}");
    }
    let text = printed(folder, &["--by", "age"]).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains("age has 30 different numbers, so participants are in 4 bands"), "{text}");
    assert!(text.contains("Trends along the groups") && text.contains("Cochran–Armitage"), "{text}");
    // Bands that are named, one of them asked for with another dash.
    let named = compared(folder, &["--by", "age", "--bands", "25,40", "--group", "25-39", "--group", "40 and over"]);
    let groups: Vec<(&str, usize)> = named.groups.iter().map(|g| (g.name.as_str(), g.participants)).collect();
    assert_eq!((groups, named.left_out.not_asked_for), (vec![("25–39", 30), ("40 and over", 20)], 10));
    assert_eq!(named.trends(), 0, "two groups have a difference, no trend");
    assert_eq!(compared(folder, &["--by", "age", "--bands", "none"]).groups.len(), 30);
    // Few numbers stay as they are, in their order; a word among them has none.
    let level = compared(folder, &["--by", "level"]);
    let names: Vec<&str> = level.groups.iter().map(|group| group.name.as_str()).collect();
    assert_eq!((names, level.banded), (vec!["1", "2", "3", "n/a"], None));
    assert!(level.trends() > 0);
    // Words have an order when they are given one.
    let pair = ["--by", "ward", "--group", "B", "--group", "=A", "--ordered"];
    assert_eq!(compared(folder, &pair).trends(), 0);
    for (arguments, part) in [
        (&["--by", "ward", "--bands", "quartiles"][..], "`ward` holds words, such as `=A`"),
        (&["--by", "study", "--bands", "18,30"], "bands are for the numbers of an attribute"),
        (&["--by", "age", "--bands", "30,18"], "ascending"),
        (&["--bands", "18"], "--by"),
    ] {
        let message = failure(leitmotif().arg("compare").arg(folder).args(arguments), 2);
        assert!(message.contains(part), "{message}");
    }
}

/// Whoever was asked something else altogether: the recurring themes are compared, marked, and the way on is told.
#[test]
fn studies_with_different_guides_lead_somewhere() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("run");
    let (mut here, mut there) = ("transcript_id,text\n".to_string(), "transcript_id,text\n".to_string());
    let guides = [
        [("How do you plan your week on the ward?", 0), ("What do you wish the hospital would change?", 1)],
        [("Which tools are in your van every day?", 0), ("When did a customer last surprise you?", 1)],
    ];
    // What is said is the same in both; what is asked is not.
    let said = [
        ["The rota comes too late to plan my family life around it", "I never know my shifts early enough to plan"],
        ["My back hurts from all the lifting and carrying", "The lifting is bad for my back and my knees"],
        ["The pay is too low for what we do every day", "We are paid too little for this hard work"],
    ];
    for n in 0..24 {
        for (table, guide, study) in [(&mut here, &guides[0], "ward"), (&mut there, &guides[1], "van")] {
            let turns: Vec<String> = guide
                .iter()
                .map(|(question, at)| {
                    let answer = said[(n + at) % 3][n / 3 % 2];
                    format!("AI: {question}\nUser: {answer}, and that is number {n} of what I say.")
                })
                .collect();
            writeln!(table, "{study}_{n:02},\"{}\"", turns.join("\n")).unwrap();
        }
    }
    fs::write(folder.path().join("ward.csv"), here).unwrap();
    fs::write(folder.path().join("van.csv"), there).unwrap();
    leitmotif_cached("themes")
        .arg(folder.path().join("ward.csv"))
        .arg(folder.path().join("van.csv"))
        .args(["--frame", "guide", "--stability", "0", "-q", "-o"])
        .arg(&path)
        .assert()
        .success();
    let found = compared(&path, &[]);
    let analysis = leitmotif::analysis::load(&path).unwrap();
    let n_themes = analysis.summary.themes().count();
    let apart = found.apart.unwrap();
    assert_eq!((apart.themes, apart.of), (n_themes, n_themes), "no question was asked of both");
    assert!(found.themes.iter().all(|theme| theme.section.is_none()));
    for theme in &found.themes {
        let note = theme.question_note.as_ref().unwrap();
        assert!(note.starts_with("may come from what was asked: van answered Q"), "{note}");
        assert!(note.contains("; ward answered Q"), "{note}");
    }
    let told = found.themes.len() + found.recurring_not_compared.len();
    assert_eq!(told, analysis.summary.recurring.len());
    assert!(!found.themes.is_empty(), "{:?}", found.recurring_not_compared);
    let text = printed(&path, &[]).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains("--frame all") && text.contains("may come from what was asked"), "{text}");
}

#[test]
fn shares_that_are_not_those_of_the_table_of_themes_are_told() {
    let folded = |folder: &Path| printed(folder, &[]).split_whitespace().collect::<Vec<_>>().join(" ");
    let (apart, together) = (folded(&analyses().by_section), folded(&analyses().together));
    let [fewer, the_same] = ["counted without questions that one group alone was asked", "as in the table of themes"];
    assert!(apart.contains(fewer) && !apart.contains(the_same), "{apart}");
    assert!(together.contains(the_same) && !together.contains(fewer), "{together}");
    // Recurring themes that are missing are named.
    let left_out = compared(&analyses().by_section, &[]).recurring_not_compared;
    assert!(!left_out.is_empty());
    for recurring in left_out {
        let name = format!("{} {}", recurring.id, recurring.label);
        assert!(apart.contains(&name), "{name} is not in {apart}");
    }
}

#[test]
fn questions_are_compared_within_the_same_people() {
    let found = compared(&analyses().together, &["--by", "question"]);
    assert!(found.same_participants);
    assert_eq!(found.groups.len(), 8);
    assert_eq!(found.groups[0].name, "question 1");
    assert!(found.groups[0].question.as_ref().unwrap().contains("how do you use the scheduling app"));
    assert!(found.themes.iter().all(|theme| theme.difference.is_none() && theme.odds_ratio.is_none()));
    // Mileage belongs to the question on travel.
    let analysis = load(&analyses().together).unwrap();
    let of_mileage = analysis.summary.themes().find(|theme| theme.keywords.iter().any(|word| word.term == "mileage"));
    let mileage = found.themes.iter().find(|theme| Some(&theme.id) == of_mileage.map(|theme| &theme.id)).unwrap();
    assert_eq!((mileage.highest.as_deref(), mileage.finding), (Some("question 5"), Finding::Clear));
    printed(&analyses().together, &["--by", "question", "--top", "0"]);
    let message = failure(leitmotif().arg("compare").arg(&analyses().by_section).args(["--by", "question"]), 2);
    assert!(message.contains("question by question") && message.contains("--frame all"), "{message}");
}

#[test]
fn the_files_hold_the_same_and_are_not_replaced_unasked() {
    let out = tempfile::tempdir().unwrap();
    let folder = &analyses().by_section;
    let run = |arguments: &[&str], name: &str| {
        let mut command = leitmotif();
        command.current_dir(out.path()).arg("compare").arg(folder).args(arguments).args(["-o", name]);
        command
    };
    run(&[], "a.csv").assert().success();
    run(&["--json"], "a.json").assert().success();
    let found: Comparison = serde_json::from_slice(&fs::read(out.path().join("a.json")).unwrap()).unwrap();
    assert_eq!(found, compared(folder, &[]));
    let mut reader = csv::Reader::from_path(out.path().join("a.csv")).unwrap();
    let titles = reader.headers().unwrap().clone();
    let column = |name: &str| titles.iter().position(|title| title == name).unwrap();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), found.themes.iter().map(|theme| theme.groups.len()).sum::<usize>());
    let mut row = rows.iter();
    for theme in &found.themes {
        for group in &theme.groups {
            let row = row.next().unwrap();
            let number = |name: &str| row[column(name)].parse::<f64>().ok();
            assert_eq!(&row[column("theme")], theme.id);
            assert_eq!(&row[column("verdict")], theme.verdict);
            assert_eq!(&row[column("group")], group.group);
            assert_eq!(number("share"), group.prevalence.share);
            assert_eq!(number("difference"), theme.difference.map(|difference| difference.value));
            assert_eq!(number("p_max_statistic"), theme.p_max_statistic);
            assert!(row.iter().all(|cell| cell != "NaN" && cell != "inf" && cell != "-inf"));
        }
    }
    let message = failure(&mut run(&[], "a.csv"), 2);
    assert!(message.contains("exists already") && message.contains("--force"), "{message}");
    run(&["--force", "--excel", "--by", "ward"], "a.csv").assert().success();
    let text = fs::read_to_string(out.path().join("a.csv")).unwrap();
    assert!(text.starts_with('\u{feff}') && text.contains("'=A") && !text.contains(",=A"));
    let message = failure(&mut run(&[], "a.xyz"), 2);
    assert!(message.contains(".csv or .json"), "{message}");
}

#[test]
fn the_figures_are_whole_pictures_with_text_and_the_same_each_time() {
    let out = tempfile::tempdir().unwrap();
    for (name, folder, arguments, figures) in [
        ("study", &analyses().by_section, &["--by", "study"][..], 3),
        ("pair", &analyses().by_section, &["--by", "pair"], 2),
        ("question", &analyses().together, &["--by", "question"], 2),
        ("voice", &analyses().by_section, &["--by", "voice"], 3),
    ] {
        let path = out.path().join(name);
        let run = |force: &[&str]| {
            let mut command = leitmotif();
            command.arg("compare").arg(folder).args(arguments).arg("--figures").arg(&path).args(force);
            command
        };
        run(&[]).assert().success();
        let read = || -> Vec<(String, String)> {
            let mut files: Vec<(String, String)> = fs::read_dir(&path)
                .unwrap()
                .map(|entry| entry.unwrap())
                .map(|e| (e.file_name().into_string().unwrap(), fs::read_to_string(e.path()).unwrap()))
                .collect();
            files.sort();
            files
        };
        let first = read();
        assert_eq!(first.len(), figures, "{name}");
        for (file, text) in &first {
            let mut reader = quick_xml::Reader::from_str(text);
            let mut texts = 0;
            loop {
                match reader.read_event().unwrap_or_else(|error| panic!("{name}/{file}: {error}")) {
                    quick_xml::events::Event::Start(tag) if tag.name().as_ref() == "text" => texts += 1,
                    quick_xml::events::Event::Eof => break,
                    _ => {}
                }
            }
            assert!(texts >= 2, "{name}/{file}");
            assert!(!text.contains("NaN") && !text.contains("inf\""), "{name}/{file}");
        }
        assert!(failure(&mut run(&[]), 2).contains("--force"));
        run(&["--force"]).assert().success();
        assert_eq!(first, read(), "{name}");
    }
}

#[test]
fn what_cannot_be_compared_is_said_with_a_way_out() {
    let folder = &analyses().by_section;
    for (arguments, expected) in [
        (&["--by", "colour"][..], &["no attribute `colour`", "`ward`", "`pair`"][..]),
        (&["--by", "all"], &["whoever is in a group is in `x`, and 1 participant has no value", "two groups"]),
        (&["--study", "clinic"], &["no study `clinic`", "`homecare`, `hospital`"]),
        (&["--group", "clinic", "--group", "hospital"], &["no group `clinic`", "`hospital`"]),
        (&["--group", "hospital"], &["only `hospital` is named", "two groups"]),
        (&["--shuffles", "10"], &["--shuffles"]),
    ] {
        let message = failure(leitmotif().arg("compare").arg(folder).args(arguments), 2);
        assert!(expected.iter().all(|part| message.contains(part)), "{message}");
        assert!(!message.contains("panicked"), "{message}");
    }
    let nowhere = failure(leitmotif().args(["compare", "/nowhere/at/all"]), 1);
    assert!(nowhere.contains("error:"), "{nowhere}");
}

#[test]
fn shuffles_follow_their_seed() {
    let p = |arguments: &[&str]| -> Vec<Option<f64>> {
        compared(&analyses().by_section, arguments).themes.iter().map(|theme| theme.p_max_statistic).collect()
    };
    let few = ["--shuffles", "199"];
    assert_eq!(p(&few), p(&few));
    assert_ne!(p(&few), p(&["--shuffles", "199", "--seed", "7"]));
}

#[test]
fn what_is_hidden_is_not_compared_and_counted() {
    let mut analysis = load(&analyses().by_section).unwrap();
    analysis.summary.recurring[0].hidden = true;
    analysis.summary.sections[0].themes[0].hidden = true;
    let folder = tempfile::tempdir().unwrap();
    let saved = folder.path().join("hidden");
    save(&analysis, None, &Target::check(&saved, false).unwrap()).unwrap();
    let out = leitmotif().arg("compare").arg(&saved).assert().success().get_output().stdout.clone();
    let told = String::from_utf8(out).unwrap().split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(told.contains("1 hidden theme and 1 hidden recurring theme not compared."), "{told}");
}
