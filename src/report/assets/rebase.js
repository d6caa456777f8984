// Edits made on one result, brought to another: that of a re-run, of more interviews, or of the codebook that was applied.
//
// In: edits with what they began from, and the edits and the analysis that are here now. Out: what fits, what is here
// already, what the codebook here says otherwise, and what no longer fits, with the reason. It applies nothing unasked, and
// drops nothing. It knows no page; tests/browser/plain.mjs runs it.

/** A short hash of a passage's words: by it a passage is known again without its words being kept. */
function hashOf(text) {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(36);
}

/** Edits in one form, so that the same are equal: a pin is with the theme that its own is merged into, lists have an order. */
function settled(edits) {
  const found = noEdits();
  const last = (id) => { for (let i = 0; edits.merge[id] !== undefined && i < 1000; i++) id = edits.merge[id]; return id; };
  const inOrder = (list) => [...new Set(list)].sort();
  for (const kind of Object.keys(found)) {
    for (const [key, value] of Object.entries(edits[kind] || {}).sort(([a], [b]) => (a < b ? -1 : 1))) {
      if (kind === "pin") found.pin[last(key)] = inOrder([...(found.pin[last(key)] || []), ...value]);
      else if (kind === "also" || kind === "not" || kind === "joins") found[kind][key] = inOrder(value);
      else if (kind === "new") found.new[key] = { question: value.question, name: value.name, ...(value.description ? { description: value.description } : {}), units: inOrder(value.units) };
      else if (kind === "category") found.category[key] = { ...(value.description ? { description: value.description } : {}), themes: inOrder(value.themes) };
      else if (kind === "divide" || kind === "split") found[kind][key] = value.map((part) => ({ ...(part.id ? { id: part.id } : {}), name: part.name, units: inOrder(part.units) }));
      else found[kind][key] = value;
    }
  }
  return found;
}

/** A category's themes in their order. */
const inSettledForm = (category) => (category === undefined ? category : { ...category, themes: [...new Set(category.themes)].sort() });

const sameValue = (one, other) => JSON.stringify(one) === JSON.stringify(other);

/** What was changed from one state of the edits to another: kind, key, and the value before and after. */
function changesBetween(before, after) {
  const [from, to] = [settled(before), settled(after)], found = [];
  for (const kind of Object.keys(from)) {
    for (const key of new Set([...Object.keys(from[kind]), ...Object.keys(to[kind])])) {
      if (!sameValue(from[kind][key], to[kind][key])) found.push({ kind, key, before: from[kind][key], after: to[kind][key] });
    }
  }
  return found;
}

/** Ids of passages that an edit names. */
function unitsOfEdit(kind, key, value) {
  if (value === undefined) return [];
  if (kind === "move" || kind === "also" || kind === "not" || kind === "note") return [key];
  if (kind === "pin") return value;
  if (kind === "new") return value.units;
  if (kind === "split" || kind === "divide") return value.flatMap((part) => part.units);
  return [];
}

/** Recurring themes that an edit names. */
function recurringOfEdit(kind, key, value) {
  const own = kind.startsWith("recurring") || kind === "joins" ? [key] : [];
  if (value === undefined) return own;
  return [...own, ...(kind === "recurringMerge" ? [value] : kind === "category" ? value.themes : [])];
}

/** What has to be kept beside edits to know their passages and themes again: hashes, labels, and what recurring themes join. */
function marksOf(edits, known, base = noEdits()) {
  const units = {}, themes = {}, recurring = {};
  const markRecurring = (kind, key, value) => { for (const id of recurringOfEdit(kind, key, value)) { const joined = known.joined(id); if (joined) recurring[id] = joined; } };
  // Those of edits that were taken out too.
  for (const [kind, values] of Object.entries(base)) for (const [key, value] of Object.entries(values)) markRecurring(kind, key, value);
  for (const [kind, values] of Object.entries(edits)) {
    for (const [key, value] of Object.entries(values)) {
      for (const unit of unitsOfEdit(kind, key, value)) { const hash = known.hash(unit); if (hash !== undefined) units[unit] = hash; }
      markRecurring(kind, key, value);
      for (const id of [key, ...(kind === "merge" || kind === "move" ? [value] : []), ...(kind === "also" || kind === "not" || kind === "joins" ? value : [])]) {
        const label = known.label(id);
        if (label !== undefined) themes[id] = label;
      }
    }
  }
  return { units, themes, recurring, ...(Object.keys(recurring).length ? { questions: known.questions() } : {}) };
}

/** From so large a Jaccard coefficient on two recurring themes are the same, and with so many themes in common those of questions that one side lacks do not count: as in the program. */
const LEAST_JACCARD = 1 / 3, LEAST_JOINED = 2;
const sectionOfId = (theme) => (theme.includes(".") ? theme.slice(0, theme.indexOf(".")) : theme.replace(/[0-9]+$/, ""));

function closeness(now, then, nowAsked, thenAsked) {
  const both = now.filter((id) => then.includes(id)).length;
  const countedOf = (ids, asked) => ids.filter((id) => both < LEAST_JOINED || asked.has(sectionOfId(id))).length;
  return both / Math.max(1, countedOf(now, thenAsked) + countedOf(then, nowAsked) - both);
}

/** Recurring themes are numbered anew in each run: which one each is here, by the themes that it joined. */
function recurringHere(marks, known) {
  const nowAsked = new Set(known.questions()), pairs = [];
  for (const [before, then] of Object.entries(marks.recurring || {})) {
    const thenAsked = new Set([...(marks.questions || []), ...then.map(sectionOfId)]);
    for (const id of known.recurring()) {
      const near = closeness(known.joined(id), then, nowAsked, thenAsked);
      if (near >= LEAST_JACCARD) pairs.push({ before, id, near });
    }
  }
  pairs.sort((a, b) => b.near - a.near || (b.before === b.id) - (a.before === a.id));
  const found = new Map(), taken = new Set();
  for (const { before, id } of pairs) {
    if (found.has(before) || taken.has(id)) continue;
    found.set(before, id);
    taken.add(id);
  }
  return found;
}

const less = (list, out) => list.filter((it) => !out.includes(it));

/** One list changed in two ways: what was added and taken out there, done to what is here. */
function joinedLists(before, after, here) {
  return [...new Set([...less(here, less(before, after)), ...less(after, before)])].sort();
}

/** Whether an edit had this value on its way: in the file that was saved, or before a step that can be undone. */
function wasOnceSo(kept, kind, key, value) {
  const once = (it) => it !== undefined && it !== null && sameValue(settled({ ...noEdits(), [kind]: { [key]: it } })[kind][key], value);
  if (kept.saved && once(kept.saved[kind][key])) return true;
  return (kept.undo || []).some((step) => (step.changes || []).some(([k, id, from, to]) => k === kind && id === key && (once(from) || once(to))));
}

/** The value that an edit has when it is made on what is here; `undefined`: the two contradict each other. */
function joinedValue({ kind, before, after, isLater }, here) {
  if (here === undefined || isLater || sameValue(here, before)) return after;
  if (after === undefined) return undefined;
  if (kind === "pin" || kind === "also" || kind === "not") return joinedLists(before || [], after, here);
  if (kind === "new" && here.question === after.question && (here.name === after.name || (before && (before.name === after.name || before.name === here.name)))) {
    const name = before && before.name === after.name ? here.name : after.name, description = after.description || here.description;
    return { question: here.question, name, ...(description ? { description } : {}), units: joinedLists(before ? before.units : [], after.units, here.units) };
  }
  if (kind === "category") {
    const description = after.description || here.description;
    return { ...(description ? { description } : {}), themes: joinedLists(before ? before.themes : [], after.themes, here.themes) };
  }
  return undefined;
}

/** Edits in which themes made by hand have other ids. */
function renamedIds(edits, names) {
  const id = (it) => names.get(it) ?? it;
  const found = noEdits();
  for (const [kind, values] of Object.entries(edits)) {
    for (const [key, value] of Object.entries(values)) {
      const isOfTheme = !["move", "also", "not", "note", "category"].includes(kind) && !kind.startsWith("recurring") && kind !== "joins";
      found[kind][isOfTheme ? id(key) : key] = kind === "merge" || kind === "move" ? id(value)
        : kind === "also" || kind === "not" || kind === "joins" ? value.map(id)
          : kind === "divide" ? value.map((part) => ({ ...part, id: id(part.id) }))
            : kind === "category" ? { ...value, themes: value.themes.map(id) } : value;
    }
  }
  return found;
}

/** What does not fit of one edit is told in one line. */
function inOneLine(lost) {
  const byEdit = new Map();
  for (const it of lost) {
    const id = it.kind + " " + it.of;
    if (byEdit.has(id)) byEdit.get(id).push(it); else byEdit.set(id, [it]);
  }
  const together = (kind, values) => {
    if (Array.isArray(values[0])) {
      if (kind !== "split" && kind !== "divide") return [...new Set(values.flat())];
      const parts = new Map();
      for (const part of values.flat()) {
        const key = part.id || part.name;
        parts.set(key, { ...part, units: [...(parts.has(key) ? parts.get(key).units : []), ...part.units] });
      }
      return [...parts.values()];
    }
    if (kind === "new") return { ...values[0], units: values.flatMap((it) => it.units) };
    if (kind === "category") return { ...values[0], themes: values.flatMap((it) => it.themes) };
    return values[0];
  };
  return [...byEdit.values()].map((all) => {
    const reasons = new Map();
    for (const it of all) {
      const alike = it.many || it.reason;
      reasons.set(alike, [...(reasons.get(alike) || []), it]);
    }
    const reason = [...reasons].map(([alike, its]) => (its.length > 1 && its[0].many ? its.length + " of its passages " + alike : its[0].reason)).join("; ");
    const { many, ...first } = all[0];
    return { ...first, after: together(first.kind, all.map((it) => it.after)), reason };
  });
}

/** How many edits were found, each counted once, also where it fits in part. */
function countsOf({ fits, already, contrary, lost }) {
  const ids = (list) => new Set(list.map((it) => it.kind + " " + it.of));
  const [fit, against, gone] = [ids(fits), ids(contrary), ids(lost)];
  const elsewhere = new Set([...fit, ...against, ...ids(already)]);
  const partly = [...gone].filter((id) => elsewhere.has(id)).length;
  return { all: new Set([...fit, ...against, ...gone]).size, fit: fit.size, contrary: against.size, lost: gone.size - partly, partly, already: already.length };
}

/** Themes made by hand on both sides under one number that are not the same get numbers that are free. */
function withFreeIds(kept, here, taken) {
  const named = (edits, id) => edits.new[id] || Object.values(edits.divide).flat().find((part) => part.id === id);
  const base = madeIds(kept.base), own = madeIds(here), names = new Map();
  for (const id of madeIds(kept.edits)) {
    if (base.has(id) || !own.has(id) || named(kept.edits, id).name === named(here, id).name) continue;
    const free = nextId({ ...noEdits(), new: Object.fromEntries([...own, ...madeIds(kept.edits), ...names.values()].map((it) => [it, {}])) }, taken);
    names.set(id, free);
  }
  return names.size ? { ...kept, edits: renamedIds(kept.edits, names) } : kept;
}

/**
 * `kept`: `{ base, edits, marks, saved, undo }`, the edits, those that they began from, and what else is known of their way. `here`: the edits that are here. `known`: what
 * the analysis here knows of passages and themes. Out: `fits` (edits with the value that they get), `already`, `contrary`
 * (with what is said here) and `lost` (with the reason, in one line for an edit). Each has the key `of` which the edit had.
 */
function rebased(kept, here, known) {
  const result = { fits: [], already: [], contrary: [], lost: [] };
  kept = withFreeIds(kept, here, known.themes());
  const marks = kept.marks || { units: {}, themes: {} }, now = settled(here);
  let of = null;
  const lose = (edit, reason, many) => { result.lost.push({ ...edit, of, reason, ...(many ? { many } : {}) }); return null; };
  const places = recurringHere(marks, known);
  /** A recurring theme's id here; a file, whose marks are `null`, is of this analysis. */
  const placeOf = (id) => (kept.marks !== null ? places.get(id) : known.joined(id) ? id : undefined);
  const noPlace = (id) => "the recurring theme " + id + (marks.recurring && marks.recurring[id] ? ", which joined " + marks.recurring[id].join(", ") + "," : "") + " is not in this analysis";
  const isRecurring = (id) => Boolean(marks.recurring && marks.recurring[id]) || (!sectionOfTheme(id) && /^R[1-9][0-9]*$/.test(id));
  const broughtOver = (kind, value) => (value === undefined ? value : kind === "recurringMerge" ? placeOf(value) ?? value
    : kind === "category" ? { ...value, themes: value.themes.map((id) => (isRecurring(id) ? placeOf(id) ?? id : id)) } : value);
  const nameOfTheme = (id) => (marks.themes[id] ? id + " “" + marks.themes[id] + "”" : id);
  const noLonger = (id, one, many) => ({ reason: "the passage " + id + " " + one, many });
  /** The passage's id here, or why there is none. */
  const unitHere = (id, isNote) => {
    const hash = marks.units[id], found = known.hash(id);
    if (found === undefined || (hash !== undefined && found !== hash)) {
      const other = hash === undefined ? undefined : known.again(id, hash);
      if (other === undefined) return noLonger(id, ...(found === undefined ? ["is not in this analysis", "are not in this analysis"] : ["has other words now", "have other words now"]));
      id = other;
    }
    return !isNote && known.section(id) === null ? noLonger(id, "was set aside in this analysis", "were set aside in this analysis") : { id };
  };
  const made = new Set([...madeIds(now)]);
  const sectionOfMade = (id) => (now.new[id] || (kept.edits.new[id] || {})).question ?? known.sectionOfTheme(Object.keys(kept.edits.divide).find((from) => kept.edits.divide[from].some((part) => part.id === id)));
  const isTheme = (id) => known.sectionOfTheme(id) !== undefined || made.has(id);
  const sectionOfTheme = (id) => known.sectionOfTheme(id) ?? sectionOfMade(id);
  const missing = (id) => "the theme " + nameOfTheme(id) + " is not in this analysis";
  /** What of an edit fits; what does not is told. */
  const fitted = (edit) => {
    const { kind, key, after } = edit;
    if (after === undefined) return edit;
    if (kind === "joins" || kind === "category") {
      const list = kind === "joins" ? after : after.themes, least = kind === "joins" ? 2 : 1;
      const isHere = (id) => (kind === "category" && isRecurring(id) ? placeOf(id) !== undefined : isTheme(id));
      const why = (id) => (kind === "category" && isRecurring(id) ? noPlace(id) : missing(id));
      const gone = list.filter((id) => !isHere(id)), staying = less(list, gone);
      if (staying.length < least) return lose(edit, gone.map(why).join("; "));
      for (const id of gone) lose({ kind, key, after: kind === "joins" ? [id] : { themes: [id] } }, why(id));
      const left = kind === "category" ? broughtOver(kind, { themes: staying }).themes : staying;
      return { ...edit, after: kind === "joins" ? left : { ...after, themes: left } };
    }
    if (["name", "description", "memo", "hide", "merge", "pin", "split", "divide"].includes(kind) && !isTheme(key)) return lose(edit, missing(key));
    if (kind === "merge") {
      if (!isTheme(after)) return lose(edit, missing(after));
      if (sectionOfTheme(key) !== sectionOfTheme(after)) return lose(edit, "the two themes belong to different questions now");
    }
    if (kind === "new" && !known.question(after.question)) return lose(edit, "the question " + after.question + " is not in this analysis");
    const lists = { pin: () => [after, (units) => units], new: () => [after.units, (units) => ({ ...after, units })] };
    if (lists[kind]) {
      const [list, put] = lists[kind](), left = [];
      for (const unit of list) {
        const place = unitHere(unit, false), { id } = place;
        const why = place.reason ? place : kind === "new" && known.section(id) !== after.question ? noLonger(id, "answers another question now", "answer another question now") : null;
        if (why) lose({ kind, key, after: put([unit]) }, why.reason, why.many); else left.push(id);
      }
      return left.length ? { ...edit, after: put(left) } : null;
    }
    if (kind === "split" || kind === "divide") {
      const parts = [];
      for (const part of after) {
        const left = [];
        for (const unit of part.units) {
          const { id, reason, many } = unitHere(unit, false);
          if (reason) lose({ kind, key, after: [{ ...part, units: [unit] }] }, reason, many); else left.push(id);
        }
        if (left.length) parts.push({ ...part, units: left });
      }
      return parts.length ? { ...edit, after: parts } : null;
    }
    if (["move", "also", "not", "note"].includes(kind)) {
      const { id, reason } = unitHere(key, kind === "note");
      if (reason) return lose(edit, reason);
      if (kind === "note") return { ...edit, key: id };
      const targets = kind === "move" ? (after === "unclustered" ? [] : [after]) : after;
      const bad = targets.filter((theme) => !isTheme(theme) || sectionOfTheme(theme) !== known.section(id));
      for (const theme of bad) lose({ kind, key, after: kind === "move" ? after : [theme] }, isTheme(theme) ? theme + " belongs to another question than the passage" : missing(theme));
      if (kind === "move") return bad.length ? null : { ...edit, key: id };
      const left = less(after, bad);
      return left.length ? { ...edit, key: id, after: left } : null;
    }
    return edit;
  };
  // Themes are made before they are named.
  const changes = changesBetween(kept.base, kept.edits).sort((a, b) => (a.kind === "new" || a.kind === "divide" ? 0 : 1) - (b.kind === "new" || b.kind === "divide" ? 0 : 1));
  for (const told of changes) {
    of = told.key;
    let change = { ...told, of };
    if (told.kind.startsWith("recurring") || told.kind === "joins") {
      const place = placeOf(told.key);
      if (place === undefined) {
        // What the edits here say of it in the same words, or not at all, needs no place.
        if (told.after === undefined || sameValue(now[told.kind][told.key], told.after)) result.already.push(change); else lose(change, noPlace(told.key));
        continue;
      }
      if (told.kind === "recurringMerge" && told.after !== undefined && placeOf(told.after) === undefined) { lose(change, noPlace(told.after)); continue; }
      change = { ...change, key: place, before: broughtOver(told.kind, told.before), after: broughtOver(told.kind, told.after) };
    }
    const here = now[change.kind][change.key];
    if (sameValue(here, told.kind === "category" ? inSettledForm(broughtOver("category", change.after)) : change.after)) { result.already.push(change); continue; }
    const edit = fitted(change);
    if (!edit) continue;
    if (told.kind === "category") edit.before = inSettledForm(broughtOver("category", edit.before));
    if (told.kind === "category" && edit.after) edit.after = inSettledForm(edit.after);
    const there = now[edit.kind][edit.key], isLater = there !== undefined && wasOnceSo(kept, told.kind, told.key, there);
    const value = joinedValue({ ...edit, isLater }, there);
    if (sameValue(value, there) && !(value === undefined && edit.after !== undefined)) result.already.push(edit);
    else if (value === undefined && edit.after !== undefined || (edit.after === undefined && !isLater && !sameValue(there, edit.before))) result.contrary.push({ ...edit, here: there });
    else result.fits.push({ ...edit, after: value });
    if (edit.kind === "new" && edit.after) made.add(edit.key);
    if (edit.kind === "divide" && edit.after) for (const part of edit.after) made.add(part.id);
  }
  result.lost = inOneLine(result.lost);
  return result;
}

/** Makes edits that were found to fit, so that none contradicts another. `sectionOf`: the question of a theme. */
function takeOver(edits, found, sectionOf) {
  for (const { kind, key, after } of found) {
    const before = edits[kind][key];
    if (after === undefined) { if (before !== undefined) takeOut(edits, kind, key); continue; }
    if (kind === "move") putUnits(edits, [key], after);
    else if (kind === "new") {
      releaseUnits(edits, less(after.units, before ? before.units : []), key);
      edits.new[key] = after;
    } else if (kind === "divide") {
      const own = (parts) => (parts || []).flatMap((part) => part.units);
      releaseUnits(edits, less(own(after), own(before)), null);
      edits.divide[key] = after;
    } else if (kind === "also" || kind === "not") {
      for (const theme of less(before || [], after)) without(edits[kind], key, theme);
      for (const theme of after) (kind === "also" ? addUnit : takeUnitOut)(edits, key, theme);
    } else if (kind === "merge") mergeTheme(edits, key, after, sectionOf(key));
    else if (kind === "recurringMerge") leadTo(edits.recurringMerge, key, after);
    else if (kind === "joins") joinRecurring(edits, key, after);
    else edits[kind][key] = after;
  }
}

/** Takes an edit out. */
function takeOut(edits, kind, key) {
  if (kind === "new") forget(edits, key);
  else if (kind === "divide") { for (const part of edits.divide[key]) forget(edits, part.id); delete edits.divide[key]; }
  else delete edits[kind][key];
}
