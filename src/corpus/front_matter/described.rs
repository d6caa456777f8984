//! Blocks of lines about the people that look like turns: `P1: female, 34, nurse` at the top, and
//! `Interviewee: Tom Reed` below the last turn.
//!
//! In: a transcript below its header. Out: where the interview starts or ends, and the people named.
//! At the top every label comes once, before anything is asked, and the values describe people or tell
//! the part of a letter (`I: intervistatrice`); at the end the labels are not those of the turns above, or
//! stand among fields that nobody says.

use std::cell::LazyCell;

use super::super::by_lines::ByLines;
use super::super::labels::lines_of;
use super::super::lexicon::INTERJECTIONS;
use super::super::model::Role;
use super::super::people::{People, names_people};
use super::super::speakers::{Names, ends_in_question_mark, key};
use super::who::{self, Block, head, heads};
use super::{field, field_role, is_between, is_known, is_rule, is_short, plain_field};

/// Lines at the very top that may be a title.
const MAX_TITLES: usize = 5;
/// What a block below an interview is headed by.
const HEADS_BELOW: &[&str] =
    &["metadata", "details", "interview details", "interview information", "information", "about this interview"];
/// The longest block, and bytes of the line above it.
const MAX_LINES: usize = 40;
const MAX_KEY: usize = 40;
/// Words of a value at most.
const MAX_VALUE: usize = 14;
/// Words that describe somebody in front of an age or a job.
#[rustfmt::skip]
const WHO: &[&str] = &[
    "female", "male", "woman", "man", "f", "m", "non-binary", "nonbinary", "weiblich", "männlich", "frau", "mann", "femme",
    "homme", "mujer", "hombre", "donna", "uomo", "mulher", "homem", "vrouw", "kvinna", "kvinne", "kvinde", "nainen", "mies",
    "kobieta", "mężczyzna", "žena", "muž", "nő", "férfi", "femeie", "bărbat", "kadın", "erkek", "γυναίκα", "άνδρας",
    "женщина", "мужчина", "жінка", "чоловік", "perempuan", "laki-laki", "nữ", "nam", "หญิง", "ชาย", "महिला", "पुरुष",
    "女", "男", "女性", "男性", "여성", "남성", "여", "남", "امرأة", "رجل", "أنثى", "ذكر", "אישה", "גבר",
];
/// What stands between parts of a value.
const PARTS: [char; 6] = [',', ';', '，', '、', '；', '،'];
/// What stands for whoever asks and wrote the text.
#[rustfmt::skip]
const AUTHORS: &[&str] = &[
    "the author", "the first author", "the researcher", "verfasser", "verfasserin", "der verfasser", "die verfasserin",
    "der autor", "die autorin", "l'auteur", "l'auteure", "l’auteur", "l’auteure", "el autor", "la autora", "l'autore",
    "l'autrice", "l’autore", "l’autrice", "o autor", "a autora", "de auteur", "författaren", "autor", "autorka", "автор",
    "penulis", "筆者", "笔者", "作者", "著者", "필자",
];
/// What stands behind a number of years.
#[rustfmt::skip]
const YEARS: &[&str] = &[
    "", "y", "yo", "years", "yrs", "years old", "jahre", "ans", "años", "anni", "anos", "år", "jaar", "lat", "lata",
    "let", "vuotta", "éves", "yaşında", "ani", "ετών", "лет", "год", "года", "років", "роки", "岁", "歲", "歳", "세",
    "tahun", "thn", "tuổi", "वर्ष", "साल", "ปี", "সন", "বছর", "سنة", "سال", "שנים",
];
/// Words of somebody who speaks.
const SPOKEN: &[&str] = &[
    "i", "i'm", "i've", "my", "me", "we", "our", "you", "your", "yes", "no", "yeah", "hello", "hi", "thanks", "thank",
    "ich", "wir", "mein", "je", "nous", "yo",
];
/// How fields begin that stand below an interview.
const BELOW: &[&str] = &["consent", "signed", "signature", "date", "duration", "recorded", "transcribed", "checked"];

/// What a line of the block at the top says.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Described,
    Named,
    /// One word, which is a name beside somebody who is described.
    Short,
    Field,
}

fn is_full(value: &str) -> bool {
    value.split_whitespace().count() > 1 || value.chars().any(|c| c.is_ascii_digit())
}

/// What a value says of a person; `None` where it may be speech.
fn kind(label: &str, value: &str) -> Option<Kind> {
    if plain_field(label) || who::BESIDE_PEOPLE.contains(&label) {
        return is_short(value).then_some(Kind::Field);
    }
    let words: Vec<String> = value
        .split_whitespace()
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase().replace('’', "'"))
        .collect();
    if speaks(value)
        || words.len() > MAX_VALUE
        || value.ends_with(['.', '?', '!', ',', ':', '…', '。', '？', '！', '؟'])
    {
        return None;
    }
    let parts: Vec<String> = value.split(PARTS).map(|part| key(part.trim())).collect();
    let is_age = |part: &String| {
        let bare = part.trim_start_matches("aged ").trim_start_matches("age ");
        let digits = bare.chars().take_while(char::is_ascii_digit).count();
        let behind = bare[digits..].trim();
        // `40代女性`: in her forties
        digits == 2 && (YEARS.contains(&behind) || behind.starts_with('代'))
    };
    let is_who = |part: &String| WHO.contains(&part.as_str());
    let parted = parts.len() > 1;
    // `I: Ines Vogt`, a letter that is a role beside others
    let is_letter = || who::is_code(label) && who::is_full_name(value) && Names::default().is_known(label);
    let is_role = Names::default().strong(label).is_some() || field_role(label).is_some() || is_letter();
    // `I: intervistatrice`
    if who::is_code(label) && who::part_alone(value).is_some() {
        return Some(Kind::Described);
    }
    if parted && (is_who(&parts[0]) || parts.iter().any(is_age)) {
        return Some(Kind::Described);
    }
    // `XA: Tom Reed, interviewee`
    let bare = value.split([',', ';', '(']).next().unwrap_or_default().trim();
    let is_told = bare.len() < value.len() && who::is_full_name(bare) && who::role_within(value).is_some();
    if !is_role {
        return is_told.then_some(Kind::Described);
    }
    let name = value.split(PARTS).next().unwrap_or_default().trim();
    let full = name.split_whitespace().count() > 1 && names_people(name);
    match full {
        true if parted => Some(Kind::Described),
        true => Some(Kind::Named),
        false if AUTHORS.contains(&key(value).as_str()) => Some(Kind::Named),
        false => (!parted && names_people(value) && value.split_whitespace().count() == 1).then_some(Kind::Short),
    }
}

/// Whether words hold one of somebody who speaks.
pub(super) fn speaks(value: &str) -> bool {
    let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase().replace('’', "'");
    value.split_whitespace().any(|word| SPOKEN.contains(&bare(word).as_str()))
}

/// Finds a block at the very top whose lines describe the people who talk below it.
pub(super) fn at_the_top(text: &str) -> Option<Block> {
    let lines = lines_of(text);
    let line = |at: usize| text[lines[at].clone()].trim();
    let title = |at: &usize| is_between(line(*at));
    let is_above = |at: &usize| title(at) || (*at < MAX_TITLES && (is_title(line(*at)) || heads_key(line(*at))));
    let first = (0..lines.len().min(MAX_LINES)).find(|at| !is_above(at))?;
    let mut found: Vec<(String, Kind, &str)> = Vec::new();
    let (mut end, mut loose) = (first, false);
    let mut at = first;
    while at < lines.len().min(first + MAX_LINES) {
        if line(at).is_empty() || is_rule(line(at)) {
            at += 1;
            continue;
        }
        let Some((label, value)) = field(line(at)) else { break };
        let Some(kind) = kind(&label, value).filter(|_| found.iter().all(|(known, ..)| *known != label)) else { break };
        loose |= at > end && !found.is_empty();
        found.push((label, kind, value));
        at += 1;
        end = at;
    }
    let below = lines.get(end.checked_sub(1)?)?.end;
    let parted = lines.get(end).is_some_and(|_| title(&end));
    let next = (end..lines.len()).find(|at| !title(at))?;
    let turns = heads(&text[below..]);
    let people: Vec<_> = found.iter().filter(|(_, kind, _)| *kind != Kind::Field).collect();
    let described = people.iter().filter(|(_, kind, _)| *kind == Kind::Described).count();
    let talk = people.iter().filter(|(label, ..)| turns.contains_key(label)).count();
    let fields = found.len() - people.len();
    // A turn must follow, and those of whom it says who they are must talk.
    let goes_on = head(line(next)).is_some_and(|label| turns.contains_key(&label)) && talk > 0;
    let has_short = people.iter().any(|(_, kind, _)| *kind == Kind::Short);
    let believed = match (loose, parted) {
        _ if has_short => !loose && parted && described > 0,
        (false, true) => described > 0 || (fields == 0 && talk == people.len()),
        (false, false) => described > 0,
        (true, _) => described == people.len() || (described > 0 && fields > 0),
    };
    if people.len() < 2 || !goes_on || !believed {
        return None;
    }
    let mut who = People::default();
    people.iter().for_each(|(label, _, value)| add(&mut who, label, value));
    Some(Block { people: who, id: None, end: lines[next].start, lines: next })
}

/// Adds whom a line of the block tells the part of.
fn add(people: &mut People, label: &str, value: &str) {
    if let Some(role) = who::part_alone(value).filter(|_| who::is_code(label)) {
        people.add_label(label, role, label);
        return;
    }
    let by_label = field_role(label).flatten().or_else(|| Names::default().strong(label));
    let name = value.split(PARTS).next().unwrap_or_default().trim();
    let role = by_label.or_else(|| who::role_within(value));
    if let Some(role) = role.filter(|_| names_people(name) && is_full(name)) {
        people.add(label, role, name);
        if by_label.is_none() {
            people.add_label(label, role, label);
        }
    }
}

/// A block at the very top that may describe people but tells neither ages nor genders, such as `P1: nurse`: its
/// first line that is no name, and how many lines are above it.
pub(super) fn doubt(text: &str) -> Option<(usize, &str)> {
    let is_above = |at: usize, line: &str| is_between(line) || (at < MAX_TITLES && is_title(line));
    let lines = || text.by_lines().map(str::trim).enumerate();
    let mut found: Vec<(usize, String, &str)> = Vec::new();
    let (mut last, mut below) = (0, 0);
    for (at, line) in lines().skip_while(|(at, line)| is_above(*at, line)).take(MAX_LINES) {
        if line.is_empty() {
            continue;
        }
        let Some((label, value)) = field(line) else { break };
        let asks = Names::default().strong(&label) == Some(Role::Interviewer) && !names_people(value);
        let is_new = found.iter().all(|(_, known, _)| *known != label);
        if asks || !is_new || !may_describe(value) {
            below = at;
            break;
        }
        last = at;
        found.push((at, label, line));
    }
    let is_name = |line: &str| field(line).is_some_and(|(_, value)| names_people(value));
    let told = found.iter().find(|(.., line)| !is_name(line)).filter(|_| below > last)?;
    // The same people talk below, whom somebody else asks first.
    let turns: Vec<String> = lines().skip(below).filter_map(|(_, line)| head(line)).collect();
    let asked = turns.first().is_some_and(|first| found.iter().all(|(_, label, line)| label != first || is_name(line)));
    let talk = |label: &String| turns.iter().filter(|turn| *turn == label).count();
    let people = found.iter().filter(|(_, label, _)| talk(label) > 0).count();
    (people > 1 && people == found.len() && asked).then_some((told.0, told.2))
}

/// How sentences end, and parts of them.
const ENDS: [char; 11] = ['.', '?', '!', ',', '…', '。', '？', '！', '，', '、', '؟'];

/// A title above such a block, or a date: a few words and no sentence.
pub(super) fn is_title(line: &str) -> bool {
    !line.ends_with(ENDS) && line.split_whitespace().nth(8).is_none() && !line.contains([':', '：', '\t'])
}

/// Whether a value is no speech for sure.
fn may_describe(value: &str) -> bool {
    let words = value.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase());
    let mut said = words.clone();
    words.count() <= MAX_VALUE
        && !value.ends_with(ENDS)
        && !value.ends_with([':', '：'])
        && !said.any(|word| {
            let word = word.replace('’', "'");
            let is_article = matches!(word.as_str(), "a" | "an" | "the");
            SPOKEN.contains(&word.as_str()) || (INTERJECTIONS.contains(&word.as_str()) && !is_article)
        })
}

/// What a line that explains the labels, or the line above such lines, is called.
#[rustfmt::skip]
const KEYS: &[&str] = &[
    "key", "legend", "abbreviations", "speakers", "legende", "abkürzungen", "légende", "abréviations", "leyenda",
    "abreviaturas", "legenda", "afkortingen", "transcription key", "transcript key", "key to speakers", "speaker key",
    "key to transcript", "list of speakers", "speaker labels", "sprecher", "sprecherkürzel", "siglen", "kürzel",
    "intervenants", "sigles", "siglas", "hablantes", "sigle", "parlanti", "falantes", "sprekers", "talare",
];

/// Whether a line is the heading of those that explain the labels: `Key to speakers:`
pub(super) fn heads_key(line: &str) -> bool {
    let bare = line.trim_matches(|c: char| !c.is_alphanumeric());
    bare.len() <= MAX_KEY && KEYS.contains(&bare.to_lowercase().as_str())
}

/// The same of a last line such as `Key: AH = Ann Hall, TR = Tom Reed`.
fn key_at_the_end(text: &str) -> Option<(usize, People, Option<String>)> {
    let kept = text.trim_end();
    let line = kept.lines().next_back()?;
    let (name, value) = field(line).filter(|(name, _)| KEYS.contains(&name.as_str()))?;
    let start = kept.len() - line.len();
    let turns = heads(&text[..start]);
    let found: Vec<who::Line<'_>> = value.split([',', ';']).filter_map(|part| who::read(part.trim())).collect();
    let is_key = value.contains('=') && !turns.contains_key(&name);
    let explains = found.iter().any(|line| turns.get(&line.label).is_some_and(|&n| n > 1));
    (is_key && explains).then(|| (start, who::people(&found), None))
}

/// Finds a block below the last turn that names the people: the byte at which it starts, and them.
pub(super) fn at_the_end(text: &str) -> Option<(usize, People, Option<String>)> {
    let explained = key_at_the_end(text);
    if explained.is_some() {
        return explained;
    }
    let lines = lines_of(text);
    let line = |at: usize| text[lines[at].clone()].trim();
    let is_gap = |at: usize| is_between(line(at));
    let is_bare = |at: usize| line(at).is_empty() || is_rule(line(at)) || line(at).starts_with("|-");
    let is_below = |line: &str| {
        field(line).is_some_and(|(name, value)| {
            let first = name.split(' ').next().unwrap_or_default();
            BELOW.contains(&first) && value.split_whitespace().count() <= MAX_VALUE
        })
    };
    let counts = LazyCell::new(|| heads(text));
    let recurs = |line: &str| head(line).is_some_and(|label| counts.get(&label).is_some_and(|&n| n > 1));
    let mut first = lines.len();
    let (mut at, mut loose) = (lines.len(), false);
    while at > 0 && lines.len() - at < MAX_LINES {
        at -= 1;
        if is_bare(at) || super::super::notices::is_notice(line(at)) {
            continue;
        }
        let gap = first < lines.len() && first > at + 1;
        let fits = who::read(line(at)).is_some() || is_below(line(at));
        let names = who::read(line(at)).is_some_and(|line| line.names.is_some() && is_full(line.value));
        if !fits || (gap && recurs(line(at)) && !names) {
            break;
        }
        loose |= gap;
        first = at;
    }
    if first == lines.len() || first == 0 {
        return None;
    }
    let block: Vec<&str> = (first..lines.len()).map(line).collect();
    let found: Vec<who::Line<'_>> = block.iter().filter_map(|line| who::read(line)).collect();
    let named: Vec<&who::Line<'_>> = found.iter().filter(|line| line.names.is_some()).collect();
    let fields = block
        .iter()
        .filter(|line| is_below(line) || field(line).is_some_and(|(name, _)| plain_field(&name) && is_known(&name)))
        .count();
    let above = &text[..lines[first].start];
    let turns = heads(above);
    let talks = turns.values().filter(|&&n| n > 1).count() > 1;
    let people = who::people(&found);
    let called = turns.keys().any(|label| people.find(label).is_some());
    let parted = is_gap(first - 1);
    let asked = ends_in_question_mark(above);
    let goes_on = found.iter().any(|line| turns.contains_key(&line.label));
    let believed = if goes_on {
        // Labels of turns: full names among fields that nobody says, or of both who talk.
        let has = |role: Role| named.iter().any(|line| line.names == Some(Some(role)));
        let both = has(Role::Interviewer) && has(Role::Participant);
        // `AH = Ann Hall`: no turn has such a sign.
        let is_key = parted && block.iter().all(|line| line.is_empty() || is_rule(line) || line.contains(" = "));
        let sure = is_key || if both { parted || fields > 0 } else { parted && !loose && fields > 0 };
        sure && !asked && named.iter().all(|line| is_full(line.value))
    } else {
        let several = named.len() > 1;
        (called && (parted || several)) || (parted && !asked && (several || fields > 0))
    };
    let roles = named.iter().any(|line| !matches!(line.names, Some(Some(Role::Other))));
    if named.is_empty() || !talks || !believed || !roles {
        return None;
    }
    let mut start = first;
    while start > 0 && (is_gap(start - 1) || HEADS_BELOW.contains(&key(line(start - 1)).trim_end_matches(':'))) {
        start -= 1;
    }
    Some((lines.get(start)?.start, people, who::id(&found)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TALK: &str = "AH: How long?\n\nTR: Ten years.\n\nAH: And before?\n\nTR: I was at sea.\n";

    #[test]
    fn a_key_with_signs_below_the_interview_is_none_of_its_words() {
        let text = format!("{TALK}\nAH = Ann Hall, interviewer\nTR = Tom Reed, farmer\n");
        let (start, people, _) = at_the_end(&text).unwrap();
        assert_eq!(text[..start].trim(), TALK.trim());
        assert_eq!(people.find("AH").map(|person| person.role), Some(Role::Interviewer));
        let text = format!("{TALK}\nKey: AH = Ann Hall, TR = Tom Reed\n");
        assert_eq!(at_the_end(&text).map(|(start, ..)| text[..start].trim()), Some(TALK.trim()));
        for said in ["AH: Who was it?\n\nTR: Tom Reed\n", "Key: a good one is hard to find = luck.\n"] {
            assert!(at_the_end(&format!("{TALK}\n{said}")).is_none(), "{said}");
        }
    }

    #[test]
    fn who_is_described_in_other_languages_is_none_of_the_words() {
        for (header, asks, answers) in [
            (
                "Informan: perempuan, 51 tahun, nelayan\nPewawancara: Dewi\nTanggal: 3 Mei 2019",
                "Pewawancara",
                "Informan",
            ),
            ("Pewawancara: Dewi\nNarasumber: Ibu Rina, 51 tahun, nelayan", "Pewawancara", "Narasumber"),
            ("उत्तरदाता: रेखा, 51 वर्ष, मछुआरा\nसाक्षात्कारकर्ता: मीना", "साक्षात्कारकर्ता", "उत्तरदाता"),
            ("参加者B：50代男性、漁師\n聞き手：筆者", "聞き手", "参加者B"),
            ("被访者：男，51岁，渔民\n访问员：小王", "访问员", "被访者"),
            ("Fischer 2: männlich, Anfang 50, Ostsee\nInterviewer: Verfasserin", "Interviewer", "Fischer 2"),
        ] {
            let talk = format!("{asks}: How long?\n{answers}: Ten years.\n{asks}: And before?\n{answers}: At sea.\n");
            let text = format!("{header}\n\n{talk}");
            let block = at_the_top(&text).unwrap_or_else(|| panic!("{header}"));
            assert_eq!(&text[block.end..], talk, "{header}");
            // What is said in one word is no name beside nobody who is described, nor above the next turn.
            assert!(
                at_the_top(&format!("{asks}: Dewi\n{answers}: Rina\n\n{talk}")).is_none_or(|b| b.end == 0),
                "{asks}"
            );
            assert!(at_the_top(&format!("{asks}: Dewi\n{answers}: 51 tahun\n{talk}")).is_none(), "{asks}");
        }
    }

    #[test]
    fn people_may_be_named_below_the_interview() {
        for block in [
            "\nInterviewer: Ann Hall\nInterviewee: Tom Reed\n",
            "\n---\nInterviewer: Ann Hall\nInterviewee: Tom Reed",
            "\nInterviewer: Ann Hall\nParticipant: Tom Reed\nDate: 3 May 2024\n",
            "\n| Interviewer | Ann Hall |\n|---|---|\n| Participant | Tom Reed |\n",
            "\nParticipant: Tom Reed\nConsent: signed by Tom Reed on the day.\n",
        ] {
            let text = format!("{TALK}{block}");
            let (start, people, _) = at_the_end(&text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(text[..start].trim(), TALK.trim(), "{text}");
            assert_eq!(people.find("TR").map(|person| person.role), Some(Role::Participant));
        }
        let roles = TALK.replace("AH:", "Interviewer:").replace("TR:", "Interviewee:");
        let both = "Interviewer: Ann Hall\nInterviewee: Tom Reed\n";
        for (talk, block) in [
            (roles.clone(), format!("\n{both}")),
            (roles.clone(), format!("{both}Date: 3 May 2024\n")),
            (roles.replace("\n\n", "\n"), format!("{both}Date: 3 May 2024\n")),
            (roles.clone(), format!("\nMetadata\n{both}Date: 3 May 2024\n")),
            (roles.clone(), format!("\n{}\nDate: 3 May 2024\n", both.replace('\n', "\n\n"))),
            (roles.clone(), format!("\n{both}Transcribed by: Jo Moss\nDate: 3 May 2024\n")),
        ] {
            let text = format!("{talk}{block}");
            let (start, people, _) = at_the_end(&text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(text[..start].trim(), talk.trim(), "{text}");
            assert_eq!(people.find("Tom Reed").map(|person| person.role), Some(Role::Participant));
        }
        for text in [
            TALK.to_owned(),
            format!("{roles}\nInterviewer: Who was he?\n\nInterviewee: Tom Reed\n\nDate: 3 May 2024\n"),
            format!("{roles}Interviewer: Ann Hall\nInterviewee: Tom Reed\n"),
            format!("{TALK}\nGuest: Ida Lund\n"),
            format!("{TALK}\nTranscribed by: Jo Moss\n"),
            "Q: Who came?\nA: Two.\nQ: Who were they?\n\nHost: Ann Hall\n\nGuest: Ida Lund".to_owned(),
            "Interviewer: Who?\nParticipant: So.\nInterviewer: And your name?\nParticipant: Tom Reed".to_owned(),
            "Interviewer: Who?\n\nParticipant: So.\n\nInterviewer: Your name then\n\nParticipant: Tom Reed".to_owned(),
        ] {
            assert!(at_the_end(&text).is_none(), "{text}");
        }
    }

    #[test]
    fn descriptions_at_the_top_are_no_turns() {
        let talk = "Moderator: What bothers you?\n\nP1: It is late.\n\nP2: The seats.\n\nModerator: What else?";
        for block in [
            "Moderator: Ann Hall\nP1: female, 34, nurse at the city hospital\nP2: male, 51, porter\n\n",
            "Moderator: Ann Hall\nP1: female, 34, nurse at the city hospital\nP2: male, 51, porter\n",
            "P1: female, 34, nurse\n\nP2: male, 51, porter\n\n",
            "Focus group 3\n3 May 2024\nP1: female, 34, nurse\nP2: male, 51, porter\n",
            "# Group 3\n\nModerator: Ann Hall, University of Leeds\n\nP1: Tom Reed, porter\n\nPlace: the shed\n\n",
            "Moderator: Ann Hall\nP1: Tom Reed\nP2: Ida Lund\n\n",
        ] {
            let text = format!("{block}{talk}");
            let found = at_the_top(&text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(&text[found.end..], talk, "{text}");
            assert_eq!(text[..found.end].matches('\n').count(), found.lines);
        }
        for text in [
            talk.to_owned(),
            format!("Moderator: Who are you?\n\nP1: female, 34, nurse\n\nP2: male, 51, porter\n\n{talk}"),
            format!("Moderator: Ann Hall\n\nP1: Tom Reed\n\nP2: Ida Lund\n\n{talk}"),
            format!("P1: I am 34, a nurse\nP2: male, you know, 51\n\n{talk}"),
            format!("P1: Tom Reed\n\n{talk}"),
            "P1: female, 34\nP2: male, 51".to_owned(),
        ] {
            assert!(at_the_top(&text).is_none(), "{text}");
        }
    }

    #[test]
    fn names_with_their_part_at_the_top_are_no_turns_whatever_the_labels() {
        let talk = "XB: How long?\n\nXA: Ten years.\n\nXB: And before?\n\nXA: I was at sea.";
        let text = format!("XA: Tom Reed, interviewee\nXB: Ann Hall, interviewer\n\n{talk}");
        let found = at_the_top(&text).unwrap();
        assert_eq!(&text[found.end..], talk);
        assert_eq!(found.people.find("XB").map(|person| person.role), Some(Role::Interviewer));
        for said in ["XA: Tom Reed, my friend\nXB: Ann Hall, too\n\n", "XA: Tom Reed, interviewee\n\n"] {
            assert!(at_the_top(&format!("{said}{talk}")).is_none(), "{said}");
        }
    }

    #[test]
    fn a_key_of_letters_at_the_top_is_no_turns() {
        let talk = "I: Come è cominciato?\n\nA: In primavera.\n\nI: E poi?\n\nA: Pioveva.";
        for key in [
            "I: intervistatrice\nA: accordatore, 60 anni\n\n",
            "Legenda:\nI: intervistatrice\nA: accordatore, 60 anni\n\n",
            "I: Ines Vogt\nA: Herr K., 51, Feuerwehrmann\n\n",
            "I: Interviewerin (Ines Vogt)\nA: Feuerwehrmann, 51 Jahre\n\n",
        ] {
            let text = format!("{key}{talk}");
            let found = at_the_top(&text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(&text[found.end..], talk, "{text}");
        }
        for said in
            ["I: intervistatrice\nA: sì\n\n", "I: Ines Vogt\nA: piacere\n\n", "Domande:\nI: Ines Vogt\nA: sono 51\n\n"]
        {
            assert!(at_the_top(&format!("{said}{talk}")).is_none(), "{said}");
        }
        assert!(heads_key("Key to speakers:") && heads_key("**Légende :**") && !heads_key("Keys to the house:"));
    }

    #[test]
    fn what_may_describe_people_is_doubtful() {
        let talk = "Moderator: What bothers you?\nP1: It is late.\nP2: The seats.\nModerator: What else?\nP1: Tea.";
        assert_eq!(doubt(&format!("P1: nurse\nP2: porter\n{talk}")), Some((0, "P1: nurse")));
        let titled = format!("# Group 3\n\nModerator: Ann Hall\nP1: a nurse at night\nP2: Tom Reed\n\n{talk}");
        assert_eq!(doubt(&titled), Some((3, "P1: a nurse at night")));
        for text in [
            talk.to_owned(),
            format!("P1: Hello\nP2: Hi\n{talk}"),
            format!("P1: We are late.\nP2: The seats\n{talk}"),
            format!("Moderator: Ready\nP1: Sure\n{talk}"),
            format!("Date: 3 May\nPlace: Leeds\n{talk}"),
            "P1: nurse\nP2: porter\nP1: late\nP2: later".to_owned(),
        ] {
            assert_eq!(doubt(&text), None, "{text}");
        }
    }
}
