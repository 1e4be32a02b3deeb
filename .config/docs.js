// Builds the documentation site into docs/.vitepress/dist. The first time, and when docs/package-lock.json has changed, its
// packages are installed into docs/node_modules; nothing else needs the network.
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { brokenLinks } from './check-links.js';
import { ensureBuilt } from './ensure-built.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const lock = `${root}docs/package-lock.json`;
// A copy of the lock file that the installed packages belong to.
const installedLock = `${root}docs/node_modules/.installed-lock.json`;

function run(command, parameters) {
  const { status } = spawnSync(command, parameters, { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

const broken = brokenLinks(root);
for (const line of broken) console.error(line);
if (broken.length > 0) process.exit(1);

if (!existsSync(installedLock) || readFileSync(installedLock, 'utf8') !== readFileSync(lock, 'utf8')) {
  run('npm', ['ci', '--prefix', 'docs', '--no-audit', '--no-fund']);
  copyFileSync(lock, installedLock);
}
ensureBuilt();
run(process.execPath, ['docs/.vitepress/build/build.js']);
