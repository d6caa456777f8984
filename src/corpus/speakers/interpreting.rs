//! Labels of those who put into another language what others say: `D (translating)`, `Sana (interpreter)`, `P1's
//! interpreter`.
//!
//! In: labels, or keys, the form in which they are compared. Out: whether one says that somebody interprets. Who does so
//! by the turns is for [`interpreters`](super::interpreters).

use super::super::model::Role;
use super::two_people::{has_relation, is_relation};
use super::{Names, described, key, stem};

/// Words for who interprets.
#[rustfmt::skip]
const INTERPRETERS: &[&str] = &[
    "interpreter", "interpretor", "translator", "translater", "dolmetscher", "dolmetscherin", "dolmetschende", "übersetzer",
    "übersetzerin", "sprachmittler", "sprachmittlerin", "interprète", "traducteur", "traductrice", "intérprete", "traductor",
    "traductora", "interprete", "traduttore", "traduttrice", "tradutor", "tradutora", "tolk", "tolken", "vertaler",
    "vertaalster", "tłumacz", "tłumaczka", "tlumočník", "tlumočnice", "překladatel", "překladatelka", "tulkki", "kääntäjä",
    "tolmács", "fordító", "tercüman", "çevirmen", "διερμηνέας", "переводчик", "переводчица", "перекладач", "перекладачка",
    "מתורגמן", "מתורגמנית", "المترجم", "المترجمة", "مترجم", "مترجمة", "翻译", "口译员", "口译", "翻譯", "口譯", "通訳", "通訳者", "통역", "통역사",
    "översättare", "oversetter", "oversætter", "penerjemah", "phiên", "ล่าม",
];
/// That somebody interprets.
#[rustfmt::skip]
const INTERPRET: &[&str] = &[
    "interpreting", "interprets", "translating", "translates", "dolmetscht", "dolmetschend", "übersetzend", "traduisant",
    "traduciendo", "traduce", "traduzindo", "traducendo", "tolkend", "vertalend", "tłumaczy", "tłumacząc", "tolkar",
    "tolkande", "tolker", "překládá", "tlumočí", "tulkkaa", "tolmácsol", "переводит", "переводя", "перекладає", "يترجم",
    "تترجم",
];
/// The same, or that what is said was translated.
const TRANSLATED: &[&str] = &["übersetzt", "traduit", "traduz", "tolkt", "vertaalt", "översätter", "kääntää", "fordít"];
/// Behind these, it is somebody's own words that an interpreter speaks.
#[rustfmt::skip]
const THROUGH: &[&str] = &[
    "via", "through", "by", "with", "durch", "über", "mit", "par", "avec", "por", "con", "mediante", "per", "tramite",
    "door", "met", "przez", "genom", "gennem", "gjennom", "přes", "через", "از",
];
/// Whether words say that somebody's words came through an interpreter: `via interpreter`, `durch Dolmetscherin`.
pub(super) fn is_by_one(inner: &str) -> bool {
    let mut words = words(inner);
    words.next().is_some_and(|first| THROUGH.contains(&first)) && words.any(|word| INTERPRETERS.contains(&word))
}

/// Whether a label says that whoever goes by it interprets, but for those that are nothing but a word for it.
pub(crate) fn is_named(key: &str) -> bool {
    let speaks_to = described::turning_to(key).is_some();
    let (core, inner) = described::parts(key).unwrap_or((key, ""));
    let is_one = |text: &str| words(text).any(|word| INTERPRETERS.contains(&word) || INTERPRET.contains(&word));
    // `P1 (translated)` may be what P1 said.
    let may_be = || words(inner).any(|word| TRANSLATED.contains(&word)) && !answers_by_name(core);
    !speaks_to && !is_by_one(inner) && (is_one(key) || may_be())
}

/// Whether a label is that of somebody who takes part: a role, a code, or a relative.
pub(super) fn answers_by_name(core: &str) -> bool {
    Names::default().by_name(core).is_some_and(|role| role != Role::Other)
        || words(core).any(|word| is_relation(word) && !INTERPRETERS.contains(&word))
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// Whether a label says that somebody is another than whoever the name in front of it is: a relative, or who interprets.
pub(crate) fn is_anothers(label: &str) -> bool {
    has_relation(label) || is_named(&key(label))
}

/// Whether a label names an interpreter who takes part under another one, or may: `Wife (translating)`.
pub(super) fn is_told(key: &str) -> bool {
    !is_word(key) && is_named(key) && answers_by_name(described::core(key))
}

/// Whether a key is nothing but a word for who interprets, perhaps with a number.
pub(crate) fn is_word(key: &str) -> bool {
    INTERPRETERS.contains(&stem(key))
}
