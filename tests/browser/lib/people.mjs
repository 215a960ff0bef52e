// Who visits: browser contexts that reach nothing but the server under test, and logins done once each.
import { runSteps } from './steps.mjs';

export class People {
  constructor(browser, base, logins, timeout) {
    Object.assign(this, { browser, base, logins, timeout, states: new Map() });
  }

  /** A context of its own, fenced in. */
  async context(options) {
    const ctx = await this.browser.newContext(options);
    ctx.setDefaultTimeout(this.timeout);
    await ctx.route((url) => /^https?:$/.test(url.protocol) && url.host !== this.base.host, (route) => route.abort('blockedbyclient'));
    return ctx;
  }

  /** The context a page is opened in, as one variant of it. */
  contextFor(page, variant, storageState) {
    const { size } = variant.view;
    return this.context({
      viewport: { width: size.width, height: size.height }, isMobile: Boolean(size.isMobile), hasTouch: Boolean(size.hasTouch),
      colorScheme: variant.scheme, reducedMotion: 'reduce', javaScriptEnabled: variant.js, serviceWorkers: 'block', acceptDownloads: false,
      locale: page.locale || 'en-GB', timezoneId: page.timezone || 'Europe/Paris', storageState,
    });
  }

  /** The cookies of a page's login, if it has one. */
  stateOf(page) {
    if (!page.login) return undefined;
    return Array.isArray(page.login) ? this.login(`page:${page.name}`, page.login) : this.login(`login:${page.login}`, this.logins[page.login]);
  }

  login(key, steps) {
    if (!this.states.has(key)) this.states.set(key, this.signIn(steps));
    return this.states.get(key);
  }

  async signIn(steps) {
    const ctx = await this.context({ viewport: { width: 1280, height: 800 } });
    try {
      await runSteps(await ctx.newPage(), steps, { base: this.base.href, as: () => { throw new Error('no "as" inside a login'); } });
      return await ctx.storageState();
    } finally { await ctx.close(); }
  }

  /** Somebody else, in another browser context, does something meanwhile. */
  async as(name, steps) {
    if (!this.logins[name]) throw new Error(`unknown login ${name}`);
    const ctx = await this.context({ storageState: await this.login(`login:${name}`, this.logins[name]) });
    try {
      await runSteps(await ctx.newPage(), steps, { base: this.base.href, as: () => { throw new Error('no "as" inside "as"'); } });
    } finally { await ctx.close(); }
  }
}
