// Themes × questions, studies or other groups of participants.
//
// The counts are those of `leitmotif export --to theme-by-question` and `theme-by-group` (src/export/crossed), with the
// reader's edits; tests/browser/parts.mjs holds them against each other.

const matrixState = { rows: "", by: "", section: "", show: "share" };

/** Of the question at a place of the guide, from 1, the number that it has everywhere: the greeting is not counted (src/analysis/saved/summary.rs). */
const questionNumber = (() => {
  let counted = 0;
  const numbers = D.framing.guide.map((question) => (question.kind === "greeting" ? null : ++counted));
  return (guide) => (guide ? numbers[guide - 1] : null);
})();

/** The guide questions that somebody answered, section by section; those outside the guide last in each. */
const questionColumns = (() => {
  let all = null;
  return () => {
    if (all) return all;
    const found = new Map(), placeOf = A.number.map((_, a) => A.section[a] + " " + A.guide[a]);
    for (let u = 0; u < N; u++) {
      const a = U.answer[u], section = A.section[a];
      if (section < 0 || !isAnswer(u)) continue;
      if (!found.has(placeOf[a])) found.set(placeOf[a], { section, guide: A.guide[a], people: new Set() });
      found.get(placeOf[a]).people.add(A.participant[a]);
    }
    const order = [...found.keys()].sort((one, other) => {
      const [a, b] = [found.get(one), found.get(other)];
      return a.section - b.section || (a.guide === 0) - (b.guide === 0) || a.guide - b.guide;
    });
    const name = ({ section, guide }) => {
      const { id } = D.sections[section], n = questionNumber(guide);
      if (n === null) return id === "T" ? "other" : id + " other";
      return id === "T" ? "question " + n : D.framing.guide[guide - 1].section === id ? id : id + " (question " + n + ")";
    };
    const number_ = new Map(order.map((place, at) => [place, at])), ofAnswer = placeOf.map((place) => number_.get(place) ?? -1);
    const list = order.map((place) => ({ ...found.get(place), name: name(found.get(place)), title: found.get(place).guide ? D.framing.guide[found.get(place).guide - 1].wording : "outside the guide" }));
    all = { list, of: (u) => ofAnswer[U.answer[u]], asked: (sections) => list.map((it) => (sections.includes(it.section) ? it.people.size : 0)) };
    return all;
  };
})();

/** Groups of participants as columns. `of`: the group of a participant. */
function groupColumns(names, of) {
  const known = new Map();
  const asked = (sections) => {
    const key = sections.join(" ");
    if (!known.has(key)) {
      const people = new Set();
      for (const section of sections) for (const p of whoAnswered(section)) people.add(p);
      const counts = names.map(() => 0);
      for (const p of people) counts[of(p)] += 1;
      known.set(key, counts);
    }
    return known.get(key);
  };
  return { list: names.map((name) => ({ name, title: name })), of: (u) => of(participantOf(u)), asked };
}

const studyColumns = () => groupColumns(D.studies.map((study) => study.name), (p) => D.participants.study[p]);

function attributeColumns(attribute) {
  const grouping = groupings()["attribute " + attribute.name], of = attribute.of.map((_, p) => grouping.ofPerson(p));
  const order = [...new Set(of)].filter((group) => group >= 0).sort((a, b) => a - b), isMissing = of.includes(-1);
  const names = [...order.map(grouping.name), ...(isMissing ? ["not known"] : [])];
  return groupColumns(names, (p) => (of[p] < 0 ? order.length : order.indexOf(of[p])));
}

/** What stands where a row of themes meets each column; null where nobody was asked. */
function crossedCells(row, columns) {
  const asked = columns.asked(row.sections), units = columns.list.map(() => []), people = new Int32Array(columns.list.length);
  // Whoever was counted last in a column bears the number of that row.
  const everybody = D.participants.id.length, countedIn = (columns.countedIn ||= new Int32Array(everybody * columns.list.length)), count = (columns.counts = (columns.counts || 0) + 1);
  for (const u of row.members) {
    const at = columns.of(u);
    if (at < 0) continue;
    units[at].push(u);
    const place = at * everybody + participantOf(u);
    if (countedIn[place] !== count) { countedIn[place] = count; people[at]++; }
  }
  return columns.list.map((_, at) => {
    const own = units[at], voices = people[at];
    return asked[at] ? { ...prevalence(voices, Math.max(asked[at], voices)), mentions: own.length, units: own } : null;
  });
}

const MATRIX_ROWS = {
  theme: { title: "Themes", isThere: () => true, all: () => shownThemes(true).map((view) => ({ id: view.id, label: view.label, hidden: view.hidden, href: themeHref(view), members: view.members, sections: [view.section], people: view.prevalence.participants, byStudy: view.byStudy })) },
  recurring: { title: "Recurring themes", isThere: () => shownRecurring().length > 0, all: () => V.recurring.map((it) => groupRow(it, it.id, it.label, "#/recurring/" + encodeURIComponent(it.id))) },
  category: { title: "Categories", isThere: () => V.categories.length > 0, all: () => V.categories.map((it) => groupRow(it, "", it.name, "#/categories")) },
};

function groupRow(it, id, label, href) {
  return { id, label, hidden: Boolean(it.hidden), href, members: [...new Set(it.themes.flatMap((t) => V.themes[t].members))], sections: [...new Set(it.themes.map((t) => T[t].section))], people: it.prevalence.participants, byStudy: it.byStudy };
}

const MATRIX_SHOWS = {
  share: ["Share of those asked", (cell) => percent(cell.share), (cell) => cell.share],
  people: ["Participants", (cell) => number(cell.participants), (cell) => cell.participants],
  mentions: ["Passages", (cell) => number(cell.mentions), (cell) => cell.mentions],
};

function matrixColumns(by) {
  if (by === "question") return questionColumns();
  if (by === "study") return studyColumns();
  return attributeColumns(ATTRIBUTES.find((it) => "attribute " + it.name === by));
}

/** A report for readers has no passages to count: the numbers by study are as the program wrote them. */
function storedCells(row, columns) {
  return columns.list.map(({ name }) => {
    const found = row.byStudy.find((it) => it.study === name);
    return found && found.prevalence.asked ? { ...found.prevalence, mentions: found.mentions, units: [] } : null;
  });
}

let matrixLast = null;
/** Rows with their cells, and the columns that are shown: with one question chosen, its own. Counted once while no edit changes it. */
function matrixOf(state) {
  const of = [state.rows, state.by, state.section].join(" ");
  if (!matrixLast || matrixLast.view !== V) matrixLast = { view: V, known: new Map() };
  if (!matrixLast.known.has(of)) matrixLast.known.set(of, countedMatrix(state));
  return matrixLast.known.get(of);
}

function countedMatrix(state) {
  const section = state.section === "" ? null : Number(state.section), columns = matrixColumns(state.by);
  const shown = columns.list.map((_, at) => at).filter((at) => state.by !== "question" || section === null || columns.list[at].section === section);
  const rows = MATRIX_ROWS[state.rows].all().filter((row) => !row.hidden && (section === null || row.sections.includes(section))).sort((a, b) => b.people - a.people);
  const cells = (row) => { const all = FOR_READERS ? storedCells(row, columns) : crossedCells(row, columns); return shown.map((at) => all[at]); };
  return { columns: shown.map((at) => columns.list[at]), rows: rows.map((row) => ({ ...row, cells: cells(row) })) };
}

/** Every row and column, as the export has them. */
function matrixTable({ rows, columns }, by) {
  const head = by === "question" ? ["theme", "theme_label", "hidden", "section", "question_number", "question"] : ["theme", "theme_label", "hidden", "by", "group"];
  return [[...head, "participants", "asked", "share", "share_low", "share_high", "mentions"], ...rows.flatMap((row) => columns.flatMap((column, at) => {
    if (by === "question" && !row.sections.includes(column.section)) return [];
    const cell = row.cells[at];
    const of = by === "question" ? [D.sections[column.section].id, questionNumber(column.guide), column.guide ? column.title : null] : [by.replace(/^attribute /, ""), column.name];
    return [[row.id, row.label, row.hidden ? "yes" : null, ...of, ...(cell ? [cell.participants, cell.asked, cell.share, cell.low, cell.high, cell.mentions] : [null, 0, null, null, null, null])]];
  }))];
}

/** Cells are shaded against the largest of all. */
function highest(rows, value) {
  let most = 1e-9;
  for (const row of rows) for (const cell of row.cells) if (cell) most = Math.max(most, value(cell) || 0);
  return most;
}

function matrixFigure(rows, columns, show) {
  const left = 290, width = 64, height = 32, top = 110, middle = (at) => top + at * height + height / 2;
  const [, text, value] = MATRIX_SHOWS[show], most = highest(rows, value);
  const children = columns.map((column, i) => svg("text", { x: left + i * width + width / 2, y: top - 8, transform: "rotate(-40 " + (left + i * width + width / 2) + " " + (top - 8) + ")", fill: "#111111" }, shorten(column.name, 22)));
  rows.forEach((row, at) => {
    children.push(...linesAt(twoLines((row.id + " " + row.label).trim(), 42), left - 8, middle(at), { "text-anchor": "end", fill: "#111111" }));
    row.cells.forEach((cell, i) => {
      const part = cell ? (value(cell) || 0) / most : 0;
      children.push(svg("rect", { x: left + i * width + 1, y: top + at * height + 1, width: width - 2, height: height - 2, fill: cell ? "#0b5cad" : "#f3f3f3", "fill-opacity": cell ? (0.04 + 0.46 * part).toFixed(3) : 1 }),
        svg("text", { x: left + i * width + width / 2, y: middle(at) + 4, "text-anchor": "middle", fill: "#111111" }, cell ? text(cell) : "–"));
    });
  });
  return { name: "matrix", width: left + columns.length * width + 60, height: top + rows.length * height + 12, children };
}

const MATRIX_PAGE = 25;

/** What can be crossed with the rows: key and name; what is not there any more is not chosen. */
function settleMatrix(state) {
  if (!(state.rows && MATRIX_ROWS[state.rows].isThere())) state.rows = shownRecurring().length ? "recurring" : "theme";
  const bys = [["question", "Question", () => !FOR_READERS && questionColumns().list.length > 0], ["study", "Study", () => D.studies.length > 0], ...ATTRIBUTES.map((it) => ["attribute " + it.name, it.name, () => true])]
    .filter(([, , isThere]) => isThere());
  if (!bys.some(([by]) => by === state.by)) state.by = bys[0][0];
  return bys;
}

/** What makes the matrix ready before its page is asked for. */
function matrixAhead() {
  if (!D.themes.length) return;
  const state = { ...matrixState };
  settleMatrix(state);
  matrixOf(state);
}

function rehearseMatrix() {
  const before = { ...matrixState };
  rehearse(matrixPage);
  Object.assign(matrixState, before);
}

function matrixPage() {
  const state = matrixState, bys = settleMatrix(state);
  const box = h("div", {}), opened = h("div", { "aria-live": "polite" });
  const refresh = () => {
    const [, text, value] = MATRIX_SHOWS[state.show];
    const matrix = matrixOf(state), { rows, columns } = matrix, most = highest(rows, value);
    fill(opened);
    const choose = (row, column, cell) => () => {
      finishPage();
      fill(opened, h("h2", {}, said(row.label), " × ", said(column.name)), h("p", { class: "facts" }, ofPeople(cell) + " · " + shareText(cell)),
        h("div", { class: "buttons" }, csvButton(cell.units)), paged(cell.units, 20, (u) => passage(u, { withTheme: state.rows !== "theme" }), "No passage."));
      opened.querySelector("h2").scrollIntoView({ block: "start" });
    };
    const drawRow = (row) => h("tr", {}, h("th", { scope: "row" }, row.id ? [h("span", { class: "id" }, row.id), " "] : null, link(row.href, said(row.label))), row.cells.map((cell, at) => {
      const column = columns[at];
      if (!cell) return h("td", { class: "num none" }, "–");
      const words = text(cell), td = h("td", { class: "heat num" }, cell.units.length ? button(words, choose(row, column, cell), { class: "inline", "aria-label": words + ", " + row.label + ", " + column.name, title: ofPeople(cell) }) : words);
      td.style.setProperty("--heat", Math.round(60 * (value(cell) || 0) / most) + "%");
      return td;
    }));
    fill(box, h("p", { class: "count" }, counted(rows.length, "row") + " × " + counted(columns.length, "column")),
      h("div", { class: "buttons" }, button("CSV", () => download("matrix.csv", "text/csv", csv(matrixTable(matrix, state.by))), { "aria-label": "CSV of the whole matrix" }), figureButtons("the matrix", () => matrixFigure(rows.slice(0, MATRIX_PAGE), columns, state.show))),
      pagedTable(rows, MATRIX_PAGE, "Matrix", h("tr", {}, h("th", { scope: "col" }, MATRIX_ROWS[state.rows].title), columns.map((column) => h("th", { scope: "col", class: "num", title: column.title, dir: "auto" }, shorten(column.name, 28)))), drawRow));
    if (state.by === "question") add(box, [below(h("dl", { class: "facts-list" }), () => columns.map((column) => definition(column.name, said(column.title))))]);
  };
  refresh();
  const set = (key) => (value) => { state[key] = value; refresh(); };
  return h("div", { class: "matrix" }, h("h1", {}, "Matrix"),
    h("p", { class: "lead" }, "Who voiced what, where. " + (FOR_READERS ? "" : "Choose a cell to read its passages. ") + "A dash: it is no theme of that question, or nobody was asked."),
    h("div", { class: "tools" },
      select("Rows", Object.entries(MATRIX_ROWS).filter(([, it]) => it.isThere()).map(([key, it]) => [key, it.title]), state.rows, set("rows")),
      select("Columns", bys.map(([key, title]) => [key, title]), state.by, set("by")),
      D.sections.length > 1 ? select("Question", [["", "All questions"], ...D.sections.map((s, i) => [i, s.id + "  " + shorten(sectionTitle(i), 60)])], state.section, set("section")) : null,
      select("Cells", Object.entries(MATRIX_SHOWS).map(([key, [title]]) => [key, title]), state.show, set("show"))),
    box, opened, h("p", { class: "hint" }, OF_ASKED));
}
