// What is printed at the end: a table of all visits, then each different finding once.
const GROUPS = [
  ['ST', ['status', 'steps', 'load']],
  ['DOC', ['structure', 'scheme', 'reflow', 'motion', 'conventions', 'print']],
  ['AXE', ['axe']],
  ['HTML', ['html']],
  ['CON', ['console']],
  ['NET', ['network']],
  ['EXT', ['external']],
  ['NOJS', ['nojs', 'forms']],
  ['KBD', ['keyboard']],
  ['HDR', ['headers']],
  ['BUD', ['budget']],
];

export function printTable(rows, log = console.log) {
  const head = ['page', 'variant', 'http', ...GROUPS.map(([g]) => g), 'req', 'KB', 'html', 'LCP', 'CLS', 'TBT', 'ms', ''];
  const body = rows.map((r) => {
    const cell = (checks) => {
      if (checks.every((c) => !r.ran.has(c))) return '-';
      const f = r.problems.filter((p) => checks.includes(p.check) && p.level === 'fail').length;
      const w = r.problems.filter((p) => checks.includes(p.check) && p.level === 'warn').length;
      return f ? `x${f}` : w ? `!${w}` : '.';
    };
    const m = r.metrics || {};
    return [r.page, r.variant, String(r.status ?? '-'), ...GROUPS.map(([, c]) => cell(c)), num(r.requests), kb(r.bytes), kb(r.htmlBytes), num(m.lcp), m.cls === undefined ? '-' : String(m.cls), num(m.tbt), num(r.ms), r.ok ? 'ok' : 'FAIL'];
  });
  const width = head.map((h, i) => Math.max(h.length, ...body.map((b) => b[i].length)));
  const line = (cells) => cells.map((c, i) => (i < 2 ? c.padEnd(width[i]) : c.padStart(width[i]))).join('  ').trimEnd();
  log(line(head));
  log(width.map((w) => '-'.repeat(w)).join('  '));
  for (const b of body) log(line(b));
}

export function printProblems(rows, level, log = console.log) {
  // the same finding in several variants is printed once
  const merged = new Map();
  for (const r of rows) for (const p of r.problems) {
    if (p.level !== level) continue;
    const key = `${r.page}\n${p.check}\n${p.message}`;
    const m = merged.get(key) || { page: r.page, ...p, variants: [] };
    if (!m.variants.includes(r.variant)) m.variants.push(r.variant);
    merged.set(key, m);
  }
  let page = null;
  for (const m of [...merged.values()].sort((a, b) => (a.page < b.page ? -1 : a.page > b.page ? 1 : 0))) {
    if (m.page !== page) { page = m.page; log(`\n${page}`); }
    log(`  ${level === 'fail' ? 'x' : '!'} ${m.check}: ${m.message}  [${m.variants.join(' ')}]`);
    for (const d of (m.detail || []).slice(0, 4)) log(`      ${d}`);
  }
  return merged.size;
}

const num = (n) => (n === undefined || n === null ? '-' : String(Math.round(n)));
const kb = (n) => (n === undefined || n === null ? '-' : (n / 1024).toFixed(n < 10240 ? 1 : 0));
