// Draws every figure of docs/figures from its recipe: SVG and PDF, with the data as JSON beside them. With --quick every
// simulation takes a quarter of its runs. With --full the sweeps that figures draw, *.sweep.yaml, are run first, as far as their
// results files beside them do not hold them yet.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ensureBuilt } from './ensure-built.js';

ensureBuilt();
const root = fileURLToPath(new URL('..', import.meta.url));
const folder = 'docs/figures';
const words = process.argv.slice(2).filter((word) => word !== '--full');
const isFull = words.length < process.argv.length - 2;

/** Runs the command line; ends all where its exit status is not one of those allowed. Says what was made, and the time it took. */
function run(args, stdout, allowed, madeOf) {
  const begin = performance.now();
  const { status, stdout: printed } = spawnSync(process.execPath, ['dist/cli/main.js', ...args], {
    cwd: root,
    stdio: ['inherit', stdout, 'inherit'],
    encoding: 'utf8',
    maxBuffer: Infinity,
  });
  if (!allowed.includes(status)) process.exit(status ?? 1);
  console.log(`${madeOf(printed)} in ${((performance.now() - begin) / 1000).toFixed(1)} s`);
}

const files = readdirSync(`${root}${folder}`);
const named = (ending) =>
  files.filter((name) => name.endsWith(ending)).map((name) => name.slice(0, -ending.length));
const sweeps = named('.sweep.yaml');

for (const name of isFull ? sweeps : []) {
  const results = `${folder}/${name}.jsonl`;
  const args = ['sweep', '--config', `${folder}/${name}.sweep.yaml`, '--output', results, '--resume'];
  // Points may fail, which is status 1; a figure that asks for one of them says so.
  run([...args, '--format', 'json'], 'pipe', [0, 1], (printed) => {
    const { message, warnings = [] } = JSON.parse(printed);
    return [`${results}: ${message}`, ...warnings].join('; ');
  });
}
for (const name of named('.yaml').filter((name) => !name.endsWith('.sweep'))) {
  const outputs = ['svg', 'pdf'].map((extension) => `${folder}/${name}.${extension}`);
  const made = [...outputs, `${folder}/${name}.json`].join(', ');
  run(['figure', name, '--output', outputs.join(','), ...words], 'inherit', [0], () => made);
}
