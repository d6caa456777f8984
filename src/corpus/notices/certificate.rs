//! What a court reporter or a transcriber certifies below a transcript: `REPORTER'S CERTIFICATE`, `I, Dana Cole, do
//! hereby certify that the foregoing is a true transcript`, and the formulas above it: `(Witness excused.)`.
//!
//! In: a line. Out: whether it begins a certificate, or is such a formula. It looks at no other line; that one stands
//! below the last answer is for [`tail`](super::tail) and [`closing`](super::closing) to see.

/// Longer headings and formulas are none, in bytes.
const LONGEST: usize = 60;
/// How far into a certificate its first words are looked for, in bytes.
const FIRST: usize = 400;

/// What is certified, as headings call it.
#[rustfmt::skip]
const CERTIFICATES: &[&str] =
    &["certificate", "certification", "jurat", "errata", "attestation", "beglaubigung", "certificat", "certificado"];
/// Whose, or of what.
#[rustfmt::skip]
const WHOSE: &[&str] = &[
    "of", "the", "and", "to", "for", "reporter", "reporters", "court", "notary", "public", "transcriber",
    "transcribers", "transcriptionist", "transcriptionists", "transcript", "transcription", "deponent", "deponents",
    "witness", "oath", "sheet", "page", "signature", "accuracy", "official", "certified", "shorthand", "der", "des",
    "transkripts", "de", "la", "transcripción", "du", "transcripteur",
];
/// How a certificate begins.
#[rustfmt::skip]
const FIRST_WORDS: &[&str] = &[
    "i,", "i ", "this is to certify", "hiermit ", "ich ", "je ", "yo,", "certifico ", "io ", "eu,", "hierbij ",
    "ondergetekende", "niniejszym ",
];
/// That it certifies.
#[rustfmt::skip]
const CERTIFIES: &[&str] = &[
    "hereby certify", "do certify that", "i certify that", "to certify that", "bestätige hiermit",
    "hiermit bestätige", "versichere hiermit", "hiermit versichere", "beglaubige", "certifie que", "certifico que",
    "certifico che", "verklaar hierbij", "hierbij verklaar", "niniejszym poświadczam", "niniejszym oświadczam",
];
/// What is true.
#[rustfmt::skip]
const TRUE: &[&str] = &[
    "transcript", "foregoing", "testimony", "proceedings", "transkript", "trascrizione", "transcripción",
    "transcrição", "transkrypcj",
];
/// Formulas of hearings, in small letters.
#[rustfmt::skip]
const FORMULAS: &[&str] = &[
    "witness excused", "the witness was excused", "signature waived", "signature reserved",
    "reading and signature waived", "reading and signing waived", "further deponent saith not",
    "further deponent saith naught", "further the deponent saith not", "further this deponent saith not",
    "and further deponent saith not", "and further this deponent saith not", "further affiant saith not",
    "end of proceedings", "nothing further",
];

/// Whether a line heads a certificate: `REPORTER'S CERTIFICATE`, `C E R T I F I C A T E`, `Certificate of Reporter`.
pub(super) fn is_heading(line: &str) -> bool {
    let bare = line.trim_matches(|c: char| !c.is_alphanumeric());
    if bare.len() > LONGEST || !bare.starts_with(char::is_uppercase) || line.ends_with(['.', '?', '!', ',', ':']) {
        return false;
    }
    let is_spaced = bare.len() > 4 && bare.split_whitespace().all(|letter| letter.chars().count() == 1);
    let joined = if is_spaced { bare.replace(char::is_whitespace, "") } else { bare.replace(['\'', '’'], "") };
    let words: Vec<&str> = joined.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).collect();
    let is_of = |list: &[&str], word: &str| list.contains(&word.to_lowercase().as_str());
    let is_loud = !bare.contains(char::is_lowercase);
    let is_titled = words.len() > 1 && words.last().is_some_and(|word| word.starts_with(char::is_uppercase));
    (is_loud || is_titled)
        && words.iter().any(|word| is_of(CERTIFICATES, word))
        && words.iter().all(|word| is_of(CERTIFICATES, word) || is_of(WHOSE, word))
}

/// Whether a line begins a certificate: `I, Dana Cole, Court Reporter, do hereby certify that …`.
pub(super) fn begins(line: &str) -> bool {
    let end = line.char_indices().map(|(at, _)| at).find(|at| *at >= FIRST).unwrap_or(line.len());
    let has_capital = line.starts_with(char::is_uppercase);
    if !has_capital {
        return false;
    }
    let lower = line[..end].to_lowercase();
    let has = |list: &[&str]| list.iter().any(|words| lower.contains(words));
    FIRST_WORDS.iter().any(|start| lower.starts_with(start)) && has(CERTIFIES) && has(TRUE)
}

/// `(Witness excused.)`, `FURTHER DEPONENT SAITH NOT.`: set off by brackets or capitals.
pub(super) fn is_formula(line: &str) -> bool {
    let bare = line.trim_matches(|c: char| !c.is_alphanumeric());
    let is_set_off = line.starts_with(['(', '[']) || !bare.contains(char::is_lowercase);
    bare.len() <= LONGEST && is_set_off && FORMULAS.contains(&bare.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn certificates_are_told_by_their_headings_and_first_words() {
        for line in [
            "REPORTER'S CERTIFICATE",
            "CERTIFICATE",
            "C E R T I F I C A T E",
            "Certificate of Reporter",
            "CERTIFICATE OF NOTARY PUBLIC",
            "Transcriber’s Certificate",
            "ERRATA SHEET",
        ] {
            assert!(is_heading(line), "{line}");
        }
        for line in [
            "I, Dana Cole, Certified Shorthand Reporter, do hereby certify that the foregoing is true and correct.",
            "I hereby certify that this transcript is complete.",
            "Ich bestätige hiermit, dass dieses Transkript vollständig ist.",
            "Hiermit bestätige ich die Richtigkeit des Transkripts.",
            "Certifico que esta transcripción es fiel.",
        ] {
            assert!(begins(line), "{line}");
        }
        for line in ["(Witness excused.)", "FURTHER DEPONENT SAITH NOT.", "[Signature waived.]"] {
            assert!(is_formula(line), "{line}");
        }
    }

    #[test]
    fn what_people_say_of_certificates_is_theirs() {
        for line in ["Certificate", "My certificate", "Certificate of birth", "CERTIFICATE OF BIRTH", "Certificate."] {
            assert!(!is_heading(line), "{line}");
        }
        for line in [
            "I certify organic farms, and the transcript of my exams was lost.",
            "I, for one, never got a certificate.",
            "I hereby certify that I am tired.",
            "Ich bestätige das gern, auch ohne Transkript.",
            "they do hereby certify that the foregoing is true",
            "",
        ] {
            assert!(!begins(line), "{line}");
        }
        for line in ["Nothing further.", "The witness was excused.", "(excused)"] {
            assert!(!is_formula(line), "{line}");
        }
    }
}
