// Solves the equations of one learning rule and reads the curve: a state, a series, and the time of an event.
import { relu, solve, weightNormalization } from 'order-parameters';

const rule = weightNormalization({
  activation: relu,
  learningRate: 0.5,
  gammaDecay: 0.2,
  noiseVariance: 0.05,
});
const initial = { gamma: 0.5, overlap: 0.1, length: 0.8 };

// Up to t = 50, that is 50 N steps of an input with N components; where ε comes down to 0.1 is recorded on the way.
const halfway = {
  quantity: 'generalizationError',
  level: 0.1,
  direction: 'falling',
  terminal: false,
} as const;
const run = solve({ rule, initial, until: 50, events: [halfway] });
console.log('outcome', run.outcome); // 'reached-end'
console.log('ε reaches 0.1 at time', run.events[0]?.time); // 17.26515

const { gamma, overlap, length } = run.at(5);
console.log('γ at t = 5', gamma); // 0.3937906
console.log('R at t = 5', overlap); // 0.4852038
console.log('L at t = 5', length); // 0.8481346

const times = [0, 10, 20, 30, 40, 50];
const errors = run.series('generalizationError', times);
for (const [i, time] of times.entries()) console.log(`t = ${time}: ε = ${errors[i].toFixed(4)}`);
