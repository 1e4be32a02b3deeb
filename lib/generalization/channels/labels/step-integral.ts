import { adaptiveQuadrature } from '../../../numerics/adaptive-quadrature.js';
import { Average } from '../../channel.js';
import { curvatureOf } from './curvature.js';
import type { FieldState, LabelModel, Step } from './label-density.js';
import { leftDerivative, missRange, type MissRangeWriter } from './miss-range.js';
import { fieldEdges, kinkEdges, reach, stepEdges } from './step-edges.js';
import { jumpRate, noiselessJumps } from './step-jumps.js';
import type { StepSums } from './step-sums.js';

/** Writes integrals at a state and gives back their estimated relative error. */
export type StepIntegral = (state: FieldState, out: Float64Array) => number;

// Several times what averages need that can be told at all; they bound the work to 1e7 densities.
const MOST_FIELD_PANELS = 100;
const MOST_STEP_PANELS = 250;

/**
 * Integrates sums over all labels and cavity fields by way of the step z that they lead to: over z (over s at a kink), over the
 * field u′ of the teacher, and in closed form over the miss r. Neither the step nor its jumps have to be solved for.
 *
 * @param count how many sums
 */
export function stepIntegral(
  model: LabelModel,
  sums: StepSums,
  count: number,
  tolerance: number,
): StepIntegral {
  const { student } = model;
  const curvature = curvatureOf(student);
  const rough = adaptiveQuadrature(count, Infinity);
  const inner = adaptiveQuadrature(count, tolerance / 10, MOST_FIELD_PANELS);
  // The sums, and the errors of the inner integrals.
  const outer = adaptiveQuadrature(2 * count, tolerance, MOST_STEP_PANELS);
  const part = new Float64Array(2 * count);
  const floors = new Float64Array(count);
  const step: Step = {
    ...{ z: 0, output: 0, slope: 0, constant: 0, linear: 0, lowRate: 0, highRate: 0 },
    ...{ low: 0, high: 0, lowRival: 0, highRival: 0 },
  };
  let state: FieldState = { mu: 0, sigma: 1, susceptibility: 1 };
  let setRange: MissRangeWriter;

  function setPlace(z: number, slope: number, constant: number, linear: number): void {
    step.z = z;
    step.output = student.value(z);
    step.slope = slope;
    step.constant = constant;
    step.linear = linear;
    setRange(z, slope, step);
  }

  /** `bend` is g″(z), undefined at a kink. */
  function setRates(bend: number | undefined): void {
    const inverse = 1 / state.susceptibility;
    step.lowRate = jumpRate(student, step, step.low, step.lowRival, inverse, bend);
    step.highRate = jumpRate(student, step, step.high, step.highRival, inverse, bend);
  }

  function setSmooth(z: number): void {
    const slope = student.derivative(z);
    const bend = curvature(z);
    setPlace(z, slope, 1 + state.susceptibility * slope * slope, -state.susceptibility * bend);
    setRates(bend);
  }

  const fields = (field: number, value: Float64Array): void => {
    sums(state, step, field, value);
  };

  function integrateFields(out: Float64Array): void {
    const error = inner(fields, fieldEdges(model, state, step), part, floors);
    for (let i = 0; i < count; i++) {
      out[i] = part[i]!;
      out[count + i] = error * part[count + i]!;
      out[2 * count + i] = part[count + i]!;
      out[3 * count + i] = Infinity; // not refined for
    }
    if (count <= Average.jumpDensity) return;
    if (model.deviation === 0) out[Average.jumpDensity] = noiselessJumps(model, state, step);
    // The density of jumps sets in at once at some z, which no other average knows of: a diagnostic that panels are not
    // refined for.
    out[2 * count + Average.jumpDensity] = Infinity;
  }

  /** Sizes of the inner integrals, without which those that matter to nobody would be refined. */
  function setFloors(edges: readonly number[]): void {
    floors.fill(0);
    for (let p = 0; p + 1 < edges.length; p++) {
      setSmooth((edges[p]! + edges[p + 1]!) / 2);
      rough(fields, fieldEdges(model, state, step), part);
      for (let i = 0; i < count; i++) floors[i] = Math.max(floors[i]!, part[count + i]!);
    }
  }

  function relativeError(outerError: number, out: Float64Array): number {
    let worst = outerError;
    for (let i = 0; i < count; i++) {
      const relative = out[count + i]! === 0 ? 0 : outerError + out[count + i]! / out[2 * count + i]!;
      if (!(relative <= worst)) worst = relative;
    }
    return worst;
  }

  return (at, out) => {
    state = at;
    const v = state.susceptibility;
    const bound = reach(model, state);
    setRange = missRange(student, 1 / v, -bound, bound);
    const edges = stepEdges(model, state, bound);
    setFloors(edges);
    let error = outer(
      (z, value) => {
        setSmooth(z);
        integrateFields(value);
      },
      edges,
      out,
    );
    const kinkPart = new Float64Array(4 * count);
    for (const kink of student.kinks) {
      const [from, to] = [leftDerivative(student, kink), student.derivative(kink)];
      const kinkError = outer(
        (slope, value) => {
          setPlace(kink, slope, 0, from < to ? -v : v);
          // Nothing rests at a kink with a miss that pushes towards its steeper side.
          if (from < to) step.high = 0;
          else step.low = 0;
          setRates(undefined);
          integrateFields(value);
        },
        kinkEdges(from, to, state),
        kinkPart,
      );
      error = Math.max(error, kinkError);
      for (let i = 0; i < 4 * count; i++) out[i] = out[i]! + kinkPart[i]!;
    }
    return relativeError(error, out);
  };
}
