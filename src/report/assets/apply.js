// Edits applied to what was found, by the rules of the program (src/analysis/codebook).
//
// In: memberships as found, and edits; perhaps what came out last. Out: memberships and counts. What the edits since do not
// touch is not counted again. It knows no page; tests/browser/apply.mjs holds it against `leitmotif codebook --apply`,
// tests/browser/parts.mjs what is counted in part against what is counted anew.

const NOWHERE = "unclustered";

/** Memberships as found, from the report's data; themes by their ids, `null` for unclustered, `undefined` for set aside. */
function foundOf(data) {
  const { units, answers, participants, sections, themes } = data;
  const sectionOf = (u) => { const at = answers.section[units.answer[u]]; return at < 0 ? null : sections[at].id; };
  const idOf = (index) => (index >= 0 ? themes[index].id : index === -1 ? null : undefined);
  const n = units.answer.length;
  const found = {
    theme: units.theme.map(idOf),
    also: new Map((units.also || []).map(([u, list]) => [u, list.map(idOf)])),
    section: Array.from({ length: n }, (_, u) => sectionOf(u)),
    person: units.answer.map((a) => answers.participant[a]),
    study: participants.study,
    studies: data.studies.map((study) => study.name),
    sections: sections.map((section) => ({ id: section.id, asked: section.asked })),
    themes: themes.map((theme) => ({ id: theme.id, section: sections[theme.section].id, isCode: Boolean(theme.code) })),
    recurring: data.recurring.map((it) => ({ id: it.id, themes: it.themes, byStudy: it.by_study })),
  };
  if (data.found) {
    const codes = new Set(found.themes.filter((theme) => theme.isCode).map((theme) => theme.id));
    found.themes = data.found.themes.map((theme) => ({ id: theme.id, section: theme.section, isCode: codes.has(theme.id) }));
    found.recurring = data.found.recurring.map((it) => ({ id: it.id, themes: it.themes, byStudy: it.by_study }));
    for (const [u, theme, also] of data.found.units) {
      found.theme[u] = theme;
      if (also.length) found.also.set(u, also); else found.also.delete(u);
    }
  }
  // What every application asks, and no edit changes.
  found.codes = new Set(found.themes.filter((it) => it.isCode).map((it) => it.id));
  found.askedOf = new Map(found.sections.map((it) => [it.id, it.asked]));
  found.studyAt = new Map(found.studies.map((study, at) => [study, at]));
  found.members = membersOf(found);
  found.people = null;
  found.countedIn = new Int32Array(found.study.length);
  found.listedIn = new Int32Array(n);
  found.counts = 0;
  return found;
}

/** Units by the ids of their themes, in order. */
function membersOf({ theme, also }) {
  const members = new Map();
  const belongs = (id, u) => { const own = members.get(id); if (own) own.push(u); else members.set(id, [u]); };
  for (let u = 0; u < theme.length; u++) {
    if (!theme[u]) continue;
    belongs(theme[u], u);
    if (also.has(u)) for (const id of also.get(u)) belongs(id, u);
  }
  return members;
}

/** Counts of units: whoever was counted last bears the number of that count, which is quicker than a set for each theme. */
function countsOfUnits(found, units, asked) {
  const people = new Int32Array(found.studies.length), mentions = new Int32Array(found.studies.length), { countedIn } = found;
  const count = ++found.counts;
  for (let i = 0; i < units.length; i++) {
    const person = found.person[units[i]], study = found.study[person];
    mentions[study]++;
    if (countedIn[person] !== count) { countedIn[person] = count; people[study]++; }
  }
  const byStudy = asked.filter((it) => it.asked > 0).map((it) => {
    const at = found.studyAt.get(it.study);
    return { study: it.study, mentions: mentions[at] || 0, people: people[at] || 0, asked: it.asked };
  });
  const sum = (of) => byStudy.reduce((total, it) => total + of(it), 0);
  return { mentions: units.length, byStudy, people: sum((it) => it.people), asked: sum((it) => it.asked) };
}

/** Of some sections who answered in one of them, study by study. */
function askedInSections(found, sections) {
  if (!found.people) {
    found.people = new Map(found.sections.map((it) => [it.id, new Set()]));
    found.section.forEach((section, u) => { if (section !== null) found.people.get(section).add(found.person[u]); });
  }
  const all = new Set();
  for (const section of new Set(sections)) for (const person of found.people.get(section)) all.add(person);
  const counts = found.studies.map(() => 0);
  for (const person of all) counts[found.study[person]] += 1;
  return found.studies.map((study, at) => ({ study, asked: counts[at] }));
}

/** Two lists of units in order as one in order. */
function bothInOrder(one, other) {
  const all = [];
  let i = 0, j = 0;
  while (i < one.length || j < other.length) all.push(j === other.length || (i < one.length && one[i] < other[j]) ? one[i++] : other[j++]);
  return all;
}

const NOTHING = [];
/** The ids of the themes of a unit. */
const themesAt = ({ theme, also }, u) => (theme[u] ? [theme[u], ...(also.get(u) || NOTHING)] : NOTHING);

/** What differs between two applications: the units whose themes do, in order, and for each theme which units came and went. */
function movedBetween(before, after) {
  const units = [], themes = new Map();
  const of = (id) => { if (!themes.has(id)) themes.set(id, { gone: new Set(), come: [] }); return themes.get(id); };
  for (const u of Int32Array.from(new Set([...before.touched, ...after.touched])).sort()) {
    // Most passages that edits have to do with are where they were.
    if (before.theme[u] === after.theme[u] && before.also.get(u) === after.also.get(u)) continue;
    const from = themesAt(before, u), to = themesAt(after, u);
    if (from.length === to.length && from.every((id, i) => id === to[i])) continue;
    units.push(u);
    for (const id of from) if (!to.includes(id)) of(id).gone.add(u);
    for (const id of to) if (!from.includes(id)) of(id).come.push(u);
  }
  return { since: before.version, units, themes };
}

/**
 * `unitOf`: the number of a passage's id. `last`: what other edits of the same gave, which is not changed. Out: for each unit
 * its theme (`theme`) and further ones (`also`); of each theme that is there its section, members and counts (`themes`);
 * into which theme each merged one went (`merged`); recurring themes and categories with their themes and counts. For the
 * next time: its number (`version`), which units edits have to do with (`touched`), what moved since the last (`moved`), and
 * counts of several themes together (`groups`).
 */
function applied(found, edits, unitOf, last = null) {
  const theme = found.theme.slice(), also = new Map(found.also), touched = new Set();
  const sectionOf = new Map(found.themes.map((it) => [it.id, it.section]));
  const furtherOf = (u) => also.get(u) || NOTHING;
  const isIn = (u, id) => theme[u] === id || furtherOf(u).includes(id);
  /** The number of a passage that was clustered. */
  const row = (id) => { const u = unitOf(id); return u === undefined || theme[u] === undefined ? -1 : u; };
  const fits = (u, id) => sectionOf.has(id) && found.section[u] === sectionOf.get(id);
  const keep = (u, list) => { touched.add(u); if (list.length) also.set(u, list); else also.delete(u); };
  const put = (u, to) => {
    theme[u] = to;
    keep(u, to === null ? [] : furtherOf(u).filter((id) => id !== to));
  };

  // Themes by hand, those of a question before those that divide a theme.
  const make = (id, section, units, from) => {
    const rows = [...new Set(units.map(row))].filter((u) => u >= 0 && found.section[u] === section && (from === null || isIn(u, from)));
    if (!rows.length) return;
    sectionOf.set(id, section);
    for (const u of rows) {
      if (from === null || theme[u] === from) put(u, id);
      else keep(u, furtherOf(u).map((it) => (it === from ? id : it)));
    }
  };
  const questions = new Set(found.sections.map((it) => it.id));
  for (const [id, made] of Object.entries(edits.new)) if (questions.has(made.question)) make(id, made.question, made.units, null);
  for (const [from, parts] of Object.entries(edits.divide)) {
    for (const part of parts) if (sectionOf.has(from)) make(part.id, sectionOf.get(from), part.units, from);
  }
  for (const [unit, to] of Object.entries(edits.move)) {
    const u = row(unit), target = to === NOWHERE ? null : to;
    if (u >= 0 && (target === null || fits(u, target)) && theme[u] !== target) put(u, target);
  }
  for (const [unit, list] of Object.entries(edits.also)) {
    for (const id of list) {
      const u = row(unit);
      if (u < 0 || !fits(u, id) || isIn(u, id)) continue;
      if (theme[u] === null) put(u, id); else keep(u, [...furtherOf(u), id]);
    }
  }
  for (const [unit, list] of Object.entries(edits.not)) {
    for (const id of list) {
      const u = row(unit);
      if (u < 0 || !sectionOf.has(id) || !isIn(u, id)) continue;
      if (theme[u] !== id) keep(u, furtherOf(u).filter((it) => it !== id));
      else if (!furtherOf(u).length) put(u, null);
      else { const [next, ...rest] = furtherOf(u); theme[u] = next; keep(u, rest); }
    }
  }

  // Merges, to the end of each chain.
  const direct = new Map(Object.entries(edits.merge).filter(([id, into]) => sectionOf.has(id) && sectionOf.has(into) && sectionOf.get(id) === sectionOf.get(into)));
  const endOf = (id, next) => { for (let i = 0; next.has(id) && i <= next.size; i++) id = next.get(id); return id; };
  const merged = new Map([...direct.keys()].map((id) => [id, endOf(id, direct)]));
  const now = (id) => (merged.has(id) ? merged.get(id) : id);
  if (merged.size) {
    const units = new Set(touched);
    for (const id of merged.keys()) for (const u of found.members.get(id) || NOTHING) units.add(u);
    for (const u of units) {
      theme[u] = theme[u] && now(theme[u]);
      keep(u, [...new Set(furtherOf(u).map(now))].filter((id) => id !== theme[u]));
    }
  }

  // Members and counts: those of the last time where nothing came or went.
  const result = { version: ++found.counts, theme, also, touched }, moved = last && movedBetween(last, result);
  const members = moved ? null : membersOf(result);
  const membersNow = (id, before) => {
    if (!moved) return members.get(id) || [];
    const own = before ? before.members : NOTHING, change = moved.themes.get(id);
    return change ? bothInOrder(change.gone.size ? own.filter((u) => !change.gone.has(u)) : own, change.come) : own;
  };
  const themes = new Map(), stayed = new Set();
  for (const [id, section] of sectionOf) {
    if (merged.has(id)) continue;
    const before = moved ? last.themes.get(id) : undefined;
    if (before && !moved.themes.has(id)) { themes.set(id, before); stayed.add(id); continue; }
    const own = membersNow(id, before);
    if (own.length || found.codes.has(id)) themes.set(id, { section, members: own, ...countsOfUnits(found, own, found.askedOf.get(section)) });
  }

  // Recurring themes: a theme that took another in stands for it, in the first of them.
  let recurring = found.recurring.map((it) => ({ id: it.id, themes: it.themes.slice(), asked: it.byStudy.map((s) => ({ study: s.study, asked: s.prevalence.asked })) }));
  if (merged.size) {
    const home = new Map();
    for (const it of recurring) for (const id of it.themes) if (!merged.has(id)) home.set(id, it.id);
    for (const it of recurring) {
      const kept = new Set();
      for (const id of it.themes) {
        if (!home.has(now(id))) home.set(now(id), it.id);
        if (home.get(now(id)) === it.id) kept.add(now(id));
      }
      it.themes = [...kept];
    }
  }
  const settle = () => {
    for (const it of recurring) it.themes = [...new Set(it.themes)].filter((id) => themes.has(id));
    recurring = recurring.filter((it) => it.themes.length > 1);
  };
  settle();
  const standing = (ids) => [...new Set(ids.map(now))].filter((id) => themes.has(id));
  const recurringOf = (id) => recurring.find((it) => it.id === id);
  const joined = new Set();
  for (const [id, list] of Object.entries(edits.joins)) {
    const it = recurringOf(id), own = standing(list);
    if (!it || own.length < 2) continue;
    for (const other of recurring) {
      if (other === it || !other.themes.some((theme) => own.includes(theme))) continue;
      other.themes = other.themes.filter((theme) => !own.includes(theme));
      joined.add(other.id);
    }
    it.themes = own;
    joined.add(id);
  }
  const into = new Map(Object.entries(edits.recurringMerge).filter(([id, to]) => recurringOf(id) && recurringOf(to)));
  for (const id of into.keys()) {
    const to = endOf(id, into);
    recurringOf(to).themes.push(...recurringOf(id).themes);
    recurring = recurring.filter((it) => it.id !== id);
    joined.add(to);
  }
  settle();
  const askedIn = (ids) => askedInSections(found, ids.map((id) => sectionOf.get(id)));
  const unitsOf = (ids) => {
    const units = [], { listedIn } = found, list = ++found.counts;
    for (const id of ids) {
      const { members } = themes.get(id);
      for (let i = 0; i < members.length; i++) if (listedIn[members[i]] !== list) { listedIn[members[i]] = list; units.push(members[i]); }
    }
    return units;
  };
  /** Counts of some themes together; `key`: whose, where it is counted among others than those of its questions. */
  const groups = new Map();
  const groupCounts = (key, ids, asked) => {
    const name = [key, ...ids].join(" "), known = last && last.groups.get(name);
    const counted = known && ids.every((id) => stayed.has(id)) ? known : countsOfUnits(found, unitsOf(ids), asked || askedIn(ids));
    groups.set(name, counted);
    return counted;
  };
  recurring = recurring.map((it) => ({ id: it.id, themes: it.themes, ...groupCounts(joined.has(it.id) ? "" : it.id, it.themes, joined.has(it.id) ? null : it.asked) }));
  const categories = [];
  for (const [name, category] of Object.entries(edits.category)) {
    const own = standing(category.themes.flatMap((id) => { const it = recurringOf(id); return it ? it.themes : [id]; }));
    if (own.length) categories.push({ name, description: category.description || null, themes: own, ...groupCounts("", own, null) });
  }
  return { ...result, themes, merged, recurring, recurringMerged: new Map([...into.keys()].map((id) => [id, endOf(id, into)])), categories, moved, groups };
}
