// The list of pages: read, filled up with what holds for all, spread into variants.
import fs from 'node:fs';

export const VIEWPORTS = {
  desktop: { width: 1280, height: 800 },
  tablet: { width: 820, height: 1180, isMobile: true, hasTouch: true },
  mobile: { width: 390, height: 844, isMobile: true, hasTouch: true },
  narrow: { width: 320, height: 640, isMobile: true, hasTouch: true },
};

// Sizes are what crosses the wire unless said otherwise. All can be changed per file and per page.
export const BUDGETS = {
  htmlKB: 120,      // the document, decoded
  totalKB: 600,     // everything, encoded
  scriptKB: 120,    // scripts, encoded
  requests: 25,
  lcpMs: 2500,
  cls: 0.1,
  tbtMs: 200,
  domNodes: 3000,
};

export const AXE_TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

const DEFAULTS = {
  viewports: ['desktop', 'mobile'],
  schemes: ['light', 'dark'],
  js: [true, false],
  status: 200,
  budgets: BUDGETS,
  conventions: true,
  keyboard: true,
  html: true,
  headers: true,
  print: false,
  fullPage: true,
  waitMs: 300,
};

export function isLoopback(hostname) {
  const h = hostname.replace(/^\[|\]$/g, '').toLowerCase();
  return h === 'localhost' || h === '::1' || /^127(\.\d{1,3}){3}$/.test(h);
}

/** Accepts a list of pages, or {defaults, logins, ignore, pages}. */
export function readConfig(file) {
  const raw = JSON.parse(fs.readFileSync(file, 'utf8'));
  const conf = Array.isArray(raw) ? { pages: raw } : raw;
  if (!Array.isArray(conf.pages) || conf.pages.length === 0) throw new Error(`${file}: no pages`);
  const logins = conf.logins || {};
  const ignore = conf.ignore || [];
  for (const i of ignore) {
    if (!i.check || !i.match || !i.why) throw new Error(`${file}: every "ignore" entry needs check, match and why`);
    i.re = new RegExp(i.match);
  }
  const seen = new Set();
  const pages = conf.pages.map((p) => {
    if (!p.name || !p.path) throw new Error(`${file}: a page needs a name and a path: ${JSON.stringify(p)}`);
    if (seen.has(p.name)) throw new Error(`${file}: two pages are called ${p.name}`);
    seen.add(p.name);
    const page = {
      ...DEFAULTS,
      ...(conf.defaults || {}),
      ...p,
      budgets: { ...BUDGETS, ...(conf.defaults?.budgets || {}), ...(p.budgets || {}) },
    };
    // singular spellings are accepted too
    if (p.viewport) page.viewports = [].concat(p.viewport);
    if (p.scheme || p.colorScheme) page.schemes = [].concat(p.scheme || p.colorScheme);
    if (typeof page.js === 'boolean') page.js = [page.js];
    page.status = [].concat(page.status);
    if (typeof page.login === 'string' && !logins[page.login]) throw new Error(`${file}: page ${p.name} wants the unknown login ${page.login}`);
    page.variants = variantsOf(page);
    return page;
  });
  return { pages, logins, ignore };
}

function variantsOf(page) {
  const out = [];
  const views = page.viewports.map((v) => {
    if (typeof v !== 'string') return { name: v.name || `${v.width}x${v.height}`, size: v };
    if (VIEWPORTS[v]) return { name: v, size: VIEWPORTS[v] };
    const m = /^(\d+)x(\d+)$/.exec(v);
    if (m) return { name: v, size: { width: +m[1], height: +m[2] } };
    throw new Error(`unknown viewport ${v}`);
  });
  const schemes = page.schemes;
  if (page.js.includes(true)) {
    for (const view of views) for (const scheme of schemes) out.push({ view, scheme, js: true, id: `${view.name}-${scheme}` });
  }
  if (page.js.includes(false)) {
    // without scripts once, unless the whole matrix is asked for
    const v = page.jsMatrix === 'full' ? views : views.slice(0, 1);
    const s = page.jsMatrix === 'full' ? schemes : schemes.slice(0, 1);
    for (const view of v) for (const scheme of s) out.push({ view, scheme, js: false, id: `${view.name}-${scheme}-nojs` });
  }
  return out;
}
