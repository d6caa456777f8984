//! What says what each code means: a definition, an example, or its name alone.
//!
//! In: everything that was given and, once the interviews are known, the codes of which an example was found. Out: what
//! is to be told of codes that are found by their name alone; an error where not even that says anything. It changes
//! no code.

use super::{Code, Given};
use crate::analysis::coding::CodingError;
use crate::corpus::some;

impl Code {
    /// Whether something but its name says what it is.
    pub(in crate::analysis::coding) fn is_defined(&self) -> bool {
        self.definition.is_some() || self.include.is_some()
    }

    /// Whether its name is words; `C12` and `POL_3` are none.
    fn has_a_name(&self) -> bool {
        self.name.is_some() || self.code.split_whitespace().count() > 1
    }
}

impl Given {
    /// Of each code whether a row of coded passages gives it.
    fn in_sheets(&self) -> Vec<bool> {
        let mut in_sheets = vec![false; self.codes.len()];
        for code in self.sheets.iter().flat_map(|sheet| &sheet.rows).flat_map(|row| &row.codes) {
            if let Some(place) = self.place(code) {
                in_sheets[place] = true;
            }
        }
        in_sheets
    }

    /// Codes that neither a definition nor an example says the meaning of: those with a name, and those without.
    fn without_meaning(&self, has_example: &dyn Fn(usize) -> bool) -> (Vec<&Code>, Vec<&Code>) {
        let is_open = |(place, code): &(usize, &Code)| !code.is_defined() && !has_example(*place);
        self.codes.iter().enumerate().filter(is_open).map(|(_, code)| code).partition(|code| code.has_a_name())
    }

    /// What is to be told of codes with a name alone.
    ///
    /// # Errors
    /// [`CodingError::Undefined`] for codes that have not even that.
    pub(super) fn found_by_name(&self) -> Result<Option<String>, CodingError> {
        let in_sheets = self.in_sheets();
        let (named, undefined) =
            self.without_meaning(&|place| in_sheets[place] || !self.codes[place].examples.is_empty());
        if let Some(first) = undefined.first() {
            let place = first.place.to_string();
            return Err(CodingError::Undefined { codes: written(&undefined), n: undefined.len(), place });
        }
        Ok(labels(&named).map(|names| format!("codes without definition are found by their name alone: {names}")))
    }

    /// The same of codes whose only examples are coded passages: `is_found` says of each code whether there is one of
    /// them in the interviews, or has words.
    ///
    /// # Errors
    /// [`CodingError::Unfound`].
    pub(in crate::analysis::coding) fn found_by_name_here(
        &self,
        is_found: &dyn Fn(usize) -> bool,
    ) -> Result<Option<String>, CodingError> {
        let in_sheets = self.in_sheets();
        let (named, unfound) = self.without_meaning(&|place| is_found(place) || !in_sheets[place]);
        if let Some(first) = unfound.first() {
            let place = first.place.to_string();
            return Err(CodingError::Unfound { codes: written(&unfound), n: unfound.len(), place });
        }
        Ok(labels(&named).map(|names| {
            format!("codes whose coded passages are not among these interviews are found by their name alone: {names}")
        }))
    }
}

fn written(codes: &[&Code]) -> String {
    some(&codes.iter().map(|code| code.code.as_str()).collect::<Vec<_>>())
}

fn labels(codes: &[&Code]) -> Option<String> {
    let labels: Vec<&str> = codes.iter().map(|code| code.label()).collect();
    (!labels.is_empty()).then(|| some(&labels))
}

#[cfg(test)]
mod tests {
    use super::super::read_given;
    use super::*;

    fn given(files: &[&str]) -> Given {
        let folder = tempfile::tempdir().unwrap();
        let paths: Vec<_> = (0..files.len()).map(|n| folder.path().join(format!("{n}.csv"))).collect();
        paths.iter().zip(files).for_each(|(path, text)| std::fs::write(path, text).unwrap());
        read_given(&paths).unwrap()
    }

    #[test]
    fn a_name_alone_is_enough_with_a_warning() {
        assert_eq!(
            given(&["code,name\nA1,Long hours\nswapping shifts,\n"]).warnings,
            ["codes without definition are found by their name alone: `Long hours`, `swapping shifts`"]
        );
    }

    #[test]
    fn a_code_whose_only_passage_is_not_here_needs_a_name() {
        let sheet = "id,code\ns/p#1,a; long hours\ns/p#2,b\n";
        let found = |files: &[&str], here: &[&str]| {
            let given = given(files);
            let here: Vec<usize> = here.iter().map(|code| given.place(code).unwrap()).collect();
            given.found_by_name_here(&|place| here.contains(&place)).map_err(|error| error.to_string())
        };
        let told = found(&[sheet], &["b"]).unwrap_err();
        assert!(told.contains("0.csv`, line 2") && told.contains("`a` has no name"), "{told}");
        let told = found(&[sheet], &[]).unwrap_err();
        assert!(told.contains("2 codes mean") && told.contains("`a`, `b`"), "{told}");
        let told = found(&[sheet], &["a", "b"]).unwrap().unwrap();
        assert!(told.ends_with("by their name alone: `long hours`"), "{told}");
        assert_eq!(found(&[sheet], &["a", "b", "long hours"]).unwrap(), None);
        // What a codebook says of them is enough, and what it lacks was told before.
        let book = "code,name,definition\na,,First.\nb,,Second.\nlong hours,,Third.\n";
        assert_eq!(found(&[book, sheet], &[]).unwrap(), None);
        assert_eq!(found(&["code,name\nx,Low pay\n"], &[]).unwrap(), None);
    }
}
