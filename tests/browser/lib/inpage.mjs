// Functions that are sent into the page. Each must stand alone: no imports, no outer names.

/** Started before the page's own scripts: collects LCP, CLS, long tasks. */
export function observe() {
  const m = (globalThis.__bc = { lcp: 0, lcpEl: '', cls: 0, clsEl: '', fcp: 0, tasks: [] });
  const on = (type, fn) => {
    try { new PerformanceObserver((l) => l.getEntries().forEach(fn)).observe({ type, buffered: true }); } catch { /* not supported */ }
  };
  const name = (el) => (el && el.tagName ? el.tagName.toLowerCase() + (el.id ? '#' + el.id : '') + (typeof el.className === 'string' && el.className ? '.' + el.className.trim().split(/\s+/)[0] : '') : '');
  on('largest-contentful-paint', (e) => { m.lcp = e.startTime; m.lcpEl = name(e.element); });
  on('layout-shift', (e) => {
    if (e.hadRecentInput) return;
    m.cls += e.value;
    if (!m.clsEl && e.sources && e.sources[0]) m.clsEl = name(e.sources[0].node);
  });
  on('longtask', (e) => m.tasks.push([e.startTime, e.duration]));
  on('paint', (e) => { if (e.name === 'first-contentful-paint') m.fcp = e.startTime; });
}

export function readMetrics() {
  const m = globalThis.__bc || {};
  const nav = performance.getEntriesByType('navigation')[0];
  const tbt = (m.tasks || []).filter(([s]) => s >= (m.fcp || 0)).reduce((t, [, d]) => t + Math.max(0, d - 50), 0);
  return {
    ttfb: nav ? Math.round(nav.responseStart) : null,
    fcp: Math.round(m.fcp || 0), lcp: Math.round(m.lcp || 0), lcpEl: m.lcpEl,
    cls: Math.round((m.cls || 0) * 1000) / 1000, clsEl: m.clsEl,
    tbt: Math.round(tbt), nodes: document.getElementsByTagName('*').length,
  };
}

/** Everything that can be read off the document; `js` says whether scripts are running. */
export function inspect({ js, status, conventions, mobile }) {
  const out = { problems: [], info: {} };
  const add = (check, level, message) => out.problems.push({ check, level, message });
  const seen = (el) => {
    if (!el.checkVisibility || !el.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true })) return false;
    const r = el.getBoundingClientRect();
    return r.width > 1 && r.height > 1;
  };
  const show = (el) => {
    let s = el.tagName.toLowerCase();
    if (el.id) s += '#' + el.id;
    if (el.getAttribute('name')) s += `[name=${el.getAttribute('name')}]`;
    const t = (el.getAttribute('aria-label') || el.textContent || el.value || '').trim().replace(/\s+/g, ' ').slice(0, 40);
    return t ? `${s} "${t}"` : s;
  };
  const list = (els) => [...els].slice(0, 4).map(show).join(', ') + (els.length > 4 ? ` and ${els.length - 4} more` : '');
  const all = (sel, root = document) => [...root.querySelectorAll(sel)];
  const exempt = (el) => el.closest('[data-check-exempt]');

  // --- the bones of a page
  const h1 = all('h1').filter(seen);
  out.info.h1 = h1.length;
  out.info.h1Text = h1[0] ? h1[0].textContent.trim().replace(/\s+/g, ' ') : '';
  out.info.title = document.title.trim();
  out.info.lang = document.documentElement.lang;
  if (h1.length !== 1) add('structure', 'fail', `${h1.length} visible h1 elements, wanted exactly 1`);
  if (!out.info.title) add('structure', 'fail', 'the title is missing or empty');
  if (!/^[a-z]{2,3}(-[A-Za-z0-9]+)*$/.test(out.info.lang)) add('structure', 'fail', `html lang is "${out.info.lang}"`);
  if (all('main, [role=main]').filter(seen).length !== 1) add('structure', 'fail', 'wanted exactly 1 visible main landmark');
  const vp = document.querySelector('meta[name=viewport]');
  if (!vp) add('structure', 'fail', 'no meta viewport');
  else if (/user-scalable\s*=\s*(no|0)|maximum-scale\s*=\s*1(\.0*)?\b/i.test(vp.content)) add('structure', 'fail', 'the viewport forbids zooming');
  if (!document.querySelector('link[rel~=icon]')) add('structure', 'warn', 'no link rel=icon (browsers will ask for /favicon.ico)');
  const levels = all('h1,h2,h3,h4,h5,h6').filter(seen).map((h) => +h.tagName[1]);
  for (let i = 1; i < levels.length; i++) if (levels[i] > levels[i - 1] + 1) { add('structure', 'fail', `heading level jumps from h${levels[i - 1]} to h${levels[i]}`); break; }
  const schemeMeta = document.querySelector('meta[name=color-scheme]');
  const schemeCss = getComputedStyle(document.documentElement).colorScheme;
  if (!schemeMeta && !/dark/.test(schemeCss)) add('scheme', 'fail', 'neither a color-scheme meta nor a CSS color-scheme says that dark is supported');
  let bg = 'rgba(0, 0, 0, 0)';
  for (const el of [document.body, document.documentElement]) {
    const c = getComputedStyle(el).backgroundColor;
    if (c !== 'rgba(0, 0, 0, 0)' && c !== 'transparent') { bg = c; break; }
  }
  out.info.background = bg;
  const noSize = all('img').filter((i) => !(i.hasAttribute('width') && i.hasAttribute('height')) && !/\.svg(\?|$)/.test(i.src));
  if (noSize.length) add('structure', 'warn', `img without width and height (layout shifts): ${list(noSize)}`);

  // --- sideways scrolling (WCAG 1.4.10)
  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  if (wide > 1) {
    const edge = document.documentElement.clientWidth;
    const culprit = all('body *').filter((el) => seen(el) && el.getBoundingClientRect().right > edge + 1 && ![...el.children].some((c) => c.getBoundingClientRect().right > edge + 1)).slice(0, 2);
    add('reflow', 'fail', `the page scrolls sideways by ${wide}px${culprit.length ? ': ' + list(culprit) : ''}`);
  }

  // --- things from elsewhere that no request may have shown yet
  const host = location.host;
  const foreign = (u) => { try { const x = new URL(u, document.baseURI); return /^https?:|^wss?:/.test(x.protocol) && x.host !== host ? x.host : null; } catch { return null; } };
  const refs = [
    ['link[href]', 'href', (el) => !/\b(canonical|alternate|author|license|help|me|privacy-policy|terms-of-service)\b/.test(el.rel)],
    ['script[src]', 'src'], ['img[src]', 'src'], ['iframe[src]', 'src'], ['source[src]', 'src'], ['video[src]', 'src'], ['audio[src]', 'src'],
    ['object[data]', 'data'], ['embed[src]', 'src'], ['form[action]', 'action'], ['button[formaction]', 'formaction'], ['use[href]', 'href'],
  ];
  for (const [sel, attr, ok] of refs) for (const el of all(sel)) {
    const h = foreign(el.getAttribute(attr));
    if (h && (!ok || ok(el))) add('external', 'fail', `${el.tagName.toLowerCase()} ${attr} points to ${h}`);
  }
  for (const el of all('img[srcset], source[srcset]')) for (const part of el.srcset.split(',')) {
    const h = foreign(part.trim().split(/\s+/)[0]);
    if (h) add('external', 'fail', `srcset points to ${h}`);
  }

  // --- scripts in the markup
  const handlers = all('*').filter((el) => el.getAttributeNames().some((n) => /^on[a-z]+$/.test(n)));
  if (handlers.length) add('nojs', 'fail', `inline event handlers: ${list(handlers)}`);
  const jsUrls = all('[href^="javascript:" i], [action^="javascript:" i], [formaction^="javascript:" i]');
  if (jsUrls.length) add('nojs', 'fail', `javascript: addresses: ${list(jsUrls)}`);
  const inline = all('script:not([src])').filter((s) => (!s.type || /javascript|module/i.test(s.type)) && !s.nonce && !s.getAttribute('nonce'));
  if (inline.length) add('nojs', 'fail', `${inline.length} inline script(s) without a nonce: a strict CSP forbids them`);

  // --- controls that need a script to do anything
  const native = (b) => b.hasAttribute('popovertarget') || b.popoverTargetElement || b.hasAttribute('commandfor') || b.closest('summary');
  if (!js) {
    const dead = all('button, input[type=button], input[type=submit], input[type=image], input[type=reset]').filter((b) => seen(b) && !exempt(b) && !b.disabled && !native(b) && (b.type === 'button' || !b.form));
    if (dead.length) add('nojs', 'fail', `buttons that do nothing without scripts: ${list(dead)}`);
    const loose = all('input:not([type=hidden],[type=button],[type=submit],[type=image],[type=reset]), select, textarea').filter((c) => seen(c) && !exempt(c) && !c.form && !c.closest('[popover],dialog'));
    if (loose.length) add('nojs', 'fail', `fields that belong to no form: ${list(loose)}`);
    const links = all('a').filter((a) => seen(a) && !exempt(a) && (a.getAttribute('href') === '#' || (!a.hasAttribute('href') && (a.hasAttribute('role') || a.hasAttribute('tabindex')))));
    if (links.length) add('nojs', 'fail', `links that lead nowhere: ${list(links)}`);
    const fake = all('[role=button],[role=link],[role=checkbox],[role=switch],[role=tab],[role=menuitem],[tabindex="0"]').filter((el) => seen(el) && !exempt(el)
      && !el.matches('a[href],button,input,select,textarea,summary,details,iframe,audio,video,[contenteditable]')
      && !(el.hasAttribute('tabindex') && /^(region|group|tabpanel|log|status|img|figure|table|feed|document|scrollbar)$/.test(el.getAttribute('role') || (el.tagName === 'SECTION' || el.tagName === 'TABLE' || el.tagName === 'PRE' ? 'region' : ''))));
    if (fake.length) add('nojs', 'fail', `elements dressed up as controls: ${list(fake)}`);
    const hx = all('[hx-get],[hx-post],[hx-put],[hx-patch],[hx-delete],[data-hx-get],[data-hx-post]').filter((el) => !exempt(el) && !el.matches('a[href],form') && !el.form);
    if (hx.length) add('nojs', 'fail', `hx-* without a link or form behind it: ${list(hx)}`);
  }
  const main = document.querySelector('main') || document.body;
  out.info.text = main.innerText.replace(/\s+/g, ' ').trim().length;

  // --- forms
  out.info.getForms = [];
  for (const f of all('form')) {
    const label = `form ${f.getAttribute('action') || '(own address)'}`;
    if (exempt(f)) continue;
    const method = (f.getAttribute('method') || 'get').toLowerCase();
    if (method === 'dialog') { if (!f.closest('dialog')) add('forms', 'fail', `${label}: method=dialog outside a dialog`); continue; }
    if (!/^(get|post)$/.test(method)) add('forms', 'fail', `${label}: method "${method}" becomes GET in a browser`);
    const els = [...f.elements];
    const submits = els.filter((e) => (e.tagName === 'BUTTON' && e.type === 'submit') || (e.tagName === 'INPUT' && /^(submit|image)$/.test(e.type)));
    if (!submits.length) add('forms', 'fail', `${label}: no submit button`);
    const nameless = els.filter((e) => /^(INPUT|SELECT|TEXTAREA)$/.test(e.tagName) && !/^(button|submit|reset|image)$/.test(e.type) && !e.name && !exempt(e));
    if (nameless.length) add('forms', 'fail', `${label}: fields without a name are never sent: ${list(nameless)}`);
    if (els.some((e) => e.type === 'file') && f.enctype !== 'multipart/form-data' && !submits.some((s) => s.formEnctype === 'multipart/form-data')) add('forms', 'fail', `${label}: a file field needs enctype multipart/form-data`);
    if (els.some((e) => e.type === 'password') && method === 'get') add('forms', 'fail', `${label}: a password in a GET form lands in the address`);
    const pw = els.filter((e) => e.type === 'password' && !e.autocomplete);
    if (pw.length) add('forms', 'fail', `${label}: password field without autocomplete`);
    if (method === 'get' && !foreign(f.action)) {
      const u = new URL(f.action, document.baseURI);
      u.search = new URLSearchParams([...new FormData(f)].filter(([, v]) => typeof v === 'string')).toString();
      out.info.getForms.push(u.href);
    }
  }

  // --- conventions for pages that say no
  if (conventions && status === 422) {
    if (!/^Error: /.test(document.title)) add('conventions', 'fail', 'the title of a 422 page must begin with "Error: "');
    const sum = document.querySelector('[data-error-summary]');
    if (!sum) add('conventions', 'fail', 'a 422 page needs an element with data-error-summary');
    else {
      if (!sum.hasAttribute('tabindex')) add('conventions', 'fail', 'the error summary cannot take focus (tabindex="-1")');
      const hrefs = all('a[href^="#"]', sum);
      if (!hrefs.length) add('conventions', 'fail', 'the error summary links to no field');
      const broken = hrefs.filter((a) => { const t = document.getElementById(decodeURIComponent(a.hash.slice(1))); return !t || !t.matches('input,select,textarea,button,[tabindex]'); });
      if (broken.length) add('conventions', 'fail', `error summary links that reach no field: ${list(broken)}`);
    }
    const bad = all('[aria-invalid=true]');
    if (!bad.length) add('conventions', 'fail', 'a 422 page marks no field with aria-invalid="true"');
    const mute = bad.filter((el) => !(el.getAttribute('aria-describedby') || '').split(/\s+/).some((id) => id && document.getElementById(id)?.textContent.trim()));
    if (mute.length) add('conventions', 'fail', `invalid fields with no message tied to them by aria-describedby: ${list(mute)}`);
  }
  if (conventions && status >= 400 && status !== 422) {
    if (!all('a[href], button', main).filter(seen).length) add('conventions', 'fail', `a ${status} page leaves no way on: no link or button in main`);
    if (/\b(oops|uh-oh|whoops)\b/i.test(main.innerText)) add('conventions', 'warn', 'an error page that jokes ("oops")');
  }
  const ends = (document.getAnimations ? document.getAnimations() : []).filter((a) => a.playState === 'running' && a.effect && a.effect.getTiming().iterations === Infinity);
  if (ends.length && matchMedia('(prefers-reduced-motion: reduce)').matches) add('motion', 'fail', `${ends.length} endless animation(s) although reduced motion is asked for`);
  void mobile;
  return out;
}

/** Before the keyboard walk: notes how every tabbable thing looks without focus. */
export function prepareWalk() {
  const seen = (el) => el.checkVisibility && el.checkVisibility({ checkOpacity: false, checkVisibilityCSS: true }) && el.getClientRects().length > 0 && !el.closest('[inert]');
  const look = (el) => {
    if (!el) return '';
    const c = getComputedStyle(el);
    return [c.outlineStyle, c.outlineWidth, c.outlineColor, c.boxShadow, c.borderTopColor, c.borderTopWidth, c.borderBottomColor, c.borderBottomWidth, c.backgroundColor, c.color, c.textDecorationLine, c.textDecorationThickness].join('|');
  };
  const radios = new Set();
  const els = [...document.querySelectorAll('a[href],area[href],button,input,select,textarea,summary,iframe,audio[controls],video[controls],[tabindex],[contenteditable=""],[contenteditable=true]')].filter((el) => {
    if (el.disabled || el.type === 'hidden' || el.tabIndex < 0 || !seen(el)) return false;
    if (el.type === 'radio') { const k = (el.form ? [...document.forms].indexOf(el.form) : '-') + ':' + el.name; if (radios.has(k)) return false; radios.add(k); }
    return true;
  });
  const around = (el) => [el, el.parentElement, el.nextElementSibling, el.closest('label')].map(look);
  globalThis.__walk = { els, before: new Map(els.map((el) => [el, around(el)])), around, reached: new Set(), trail: [] };
  // start from the very top, wherever the page itself has put the focus
  const start = document.createElement('span');
  start.tabIndex = -1;
  document.body.prepend(start);
  start.focus();
  start.remove();
  window.scrollTo(0, 0);
  // a date or time field has a tab stop for each of its parts
  return { count: els.length, parts: els.filter((el) => /^(date|time|datetime-local|month|week)$/.test(el.type)).length };
}

/** After each Tab: where are we, and can it be seen? */
export function walkStep() {
  const w = globalThis.__walk;
  const el = document.activeElement;
  if (!el || el === document.body || el === document.documentElement) return { end: true };
  const text = (el.getAttribute('aria-label') || el.textContent || el.value || el.name || '').trim().replace(/\s+/g, ' ').slice(0, 40);
  const name = `${el.tagName.toLowerCase()}${el.id ? '#' + el.id : ''}${text ? ` "${text}"` : ''}`;
  const first = !w.reached.size;
  const again = w.reached.has(el);
  w.reached.add(el);
  if (el.type === 'radio') for (const r of w.els) if (r.type === 'radio' && r.name === el.name && r.form === el.form) w.reached.add(r);
  const c = getComputedStyle(el);
  const ring = c.outlineStyle !== 'none' && parseFloat(c.outlineWidth) >= 1 && !/rgba\(.*, 0\)$|transparent/.test(c.outlineColor);
  const before = w.before.get(el);
  const changed = before ? w.around(el).some((s, i) => s !== before[i]) : true;
  const r = el.getBoundingClientRect();
  let hidden = false;
  if (r.width > 4 && r.height > 4) {
    const pts = [[0.5, 0.5], [0.1, 0.2], [0.9, 0.2], [0.1, 0.8], [0.9, 0.8]].map(([x, y]) => [r.left + r.width * x, r.top + r.height * y]).filter(([x, y]) => x >= 0 && y >= 0 && x < innerWidth && y < innerHeight);
    hidden = pts.length > 0 && !pts.some(([x, y]) => { const t = document.elementFromPoint(x, y); return t && (t === el || el.contains(t) || t.contains(el) || t.closest('label')?.control === el); });
  }
  const skip = first ? (el.matches('a[href^="#"]') && !!document.getElementById(el.hash.slice(1))) : null;
  return { name, visible: ring || changed, hidden, skip, again, parts: /^(date|time|datetime-local|month|week)$/.test(el.type) };
}

export function walkRest() {
  const w = globalThis.__walk;
  const rest = w.els.filter((el) => !w.reached.has(el) && el.isConnected && el.getClientRects().length);
  return rest.slice(0, 4).map((el) => `${el.tagName.toLowerCase()} "${(el.getAttribute('aria-label') || el.textContent || el.name || '').trim().slice(0, 30)}"`).concat(rest.length > 4 ? [`and ${rest.length - 4} more`] : []);
}

/** How far the page scrolls sideways right now, and the first thing that sticks out. */
export function sideways() {
  const d = document.documentElement;
  const over = d.scrollWidth - d.clientWidth;
  if (over <= 1) return null;
  const el = [...document.querySelectorAll('body *')].find((e) => e.checkVisibility() && e.getBoundingClientRect().right > d.clientWidth + 1 && ![...e.children].some((c) => c.getBoundingClientRect().right > d.clientWidth + 1));
  return `${over}px${el ? ` (${el.tagName.toLowerCase()}${el.id ? '#' + el.id : ''} "${(el.textContent || '').trim().replace(/\s+/g, ' ').slice(0, 30)}")` : ''}`;
}
