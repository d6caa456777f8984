//! The rules by which the guide, the subject and the section of an answer are found, with their reasons.

// What is a guide question.

/// Mean cosine of a question's wordings to their centres that makes it one question.
pub const MIN_COHESION: f64 = 0.8;
/// Share of a study's participants that must have been asked.
pub const MIN_SHARE_ASKED: f64 = 0.5;
/// Transcripts a study must have before its guide is looked for: in fewer, everything was asked
/// of most.
pub const MIN_TRANSCRIPTS: usize = 5;
/// Alternative wordings: least cosine of their centres where both occur in one study.
pub(crate) const ALTERNATIVE_COSINE: f32 = 0.5;
/// The same for wordings of different studies, which never meet in a transcript whether they are
/// alternatives or not.
pub(crate) const ALTERNATIVE_COSINE_ACROSS_STUDIES: f32 = 0.8;
/// Largest share of the smaller group's transcripts in which both wordings may occur.
pub(crate) const MAX_TOGETHER: f64 = 0.15;
/// Largest distance of the median places of alternative wordings.
pub(crate) const MAX_PLACE_DISTANCE: f64 = 0.12;
/// A question in a transcript is this guide question from this cosine to its centre on.
pub const MEMBER_COSINE: f32 = 0.7;
/// The same where the transcript lacks the question at its place in the guide.
pub(crate) const GAP_COSINE: f32 = 0.5;
/// Cosine from which a given guide line counts as asked.
pub(crate) const GIVEN_COSINE: f32 = 0.6;
/// Transcripts a study lends as places to start from. A wording used in a tenth of the
/// transcripts is missing from all of 64 with a chance of 0.1 %, a question asked of half of
/// them with 2⁻⁶⁴.
pub(crate) const SEED_TRANSCRIPTS: usize = 64;
/// Wordings that a transcript lends as places to start from; of more, an even choice.
pub(crate) const SEED_WORDINGS: usize = 1024;
/// A guide question is named by its whole wording when that occurs at least this often, relative
/// to its most frequent sentence.
pub(crate) const WHOLE_WORDING_SHARE: f64 = 0.2;
/// Rounds in which a group's centre moves to the mean of what it gathered.
pub(crate) const CENTRING_ROUNDS: usize = 2;
/// Cosine to one of those wordings.
pub(crate) const COURTESY_COSINE: f32 = 0.55;
/// Share of a question's wordings that must be that near.
pub(crate) const COURTESY_SHARE: f64 = 0.3;
/// Share of a greeting's answers that are the first of their transcript.
pub(crate) const FIRST_SHARE: f64 = 0.7;
/// Median place in the transcript from which a question may close it.
pub(crate) const CLOSING_PLACE: f64 = 0.6;

/// Words of an answer that is small talk: half of the answers to a greeting are no longer, and where the first question
/// of a given guide was not heard, what is longer may answer it in other words.
pub(crate) const SMALL_TALK_WORDS: usize = 12;

// Which known question a new interview asks.

/// Cosine from which a wording is one of those that opened a section.
pub(crate) const SAME_WORDING: f32 = 0.8;
/// Cosine from which a question of a section is a repetition beside a nearer one.
pub(crate) const REPETITION: f32 = 0.9;
/// Share of what opened a section that must be very near a wording of its own for it to count: others
/// were taken for the question because of their place.
pub(crate) const SUPPORT: f64 = 0.08;
/// Share of the wordings of a new guide question that must be very near the same section.
pub(crate) const MAPPED_SHARE: f64 = 0.5;
/// A greeting is among the first answers of a transcript.
pub(crate) const GREETED_ANSWERS: usize = 2;
/// Share of a wording's words that a question must have to be it, where there are no vectors.
pub(crate) const SHARED_WORDS: f64 = 0.6;

// What is the subject that everybody names.

/// Fewer passages tell too little of a direction.
pub(crate) const MIN_PASSAGES: usize = 400;
/// In a section where fewer name it, it is that section's matter rather than the study's.
pub(crate) const LEAST_SECTION_SHARE: f64 = 0.1;
/// Share of the passages that stand in sections where it is named often enough: most. A warm-up question
/// that seldom names it does not make it any less what the others are about.
pub(crate) const SECTIONS: f64 = 0.6;
/// Squared correlation from which a vector tells whether the word was said. Common words such as
/// "it" reach 0.3, the subject's 0.8.
pub(crate) const LEAST_FIT: f64 = 0.5;
/// What common words reach: below it, a word is not worth naming.
pub(crate) const COMMON_FIT: f64 = 0.3;
