//! Warnings of one kind, told once.
//!
//! In: warnings in their order. Out: the same, but of many that differ only in names and numbers the
//! first with what the next two are about, and how many there are. Warnings of which there are few are
//! left as they are; none is dropped uncounted.

use std::collections::HashMap;

/// So many of a kind are told one by one.
const FEW: usize = 3;
/// Of more, so many are named.
const NAMED: usize = 3;

/// Gathers warnings by kind, each where the first of it stood.
pub(super) fn gather(warnings: Vec<String>) -> Vec<String> {
    let mut kinds: HashMap<String, usize> = HashMap::new();
    let mut gathered: Vec<Vec<String>> = Vec::new();
    for warning in warnings {
        let at = *kinds.entry(kind(&warning)).or_insert(gathered.len());
        if at == gathered.len() {
            gathered.push(Vec::new());
        }
        gathered[at].push(warning);
    }
    gathered
        .into_iter()
        .flat_map(|of_kind| if of_kind.len() > FEW { vec![told_once(&of_kind)] } else { of_kind })
        .collect()
}

fn told_once(warnings: &[String]) -> String {
    let first = &warnings[0];
    let others: Vec<String> = warnings[1..NAMED].iter().map(|warning| difference(first, warning)).collect();
    let more = warnings.len() - NAMED;
    format!("{first} ({} times; the same of {} and {more} more)", warnings.len(), others.join("; "))
}

/// A warning without what it is about: names between backticks and numbers.
fn kind(warning: &str) -> String {
    let mut kind = String::with_capacity(warning.len());
    for (at, part) in warning.split('`').enumerate() {
        if at % 2 == 1 {
            kind.push('`');
            continue;
        }
        let mut in_number = false;
        for c in part.chars() {
            if !c.is_ascii_digit() {
                kind.push(c);
            } else if !in_number {
                kind.push('0');
            }
            in_number = c.is_ascii_digit();
        }
    }
    // `1 turn has`, `2 turns have`.
    kind.split(' ')
        .filter(|word| !matches!(*word, "has" | "have" | "is" | "are" | "was" | "were"))
        .map(singular)
        .collect()
}

fn singular(word: &str) -> &str {
    word.trim_end_matches([',', ';', ':', '.']).trim_end_matches('s')
}

/// The names that another warning of the kind does not share with the first, or all of it.
fn difference(first: &str, other: &str) -> String {
    let names = |text: &str| -> Vec<String> { text.split('`').skip(1).step_by(2).map(str::to_owned).collect() };
    let known = names(first);
    let of_other = names(other);
    let mut differing: Vec<String> =
        of_other.iter().filter(|name| !known.contains(name)).map(|name| format!("`{name}`")).collect();
    differing.dedup();
    differing.truncate(2);
    match (differing.is_empty(), place(other)) {
        (false, Some(line)) => format!("{} {line}", differing.join(", ")),
        (false, None) => differing.join(", "),
        (true, Some(line)) => line,
        (true, None) => of_other.first().map_or_else(|| other.to_owned(), |name| format!("`{name}`")),
    }
}

/// The line that a warning names.
fn place(text: &str) -> Option<String> {
    let (_, rest) = text.split_once("line ")?;
    let number: String = rest.chars().take_while(char::is_ascii_digit).collect();
    (!number.is_empty()).then(|| format!("line {number}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gathered(warnings: &[&str]) -> Vec<String> {
        gather(warnings.iter().map(|&warning| warning.to_owned()).collect())
    }

    #[test]
    fn many_of_a_kind_are_told_once() {
        let many: Vec<String> =
            (1..=60).map(|n| format!("a second transcript `w_{n}` in `x.csv` is called `w_{n}~2`")).collect();
        let told = gather(many);
        assert_eq!(
            told,
            ["a second transcript `w_1` in `x.csv` is called `w_1~2` (60 times; the same of `w_2`, `w_2~2`; `w_3`, \
              `w_3~2` and 57 more)"]
        );
    }

    #[test]
    fn few_and_different_ones_are_left() {
        let few = ["`a`: 1 row has nothing", "`b`: 3 rows have nothing", "`c`: no interviewer"];
        assert_eq!(gathered(&few), few);
    }

    #[test]
    fn counts_and_lines_make_no_kind() {
        let told =
            gathered(&["`a`, line 3: odd", "`b`: else", "`c`, line 4: odd", "`d`, line 5: odd", "`e`, line 6: odd"]);
        assert_eq!(told, ["`a`, line 3: odd (4 times; the same of `c` line 4; `d` line 5 and 1 more)", "`b`: else"]);
        let told = gathered(&[
            "`a`: 1 row has nothing",
            "`b`: 3 rows have nothing",
            "`c`: 1 row has nothing",
            "`d`: 2 rows have nothing",
        ]);
        assert_eq!(told.len(), 1);
    }
}
