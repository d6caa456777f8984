//! What a printed or a web page, a file or a letter puts above or below a text: addresses, rules, footers, dates of
//! export, names of files, farewells.
//!
//! In: a line. Out: whether it is nothing else, for sure. An address within a sentence and `Best wishes` within an
//! answer are somebody's; where such a line must stand is for [`notices`](super) to say.

use super::parts::{is_date, is_name};

/// Longer lines are none, in bytes.
const LONGEST: usize = 160;
/// Marks of a rule, at least.
const MARKS: usize = 3;
/// Words of who says farewell, of what stands in a footer, and of a line about a device, at most.
const NAME: usize = 4;
const LINK: usize = 4;
const DEVICE: usize = 10;

/// What labels stand before an address.
#[rustfmt::skip]
const ADDRESS_KEYS: &[&str] = &[
    "recording", "meeting recording", "link", "link to recording", "link to the recording", "audio", "video",
    "transcript", "original", "source", "website", "web", "url", "email", "e-mail", "mail", "contact", "available at",
    "available from", "retrieved from", "accessed at", "see", "visit", "more at", "read more at", "aufnahme",
    "aufzeichnung", "quelle", "webseite", "internet", "lien", "enregistrement", "site", "site web", "courriel",
    "enlace", "grabación", "fuente", "correo", "fonte", "registrazione", "bron", "opname",
];
/// Ends of names of hosts without anything before or behind, as sites are called; `etc.` and `no.` are none.
#[rustfmt::skip]
const HOSTS: &[&str] = &[
    "com", "org", "net", "edu", "gov", "info", "io", "ai", "eu", "uk", "de", "fr", "es", "it", "nl", "be", "ch", "at",
    "se", "dk", "fi", "pl", "cz", "pt", "ie", "ca", "au", "nz", "us", "br", "mx", "jp", "cn", "in", "za", "ac", "co",
    "app", "dev", "example", "int", "news", "tv",
];
/// What stands alone in the footer of a page.
#[rustfmt::skip]
const FOOTERS: &[&str] = &[
    "unsubscribe", "privacy policy", "privacy notice", "privacy statement", "cookie policy", "cookie settings",
    "terms of service", "terms of use", "terms and conditions", "terms & conditions", "legal notice",
    "manage preferences", "manage your preferences", "email preferences", "update preferences", "view in browser",
    "view this email in your browser", "view in your browser", "back to top", "return to top", "skip to content",
    "all rights reserved", "newsletter abbestellen", "vom newsletter abmelden", "datenschutzerklärung",
    "nutzungsbedingungen", "allgemeine geschäftsbedingungen", "nach oben", "se désabonner", "se désinscrire",
    "mentions légales", "politique de confidentialité", "conditions d'utilisation", "haut de page",
    "cancelar suscripción", "darse de baja", "aviso legal", "política de privacidad", "annulla iscrizione", "informativa sulla privacy",
    "uitschrijven", "privacyverklaring", "download the app", "get the app", "share this transcript",
    "share this interview", "print this page", "log in", "sign in", "sign up",
];
/// What stands there beside others.
#[rustfmt::skip]
const IN_FOOTERS: &[&str] = &[
    "privacy", "terms", "cookies", "contact", "contact us", "about", "about us", "help", "support", "imprint",
    "impressum", "datenschutz", "agb", "kontakt", "legal", "sitemap", "site map", "accessibility", "home", "faq",
    "faqs", "careers", "blog", "press", "facebook", "twitter", "x", "instagram", "linkedin", "youtube", "login", "logout",
    "confidentialité", "contactez-nous", "aide", "contacto", "privacidad", "cookies policy", "contatti", "print",
    "share", "tweet", "download", "next", "previous", "newsletter", "unsubscribe here", "abmelden", "copyright",
];
/// How lines begin that a page has for those who read it.
#[rustfmt::skip]
const FOR_READERS: &[&str] = &[
    "click here to ", "follow us on ", "download the app", "share this ", "subscribe to our ", "sign up for our ",
    "to unsubscribe", "if you no longer wish to receive", "you are receiving this ", "you received this ",
    "this email was sent to ", "this message was sent to ", "this e-mail and any attachments",
    "this email and any attachments", "please consider the environment before printing",
    "please think before you print",
];
/// How devices and programs sign a message, and what follows where a name must.
#[rustfmt::skip]
const SENT: &[&str] = &[
    "sent from my ", "sent from ", "sent via ", "sent with ", "get outlook for ", "von meinem ", "gesendet von ",
    "gesendet mit ", "envoyé de mon ", "envoyé depuis ", "envoyé à partir de ", "enviado desde ", "enviado de ",
    "enviado do ", "enviado a partir ", "inviato da ", "verzonden vanaf ", "verstuurd vanaf ", "wysłane z ",
    "skickat från ", "sendt fra ", "lähetetty ", "odesláno z ", "отправлено с ",
];
#[rustfmt::skip]
const DEVICES: &[&str] = &[
    "mobile", "phone", "smartphone", "tablet", "handy", "cell", "device", "móvil", "mobil", "mail", "outlook", "samsung",
    "galaxy", "android", "yahoo", "gmail", "blackberry", "huawei", "windows", "proton", "thunderbird", "telefon",
    "téléphone", "teléfono", "telefono", "telefone", "portable",
];
/// What may stand beside their names.
#[rustfmt::skip]
const BESIDE_DEVICES: &[&str] = &[
    "my", "for", "on", "using", "with", "via", "the", "a", "app", "and", "gesendet", "meinem", "mon", "un", "une", "mi",
    "il", "mio", "meu", "mijn", "een", "min", "mit", "der", "de", "del", "pour", "para", "per", "voor", "für",
];
/// Ends of names of files.
#[rustfmt::skip]
const FILES: &[&str] = &[
    "doc", "docx", "odt", "rtf", "pdf", "txt", "mp3", "mp4", "m4a", "wav", "wma", "mov", "aac", "ogg", "webm", "vtt",
    "srt", "csv", "xlsx",
];
#[rustfmt::skip]
const FILE_KEYS: &[&str] = &[
    "file", "filename", "file name", "document", "document name", "audio file", "recording file", "saved as", "datei",
    "dateiname", "fichier", "archivo", "file audio", "bestand",
];
/// What is done to a file on a day.
#[rustfmt::skip]
const DONE: &[&str] = &[
    "exported", "printed", "generated", "created", "downloaded", "saved", "recorded", "transcribed", "transcript",
    "transcript exported", "updated", "last updated", "last edited", "last modified", "last saved", "edited",
    "modified", "accessed", "retrieved", "uploaded", "published", "posted", "finalised", "finalized", "completed", "exportiert",
    "gedruckt", "erstellt", "aufgenommen", "transkribiert", "gespeichert", "zuletzt geändert", "stand", "imprimé",
    "créé", "enregistré", "exporté", "transcrit", "modifié", "impreso", "creado", "exportado", "grabado", "transcrito",
    "stampato", "creato", "esportato", "registrato", "trascritto", "opgenomen", "afgedrukt", "geëxporteerd",
];
/// Whole lines of other kinds.
#[rustfmt::skip]
const WHOLE: &[&str] = &[
    "strictly confidential", "private and confidential", "strictly private and confidential", "streng vertraulich",
    "strictement confidentiel", "estrictamente confidencial", "strettamente riservato", "do not distribute",
    "not for distribution", "not for circulation", "do not cite", "do not cite or circulate", "do not quote",
    "for internal use only", "continued on next page", "continued on the next page", "continued overleaf",
    "continued from previous page", "please turn over", "fortsetzung auf der nächsten seite",
    "suite à la page suivante", "eof", "end of document", "end of page", "intentionally left blank",
    "this page intentionally left blank", "this page is intentionally left blank", "for research use only",
    "for research purposes only", "do not cite without permission", "do not quote without permission",
    "not to be cited without permission", "consent form on file", "consent form is on file", "field notes follow",
    "consent obtained", "verbal consent obtained", "written consent obtained", "informed consent obtained",
    "consent given: yes", "not for citation",
];
/// Those that are one where they stand apart, in brackets or in capitals.
#[rustfmt::skip]
const APART: &[&str] = &[
    "confidential", "vertraulich", "confidentiel", "confidencial", "riservato", "vertrouwelijk", "continued",
    "signature", "copyright",
];
/// What keeps interviews, and gives them numbers; words of such a line, at most.
#[rustfmt::skip]
const ARCHIVES: &[&str] = &[
    "archive", "archives", "archiv", "repository", "library", "collection", "depository", "archivo", "archivio",
    "arquivo", "archief", "arkiv",
];
/// What stands in the name of one, and before its number.
#[rustfmt::skip]
const IN_ARCHIVES: &[&str] = &[
    "of", "the", "no.", "for", "and", "de", "la", "del", "des", "du", "für", "der", "départementales", "municipales",
    "nationales", "communales", "cote", "fonds", "signatura", "nr.", "inv.",
];
const ARCHIVE: usize = 10;
/// What labels stand before the number of a telephone.
const PHONES: &[&str] = &["tel", "phone", "telephone", "fax", "mobile", "telefon", "téléphone", "teléfono", "telefono"];
/// That may be said.
const GOES_ON: &[&str] = &["to be continued", "fortsetzung folgt", "à suivre", "continuará", "wordt vervolgd"];
/// How letters end; a name may follow.
#[rustfmt::skip]
const FAREWELLS: &[&str] = &[
    "best wishes", "with best wishes", "best regards", "with best regards", "kind regards", "with kind regards",
    "kindest regards", "warm regards", "warmest regards", "warm wishes", "with warm wishes", "many regards", "regards",
    "yours sincerely", "sincerely", "sincerely yours", "yours faithfully", "yours truly", "respectfully",
    "mit freundlichen grüßen", "mit freundlichen gruessen", "mit freundlichem gruß", "freundliche grüße",
    "mit besten grüßen", "beste grüße", "viele grüße", "liebe grüße", "herzliche grüße", "schöne grüße",
    "hochachtungsvoll", "cordialement", "bien cordialement", "bien à vous", "sincères salutations", "amicalement",
    "meilleures salutations", "un cordial saludo", "saludos", "un saludo", "saludos cordiales", "atentamente",
    "cordiali saluti", "distinti saluti", "un caro saluto", "atenciosamente", "cumprimentos",
    "com os melhores cumprimentos",
    "met vriendelijke groet", "met vriendelijke groeten", "vriendelijke groet", "hartelijke groet", "z poważaniem",
    "pozdrawiam", "s pozdravem", "vänliga hälsningar", "med vänliga hälsningar", "med vennlig hilsen",
    "med venlig hilsen", "ystävällisin terveisin", "с уважением",
];

/// How sure it is that a line is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Sure,
    /// In a paragraph of its own: an address.
    Apart,
    /// It may as well be said: `3/12`, `To be continued`.
    Doubtful,
}

/// What a line is that stands above or below a text.
pub(super) fn kind(line: &str) -> Option<Kind> {
    let line = line.trim();
    if line.is_empty() || line.len() > LONGEST {
        return None;
    }
    if is_rule(line) || is_footer(line) || is_sent(line) || is_file(line) || is_dated(line) {
        return Some(Kind::Sure);
    }
    if is_bare_address(line) || is_phone(line) || is_archive(line) {
        return Some(Kind::Apart);
    }
    whole(line)
}

/// `###`, `* * *`, `-30-`: a line without words. Dots, and marks of a question, may be an answer.
pub(super) fn is_rule(line: &str) -> bool {
    const RULES: &str = "-_=*~–—#+•·◦●■□░|<>/\\";
    let line = line.trim();
    let marks = || line.chars().filter(|c| !c.is_whitespace());
    (marks().all(|c| RULES.contains(c)) && marks().count() >= MARKS)
        || is_court_rule(line)
        || matches!(line, "-30-" | "– 30 –" | "⁂")
}

/// `---oOo---`, as court reporters write.
fn is_court_rule(line: &str) -> bool {
    let inner = line.trim_matches(['-', '–', '—', '*', '=', ' ']);
    line.starts_with(['-', '–', '—', '*', '=']) && matches!(inner, "oOo" | "o0o" | "ooOoo" | "0Oo" | "ooo" | "OOO")
}

/// `UK Data Archive, SN 7043`: an archive, and the number that it gave.
fn is_archive(line: &str) -> bool {
    if !line.ends_with(|c: char| c.is_ascii_digit()) {
        return false;
    }
    let words: Vec<&str> = line.split([' ', '\t', ',']).filter(|word| !word.is_empty()).collect();
    let is_of = |word: &&str| ARCHIVES.contains(&word.to_lowercase().as_str());
    let is_number = |word: &str| {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        bare.chars().filter(char::is_ascii_digit).count() > 2
            && bare.chars().all(|c| c.is_uppercase() || c.is_ascii_digit() || "/-.".contains(c))
    };
    let is_year = |word: &str| word.len() == 4 && (word.starts_with("19") || word.starts_with("20"));
    (2..=ARCHIVE).contains(&words.len())
        && words.iter().any(is_of)
        && words.last().is_some_and(|word| is_number(word) && !is_year(word))
        && words.iter().all(|word| is_name(word) || IN_ARCHIVES.contains(word))
}

/// `www.mooji.org`, `https://mooji.org`, `<ida@hark.example>`, `Recording: https://hark.example/1`
pub(super) fn is_bare_address(line: &str) -> bool {
    let line = line.trim();
    if line.len() > LONGEST || !line.contains(['.', '@', ':']) {
        return false;
    }
    let is_one = |text: &str| {
        let mut words = text.split_whitespace().peekable();
        words.peek().is_some() && words.all(is_link)
    };
    // `Recording: https://…`
    let lower = line.to_lowercase();
    let behind = |key: &&str| {
        let rest = line.get(key.len()..).filter(|rest| lower.starts_with(*key) && rest.starts_with([':', ' ']));
        rest.is_some_and(|rest| is_one(rest.trim_start_matches([':', ' '])))
    };
    is_one(line) || ADDRESS_KEYS.iter().any(behind)
}

/// `Tel.: +44 113 496 0000`
fn is_phone(line: &str) -> bool {
    line.split_once(':').is_some_and(|(key, number)| {
        PHONES.contains(&key.trim().trim_end_matches('.').to_lowercase().as_str())
            && number.contains(|c: char| c.is_ascii_digit())
            && number.chars().all(|c| c.is_ascii_digit() || " +()/-.".contains(c))
    })
}

/// An address that is a word, also as Markdown writes it: `[mooji](https://mooji.org)`.
fn is_link(word: &str) -> bool {
    let word = word.strip_prefix('[').and_then(|rest| rest.split_once("](")).map_or(word, |(_, address)| address);
    let word = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '/');
    let lower = word.to_lowercase();
    let host = lower.split(['/', '?', '#', ':']).next().unwrap_or_default();
    let is_host = || {
        host.rsplit_once('.').is_some_and(|(name, end)| !name.is_empty() && HOSTS.contains(&end))
            && host.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-'))
    };
    let is_mail = || lower.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
    lower.contains("://") || (lower.starts_with("www.") && lower.len() > 6) || is_mail() || is_host()
}

/// `Unsubscribe | Privacy`, `Terms of service`, `Follow us on Hark`
fn is_footer(line: &str) -> bool {
    let lower = line.to_lowercase().replace('’', "'");
    let bare = |part: &str| part.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let parts: Vec<String> = lower.split(['|', '·', '•', '»', '/']).map(bare).filter(|part| !part.is_empty()).collect();
    let is_known = |part: &String| FOOTERS.contains(&part.as_str()) || IN_FOOTERS.contains(&part.as_str());
    FOOTERS.contains(&bare(&lower).as_str())
        || (parts.len() > 1 && parts.iter().all(is_known))
        || are_links(&lower)
        || FOR_READERS.iter().any(|start| lower.starts_with(start))
}

/// `Unsubscribe Privacy Terms of use`: nothing but what stands in footers, one of them nowhere else.
fn are_links(lower: &str) -> bool {
    let words: Vec<&str> = lower.split_whitespace().collect();
    let (mut at, mut n, mut is_sure) = (0, 0, false);
    while at < words.len() {
        let phrase = |length: &usize| words.get(at..at + length).map(|words| words.join(" "));
        let is_known = |length: &usize| {
            phrase(length).is_some_and(|it| FOOTERS.contains(&it.as_str()) || IN_FOOTERS.contains(&it.as_str()))
        };
        let Some(length) = (1..=LINK).rev().find(is_known) else { return false };
        is_sure |= phrase(&length).is_some_and(|it| FOOTERS.contains(&it.as_str()));
        (at, n) = (at + length, n + 1);
    }
    n > 1 && is_sure
}

/// `Sent from my iPhone`, `Get Outlook for iOS`, `Von meinem iPhone gesendet`
pub(super) fn is_sent(line: &str) -> bool {
    let line = line.trim().trim_start_matches(['-', '–', '—', '*', '_', ' ']);
    if line.len() > LONGEST {
        return false;
    }
    let lower = line.to_lowercase();
    let Some(start) = SENT.iter().find(|start| lower.starts_with(*start)) else { return false };
    let n_words = start.split_whitespace().count();
    let words: Vec<&str> = line.split_whitespace().skip(n_words).collect();
    let is_device = |word: &&str| {
        // `iPhone`
        let is_made = word.contains(char::is_lowercase) && word.chars().skip(1).any(char::is_uppercase);
        is_made || DEVICES.contains(&word.to_lowercase().trim_end_matches('.'))
    };
    let is_gesendet = !start.starts_with("von ") || lower.contains("gesendet");
    let is_beside = |word: &&str| is_name(word) || BESIDE_DEVICES.contains(&word.to_lowercase().as_str());
    words.iter().any(is_device)
        && words.iter().all(|word| is_device(word) || is_beside(word))
        && words.len() <= DEVICE
        && is_gesendet
        && !line.contains([',', ';', '?', '!'])
}

/// `interview_03.docx`, `File: interview 03.mp3`
fn is_file(line: &str) -> bool {
    let (key, name) = line.split_once(':').unwrap_or(("", line));
    let is_labelled = FILE_KEYS.contains(&key.trim().to_lowercase().as_str());
    let name = if is_labelled { name.trim() } else { line };
    let name = name.trim_matches(['(', ')', '[', ']', '"', '“', '”']);
    let is_of_file = name.rsplit_once('.').is_some_and(|(stem, end)| {
        !stem.is_empty() && !stem.ends_with(' ') && FILES.contains(&end.to_lowercase().as_str())
    });
    is_of_file && !name.contains('/') && (is_labelled || !name.contains(char::is_whitespace))
}

/// `Exported on 3 May 2021`, `Last updated: May 3, 2021`, `Recorded at the University of Hull, 3 May 2021`,
/// `Version 1.2`
fn is_dated(line: &str) -> bool {
    let line = line.trim_matches(['(', ')', '[', ']', '*', '_', ' ']);
    let lower = line.to_lowercase();
    let done = DONE.iter().filter(|done| lower.starts_with(**done)).max_by_key(|done| done.len());
    let behind = done.and_then(|done| lower.get(done.len()..)).filter(|rest| rest.starts_with([' ', ':', ',']));
    if let Some(rest) = behind {
        let date = rest.trim_start_matches([' ', ':', ',']);
        // Where it was, in names, with a year.
        let words = || line.split_whitespace().skip(1);
        let is_year = |word: &str| {
            let digits = word.trim_matches(|c: char| !c.is_alphanumeric());
            digits.len() == 4 && digits.bytes().all(|b| b.is_ascii_digit())
        };
        let is_place = || {
            let is_inner = |word: &str| is_name(word) || is_date(&format!("{word} 1")) || word == "in";
            words().all(is_inner) && words().any(is_year) && words().next().is_some_and(|word| !is_name(word))
        };
        return !line.ends_with('.') && (is_date(date) || is_place());
    }
    if is_draft(line, &lower) {
        return true;
    }
    let version = ["version ", "draft ", "v", "revision ", "rev. "].iter().find_map(|start| lower.strip_prefix(start));
    version.is_some_and(|number| {
        let digits = number.trim_start_matches("no. ");
        digits.starts_with(|c: char| c.is_ascii_digit())
            && digits.bytes().all(|b| b.is_ascii_digit() || b == b'.')
            && (digits.contains('.') || lower.starts_with(['d', 'r']))
            && !digits.ends_with('.')
    })
}

/// `DRAFT`, `Draft transcript – not for circulation`, `DRAFT – not checked by the participant`
fn is_draft(line: &str, lower: &str) -> bool {
    let drafts = ["draft", "entwurf", "brouillon", "borrador", "bozza"];
    let Some(rest) = drafts.iter().find_map(|it| lower.strip_prefix(it)) else { return false };
    let rest = rest.strip_prefix(" transcript").unwrap_or(rest);
    let behind = rest.trim_start_matches([' ', '–', '—', '-', ',', ':', '(']);
    let is_not = ["not ", "do not ", "nicht ", "non ", "no ", "unchecked"].iter().any(|not| behind.starts_with(not));
    let is_apart = rest.trim_start().starts_with(['–', '—', '-', ',', ':', '(']);
    (rest.is_empty() && !line.contains(char::is_lowercase)) || (is_apart && is_not && !line.ends_with('?'))
}

/// Whole lines: `STRICTLY CONFIDENTIAL`, `(continued)`, `- 3 -`; `3/12` and `To be continued` may be said.
fn whole(line: &str) -> Option<Kind> {
    let bare = line.trim_matches(|c: char| !c.is_alphanumeric());
    let lower = bare.to_lowercase();
    let is_set_off = (line.starts_with(['(', '[', '<']) && line.ends_with([')', ']', '>']))
        || (bare.contains(char::is_uppercase) && !bare.contains(char::is_lowercase));
    // `Strictly confidential – do not distribute`
    let parts = lower.split([',', ';', '–', '—', '|']).flat_map(|part| part.split(" - "));
    let mut parts = parts.flat_map(|part| part.split(". ")).map(str::trim);
    let is_known = |part: &str| WHOLE.contains(&part) || APART.contains(&part);
    if WHOLE.contains(&lower.as_str()) || (lower.contains(' ') && parts.all(is_known)) {
        return Some(Kind::Sure);
    }
    if APART.contains(&lower.as_str()) {
        return Some(if is_set_off { Kind::Sure } else { Kind::Apart });
    }
    if GOES_ON.contains(&lower.as_str()) {
        return Some(if is_set_off { Kind::Sure } else { Kind::Doubtful });
    }
    number_of_page(line)
}

/// `- 3 -`, `p. 3`, and `3/12` and `12 of 12`, which may be said.
fn number_of_page(line: &str) -> Option<Kind> {
    let is_number = |text: &str| (1..=4).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    let dashed = ['-', '–', '—'].iter().find_map(|dash| line.strip_prefix(*dash)?.strip_suffix(*dash));
    if dashed.is_some_and(|number| is_number(number.trim())) || line.strip_prefix("p. ").is_some_and(is_number) {
        return Some(Kind::Apart);
    }
    let (page, pages) = line.split_once('/').or_else(|| line.split_once(" of "))?;
    let of_pages = page.parse::<u32>().ok()? <= pages.parse::<u32>().ok()?;
    (is_number(page) && is_number(pages) && of_pages).then_some(Kind::Doubtful)
}

/// `Best wishes, Tom`, `Mit freundlichen Grüßen`; says whether a name stands behind.
pub(super) fn farewell(line: &str) -> Option<bool> {
    let line = line.trim().trim_matches(['*', '_']);
    if line.len() > LONGEST {
        return None;
    }
    let lower = line.to_lowercase();
    let farewell = FAREWELLS.iter().filter(|start| lower.starts_with(**start)).max_by_key(|start| start.len())?;
    // Letters of other cases may be longer.
    let rest = line.get(farewell.len()..).filter(|rest| !rest.starts_with(char::is_alphanumeric))?;
    let name = rest.trim_start_matches([' ', ',', '.', '!', '-', '–', '—', ':']);
    if name.is_empty() {
        return line.starts_with(char::is_uppercase).then_some(false);
    }
    // `Saludos Tom` greets somebody.
    let is_apart = !rest.starts_with(' ') || name.split_whitespace().count() > 1;
    (is_apart && is_of_name(name)).then_some(true)
}

/// Whether a line is nothing but who signs: `Tom Reed`, `A. Hall (she/her)`.
pub(super) fn is_of_name(line: &str) -> bool {
    let line = line.trim().trim_end_matches(['x', 'X', ' ', '.']);
    let words = line.split_whitespace().filter(|word| !word.starts_with('('));
    let words: Vec<&str> = words.take(NAME + 1).collect();
    let is_part = |word: &&str| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        let is_inner = ["de", "van", "von", "der", "du", "la", "di", "da", "el", "and", "und", "et"].contains(&word);
        word.starts_with(char::is_uppercase) || is_inner
    };
    let is_plain = |word: &&str| !word.contains(|c: char| "?!;:\"…@/".contains(c) || c.is_ascii_digit());
    (1..=NAME).contains(&words.len())
        && words[0].starts_with(char::is_uppercase)
        && words.iter().all(is_part)
        && words.iter().all(is_plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_pages_and_files_put_beside_a_text_is_nobodys() {
        for line in [
            "###",
            "* * *",
            "# # #",
            "-30-",
            "Unsubscribe | Privacy",
            "Privacy · Terms · Contact us",
            "Terms of Service",
            "Unsubscribe Privacy Terms of use",
            "Follow us on Hark",
            "Sent from my iPhone",
            "Sent from Outlook for iOS",
            "Sent from my mobile.",
            "Get Outlook for Android",
            "Von meinem iPhone gesendet",
            "Envoyé de mon iPhone",
            "interview_03.docx",
            "File: interview 03.mp3",
            "Exported on 3 May 2021",
            "Printed on 3/5/2021 at 10:04",
            "Last updated: May 3, 2021",
            "Recorded on 3rd May 2021",
            "Recorded at the University of Hull, 3 May 2021",
            "Version 1.2",
            "Draft 2",
            "DRAFT",
            "Draft transcript – not for circulation",
            "DRAFT – not checked by the participant",
            "Consent obtained",
            "CONFIDENTIAL",
            "(Confidential)",
            "Strictly confidential - do not distribute",
            "Continued on next page",
            "[continued]",
            "---oOo---",
            "(To be continued)",
            "EOF",
        ] {
            assert_eq!(kind(line), Some(Kind::Sure), "{line}");
        }
        for line in [
            "www.mooji.org",
            "http://www.mooji.org",
            "mooji.org",
            "<https://example.org/t/1>",
            "[Mooji](https://mooji.org)",
            "ida@hark.example",
            "Recording: https://example.org/t/1",
            "Available at www.mooji.org",
            "Confidential",
            "Signature",
            "Tel.: +44 113 496 0000",
            "UK Data Archive, SN 7043",
            "- 3 -",
        ] {
            assert_eq!(kind(line), Some(Kind::Apart), "{line}");
        }
        for line in ["3/12", "12 of 12", "To be continued…"] {
            assert_eq!(kind(line), Some(Kind::Doubtful), "{line}");
        }
    }

    #[test]
    fn what_people_say_of_such_things_is_theirs() {
        for line in [
            "",
            "...",
            "???",
            "--",
            "I found it on www.mooji.org",
            "See www.mooji.org, it is all there.",
            "Privacy",
            "Privacy | I never had any",
            "Home Help",
            "Unsubscribe me",
            "Help",
            "Sent from my heart",
            "Sent from home by my mother, Anna.",
            "Sent from Hull",
            "Sent from Hull. It was cold.",
            "Sent from my iPhone was all that he wrote.",
            "Von meinem Vater",
            "Recorded",
            "Recorded in 1956 by Elvis.",
            "Created by God",
            "Exported from Poland",
            "Printed on paper",
            "Updated every year",
            "Draft",
            "Draft beer, mostly.",
            "Draft after draft, never finished.",
            "We were told it was confidential",
            "It was continued.",
            "version two",
            "Volume 2",
            "v2",
            "12/3",
            "12 of 3",
            "12 of them",
            "etc.",
            "Dr. No",
            "the end of e.g. school",
            "docx",
            "a doc",
            "Phone: 3 times a day",
            "The National Archives, 1946",
            "We kept it in the archive, SN 7043",
            "Library 12",
        ] {
            assert_eq!(kind(line), None, "{line}");
        }
    }

    #[test]
    fn farewells_are_told_by_their_words_and_a_name() {
        for (line, is_named) in [
            ("Best wishes, Tom", true),
            ("Kind regards, Tom Reed", true),
            ("Kind regards Tom Reed", true),
            ("Best wishes,", false),
            ("Mit freundlichen Grüßen", false),
            ("Mit freundlichen Grüßen, Anna", true),
            ("Cordialement, Anna", true),
            ("Regards, A. Hall", true),
        ] {
            assert_eq!(farewell(line), Some(is_named), "{line}");
        }
        for line in [
            "Best wishes to all of you",
            "best wishes",
            "My best wishes, Tom",
            "Best wishes, she said.",
            "Regards for the law were low",
            "Regardless, Tom",
            "Sincerely, I never knew",
            "Saludos Tom",
        ] {
            assert_eq!(farewell(line), None, "{line}");
        }
        for line in ["Tom", "Tom Reed", "A. Hall", "Ann van der Berg (she/her)"] {
            assert!(is_of_name(line), "{line}");
        }
        for line in ["tom", "Tom said so", "We left it all behind there", "Tom?", "Tom 3", ""] {
            assert!(!is_of_name(line), "{line}");
        }
    }
}
