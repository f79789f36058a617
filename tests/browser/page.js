// Opens a page of the week in headless Chromium and compares what it shows with what the commands answer.
//
//   node page.js CHROMIUM page.html status.json lagging.json
//
// Says what is wrong, one thing a line, and ends with 1; else with 0.
const fs = require("fs");
const { chromium } = require("playwright-core");

const [browser, page, ...answers] = process.argv.slice(2);
const [status, lagging] = answers.map((file) => JSON.parse(fs.readFileSync(file, "utf8")));
const axe = fs.readFileSync(require.resolve("axe-core"), "utf8");
const wrong = [];
const expect = (what, found, wanted) => {
  if (JSON.stringify(found) !== JSON.stringify(wanted)) wrong.push(`${what}: ${JSON.stringify(found)}, not ${JSON.stringify(wanted)}`);
};
const percent = (rate) => `${(rate * 100).toFixed(1)}%`;

// What a table shows: the text of each cell, row by row, of the rows that can be seen.
const table = (tab, at) =>
  tab.locator("table").nth(at).evaluate((table) =>
    [...table.tBodies[0].rows].filter((row) => !row.hidden).map((row) => [...row.cells].map((cell) => cell.innerText.trim())));

async function figures(tab) {
  expect("figures", await tab.locator(".tiles b").allInnerTexts().then((all) => all.slice(0, 3)),
    [percent(status.total.completion_rate), percent(status.total.on_time_rate), String(lagging.units)]);
  const rows = lagging.rows.concat(lagging.supervisor ?? []);
  const shown = await table(tab, 0);
  expect("units behind", shown.map((row) => [row[0].split(/\s/)[0], row[1], parseInt(row[2])]),
    rows.map((row) => [row.name.split(/\s/)[0], String(row.overdue), row.days]));
  const tasks = await table(tab, 1);
  expect("tasks", tasks.map((row) => row.slice(2, 5)),
    status.rows.concat(status.total).filter((row) => row.expected > 0)
      .map((row) => [String(row.expected), String(row.completed), percent(row.completion_rate)]));
}

// The list of units sorts by any column and keeps what was typed; without a script all of it is there.
async function list(tab) {
  const before = await table(tab, 2);
  const box = tab.getByRole("searchbox");
  expect("search boxes", await box.count(), 1);
  const name = before[before.length - 1][0];
  await box.fill(name);
  expect("rows found", (await table(tab, 2)).map((row) => row[0]), [name]);
  await box.fill("");
  const head = tab.locator("table").nth(2).locator("thead th");
  await head.first().getByRole("button").click();
  const up = (await table(tab, 2)).map((row) => row[0]);
  expect("sorted", await head.first().getAttribute("aria-sort"), "ascending");
  await head.first().getByRole("button").click();
  expect("sorted down", (await table(tab, 2)).map((row) => row[0]), up.slice().reverse());
  expect("rows after sorting", up.length, before.length);
}

(async () => {
  const driver = await chromium.launch({ executablePath: browser, args: ["--no-sandbox", "--disable-gpu"] });
  for (const colorScheme of ["light", "dark"]) {
    for (const width of [1280, 390]) {
      const view = `${width} ${colorScheme}`;
      const tab = await driver.newPage({ viewport: { width, height: 844 }, colorScheme });
      const say = (text) => wrong.push(`${view}: ${text}`);
      tab.on("console", (message) => say(`console: ${message.text()}`));
      tab.on("pageerror", (error) => say(`error: ${error.message}`));
      tab.on("request", (request) => request.url().startsWith("file:") || say(`asks for ${request.url()}`));
      await tab.goto(`file://${page}`);
      const over = await tab.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      if (over > 0) say(`${over} pixels too wide`);
      await figures(tab);
      if (width === 1280) await list(tab);
      // The page lets no script of others run, and nor should it for this: so it is told to the browser, not to the page.
      const found = await tab.evaluate(`(() => { ${axe}; return axe.run(); })()`);
      for (const { id, nodes } of found.violations) say(`axe: ${id}: ${nodes[0].html}`);
      await tab.close();
    }
  }
  const plain = await driver.newContext({ javaScriptEnabled: false });
  const tab = await plain.newPage();
  await tab.goto(`file://${page}`);
  expect("search boxes without a script", await tab.getByRole("searchbox").count(), 0);
  await driver.close();
  if (wrong.length > 0) {
    console.log(wrong.join("\n"));
    process.exit(1);
  }
})();
