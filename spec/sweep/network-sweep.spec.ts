import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { localExecutor } from '../../lib/sweep/local-executor.js';
import { runPoint } from '../../lib/sweep/record.js';
import { runSweep, type RunSweepOptions } from '../../lib/sweep/run-sweep.js';
import { quartersFolder } from '../networks/data-folder.js';
import { networkSweep, OUTCOMES, outcomesIn } from './network-sweep.js';

const folder = mkdtempSync(join(tmpdir(), 'network-sweep-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

it('a sweep of networks gives the same bytes in one thread and on two workers', async () => {
  const sweep = networkSweep(quartersFolder(), 1);
  const by = async (
    name: string,
    executorOf: NonNullable<RunSweepOptions['executorOf']>,
  ): Promise<string> => {
    const path = join(folder, `${name}.jsonl`);
    await runSweep({ sweep, path, executorOf });
    return readFileSync(path, 'utf8');
  };
  const one = await by('one', () =>
    Promise.resolve({
      capacity: 1,
      run: (point) => runPoint('network', point),
      close: () => Promise.resolve(),
    }),
  );
  expect(outcomesIn(one)).toEqual(OUTCOMES);
  expect(one).not.toContain('NaN');
  expect(await by('two', (given) => localExecutor(given, 2))).toBe(one);
});
