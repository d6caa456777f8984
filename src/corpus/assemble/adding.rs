//! Taking in what was read from files, one after the other.
//!
//! In: a file with its reading. Out: its transcripts beside those of earlier files, or its turns behind those of a talk
//! that it goes on with; its text under its own source either way. It decides nothing about who speaks.

use super::super::drained::drained;
use super::super::inputs::Found;
use super::super::model::{Document, Source};
use super::super::readers::Reading;
use super::super::studies::Place;
use super::{Assembly, OfFile, Pending, as_shown};

impl Assembly {
    /// Adds one file.
    pub(crate) fn add(&mut self, file: &Found, source: Source, named_by_file: bool, mut reading: Reading) {
        let transcripts = std::mem::take(&mut reading.transcripts);
        let of_several = named_by_file && transcripts.len() > 1;
        let of_file = self.add_file(file, source, of_several, reading);
        self.pending
            .extend(drained(transcripts).map(|transcript| Pending { transcript: as_shown(transcript), file: of_file }));
    }

    /// How many transcripts there are so far.
    pub(crate) fn n_talks(&self) -> usize {
        self.pending.len()
    }

    /// Adds one file whose turns go on with a talk of an earlier one.
    pub(crate) fn go_on(&mut self, talk: usize, file: &Found, source: Source, mut reading: Reading) {
        let transcripts = std::mem::take(&mut reading.transcripts);
        let of_file = self.add_file(file, source, false, reading);
        let Some(pending) = self.pending.get_mut(talk) else { return };
        let shift = self.files[of_file].first_document - self.files[pending.file].first_document;
        for mut turn in transcripts.into_iter().flat_map(|transcript| as_shown(transcript).turns) {
            turn.document += shift;
            pending.transcript.turns.push(turn);
        }
    }

    /// Adds a file without its transcripts; its place among the files.
    fn add_file(&mut self, file: &Found, source: Source, of_several: bool, reading: Reading) -> usize {
        let source_index = self.sources.len();
        let first_document = self.documents.len();
        // A table of one interview is a file like others.
        self.places.push(Place::new(file, of_several));
        self.files.push(OfFile { given_study: file.study.clone(), first_document });
        self.documents.extend(drained(reading.documents).map(|document| Document {
            source: source_index,
            cell: document.cell,
            text: document.text,
            is_missing: false,
        }));
        for document in reading.missing {
            self.documents[first_document + document].is_missing = true;
        }
        self.sources.push(source);
        source_index
    }
}
