// codebook.toml read in the page, as the program reads it (src/analysis/codebook/file/read).
//
// In: the text of the file. Out: its edits, as codebook.js knows them, or an error with line and hint. It reads TOML 1.0
// but for fractions and dates, which no codebook has; it applies nothing. It knows no page; tests/browser/plain.mjs runs it.

class TomlError extends Error {
  constructor(line, message, hint) {
    super(message);
    Object.assign(this, { line, hint });
  }
}

const TOML_HINT = "the file is TOML 1.0: names and ids stand in straight double quotes";

/** A text as a tree: tables are `{ entries: Map of { line, value } }`, lists arrays, each value with its line. */
class TomlReader {
  constructor(text) {
    this.text = text.replace(/\r\n/g, "\n");
    this.at = 0;
    this.line = 1;
  }

  wrong(message, hint = TOML_HINT, line = this.line) {
    throw new TomlError(line, message, hint);
  }

  step(n = 1) {
    for (let i = 0; i < n; i++) if (this.text[this.at++] === "\n") this.line++;
  }

  next(word) { return this.text.startsWith(word, this.at); }

  take(word) {
    if (!this.next(word)) return false;
    this.step(word.length);
    return true;
  }

  expect(word) {
    if (!this.take(word)) this.wrong(this.at >= this.text.length ? `the file ends where \`${word}\` is missing` : `\`${word}\` is missing`);
  }

  /** Spaces; with `lines` also line ends and comments. */
  space(lines) {
    for (;;) {
      const c = this.text[this.at];
      if (c === " " || c === "\t" || (lines && c === "\n")) this.step();
      else if (lines && c === "#") this.comment();
      else return;
    }
  }

  comment() {
    while (this.at < this.text.length && this.text[this.at] !== "\n") this.step();
  }

  endOfLine() {
    this.space();
    if (this.next("#")) this.comment();
    if (this.at < this.text.length && !this.take("\n")) this.wrong("the line should end here");
  }

  document() {
    const root = { entries: new Map(), line: 1 };
    let current = root;
    for (this.space(true); this.at < this.text.length; this.space(true)) {
      const line = this.line;
      if (this.take("[[")) {
        const path = this.path();
        this.expect("]]");
        current = this.another(root, path, line);
      } else if (this.take("[")) {
        const path = this.path();
        this.expect("]");
        current = this.table(root, path, line);
      } else this.pair(current);
      this.endOfLine();
    }
    return root;
  }

  pair(table) {
    const line = this.line, path = this.path();
    this.expect("=");
    this.space();
    const value = this.value(), last = path.pop();
    const home = this.inner(table, path, line);
    const before = home.entries.get(last);
    if (home.isClosed || before) this.wrong(`duplicate key \`${last}\`` + (before ? `: it stands in line ${before.line} already` : ""), "write each key once", line);
    home.entries.set(last, { line, value });
  }

  /** `theme."Q1.1"` */
  path() {
    const keys = [];
    do {
      this.space();
      const bare = /^[A-Za-z0-9_-]+/.exec(this.text.slice(this.at, this.at + 200));
      if (this.next('"') || this.next("'")) keys.push(this.string());
      else if (bare) { keys.push(bare[0]); this.step(bare[0].length); }
      else this.wrong("a key is missing");
      this.space();
    } while (this.take("."));
    return keys;
  }

  /** The table at the end of a path; tables on the way that are not there are made. */
  inner(table, path, line) {
    for (const key of path) {
      if (!table.entries.has(key)) table.entries.set(key, { line, value: { entries: new Map(), line } });
      let { value } = table.entries.get(key);
      if (Array.isArray(value) && value.areTables) value = value[value.length - 1];
      if (!value.entries || value.isClosed) this.wrong(`\`${key}\` is no table`, "take one of the two out", line);
      table = value;
    }
    return table;
  }

  table(root, path, line) {
    const last = path.pop(), home = this.inner(root, path, line);
    const found = home.entries.get(last);
    if (found && (!found.value.entries || found.value.isClosed || found.value.isNamed)) this.wrong(`duplicate key \`${last}\`: it stands in line ${found.line} already`, "write each table once", line);
    const table = found ? found.value : { entries: new Map(), line };
    table.isNamed = true;
    if (!found) home.entries.set(last, { line, value: table });
    return table;
  }

  another(root, path, line) {
    const last = path.pop(), home = this.inner(root, path, line);
    if (!home.entries.has(last)) home.entries.set(last, { line, value: Object.assign([], { areTables: true }) });
    const { value } = home.entries.get(last), table = { entries: new Map(), line };
    if (!value.areTables) this.wrong(`\`${last}\` is no list of tables`, `write \`[[${last}]]\` alone`, line);
    value.push(table);
    return table;
  }

  value() {
    const c = this.text[this.at], line = this.line;
    if (c === '"' || c === "'") return { line, text: this.string() };
    if (c === "[") return this.list();
    if (c === "{") return this.inline();
    const word = /^[^\s,\]}#]*/.exec(this.text.slice(this.at, this.at + 100))[0];
    this.step(word.length);
    if (word === "true" || word === "false") return { line, truth: word === "true" };
    if (/^[+-]?(0|[1-9](_?[0-9])*)$/.test(word)) return { line, whole: Number(word.replace(/_/g, "")) };
    return this.wrong(word ? `\`${word}\` is no value` : "a value is missing", TOML_HINT, line);
  }

  list() {
    const found = Object.assign([], { line: this.line });
    this.expect("[");
    for (this.space(true); !this.take("]"); this.space(true)) {
      found.push(this.value());
      this.space(true);
      if (!this.take(",")) { this.expect("]"); break; }
    }
    return found;
  }

  inline() {
    const table = { entries: new Map(), line: this.line };
    this.expect("{");
    this.space();
    if (!this.take("}")) {
      do { this.space(); this.pair(table); this.space(); } while (this.take(","));
      this.expect("}");
    }
    table.isClosed = true;
    return table;
  }

  string() {
    const quote = this.text[this.at], isLong = this.next(quote.repeat(3)), end = isLong ? quote.repeat(3) : quote, line = this.line;
    this.step(end.length);
    if (isLong) this.take("\n");
    let text = "";
    for (;;) {
      // Up to two quotation marks may stand before the three that end a text.
      if (this.next(end) && !(isLong && this.next(end + quote))) break;
      const c = this.text[this.at];
      if (c === undefined || (c === "\n" && !isLong)) this.wrong("a text does not end: a quotation mark is missing", TOML_HINT, line);
      if (/[\u0000-\u0008\u000b-\u001f\u007f]/.test(c)) this.wrong("a text holds a control character");
      if (c === "\\" && quote === '"') text += this.escape(isLong);
      else { text += c; this.step(); }
    }
    this.step(end.length);
    return text;
  }

  escape(isLong) {
    const known = { b: "\b", t: "\t", n: "\n", f: "\f", r: "\r", '"': '"', "\\": "\\" };
    this.step();
    const c = this.text[this.at];
    if (known[c] !== undefined) { this.step(); return known[c]; }
    if (c === "u" || c === "U") {
      const digits = this.text.slice(this.at + 1, this.at + (c === "u" ? 5 : 9)), code = parseInt(digits, 16);
      if (!/^([0-9A-Fa-f]{4}|[0-9A-Fa-f]{8})$/.test(digits) || code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) this.wrong(`\`\\${c}${digits}\` is no character`);
      this.step(digits.length + 1);
      return String.fromCodePoint(code);
    }
    if (isLong && /^[ \t]*\n/.test(this.text.slice(this.at))) { while (/[ \t\n]/.test(this.text[this.at] || "")) this.step(); return ""; }
    return this.wrong(`\`\\${c}\` is no escape`);
  }
}

/** A category's name as one spelling: case, white space and the way in which accents are written tell none apart. */
function categorySpelling(name) {
  return name.normalize("NFC").trim().replace(/\s+/g, " ").toLowerCase();
}

/**
 * The edits of a codebook.toml.
 * @throws {TomlError} what is no TOML, no edit, or contradicts itself.
 */
function editsOfToml(source) {
  const edits = noEdits();
  const wrong = (line, message, hint) => { throw new TomlError(line, message, hint); };
  const textOf = (key, { line, value }) => {
    if (value.text === undefined) wrong(line, `\`${key}\` is no text`, `write \`${key} = "…"\``);
    return value.text.trim() || wrong(line, `\`${key}\` is empty`, "fill it in, or take the line out");
  };
  const listOf = (key, { line, value }, least) => {
    const hint = `write \`${key} = ["…", …]\``;
    if (!Array.isArray(value) || value.areTables) wrong(line, `\`${key}\` is no list`, hint);
    const list = value.map((it) => (it.text === undefined ? wrong(it.line || line, `\`${key}\` lists something else than text`, hint) : it.text));
    if (list.length < least) wrong(line, `\`${key}\` lists ${list.length ? "too few" : "nothing"}`, least === 1 ? "name one at least, or take the edit out" : "name two at least");
    return list;
  };
  const ownId = (field) => {
    const id = textOf("id", field);
    return /^N[1-9][0-9]*$/.test(id) ? id : wrong(field.line, `\`${id}\` is no id of a theme made by hand`, 'it is N and a number of yours that no other theme has: `id = "N1"`');
  };
  /** The fields of a table, by what reads them; those of `needed` must be there. */
  const fields = (what, table, readers, needed, line) => {
    if (!table.entries) wrong(line, `${what} is no table`, "see docs/edits.md");
    const found = {};
    for (const [key, field] of table.entries) {
      if (!Object.hasOwn(readers, key)) wrong(field.line, `unknown key \`${key}\``, `${what} has ${Object.keys(readers).map((it) => "`" + it + "`").join(", ")} and nothing else`);
      found[key] = readers[key](key, field);
    }
    for (const key of needed) if (found[key] === undefined) wrong(line, `${what} lacks its \`${key}\``, "see docs/edits.md");
    return found;
  };
  const text = textOf, units = (key, field) => listOf(key, field, 0), some = (key, field) => listOf(key, field, 1), id = (_, field) => ownId(field);
  const truth = (key, { line, value }) => (value.truth === undefined ? wrong(line, `\`${key}\` is true or false`, `write \`${key} = true\``) : value.truth);
  const parts = (readers) => (key, { line, value }) => {
    if (!Array.isArray(value)) wrong(line, `\`${key}\` is no list`, `write \`${key} = [{ … }, …]\``);
    return value.map((part) => ({ ...fields("a part", part, readers, Object.keys(readers), part.line || line), line: part.line }));
  };
  const lines = new Map();
  const placed = (unit, line, where) => {
    if (lines.has(unit) && lines.get(unit).where !== where) wrong(line, `\`${unit}\` was put somewhere in line ${lines.get(unit).line} already`, "take one of the two out");
    lines.set(unit, { line, where });
  };
  const made = new Map();
  const makes = (it, line) => {
    if (made.has(it)) wrong(line, `the id \`${it}\` is taken in line ${made.get(it)} already`, "give each theme of yours a number of its own");
    made.set(it, line);
  };
  const named = (key, field, read) => {
    if (!field.value.entries) wrong(field.line, `\`${key}\` is no table`, `write \`[${key}."…"]\``);
    for (const [name, it] of field.value.entries) read(name, it.value, it.line);
  };
  const readers = {
    version: ({ line, value }) => { if (value.whole !== 1) wrong(line, "`version` is not 1", "this page reads version 1; a newer leitmotif may read others"); },
    theme: (field) => named("theme", field, (theme, table, line) => {
      const it = fields("a theme", table, { name: text, description: text, memo: text, merge_into: text, hide: truth, pin: units,
        split: parts({ name: text, units }), divide: parts({ id, name: text, units: some }) }, [], line);
      if (it.name) edits.name[theme] = it.name;
      if (it.description) edits.description[theme] = it.description;
      if (it.memo) edits.memo[theme] = it.memo;
      if (it.merge_into) edits.merge[theme] = it.merge_into;
      if (it.hide) edits.hide[theme] = true;
      if (it.pin && it.pin.length) edits.pin[theme] = it.pin;
      if (it.split && it.split.length) edits.split[theme] = it.split.map((part) => ({ name: part.name, units: part.units }));
      if (it.divide && it.divide.length) {
        if (it.merge_into) wrong(line, `\`${theme}\` is both merged and divided`, "take one of the two out");
        edits.divide[theme] = it.divide.map((part) => ({ id: part.id, name: part.name, units: part.units }));
        for (const part of it.divide) { makes(part.id, part.line); for (const unit of part.units) placed(unit, part.line, part.id); }
      }
    }),
    recurring: (field) => named("recurring", field, (theme, table, line) => {
      const it = fields("a recurring theme", table, { name: text, merge_into: text, hide: truth, themes: (key, value) => listOf(key, value, 2) }, [], line);
      if (it.name) edits.recurringName[theme] = it.name;
      if (it.merge_into) edits.recurringMerge[theme] = it.merge_into;
      if (it.hide) edits.recurringHide[theme] = true;
      if (it.themes) edits.joins[theme] = it.themes;
    }),
    category: (field) => named("category", field, (name, table, line) => {
      const it = fields(`the category \`${name}\``, table, { description: text, themes: some }, ["themes"], line);
      if (Object.keys(edits.category).some((other) => categorySpelling(other) === categorySpelling(name))) wrong(line, `a category is called \`${name.trim()}\` already`, "write both into one, or give one of them another name");
      edits.category[name.trim() || wrong(line, "a category has no name", 'write `[category."Working hours"]`')] = it;
    }),
  };
  const lists = {
    move: [{ unit: text, to: text }, [], (it, line) => { placed(it.unit, line, "move " + line); edits.move[it.unit] = it.to; }],
    new: [{ id, question: text, name: text, description: text, units: some }, ["description"], (it, line) => {
      makes(it.id, line);
      for (const unit of it.units) placed(unit, line, it.id);
      edits.new[it.id] = { question: it.question, name: it.name, ...(it.description ? { description: it.description } : {}), units: it.units };
    }],
    also: [{ unit: text, theme: text }, [], (it, line) => further("also", "not", it, line)],
    not: [{ unit: text, theme: text }, [], (it, line) => further("not", "also", it, line)],
    memo: [{ unit: text, text }, [], (it, line) => {
      if (edits.note[it.unit] !== undefined) wrong(line, `\`${it.unit}\` has a note already`, "write both into one");
      edits.note[it.unit] = it.text;
    }],
  };
  const further = (word, contrary, { unit, theme }, line) => {
    if ((edits[word][unit] || []).includes(theme)) wrong(line, `this is said of \`${unit}\` and ${theme} already`, "take one of the two out");
    if ((edits[contrary][unit] || []).includes(theme)) wrong(line, `the contrary is said of \`${unit}\` and ${theme} already`, "take one of the two out");
    (edits[word][unit] ||= []).push(theme);
  };
  for (const [key, field] of new TomlReader(source.replace(/^\ufeff/, "")).document().entries) {
    if (Object.hasOwn(readers, key)) readers[key](field);
    else if (Object.hasOwn(lists, key)) {
      if (!field.value.areTables) wrong(field.line, `\`${key}\` is no list of tables`, `write \`[[${key}]]\``);
      const [known, optional, put] = lists[key];
      for (const table of field.value) put(fields(`a \`[[${key}]]\``, table, known, Object.keys(known).filter((it) => !optional.includes(it)), table.line), table.line);
    } else wrong(field.line, `unknown key \`${key}\``, '`version`, `[theme."ID"]`, `[[move]]`, `[[new]]`, `[[also]]`, `[[not]]`, `[[memo]]`, `[recurring."ID"]` and `[category."NAME"]` are allowed');
  }
  for (const merges of [edits.merge, edits.recurringMerge]) {
    for (const from of Object.keys(merges)) {
      for (let it = merges[from], i = 0; it !== undefined && i <= 10000; it = merges[it], i++) {
        if (it === from) wrong(1, `\`${from}\` would be merged into itself`, "take one `merge_into` of the circle out");
      }
    }
  }
  return edits;
}

/** Comments of the researcher's own on lines of their own: neither the program's nor the page's. */
function commentsOfToml(source) {
  const own = new Set(toToml(noEdits(), [], "").split("\n").filter((line) => line.startsWith("#")).slice(1));
  return source.split(/\r?\n/).filter((line) => /^\s*#/.test(line) && !/^\s*#:/.test(line) && !own.has(line) && !line.startsWith("# Edits made in the report “") && line !== KEPT_COMMENTS);
}

const KEPT_COMMENTS = "# Comments that stood in the file before:";
