//! The rules by which passages get codes, with their reasons. Nothing is computed here.

/// Codes that are taken at most. Codebooks of people have up to some hundred.
pub(super) const MOST_CODES: usize = 1000;

/// Codes of a passage, unless told otherwise.
pub const MAX_CODES: usize = 3;

/// The precision that thresholds are set for, unless told otherwise: of what stands under a code half is what a
/// careful coder would put there.
pub const PRECISION: f64 = 0.5;

/// So many judged passages, of two participants, are needed to say how well codes are found.
pub(crate) const MIN_JUDGED: usize = 20;

/// Parts in which the judged participants are left out in turn.
pub(super) const FOLDS: usize = 5;

/// A passage has no code unless one is as probable as this: it may say something else. Where coded passages correct the
/// probabilities, and where only what is known before tells them. With two codes of a codebook withheld (17 sections,
/// definitions alone) 42 % of their passages have no other code then, and three quarters of the other passages keep
/// theirs; with 0.3, 23 and 88 of a hundred.
pub(super) const LEAST_STRENGTH_LEARNED: f64 = 0.3;
pub(super) const LEAST_STRENGTH: f64 = 0.4;

/// Beside such a code further ones may be as improbable as this: who says two things is between two codes.
pub(super) const LEAST_FURTHER: f64 = 0.15;

/// Log odds that a passage has a code: the constant, for each spread by which its score is above the code's median, for
/// each by which it is above the score of the passage's best other code, and for each by which it is above the code's
/// clearest passages; beside the number of codes of the codebook that they hold for. The fewer codes, the less it says
/// that one is ahead of the others: most passages belong to none. Fitted (logistic regression) to codes of 17 coded
/// sections and their definitions, alone or drawn from all of the section; since the model has seen these sections,
/// which sets their codes apart more than those of new ones, nine tenths of the slopes are taken, with the constant
/// that gives as many codes as the coder gave. With the six sections of another study, on which nothing was fitted but
/// these nine tenths (of 0.8, 0.9 and 1) chosen, precision is 51 to 53 % with any number of codes. Examples change it.
pub(super) const KNOWN_BEFORE: [(usize, [f64; 4]); 7] = [
    (1, [-2.10, 0.93, 0.0, 0.50]),
    (2, [-2.12, 0.85, 0.10, 0.50]),
    (3, [-2.25, 0.85, 0.17, 0.44]),
    (5, [-2.06, 0.78, 0.24, 0.44]),
    (10, [-1.92, 0.72, 0.34, 0.39]),
    (15, [-1.66, 0.66, 0.42, 0.38]),
    (24, [-1.32, 0.54, 0.60, 0.29]),
];

/// So many of the highest scores of a code are its clearest passages. A code has as large a share of all passages above
/// its median whether three people speak of it or thirty; how many come near its clearest ones tells them apart. Without
/// this the number of passages that a code got was typically 2.2 times too high or too low, with it 1.5 times (24 codes,
/// the study on which nothing was fitted; exponent of the mean absolute logarithm).
pub(super) const CLEAREST: usize = 3;

/// A code without examples is nobody's whose nearest passages, so many, have a lower mean cosine to its definition than
/// this share of [`ELSEWHERE`] have to theirs. What a code gets is decided among the passages, so a code of what nobody
/// speaks of would have some all the same. How high a cosine is differs from model to model, and is higher among many
/// passages; the codes of eight coded sections are all above nine tenths of these definitions, with the theme
/// model and with the one it came from; of those that 50 passages drawn from each carry, all but one.
pub(super) const NEARER_THAN: f64 = 0.75;
pub(super) const NEAREST: usize = 3;

/// Codes of studies of other things, as people define codes. A study may be about one or the other.
#[rustfmt::skip]
pub(super) const ELSEWHERE: [&str; 24] = [
    "Catch of the day: Tells what was caught, and where the fish bite.",
    "Losing a match: Blames the referee or the pitch for a defeat.",
    "Bread rises badly: The dough stays flat or the oven is not hot enough.",
    "Engine trouble: The car does not start or makes a noise.",
    "Wedding costs: The feast was dearer than planned.",
    "Afraid of the dentist: Puts off treatment because it hurts.",
    "Rain on holiday: The weather spoilt the journey.",
    "Neighbours' noise: Music or dogs next door keep people awake.",
    "Train delays: Trains come late or not at all.",
    "Garden pests: Snails or insects eat what was planted.",
    "Dog needs walking: Goes out in any weather because of the dog.",
    "Learning the violin: Practises scales and plays in an orchestra.",
    "Old house repairs: The roof leaks and the walls are damp.",
    "Winning the lottery: Says what would be done with the money.",
    "Ghosts and legends: Tells a story that grandparents told.",
    "Climbing a mountain: Reaches the summit or turns back.",
    "Allergic to food: Avoids nuts, milk or wheat.",
    "Film was too long: Left the cinema before the end.",
    "Voting in elections: Why somebody goes to the polls or stays at home.",
    "Coin collection: Collects coins, stamps or cards.",
    "Quitting smoking: Tries to give up cigarettes.",
    "Moving abroad: Leaves the country for a warmer one.",
    "Fashion on sale: Buys clothes when prices fall.",
    "Stars at night: Looks at planets through a telescope.",
];

/// Standard deviations of what examples may change of it, and of what sets a code apart from the others.
pub(super) const KNOWN_WITHIN: [f64; 4] = [0.7, 0.25, 0.4, 0.25];
pub(super) const CODES_DIFFER: f64 = 0.6;

/// A passage that has codes joins a theme beside the codes as a further one when it lies no farther from the theme's mean
/// than the farthest passage that the theme was found by, and when no more other centres than this, of codes and of such
/// themes, are nearer to it. With two codes of a codebook withheld, simulated on what the program gave: of a withheld
/// code's passages 27 % are in one theme instead of 17 (sections of a study of work, on which the rule was chosen), 28
/// instead of 18 (of creatives, which confirmed it); the best F1 of a withheld code with a theme is .27 instead of .21,
/// and .28 instead of .22; the share of the theme that belongs to the code is .34 instead of .37, and .33 instead of .34.
/// Without this only passages without a code are in themes, 37 % of what belongs to a withheld one.
pub(super) const NEARER_CENTRES: usize = 1;

/// Among fewer centres than this none may be nearer: the second of a few need not be near. Coded sections have 24 codes
/// or more, so that this is set and not measured.
pub(super) const FEW_CENTRES: usize = 10;

/// An example is part of a passage from this many words on; fewer must be all that was said.
pub(super) const TELLING_WORDS: usize = 4;

/// Passages to look at next, unless told otherwise.
pub const NEXT: usize = 50;

/// Of passages to look at next none is nearer to one before it than this cosine: it would tell little more.
pub(super) const TOO_ALIKE: f64 = 0.9;

/// A passage moves towards its neighbours, so that what they all say counts more than its own wording: this share of
/// it is the mean of so many nearest.
pub(super) const NEIGHBOURS_SHARE: f64 = 0.4;
pub(super) const NEIGHBOURS: usize = 10;

/// The name counts so much beside name and definition together.
pub(super) const NAME_SHARE: f64 = 0.4;

/// With so many examples they count as much as the definition.
pub(super) const EXAMPLES_LIKE_A_DEFINITION: f64 = 5.0;

/// A code loses the mean cosine of so many passages that are nearest to it: definitions that are near to everything
/// would win everywhere (CSLS: Conneau et al. 2018, "Word translation without parallel data", eq. 3).
pub(super) const HUB: usize = 30;

/// What a codebook excludes, and passages that were said not to have a code, push away by this share of their cosine.
pub(super) const PUSH: f64 = 0.2;

/// Beside what the regression says, nearness to prototypes counts so often.
pub(super) const PROTOTYPES: f64 = 2.0;

/// What the ridge regression pays for length, and how many examples a definition stands for in it.
pub(super) const RIDGE: f64 = 3.0;
pub(super) const DEFINITION_AS_EXAMPLES: f64 = 4.0;

/// The score of a passage for a code that people gave it: a standard deviation of scores or so above the mean. With
/// [`LIKE_NEIGHBOURS`] chosen on four coded sections with five and ten examples a code, held out from the model's
/// training, and confirmed on five others.
pub(super) const AS_CODED: f64 = 2.0;

/// The share of a passage's scores that comes from its neighbours, how fast these count less with distance, and how
/// often it is passed on. The share of a theme that a passage joins counts less with distance as fast.
pub(super) const LIKE_NEIGHBOURS: f64 = 0.5;
pub(super) const SHARPNESS: f64 = 8.0;
pub(super) const STEPS: usize = 10;
