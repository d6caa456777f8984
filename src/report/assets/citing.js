// Quotes for other programs: with their citation, and as rows of CSV.

/** `“…” (creatives/anna, answer 7, 00:12:03; anna.docx, line 12)` */
function citation(u, quote) {
  const text = quotedText(u, quote).replace(/\s+/g, " ").trim();
  return "“" + text + "” (" + locator(u) + (FOR_READERS ? "" : "; " + place(u)) + ")";
}

/** The words of a quote, with marks where words are left out; the whole passage without one. */
function quotedText(u, quote) {
  return quote ? (quote.before ? "[…] " : "") + (quote.text ?? U.text[u]) + (quote.after ? " […]" : "") : U.text[u];
}

/** Puts a text into the clipboard; resolves to whether that went well. */
async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // A page from disk may not be given the clipboard; what is selected can be copied nevertheless.
    const area = h("textarea", { class: "unseen", "aria-hidden": "true", tabindex: "-1" }, text), before = document.activeElement;
    document.body.append(area);
    area.select();
    const isCopied = document.execCommand("copy");
    area.remove();
    if (before) before.focus();
    return isCopied;
  }
}

/** A button that copies and says so. */
function copyButton(word, text, attributes) {
  const control = button(word, async () => {
    const isCopied = await copyText(text());
    control.textContent = isCopied ? "Copied" : "Not copied: the browser forbids it";
    setTimeout(() => { control.textContent = word; }, 2000);
  }, { class: "quiet", "aria-live": "polite", ...attributes });
  return control;
}

/** As in src/export/table.rs: whether a spreadsheet would take a text for a formula. */
function looksLikeFormula(text) {
  if (/^[\t\r\n]/.test(text)) return true;
  const seen = text.replace(/^[\s\p{Cc}\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\u00ad]+/u, "");
  return /^[=+\-@＝＋－＠﹦﹢﹣﹫]/.test(seen) && !isNegativeNumber(text);
}

function isNegativeNumber(text) {
  if (!text.startsWith("-")) return false;
  return text.slice(1).replace(/%$/, "").replace(/[ \u00a0\u202f]+$/, "").split(/[.,]/).every((part) => /^[0-9]+$/.test(part));
}

/** Rows as CSV for spreadsheets: RFC 4180 with a byte order mark, texts that look like formulas made harmless. */
function csv(rows) {
  const field = (value) => {
    if (value === null || value === undefined) return "";
    if (typeof value === "number") return String(value);
    const text = looksLikeFormula(value) ? "'" + value : value;
    return /[",\r\n]/.test(text) ? '"' + text.replace(/"/g, '""') + '"' : text;
  };
  return "\ufeff" + rows.map((row) => row.map(field).join(",") + "\r\n").join("");
}

/** Passages as rows, with a head. */
function passageRows(units) {
  const attributes = D.people.attributes || [];
  const head = ["unit", "study", "participant", "answer", "time", "section", "question", "status", "theme", "theme_label", "also", "text", "note", "file", "line", ...attributes.map((it) => it.name)];
  return [head, ...units.map((u) => {
    const a = U.answer[u], p = A.participant[a], theme = themeNow(u), section = sectionOf(u), t = V.themeOf[u];
    return [unitId(u), D.studies[D.participants.study[p]].name, D.participants.id[p], A.number[a], (U.time && U.time[u]) || null, section < 0 ? null : D.sections[section].id, D.questions[A.question[a]],
      theme ? "theme" : t === UNCLUSTERED ? "unclustered" : "excluded:" + D.exclusions[-2 - t], theme ? theme.id : null, theme ? theme.label : null,
      (V.alsoOf.get(u) || []).map((index) => V.themes[index].id).join(";"), U.text[u], noteOf(u), D.files[A.file[a]], A.line[a],
      ...attributes.map((it) => (it.of[p] < 0 ? null : it.values[it.of[p]]))];
  })];
}

/** Saves passages as a table. */
function csvButton(units, name = "passages") {
  return units.length ? button("CSV", () => download(name + ".csv", "text/csv", csv(passageRows(units))), { class: "quiet", "aria-label": "CSV of " + counted(units.length, "passage"), title: "Save these passages as a table (CSV)" }) : null;
}
