// Figures as files of their own, for a paper: SVG, or PNG painted from it; light, and with fonts that every program has.

/** How many pixels of a PNG a unit of its SVG is. */
const PNG_SCALE = 2;

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
