//! Whether words of English are a statement that stands alone: a subject, a finite verb, nothing that points
//! outside.

use super::*;

use crate::theme::clauses::lexicon::{self, Form};

/// Whether a stretch of words can be read by itself.
pub(super) fn stands(said: &[Word], is_whole: bool) -> bool {
    let inner_gaps = || said[1..].iter().map(|word| word.gap);
    let (Some(first), Some(last)) = (said.first(), said.last()) else { return false };
    if inner_gaps().any(|gap| matches!(gap, Gap::Border | Gap::Colon))
        || inner_gaps().filter(|gap| *gap == Gap::Comma).count() > MOST_COMMAS
    {
        return false;
    }
    if NEVER_LAST.has(&last.lower)
        || last.is_pointing() && !POINT_AT_SEVERAL.has(&last.lower) && !POINT_AT_ONE.has(&last.lower)
    {
        return false;
    }
    if (0..said.len()).any(|at| lexicon::fillers().any(|filler| says(said, at, filler).is_some())) {
        return false;
    }
    let is_what_you_said = |at: usize| {
        said[at].lower == "you"
            && said[at + 1..].iter().find(|word| !word.is_adverb()).is_some_and(|word| SAID_BEFORE.has(&word.lower))
    };
    if (0..said.len()).any(is_what_you_said) {
        return false;
    }
    if said.windows(2).any(|pair| pair[0].lower == pair[1].lower) {
        return false;
    }
    is_statement(said, first, is_whole) && points_at_nothing_outside(said)
}

/// Has a subject and a finite verb, or is a whole sentence that needs none.
fn is_statement(said: &[Word], first: &Word, is_whole: bool) -> bool {
    let opens_with_it = first.base() == "it" && expletive(said, 0);
    let condition = CONDITIONS.has(&first.lower);
    // "If not, …": what is not stands in what was said before.
    if first.lower == "if" && said.get(1).is_some_and(|next| matches!(next.lower.as_str(), "not" | "so")) {
        return false;
    }
    if condition && is_whole {
        // The condition, a comma, and what holds under it.
        let comma = (1..said.len()).rfind(|&at| said[at].gap == Gap::Comma);
        return comma.is_some_and(|comma| {
            let main = &said[comma..];
            let resolved = matches!(main[0].base(), "it" | "they" | "he" | "she"); // by what stands in the condition
            main.len() > 1
                && (resolved && (0..main.len()).any(|at| is_finite(main, at)) || is_statement(main, &main[0], false))
        });
    }
    if is_whole && first.is_gerund() && first.capitalised {
        return said.len() > 3 && said[1..].iter().all(|word| word.gap == Gap::Space);
    }
    if is_whole
        && (IMPERATIVES.has(&first.lower)
            || matches!(first.lower.as_str(), "don't" | "never") && said[1].form() == Some(Form::Base))
    {
        return !NOMINATIVE.has(said[1].base())
            && !AUXILIARIES.has(&said[1].lower)
            && !PREPOSITIONS.has(&said[1].lower);
    }
    if !opens_with_it && (NEVER_FIRST.has(&first.lower) || first.base() == "it") {
        return false;
    }
    if first.lower == "there" && !said.get(1).is_some_and(|next| BE.has(&next.lower) || AUXILIARIES.has(&next.lower)) {
        return false;
    }
    // "both", "most", "some" and their verb: of whom?
    if DETERMINERS.has(&first.lower)
        && said
            .get(1)
            .is_none_or(|next| AUXILIARIES.has(&next.lower) || next.lower == "of" || POINT_AT_SEVERAL.has(&next.lower))
    {
        return false;
    }
    if first.form().is_some() && !first.is_gerund() && !starts_with_noun(said) {
        return false;
    }
    let finite: Vec<usize> = (0..said.len()).filter(|&at| is_finite(said, at)).collect();
    let Some(&last_finite) = finite.last() else { return false };
    let opened = (1..last_finite).filter(|&at| opens_inside(said, at)).count();
    // ", so my husband" of ", so my husband and I can plan": what is joined on has its verb too.
    let joined = (1..said.len()).rfind(|&at| said[at].gap == Gap::Comma && CONJUNCTIONS.has(&said[at].lower));
    finite.len() > opened && joined.is_none_or(|at| last_finite > at)
}

/// "Work is …", "Research takes …": a noun that looks like a verb.
fn starts_with_noun(said: &[Word]) -> bool {
    said.get(1).is_some_and(|next| {
        (AUXILIARIES.has(&next.lower) && !next.lower.starts_with('d')) || next.form() == Some(Form::ThirdPerson)
    })
}

/// Whether a word opens a clause with a verb of its own.
fn opens_inside(said: &[Word], at: usize) -> bool {
    let word = &said[at];
    let next = said.get(at + 1);
    if OPEN_A_CLAUSE.has(&word.lower) && !NOMINATIVE.has(&word.lower) || word.lower == "who" {
        let infinite = next.is_some_and(|next| next.lower == "to" || next.is_gerund());
        let nominative = next.is_some_and(|next| NOMINATIVE.has(next.base()));
        return !infinite && !nominative; // counted at the pronoun then
    }
    NOMINATIVE.has(word.base()) && said[at - 1].lower != "and"
        || NOMINATIVE.has(word.base()) && is_finite_after(said, at)
}

fn is_finite_after(said: &[Word], at: usize) -> bool {
    said[at].has_verb() || (at + 1..said.len()).take(3).any(|next| is_finite(said, next))
}

/// The last word before `at` that is no adverb.
pub(super) fn before(said: &[Word], at: usize) -> Option<&Word> {
    said[..at].iter().rfind(|word| !word.is_adverb())
}

/// Whether a word is a finite verb, or a pronoun with one (`I'm`).
fn is_finite(said: &[Word], at: usize) -> bool {
    let word = &said[at];
    if word.has_verb() {
        return word.base() != "that" || at > 0;
    }
    let Some(before) = before(said, at) else { return false };
    let group = AUXILIARIES.has(&before.lower) && !BE.has(&before.lower)
        || before.lower == "to"
        || (before.has_verb() && !before.lower.ends_with("'s"));
    if AUXILIARIES.has(&word.lower) {
        return !group;
    }
    if group || word.is_adverb() {
        return false;
    }
    if matches!(before.base(), "i" | "we" | "they" | "he" | "she" | "who") && !before.has_verb() {
        return (!word.is_function_word() || word.form().is_some()) && !word.is_gerund();
    }
    let object = PREPOSITIONS.has(&before.lower)
        || DETERMINERS.has(&before.lower) && before.lower != "that"
        || AUXILIARIES.has(&before.lower)
        || CONJUNCTIONS.has(&before.lower);
    match word.form() {
        Some(Form::ThirdPerson) => {
            // "some small edits", "many long walks": a noun.
            let of_several = at.checked_sub(2).is_some_and(|two| SEVERAL.has(&said[two].lower));
            !object
                && !of_several
                && before.form().is_none_or(|form| form == Form::Base && before.capitalised || before.is_gerund())
                && !before.is_plural()
        }
        Some(Form::Base) => {
            let subject_you = before.lower == "you" && is_subject(said, before);
            subject_you || before.lower == "people" || before.is_plural() && before.form().is_none()
        }
        Some(Form::PastOnly) => !object,
        Some(Form::Past) => SINGULAR_SUBJECTS.has(&before.lower) || before.lower == "you" && is_subject(said, before),
        None => false,
    }
}

/// Whether "you" is who acts: at the beginning, or after what opens a clause.
fn is_subject(said: &[Word], you: &Word) -> bool {
    let at = said.iter().position(|word| word.range == you.range).unwrap_or(0);
    at == 0
        || you.gap == Gap::Comma
        || OPEN_A_CLAUSE.has(&said[at - 1].lower)
        || CONJUNCTIONS.has(&said[at - 1].lower)
        || matches!(
            said[at - 1].lower.as_str(),
            "think" | "know" | "say" | "as" | "way" | "than" | "everything" | "anything"
        )
}

/// "It is hard to …", "makes it easier to …", "it takes years to …": what "it" is, follows.
fn expletive(said: &[Word], at: usize) -> bool {
    let word = &said[at];
    let ends = |from: usize| {
        let near = said.get(from..said.len().min(from + 6)).unwrap_or_default();
        let mut rest = near.iter().skip_while(|word| !SAID_OF_WHAT_FOLLOWS.has(&word.lower));
        let said_of = rest.next().is_some();
        let direct = near
            .iter()
            .take_while(|word| !SAID_OF_WHAT_FOLLOWS.has(&word.lower))
            .all(|word| word.is_adverb() || DETERMINERS.has(&word.lower) || BE.has(&word.lower) || word.lower == "so");
        let follows = rest.take(5).any(|word| {
            matches!(word.lower.as_str(), "to" | "that" | "when" | "if" | "how" | "for") || word.is_gerund()
        });
        said_of && direct && follows
    };
    if word.lower == "it's" {
        return ends(at + 1);
    }
    if word.lower != "it" {
        return false;
    }
    let opens = said.get(at + 1).is_some_and(|next| IT_WITH_VERB.has(&next.lower));
    let made = at > 0 && MAKING_IT.has(&said[at - 1].lower);
    // "when it comes to …"
    let comes = said.get(at + 1).is_some_and(|next| next.lower == "comes")
        && said.get(at + 2).is_some_and(|next| next.lower == "to");
    opens && ends(at + 2) || made && ends(at + 1) || comes && at > 0
}

/// No pronoun hangs in the air: each has a noun before it in the same clause that it can mean.
fn points_at_nothing_outside(said: &[Word]) -> bool {
    said.iter().enumerate().all(|(at, word)| {
        let w = word.base();
        let earlier = &said[..at];
        let next = said.get(at + 1);
        if w == "that" {
            return that_is_no_pronoun(said, at);
        }
        if w == "there" {
            return next
                .is_some_and(|next| BE.has(&next.lower) || AUXILIARIES.has(&next.lower) || next.lower == "being")
                || word.lower == "there's";
        }
        if w == "one" {
            return at > 0 && matches!(said[at - 1].lower.as_str(), "no" | "any" | "every")
                || next.is_some_and(|next| next.lower == "of");
        }
        if POINT_AWAY.has(w) {
            return false;
        }
        // "I can't relax with it near me": what stands in the same breath is another thing.
        let own = OWN_PRONOUNS.has(w);
        let border = (1..=at).rfind(|&at| {
            let word = &said[at];
            word.gap == Gap::Comma
                || CONJUNCTIONS.has(&word.lower)
                || OPEN_A_CLAUSE.has(&word.lower)
                || word.lower == "to"
        });
        let earlier = if own { earlier } else { &said[..border.unwrap_or(0)] };
        if POINT_AT_ONE.has(w) {
            return expletive(said, at) || names(earlier, |word| !word.is_plural());
        }
        if POINT_AT_SEVERAL.has(w) {
            let general = earlier.iter().any(|word| ANYBODY.has(&word.lower));
            return general || names(earlier, Word::is_plural);
        }
        if POINT_AT_SOMEBODY.has(w) {
            return names(earlier, |word| !word.is_plural() && !word.capitalised);
        }
        // "some are", "most do": of whom?
        true
    })
}

/// Whether a noun stands among the words that fits: after a determiner, capitalised, or as the subject.
pub(super) fn names(said: &[Word], fits: impl Fn(&Word) -> bool) -> bool {
    said.iter().enumerate().any(|(at, word)| {
        if word.is_function_word() || word.is_gerund() || !fits(word) {
            return false;
        }
        let determined = said[..at].iter().rev().take(3).any(|before| DETERMINERS.has(&before.lower));
        let proper = at > 0 && word.capitalised;
        let subject = said[..=at].iter().all(|word| !word.is_function_word() && (word.form().is_none() || at == 0));
        let plural_object = word.is_plural() && word.form().is_none();
        determined && word.form() != Some(Form::Past) || proper || subject || plural_object
    })
}

/// "that" opens a clause ("a tool that helps", "worried that I …") and is no "that".
fn that_is_no_pronoun(said: &[Word], at: usize) -> bool {
    let (Some(next), Some(before)) = (said.get(at + 1), at.checked_sub(1).map(|at| &said[at])) else { return false };
    if said[at].lower != "that" {
        return false; // "that's": the thing said before
    }
    let opens = NOMINATIVE.has(next.base())
        || GENERAL_SUBJECTS.has(next.base())
        || DETERMINERS.has(&next.lower)
        || matches!(next.base(), "it" | "there")
        || next.capitalised;
    let noun_before =
        !before.is_function_word() && (before.form().is_none() || before.gap == Gap::Space && before.is_plural());
    let relative = noun_before && (AUXILIARIES.has(&next.lower) || next.form().is_some() || next.is_adverb());
    let thought = BEFORE_THAT.has(&before.lower) || before.form().is_some() || !before.is_function_word();
    opens && thought || relative || before.lower == "so" && opens
}
