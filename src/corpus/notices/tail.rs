//! What stands below an interview: a summary, notes, action items, reflections of the researcher, what a court reporter
//! certifies.
//!
//! In: the turns of a transcript. Out: where such a part begins below the last labelled turn, and whether that is sure;
//! it goes on to the end. It is asked only where two speak, and never of what somebody says first under a label. Where
//! the heading may as well be said – other lines of the turn look like it, or words follow behind `Notes:` – it is
//! doubtful, and nothing is taken away.

use std::ops::Range;

use super::super::by_lines::ByLines;
use super::certificate;
use super::closing::{Closing, closing};
use super::words::{NOTE_TAKERS, speaks};
use super::{RawTurn, SPEAKER, ends_in_blank, notes};

/// Words of a heading, at most.
const FEW: usize = 6;
/// Lines of a list that are looked at.
const LISTED_LINES: usize = 6;
/// Marks of a rule, at least.
const MARKS: usize = 3;

/// Headings of such parts, where they stand alone on a line.
#[rustfmt::skip]
const PLAIN: &[&str] = &[
    "summary", "recap", "notes", "key points", "main points", "key insights", "chapters & topics",
    "chapters and topics", "topics discussed", "key themes", "reflection", "reflections", "zusammenfassung", "notizen",
    "kernaussagen", "wichtigste punkte", "wichtigste erkenntnisse", "die wichtigsten punkte", "kapitel und themen",
    "kapitel & themen", "résumé", "synthèse", "remarques", "points clés", "points à retenir", "resumen", "notas",
    "puntos clave", "riassunto", "sintesi", "punti chiave", "resumo", "pontos principais", "pontos-chave",
    "samenvatting", "notities", "belangrijkste punten", "podsumowanie", "streszczenie", "notatki", "kluczowe wnioski",
    "shrnutí", "poznámky", "sammanfattning", "anteckningar", "sammendrag", "resumé", "opsummering", "oppsummering",
    "notater", "yhteenveto", "muistiinpanot", "резюме", "заметки", "краткое содержание", "要約", "摘要", "总结", "總結",
    "initial impressions", "first impressions", "overall impressions", "general impressions", "initial thoughts",
    "analytic notes", "analytical notes", "analytic memo", "analytical memo", "reflexive memo", "reflexive notes",
    "initial codes", "preliminary codes", "initial themes", "emerging themes", "emergent themes", "preliminary themes",
    "erste eindrücke", "analytische notizen", "erste codes", "premières impressions", "notes analytiques",
    "primeras impresiones", "notas analíticas", "prime impressioni", "eerste indrukken",
];
/// Headings of what stands below an interview that is printed or put on a page.
#[rustfmt::skip]
const APPENDED: &[&str] = &[
    "about this series", "about the series", "about this interview", "about the interview", "about the author",
    "about the authors", "about the interviewer", "cite this page", "cite this interview", "cite this",
    "how to cite this", "related", "related articles", "related stories", "related content", "related interviews",
    "related posts", "read more", "read next", "you may also like", "share this", "reader comments", "leave a comment",
    "leave a reply", "glossary", "endnotes", "footnotes", "subject index", "name index", "index of names",
    "further reading", "image credits", "photo credits", "acknowledgements", "acknowledgments", "glossar", "literatur",
    "endnoten", "fußnoten", "weiterlesen", "leserkommentare", "personenregister", "sachregister", "glossaire",
    "pour citer cet article", "te puede interesar", "glosario", "glossario", "verder lezen", "glosariusz",
    "słowniczek", "przypisy", "ordlista", "noter",
];
/// The same that are words of what people write, too.
const LISTED: &[&str] = &["index", "note", "credits", "indice", "register", "sources", "quellen"];
/// What researchers write of an interview, also of themselves.
const MEMOS: &[&str] = &["memo", "memos", "postscript", "postskript", "postskriptum", "post-scriptum", "post scriptum"];
/// Headings that nobody says, so that words may follow behind a colon.
#[rustfmt::skip]
const JARGON: &[&str] = &[
    "keywords", "key words", "codes", "kodes", "action items", "key takeaways", "takeaways", "schlagwörter",
    "schlüsselwörter", "mots-clés", "mots clés", "palabras clave", "parole chiave", "palavras-chave", "actiepunten",
    "trefwoorden", "słowa kluczowe", "klíčová slova", "nyckelord", "nøgleord", "nøkkelord", "avainsanat",
    "ключевые слова", "to cite", "how to cite", "zitierweise", "lire aussi", "à lire aussi", "lee también",
    "leggi anche", "lees ook", "leia também", "läs också",
    // Of a clinician
    "o/e", "a/p", "h/o", "c/o", "p/c", "s/e", "on examination", "examination findings", "assessment and plan",
    "assessment/plan", "clinical impression", "clinical impressions",
];
/// Headings that also stand in what people write; they are believed below a rule and marked as headings.
#[rustfmt::skip]
const LOOSE: &[&str] = &[
    "overview", "highlights", "topics", "themes", "actions", "next steps", "follow-up", "follow-ups", "outline",
    "insights", "decisions", "conclusion", "conclusions", "comments", "observations", "impressions", "remarks",
    "references", "fazit", "anmerkungen", "bemerkungen", "kommentare", "reflexion", "eindrücke", "themen",
    "nächste schritte", "aufgaben", "commentaires", "réflexions", "prochaines étapes", "comentarios", "observaciones",
    "reflexiones", "próximos pasos", "commenti", "osservazioni", "riflessioni", "prossimi passi", "comentários",
    "observações", "próximos passos", "opmerkingen", "reflectie", "vervolgstappen", "uwagi",
];
/// What is written of an interview: `Comments on the interview`, `Researcher reflections`.
#[rustfmt::skip]
const WRITTEN: &[&str] = &[
    "summary", "recap", "note", "notes", "reflection", "reflections", "comment", "comments", "observations",
    "impressions", "remarks", "memo", "postscript", "takeaways", "notizen", "anmerkungen", "bemerkungen", "kommentar",
    "kommentare", "reflexion", "eindrücke", "zusammenfassung", "postskriptum", "remarques", "commentaires",
    "réflexions", "résumé", "synthèse", "notas", "comentarios", "observaciones", "reflexiones",
    "resumen", "commenti", "osservazioni", "riflessioni", "riassunto", "sintesi", "comentários", "observações",
    "reflexões", "resumo", "notities", "opmerkingen", "reflectie", "samenvatting", "notatki", "uwagi", "podsumowanie",
    "poznámky", "shrnutí", "anteckningar", "sammanfattning", "notater", "sammendrag", "muistiinpanot", "yhteenveto",
];
/// Before it: `AI notes`; who takes notes, too.
const BEFORE: &[&str] = &["interview", "meeting", "call", "ai", "ai-generated", "session", "conversation", "executive"];
/// Behind it, last.
#[rustfmt::skip]
const INTERVIEW: &[&str] = &[
    "interview", "interviews", "gespräch", "gesprächs", "l'entretien", "entretien", "l'interview", "entrevista",
    "intervista", "dell'intervista", "sull'intervista", "gesprek", "wywiadu", "wywiad", "rozhovoru", "intervjun",
    "intervjuet", "interviewet", "haastattelusta",
];
/// Between the two.
#[rustfmt::skip]
const BETWEEN: &[&str] = &[
    "on", "of", "about", "from", "after", "the", "this", "zum", "zu", "des", "vom", "nach", "dem", "über", "das",
    "diesem", "sur", "de", "cet", "après", "sobre", "la", "esta", "a", "da", "van", "over", "bij", "het", "z", "do",
    "po", "k", "från", "om", "av", "fra", "til",
];

/// What a line may head.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// Memos, and notes that name the interview or who takes them.
    Named,
    Jargon,
    Plain,
    /// An index, or notes with numbers: what stands below tells.
    Listed,
    Loose,
}

/// Where what nobody said begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Tail {
    pub(super) turn: usize,
    /// Of the turn's text.
    pub(super) byte: usize,
    pub(super) is_sure: bool,
}

/// The first part below the last labelled turn that is sure to be nobody's; without one the first that may be.
pub(super) fn find(turns: &[RawTurn], is_somebody: &dyn Fn(&str) -> bool) -> Option<Tail> {
    let is_nobodys = |turn: &RawTurn| turn.speaker.is_empty() || &*turn.speaker == SPEAKER;
    let is_tail = |turn: &RawTurn| is_nobodys(turn) || (is_label(turn) && !is_somebody(&turn.speaker));
    let last = turns.iter().rposition(|turn| !is_tail(turn))?;
    let speaker = &turns[last].speaker;
    let labelled = (last + 1..turns.len()).find(|&at| !is_nobodys(&turns[at]));
    let speaks_above = |at: usize| turns[..=last].iter().any(|turn| turn.speaker == turns[at].speaker);
    let is_talk = turns[..last].iter().any(|turn| !is_nobodys(turn) && turn.speaker != *speaker);
    if !is_talk || (last + 1..turns.len()).any(|at| !is_nobodys(&turns[at]) && speaks_above(at)) {
        return None;
    }
    // Headings of documents part the words of one turn.
    let mut first = last;
    loop {
        let asides = turns[..first].iter().rev().take_while(|turn| turn.speaker.is_empty()).count();
        match first.checked_sub(asides + 1) {
            Some(at) if asides > 0 && turns[at].speaker == *speaker => first = at,
            _ => break,
        }
    }
    let found = in_turn(turns, first..labelled.unwrap_or(turns.len()));
    match labelled {
        Some(turn) if !found.is_some_and(|tail| tail.is_sure) => {
            // Who says more than one thing may be called so.
            let n_turns = turns.iter().filter(|other| other.speaker == turns[turn].speaker).count();
            Some(Tail { turn, byte: 0, is_sure: n_turns == 1 })
        }
        _ => found,
    }
}

/// The last turn, where it stands under a heading of notes such as `Memo` as its label, and is surely nobody's.
pub(super) fn labelled(turns: &[RawTurn], is_somebody: &dyn Fn(&str) -> bool) -> Option<usize> {
    let tail = find(turns, is_somebody).filter(|tail| tail.is_sure && tail.byte == 0)?;
    let label = &turns[tail.turn].speaker;
    (!label.is_empty() && &**label != SPEAKER && kind(label).is_some()).then_some(tail.turn)
}

/// The same within the pieces of one turn.
fn in_turn(turns: &[RawTurn], pieces: Range<usize>) -> Option<Tail> {
    let mut doubtful = None;
    let mut seen = Seen::default();
    for at in pieces.clone() {
        let turn = &turns[at];
        if &*turn.speaker == SPEAKER {
            continue;
        }
        let is_aside = turn.speaker.is_empty();
        let goes_on = turns[at + 1..].iter().any(|next| !next.text.is_blank());
        let mut byte = 0;
        for line in turn.text.by_whole_lines() {
            let start = byte;
            byte += line.len();
            if line.is_blank() {
                continue;
            }
            let (above, below) = (&turn.text[..start], &turn.text[byte..]);
            let place = Line { words: line.trim(), above, below, is_aside, goes_on, is_first: at == pieces.start };
            if let Some(is_sure) = place.heads(&mut seen) {
                let is_sure = is_sure && !is_written_so(&turns[..pieces.start], line.trim());
                let tail = Tail { turn: at, byte: over_rules(&turn.text, start), is_sure };
                if is_sure {
                    return Some(tail);
                }
                doubtful = doubtful.or(Some(tail));
            }
            seen.lines.push(place);
        }
    }
    doubtful
}

/// The lines above, whose form is looked at where a heading may stand below them.
#[derive(Default)]
struct Seen<'t> {
    lines: Vec<Line<'t>>,
    written: Written,
}

impl Seen<'_> {
    fn written(&mut self) -> Written {
        self.lines.drain(..).for_each(|line| self.written.add(&line));
        self.written
    }
}

/// How lines were written that may be headings, too.
#[derive(Clone, Copy, Default)]
struct Written {
    short: bool,
    hash: bool,
    bold: bool,
}

impl Written {
    fn add(&mut self, line: &Line<'_>) {
        if super::is_notice(line.words) || closing(line.words) == Some(Closing::Sure) {
            return;
        }
        self.hash |= line.is_aside || is_hash(line.words);
        self.bold |= is_bold(line.words);
        let ends = line.words.ends_with(|c: char| !c.is_alphanumeric() && !matches!(c, ':' | '*'));
        let is_alone = (line.above.is_empty() || line.has_blank_above()) && line.has_blank_below();
        let has_words = line.words.contains(char::is_alphabetic);
        self.short |= has_words && is_alone && !ends && line.words.split_whitespace().count() <= FEW;
    }
}

/// A line, and what stands around it in its turn.
struct Line<'t> {
    words: &'t str,
    above: &'t str,
    below: &'t str,
    is_aside: bool,
    /// Whether another piece follows.
    goes_on: bool,
    /// Whether it stands in the first piece of the turn.
    is_first: bool,
}

impl Line<'_> {
    fn has_blank_above(&self) -> bool {
        ends_in_blank(self.above)
    }

    fn has_blank_below(&self) -> bool {
        self.below.by_lines().next().is_none_or(|line| line.is_blank())
    }

    /// Whether it heads what nobody said, and for sure.
    fn heads(&self, seen: &mut Seen<'_>) -> Option<bool> {
        if self.is_first && self.above.is_blank() && !self.is_aside {
            return None;
        }
        let is_below_rule = self.above.lines().rev().find(|line| !line.is_blank()).is_some_and(is_rule);
        let is_set_off = self.is_aside || self.has_blank_above() || is_below_rule || self.above.is_empty();
        if certificate::is_heading(self.words) || certificate::begins(self.words) {
            return Some(is_set_off && !seen.written().short);
        }
        if let Some(kind) = heading(self.words) {
            let is_marked = self.is_aside || is_hash(self.words) || is_bold(self.words);
            let has_block = self.goes_on || !self.below.is_blank();
            let seen = seen.written();
            let looks_alike = if self.is_aside || is_hash(self.words) {
                seen.hash
            } else if is_bold(self.words) {
                seen.bold
            } else {
                seen.short || self.above.trim_end().ends_with([':', ','])
            };
            let is_kind = match kind {
                Kind::Loose => is_marked || is_below_rule,
                Kind::Listed => are_listed(self.below) || (self.is_aside && self.goes_on),
                Kind::Named | Kind::Jargon | Kind::Plain => true,
            };
            let is_block = has_block || is_marked || kind == Kind::Named;
            return Some((is_set_off || is_marked) && !looks_alike && is_kind && is_block);
        }
        // Nobody says `O/E`.
        let is_clinical = || self.words.split(':').next().is_some_and(|label| label.contains('/'));
        let (kind, said) = label(self.words).filter(|_| is_set_off || is_clinical())?;
        let is_known = match kind {
            // People say `Memo: never again.`, too.
            Kind::Named => !self.words.to_lowercase().contains("memo") || notes::of_talk(said),
            Kind::Jargon => !speaks(&said.to_lowercase().replace('’', "'")),
            Kind::Plain | Kind::Listed | Kind::Loose => false,
        };
        Some(is_known && !self.above.trim_end().ends_with([':', ',']))
    }
}

/// Whether people head their own words like a line that is marked as a heading, as in chats with a machine.
fn is_written_so(turns: &[RawTurn], heading: &str) -> bool {
    let is_alike = |line: &str| if is_hash(heading) { is_hash(line) } else { is_bold(heading) && is_bold(line) };
    (is_hash(heading) || is_bold(heading))
        && turns.iter().filter(|turn| !turn.speaker.is_empty()).any(|turn| {
            // The title of a part stands last in a turn.
            let mut lines = turn.text.by_lines().map(str::trim).filter(|line| !line.is_empty()).peekable();
            std::iter::from_fn(|| lines.next().map(|line| (line, lines.peek().is_some())))
                .any(|(line, goes_on)| goes_on && is_alike(line))
        })
}

/// Where the rules above a place begin.
pub(super) fn over_rules(text: &str, start: usize) -> usize {
    let mut from = start;
    while let Some(line) = text[..from].trim_end().rsplit('\n').next().filter(|line| is_rule(line)) {
        from = text[..from].trim_end().len() - line.len();
    }
    from
}

/// `_____`, `- - - - -`
fn is_rule(line: &str) -> bool {
    let line = line.trim();
    line.chars().all(|c| " -_=*~–—".contains(c)) && line.chars().filter(|c| *c != ' ').count() >= MARKS
}

fn is_hash(line: &str) -> bool {
    line.starts_with('#')
}

fn is_bold(line: &str) -> bool {
    let line = line.trim_end_matches(':');
    line.len() > 4 && ["**", "__"].iter().any(|mark| line.starts_with(mark) && line.ends_with(mark))
}

/// Whether a turn at the end stands under such a heading: `Keywords: bees`, `Duration: 43:12`.
fn is_label(turn: &RawTurn) -> bool {
    // Where `Notes` is a speaker, a table or a program says so.
    (kind(&turn.speaker).is_some_and(|kind| !matches!(kind, Kind::Loose | Kind::Listed))
        && !turn.speaker.eq_ignore_ascii_case("notes"))
        || closes_by_lines(turn)
}

/// Whether the first line with its label, and each below, closes a transcript: `Transkrypcja: Ida Lund`.
fn closes_by_lines(turn: &RawTurn) -> bool {
    let mut lines = turn.text.by_lines().filter(|line| !line.is_blank());
    let first = lines.next().unwrap_or_default();
    closing(&format!("{}: {first}", turn.speaker)).is_some()
        && lines.all(|line| super::is_notice(line) || closing(line).is_some())
}

/// What a line heads that is nothing but a heading.
fn heading(line: &str) -> Option<Kind> {
    let line = line.trim_end_matches(['*', '_', ' ']);
    let opens = line.chars().find(|c| c.is_alphabetic()).is_some_and(|c| !c.is_lowercase());
    if !(opens || is_count_of_comments(&line.trim_start_matches(['#', ' ']).to_lowercase()))
        || line.ends_with(['.', '?', '!', ',', ';', '…', '"', '”', '»', '“', ')'])
    {
        return None;
    }
    kind(line)
}

/// What stands in front of a colon, and the words behind it.
fn label(line: &str) -> Option<(Kind, &str)> {
    let (label, said) = line.split_once([':', '：'])?;
    label.trim_start_matches(['*', '_', '#', ' ']).starts_with(char::is_uppercase).then_some(())?;
    Some((kind(label)?, said))
}

fn kind(words: &str) -> Option<Kind> {
    let bare = words.trim_matches(|c: char| !c.is_alphanumeric());
    let text: String = bare.to_lowercase().replace('’', "'").split_whitespace().collect::<Vec<_>>().join(" ");
    let is_of = |list: &[&str]| list.contains(&text.as_str());
    if is_of(MEMOS) || is_named(&text) {
        return Some(Kind::Named);
    }
    [(JARGON, Kind::Jargon), (PLAIN, Kind::Plain), (LOOSE, Kind::Loose)]
        .into_iter()
        .find(|(list, _)| is_of(list))
        .map(|(_, kind)| kind)
        .or_else(|| (is_of(APPENDED) || is_count_of_comments(&text)).then_some(Kind::Plain))
        .or_else(|| is_of(LISTED).then_some(Kind::Listed))
}

/// `2 comments`, above what readers of a page wrote.
fn is_count_of_comments(text: &str) -> bool {
    text.split_once(' ').is_some_and(|(n, what)| {
        let is_number = n.len() <= 4 && n.bytes().all(|b| b.is_ascii_digit());
        is_number && matches!(what, "comment" | "comments" | "kommentare" | "commentaires" | "comentarios" | "commenti")
    })
}

/// Whether lines are those of an index or of numbered notes: `mills, 3, 12`, `[1] The mill …`, `1. …`.
fn are_listed(below: &str) -> bool {
    let mut lines = below.by_lines().map(str::trim).filter(|line| !line.is_empty()).take(LISTED_LINES).peekable();
    let is_place = |line: &str| {
        let pages = line.rsplit_once(", ").is_some_and(|(_, page)| page.starts_with(|c: char| c.is_ascii_digit()));
        pages && line.ends_with(|c: char| c.is_ascii_digit())
    };
    let is_numbered = |line: &str| line.trim_start_matches(['[', '(']).starts_with(|c: char| c.is_ascii_digit());
    lines.peek().is_some() && lines.all(|line| is_place(line) || is_numbered(line))
}

/// `Comments on the interview`, `Researcher reflections`, `AI notes`
fn is_named(text: &str) -> bool {
    let words: Vec<&str> = text.split(' ').collect();
    let [first, inner @ .., last] = &words[..] else { return false };
    if words.len() > FEW {
        return false;
    }
    let is_of_interview =
        WRITTEN.contains(first) && INTERVIEW.contains(last) && inner.iter().all(|word| BETWEEN.contains(word));
    let before = text.strip_suffix(last).unwrap_or_default().trim_end();
    let taker = before.strip_suffix("'s").or_else(|| before.strip_suffix("s'")).unwrap_or(before);
    is_of_interview || (WRITTEN.contains(last) && (BEFORE.contains(&before) || NOTE_TAKERS.contains(&taker)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn turn(speaker: &str, text: &str) -> RawTurn {
        let span = 0..text.chars().count();
        RawTurn { speaker: speaker.into(), document: 0, span, line: 1, times: Vec::new(), text: text.into() }
    }

    /// What is said to begin the tail below two turns, and whether for sure.
    fn tail(text: &str) -> Option<(String, bool)> {
        let turns = [turn("Ann", "Why?"), turn("Tom", text)];
        find(&turns, &|_| false).map(|tail| (text[tail.byte..].to_owned(), tail.is_sure))
    }

    #[test]
    fn a_heading_below_the_last_answer_begins_what_is_nobodys() {
        for part in [
            "Summary\n\nTom keeps bees. He lost them.",
            "Summary\nTom keeps bees.",
            "Key Takeaways:\n\n- Tom keeps bees\n- Winter was hard",
            "Action Items\n\nTom to send photos",
            "Action items:\n- Tom to send photos",
            "Notes\n\nHe showed me the hives afterwards.",
            "Chapters & Topics\n\nBees and winters",
            "Zusammenfassung\n\nTom hält Bienen.",
            "Post-interview reflection\n\nI felt that he was holding back.",
            "Researcher reflections: he was holding back.",
            "Researcher’s reflections: I felt tired.",
            "Comments on the interview\nThe respondent was friendly.",
            "Notizen zum Interview: Die Befragte wirkte müde.",
            "Remarques sur l’entretien\n\nIl était fatigué.",
            "- - - - -\nSummary\nTom keeps bees.",
            "_____\n\nNext steps\n\nAnn will write.",
            "## Next steps\n\nAnn will write.",
            "**Summary:**\n\nTom keeps bees.",
            "📝 Meeting notes\n\nTom keeps bees.",
            "AI summary\n\nTom keeps bees.",
            "Memo: The respondent was friendly throughout.",
            "Postscript: We then walked through the garden. The dog was calmer.",
            "Keywords: bees, hives",
            "Cite this page\n\nReed, Tom. Talk with Ann, 3 May 2031.",
            "Related articles\n\nBees in winter",
            "2 comments\n\nhiver Lovely talk!",
            "Glossary\n\nBrood: eggs and larvae",
            "INDEX\n\nbrood, 3\nwinter, 2, 5-7",
            "Note\n\n[1] The winter of 2029.\n[2] A hive.",
            "Lees ook: Bijen in de winter",
            "Mots-clés : abeilles, ruches",
            "Comments on the interview",
            "## Summary",
            "要約\n\nトムはミツバチを飼っている。",
            "REPORTER'S CERTIFICATE\n\nI, Dana Cole, do hereby certify that the foregoing is true.",
            "I, Dana Cole, Court Reporter, do hereby certify that the foregoing is a true transcript.\n\nDANA COLE",
        ] {
            assert_eq!(tail(&format!("We left them.\nAll of us.\n\n{part}")), Some((part.to_owned(), true)), "{part}");
        }
    }

    #[test]
    fn words_below_a_word_for_a_list_are_somebodys() {
        for text in ["We left.\n\nIndex\n\nIt was the word for it.", "We left.\n\n2 comments, no more."] {
            assert!(tail(text).is_none_or(|(_, is_sure)| !is_sure), "{text}");
        }
    }

    #[test]
    fn what_may_be_said_is_doubtful() {
        for part in [
            "Summary: never again.",
            "Memo: never buy cheap veils.",
            "Memo: the interview is on Monday.",
            "Notes: I always take them on paper.",
            "Comments: I have none, apart from the goat.",
            "Codes: I forget all of mine.",
            "Next steps\n\nI will sell them.",
            "Themes: loss, club",
            "Summary",
            "Notes",
        ] {
            let found = tail(&format!("We left them.\n\n{part}"));
            assert_eq!(found, Some((part.to_owned(), false)), "{part}");
        }
        for (above, part) in [
            // One of several headings of what somebody wrote.
            ("It has two parts.\n\nBefore\n\nI fear it.", "Summary\n\nI fear it and I do it."),
            ("## Before\n\nI fear it.", "## Summary\n\nI fear it and I do it."),
            ("**Before**\n\nI fear it.", "**Summary**\n\nI fear it and I do it."),
            // An item of a list, the end of a sentence, a line within a paragraph.
            ("Calls", "Notes\n\nVisits"),
            ("My day is made of:", "Notes\n\nand calls."),
        ] {
            let found = tail(&format!("{above}\n\n{part}"));
            assert_eq!(found, Some((part.to_owned(), false)), "{above}");
        }
        assert_eq!(tail("We left.\nNotes\nof the band").map(|(_, is_sure)| is_sure), Some(false));
    }

    #[test]
    fn what_people_say_heads_nothing() {
        for text in [
            "Summary\n\nTom keeps bees.",
            "Notes",
            "Key takeaways: none.",
            "We left.\n\nTo summarise: it was worth it.",
            "We left.\n\nIn summary\n\nit was worth it.",
            "We left.\n\nSummary.\n\nThat was the word.",
            "We left.\n\nNotes?\n\nNo, never.",
            "We left.\n\nnotes\n\nand so on",
            "We left.\n\nMemo to self: buy a veil.",
            "We left.\n\nMy notes of the interview: lost.",
            "We left.\n\nP.S. my bees are for sale.",
            "We left.\n\nThe summary\n\nof it all.",
            "We left.\n\nTotal: 40 kilos of honey, all sold.",
            "We left.\nKeywords: bees",
            "We left.\n\nCERTIFICATE OF BIRTH\n\nIt was lost.",
            "REPORTER'S CERTIFICATE\n\nThat was on the wall.",
        ] {
            assert_eq!(tail(text), None, "{text}");
        }
        // One person's own words have headings of their own.
        let own = [turn("Tom", "I kept them."), turn("Tom", "We left.\n\nSummary\n\nI kept bees.")];
        assert_eq!(find(&own, &|_| false), None);
        // So have the turns of a chat; titles between turns are another thing.
        let chat = |first: &str| {
            let last = "No.\n\n## Summary\nIt is.";
            [turn("Ann", "Why?"), turn("AI", first), turn("Ann", "And?"), turn("AI", last)]
        };
        let is_sure = |first: &str| find(&chat(first), &|_| false).map(|tail| tail.is_sure);
        assert_eq!(is_sure("So.\n\n## Reasons\nMany."), Some(false));
        assert_eq!(is_sure("So.\n\n## The second year"), Some(true));
        // Turns go on below.
        let turns = [turn("Ann", "Why?"), turn("Tom", "So.\n\nSummary\n\nof it"), turn("Ann", "And?")];
        assert_eq!(find(&turns, &|_| false), None);
    }

    #[test]
    fn a_label_below_the_last_answer_is_no_participant() {
        let talk = |labels: &[(&str, &str)]| {
            let below = labels.iter().map(|(label, text)| turn(label, text));
            [turn("Ann", "Why?"), turn("Tom", "We left.")].into_iter().chain(below).collect::<Vec<_>>()
        };
        for label in ["Memo", "Postscript", "Remarques", "Keywords", "Codes", "Résumé", "Interview notes", "O/E"] {
            let turns = talk(&[(label, "Tom was tired.")]);
            assert_eq!(find(&turns, &|_| false), Some(Tail { turn: 2, byte: 0, is_sure: true }), "{label}");
            assert_eq!(find(&turns, &|given| given == label), None, "{label}");
            // Who speaks above is somebody.
            let turns = [talk(&[(label, "So did I.")]), talk(&[(label, "And I.")])].concat();
            assert_eq!(find(&turns, &|_| false), None, "{label}");
        }
        assert_eq!(find(&talk(&[("Duration", "43:12")]), &|_| false).map(|tail| tail.turn), Some(2));
        let turns = talk(&[("Keywords", "bees"), ("Codes", "B1")]);
        assert_eq!(find(&turns, &|_| false).map(|tail| tail.turn), Some(2));
        let twice = find(&talk(&[("Memo", "So did he."), ("Memo", "And she.")]), &|_| false);
        assert_eq!(twice, Some(Tail { turn: 2, byte: 0, is_sure: false }));
        for label in ["Eva", "Topics", "Duration", "Notes"] {
            assert_eq!(find(&talk(&[(label, "We left, too.")]), &|_| false), None, "{label}");
        }
    }

    #[test]
    fn a_heading_of_a_document_begins_it_too() {
        let turns = |heading: &str| [turn("Ann", "Why?"), turn("Tom", "So."), turn("", heading), turn("Tom", "Bees.")];
        assert_eq!(find(&turns("# Summary"), &|_| false), Some(Tail { turn: 2, byte: 0, is_sure: true }));
        assert_eq!(find(&turns("# Work"), &|_| false), None);
        let two = [&turns("# Work")[..], &turns("# Summary")[2..]].concat();
        assert_eq!(find(&two, &|_| false), Some(Tail { turn: 4, byte: 0, is_sure: false }));
    }
}
