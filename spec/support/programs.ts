import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import type { Ended } from './command-line.js';
import { plainEnvironment } from './plain-environment.js';
import { agrees, claimOf } from './snippets.js';

/** Runs a compiled program in a folder. */
export function runProgram(path: string, folder: string): Ended {
  const { status, stdout, stderr } = spawnSync(process.execPath, [resolve(path)], {
    cwd: folder,
    env: plainEnvironment(),
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

/** What a program says, in comments at the ends of its statements, that it prints. */
export function claimsOf(source: string): string[] {
  return [...source.matchAll(/\); \/\/ (.*)$/gm)]
    .map((match) => claimOf(match[1]))
    .filter((claim) => claim !== undefined);
}

/** The value that a printed line ends in: a number, true or false, or else a word. */
function printedValue(line: string): unknown {
  const word = line.split(' ').at(-1)!;
  if (word === 'true' || word === 'false') return word === 'true';
  return word === '' || Number.isNaN(Number(word)) ? word : Number(word);
}

/** The claims of a program that no printed line agrees with, each looked for below the line of the one before. */
export function claimsNotPrinted(source: string, stdout: string): string[] {
  const lines = stdout.split('\n').map(printedValue);
  let next = 0;
  return claimsOf(source).filter((claim) => {
    const place = lines.findIndex((value, index) => index >= next && agreesInKind(value, claim));
    if (place >= 0) next = place + 1;
    return place < 0;
  });
}

/** A number cannot agree with a claimed word, nor the other way round. */
function agreesInKind(value: unknown, claim: string): boolean {
  return (typeof value === 'number') === /^-?\d/.test(claim) && agrees(value, claim);
}
