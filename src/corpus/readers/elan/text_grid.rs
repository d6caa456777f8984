//! TextGrids of Praat: the words of intervals and points, a speaker a tier.
//!
//! In: the file's text, long or short. Out: its tiers, without the marks of silence that programs write. Of both forms
//! nothing counts but texts in quotation marks, numbers and flags that stand free, as Praat itself reads them. It never
//! reads binary TextGrids.

use super::super::super::CorpusError;

/// Whether a text is a TextGrid.
pub(super) fn opens(text: &str) -> bool {
    const MARK: &str = "ooText";
    if !text.contains(MARK) {
        return false;
    }
    let mut tokens = Tokens { text, at: 0, line: 1 };
    let opening: Vec<Token> = tokens.by_ref().take(2).map(|(token, _)| token).collect();
    matches!(&opening[..], [Token::Text(file), Token::Text(class)] if file.starts_with(MARK) && class == "TextGrid")
}

/// A tier.
pub(super) struct Tier {
    pub(super) name: String,
    /// From which second on, the words, and their line; none without words.
    pub(super) said: Vec<(f64, String, usize)>,
}

/// What programs write into intervals in which nobody speaks, in lower case.
const UNSAID: &[&str] =
    &["sil", "<sil>", "sp", "<sp>", "spn", "<spn>", "<p:>", "<p>", "<silence>", "<pause>", "#", "##", "_", "<eps>"];
/// The same where it stands in several intervals of a tier: else it is a word.
const SILENCE: &[&str] = &["silence", "silent", "pause"];
const SEVERAL: usize = 3;

/// What counts.
#[derive(Debug, PartialEq)]
enum Token {
    Text(String),
    Number(f64),
    /// `<exists>`
    Flag,
}

/// The tokens of a text, each with its line.
struct Tokens<'t> {
    text: &'t str,
    at: usize,
    line: usize,
}

impl Iterator for Tokens<'_> {
    type Item = (Token, usize);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let rest = &self.text[self.at..];
            let start = rest.find(|c: char| !c.is_whitespace())?;
            self.pass(start);
            let (rest, line) = (&self.text[self.at..], self.line);
            if let Some(inner) = rest.strip_prefix('"') {
                let end = closing(inner);
                self.pass((end + 2).min(rest.len()));
                return Some((Token::Text(inner[..end].replace("\"\"", "\"")), line));
            }
            if rest.starts_with('!') {
                self.pass(rest.find('\n').unwrap_or(rest.len()));
                continue;
            }
            let word = &rest[..rest.find(char::is_whitespace).unwrap_or(rest.len())];
            self.pass(word.len());
            if word.starts_with('<') && word.ends_with('>') {
                return Some((Token::Flag, line));
            }
            let is_number = word.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '.'));
            if let Some(number) = word.parse().ok().filter(|_| is_number) {
                return Some((Token::Number(number), line));
            }
        }
    }
}

impl Tokens<'_> {
    fn pass(&mut self, bytes: usize) {
        self.line += self.text[self.at..self.at + bytes].matches('\n').count();
        self.at += bytes;
    }

    fn text(&mut self) -> Option<(String, usize)> {
        match self.next()? {
            (Token::Text(text), line) => Some((text, line)),
            _ => None,
        }
    }

    fn number(&mut self) -> Option<f64> {
        match self.next()? {
            (Token::Number(number), _) => Some(number),
            _ => None,
        }
    }

    /// The next tier. `None` where the text ends or is damaged.
    fn tier(&mut self) -> Option<Tier> {
        let is_of_intervals = self.text()?.0 == "IntervalTier";
        let (name, _) = self.text()?;
        let (_from, _to, n) = (self.number()?, self.number()?, self.number()?);
        let mut tier = Tier { name: name.trim().to_owned(), said: Vec::new() };
        let mut read = 0.0;
        while read < n {
            let start = self.number()?;
            if is_of_intervals {
                self.number()?;
            }
            let (words, line) = self.text()?;
            let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
            if !words.is_empty() && !UNSAID.contains(&words.to_lowercase().as_str()) {
                tier.said.push((start, words, line));
            }
            read += 1.0;
        }
        let is_silence = |words: &str| SILENCE.contains(&words);
        if tier.said.iter().filter(|(_, words, _)| is_silence(words)).count() >= SEVERAL {
            tier.said.retain(|(_, words, _)| !is_silence(words));
        }
        Some(tier)
    }
}

/// Where the text ends that a quotation mark opens; two of them stand for one.
fn closing(inner: &str) -> usize {
    let mut at = 0;
    while let Some(end) = inner[at..].find('"').map(|end| at + end) {
        if !inner[end + 1..].starts_with('"') {
            return end;
        }
        at = end + 2;
    }
    inner.len()
}

/// The tiers of a TextGrid.
pub(super) fn read(path: &str, text: &str) -> Result<Vec<Tier>, CorpusError> {
    let mut tokens = Tokens { text, at: 0, line: 1 };
    let header = |tokens: &mut Tokens<'_>| {
        tokens.text()?;
        tokens.text()?;
        let (_from, _to, _exists) = (tokens.number()?, tokens.number()?, tokens.next()?);
        tokens.number()
    };
    let mut tiers = Vec::new();
    let mut left = header(&mut tokens);
    while let Some(n) = left.filter(|&n| n >= 1.0) {
        let tier = tokens.tier();
        left = tier.is_some().then_some(n - 1.0);
        tiers.extend(tier);
    }
    if left.is_some() {
        return Ok(tiers);
    }
    Err(CorpusError::Malformed {
        path: path.to_owned(),
        place: format!("line {}", tokens.line),
        reason: "a TextGrid that ends or breaks off here".to_owned(),
        hint: "open it in Praat and save it again as a text file",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONG: &str = "File type = \"ooTextFile\"\nObject class = \"TextGrid\"\n\nxmin = 0\nxmax = 9\ntiers? <exists>\n\
        size = 2\nitem []:\n    item [1]:\n        class = \"IntervalTier\"\n        name = \"Ann\"\n        xmin = 0\n        \
        xmax = 9\n        intervals: size = 2\n        intervals [1]:\n            xmin = 1.5\n            xmax = 3\n            \
        text = \"Why \"\"so\"\"?\"\n        intervals [2]:\n            xmin = 3\n            xmax = 9\n            text = \"\"\n    \
        item [2]:\n        class = \"TextTier\"\n        name = \"Tom\"\n        xmin = 0\n        xmax = 9\n        \
        points: size = 1\n        points [1]:\n            number = 4\n            mark = \"It rained 3 days.\"\n";

    type Said = (f64, String, usize);

    fn said(text: &str) -> Vec<(String, Vec<Said>)> {
        assert!(opens(text));
        read("a.TextGrid", text).unwrap().into_iter().map(|tier| (tier.name, tier.said)).collect()
    }

    #[test]
    fn tiers_of_praat_are_speakers() {
        let expected = |lines: [usize; 2]| {
            let ann = (1.5, "Why \"so\"?".to_owned(), lines[0]);
            let tom = (4.0, "It rained 3 days.".to_owned(), lines[1]);
            [("Ann".to_owned(), vec![ann]), ("Tom".to_owned(), vec![tom])]
        };
        assert_eq!(said(LONG), expected([18, 31]));
        let short = "File type = \"ooTextFile\"\nObject class = \"TextGrid\"\n\n0\n9\n<exists>\n2\n\"IntervalTier\"\n\"Ann\"\n0\n\
            9\n2\n1.5\n3\n\"Why \"\"so\"\"?\"\n3\n9\n\"\"\n\"TextTier\"\n\"Tom\"\n0\n9\n1\n4\n\"It rained 3 days.\"\n";
        assert_eq!(said(short), expected([15, 25]));
    }

    #[test]
    fn what_is_no_textgrid_is_left_to_others() {
        assert!(!opens("Ann: \"ooTextFile\" and \"TextGrids\" are words.\nTom: Yes."));
        assert!(!opens("File type = \"ooTextFile\"\nObject class = \"Pitch 1\"\n"));
        let damaged = &LONG[..LONG.len() / 2];
        assert!(read("a", damaged).err().unwrap().to_string().contains("breaks off here"));
    }
}
