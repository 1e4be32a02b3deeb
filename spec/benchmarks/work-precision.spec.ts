import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { costAtError } from '../../benchmarks/work-precision/equal-error.js';
import { integrators, type Integrator } from '../../benchmarks/work-precision/integrators.js';
import { runOnce, type WorkPrecisionPoint } from '../../benchmarks/work-precision/measure-run.js';
import { benchmarkProblems, type BenchmarkProblem } from '../../benchmarks/work-precision/problems.js';
import { readRecord, recordOf } from '../../benchmarks/work-precision/record.js';
import { equalErrorRows } from '../../benchmarks/work-precision/report.js';

const problems = benchmarkProblems();

function problemOf(name: string): BenchmarkProblem {
  return problems.find(({ description }) => description.name === name)!;
}

function point(error: number | null, milliseconds: number, method = 'auto'): WorkPrecisionPoint {
  const outcome = error === null ? 'failed' : 'reached-end';
  const place = { problem: 'p', library: 'JavaScript', method, tolerance: 1, outcome };
  return { ...place, error, evaluations: 10 * milliseconds, milliseconds };
}

describe('cost at equal error', () => {
  // Error falls as the fourth power of the cost.
  const points = [1, 10, 100].map((time) => point(time ** -4, time));

  it('lies on a power law between two points', () => {
    expect(costAtError(points, 'milliseconds', 1e-6)).toBeCloseTo(10 ** 1.5, 10);
    expect(costAtError(points, 'evaluations', 1e-6)).toBeCloseTo(10 ** 2.5, 9);
  });

  it('is that of the coarsest run where that is good enough, and unknown where none is', () => {
    expect(costAtError(points, 'milliseconds', 10)).toBe(1);
    expect(costAtError(points, 'milliseconds', 1e-9)).toBeUndefined();
  });

  it('passes over runs that failed or cost more for a larger error', () => {
    const worse = [point(null, 0.1), point(0.5, 50), ...points];
    expect(costAtError(worse, 'milliseconds', 1e-6)).toBeCloseTo(10 ** 1.5, 10);
  });

  it('is compared with that of auto', () => {
    const rows = equalErrorRows([
      ...points,
      ...points.map((p) => ({ ...p, method: 'slow', milliseconds: 3 * p.milliseconds! })),
    ]);
    expect(rows.map(({ method }) => method)).toEqual(['auto', 'slow']);
    // At 1e-4 and 1e-6, 1e-8; no run reached 1e-10.
    expect(rows[1].ratios.map((ratio) => ratio?.toFixed(6))).toEqual([
      '3.000000',
      '3.000000',
      '3.000000',
      undefined,
    ]);
  });
});

describe('the record of a run', () => {
  const folder = mkdtempSync(join(tmpdir(), 'record-'));
  const path = join(folder, 'points.json');
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it('keeps every point, with three digits of its error and time and all of its evaluations', () => {
    const failed = { ...point(null, 7), milliseconds: null, evaluations: 1_234_567, outcome: 'failed: why' };
    const points = [point(1.23456e-7, 0.0123456), failed, point(0.5, 2, 'other'), point(0.25, 1)];
    writeFileSync(path, recordOf({ cores: 2 }, points));
    const [first, second, third, last] = points;
    // The points of one method stand together.
    expect(readRecord(path)).toEqual([
      { ...first, error: 1.23e-7, milliseconds: 0.0123 },
      second,
      last,
      third,
    ]);
    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ machine: { cores: 2 } });
  });

  it('is refused in one line when it cannot be read or is something else', () => {
    const none = join(folder, 'none');
    expect(() => readRecord(none)).toThrow(/^cannot read .*none: no such file or directory$/);
    for (const [text, line] of [
      ['{', /^cannot read .*points\.json: [^\n]+$/],
      ['{"points":[]}', /points\.json holds no work-precision points: runs: [^\n]+$/],
      ['{"runs":[{"problem":"p","library":"l","method":"m","points":[[1]]}]}', /runs\.0\.points\.0[^\n]+$/],
    ] as const) {
      writeFileSync(path, text);
      expect(() => readRecord(path)).toThrow(line);
    }
  });
});

describe('integrators of the diagrams', () => {
  let all: Integrator[];
  beforeAll(async () => {
    all = await integrators();
  });

  it('solve the problem of predators and prey to a thousand times their tolerance', () => {
    for (const integrator of all) {
      const { outcome, error } = runOnce(integrator, problemOf('lotka-volterra'), 1e-6);
      expect([integrator.name, outcome]).toEqual([integrator.name, 'reached-end']);
      // Local errors of 1e-6 in up to 200 steps of an orbit on which they grow a few times; fixed steps miss by more than they aim at.
      expect(error).toBeLessThan(1e-3);
    }
  });

  it('for stiff problems solve that of Van der Pol', () => {
    for (const integrator of all.filter(({ isStiff }) => isStiff)) {
      const { outcome, error } = runOnce(integrator, problemOf('van-der-pol'), 1e-6);
      expect([integrator.name, outcome]).toEqual([integrator.name, 'reached-end']);
      // Each jump moves in time by the error before it, and the slope there is 1e6 times the tolerance's scale at the worst.
      expect(error).toBeLessThan(1e-3);
    }
  });

  it.each(
    problems.filter(({ description }) => description.learning).map((p) => [p.description.name, p] as const),
  )('auto comes within a hundred tolerances of the 28-digit reference: %s', (_, problem) => {
    const auto = all.find(({ name }) => name === 'auto')!;
    // 1e-8 a step, over up to a hundred steps; the tables of batch normalization with ReLU are good to 1e-9.
    expect(runOnce(auto, problem, 1e-8).error).toBeLessThan(1e-6);
  });

  it('gives a run that needs too many evaluations back as failed', () => {
    const rk4 = all.find(({ name }) => name === 'ode-rk4')!;
    const endless = {
      ...rk4,
      solve: (problem: BenchmarkProblem['ode']): number[] => {
        const out = new Float64Array(2);
        for (;;) problem.derivative(0, [1, 1], out);
      },
    };
    expect(runOnce(endless, problemOf('lotka-volterra'), 1e-6)).toMatchObject({
      error: null,
      milliseconds: null,
    });
  });
});
