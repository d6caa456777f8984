// The data of the analysis, and what of it changes under the reader's edits.

const D = JSON.parse(document.getElementById("data").textContent);
const U = D.units, A = D.answers, N = U.text.length;
const UNCLUSTERED = -1;

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

const participantOf = (u) => A.participant[U.answer[u]];
const studyOf = (u) => D.participants.study[participantOf(u)];
const sectionOf = (u) => A.section[U.answer[u]];

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

let lowerTexts = null;
/** Units of `among` whose text has all terms. */
function search(among, terms) {
  if (!terms.length) return among;
  if (!lowerTexts) lowerTexts = U.text.map((text) => text.toLowerCase());
  return among.filter((u) => terms.every((term) => lowerTexts[u].includes(term)));
}

const allUnits = Array.from({ length: N }, (_, u) => u);

function sectionTitle(index) {
  const section = D.sections[index];
  if (section.id === "T") return "All answers together";
  return section.question || "Answers outside the guide";
}

/** Everything as it is with the edits made here. */
let V = null;

function computeView() {
  const merges = new Map();
  for (const [id, into] of Object.entries(E.merge)) {
    const from = themeById.get(id), to = themeById.get(into);
    if (from !== undefined && to !== undefined && D.themes[from].section === D.themes[to].section) merges.set(from, to);
  }
  const last = (t) => { for (let i = 0; merges.has(t) && i <= D.themes.length; i++) t = merges.get(t); return t; };
  const themeOf = U.theme.slice();
  const alsoOf = new Map((U.also || []).map(([u, themes]) => [u, themes]));
  const touched = new Set();
  for (const [id, to] of Object.entries(E.move)) {
    if (BASE.move[id] === to) continue;
    const u = unitByid(id), target = to === NOWHERE ? UNCLUSTERED : themeById.get(to);
    if (u === undefined || target === undefined || themeOf[u] < UNCLUSTERED) continue;
    touched.add(themeOf[u]).add(target);
    themeOf[u] = target;
    if (target === UNCLUSTERED) { for (const t of alsoOf.get(u) || []) touched.add(t); alsoOf.delete(u); }
  }
  for (const id of Object.keys(BASE.move)) {
    if (E.move[id] === undefined) touched.add(U.theme[unitByid(id)]);
  }
  if (merges.size) {
    for (let u = 0; u < N; u++) if (merges.has(themeOf[u])) themeOf[u] = last(themeOf[u]);
    for (const [u, themes] of alsoOf) alsoOf.set(u, themes.map(last));
    for (const from of merges.keys()) touched.add(from).add(last(from));
  }
  const members = D.themes.map(() => []);
  for (const [u, themes] of alsoOf) alsoOf.set(u, [...new Set(themes)].filter((t) => t !== themeOf[u]));
  for (let u = 0; u < N; u++) if (themeOf[u] >= 0) for (const t of [themeOf[u], ...(alsoOf.get(u) || [])]) members[t].push(u);
  const mergedFrom = D.themes.map(() => []);
  for (const from of merges.keys()) mergedFrom[last(from)].push(from);
  const themes = D.themes.map((theme, index) => {
    const isTouched = touched.has(index);
    const pins = new Set(E.pin[theme.id] || []);
    for (const from of mergedFrom[index]) for (const pin of E.pin[D.themes[from].id] || []) pins.add(pin);
    const named = E.name[theme.id];
    const view = {
      index, id: theme.id, found: theme, section: theme.section, members: members[index], pins,
      label: named !== undefined ? named : BASE.name[theme.id] !== undefined && theme.found_label ? theme.found_label : theme.label,
      description: E.description[theme.id] || (theme.code && theme.code.definition) || null,
      hidden: Boolean(E.hide[theme.id]),
      into: merges.has(index) ? last(index) : null,
      mergedFrom: mergedFrom[index],
      isTouched, mentions: theme.mentions, prevalence: theme.prevalence, byStudy: theme.by_study,
    };
    if (isTouched) Object.assign(view, recounted(members[index], D.sections[theme.section].asked));
    return view;
  });
  const recurring = D.recurring.map((theme) => {
    const indices = theme.themes.map((id) => themeById.get(id)).filter((index) => index !== undefined);
    const view = { found: theme, id: theme.id, label: theme.label, themes: indices, prevalence: theme.prevalence, byStudy: theme.by_study };
    if (indices.some((index) => touched.has(index))) {
      const units = [...new Set([...new Set(indices.map(last))].flatMap((index) => members[index]))];
      const asked = theme.by_study.map((it) => ({ study: it.study, asked: it.prevalence.asked }));
      Object.assign(view, recounted(units, asked));
    }
    return view;
  });
  V = { themes, recurring, themeOf, alsoOf };
}

/** Mentions and prevalence of some units, among those who were asked. */
function recounted(units, asked) {
  const people = new Map(), mentions = new Map();
  for (const u of units) {
    const study = D.studies[studyOf(u)].name;
    if (!people.has(study)) people.set(study, new Set());
    people.get(study).add(participantOf(u));
    mentions.set(study, (mentions.get(study) || 0) + 1);
  }
  const byStudy = asked.filter((it) => it.asked > 0).map((it) => ({
    study: it.study, mentions: mentions.get(it.study) || 0,
    prevalence: prevalence(people.has(it.study) ? people.get(it.study).size : 0, it.asked),
  }));
  const sum = (value) => byStudy.reduce((total, it) => total + value(it.prevalence), 0);
  return { mentions: units.length, byStudy, prevalence: prevalence(sum((p) => p.participants), sum((p) => p.asked)) };
}

/** Themes that are shown: not merged away, not hidden, not emptied. */
function shownThemes(withHidden) {
  return V.themes.filter((theme) => theme.into === null && (withHidden || !theme.hidden) && theme.members.length > 0);
}

/** A theme's prevalence in a study, or over all; null where the study was not asked. */
function prevalenceIn(view, study) {
  if (study === "") return view.prevalence;
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
  return t === UNCLUSTERED ? "unclustered" : "excluded: " + D.exclusions[-2 - t];
}
