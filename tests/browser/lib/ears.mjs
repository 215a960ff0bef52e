// Listens to a tab: its requests, their size, its console. What is wrong is added at once.

export async function listen(tab, cdp, { base, page, add }) {
  const heard = { main: null, net: null, inflight: 0, closing: false, external: new Set(), later: [] };
  let kinds;
  const startOver = () => { heard.net = { requests: 0, bytes: 0, script: 0 }; kinds = new Map(); heard.inflight = 0; };
  startOver();
  await cdp.send('Network.enable');
  const isDocument = (r) => r.isNavigationRequest() && r.frame() === tab.mainFrame();

  tab.on('request', (r) => {
    if (isDocument(r) && !r.redirectedFrom()) startOver();
    const u = new URL(r.url());
    if (/^(https?|wss?):$/.test(u.protocol) && u.host !== base.host) { heard.external.add(`${r.resourceType()} ${u.host}${u.pathname}`.slice(0, 120)); return; }
    if (!/^https?:$/.test(u.protocol)) return;
    heard.net.requests++;
    if (r.resourceType() !== 'eventsource') heard.inflight++;
  });
  tab.on('requestfinished', (r) => { if (r.resourceType() !== 'eventsource') heard.inflight--; });
  tab.on('requestfailed', (r) => {
    if (r.resourceType() !== 'eventsource') heard.inflight--;
    const u = new URL(r.url());
    if (heard.closing || u.host !== base.host) return;
    const why = r.failure()?.errorText || 'failed';
    // given up by the browser itself: another page was opened meanwhile, or the page gave it up
    if (why !== 'net::ERR_ABORTED') add('network', 'fail', `${u.pathname} failed: ${why}`);
    else if (!page.steps && !['eventsource', 'fetch', 'document', 'ping'].includes(r.resourceType())) add('network', 'warn', `${u.pathname} was given up`);
  });
  tab.on('response', (r) => {
    const q = r.request();
    if (isDocument(q)) { heard.main = r; return; }
    const u = new URL(r.url());
    const byScript = ['fetch', 'xhr'].includes(q.resourceType());
    if (r.status() >= (byScript ? 500 : 400) && u.host === base.host) add('network', 'fail', `${u.pathname} answered ${r.status()}`);
  });
  cdp.on('Network.responseReceived', (e) => kinds.set(e.requestId, e.type));
  cdp.on('Network.loadingFinished', (e) => {
    heard.net.bytes += e.encodedDataLength;
    if (kinds.get(e.requestId) === 'Script') heard.net.script += e.encodedDataLength;
  });
  tab.on('websocket', (ws) => { const u = new URL(ws.url()); if (u.host !== base.host) heard.external.add(`websocket ${u.host}`); });
  tab.on('console', (m) => {
    if (heard.closing) return;
    // the browser's own line about a status or an address that is reported elsewhere
    if (m.type() === 'error' && /^Failed to load resource/.test(m.text())) heard.later.push(m.location()?.url || '');
    else if (m.type() === 'error') add('console', 'fail', m.text().slice(0, 240));
    else if (m.type() === 'warning') add('console', 'warn', m.text().slice(0, 240));
  });
  tab.on('pageerror', (e) => add('console', 'fail', `uncaught: ${String(e.message || e).slice(0, 240)}`));
  tab.on('crash', () => add('load', 'fail', 'the page crashed'));
  tab.on('dialog', (d) => { add('nojs', 'fail', `window.${d.type()}() was called: use a page or a <dialog>`); d.dismiss().catch(() => {}); });
  return heard;
}

/** Waits until nothing is being loaded any more, three seconds at most. */
export async function settle(tab, heard, extraMs) {
  const until = Date.now() + 3000;
  let calm = 0;
  while (calm < 2 && Date.now() < until) { await tab.waitForTimeout(100); calm = heard.inflight <= 0 ? calm + 1 : 0; }
  await tab.evaluate(() => document.fonts.ready.then(() => true)).catch(() => {});
  await tab.waitForTimeout(extraMs);
}
