#!/usr/bin/env node
// Opens every page of a list in headless Chromium and says what falls short. See run.sh.
// Exit status: 0 all well, 1 something fell short, 2 could not run.
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { loadDep, depFile, findExecutable } from './lib/deps.mjs';
import { readConfig, isLoopback } from './lib/config.mjs';
import { contactSheets } from './lib/contact.mjs';
import { htmlValidator } from './lib/html.mjs';
import { People } from './lib/people.mjs';
import { printTable, printProblems } from './lib/report.mjs';
import { visit } from './lib/visit.mjs';

const CHROMIUM_ARGS = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--disable-default-apps', '--disable-domain-reliability', '--metrics-recording-only',
];

const { values: opt } = parseArgs({
  options: {
    base: { type: 'string' }, pages: { type: 'string' }, out: { type: 'string', default: 'target/browser' },
    only: { type: 'string' }, variant: { type: 'string' }, jobs: { type: 'string', default: '2' },
    timeout: { type: 'string', default: '15000' }, wait: { type: 'string', default: '10' }, chromium: { type: 'string' },
    contact: { type: 'boolean', default: false }, 'no-warnings': { type: 'boolean', default: false }, strict: { type: 'boolean', default: false },
  },
});

function die(message) { console.error(message); process.exit(2); }

async function waitFor(base, seconds) {
  const until = Date.now() + seconds * 1000;
  for (;;) {
    const up = await new Promise((resolve) => {
      const req = http.get(base, { timeout: 2000 }, (res) => { res.resume(); resolve(true); });
      req.on('error', () => resolve(false));
      req.on('timeout', () => { req.destroy(); resolve(false); });
    });
    if (up) return true;
    if (Date.now() > until) return false;
    await new Promise((r) => setTimeout(r, 250));
  }
}

/** One page in all its variants, and what only shows when they are compared. */
async function checkPage(page, run) {
  const shared = {};
  const rows = [];
  for (const variant of page.variants) {
    if (!opt.variant || variant.id.includes(opt.variant)) rows.push(await visit(page, variant, shared, run));
  }
  for (const view of new Set(page.variants.map((v) => v.view.name))) {
    const ground = (scheme) => rows.find((r) => r.variant === `${view}-${scheme}`)?.info?.background;
    if (ground('light') && ground('light') === ground('dark')) {
      rows.find((r) => r.variant === `${view}-dark`).problems.push({ check: 'scheme', level: 'fail', message: `the dark scheme has the same background as the light one (${ground('light')})` });
    }
  }
  const withJs = rows.find((r) => r.js && r.info);
  const without = rows.find((r) => !r.js && r.info);
  if (withJs && without && withJs.info.text > 200 && without.info.text < 0.7 * withJs.info.text) {
    without.problems.push({ check: 'nojs', level: 'fail', message: `without scripts main shows ${without.info.text} characters, with them ${withJs.info.text}` });
  }
  return rows;
}

/** Titles that do not tell pages apart. */
function compareTitles(rows) {
  const titles = new Map();
  for (const r of rows) if (r.js && r.info?.title) titles.set(r.info.title, new Set([...(titles.get(r.info.title) || []), r.page]));
  for (const [title, names] of titles) {
    if (names.size > 1) rows.find((r) => r.page === [...names][1]).problems.push({ check: 'structure', level: 'warn', message: `the title "${title}" is also that of ${[...names][0]}` });
  }
}

/** Takes out what the pages file says is no finding; answers what was taken out. */
function ignoreKnown(rows, ignore) {
  const ignored = [];
  for (const r of rows) {
    r.problems = r.problems.filter((p) => {
      const entry = ignore.find((x) => x.check === p.check && (!x.page || x.page === r.page) && x.re.test(p.message));
      if (entry) { entry.used = true; ignored.push({ page: r.page, variant: r.variant, ...p, why: entry.why }); }
      return !entry;
    });
    r.ok = !r.problems.some((p) => p.level === 'fail' || opt.strict);
  }
  return ignored;
}

async function main() {
  if (!opt.base || !opt.pages) die('usage: run.sh --base http://127.0.0.1:PORT --pages FILE; the head of run.sh names the options');
  const base = new URL(opt.base);
  if (!isLoopback(base.hostname)) die(`${base.hostname} is not this machine: only loopback addresses are checked`);
  const conf = readConfig(opt.pages);
  const only = opt.only?.split(',');
  const pages = conf.pages.filter((p) => !only || only.includes(p.name));
  if (!pages.length) die('no page is left to check');
  const executablePath = opt.chromium || findExecutable(['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'], 'CHROMIUM_PATH');
  if (!executablePath) die('Chromium is missing: install it (apt-get install --no-install-recommends chromium-headless-shell) or name it in CHROMIUM_PATH.');
  if (!(await waitFor(base, Number(opt.wait)))) die(`nothing answers at ${base.origin}`);

  const out = path.resolve(opt.out);
  for (const d of ['screenshots', 'html']) { fs.rmSync(path.join(out, d), { recursive: true, force: true }); fs.mkdirSync(path.join(out, d), { recursive: true }); }

  const { chromium } = await loadDep('playwright-core');
  // Names resolve to nothing but the server under test, whatever a page asks for.
  const args = [...CHROMIUM_ARGS, `--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE ${base.hostname.replace(/^\[|\]$/g, '')}`];
  const browser = await chromium.launch({ executablePath, headless: true, args });
  const stop = () => browser.close().catch(() => {});
  for (const sig of ['SIGINT', 'SIGTERM']) process.once(sig, () => { stop().finally(() => process.exit(2)); });

  const timeout = Number(opt.timeout);
  const run = {
    base, out, timeout, people: new People(browser, base, conf.logins, timeout),
    axeSource: fs.readFileSync(depFile('axe-core', 'axe.min.js'), 'utf8'), validate: await htmlValidator(),
  };
  const rows = [];
  const queue = [...pages];
  let failed = null;
  try {
    await Promise.all(Array.from({ length: Math.max(1, Number(opt.jobs)) }, async () => {
      while (queue.length) rows.push(...await checkPage(queue.shift(), run));
    }));
    if (opt.contact) await contactSheets(browser, rows, out);
  } catch (e) { failed = e; }
  await stop();

  compareTitles(rows);
  const ignored = ignoreKnown(rows, conf.ignore);
  const order = new Map(pages.map((p, i) => [p.name, i]));
  rows.sort((a, b) => order.get(a.page) - order.get(b.page));
  printTable(rows);
  const fails = printProblems(rows, 'fail');
  if (!opt['no-warnings']) { console.log(''); printProblems(rows, 'warn'); }
  if (ignored.length) console.log(`\n${ignored.length} finding(s) ignored by the pages file`);
  for (const i of conf.ignore.filter((x) => !x.used)) console.log(`(an "ignore" entry matched nothing: ${i.check} /${i.match}/)`);
  fs.writeFileSync(path.join(out, 'report.json'), JSON.stringify({ base: base.origin, chromium: browser.version(), date: new Date().toISOString(), rows: rows.map((r) => ({ ...r, ran: [...r.ran] })), ignored }, null, 1));
  console.log(`\nscreenshots and report.json: ${out}${fails ? `; ${fails} different finding(s)` : ''}`);
  if (failed) die(`could not finish: ${failed.message}`);
  const bad = rows.filter((r) => !r.ok).length;
  console.log(`${rows.length - bad} passed, ${bad} failed`);
  process.exit(bad ? 1 : 0);
}

main().catch((e) => die(e.stack || String(e)));
