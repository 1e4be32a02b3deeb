// Computes learning curves of students trained on P = αN samples, and the gamma decay that serves them best.
import { generalizationCurve, linearGeneralization, optimalGammaDecay, relu } from 'order-parameters';

// The linear student in closed form. Without decay its error has a peak at α = 1; the best decay removes it.
const noiseVariance = 0.25;
for (const load of [0.5, 0.9, 1.1, 2, 4]) {
  const best = optimalGammaDecay({ load, noiseVariance });
  const [without, decayed] = [0, best].map((gammaDecay) =>
    linearGeneralization({ load, noiseVariance, gammaDecay }).generalizationError.toFixed(4),
  );
  console.log(`α = ${load}: ε = ${without} without decay, ${decayed} with ζ = ${best.toFixed(4)}`);
}
console.log('best ζ at α = 2:', optimalGammaDecay({ load: 2, noiseVariance })); // 0.125

// ReLU by the replica-symmetric saddle point, which is an approximation where the diagnostics say so.
const problem = { activation: relu, gammaDecay: 0.25, noiseVariance: 0.05, loads: [1, 2, 4] };
for (const point of generalizationCurve(problem).upward) {
  console.log(
    `ReLU, α = ${point.load}, ${point.outcome}: jump density ${point.diagnostics.jumpDensity.toFixed(3)}`,
  );
  console.log('  ε =', point.generalizationError);
}
