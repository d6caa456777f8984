// The report's own application of edits beside the program's: random edits, made as the page makes them, are written as
// codebook.toml, applied by `leitmotif codebook --apply`, and members, ids and counts of both compared.
// node apply.mjs BINARY ANALYSIS ROUNDS; the analysis folder is changed.
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { editOnce } from "./random_edits.mjs";

const [binary, analysis, rounds] = process.argv.slice(2);
const assets = join(dirname(fileURLToPath(import.meta.url)), "../../src/report/assets");
const source = ["apply.js", "codebook.js", "toml.js", "rebase.js"].map((name) => readFileSync(join(assets, name), "utf8")).join("\n");
const page = new Function(source + `
  return { NOWHERE, foundOf, applied, noEdits, editsOfCodebook, putUnit, makeTheme, addUnit, takeUnitOut, mergeTheme, leadTo, joinRecurring, nextId, toToml, editsOfToml, settled };`)();

const run = (...args) => execFileSync(binary, args, { encoding: "utf8", maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "pipe"] });
const check = (condition, message) => { if (!condition) throw new Error(message); };

/** Applies the codebook; the status is 1 where an edit does not apply, which random ones may not. */
function applyEdits() {
  try {
    run("codebook", analysis, "--apply");
  } catch (error) {
    if (error.status !== 1) throw error;
  }
}

/** The data block of a report of the analysis as it is now. */
function dataOfReport() {
  const report = analysis + "-report.html";
  run("report", analysis, "-o", report, "--force");
  const html = readFileSync(report, "utf8");
  const start = html.indexOf('<script type="application/json" id="data">');
  return JSON.parse(html.slice(html.indexOf(">", start) + 1, html.indexOf("</script>", start)));
}

/** Ids of passages, as the page makes them of its columns. */
function unitIds(data) {
  const { answers, units, participants, studies } = data;
  return units.suffix.map((suffix, u) => {
    const a = units.answer[u], p = answers.participant[a];
    const answer = studies[participants.study[p]].name + "/" + participants.id[p] + "#" + answers.number[a];
    return suffix === "" || suffix.startsWith(".") ? answer + suffix : suffix;
  });
}

/** Rows of CSV by the names of its columns. */
function rowsOf(csv) {
  const rows = [[""]];
  let quoted = false;
  for (let i = 0; i < csv.length; i++) {
    const c = csv[i], row = rows.at(-1);
    if (quoted) { if (c !== '"') row[row.length - 1] += c; else if (csv[i + 1] === '"') { row[row.length - 1] += c; i++; } else quoted = false; }
    else if (c === '"') quoted = true;
    else if (c === ",") row.push("");
    else if (c === "\n") rows.push([""]);
    else if (c !== "\r") row[row.length - 1] += c;
  }
  const [head, ...rest] = rows.filter((row) => row.length > 1);
  return rest.map((row) => Object.fromEntries(head.map((name, at) => [name, row[at]])));
}

const same = (one, other, what) => check(JSON.stringify(one) === JSON.stringify(other), what + ": the page has " + JSON.stringify(one) + ", the program " + JSON.stringify(other));
const studiesOf = (list) => list.map((it) => [it.study, it.prevalence.participants, it.prevalence.asked]);
const ours = (it) => [it.people, it.asked, it.byStudy.map((s) => [s.study, s.people, s.asked])];
const theirs = (it) => [it.prevalence.participants, it.prevalence.asked, studiesOf(it.by_study)];

let compared = 0, made = 0, refused = 0;
for (let round = 0; round < Number(rounds); round++) {
  const data = dataOfReport(), ids = unitIds(data), numbers = new Map(ids.map((id, u) => [id, u]));
  const found = page.foundOf(data);
  const edits = round % 6 === 0 ? page.noEdits() : page.editsOfCodebook(data.codebook.edits);
  const base = data.themes.map((theme) => theme.id);
  const unitOf = (id) => numbers.get(id);
  // As in the page: each edit is counted from where the last one left off.
  let now = page.applied(found, edits, unitOf);
  for (let i = 0; i < 5; i++) {
    editOnce(page, edits, found, ids, now, base);
    now = page.applied(found, edits, unitOf, now);
  }
  writeFileSync(join(analysis, "codebook.toml"), page.toToml(edits, base, "Test"));
  same(page.settled(page.editsOfToml(page.toToml(edits, base, "Test"))), page.settled(edits), "round " + round + ", read back");
  applyEdits();
  const summary = JSON.parse(readFileSync(join(analysis, "analysis.json"), "utf8"));
  const where = "round " + round + ", ";
  for (const row of rowsOf(run("export", analysis, "--to", "csv"))) {
    const u = numbers.get(row.unit);
    same([now.theme[u] ?? "", (now.also.get(u) || []).join(";")], [row.theme, row.also || ""], where + row.unit);
  }
  const themes = summary.sections.flatMap((section) => section.themes);
  same([...now.themes.keys()].sort(), themes.map((theme) => theme.id).sort(), where + "ids of themes");
  for (const theme of themes) {
    const own = now.themes.get(theme.id);
    same([own.mentions, ours(own)], [theme.mentions, theirs(theme)], where + theme.id);
    compared += 1;
  }
  same(now.recurring.map((it) => it.id).sort(), summary.recurring.map((it) => it.id).sort(), where + "ids of recurring themes");
  for (const it of summary.recurring) {
    const own = now.recurring.find((other) => other.id === it.id);
    same([own.themes.slice().sort(), ours(own)], [it.themes.slice().sort(), theirs(it)], where + it.id);
  }
  const categories = summary.categories || [];
  same(now.categories.map((it) => [it.name, it.mentions, it.themes.slice().sort(), ours(it)]), categories.map((it) => [it.name, it.mentions, it.themes.slice().sort(), theirs(it)]), where + "categories");
  made += themes.filter((theme) => (theme.edited || []).includes("new")).length;
  refused += (summary.manifest.edits || []).filter((it) => !it.applied).length;
}
console.log(JSON.stringify({ rounds: Number(rounds), compared, made, refused }));
