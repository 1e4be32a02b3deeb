// Finds how large the learning rate of four rules may be at frozen length, in the two forms in which papers give it.
import {
  batchNormalization,
  learningRates,
  relu,
  sgd,
  weightNormalization,
  type LearningRateFamily,
  type MaximumLearningRate,
} from 'order-parameters';

const batchSize = 8;
const gammaDecay = 3 / (8 * batchSize); // that of batch normalization according to Theorem 1, for ReLU
const common = { activation: relu, batchSize };

/** Largest η/L² and ηγ/L² at which a student near its teacher still comes closer; L is held, but for SGD, where both are η. */
function largest(family: LearningRateFamily): MaximumLearningRate {
  const { maximumLearningRate, message } = learningRates({ family, learningRate: 1 });
  if (maximumLearningRate === undefined) throw new Error(message);
  return maximumLearningRate;
}

const plain = largest((learningRate) => sgd({ ...common, learningRate }));
console.log('SGD:', plain.reduced); // 16

const weights = largest((learningRate) => weightNormalization({ ...common, learningRate }));
console.log('WN, η/L²:', weights.reduced); // 16

const decay = largest((learningRate) => weightNormalization({ ...common, learningRate, gammaDecay }));
console.log('WN + gamma decay, η/L²:', decay.reduced); // 19.21784
console.log('WN + gamma decay, ηγ/L²:', decay.effective); // 17.5706

const batch = largest((learningRate) => batchNormalization({ ...common, learningRate }));
console.log('BN, exact, η/L²:', batch.reduced); // 14.35
console.log('BN, exact, ηγ/L²:', batch.effective); // 13.04
