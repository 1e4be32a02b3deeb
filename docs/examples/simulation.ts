// Trains 200 students and asks whether their means and their spread are those of the theory.
import { compareWithTheory, relu, simulate, solveFluctuations, weightNormalization } from 'order-parameters';

const rule = weightNormalization({
  activation: relu,
  learningRate: 0.5,
  gammaDecay: 0.2,
  noiseVariance: 0.05,
});
const initial = { gamma: 0.5, overlap: 0.1, length: 0.8 };
const times = [1, 3, 5];
const dimension = 500;
const runs = 200;

const theory = solveFluctuations({ rule, initial, times });
const simulation = simulate({ rule, initial, times, dimension, engine: 'dimension-free', runs, seed: 1 });

// Means: one z-score for each time, and Hotelling's test of everything at once, since z-scores are correlated.
const comparison = compareWithTheory(simulation, theory);
for (const { time, mean, standardError, theory: expected, z } of comparison.series('overlap')) {
  const measured = `${mean.toFixed(4)} ± ${standardError.toFixed(4)}`;
  console.log(`t = ${time}: R = ${measured}, theory ${expected.toFixed(4)}, z = ${z.toFixed(2)}`);
}
console.log('p-value of all order parameters together:', comparison.overall?.pValue);

// Spread: the standard deviation of one run at this N.
const predicted = theory.deviation('overlap', dimension);
simulation.series('overlap').forEach(({ standardError }, i) => {
  const measured = standardError * Math.sqrt(runs);
  console.log(`t = ${times[i]}: deviation of R ${measured.toFixed(4)}, theory ${predicted[i].toFixed(4)}`);
});
