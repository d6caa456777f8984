// Parts of the report's script that know no page, held against what is known elsewhere. node parts.mjs
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const assets = join(dirname(fileURLToPath(import.meta.url)), "../../src/report/assets");
const load = (names, wanted) => new Function(names.map((name) => readFileSync(join(assets, name), "utf8")).join("\n") + "\nreturn { " + wanted + " };")();
const check = (condition, message) => { if (!condition) throw new Error(message); };
const near = (value, expected, tolerance, what) => check(Math.abs(value - expected) <= tolerance, what + ": " + value + ", not " + expected);

/** Points of a normal distribution, spread evenly: by Box & Muller (1958) from a lattice. */
function normal(rings, sides, [x, y], sigma) {
  const xs = [], ys = [];
  for (let i = 0; i < rings; i++) {
    const radius = sigma * Math.sqrt(-2 * Math.log(1 - (i + 0.5) / rings));
    for (let j = 0; j < sides; j++) {
      const angle = 2 * Math.PI * (j + (i % 2) / 2) / sides;
      xs.push(x + radius * Math.cos(angle)); ys.push(y + radius * Math.sin(angle));
    }
  }
  return [xs, ys];
}

function contours() {
  const { densityContours } = load(["contours.js"], "densityContours");
  const sigma = 900, centre = [4700, 5300], [xs, ys] = normal(120, 90, centre, sigma);
  const lines = densityContours(xs, ys, 10000, [0.9, 0.5, 0.1]);
  for (const { share, lines: of } of lines) {
    // A share p of a normal distribution in the plane lies within sigma times the root of -2 ln(1 - p).
    const expected = sigma * Math.sqrt(-2 * Math.log(1 - share));
    check(of.length > 40, "there is a line around " + share);
    for (let i = 0; i < of.length; i += 2) near(Math.hypot(of[i] - centre[0], of[i + 1] - centre[1]), expected, 0.06 * sigma, "the radius of " + share);
    // Segments meet: each end is another's, so the line is closed.
    const ends = new Map();
    for (let i = 0; i < of.length; i += 2) { const end = of[i].toFixed(3) + " " + of[i + 1].toFixed(3); ends.set(end, (ends.get(end) || 0) + 1); }
    check([...ends.values()].every((n) => n === 2), "the line around " + share + " is closed");
  }
  // Two clumps have two lines, and no line is drawn around nothing.
  const [ax, ay] = normal(60, 40, [2500, 5000], 300), [bx, by] = normal(60, 40, [7500, 5000], 300);
  const [{ lines: both }] = densityContours([...ax, ...bx], [...ay, ...by], 10000, [0.5]);
  const sides = new Set();
  for (let i = 0; i < both.length; i += 2) sides.add(both[i] < 5000);
  check(sides.size === 2 && both.every((value, i) => i % 2 || Math.abs(value - 5000) > 1000), "two clumps, nothing between");
  check(densityContours([1], [1], 10000, [0.5]).length === 0, "too few points have no contours");
}

function colours() {
  const { paletteOf, contrast, oklab, linearOf, unlikeness, looks, GROUND } = load(["colours.js"], "paletteOf, contrast, oklab, linearOf, unlikeness, looks, GROUND");
  // The greys on either side of what WCAG 2 asks of text on white.
  near(contrast("#767676", "#ffffff"), 4.54, 0.005, "WCAG 2");
  near(contrast("#777777", "#ffffff"), 4.48, 0.005, "WCAG 2");
  // https://bottosson.github.io/posts/oklab: white is (1, 0, 0); red as CSS Color 4 gives it, oklch(0.628 0.2577 29.23).
  const red = oklab(linearOf("#ff0000"));
  near(oklab(linearOf("#ffffff"))[0], 1, 0.001, "white");
  near(red[0], 0.628, 0.001, "the lightness of red");
  near(Math.hypot(red[1], red[2]), 0.2577, 0.001, "its chroma");
  near(Math.atan2(red[2], red[1]) * 180 / Math.PI, 29.23, 0.1, "its hue");
  for (const mode of ["light", "dark"]) {
    const palette = paletteOf(mode);
    check(new Set(palette).size === 60, "sixty colours, as many as a question can have themes");
    check(palette.every((colour) => contrast(colour, GROUND[mode]) >= 3), "each stands out from the ground, " + mode);
    const least = (colours) => Math.min(...colours.flatMap((a, i) => colours.slice(0, i).map((b) => unlikeness(looks(a), looks(b)))));
    // Okabe & Ito's seven colours (2008) for colour-blind eyes; here even ten are as unlike, and many more can be told apart.
    const known = least(["#000000", "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9"]);
    const [ten, most, all] = [10, 24, 60].map((n) => least(palette.slice(0, n)));
    check(ten > known && most > known / 2 && all > known / 4, mode + ": " + [known, ten, most, all]);
  }
}

function tables() {
  const { csv, looksLikeFormula } = load(["citing.js"], "csv, looksLikeFormula");
  // The cases of src/export/table.rs.
  const source = readFileSync(join(assets, "../../export/table.rs"), "utf8");
  const [yes, no] = source.slice(source.indexOf("#[cfg(test)]")).match(/for text in \[[\s\S]*?\]/g).map((list) =>
    [...list.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map((found) => JSON.parse('"' + found[1].replace(/\\u\{([0-9a-f]+)\}/g, (_, hex) => "\\u" + hex.padStart(4, "0")) + '"')));
  check(yes.length > 8 && no.length > 8, "the cases are read");
  for (const text of yes) check(looksLikeFormula(text), "a formula: " + JSON.stringify(text));
  for (const text of no) check(!looksLikeFormula(text), "none: " + JSON.stringify(text));
  check(csv([["a", 1, null, 'x "y"\n', "=1+1", -3]]) === '\ufeffa,1,,"x ""y""\n",\'=1+1,-3\r\n', "RFC 4180");
}

for (const part of [contours, colours, tables]) part();
console.log("parts: contours, colours, tables");
