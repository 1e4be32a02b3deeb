/**
 * What saddle points cost: learning curves of 50 loads from 0.1 to 10, each followed in both directions, of students in closed
 * form, and single points of students by quadrature, each from both starts.
 */
import { erf, leakyRelu, relu, softplus, type Activation } from '../../lib/index.js';
import { generalizationCurve } from '../../lib/generalization/saddle/curve.js';
import { saddlePoint } from '../../lib/generalization/saddle/saddle-point.js';
import { milliseconds, quantile, record } from '../measure.js';

const CURVES = 20;
const POINTS = 7;
const loads = Array.from({ length: 50 }, (_, i) => 0.1 * 100 ** (i / 49));

/** Median time of some runs, after one to warm. */
function medianOf(count: number, work: () => unknown): number {
  work();
  return quantile(
    Array.from({ length: count }, () => milliseconds(work)),
    0.5,
  );
}

const closed = [relu, leakyRelu(0.2)].flatMap((activation) =>
  [0, 0.1].map((gammaDecay) => ({ activation, gammaDecay, noiseVariance: 0.05 })),
);
const curves = closed.map((problem) => {
  const time = medianOf(CURVES, () => generalizationCurve({ ...problem, loads }));
  const { upward, downward } = generalizationCurve({ ...problem, loads });
  const converged = [...upward, ...downward].filter((point) => point.outcome === 'converged').length;
  return { ...problem, activation: problem.activation.name, milliseconds: time, converged };
});

const students: [Activation, Activation, number, number, number][] = [
  [erf, erf, 2, 0.2, 0.05],
  [erf, erf, 0.5, 0.2, 0.05],
  [erf, erf, 1, 0.5, 0],
  [erf, relu, 3, 0.2, 0.1],
  [softplus, softplus, 2, 0.2, 0.05],
];
const points = students.map(([activation, teacherActivation, load, gammaDecay, noiseVariance]) => {
  const problem = { activation, teacherActivation, load, gammaDecay, noiseVariance };
  const time = medianOf(POINTS, () => saddlePoint(problem));
  const { susceptibility, diagnostics } = saddlePoint(problem);
  return {
    ...problem,
    activation: activation.name,
    teacherActivation: teacherActivation.name,
    milliseconds: time,
    susceptibility,
    quadratureError: diagnostics.quadratureError,
  };
});

function row(...cells: (string | number)[]): void {
  console.log(cells.map((cell) => String(cell).padStart(16)).join(''));
}

console.log(`curves of ${loads.length} loads, both directions, in closed form (median of ${CURVES})`);
row('activation', 'decay', 'noise', 'ms', 'ms a point', 'converged');
for (const { activation, gammaDecay, noiseVariance, milliseconds: time, converged } of curves) {
  const each = (time / (2 * loads.length)).toFixed(3);
  row(activation, gammaDecay, noiseVariance, time.toFixed(1), each, `${converged} of ${2 * loads.length}`);
}
console.log(`points by quadrature, from both starts (median of ${POINTS})`);
row('student', 'teacher', 'load', 'decay', 'noise', 'ms', 'V', 'error');
for (const point of points) {
  const { activation, teacherActivation, load, gammaDecay, noiseVariance } = point;
  const shown = [point.milliseconds.toFixed(0), point.susceptibility.toFixed(3)];
  row(
    activation,
    teacherActivation,
    load,
    gammaDecay,
    noiseVariance,
    ...shown,
    point.quadratureError.toExponential(1),
  );
}
record('saddle-points', { loads, curvesMeasured: CURVES, curves, pointsMeasured: POINTS, points });
