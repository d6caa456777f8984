//! Codes in place of answers, as programs for surveys and statistics write them: `-99`, `NULL`, `NA`.
//!
//! In: the cells of the columns that answers stand in, or the turns of a talk. Out: which are codes. A number is one
//! only where it stands in several cells of columns that people otherwise answer in words; what
//! somebody typed once stays an answer. It removes nothing. What may be one fills many cells and is told.

mod codes;
mod errors;
mod numbers;
mod told;

use std::collections::{BTreeMap, HashMap};

use super::super::exclusions::is_non_answer;
use super::super::sentences::words;
use codes::{BESIDE_NUMBER, BY_BOTH, BY_PROGRAMS, CAPITALS, EVERYWHERE};
use codes::{IN_BRACKETS, IN_COLUMNS_OF_WORDS, WHERE_A_FEW, WHERE_MANY};
use told::{is_told, tells_of_questions};

/// Cells from which there are many, and the share of the cells: one in so many.
const A_LOT: usize = 5;
const ONE_IN: usize = 10;
/// Cells from which what programs write in many is told.
const A_FEW: usize = 3;
/// Cells from which a short text is told that is written as in programs, and their share of a column that is answered
/// in sentences: one in so many.
const VERY_MANY: usize = 10;
const OF_ALL: usize = 4;
const OPEN_WORDS: usize = 4;
/// How many of four other answers differ in a column that people answer in words of their own.
const OF_FOUR: usize = 3;
/// Marks around a cell that no program puts there to say that there is no answer.
const QUOTES: [char; 5] = ['"', '\'', '“', '„', '«'];
/// Bytes of the longest code.
const LONGEST: usize = 120;
/// Cells that must hold a code of people's spelling, or a number; a number of one digit is more often
/// meant.
const SEVERAL: usize = 2;
const MANY: usize = 5;
/// Mean number of words from which a column is answered in words, codes not counted.
const IN_WORDS: usize = 3;
/// Codes that a warning names: all but in tables where nearly every cell is another one.
const NAMED: usize = 40;

/// For each column which of its cells are codes.
pub(super) fn find(columns: &[Vec<&str>]) -> Vec<Vec<bool>> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for cell in columns.iter().flatten().map(|cell| cell.trim()).filter(|cell| may_be(cell)) {
        *counts.entry(cell).or_default() += 1;
    }
    if counts.is_empty() {
        return columns.iter().map(|column| vec![false; column.len()]).collect();
    }
    let uniform = uniform(columns, &counts);
    let recurs = |cell: &str| counts.get(cell).is_some_and(|&n| n >= SEVERAL);
    let of_column = |column: &Vec<&str>| {
        let in_words = is_in_words(column);
        let is_code = |cell: &&str| {
            let cell = cell.trim();
            is_by_program(cell)
                || (in_words && uniform.contains(&cell))
                || (recurs(cell) && written(cell).is_some_and(|written| in_words || written == Written::Everywhere))
                || (in_words
                    && (numbers::is_of_codes(cell) || is_negative_in_brackets(cell))
                    && counts[cell] >= if numbers::is_digit(cell) { MANY } else { SEVERAL })
        };
        column.iter().map(is_code).collect()
    };
    columns.iter().map(of_column).collect()
}

/// What is no code but may be one, as phrases: a text in many cells, in one spelling, that tells of questions and of
/// who answers them, stands in brackets, or is written as in programs; and in a few cells what programs write in more.
/// `line` is that of a row.
pub(super) fn doubts(columns: &[Vec<&str>], found: &[Vec<bool>], line: impl Fn(usize) -> usize) -> Vec<String> {
    let mut told = Vec::new();
    for (column, found) in columns.iter().zip(found).filter(|(column, _)| is_in_words(column)) {
        // Cells of each text, and the row of the first.
        let mut counts: HashMap<&str, (usize, usize)> = HashMap::new();
        let (mut filled, mut n_words) = (0, 0);
        for (row, cell) in column.iter().map(|cell| cell.trim()).enumerate().filter(|(_, cell)| !cell.is_empty()) {
            filled += 1;
            if !found[row] {
                n_words += words(cell);
                counts.entry(cell).or_insert((0, row)).0 += 1;
            }
        }
        let n_answers: usize = counts.values().map(|(n, _)| n).sum();
        let mut doubtful: Vec<(usize, &str, usize, &str)> = Vec::new();
        for (&cell, &(n, row)) in counts.iter().filter(|(cell, _)| cell.len() <= LONGEST && !is_non_answer(cell)) {
            let others = [n_answers - n, counts.len() - 1];
            let Some(why) = doubt(cell, n, [filled, n_words], others) else { continue };
            // People type it each in their own way.
            let is_other = |other: &&str| *other != cell && other.to_lowercase() == cell.to_lowercase();
            if !counts.keys().any(is_other) {
                doubtful.push((row, cell, n, why));
            }
        }
        doubtful.sort_unstable();
        told.extend(doubtful.into_iter().map(|(row, cell, n, why)| {
            format!(
                "line {}: `{cell}` stands in {n} cells and was taken for an answer{why}; if a program wrote it, empty \
                 these cells",
                line(row)
            )
        }));
    }
    told
}

/// Why a text that stands in `n` cells of a column may be a code; nothing where it is not doubtful. Of the column:
/// filled cells and their words; the other answers and how many of them differ, as they hardly do where options are
/// given.
fn doubt(cell: &str, n: usize, [filled, n_words]: [usize; 2], others: [usize; 2]) -> Option<&'static str> {
    let is_much = n * ONE_IN >= filled;
    if n >= A_LOT && is_much && tells_of_questions(cell) {
        return Some(", though it tells of the question");
    }
    let [others, different] = others;
    let has_letters = cell.chars().filter(|c| c.is_alphabetic()).count() > 1;
    if !has_letters || different * 4 < others * OF_FOUR {
        return None;
    }
    let is_in_brackets = without_brackets(cell).len() < cell.len() && !cell.starts_with(QUOTES);
    if n >= A_FEW && is_much && is_where_many(cell) {
        return Some(", though programs write it where there is none");
    }
    if n >= A_LOT && is_much && is_in_brackets {
        return Some(", though it stands in brackets");
    }
    let is_open = n_words >= OPEN_WORDS * filled;
    let is_much = n >= VERY_MANY && n * OF_ALL >= filled;
    (is_much && is_open && joins_words(cell) && words(cell) <= IN_WORDS).then_some(", though nobody writes so")
}

/// Whether a mark joins words, as in programs: `routed_away`. `Yes` and `My family` are true answers, however many.
fn joins_words(cell: &str) -> bool {
    let is_joined = |at: usize| {
        let before = cell[..at].chars().next_back();
        before.is_some_and(char::is_alphanumeric) && cell[at + 1..].starts_with(char::is_alphanumeric)
    };
    cell.match_indices(['_', '=', '|']).any(|(at, _)| is_joined(at))
}

/// Which turns of a talk are codes: what only programs write, and, where turns are in words, a negative number that
/// comes again. What somebody may say and nothing else, `No answer` or `99`, is none.
pub(super) fn in_turns(turns: &[&str]) -> Vec<bool> {
    let may_be = |turn: &&str| is_by_program(turn) || numbers::is_negative_of_codes(without_brackets(turn));
    let mut counts: HashMap<&str, usize> = HashMap::new();
    turns.iter().map(|turn| turn.trim()).filter(may_be).for_each(|turn| *counts.entry(turn).or_default() += 1);
    if counts.is_empty() {
        return vec![false; turns.len()];
    }
    let said = turns.iter().map(|turn| turn.trim()).filter(|turn| !turn.is_empty() && !counts.contains_key(turn));
    let (n, n_words) = said.fold((0, 0), |(n, n_words), turn| (n + 1, n_words + words(turn)));
    let in_words = n > 0 && n_words >= IN_WORDS * n;
    // `null` and `nan` are words, too.
    let is_sure = |turn: &str| is_by_program(turn) && !turn.chars().all(char::is_lowercase);
    let is_code = |turn: &&str| {
        let turn = turn.trim();
        counts.get(turn).is_some_and(|&n| is_sure(turn) || (in_words && (is_by_program(turn) || n >= SEVERAL)))
    };
    turns.iter().map(is_code).collect()
}

/// What fills a good part of the columns and is written in one way, beside nothing like it.
fn uniform<'c>(columns: &[Vec<&'c str>], counts: &HashMap<&'c str, usize>) -> Vec<&'c str> {
    let like: Vec<&str> = counts.keys().copied().filter(|cell| is_where_many(cell)).collect();
    let is_mark = |cell: &str| !cell.contains(char::is_alphanumeric);
    let has_like = |cell: &str| {
        let among_codes = like.iter().any(|other| *other != cell && other.to_lowercase() == cell.to_lowercase());
        let cells = || columns.iter().flatten().map(|other| other.trim());
        among_codes || (is_mark(cell) && cells().any(|other| !other.is_empty() && other != cell && is_mark(other)))
    };
    let filled = |cell: &str| -> usize {
        let has_it = |column: &&Vec<&str>| column.iter().any(|other| other.trim() == cell);
        columns.iter().filter(has_it).map(|column| column.iter().filter(|cell| !cell.trim().is_empty()).count()).sum()
    };
    let fewest = |cell: &str| if is_among(&spelt(without_brackets(cell)), WHERE_A_FEW) { A_FEW } else { A_LOT };
    let is_uniform =
        |cell: &&str| counts[cell] >= fewest(cell) && counts[cell] * ONE_IN >= filled(cell) && !has_like(cell);
    like.iter().copied().filter(is_uniform).collect()
}

fn is_where_many(cell: &str) -> bool {
    let is_listed = |cell: &str| is_among(&spelt(cell), WHERE_MANY);
    let bare = without_brackets(cell);
    cell.len() <= LONGEST && (is_listed(cell) || (bare.len() < cell.len() && is_listed(bare)))
}

/// The codes with how often they stand, the most frequent first, as a phrase.
fn told(codes: &BTreeMap<String, usize>) -> String {
    let mut codes: Vec<(&String, &usize)> = codes.iter().collect();
    codes.sort_by_key(|(_, n)| std::cmp::Reverse(**n));
    let shown: Vec<String> = codes.iter().take(NAMED).map(|(code, n)| format!("`{code}` {n} times")).collect();
    let others = codes.len().saturating_sub(NAMED);
    let more = if others > 0 { format!(" and {others} other codes") } else { String::new() };
    shown.join(", ").replace(" 1 times", " once") + &more
}

/// How many codes there are and which, as a warning; `what` says of one and of several what holds them.
pub(super) fn warning(codes: &BTreeMap<String, usize>, what: [&str; 2]) -> Option<String> {
    let n: usize = codes.values().sum();
    let what = if n == 1 { what[0] } else { what[1] };
    (n > 0).then(|| format!("{n} {what} for a missing answer, which nobody gave: {}", told(codes)))
}

/// Whether a cell holds what only programs write.
pub(super) fn is_by_program(cell: &str) -> bool {
    BY_PROGRAMS.contains(&cell) || errors::is_error(cell)
}

/// Whether a cell may be a code; worth counting.
pub(super) fn may_be(cell: &str) -> bool {
    is_by_program(cell)
        || numbers::is_of_codes(cell)
        || is_negative_in_brackets(cell)
        || written(cell).is_some()
        || is_where_many(cell)
}

/// `(-9)`, `[-99]`.
fn is_negative_in_brackets(cell: &str) -> bool {
    let bare = without_brackets(cell);
    bare.len() < cell.len() && numbers::is_negative(bare)
}

/// Where a code of people's spelling counts.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Written {
    Everywhere,
    InColumnsOfWords,
}

/// Whether people write a cell for a missing answer.
fn written(cell: &str) -> Option<Written> {
    if cell.len() > LONGEST {
        return None;
    }
    let bare = without_brackets(cell);
    match CAPITALS.iter().position(|capitals| *capitals == bare) {
        Some(at) if at < EVERYWHERE => return Some(Written::Everywhere),
        Some(_) => return Some(Written::InColumnsOfWords),
        None => {}
    }
    let spelt = spelt(bare);
    let is_in_brackets = bare.len() < cell.len() && is_among(&spelt, IN_BRACKETS);
    let is_explained = || behind_number(cell).is_some_and(is_code) || behind_code(cell).is_some_and(is_code);
    if is_among(&spelt, BY_BOTH) || is_in_brackets || is_told(&spelt) || is_explained() {
        return Some(Written::Everywhere);
    }
    (is_among(&spelt, IN_COLUMNS_OF_WORDS) || is_letter_behind_point(cell)).then_some(Written::InColumnsOfWords)
}

/// A cell in the form in which the lists are written: in lower case, with plain apostrophes, single spaces for `_` and
/// none around `/`.
fn spelt(cell: &str) -> String {
    let mut spelt = String::with_capacity(cell.len());
    for c in cell.chars().flat_map(char::to_lowercase) {
        match c {
            '/' if spelt.ends_with(' ') => {
                spelt.pop();
                spelt.push('/');
            }
            ' ' | '_' | '\u{a0}' | '\u{3000}' if spelt.ends_with(['/', ' ']) => {}
            '_' | '\u{a0}' | '\u{3000}' => spelt.push(' '),
            '’' => spelt.push('\''),
            c => spelt.push(c),
        }
    }
    spelt
}

/// Whether it is in a list as it is, without the point behind it, or without the ending that makes it a woman's:
/// `non concerné(e)`.
fn is_among(spelt: &str, list: &[&str]) -> bool {
    const ENDINGS: [&str; 9] = ["(e)", "·e", ".e", "/e", "(a)", "/a", "(o)", "/o", "."];
    let without = |ending: &&str| spelt.strip_suffix(*ending).is_some_and(|spelt| list.contains(&spelt));
    list.contains(&spelt) || ENDINGS.iter().any(without)
}

/// What stands beside a number for missing answers: `[-9] keine Angabe`, `-9 (not answered)`, `-8: not reached`.
fn behind_number(cell: &str) -> Option<&str> {
    let body = cell.trim_start_matches(['[', '(']);
    let end = body.find(|c: char| !c.is_ascii_digit() && !numbers::is_minus(c))?;
    let (number, rest) = body.split_at(end);
    let is_between = |c: char| c.is_whitespace() || matches!(c, '[' | ']' | '(' | ')' | ':' | '=' | '-' | '–' | '.');
    numbers::is_of_codes(number).then(|| rest.trim_matches(is_between)).filter(|rest| !rest.is_empty())
}

/// What stands beside a code of letters: `N/A - question not shown to this group`, `[NA] nicht beantwortet`.
fn behind_code(cell: &str) -> Option<&str> {
    let in_brackets = || cell.strip_prefix('[')?.split_once("] ");
    let (code, rest) = in_brackets().or_else(|| [" - ", " – ", ": "].iter().find_map(|sign| cell.split_once(sign)))?;
    let is_code = is_by_program(code) || CAPITALS.contains(&code) || matches!(code, "N/A" | "n/a");
    is_code.then(|| rest.trim()).filter(|rest| !rest.is_empty())
}

/// Whether what stands beside such a number is a code of any kind.
fn is_code(rest: &str) -> bool {
    is_by_program(rest)
        || is_where_many(rest)
        || written(rest).is_some()
        || BESIDE_NUMBER.contains(&spelt(rest).as_str())
}

/// `.a` to `.z`, as Stata writes what is missing; `.A` and `._`, as SAS does.
fn is_letter_behind_point(cell: &str) -> bool {
    matches!(cell.as_bytes(), [b'.', letter] if letter.is_ascii_alphabetic() || *letter == b'_')
}

/// What stands within brackets or quotes that hold all of a cell.
fn without_brackets(cell: &str) -> &str {
    #[rustfmt::skip]
    const PAIRS: [(char, char); 14] = [
        ('(', ')'), ('[', ']'), ('<', '>'), ('{', '}'), ('"', '"'), ('\'', '\''), ('“', '”'), ('„', '“'), ('«', '»'),
        ('（', '）'), ('［', '］'), ('【', '】'), ('〔', '〕'), ('「', '」'),
    ];
    let within = |&(open, close): &(char, char)| cell.strip_prefix(open)?.strip_suffix(close);
    PAIRS.iter().find_map(within).map_or(cell, str::trim)
}

/// Whether people answered in words where they answered.
fn is_in_words(column: &[&str]) -> bool {
    let answers = column.iter().map(|cell| cell.trim()).filter(|cell| !cell.is_empty() && !may_be(cell));
    let (n, said) = answers.fold((0, 0), |(n, said), cell| (n + 1, said + words(cell)));
    n > 0 && said >= IN_WORDS * n
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(columns: &[&[&str]]) -> Vec<String> {
        let columns: Vec<Vec<&str>> = columns.iter().map(|column| column.to_vec()).collect();
        let found = find(&columns);
        let cells = columns.iter().flatten().zip(found.iter().flatten());
        cells.filter(|(_, code)| **code).map(|(cell, _)| (*cell).to_owned()).collect()
    }

    #[test]
    fn numbers_that_recur_among_words_are_codes() {
        let first: &[&str] = &["The bus is always late", "-99", "-99", "It never comes on time"];
        assert_eq!(codes(&[first]), ["-99", "-99"]);
        let second: &[&str] = &["More buses on Sundays please", "999", "-66", "Nobody tells us why"];
        let third: &[&str] = &["999", "Somebody should answer the phone", "-66", "-66"];
        assert_eq!(codes(&[second, third]).len(), 5);
    }

    #[test]
    fn what_programs_write_in_turns_is_a_code() {
        let codes = |turns: &[&str]| in_turns(turns).into_iter().filter(|is_code| *is_code).count();
        let said = "We moved the hives in May";
        assert_eq!(codes(&["NULL", said, "#N/A", "(null)", "Yes"]), 3);
        assert_eq!(codes(&[said, "nan", " -99 ", "-99", "(-9)", "(-9)"]), 5);
        assert_eq!(codes(&[said, "-99", "Null", "nan bread", "99", "99", "missing", "missing", "", ""]), 0);
        assert_eq!(codes(&["we", "null", "so", "nan", "-9", "-9"]), 0, "word by word");
        assert_eq!(codes(&["NULL"]), 1);
    }

    #[test]
    fn what_programs_write_is_a_code() {
        assert_eq!(codes(&[&["#NULL!", "Some words are here", "nan"]]), ["#NULL!", "nan"]);
        for code in ["<null>", "[NULL]", "NA_character_", "-nan", "#N/D", "#SAKNAS!"] {
            assert_eq!(codes(&[&[code, "Some words are here"]]), [code]);
        }
        assert!(codes(&[&["Null", "#null", "Some words are here"]]).is_empty(), "a name and a hashtag");
        assert_eq!(codes(&[&["NA", "NA", "Some words are here", "No answer", "no answer", "No answer"]]).len(), 4);
    }

    #[test]
    fn programs_of_many_languages_write_codes() {
        for code in [
            "Question not displayed",
            "Seen but not answered",
            "seen_but_not_answered",
            "Refused",
            "Unseen",
            "(blank)",
            "(leer)",
            "[Keine Angabe]",
            "nicht gefragt",
            "Weiß nicht / keine Angabe",
            "ne sait pas / ne répond pas",
            "NSP",
            "NR",
            "sin dato",
            "No sabe / no contesta",
            "non risponde",
            "N/D",
            "n.d.",
            "Não respondeu",
            "geen antwoord.",
            "brak odpowiedzi",
            "無回答",
            "ohne Angabe",
            "o.A.",
            "Left blank",
            "EMPTY",
            ".a",
            "b/d",
            "Seen but unanswered question",
            "Question was not displayed to respondent",
            "Diese Frage wurde nicht gestellt",
            "La question n’a pas été posée au répondant",
            "-99: Seen but unanswered by the respondent",
            "[-9] keine Angabe",
            "-9 (not answered)",
            "-99.00",
            "-99,00",
            "(-9)",
            "[-1] weiß nicht",
            "-8: Don’t know",
            "[not completed]",
            "N/A - question not shown to this group",
            "[NA] nicht beantwortet",
            "NA",
            "NASK",
            "NAV",
            ".A",
            "._",
            "– 99",
            "'-99",
            "“-99”",
            "-99.",
            "*99",
            "（無回答）",
            "non renseigné(e)",
            "Bortfall",
            "S/R",
            "s/d",
            "n.r.",
            "Unassigned",
            "[field hidden]",
            "yanıt yok",
            "Uppgift saknas",
            "Skipped by logic",
            "System missing",
            "No text entered",
            "未作答",
            "لا إجابة",
            "neodpověděl/a",
        ] {
            let column: &[&str] = &[code, "More buses on Sundays please", code, "Nobody tells us why"];
            assert_eq!(codes(&[column]), [code, code]);
            assert!(codes(&[&[code, "More buses on Sundays please"]]).is_empty(), "{code} once");
        }
    }

    #[test]
    fn what_may_be_chosen_is_no_code_among_choices() {
        assert!(codes(&[&["ND", "ND", "NC", "CA"]]).is_empty(), "states");
        assert!(codes(&[&["Refused", "Refused", "Accepted"]]).is_empty());
        assert!(codes(&[&["leer", "leer", "It feels very empty here"]]).is_empty(), "without brackets");
        assert!(codes(&[&["n/a", "n/a", "It feels very empty here"]]).is_empty(), "what people type");
        assert!(codes(&[&["trifft nicht zu"; 9], &["trifft zu"; 9]]).is_empty(), "a scale");
        assert!(codes(&[&["EMPTY", "EMPTY", "FULL", "FULL"]]).is_empty());
        assert!(codes(&[&["weiß nicht", "weiß nicht", "It feels very empty here"]]).is_empty(), "somebody says so");
        assert!(codes(&[&["(12)", "(12)", "It feels very empty here"]]).is_empty(), "no number of codes");
    }

    #[test]
    fn what_stands_in_many_cells_in_one_spelling_is_a_code() {
        let said = ["We moved the hives in May", "They came back after the rain", "Nobody counted them that year"];
        let with =
            |code: &'static str, n: usize| -> Vec<&'static str> { std::iter::repeat_n(code, n).chain(said).collect() };
        for code in [
            ".",
            "n.v.t.",
            "trifft nicht zu",
            "Non concerné",
            "該当なし",
            "No data",
            "DK",
            "Prefer not to say",
            "---",
            "*",
            "[]",
            "undefined",
            "FALSE",
            "n.a.",
            "Null",
            "boş",
            "not app.",
            "not relevant",
            "illegible",
            "s.o.",
            "Non concerné(e)",
            "non pertinente",
            "Ej tillämpligt",
            "لا ينطبق",
            "（該当なし）",
        ] {
            let (first, second) = (with(code, 3), with(code, 2));
            assert_eq!(codes(&[&first, &second]), [code; 5], "{code}");
            assert!(codes(&[&with(code, 4)]).is_empty(), "{code} four times");
            let long: Vec<&str> = with(code, 5).into_iter().chain([said[0]; 60]).collect();
            assert!(codes(&[&long]).is_empty(), "{code} in one of fourteen");
        }
        let typed: Vec<&str> = with("nil", 6).into_iter().chain(["Nil", "NIL"]).collect();
        assert!(codes(&[&typed]).is_empty(), "each in their own way");
        let skipped: Vec<&str> = with(".", 6).into_iter().chain(["-", ".."]).collect();
        assert!(codes(&[&skipped]).is_empty(), "what people type to go on");
        assert!(codes(&[&["DK", "DK", "DK", "DK", "DK", "NO", "SE"]]).is_empty(), "countries");
    }

    #[test]
    fn a_warning_names_every_code() {
        let codes: BTreeMap<String, usize> = (1..=12).map(|n| (format!("-{n}"), n)).collect();
        let named = told(&codes);
        assert!(named.starts_with("`-12` 12 times, `-11` 11 times") && named.ends_with("`-1` once"), "{named}");
        let many: BTreeMap<String, usize> = (1..=NAMED + 3).map(|n| (format!("-{n}"), 2)).collect();
        assert!(told(&many).ends_with(" and 3 other codes"));
    }

    #[test]
    fn what_tells_of_the_question_in_many_cells_is_a_doubt() {
        let said = ["We moved the hives in May", "They came back after the rain", "Nobody counted them that year"];
        let told = |text: &'static str, n: usize| {
            let column: Vec<&str> = std::iter::repeat_n(text, n).chain(said).collect();
            let found = find(std::slice::from_ref(&column));
            assert!(found[0].iter().all(|is_code| !is_code), "{text}");
            doubts(&[column], &found, |row| row + 2)
        };
        let doubtful = told("Question entfiel laut Filter", 5);
        assert_eq!(doubtful.len(), 1);
        assert!(doubtful[0].starts_with("line 2: `Question entfiel laut Filter` stands in 5 cells"), "{doubtful:?}");
        assert!(told("Question entfiel laut Filter", 4).is_empty());
        assert!(told("I have no answer to this question", 5).is_empty(), "somebody says so");
        assert!(told("More buses on Sundays please", 5).is_empty());
        assert!(told("No comment", 5).is_empty());
    }

    #[test]
    fn what_may_be_written_by_a_program_in_a_few_cells_is_a_doubt() {
        let own: Vec<String> = (0..30).map(|at| format!("The {at}th hive came back after the rain")).collect();
        let beside = |text: &'static str, n: usize, others: usize| -> Vec<String> {
            let others = own[..others].iter().map(String::as_str);
            let column: Vec<&str> = std::iter::repeat_n(text, n).chain(others).collect();
            let columns = std::slice::from_ref(&column);
            doubts(columns, &find(columns), |row| row + 2)
        };
        for text in ["Não se aplica", "لا ينطبق", "Nicht zutreffend"] {
            assert!(beside(text, 3, 15).concat().contains("though programs write it"), "{text}");
            assert!(beside(text, 2, 15).is_empty(), "{text} twice");
            assert!(beside(text, 6, 15).is_empty(), "{text} is a code");
        }
        assert!(beside("(routed away)", 5, 15).concat().contains("brackets"));
        assert!(beside("(routed away)", 4, 15).is_empty() && beside("“the wasps”", 5, 15).is_empty());
        assert!(beside("structurally_void", 10, 15).concat().contains("though nobody writes so"));
        assert!(beside("structurally_void", 9, 15).is_empty());
        for text in ["Yes", "Ja", "My family", "Structurally void", "^_^ yes", "More hives and fewer wasps please"] {
            assert!(beside(text, 10, 15).is_empty(), "{text} is an answer");
        }
    }

    #[test]
    fn what_people_type_or_choose_again_is_no_doubt() {
        let own: Vec<String> = (0..30).map(|at| format!("The {at}th hive came back after the rain")).collect();
        let of = |column: &Vec<&str>| {
            let columns = std::slice::from_ref(column);
            doubts(columns, &find(columns), |row| row)
        };
        let mut typed: Vec<&str> = std::iter::repeat_n("Wasp_nest", 12).chain(own.iter().map(String::as_str)).collect();
        assert_eq!(of(&typed).len(), 1);
        typed.push("wasp_nest");
        assert!(of(&typed).is_empty(), "each in their own way");
        let scale = ["trifft voll zu", "trifft eher zu", "trifft weniger zu"].repeat(5);
        let chosen: Vec<&str> = ["trifft nicht zu"; 3].into_iter().chain(scale).collect();
        assert!(of(&chosen).is_empty(), "a scale");
        let agreed = ["I agree with nearly all of it", "I agree with hardly any of it"].repeat(8);
        assert!(of(&["No opinion"; 10].into_iter().chain(agreed).collect()).is_empty(), "options");
    }

    #[test]
    fn programs_of_other_languages_skip_questions() {
        let said = ["We moved the hives in May", "They came back after the rain", "Nobody counted them that year"];
        #[rustfmt::skip]
        let skipped = ["(跳过)", "（跳过）", "Inapplicable", "None given", "REF", "لا جواب", "לא ענה", "(Übersprungen)", "[skipped]"];
        for code in skipped {
            let column: Vec<&str> = [code, code].into_iter().chain(said).collect();
            assert_eq!(codes(&[&column]), [code, code]);
            assert!(codes(&[&[code, said[0]]]).is_empty(), "{code} once");
        }
        assert!(codes(&[&["omitido", "omitido", "skip", "skip", said[0], said[1]]]).is_empty(), "without brackets");
    }

    #[test]
    fn what_people_say_is_none() {
        assert!(codes(&[&["9", "It was all very good", "99", "NA", "no answer"]]).is_empty(), "once each");
        assert!(codes(&[&["99", "99", "34", "51"]]).is_empty(), "ages");
        assert!(codes(&[&["10", "10", "I said ten out of ten"]]).is_empty());
        assert!(codes(&[&["No", "No", "Nothing", "Nothing", "None", "I would not change a thing"]]).is_empty());
        assert!(codes(&[&["2020", "2020", "Long before the war began"]]).is_empty());
        assert!(codes(&[&["-9.000", "-9.000", "Long before the war began"]]).is_empty(), "nine thousand");
        for said in ["I did not answer this question", "-5 degrees in winter", "9 (or ten, not asked)", "It is hard"] {
            assert!(codes(&[&[said, said, "Long before the war began"]]).is_empty(), "{said}");
        }
    }
}
