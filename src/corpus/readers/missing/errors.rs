//! What spreadsheets write where a formula fails, in the languages of their menus: `#N/A`, `#REF!`, `#NOM?`, `#ADR!`.
//!
//! In: a cell. Out: whether it holds nothing but such a value, in capitals and with its mark. Hashtags are none. It
//! never looks at other cells.

/// With `!` or `?` behind.
#[rustfmt::skip]
const MARKED: &[&str] = &[
    // English, and in many languages
    "NULL", "DIV/0", "VALUE", "REF", "NAME", "NUM", "SPILL", "CALC", "FIELD", "BLOCKED", "CONNECT", "UNKNOWN", "BUSY",
    "ERROR", "EXTERNAL", "TIMEOUT", "PYTHON",
    // German
    "BEZUG", "WERT", "ZAHL", "ÜBERLAUF", "KALK", "FELD", "BLOCKIERT", "VERBINDEN",
    // French
    "NUL", "VALEUR", "NOM", "PROPAGATION", "EPARS", "CHAMP", "CONNEXION",
    // Spanish
    "NULO", "VALOR", "NOMBRE", "DESBORDAMIENTO", "CAMPO",
    // Italian
    "NULLO", "VALORE", "RIF", "NOME", "ESPANSIONE",
    // Portuguese
    "NÚM", "DESPEJAR",
    // Dutch
    "LEEG", "DEEL/0", "WAARDE", "VERW", "NAAM", "GETAL", "OVERLOOP", "OVERLOPEN",
    // Swedish, Danish, Norwegian
    "SKÄRNING", "DIVISION/0", "VÄRDEFEL", "REFERENS", "NAMN", "OGILTIGT", "SAKNAS", "VÆRDI", "REFERENCE", "NAVN",
    "VERDI", "REFERANSE",
    // Finnish
    "TYHJÄ", "JAKO/0", "ARVO", "VIITTAUS", "NIMI", "LUKU", "PUUTTUU",
    // Polish, Czech, Slovak, Hungarian
    "ZERO", "DZIEL/0", "ARG", "ADR", "NAZWA", "LICZBA", "ROZLANIE", "DĚLENÍ_NULOU", "HODNOTA", "ODKAZ", "NÁZEV",
    "ČÍSLO", "PŘESAH", "DELENIENULOU", "NÁZOV", "NULLA", "ZÉRÓOSZTÓ", "ÉRTÉK", "HIV", "NÉV", "SZÁM",
    // Turkish
    "BOŞ", "SAYI/0", "DEĞER", "BAŞV", "AD", "SAYI", "TAŞMA",
    // Russian, Ukrainian
    "ПУСТО", "ДЕЛ/0", "ЗНАЧ", "ССЫЛКА", "ССЫЛ", "ИМЯ", "ЧИСЛО", "ПЕРЕНОС", "ДІЛ/0", "ПОСИЛАННЯ", "ІМ'Я",
];
/// With a mark or without: there is no value.
#[rustfmt::skip]
const BARE: &[&str] = &[
    "N/A", "N/V", "NV", "N/D", "N/DISP", "N/B", "I/T", "YOK", "SAKNAS", "PUUTTUU", "HIÁNYZIK", "NENÍ_K_DISPOZICI",
    "NEDOSTUPNÝ", "Н/Д", "NULL", "GETTING_DATA",
];
/// Before the number of an error, in LibreOffice.
const OF_CALC: &[&str] = &["Err", "ERR", "Fehler", "Erreur"];

/// Whether a cell holds such a value and nothing else.
pub(super) fn is_error(cell: &str) -> bool {
    let Some(body) = cell.strip_prefix('#') else { return is_of_calc(cell) };
    let body = body.trim_start_matches(['¡', '¿']);
    match body.strip_suffix(['!', '?']) {
        Some(word) => MARKED.contains(&word) || BARE.contains(&word),
        None => BARE.contains(&body),
    }
}

/// `Err:502`, `Fehler:508`
fn is_of_calc(cell: &str) -> bool {
    let of = cell.split_once(':').filter(|(word, _)| OF_CALC.contains(&word.trim_end()));
    of.is_some_and(|(_, number)| number.len() == 3 && number.bytes().all(|b| b.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_of_spreadsheets_are_known_in_many_languages() {
        for cell in [
            "#N/A",
            "#NULL!",
            "#DIV/0!",
            "#VALUE!",
            "#NAME?",
            "#NV",
            "#BEZUG!",
            "#NOM?",
            "#¡VALOR!",
            "#¿NOMBRE?",
            "#N/D",
            "#N/D!",
            "#N/B",
            "#SAKNAS!",
            "#RIF!",
            "#N/DISP",
            "#BAŞV!",
            "#YOK",
            "#ADR!",
            "#ЗНАЧ!",
            "#Н/Д",
            "#HIV!",
            "#I/T",
            "#PUUTTUU!",
            "Err:502",
        ] {
            assert!(is_error(cell), "{cell}");
        }
    }

    #[test]
    fn hashtags_and_words_are_none() {
        for cell in ["#AD", "#metoo!", "#METOO", "#Value!", "#1", "#", "NAME?", "REF!", "Err: 502 times", "A:502", ""] {
            assert!(!is_error(cell), "{cell}");
        }
    }
}
