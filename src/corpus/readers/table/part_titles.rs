//! What columns are called that stand beside one for who asks and one for who answers, and which these two are.
//!
//! In: titles. Out: whether one is that of notes, or of what is known of an interview as a whole; the columns of who
//! asks and of who answers, and of the ids beside them. It looks at no cell.

use super::super::super::model::Role;
use super::super::super::speakers::{Names, key};
use super::columns::numbered::plain;
use super::titles::{ID, TALKS};

/// What researchers note of a turn, as [`plain`](super::plain) writes titles.
#[rustfmt::skip]
pub(super) const NOTES: &[&str] = &[
    "topic", "topics", "theme", "themes", "section", "subsection", "notes", "note", "fieldnotes", "code", "codes",
    "coding", "memo", "memos", "remark", "remarks", "observation", "observations", "comment", "comments", "category",
    "categories", "tag", "tags", "keyword", "keywords", "thema", "themen", "abschnitt", "notiz", "notizen", "kode",
    "kodes", "kodierung", "bemerkung", "bemerkungen", "anmerkung", "anmerkungen", "kommentar", "kommentare",
    "kategorie", "thème", "thèmes", "sujet", "remarque", "remarques", "commentaire", "commentaires", "catégorie",
    "tema", "temas", "nota", "notas", "código", "codigo", "códigos", "observaciones", "observación", "comentario",
    "comentarios", "categoría", "argomento", "codice", "commento", "commenti", "onderwerp", "notities", "opmerking",
    "opmerkingen",
];
/// What is known of an interview as a whole, likewise.
#[rustfmt::skip]
pub(super) const OF_INTERVIEWS: &[&str] = &[
    "date", "interviewdate", "dateofinterview", "site", "location", "place", "setting", "city", "country", "region",
    "department", "language", "wave", "mode", "datum", "ort", "standort", "sprache", "welle", "lieu", "langue", "ville",
    "fecha", "lugar", "ciudad", "idioma", "data", "luogo", "lingua", "plaats", "taal",
];

/// What researchers write beside the answers of several participants, likewise.
#[rustfmt::skip]
const OF_SEVERAL: &[&str] = &[
    "comparison", "comparisons", "summary", "summaries", "synthesis", "interpretation", "analysis", "conclusion",
    "interviewernotes", "researchernotes", "moderatornotes", "analystnotes", "vergleich", "zusammenfassung", "fazit",
    "auswertung", "comparaison", "synthèse", "résumé", "analyse", "comparación", "resumen", "síntesis", "análisis",
    "confronto", "riassunto", "sintesi", "comparação", "resumo", "vergelijking", "samenvatting", "porównanie",
    "podsumowanie", "jämförelse", "sammanfattning",
];

/// Whether a title is that of what researchers note beside a column for each participant.
pub(super) fn is_of_several(title: &str) -> bool {
    let plain = plain(title);
    NOTES.contains(&plain.as_str()) || OF_SEVERAL.contains(&plain.as_str()) || is_of_remarks(title)
}

/// What remarks are called, with a word for whose they are: `Researcher comment`, `Notes (Ines)`, `Mein Kommentar`.
#[rustfmt::skip]
const REMARKS: &[&str] = &[
    "note", "notes", "memo", "memos", "remark", "remarks", "observation", "observations", "comment", "comments", "notiz",
    "notizen", "bemerkung", "bemerkungen", "anmerkung", "anmerkungen", "kommentar", "kommentare", "remarque",
    "remarques", "commentaire", "commentaires", "nota", "notas", "observación", "observaciones", "comentario",
    "comentarios", "comentário", "comentários", "commento", "commenti", "opmerking", "opmerkingen", "notitie",
    "notities", "komentarz", "komentarze", "uwaga", "uwagi", "notatki", "kommentarer", "anteckningar",
];
/// More words ask for remarks.
const MOST_WORDS: usize = 3;

/// Whether a title begins or ends with a word for remarks and asks for none.
pub(super) fn is_of_remarks(title: &str) -> bool {
    let lower = title.to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let is_one = |word: Option<&&str>| word.is_some_and(|word| REMARKS.contains(word));
    words.len() <= MOST_WORDS && !title.contains(['?', '？']) && (is_one(words.first()) || is_one(words.last()))
}

/// Whether a title, so written, is that of a column in which nobody speaks.
pub(super) fn is_beside(plain: &str) -> bool {
    NOTES.contains(&plain) || OF_INTERVIEWS.contains(&plain)
}

/// The columns of who asks and of who answers, rising, where there is one of each.
pub(super) fn of_parts(header: &[String], names: &Names) -> Option<[usize; 2]> {
    let of = |role: Role| {
        let mut found = (0..header.len()).filter(|&column| names.by_name(&key(&header[column])) == Some(role));
        found.next().filter(|_| found.next().is_none())
    };
    let [asks, answers] = [of(Role::Interviewer)?, of(Role::Participant)?];
    Some([asks.min(answers), asks.max(answers)])
}

/// The only column that is called after who asks, where no other is called after a part: those beside it may be called
/// after people who answer.
pub(super) fn asks_by_title<T: AsRef<str>>(titles: &[T], names: &Names) -> Option<usize> {
    let role = |title: &T| names.by_name(&key(part_of(title.as_ref())));
    let mut asking = (0..titles.len()).filter(|&at| role(&titles[at]) == Some(Role::Interviewer));
    let is_part = |title: &T| match role(title) {
        Some(Role::Participant) => true,
        Some(Role::Other) => !is_beside(&plain(title.as_ref())),
        Some(Role::Interviewer) => false,
        None => OF_SEVERAL.contains(&plain(title.as_ref()).as_str()),
    };
    asking.next().filter(|_| asking.next().is_none() && !titles.iter().any(is_part))
}

/// The part in a title that also names who plays it: `Interviewer` of `Interviewer: Ann`.
pub(super) fn part_of(title: &str) -> &str {
    title.split_once(':').map_or(title, |(part, _)| part).trim()
}

/// The column that tells interviews apart beside those of who asks and of who answers, of each one or several; `plain`
/// are the titles as such lists write them.
pub(super) fn ids_beside_parts(header: &[String], plain: &[String], names: &Names) -> Option<usize> {
    let roles: Vec<Option<Role>> = header.iter().map(|title| names.by_name(&key(part_of(title)))).collect();
    let is_free = |column: &usize| !matches!(roles[*column], Some(Role::Interviewer | Role::Participant));
    let called = |title: &&str| (0..header.len()).filter(is_free).find(|&column| plain[column] == *title);
    let has_both = [Role::Interviewer, Role::Participant].into_iter().all(|role| roles.contains(&Some(role)));
    let is_told = has_both || (header.len() > 2 && asks_by_title(header, names).is_some());
    ID.iter().chain(TALKS).find_map(called).filter(|_| is_told)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_found_beside_who_asks_and_who_answers() {
        let found = |titles: &str| {
            let header: Vec<String> = titles.split(',').map(str::to_owned).collect();
            let plain: Vec<String> = header.iter().map(|title| title.to_lowercase()).collect();
            ids_beside_parts(&header, &plain, &Names::default())
        };
        for titles in ["id,Interviewer,Participant", "file,Q,A", "session,Moderator,P1,P2"] {
            assert_eq!(found(titles), Some(0), "{titles}");
        }
        assert_eq!(found("Interviewer,Participant,id"), Some(2));
        assert_eq!(found("id,Interviewer,Ann"), Some(0));
        for others in ["id,Ann,Tom", "id,Interviewer", "Interviewer,Participant", "id,P1,P2"] {
            assert_eq!(found(others), None, "{others}");
        }
    }

    #[test]
    fn one_column_of_each_part_is_found() {
        let found = |titles: &str| {
            let header: Vec<String> = titles.split(',').map(str::to_owned).collect();
            of_parts(&header, &Names::default())
        };
        assert_eq!(found("Date,Interviewer,Participant"), Some([1, 2]));
        assert_eq!(found("Participant,Notes,Interviewer"), Some([0, 2]));
        for others in ["Interviewer,Notes", "Interviewer,Participant 1,Participant 2", "Ann,Tom"] {
            assert_eq!(found(others), None, "{others}");
        }
    }
}
