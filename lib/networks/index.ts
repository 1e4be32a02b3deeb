/** Small convolutional networks on images: an entry of its own, `order-parameters/networks`. */
export { loadImages, type ImageData } from './images/load-images.js';
export type { ImageSet } from './images/image-set.js';
export { methodNames, type MethodName } from './methods/index.js';
export { mimicNetworksAsync, type ComparedCurve, type MimickedNetworks, type Mimicry } from './mimic.js';
export type { MimicOptions, NetworkDecay, NetworksOptions } from './options.js';
export { trainNetworks, trainNetworksAsync, type TrainedNetworks } from './train-networks.js';
export type { Candidate, Choice } from './choose.js';
export type { LayerFigures } from './measure.js';
export type { EpochFigures } from './epoch-figures.js';
export type { NetworkEnding, NetworkRun } from './train-one.js';
