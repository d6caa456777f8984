//! The English words that the rules of clauses look at: data, and nothing else.
//!
//! In: a word in lower case with a straight apostrophe. Out: what kinds of word it may be. It knows
//! closed classes and common verbs; a word that is in no list is taken for a noun or an adjective.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use crate::theme::vocabulary::HESITATIONS;

/// Openings without content, and sounds of hesitation.
pub(super) fn openings() -> impl Iterator<Item = &'static str> {
    OPENINGS.iter().chain(HESITATIONS).copied()
}

/// What a clause may not hold, hesitation included.
pub(super) fn fillers() -> impl Iterator<Item = &'static str> {
    FILLERS.iter().chain(HESITATIONS).copied()
}

/// Words that say "I", and those that can only be a subject.
pub(super) const FIRST_PERSON: &str = "i we";
pub(super) const NOMINATIVE: &str = "i we they he she who";
/// Subjects that stand by themselves without naming anything said before.
pub(super) const GENERAL_SUBJECTS: &str = "i we you people everyone everybody nobody someone somebody anyone anybody \
    nothing everything something";
/// Pronouns that point at something said before, by what they can point at within the same clause.
pub(super) const POINT_AT_ONE: &str = "it its itself";
pub(super) const POINT_AT_SEVERAL: &str = "they them their theirs themselves";
/// Pronouns of persons, which need somebody named in the clause.
pub(super) const POINT_AT_SOMEBODY: &str = "he she him her his hers himself herself";
/// Words that are never resolved inside their clause.
pub(super) const POINT_AWAY: &str = "this these those such ones one here mine yours ours latter former same former other's so-and-so \
    said aforementioned above below thing things stuff whatever whatnot";
pub(super) const DETERMINERS: &str = "a an the my our your some any no every each most many much more less few fewer all \
    another several enough other both either neither what which whose his her its their this that these those";
/// Forms of "be", "have" and "do", and the modal verbs: finite wherever they stand.
pub(super) const AUXILIARIES: &str = "am is are was were has have had do does did can could will would shall should may \
    might must cannot cant can't couldn't won't wouldn't shan't shouldn't mightn't mustn't isn't aren't wasn't weren't \
    hasn't haven't hadn't don't doesn't didn't ain't needn't dont doesnt didnt isnt wont";
pub(super) const BE: &str = "am is are was were be been being isn't aren't wasn't weren't";
/// After these, "it" may open a clause that says later what it is about.
pub(super) const IT_WITH_VERB: &str = "it's it is was isn't wasn't feels felt seems seemed becomes became would can could \
    will might takes took helps makes gets";
/// "It is … to": what is said of something that follows.
pub(super) const SAID_OF_WHAT_FOLLOWS: &str = "hard harder difficult easy easier important good better best bad worse nice \
    great helpful impossible possible useful useless crucial essential vital necessary wrong right okay ok fine fun scary \
    sad strange weird unfair fair risky dangerous safe safer cheaper cheap quicker faster natural tempting frustrating \
    annoying exciting rewarding satisfying stressful tiring exhausting interesting challenging critical normal common rare \
    unethical ethical dishonest likely unlikely clear obvious time effort years months weeks hours days forever practice \
    courage long pleasure relief shame joy";
pub(super) const MAKING_IT: &str = "make makes made making find finds found keep keeps kept consider";
/// After these, what "and" joins belongs together.
pub(super) const JOIN_TWO: &str = "between both either neither mix combination balance blend not whether or similar \
    different same together";
pub(super) const CONJUNCTIONS: &str = "and but or so because nor yet plus";
/// Words that open a clause inside another.
pub(super) const OPEN_A_CLAUSE: &str = "that which who whom whose where when why how what whether if because although \
    though while whereas unless until since whenever wherever whoever";
/// What follows these holds under a condition, or as somebody's thought: it is not said by itself.
pub(super) const HOLD_WHAT_FOLLOWS: &str = "if unless whether until when whenever although though while without despite \
    than that before after once wish imagine suppose pretend hypothetically would've lest as like whoever whatever how \
    what why where which who";
pub(super) const NEGATIONS: &str = "not no never don't doesn't didn't isn't aren't wasn't weren't can't cannot won't \
    wouldn't couldn't shouldn't hardly haven't hasn't hadn't nobody nothing without dont doesnt neither nor";
pub(super) const PREPOSITIONS: &str = "of in on at by for from with without about into onto over under between among \
    through during before after against toward towards across behind beyond within upon per via as than like to off \
    around near despite besides except along alongside inside outside beneath throughout until till since unlike \
    regarding concerning including versus";
pub(super) const ADVERBS: &str = "just also always never often still already actually even only simply usually sometimes \
    probably definitely certainly really very quite too pretty rather almost maybe perhaps now then ever soon not \
    generally mostly mainly merely somewhat kinda kind sort totally completely absolutely basically literally honestly \
    personally obviously clearly fully further far much more less constantly currently typically frequently rarely \
    seldom hardly barely easily quickly well once again all both either yet best";
/// Openings without content: they are taken off, alone or one after the other.
const OPENINGS: &[&str] = &[
    "and",
    "but",
    "so",
    "or",
    "because",
    "cause",
    "plus",
    "also",
    "then",
    "now",
    "again",
    "however",
    "still",
    "yet",
    "well",
    "yes",
    "yeah",
    "yep",
    "no",
    "nope",
    "ok",
    "okay",
    "oh",
    "ah",
    "sure",
    "right",
    "absolutely",
    "definitely",
    "exactly",
    "honestly",
    "personally",
    "basically",
    "actually",
    "really",
    "obviously",
    "literally",
    "frankly",
    "truthfully",
    "overall",
    "ultimately",
    "generally",
    "clearly",
    "maybe",
    "perhaps",
    "probably",
    "certainly",
    "of course",
    "for sure",
    "to be honest",
    "to be fair",
    "to be frank",
    "to be clear",
    "to tell the truth",
    "if i'm honest",
    "if i am honest",
    "if i'm being honest",
    "quite honestly",
    "quite frankly",
    "being honest",
    "let's see",
    "let me see",
    "let me think",
    "you know",
    "you see",
    "i mean",
    "i think",
    "i do think",
    "i really think",
    "i just think",
    "i personally think",
    "i also think",
    "i still think",
    "i honestly think",
    "i feel",
    "i feel like",
    "i just feel",
    "i just feel like",
    "i do feel like",
    "i also feel",
    "i personally feel",
    "i do feel",
    "i believe",
    "i do believe",
    "i truly believe",
    "i strongly believe",
    "i firmly believe",
    "i personally believe",
    "i also believe",
    "i guess",
    "i suppose",
    "i would say",
    "i'd say",
    "i will say",
    "i'll say",
    "i must say",
    "i have to say",
    "i would argue",
    "i'd argue",
    "i would guess",
    "i'd guess",
    "i would think",
    "i find",
    "i'm sure",
    "i am sure",
    "i'd have to say",
    "i would have to say",
    "i want to say",
    "i imagine",
    "i assume",
    "i suspect",
    "i reckon",
    "i feel as though",
    "i feel as if",
    "it's just",
    "it's like",
    "it is just",
    "the thing is",
    "the fact is",
    "the truth is",
    "the point is",
    "let's just say",
    "let's say",
    "in my opinion",
    "in my view",
    "in my experience",
    "in my case",
    "in my mind",
    "from my experience",
    "from my perspective",
    "from my point of view",
    "for me",
    "for me personally",
    "to me",
    "for example",
    "for instance",
    "in general",
    "at the end of the day",
    "in the end",
    "in fact",
    "as a matter of fact",
    "at first",
    "these days",
    "nowadays",
    "right now",
    "at the moment",
    "so far",
    "at least",
    "on the other hand",
    "on the one hand",
    "on one hand",
    "on top of that",
    "in addition",
    "in addition to that",
    "besides that",
    "other than that",
    "apart from that",
    "aside from that",
    "with that said",
    "that said",
    "that being said",
    "having said that",
    "having said this",
    "because of that",
    "because of this",
    "in that case",
    "in this case",
    "in that sense",
    "in this way",
    "in that way",
    "like i said",
    "as i said",
    "as i mentioned",
    "like i mentioned",
    "more importantly",
    "most importantly",
    "more specifically",
    "specifically",
    "especially",
    "particularly",
    "first",
    "firstly",
    "first of all",
    "second",
    "secondly",
    "third",
    "thirdly",
    "finally",
    "lastly",
    "also yes",
    "therefore",
    "thus",
    "hence",
    "otherwise",
    "instead",
    "meanwhile",
    "additionally",
    "furthermore",
    "moreover",
    "similarly",
    "likewise",
    "conversely",
    "recently",
    "lately",
    "fortunately",
    "unfortunately",
    "hopefully",
    "luckily",
    "sadly",
    "interestingly",
    "surprisingly",
    "thankfully",
    "admittedly",
    "arguably",
    "essentially",
    "anyway",
    "anyways",
    "haha",
    "lol",
    "gosh",
    "wow",
    "hey",
    "look",
    "listen",
    "see",
    "great question",
    "good question",
    "that's true",
    "even so",
    "after all",
    "all in all",
    "as such",
    "as a result",
    "by the way",
    "either way",
    "in short",
    "in other words",
    "in a way",
    "in some ways",
    "in many ways",
    "in theory",
    "in practice",
    "i'd like to think",
    "i like to think",
    "i tend to think",
    "i would like to think",
    "my opinion is",
    "my feeling is",
    "my view is",
    "my take is",
    "i know",
    "i say",
    "same here",
];
/// The same after a thought: they may be followed by "that".
pub(super) const BEFORE_THAT: &str = "think feel believe guess suppose say argue find sure imagine assume suspect reckon is \
    just fact like see know mean honest";
/// Endings without content, taken off.
pub(super) const ENDINGS: &[&str] = &[
    "though",
    "too",
    "really",
    "as well",
    "right",
    "you know",
    "i think",
    "i guess",
    "i suppose",
    "i believe",
    "i feel",
    "basically",
    "honestly",
    "etc",
    "so far",
    "for sure",
    "of course",
    "for example",
    "for instance",
    "anyway",
    "i would say",
    "i'd say",
    "either",
    "lol",
    "haha",
    "also",
    "actually",
    "personally",
    "however",
    "obviously",
    "see",
    "or so",
    "and so on",
    "and so forth",
    "and stuff",
    "and things",
    "or something",
    "or whatever",
    "and such",
    "and all",
    "in my opinion",
    "to be honest",
    "if that makes sense",
    "per se",
    "so to speak",
    "and more",
    "in general",
    "at least",
    "i mean",
    "yes",
    "yeah",
    "no",
    "okay",
    "then",
    "still",
    "again",
    "in a way",
    "in my view",
    "to me",
];
/// A clause that ends so is cut in the middle.
pub(super) const NEVER_LAST: &str = "and but or so because nor yet plus although though while whereas unless until since if \
    whether a an the my our your their its his her of in at by for from with without about into onto between among \
    through during against toward towards across behind beyond within upon per via as than like to i we they he she who \
    am is are was were be been being has have had do does did can could will would shall should may might must cannot \
    don't doesn't didn't isn't aren't wasn't weren't can't couldn't won't wouldn't shouldn't haven't hasn't hadn't not \
    very quite really just even only also that which what where when why how whose more most less some any every each no \
    such too rather pretty almost make makes making made get gets getting give gives giving gave take takes taking took \
    need needs want wants put use uses using keep keeps keeping let lets become becomes seem seems feel feels try trying \
    i'm i've i'd i'll it's we're you're they're that's there's we've you've they've maybe i it you're etc e.g i.e called \
    including especially instead think thinks say says know mean means regarding and/or besides except unlike become other \
    another both either neither";
/// A clause that begins so is no clause, or begins in the middle.
pub(super) const NEVER_FIRST: &str = "and but or so because nor yet plus also then that which who whom whose where when why \
    how what whether if although though while whereas unless until since to not than this these those it's its they them \
    their theirs themselves he she him her his hers himself herself itself such same other others one ones both either \
    neither else too very really just even only more less him's they're they've they'll they'd he's she's that's \
    that'll this's those're what's who's where's here here's again ever never always often sometimes usually rarely \
    maybe perhaps hopefully especially particularly mostly mainly whenever wherever whatever whichever am is are was were \
    be been being has have had do does did can could will would shall should may might must cannot don't doesn't didn't \
    isn't aren't wasn't weren't can't couldn't won't wouldn't shouldn't haven't hasn't hadn't let's let of in on at by \
    for from with without about into onto over under between among through during before after against toward towards \
    across behind beyond within upon per via as like off around near despite besides except along alongside including \
    like thank thanks sorry hello hi dear etc e.g i.e less fewer instead rather however depending assuming supposing providing considering based due compared given \
    almost nearly whole kind sort lot lots bit able thing things stuff";
/// Whole sentences that ask something of others.
pub(super) const IMPERATIVES: &str = "keep trust stop leave treat protect respect listen remember ask teach train avoid \
    check invest pay hire support learn focus trust allow give";
/// Words in -ing that are no form of a verb.
pub(super) const NO_GERUNDS: &str = "thing something nothing anything everything during king morning evening string spring \
    bring ring sing wing ceiling according including regarding concerning depending being building meaning interesting \
    exciting assuming supposing providing considering given speaking amazing boring annoying frustrating challenging overwhelming";
/// A clause with one of these stammers, points at what was said before, speaks to the interviewer, or says what did
/// not happen.
const FILLERS: &[&str] = &[
    "you know",
    "i mean",
    "sort of",
    "kind of",
    "kinda",
    "sorta",
    "i guess",
    "like i said",
    "as i said",
    "as mentioned",
    // Said to whoever asks, not of the matter.
    "you'd ask",
    "you're asking",
    "you were asking",
    "i told you",
    "ask me again",
    "ask me in",
    "ask me at",
    "ask me next",
    "blah",
    "whatnot",
    "etc",
    "and so on",
    "gonna",
    "idk",
    "tbh",
    "imo",
    "lol",
    "haha",
    "as i mentioned",
    "mentioned above",
    "mentioned earlier",
    "mentioned before",
    "the above",
    "for example",
    "for instance",
    "so to speak",
    "i would say",
    "to be honest",
    "that way",
    "do so",
    "doing so",
    "does so",
    "did so",
    "think so",
    "hope so",
    "say so",
    "like that",
    "like this",
    "do that",
    "does that",
    "did that",
    "doing that",
    "do it",
    "does it",
    "did it",
    "doing it",
    "at that",
    "all that",
    "of that",
    "with that",
    "for that",
    "by that",
    "about that",
    "to that",
    "from that",
    "than that",
    "in that",
    "on that",
    "and that",
    "the latter",
    "the former",
    "your question",
    "this question",
    "the question",
    "this interview",
    "this conversation",
    "not sure",
    "no idea",
    "would have",
    "could have",
    "might have",
    "should have",
    "would've",
    "could've",
    "your time",
    "your questions",
    "your consideration",
    "your patience",
    "thank you",
    "thanks",
    "the rest",
    "the other",
    "the others",
    "each other one",
    "too much of",
    "as follows",
    "the following",
];

/// What somebody who is spoken to did before: "you specifically asked" is said to whoever asks. "You say" is said of anybody.
pub(super) const SAID_BEFORE: &str = "asked mentioned said told described";
/// Words in -ly that are no adverbs.
pub(super) const NO_ADVERBS: &str = "family reply apply rely supply";
/// Pronouns and the like that name nothing.
pub(super) const OBJECTS: &str = "me us myself ourselves yourself there let";
/// Plurals without -s.
pub(super) const PLURALS: &str = "people men women children folks media data staff others";
/// Openings that end so are openings only before a comma ("no people" is none).
pub(super) const OPENING_WITH_COMMA: &str = "no right first second third however look see listen still yet especially particularly specifically \
    overall like know say here really pretty";
/// Subjects from which a clause begins after a conjunction or a comma.
pub(super) const OWN_SUBJECTS: &str = "i we there my our people everyone nobody";
/// After a conjunction they begin another clause, as the pronouns that are only subjects do.
pub(super) const NEW_SUBJECTS: &str = "it you there people that this then so";
/// A whole sentence may begin so, if a comma and a clause follow.
pub(super) const CONDITIONS: &str = "if when without with as while once in at after before by for since";
/// Before a plural.
pub(super) const SEVERAL: &str = "some many most few several all more any other no fewer";
/// After these a past form is no participle.
pub(super) const SINGULAR_SUBJECTS: &str = "it everyone everybody nobody somebody someone nothing";
/// Numbers that go on after "and".
pub(super) const NUMBERS: &str = "hundred thousand million dozen";
/// A clause is not cut before "but" and one of these.
pub(super) const LIMITS_AFTER_BUT: &str = "not only without with if when";
/// Pronouns that may mean a noun of their own clause.
pub(super) const OWN_PRONOUNS: &str = "its itself their theirs themselves his her himself herself";
/// What "they" may mean without a plural.
pub(super) const ANYBODY: &str = "people everyone everybody someone somebody who nobody anyone";

/// Base forms of common verbs with regular forms.
const REGULAR: &str = "absorb accept accuse achieve act adapt add adjust admire adopt affect agree aim allow analyze answer appear apply appreciate argue arrive ask \
    assist assume attract automate avoid ban believe belong benefit blame book borrow call calculate cancel capture care carry cause change cheat charge check claim clean close \
    collect combine communicate compare compete complain complete concentrate concern confuse connect consider consist \
    consume contain continue contribute control convince cook copy correct cost count cover create damage decide define \
    delete deliver demand describe depend deserve design destroy detect determine develop devalue die differ disappear discover discuss dislike \
    dominate doubt earn edit eliminate embrace emerge employ enable encourage enhance enjoy ensure enter erode evolve exist \
    expect experience explain explore express fail fear feature fill finish fit fix focus follow force free function \
    gain generate guess guide guard handle happen harm hate help hire hope ignore imagine impact improve include increase influence \
    inform inspire interest introduce invent invest involve join judge jump kill label lack last launch lie like limit link listen live \
    look lower maintain manage matter mention miss motivate move need notice observe occur obey offer open order operate optimize \
    organise organize outsource own pass pay perform pick plan play point post practice prefer prepare present preserve prevent \
    process produce promise promote protect prove provide publish pull push question reach raise rank rate react realise realize reason receive recognize \
    record reduce refine reflect refuse rely remain remember remind remove repeat replace reply report represent require research \
    respect respond rest result return reveal review revise risk ruin rush sacrifice save scare search seem serve share shape \
    shift show sharpen simplify skip slow solve sound spark speed start stay step stop store strip struggle study submit succeed suffer \
    suggest support surprise survive talk test threaten touch trace track train transform translate travel treat trust try turn \
    type use value vary verify view wait walk walk want warn waste watch wonder work worry";
/// Base, past tense and past participle of common verbs with irregular forms.
const IRREGULAR: &str = "be was been/become became become/begin began begun/break broke broken/bring brought brought/\
    build built built/buy bought bought/catch caught caught/choose chose chosen/come came come/cut cut cut/do did done/\
    draw drew drawn/drive drove driven/eat ate eaten/fall fell fallen/feed fed fed/feel felt felt/fight fought fought/\
    find found found/fly flew flown/forget forgot forgotten/get got gotten/give gave given/go went gone/grow grew grown/\
    have had had/hear heard heard/hide hid hidden/hit hit hit/hold held held/hurt hurt hurt/keep kept kept/\
    know knew known/lead led led/leave left left/lend lent lent/let let let/lose lost lost/make made made/\
    mean meant meant/meet met met/pay paid paid/put put put/read read read/ride rode ridden/ring rang rung/\
    rise rose risen/run ran run/say said said/see saw seen/sell sold sold/send sent sent/set set set/shrink shrank shrunk/\
    sing sang sung/sit sat sat/sleep slept slept/speak spoke spoken/spend spent spent/stand stood stood/\
    steal stole stolen/stick stuck stuck/swear swore sworn/take took taken/teach taught taught/tell told told/\
    think thought thought/throw threw thrown/understand understood understood/wear wore worn/win won won/\
    write wrote written";

/// A form of a verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// `help`
    Base,
    /// `helps`
    ThirdPerson,
    /// `helped`, which may be a participle
    Past,
    /// `became`, which is none
    PastOnly,
}

/// The forms of the common verbs.
pub(super) static VERBS: LazyLock<HashMap<String, Form>> = LazyLock::new(|| {
    let mut forms = HashMap::new();
    for base in REGULAR.split_whitespace() {
        forms.insert(past(base), Form::Past);
        forms.insert(third_person(base), Form::ThirdPerson);
        forms.insert(base.to_owned(), Form::Base);
    }
    for verb in IRREGULAR.split('/') {
        let mut parts = verb.split_whitespace();
        if let (Some(base), Some(past), Some(participle)) = (parts.next(), parts.next(), parts.next()) {
            let unmistakable = past != participle && past != base;
            forms.insert(past.to_owned(), if unmistakable { Form::PastOnly } else { Form::Past });
            forms.insert(third_person(base), Form::ThirdPerson);
            forms.insert(base.to_owned(), Form::Base);
        }
    }
    forms
});

fn third_person(base: &str) -> String {
    match base {
        "be" => "is".into(),
        "have" => "has".into(),
        _ if base.ends_with(['s', 'x', 'z', 'o']) || base.ends_with("ch") || base.ends_with("sh") => {
            format!("{base}es")
        }
        _ => match base.strip_suffix('y') {
            Some(stem) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{stem}ies"),
            _ => format!("{base}s"),
        },
    }
}

fn past(base: &str) -> String {
    match base.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{stem}ied"),
        _ if base.ends_with('e') => format!("{base}d"),
        _ => format!("{base}ed"),
    }
}

/// A list as a set that is made once.
pub(super) struct Words(LazyLock<HashSet<&'static str>>);

impl Words {
    pub(super) const fn new(make: fn() -> HashSet<&'static str>) -> Self {
        Self(LazyLock::new(make))
    }

    pub(super) fn has(&self, word: &str) -> bool {
        self.0.contains(word)
    }
}

/// The words of one of the lists above.
pub(super) fn set(list: &'static str) -> HashSet<&'static str> {
    list.split_whitespace().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_verbs() {
        for (form, kind) in [
            ("worries", Form::ThirdPerson),
            ("worried", Form::Past),
            ("replaces", Form::ThirdPerson),
            ("replaced", Form::Past),
            ("plays", Form::ThirdPerson),
            ("teaches", Form::ThirdPerson),
            ("became", Form::PastOnly),
            ("lost", Form::Past),
            ("cut", Form::Base),
        ] {
            assert_eq!(VERBS.get(form), Some(&kind), "{form}");
        }
    }
}
