import { firstStepSize, fittedStep } from './step-size.js';
import { isFiniteVector } from '../../numerics/vectors.js';
import type { MethodEnding } from '../method.js';
import type { StepTaker } from './method-of-steps.js';
import { orderControl, SUBSTEPS } from './order-control.js';
import type { Tolerances } from '../problem.js';
import { semiImplicitMidpoint } from './semi-implicit-midpoint.js';

// As a step halves after an attempt that broke down, it has shrunk by 2^-120 after so many in a row.
const PATIENCE = 120;
// The rule without extrapolation has an error of this order.
const LOWEST_ORDER = 2;

/** The table of Aitken and Neville for a series in the square of the substep. */
function extrapolationTable(n: number, { absolute, relative }: Tolerances) {
  // Where the rule with SUBSTEPS[column] substeps puts its result.
  const rows = SUBSTEPS.map(() => new Float64Array(n));
  return {
    rows,
    /** Takes in a row; gives back the error of the best value, rows[0], over the tolerance. */
    extend(column: number, state: Float64Array): number {
      for (let k = column; k >= 1; k--) {
        const better = rows[k - 1]!;
        const row = rows[k]!;
        const ratio = (SUBSTEPS[column]! / SUBSTEPS[k - 1]!) ** 2 - 1;
        for (let i = 0; i < n; i++) better[i] = row[i]! + (row[i]! - better[i]!) / ratio;
      }
      let sum = 0;
      for (let i = 0; i < n; i++) {
        const best = rows[0]![i]!;
        const scale = absolute[i]! + relative[i]! * Math.max(Math.abs(state[i]!), Math.abs(best));
        sum += ((best - rows[1]![i]!) / scale) ** 2;
      }
      return Math.sqrt(sum / n);
    },
  };
}

/** Takes implicit steps of variable order from a node to problem.until. */
export const implicitSteps: StepTaker = (problem, tolerances, limits, start, stepSize, statistics) => {
  const { maxSteps, maxStep } = limits;
  const n = start.state.length;
  const rule = semiImplicitMidpoint(problem, tolerances);
  const control = orderControl(Math.min(...tolerances.relative), n + 2);
  const table = extrapolationTable(n, tolerances);
  const state = start.state.slice();
  const lastStep = statistics.steps + maxSteps;
  let { time } = start;
  let h = 0;
  // f at the start, as long as nothing has moved on from there.
  let known: Float64Array | undefined = start.slope;

  /** The column at which the step was accepted; or ~column where it was rejected, ~0 where it broke down. */
  function attempt(): number {
    let largestError = Infinity;
    for (let column = 0; ; column++) {
      if (!rule.advance(time, state, h, SUBSTEPS[column]!, table.rows[column]!)) return ~0;
      if (column === 0) continue;
      const error = table.extend(column, state);
      // Errors must fall from column to column, or extrapolation does not pay.
      if (!(error < largestError)) return ~0;
      largestError = Math.max(4 * error, 1);
      const verdict = control.judge(column, error, h);
      if (verdict !== 'go-on') return verdict === 'accept' ? column : ~column;
    }
  }

  /** Linearizes where a step is new, and tries it; NaN where the right-hand side is not finite at its start. */
  function tryStep(isNew: boolean): number {
    const before = rule.evaluations();
    if (isNew) rule.linearize(time, state, h, known);
    known = undefined;
    const column = isFiniteVector(rule.slope) ? attempt() : NaN;
    statistics.evaluations += rule.evaluations() - before;
    return column;
  }

  function firstSize(): number {
    if (!known) {
      known = new Float64Array(n);
      problem.derivative(time, state, known);
      statistics.evaluations++;
    }
    return firstStepSize(problem, tolerances, LOWEST_ORDER, start, known, statistics);
  }

  /** Tries steps until one is accepted. */
  function advance(): MethodEnding | undefined {
    if (h === 0) h = stepSize ?? firstSize();
    if (time === problem.until) return 'end';
    let breakdowns = 0;
    for (let isNew = true; statistics.steps < lastStep; isNew = false) {
      if (h > maxStep) h = maxStep;
      const isLast = time + 1.01 * h >= problem.until;
      h = fittedStep(time, h, isLast, problem.until);
      if (!(isNew && isLast) && time + 0.1 * h === time) return 'step-vanished';
      const column = tryStep(isNew);
      if (Number.isNaN(column)) return 'not-finite';
      statistics.steps++;
      if (column > 0) {
        time = isLast ? problem.until : time + h;
        state.set(table.rows[0]!);
        h = control.next(column, h);
        return undefined;
      }
      statistics.rejected++;
      if (column === ~0 && ++breakdowns > PATIENCE) return 'not-finite';
      h = control.retry(~column, h);
    }
    return 'step-limit';
  }

  return {
    state: () => state,
    time: () => time,
    advance,
  };
};
