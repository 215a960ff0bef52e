// One picture per page with all its variants side by side.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

export async function contactSheets(browser, rows, out) {
  const dir = path.join(out, 'contact');
  fs.rmSync(dir, { recursive: true, force: true });
  fs.mkdirSync(dir, { recursive: true });
  const ctx = await browser.newContext({ viewport: { width: 1600, height: 900 } });
  const tab = await ctx.newPage();
  const tmp = fs.mkdtempSync(path.join(os.tmpdir(), 'browser-check-'));
  for (const name of new Set(rows.map((r) => r.page))) {
    const mine = rows.filter((r) => r.page === name && r.screenshot);
    if (!mine.length) continue;
    const figure = (r) => `<figure style="margin:0;flex:${/^(mobile|narrow)/.test(r.variant) ? 1 : 2} 1 0;min-width:0"><figcaption>${r.variant}</figcaption><img style="width:100%;border:1px solid #888" src="data:image/png;base64,${fs.readFileSync(path.join(out, r.screenshot)).toString('base64')}"></figure>`;
    const file = path.join(tmp, 'sheet.html');
    fs.writeFileSync(file, `<!doctype html><meta charset="utf-8"><body style="font:14px sans-serif;margin:12px;background:#ddd"><b>${name}</b><div style="display:flex;gap:12px;align-items:flex-start">${mine.map(figure).join('')}</div>`);
    await tab.goto(`file://${file}`);
    await tab.screenshot({ path: path.join(dir, `${name.replace(/[^\w.-]+/g, '_')}.png`), fullPage: true });
  }
  await ctx.close();
  fs.rmSync(tmp, { recursive: true, force: true });
}
