// The parts of the report's script that know no page, run by themselves.
// node plain.mjs toml FILE…: what the page reads in each codebook.toml, as JSON, one a line: edits, or the error's line.
// node plain.mjs rebase: edits brought from one result to another, on inputs of its own.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const check = (condition, message) => { if (!condition) throw new Error(message); };

const [task, ...files] = process.argv.slice(2);
const assets = join(dirname(fileURLToPath(import.meta.url)), "../../src/report/assets");
const source = ["apply.js", "codebook.js", "toml.js", "rebase.js"].map((name) => readFileSync(join(assets, name), "utf8")).join("\n");
const page = new Function(source + "\nreturn { noEdits, editsOfToml, TomlError, toToml, commentsOfToml, settled, rebased, countsOf, takeOver, hashOf, marksOf, closeness };")();

/** An analysis of passages `{ id: [text, question] }`, themes `{ id: question }` and recurring themes `{ id: [theme, …] }`. */
function known(units, themes, recurring = {}) {
  const owner = (id) => id.slice(0, id.lastIndexOf("#"));
  return {
    hash: (id) => (units[id] ? page.hashOf(units[id][0]) : undefined),
    label: (id) => (themes[id] ? "label of " + id : undefined),
    again: (id, hash) => Object.keys(units).find((other) => owner(other) === owner(id) && page.hashOf(units[other][0]) === hash),
    section: (id) => (units[id] ? units[id][1] : null),
    sectionOfTheme: (id) => themes[id],
    question: (id) => Object.values(themes).includes(id),
    questions: () => [...new Set(Object.values(themes))],
    recurring: () => Object.keys(recurring),
    joined: (id) => recurring[id],
    themes: () => Object.keys(themes),
  };
}

const edits = (some) => ({ ...page.noEdits(), ...some });
const show = (all) => all.map((it) => it.kind + " " + it.key + (it.reason ? ": " + it.reason : "")).sort();
const same = (found, expected, what) => check(JSON.stringify(found) === JSON.stringify(expected), what + ": " + JSON.stringify(found) + " instead of " + JSON.stringify(expected));

function rebase() {
  const before = known({ "s/a#1": ["one", "Q1"], "s/a#2": ["two", "Q1"], "s/b#1": ["three", "Q1"], "s/b#2": ["four", "Q2"] }, { "Q1.1": "Q1", "Q1.2": "Q1", "Q2.1": "Q2" }, { R1: ["Q1.2", "Q2.1"] });
  const kept = (base, after) => ({ base: edits(base), edits: edits(after), marks: page.marksOf(edits(after), before) });
  // What fits, what is there already, and what the codebook says otherwise.
  const made = kept({ name: { "Q1.2": "Old" } }, { name: { "Q1.1": "Mine", "Q1.2": "New" }, memo: { "Q2.1": "Look" }, move: { "s/a#1": "Q1.2" } });
  let found = page.rebased(made, edits({ name: { "Q1.1": "Mine", "Q1.2": "Theirs" } }), before);
  same(show(found.already), ["name Q1.1"], "already there");
  same(show(found.contrary), ["name Q1.2"], "contrary");
  same(show(found.fits), ["memo Q2.1", "move s/a#1"], "fits");
  // Taken over where nothing was: all of it; and then nothing is left to offer.
  const here = edits({ name: { "Q1.2": "Old" } });
  found = page.rebased(made, here, before);
  page.takeOver(here, found.fits, before.sectionOfTheme);
  same(page.settled(here), page.settled(made.edits), "all taken over");
  const again = page.rebased(made, here, before);
  same([again.fits, again.contrary, again.lost], [[], [], []], "twice is once");
  // Another result: a theme and a passage are gone, a passage has another number, one has other words, one was set aside.
  const now = known({ "s/a#1": ["one", "Q1"], "s/a#3": ["two", "Q1"], "s/b#1": ["quite another", "Q1"], "s/b#2": ["four", null] }, { "Q1.1": "Q1", "Q2.1": "Q2" });
  found = page.rebased(kept({}, { hide: { "Q1.2": true }, merge: { "Q1.1": "Q1.2" }, note: { "s/a#2": "n", "s/b#1": "m", "s/b#2": "still a note" }, also: { "s/b#2": ["Q2.1"] }, recurringName: { R1: "r" },
    new: { N1: { question: "Q1", name: "Made", units: ["s/a#1", "s/a#2", "s/b#1", "s/c#1"] } }, category: { Cat: { themes: ["N1", "Q1.2"] } } }), edits(), now);
  same(show(found.fits), ["category Cat", "new N1", "note s/a#3", "note s/b#2"], "what fits another result");
  same(found.fits.find((it) => it.kind === "new").after.units, ["s/a#1", "s/a#3"], "a passage is known by its words");
  same(found.fits.find((it) => it.kind === "category").after.themes, ["N1"], "a theme made here is one");
  same(show(found.lost), ["also s/b#2: the passage s/b#2 was set aside in this analysis", "category Cat: the theme Q1.2 “label of Q1.2” is not in this analysis",
    "hide Q1.2: the theme Q1.2 “label of Q1.2” is not in this analysis", "merge Q1.1: the theme Q1.2 “label of Q1.2” is not in this analysis", "new N1: the passage s/b#1 has other words now; the passage s/c#1 is not in this analysis", "note s/b#1: the passage s/b#1 has other words now", "recurringName R1: the recurring theme R1, which joined Q1.2, Q2.1, is not in this analysis"], "what does not, and why");
  // An edit is counted once, and told in one line, however many of its passages are gone.
  const many = { N1: { question: "Q1", name: "Made", units: ["s/a#1", "s/c#1", "s/c#2", "s/c#3"] } };
  found = page.rebased({ base: edits({}), edits: edits({ new: many, name: { N1: "Called" } }), marks: { units: {}, themes: {} } }, edits(), now);
  same([show(found.fits), show(found.lost)], [["name N1", "new N1"], ["new N1: 3 of its passages are not in this analysis"]], "one line for an edit");
  same(found.lost[0].after.units, ["s/c#1", "s/c#2", "s/c#3"], "with all that does not fit");
  same(page.countsOf(found), { all: 2, fit: 2, contrary: 0, lost: 0, partly: 1, already: 0 }, "each counted once");
  // Recurring themes are numbered anew: each is found again by the themes that it joins, or not at all.
  const themes = { "Q1.1": "Q1", "Q1.2": "Q1", "Q2.1": "Q2", "Q2.2": "Q2", "Q3.1": "Q3", "Q3.2": "Q3" };
  const numbered = known({}, themes, { R1: ["Q1.1", "Q2.1", "Q3.1"], R2: ["Q1.2", "Q2.2"] }), anew = known({}, { ...themes, "Q4.1": "Q4", "Q4.2": "Q4" }, { R1: ["Q3.2", "Q4.2"], R2: ["Q1.1", "Q2.1", "Q4.1"] });
  const told = { recurringName: { R1: "Named", R2: "Gone" }, recurringHide: { R1: true, R2: true }, recurringMerge: { R2: "R1" }, category: { Cat: { themes: ["Q1.1", "R1", "R2"] } } };
  found = page.rebased({ base: edits({}), edits: edits(told), marks: page.marksOf(edits(told), numbered) }, edits({ recurringName: { R1: "Named" } }), anew);
  same(found.fits.map((it) => [it.kind, it.key, it.after]), [["recurringName", "R2", "Named"], ["recurringHide", "R2", true], ["category", "Cat", { themes: ["Q1.1", "R2"] }]], "found by its themes");
  same([...new Set(found.lost.map((it) => it.kind + " " + it.key))].sort(), ["category Cat", "recurringHide R2", "recurringMerge R2", "recurringName R2"], "and no other in its place");
  found = page.rebased({ base: edits({ recurringHide: { R1: true } }), edits: edits({}), marks: page.marksOf(edits({}), numbered, edits({ recurringHide: { R1: true } })) }, edits({ recurringHide: { R2: true } }), anew);
  same(found.fits.map((it) => [it.kind, it.key, it.after]), [["recurringHide", "R2", undefined]], "taken out of the one it was");
  // As the program finds them (recurring_ids.rs has the same cases).
  const seven = "Q1.1 Q2.1 Q3.1 Q3.2 Q4.1 Q5.1 Q6.1", all = "Q1 Q2 Q3 Q4 Q5 Q6";
  const near = (now, then, nowAsked, thenAsked) => page.closeness(now.split(" "), then.split(" "), new Set(nowAsked.split(" ")), new Set(thenAsked.split(" ")));
  same([near("Q1.1 Q2.1", seven, all, all), near("Q1.1 Q2.1", seven, "Q1 Q2", all), near(seven, "Q1.1 Q2.1", all, "Q1 Q2"), near("Q1.1 Q2.2", "Q1.1 Q3.1 Q4.1 Q5.1", "Q1 Q2", all)],
    [2 / 7, 1, 1, 0.2], "closeness of recurring themes");
  // Where it is not kept which one was meant, none is taken for it; a file is of the analysis that is here.
  found = page.rebased({ base: edits({}), edits: edits({ recurringName: { R1: "Named" } }), marks: { units: {}, themes: {} } }, edits(), anew);
  same([show(found.fits), show(found.lost)], [[], ["recurringName R1: the recurring theme R1 is not in this analysis"]], "unknown which");
  found = page.rebased({ base: edits({}), edits: edits({ recurringName: { R1: "Named" } }), marks: null }, edits(), anew);
  same(show(found.fits), ["recurringName R1"], "of a file");
  // Lists that both sides changed are joined; what was taken out stays out.
  found = page.rebased(kept({ pin: { "Q1.1": ["s/a#1", "s/a#2"] } }, { pin: { "Q1.1": ["s/a#2", "s/b#1"] } }), edits({ pin: { "Q1.1": ["s/a#1", "s/a#2", "s/b#2"] } }), before);
  same(found.fits.map((it) => it.after), [["s/a#2", "s/b#1", "s/b#2"]], "lists are joined");
  // Two themes by hand under one number.
  const theirs = edits({ new: { N1: { question: "Q1", name: "Theirs", units: ["s/a#1"] } } });
  found = page.rebased(kept({}, { new: { N1: { question: "Q1", name: "Mine", units: ["s/b#1"] } }, move: { "s/a#2": "N1" }, memo: { N1: "m" } }), theirs, before);
  same(show(found.fits), ["memo N2", "move s/a#2", "new N2"], "a free number");
  page.takeOver(theirs, found.fits, before.sectionOfTheme);
  same([Object.keys(theirs.new), theirs.move["s/a#2"]], [["N1", "N2"], "N2"], "both are there");
  // More passages for a theme by hand that is there do not make it forget what it is called.
  const named = edits({ new: { N1: { question: "Q1", name: "Mine", units: ["s/a#1"] } }, memo: { N1: "kept" } });
  page.takeOver(named, page.rebased(kept({ new: named.new }, { new: { N1: { question: "Q1", name: "Mine", units: ["s/a#1", "s/a#2"] } } }), named, before).fits, before.sectionOfTheme);
  same([named.new.N1.units, named.memo.N1], [["s/a#1", "s/a#2"], "kept"], "grown, not made anew");
  // What the codebook has was once said here too: the later word holds.
  const later = { ...kept({}, { name: { "Q1.1": "Evening", "Q1.2": "Night" } }), saved: edits({ name: { "Q1.1": "Noon" } }), undo: [{ word: "", changes: [["name", "Q1.2", "Morning", "Night"]] }] };
  found = page.rebased(later, edits({ name: { "Q1.1": "Noon", "Q1.2": "Morning" } }), before);
  same([show(found.fits), found.contrary], [["name Q1.1", "name Q1.2"], []], "the later word");
  // An edit taken out.
  found = page.rebased(kept({ hide: { "Q1.1": true } }, {}), edits({ hide: { "Q1.1": true } }), before);
  same([show(found.fits), found.fits[0].after], [["hide Q1.1"], undefined], "taken out");
  // Categories whose names differ in case, white space or the way in which accents are written are one.
  const categories = (...names) => page.editsOfToml(names.map((name) => `[category."${name}"]\nthemes = ["Q1.1"]\n`).join(""));
  same(Object.keys(categories("a", "a a", "\u00e9", "e").category).length, 4, "four categories");
  for (const names of [["a b", " A  b"], ["\u00e9", "e\u0301"]]) {
    let line = 0;
    try { categories(...names); } catch (error) { if (!(error instanceof page.TomlError)) throw error; line = error.line; }
    same(line, 3, "one name twice");
  }
  // Comments of the researcher's own, and no others.
  const file = page.toToml(named, ["Q1.1"], "A title") + "# mine\n#: the program's\n  # mine too\n";
  same(page.commentsOfToml(file), ["# mine", "  # mine too"], "own comments");
}

if (task === "toml") {
  for (const file of files) {
    try {
      const found = page.editsOfToml(readFileSync(file, "utf8"));
      console.log(JSON.stringify({ edits: Object.fromEntries(Object.entries(found).map(([kind, values]) => [kind, Object.keys(values).length])), pins: Object.values(found.pin).flat(), names: found.name, moves: found.move, notes: found.note }));
    } catch (error) {
      if (!(error instanceof page.TomlError)) throw error;
      console.log(JSON.stringify({ line: error.line, message: error.message, hint: error.hint }));
    }
  }
} else rebase();
