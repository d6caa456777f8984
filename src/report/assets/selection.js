// Many passages at once: which are chosen, and what is done to them.
//
// In: ticks, keys, hits and what the map draws around. Out: edits. What is chosen stays chosen from page to page until it is
// let go; it is no edit, and is not kept.

let chosen = new Set();
/** The same as a list, made when it is asked for. */
let chosenList = [];
const chosenUnits = () => (chosenList ||= [...chosen]);
/** How often that has changed. */
let choices = 0;
/** The passage that was ticked last: Shift goes from there. */
let lastTicked = -1;

/** `how`: `add`, `take`, or in place of what was chosen. The map hands its lasso here too. */
function choose(units, how = "replace") {
  choices++;
  // All at once, as the map may hand over all there are.
  chosenList = null;
  if (how === "replace") {
    chosen = new Set(units);
    if (Array.isArray(units) && chosen.size === units.length) chosenList = units;
  } else for (const u of units) if (how === "take") chosen.delete(u); else chosen.add(u);
  // On the page of what is chosen, those that are let go one by one stay to be chosen again.
  if (route().page === "chosen" && !chosen.size) redraw(); else showChoice();
}

/** What the bar shows. */
let choiceShown = "";

/** The ticks and the bar, after what is chosen has changed, or an edit was made. */
function showChoice() {
  for (const box of document.querySelectorAll("input.choose")) {
    box.checked = chosen.has(Number(box.value));
    box.closest("article").classList.toggle("chosen", box.checked);
  }
  const bar = document.getElementById("selection"), told = document.getElementById("chosen-now");
  if (told && chosen.size) told.textContent = chosenText();
  bar.classList.toggle("open", chosen.size > 0);
  if (!chosen.size) { bar.replaceChildren(); choiceShown = ""; return; }
  const units = chosenUnits(), isPlaced = units.some((u) => V.themeOf[u] >= UNCLUSTERED), isInTheme = units.some((u) => V.themeOf[u] >= 0);
  const now = [choices, isPlaced, isInTheme, T.length > 0].join(" ");
  if (now === choiceShown) return;
  choiceShown = now;
  const act = (word, key, done, isThere = true) => (isThere ? button(word, () => done([...chosen]), { "aria-keyshortcuts": key }) : null);
  fill(bar, h("span", { class: "what", role: "status" }, h("b", {}, counted(units.length, "passage")), " of " + counted(peopleOf(units), "participant") + " chosen"),
    h("span", { class: "buttons" },
      act("Move…", "m", moveMany, isPlaced && T.length > 0), act("New theme…", "n", newTheme, isPlaced),
      act("Also in…", "t", alsoMany, isPlaced && T.length > 0), act("Take out…", "r", takeOutMany, isInTheme),
      act("Note…", "o", noteMany), act("Pin", "p", pinMany, isInTheme),
      link("#/chosen", "Show them"), button("Let go", () => choose([]), { class: "quiet", "aria-keyshortcuts": "Escape" })));
}

/** The tick beside a passage. */
function tick(u) {
  const box = h("input", { type: "checkbox", class: "choose", "aria-label": "Choose " + locator(u), value: u, checked: chosen.has(u), onclick: (event) => {
    const { checked } = event.target;
    choose(event.shiftKey ? range(event.target) : [u], checked ? "add" : "take");
    lastTicked = u;
  } });
  return h("label", { class: "tick" }, box, " Choose");
}

/** The passages from the one ticked last to this one, in the list that both are in; this one alone where they are not. */
function range(box) {
  const boxes = [...document.querySelectorAll("#main input.choose")].map((it) => Number(it.value)), to = boxes.indexOf(Number(box.value)), from = boxes.indexOf(lastTicked);
  return from < 0 || to < 0 ? [Number(box.value)] : boxes.slice(Math.min(from, to), Math.max(from, to) + 1);
}

/** Chooses all passages of a list. `word`: `hits`, `all`, `lasso`. */
function listTools(units, word) {
  if (units.length < 2) return null;
  const all = word === "hits" ? "Choose all " + number(units.length) + " hits" : "Choose all " + number(units.length);
  return h("p", { class: "list-tools" }, button(all, () => choose(units, "add"), { class: "quiet choose-all" }), word === "all" ? null : newThemeButton(units));
}

const chosenText = () => counted(chosen.size, "passage") + " of " + counted(peopleOf(chosenUnits()), "participant") + ". They stay chosen until you let them go or close the page.";

function chosenPage() {
  const units = [...chosen].sort((a, b) => a - b);
  return h("div", {}, h("h1", {}, "Chosen passages"),
    h("p", { class: "lead", id: "chosen-now" }, units.length ? chosenText() : "None is chosen: tick passages, or choose the hits of a search or what you draw around on the map."),
    units.length ? searchable(units, { withTheme: true }, "No passage fits.", "chosen") : null);
}

/** Of passages those that were clustered and answer one question; asks which, where they answer several. `null`: none. */
async function ofOneQuestion(title, units) {
  const clustered = units.filter((u) => V.themeOf[u] >= UNCLUSTERED), bySection = new Map();
  for (const u of clustered) {
    const section = sectionOf(u), own = bySection.get(section);
    if (own) own.push(u); else bySection.set(section, [u]);
  }
  if (!bySection.size) { await ask(title, [h("p", {}, "None of these passages was clustered, so none can be in a theme.")], "Close"); return null; }
  if (bySection.size === 1) return clustered;
  const id = freshId("choice"), order = [...bySection.keys()].sort((a, b) => bySection.get(b).length - bySection.get(a).length || a - b);
  const values = await ask(title, [h("p", { class: "hint" }, "A theme belongs to one question, and these passages answer " + number(bySection.size) + ". The others stay chosen."),
    h("label", { for: id }, "Passages of"), h("select", { id, name: "section" }, order.map((s) => h("option", { value: s }, D.sections[s].id + "  " + shorten(sectionTitle(s), 60) + " (" + number(bySection.get(s).length) + ")")))], "Go on");
  return values ? bySection.get(Number(values.section)) : null;
}

const setAside = (units, taken) => (taken.length < units.length ? h("p", { class: "hint" }, number(units.length - taken.length) + " of the chosen passages are not among them: they answer other questions, or were not clustered.") : null);

async function moveMany(units) {
  const own = await ofOneQuestion("Move passages", units);
  if (!own) return;
  const values = await ask("Move " + counted(own.length, "passage"), [setAside(units, own), themeChoice("To", sectionOf(own[0]), -1, h("option", { value: NOWHERE }, "no theme"))], "Move");
  if (!values || !values.theme) return;
  const to = values.theme, moved = own.filter((u) => (themeNow(u) ? themeNow(u).id : NOWHERE) !== to);
  edit("moved " + counted(moved.length, "passage") + " to " + (to === NOWHERE ? "no theme" : to), (edits) => {
    putUnits(edits, moved.map(unitId), to);
    for (const u of moved) if ((FOUND.theme[u] ?? NOWHERE) === to && BASE.move[unitId(u)] === undefined) delete edits.move[unitId(u)];
  });
}

async function alsoMany(units) {
  const own = await ofOneQuestion("A further theme", units);
  if (!own) return;
  const values = await ask("A further theme for " + counted(own.length, "passage"), [setAside(units, own), h("p", { class: "hint" }, "They stay in the themes where they are, and count in this one too."), themeChoice("Also in", sectionOf(own[0]), -1, null)], "Add");
  if (!values || !values.theme) return;
  const added = own.filter((u) => !isIn(u, themeById.get(values.theme)));
  edit(counted(added.length, "passage") + " also in " + values.theme, (edits) => { for (const u of added) addUnit(edits, unitId(u), values.theme); });
}

async function takeOutMany(units) {
  const counts = new Map();
  for (const u of units) for (const t of [V.themeOf[u], ...(V.alsoOf.get(u) || [])]) if (t >= 0) counts.set(t, (counts.get(t) || 0) + 1);
  if (!counts.size) return;
  const id = freshId("choice"), order = [...counts.keys()].sort((a, b) => counts.get(b) - counts.get(a) || a - b);
  const values = await ask("Take passages out of a theme", [h("label", { for: id }, "Out of"),
    h("select", { id, name: "theme" }, order.map((t) => h("option", { value: V.themes[t].id }, V.themes[t].id + "  " + V.themes[t].label + " (" + number(counts.get(t)) + ")")))], "Take out");
  if (!values || !values.theme) return;
  const own = units.filter((u) => isIn(u, themeById.get(values.theme)));
  edit("took " + counted(own.length, "passage") + " out of " + values.theme, (edits) => { for (const u of own) takeUnitOut(edits, unitId(u), values.theme); });
}

/** One note on many passages; where there is one already, it goes on below. */
async function noteMany(units) {
  const text = await askText("Note on " + counted(units.length, "passage"), "Your note; it is shown as a note, never as a quote. Where a passage has one, it is added below.", "");
  if (!text) return;
  edit("a note on " + counted(units.length, "passage"), (edits) => {
    for (const id of units.map(unitId)) edits.note[id] = edits.note[id] ? edits.note[id] + "\n" + text : text;
  });
}

/** Pins passages to the themes they are in; where all are pinned, takes the pins off. */
function pinMany(units) {
  const own = units.filter((u) => V.themeOf[u] >= 0), isPinned = (u) => themeNow(u).pins.has(unitId(u));
  if (own.length && own.every(isPinned)) {
    edit("unpinned " + counted(own.length, "passage"), (edits) => {
      const out = new Set(own.map(unitId));
      for (const theme of Object.keys(edits.pin)) {
        edits.pin[theme] = edits.pin[theme].filter((unit) => !out.has(unit));
        if (!edits.pin[theme].length) delete edits.pin[theme];
      }
    });
    return;
  }
  edit("pinned " + counted(own.length, "passage"), (edits) => {
    for (const u of own) {
      const { id } = themeNow(u), pins = edits.pin[id] || [];
      if (!isPinned(u)) edits.pin[id] = [...pins, unitId(u)];
    }
  });
}

/** Makes themes of a theme's parts, or of those of its passages that are chosen. */
async function splitTheme(view) {
  const parts = view.found.parts.map((part, at) => ({ name: part.label, units: view.members.filter((u) => U.theme[u] === view.index && U.part[u] === at) })).filter((part) => part.units.length);
  const ticked = view.members.filter((u) => chosen.has(u));
  const choices = [...(ticked.length && ticked.length < view.members.length ? [{ name: "", units: ticked, isChosen: true }] : []), ...(parts.length > 1 ? parts : [])];
  if (!choices.length) {
    await ask("Split " + view.id, [h("p", {}, "This theme has no parts. Choose some of its passages, for instance the hits of a search, and split them off.")], "Close");
    return;
  }
  const values = await ask("Split " + view.id, [h("p", { class: "hint" }, "What you tick becomes a theme of its own; the rest stays. People are counted once in each."),
    choices.map((it, i) => {
      const box = freshId("box"), field = freshId("field");
      return h("div", { class: "split" }, h("p", {}, h("input", { type: "checkbox", id: box, name: "take" + i, value: "yes", checked: Boolean(it.isChosen) }), " ",
        h("label", { for: box }, (it.isChosen ? "The chosen passages" : "Part " + view.found.parts[i - (choices.length - parts.length)].id) + ", " + counted(it.units.length, "passage"))),
      h("label", { for: field }, "Name"), h("input", { id: field, name: "name" + i, value: it.name, maxlength: 200, dir: "auto", autocomplete: "off" }));
    })], "Split");
  if (!values) return;
  const taken = choices.map((it, i) => ({ ...it, name: (values["name" + i] || "").trim(), isTaken: Boolean(values["take" + i]) })).filter((it) => it.isTaken && it.name);
  if (!taken.length) return;
  edit("split " + view.id + " into " + counted(taken.length + 1, "theme"), (edits) => {
    for (const { name, units } of taken) {
      const id = nextId(edits, themeById.keys()), own = units.filter((u) => V.themeOf[u] === view.index), further = units.filter((u) => V.themeOf[u] !== view.index);
      makeTheme(edits, id, D.sections[view.section].id, name, (own.length ? own : units).map(unitId));
      // Passages that are mostly of another theme stay there.
      if (own.length) for (const u of further) { addUnit(edits, unitId(u), id); takeUnitOut(edits, unitId(u), view.id); }
    }
  });
}
