//! Signs that transcribers put in front of a label: `→ Tom:` and `-> Tom:` where a line is spoken of elsewhere,
//! `¶ Tom:`, `= Tom:`.
//!
//! In: a line, and of candidates their names and what stands before them. Out: how long the sign is, and the candidates
//! of which the name also stands without one, or comes often. It knows none that may set off a list or what is quoted, such as `-`
//! and `>`: those are for [`strays`](super::strays).

/// The signs.
#[rustfmt::skip]
const SIGNS: &[&str] = &[
    "->", "-->", "=>", "==>", "→", "⇒", "➔", "➜", "➡", "►", "▶", "▸", "▷", "¶", "=", "==", "~", "+", "|", "/", "//",
    "°", "^",
];
/// From so many on a name may always have a sign before it.
const OFTEN: usize = 4;

/// Bytes of the sign that a line starts with, and of the white space around it.
pub(super) fn mark(line: &str) -> usize {
    let body = line.trim_start();
    let Some(first) = body.chars().next().filter(|c| !c.is_alphanumeric()) else { return 0 };
    if !SIGNS.iter().any(|sign| sign.starts_with(first)) {
        return 0;
    }
    let end = body.find(|c: char| c.is_alphanumeric() || c.is_whitespace() || matches!(c, '*' | '_' | '['));
    let (sign, rest) = body.split_at(end.unwrap_or(body.len()));
    let is_sign = SIGNS.contains(&sign) && !rest.trim().is_empty();
    if is_sign { line.len() - rest.trim_start_matches([' ', '\t']).len() } else { 0 }
}

/// Which candidates stay: not those behind a sign whose name stands nowhere without one and does not come often. For each
/// candidate the key of its name, below `n_keys`, and whether it is behind a sign.
pub(super) fn kept(candidates: &[(usize, bool)], n_keys: usize) -> Vec<bool> {
    let mut counts = vec![0; n_keys];
    let mut is_bare = vec![false; n_keys];
    for &(key, is_marked) in candidates {
        counts[key] += 1;
        is_bare[key] |= !is_marked;
    }
    candidates.iter().map(|&(key, is_marked)| !is_marked || is_bare[key] || counts[key] >= OFTEN).collect()
}

#[cfg(test)]
mod tests {
    use super::super::super::speakers::Names;
    use super::super::read;

    const TALK: &str = "Ann: How long was it?\n\nTom: Twenty years\nor so.\n\nAnn: And why?\n\n{}\n\n\
                        Ann: What else?\n\nTom: The winter.\n\nAnn: So?\n\nTom: No more.";

    fn found(text: &str) -> (Vec<String>, usize) {
        let read = read(text, &Names::default()).unwrap_or_default();
        (read.stretches.into_iter().map(|s| format!("{}/{}", s.label, &text[s.text])).collect(), read.remarks.len())
    }

    #[test]
    fn a_known_label_behind_a_sign_is_that_label() {
        for sign in ["-> ", "→ ", "--> ", "=> ", "¶ ", "▶ ", "= ", "~", "| ", "// ", "+ ", "  →  "] {
            for text in [TALK.to_owned(), TALK.replace("\n\n", "\n")] {
                let (turns, told) = found(&text.replace("{}", &format!("{sign}Tom: The smell.")));
                assert_eq!((turns.len(), turns[3].as_str(), told), (8, "Tom/The smell.", 0), "{sign} {turns:?}");
            }
        }
        let numbers = |text: &str| -> String {
            text.lines().enumerate().map(|(n, line)| format!("{:>3}  {line}\n", n + 1)).collect()
        };
        let text = TALK.replace("\n\n", "\n").replace("{}", "-> Tom: The smell.");
        assert_eq!(found(&numbers(&text)).0.len(), 8);
    }

    #[test]
    fn what_else_stands_behind_a_sign_is_said() {
        for said in ["-> Salt: The sea.", "→ Good: The smell.", "|Name: Tom|", "-> So: The smell."] {
            let (turns, _) = found(&TALK.replace("{}", &format!("Tom: Two.\n\n{said}")));
            assert_eq!((turns.len(), turns[3].as_str()), (8, format!("Tom/Two.\n\n{said}").as_str()), "{turns:?}");
        }
        for (line, bytes) in [("-> Tom", 3), ("->Tom", 2), ("- Tom", 0), ("> Tom", 0), ("Tom", 0), ("->", 0), ("", 0)] {
            assert_eq!(super::mark(line), bytes, "{line}");
        }
    }
}
