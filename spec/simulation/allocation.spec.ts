import { spawnSync } from 'node:child_process';
import { plainEnvironment } from '../support/plain-environment.js';

interface Growth {
  readonly engine: string;
  readonly name: string;
  readonly batchSize: number;
  /** Bytes a step. */
  readonly heap: number;
  readonly buffers: number;
}

it('a step of either engine allocates no array, and nothing for each sample', () => {
  const { stdout } = spawnSync(process.execPath, ['.build/spec/simulation/allocation-probe.js'], {
    encoding: 'utf8',
    env: plainEnvironment(),
  });
  const grown = JSON.parse(stdout) as Growth[];
  expect(grown.map(({ engine, name }) => `${engine}: ${name}`)).toEqual([
    'explicit: sgd, M = 1',
    'explicit: weight normalization, M = 16',
    'dimension-free: sgd, M = 1',
    'dimension-free: weight normalization, M = 16',
  ]);
  for (const { batchSize, heap, buffers } of grown) {
    // An array of more than 8 numbers has a buffer.
    expect(buffers).toBe(0);
    // What remains are numbers boxed on their way into functions and out of them, 16 bytes each: 16 to 110 bytes were seen. An
    // object and its fields, such as a view of an array, takes 100 and more.
    expect(heap).toBeLessThan(200 + 16 * batchSize);
  }
});
