/** The same of networks. */
import * as networks from '../../lib/networks/index.js';
import type { Entry } from './call.js';
import { control, count, flag, leaf, list, maybe, options, text, word, type Shape } from './shapes.js';

/** Sixteen images of 4 × 4 pixels. */
function imageSet(): networks.ImageSet {
  const size = { count: 16, height: 4, width: 4, channels: 1, classes: 2 };
  const pixels = Uint8Array.from({ length: 256 }, (_, k) => (37 * k) % 251);
  return { ...size, pixels, labels: Uint8Array.from({ length: 16 }, (_, i) => i % 2) };
}

const belowOne = (value: number): Shape =>
  leaf(value, (other) => typeof other === 'number' && other >= 0 && other < 1);
const oneOrMore = (value: number, isAllowed: (value: number) => boolean): Shape => {
  const isOne = (other: unknown): boolean => typeof other === 'number' && isAllowed(other);
  return leaf(
    value,
    (other) => isOne(other) || (Array.isArray(other) && other.length > 0 && other.every(isOne)),
  );
};

const networkOptions = {
  data: options({ name: text('made up'), training: leaf(imageSet()), test: leaf(imageSet()) }),
  method: word('batch-normalization'),
  batchSize: count(4, 2, 8),
  learningRate: oneOrMore(0.01, (rate) => rate > 0 && rate < Infinity),
  gammaDecay: maybe(oneOrMore(0, (decay) => decay >= 0 && decay < Infinity)),
  epochs: count(1, 1, 1e6),
  // Called in training, where what it gives is not looked at.
  schedule: maybe(
    leaf(
      () => 1,
      (other) => typeof other === 'function',
    ),
  ),
  momentum: maybe(belowOne(0.9)),
  dropout: maybe(belowOne(0)),
  widths: maybe(list([leaf(8), leaf(8)])),
  imageSize: maybe(leaf(4)),
  images: maybe(count(8, 4, 12)),
  heldOut: maybe(count(4, 1, 8)),
  refresh: maybe(count(8, 1)),
  runs: maybe(count(2, 1, 2 ** 20)),
  choiceRuns: maybe(count(1, 1, 2 ** 20)),
  seed: maybe(count(1, 0)),
  sweepPoint: maybe(count(0, 0, 2 ** 32 - 1)),
  reliance: maybe(flag(false)),
};

export const networkEntries: Readonly<Record<string, Entry>> = {
  loadImages: {
    call: networks.loadImages,
    takes: { data: leaf('fashion-mnist', (other) => typeof other === 'string' && other.length > 4096) },
  },
  trainNetworks: { call: networks.trainNetworks, takes: { options: options(networkOptions) } },
  trainNetworksAsync: {
    call: networks.trainNetworksAsync,
    takes: { options: options(networkOptions), control: control() },
  },
  mimicNetworksAsync: {
    call: networks.mimicNetworksAsync,
    takes: {
      options: options({ ...networkOptions, mimic: word('none'), runs: count(2, 2, 2 ** 20) }),
      control: control(),
    },
  },
};
