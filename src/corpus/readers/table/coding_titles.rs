//! What programs for qualitative analysis call the columns of a table of codings.
//!
//! In: nothing. Out: titles as [`plain`](super::plain) writes them, in the order in which they are searched: of what was
//! coded, of where it stands and of the codes. They say nothing of a table that lacks one of the three.

/// What was coded.
#[rustfmt::skip]
pub(super) const CODED: &[&str] = &[
    "quotationcontent", "segment", "segments", "codedsegment", "codedtext", "seltext", "excerptcopy", "excerpt",
    "highlight", "content", "textsegment", "kodiertessegment", "codiertessegment", "segmento", "segmentocodificado",
];

/// Where it stands.
#[rustfmt::skip]
pub(super) const DOCUMENTS: &[&str] = &[
    "documentname", "document", "dokumentname", "dokument", "mediatitle", "filename", "notetitle", "nomdudocument",
    "nombredeldocumento", "documento", "sourcename",
];

/// What it was given.
#[rustfmt::skip]
pub(super) const CODES: &[&str] = &[
    "code", "codes", "codename", "codesapplied", "codesappliedcombined", "codesystem", "tag", "tags", "kode", "kodes",
    "codings", "código", "códigos", "codigo",
];
