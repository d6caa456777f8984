//! Files whose answers were taken for one participant's, as no column tells people apart.
//!
//! In: such files, each with what was asked first and its warning, and all warnings. Out: the warnings without those of
//! files that ask the same first: an interview a file leaves no doubt. It never reads a file, nor settles whose an
//! answer is.

use std::collections::{HashMap, HashSet};

/// A file whose answers were all taken for one participant's.
#[derive(Debug)]
pub(crate) struct OnePersons {
    /// What was asked first, as a key.
    pub(crate) first: String,
    /// What is told of it where it stands alone.
    pub(crate) warning: String,
    /// No column of it may tell people apart.
    pub(crate) is_sure: bool,
}

/// Takes the warnings of files that ask the same as others.
pub(crate) fn settle(found: &[OnePersons], warnings: &mut Vec<String>) {
    let mut asked: HashMap<&str, usize> = HashMap::new();
    found.iter().filter(|of| of.is_sure).for_each(|of| *asked.entry(&of.first).or_default() += 1);
    let is_sure = |of: &&OnePersons| of.is_sure && asked.get(of.first.as_str()).is_some_and(|&n| n > 1);
    let sure: HashSet<&str> = found.iter().filter(is_sure).map(|of| of.warning.as_str()).collect();
    if !sure.is_empty() {
        warnings.retain(|warning| !sure.contains(warning.as_str()));
    }
}

#[cfg(test)]
mod tests {
    use crate::corpus::{Corpus, InputSpec, ReadOptions, read};

    fn corpus(files: &[(&str, &str)]) -> Corpus {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            std::fs::write(folder.path().join(name), text).unwrap();
        }
        read(&[InputSpec { study: None, path: folder.path().to_owned() }], &ReadOptions::default()).unwrap()
    }

    const ANN: &str = "Question,Answer\nHow did you come to bees?,My uncle had a hive and needed help.\n\
                       What was the worst winter?,The one in which all of them died.\n";

    fn is_told(corpus: &Corpus) -> bool {
        corpus.warnings.iter().any(|warning| warning.contains("no column tells participants apart"))
    }

    #[test]
    fn an_interview_a_file_is_no_doubt_where_files_ask_the_same() {
        let ben = ANN.replace("uncle", "aunt").replace("died", "left");
        let both = corpus(&[("ann.csv", ANN), ("ben.csv", &ben)]);
        assert_eq!(both.transcripts.len(), 2);
        assert!(!is_told(&both), "{:?}", both.warnings);
    }

    #[test]
    fn a_file_that_asks_something_else_or_stands_alone_is_told() {
        let others = ANN.replace("How did you come to bees?", "Who built the wall?");
        for files in [&[("ann.csv", ANN)][..], &[("ann.csv", ANN), ("ben.csv", others.as_str())]] {
            let corpus = corpus(files);
            assert_eq!(corpus.transcripts.len(), files.len());
            assert!(is_told(&corpus), "{:?}", corpus.warnings);
        }
    }
}
