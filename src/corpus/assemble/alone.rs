//! One speaker alone in a transcript, whose words may be somebody else's, too.
//!
//! In: a transcript with its parts. Out: what is doubtful where the words of the only one hold questions. It changes
//! nothing.

use super::super::error::counted;
use super::super::model::{Role, Transcript};
use super::super::speakers;

/// What is doubtful about a transcript that names one speaker alone: whoever asks, or answers, may have no label.
pub(super) fn told(transcript: &Transcript, path: &str) -> Option<String> {
    let mut named = transcript.speakers.iter().filter(|s| s.role != Role::Other && !s.label.is_empty());
    let (Some(speaker), None) = (named.next(), named.next()) else { return None };
    let said = transcript.turns.iter().filter(|turn| *turn.speaker == *speaker.label);
    let questions: usize = said.map(|turn| speakers::questions(&turn.text)).sum();
    (questions > 0).then(|| {
        format!(
            "transcript `{}` in `{path}`: only one speaker, `{}`, is named: if questions stand in their words, as {} \
             suggest, somebody else's words are among theirs; start every turn with its speaker",
            transcript.id,
            speaker.label,
            counted(questions, "question mark")
        )
    })
}
