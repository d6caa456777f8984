//! Words by which transcribers name a voice that is no name: `Father`, `Male voice`, `Off camera`.
//!
//! In: a label in the form in which labels are compared. Out: whether it is one. Whether it speaks in a
//! text is for [`once`](super::once).

use super::super::lexicon::STRONG;
use super::super::nobody;
use super::super::speakers::{brackets, interpreting, stem};

/// One of these, alone or with a word in front: `Tom’s wife`, `Second caller`.
#[rustfmt::skip]
const VOICES: &[&str] = &[
    "voice", "speaker", "man", "woman", "boy", "girl", "child", "baby", "mother", "father", "mum", "mom", "dad",
    "wife", "husband", "partner", "son", "daughter", "brother", "sister", "uncle", "aunt", "grandmother",
    "grandfather", "friend", "neighbour", "neighbor", "colleague", "nurse", "doctor", "teacher", "carer",
    "caregiver", "companion", "relative", "caller", "visitor", "bystander", "audience", "translator", "waiter",
    "receptionist", "assistant", "off camera", "off screen", "off-camera", "off-screen", "vater", "mutter", "stimme",
    "mann", "frau", "kind", "sohn", "tochter", "bruder", "schwester", "freund", "freundin", "ehemann", "ehefrau",
    "sprecher", "sprecherin", "père", "mère", "mari", "fils", "fille", "voix", "homme", "femme", "padre", "madre",
    "esposo", "esposa", "marido", "hijo", "hija", "voz", "hombre", "mujer", "lady", "grandma", "grandpa", "granny",
    "audience member", "family member", "staff member", "onkel", "tante", "oma", "opa", "großmutter", "großvater",
    "enkel", "enkelin", "nachbar", "nachbarin", "kollege", "kollegin", "frère", "sœur", "soeur", "oncle", "épouse",
    "époux", "voisin", "voisine", "grand-mère", "grand-père", "collègue", "abuelo", "abuela", "nieto", "nieta",
    "hermano", "hermana", "tío", "tía", "vecino", "vecina", "señora", "señor", "niño", "niña", "aprendiz", "pai",
    "mãe", "neto", "neta", "avô", "avó", "irmão", "irmã", "filho", "filha", "tio", "vizinho", "vizinha",
    "homem", "mulher", "moça", "moço", "menino", "menina", "senhora", "senhor", "moglie", "marito", "figlio",
    "figlia", "fratello", "sorella", "zio", "nonno", "nonna", "nipote", "signora", "signore", "ragazzo",
    "ragazza", "uomo", "bambino", "bambina", "voce", "vader", "moeder", "vrouw", "echtgenoot", "echtgenote",
    "zoon", "dochter", "broer", "zus", "oom", "buurman", "buurvrouw", "vriend", "vriendin", "jongen", "meisje",
    "collega", "mąż", "żona", "ojciec", "matka", "syn", "córka", "brat", "siostra", "babcia", "dziadek", "wujek",
    "ciocia", "sąsiad", "sąsiadka", "kobieta", "mężczyzna", "głos", "mamma", "pappa", "maka", "maken", "hustru",
    "hustrun", "mannen", "kvinna", "kvinnan", "dotter", "bror", "syster", "granne", "grannen", "röst", "kone",
    "konen", "nabo", "eşi", "kızı", "oğlu", "komşu", "worker", "manager", "kin", "keyworker", "therapist", "volunteer",
    "guardian", "flatmate", "housemate", "roommate", "coworker", "co-worker", "betreuer", "betreuerin", "pfleger",
    "pflegerin", "angehörige", "angehöriger", "lebensgefährte", "lebensgefährtin", "mitbewohner", "mitbewohnerin",
    "aidant", "aidante", "infirmier", "infirmière", "conjoint", "conjointe", "cuidador", "cuidadora", "enfermero",
    "enfermera", "pareja", "enfermeiro", "enfermeira", "badante", "infermiere", "infermiera", "mantelzorger",
    "begeleider", "begeleidster", "verpleegkundige", "opiekun", "opiekunka", "pielęgniarka", "kolega", "koleżanka",
    "anhörig", "sambo", "karısı", "kocası", "annesi", "babası", "kardeşi", "bakıcı", "arkadaşı",
    "waitress", "driver", "cameraman", "camerawoman", "barista", "kellner", "kellnerin", "taxifahrer", "taxifahrerin",
    "serveur", "serveuse", "camarero", "camarera", "mesero", "mesera", "cameriere", "cameriera", "garçom", "ober",
    "serveerster", "kelner", "kelnerka", "servitör", "garson", "муж", "жена", "сын", "дочь", "мать", "отец", "мама",
    "папа", "официант", "официантка", "чоловік", "дружина", "الزوج", "الزوجة", "زوج", "زوجة", "زوجته", "زوجها", "الابن",
    "الابنة", "الأم", "الأب", "النادل", "מלצר", "מלצרית", "הבעל", "האישה",
];
/// These head lists and fields at least as often.
const DOUBTFUL: &[&str] = &["other", "others", "phone", "telephone", "family"];
/// What stands before a voice in a label; `My father:` is a sentence.
#[rustfmt::skip]
const NO_NAMES: &[&str] = &[
    "my", "your", "our", "the", "a", "an", "this", "that", "one", "mein", "meine", "unser", "unsere", "mon", "ma",
    "notre", "mi", "nuestro", "nuestra", "meu", "minha", "nosso", "nossa", "mio", "mia", "nostro", "nostra", "mijn",
    "onze", "mój", "moja", "min", "nasz", "nasza", "vår", "benim",
];

/// Whether a label names a voice.
pub(super) fn is_voice(key: &str) -> bool {
    let bare = stem(key);
    let mut words = bare.split_whitespace();
    let (Some(first), Some(last), n) = (words.next(), bare.split_whitespace().next_back(), bare.split(' ').count())
    else {
        return false;
    };
    let named = VOICES.contains(&last) || STRONG.role(last).is_some();
    VOICES.contains(&bare) || is_doubtful(bare) || (n <= 3 && n > 1 && named && !NO_NAMES.contains(&first))
}

/// Whether a label is nobody's where it comes once: `Unknown voice`, `Sana (interpreter)`.
pub(super) fn may_come_once(key: &str, label: &str) -> bool {
    nobody::may_come_once(key) || (brackets::parts(label).is_some() && interpreting::is_named(key))
}

/// Whether a word names a voice by itself.
pub(super) fn is_word_for_one(word: &str) -> bool {
    VOICES.contains(&word) && word != "audience"
}

/// Whether a key is a word for whoever speaks, as programs write it before a number: `speaker` of `Speaker 3`.
pub(super) fn is_speaker(key: &str) -> bool {
    #[rustfmt::skip]
    const SPEAKERS: &[&str] = &[
        "speaker", "voice", "sprecher", "sprecherin", "person", "locuteur", "locutrice", "intervenant",
        "intervenante", "hablante", "orador", "oradora", "parlante", "relatore", "spreker", "talare", "mówca",
    ];
    SPEAKERS.contains(&key)
}

/// Whether it may as well head a list or a field.
pub(super) fn is_doubtful(key: &str) -> bool {
    DOUBTFUL.contains(&key)
}
