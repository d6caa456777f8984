// The data of the analysis, and what of it changes under the reader's edits.

const D = JSON.parse(document.getElementById("data").textContent);
const U = D.units, A = D.answers, N = U.text.length;
const UNCLUSTERED = -1;
/** The report holds chosen themes and quotes alone, and is not edited. */
const FOR_READERS = Boolean(D.for_readers);

const WHY_EXCLUDED = {
  "greeting": "answers to the greeting, before the first question",
  "courtesy": "courtesies: thanks, goodbyes, “that's all”",
  "non-answer": "no answer: “N/A”, “don't know”, “-”",
  "missing": "a code for a missing answer, such as -99: nobody answered",
  "too-short": "too short to say anything",
  "duplicate": "the same long text again from the same participant",
};

const themeById = new Map(D.themes.map((theme, index) => [theme.id, index]));
const recurringById = new Map(D.recurring.map((theme) => [theme.id, theme]));
const sectionById = new Map(D.sections.map((section, index) => [section.id, index]));

/** The participant of every passage, looked up at once: thousands are counted at a time. */
const PERSON = Int32Array.from(U.answer, (a) => A.participant[a]);
const participantOf = (u) => PERSON[u];
const studyOf = (u) => D.participants.study[participantOf(u)];
const sectionOf = (u) => A.section[U.answer[u]];

/** How many participants said some passages: counted without a set, as they may be all there are, and once a list. */
const peopleOf = (() => {
  const known = new WeakMap();
  return (units) => {
    if (known.has(units)) return known.get(units);
    const isThere = new Uint8Array(D.participants.id.length);
    let people = 0;
    for (let i = 0; i < units.length; i++) { const p = PERSON[units[i]]; if (!isThere[p]) { isThere[p] = 1; people++; } }
    known.set(units, people);
    return people;
  };
})();

function answerId(a) {
  const p = A.participant[a];
  return D.studies[D.participants.study[p]].name + "/" + D.participants.id[p] + "#" + A.number[a];
}

function unitId(u) {
  const suffix = U.suffix[u];
  return suffix === "" || suffix.startsWith(".") ? answerId(U.answer[u]) + suffix : suffix;
}

let unitNumbers = null;
function unitByid(id) {
  if (!unitNumbers) {
    unitNumbers = new Map();
    for (let u = 0; u < N; u++) unitNumbers.set(unitId(u), u);
  }
  return unitNumbers.get(id);
}

/** `creatives/anna, answer 7, 00:12:03` */
function locator(u) {
  const a = U.answer[u], p = A.participant[a];
  const time = U.time && U.time[u] ? ", " + U.time[u] : "";
  return D.studies[D.participants.study[p]].name + "/" + D.participants.id[p] + ", answer " + A.number[a] + time;
}

const place = (u) => D.files[A.file[U.answer[u]]] + ", line " + A.line[U.answer[u]];

/** The first unit of an answer and the one after its last. */
const unitsOfAnswer = (a) => [A.first[a], a + 1 < A.first.length ? A.first[a + 1] : N];

const JOINS = ["", " ", "\n\n"];

const allUnits = Array.from({ length: N }, (_, u) => u);

function sectionTitle(index) {
  const section = D.sections[index];
  if (section.id === "T") return "All answers together";
  return section.question || "Answers outside the guide";
}

/** Everything as it is with the edits made here. */
let V = null;

const BASE = editsOfCodebook(D.codebook.edits);
let E = editsOfCodebook(D.codebook.edits);

const FOUND = foundOf(D);
/** The analysis as the codebook edits it. */
const APPLIED = applied(FOUND, BASE, unitByid);
const labelFound = new Map((D.found ? D.found.themes : D.themes).map((theme) => [theme.id, theme.label]));

/** Themes by their numbers: those of the analysis; behind them those that edits made here bring back, or make. */
const T = D.themes.slice();

/** The number of a theme; one that the analysis does not have gets the next. */
function themeIndex(id, section) {
  if (!themeById.has(id)) {
    themeById.set(id, T.length);
    T.push({ id, label: labelFound.get(id) || id, section: sectionById.get(section), edited: [], merged: [], hidden: false, keywords: [], cohesion: null,
      silhouette: null, stability: null, nearest: null, quotes: [], boundary: null, recurring: null, questions: [], follows_the_question: false, parts: [] });
  }
  const index = themeById.get(id);
  // A file may give the id of a theme that was made here, and undone, to one of another question.
  if (index >= D.themes.length && sectionById.has(section)) T[index].section = sectionById.get(section);
  return index;
}

/** Counts with the shares that the pages show. */
function withShares(counts) {
  return { mentions: counts.mentions, prevalence: prevalence(counts.people, counts.asked),
    byStudy: counts.byStudy.map((it) => ({ study: it.study, mentions: it.mentions, prevalence: prevalence(it.people, it.asked) })) };
}

/** The program's own counts: a report for readers has no passages to count again. */
function asStored(it) {
  return { mentions: it.by_study.reduce((sum, study) => sum + study.mentions, 0), prevalence: it.prevalence, byStudy: it.by_study };
}

function sameList(one, other) {
  if (one === other) return true;
  if (!one || !other || one.length !== other.length) return false;
  for (let i = 0; i < one.length; i++) if (one[i] !== other[i]) return false;
  return true;
}

function labelOf(theme) {
  const named = E.name[theme.id] ?? (madeHere(theme.id) || {}).name;
  if (named !== undefined) return named;
  const isNamedInBase = BASE.name[theme.id] !== undefined || BASE.new[theme.id] !== undefined;
  return isNamedInBase && labelFound.has(theme.id) ? labelFound.get(theme.id) : theme.label;
}

/** What the edits say of a theme by hand. */
function madeHere(id) {
  if (E.new[id]) return E.new[id];
  for (const from in E.divide) for (const part of E.divide[from]) if (part.id === id) return part;
  return null;
}

/** Edits that change who belongs where; names, notes and pins do not. */
const OF_MEMBERSHIP = ["new", "divide", "move", "also", "not", "merge", "joins", "recurringMerge", "category"];
const membershipOf = (edits, kinds = OF_MEMBERSHIP) => Object.fromEntries(kinds.map((kind) => [kind, { ...edits[kind] }]));
let appliedLast = { edits: membershipOf(BASE), now: APPLIED };

/** The edits applied; as they were last where none of them changes who belongs where. Values of edits are never changed themselves. */
function appliedNow() {
  const same = (one, other) => { const keys = Object.keys(one); return one === other || (keys.length === Object.keys(other).length && keys.every((key) => one[key] === other[key] || sameValue(one[key], other[key]))); };
  const { edits } = appliedLast, changed = OF_MEMBERSHIP.filter((kind) => !same(edits[kind], E[kind]));
  if (changed.length) {
    appliedLast = { edits: { ...edits, ...membershipOf(E, changed) }, now: applied(FOUND, E, unitByid, appliedLast.now) };
  }
  return appliedLast.now;
}

/** Where every unit stood last, by numbers of themes, and in which application. */
let placesLast = null;

/** Where every unit stands: of those that moved since it is looked up, of all where nothing is known of that. */
function placesIn(now) {
  if (placesLast && placesLast.version === now.version) return placesLast;
  const index = (id) => themeById.get(id), isKnown = Boolean(placesLast && now.moved && now.moved.since === placesLast.version);
  const themeOf = isKnown ? placesLast.themeOf.slice() : new Array(N), alsoOf = isKnown ? new Map(placesLast.alsoOf) : new Map();
  for (const u of isKnown ? now.moved.units : allUnits) {
    const t = U.theme[u], id = now.theme[u];
    // Most are where they were.
    themeOf[u] = t < UNCLUSTERED ? t : id === null ? UNCLUSTERED : t >= 0 && T[t].id === id ? t : index(id);
    if (now.also.has(u)) alsoOf.set(u, now.also.get(u).map(index)); else alsoOf.delete(u);
  }
  return (placesLast = { version: now.version, themeOf, alsoOf });
}

/** Of the most themes; nobody adds to it. */
const NO_PINS = new Set();

function computeView() {
  const now = appliedNow();
  for (const [id, theme] of now.themes) themeIndex(id, theme.section);
  // A merge stays in one question; one that the codebook has is over.
  for (const [from, to] of now.merged) for (const id of APPLIED.merged.get(from) === to ? [to] : [to, from]) themeIndex(id, (now.themes.get(to) || FOUND.themes.find((it) => it.id === to))?.section);
  const index = (id) => themeById.get(id);
  const { themeOf, alsoOf } = placesIn(now);
  const mergedFrom = T.map(() => []);
  for (const [from, to] of now.merged) if (APPLIED.merged.get(from) !== to && themeById.has(from)) mergedFrom[index(to)].push(index(from));
  const themes = T.map((theme, at) => {
    const own = now.themes.get(theme.id), before = APPLIED.themes.get(theme.id);
    const isTouched = !FOR_READERS && !sameList(own && own.members, before && before.members);
    const pins = E.pin[theme.id] || now.merged.size ? new Set(E.pin[theme.id] || []) : NO_PINS;
    for (const [from, to] of now.merged) if (to === theme.id) for (const pin of E.pin[from] || []) pins.add(pin);
    const members = own ? own.members : [];
    const view = {
      index: at, id: theme.id, found: theme, section: theme.section, members, pins, label: labelOf(theme),
      description: E.description[theme.id] || (madeHere(theme.id) || {}).description || (FOR_READERS && theme.description) || (theme.code && theme.code.definition) || null,
      memo: E.memo[theme.id] || null, hidden: Boolean(E.hide[theme.id]), isByHand: madeHere(theme.id) !== null,
      into: now.merged.has(theme.id) ? index(now.merged.get(theme.id)) : null, mergedFrom: mergedFrom[at], isTouched,
      mentions: theme.mentions, prevalence: theme.prevalence, byStudy: theme.by_study,
    };
    if (isTouched || theme.mentions === undefined) Object.assign(view, withShares(own || { mentions: 0, people: 0, asked: 0, byStudy: [] }));
    return view;
  });
  const recurring = FOR_READERS ? D.recurring.map((it) => ({ found: it, id: it.id, label: it.label, hidden: false, themes: it.themes.map(index), ...asStored(it) })) : now.recurring.map((it) => {
    const found = recurringById.get(it.id) || { id: it.id, label: it.id, links: [] };
    const foundLabel = ((D.found ? D.found.recurring : D.recurring).find((other) => other.id === it.id) || found).label;
    return { found, id: it.id, label: E.recurringName[it.id] ?? (BASE.recurringName[it.id] !== undefined ? foundLabel : found.label),
      hidden: Boolean(E.recurringHide[it.id]), themes: it.themes.map(index), ...withShares(it) };
  });
  const categories = FOR_READERS ? (D.categories || []).map((it) => ({ name: it.name, description: it.description || null, themes: it.themes.map(index), ...asStored(it) })) : now.categories.map((it) => ({ name: it.name, description: it.description, themes: it.themes.map(index), ...withShares(it) }));
  const recurringAt = T.map(() => -1);
  // A hidden one is told nowhere but where it can be shown again.
  recurring.forEach((it, at) => { for (const theme of it.hidden ? [] : it.themes) recurringAt[theme] = at; });
  V = { themes, recurring, recurringAt, categories, themeOf, alsoOf, recurringMerged: now.recurringMerged };
}

/** Recurring themes that are shown. */
const shownRecurring = () => V.recurring.filter((it) => !it.hidden);

/** The recurring theme that a theme belongs to now, unless that is hidden. */
const recurringWith = (index) => V.recurring[V.recurringAt[index]] || null;

const MARGIN_NOTES = new Map(U.note || []);
/** What a passage says in short, by whoever wrote the margin notes: a note, and no quote. */
function marginNote(u) {
  const note = MARGIN_NOTES.get(u);
  return note ? h("p", { class: "memo margin", dir: "auto" }, h("b", {}, "Margin note by " + D.manifest.notes_by + ": "), said(note)) : null;
}

/** Whether a passage answers: a code for a missing answer does not. */
const isAnswer = (u) => V.themeOf[u] >= UNCLUSTERED || D.exclusions[-2 - V.themeOf[u]] !== "missing";

/** The reader's note on a passage. */
function noteOf(u) {
  return E.note[unitId(u)] || null;
}

/** Themes that are shown: not merged away, not hidden, not emptied; codes that nobody voices are a finding. */
function shownThemes(withHidden) {
  return V.themes.filter((theme) => theme.into === null && (withHidden || !theme.hidden) && (FOR_READERS || Boolean(theme.found.code) || theme.members.length > 0));
}

/** A theme's prevalence in a study, in a group by its key, or over all; null where the study was not asked. */
function prevalenceIn(view, study) {
  if (study === "") return view.prevalence;
  if (isGroupKey(study)) return prevalenceOfGroup(view, study);
  const found = view.byStudy.find((it) => it.study === study);
  return found ? found.prevalence : null;
}

/** Whether a unit belongs to a theme, most or also. */
const isIn = (u, t) => V.themeOf[u] === t || (V.alsoOf.get(u) || []).includes(t);

/** The theme a unit is in, as it is shown now; null for none. */
const themeNow = (u) => (V.themeOf[u] >= 0 ? V.themes[V.themeOf[u]] : null);

function statusText(u) {
  const t = V.themeOf[u];
  if (t >= 0) return V.themes[t].label;
  return t === UNCLUSTERED ? "unclustered" : "set aside: " + D.exclusions[-2 - t];
}
