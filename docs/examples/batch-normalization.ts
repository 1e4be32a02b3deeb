// Sets exact batch normalization beside its decomposition, population normalization with the published gamma decay.
import { compareDecomposition, relu } from 'order-parameters';

const { points, powers } = compareDecomposition({
  activation: relu,
  batchSizes: [8, 32, 128, 512],
  learningRate: 0.5,
  noiseVariance: 0.05,
  initial: { gamma: 0.5, overlap: 0.1, length: 1 },
  until: 40,
});
for (const { batchSize, gammaDecay, exact, decomposed, errorGap } of points) {
  console.log(`M = ${batchSize}, ζ = 3/(8M) = ${gammaDecay.toFixed(5)}`);
  console.log(`  γ at R = 1: exact ${exact.gamma.toFixed(6)}, decomposed ${decomposed.gamma.toFixed(6)}`);
  console.log('  largest gap between the two ε(t):', errorGap);
}

// The gap closes as 1/M.
console.log('power of M, fitted:', powers.errorGap?.power); // -1.03
