//! Answers compiled by question: a question on lines of its own, which no label heads, then the answer of each person.
//!
//! In: a text and its labels. Out: the same with a label for each such question, [`ASKED`], where nobody who is
//! labelled asks and every question stands above the first speaker's answer, or their numbers rise; else a remark.
//! Where somebody who is labelled asks, too, only numbers that go up from one tell such questions. It takes no words
//! from anybody but paragraphs (or, where every line is a turn, lines) behind the first of a turn. Questions that are
//! quoted in a mail, `> Q1: …`, are told here too, and headings above those whose numbers begin anew.

use super::super::by_lines::ByLines;
use super::super::lexicon::QUESTION_WORDS;
use super::super::model::Role;
use super::super::policy::LONGEST_TEXT;
use super::super::speakers::{Names, count_of, ends_in_question, key};
use super::Remark;
use super::gaps;
use super::habit::Habit;
use super::layouts::Head;

/// Whose words the questions are: a name of the lists for who asks.
pub(super) const ASKED: &str = "Question";
/// How texts are called that are written so.
pub(super) const LAYOUT: &str = "questions without a speaker above the answers";

/// Fewer questions show no habit.
const MIN_QUESTIONS: usize = 3;
/// A heading above a question has no more words.
const MAX_HEADING: usize = 6;

/// A question: the head that it stands above, its first byte, the number in front of it, and whether a word in front of
/// that, or a mark at its end, tells it from a heading.
struct Asked {
    above: usize,
    at: usize,
    number: Option<u32>,
    is_plain: bool,
}

/// Whether the questions between the answers were given labels; else what is doubtful about them.
pub(super) fn take_in(text: &str, names: &Names, heads: &mut Vec<Head>) -> Result<bool, Remark> {
    let is_asker = |head: &Head| names.by_name(&key(&head.label)) == Some(Role::Interviewer);
    let Some(first) = heads.first().map(|head| head.label.clone()) else { return Ok(false) };
    let is_alone = heads.iter().all(|head| head.label == first);
    if text.len() > LONGEST_TEXT || heads.iter().any(|head| head.label.is_empty()) {
        return Ok(false);
    }
    let Some(habit) = habit(text, heads) else { return Ok(false) };
    let asked = questions(text, heads, &habit);
    if asked.len() < MIN_QUESTIONS {
        return Ok(false);
    }
    if heads.iter().any(is_asker) || labelled_ask(text, heads, &habit) {
        return numbered(asked, heads, is_asker);
    }
    // One who alone is labelled may have asked as well, but for numbers.
    if is_alone && !(asked[0].above == 0 && go_up(&asked) && asked.len() * 10 >= heads.len() * 8) {
        return Ok(false);
    }
    if !is_sure(&asked, heads, &first) {
        return doubtful(&asked, heads, &first).map_or(Ok(false), Err);
    }
    give_labels(asked, heads);
    Ok(true)
}

/// Gives each question the label of nobody who answers.
fn give_labels(asked: Vec<Asked>, heads: &mut Vec<Head>) {
    let label = |q: Asked| Head { label: ASKED.to_owned(), seconds: None, line: q.at, words: q.at };
    heads.extend(asked.into_iter().map(label));
    heads.sort_by_key(|head| head.line);
}

/// The same where somebody who is labelled asks as well: `Question 2. How …?` on lines of their own, from one on, the
/// first above all answers.
fn numbered(asked: Vec<Asked>, heads: &mut Vec<Head>, is_asker: impl Fn(&Head) -> bool) -> Result<bool, Remark> {
    let asked: Vec<Asked> = asked.into_iter().filter(|q| q.number.is_some() && q.is_plain).collect();
    if asked.len() < MIN_QUESTIONS || !asked.windows(2).all(|two| two[0].number < two[1].number) {
        return Ok(false);
    }
    let is_first = asked[0].above.checked_sub(1).is_none_or(|above| is_asker(&heads[above]));
    if is_first && asked[0].number == Some(1) && go_up(&asked) {
        give_labels(asked, heads);
        return Ok(true);
    }
    let is_answers = |q: &&Asked| q.above.checked_sub(1).is_some_and(|above| !is_asker(&heads[above]));
    asked.iter().find(is_answers).map_or(Ok(false), |first| Err(told(asked.len(), first.at)))
}

/// A remark on questions that may be anybody's. Those of one speaker to another may be the one's own.
fn doubtful(asked: &[Asked], heads: &[Head], first: &str) -> Option<Remark> {
    let mut behind: Vec<&str> =
        asked.iter().filter_map(|q| Some(heads[q.above.checked_sub(1)?].label.as_str())).collect();
    behind.sort_unstable();
    behind.dedup();
    let is_told = behind.len() > 1 || asked.iter().all(|q| heads[q.above].label == first);
    let at = asked.iter().find(|q| q.above > 0).filter(|_| is_told && asked.len() * 4 >= heads.len())?.at;
    Some(told(asked.len(), at))
}

fn told(n: usize, at: usize) -> Remark {
    let what = format!(
        "{n} questions stand between the answers without a label, and from here on were taken for headings or words of \
         whoever spoke before; write `Interviewer:` in front of them"
    );
    Remark { at, what }
}

/// How the text is divided: into paragraphs, or into lines of which most start with a label.
fn habit(text: &str, heads: &[Head]) -> Option<Habit> {
    let habit = Habit::of(text, heads);
    let lines = text[heads[0].line..].by_lines().filter(|line| !line.is_blank()).count();
    let by_line = !habit.by_paragraph && heads.len() * 10 >= lines * 6;
    (habit.by_paragraph || by_line).then_some(Habit { by_line, ..habit })
}

/// The paragraphs of a turn; without a turn those above the first.
fn paragraphs<'t>(text: &'t str, heads: &[Head], above: usize, habit: &Habit) -> Vec<(usize, &'t str)> {
    let end = Head { label: String::new(), seconds: None, line: text.len(), words: text.len() };
    let start = Head { line: 0, words: 0, ..end.clone() };
    let from = above.checked_sub(1).map_or(start, |from| heads[from].clone());
    gaps::paragraphs(text, &[from, heads.get(above).cloned().unwrap_or(end)], habit)
}

/// The questions that stand above labels and below the words of a turn.
fn questions(text: &str, heads: &[Head], habit: &Habit) -> Vec<Asked> {
    let question = |above: usize| {
        let said = paragraphs(text, heads, above, habit);
        let own = usize::from(above > 0);
        let mut place = said.len().checked_sub(1).filter(|&last| last >= own)?;
        let words = said[place].1;
        let (number, asks) = (number(words), ends_in_question(words));
        if number.is_none() && !asks {
            return None;
        }
        let is_plain = asks || bare(words).starts_with(char::is_alphabetic);
        while above > 0 && place > own && is_heading(said[place - 1].1) {
            place -= 1;
        }
        Some(Asked { above, at: said[place].0, number, is_plain })
    };
    (0..heads.len()).filter_map(question).collect()
}

/// A line without the signs of Markdown around it.
fn bare(line: &str) -> &str {
    line.trim_matches(|c: char| c.is_whitespace() || "#*_[]>".contains(c))
}

/// `Theme 2: Bees` above a question: few words, a capital letter, and no end of a sentence.
fn is_heading(line: &str) -> bool {
    let line = bare(line);
    line.split_whitespace().count() <= MAX_HEADING
        && line.starts_with(char::is_uppercase)
        && line.ends_with(char::is_alphanumeric)
}

/// The number that a question starts with: `1.`, `2)`, `Q3.`, `Question 4 –`.
fn number(line: &str) -> Option<u32> {
    let line = bare(line);
    let word = &line[..line.find(|c: char| !c.is_alphabetic()).unwrap_or(line.len())];
    if !word.is_empty() && !QUESTION_WORDS.contains(&key(word).as_str()) {
        return None;
    }
    let rest = line[word.len()..].trim_start_matches(['.', ' ', '#']);
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let behind = &rest[digits..];
    let is_over = [". ", ") ", ": ", " - ", " – ", " — ", "\n"].iter().any(|mark| behind.starts_with(mark));
    (is_over && digits <= 3).then(|| rest[..digits].parse().ok())?
}

/// Whether somebody who is labelled asks: more than one turn in ten.
fn labelled_ask(text: &str, heads: &[Head], habit: &Habit) -> bool {
    let own = |above: usize| paragraphs(text, heads, above, habit).first().map(|own| own.1);
    (1..=heads.len()).filter(|&above| own(above).is_some_and(ends_in_question)).count() * 10 > heads.len()
}

/// Whether the questions are asked of everybody: the first above all answers; then their numbers go up by one, or each
/// stands above an answer of the first speaker, as nearly all of these answers stand below one.
fn is_sure(asked: &[Asked], heads: &[Head], first: &str) -> bool {
    let counts = go_up(asked);
    let of_first = heads.iter().filter(|head| head.label == first).count();
    let stands = asked.iter().all(|q| heads[q.above].label == first);
    asked[0].above == 0 && (counts || (stands && asked.len() * 10 >= of_first * 8))
}

/// Whether the numbers of the questions go up by one.
fn go_up(asked: &[Asked]) -> bool {
    asked.iter().all(|q| q.number.is_some())
        && asked.windows(2).all(|two| two[1].number == two[0].number.map(|number| number + 1))
}

/// Bytes of the sign of a quoted line, and of the space behind it: `> Q1: …`.
pub(super) fn quote(line: &str) -> usize {
    let words = line.strip_prefix('>').filter(|rest| !rest.starts_with('>')).map(str::trim_start);
    words.filter(|words| !words.is_empty()).map_or(0, |words| line.len() - words.len())
}

/// Leaves out the fields of a mail above the first quoted line, such as `Subject:`, that come again nowhere.
pub(super) fn drop_header(text: &str, heads: &mut Vec<Head>) {
    let first = heads.iter().take(MAX_FIELDS).position(|head| quote(&text[head.line..head.words]) > 0).unwrap_or(0);
    let (fields, others) = heads.split_at(first);
    if fields.iter().all(|field| others.iter().all(|head| head.label != field.label)) {
        heads.drain(..first);
    }
}

/// A mail has no more fields.
const MAX_FIELDS: usize = 6;

/// Whether all labels of one name, and no others, stand in quoted lines.
pub(super) fn one_is_quoted(text: &str, heads: &[Head]) -> bool {
    let is_quoted = |head: &Head| quote(&text[head.line..head.words]) > 0;
    let Some(first) = heads.iter().find(|head| is_quoted(head)) else { return false };
    heads.iter().all(|head| is_quoted(head) == (head.label == first.label))
}

/// Gives the headings above questions whose numbers begin anew, such as `Part B: today` above the second `Q1:`, to
/// nobody. The label of a question is the first of all.
pub(super) fn part(text: &str, heads: &mut Vec<Head>) {
    let Some(asks) = heads.first().map(|head| head.label.clone()) else { return };
    let mut headings = Vec::new();
    let mut above = 0;
    for (at, head) in heads.iter().enumerate().filter(|(_, head)| head.label == asks) {
        let Some(number) = counted_as(&text[head.line..head.words], &asks) else { return };
        if number < above {
            headings.extend(at.checked_sub(1).and_then(|last| last_heading(text, heads[last].words, head.line)));
        }
        above = number;
    }
    if !headings.is_empty() {
        heads.extend(headings.into_iter().map(|at| Head { label: String::new(), seconds: None, line: at, words: at }));
        heads.sort_by_key(|head| head.line);
    }
}

/// The number that was taken off a label.
fn counted_as(written: &str, label: &str) -> Option<u32> {
    let written = written.trim_matches(|c: char| c.is_whitespace() || "*_[]:.#>".contains(c));
    let count = count_of(written).or_else(|| count_of(written.trim_end_matches(')')))?;
    (count.name == label || count.key == key(label)).then_some(count.number.0)
}

/// The first byte of a heading that stands below an answer, as its last line.
fn last_heading(text: &str, from: usize, to: usize) -> Option<usize> {
    let said = text.get(from..to)?.trim_end();
    let line = said.rfind('\n')? + 1;
    let above = &said[..line];
    let answer = above.trim_end();
    let is_apart = above[answer.len()..].matches('\n').count() > 1 || !answer.ends_with(char::is_alphanumeric);
    (!answer.is_empty() && is_apart && is_heading(&said[line..])).then_some(from + line)
}

#[cfg(test)]
mod tests {
    use super::super::super::speakers::Names;
    use super::super::{Labelled, read};

    const QUESTIONS: [&str; 4] = ["How did it come?", "What is hard?", "Who helps you there?", "And in winter?"];

    /// A text of questions, each with the answers of some people.
    fn compiled(people: &[&str], question: impl Fn(usize, &str) -> String, gap: &str) -> String {
        let answers = |n: usize| people.iter().map(move |name| format!("{name}: It was so in the year {n}.{gap}"));
        let part = |(n, asked): (usize, &&str)| question(n + 1, asked) + gap + &answers(n).collect::<String>();
        QUESTIONS.iter().enumerate().map(part).collect()
    }

    fn found(text: &str) -> Labelled {
        read(text, &Names::default()).unwrap_or_default()
    }

    fn labels(found: &Labelled) -> Vec<&str> {
        found.stretches.iter().map(|stretch| stretch.label.as_str()).collect()
    }

    #[test]
    fn questions_between_the_answers_are_asked_by_nobody_who_answers() {
        type Written<'f> = &'f dyn Fn(usize, &str) -> String;
        let forms: [Written; 7] = [
            &|_, asked| asked.to_owned(),
            &|n, asked| format!("{n}. {asked}"),
            &|n, asked| format!("{n}) {}", asked.trim_end_matches('?')),
            &|n, asked| format!("Q{n}. {asked}"),
            &|n, asked| format!("Question {n} - {asked}"),
            &|_, asked| format!("**{asked}**"),
            &|n, asked| format!("{n}. {asked}"),
        ];
        let (names, codes) = (&["Anna", "Bert", "Cleo"][..], &["P1", "P2", "P3", "P4", "P5", "P6"][..]);
        for people in [names, codes, &["Teacher 1", "Teacher 2"]] {
            for question in forms {
                for gap in ["\n\n", "\n"] {
                    let text = compiled(people, question, gap);
                    let read = found(&text);
                    let expected: Vec<&str> = [&["Question"][..], people].concat().repeat(4);
                    assert_eq!(labels(&read), expected, "{text}");
                    let last = &read.stretches[people.len()];
                    assert_eq!(&text[last.text.clone()], "It was so in the year 0.", "{text}");
                }
            }
        }
    }

    #[test]
    fn numbers_tell_questions_also_where_somebody_has_no_answer() {
        let text = compiled(&["Anna", "Bert", "Cleo"], |n, asked| format!("{n}. {asked}"), "\n\n");
        let text = text.replace("Anna: It was so in the year 2.\n\n", "");
        assert_eq!(labels(&found(&text)).iter().filter(|label| **label == "Question").count(), 4);
        // Headings above a question are no answer.
        let text = compiled(&["Anna", "Bert"], |n, asked| format!("Part {n}\n\n{asked}"), "\n\n");
        let read = found(&text);
        assert!(read.stretches.iter().all(|s| s.label != "Bert" || text[s.text.clone()].starts_with("It was so")));
    }

    #[test]
    fn numbered_questions_above_the_answers_of_one_are_nobody_elses() {
        type Written<'f> = &'f dyn Fn(usize, &str) -> String;
        let numbered: [Written; 2] = [&|n, asked| format!("{n}. {asked}"), &|n, asked| format!("Q{n}. {asked}")];
        for question in numbered {
            for name in ["Response", "Answer"] {
                let text = compiled(&[name], question, "\n\n");
                let read = found(&text);
                assert_eq!(labels(&read), ["Question", name].repeat(4), "{text}");
                assert!(read.remarks.iter().all(|told| !told.what.contains("no label")), "{:?}", read.remarks);
            }
        }
        // Without numbers, or where they stand in no order, the words may be the one's own.
        for question in [&(|_, asked: &str| asked.to_owned()) as Written, &|n, asked| format!("{}. {asked}", n * n)] {
            let text = compiled(&["Tom"], question, "\n\n");
            assert!(!labels(&found(&text)).contains(&"Question"), "{text}");
        }
    }

    #[test]
    fn numbered_questions_without_a_label_are_asked_where_a_moderator_speaks_too() {
        let people = ["David", "Will", "Ida"];
        let with = |question: &dyn Fn(usize, &str) -> String| {
            let text = compiled(&people, question, "\n");
            text.replacen("\nWill:", "\nModerator: Sorry, it is hard to hear you.\nWill:", 1)
        };
        let n_asked = |text: &str| labels(&found(text)).iter().filter(|label| **label == "Question").count();
        let text = with(&|n, asked| format!("Question {n}. {asked}"));
        assert_eq!((n_asked(&text), labels(&found(&text))[2]), (4, "Moderator"));
        // Also where those who answer ask one another.
        assert_eq!(n_asked(&text.replace("in the year 1.", "so, was it?")), 4);
        // Headings, and questions without numbers.
        assert_eq!(n_asked(&with(&|n, _| format!("{n}. The garden in spring"))), 0);
        assert_eq!(n_asked(&with(&|_, asked| asked.to_owned())), 0);
        // Where one is missing they are told.
        let text = text.replace("Question 2. ", "Question 1b ");
        let read = found(&text.replace("Question 4", "Question 5"));
        assert!(!labels(&read).contains(&"Question"));
        let told: Vec<&str> = read.remarks.iter().map(|told| told.what.as_str()).collect();
        assert!(told.iter().any(|told| told.starts_with("3 questions stand between")), "{told:?}");
    }

    #[test]
    fn quoted_questions_are_asked_by_who_is_quoted() {
        let asked = |quote: &str| {
            let turn = |n: usize| format!("{quote}Q{n}: How was it then?\n\nA{n}: It rained all day.\n\n");
            (1..6).map(turn).collect::<String>()
        };
        assert_eq!(labels(&found(&asked("> "))), ["Q", "A"].repeat(5));
        let mail = format!("From: Ann\nTo: Tom\nSubject: Re: some questions\n\n{}", asked("> "));
        assert_eq!(labels(&found(&mail)).iter().filter(|label| !label.is_empty()).count(), 10);
        let both = asked("").lines().map(|line| format!("> {line}\n")).collect::<String>();
        assert!(!super::one_is_quoted(&both, &[]) && super::quote(">> Q1: Why?") == 0 && super::quote("Q1") == 0);
    }

    #[test]
    fn headings_where_numbers_begin_anew_are_nobodys() {
        let part = |n: usize| format!("Q{n}: How was it then?\n\nA{n}: It rained all day.\n\n");
        let parts = |heading: &str| {
            let four = (1..5).map(part).collect::<String>();
            format!("{four}{heading}\n\n{four}")
        };
        for heading in ["Section B: the others", "Round 2, sent in June", "Teil 2"] {
            let text = parts(heading);
            let read = found(&text);
            let mut expected = ["Q", "A"].repeat(8);
            expected.insert(8, "");
            assert_eq!(labels(&read), expected, "{text}");
        }
        // Words of an answer, and what stands where numbers go on.
        for text in [parts("It never stopped."), parts("and so on"), [1, 2, 3].map(part).join("Part B: today\n\n")] {
            assert!(!labels(&found(&text)).contains(&""), "{text}");
        }
    }

    #[test]
    fn questions_of_who_is_labelled_stay() {
        // Somebody who is known to ask; one who asks; questions of one's own behind an answer.
        for text in [
            compiled(&["Moderator", "Bert"], |_, asked| asked.to_owned(), "\n\n"),
            compiled(&["Anna", "Bert"], |_, asked| asked.to_owned(), "\n\n").replace("in the year", "or what, in?"),
            "Anna: I kept bees.\n\nBert: So did I.\n\nWhy not?\n\n".repeat(4),
            "Anna: Why was it?\n\nBert: It rained.\n\nAnd what of it?\n\n".repeat(4),
        ] {
            let text = (0..4).fold(text, |text, n| text.replace(&format!("in? {n}."), "in?"));
            assert!(!labels(&found(&text)).contains(&"Question"), "{text}");
        }
    }

    #[test]
    fn questions_whose_place_is_not_sure_are_told() {
        let text = compiled(&["Anna", "Bert", "Cleo"], |_, asked| asked.to_owned(), "\n\n");
        let left_out = [("Anna", 2), ("Anna", 1), ("Cleo", 1)];
        let answer = |(name, n): (&str, usize)| format!("{name}: It was so in the year {n}.\n\n");
        let text = left_out.into_iter().fold(text, |text, of| text.replace(&answer(of), ""));
        let read = found(&text);
        assert!(!labels(&read).contains(&"Question"));
        let is_told = read.remarks.iter().any(|told| told.what.contains("write `Interviewer:` in front"));
        assert!(is_told, "{:?}", read.remarks);
    }
}
