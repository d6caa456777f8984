// Where the reader's edits are kept: in this browser, under the line of analyses that the report belongs to, and in
// codebook.toml. Edits that an earlier report of the line left are found again, brought to this one and offered.
//
// In: what the browser kept, a file that the reader chose. Out: edits, and the file. It asks nobody else for anything, applies
// no edit that was not asked for, and throws none away.

const LINE = document.body.dataset.line, RESULT = document.body.dataset.key;
const STORES = "leitmotif-edits-", STORE = STORES + LINE + "-" + RESULT, ANSWERS = "leitmotif-offers-" + LINE;
/** Beside what is kept, the steps since: a step is kept at once, the whole a moment later. */
const stepsOf = (key) => key.replace(STORES, "leitmotif-steps-");
const MOST_UNDO = 100;

let isKept = true;
/** What did not fit when edits were taken over: kept until the reader lets go of it. */
let left = [];
/** Edits of other reports and files that the reader may take over. */
let offers = [];
/** The file that was written last, as a text; the edits in it; and its handle, where the browser gives one. */
let savedText = null, savedEdits = null, file = null;

const sectionOfFound = new Map(FOUND.themes.map((theme) => [theme.id, theme.section]));
const recurringFound = new Map(FOUND.recurring.map((it) => [it.id, it.themes]));
const hashes = new Map();
let unitsByWords = null;

function hashHere(u) {
  if (!hashes.has(u)) hashes.set(u, hashOf(U.text[u]));
  return hashes.get(u);
}

const ownerOf = (id) => id.slice(0, id.lastIndexOf("#"));

/** What rebase.js asks of the analysis here. */
const KNOWN = {
  hash(id) { const u = unitByid(id); return u === undefined ? undefined : hashHere(u); },
  label: (id) => labelFound.get(id) ?? (madeHere(id) || {}).name,
  /** Another passage of the same person that has the same words. */
  again(id, hash) {
    if (!unitsByWords) unitsByWords = new Map(allUnits.map((u) => [ownerOf(unitId(u)) + " " + hashHere(u), unitId(u)]));
    return unitsByWords.get(ownerOf(id) + " " + hash);
  },
  section(id) { const u = unitByid(id); return u === undefined || FOUND.theme[u] === undefined ? null : FOUND.section[u]; },
  sectionOfTheme: (id) => sectionOfFound.get(id),
  question: (id) => sectionById.has(id),
  questions: () => [...sectionById.keys()],
  recurring: () => [...recurringFound.keys()],
  joined: (id) => recurringFound.get(id),
  themes: () => [...sectionOfFound.keys(), ...themeById.keys()],
};

const sectionOfTheme = (id) => sectionOfFound.get(id) ?? (T[themeById.get(id)] ? D.sections[T[themeById.get(id)].section].id : (E.new[id] || {}).question);

function readStore(key) {
  try { return JSON.parse(storage.get(key)); } catch { return null; }
}

/** The edits that a report left, with the steps that a window closed too early to join to them. */
function readKept(key) {
  const kept = readStore(key);
  // What another program left there is no reason to show nothing.
  if (!kept || !kept.edits) return null;
  const state = { E: Object.assign(noEdits(), kept.edits), undo: kept.undo || [], redo: kept.redo || [] };
  const since = readStore(stepsOf(key));
  if (since && since.after === kept.changed && Array.isArray(since.steps)) since.steps.forEach((step) => takeStep(state, step));
  return { ...kept, edits: state.E, undo: state.undo, redo: state.redo };
}

function loadEdits() {
  const kept = readKept(STORE);
  if (kept) {
    [E, undoStack, redoStack, left, savedEdits] = [kept.edits, kept.undo, kept.redo, kept.left || [], kept.saved || null];
    keptAt = kept.changed;
  }
  findOffers();
}

/** When the whole was kept last, and the steps since. */
let keptAt = null, steps = [];
let keepingDue = 0;

/** Keeps a step at once, and everything a moment later, when the page has answered. */
function keepStep(step) {
  steps.push(step);
  keepEdits();
  // Where nothing is kept yet, the first step goes on from the codebook.
  const changed = new Date().toISOString();
  if (keptAt === null && step.made && undoStack.length === 1 && keepAs({ changed, edits: BASE, undo: [], redo: [], marks: marksOf(BASE, KNOWN) })) keptAt = changed;
  if (keptAt === null || !storage.set(stepsOf(STORE), JSON.stringify({ after: keptAt, steps }))) keepNow();
}

/** Keeps everything a moment later; leaving the page waits for it. */
function keepEdits() {
  clearTimeout(keepingDue);
  keepingDue = setTimeout(keepNow, 50);
}

const keepAs = (kept) => storage.set(STORE, JSON.stringify({ version: 2, title: D.title, base: BASE, saved: savedEdits, left, ...kept }));

function keepNow() {
  if (!keepingDue) return;
  clearTimeout(keepingDue);
  keepingDue = 0;
  const wasKept = isKept, changed = new Date().toISOString();
  undoStack = undoStack.slice(-MOST_UNDO);
  const marks = marksOf(E, KNOWN, BASE), keep = (undo, redo) => keepAs({ changed, edits: E, undo, redo, marks });
  isKept = keep(undoStack, redoStack);
  // Where the browser's room is full, the way back gives way before what was done: of many edits of many passages it is the most.
  for (let n = undoStack.length; !isKept && n > 0; n = Math.floor(n / 2)) isKept = keep(undoStack.slice(undoStack.length - Math.floor(n / 2)), []);
  if (isKept) {
    [keptAt, steps] = [changed, []];
    storage.remove(stepsOf(STORE));
  }
  if (isKept !== wasKept) showPending("");
}

/** Another window with the same report has made an edit: both go on from it. */
function changedElsewhere(event) {
  if (event.key !== STORE || !event.newValue) return;
  const kept = readKept(STORE);
  if (!kept) return;
  [E, undoStack, redoStack, left, savedEdits] = [kept.edits, kept.undo, kept.redo, kept.left || [], kept.saved || null];
  [keptAt, steps] = [kept.changed, []];
  wayBack = null;
  computeView();
  showPending("changed in another window");
  redraw();
}

// Edits of earlier reports

/** What other reports of this line left in the browser, and programs that knew no lines, where it is of these passages. */
function findOffers() {
  const answers = readStore(ANSWERS) || {};
  offers = [];
  for (const key of storage.keys().filter((it) => it.startsWith(STORES) && it !== STORE).sort()) {
    const kept = readKept(key);
    if (!kept) continue;
    const isOfLine = key.startsWith(STORES + LINE + "-"), isOld = kept.version === undefined;
    if (!isOfLine && !isOld) continue;
    const full = { base: Object.assign(noEdits(), kept.base), edits: kept.edits, marks: kept.marks, saved: kept.saved, undo: kept.undo };
    if (isOld && !isOfThese(full.edits)) continue;
    const mark = hashOf(JSON.stringify(kept.edits));
    if (answers[key] && answers[key].mark === mark && answers[key].said !== "later") continue;
    const found = rebased(full, E, KNOWN);
    if (found.fits.length || found.contrary.length || found.lost.length) offers.push({ key, mark, kept: full, found, from: offerName(kept), isLater: Boolean(answers[key] && answers[key].mark === mark) });
    // What is all here is this report's now: what later ones say otherwise is no contradiction.
    else answers[key] = { mark, said: "taken" };
  }
  if (JSON.stringify(answers) !== JSON.stringify(readStore(ANSWERS) || {})) storage.set(ANSWERS, JSON.stringify(answers));
}

/** Whether old edits, which name no line, name passages, and all of these are here. */
function isOfThese(edits) {
  const units = Object.entries(edits).flatMap(([kind, values]) => Object.entries(values).flatMap(([key, value]) => unitsOfEdit(kind, key, value)));
  return units.length > 0 && units.every((unit) => unitByid(unit) !== undefined);
}

function offerName(kept) {
  const changed = kept.changed && new Date(kept.changed);
  return "another report" + (changed && !isNaN(changed) ? " (last changed " + changed.toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" }) + ")" : "");
}

function answerOffer(offer, said) {
  offers = offers.filter((it) => it !== offer);
  if (offer.key) {
    const answers = readStore(ANSWERS) || {};
    answers[offer.key] = { mark: offer.mark, said };
    storage.set(ANSWERS, JSON.stringify(answers));
    if (said === "later") { offers.push(offer); offer.isLater = true; }
  }
}

/** Takes over what fits; with `alsoContrary` also what the edits here say otherwise. What no longer fits stays on the list. */
function acceptOffer(offer, alsoContrary) {
  const found = alsoContrary ? [...offer.found.fits, ...offer.found.contrary] : offer.found.fits;
  const missed = [...offer.found.lost, ...(alsoContrary ? [] : offer.found.contrary.map((it) => ({ ...it, reason: "the codebook here says otherwise" })))];
  const staying = missed.map(({ kind, key, after, reason }) => ({ kind, key, value: after ?? null, reason }));
  left = [...left, ...staying];
  answerOffer(offer, "taken");
  const word = "took over " + counted(new Set(found.map((it) => it.kind + " " + it.of)).size, "edit") + " of " + offer.from;
  const before = undoStack.length;
  edit(word, (edits) => {
    if (offer.replaces) for (const kind of Object.keys(edits)) edits[kind] = {};
    takeOver(edits, found, sectionOfTheme);
  }, offer.key ? { key: offer.key, mark: offer.mark, left: staying } : null);
  if (undoStack.length === before) edited(word);
  keepNow();
  // What was found of other reports is seen from where the edits are now.
  findOffersAgain();
}

function findOffersAgain() {
  const files = offers.filter((it) => !it.key);
  findOffers();
  offers.push(...files.map((it) => ({ ...it, found: rebased(it.kept, it.replaces ? noEdits() : E, KNOWN) })));
  redraw();
}

/** Taking an offer over was undone, so that it is open as before; or done again. */
function answerAgain({ key, mark, left: staying }, isUndo) {
  const answers = readStore(ANSWERS) || {};
  if (isUndo) {
    const rest = staying.map((it) => JSON.stringify(it));
    left = left.filter((it) => { const at = rest.indexOf(JSON.stringify(it)); if (at >= 0) rest.splice(at, 1); return at < 0; });
    delete answers[key];
  } else {
    left = [...left, ...staying];
    answers[key] = { mark, said: "taken" };
  }
  storage.set(ANSWERS, JSON.stringify(answers));
  findOffersAgain();
}

const offerFile = (offer) => download("earlier-codebook.toml", "application/toml", toToml(offer.kept.edits, T.map((theme) => theme.id), D.title));

/** One line on every page while there is something to decide. */
function offerNotice() {
  const open = offers.filter((it) => !it.isLater);
  if (!open.length || route().page === "edits") return null;
  const [offer] = open, { fits } = offer.found;
  return h("div", { class: "notice offer", role: "region", "aria-label": "Edits found" },
    h("p", {}, h("b", {}, counted(countsOf(offer.found).all, "edit") + " of " + offer.from), " not in this one: " + offerCounts(offer) + "."),
    h("div", { class: "buttons" },
      fits.length ? button("Take over what fits", () => acceptOffer(offer, false), { class: "primary" }) : null,
      link("#/edits", "Look at them"),
      button("Not now", () => { answerOffer(offer, "later"); redraw(); }, { class: "quiet" })));
}

function offerCounts({ found }) {
  const { fit, contrary, lost, partly, already } = countsOf(found);
  return [[fit, "fit"], [contrary, "contradict the edits here"], [lost, "no longer fit"], [partly, "fit only in part"], [already, "are here already"]]
    .filter(([n]) => n).map(([n, words]) => number(n) + " " + words).join(", ");
}

/** What was found, edit by edit, for the page of edits. */
function offerSection(offer) {
  const { fits, contrary, lost } = offer.found;
  const line = (it, more) => h("li", {}, h("span", {}, describeEdit(it, { [it.kind]: { [it.key]: it.after } }), more));
  const list = (title, all, more) => (all.length ? [h("h3", {}, title), paged(all, 20, (it) => h("ul", { class: "edits" }, line(it, more(it))), "")] : null);
  return h("section", {}, h("h2", {}, "Edits of " + offer.from),
    h("p", { class: "hint" }, offerCounts(offer) + ". ", offer.replaces ? "Taking them over puts them in place of the edits here; that can be undone." : "Nothing of them is applied until you say so; taking them over can be undone."),
    h("div", { class: "buttons" },
      fits.length ? button("Take over what fits", () => acceptOffer(offer, false), { class: "primary" }) : null,
      contrary.length ? button("Take over those too that contradict", () => acceptOffer(offer, true)) : null,
      button("Download them", () => offerFile(offer)),
      button("Leave them", () => { answerOffer(offer, "left"); redraw(); }, { class: "quiet" })),
    list("They fit", fits, () => null),
    list("The edits here say otherwise", contrary, (it) => h("span", { class: "hint" }, " – here: ", it.here === undefined ? "taken out" : describeEdit(it, { [it.kind]: { [it.key]: it.here } }))),
    list("They no longer fit", lost, (it) => h("span", { class: "hint" }, " – ", said(it.reason))));
}

/** What did not fit when edits were taken over. */
function leftSection() {
  if (!left.length) return null;
  const without = (it) => { left = left.filter((other) => other !== it); keepEdits(); redraw(); };
  return h("section", {}, h("h2", {}, "No longer fit"), h("p", { class: "hint" }, "They were taken over from an earlier report or a file and fit nothing here. They are in no codebook; this browser keeps them until you let go of them."),
    paged(left, 20, (it) => h("ul", { class: "edits" }, h("li", {}, h("span", {}, describeEdit(it, { [it.kind]: { [it.key]: it.value ?? undefined } }), h("span", { class: "hint" }, " – ", said(it.reason))), button("Let go", () => without(it), { class: "quiet" }))), ""));
}

// The file

const codebookText = () => toToml(E, T.map((theme) => theme.id), D.title);

function downloadCodebook() {
  const text = codebookText();
  download("codebook.toml", "application/toml", text);
  wasSaved(text, "downloaded");
}

/** The edits are in the file: a later report whose codebook has them has nothing else to say. */
function wasSaved(text, word) {
  savedText = text;
  savedEdits = Object.fromEntries(Object.entries(E).map(([kind, values]) => [kind, { ...values }]));
  keepEdits();
  showPending(word);
}

/** Whether the file that was written or loaded last has just the edits that are here. */
const isInFile = () => savedEdits !== null && sameValue(settled(savedEdits), settled(E));

const canSaveFile = () => Boolean(window.showOpenFilePicker && window.showSaveFilePicker);
const FILE_TYPES = { types: [{ description: "Codebook", accept: { "application/toml": [".toml"] } }], id: "leitmotif-codebook" };

/** Writes into the codebook.toml that the reader chooses once; what else the file holds is not overwritten unasked. */
async function saveCodebook() {
  try {
    if (!file) {
      const values = await ask("Write into codebook.toml", [h("p", {}, "Choose the file in the folder of the analysis: it is written from then on. Where there is none, make a new one."),
        h("p", {}, h("label", { class: "inline" }, h("input", { type: "checkbox", name: "isNew", value: "yes" }), " make a new file"))], "Choose");
      if (!values) return;
      [file] = values.isNew ? [await window.showSaveFilePicker({ ...FILE_TYPES, suggestedName: "codebook.toml" })] : await window.showOpenFilePicker(FILE_TYPES);
    }
    if (file.requestPermission && (await file.requestPermission({ mode: "readwrite" })) !== "granted") throw new DOMException("refused", "NotAllowedError");
    const there = await (await file.getFile()).text();
    const comments = commentsOfToml(there);
    if (there.trim() && there !== savedText && !(await mayReplace(there))) return;
    const text = codebookText() + (comments.length ? "\n" + [KEPT_COMMENTS, ...comments].join("\n") + "\n" : "");
    const out = await file.createWritable();
    await out.write(text);
    await out.close();
    wasSaved(text, "written into " + file.name);
  } catch (error) {
    if (error.name === "AbortError") return;
    file = null;
    downloadCodebook();
    showPending("the file could not be written (" + (error.name === "NotAllowedError" ? "the browser was not allowed to" : error.message) + "), so the codebook was downloaded");
  }
}

/** Whether a file may be replaced: it says nothing that would be lost, or the reader says so. */
async function mayReplace(there) {
  let missing;
  try {
    const theirs = editsOfToml(there);
    const before = settled(BASE);
    missing = changesBetween(E, theirs).filter((it) => it.after !== undefined && !sameValue(it.after, before[it.kind][it.key]));
  } catch (error) {
    missing = null;
  }
  if (missing && !missing.length) return true;
  const words = missing === null ? h("p", {}, "What stands in the file is not understood.")
    : [h("p", {}, "The file has edits that are not here:"), h("ul", {}, missing.slice(0, 10).map((it) => h("li", {}, describeEdit(it, { [it.kind]: { [it.key]: it.after } }))), missing.length > 10 ? h("li", {}, "and " + number(missing.length - 10) + " more") : null),
      h("p", {}, "Cancel and load the file first, to keep both.")];
  return Boolean(await ask("Replace the file?", [words], "Replace it"));
}

/** Loads a codebook.toml: its edits are offered, with those that do not fit. */
async function loadCodebook(chosen) {
  let edits;
  const text = await chosen.text();
  try {
    edits = editsOfToml(text);
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    await ask("The file was not loaded", [h("p", {}, said(chosen.name + ", line " + number(error.line) + ": " + error.message)), h("p", { class: "hint" }, said(error.hint))], "Close");
    return;
  }
  const values = await ask("Load " + chosen.name, [
    h("p", {}, counted(changesBetween(noEdits(), edits).length, "edit") + " in the file, " + counted(changesBetween(noEdits(), E).length, "edit") + " here."),
    h("p", {}, h("label", { class: "inline" }, h("input", { type: "radio", name: "how", value: "add", checked: true }), " add its edits to those here")),
    h("p", {}, h("label", { class: "inline" }, h("input", { type: "radio", name: "how", value: "replace" }), " put them in place of those here"))], "Load");
  if (!values) return;
  const replaces = values.how === "replace", kept = { base: noEdits(), edits, marks: null };
  const found = rebased(kept, replaces ? noEdits() : E, KNOWN), offer = { key: null, kept, found, replaces, from: "the file " + chosen.name, isLater: false };
  if (!found.lost.length && !found.contrary.length) {
    acceptOffer(offer, false);
    if (sameValue(settled(edits), settled(E))) wasSaved(null, "loaded; " + chosen.name + " has these edits");
    return;
  }
  offers.push(offer);
  location.hash = "#/edits";
  redraw();
}

/** A button with a field for a file behind it. */
function loadButton() {
  const input = h("input", { type: "file", accept: ".toml", class: "file", tabindex: "-1", "aria-label": "The codebook.toml to load", onchange: () => { if (input.files[0]) loadCodebook(input.files[0]); input.value = ""; } });
  return h("span", {}, button("Load codebook.toml…", () => input.click()), input);
}

const saveButtons = (isNeeded) => [
  canSaveFile() ? button(file ? "Write into " + file.name : "Write into codebook.toml…", saveCodebook, { class: "primary", disabled: !isNeeded }) : null,
  button("Download codebook", downloadCodebook, { class: canSaveFile() ? null : "primary", disabled: !isNeeded })];

/** The line at the foot of the page while there are edits to save. */
function showPending(word) {
  const bar = document.getElementById("pending"), pending = pendingEdits(), isSaved = isInFile();
  bar.classList.toggle("open", pending.length > 0 || Boolean(word));
  if (!pending.length && !word) { bar.replaceChildren(); return; }
  bar.replaceChildren(
    h("span", { class: "what" }, !pending.length ? "No edits to save" : isSaved ? counted(pending.length, "edit") + " saved; apply the codebook to have them in the analysis" : counted(pending.length, "edit") + " not in codebook.toml yet",
      word ? h("span", { class: "last" }, " · ", said(word)) : null,
      isKept ? null : " · this browser keeps nothing: save the codebook before you close the page"),
    h("span", { class: "buttons" },
      button("Undo", undo, { disabled: !undoStack.length }),
      button("Redo", redo, { disabled: !redoStack.length }),
      link("#/edits", "See edits"),
      saveButtons(pending.length > 0)));
}

/** Before the page is closed: edits that nothing keeps. */
function beforeLeaving(event) {
  if (!isKept && pendingEdits().length && !isInFile()) event.preventDefault();
}
