import { gammaNorm, layerFigures, lossesOn, prepareTests, type LayerFigures } from './measure.js';
import type { Network } from './network.js';
import type { SplitImages } from './split-images.js';

/** A network after an epoch; epoch 0 is before training. */
export interface EpochFigures extends LayerFigures {
  /** Its number, from 0. */
  readonly epoch: number;
  /** Mean cross-entropy, in nats, of the images that are trained on, tested as the others are. */
  readonly trainingLoss: number;
  /** That of the images held out of training. */
  readonly validationLoss: number;
  /** Share of the held-out images whose class has the largest logit. */
  readonly validationAccuracy: number;
  /** Mean cross-entropy of the test images. */
  readonly testLoss: number;
  /** Share of the test images whose class has the largest logit. */
  readonly testAccuracy: number;
  /** √Σγ² over the channels of all layers. */
  readonly gammaNorm: number;
  /** ζ of each layer in this epoch; 0 before training. */
  readonly gammaDecay: readonly number[];
}

/** Measures a network after an epoch. */
export function epochFigures(
  network: Network,
  images: SplitImages,
  epoch: number,
  learningRate: number,
  gammaDecay: readonly number[],
): EpochFigures {
  prepareTests(network, images.training);
  const [training, heldOut, test] = [images.training, images.heldOut, images.test].map((set) =>
    lossesOn(network, set),
  );
  return {
    epoch,
    trainingLoss: training!.loss,
    validationLoss: heldOut!.loss,
    validationAccuracy: heldOut!.accuracy,
    testLoss: test!.loss,
    testAccuracy: test!.accuracy,
    gammaNorm: gammaNorm(network),
    gammaDecay,
    ...layerFigures(network, images.heldOut, learningRate),
  };
}

/** Whether all losses are finite. */
export function hasFiniteLosses({ trainingLoss, validationLoss, testLoss }: EpochFigures): boolean {
  return [trainingLoss, validationLoss, testLoss].every(Number.isFinite);
}
