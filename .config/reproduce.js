// Draws every figure of docs/figures from its recipe: SVG and PDF, with the data as JSON beside them. With --quick every
// simulation takes a quarter of its runs.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ensureBuilt } from './ensure-built.js';

ensureBuilt();
const root = fileURLToPath(new URL('..', import.meta.url));
const names = readdirSync(`${root}docs/figures`)
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => name.replace(/\.yaml$/, ''));
for (const name of names) {
  const begin = performance.now();
  const outputs = ['svg', 'pdf'].map((extension) => `docs/figures/${name}.${extension}`);
  const { status } = spawnSync(
    process.execPath,
    ['dist/cli/main.js', 'figure', name, '--output', outputs.join(','), ...process.argv.slice(2)],
    {
      cwd: root,
      stdio: 'inherit',
    },
  );
  if (status !== 0) process.exit(status ?? 1);
  const seconds = ((performance.now() - begin) / 1000).toFixed(1);
  console.log(`${[...outputs, `docs/figures/${name}.json`].join(', ')} in ${seconds} s`);
}
