//! The rules by which themes are named, quoted, linked and trusted, with their reasons.

// How far to trust a theme.

/// Share of the participants that a resample retains: 1 − 1/e.
pub const RETAINED: f64 = 0.632;
/// From this stability on a theme is firm: half of such themes or more were a coder's too.
pub const FIRM: f64 = 0.5;
/// Below this one it is not to be relied on: fewer than a quarter were.
pub const LOOSE: f64 = 0.325;

// When new participants bring no new themes.

/// Participants whose themes are the base (Guest, Namey & Chen 2020).
pub const BASE_SIZE: usize = 4;
/// Participants after them that are looked at together.
pub const RUN_LENGTH: usize = 2;
/// New themes of a run, as a share of the base's themes, at which to stop.
pub const THRESHOLD: f64 = 0.05;

// When themes of two questions are one that recurs.

/// Whatever chance allows, a link below this cosine is not the same theme to a reader.
pub(crate) const RECURRING_COSINE: f64 = 0.45;

// What is quoted.

/// Weight of centrality against diversity.
pub(crate) const RELEVANCE: f64 = 0.7;
/// Two quotes this close say the same twice.
pub(crate) const NEAR_DUPLICATE: f32 = 0.92;
/// What a quote outside the readable length loses.
pub(crate) const LENGTH_PENALTY: f64 = 0.15;

// What is a headline.

/// Clauses of a group that are to be embedded.
pub(crate) const CLAUSES: usize = 20;
/// Of one passage.
pub(crate) const CLAUSES_OF_PASSAGE: usize = 2;
/// A word in this share of a section's passages tells none from the rest: mostly the study's subject.
pub(crate) const COMMON_SHARE: f64 = 0.15;
/// Fewer passages tell no common words.
pub(crate) const ENOUGH_PASSAGES: usize = 30;
/// Words of its own from which a clause says enough; below, it must say it more clearly.
pub(crate) const TELLING_WORDS: usize = 3;
/// What each word below that costs.
pub(crate) const SAYS_LITTLE: f64 = 0.03;
/// What each word of its own costs that hardly anybody else of the group uses, less than this share of them: such a clause
/// is narrower than what it names. Set by reading headlines of a study, 0.02 to 0.05 and shares of words beside counts.
pub(crate) const NARROW: f64 = 0.03;
pub(crate) const OTHERS_SHARE: f64 = 0.04;
/// Such a word that is somebody's or something's name costs as much as so many: it tells of one person's life.
pub(crate) const NARROW_NAME: usize = 3;
/// Weight of the clearance from the nearest other group.
pub(crate) const CLEARANCE: f64 = 1.0;
/// Words from which a clause reads as a name, and what each word below costs.
pub(crate) const READABLE_WORDS: usize = 5;
pub(crate) const SHORT: f64 = 0.02;
/// What it costs that somebody is heard twice among the headlines of a section.
pub(crate) const SAME_VOICE: f64 = 0.08;

// What is a keyword.

/// Longest phrase in words.
pub(crate) const LONGEST_PHRASE: usize = 3;
/// A phrase must occur in this many units before it is counted at all.
pub(crate) const MIN_PHRASE_UNITS: u32 = 3;
/// Share of a theme's participants who must use a term; at least two must, from [`MANY_VOICES`] on three.
pub(crate) const MIN_SHARE_INSIDE: f64 = 0.06;
pub(crate) const MANY_VOICES: usize = 12;
/// A term that more than this share of the voices of the section's other themes use names nothing.
pub(crate) const MAX_SHARE_OUTSIDE: f64 = 0.4;
/// Least z-score of the log odds ratio.
pub(crate) const MIN_EVIDENCE: f64 = 0.5;
/// Added to the people who use a term and to those who don't.
pub(crate) const FLAT_PRIOR: (f64, f64) = (0.5, 0.5);
/// Weight of a phrase by its number of words: phrases are rarer than their words but say more.
pub(crate) const PHRASE_WEIGHT: [f64; LONGEST_PHRASE] = [1.0, 2.2, 2.6];
/// Weight of a term of which every content word stands in the section's question.
pub(crate) const QUESTION_WEIGHT: f64 = 0.2;
/// Candidates kept for each theme.
pub(crate) const TERMS: usize = 40;
