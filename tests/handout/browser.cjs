// Opens a page in headless Chromium, and prints what happened as JSON: node browser.cjs PAGE FOLDER
// It looks at the page in light, in dark and with each of its switches, prints it to FOLDER on two sizes of paper, and makes pictures.
"use strict";
const fs = require("node:fs");
const path = require("node:path");
const { pathToFileURL } = require("node:url");
const { chromium } = require("playwright-core");

const FLAGS = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync",
];

// Small marks that take no room, where a row or heading begins and where it, or what follows it, ends: where they land
// in the print shows what was parted.
function mark() {
  const put = (element, text, place) => {
    const span = document.createElement("span");
    span.textContent = text;
    span.style.cssText = "position:absolute;font-size:1px";
    element[place](span);
  };
  document.querySelectorAll("tr").forEach((row, number) => {
    put(row.cells[0], ` qr${number}q `, "prepend");
    for (const cell of row.cells) put(cell, ` qr${number}q `, "append");
  });
  document.querySelectorAll("h1, h2, h3, h4, tr.title").forEach((heading, number) => {
    put(heading.cells ? heading.cells[0] : heading, ` qh${number}q `, "append");
    let next = heading.nextElementSibling ?? heading.parentElement.nextElementSibling;
    while (next && next.matches("nav")) next = next.nextElementSibling;
    while (next && next.matches("main, table, thead, tr, ul, ol, blockquote")) next = next.firstElementChild;
    if (next) put(next, ` qh${number}q `, "prepend");
  });
}

const SWITCHES = { large: "Large print", easy: "More space, and no italics" };

// What a look makes of the page: sizes in pixels, and how many elements with text of their own are set in italics.
function measure() {
  const style = (element) => getComputedStyle(element);
  const worded = [...document.querySelectorAll("body *")].filter((element) =>
    [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim()));
  const text = document.querySelector("main p");
  return {
    size: parseFloat(style(text).fontSize),
    line: parseFloat(style(text).lineHeight),
    letters: parseFloat(style(text).letterSpacing) || 0,
    words: parseFloat(style(text).wordSpacing) || 0,
    italics: worded.filter((element) => style(element).fontStyle !== "normal").length,
    figures: [...document.querySelectorAll("figure svg")].map((figure) => figure.getBoundingClientRect().width),
  };
}

async function main(page, folder, browser) {
  const seen = { requests: [], messages: [], violations: [], overflow: {} };
  page.on("request", (request) => seen.requests.push(request.url()));
  page.on("console", (message) => seen.messages.push(message.text()));
  page.on("pageerror", (error) => seen.messages.push(String(error)));
  const axe = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
  for (const look of ["light", "dark", "large", "easy"]) {
    await page.emulateMedia({ colorScheme: look === "dark" ? "dark" : "light" });
    await page.goto(pathToFileURL(path.resolve(process.argv[2])).href);
    if (look in SWITCHES) await page.getByLabel(SWITCHES[look]).check();
    seen[look] = await page.evaluate(measure);
    await page.screenshot({ path: path.join(folder, `${look}.png`) });
    await page.evaluate(axe);
    const found = await page.evaluate("axe.run()");
    seen.checked = found.passes.length;
    for (const { id, nodes } of found.violations) seen.violations.push({ look, id, where: nodes[0].html });
    if (look in SWITCHES) await page.pdf({ path: path.join(folder, `A4-${look}.pdf`), format: "A4" });
    const size = page.viewportSize();
    await page.setViewportSize({ width: 320, height: 640 });
    seen.overflow[look] = await page.evaluate(
      "document.documentElement.scrollWidth - document.documentElement.clientWidth");
    await page.setViewportSize(size);
  }
  await page.reload();
  for (const format of ["A4", "Letter"]) {
    await page.pdf({ path: path.join(folder, `${format}.pdf`), format, preferCSSPageSize: false });
  }
  await page.evaluate(mark);
  for (const format of ["A4", "Letter"]) {
    await page.pdf({ path: path.join(folder, `${format}-marked.pdf`), format, preferCSSPageSize: false });
  }
  seen.version = browser.version();
  console.log(JSON.stringify(seen));
}

(async () => {
  const browser = await chromium.launch({ executablePath: process.env.RETELL_CHROMIUM, args: FLAGS });
  try {
    await main(await browser.newPage(), process.argv[3], browser);
  } finally {
    await browser.close();
  }
})();
