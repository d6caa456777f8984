//! The rules by which speakers, studies and passages are told, with their reasons.

// Who asks.

/// Share of turns ending in a question from which a speaker is taken to ask.
pub(super) const ASKING_SHARE: f64 = 0.25;
/// The same where an interviewer is already known.
pub(super) const SECOND_ASKING_SHARE: f64 = 0.6;
/// From so many answered questions on, twice as many as anybody else's, a speaker asks whatever the share.
pub(super) const MANY_QUESTIONS: usize = 3;
/// Questions from which on somebody beside others who ask may ask, too.
pub(super) const FEWEST_QUESTIONS: usize = 2;
/// Share of turns from which on somebody does nothing but ask.
pub(super) const ONLY_SHARE: f64 = 0.8;
/// Turns from which on the share of questions tells something about somebody beside the interviewer.
pub(super) const FEW_TURNS: usize = 3;
/// Prompts from which on they tell who asks.
pub(super) const FEWEST_PROMPTS: usize = 2;
/// Signs from which on it is clear which of two asks.
pub(super) const CLEAR_LEAD: i32 = 3;

// How much is looked at.

/// Bytes of the longest words that are compared with names of roles.
pub(super) const LONGEST_ROLE: usize = 120;
/// Bytes of the longest text in which labels are searched beyond the usual form.
pub(super) const LONGEST_TEXT: usize = 4 << 20;

// Who is one person.

/// Crowds are not compared each with each: more labels than these.
pub(super) const MOST_LABELS: usize = 60;

// Which transcripts are a study.

/// Transcripts that several prefixes need each to name studies.
pub(super) const TRANSCRIPTS_OF_PREFIX: usize = 3;
/// Prefixes that are few.
pub(super) const FEW_PREFIXES: usize = 3;
/// The highest number of a wave.
pub(super) const MAX_WAVE: u32 = 12;

// What a passage is.

/// Words of a passage: at least, at best, at most.
pub(super) const SHORTEST_PASSAGE: usize = 12;
pub(super) const BEST_PASSAGE: f64 = 28.0;
pub(super) const LONGEST_PASSAGE: usize = 45;
/// Sentences of a passage.
pub(super) const MOST_SENTENCES: usize = 3;
/// Beyond these a passage is not stretched even to take in a scrap.
pub(super) const STRETCHED_WORDS: usize = 55;
pub(super) const STRETCHED_SENTENCES: usize = 8;
/// From so many words a repetition is no coincidence.
pub(super) const DUPLICATE_WORDS: usize = 8;
/// Answers at the start and the end that may be courtesies, one after the other.
pub(super) const OPENING_ANSWERS: usize = 2;
pub(super) const CLOSING_ANSWERS: usize = 4;
