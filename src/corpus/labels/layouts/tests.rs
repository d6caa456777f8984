use super::super::read;
use super::*;

fn turns(text: &str) -> Vec<(String, String)> {
    let found = read(text, &Names::default()).map(|found| found.stretches).unwrap_or_default();
    found.into_iter().map(|s| (s.label, text[s.text].to_owned())).collect()
}

const WORDS: [&str; 4] = ["Why was that so?", "Because it rained.", "And who was there then?", "So many of us."];

/// Four turns of two people, each written by a layout from its number, name and words.
fn talk(names: [&str; 2], turn: impl Fn(usize, &str, &str) -> String) -> String {
    WORDS.iter().enumerate().map(|(n, words)| turn(n, names[n % 2], words)).collect()
}

#[test]
fn layouts_without_colons_are_read() {
    let people = ["Mira Okafor", "Jon Moss"];
    for text in [
        talk(people, |_, name, words| format!("{}\t{words}\n", name.to_uppercase())),
        talk(["I", "P"], |_, name, words| format!("{name}\t{words}\n\n")),
        talk(["Q", "A"], |_, name, words| format!("{name}. {words}\n")),
        talk(["Q", "A"], |n, name, words| format!("{name}{}. {words}\n\n", n / 2 + 1)),
        talk(["Q", "A"], |n, name, words| format!("{name}{}) {words}\n", n / 2 + 1)),
        talk(["Question", "Answer"], |n, name, words| format!("{name} {}. {words}\n", n / 2 + 1)),
        talk(["Question", "Answer"], |n, name, words| format!("{name} {} - {words}\n", n / 2 + 1)),
        talk(["Question", "Answer"], |n, name, words| format!("{name} {}\n{words}\n\n", n / 2 + 1)),
        talk(["Q", "A"], |n, name, words| format!("{name}.{} {words}\n\n", n / 2 + 1)),
        talk(["F", "A"], |n, name, words| format!("{name}{}. {words}\n\n", n / 2 + 3)),
        talk(["MO", "JM"], |_, name, words| format!("{name}.  {words}\n\n")),
        talk(["Q", "A"], |_, name, words| format!("     {name}    {words}\n")),
        talk(people, |_, name, words| format!("<{name}> {words}\n")),
        talk(people, |_, name, words| format!("({name}) {words}\n")),
        talk(people, |_, name, words| format!("{name} – {words}\n")),
        talk(people, |n, name, words| format!("[00:00:0{n}] {name} - {words}\n")),
        talk(people, |n, name, words| format!("0:0{n} - {name} (Ward 7)\n  {words}\n\n")),
        talk(["I", "B"], |n, name, words| format!("{name} [{n}]: {words}\n\n", n = n + 1)),
        talk(["I", "P"], |_, name, words| format!("{name}:{words}\n\n")),
        talk(people, |_, name, words| format!("{name} | {words}\n\n")),
        talk(["I", "P"], |_, name, words| format!("{name}; {words}\n")),
        talk(people, |_, name, words| format!("{name} → {words}\n\n")),
        talk(people, |_, name, words| format!("{name}\u{a789} {words}\n\n")),
        talk(["MOSS", "OKAFOR"], |_, name, words| format!("{name}. {words}\n\n")),
        talk(["DR. MOSS", "OKAFOR"], |_, name, words| format!("{name}. {words}\n")),
        talk(["OKAFOR", "MOSS"], |_, name, words| format!("{name}    {words}\n")),
        talk(["OKAFOR", "MOSS"], |_, name, words| format!("{name}- {words}\n\n")),
        talk(people, |_, name, words| format!("{name}– {words}\n\n")),
        talk(["Question", "Answer"], |n, name, words| format!("{} {} {words}\n", name.to_uppercase(), n / 2 + 1)),
        talk(["mira", "jon_m"], |n, name, words| format!("[10:0{n}] <{name}> {words}\n")),
        talk(["mira", "jon_m"], |n, name, words| format!("10:0{n} <{name}> {words}\n")),
        talk(people, |n, name, words| format!("0:0{n} - {name}: {words}\n")),
        talk(people, |n, name, words| format!("[{n}.00 - {n}.25] {name}: {words}\n")),
        talk(people, |n, name, words| format!("{name}\n  10:0{n} AM\n{words}\n\n")),
        talk(people, |n, name, words| format!("[10:0{n} AM] {name}\n{words}\n\n")),
        talk(people, |n, name, words| format!("[10:0{n} AM] {name}: {words}\n")),
        talk(["Okafor, Mira - Leeds", "Moss, Jon - Guest"], |n, name, words| format!("{name}   0:0{n}\n{words}\n\n")),
        talk(["Mira Okafor / UoL", "Jon Moss / NHS"], |n, name, words| format!("{name}   0:0{n}\n{words}\n\n")),
        talk(people, |n, name, words| format!("{name}\n0 minutes {n} seconds\n0:0{n}\n{words}\n")),
        talk(people, |n, name, words| format!("{name}\n00:0{n}\n{words}\n\n")),
        talk(people, |n, name, words| format!("00:00:0{n}\n{name}\n{words}\n\n")),
        talk(people, |_, name, words| format!("{}\n{words}\n\n", name.to_uppercase())),
        talk(people, |n, name, words| format!("[3/5/24, 14:00:0{n}] {name}: {words}\n")),
        talk(people, |n, name, words| format!("2024-05-03, 14:0{n} - {name}: {words}\n")),
        talk(people, |n, name, words| format!("5/3/24, 2:0{n}\u{202f}PM - {name}: {words}\n")),
        talk(["I", "P"], |n, name, words| format!("00{n} {name}: {words}\n", n = n + 1)),
        talk(people, |n, name, words| format!("{}. {name}: {words}\n\n", n + 1)),
        talk(["Q", "A"], |n, name, words| format!("{}. {name}: {words}\n", n / 2 + 1)),
        talk(people, |_, name, words| format!("- {name}: {words}\n")),
        talk(people, |_, name, words| format!("• **{name}:** {words}\n")),
        talk(people, |n, name, words| format!("**{name}** (00:0{n}): {words}\n\n")),
        talk(people, |n, name, words| format!("### {name} [00:0{n}]\n{words}\n\n")),
        talk(["m1", "p1"], |n, name, words| format!("[00:0{n}] [{name}] {words}\n")),
        talk(people, |_, name, words| format!("\u{200f}{name}\u{200f}: {words}\n")),
        talk(["المحاور", "المشارك"], |_, name, words| format!("\u{200f}{name}\u{200f}: {words}\n")),
        talk(["س", "ج"], |_, name, words| format!("{name} / {words}\n\n")),
        talk(people, |_, name, words| format!("{name};\t{words}\n\n")),
        talk(["E", "R"], |_, name, words| format!("«{name}» {words}\n\n")),
        talk(["聞き手", "佐藤"], |_, name, words| format!("【{name}】{words}\n")),
        talk(["Ｑ", "Ａ"], |_, name, words| format!("{name}：{words}\n")),
        talk(["Speaker:0", "Speaker:1"], |_, name, words| format!("[{name}] {words}\n")),
        talk(["SPEAKER_00", "SPEAKER_01"], |n, name, words| format!("{name} (00:0{n} --> 00:1{n})\n{words}\n\n")),
        talk(people, |n, name, words| format!("* `00:0{n}` **{name}**: {words}\n")),
        talk(people, |n, name, words| format!("May 4, 2023 10:0{n}:00 AM\n{name}\n{words}\n\n")),
        talk(["I", "R"], |n, name, words| format!("1.{} {name}: {words}\n\n", n + 1)),
        talk(["I", "R"], |n, name, words| format!("@00:0{n} {name}: {words}\n\n")),
        talk(["I", "R"], |n, name, words| format!("TC 00:0{n} {name}: {words}\n\n")),
        talk(["I", "R"], |n, name, words| format!("00'0{n}'' {name}: {words}\n\n")),
        talk(["Ann Hall", "(555) 210-4471"], |n, name, words| format!("{name}  0:0{n}\n{words}\n\n")),
        talk(["Ann (she/her), Leeds", "Tom (he/they), dock"], |n, name, words| format!("{name}  0:0{n}\n{words}\n\n")),
    ] {
        let found = turns(&text);
        let words: Vec<&str> = found.iter().map(|(_, words)| words.as_str()).collect();
        assert_eq!(words, WORDS, "{text}\n{found:?}");
        assert_eq!((&found[0].0, &found[1].0), (&found[2].0, &found[3].0), "{text}");
        assert_ne!(found[0].0, found[1].0, "{text}");
    }
}

#[test]
fn lists_and_tables_are_no_conversations() {
    for text in [
        "Tea\t3\nMilk\t4\nTea\t5\nMilk\t6\n",
        "A. Apples are red.\nB. Pears are green.\nC. Plums are blue.\nD. Figs are brown.\n",
        "- Bread: white\n- Milk: much\n- Eggs: six\n- Jam: none\n",
        "1. We got up.\n2. We ate.\n3. We left.\n4. We slept.\n",
        "1.1 We got up.\n1.2 We ate.\n1.3 We left.\n1.4 We slept.\n",
        "«So» we went, no?\n«Then» we came.\n«Now» we eat.\n«Yet» we slept.\n",
        "母は「だめ」\n父は「いい」\n姉は「はい」\n兄は「いや」\n",
        "3.5 of us: no.\n4.5 of them: yes.\n",
        "MORNING\nWe got up, did we not?\n\nEVENING\nWe slept.\n\nMORNING\nWe got up.\n\nEVENING\nWe slept.\n",
        "07:00 - Rounds\nwith all of us\n\n08:00 - Break\nin the garden\n\n09:00 - Letters\nby hand\n\n10:00 - Talks\nby phone\n",
        "– We went out.\n– We came in.\n– We ate.\n– We slept.\n",
        "Leeds - a town in the north\nYork - a town near by\nHull - a town by the sea\nRipon - a small town\n",
        "Tea:green\nMilk:white\nTea:black\nMilk:sour\n",
        "Well; we went.\nWell; we came.\nThen; we ate.\nThen; we slept.\n",
        "Well- we went, did we?\nWell- we came.\nYes- we ate.\nYes- we slept.\n",
        "NEVER. We went, did we?\nALWAYS. We came.\nNOWHERE. We ate.\nNOBODY. We slept.\n",
        "Question 1 was hard.\nAnswer 1 was not.\nQuestion 2 was long.\nAnswer 2 was short, no?\n",
        "(laughs) We went.\n(laughs) And came.\n(sighs) So it was.\n(sighs) It is over.\n",
    ] {
        assert_eq!(turns(text), [], "{text}");
    }
}

#[test]
fn who_is_called_by_a_word_that_heads_a_part_talks_in_any_layout() {
    for name in ["June", "Will", "June Pope"] {
        for text in [
            talk(["Mira", name], |_, name, words| format!("{name} – {words}\n\n")),
            talk(["Mira", name], |_, name, words| format!("{name}\t{words}\n")),
            talk(["Mira", name], |_, name, words| format!("({name}) {words}\n\n")),
        ] {
            let labels: Vec<String> = turns(&text).into_iter().map(|(label, _)| label).collect();
            assert_eq!(labels, ["Mira", name, "Mira", name], "{text}");
        }
    }
    // A year by its months, an idea, and notes in which nobody asks.
    for names in [["June", "May"], ["Mira", "An Idea"], ["Mira", "Summary"]] {
        assert_eq!(turns(&talk(names, |_, name, words| format!("{name}\t{words}\n"))), [], "{names:?}");
    }
    let notes = talk(["Mira", "June"], |_, name, words| format!("{name}\t{words}\n")).replace('?', ".");
    assert_eq!(turns(&notes), []);
}

#[test]
fn what_a_messenger_says_is_nobodys() {
    let text = "[03/05/2024, 14:00:00] Mira: \u{200e}Messages are encrypted.\n[03/05/2024, 14:00:03] Mira: Why?\n\
                [03/05/2024, 14:00:20] Jon: So it was\nand is.\n[03/05/2024, 14:00:37] Mira: And then what?\n\
                [03/05/2024, 14:00:54] Jon: No more.\n[03/05/2024, 14:01:54] Ida: Hello there all.\n";
    let labels: Vec<String> = turns(text).into_iter().map(|(label, _)| label).collect();
    assert_eq!(labels, ["", "Mira", "Jon", "Mira", "Jon", "Ida"]);
    assert_eq!(turns(text)[2].1, "So it was\nand is.");
}

#[test]
fn changes_of_speaker_need_one_who_asks() {
    let text = ">> Why?\n>> It rained.\n>> And then?\n>> We left.\n";
    let labels: Vec<String> = changes(text).unwrap().into_iter().map(|head| head.label).collect();
    assert_eq!(labels, ["First speaker", "Second speaker", "First speaker", "Second speaker"]);
    assert_eq!(changes(">> Why?\n>> Who?\n>> And then?\n>> We left.\n>> Oh?\n"), None);
}

#[test]
fn times_written_out_are_read() {
    assert_eq!(written_out("1 hour 2 minutes 3 seconds"), Some(3723.0));
    assert_eq!(written_out("0 Minuten 20 Sekunden"), Some(20.0));
    assert_eq!(written_out("3 people 4 seconds"), None);
    assert_eq!(written_out("3"), None);
}
