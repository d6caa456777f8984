// Colours for groups of points and passages: as many as a question has themes, each unlike the others.
//
// In: how many are needed, light or dark. Out: colours as `#rrggbb`, the most different first. They are chosen from the
// colours that stand out from the ground (contrast 3 : 1 at least) by going each time to the one that is farthest from
// all taken ones, seen with usual and with red-green blind eyes.

/** Grounds of the map; report.css has the same as `--map`. */
const GROUND = { light: "#fcfcfa", dark: "#1a1c20" };
const MOST_COLOURS = 60;
/** Okabe & Ito's blue (2008) comes first. */
const FIRST_COLOUR = { light: "#0072b2", dark: "#56b4e9" };
const CONTRAST = 3;

const toLinear = (c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
const toGamma = (c) => (c <= 0.0031308 ? 12.92 * c : 1.055 * c ** (1 / 2.4) - 0.055);
const linearOf = (hex) => [1, 3, 5].map((at) => toLinear(parseInt(hex.slice(at, at + 2), 16) / 255));
const hexOf = (linear) => "#" + linear.map((c) => Math.round(toGamma(Math.min(1, Math.max(0, c))) * 255).toString(16).padStart(2, "0")).join("");

/** OKLab (Ottosson 2020, "A perceptual color space for image processing"): distances are as large as they look. */
function oklab([r, g, b]) {
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s, 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s, 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s];
}

function fromOklab([L, a, b]) {
  const l = (L + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (L - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (L - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s, -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s, -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s];
}

/** What red-green blind eyes see (deuteranopia; Machado, Oliveira & Fernandes 2009, table of severity 1). */
const deuteranope = ([r, g, b]) => [0.367322 * r + 0.860646 * g - 0.227968 * b, 0.280085 * r + 0.672501 * g + 0.047413 * b, -0.01182 * r + 0.04294 * g + 0.968881 * b]
  .map((c) => Math.min(1, Math.max(0, c)));

const luminance = ([r, g, b]) => 0.2126 * r + 0.7152 * g + 0.0722 * b;

/** The contrast of WCAG 2, 1 to 21. */
function contrast(one, other) {
  const [a, b] = [luminance(linearOf(one)) + 0.05, luminance(linearOf(other)) + 0.05];
  return a > b ? a / b : b / a;
}

/** How different two colours look to whoever sees the smaller difference. */
function unlikeness(one, other) {
  const between = (a, b) => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
  return Math.min(between(one.seen, other.seen), 1.4 * between(one.blind, other.blind));
}

const looks = (hex) => { const linear = linearOf(hex); return { hex, seen: oklab(linear), blind: oklab(deuteranope(linear)) }; };

function makePalette(mode) {
  const candidates = [];
  for (let L = 0.34; L < 0.95; L += 0.06) {
    for (let hue = 0; hue < 360; hue += 12) {
      for (const chroma of [0.06, 0.11, 0.16, 0.21]) {
        const linear = fromOklab([L, chroma * Math.cos(hue * Math.PI / 180), chroma * Math.sin(hue * Math.PI / 180)]);
        if (linear.some((c) => c < -0.002 || c > 1.002)) continue;
        const hex = hexOf(linear);
        if (contrast(hex, GROUND[mode]) >= CONTRAST) candidates.push(looks(hex));
      }
    }
  }
  const taken = [looks(FIRST_COLOUR[mode])];
  const far = candidates.map((it) => unlikeness(it, taken[0]));
  while (taken.length < MOST_COLOURS) {
    let best = 0;
    for (let i = 1; i < far.length; i++) if (far[i] > far[best]) best = i;
    taken.push(candidates[best]);
    for (let i = 0; i < far.length; i++) far[i] = Math.min(far[i], unlikeness(candidates[i], candidates[best]));
  }
  return taken.map((it) => it.hex);
}

const palettes = {};
const paletteOf = (mode) => (palettes[mode] ||= makePalette(mode));
