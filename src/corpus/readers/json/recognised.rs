//! What speech recognisers and services wrote, as one transcript.
//!
//! In: the text of a JSON file. Out: what was said, where a service is known, and the transcript of it, which is called
//! after its file. It knows no layout itself.

use super::super::super::ReadOptions;
use super::super::super::speakers::Names;
use super::super::recognisers::{self, Recognised};
use super::super::records::unknown;
use super::super::{Reading, said, segments};
use super::{channels, divided, services};

/// Takes the file of a service apart; `None` for any other. Channels come first, since they tell speakers apart.
pub(super) fn read(text: &str) -> Option<Recognised> {
    channels::read(text)
        .or_else(|| divided::read(text))
        .or_else(|| recognisers::read(text))
        .or_else(|| services::read(text))
}

/// The transcript, with a warning where words have no speaker.
pub(super) fn transcript_of(mut recognised: Recognised, path: &str, options: &ReadOptions, names: &Names) -> Reading {
    let layout = format!("a transcript of {}", recognised.service);
    let mut reading = Reading { layout: Some(layout), named_by_file: Some(false), ..Reading::default() };
    for said in &mut recognised.said {
        let text = std::mem::take(&mut said.text);
        said.text = said::clean(text, options, &mut reading.mojibake_repaired);
    }
    reading.is_of_channel = recognised.service == services::SLACK;
    if recognised.said.is_empty() {
        reading.warnings.push(format!("`{path}`: nobody wrote anything there, and only who joined or left is told"));
        return reading;
    }
    let said = &mut recognised.said;
    let unnamed = said.iter().filter(|said| said.speaker.is_empty()).count();
    if unnamed == said.len() {
        segments::read(recognised.said, path, 1, names, &mut reading);
        return reading;
    }
    unknown::name(said);
    if unnamed > 0 {
        let turns = if unnamed == 1 { "1 turn has".to_owned() } else { format!("{unnamed} turns have") };
        reading.warnings.push(format!("`{path}`: {turns} no speaker, so nobody is taken to have said it"));
    }
    said::script(said, false).finish(None, None, &mut reading);
    reading
}
