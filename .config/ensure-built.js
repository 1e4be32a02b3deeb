// Builds dist when a source is newer than the last build, quietly; prints and exits where the build fails.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync, utimesSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

function newest(folder) {
  let latest = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue;
    latest = Math.max(latest, statSync(`${entry.parentPath ?? entry.path}/${entry.name}`).mtimeMs);
  }
  return latest;
}

export function ensureBuilt() {
  const stamp = `${root}dist/.tsbuildinfo`;
  const sources = Math.max(newest(`${root}lib`), statSync(`${root}tsconfig.json`).mtimeMs);
  const made = [stamp, `${root}dist/networks/kernels.wasm`];
  if (made.every(existsSync) && statSync(stamp).mtimeMs > sources) return;
  for (const command of [
    ['.config/build-kernels.js'],
    ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.json'],
  ]) {
    const { status, stdout, stderr } = spawnSync(process.execPath, command, { cwd: root, encoding: 'utf8' });
    if (status === 0) continue;
    process.stderr.write(stdout + stderr);
    process.exit(1);
  }
  // tsc leaves its stamp alone where nothing that it compiles has changed.
  utimesSync(stamp, new Date(), new Date());
}
