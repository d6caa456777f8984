//! Which column of a table holds what.
//!
//! In: the titles of the columns, and what options name. Out: [`Columns`]. Columns are found by their
//! names, in lists that are searched in order; a table without a text column is one of questions if its
//! titles are questions, else nothing is guessed. Titles that may ask are told apart from those that do.

use super::super::super::sentences::words;
use super::super::super::{CorpusError, ReadOptions};
use super::prompts::is_prompt;
pub(crate) use super::titles::STUDY;
use super::titles::{COMMENTS, ENDS, ID, MAIL, PRIVATE, QUESTION, SPEAKER, STARTS, TEXT};

/// Columns named in a message.
const NAMED: usize = 30;

/// Names of columns, for messages; of very many the first.
pub(crate) fn quoted(names: &[String]) -> String {
    let shown: Vec<String> = names.iter().take(NAMED).map(|name| format!("`{name}`")).collect();
    let more = if names.len() > NAMED { format!(" and {} more", names.len() - NAMED) } else { String::new() };
    format!("{}{more}", shown.join(", "))
}

/// The column that holds ids: the one the user named, where it is there, else one with a usual name.
pub(crate) fn column_of_ids(header: &[String], options: &ReadOptions) -> Option<usize> {
    named(header, options.id_column.as_deref(), ID)
}

/// The column that names studies, likewise.
pub(crate) fn column_of_studies(header: &[String], options: &ReadOptions) -> Option<usize> {
    named(header, options.study_column.as_deref(), STUDY)
}

fn named(header: &[String], given: Option<&str>, usual: &[&str]) -> Option<usize> {
    let position = |name: &str| header.iter().position(|column| plain(column) == name);
    given.and_then(|given| position(&plain(given))).or_else(|| usual.iter().find_map(|name| position(name)))
}

/// Whether a header has the columns of a table of interviews.
pub(crate) fn is_header(header: &[String], options: &ReadOptions) -> bool {
    header.len() > 1 && Columns::find("", header, options).is_ok_and(|columns| columns.is_some())
}

/// Whether a row can be nothing but a header: a column is called as text is, another one as ids,
/// speakers or questions are.
pub(crate) fn names_columns(row: &[String]) -> bool {
    let named = Columns::find("", row, &ReadOptions::default()).ok().flatten().filter(|columns| !columns.is_survey);
    named.is_some_and(|columns| columns.id.or(columns.speaker).or(columns.question).is_some())
}

/// Which column holds what.
pub(crate) struct Columns {
    /// Never empty; several in a survey only.
    pub(super) texts: Vec<usize>,
    /// Those of them whose titles may ask, beside questions; what stands in them decides.
    pub(super) prompts: Vec<usize>,
    /// A question a column.
    pub(crate) is_survey: bool,
    /// The questions were named by the user.
    pub(super) survey_is_given: bool,
    pub(crate) id: Option<usize>,
    pub(crate) speaker: Option<usize>,
    pub(crate) question: Option<usize>,
    pub(crate) study: Option<usize>,
    /// Addresses of the participants, where no column holds ids.
    pub(super) mail: Option<usize>,
    /// Start and end, perhaps of what was said, where nobody is named.
    pub(super) times: Option<[usize; 2]>,
}

/// Words of a column's title from which it is a question, with a question mark or without.
const QUESTION_WORDS: usize = 5;

impl Columns {
    /// Every column that matters.
    pub(crate) fn all(&self) -> impl Iterator<Item = usize> {
        let single = [self.id, self.speaker, self.question, self.study, self.mail];
        self.texts.iter().copied().chain(single.into_iter().flatten()).chain(self.times.into_iter().flatten())
    }

    /// The columns that may hold answers and are not read, or not for sure: beside the questions of a survey
    /// all that nothing else is known of, beside a column of answers those whose titles ask.
    pub(super) fn beside(&self, header: &[String]) -> Vec<usize> {
        let taken: Vec<usize> = self.all().filter(|column| !self.prompts.contains(column)).collect();
        let is_watched = |column: &usize| {
            let title = &header[*column];
            let may_answer =
                if self.is_survey { !is_private(title) } else { self.speaker.is_none() && asks_for(title) };
            may_answer && !taken.contains(column)
        };
        (0..header.len()).filter(is_watched).collect()
    }

    /// `Ok(None)` when no column holds text.
    pub(crate) fn find(path: &str, header: &[String], options: &ReadOptions) -> Result<Option<Self>, CorpusError> {
        let plain: Vec<String> = header.iter().map(|name| plain(name)).collect();
        let place = |wanted: &String, option: &'static str| {
            let plainly = self::plain(wanted);
            header
                .iter()
                .position(|name| name == wanted)
                .or_else(|| plain.iter().position(|name| !name.is_empty() && *name == plainly))
                .ok_or_else(|| CorpusError::NoSuchColumn {
                    path: path.to_owned(),
                    wanted: wanted.clone(),
                    option,
                    columns: quoted(header),
                })
        };
        let named = |wanted: &Option<String>, option| wanted.as_ref().map(|wanted| place(wanted, option)).transpose();
        let mut texts = Vec::new();
        for wanted in &options.text_columns {
            let column = place(wanted, "--text-column")?;
            if !texts.contains(&column) {
                texts.push(column);
            }
        }
        let id = named(&options.id_column, "--id-column")?;
        let speaker = named(&options.speaker_column, "--speaker-column")?;
        let question = named(&options.question_column, "--question-column")?;
        let study = named(&options.study_column, "--study-column")?;
        let mut taken: Vec<usize> =
            texts.iter().copied().chain([id, speaker, question, study].into_iter().flatten()).collect();
        let mut usual = |given: Option<usize>, names: &[&str]| {
            let found = given.or_else(|| {
                names.iter().find_map(|name| {
                    plain.iter().enumerate().position(|(i, column)| column == name && !taken.contains(&i))
                })
            });
            taken.extend(found);
            found
        };
        let survey_is_given = texts.len() > 1;
        if texts.is_empty() {
            texts.extend(usual(None, TEXT));
        }
        let study = usual(study, STUDY);
        let asked = !texts.is_empty() && !survey_is_given;
        let question = if asked { usual(question, QUESTION) } else { question };
        let speaker = if asked { usual(speaker, SPEAKER) } else { speaker };
        let id = usual(id, ID);
        let mail = if id.is_none() { usual(None, MAIL) } else { None };
        let asks = |column: &usize| is_question(&header[*column]) && !taken.contains(column);
        // A survey may end in a column of comments; that alone makes no table of answers.
        let only_comments = options.text_columns.is_empty()
            && question.or(speaker).is_none()
            && texts.iter().all(|&column| COMMENTS.contains(&plain[column].as_str()))
            && (0..header.len()).filter(asks).any(|column| header[column].trim_end().ends_with('?'));
        let is_survey = survey_is_given || only_comments || texts.is_empty();
        let mut prompts = Vec::new();
        if only_comments || texts.is_empty() {
            // Titles that are questions: a survey's export.
            texts = (0..header.len()).filter(|column| asks(column) || texts.contains(column)).collect();
            let may_ask =
                |column: &usize| !taken.contains(column) && !texts.contains(column) && asks_for(&header[*column]);
            prompts.extend((0..header.len()).filter(|column| !texts.is_empty() && may_ask(column)));
            texts.extend(&prompts);
            texts.sort_unstable();
        }
        let of = |names: &[&str]| names.iter().find_map(|name| plain.iter().position(|column| column == name));
        let times = match (of(STARTS), of(ENDS)) {
            (Some(start), Some(end)) if !is_survey && speaker.or(question).is_none() => Some([start, end]),
            _ => None,
        };
        let found = Self { texts, prompts, is_survey, survey_is_given, id, speaker, question, study, mail, times };
        Ok((!found.texts.is_empty()).then_some(found))
    }
}

/// Whether a column's title asks for something.
pub(super) fn is_question(title: &str) -> bool {
    let n_words = words(title);
    !is_private(title) && ((title.trim_end().ends_with('?') && n_words >= 2) || n_words >= QUESTION_WORDS)
}

/// Whether it asks, or may: `Why?`, `Any other comments`.
pub(super) fn asks_for(title: &str) -> bool {
    is_question(title) || (!is_private(title) && is_prompt(title))
}

/// Whether a column's title asks how somebody can be reached.
pub(super) fn is_private(title: &str) -> bool {
    let lower = title.to_lowercase();
    PRIVATE.iter().any(|private| lower.contains(private))
}

/// A column's name without case, spaces and marks: `Transcript_ID` is `transcriptid`.
pub(crate) fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(titles: &[&str]) -> Option<(Vec<usize>, [Option<usize>; 4])> {
        let header: Vec<String> = titles.iter().map(|title| (*title).to_owned()).collect();
        let columns = Columns::find("", &header, &ReadOptions::default()).unwrap()?;
        Some((columns.texts, [columns.id, columns.speaker, columns.question, columns.study]))
    }

    #[test]
    fn titles_of_other_languages_are_known() {
        for titles in [
            &["Interview-ID", "Speaker", "Text"][..],
            &["Interview-Nr.", "Sprecher", "Äußerung"],
            &["Teilnehmer-ID", "Sprecher:in", "Aussage"],
            &["Entretien", "Locuteur", "Texte"],
            &["Identifiant", "Intervenant", "Propos"],
            &["Entrevista", "Hablante", "Texto"],
            &["ID participante", "Rol", "Intervencio\u{301}n"],
        ] {
            assert_eq!(found(titles), Some((vec![2], [Some(0), Some(1), None, None])), "{titles:?}");
        }
        for titles in
            [["Studie", "Frage", "Antwort"], ["Étude", "Question", "Réponse"], ["Estudio", "Pregunta", "Respuesta"]]
        {
            assert_eq!(found(&titles), Some((vec![2], [None, None, Some(1), Some(0)])), "{titles:?}");
        }
    }

    #[test]
    fn other_titles_stay_what_they_are() {
        assert_eq!(found(&["Alter", "Geschlecht", "Datum"]), None);
        assert_eq!(found(&["Âge", "Sexe", "Ville"]), None);
        // A survey that ends in a column of comments has its questions.
        let (texts, _) =
            found(&["ID", "Was hat Sie hierher gebracht?", "Warum bleiben Sie hier?", "Kommentar"]).unwrap();
        assert_eq!(texts, [1, 2, 3]);
    }

    #[test]
    fn prompts_are_columns_beside_questions_alone() {
        let of = |titles: &[&str]| {
            let header: Vec<String> = titles.iter().map(|title| (*title).to_owned()).collect();
            let columns = Columns::find("", &header, &ReadOptions::default()).unwrap();
            columns.map(|columns| (columns.texts, columns.prompts))
        };
        let titles = ["ID", "Why?", "What did you like?", "Age", "Anything else", "E-Mail for comments"];
        assert_eq!(of(&titles), Some((vec![1, 2, 4], vec![1, 4])));
        assert_eq!(of(&["ID", "Why?", "Anything else"]), None, "no question");
        assert_eq!(of(&["ID", "Answer", "Why?"]), Some((vec![1], vec![])), "a column of text");
    }
}
