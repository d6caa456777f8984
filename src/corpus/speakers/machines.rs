//! Parts that programs write beside a machine and whoever types to it: `developer`, `function`, `moderation`.
//!
//! In: a label and those beside it, in the form in which labels are compared. Out: whether it is such a part, whose words
//! nobody said. Beside names, or without a machine and somebody who types, the same word may be somebody; it is left to
//! others then.

/// Machines that talk.
const MACHINES: &[&str] = &["assistant", "model", "ai", "bot", "chatbot", "chatgpt", "gpt", "claude", "gemini"];
/// Whoever types to them.
const WHO_TYPE: &[&str] = &["user", "human"];
/// What is written between the two, besides `system` and `tool`, which name nobody anywhere.
#[rustfmt::skip]
const PARTS: &[&str] = &[
    "developer", "function", "ipython", "moderation", "narrator", "critic", "environment", "platform", "context",
    "event", "observation", "thought", "reasoning", "retrieval", "state", "metadata", "debug", "log", "root",
    "system_prompt", "system prompt", "instructions", "function_call", "function_response", "function_result",
    "tool_call", "tool_calls", "tool_use", "tool_result", "tool_response",
];

/// Whether a label is a part of a program, beside a machine and somebody who types.
pub(super) fn is_part<'k>(key: &str, others: impl Iterator<Item = &'k str> + Clone) -> bool {
    let has = |names: &[&str]| others.clone().any(|other| names.contains(&other));
    PARTS.contains(&key) && has(MACHINES) && has(WHO_TYPE)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::{ReadOptions, read_bytes};

    #[test]
    fn parts_stand_beside_a_machine_and_somebody_who_types() {
        let is = |key: &str, others: &[&str]| is_part(key, others.iter().copied());
        for key in ["developer", "function", "moderation", "narrator"] {
            assert!(is(key, &["assistant", "user"]) && is(key, &["model", "human"]), "{key}");
            assert!(!is(key, &["interviewer", "participant"]) && !is(key, &["user"]), "{key}");
        }
        assert!(!is("tom", &["assistant", "user"]) && !is("designer", &["assistant", "user"]));
    }

    /// Who answers, and whether the third one is told.
    fn answering(roles: [&str; 3]) -> (Vec<String>, bool) {
        let [asks, answers, third] = roles;
        let turn = |who: &str, said: &str| format!(r#"{{"role": "{who}", "content": "{said}"}}"#);
        let turns = [
            turn(third, "Ask for one thing at a time and thank them."),
            turn(asks, "When did you start to keep hens?"),
            turn(answers, "When the lane was closed and eggs were dear."),
            turn(asks, "What was hard about it?"),
            turn(answers, "The fox came twice, and we lost four of them."),
        ];
        let json = format!(r#"[{{"id": "h1", "messages": [{}]}}]"#, turns.join(", "));
        let corpus = read_bytes("hens.json", json.into_bytes(), &ReadOptions::default()).unwrap();
        let mut labels: Vec<String> =
            corpus.answers.iter().map(|answer| corpus.turn_of(answer).speaker.to_string()).collect();
        labels.dedup();
        let told = corpus.warnings.iter().any(|told| told.contains(&format!("`{third}` was taken for nobody")));
        (labels, told)
    }

    #[test]
    fn prompts_of_developers_are_nobodys_answers() {
        assert_eq!(answering(["assistant", "user", "developer"]), (vec!["user".to_owned()], true));
        let (labels, told) = answering(["interviewer", "Ann", "developer"]);
        assert_eq!((labels.contains(&"developer".to_owned()), told), (true, false));
    }
}
