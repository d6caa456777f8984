//! Ids and names replaced in a text.
//!
//! In: a text, the names and the ids. Out: a [`Replaced`]: the text with pseudonyms and `[name]` in their places,
//! what was changed where, and which words were doubtful. A name is a whole word in any case, with possessives
//! and joined by spaces, hyphens or underscores. One that is an ordinary word too (`Will`) counts with a capital
//! within a sentence; at its start only where nobody says the word without a capital, or as a possessive.

use std::ops::Range;

use super::ids::Ids;
use super::names::{Name, Names};
use super::policy::{BEFORE_FAMILIES, GENITIVE, SHORT};
use super::words::{Word, has_capital, joins, may_start_sentence, without_possessive, words};

/// A text with ids and names replaced.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Replaced {
    pub(super) text: String,
    /// Bytes of the old text and of the new, in their order.
    pub(super) changes: Vec<(Range<usize>, Range<usize>)>,
    /// How many of the changes are names.
    pub(super) names: usize,
    pub(super) doubtful: Vec<Doubt>,
    /// Bytes of the new text in which an id stood that is so short that it may have been something else.
    pub(super) short_ids: Vec<Range<usize>>,
    /// Numbers and letters that may be ids, and stay.
    pub(super) ids_left: Vec<Doubt>,
}

/// A word that may be a name or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Doubt {
    /// As written.
    pub(super) word: String,
    /// Its bytes in the new text.
    pub(super) at: Range<usize>,
    /// It has no capital.
    pub(super) is_small: bool,
}

/// Names and ids, ready to be replaced.
#[derive(Debug, Default)]
pub(super) struct Replacer {
    pub(super) names: Names,
    pub(super) ids: Ids,
}

/// What becomes of a stretch of a text.
struct Change<'r> {
    at: Range<usize>,
    new: &'r str,
    is_name: bool,
    is_short: bool,
}

impl<'r> Change<'r> {
    fn name(at: Range<usize>, new: &'r str) -> Self {
        Self { at, new, is_name: true, is_short: false }
    }

    fn overlaps(&self, at: &Range<usize>) -> bool {
        self.at.start < at.end && at.start < self.at.end
    }
}

impl Replacer {
    /// What becomes of a text.
    pub(super) fn replaced(&self, text: &str) -> Replaced {
        self.replaced_within(text, false)
    }

    /// What becomes of a keyword, which stands at the start of no sentence: it is written as people write it most.
    pub(super) fn term(&self, term: &str) -> Replaced {
        self.replaced_within(term, true)
    }

    fn replaced_within(&self, text: &str, is_term: bool) -> Replaced {
        let ids = self.ids.in_text(text).into_iter();
        let mut changes: Vec<Change> =
            ids.map(|id| Change { at: id.at, new: id.new, is_name: false, is_short: id.is_short }).collect();
        for (name, new) in &self.names.unspaced {
            for (start, found) in text.match_indices(name.as_str()) {
                add(&mut changes, Change::name(start..start + found.len(), new));
            }
        }
        let mut doubts = Vec::new();
        let words = words(text);
        let mut next = 0;
        while next < words.len() {
            let before = next.checked_sub(1).map(|before| &words[before]);
            next += match self.name_at(text, before, &words[next..], is_term) {
                Some(Found { at, name, n, is_certain }) => {
                    // In a keyword whatever may be a name is told.
                    if is_certain {
                        add(&mut changes, Change::name(at, &name.replacement));
                    } else if has_capital(&text[at.clone()])
                        || name.is_told_in_small()
                        || (is_term && !name.is_initials)
                    {
                        doubts.push(at);
                    }
                    n
                }
                None => 1,
            };
        }
        changes.sort_by_key(|change| change.at.start);
        let is_left = |at: &Range<usize>| !changes.iter().any(|change| change.overlaps(at));
        let left: Vec<Range<usize>> = self.ids.left_in(text).into_iter().filter(is_left).collect();
        applied(text, &changes, &doubts, &left)
    }

    /// The longest name that begins with the first of some words.
    fn name_at<'r>(&'r self, text: &str, before: Option<&Word>, words: &[Word], is_term: bool) -> Option<Found<'r>> {
        let first = &words[0];
        let is_family = before.is_some_and(|word| BEFORE_FAMILIES.contains(&word.key.as_str()));
        let least = if is_family { SHORT } else { GENITIVE };
        let stem = without_possessive(first, text);
        let genitive = first
            .key
            .strip_suffix('s')
            .filter(|stem| stem.chars().count() >= least && has_capital(&text[first.at.clone()]));
        let keys = [Some(first.key.as_str()), stem.map(|(stem, _)| stem), genitive];
        let alike = keys.into_iter().flatten().filter_map(|key| self.names.by_first.get(key)).flatten();
        let mut best: Option<Found> = None;
        for name in alike {
            if best.as_ref().is_some_and(|best| best.name.words.len() >= name.words.len()) {
                continue;
            }
            if let Some(end) = end_of(name, text, words, least) {
                let at = first.at.start..end;
                let is_possessive = end < words[name.words.len() - 1].at.end;
                let is_certain = self.is_certain(name, text, &at, is_possessive || is_term);
                best = Some(Found { at, name, n: name.words.len(), is_certain });
            }
        }
        best
    }

    /// Whether a word is meant as a name.
    /// `is_none_else`: with a capital it can be nothing else, as a possessive.
    fn is_certain(&self, name: &Name, text: &str, at: &Range<usize>, is_none_else: bool) -> bool {
        if name.is_initials {
            return false;
        }
        // An initial is written with a capital, or it is a word: `a Reed` is no `A. Reed`.
        let with_initials = name.words.len() > 1 && name.words.iter().any(|word| word.chars().count() == 1);
        if with_initials {
            return words(&text[at.clone()]).iter().all(|word| has_capital(&text[at.clone()][word.at.clone()]));
        }
        if !name.is_ordinary {
            return true;
        }
        has_capital(&text[at.clone()])
            && (is_none_else
                || !may_start_sentence(text, at.start)
                || !self.names.uncapitalised.contains(&name.words[0]))
    }
}

/// A name in a text.
struct Found<'r> {
    /// Without a possessive.
    at: Range<usize>,
    name: &'r Name,
    /// Its words.
    n: usize,
    is_certain: bool,
}

impl Name {
    /// Whether it is told where it stands without a capital: all but ordinary words and initials, which often do.
    fn is_told_in_small(&self) -> bool {
        !self.is_known_word && !self.is_initials && self.words.len() == 1
    }
}

/// The byte at which a name ends, where the words are its own; `least`: letters from which it takes an `s`.
fn end_of(name: &Name, text: &str, words: &[Word], least: usize) -> Option<usize> {
    let own = words.get(..name.words.len())?;
    let joined = own.windows(2).all(|pair| joins(&text[pair[0].at.end..pair[1].at.start], &pair[0]));
    let (last, before) = own.split_last()?;
    let (wanted, wanted_before) = name.words.split_last()?;
    if !joined || before.iter().zip(wanted_before).any(|(word, wanted)| word.key != *wanted) {
        return None;
    }
    if last.key == *wanted {
        // The point of an initial is part of it.
        let is_initial = wanted.chars().count() == 1 && name.words.len() > 1;
        let point = is_initial && text[last.at.end..].starts_with('.');
        return Some(last.at.end + usize::from(point));
    }
    if let Some((stem, end)) = without_possessive(last, text)
        && stem == wanted
    {
        return Some(end);
    }
    let genitive = last.key.strip_suffix('s') == Some(wanted.as_str())
        && wanted.chars().count() >= least
        && has_capital(&text[last.at.clone()]);
    genitive.then(|| last.at.end - 1)
}

/// Adds a change unless something else changes there.
fn add<'r>(changes: &mut Vec<Change<'r>>, new: Change<'r>) {
    if !changes.iter().any(|change| change.overlaps(&new.at)) {
        changes.push(new);
    }
}

fn applied(text: &str, changes: &[Change], doubts: &[Range<usize>], ids_left: &[Range<usize>]) -> Replaced {
    let mut replaced = Replaced { text: String::with_capacity(text.len()), ..Replaced::default() };
    let mut done = 0;
    for change in changes {
        replaced.text.push_str(&text[done..change.at.start]);
        let start = replaced.text.len();
        replaced.text.push_str(change.new);
        replaced.changes.push((change.at.clone(), start..replaced.text.len()));
        replaced.names += usize::from(change.is_name);
        if change.is_short {
            replaced.short_ids.push(start..replaced.text.len());
        }
        done = change.at.end;
    }
    replaced.text.push_str(&text[done..]);
    let doubt = |replaced: &Replaced, at: &Range<usize>| Doubt {
        word: text[at.clone()].to_owned(),
        at: replaced.moved(at.clone()),
        is_small: !has_capital(&text[at.clone()]),
    };
    replaced.doubtful = doubts.iter().map(|at| doubt(&replaced, at)).collect();
    replaced.ids_left = ids_left.iter().map(|at| doubt(&replaced, at)).collect();
    replaced
}

impl Replaced {
    /// Where bytes of the old text are in the new; a border within a change goes outwards.
    pub(super) fn moved(&self, at: Range<usize>) -> Range<usize> {
        let place = |byte: usize, is_end: bool| {
            let before = self.changes.iter().take_while(|(old, _)| old.start < byte).last();
            match before {
                None => byte,
                Some((old, new)) if byte >= old.end => new.end + (byte - old.end),
                Some((_, new)) => {
                    if is_end {
                        new.end
                    } else {
                        new.start
                    }
                }
            }
        };
        place(at.start, false)..place(at.end, true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::load;
    use crate::analysis::pseudonyms::names::read_names;

    /// A replacer for a list of names, in the specimen; `said`: what somebody says beside.
    fn replacer(names: &str, said: &[&str]) -> Replacer {
        replacer_where(names, said, false)
    }

    /// `is_all`: nobody says anything else.
    fn replacer_where(names: &str, said: &[&str], is_all: bool) -> Replacer {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("names.csv");
        std::fs::write(&path, format!("name,replacement\n{names}")).unwrap();
        let fixture = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/analysis-v1");
        let mut analysis = load(&fixture).unwrap();
        if is_all {
            analysis.units.truncate(said.len());
        }
        for (unit, text) in analysis.units.iter_mut().zip(said) {
            unit.text = text.to_string();
        }
        let names = Names::new(&analysis, &read_names(&path).unwrap());
        Replacer { names, ids: Ids::default() }
    }

    fn check(names: &str, said: &[&str], pairs: &[(&str, &str)]) {
        let replacer = replacer(names, said);
        for (text, expected) in pairs {
            assert_eq!(replacer.replaced(text).text, *expected, "{text}");
        }
    }

    #[test]
    fn names_are_whole_words_in_any_case_with_possessives() {
        check(
            "Tom\nAnna\nJosé\n",
            &[],
            &[
                ("Tom's and TOM and tom, Tomorrow", "[name]'s and [name] and [name], Tomorrow"),
                ("Tom’s", "[name]’s"),
                ("Annas Schicht, Anna.", "[name]s Schicht, [name]."),
                ("Jose\u{301} and José", "[name] and [name]"),
                ("tom_3, Tom-like, (Tom)", "[name]_3, [name]-like, ([name])"),
                ("atom, Tomas, bottom", "atom, Tomas, bottom"),
                ("nothing here", "nothing here"),
            ],
        );
    }

    #[test]
    fn names_are_names_with_accents_and_without() {
        check(
            "José Álvarez\nGünther\nRenee\nMueller\nJosé Hernández,Pablo Pérez\n",
            &["Then Renée and Müller came."],
            &[
                ("Jose, JOSE and José’s", "[name], [name] and [name]’s"),
                ("Jose Alvarez, José Alvarez, J. Alvarez", "[name], [name], [name]"),
                ("Gunther and Guenthers Schicht", "[name] and [name]s Schicht"),
                ("Renée, Müller, Mueller", "[name], [name], [name]"),
                ("Jose Hernandez", "Pablo Pérez"),
                ("Josie, Muller, Alvar", "Josie, Muller, Alvar"),
            ],
        );
        // What is listed as it stands has its own replacement, and may stay.
        check("José,[him]\nJose,[her]\n", &[], &[("José, Jose", "[him], [her]")]);
        check("José\nJose,Jose\n", &[], &[("José, Jose", "[name], Jose")]);
    }

    #[test]
    fn a_word_that_a_name_without_accents_happens_to_be_is_none() {
        check(
            "Çan\nVăn Thị\n",
            &["we can do it, and by van"],
            &[
                ("we can. Can they? I met Can", "we can. Can they? I met [name]"),
                ("Van Thi and Văn in a van", "[name] and [name] in a van"),
                ("Can's shift", "[name]'s shift"),
            ],
        );
        let doubtful = replacer("Çan\n", &["we can do it"]).replaced("Can they?").doubtful;
        assert_eq!(doubtful.len(), 1);
    }

    #[test]
    fn names_of_several_words_initials_and_replacements() {
        check(
            "Tom Reid\nAnne-Marie\nMary Holt,Jane Doe\nDr Brandt,[the doctor]\nO'Brien\n",
            &[],
            &[
                ("Tom Reid, T. Reid, Tom R. and Reid", "[name], [name], [name] and [name]"),
                ("Anne-Marie, Anne Marie, Anne", "[name], [name], [name]"),
                ("Mary Holt’s; Mary; Mrs. Holt", "Jane Doe’s; Jane; Mrs. Doe"),
                ("Dr Brandt, Dr. Brandt, Frau Brandt", "[the doctor], Dr. [the doctor], Frau [the doctor]"),
                ("O’Brien's ward", "[name]'s ward"),
                ("Tom\nReid", "[name]"),
                ("a reid", "a [name]"),
            ],
        );
    }

    #[test]
    fn ordinary_words_are_names_within_a_sentence() {
        check(
            "Will\nGrace\nAl\n",
            &["it will be fine"],
            &[
                ("I asked Will if he will", "I asked [name] if he will"),
                ("Will they come? Dr. Will knows.", "Will they come? Dr. [name] knows."),
                ("Will's shift", "[name]'s shift"),
                ("Grace said so", "[name] said so"),
                ("al dente with Al", "al dente with [name]"),
            ],
        );
        check("Grace\n", &["by the grace of"], &[("Grace said so", "Grace said so")]);
        let doubtful = replacer("Will\n", &["it will be"]).replaced("Will they? Will.").doubtful;
        assert_eq!(doubtful.iter().map(|doubt| doubt.at.clone()).collect::<Vec<_>>(), [0..4, 11..15]);
    }

    #[test]
    fn a_listed_name_goes_in_whichever_order_it_stands() {
        for list in ["Marc-Luc d'Aubray\nd'Aubray\n", "d'Aubray\nMarc-Luc d'Aubray\n", "Marc-Luc d'Aubray\n"] {
            check(
                list,
                &["Nights with d'Aubray."],
                &[("with d'Aubray and the d'Aubrays", "with [name] and the [name]s")],
            );
        }
        check("Rosa Teller,A B\nTeller,C\n", &["the teller was kind"], &[("the teller, Rosa Teller", "the C, A B")]);
    }

    #[test]
    fn an_address_says_no_word_in_small_letters() {
        let pairs = [("Rosa covers the nights.", "[name] covers the nights.")];
        check("Rosa Winterbourne\n", &["Write to rosa.w@bakery.example or @rosa."], &pairs);
        let left = [("Teller covers the nights.", "Teller covers the nights.")];
        check("Rosa Teller\n", &["Ask the teller."], &left);
    }

    #[test]
    fn where_nobody_writes_capitals_that_tells_nothing_of_a_listed_name() {
        let replacer = replacer_where("Rosa Winterbourne\n", &["i cover for rosa, and I'm late"], true);
        assert_eq!(replacer.replaced("i cover for rosa").text, "i cover for [name]");
    }

    #[test]
    fn what_stays_in_small_letters_is_told_unless_it_is_an_ordinary_word() {
        let told = |list: &str, said: &str| replacer(list, &[said]).replaced(said).doubtful.len();
        assert_eq!(told("Rosa Teller\n", "Then the teller was kind"), 1);
        assert_eq!(told("Will\n", "then it will do"), 0);
    }

    #[test]
    fn a_keyword_with_a_capital_is_a_name_and_one_without_is_told() {
        let replacer = replacer("Hope\n", &["we hope so"]);
        assert_eq!(replacer.replaced("Hope so").text, "Hope so");
        assert_eq!(replacer.term("Hope").text, "[name]");
        let small = replacer.term("hope");
        assert_eq!((small.text.as_str(), small.doubtful.len()), ("hope", 1));
        assert!(replacer.term("rota").doubtful.is_empty());
    }

    #[test]
    fn short_names_have_a_plural_after_the_article_alone() {
        check("Wu\nAl\n", &[], &[("we met the Wus", "we met the [name]s"), ("das ist Als Kind", "das ist Als Kind")]);
    }

    #[test]
    fn marks_that_are_not_seen_hide_no_name() {
        check("Isidora\n", &[], &[("Isi\u{ad}dora and Isidora\u{200b}", "[name] and [name]\u{200b}")]);
    }

    #[test]
    fn initials_alone_are_told_and_stay() {
        let replaced = replacer("Tom Reid\n", &[]).replaced("T. R. said so");
        assert_eq!((replaced.text.as_str(), replaced.doubtful.len()), ("T. R. said so", 1));
    }

    #[test]
    fn names_in_scripts_without_spaces_are_found_within_words() {
        check("田中\n김민수\n", &[], &[("田中さんは", "[name]さんは"), ("김민수는", "[name]는")]);
    }

    #[test]
    fn a_place_moves_with_what_is_replaced_before_it() {
        let replaced = replacer("Tom\n", &[]).replaced("Tom and Tom go");
        assert_eq!(replaced.text, "[name] and [name] go");
        assert_eq!([replaced.moved(0..3), replaced.moved(4..7), replaced.moved(12..14)], [0..6, 7..10, 18..20]);
        assert_eq!(replaced.moved(1..9), 0..17);
        assert_eq!(replaced.names, 2);
    }
}
