// Whether a document is valid HTML (html-validate).
import fs from 'node:fs';
import path from 'node:path';
import { loadDep, toolDir } from './deps.mjs';

export async function htmlValidator() {
  const { HtmlValidate, StaticConfigLoader } = await loadDep('html-validate');
  const config = JSON.parse(fs.readFileSync(path.join(toolDir, 'html-validate.json'), 'utf8'));
  delete config.$comment;
  const validator = new HtmlValidate(new StaticConfigLoader(config));
  return async (html, name) => {
    const report = await validator.validateString(html, `${name}.html`);
    const out = [];
    for (const result of report.results) for (const m of result.messages) {
      out.push({ check: 'html', level: m.severity === 2 ? 'fail' : 'warn', message: `${m.ruleId}: ${m.message} (line ${m.line}:${m.column})` });
    }
    return out;
  };
}
