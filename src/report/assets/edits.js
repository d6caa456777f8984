// The reader's edits: made on top of codebook.toml, kept in the browser, written as a new codebook.toml.

const NOWHERE = "unclustered";
const STORE = "leitmotif-edits-" + document.body.dataset.key;

function noEdits() {
  return { name: {}, description: {}, hide: {}, merge: {}, pin: {}, split: {}, move: {} };
}

function editsOfCodebook() {
  const edits = noEdits();
  for (const edit of D.codebook.edits) {
    if (edit.edit === "name") edits.name[edit.theme] = edit.value;
    else if (edit.edit === "description") edits.description[edit.theme] = edit.value;
    else if (edit.edit === "merge_into") edits.merge[edit.theme] = edit.value;
    else if (edit.edit === "hide") edits.hide[edit.theme] = true;
    else if (edit.edit === "pin") (edits.pin[edit.theme] ||= []).push(edit.value);
    else if (edit.edit === "move") edits.move[edit.unit] = edit.value;
    else if (edit.edit === "split") (edits.split[edit.theme] ||= []).push({ name: edit.name, units: edit.units });
  }
  return edits;
}

const BASE = editsOfCodebook();
let E = editsOfCodebook();
let undoStack = [], redoStack = [];
let isKept = true;

function loadEdits() {
  const text = storage.get(STORE);
  if (!text) return;
  try {
    const kept = JSON.parse(text);
    E = Object.assign(noEdits(), kept.edits);
    undoStack = kept.undo || [];
    redoStack = kept.redo || [];
  } catch {
    // What another program left there is no reason to show nothing.
  }
}

const MOST_UNDO = 100;

function keepEdits() {
  isKept = storage.set(STORE, JSON.stringify({ edits: E, undo: undoStack.slice(-MOST_UNDO), redo: redoStack }));
}

/** Makes an edit that can be undone; `word` says what it was. */
function edit(word, change) {
  const before = JSON.stringify(E);
  change(E);
  if (JSON.stringify(E) === before) return;
  undoStack.push({ word, edits: before });
  redoStack = [];
  edited(word);
}

function stepBack(from, to, word) {
  const step = from.pop();
  if (!step) return;
  to.push({ word: step.word, edits: JSON.stringify(E) });
  E = JSON.parse(step.edits);
  edited(word + step.word);
}

const undo = () => stepBack(undoStack, redoStack, "Undone: ");
const redo = () => stepBack(redoStack, undoStack, "Again: ");

function edited(word) {
  keepEdits();
  computeView();
  showPending(word);
  redraw();
}

const changed = (kind, key) => JSON.stringify(E[kind][key]) !== JSON.stringify(BASE[kind][key]);

/** Edits made here that codebook.toml does not have, or no longer has. */
function pendingEdits() {
  const found = [];
  for (const kind of Object.keys(noEdits())) {
    for (const key of new Set([...Object.keys(E[kind]), ...Object.keys(BASE[kind])])) {
      if (changed(kind, key)) found.push({ kind, key });
    }
  }
  return found;
}

function takeBack({ kind, key }) {
  edit("an edit taken back", (edits) => {
    if (BASE[kind][key] === undefined) delete edits[kind][key];
    else edits[kind][key] = JSON.parse(JSON.stringify(BASE[kind][key]));
  });
}

function nameOf(id) {
  const index = themeById.get(id);
  return index === undefined ? id : id + " " + V.themes[index].label;
}

/** An edit in words. */
function describeEdit({ kind, key }, edits) {
  const value = edits[kind][key];
  if (kind === "move") {
    const to = value === NOWHERE ? "no theme" : value === undefined ? null : nameOf(value);
    return to === null ? ["The move of ", said(key), " is taken out"] : [said(key), " moved to ", said(to)];
  }
  const theme = said(key);
  if (value === undefined) return ["“" + kind + "” of ", theme, " is taken out"];
  switch (kind) {
    case "name": return [theme, " named ", said("“" + value + "”")];
    case "description": return [theme, " described: ", said(value)];
    case "hide": return [theme, " hidden"];
    case "merge": return [theme, " merged into ", said(nameOf(value))];
    case "pin": return [theme, ": ", counted(value.length, "pinned quote")];
    default: return [theme, ": split into ", counted(value.length, "part")];
  }
}

// codebook.toml

/** A basic string of TOML 1.0. */
function tomlString(text) {
  const sound = text.toWellFormed ? text.toWellFormed() : text;
  const escapes = { "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\" };
  const escaped = sound.replace(/["\\\u0000-\u001f\u007f]/g, (c) =>
    escapes[c] || "\\u" + c.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0"));
  return '"' + escaped + '"';
}

function codebookText() {
  // A pin belongs to the theme that its theme is merged into.
  const last = (id) => { for (let i = 0; E.merge[id] !== undefined && i < 1000; i++) id = E.merge[id]; return id; };
  const pins = {};
  for (const [theme, units] of Object.entries(E.pin)) for (const unit of units) (pins[last(theme)] ||= []).push(unit);
  const kinds = [E.name, E.description, E.merge, E.hide, pins, E.split];
  const edited = new Set(kinds.flatMap((kind) => Object.keys(kind)));
  const order = [...D.themes.map((theme) => theme.id).filter((id) => edited.has(id)),
    ...[...edited].filter((id) => !themeById.has(id)).sort()];
  const lines = ["# Edits made in the report “" + D.title.replace(/[\u0000-\u001f\u007f]/g, " ") + "”, with those that were in codebook.toml before.",
    "# Put this file into the folder of the analysis as codebook.toml, then: leitmotif codebook FOLDER --apply", "", "version = 1"];
  const list = (units) => "[" + units.map(tomlString).join(", ") + "]";
  for (const id of order) {
    const entry = [];
    if (E.name[id] !== undefined) entry.push("name = " + tomlString(E.name[id]));
    if (E.description[id] !== undefined) entry.push("description = " + tomlString(E.description[id]));
    if (E.merge[id] !== undefined) entry.push("merge_into = " + tomlString(E.merge[id]));
    if (E.hide[id]) entry.push("hide = true");
    if (pins[id] && pins[id].length) entry.push("pin = " + list([...new Set(pins[id])]));
    if (E.split[id]) {
      const parts = E.split[id].map((part) => "{ name = " + tomlString(part.name) + ", units = " + list(part.units) + " }");
      entry.push("split = [" + parts.join(", ") + "]");
    }
    if (entry.length) lines.push("", "[theme." + tomlString(id) + "]", ...entry);
  }
  for (const [unit, to] of Object.entries(E.move)) {
    lines.push("", "[[move]]", "unit = " + tomlString(unit), "to = " + tomlString(to));
  }
  return lines.join("\n") + "\n";
}

const downloadCodebook = () => download("codebook.toml", "application/toml", codebookText());

// What the reader can do

async function rename(view) {
  const values = await ask("Rename " + view.id, [
    textField("Name", "name", view.label, 200),
    h("p", { class: "hint" }, "Found as: ", said(view.found.found_label || view.found.label)),
  ], "Rename");
  if (!values) return;
  const name = values.name.trim();
  edit("renamed " + view.id, (edits) => {
    if (name === "" || name === (view.found.found_label || view.found.label)) delete edits.name[view.id];
    else edits.name[view.id] = name;
  });
}

async function describe(view) {
  const id = freshId("text");
  const values = await ask("Describe " + view.id, [
    h("label", { for: id }, "What the theme is about"),
    h("textarea", { id, name: "text", rows: 5, dir: "auto" }, view.description || ""),
  ], "Save");
  if (!values) return;
  const text = values.text.trim();
  edit("described " + view.id, (edits) => {
    if (text === "") delete edits.description[view.id];
    else edits.description[view.id] = text.replace(/\r\n?/g, "\n");
  });
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
  edit("merged " + view.id + " into " + values.theme, (edits) => { edits.merge[view.id] = values.theme; });
  location.hash = "#/theme/" + encodeURIComponent(values.theme);
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
  const id = unitId(u), before = U.theme[u] >= 0 ? D.themes[U.theme[u]].id : NOWHERE;
  edit("moved " + id, (edits) => {
    if (values.theme === before && BASE.move[id] === undefined) delete edits.move[id];
    else edits.move[id] = values.theme;
    for (const [theme, units] of Object.entries(edits.pin)) {
      if (theme === values.theme) continue;
      edits.pin[theme] = units.filter((unit) => unit !== id);
      if (!edits.pin[theme].length) delete edits.pin[theme];
    }
  });
}

function pin(u) {
  const theme = themeNow(u);
  if (!theme) return;
  const id = unitId(u);
  if (theme.pins.has(id)) {
    edit("unpinned " + id, (edits) => {
      for (const key of [theme.id, ...theme.mergedFrom.map((index) => D.themes[index].id)]) {
        if (!edits.pin[key]) continue;
        edits.pin[key] = edits.pin[key].filter((unit) => unit !== id);
        if (!edits.pin[key].length) delete edits.pin[key];
      }
    });
  } else {
    edit("pinned " + id, (edits) => { (edits.pin[theme.id] ||= []).push(id); });
  }
}

/** The line at the foot of the page while there are edits to download. */
function showPending(word) {
  const bar = document.getElementById("pending");
  const pending = pendingEdits();
  bar.classList.toggle("open", pending.length > 0 || Boolean(word));
  if (!pending.length && !word) { bar.replaceChildren(); return; }
  bar.replaceChildren(
    h("span", { class: "what" }, pending.length ? counted(pending.length, "edit") + " not in codebook.toml yet" : "No edits to download",
      word ? h("span", { class: "last" }, " · ", said(word)) : null,
      isKept ? null : " · this browser keeps nothing: download before you close the page"),
    h("span", { class: "buttons" },
      button("Undo", undo, { disabled: !undoStack.length }),
      button("Redo", redo, { disabled: !redoStack.length }),
      link("#/edits", "See edits"),
      button("Download codebook", downloadCodebook, { class: "primary", disabled: !pending.length })));
}
