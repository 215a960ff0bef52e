// The packages may lie beside this tool (node_modules/) or in any folder named by
// BROWSER_CHECK_DEPS, so that a read-only or shared copy of the tool needs no node_modules.
import { createRequire } from 'node:module';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const toolDir = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const depsDir = path.resolve(process.env.BROWSER_CHECK_DEPS || toolDir);
const require = createRequire(path.join(depsDir, 'package.json'));

function resolveDep(name) {
  try { return require.resolve(name); } catch { return null; }
}

export async function loadDep(name) {
  const file = resolveDep(name);
  if (!file) {
    throw new Error(`package "${name}" is not installed under ${depsDir}. Use run.sh.`);
  }
  const mod = await import(pathToFileURL(file).href);
  // a CommonJS package comes as its default export
  return mod.default && typeof mod.default === 'object' ? { ...mod.default, ...mod } : mod;
}

export function depFile(name, ...inside) {
  const pkg = resolveDep(`${name}/package.json`);
  if (!pkg) return null;
  const file = path.join(path.dirname(pkg), ...inside);
  return fs.existsSync(file) ? file : null;
}

/** First of the usual names found on PATH, or what CHROMIUM_PATH says. */
export function findExecutable(names, envName) {
  if (envName && process.env[envName]) return process.env[envName];
  for (const dir of (process.env.PATH || '').split(path.delimiter)) {
    for (const name of names) {
      const file = path.join(dir, name);
      try { fs.accessSync(file, fs.constants.X_OK); return file; } catch { /* next */ }
    }
  }
  return null;
}
