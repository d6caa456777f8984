// The page of the groups compared.

/** Themes in each figure; the table has all. */
const MOST_IN_FIGURES = 40;

/** Of whom the groups are compared: everybody of "", or one group of an attribute. */
const compareState = { group: "" };

/** In which of the groups compared a participant is; null where the report does not know that of everybody's group. */
function comparedGroupOf() {
  const names = D.comparison.groups.map((group) => group.name), it = ATTRIBUTES.find((it) => it.name === D.comparison.by);
  const own = D.comparison.by === "study" ? { groups: D.studies.map((study) => study.name), of: D.participants.study } : it;
  if (FOR_READERS || !own || !names.every((name) => own.groups.includes(name))) return null;
  const at = own.groups.map((name) => names.indexOf(name));
  return (person) => (own.of[person] < 0 ? -1 : at[own.of[person]]);
}

/** The comparison counted again among the participants of a choice; nothing is tested of a part of them. */
function comparedAmong(all, choice, groupOf) {
  const isOne = isOfChoice(choice), everybody = D.participants.id.map((_, person) => person).filter(isOne);
  const among = (view, at) => prevalenceAmong(view, (person) => isOne(person) && groupOf(person) === at);
  const known = all.themes.map((theme) => ({ theme, view: themeById.has(theme.id) ? V.themes[themeById.get(theme.id)] : null })).filter(({ view }) => view && view.into === null);
  return { ...all, groups: all.groups.map((group, at) => ({ ...group, participants: everybody.filter((person) => groupOf(person) === at).length })),
    themes: known.map(({ theme, view }) => ({ id: theme.id, label: view.label, stability: theme.stability, groups: all.groups.map((_, at) => among(view, at)) })) };
}

function comparePage() {
  const all = D.comparison;
  if (!all) return notFound("No groups were compared.");
  const groupOf = comparedGroupOf(), box = h("div", { "aria-live": "polite" });
  const refresh = () => fill(box, compared(compareState.group === "" ? all : comparedAmong(all, compareState.group, groupOf), compareState.group !== ""));
  if (!groupOf) compareState.group = "";
  refresh();
  return h("div", {}, h("h1", {}, "Compare by ", said(all.by)),
    groupOf && ATTRIBUTES.some((it) => it.name !== all.by) ? h("div", { class: "tools" }, groupFilter(compareState.group, (value) => { compareState.group = value; refresh(); }, all.by)) : null, box);
}

/** Characters from which a note is a list that is folded. */
const LONG_NOTE = 300;
const foldedNote = (note) => (note.length <= LONG_NOTE ? prose(note) : h("details", {}, h("summary", {}, prose(note.slice(0, note.lastIndexOf(" ", 120)) + " …")), prose(note)));

/** The figures and the table of a comparison; `isPart`: of some participants alone, which are counted and not tested. */
function compared(all, isPart) {
  const c = { ...all, themes: all.themes.slice(0, MOST_IN_FIGURES) };
  const cut = all.themes.length > c.themes.length ? " The " + c.themes.length + " clearest of " + number(all.themes.length) + " themes; the table below has all." : "";
  const two = c.groups.length === 2 && c.themes.some((theme) => theme.difference);
  const shares = c.themes.flatMap((theme) => theme.groups);
  const most = scaleEnd(shares);
  const p = (value) => (value === null || value === undefined ? "–" : value < 0.001 ? "< 0.001" : value.toFixed(3));
  const name = (theme) => (themeById.has(theme.id) ? themeLink(V.themes[themeById.get(theme.id)]) : recurringById.has(theme.id) ? link("#/recurring/" + encodeURIComponent(theme.id), said(theme.label)) : said(theme.label));
  const isOrdered = all.themes.some((theme) => theme.trend);
  return [
    h("p", { class: "lead" }, "Groups: ", c.groups.map((g, i) => [i ? ", " : "", said(g.name), " (" + counted(g.participants, "participant") + ")"]), ". Themes were found without knowing the groups. A participant counts once a theme, of those who answered its question", isPart ? "." : c.alone.length ? ". Recurring themes are counted without questions that one group alone was asked, so they may have other shares here than on their own pages." : ": a theme has the same share here as on its own page.", isPart ? h("b", {}, " Counted among these participants alone, as you edited the themes; whether groups differ is tested of all of them together, and recurring themes are counted there.") : asFound() ? h("b", {}, " All of this is as found, before your edits.") : null),
    c.groups.some((g) => g.question) ? h("dl", { class: "facts-list" }, c.groups.map((g) => definition(g.name, said(g.question || "–")))) : null,
    c.notes.length && !isPart ? h("ul", { class: "notice" }, c.notes.map((note) => h("li", { dir: "auto" }, foldedNote(note)))) : null,
    c.alone.length ? h("details", {}, h("summary", {}, counted(c.alone.length, "question") + " that one group alone was asked, not compared"), h("ul", {}, c.alone.map((text) => h("li", { dir: "auto" }, text)))) : null,
    h("section", {}, h("h2", {}, "Prevalence in each group"), h("p", { class: "hint" }, "Dots are shares, lines their Wilson 95 % intervals." + cut), forestPlot(c, most)),
    two ? below(h("section", {}), () => [h("h2", {}, "Differences"), h("p", { class: "hint" }, "Share in ", said(c.groups[0].name), " minus share in ", said(c.groups[1].name), ", in percentage points, with 95 % intervals. Where the line crosses 0, the data allow either."), differencePlot(c)]) : null,
    below(h("section", {}), () => [h("h2", {}, "Themes by groups"), h("p", { class: "hint" }, "Share of each group that voiced a theme; the stronger the colour, the larger." + cut), heatMap(c)]),
    below(h("section", {}), () => [h("h2", {}, isPart ? "Numbers" : "Verdicts"), scrollable(isPart ? "Numbers" : "Verdicts", h("table", { class: "plain" },
      h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "Theme"), c.groups.map((g) => h("th", { scope: "col", class: "num" }, said(g.name))), two ? h("th", { scope: "col", class: "num" }, "Difference") : null, isPart ? null : [h("th", { scope: "col", class: "num" }, "p"), h("th", { scope: "col", class: "num" }, "q"), h("th", { scope: "col" }, "Verdict")], isOrdered ? h("th", { scope: "col" }, "Trend") : null, h("th", { scope: "col" }, "The theme itself"))),
      h("tbody", {}, all.themes.map((theme) => h("tr", {}, h("th", { scope: "row", class: "words" }, h("span", { class: "id" }, theme.id), " ", name(theme)),
        theme.groups.map((g) => h("td", { class: "num" }, ofText(g), h("br", {}), shareText(g))),
        two ? h("td", { class: "num" }, theme.difference ? [signed(theme.difference.value), h("br", {}), "(" + signed(theme.difference.low) + " to " + signed(theme.difference.high) + ")"] : "–") : null,
        isPart ? null : [h("td", { class: "num" }, p(theme.p)), h("td", { class: "num" }, p(theme.q)),
          h("td", { class: "words" }, theme.is_clear ? h("b", { dir: "auto" }, theme.verdict) : h("span", { dir: "auto" }, theme.verdict), (theme.notes || []).map((note) => h("p", { class: "hint", dir: "auto" }, prose(note))))],
        isOrdered ? h("td", { class: "words", dir: "auto" }, theme.trend || "–") : null,
        h("td", {}, recurringById.has(theme.id) ? h("span", { class: "hint" }, "recurs across questions") : trustOfCompared(theme))))))),
    h("p", { class: "hint" }, isPart ? null : "q: p-value corrected for looking at many themes (Benjamini & Hochberg).", isOrdered ? " Trend: the Cochran–Armitage test along the groups in their order." : null, " The theme itself: by its stability. ", stabilityHint())])];
}

/** How far to trust a theme, by its stability, or a code; a dash where that was not measured. */
function trustOfCompared({ id, stability }) {
  const view = V.themes[themeById.get(id)];
  if (view && view.found.code) return codeMark(view) || "–";
  return stability === null || stability === undefined ? "–" : stabilityMark(stability);
}

const signed = (share) => (whole(share) > 0 ? "+" : "") + String(whole(share)).replace("-", "−");

/** A narrow screen has names above their lines, not beside them; report.css has the same width. */
const isNarrow = matchMedia("(max-width: 36rem)");

/** One figure of lines with intervals; `rows`: the theme, then marks of { low, value, high, kind }. A name has two lines. */
function intervalFigure(name, label, rows, from, to, ticks) {
  const isAbove = isNarrow.matches, [width, left] = isAbove ? [350, 14] : [700, 290];
  const named = rows.map((row) => ({ ...row, lines: twoLines(row.theme.id + " " + row.theme.label, isAbove ? 50 : 40) }));
  const above = (row) => (isAbove ? 4 + row.lines.length * LINE_HEIGHT : 0);
  const room = (row) => LINE_HEIGHT * (isAbove ? row.marks.length : Math.max(row.marks.length, row.lines.length));
  const rowHeight = (row) => 12 + above(row) + room(row);
  const height = named.reduce((sum, row) => sum + rowHeight(row), 30);
  const x = (share) => left + ((share - from) / (to - from)) * (width - left - 16);
  const figure = svg("svg", { viewBox: "0 0 " + width + " " + height, role: "img", "aria-label": label, class: "figure" + (isAbove ? " narrow" : "") });
  for (const tick of ticks) {
    figure.append(svg("line", { x1: x(tick), x2: x(tick), y1: 22, y2: height, class: tick === 0 ? "zero" : "tick" }),
      svg("text", { x: x(tick), y: 14, "text-anchor": "middle" }, String(whole(tick)).replace("-", "−")));
  }
  let top = 26;
  for (const row of named) {
    const middle = top + above(row) + 3 + room(row) / 2;
    figure.append(...linesAt(row.lines, isAbove ? left : left - 10, isAbove ? top + 5 + above(row) / 2 : middle, { "text-anchor": isAbove ? "start" : "end", class: "row-label" }));
    row.marks.forEach((mark, i) => {
      if (mark.value === null) return;
      const y = middle + LINE_HEIGHT * (i - (row.marks.length - 1) / 2);
      figure.append(svg("line", { x1: x(mark.low), x2: x(mark.high), y1: y, y2: y, class: "interval group" + mark.kind }));
      figure.append(mark.kind % 2
        ? svg("rect", { x: x(mark.value) - 4, y: y - 4, width: 8, height: 8, class: "dot group" + mark.kind })
        : svg("circle", { cx: x(mark.value), cy: y, r: 4.5, class: "dot group" + mark.kind }));
    });
    top += rowHeight(row);
  }
  return h("div", {}, h("div", { class: "buttons" }, figureButtons(name, () => figureOf(figure, name))), h("div", { class: "scroll", role: "region", "aria-label": label, tabindex: "0" }, figure));
}

function forestPlot(c, most) {
  const ticks = [];
  for (let share = 0; share <= most + 1e-9; share += most > 0.5 ? 0.2 : 0.1) ticks.push(share);
  const rows = c.themes.map((theme) => ({ theme, marks: theme.groups.map((g, kind) => ({ ...g, value: g.share, kind: kind % 4 })) }));
  const key = h("ul", { class: "key" }, c.groups.map((g, i) => h("li", {},
    svg("svg", { viewBox: "0 0 12 12", width: "12", height: "12", class: "figure-key", "aria-hidden": "true" }, i % 2 ? svg("rect", { x: 2, y: 2, width: 8, height: 8, class: "dot group" + (i % 4) }) : svg("circle", { cx: 6, cy: 6, r: 4.5, class: "dot group" + (i % 4) })), said(g.name))));
  return h("div", {}, key, intervalFigure("forest", "Prevalence of each theme in each group; the table below has the numbers", rows, 0, most, ticks));
}

function differencePlot(c) {
  const themes = c.themes.filter((theme) => theme.difference).sort((a, b) => b.difference.value - a.difference.value);
  const reach = Math.min(1, Math.ceil(Math.max(0.1, ...themes.map((t) => Math.max(Math.abs(t.difference.low), Math.abs(t.difference.high)))) * 10) / 10);
  const ticks = [-reach, -reach / 2, 0, reach / 2, reach];
  return intervalFigure("differences", "Difference of the two groups for each theme; the table below has the numbers",
    themes.map((theme) => ({ theme, marks: [{ ...theme.difference, kind: theme.is_clear ? 0 : 3 }] })), -reach, reach, ticks);
}

function heatMap(c) {
  const highest = Math.max(0.01, ...c.themes.flatMap((theme) => theme.groups.map((g) => g.share || 0)));
  const cell = (g) => {
    const td = h("td", { class: "heat num" }, g.share === null ? "–" : percent(g.share));
    td.style.setProperty("--heat", String(Math.round(((g.share || 0) / highest) * 60)) + "%");
    return td;
  };
  return scrollable("Share of each group that voiced a theme", h("table", { class: "plain heat-map" },
    h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "Theme"), c.groups.map((g) => h("th", { scope: "col", class: "num" }, said(g.name))))),
    h("tbody", {}, c.themes.map((theme) => h("tr", {}, h("th", { scope: "row" }, h("span", { class: "id" }, theme.id), " ", said(theme.label)), theme.groups.map(cell))))));
}

