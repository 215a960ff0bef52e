// Serves the two sample sites from the system's temporary folder and proves that the checker lets
// the good one pass and catches what is wrong with the bad one.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import zlib from 'node:zlib';
import { toolDir } from './lib/deps.mjs';

const tmp = fs.mkdtempSync(path.join(os.tmpdir(), 'browser-check-selftest-'));
fs.cpSync(path.join(toolDir, 'sample'), path.join(tmp, 'site'), { recursive: true });
const types = { '.html': 'text/html; charset=utf-8', '.css': 'text/css; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.svg': 'image/svg+xml' };

function serve(kind) {
  let accepted = null;
  const root = path.join(tmp, 'site', kind);
  const send = (req, res, status, file, extra = {}) => {
    const body = fs.readFileSync(path.join(root, file));
    const headers = { 'Content-Type': types[path.extname(file)], ...extra };
    if (kind === 'good') Object.assign(headers, {
      'Content-Security-Policy': "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'",
      'X-Content-Type-Options': 'nosniff', 'Referrer-Policy': 'same-origin', 'Cross-Origin-Opener-Policy': 'same-origin', 'Permissions-Policy': 'camera=(), microphone=(), geolocation=()',
    });
    if (/gzip/.test(req.headers['accept-encoding'] || '') && kind === 'good') { headers['Content-Encoding'] = 'gzip'; res.writeHead(status, headers); return res.end(zlib.gzipSync(body)); }
    res.writeHead(status, headers);
    res.end(body);
  };
  const server = http.createServer((req, res) => {
    const url = new URL(req.url, 'http://127.0.0.1');
    const name = url.pathname === '/' ? 'index.html' : url.pathname.slice(1);
    if (kind === 'good') {
      if (req.method === 'POST' && name === 'propose') return send(req, res, 422, 'propose-422.html');
      if (req.method === 'POST' && name === 'login') {
        let b = '';
        req.on('data', (d) => { b += d; });
        req.on('end', () => {
          const form = new URLSearchParams(b);
          const ok = form.get('password') === 'sample-password';
          res.writeHead(303, ok ? { Location: '/private', 'Set-Cookie': `session=${form.get('email').split('@')[0]}; Path=/; HttpOnly; SameSite=Lax` } : { Location: '/login' });
          res.end();
        });
        return undefined;
      }
      const who = /session=(\w+)/.exec(req.headers.cookie || '')?.[1];
      if (['private', 'accept', 'reset'].includes(name)) {
        const own = { 'Cache-Control': 'no-store' };
        if (!who) return (res.writeHead(303, { Location: '/login' }), res.end());
        if (name === 'reset') accepted = null;
        if (name !== 'accept') return send(req, res, 200, 'private.html', own);
        if (req.method !== 'POST') return send(req, res, 200, 'accept.html', own);
        if (accepted && accepted !== who) return send(req, res, 409, 'accept-409.html', own); // the first one in wins
        accepted = who;
        return (res.writeHead(303, { Location: '/private' }), res.end());
      }
    }
    for (const f of [name, `${name}.html`]) if (/^[\w.-]+$/.test(f) && fs.existsSync(path.join(root, f))) return send(req, res, 200, f);
    if (kind === 'good') return send(req, res, 404, '404.html');
    res.writeHead(404, { 'Content-Type': 'text/plain' });
    return res.end('not found');
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve({ server, base: `http://127.0.0.1:${server.address().port}` })));
}

function check(base, pages, name, extra = []) {
  const file = path.join(tmp, `${name}.json`);
  const out = path.join(tmp, name);
  fs.writeFileSync(file, JSON.stringify(pages));
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [path.join(toolDir, 'check.mjs'), '--base', base, '--pages', file, '--out', out, ...extra], { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, SAMPLE_PASSWORD: 'sample-password' } });
    let text = '';
    child.stdout.on('data', (d) => { text += d; });
    child.on('exit', (code) => resolve({ code, text, report: fs.existsSync(path.join(out, 'report.json')) ? JSON.parse(fs.readFileSync(path.join(out, 'report.json'), 'utf8')) : { rows: [] }, out }));
  });
}

let passed = 0;
let failed = 0;
const ok = (what, yes, more = '') => { if (yes) { passed++; console.log(`ok   ${what}`); } else { failed++; console.log(`FAIL ${what} ${more}`); } };

const good = await serve('good');
const bad = await serve('bad');
try {
  const g = await check(good.base, {
    logins: Object.fromEntries(['manager', 'colleague'].map((w) => [w, [{ goto: '/login' }, { fill: { 'Email address': `${w}@example.org`, password: '$ENV:SAMPLE_PASSWORD' } }, { click: 'Sign in' }, { expectPath: '^/private$' }]])),
    pages: [
      { name: 'home', path: '/' },
      { name: 'compare', path: '/compare', print: true },
      { name: 'propose', path: '/propose' },
      { name: 'propose-422', path: '/propose', steps: [{ fill: { 'Price in euros': 'abc' } }, { click: 'Send proposal' }], status: 422 },
      { name: 'login', path: '/login' },
      { name: 'dashboard', path: '/private', login: 'manager' },
      // a colleague is one second quicker
      { name: 'accept-409', path: '/reset', login: 'manager', status: 409, steps: [{ goto: '/accept' }, { as: 'colleague', steps: [{ goto: '/accept' }, { click: 'Accept Ada Byron' }, { expectPath: '^/private$' }] }, { click: 'Accept Ada Byron' }, { expectText: 'Your choice was not sent' }] },
      { name: 'not-found', path: '/nowhere', status: 404 },
    ],
  }, 'good', ['--contact']);
  console.log(g.text.replace(/^/gm, "| "));
  ok('the good site passes', g.code === 0, `(exit ${g.code})`);
  ok('every page and variant was opened', g.report.rows.length === 8 * 5, `(${g.report.rows.length})`);
  ok('a screenshot of each lies there', g.report.rows.length > 0 && g.report.rows.every((r) => r.screenshot && fs.statSync(path.join(g.out, r.screenshot)).size > 1000));
  ok('the login was carried into the page', g.report.rows.some((r) => r.page === 'dashboard' && r.status === 200 && r.finalPath === '/private'));
  ok('a conflict between two people was reached', g.report.rows.filter((r) => r.page === 'accept-409' && r.status === 409).length === 5);
  ok('the print file lies there', fs.existsSync(path.join(g.out, 'compare.pdf')));

  const b = await check(bad.base, [{ name: 'bad', path: '/', budgets: { htmlKB: 1 }, waitMs: 1500 }, { name: 'bad-404', path: '/nowhere' }], 'bad');
  console.log(b.text.replace(/^/gm, "| "));
  ok('the bad site fails', b.code === 1, `(exit ${b.code})`);
  const all = b.report.rows.flatMap((r) => r.problems.filter((p) => p.level === 'fail').map((p) => `${p.check}: ${p.message}`));
  const has = (re) => all.some((m) => re.test(m));
  for (const [what, re] of Object.entries({
    'two h1': /structure: 2 visible h1/, 'no title': /structure: the title/, 'no lang': /structure: html lang/, 'zoom forbidden': /forbids zooming/, 'heading jump': /heading level jumps/, 'no main': /main landmark/,
    'low contrast (axe)': /axe: color-contrast/, 'image without alt (axe)': /axe: image-alt/, 'field without label (axe)': /axe: label/,
    'invalid HTML (html-validate)': /html: /, 'console error': /console: something broke/, 'uncaught exception': /console: uncaught/,
    'missing file': /network: \/missing\.png answered 404/, 'foreign font': /external: .*fonts\.example\.invalid/, 'foreign image': /external: .*tracker\.example\.invalid/,
    'onclick on a div': /nojs: (inline event handlers|elements dressed up)/, 'dead button': /nojs: buttons that do nothing/, 'dead link': /nojs: links that lead nowhere/, 'javascript: address': /nojs: javascript:/, 'inline script': /nojs: .*inline script/, 'text only with scripts': /nojs: without scripts main shows/,
    'form without a submit button': /forms: .*no submit button/, 'file field without enctype': /forms: .*enctype/, 'field without a name': /forms: .*without a name/, 'GET form that leads nowhere': /forms: sending the GET form .* answered 404/,
    'no visible focus': /keyboard: no visible focus/, 'no skip link': /keyboard: the first Tab/,
    'no CSP': /headers: Content-Security-Policy is missing/, 'no nosniff': /headers: X-Content-Type-Options/, 'no referrer policy': /headers: Referrer-Policy/,
    'sideways scrolling': /reflow: the page scrolls sideways/, 'sideways scrolling at 320 px': /reflow: at 320 px/,  'no dark scheme': /scheme: /, 'endless animation': /motion: /,
    'long task': /budget: TBT/, 'layout shift': /budget: CLS/, 'document too large': /budget: the document has/, 'wrong status': /status: answered 404/,
  })) ok(`caught: ${what}`, has(re));
  const off = await check('http://host.example.invalid', [{ name: 'x', path: '/' }], 'off');
  ok('another host is refused', off.code === 2);
} finally {
  good.server.close(); bad.server.close();
  good.server.closeAllConnections(); bad.server.closeAllConnections();
  if (!process.env.BROWSER_CHECK_KEEP) fs.rmSync(tmp, { recursive: true, force: true });
  else console.log(`kept: ${tmp}`);
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
