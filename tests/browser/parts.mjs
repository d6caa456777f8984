// Parts of the report's script that know no page, held against what is known elsewhere. node parts.mjs
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { editOnce, jumping, pick } from "./random_edits.mjs";

const assets = join(dirname(fileURLToPath(import.meta.url)), "../../src/report/assets");
const load = (names, wanted) => new Function(names.map((name) => readFileSync(join(assets, name), "utf8")).join("\n") + "\nreturn { " + wanted + " };")();
const check = (condition, message) => { if (!condition) throw new Error(message); };
const near = (value, expected, tolerance, what) => check(Math.abs(value - expected) <= tolerance, what + ": " + value + ", not " + expected);

/** Points of a normal distribution, spread evenly: by Box & Muller (1958) from a lattice. */
function normal(rings, sides, [x, y], sigma) {
  const xs = [], ys = [];
  for (let i = 0; i < rings; i++) {
    const radius = sigma * Math.sqrt(-2 * Math.log(1 - (i + 0.5) / rings));
    for (let j = 0; j < sides; j++) {
      const angle = 2 * Math.PI * (j + (i % 2) / 2) / sides;
      xs.push(x + radius * Math.cos(angle)); ys.push(y + radius * Math.sin(angle));
    }
  }
  return [xs, ys];
}

function contours() {
  const { densityContours } = load(["contours.js"], "densityContours");
  const sigma = 900, centre = [4700, 5300], [xs, ys] = normal(120, 90, centre, sigma);
  const lines = densityContours(xs, ys, 10000, [0.9, 0.5, 0.1]);
  for (const { share, lines: of } of lines) {
    // A share p of a normal distribution in the plane lies within sigma times the root of -2 ln(1 - p).
    const expected = sigma * Math.sqrt(-2 * Math.log(1 - share));
    check(of.length > 40, "there is a line around " + share);
    for (let i = 0; i < of.length; i += 2) near(Math.hypot(of[i] - centre[0], of[i + 1] - centre[1]), expected, 0.06 * sigma, "the radius of " + share);
    // Segments meet: each end is another's, so the line is closed.
    const ends = new Map();
    for (let i = 0; i < of.length; i += 2) { const end = of[i].toFixed(3) + " " + of[i + 1].toFixed(3); ends.set(end, (ends.get(end) || 0) + 1); }
    check([...ends.values()].every((n) => n === 2), "the line around " + share + " is closed");
  }
  // Two clumps have two lines, and no line is drawn around nothing.
  const [ax, ay] = normal(60, 40, [2500, 5000], 300), [bx, by] = normal(60, 40, [7500, 5000], 300);
  const [{ lines: both }] = densityContours([...ax, ...bx], [...ay, ...by], 10000, [0.5]);
  const sides = new Set();
  for (let i = 0; i < both.length; i += 2) sides.add(both[i] < 5000);
  check(sides.size === 2 && both.every((value, i) => i % 2 || Math.abs(value - 5000) > 1000), "two clumps, nothing between");
  check(densityContours([1], [1], 10000, [0.5]).length === 0, "too few points have no contours");
}

/** Held against a test of all edges (W. R. Franklin's, 1970). */
function lasso() {
  const { edgesByBand, bandOf, liesWithin } = load(["contours.js"], "edgesByBand, bandOf, liesWithin");
  const side = 10000, random = () => jumping(1 << 20) / (1 << 20);
  let within = 0;
  for (let round = 0; round < 40; round++) {
    // Beyond the square too, and crossing itself.
    const path = Array.from({ length: 3 + jumping(30) }, () => [(1.4 * random() - 0.2) * side, (1.4 * random() - 0.2) * side]), edges = edgesByBand(path, side);
    for (let i = 0; i < 500; i++) {
      const x = Math.floor(random() * side), y = Math.floor(random() * side);
      let expected = false;
      path.forEach(([xi, yi], at) => { const [xj, yj] = path.at(at - 1); if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) expected = !expected; });
      check(liesWithin(edges[bandOf(y, side)], x, y) === expected, "within the path: " + x + ", " + y);
      if (expected) within++;
    }
  }
  check(within > 2000, "some are within");
}

function colours() {
  const { paletteOf, contrast, oklab, linearOf, unlikeness, looks, GROUND } = load(["colours.js"], "paletteOf, contrast, oklab, linearOf, unlikeness, looks, GROUND");
  // The greys on either side of what WCAG 2 asks of text on white.
  near(contrast("#767676", "#ffffff"), 4.54, 0.005, "WCAG 2");
  near(contrast("#777777", "#ffffff"), 4.48, 0.005, "WCAG 2");
  // https://bottosson.github.io/posts/oklab: white is (1, 0, 0); red as CSS Color 4 gives it, oklch(0.628 0.2577 29.23).
  const red = oklab(linearOf("#ff0000"));
  near(oklab(linearOf("#ffffff"))[0], 1, 0.001, "white");
  near(red[0], 0.628, 0.001, "the lightness of red");
  near(Math.hypot(red[1], red[2]), 0.2577, 0.001, "its chroma");
  near(Math.atan2(red[2], red[1]) * 180 / Math.PI, 29.23, 0.1, "its hue");
  for (const mode of ["light", "dark"]) {
    const palette = paletteOf(mode);
    check(new Set(palette).size === 60, "sixty colours, as many as a question can have themes");
    check(palette.every((colour) => contrast(colour, GROUND[mode]) >= 3), "each stands out from the ground, " + mode);
    const least = (colours) => Math.min(...colours.flatMap((a, i) => colours.slice(0, i).map((b) => unlikeness(looks(a), looks(b)))));
    // Okabe & Ito's seven colours (2008) for colour-blind eyes; here even ten are as unlike, and many more can be told apart.
    const known = least(["#000000", "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9"]);
    const [ten, most, all] = [10, 24, 60].map((n) => least(palette.slice(0, n)));
    check(ten > known && most > known / 2 && all > known / 4, mode + ": " + [known, ten, most, all]);
  }
}

function tables() {
  const { csv, looksLikeFormula } = load(["citing.js"], "csv, looksLikeFormula");
  // The cases of src/export/table.rs.
  const source = readFileSync(join(assets, "../../export/table.rs"), "utf8");
  const [yes, no] = source.slice(source.indexOf("#[cfg(test)]")).match(/for text in \[[\s\S]*?\]/g).map((list) =>
    [...list.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map((found) => JSON.parse('"' + found[1].replace(/\\u\{([0-9a-f]+)\}/g, (_, hex) => "\\u" + hex.padStart(4, "0")) + '"')));
  check(yes.length > 8 && no.length > 8, "the cases are read");
  for (const text of yes) check(looksLikeFormula(text), "a formula: " + JSON.stringify(text));
  for (const text of no) check(!looksLikeFormula(text), "none: " + JSON.stringify(text));
  check(csv([["a", 1, null, 'x "y"\n', "=1+1", -3]]) === '\ufeffa,1,,"x ""y""\n",\'=1+1,-3\r\n', "RFC 4180");
}

/** A made-up analysis of three studies and five questions, as the report holds it. */
function madeUp() {
  const studies = ["one", "two", "three"], people = 40, sections = 5, each = 6;
  const participants = { id: Array.from({ length: people }, (_, p) => "p" + p), study: Array.from({ length: people }, () => jumping(3)) };
  const answers = { participant: [], number: [], section: [], first: [] }, units = { answer: [], suffix: [], text: [], theme: [], also: [] };
  const byStudy = (of) => studies.map((study) => ({ study, mentions: 0, prevalence: of }));
  const themes = Array.from({ length: sections * each }, (_, t) => ({ id: `Q${Math.floor(t / each) + 1}.${t % each + 1}`, label: "Theme " + t, section: Math.floor(t / each), hidden: false, code: t === 3 ? { code: "C" } : null,
    mentions: 0, prevalence: { participants: 0, asked: 0, share: null, low: null, high: null }, by_study: [] }));
  for (let p = 0; p < people; p++) {
    for (let s = 0; s < sections; s++) {
      if (jumping(8) === 0) continue;
      answers.participant.push(p); answers.number.push(s + 1); answers.section.push(jumping(12) === 0 ? -1 : s); answers.first.push(units.text.length);
      for (let i = 1 + jumping(4); i > 0; i--) {
        const u = units.text.length, section = answers.section.at(-1), own = () => section * each + jumping(each);
        units.answer.push(answers.participant.length - 1); units.suffix.push("." + i); units.text.push("Words " + u);
        units.theme.push(section < 0 || jumping(20) === 0 ? -2 : jumping(8) === 0 ? -1 : own());
        const further = units.theme[u] >= 0 && jumping(10) === 0 ? own() : units.theme[u];
        if (further !== units.theme[u]) units.also.push([u, [further]]);
      }
    }
  }
  const recurring = Array.from({ length: 5 }, (_, r) => ({ id: "R" + (r + 1), label: "Recurring " + r, links: [], by_study: byStudy({ participants: 1, asked: 9 + r }), themes: [0, 1, 2].map((s) => themes[((s + r) % sections) * each + r].id) }));
  return { studies: studies.map((name) => ({ name })), participants, answers, units, themes, recurring, exclusions: ["courtesy"],
    sections: Array.from({ length: sections }, (_, s) => ({ id: "Q" + (s + 1), asked: studies.map((study) => ({ study, asked: 20 - s, participants: 20 })) })), codebook: { edits: [] } };
}

/** What an edit does not touch is not counted again: over many edits, steps back and forth, the page has what it would count anew. */
function recounts() {
  const data = madeUp(), held = { getElementById: () => ({ textContent: JSON.stringify(data) }) };
  const names = ["elements.js", "apply.js", "codebook.js", "rebase.js", "model.js"], source = names.map((name) => readFileSync(join(assets, name), "utf8")).join("\n");
  const open = new Function("document", source + `
    const seen = () => {
      const id = (index) => T[index].id, standing = (it) => [it.mentions, it.prevalence, it.byStudy];
      return { themes: V.themes.filter((it) => it.members.length || it.into !== null).map((it) => [it.id, it.section, it.label, it.members, it.into === null ? null : id(it.into), it.mergedFrom.map(id).sort(), it.isTouched, it.isByHand, ...(it.into === null ? standing(it) : [])]).sort(),
        units: V.themeOf.map((t) => (t >= 0 ? id(t) : t)), also: [...V.alsoOf].map(([u, list]) => [u, list.map(id)]).sort((a, b) => a[0] - b[0]),
        recurring: V.recurring.map((it) => [it.id, it.themes.map(id), ...standing(it)]), recurringOf: V.themes.map((it) => [it.id, recurringWith(it.index)?.id]).filter(([, of]) => of).sort(), categories: V.categories.map((it) => [it.name, it.themes.map(id), ...standing(it)]) };
    };
    return { NOWHERE, noEdits, putUnit, makeTheme, addUnit, takeUnitOut, mergeTheme, leadTo, joinRecurring, nextId, found: FOUND, ids: allUnits.map(unitId),
      base: () => [...themeById.keys()], now: () => appliedNow(), after(edits) { E = edits; computeView(); return seen(); } };`);
  const copy = (edits) => Object.fromEntries(Object.entries(edits).map(([kind, values]) => [kind, { ...values }]));
  const page = open(held), base = page.base();
  page.after(page.noEdits());
  const steps = [page.noEdits()];
  let edits = page.noEdits(), counted = 0, stayed = 0;
  for (let i = 0; i < 400; i++) {
    const way = jumping(10);
    if (way === 0) edits = pick(steps);
    else if (way === 1) { edits = copy(edits); edits.name["Q1.1"] = "Named " + i; }
    else for (let n = way < 7 ? 1 : 12; n > 0; n--) { edits = copy(edits); editOnce(page, edits, page.found, page.ids, page.now(), base); page.after(edits); }
    steps.push(edits);
    const part = page.after(edits), whole = open(held).after(copy(edits));
    for (const [what, value] of Object.entries(whole)) check(JSON.stringify(part[what]) === JSON.stringify(value), "step " + i + ", " + what + ": counted in part\n" + JSON.stringify(part[what]) + "\nanew\n" + JSON.stringify(value));
    counted += whole.themes.length;
    stayed += page.now().moved ? page.now().themes.size - page.now().moved.themes.size : 0;
  }
  check(counted > 8000 && stayed > 2000, "much is compared, much stays: " + [counted, stayed]);
}

/** Fields find what their ids name; what is no field, or wants one, is told, and what is found is not. */
function searches() {
  const data = madeUp();
  for (const theme of data.themes) theme.parts = [];
  const [t, other] = [7, 8], part = data.themes[t];
  part.parts = [{ id: part.id + ".1", label: "One part" }, { id: part.id + ".2", label: "Another part" }];
  data.units.part = data.units.theme.map((theme, u) => (theme === t ? u % 2 : -1));
  const held = { getElementById: (id) => ({ textContent: JSON.stringify(id === "data" ? data : { forms: [] }) }) };
  const names = ["elements.js", "apply.js", "codebook.js", "rebase.js", "model.js", "search.js"], source = names.map((name) => readFileSync(join(assets, name), "utf8")).join("\n");
  const { ask } = new Function("document", source + `computeView();
    return { ask: (text) => { const query = new Query(text), hits = query.found(); return { units: allUnits.filter((u) => hits[u]), notes: query.notes.join(" ") }; } };`)(held);
  const same = (query, units) => { const { units: found, notes } = ask(query); check(JSON.stringify(found) === JSON.stringify(units) && notes === "", query + " finds " + found + ", not " + units + "; " + notes); };
  const told = (query, note, isFound = false) => { const { units, notes } = ask(query); check(notes === note && units.length > 0 === isFound, query + ": " + notes); };
  const among = (themes) => data.units.theme.map((theme, u) => [u, [theme, ...(new Map(data.units.also).get(u) || [])]]).filter(([, of]) => of.some((theme) => theme >= 0 && themes.includes(data.themes[theme].id))).map(([u]) => u);
  same("theme:" + part.id, among([part.id]));
  same("theme:R2", among(data.recurring[1].themes));
  for (const n of [0, 1]) same("theme:" + part.id + "." + (n + 1), data.units.theme.map((theme, u) => u).filter((u) => data.units.theme[u] === t && u % 2 === n));
  same('theme:"another part"', data.units.theme.map((theme, u) => u).filter((u) => data.units.theme[u] === t && u % 2 === 1));
  told("theme:R9", "There is no theme “R9”.");
  told("theme:" + data.themes[other].id + ".1", "There is no theme “" + data.themes[other].id + ".1”.");
  told("foo:bar", "There is no field “foo”; the fields are participant, theme, question, study, is.");
  told("P7", "Did you mean participant:P7?");
  const study = (at) => data.studies[at % 3].name, own = data.participants.study[7];
  told(study(own) + "/p7", "Did you mean participant:" + study(own) + "/p7?");
  told(study(own + 1) + "/p7", "");
  told("R1", "Did you mean theme:R1?");
  told("Q1", "Did you mean question:Q1?");
  told("three", "Nobody says “three”. Did you mean study:three?");
  told("words", "", true);
  told("words:5", "", true);
  told("zzzz", "Nobody says “zzzz”.");
}

for (const part of [contours, lasso, colours, tables, recounts, searches]) part();
console.log("parts: contours, lassos, colours, tables, counts, searches");
