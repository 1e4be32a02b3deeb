// Gives the theory activations of its own, as two functions and as an expression.
import {
  defineActivation,
  expressionActivation,
  leakyRelu,
  sgd,
  solve,
  type Activation,
} from 'order-parameters';

const tanh = defineActivation({
  name: 'tanh',
  value: Math.tanh,
  derivative: (z) => 1 / Math.cosh(z) ** 2,
});
// Expressions know their derivative and their kinks.
const ramp = await expressionActivation('max(-1, min(1, z))');
console.log('kinks:', ramp.kinks.length); // 2
// One that is linear on each side of zero has the closed forms of leaky ReLU.
const bent = await expressionActivation('max(z/4, z)');

// The averages of the other two are integrals, so ask for no more digits than you need: the default tolerance is 1e-10.
const settings = { initial: { overlap: 0.1, length: 1 }, times: [1], relativeTolerance: 1e-4 };
const overlap = (activation: Activation): number =>
  solve({ rule: sgd({ activation, learningRate: 0.5 }), ...settings }).at(1).overlap;
console.log('R at t = 1, tanh:', overlap(tanh)); // 0.2788
console.log('R at t = 1, max(-1, min(1, z)):', overlap(ramp)); // 0.3163
console.log('R at t = 1, max(z/4, z):', overlap(bent)); // 0.2957
console.log('the same, closed form:', overlap(leakyRelu(0.25))); // 0.2957
