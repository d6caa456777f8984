// Figures as files of their own, for a paper: SVG, or PNG painted from it; light, and with fonts that every program has.

/** How many pixels of a PNG a unit of its SVG is. */
const PNG_SCALE = 2;

/** A name on two lines at most, of `most` letters each; the second is cut where it goes on. */
function twoLines(text, most) {
  const lines = [];
  for (const word of text.split(/\s+/)) {
    // What has no spaces is divided anywhere.
    for (let letters = Array.from(word); letters.length; letters = letters.slice(most)) {
      const piece = letters.slice(0, most).join(""), longer = lines.length ? lines[lines.length - 1] + " " + piece : piece;
      if (lines.length && Array.from(longer).length <= most) lines[lines.length - 1] = longer; else lines.push(piece);
    }
  }
  return lines.length > 2 ? [lines[0], shorten(lines.slice(1).join(" "), most)] : lines;
}

/** Between the lines of a name. */
const LINE_HEIGHT = 14;

/** The lines of a name, in a figure, around a height. */
const linesAt = (lines, x, y, attributes) => lines.map((line, i) => svg("text", { x, y: y + 4 + LINE_HEIGHT * (i - (lines.length - 1) / 2), ...attributes }, line));

/** `figure`: name, width, height, children (SVG elements), perhaps `font`. */
function svgText({ name, width, height, children, font }) {
  const figure = svg("svg", { xmlns: SVG, viewBox: "0 0 " + width + " " + height, width, height, "font-family": "Helvetica, Arial, sans-serif", "font-size": font || 12 },
    svg("title", {}, name), svg("rect", { width, height, fill: "#ffffff" }), children);
  return new XMLSerializer().serializeToString(figure);
}

const saveSvg = (figure) => download(figure.name + ".svg", "image/svg+xml", svgText(figure));

async function savePng(figure) {
  const picture = new Image();
  picture.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(svgText(figure));
  await picture.decode();
  const canvas = h("canvas", { width: Math.round(figure.width * PNG_SCALE), height: Math.round(figure.height * PNG_SCALE) });
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  canvas.toBlob((blob) => { if (blob) download(figure.name + ".png", "image/png", blob); }, "image/png");
}

/** Two controls that save a figure, which is made when it is wanted. */
function figureButtons(what, make, attributes) {
  return [
    button("SVG", () => saveSvg(make()), { "aria-label": "Save " + what + " as a figure (SVG)", title: "Save as a figure", ...attributes }),
    button("PNG", () => savePng(make()), { "aria-label": "Save " + what + " as a picture (PNG)", title: "Save as a picture", ...attributes })];
}

const FIGURE_STYLES = ["fill", "stroke", "stroke-width", "stroke-dasharray", "opacity", "font-size", "font-weight", "text-anchor", "paint-order"];

/** A figure of the page as it looks in light colours, with its styles written out. */
function figureOf(element, name) {
  const root = document.documentElement, before = root.dataset.colours;
  root.dataset.colours = "light";
  const copy = element.cloneNode(true), from = element.querySelectorAll("*"), to = copy.querySelectorAll("*");
  from.forEach((it, i) => {
    const style = getComputedStyle(it);
    for (const property of FIGURE_STYLES) {
      const value = style.getPropertyValue(property);
      if (value) to[i].setAttribute(property, value);
    }
    to[i].removeAttribute("class");
  });
  root.dataset.colours = before;
  const { width, height } = element.viewBox.baseVal;
  return { name, width, height, children: [...copy.childNodes] };
}
