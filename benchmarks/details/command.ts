import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';

const NAMES = [
  'batch-normalization',
  'saddle-points',
  'dimension-free',
  'explicit-engine',
  'linear-students',
  'network',
];

function runDetails(given: readonly string[]): void {
  const stranger = given.find((name) => !NAMES.includes(name));
  if (stranger !== undefined)
    throw new RangeError(`names must be one or more of ${NAMES.join(', ')}; got "${stranger}"`);
  for (const name of given.length > 0 ? given : NAMES) {
    const file = fileURLToPath(new URL(`./${name}.js`, import.meta.url));
    if (spawnSync(process.execPath, [file], { stdio: 'inherit' }).status !== 0) process.exitCode = 1;
  }
}

/** Longer tables of times and speeds, each in a process of its own. */
export function details(): Command {
  return new Command('details')
    .description('longer tables of times and speeds')
    .argument('[names...]', `some of ${NAMES.join(', ')}; default all`)
    .action(runDetails);
}
