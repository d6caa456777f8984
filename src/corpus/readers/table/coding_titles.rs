//! What programs for qualitative analysis, and repositories of research, call the columns of a table of what was coded.
//!
//! In: the titles of a table. Out: the column of what was coded, of whose it is and of who coded it, where a column of
//! codes stands beside them. Titles are as [`plain`](super::plain) writes them, in the order in which they are searched.
//! Who coded never counts as who said it. It looks at no cell.

use super::groups::is_of_person;
use super::part_titles::NOTES as REMARKS;
use super::titles::{NAMES, QUESTION, SPEAKER, TEXT};

/// What was coded.
#[rustfmt::skip]
const CODED: &[&str] = &[
    "quotationcontent", "segment", "segments", "codedsegment", "codedtext", "seltext", "excerptcopy", "excerpt",
    "highlight", "highlighttext", "snippet", "content", "textsegment", "kodiertessegment", "codiertessegment",
    "segmento", "segmentocodificado",
];
/// The same, as other tables call other things, too: beside codes that are called so.
#[rustfmt::skip]
const SAID: &[&str] = &[
    "textcontent", "quotation", "quote", "quotetext", "verbatim", "zitat", "textstelle", "extrait", "citation", "cita",
    "fragmento", "trecho", "citação", "citazione", "estratto", "brano", "citaat", "fragment", "cytat", "citat", "text",
    "texte", "texto", "testo", "tekst",
];

/// Where it stands.
#[rustfmt::skip]
const DOCUMENTS: &[&str] = &[
    "documentname", "document", "dokumentname", "dokument", "mediatitle", "filename", "notetitle", "nomdudocument",
    "nombredeldocumento", "documento", "sourcename", "source", "file", "recording", "interview", "transcript",
    "session", "quelle", "datei", "fichier", "fuente", "archivo", "fonte", "bron", "źródło",
];

/// What it was given.
#[rustfmt::skip]
const CODES: &[&str] = &[
    "code", "codes", "codename", "codesapplied", "codesappliedcombined", "codesystem", "tag", "tags", "kode", "kodes",
    "codings", "código", "códigos", "codigo", "codice", "codici", "quirk", "quirks", "kod", "kody", "nodes", "node",
];
/// What may as well be something else's: a topic of the interview, a label on a screen.
const LABELS: &[&str] = &["theme", "themes", "topic", "topics", "label", "labels", "thema", "thème", "tema", "temat"];

/// Who coded. Elsewhere these may say who speaks.
#[rustfmt::skip]
const AUTHORS: &[&str] = &["author", "autor", "autora", "auteur", "autore", "auteure", "autorin", "from", "user"];

/// Columns of a table of codings.
#[derive(Clone, Copy)]
pub(super) struct Coded {
    /// Who said it, or else the document; where there is none, a column of names tells.
    pub(super) whose: Option<usize>,
    pub(super) said: usize,
    /// Who coded it, where the title may as well be that of who speaks.
    pub(super) coder: Option<usize>,
}

/// Finds them, in a table in which codes stand beside what was coded, and a title says whose that is.
pub(super) fn of_codings(header: &[String], plain: &[String]) -> Option<Coded> {
    let of = |titles: &[&str]| titles.iter().find_map(|title| plain.iter().position(|plain| plain == title));
    let codes = of(CODES);
    codes.or_else(|| of(LABELS))?;
    let speaks = SPEAKER.iter().any(|title| !AUTHORS.contains(title) && of(&[title]).is_some());
    let is_open = codes.is_some() && !speaks && of(QUESTION).is_none();
    // What a topic is of may as well be an article.
    let coded = of(CODED).filter(|&at| codes.is_some() || plain[at] != "content");
    let said = coded.or_else(|| of(SAID).filter(|_| is_open)).or_else(|| {
        let is_quote = |at: &usize| !["text", "texte", "texto", "testo", "tekst"].contains(&plain[*at].as_str());
        of(SAID).filter(|_| !speaks).filter(is_quote)
    })?;
    let person = (0..header.len()).find(|&at| at != said && !speaks && is_of_person(&header[at]));
    let document = of(DOCUMENTS).filter(|&at| at != said);
    // Beside a column of answers what was coded is told of them, unless a document is named.
    let is_other_text = |title: &String| TEXT.contains(&title.as_str()) && !REMARKS.contains(&title.as_str());
    let has_text = (0..plain.len()).any(|at| at != said && Some(at) != document && is_other_text(&plain[at]));
    if has_text && (document.is_none() || codes.is_none()) {
        return None;
    }
    let whose = person.or(document);
    let coder = of(AUTHORS).filter(|&at| at != said && !speaks);
    let is_told = whose.is_some() || of(NAMES).is_some() || (coder.is_some() && codes.is_some());
    is_told.then_some(Coded { whose, said, coder })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use crate::corpus::{Corpus, ReadOptions, read_bytes};

    const SAID: [&str; 6] = [
        "We cleared the loft and found her letters.",
        "The letters were damp but could be read.",
        "Nobody came and I swept the yard alone.",
        "I sat by the stove and mended two nets.",
        "The ferry did not run because of the fog.",
        "She rang at last and we spoke for an hour.",
    ];

    /// A table of passages of `ann`, `ben` and `cleo`, coded by two people.
    fn read(header: &str) -> Corpus {
        let cell = |title: &str, n: usize| match title {
            "Source" | "Document" | "Dokument" | "File" | "Interview" | "Participant" | "Person" => {
                ["ann", "ben", "cleo"][n / 2].to_owned()
            }
            "Note title" => format!("Call {}", n / 2 + 1),
            "Code" | "Quirk" | "Tags" | "Theme" => ["loft", "yard"][n % 2].to_owned(),
            "Author" | "Autor" | "Created by" | "Coder" | "Researcher" => ["Ines Ott", "Jo Lind"][n % 2].to_owned(),
            _ => SAID[n].to_owned(),
        };
        let row = |n| header.split(',').map(|title| cell(title, n)).collect::<Vec<_>>().join(",");
        let rows: Vec<String> = (0..6).map(row).collect();
        read_bytes("all.csv", format!("{header}\n{}", rows.join("\n")).into_bytes(), &ReadOptions::default()).unwrap()
    }

    fn answers(corpus: &Corpus) -> BTreeMap<&str, usize> {
        let mut n = BTreeMap::new();
        corpus.answers.iter().for_each(|answer| *n.entry(&*answer.participant).or_default() += 1);
        n
    }

    #[test]
    fn what_was_coded_is_its_documents_or_its_speakers_and_never_the_coders() {
        for header in [
            "Source,Quirk,Text,Author",
            "Document,Code,Segment,Author",
            "Dokument,Code,Segment,Autor",
            "Document,Text content,Code,Coder",
            "Interview,Quote,Code,Created by",
            "File,Excerpt,Theme,Researcher",
            "Note title,Highlight,Tags,Participant,Author",
            "Note title,Content,Participant,Tags",
            "Participant,Quote,Theme,Researcher",
            "Person,Highlight,Tags",
        ] {
            let corpus = read(header);
            assert_eq!(answers(&corpus), [("ann", 2), ("ben", 2), ("cleo", 2)].into(), "{header}");
            assert!(corpus.answers.iter().all(|answer| answer.question_turns.is_empty()), "{header}");
        }
    }

    #[test]
    fn who_takes_turns_beside_codes_speaks() {
        let asked = ["Who cleared the loft?", "What was in it?", "Did anybody come?"];
        let rows: Vec<String> = (0..6)
            .map(|n| if n % 2 == 0 { format!("a,Ann,{},x", asked[n / 2]) } else { format!("a,Tom,{},y", SAID[n]) })
            .collect();
        let csv = format!("Source,Author,Text,Code\n{}", rows.join("\n"));
        let corpus = read_bytes("all.csv", csv.into_bytes(), &ReadOptions::default()).unwrap();
        assert_eq!(corpus.answers.len(), 3, "{:?}", corpus.warnings);
    }
}
