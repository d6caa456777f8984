//! Lines on rights: whose a text is, that all of them are reserved, what it may be used for, and whom to ask.
//!
//! In: a line, and the same in small letters. Out: whether it is such a notice as a whole: `© 2019 Hull Archive`, `Alle
//! Rechte vorbehalten. Zitieren nur mit Genehmigung.`, `For permission to quote, contact the archive.` Opinions about
//! rights are somebody's. It looks at no other line.

use super::parts::{is_address, is_name};
use super::words::{OF_WHAT, RIGHTS, speaks, words_in};

/// Words of a line that begins with `Copyright` and a year, at most.
const COPYRIGHT: usize = 25;

/// That all are reserved.
#[rustfmt::skip]
const RESERVED: &[&str] = &[
    "all rights reserved", "alle rechte vorbehalten", "tous droits réservés", "todos los derechos reservados",
    "reservados todos los derechos", "tutti i diritti riservati", "todos os direitos reservados",
    "alle rechten voorbehouden", "alla rättigheter förbehållna", "alle rettigheder forbeholdes",
    "alle rettigheter forbeholdt", "wszelkie prawa zastrzeżone", "všechna práva vyhrazena",
    "kaikki oikeudet pidätetään",
];
/// What stands behind that, as the words begin: who keeps it, and how it may be used.
#[rustfmt::skip]
const USE: &[&str] = &[
    "genehmigung", "erlaubnis", "zustimmung", "quellenangabe", "reprodu", "autoris", "autoriz", "permis", "riproduz",
    "toestemming", "tillstånd", "tilladelse", "tillatelse", "zgod", "souhlas", "copyright", "archiv", "arquivo",
    "arkiv", "librar", "universi", "institut", "museum", "museo", "musée", "trust", "interdit", "prohib", "verboten",
];
/// What people tell of such lines.
#[rustfmt::skip]
const TOLD: &[&str] = &[
    "said", "says", "stood", "that's", "because", "so", "but", "stand", "steht", "aber", "weil", "deshalb", "mais",
    "disait", "pero", "decía", "ma", "però", "maar", "stond",
];
/// Within names.
#[rustfmt::skip]
const WITHIN: &[&str] = &[
    "of", "the", "and", "&", "for", "at", "de", "du", "des", "la", "le", "les", "del", "della", "di", "der", "die",
    "das", "für", "und", "et", "y", "e", "van", "von", "by",
];
/// How lines begin that tell whom to ask, behind which an address stands.
#[rustfmt::skip]
const CONTACTS: &[&str] = &[
    "for more information", "for further information", "for enquiries", "for inquiries", "for permission",
    "weitere informationen", "für weitere informationen", "pour plus d'informations", "pour plus d'information",
    "para más información", "para mais informações", "per maggiori informazioni", "per ulteriori informazioni",
    "voor meer informatie",
];
/// What is asked of them.
const ASKED: &[&str] = &[", contact ", ", please contact ", ", write to ", ", please write to ", ", apply to "];
/// What may be used, behind `this`, and how it says so.
#[rustfmt::skip]
const THIS: &[&str] = &[
    "material", "interview", "transcript", "transcription", "recording", "document", "collection", "oral history",
    "oral history interview", "audio", "file", "work",
];
#[rustfmt::skip]
const USED: &[&str] = &[
    "is made available for", "is made available under", "is made available by", "is available for research",
    "is provided for", "is licensed under", "may be used for", "is for research", "is for educational",
    "is for personal", "is for non-commercial", "is intended for",
];

/// Whether a line, `text` in small letters, is a notice of rights in which nobody speaks of themselves.
pub(super) fn is_one(bare: &str, text: &str) -> bool {
    // Broadcasters go on with `our website`.
    let opens = ["copyright ©", "content and programming copyright"].iter().any(|start| text.starts_with(start));
    if opens && has_year(text) && RESERVED.iter().any(|words| text.contains(words)) {
        return true;
    }
    // The `i` of `tutti i diritti riservati` is no `I`.
    let cut = |words: &&str| text.strip_prefix(*words).or_else(|| text.strip_suffix(*words));
    if speaks(RESERVED.iter().find_map(cut).unwrap_or(text)) {
        return false;
    }
    let has_year = has_year(text);
    // A sign alone is none: it says nothing of whose rights.
    let names_whose = has_year || text.split_whitespace().count() > 2;
    let signed = (text.starts_with('©') && names_whose)
        || text.starts_with("copyright ©")
        || text.starts_with("copyright (c)")
        || (text.starts_with("(c) ") && has_year)
        || (text.starts_with("copyright") && has_year && text.split(' ').count() <= COPYRIGHT);
    let formal = RIGHTS.iter().filter(|words| text.contains(**words)).count();
    signed
        || (text.contains('©') && (has_year || formal > 0))
        || reserves(bare, text)
        || (formal > 0 && OF_WHAT.iter().any(|what| text.contains(what)))
        || tells_whom_to_ask(text)
        || tells_of_use(text)
}

/// `© 2014 Hull Archive`, `Alle Rechte vorbehalten`: of lines on rights those that begin as nobody speaks.
pub(super) fn opens(line: &str) -> bool {
    let lower = line.trim().to_lowercase();
    lower.starts_with('©') || lower.starts_with("copyright ©") || RESERVED.iter().any(|words| lower.starts_with(words))
}

/// Whether a line says that all rights are reserved, and nothing else.
pub(super) fn is_reserved(line: &str) -> bool {
    RESERVED.contains(&line.trim().trim_end_matches(['.', '!']).to_lowercase().as_str())
}

fn has_year(text: &str) -> bool {
    text.split(|c: char| !c.is_ascii_digit()).any(|n| n.len() == 4 && matches!(&n[..2], "19" | "20"))
}

/// `Hull Trust, 2019. All rights reserved.`, `Alle Rechte vorbehalten. Zitieren nur mit Genehmigung.`: names alone
/// before it, and behind it names or how a text may be used.
fn reserves(bare: &str, text: &str) -> bool {
    let are_names = |words: &[&str]| {
        words.iter().all(|word| !word.contains(char::is_alphabetic) || is_name(word) || WITHIN.contains(word))
    };
    let words: Vec<&str> = bare.split_whitespace().collect();
    RESERVED.iter().any(|reserved| {
        let n = reserved.split(' ').count().min(words.len());
        if let Some(rest) = text.strip_prefix(reserved) {
            let is_set_off = rest.trim_start().starts_with(['.', ';', '|', '–', '—', '-', '©', '(', ',']);
            let tells_of_use = || words_in(rest).any(|word| USE.iter().any(|start| word.starts_with(start)));
            let is_told = || words_in(rest).any(|word| TOLD.contains(&word));
            return rest.is_empty() || (is_set_off && (are_names(&words[n..]) || (tells_of_use() && !is_told())));
        }
        text.ends_with(reserved) && are_names(&words[..words.len() - n])
    })
}

/// `For more information, contact the archive at archive@hull.example`
fn tells_whom_to_ask(text: &str) -> bool {
    let has_address = || text.split_whitespace().any(|word| word.contains('.') && is_address(word));
    let asks = || ASKED.iter().any(|asked| text.contains(asked));
    CONTACTS.iter().any(|start| text.starts_with(start))
        && (has_address() || (text.starts_with("for permission to ") && asks()))
}

/// `This material is made available for research and educational use only.`
fn tells_of_use(text: &str) -> bool {
    let Some(rest) = text.strip_prefix("this ") else { return false };
    let behind = |what: &&str| rest.strip_prefix(*what).and_then(|rest| rest.strip_prefix(' '));
    THIS.iter().filter_map(behind).any(|rest| USED.iter().any(|used| rest.starts_with(used)))
}

#[cfg(test)]
mod tests {
    use super::super::is_notice;

    #[test]
    fn whose_rights_they_are_and_whom_to_ask_is_nobodys() {
        for line in [
            "© 1999 The Beekeepers' Trust. All rights reserved.",
            "Hull Oral History Trust, 2019. All rights reserved.",
            "All rights reserved.",
            "Alle Rechte vorbehalten. Zitieren nur mit schriftlicher Genehmigung des Archivs.",
            "Tous droits réservés. Toute reproduction interdite sans autorisation écrite.",
            "Todos los derechos reservados. Archivo de la Palabra, Vigo, 2016.",
            "Tutti i diritti riservati – Museo della Bonifica",
            "Alla rättigheter förbehållna.",
            "For permission to quote or publish, contact the Oral History Office.",
            "For more information, contact the archive at archive@northbridge.example.",
            "Pour plus d'informations : archives@ville.example",
            "This material is made available for research and educational use only.",
            "This interview is licensed under a Creative Commons licence.",
        ] {
            assert!(is_notice(line), "{line}");
        }
    }

    #[test]
    fn what_people_say_of_rights_is_theirs() {
        for line in [
            "Alle Rechte vorbehalten stand auf jedem Foto, deshalb haben wir lieber selbst gezeichnet.",
            "Alle Rechte vorbehalten, so stand es im Archiv.",
            "All rights reserved. That's what it said on the door.",
            "On every photo it read all rights reserved.",
            "Tous droits réservés, mais personne ne lisait.",
            "For more information you went to the post office.",
            "For permission to marry, they asked the bishop.",
            "This material is itchy.",
            "This work is for fools.",
        ] {
            assert!(!is_notice(line), "{line}");
        }
    }
}
