import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What a run of specs came to. */
export interface Verdict {
  passed: number;
  /** Tests that failed, and spec files that could not even be loaded. */
  failed: number;
  /** Whether the run had to be ended after `TIME_LIMIT`. */
  timedOut: boolean;
}

/** A copy of the compiled tree in which code may be changed and specs run. */
export interface Laboratory {
  /** Runs the spec files whose paths match a regular expression. */
  run(specs: string): Promise<Verdict>;
  /**
   * Runs the specs on a copy in which one file has one text replaced, and restores the file.
   *
   * @throws Error when the text does not occur exactly once, or the changed file is not valid code
   */
  runMutated(file: string, find: string, replace: string, specs: string): Promise<Verdict>;
  close(): void;
}

// The slowest of the specs named in the list takes some ten seconds.
const TIME_LIMIT = 180_000;

// Where tsc put this file, lib stands beside spec.
const compiled = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const jestPackage = dirname(createRequire(import.meta.url).resolve('jest/package.json'));
const jest = join(jestPackage, 'bin/jest.js');
const modules = dirname(jestPackage);

interface Ending {
  code: number;
  timedOut: boolean;
}

function runNode(directory: string, ...argumentList: string[]): Promise<Ending> {
  return new Promise((done) => {
    const options = { cwd: directory, timeout: TIME_LIMIT, maxBuffer: 1e8 };
    const child = execFile(process.execPath, argumentList, options, (error) => {
      done({ code: child.exitCode ?? 1, timedOut: error?.killed === true });
    });
  });
}

function countOf(text: string, part: string): number {
  return text.split(part).length - 1;
}

/** Copies the compiled tree, with the reference tables that specs read, to a temporary folder. */
export function openLaboratory(): Laboratory {
  const directory = mkdtempSync(join(tmpdir(), 'mutations-'));
  for (const room of ['lib', 'spec']) {
    cpSync(join(compiled, room), join(directory, room), {
      recursive: true,
      filter: (source) => !source.endsWith('.map'),
    });
  }
  cpSync('spec/reference', join(directory, 'spec/reference'), { recursive: true });
  symlinkSync(modules, join(directory, 'node_modules'));
  // The package asks itself for its version.
  cpSync('package.json', join(directory, 'package.json'));
  const config = {
    rootDir: directory,
    runner: 'jest-light-runner',
    testMatch: ['**/*.spec.js'],
    transform: {},
  };
  writeFileSync(join(directory, 'jest.config.json'), JSON.stringify(config));
  const report = join(directory, 'report.json');

  async function run(specs: string): Promise<Verdict> {
    rmSync(report, { force: true });
    const options = ['--config', 'jest.config.json', '--runInBand', '--no-cache', '--watchman=false'];
    const { timedOut } = await runNode(directory, jest, ...options, '--json', '--outputFile', report, specs);
    if (timedOut) return { passed: 0, failed: 0, timedOut };
    const counts = JSON.parse(readFileSync(report, 'utf8')) as Record<string, number>;
    const failed = counts['numFailedTests'] + counts['numRuntimeErrorTestSuites'];
    return { passed: counts['numPassedTests'], failed, timedOut };
  }

  async function runMutated(file: string, find: string, replace: string, specs: string): Promise<Verdict> {
    const path = join(directory, file);
    const original = readFileSync(path, 'utf8');
    const count = countOf(original, find);
    if (count !== 1) throw new Error(`the text to replace occurs ${count} times in ${file}: ${find}`);
    writeFileSync(
      path,
      original.replace(find, () => replace),
    );
    try {
      if ((await runNode(directory, '--check', path)).code !== 0) {
        throw new Error(`${file} is not valid code with: ${replace}`);
      }
      return await run(specs);
    } finally {
      writeFileSync(path, original);
    }
  }

  return {
    run,
    runMutated,
    close: () => {
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
