import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What a run of specs came to. */
export interface Verdict {
  passed: number;
  /** Tests that failed, and spec files that could not even be loaded. */
  failed: number;
  /** Whether the run had to be ended at its time limit. */
  timedOut: boolean;
  /** Milliseconds. */
  time: number;
}

/** A copy of the compiled tree in which code may be changed and specs run. */
export interface Laboratory {
  /** Runs some compiled spec files. */
  run(specs: readonly string[]): Promise<Verdict>;
  /**
   * Runs the specs on a copy in which one file has another text, and restores the file.
   *
   * @param limit milliseconds after which the run is ended
   * @throws Error when that text is not valid code
   */
  runMutated(file: string, text: string, specs: readonly string[], limit: number): Promise<Verdict>;
  close(): void;
}

/** Milliseconds for specs on code as it is: the slowest of those listed take some ten seconds. */
export const TIME_LIMIT = 180_000;

// Where tsc put this file, lib stands beside spec.
const compiled = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const jestPackage = dirname(createRequire(import.meta.url).resolve('jest/package.json'));
const jest = join(jestPackage, 'bin/jest.js');
const modules = dirname(jestPackage);

interface Ending {
  code: number;
  timedOut: boolean;
}

function runNode(directory: string, limit: number, argumentList: readonly string[]): Promise<Ending> {
  return new Promise((done) => {
    const options = { cwd: directory, timeout: limit, maxBuffer: 1e8 };
    const child = execFile(process.execPath, argumentList, options, (error) => {
      done({ code: child.exitCode ?? 1, timedOut: error?.killed === true });
    });
  });
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
  // The package asks itself for its images, and for its version.
  symlinkSync(resolve('docs'), join(directory, 'docs'));
  cpSync('package.json', join(directory, 'package.json'));
  const config = {
    rootDir: directory,
    runner: 'jest-light-runner',
    testMatch: ['**/*.spec.js'],
    transform: {},
  };
  writeFileSync(join(directory, 'jest.config.json'), JSON.stringify(config));
  const report = join(directory, 'report.json');

  async function run(specs: readonly string[], limit = TIME_LIMIT): Promise<Verdict> {
    rmSync(report, { force: true });
    const options = ['--config', 'jest.config.json', '--runInBand', '--no-cache', '--watchman=false'];
    const start = performance.now();
    const { timedOut } = await runNode(directory, limit, [
      ...[jest, ...options, '--json', '--outputFile', report],
      ...specs,
    ]);
    const time = performance.now() - start;
    if (timedOut) return { passed: 0, failed: 0, timedOut, time };
    // A process that broke off, as without memory, leaves no report.
    if (!existsSync(report)) return { passed: 0, failed: specs.length, timedOut, time };
    const counts = JSON.parse(readFileSync(report, 'utf8')) as Record<string, number>;
    const failed = counts['numFailedTests'] + counts['numRuntimeErrorTestSuites'];
    return { passed: counts['numPassedTests'], failed, timedOut, time };
  }

  async function runMutated(
    file: string,
    text: string,
    specs: readonly string[],
    limit: number,
  ): Promise<Verdict> {
    const path = join(directory, file);
    const original = readFileSync(path, 'utf8');
    writeFileSync(path, text);
    try {
      const { code } = await runNode(directory, TIME_LIMIT, ['--check', path]);
      if (code !== 0) throw new Error(`${file} is not valid code as it was changed`);
      return await run(specs, limit);
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
