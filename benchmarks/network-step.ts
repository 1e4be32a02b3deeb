import { methods, type MethodName } from '../lib/networks/methods/index.js';
import {
  backward,
  drawWeights,
  emptyNetwork,
  forward,
  measurePopulation,
  placeImages,
} from '../lib/networks/network.js';
import { momentumSgd } from '../lib/networks/optimizer.js';
import { fillNormal } from '../lib/random/normal-deviates.js';
import { randomStream } from '../lib/random/random-stream.js';

/** A step of training on images of noise: forward, backward, and the change of all parameters, at widths 16 and 32. */
export function networkStep(
  method: MethodName,
  { size, colors, batchSize }: { size: number; colors: number; batchSize: number },
): () => void {
  const image = { height: size, width: size, colors, widths: [16, 32], classes: 10 };
  const network = emptyNetwork({ ...image, capacity: batchSize, hasDropout: false }, methods[method]);
  drawWeights(network, randomStream(1), false);
  const deviates = new Float64Array(batchSize * size * size * colors);
  fillNormal(randomStream(2), deviates);
  const order = Uint32Array.from({ length: batchSize }, (_, i) => i);
  const set = {
    values: Float32Array.from(deviates),
    labels: Uint8Array.from(order, (i) => i % 10),
    count: batchSize,
  };
  measurePopulation(network, set);
  const optimizer = momentumSgd(network, 0.9);
  return () => {
    placeImages(network, set, order, 0, batchSize);
    forward(network, batchSize, false, { loss: 0, hits: 0 });
    backward(network, batchSize);
    // So little that labels of noise are not learnt, and all steps are alike.
    optimizer.step(1e-6);
  };
}
