import { readFileSync } from 'node:fs';
import { costAtError } from '../../benchmarks/work-precision/equal-error.js';
import { readRecord } from '../../benchmarks/work-precision/record.js';
import { equalErrorRows, groupBy, methodName, summaryOf } from '../../benchmarks/work-precision/report.js';

const page = readFileSync('docs/findings/work-precision.md', 'utf8');
const points = readRecord('docs/figures/work-precision.json');

/** Problems by their names in the tables of the page. */
const problems: Record<string, string> = {
  'weight normalization': 'wn-relu',
  '… γ 100 times faster': 'wn-fast-gamma',
  '… γ 100 times slower': 'wn-slow-gamma',
  'SGD, η = 0.95 η_max': 'sgd-near-maximum',
  'SGD, erf': 'sgd-erf',
  'BN, linear, M = 8': 'bn-identity-8',
  'BN, linear, M = 32': 'bn-identity-32',
  'BN, ReLU, M = 8': 'bn-relu-8',
  'BN, ReLU, M = 32': 'bn-relu-32',
  'Lotka–Volterra': 'lotka-volterra',
  'Arenstorf orbit': 'arenstorf',
  'Van der Pol': 'van-der-pol',
};

/** Cells of the table whose first line begins so, without the line below it. */
function tableAfter(start: string): string[][] {
  const lines = page.slice(page.indexOf(start)).split('\n');
  const rows = lines.slice(0, lines.indexOf('')).filter((line) => !line.startsWith('| ---'));
  return rows.map((row) =>
    row
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim()),
  );
}

/** Rows of summaryOf by problem: a library and its ratios at several errors, those that it achieves. */
function summaries(): Map<string, string[][]> {
  const blocks = summaryOf(equalErrorRows(points)).split(/\n(?=\S)/u);
  return new Map(
    blocks.map((block) => {
      const [head, ...lines] = block.split('\n');
      const ratios = lines.map((line) => line.slice(20).trim().split(/\s+/u));
      return [head.split(':')[0], ratios.map((cells) => cells.filter((cell) => cell !== '—'))] as const;
    }),
  );
}

describe('the page on work and precision', () => {
  it('gives the ratios of times that its data give', () => {
    const [, ...rows] = tableAfter('| problem | SciPy `solve_ivp`');
    expect(rows).toHaveLength(7);
    const all = summaries();
    for (const [problem, ...ranges] of rows) {
      const expected = all.get(problems[problem])!.map((ratios) => {
        const sorted = ratios.slice().sort((a, b) => Number(a) - Number(b));
        return `${sorted[0]}–${sorted.at(-1)!}`;
      });
      expect([problem, ...ranges]).toEqual([problem, ...expected]);
    }
  });

  it('gives the numbers of evaluations that its data give', () => {
    const [[, ...methods], ...rows] = tableAfter('| problem | `auto`');
    expect(rows.map(([problem]) => problem)).toEqual(Object.keys(problems));
    for (const [problem, ...cells] of rows) {
      const ofProblem = groupBy(
        points.filter((point) => point.problem === problems[problem]),
        methodName,
      );
      const expected = methods.map((method) =>
        [1e-4, 1e-8]
          .map((error) => {
            const cost = costAtError(ofProblem.get(method.replaceAll('`', '')) ?? [], 'evaluations', error);
            return cost === undefined ? '—' : Number(cost.toPrecision(3)).toLocaleString('en');
          })
          .join(' · '),
      );
      expect([problem, ...cells]).toEqual([problem, ...expected]);
    }
  });
});
