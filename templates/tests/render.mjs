// Renders the template with the engine of Backstage's fetch:template: node render.mjs VALUES.json < nothing > {path: content} as JSON.
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createTemplateRenderer } from 'nunjitsu';

const content = join(dirname(fileURLToPath(import.meta.url)), '../tabular/content');
const renderer = createTemplateRenderer({ allowRegexExecution: true });
const context = renderer.prepareContext({
  values: JSON.parse(readFileSync(process.argv[2], 'utf8')),
});

function files(folder) {
  return readdirSync(folder)
    .filter(name => name !== '__pycache__')
    .map(name => join(folder, name))
    .flatMap(path => (statSync(path).isDirectory() ? files(path) : [path]));
}

const rendered = {};
for (const path of files(content)) {
  const name = renderer.render(relative(content, path), context);
  if (name && !name.startsWith('/') && !name.includes('//')) {
    rendered[name] = renderer.render(readFileSync(path, 'utf8'), context);
  }
}
process.stdout.write(JSON.stringify(rendered));
