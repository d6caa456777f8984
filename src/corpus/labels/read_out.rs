//! Texts that are read out to whoever answers, under a heading of their own: `Vignette 1: Samira is 24 …`, `Closing
//! statement: …`, `Debrief script (read aloud): …`.
//!
//! In: a text and its labels, where people take turns. Out: such headings as turns of the one who asks, with a remark
//! each; and remarks on other labels between two turns of one speaker, where somebody else was due. A heading is one by
//! its word – with a number, where the word alone may head an answer, too – above sentences in which nobody speaks of
//! themselves alone. It never gives them to anybody where it is not plain who asks.

use std::collections::{HashMap, HashSet};

use super::super::label_key::stem;
use super::super::model::Role;
use super::super::speakers::{Names, ends_in_question, key};
use super::firsts::first_of_each;
use super::gaps::take_turns;
use super::habit::{self, Habit, unlabelled};
use super::lines::Head;
use super::{Remark, persons};

/// Longer labels are none, in bytes and words; fewer words below one may be a title.
const LONGEST: usize = 60;
const WORDS: usize = 6;
const FEWEST: usize = 5;

/// What is read out, alone or with a number.
#[rustfmt::skip]
const TEXTS: &[&str] = &[
    "vignette", "case vignette", "scenario", "prompt", "instruction", "instructions", "script", "debrief", "debriefing",
    "preamble", "intro", "introduction", "stimulus", "consent", "fallvignette", "szenario", "anweisung", "anweisungen",
    "instruktion", "instruktionen", "erzählstimulus", "erzählimpuls", "einleitung", "vorspann", "aufklärung", "consigne",
    "consignes", "scénario", "préambule", "viñeta", "escenario", "consigna", "instrucciones", "vignetta", "istruzioni",
    "preambolo", "vignet", "instructie", "instructies", "inleiding", "vinheta", "cenário", "instruções", "winieta",
    "instrukcja", "vinjett", "vignett",
];
/// The same with a number only.
#[rustfmt::skip]
const COUNTED: &[&str] = &[
    "task", "card", "statement", "exercise", "case", "story", "clip", "item", "situation", "excerpt", "extract", "dilemma",
    "aufgabe", "karte", "aussage", "übung", "fall", "fallbeispiel", "geschichte", "auszug", "tâche", "carte", "énoncé",
    "exercice", "cas", "histoire", "affirmation", "tarea", "tarjeta", "enunciado", "ejercicio", "caso", "historia",
    "afirmación", "compito", "scheda", "esercizio", "affermazione", "situazione", "taak", "opdracht", "kaart", "stelling",
    "oefening", "casus", "verhaal", "situatie", "tarefa", "cartão", "exercício", "situação", "zadanie", "karta", "uppgift",
    "kort", "opgave",
];
/// What a text is called last, behind what it is for.
#[rustfmt::skip]
const SCRIPTS: &[&str] = &[
    "script", "statement", "remarks", "text", "instructions", "instruction", "introduction", "wording", "blurb",
    "information", "message", "prompt", "vignette", "scenario", "erklärung", "hinweise", "worte",
];
#[rustfmt::skip]
const FOR_WHAT: &[&str] = &[
    "closing", "opening", "consent", "debrief", "debriefing", "introductory", "intro", "introduction", "welcome", "study",
    "task", "verbal", "oral", "final", "concluding", "end", "standard", "standardised", "standardized", "ethics",
    "interview", "case", "privacy", "recording", "survey", "thank-you", "scripted",
];
/// Whole labels in other languages.
#[rustfmt::skip]
const WHOLE: &[&str] = &[
    "schlusswort", "schlussworte", "abschlusstext", "einleitungstext", "begrüßungstext", "einwilligungserklärung",
    "texte de clôture", "texte d'introduction", "mot de la fin", "texte lu", "texto de cierre", "texto de introducción",
    "texto leído", "testo di chiusura", "testo introduttivo", "testo letto", "slotwoord", "afsluitende tekst",
    "inleidende tekst", "voorgelezen tekst", "texto de encerramento", "texto de abertura",
];
/// That it was read out, in brackets behind the label.
#[rustfmt::skip]
const ALOUD: &[&str] = &[
    "read", "reads", "reading", "vorgelesen", "vorlesen", "verlesen", "lu", "lue", "lecture", "leído", "leída", "lectura",
    "letto", "letta", "voorgelezen", "lido", "lida",
];
/// Words of somebody who speaks of themselves, and of somebody who speaks to another.
#[rustfmt::skip]
const SELF: &[&str] = &[
    "i", "i'm", "i've", "i'd", "i'll", "me", "my", "mine", "we", "we're", "we've", "our", "us", "ich", "mich", "mir", "mein",
    "meine", "wir", "uns", "unser", "je", "j'ai", "moi", "mon", "ma", "nous", "notre", "yo", "mi", "nosotros", "ik", "mijn",
    "wij", "we", "io", "mio", "mia", "noi", "eu", "meu", "minha",
];
#[rustfmt::skip]
const TO_ANOTHER: &[&str] = &[
    "you", "your", "please", "imagine", "sie", "ihnen", "ihr", "ihre", "ihren", "bitte", "du", "dein", "vous", "votre", "vos",
    "usted", "ustedes", "su", "sus", "imagínese", "lei", "voi", "suo", "sua", "u", "uw", "jij", "je", "jouw", "você",
];

/// Gives texts that are read out to the one who asks, and tells of other labels that stand where somebody else is due.
pub(super) fn take_in(text: &str, names: &Names, heads: &mut Vec<Head>, remarks: &mut Vec<Remark>) {
    let habit = Habit::of(text, heads);
    if !habit.by_paragraph && !habit.by_line {
        return;
    }
    let may_be = |head: &Head| is_unknown(&head.label, names) && is_heading(&head.label);
    let others: Vec<Head> = heads.iter().filter(|head| !may_be(head)).cloned().collect();
    let is_head = |found: &Found<'_>| habit::is_head(heads, found.line);
    let mut found = labelled(text, &others, &habit, names);
    found.retain(|found| !is_head(found));
    found.extend(own(text, heads, habit.by_paragraph, may_be));
    if found.is_empty() || !take_turns(text, &others, &habit) {
        return;
    }
    let asker = asker(text, &others, names);
    let mut doubtful: Vec<&Found<'_>> = Vec::new();
    for found in &found {
        let at = others.partition_point(|head| head.line < found.line);
        let (above, below) = (at.checked_sub(1).map(|at| &others[at]), others.get(at));
        let is_answerer = |head: &&Head| asker.as_deref().is_some_and(|asker| !same(&head.label, asker));
        // Who asks was due between two turns of one who answers; a heading that starts a turn of its own stands below
        // what they say, too.
        let is_due = match (above, below) {
            (Some(above), Some(below)) => {
                same(&above.label, &below.label) || (found.is_label && is_answerer(&below) && !is_answerer(&above))
            }
            (above, below) => found.is_label && above.or(below).is_some(),
        };
        if !is_due {
            continue;
        }
        let is_theirs = above.filter(is_answerer).is_some() || below.filter(is_answerer).is_some();
        match asker.as_deref().filter(|_| is_theirs && is_heading(&found.name) && is_read(found.said)) {
            Some(asker) => {
                let is_of_it = |remark: &Remark| remark.what.starts_with(&format!("`{}:`", found.name));
                remarks.retain(|remark| remark.at != found.line && !is_of_it(remark));
                match heads.binary_search_by_key(&found.line, |head| head.line) {
                    Ok(at) => heads[at].label = asker.to_owned(),
                    Err(at) => {
                        let label = asker.to_owned();
                        heads.insert(at, Head { label, seconds: None, line: found.line, words: found.words });
                    }
                }
                remarks.push(Remark {
                    at: found.line,
                    what: format!(
                        "`{}:` stands where `{asker}` is due and was taken for what `{asker}` reads out; if somebody else \
                         says it, write who in front",
                        found.name
                    ),
                });
            }
            // Their own words are theirs, whatever they are called.
            None if !found.is_label && (asker.is_none() || is_theirs) => doubtful.push(found),
            None => {}
        }
    }
    let told: HashSet<usize> = remarks.iter().map(|remark| remark.at).collect();
    let doubtful = doubtful.into_iter().filter(|found| !told.contains(&found.line));
    for (found, more) in first_of_each(doubtful, |found| key(&found.name)) {
        let above = heads.partition_point(|head| head.line < found.line).saturating_sub(1);
        let (whose, name) = (&heads[above].label, &found.name);
        let what = format!(
            "`{name}:` stands between two turns of `{whose}` and was taken for words of `{whose}`{more}; if somebody else \
             says or reads it, write who in front"
        );
        remarks.push(Remark { at: found.line, what });
    }
}

/// A label that may head what is read out.
struct Found<'t> {
    line: usize,
    name: String,
    /// The byte at which the words begin.
    words: usize,
    /// The words of its paragraph.
    said: &'t str,
    /// Whether it is a speaker's label already.
    is_label: bool,
}

/// The paragraphs that begin with such a label between two turns of one speaker, whoever that is.
fn labelled<'t>(text: &'t str, heads: &[Head], habit: &Habit, names: &Names) -> Vec<Found<'t>> {
    let is_between = |at: usize| {
        let next = heads.partition_point(|head| head.line < at);
        next > 0 && heads.get(next).is_some_and(|next_head| same(&heads[next - 1].label, &next_head.label))
    };
    let found = |(at, line): (usize, &'t str)| {
        let inner = line.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '_'));
        let (label, behind) = inner.split_once([':', '：'])?;
        let name = label.trim_matches(['*', '_', ' ']);
        let behind = behind.trim_start_matches(['*', '_']);
        let fits =
            label.len() <= LONGEST && name.split_whitespace().count() <= WORDS && name.starts_with(char::is_uppercase);
        let is_one = fits
            && is_unknown(name, names)
            && (is_heading(name) || !persons::is_sentence(name))
            && behind.starts_with([' ', '\t']);
        let words = at + line.len() - behind.trim_start().len();
        let said = paragraph(&text[words..], habit.by_paragraph);
        (is_one && is_between(at) && said.split_whitespace().count() >= FEWEST).then_some(Found {
            line: at,
            name: name.to_owned(),
            words,
            said,
            is_label: false,
        })
    };
    unlabelled(text, heads, habit.by_paragraph).into_iter().filter_map(found).collect()
}

/// The labels of speakers that are such headings.
fn own<'t>(text: &'t str, heads: &[Head], by_paragraph: bool, may_be: impl Fn(&Head) -> bool) -> Vec<Found<'t>> {
    let found = |head: &Head| Found {
        line: head.line,
        name: head.label.clone(),
        words: head.words,
        said: paragraph(&text[head.words..], by_paragraph),
        is_label: true,
    };
    let is_long = |found: &Found<'_>| found.said.split_whitespace().count() >= FEWEST;
    heads.iter().filter(|head| may_be(head)).map(found).filter(is_long).collect()
}

/// A text up to its first blank line, or its first line.
fn paragraph(text: &str, by_paragraph: bool) -> &str {
    text.split(if by_paragraph { "\n\n" } else { "\n" }).next().unwrap_or_default().trim()
}

fn same(a: &str, b: &str) -> bool {
    key(a) == key(b)
}

/// Whether no list and no header knows a label, and the user does not name it.
fn is_unknown(label: &str, names: &Names) -> bool {
    let key = key(label);
    let is_free = !names.is_given(&key) && !names.is_introduced(&key) && names.strong(&key).is_none();
    is_free && (is_heading(label) || !persons::is_somebody(label))
}

/// Whether a label heads what is read out.
fn is_heading(label: &str) -> bool {
    let (name, aside) = label.split_once(['(', '[']).map_or((label, ""), |(name, aside)| (name, aside));
    let aside = aside.to_lowercase();
    if aside.split(|c: char| !c.is_alphanumeric()).any(|word| ALOUD.contains(&word)) {
        return true;
    }
    let key = key(name.trim());
    let stem = stem(&key).trim_end_matches([' ', '#']);
    let lettered = key.rsplit_once(' ').filter(|(_, count)| count.len() == 1);
    let (noun, is_counted) = match lettered {
        _ if stem.len() < key.len() => (stem, true),
        Some((noun, _)) => (noun, true),
        None => (key.as_str(), false),
    };
    let is_script =
        || noun.split_once(' ').is_some_and(|(what, script)| FOR_WHAT.contains(&what) && SCRIPTS.contains(&script));
    TEXTS.contains(&noun) || WHOLE.contains(&noun) || is_script() || (is_counted && COUNTED.contains(&noun))
}

/// Whether words are read to somebody: nobody speaks of themselves there, unless it is to another.
fn is_read(said: &str) -> bool {
    let lower = said.to_lowercase().replace('’', "'");
    let has = |list: &[&str]| lower.split(|c: char| !c.is_alphanumeric() && c != '\'').any(|word| list.contains(&word));
    !has(SELF) || has(TO_ANOTHER)
}

/// Who asks, if that is plain: the only one by name, or the only one whose turns ask, half of them or more.
fn asker(text: &str, heads: &[Head], names: &Names) -> Option<String> {
    let mut turns: HashMap<String, (&str, usize, usize)> = HashMap::new();
    for (at, head) in heads.iter().enumerate().filter(|(_, head)| !head.label.is_empty()) {
        let end = heads.get(at + 1).map_or(text.len(), |next| next.line);
        let (_, all, asking) = turns.entry(key(&head.label)).or_insert((head.label.as_str(), 0, 0));
        *all += 1;
        *asking += usize::from(ends_in_question(text[head.words..end].trim_end()));
    }
    let mut by_name =
        turns.iter().filter(|(key, (_, all, _))| names.by_name(key) == Some(Role::Interviewer) && *all > 1);
    if let (Some((_, (label, _, _))), None) = (by_name.next(), by_name.next()) {
        return Some((*label).to_owned());
    }
    let asks = |(_, all, asking): &(&str, usize, usize)| *asking > 1 && asking * 2 >= *all;
    let hardly_asks = |(_, all, asking): &(&str, usize, usize)| asking * 4 <= *all;
    let mut askers = turns.values().filter(|of| asks(of));
    let asker = askers.next().filter(|_| askers.next().is_none())?;
    turns.values().all(|of| of.0 == asker.0 || hardly_asks(of)).then(|| asker.0.to_owned())
}

#[cfg(test)]
mod tests {
    use super::super::super::speakers::Names;
    use super::super::read;

    const READ: &str = "A family of four lives in a flat with one bedroom. They have to leave by June.";

    /// A talk in which a paragraph stands between two turns of who answers.
    fn talk(who: [&str; 2], paragraph: &str) -> String {
        let [asks, answers] = who;
        let pair = format!("{asks}: How did it begin?\n\n{answers}: We had a room and a soft dog.\n\n");
        format!("{pair}{pair}{paragraph}\n\n{answers}: They should ring the law centre.\n\n{pair}{pair}")
    }

    /// Who says the paragraph, and what is told.
    fn found(text: &str, said: &str) -> (String, Vec<String>) {
        let read = read(text, &Names::default()).unwrap();
        let at = text.find(said).unwrap();
        let whose = read.stretches.iter().find(|stretch| stretch.text.contains(&at)).unwrap().label.clone();
        (whose, read.remarks.into_iter().map(|remark| remark.what).collect())
    }

    #[test]
    fn what_is_read_out_is_the_askers() {
        for label in [
            "Closing statement",
            "Instructions",
            "Prompt",
            "Task 3",
            "Vignette B",
            "Debrief script (read aloud)",
            "Fallvignette 2",
            "Consigne",
            "Viñeta 1",
            "Stelling 3",
        ] {
            for who in [["Interviewer", "Participant"], ["Nora", "Keeper"]] {
                let (whose, told) = found(&talk(who, &format!("{label}: {READ}")), READ);
                assert_eq!(whose, who[0], "{label}");
                assert!(told.iter().any(|what| what.contains("reads out")), "{label}: {told:?}");
            }
        }
    }

    #[test]
    fn what_may_be_somebodys_stays_and_is_told() {
        let who = ["Interviewer", "Participant"];
        for paragraph in
            ["Instructions: I never read them in my life.", "Outlook: the council will sell the whole street."]
        {
            let said = paragraph.split_once(": ").unwrap().1;
            let (whose, told) = found(&talk(who, paragraph), said);
            assert_eq!(whose, "Participant", "{paragraph}");
            assert_eq!(told.len(), 1, "{told:?}");
        }
        // Above the turn of who asks it is a paragraph of the answer.
        let text =
            talk(who, &format!("{}: Go on then?\n\nParticipant: So.\n\nTask 2: {READ}\n\nInterviewer: And?", who[0]));
        assert_eq!(found(&text, READ).0, "Participant");
    }

    #[test]
    fn a_heading_taken_for_a_speaker_is_the_askers() {
        let part = |n: usize| {
            format!(
                "INT: Here is one more story.\n\nVignette {n}: {READ} What should they do, {n}?\n\nRES: They should ring \
                 the law centre.\n\n"
            )
        };
        let text = [part(1), part(2), "INT: And you?\n\nRES: I would, too.\n".to_owned()].concat();
        for said in ["do, 1?", "do, 2?"] {
            assert_eq!(found(&text, said).0, "INT");
        }
    }
}
