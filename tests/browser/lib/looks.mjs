// What is looked at in an open page. Each takes the visit: {tab, ctx, cdp, page, variant, row, shared, add, ran}.
import path from 'node:path';
import { AXE_TAGS } from './config.mjs';
import * as inpage from './inpage.mjs';

/** axe-core, in a world of its own: the page's CSP and scripts cannot touch it. */
export async function axe({ cdp, page, row, add, ran }, source) {
  ran('axe');
  const { frameTree } = await cdp.send('Page.getFrameTree');
  const { executionContextId } = await cdp.send('Page.createIsolatedWorld', { frameId: frameTree.frame.id, worldName: 'browser-check' });
  const evaluate = async (expression) => {
    const r = await cdp.send('Runtime.evaluate', { expression, contextId: executionContextId, awaitPromise: true, returnByValue: true });
    if (r.exceptionDetails) throw new Error(r.exceptionDetails.exception?.description || r.exceptionDetails.text);
    return r.result.value;
  };
  await evaluate(`${source};0`);
  const tags = page.axeTags || AXE_TAGS;
  const options = { runOnly: { type: 'tag', values: [...tags, 'best-practice'] }, rules: { 'target-size': { enabled: true } }, resultTypes: ['violations', 'incomplete'], preload: false };
  const found = await evaluate(`axe.run(document, ${JSON.stringify(options)}).then((r) => ({
    violations: r.violations.map((v) => ({ id: v.id, impact: v.impact, help: v.help, tags: v.tags, nodes: v.nodes.map((n) => n.target.join(' ') + ' — ' + (n.any[0] || n.all[0] || n.none[0] || {}).message) })),
    incomplete: r.incomplete.map((v) => ({ id: v.id, n: v.nodes.length })) }))`);
  for (const v of found.violations) {
    const level = v.tags.some((t) => tags.includes(t)) ? 'fail' : 'warn';
    add('axe', level, `${v.id} (${v.impact}): ${v.help}, ${v.nodes.length} element(s)`, v.nodes.slice(0, 4).map((n) => n.slice(0, 220)));
  }
  row.axeIncomplete = found.incomplete;
}

/** Tab from the first element to the last: skip link, visible focus, no trap. */
export async function keyboard({ tab, page, add, ran }) {
  ran('keyboard');
  const { count, parts } = await tab.evaluate(inpage.prepareWalk);
  const n = count + 6 * parts;
  const blind = [];
  const covered = [];
  let last = '';
  let same = 0;
  for (let i = 0; i < Math.min(n + 2, 200); i++) {
    await tab.keyboard.press('Tab');
    const s = await tab.evaluate(inpage.walkStep);
    if (s.end) break;
    if (i === 0 && page.skipLink !== false && !s.skip) add('keyboard', 'fail', `the first Tab reaches ${s.name}, not a skip link`);
    same = s.name === last ? same + 1 : 0;
    if (s.again && same >= (s.parts ? 8 : 3)) { add('keyboard', 'fail', `focus is trapped at ${s.name}`); break; }
    last = s.name;
    if (s.again) continue;
    if (!s.visible) blind.push(s.name);
    if (s.hidden) covered.push(s.name);
  }
  if (blind.length) add('keyboard', 'fail', `no visible focus on ${blind.length} element(s)`, blind.slice(0, 4));
  if (covered.length) add('keyboard', 'fail', `focus lands behind something on ${covered.length} element(s)`, covered.slice(0, 4));
  const rest = await tab.evaluate(inpage.walkRest);
  if (rest.length && n <= 198) add('keyboard', 'warn', `Tab never reached: ${rest.join(', ')}`);
}

/** 320 CSS pixels wide (WCAG 1.4.10), and text at twice its size (1.4.4). */
export async function reflow({ tab, add, ran }) {
  ran('reflow');
  const size = tab.viewportSize();
  await tab.setViewportSize({ width: 320, height: 640 });
  await tab.waitForTimeout(150);
  const narrow = await tab.evaluate(inpage.sideways);
  if (narrow) add('reflow', 'fail', `at 320 px the page scrolls sideways by ${narrow}`);
  await tab.setViewportSize(size);
  await tab.evaluate(() => { document.documentElement.style.fontSize = '200%'; });
  await tab.waitForTimeout(150);
  const large = await tab.evaluate(inpage.sideways);
  if (large) add('reflow', 'fail', `with text at 200% the page scrolls sideways by ${large}`);
  await tab.evaluate(() => { document.documentElement.style.fontSize = ''; });
}

/** Without scripts, filters and searches must answer. */
export async function getForms({ ctx, add }, addresses, timeout) {
  for (const href of [...new Set(addresses)].slice(0, 8)) {
    const r = await ctx.request.get(href, { timeout, failOnStatusCode: false }).catch((e) => ({ status: () => String(e.message).split('\n')[0] }));
    if (!(r.status() < 400)) add('forms', 'fail', `sending the GET form ${new URL(href).pathname} answered ${r.status()}`);
  }
}

/** On paper: a PDF to look at, and nothing to press. */
export async function print({ tab, page, add, ran }, out) {
  ran('print');
  await tab.emulateMedia({ media: 'print', colorScheme: 'light' });
  const pressable = await tab.evaluate(() => [...document.querySelectorAll('nav, [role=navigation], form button')].filter((e) => e.checkVisibility()).length);
  if (pressable) add('print', 'warn', `${pressable} navigation or button element(s) are printed`);
  await tab.pdf({ path: path.join(out, `${page.name.replace(/[^\w.-]+/g, '_')}.pdf`), format: 'A4', printBackground: false });
}
