// What the answer of a page must say in its headers.
/** Response headers of a document. Plain HTTP on the loopback interface is expected here. */
export function checkHeaders(headers, { loggedIn, bytes }) {
  const out = [];
  const fail = (m) => out.push({ check: 'headers', level: 'fail', message: m });
  const warn = (m) => out.push({ check: 'headers', level: 'warn', message: m });
  const h = (n) => headers[n.toLowerCase()];

  if (!/^text\/html\s*;\s*charset=utf-8$/i.test(h('content-type') || '')) fail(`Content-Type is "${h('content-type') || ''}", wanted text/html; charset=utf-8`);
  if ((h('x-content-type-options') || '').toLowerCase() !== 'nosniff') fail('X-Content-Type-Options: nosniff is missing');
  const rp = (h('referrer-policy') || '').split(',').pop().trim();
  if (!rp) fail('Referrer-Policy is missing');
  else if (!/^(no-referrer|same-origin|strict-origin|strict-origin-when-cross-origin)$/.test(rp)) fail(`Referrer-Policy "${rp}" gives addresses away`);

  const csp = h('content-security-policy');
  if (!csp) fail('Content-Security-Policy is missing');
  else {
    const d = Object.fromEntries(csp.split(';').map((p) => p.trim().split(/\s+/)).filter((p) => p[0]).map(([k, ...v]) => [k.toLowerCase(), v.map((x) => x.toLowerCase())]));
    const eff = (k) => d[k] || d['default-src'];
    if (!d['default-src']) fail('CSP has no default-src');
    for (const k of ['script-src', 'style-src']) {
      const v = eff(k) || ['*'];
      const pinned = v.some((x) => /^'(nonce|sha\d+)-/.test(x));
      if (v.includes("'unsafe-inline'") && !pinned) fail(`CSP ${k} allows 'unsafe-inline'`);
      if (k === 'script-src' && v.includes("'unsafe-eval'")) fail("CSP script-src allows 'unsafe-eval'");
      if (v.some((x) => x === '*' || x === 'http:' || x === 'https:' || (k === 'script-src' && x === 'data:'))) fail(`CSP ${k} allows any host`);
    }
    if (!(eff('object-src') || []).includes("'none'")) fail("CSP object-src is not 'none'");
    if (!d['base-uri']) fail('CSP has no base-uri');
    if (!d['form-action']) fail('CSP has no form-action');
    if (!d['frame-ancestors']) fail('CSP has no frame-ancestors');
  }
  if (!h('cross-origin-opener-policy')) warn('Cross-Origin-Opener-Policy is missing');
  if (!h('permissions-policy')) warn('Permissions-Policy is missing');
  if (h('x-powered-by')) fail(`X-Powered-By gives away "${h('x-powered-by')}"`);
  if (/\d/.test(h('server') || '')) fail(`Server gives away "${h('server')}"`);
  if (loggedIn && !/no-store|private/.test(h('cache-control') || '')) fail('a page behind a login needs Cache-Control: private or no-store');
  if (bytes > 4096 && !h('content-encoding')) warn('the document is sent uncompressed');
  for (const c of (h('set-cookie') || '').split('\n').filter(Boolean)) {
    const name = c.split('=')[0];
    if (/theme|tz|lang|locale/i.test(name)) { if (!/;\s*samesite=/i.test(c)) fail(`cookie ${name} has no SameSite`); continue; }
    if (!/;\s*httponly/i.test(c)) fail(`cookie ${name} is not HttpOnly`);
    if (!/;\s*samesite=(lax|strict)/i.test(c)) fail(`cookie ${name} is not SameSite=Lax or Strict`);
  }
  return out;
}
