use super::*;

fn of(sentence: &str) -> Vec<&str> {
    clauses(sentence).into_iter().map(|clause| &sentence[clause]).collect()
}

/// "My sister and I can plan" is one subject; what is an object ends a clause.
#[test]
fn two_people_are_one_subject() {
    let found = of("We get the rota so early my sister and I can plan our visits.");
    assert!(!found.iter().any(|clause| clause.ends_with("my sister")), "{found:?}");
    let found = of("I always call my sister and I tell her about the rota.");
    assert!(found.contains(&"I always call my sister"), "{found:?}");
}

/// What is taken whole or cut out, and how.
#[test]
fn clauses_that_stand() {
    for (sentence, clause) in [
        ("I worry about losing my own voice.", "I worry about losing my own voice"),
        ("I would say that the rota changes too often.", "the rota changes too often"),
        ("To be honest, I think AI saves me hours every week.", "AI saves me hours every week"),
        ("And clients expect everything by tomorrow.", "clients expect everything by tomorrow"),
        ("It's hard to trust a machine with my notes.", "It's hard to trust a machine with my notes"),
        ("AI makes it easier to start a first draft.", "AI makes it easier to start a first draft"),
        ("Artists lose their income to machines.", "Artists lose their income to machines"),
        ("There is no human touch left, which is a pity.", "There is no human touch left"),
        ("I check every source because AI invents quotes.", "I check every source"),
        ("I check every source because AI invents quotes.", "AI invents quotes"),
        ("The night shift is too long, and I miss my children.", "The night shift is too long"),
        ("The night shift is too long, and I miss my children.", "I miss my children"),
        ("Using AI saves me an hour a day.", "Using AI saves me an hour a day"),
        ("Losing the joy of writing by hand.", "Losing the joy of writing by hand"),
        ("Keep the human in the loop.", "Keep the human in the loop"),
        ("If a machine writes my poems, I am no poet.", "If a machine writes my poems, I am no poet"),
        ("I don't think AI will ever replace nurses.", "I don't think AI will ever replace nurses"),
        ("People think that they know my job.", "People think that they know my job"),
        ("My boss trusts the app – I don't.", "My boss trusts the app"),
        (
            "I open the app in the mornings and then read through every message of the night before breakfast.",
            "I open the app in the mornings",
        ),
        ("When the app fails, it ruins my whole week.", "When the app fails, it ruins my whole week"),
        ("Well, yeah, I guess I just like the control, you know.", "I just like the control"),
        ("However, my patients ask me first.", "my patients ask me first"),
        ("You ask for a day off a month ahead.", "You ask for a day off a month ahead"),
        ("Mmm, hm, I still write every letter.", "I still write every letter"),
        ("My patients ask me about the app.", "My patients ask me about the app"),
        ("I need a tool that respects my style.", "I need a tool that respects my style"),
    ] {
        assert!(of(sentence).contains(&clause), "{sentence:?}: {:?}", of(sentence));
        assert!(of(sentence).iter().all(|clause| !clause.to_lowercase().contains("mmm")), "{sentence:?}");
    }
}

/// What is refused whole, and never cut out.
#[test]
fn clauses_that_do_not_stand() {
    for sentence in [
        "I thought you'd ask.",
        "Ask me again in February.",
        "You asked for a recent project.",
        "You specifically asked for a recent project.",
        "The project you just mentioned took me a year.",
        "It does that.",
        "If not, I copy the whole letter by hand.",
        "If so, I call the ward once more.",
        "However collaborating is rarely a bad experience.",
        "They said so.",
        "It's a great help.",
        "This makes me nervous.",
        "That is why I stopped.",
        "He told me so yesterday.",
        "The tools I use every day.",
        "The tools that I use every day.",
        "Something that helps me a lot.",
        "A loss of human creativity.",
        "Because of the long nights.",
        "Helps me write faster.",
        "I love doing it.",
        "I use it for that.",
        "Which is what I like.",
        "Most of them are fine.",
        "Some are better than others.",
        "Is the rota too long.",
        "How I write my reports.",
        "I would say that.",
        "I really, um, like the control.",
        "I like like the control.",
        "For example, this tool.",
        "One is better.",
        "My work and my.",
        "I have one worry:",
        "There I met nobody.",
        "In terms of the workflow.",
        "I can't relax on my day off with it near me.",
        "I've changed the background on mine.",
        "And then making some small edits.",
        "The jobs they never think of.",
        "Assuming AI improves at research.",
        "I would have searched for a template.",
        "I really appreciate your time and consideration.",
        "I did the same thing here.",
        "Not the way that we work.",
    ] {
        assert_eq!(of(sentence), Vec::<&str>::new(), "{sentence:?}");
    }
}

/// What was left out would have changed what is said.
#[test]
fn nothing_is_cut_out_that_holds_only_with_the_rest() {
    for (sentence, never) in [
        ("If the app fails in the middle of the night again, I will lose every note of the whole week.", "I will lose"),
        (
            "I don't think that AI will replace nurses, and I would never trust a machine with my own mother.",
            "AI will replace nurses",
        ),
        ("I don't refuse the app because the machine is stupid or slow or badly made.", "the machine is stupid"),
        ("I don't refuse the app because it is slow.", "I don't refuse the app"),
        ("Unless somebody checks it, and I have no time at all on most days, the app is dangerous.", "I have no time"),
        ("I use it for emails, reports, and memos.", "reports"),
        ("I trust the nurses and the doctors on the ward.", "I trust the nurses"),
        ("AI gives me a quick and easy way to finish all of my boring reports for the office.", "AI gives me a quick"),
        (
            "My phone told me that the app was opened a hundred and four times in a single week of work.",
            "My phone told me that the app was opened a hundred",
        ),
        (
            "The plan would be to outline, research, draft, cut and polish every single chapter of the book.",
            "The plan would be to outline",
        ),
        (
            "We get the rota six weeks ahead, so my husband and I can plan our holidays.",
            "We get the rota six weeks ahead, so my husband",
        ),
        ("People say AI is a threat, but I like it.", "AI is a threat"),
    ] {
        let found = of(sentence);
        assert!(
            found.iter().all(|clause| !clause.starts_with(never) || clause.len() > never.len() + 12),
            "{sentence:?}: {found:?}"
        );
        assert!(!found.contains(&never), "{sentence:?}: {found:?}");
    }
}
