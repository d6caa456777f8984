//! Codes that are called the same.
//!
//! In: the codes of a file, and those of the files before it. Out: for a code that is called like one of another file,
//! and means nothing else, that one; warnings of names that tell no code apart. It joins no two codes of one file, and
//! none whose meanings differ: of these it tells.

use std::collections::{HashMap, HashSet};

use super::{Code, Given, Place, key};
use crate::analysis::coding::CodingError;
use crate::corpus::some;

/// For each name, as one spelling, the place of the code that is called so; `None` where several are.
pub(super) type Names = HashMap<String, Option<usize>>;

impl Given {
    pub(super) fn names(&self) -> Names {
        let mut names = Names::new();
        for (place, code) in self.codes.iter().enumerate() {
            let known = names.entry(key(code.label())).or_insert(Some(place));
            if *known != Some(place) {
                *known = None; // the name of two codes is none of either
            }
        }
        names
    }

    /// Names that several codes of a file have. Where nothing else tells them apart, a warning says so.
    pub(super) fn shared_names(&mut self, codes: &[Code]) -> HashSet<String> {
        let mut first: HashMap<String, &Code> = HashMap::new();
        let mut seen: HashSet<String> = HashSet::new();
        let mut shared = HashSet::new();
        for code in codes.iter().filter(|code| seen.insert(key(&code.code))) {
            let name = key(code.label());
            let Some(other) = first.get(&name) else {
                first.insert(name, code);
                continue;
            };
            if code.below == other.below {
                self.warnings.push(format!(
                    "{}: the code `{}` is called `{}`, as `{}` is: where passages are coded, write the codes \
                     themselves",
                    code.place,
                    code.code,
                    code.label(),
                    other.code
                ));
            }
            shared.insert(name);
        }
        shared
    }

    /// A code of a further file, with what is new of it where it is one of `names` by what it is called: then its own
    /// code leads there, too. `shared`: names of several codes of its file.
    ///
    /// # Errors
    /// [`CodingError::SharedName`] for a code with nothing but a name that several codes have.
    pub(super) fn joined_by_name(
        &mut self,
        mut code: Code,
        names: &Names,
        shared: &HashSet<String>,
    ) -> Result<Code, CodingError> {
        let (own, name) = (key(&code.code), key(code.label()));
        if self.place_of.contains_key(&own) || shared.contains(&name) {
            return Ok(code);
        }
        let place = match names.get(&name) {
            None => return Ok(code),
            Some(None) if code.name.is_none() && !code.is_defined() => {
                return Err(self.shared_name(&code.code, code.place));
            }
            Some(None) => return Ok(code),
            Some(&Some(place)) => place,
        };
        let known = &self.codes[place];
        if !may_be_one(known, &code) {
            self.warnings.push(format!(
                "{}: the code `{}` is called `{}`, as `{}` in {} is, and means something else: they are two codes",
                code.place,
                code.code,
                code.label(),
                known.code,
                known.place
            ));
            return Ok(code);
        }
        let is_a_guess = own != name && (known.definition.is_none() || code.definition.is_none());
        if is_a_guess {
            self.warnings.push(format!(
                "{}: the code `{}` is called `{}`, as `{}` in {} is: taken for one code",
                code.place,
                code.code,
                code.label(),
                known.code,
                known.place
            ));
        }
        // Of what both say that of the first stays.
        code.name = None;
        for (known, new) in [
            (&known.definition, &mut code.definition),
            (&known.include, &mut code.include),
            (&known.exclude, &mut code.exclude),
        ] {
            new.take_if(|_| known.is_some());
        }
        self.place_of.insert(own, place);
        Ok(code)
    }

    /// That `name`, written at `place`, is the name of several codes.
    pub(super) fn shared_name(&self, name: &str, place: Place) -> CodingError {
        let called = self.codes.iter().filter(|code| key(code.label()) == key(name));
        let codes = some(&called.map(|code| code.code.as_str()).collect::<Vec<_>>());
        CodingError::SharedName { name: name.to_owned(), codes, place: place.to_string() }
    }
}

/// Whether what two codes of one name say contradicts nothing: one may say it at more length, in further lines.
fn may_be_one(one: &Code, other: &Code) -> bool {
    let of = |code: &Code| [code.definition.clone(), code.include.clone(), code.exclude.clone()];
    of(one).into_iter().zip(of(other)).all(|said| match said {
        (Some(one), Some(other)) => begins_with(&one, &other) || begins_with(&other, &one),
        _ => true,
    })
}

fn begins_with(text: &str, lines: &str) -> bool {
    let mut own = text.lines().map(key);
    lines.lines().all(|line| own.next() == Some(key(line)))
}

#[cfg(test)]
mod tests {
    use super::super::read_given;
    use super::*;

    fn read(files: &[&str]) -> Result<Given, CodingError> {
        let folder = tempfile::tempdir().unwrap();
        let paths: Vec<_> = (0..files.len()).map(|n| folder.path().join(format!("{n}.csv"))).collect();
        paths.iter().zip(files).for_each(|(path, text)| std::fs::write(path, text).unwrap());
        read_given(&paths)
    }

    fn codes(given: &Given) -> Vec<&str> {
        given.codes.iter().map(|code| code.code.as_str()).collect()
    }

    const BOOK: &str = "code,name,definition,include\nswaps,Swapping shifts,Shifts are exchanged.,\n\
                        family,Family planning,Plans for the children.,childcare\nnotes,Notes,,\n";

    #[test]
    fn a_code_of_another_file_that_is_called_the_same_is_the_same() {
        let own = "tag,description,number of highlights,number of documents\n\
                   C1 swapping  Shifts,\"Shifts are exchanged.\nKeywords: swap, shift\n3 of 9 participants (33 %, \
                   12–65), 4 mentions\nFound by leitmotif 0.1.0 with theme-minilm-l6 (int8)\",4,3\n\
                   C2 Family planning,\"Plans for the children.\nInclude: childcare\nKeywords: plan\n\
                   Found by leitmotif 0.1.0 with theme-minilm-l6 (int8)\",4,3\n";
        let words = "text,code\nI wrote it down,notes\nI take hers,Swapping shifts\n";
        let sheet = "id,code\ns/p#1,C1\ns/p#2,Family planning; c2\n";
        let given = read(&[BOOK, own, words, sheet]).unwrap();
        assert_eq!(codes(&given), ["swaps", "family", "notes"]);
        assert_eq!(given.codes[0].definition.as_deref(), Some("Shifts are exchanged."));
        assert_eq!((given.place("C1"), given.place("c2"), given.codes[0].examples.len()), (Some(0), Some(1), 1));
        assert_eq!(given.files[1].layout, "a codebook, 2 codes");
        assert!(given.warnings.iter().all(|told| !told.contains("in no codebook")), "{:?}", given.warnings);
        let given = read(&[own, BOOK]).unwrap();
        assert_eq!((codes(&given), given.place("swaps")), (vec!["C1", "C2", "notes"], Some(0)));
    }

    #[test]
    fn codes_of_one_name_and_two_meanings_are_two_and_that_is_told() {
        let given = read(&[BOOK, "code,name,definition\nx,Family planning,Contraception.\n"]).unwrap();
        assert_eq!(codes(&given), ["swaps", "family", "notes", "x"]);
        let told = given.warnings.iter().find(|told| told.contains("two codes")).unwrap();
        for word in ["1.csv`, line 2", "`x`", "`family`", "0.csv`, line 3"] {
            assert!(told.contains(word), "no `{word}` in {told}");
        }
        let given = read(&[BOOK, "code,name,definition\nx,Planning,Plans for the children.\n"]).unwrap();
        assert_eq!(given.codes.len(), 4, "another name is another code, whatever it means");
    }

    #[test]
    fn codes_that_are_one_by_their_name_alone_are_one_and_that_is_told() {
        let taken = |given: &Given| given.warnings.iter().filter(|told| told.ends_with("taken for one code")).count();
        let given = read(&[BOOK, "code,name\nn1,Notes\n"]).unwrap();
        assert_eq!((codes(&given), taken(&given)), (vec!["swaps", "family", "notes"], 1));
        let given = read(&[BOOK, "code,name,definition\ns,Swapping shifts,Shifts are exchanged.\n"]).unwrap();
        assert_eq!((given.codes.len(), taken(&given)), (3, 0), "they say the same");
        let given = read(&[BOOK, "text,code\nI take hers,Swapping shifts\n"]).unwrap();
        assert_eq!((given.codes.len(), taken(&given)), (3, 0), "a name where passages are coded");
    }

    #[test]
    fn a_name_of_two_codes_is_told_and_refused_where_passages_are_coded() {
        let book = "code,name,definition\na,Swaps,First.\nb,swaps,Second.\n";
        let given = read(&[book, "id,code\ns/p#1,a; b\n"]).unwrap();
        assert_eq!(codes(&given), ["a", "b"]);
        assert!(
            given.warnings[0].contains("line 3: the code `b` is called `swaps`, as `a` is"),
            "{:?}",
            given.warnings
        );
        for coded in ["id,code\ns/p#1,a\ns/p#2,SWAPS\n", "text,code\nI swap,a\nI swap a lot,SWAPS\n"] {
            let error = read(&[book, coded]).unwrap_err();
            assert!(error.hint().is_some());
            for word in ["1.csv`, line 3", "`SWAPS`", "`a`, `b`"] {
                assert!(error.to_string().contains(word), "no `{word}` in {error}");
            }
        }
    }
}
