// One page in one variant: opened, its steps done, everything looked at.
import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { listen, settle } from './ears.mjs';
import { checkHeaders } from './headers.mjs';
import * as inpage from './inpage.mjs';
import * as looks from './looks.mjs';
import { runSteps } from './steps.mjs';

const fileName = (name) => name.replace(/[^\w.-]+/g, '_');

/** @param shared what is looked at once a page @param run {base, out, timeout, people, axeSource, validate} */
export async function visit(page, variant, shared, run) {
  const begun = Date.now();
  const row = { page: page.name, path: page.path, variant: variant.id, js: variant.js, problems: [], ran: new Set(), ok: true };
  const it = {
    page, variant, row, shared,
    add: (check, level, message, detail) => row.problems.push({ check, level, message, ...(detail ? { detail } : {}) }),
    ran: (...checks) => checks.forEach((c) => row.ran.add(c)),
  };
  try {
    await open(it, run);
    await look(it, run);
    it.heard.closing = true;
  } catch (e) {
    it.add(/^(login|step)/.test(e.message) ? 'steps' : 'load', 'fail', String(e.message).split('\n')[0].slice(0, 300));
    it.ran('load', 'steps');
  } finally {
    await it.ctx?.close().catch(() => {});
  }
  row.ms = Date.now() - begun;
  return row;
}

async function open(it, run) {
  const { page, variant, add, ran } = it;
  try { it.state = await run.people.stateOf(page); } catch (e) { throw new Error(`login: ${e.message}`); }
  it.ctx = await run.people.contextFor(page, variant, it.state);
  it.tab = await it.ctx.newPage();
  if (variant.js) await it.tab.addInitScript(inpage.observe);
  it.cdp = await it.ctx.newCDPSession(it.tab);
  it.heard = await listen(it.tab, it.cdp, { base: run.base, page, add });

  ran('load', 'status', 'console', 'network', 'external');
  const first = await it.tab.goto(new URL(page.path, run.base).href, { waitUntil: 'load', timeout: run.timeout });
  it.heard.main ??= first;
  const firstAnswer = it.heard.main;
  if (page.steps) {
    ran('steps');
    await runSteps(it.tab, page.steps, { base: run.base.href, as: (name, steps) => run.people.as(name, steps) });
  }
  await settle(it.tab, it.heard, page.waitMs);
  // when a script took over the form, the address bar's last answer is not the form's
  it.tookOver = Boolean(page.steps) && variant.js && it.heard.main === firstAnswer;
}

async function look(it, run) {
  const { tab, page, variant, row, shared, ran } = it;
  const status = judgeStatus(it);
  if (!it.tookOver) await judgeDocument(it, run);

  ran('structure', 'scheme', 'reflow', 'motion', 'conventions', 'nojs', 'forms');
  const seen = await tab.evaluate(inpage.inspect, { js: variant.js, status, conventions: page.conventions, mobile: Boolean(variant.view.size.isMobile) });
  row.problems.push(...seen.problems);
  row.info = seen.info;
  await judgeBudgets(it, run);
  judgeHeard(it, run);

  const shot = path.join(run.out, 'screenshots', `${fileName(page.name)}--${variant.id}.png`);
  await tab.screenshot({ path: shot, fullPage: page.fullPage, animations: 'disabled', caret: 'hide', timeout: run.timeout });
  row.screenshot = path.relative(run.out, shot);

  const once = (what) => { const yes = variant.js && page[what] !== false && !shared[what]; if (yes) shared[what] = true; return yes; };
  if (variant.js && page.axe !== false) await looks.axe(it, run.axeSource);
  if (!variant.view.size.isMobile && once('keyboard')) await looks.keyboard(it);
  if (once('reflow')) await looks.reflow(it);
  if (!variant.js) await looks.getForms(it, seen.info.getForms, run.timeout);
  if (page.print && once('print')) await looks.print(it, run.out);
}

function judgeStatus({ heard, tab, page, row, tookOver, add }) {
  row.finalPath = new URL(tab.url()).pathname;
  if (page.finalPath && !new RegExp(page.finalPath).test(row.finalPath)) add('status', 'fail', `ended at ${row.finalPath}, wanted ${page.finalPath}`);
  row.status = tookOver ? null : heard.main?.status();
  if (tookOver) return page.status[0];
  if (!page.status.includes(row.status)) add('status', 'fail', `answered ${row.status}, wanted ${page.status.join(' or ')}`);
  return row.status;
}

/** HTML, headers and size, once a page. */
async function judgeDocument({ heard, page, row, shared, add, ran }, run) {
  const body = await heard.main?.body().catch(() => null);
  row.htmlBytes = body?.length;
  if (!body || shared.document) return;
  shared.document = crypto.createHash('sha1').update(body).digest('hex');
  if (page.html) {
    ran('html');
    row.problems.push(...await run.validate(body.toString('utf8'), page.name));
    fs.writeFileSync(path.join(run.out, 'html', `${fileName(page.name)}.html`), body);
  }
  if (page.headers) {
    ran('headers');
    const headers = {};
    for (const { name, value } of await heard.main.headersArray()) {
      const key = name.toLowerCase();
      headers[key] = headers[key] === undefined ? value : `${headers[key]}${key === 'set-cookie' ? '\n' : ', '}${value}`;
    }
    row.problems.push(...checkHeaders(headers, { loggedIn: Boolean(page.login), bytes: body.length }));
  }
  if (body.length > page.budgets.htmlKB * 1024) add('budget', 'fail', `the document has ${(body.length / 1024).toFixed(0)} KB, more than ${page.budgets.htmlKB}`);
}

async function judgeBudgets({ heard: { net }, tab, page, variant, row, state, add, ran }, run) {
  row.requests = net.requests;
  row.bytes = net.bytes;
  if (!variant.js) return;
  ran('budget');
  row.metrics = await tab.evaluate(inpage.readMetrics);
  const b = page.budgets;
  // a busy machine makes one slow load: only the best of three loads can fail a time budget
  for (let again = 0; again < 2 && !page.steps && (row.metrics.lcp > b.lcpMs || row.metrics.tbt > b.tbtMs); again++) {
    const m = await measure(page, variant, state, run);
    row.metrics.lcp = Math.min(row.metrics.lcp, m.lcp);
    row.metrics.tbt = Math.min(row.metrics.tbt, m.tbt);
  }
  const over = (v, max, what, unit = '') => { if (v > max) add('budget', 'fail', `${what} ${v}${unit}, more than ${max}${unit}`); };
  over(net.requests, b.requests, 'requests');
  over(Math.round(net.bytes / 1024), b.totalKB, 'bytes on the wire', ' KB');
  over(Math.round(net.script / 1024), b.scriptKB, 'scripts', ' KB');
  over(row.metrics.lcp, b.lcpMs, `LCP (${row.metrics.lcpEl || '?'})`, ' ms');
  over(row.metrics.cls, b.cls, `CLS (${row.metrics.clsEl || '?'})`);
  over(row.metrics.tbt, b.tbtMs, 'TBT', ' ms');
  over(row.metrics.nodes, b.domNodes, 'DOM nodes');
}

async function measure(page, variant, state, run) {
  const ctx = await run.people.contextFor(page, variant, state);
  try {
    const tab = await ctx.newPage();
    await tab.addInitScript(inpage.observe);
    await tab.goto(new URL(page.path, run.base).href, { waitUntil: 'load', timeout: run.timeout });
    await tab.waitForTimeout(1000);
    return await tab.evaluate(inpage.readMetrics);
  } finally { await ctx.close().catch(() => {}); }
}

function judgeHeard({ heard, row, add }, run) {
  for (const e of heard.external) add('external', 'fail', `asked another host: ${e}`);
  for (const at of heard.later.filter((a) => URL.canParse(a) && a !== heard.main?.url())) {
    const u = new URL(at);
    const told = row.problems.some((p) => p.check === 'network' && p.message.startsWith(u.pathname));
    if (u.host === run.base.host && !told) add('console', 'warn', `could not load ${u.pathname}`);
  }
}
