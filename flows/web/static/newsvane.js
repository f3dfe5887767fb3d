// Draws each chart when it comes into view, in the page's colors; drops empty controls from addresses.
"use strict";

const style = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

function theme() {
  const [ink, quiet, line, series] = ["--ink", "--quiet", "--line", "--series"].map(style);
  const words = { labelColor: quiet, titleColor: ink, labelFontSize: 12, titleFontSize: 12, titleFontWeight: 600 };
  return {
    background: null,
    font: "system-ui, sans-serif",
    view: { stroke: null },
    axis: { ...words, gridColor: line, domainColor: quiet, tickColor: quiet },
    legend: words,
    range: { category: series.split(" ") },
    bar: { color: series.split(" ")[0] },
    line: { color: series.split(" ")[0] },
    point: { color: series.split(" ")[0] },
    area: { color: series.split(" ")[0] },
  };
}

// Expressions are interpreted and styles left to newsvane.css: the pages allow neither eval nor inline styles.
const options = () => ({
  renderer: "svg", ast: true, logLevel: vega.Error, actions: false, defaultStyle: false, config: theme(),
  tooltip: { disableDefaultStyle: true }, loader: { target: "_self" },
});

// A page of the explorer names the address of a chart, a report the element that holds its specification.
async function specOf({ chart, spec }) {
  if (spec) return JSON.parse(document.getElementById(spec).textContent);
  const answer = await fetch(chart, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`status ${answer.status}`);
  return answer.json();
}

async function draw(box) {
  try {
    const spec = await specOf(box.dataset);
    const { view } = await vegaEmbed(box, spec, options());
    // The box is labeled as one image, and the table beside it has the numbers.
    box.querySelector("svg").setAttribute("aria-hidden", "true");
    offerToSave(box, view);
  } catch (error) {
    box.textContent = `The chart cannot be drawn (${error.message}); the numbers are in the table.`;
    box.classList.add("chart-failed");
  }
}

function offerToSave(box, view) {
  const buttons = box.parentElement.querySelectorAll("[data-save]");
  for (const button of buttons) {
    button.hidden = false;
    button.onclick = async () => {
      const kind = button.dataset.save;
      const address = await view.toImageURL(kind, kind === "png" ? 2 : 1);
      const link = Object.assign(document.createElement("a"), { href: address, download: `newsvane.${kind}` });
      link.click();
    };
  }
}

const boxes = document.querySelectorAll("[data-chart], [data-spec]");
const seen = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) {
    if (isIntersecting) { seen.unobserve(target); draw(target); }
  }
}, { rootMargin: "200px" });
// A report may be printed, so that all of it is drawn at once; its root then has the height of the page.
const page = document.documentElement;
const reported = [...boxes].filter((box) => box.dataset.spec);
if (reported.length) Promise.all(reported.map(draw)).then(() => { page.dataset.height = page.scrollHeight; });
else boxes.forEach((box) => seen.observe(box));
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => boxes.forEach(draw));

for (const form of document.querySelectorAll("form.controls")) {
  form.addEventListener("formdata", ({ formData }) => {
    for (const [name, value] of [...formData]) if (value === "") formData.delete(name);
  });
}
