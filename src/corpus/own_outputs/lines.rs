//! What this program writes line by line: the progress of a command, quotes with their places, a workbook's manifest.
//!
//! In: a text. Out: what it is, as a phrase. It looks at whole lines, and never takes a text in which lines of
//! another kind stand between them, as in an interview.

use super::super::by_lines::ByLines;

/// Lines of a text that show what it is.
const LOOKED_AT: usize = 400;

/// What a text is, where this program wrote its lines.
pub(super) fn told(text: &str) -> Option<&'static str> {
    if is_progress(text) {
        return Some("the progress of a command");
    }
    if is_manifest(text) {
        return Some("the manifest of an analysis");
    }
    are_quotes(text).then_some("quotes of an analysis in Markdown")
}

/// The first lines with something.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.by_lines().map(str::trim).filter(|line| !line.is_empty()).take(LOOKED_AT)
}

/// Whether all lines are steps with their numbers, as `--progress json` writes them, or messages beside them.
fn is_progress(text: &str) -> bool {
    const FIELDS: [&str; 5] = ["\"step\":", "\"done\":", "\"total\":", "\"seconds\":", "\"seconds_left\":"];
    let is_step = |line: &str| line.starts_with('{') && FIELDS.iter().all(|field| line.contains(field));
    let is_message = |line: &str| line.starts_with("{\"message\":");
    text.starts_with('{') && lines(text).all(|line| is_step(line) || is_message(line)) && lines(text).any(is_step)
}

/// Whether a text begins as the sheet of a workbook that says how the analysis was made.
fn is_manifest(text: &str) -> bool {
    let cells = |line: &str| -> Vec<String> {
        line.split([',', ';', '\t']).map(|cell| cell.trim_matches('"').to_owned()).collect()
    };
    if !text.trim_start_matches('"').starts_with("what") {
        return false;
    }
    let mut rows = lines(text).take(4).map(cells);
    rows.next().is_some_and(|titles| titles == ["what", "value"])
        && rows.any(|row| row[0] == "manifest.program" && row.get(1).is_some_and(|of| of.starts_with("leitmotif")))
}

/// Whether a text is made of quotes, two or more with the place below as in `> — ward/ward_03, answer 2`; a few lines
/// may say something else.
fn are_quotes(text: &str) -> bool {
    if !text.starts_with(OPENINGS) {
        return false;
    }
    let (mut n, mut places, mut others) = (0, 0, 0);
    for line in lines(text) {
        n += 1;
        places += usize::from(is_place(line));
        others += usize::from(!line.starts_with(OPENINGS));
    }
    places > 1 && others * 3 <= n
}

/// How the lines of themes in Markdown begin: quotes, facts, titles, tables.
const OPENINGS: [char; 4] = ['>', '-', '#', '|'];

/// `> — ward/ward_03, answer 2`
fn is_place(line: &str) -> bool {
    let place = line.strip_prefix("> — ").and_then(|place| place.split_once(", answer "));
    let Some((who, number)) = place else { return false };
    let is_somebody = who.split_once('/').is_some_and(|(study, person)| !study.is_empty() && !person.is_empty());
    is_somebody && number.starts_with(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_progress_of_a_command_is_known() {
        let numbers = r#""done":0,"total":9,"unit":null,"seconds":0.0,"seconds_left":null"#;
        let step = format!("{{\"step\":\"reading\",{numbers}}}\n");
        let message = "{\"message\":\"note\",\"text\":\"saved in run\"}\n";
        for ours in [step.repeat(2), format!("{step}{message}"), format!("{message}{step}")] {
            assert_eq!(told(&ours), Some("the progress of a command"), "{ours}");
        }
        let talk = "{\"speaker\":\"Ann\",\"text\":\"Which step is done?\"}\n";
        for others in [message.repeat(3), talk.repeat(3), format!("{step}{talk}"), format!("I: Why?\n{step}")] {
            assert_eq!(told(&others), None, "{others}");
        }
    }

    #[test]
    fn a_manifest_is_known() {
        let ours = "what,value\nschema_version,1\nmanifest.program,leitmotif 0.1.0\n";
        for ours in [ours.to_owned(), ours.replace(',', ";"), ours.replace(',', "\t"), ours.replace('\n', "\r\n")] {
            assert_eq!(told(&ours), Some("the manifest of an analysis"), "{ours}");
        }
        for others in ["what,value\nhives,3\n", "what,value\nmanifest.program,another\n", "what\nvalue\n"] {
            assert_eq!(told(others), None, "{others}");
        }
    }

    #[test]
    fn quotes_with_their_places_are_known() {
        let quote = "> “We keep two hives.”\\\n> — bees/bees_03, answer 2\n\n";
        let facts = "- Stability: 0.84, firm\n- Keywords: hives, two\n\nThe least typical passage:\n\n";
        let two = quote.repeat(2);
        for ours in [format!("{facts}{two}"), format!("## Bees\n\n{two}"), two.clone()] {
            assert_eq!(told(&ours), Some("quotes of an analysis in Markdown"), "{ours}");
        }
        let talk = "I: Why bees?\n\nP: For the honey.\n\n";
        for others in [
            quote.to_owned(),
            format!("{two}{talk}{talk}{talk}"),
            format!("{talk}{two}{two}"),
            "> I: Why?\n> P: Because.\n> — Ann, answer 2\n> — she left, answer three\n".to_owned(),
            "- I: Why?\n- P: Because.\n".repeat(3),
        ] {
            assert_eq!(told(&others), None, "{others}");
        }
    }
}
