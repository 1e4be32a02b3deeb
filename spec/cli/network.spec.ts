import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { quartersFolder } from '../networks/data-folder.js';
import { parsed, refusalOf, runInterrupted } from '../support/command-line.js';

let data = '';
beforeAll(() => {
  data = quartersFolder();
});

describe('network on the command line', () => {
  const words = (...more: string[]): string[] => [
    ...['network', '--method', 'none', '--data', data, '--widths', '8', '--images', '64'],
    ...['--held-out', '32', '--batch-size', '16', '--quiet', ...more],
  ];

  it('leaves the curves of single runs out below a table', async () => {
    const path = join(data, 'result.txt');
    const more = ['--learning-rate', '0.01,0.02', '--epochs', '1', '--runs', '2', '--output', path];
    expect(await refusalOf(...words(...more))).toBeUndefined();
    const lines = readFileSync(path, 'utf8').split('\n');
    const below = lines.slice(lines.indexOf('') + 1).map((line) => line.split(/ {2,}/)[0]);
    const candidates = [0, 1].flatMap((k) =>
      ['learningRate', 'gammaDecay', 'validationLoss', 'standardError'].map(
        (name) => `choice.candidates.${k}.${name}`,
      ),
    );
    expect(below.filter(Boolean)).toEqual([
      ...['outcome', 'message', 'choice.learningRate', 'choice.gammaDecay', ...candidates],
      ...['runs.0.ending', 'runs.1.ending'],
    ]);
  });

  it('stopped by Ctrl-C prints what it came to, and exits 130', () => {
    const ended = runInterrupted(...words('--learning-rate', '0.001', '--epochs', '100000'));
    expect([ended.status, ended.stderr]).toEqual([130, '']);
    const { message, rows, runs } = parsed(ended) as unknown as {
      message: string;
      rows: unknown[];
      runs: { ending: string }[];
    };
    expect([message, runs.map(({ ending }) => ending)]).toEqual(['aborted in run 1', ['unfinished']]);
    expect(rows.length).toBeGreaterThan(1);
  });
});
