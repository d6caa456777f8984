// The reader's edits as plain data: from the codebook, changed without contradictions, and written as codebook.toml.
//
// A value is put in the place of another and never changed itself, so that a step back is what was there before. It knows
// no page; tests/browser/apply.mjs runs it too.

/** Edits by what is edited. `joins`, `recurring…`: recurring themes; `note`: passages. */
function noEdits() {
  return { name: {}, description: {}, memo: {}, hide: {}, merge: {}, pin: {}, split: {}, divide: {}, move: {}, new: {}, also: {}, not: {}, note: {},
    recurringName: {}, recurringMerge: {}, recurringHide: {}, joins: {}, category: {} };
}

function editsOfCodebook(list) {
  const edits = noEdits();
  for (const it of list) {
    switch (it.kind ? it.kind + " " + it.edit : it.edit) {
      case "name": edits.name[it.of] = it.value; break;
      case "description": edits.description[it.of] = it.value; break;
      case "memo": edits.memo[it.of] = it.value; break;
      case "merge_into": edits.merge[it.of] = it.value; break;
      case "hide": edits.hide[it.of] = true; break;
      case "pin": (edits.pin[it.of] ||= []).push(it.value); break;
      case "move": edits.move[it.of] = it.value; break;
      case "split": (edits.split[it.of] ||= []).push({ name: it.name, units: it.list }); break;
      case "divide": (edits.divide[it.of] ||= []).push({ id: it.id, name: it.name, units: it.list }); break;
      case "new": edits.new[it.of] = { question: it.question, name: it.name, description: it.description, units: it.list }; break;
      case "also": (edits.also[it.of] ||= []).push(it.value); break;
      case "not": (edits.not[it.of] ||= []).push(it.value); break;
      case "passage memo": edits.note[it.of] = it.value; break;
      case "recurring name": edits.recurringName[it.of] = it.value; break;
      case "recurring merge_into": edits.recurringMerge[it.of] = it.value; break;
      case "recurring hide": edits.recurringHide[it.of] = true; break;
      case "recurring themes": edits.joins[it.of] = it.list; break;
      case "category": edits.category[it.of] = { description: it.description, themes: it.list }; break;
    }
  }
  return edits;
}

/** Takes a value out of a list under a key; the key goes with the last. */
function without(lists, key, value) {
  if (!lists[key]) return;
  lists[key] = lists[key].filter((it) => it !== value);
  if (!lists[key].length) delete lists[key];
}

/** Takes out what the edits say of a theme made by hand, when it is made no more. */
function forget(edits, id) {
  delete edits.new[id];
  for (const part of edits.divide[id] || []) forget(edits, part.id);
  delete edits.divide[id];
  for (const kind of ["name", "description", "memo", "hide", "merge", "pin", "split"]) delete edits[kind][id];
  for (const [from, into] of Object.entries(edits.merge)) if (into === id) delete edits.merge[from];
  for (const [unit, to] of Object.entries(edits.move)) if (to === id) delete edits.move[unit];
  for (const lists of [edits.also, edits.not]) for (const unit of Object.keys(lists)) without(lists, unit, id);
  for (const [recurring, themes] of Object.entries(edits.joins)) {
    edits.joins[recurring] = themes.filter((it) => it !== id);
    if (edits.joins[recurring].length < 2) delete edits.joins[recurring];
  }
  for (const [name, category] of Object.entries(edits.category)) {
    edits.category[name] = { ...category, themes: category.themes.filter((it) => it !== id) };
    if (!edits.category[name].themes.length) delete edits.category[name];
  }
}

/** Takes passages out of every edit that puts them somewhere. */
function release(edits, units) {
  const out = new Set(units), keeps = (unit) => !out.has(unit);
  for (const unit of out) delete edits.move[unit];
  for (const [id, made] of Object.entries(edits.new)) {
    if (made.units.every(keeps)) continue;
    edits.new[id] = { ...made, units: made.units.filter(keeps) };
    if (!edits.new[id].units.length) forget(edits, id);
  }
  for (const [theme, parts] of Object.entries(edits.divide)) {
    if (parts.every((part) => part.units.every(keeps))) continue;
    const left = parts.map((part) => ({ ...part, units: part.units.filter(keeps) }));
    for (const part of left) if (!part.units.length) forget(edits, part.id);
    edits.divide[theme] = left.filter((part) => part.units.length);
    if (!edits.divide[theme].length) delete edits.divide[theme];
  }
}

/** The same, with their pins, but for those of the theme they go to: a pin stays where its passage is. */
function releaseUnits(edits, units, to) {
  release(edits, units);
  const out = new Set(units);
  for (const [theme, pins] of Object.entries(edits.pin)) {
    if (theme === to || !pins.some((unit) => out.has(unit))) continue;
    edits.pin[theme] = pins.filter((unit) => !out.has(unit));
    if (!edits.pin[theme].length) delete edits.pin[theme];
  }
}

/** Puts passages into a theme, or into none. */
function putUnits(edits, units, to) {
  releaseUnits(edits, units, to);
  for (const unit of units) {
    without(edits.not, unit, to);
    without(edits.also, unit, to);
    edits.move[unit] = to;
  }
}

const putUnit = (edits, unit, to) => putUnits(edits, [unit], to);

/** Makes a theme of passages of one question. */
function makeTheme(edits, id, question, name, units) {
  releaseUnits(edits, units, id);
  edits.new[id] = { question, name, units: [...new Set(units)] };
}

/** A further theme for a passage. */
function addUnit(edits, unit, theme) {
  without(edits.not, unit, theme);
  const further = edits.also[unit] || [];
  if (!isPlaced(edits, unit, theme) && !further.includes(theme)) edits.also[unit] = [...further, theme];
}

/** A passage does not belong to a theme. */
function takeUnitOut(edits, unit, theme) {
  if (isPlaced(edits, unit, theme)) release(edits, [unit]);
  without(edits.also, unit, theme);
  const out = edits.not[unit] || [];
  if (!out.includes(theme) && isKnown(edits, theme)) edits.not[unit] = [...out, theme];
  without(edits.pin, theme, unit);
}

const isPlaced = (edits, unit, theme) => edits.move[unit] === theme || Boolean(edits.new[theme] && edits.new[theme].units.includes(unit))
  || Object.values(edits.divide).some((parts) => parts.some((part) => part.id === theme && part.units.includes(unit)));

/** Whether a theme made by hand is still made; one that was found always is. */
const isKnown = (edits, theme) => !/^N[1-9][0-9]*$/.test(theme) || madeIds(edits).has(theme);

const madeIds = (edits) => new Set([...Object.keys(edits.new), ...Object.values(edits.divide).flatMap((parts) => parts.map((part) => part.id))]);

/** Merges a theme into another; what was divided off it stays a theme of its own. `section`: their question's id. */
function mergeTheme(edits, theme, into, section) {
  for (const part of edits.divide[theme] || []) edits.new[part.id] = { question: section, name: part.name, units: part.units };
  delete edits.divide[theme];
  leadTo(edits.merge, theme, into);
}

/** Adds a merge; one that would lead back goes. */
function leadTo(merges, from, into) {
  for (let id = into, i = 0; merges[id] !== undefined && i < 1000; id = merges[id], i++) {
    if (merges[id] === from) { delete merges[id]; break; }
  }
  merges[from] = into;
}

/** The themes that a recurring theme joins; each belongs to one. */
function joinRecurring(edits, recurring, themes) {
  for (const [other, list] of Object.entries(edits.joins)) {
    edits.joins[other] = list.filter((id) => !themes.includes(id));
    if (edits.joins[other].length < 2) delete edits.joins[other];
  }
  edits.joins[recurring] = themes;
}

/** The next id for a theme by hand; `taken` are those of themes that are there. */
function nextId(edits, taken) {
  const ids = [...madeIds(edits), ...taken].map((id) => (/^N[1-9][0-9]*$/.test(id) ? Number(id.slice(1)) : 0));
  return "N" + (Math.max(0, ...ids) + 1);
}

/** A basic string of TOML 1.0. */
function tomlString(text) {
  const sound = text.toWellFormed ? text.toWellFormed() : text;
  const escapes = { "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\" };
  const escaped = sound.replace(/["\\\u0000-\u001f\u007f]/g, (c) =>
    escapes[c] || "\\u" + c.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0"));
  return '"' + escaped + '"';
}

/** codebook.toml; `ids` are those of the themes, in their order. */
function toToml(E, ids, title) {
  // A pin belongs to the theme that its theme is merged into.
  const last = (id) => { for (let i = 0; E.merge[id] !== undefined && i < 1000; i++) id = E.merge[id]; return id; };
  const pins = {};
  for (const [theme, units] of Object.entries(E.pin)) for (const unit of units) (pins[last(theme)] ||= []).push(unit);
  const kinds = [E.name, E.description, E.memo, E.merge, E.hide, pins, E.split, E.divide];
  const edited = new Set(kinds.flatMap((kind) => Object.keys(kind)));
  const known = new Set(ids);
  const order = [...ids.filter((id) => edited.has(id)), ...[...edited].filter((id) => !known.has(id)).sort()];
  const lines = ["# Edits made in the report “" + title.replace(/[\u0000-\u001f\u007f]/g, " ") + "”, with those that were in codebook.toml before.",
    "# Put this file into the folder of the analysis as codebook.toml, then: leitmotif codebook FOLDER --apply", "", "version = 1"];
  const list = (units) => "[" + units.map(tomlString).join(", ") + "]";
  const inline = (part) => "{ " + (part.id ? "id = " + tomlString(part.id) + ", " : "") + "name = " + tomlString(part.name) + ", units = " + list(part.units) + " }";
  const section = (heading, entry) => { if (entry.length) lines.push("", heading, ...entry); };
  const text = (key, value) => (value === undefined || value === null || value === "" ? [] : [key + " = " + tomlString(value)]);
  for (const id of order) {
    section("[theme." + tomlString(id) + "]", [
      ...text("name", E.name[id]), ...text("description", E.description[id]), ...text("memo", E.memo[id]), ...text("merge_into", E.merge[id]),
      ...(E.hide[id] ? ["hide = true"] : []),
      ...(pins[id] && pins[id].length ? ["pin = " + list([...new Set(pins[id])])] : []),
      ...(E.split[id] ? ["split = [" + E.split[id].map(inline).join(", ") + "]"] : []),
      ...(E.divide[id] ? ["divide = [" + E.divide[id].map(inline).join(", ") + "]"] : [])]);
  }
  for (const [id, made] of Object.entries(E.new)) {
    section("[[new]]", [...text("id", id), ...text("question", made.question), ...text("name", made.name), ...text("description", made.description), "units = " + list(made.units)]);
  }
  for (const [unit, to] of Object.entries(E.move)) section("[[move]]", [...text("unit", unit), ...text("to", to)]);
  for (const word of ["also", "not"]) {
    for (const [unit, themes] of Object.entries(E[word])) for (const theme of themes) section("[[" + word + "]]", [...text("unit", unit), ...text("theme", theme)]);
  }
  for (const [unit, note] of Object.entries(E.note)) section("[[memo]]", [...text("unit", unit), ...text("text", note)]);
  for (const id of new Set([E.recurringName, E.recurringMerge, E.recurringHide, E.joins].flatMap((kind) => Object.keys(kind)))) {
    section("[recurring." + tomlString(id) + "]", [...text("name", E.recurringName[id]), ...text("merge_into", E.recurringMerge[id]),
      ...(E.recurringHide[id] ? ["hide = true"] : []), ...(E.joins[id] ? ["themes = " + list(E.joins[id])] : [])]);
  }
  for (const [name, category] of Object.entries(E.category)) {
    section("[category." + tomlString(name) + "]", [...text("description", category.description), "themes = " + list(category.themes)]);
  }
  return lines.join("\n") + "\n";
}
