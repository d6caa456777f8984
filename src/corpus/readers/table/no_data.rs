//! Rows that hold nobody's data: those without anything, a header that comes again, notices, and sums at the foot.
//!
//! In: rows, cell by cell, as they come. Out: what each is. A sum is believed at the foot alone, below rows of data, and
//! where nothing but figures stands beside its title, so rows that may be one wait for what follows. A notice says whose
//! the table is, or who wrote it down, and is alone in its row. It looks at no other row of words, and counts what is
//! left out.

/// Rows at the foot that are sums, at most.
const MOST_SUMS: usize = 8;
/// Bytes of a sum's title and of a figure, at most.
const LONGEST: usize = 40;
/// Bytes of a notice, at most.
const LONGEST_NOTICE: usize = 400;

/// What a row of sums is called.
#[rustfmt::skip]
const SUMS: &[&str] = &[
    "total", "totals", "grand total", "subtotal", "overall", "overall total", "sum", "average", "mean", "median",
    "count", "answered", "skipped", "standard deviation", "summe", "gesamt", "insgesamt", "gesamtsumme", "mittelwert",
    "durchschnitt", "anzahl", "total général", "somme", "moyenne", "effectif", "suma", "total general", "promedio",
    "recuento", "totale", "somma", "conteggio", "soma", "média", "contagem", "totaal", "gemiddelde", "aantal", "razem",
    "średnia", "celkem", "průměr", "totalt", "summa", "medelvärde", "gennemsnit", "gjennomsnitt", "yhteensä",
    "keskiarvo", "итого", "всего", "среднее", "合計", "平均", "总计", "合计", "總計",
];
/// What one may be called beside those; people are called so, too.
const BESIDE: &[&str] =
    &["max", "min", "maximum", "minimum", "sd", "std", "s.d", "std. dev", "std dev", "variance", "n"];
/// What is counted.
#[rustfmt::skip]
const COUNTED: &[&str] = &[
    "response", "responses", "answer", "answers", "respondent", "respondents", "participant", "participants", "row",
    "rows", "turn", "turns", "word", "words", "interview", "interviews", "people", "entries", "records", "duration",
    "time", "min", "minutes", "hours", "years", "n", "of", "antworten", "befragte", "teilnehmer", "wörter", "réponses",
    "répondants", "mots", "respuestas", "palabras", "risposte", "parole", "respostas", "palavras", "antwoorden",
];

/// How a notice begins, and what one may say behind that.
const NOTICES: &[&str] = &["©", "(c) ", "copyright ©", "copyright (c) ", "transcriber's note", "transcribers' note"];
const BEHIND_COPYRIGHT: &[&str] = &["all rights reserved", "alle rechte vorbehalten", "tous droits réservés"];

/// What a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Data,
    /// Nothing stands in it, or the titles do again.
    NoData,
    /// It is a sum, where it stands at the foot.
    Sum,
}

/// A row that waits for what follows.
pub(super) struct Waiting {
    pub(super) number: usize,
    pub(super) line: usize,
    pub(super) cells: Vec<String>,
    /// Nothing but a sum is called so.
    is_sure: bool,
}

/// The rows of a table that hold no data.
#[derive(Default)]
pub(super) struct NoData {
    /// The rows of the header, in lower case.
    titles: Vec<Vec<String>>,
    id: Option<usize>,
    /// The columns of words.
    texts: Vec<usize>,
    waiting: Vec<Waiting>,
    headers: usize,
    notices: usize,
    sums: usize,
}

impl NoData {
    /// Those of a table with these rows of titles.
    pub(super) fn of<'h>(header: impl Iterator<Item = &'h Vec<String>>, id: Option<usize>, texts: &[usize]) -> Self {
        let titles = header.map(|row| row.iter().map(|title| title.trim().to_lowercase()).collect()).collect();
        Self { titles, id, texts: texts.to_vec(), ..Self::default() }
    }

    /// Rows that wait.
    pub(super) fn n_waiting(&self) -> usize {
        self.waiting.len()
    }

    /// What a row is; a header that comes again is counted.
    pub(super) fn kind(&mut self, cells: &[&str]) -> Kind {
        if cells.iter().all(|cell| cell.trim().is_empty()) {
            return Kind::NoData;
        }
        if self.titles.iter().any(|titles| are_titles(cells, titles)) || is_of_program(cells) {
            self.headers += 1;
            return Kind::NoData;
        }
        if is_notice(cells) {
            self.notices += 1;
            return Kind::NoData;
        }
        if self.sum(cells).is_some() { Kind::Sum } else { Kind::Data }
    }

    /// Keeps a row that may be a sum.
    pub(super) fn wait(&mut self, number: usize, line: usize, cells: &[&str]) {
        let is_sure = self.sum(cells).unwrap_or_default();
        let cells = cells.iter().map(|cell| (*cell).to_owned()).collect();
        self.waiting.push(Waiting { number, line, cells, is_sure });
    }

    /// The rows that wait, which are data after all.
    pub(super) fn released(&mut self) -> Vec<Waiting> {
        std::mem::take(&mut self.waiting)
    }

    /// The rows at the foot that are data, below so many others.
    pub(super) fn at_foot(&mut self, n_rows: usize) -> Vec<Waiting> {
        let n = self.waiting.len();
        if n > MOST_SUMS || n > n_rows || !self.waiting.iter().any(|row| row.is_sure) {
            return self.released();
        }
        self.sums = n;
        Vec::new()
    }

    /// What was left out.
    pub(super) fn told(&self) -> Vec<String> {
        let headers = match self.headers {
            0 => None,
            1 => Some("1 header row that comes again left out".to_owned()),
            n => Some(format!("{n} header rows that come again left out")),
        };
        let sums = match self.sums {
            0 => None,
            1 => Some("1 row of sums at the foot left out".to_owned()),
            n => Some(format!("{n} rows of sums at the foot left out")),
        };
        let notices = match self.notices {
            0 => None,
            1 => Some("1 row that holds a notice left out".to_owned()),
            n => Some(format!("{n} rows that hold notices left out")),
        };
        headers.into_iter().chain(notices).chain(sums).collect()
    }

    /// Whether a row is a sum, and for sure: a title in the first cell with something, and figures in all others.
    fn sum(&self, cells: &[&str]) -> Option<bool> {
        let mut filled = cells.iter().map(|cell| cell.trim()).enumerate().filter(|(_, cell)| !cell.is_empty());
        let (at, first) = filled.next()?;
        let (is_sure, has_figure) = title_of_sum(first)?;
        let others: Vec<&str> = filled.map(|(_, cell)| cell).collect();
        let are_figures = others.iter().all(|cell| is_figure(cell) || title_of_sum(cell).is_some());
        // Whoever has an id may have answered `Total: 6`.
        let is_nobodys = self.id.is_some_and(|id| id != at) && others.is_empty();
        let is_apart = !self.texts.contains(&at) || (has_figure && (is_nobodys || !others.is_empty()));
        (are_figures && is_apart).then_some(is_sure)
    }
}

/// Whether cells are the titles of their columns, most of which are there.
fn are_titles(cells: &[&str], titles: &[String]) -> bool {
    let is_title = |(cell, title): (&str, &String)| cell.chars().flat_map(char::to_lowercase).eq(title.chars());
    let filled = || cells.iter().map(|cell| cell.trim()).zip(titles).filter(|(cell, _)| !cell.is_empty());
    let (n, n_titles) = (filled().count(), titles.iter().filter(|title| !title.is_empty()).count());
    filled().all(is_title) && n * 2 >= n_titles && (n > 1 || (n == 1 && n_titles == 1))
}

/// Whether a row of several columns holds a notice and nothing else: `© 2019 Hall`, `Transcriber's note: …`.
fn is_notice(cells: &[&str]) -> bool {
    let mut filled = cells.iter().map(|cell| cell.trim()).filter(|cell| !cell.is_empty());
    let (Some(cell), None) = (filled.next(), filled.next()) else { return false };
    if cells.len() < 2 || cell.len() > LONGEST_NOTICE {
        return false;
    }
    let lower = cell.trim_start_matches(['[', '*']).to_lowercase().replace('’', "'");
    let has_year = || lower.as_bytes().windows(4).any(|four| four.iter().all(u8::is_ascii_digit));
    let is_copyright = || lower.starts_with("copyright") && (has_year() || says_rights(&lower));
    NOTICES.iter().any(|start| lower.starts_with(start)) || is_copyright()
}

fn says_rights(lower: &str) -> bool {
    BEHIND_COPYRIGHT.iter().any(|words| lower.contains(words))
}

/// What Qualtrics writes below its titles.
fn is_of_program(cells: &[&str]) -> bool {
    cells.iter().filter(|cell| !cell.trim().is_empty()).all(|cell| cell.trim().starts_with("{\"ImportId\""))
}

/// Whether a cell is the title of a sum: for sure, and with a figure behind it, as in `Total: 6`.
fn title_of_sum(cell: &str) -> Option<(bool, bool)> {
    if cell.len() > LONGEST {
        return None;
    }
    let lower = cell.to_lowercase();
    let (title, figure) = match lower.split_once([':', '=']) {
        Some((title, figure)) => (title.trim(), figure.trim()),
        None => (lower.trim(), ""),
    };
    if !figure.is_empty() && !is_figure(figure) {
        return None;
    }
    let title = title.trim_end_matches(['.', ' ']);
    let last = title.rsplit_once(' ').filter(|(_, what)| COUNTED.contains(what)).map_or(title, |(first, _)| first);
    let is_number_of = ["number of ", "no. of ", "anzahl der "].iter().any(|start| title.starts_with(start));
    // `N = 6`
    let (is_beside, has_figure) = (BESIDE.contains(&title), !figure.is_empty());
    let is_sum = SUMS.contains(&title) || SUMS.contains(&last) || (is_number_of && last != title);
    (is_sum || is_beside).then_some((is_sum || has_figure, has_figure))
}

/// Whether a cell is a figure, perhaps with what it counts: `6`, `32.5 %`, `6 answers`, `=SUM(A2:A9)`.
fn is_figure(cell: &str) -> bool {
    if cell.starts_with('=') {
        return cell.contains('(');
    }
    let is_number = |word: &str| word.bytes().any(|b| b.is_ascii_digit()) && !word.contains(char::is_alphabetic);
    let words = || cell.split(|c: char| c.is_whitespace() || matches!(c, '=' | '(' | ')')).filter(|w| !w.is_empty());
    let is_known = |word: &str| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        word.is_empty() || COUNTED.contains(&word.as_str())
    };
    let is_blank = !cell.contains(char::is_alphanumeric);
    cell.len() <= LONGEST
        && (is_blank || (words().any(is_number) && words().all(|word| is_number(word) || is_known(word))))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn no_data() -> NoData {
        let titles = ["ID", "Question", "Answer"].map(str::to_owned).to_vec();
        NoData::of([titles].iter(), Some(0), &[2])
    }

    #[test]
    fn titles_that_come_again_and_empty_rows_are_no_data() {
        let mut rows = no_data();
        let again = [["ID", "Question", "Answer"], [" id ", "QUESTION", "answer"], ["id", "", "Answer"]];
        for cells in again.into_iter().chain([["", " ", ""]]) {
            assert_eq!(rows.kind(&cells), Kind::NoData, "{cells:?}");
        }
        assert_eq!(rows.told(), ["3 header rows that come again left out"]);
        for cells in [["p1", "Question", "Answer"], ["", "", "Answer"], ["ID", "Why?", "answer"], ["answer", "", ""]] {
            assert_eq!(rows.kind(&cells), Kind::Data, "{cells:?}");
        }
    }

    #[test]
    fn a_notice_alone_in_its_row_is_no_data() {
        let mut rows = no_data();
        for cells in [
            ["", "", "© 2019 University of Northfield. All rights reserved."],
            ["Copyright 2019 by the archive", "", ""],
            ["", "Copyright by the archive, all rights reserved", ""],
            ["", "", "[Transcriber’s note: parts of it are hard to hear.]"],
        ] {
            assert_eq!(rows.kind(&cells), Kind::NoData, "{cells:?}");
        }
        assert_eq!(rows.told(), ["4 rows that hold notices left out"]);
        for cells in [
            ["p7", "", "© 2019 University of Northfield. All rights reserved."],
            ["", "", "Copyright is what worries me most in my work"],
            ["", "", "We wrote all rights reserved on every page"],
            ["", "", "The transcriber's note was wrong about me"],
        ] {
            assert_eq!(rows.kind(&cells), Kind::Data, "{cells:?}");
        }
        assert_eq!(rows.kind(&["© 2019 is all it says there"]), Kind::Data, "the only column");
    }

    #[test]
    fn sums_have_a_title_and_figures_beside_it() {
        let mut rows = no_data();
        for cells in [
            ["Total", "", "6"],
            ["Total:", "6 respondents", "6 answers"],
            ["", "", "Total: 6"],
            ["Grand Total", "3", "=SUM(C2:C7)"],
            ["Mean", "", "3.5"],
            ["N = 6", "", ""],
            ["Total turns", "", "12"],
            ["Summe", "–", "6"],
            ["Number of responses", "", "6 (100 %)"],
            ["", "Total", "Total: 6"],
        ] {
            assert_eq!(rows.kind(&cells), Kind::Sum, "{cells:?}");
        }
        for cells in [
            ["p7", "What did it cost?", "Total: 6"],
            ["", "", "Total"],
            ["", "", "Total: everything we had"],
            ["Total", "", "It comes down to trust."],
            ["Total Eclipse", "", "6"],
            ["Tom", "", "6"],
            ["p7", "", "6"],
        ] {
            assert_eq!(rows.kind(&cells), Kind::Data, "{cells:?}");
        }
    }

    #[test]
    fn sums_are_left_out_at_the_foot_alone() {
        let wait = |rows: &mut NoData, cells: &[&str]| {
            assert_eq!(rows.kind(cells), Kind::Sum);
            rows.wait(7, 8, cells);
        };
        let mut rows = no_data();
        wait(&mut rows, &["Mean", "", "6"]);
        wait(&mut rows, &["Max", "", "9"]);
        assert_eq!((rows.n_waiting(), rows.at_foot(5).len()), (2, 0));
        assert_eq!(rows.told(), ["2 rows of sums at the foot left out"]);
        // Max may be somebody, and a table of sums has nothing else.
        let mut rows = no_data();
        wait(&mut rows, &["Max", "", "9"]);
        assert_eq!(rows.at_foot(5)[0].cells, ["Max", "", "9"]);
        wait(&mut rows, &["Total", "", "9"]);
        assert_eq!(rows.at_foot(0).len(), 1);
        assert!(rows.told().is_empty());
    }
}
