/** Things that other functions take, small ones. */
import {
  identity,
  linearGeneralization,
  relu,
  sgd,
  simulate,
  solve,
  trainStudents,
  weightNormalization,
} from '../../lib/index.js';
import type { Figure } from '../../lib/figures/index.js';

export const rule = weightNormalization({ activation: relu, learningRate: 0.5, gammaDecay: 0.2 });
export const family = (learningRate: number): typeof rule =>
  weightNormalization({ activation: relu, learningRate, gammaDecay: 0.2 });
export const plainFamily = (learningRate: number): ReturnType<typeof sgd> =>
  sgd({ activation: identity, learningRate });
export const initial = { gamma: 0.5, overlap: 0.1, length: 0.8 };
/** Of `rule` and of `plainFamily`: (γ, 1 − R, L) and (1 − R, L). */
export const aligned = Float64Array.of(1 / 1.4, 0, 1);
export const plainAligned = Float64Array.of(0, 1);
export const simulation = simulate({ rule, initial, times: [0.5, 1], dimension: 20, runs: 8, seed: 1 });
export const trajectory = solve({ rule, initial, times: [0.5, 1] });
const task = { load: 2, noiseVariance: 0.1 };
export const students = trainStudents({
  ...{ rule: 'weight-normalization', activation: identity, gammaDecay: 0.1, ...task },
  ...{ dimension: 10, runs: 2, seed: 1 },
});
export const theory = linearGeneralization({ ...task, gammaDecay: 0.1 });
export const figure: Figure = {
  columns: 1,
  panelWidth: 244,
  panelHeight: 170,
  panels: [
    {
      title: 'a panel',
      x: { label: 't', scale: 'linear' },
      y: { label: 'R', domain: [0, 1] },
      series: [
        {
          label: 'WN',
          kind: 'line',
          style: { color: 'blue', dash: 'solid', marker: 'circle' },
          x: [0, 1, 2],
          y: [0.1, 0.6, 0.9],
          errors: [0, 0.1, 0],
          direct: false,
        },
      ],
      references: [{ axis: 'y', value: 0.5, label: 'half' }],
      legend: [0.5, 0.5],
    },
  ],
};
