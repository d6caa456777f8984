// What the browser keeps of the reader's edits, and how the windows of one report go on from each other's: the whole from
// time to time, and beside it each step since, under a name of its own and in the moment in which it is taken. So no window
// writes over another's step, and one that dies, sleeps, or hears late of the others loses none.
//
// In: a store of texts by their names, as the browser's; steps. Out: the state that they lead to, in each window the same.
// It asks nothing of the reader, and knows no page; tests/browser/plain.mjs runs it with windows that hear late.

const STORES = "leitmotif-edits-", STEPS = "leitmotif-steps-";
const MOST_UNDO = 100;
/** Milliseconds: so late a window may write that has not heard of another's step; a window that is closed is not heard again. */
const HEARD_AFTER = 60_000, CLOSED_AFTER = 86_400_000, FORGOTTEN_AFTER = 7 * CLOSED_AFTER;

/** Where steps beside a whole are kept: followed by the window's name, "/" and the number of the last of them. */
const stepsOf = (key) => key.replace(STORES, STEPS) + "/";

function inJson(text) {
  try { return JSON.parse(text); } catch { return null; }
}

/** A whole that was kept; `null` where there is none. What another program left there is none. */
function wholeIn(text) {
  const kept = text === null ? null : inJson(text);
  return kept && kept.edits ? kept : null;
}

const stateIn = (kept) => ({ E: Object.assign(noEdits(), kept.edits), undo: kept.undo || [], redo: kept.redo || [], left: kept.left || [], saved: kept.saved || null });

/** Names of the steps beside a whole, with the window and the number of the last step in each. */
function stepNames(store, key) {
  const prefix = stepsOf(key);
  return store.keys().filter((name) => name.startsWith(prefix)).map((name) => {
    const [of, last] = name.slice(prefix.length).split("/");
    return { name, of, last: Number(last) };
  });
}

const numberIn = (has, of) => (has[of] ? has[of].n : 0);

/** Steps that a state does not have yet, in the order in which they were taken; `own`: those of this window. */
function stepsSince(store, key, has, me, own) {
  const found = own.slice();
  for (const { name, of, last } of stepNames(store, key)) {
    if (of === me || last <= numberIn(has, of)) continue;
    const steps = inJson(store.get(name));
    if (Array.isArray(steps)) found.push(...steps.map((it) => ({ ...it, of })));
  }
  return found.filter((it) => it.n > numberIn(has, it.of)).sort((a, b) => a.at - b.at || (a.of < b.of ? -1 : a.of > b.of ? 1 : a.n - b.n));
}

/** The edits that a report left, with the steps that no window joined to them. */
function readKept(store, key) {
  const kept = wholeIn(store.get(key));
  if (!kept) return null;
  const state = stateIn(kept);
  for (const { step } of stepsSince(store, key, kept.has || {}, null, [])) takeStep(state, step);
  return { ...kept, ...state, edits: state.E };
}

/** What an edit says after a change from one value to another, `null` being none, where another window may have changed it too. */
function changedValue(kind, from, to, here) {
  if (here === from || here === to || sameValue(here, from) || sameValue(here, to)) return to;
  if (kind === "pin" || kind === "also" || kind === "not") {
    const list = joinedLists(from || [], to || [], here || []);
    return list.length ? list : null;
  }
  if (to === null || here === null) return to;
  return joinedValue({ kind, before: from ?? undefined, after: to }, here) ?? to;
}

const isSameStep = (one, other) => (one.id && other.id ? one.id === other.id : sameValue(one, other));

/** Takes a step: `made`, `undone` or `again` (an edit), `left` (what fits nothing: added and let go), `saved` (what the file has). */
function takeStep(state, step) {
  if (step.saved !== undefined) { state.saved = step.saved; return; }
  if (step.left) {
    const texts = (list) => new Set(list.map((it) => JSON.stringify(it)));
    const out = texts(step.left.out), here = texts(state.left);
    state.left = [...state.left.filter((it) => !out.has(JSON.stringify(it))), ...step.left.add.filter((it) => !here.has(JSON.stringify(it)))];
    return;
  }
  const edit = step.made || step.undone || step.again, [from, to] = step.undone ? [state.undo, state.redo] : [state.redo, state.undo];
  const at = from.findLastIndex((it) => isSameStep(it, edit));
  // Two windows that undo the same edit undo it once.
  if (at < 0 && to.some((it) => isSameStep(it, edit))) return;
  if (step.made) state.redo = [];
  else if (at >= 0) from.splice(at, 1);
  to.push(edit);
  for (const [kind, key, before, after] of edit.changes) {
    const values = state.E[kind], here = Object.hasOwn(values, key) ? values[key] : null;
    const value = step.undone ? changedValue(kind, after, before, here) : changedValue(kind, before, after, here);
    if (value === null) delete values[key]; else values[key] = value;
  }
}

/**
 * Keeps the edits of a report in `store`, for the window `me`, whose name no other has. `begin`: the state where nothing is kept;
 * `beside`: what is kept beside a state; `now`: milliseconds.
 */
function keeperOf({ store, key, me, begin, beside, now }) {
  let state = begin(), isKept = true;
  /** The whole that was read or written last, as a text, and the last step of each window in it; and in the state. */
  let whole = null, inWhole = {}, has = {};
  /** Steps of this window that another may not have heard of; those of them that are not in the store; how many there were. */
  let own = [], unwritten = [], n = 0, lastAt = 0;
  const nameOf = (number) => stepsOf(key) + me + "/" + number;
  const told = () => JSON.stringify([state.E, state.left, state.saved, state.undo.length, state.redo.length]);

  function takeIn({ of, n: number, at, step }) {
    takeStep(state, step);
    has[of] = { n: number, at };
    lastAt = Math.max(lastAt, at);
  }

  /** Goes on from what the other windows kept; whether anything is different. */
  function refresh() {
    const text = store.get(key), kept = text === whole ? null : wholeIn(text), before = kept ? told() : null;
    // From what was cleared, nothing is gone on: it is written again.
    if (kept) {
      [state, whole, inWhole, has] = [stateIn(kept), text, kept.has || {}, { ...kept.has }];
      lastAt = Math.max(lastAt, kept.at || 0);
    }
    const since = stepsSince(store, key, has, me, own);
    since.forEach(takeIn);
    return kept ? told() !== before : since.length > 0;
  }

  /** Writes steps of this window that are not in the store. */
  function writeSteps() {
    if (unwritten.length && !store.set(nameOf(n), JSON.stringify(unwritten))) return false;
    unwritten = [];
    return true;
  }

  /** Before the first edit: keeps what there was, so that the step itself, which is found beside a whole, is all that is written then. */
  function begins() {
    if (whole === null) keep();
  }

  /** Takes a step, and keeps it at once. */
  function take(step) {
    const taken = { n: ++n, at: Math.max(now(), lastAt + 1), step };
    if (step.made && !step.made.id) step.made.id = me + "." + n;
    takeIn({ ...taken, of: me });
    own.push({ ...taken, of: me });
    unwritten.push(taken);
    if (!writeSteps() || whole === null) keep();
  }

  function writeWhole(undo, redo) {
    const { E, left, saved } = state;
    const text = JSON.stringify({ version: 2, ...beside(state), changed: new Date(now()).toISOString(), at: lastAt, has, edits: E, undo, redo, left, saved });
    if (!store.set(key, text)) return false;
    [whole, inWhole, unwritten] = [text, { ...has }, []];
    return true;
  }

  /** Where the room is full: steps that the whole has give way, then the way back, which is the most of many edits of many passages. */
  function keepLess() {
    const { undo, redo } = state;
    for (const it of own) store.remove(nameOf(it.n));
    if (writeWhole(undo, redo)) return true;
    for (let most = undo.length; most > 0;) {
      most = Math.floor(most / 2);
      if (writeWhole(undo.slice(undo.length - most), [])) return true;
    }
    // Each by itself, the earlier ones first: none is kept without those before it.
    unwritten = own.filter((it) => it.n > numberIn(inWhole, me)).map(({ of, ...it }) => it);
    while (unwritten.length && store.set(nameOf(unwritten[0].n), JSON.stringify([unwritten[0]]))) unwritten.shift();
    return unwritten.length === 0;
  }

  /** Keeps the whole. */
  function keep() {
    refresh();
    state.undo = state.undo.slice(-MOST_UNDO);
    const there = new Set(stepNames(store, key).map((it) => it.of));
    for (const [of, { at }] of Object.entries(has)) if (of !== me && !there.has(of) && at < now() - FORGOTTEN_AFTER) delete has[of];
    isKept = writeWhole(state.undo, state.redo) || keepLess();
  }

  /** Lets go of steps that the whole has, where every window has heard of them. */
  function tidy() {
    if (whole === null || store.get(key) !== whole) return;
    const isDone = ({ of, last }) => {
      if (last > numberIn(inWhole, of)) return false;
      if (of !== me) return inWhole[of].at < now() - CLOSED_AFTER;
      return own.every((it) => it.n > last || it.at < now() - HEARD_AFTER);
    };
    for (const it of stepNames(store, key)) if (isDone(it)) store.remove(it.name);
    own = own.filter((it) => it.n > numberIn(inWhole, me) || it.at >= now() - HEARD_AFTER);
  }

  return { refresh, begins, take, keep, tidy, state: () => state, isKept: () => isKept, isThere: () => store.get(key) !== null };
}
