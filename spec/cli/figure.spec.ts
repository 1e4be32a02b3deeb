import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runSweep } from '../../lib/sweep/run-sweep.js';
import { refusalOf } from '../support/command-line.js';

let folder = '';
const inFolder = (name: string): string => join(folder, name);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'figure-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const sweep = {
  command: 'learning-rates' as const,
  config: { activation: 'relu', learningRate: 1 },
  grid: { rule: ['sgd', 'weight-normalization'], batchSize: [1, 2, 4] },
};
const recipe = `
kind: figure
title: 'Maximum learning rate against the batch size'
columns: 1
panelWidth: 244
panelHeight: 180
curves:
  sgd:
    kind: results
    label: SGD
    color: blue
    file: rates.jsonl
    where: { rule: sgd }
panels:
  - x: { quantity: batchSize, label: M }
    y: { quantity: maximumLearningRate.effective, label: 'η_{max}' }
    curves: [sgd]
`;

/** Draws a recipe; throws what the command line refuses. */
async function draw(config: string, output: string): Promise<void> {
  const refusal = await refusalOf('figure', '--config', config, '--output', output, '--quiet');
  if (refusal !== undefined) throw new Error(refusal.message);
}

describe('figure of the results of a sweep', () => {
  it('is drawn from a folder of the user, and again from its own file in another', async () => {
    writeFileSync(inFolder('figure.yaml'), recipe);
    await expect(draw(inFolder('figure.yaml'), inFolder('figure.svg'))).rejects.toThrow(
      /^curve sgd: cannot read \S*rates\.jsonl: no such file or directory$/,
    );
    await runSweep({ sweep, path: inFolder('rates.jsonl') });
    mkdirSync(inFolder('elsewhere'));
    await draw(inFolder('figure.yaml'), inFolder('elsewhere/figure.svg'));
    const svg = readFileSync(inFolder('elsewhere/figure.svg'), 'utf8');
    const written = readFileSync(inFolder('elsewhere/figure.json'), 'utf8');
    const maximum = 'maximumLearningRate.effective';
    const { data } = JSON.parse(written) as {
      data: { sgd: { config: object; columns: Record<string, number[]> } };
    };
    expect(data.sgd.config).toMatchObject({ file: '../rates.jsonl', where: { rule: 'sgd' }, rows: 'all' });
    // The maximum of a student that can be its teacher is 2M.
    expect(Object.keys(data.sgd.columns).sort()).toEqual(['batchSize', maximum]);
    expect(data.sgd.columns['batchSize']).toEqual([1, 2, 4]);
    [2, 4, 8].forEach((value, i) => {
      expect(data.sgd.columns[maximum][i]).toBeCloseTo(value, 8);
    });

    await draw(inFolder('elsewhere/figure.json'), inFolder('again.svg'));
    expect(readFileSync(inFolder('again.svg'), 'utf8')).toBe(svg);
    await draw(inFolder('again.json'), inFolder('elsewhere/figure.svg'));
    expect(readFileSync(inFolder('elsewhere/figure.json'), 'utf8')).toBe(written);
  });
});
