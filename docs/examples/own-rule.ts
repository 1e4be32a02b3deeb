// Makes a learning rule of its own, SGD with weight decay, from one that the package has; solves and simulates it.
import { compareWithTheory, identity, sgd, simulate, solve } from 'order-parameters';

const [learningRate, decay] = [1, 0.2];
const plain = sgd({ activation: identity, learningRate, noiseVariance: 0.5 });

// Decay adds −(ηκ/N) w to a step. That shortens w and leaves its direction: in the state (1 − R, L) dL/dt gains −ηκL.
const rule: typeof plain = {
  ...plain,
  rule: 'sgd-with-weight-decay',
  derivative(time, state, out) {
    plain.derivative(time, state, out);
    out[1] -= learningRate * decay * state[1];
  },
  jacobian: undefined, // differences stand in for it
  batchStep: {
    ...plain.batchStep,
    compute(time, state, fields, out) {
      plain.batchStep.compute(time, state, fields, out);
      out.onStudent -= learningRate * decay * state[1]; // a multiple of w/‖w‖
    },
  },
};

const settings = { initial: { overlap: 0.1, length: 1 }, times: [1, 4, 16] };
const theory = solve({ rule, ...settings });
console.log('ε without:', solve({ rule: plain, ...settings }).series('generalizationError')[2]); // 0.5
console.log('ε with:', theory.series('generalizationError')[2]); // 0.40476

const students = simulate({ rule, ...settings, dimension: 200, runs: 64, seed: 1 });
console.log('p-value of the simulation:', compareWithTheory(students, theory).overall?.pValue);
