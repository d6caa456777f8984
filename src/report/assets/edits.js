// The reader's edits: made on top of codebook.toml, each with its way back, and what the reader can do to one theme or
// passage. keeping.js keeps them; selection.js makes them of many passages.

let undoStack = [], redoStack = [];

/** What an edit changes: kind, key, and the values before and after. Values are never changed themselves, so the same one is equal. */
function changesOf(before, after) {
  const found = [];
  const own = (values, key) => (Object.hasOwn(values, key) ? values[key] : undefined);
  for (const kind of Object.keys(after)) {
    const keys = [...Object.keys(before[kind]), ...Object.keys(after[kind]).filter((key) => !Object.hasOwn(before[kind], key))];
    for (const key of keys) {
      const from = own(before[kind], key), to = own(after[kind], key);
      if (from !== to && (from === undefined || to === undefined || !sameValue(from, to))) found.push([kind, key, from ?? null, to ?? null]);
    }
  }
  return found;
}

/** Makes an edit that can be undone, and whether it changed anything; `word` says what it was, `took` which offer it took over, `to` which
 * page comes next. */
function edit(word, change, took, to = location.hash) {
  const isBehind = catchUp();
  keeper.begins();
  const before = copied(E);
  change(E);
  const changes = changesOf(before, E);
  if (!changes.length) {
    if (isBehind) redraw();
    location.hash = to;
    return false;
  }
  edited(word, { made: { word, changes, ...(took ? { took } : {}) } }, to);
  return true;
}

/** Makes an edit that nobody sees and nothing keeps: what makes and applies edits is ready then for the first one. */
function rehearseEdit() {
  const [view, other] = shownThemes(false);
  if (FOR_READERS || !other || !view.members.length) return;
  const edits = copied(E), units = view.members.map(unitId), state = { E: copied(E), undo: [], redo: [], left: [], saved: null };
  makeTheme(edits, nextId(E, themeById.keys()), D.sections[view.section].id, view.label, units);
  for (const unit of units) addUnit(edits, unit, other.id);
  takeStep(state, { made: { changes: changesOf(E, edits) } });
  applied(FOUND, state.E, unitByid, appliedNow());
}

function stepBack(word, isUndo) {
  const isBehind = catchUp(), step = (isUndo ? undoStack : redoStack).at(-1);
  if (!step) { if (isBehind) redraw(); return; }
  edited(word + step.word, isUndo ? { undone: step } : { again: step });
  if (step.took) answerAgain(step.took, isUndo);
}

const undo = () => stepBack("Undone: ", true);
const redo = () => stepBack("Again: ", false);

/** How the last step can be taken back: a word and what it does; `null` where it cannot. */
let wayBack = null;

/** What follows an edit; `step` is what keeping.js would have to take again. Another page is drawn when it is come to. */
function edited(word, step, to = location.hash) {
  wayBack = !step ? null : step.undone ? { word: "Redo", act: redo } : { word: "Undo", act: undo };
  if (step) keepStep(step); else keepEdits();
  const before = V.recurring;
  computeView();
  // The page first: it asks where the reader is, which is known while nothing has changed.
  if (to === location.hash) redraw(); else turnTo(to);
  showPending(word + takenApart(before));
}

/** What is said of recurring themes that a step takes apart, since fewer than two themes are left to them. */
function takenApart(before) {
  const gone = before.filter((it) => !V.recurringMerged.has(it.id) && !V.recurring.some((other) => other.id === it.id));
  return gone.length ? "; gone with it: " + gone.map((it) => it.id + " " + it.label).join(", ") : "";
}

const changed = (kind, key) => E[kind][key] !== BASE[kind][key] && !sameValue(E[kind][key], BASE[kind][key]);

/** Edits made here that codebook.toml does not have, or no longer has. */
function pendingEdits() {
  const found = [];
  for (const kind of Object.keys(noEdits())) {
    for (const key of Object.keys(E[kind])) if (changed(kind, key)) found.push({ kind, key });
    for (const key of Object.keys(BASE[kind])) if (!Object.hasOwn(E[kind], key)) found.push({ kind, key });
  }
  return found;
}

function takeBack({ kind, key }) {
  edit("an edit taken back", (edits) => {
    const before = BASE[kind][key];
    if (before === undefined) { takeOut(edits, kind, key); return; }
    // A passage is put somewhere by one edit.
    const units = kind === "move" ? [key] : kind === "new" ? before.units : kind === "divide" ? before.flatMap((part) => part.units) : [];
    release(edits, units);
    edits[kind][key] = before;
  });
}

function nameOf(id) {
  const index = themeById.get(id), recurring = V.recurring.find((it) => it.id === id);
  return index !== undefined ? id + " " + V.themes[index].label : recurring ? id + " " + recurring.label : id;
}

/** An edit in words. */
function describeEdit({ kind, key }, edits) {
  const value = edits[kind][key], what = said(key);
  if (value === undefined) return ["“" + kind + "” of ", what, " is taken out"];
  const named = (ids) => said(ids.map(nameOf).join("; "));
  switch (kind) {
    case "name": case "recurringName": return [what, " named ", said("“" + value + "”")];
    case "description": return [what, " described: ", said(value)];
    case "memo": case "note": return ["Note on ", what, ": ", said(value)];
    case "hide": case "recurringHide": return [what, " hidden"];
    case "merge": case "recurringMerge": return [what, " merged into ", said(nameOf(value))];
    case "pin": return [what, ": ", counted(value.length, "pinned quote")];
    case "split": return [what, ": split into ", counted(value.length, "part")];
    case "divide": return [what, ": divided into ", counted(value.length, "theme")];
    case "move": return [what, " moved to ", said(value === NOWHERE ? "no theme" : nameOf(value))];
    case "new": return ["New theme ", what, " ", said("“" + value.name + "”"), " of ", counted(value.units.length, "passage")];
    case "also": return [what, " also in ", named(value)];
    case "not": return [what, " not in ", named(value)];
    case "joins": return [what, " joins ", named(value)];
    default: return ["Category ", said("“" + key + "”"), ": ", named(value.themes)];
  }
}

// What the reader can do

async function rename(view) {
  const found = labelFound.get(view.id);
  const values = await ask("Rename " + view.id, [
    textField("Name", "name", view.label, 200),
    found === undefined ? null : h("p", { class: "hint" }, "Found as: ", said(found)),
  ], "Rename");
  if (!values) return;
  const name = values.name.trim();
  edit("renamed " + view.id, (edits) => {
    if (edits.new[view.id] && name !== "") {
      delete edits.name[view.id];
      edits.new[view.id] = { ...edits.new[view.id], name };
    } else if (name === "" || name === found) delete edits.name[view.id];
    else edits.name[view.id] = name;
  });
}

/** Asks for a text of several lines; `null` when it was not given. */
async function askText(title, label, value) {
  const id = freshId("text");
  const values = await ask(title, [h("label", { for: id }, label), h("textarea", { id, name: "text", rows: 5, dir: "auto" }, value || "")], "Save");
  return values ? values.text.trim().replace(/\r\n?/g, "\n") : null;
}

function setOrDelete(edits, key, value) {
  if (value === "") delete edits[key]; else edits[key] = value;
}

async function describe(view) {
  const text = await askText("Describe " + view.id, "What the theme is about", view.description);
  if (text !== null) edit("described " + view.id, (edits) => setOrDelete(edits.description, view.id, text));
}

async function noteTheme(view) {
  const text = await askText("Note on " + view.id, "Your note; it is shown as a note, never as a quote", view.memo);
  if (text !== null) edit("a note on " + view.id, (edits) => setOrDelete(edits.memo, view.id, text));
}

async function notePassage(u) {
  const text = await askText("Note on this passage", "Your note; it is shown as a note, never as a quote", noteOf(u));
  if (text !== null) edit("a note on " + unitId(u), (edits) => setOrDelete(edits.note, unitId(u), text));
}

function textField(label, name, value, most) {
  const id = freshId("field");
  return h("div", {}, h("label", { for: id }, label), h("input", { id, name, value, maxlength: most, dir: "auto", autocomplete: "off" }));
}

function themeChoice(label, section, without, extra) {
  const id = freshId("choice");
  const options = shownThemes(true).filter((theme) => theme.section === section && theme.index !== without)
    .map((theme) => h("option", { value: theme.id }, theme.id + "  " + theme.label));
  return h("div", {}, h("label", { for: id }, label), h("select", { id, name: "theme" }, extra, options));
}

async function merge(view) {
  const values = await ask("Merge " + view.id + " into another theme of the same question", [
    h("p", { class: "hint" }, "Its passages, ", counted(view.mentions, "mention"), ", go to the other theme. People are counted once."),
    themeChoice("Into", view.section, view.index, null),
  ], "Merge");
  if (!values || !values.theme) return;
  edit("merged " + view.id + " into " + values.theme, (edits) => mergeTheme(edits, view.id, values.theme, D.sections[view.section].id), null, "#/theme/" + encodeURIComponent(values.theme));
}

function hide(view) {
  edit((view.hidden ? "shown again: " : "hidden: ") + view.id, (edits) => {
    if (view.hidden) delete edits.hide[view.id];
    else edits.hide[view.id] = true;
  });
}

async function move(u) {
  const section = sectionOf(u), now = themeNow(u);
  const values = await ask("Move this passage", [
    h("blockquote", { class: "said", dir: "auto" }, U.text[u].slice(0, 300)),
    themeChoice("To", section, now ? now.index : -1, now ? h("option", { value: NOWHERE }, "no theme") : null),
  ], "Move");
  if (!values || !values.theme) return;
  const id = unitId(u);
  edit("moved " + id, (edits) => {
    putUnit(edits, id, values.theme);
    // Back where it was found: no edit.
    if ((FOUND.theme[u] ?? NOWHERE) === values.theme && BASE.move[id] === undefined) delete edits.move[id];
  });
}

/** A further theme for a passage, or one fewer. */
async function furtherThemes(u) {
  const id = unitId(u), own = [V.themeOf[u], ...(V.alsoOf.get(u) || [])].filter((t) => t >= 0);
  const choice = freshId("choice"), out = freshId("choice");
  const options = shownThemes(true).filter((theme) => theme.section === sectionOf(u) && !own.includes(theme.index));
  const option = (theme) => h("option", { value: theme.id }, theme.id + "  " + theme.label);
  const values = await ask("Themes of this passage", [
    h("blockquote", { class: "said", dir: "auto" }, U.text[u].slice(0, 300)),
    h("label", { for: choice }, "Add it to"), h("select", { id: choice, name: "add" }, h("option", { value: "" }, "no further theme"), options.map(option)),
    own.length ? [h("label", { for: out }, "Take it out of"), h("select", { id: out, name: "out" }, h("option", { value: "" }, "none"), own.map((t) => option(V.themes[t])))] : null,
  ], "Save");
  if (!values) return;
  edit("themes of " + id, (edits) => {
    if (values.out) takeUnitOut(edits, id, values.out);
    if (values.add) addUnit(edits, id, values.add);
  });
}

/** A new theme of some passages of one question. */
async function newTheme(units) {
  const clustered = await ofOneQuestion("New theme", units);
  if (!clustered) return;
  const values = await ask("New theme of " + counted(clustered.length, "passage"), [
    h("p", { class: "hint" }, "They are taken out of the themes where they are; people are counted once."),
    textField("Name", "name", "", 200),
  ], "Make it");
  if (!values || !values.name.trim()) return;
  const id = nextId(E, themeById.keys());
  edit("made " + id, (edits) => makeTheme(edits, id, D.sections[sectionOf(clustered[0])].id, values.name.trim(), clustered.map(unitId)), null, "#/theme/" + id);
}

async function renameRecurring(it) {
  const values = await ask("Rename " + it.id, [textField("Name", "name", it.label, 200)], "Rename");
  if (values) edit("renamed " + it.id, (edits) => setOrDelete(edits.recurringName, it.id, values.name.trim()));
}

function hideRecurring(it) {
  edit((it.hidden ? "shown again: " : "hidden: ") + it.id, (edits) => {
    if (it.hidden) delete edits.recurringHide[it.id]; else edits.recurringHide[it.id] = true;
  });
}

async function mergeRecurring(it) {
  const id = freshId("choice");
  const others = V.recurring.filter((other) => other.id !== it.id);
  const values = await ask("Merge " + it.id + " into another recurring theme", [
    h("label", { for: id }, "Into"), h("select", { id, name: "into" }, others.map((other) => h("option", { value: other.id }, other.id + "  " + other.label)))], "Merge");
  if (!values || !values.into) return;
  edit("merged " + it.id + " into " + values.into, (edits) => leadTo(edits.recurringMerge, it.id, values.into), null, "#/recurring/" + encodeURIComponent(values.into));
}

/** Boxes to tick, one a theme; what was ticked is in `values` by the themes' ids. */
const themeBoxes = (chosen) => boxesOf(shownThemes(true), chosen);

function boxesOf(themes, chosen) {
  return h("div", { class: "boxes" }, themes.map((theme) => {
    const id = freshId("box");
    return h("p", {}, h("input", { type: "checkbox", id, name: theme.id, value: theme.id, checked: chosen.has(theme.id) }), " ", h("label", { for: id }, theme.id + "  " + theme.label));
  }));
}

const ticked = (values) => shownThemes(true).map((theme) => theme.id).filter((id) => values[id]);

async function joinThemes(it) {
  const values = await ask("Themes that " + it.id + " joins", [themeBoxes(new Set(it.themes.map((index) => T[index].id)))], "Save");
  if (!values) return;
  const themes = ticked(values);
  if (themes.length < 2) return;
  edit("themes of " + it.id, (edits) => joinRecurring(edits, it.id, themes));
}

/** The themes of a category as its edit names them, after the boxes were ticked: what the reader did not touch stays as it is written. */
function themesOfCategory(written, shown, isTicked) {
  const last = (id) => { const view = V.themes[themeById.get(id)]; return view && view.into !== null ? V.themes[view.into].id : id; };
  const staying = written.filter((id) => !shown.has(last(id)) || isTicked(last(id)));
  const named = new Set(staying.map(last));
  return [...staying, ...[...shown].filter((id) => isTicked(id) && !named.has(id))];
}

/** A category, new or to be changed. A recurring theme stands for the themes that it joins. */
async function editCategory(category) {
  const written = category ? E.category[category.name].themes : [];
  const boxes = [...shownThemes(true), ...V.recurring.filter((it) => !it.hidden || written.includes(it.id))];
  const shown = new Set(boxes.map((it) => it.id));
  let name = category ? category.name : "", text = category && category.description || "", wrong = null;
  let themes = written.map((id) => { const view = V.themes[themeById.get(id)]; return view && view.into !== null ? V.themes[view.into].id : id; });
  for (;;) {
    const about = freshId("text");
    const values = await ask(category ? "Change “" + category.name + "”" : "New category", [
      wrong ? h("p", { class: "notice", role: "alert" }, wrong) : null,
      textField("Name", "category name", name, 200),
      h("label", { for: about }, "What it is about"), h("textarea", { id: about, name: "category text", rows: 3, dir: "auto" }, text),
      boxesOf(boxes, new Set(themes))], "Save");
    if (!values) return;
    [name, text] = [values["category name"].trim(), values["category text"].trim().replace(/\r\n?/g, "\n")];
    themes = [...shown].filter((id) => values[id]);
    const isTaken = Object.keys(E.category).some((other) => categorySpelling(other) === categorySpelling(name) && !(category && category.name === other));
    wrong = !name ? "A category needs a name." : name === "__proto__" ? "A category cannot have this name."
      : isTaken ? ["There is a category ", said("“" + name + "”"), " already: choose another name, or change that one."]
        : !themes.length ? "A category needs one theme at least." : null;
    if (!wrong) break;
  }
  // A description that was left alone stays as it is written.
  if (category && category.description && category.description.trim().replace(/\r\n?/g, "\n") === text) text = category.description;
  edit("category “" + name + "”", (edits) => {
    if (category) delete edits.category[category.name];
    const list = themesOfCategory(written, shown, (id) => themes.includes(id));
    edits.category[name] = text ? { description: text, themes: list } : { themes: list };
  });
}

function pin(u) {
  const theme = themeNow(u);
  if (!theme) return;
  const id = unitId(u);
  if (theme.pins.has(id)) {
    edit("unpinned " + id, (edits) => {
      for (const key of [theme.id, ...theme.mergedFrom.map((index) => T[index].id)]) {
        if (!edits.pin[key]) continue;
        edits.pin[key] = edits.pin[key].filter((unit) => unit !== id);
        if (!edits.pin[key].length) delete edits.pin[key];
      }
    });
  } else {
    edit("pinned " + id, (edits) => { edits.pin[theme.id] = [...(edits.pin[theme.id] || []), id]; });
  }
}

