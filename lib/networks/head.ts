import type { KernelMemory, Kernels } from './kernel-memory.js';

/** The linear head: classes from features, with softmax and cross-entropy. */
export interface Head {
  readonly classes: number;
  /** [image][feature], and its gradient. */
  readonly features: Float32Array;
  readonly featureGradient: Float32Array;
  /** [class][feature], and its gradient. */
  readonly weights: Float32Array;
  readonly weightGradient: Float32Array;
  readonly bias: Float64Array;
  readonly biasGradient: Float64Array;
  /** Logits without bias; after `crossEntropy` ∂loss/∂logit, [image][class]. */
  readonly logits: Float32Array;
}

/** A head with everything 0. */
export function layHead(memory: KernelMemory, capacity: number, features: number, classes: number): Head {
  return {
    classes,
    features: memory.floats(capacity * features),
    featureGradient: memory.floats(capacity * features),
    weights: memory.floats(classes * features),
    weightGradient: memory.floats(classes * features),
    bias: new Float64Array(classes),
    biasGradient: new Float64Array(classes),
    logits: memory.floats(capacity * classes),
  };
}

/** Loss and hits over some images. */
export interface Score {
  /** Σ −ln p of the right class. */
  loss: number;
  /** Images whose right class has the largest logit. */
  hits: number;
}

/**
 * Adds cross-entropy and hits of so many images to a score, and writes the gradient of the mean loss in place of the logits:
 * (p − 1 at the right class)/images.
 */
function crossEntropy(
  { classes, logits, bias }: Head,
  labels: Uint8Array,
  images: number,
  score: Score,
): void {
  for (let i = 0; i < images; i++) {
    const at = i * classes;
    let [most, best] = [-Infinity, 0];
    for (let k = 0; k < classes; k++) {
      const logit = logits[at + k]! + bias[k]!;
      if (logit > most) [most, best] = [logit, k];
    }
    let total = 0;
    for (let k = 0; k < classes; k++) total += Math.exp(logits[at + k]! + bias[k]! - most);
    const label = labels[i]!;
    score.loss += Math.log(total) + most - (logits[at + label]! + bias[label]!);
    if (best === label) score.hits++;
    for (let k = 0; k < classes; k++) {
      const probability = Math.exp(logits[at + k]! + bias[k]! - most) / total;
      logits[at + k] = (probability - (k === label ? 1 : 0)) / images;
    }
  }
}

/** From features to a score. */
export function scoreHead(
  kernels: Kernels,
  head: Head,
  labels: Uint8Array,
  images: number,
  score: Score,
): void {
  const { features, weights, logits, classes } = head;
  kernels.head(
    ...[features.byteOffset, weights.byteOffset, logits.byteOffset],
    ...[images, weights.length / classes, classes],
  );
  crossEntropy(head, labels, images, score);
}

/** All gradients of the head, from those that `scoreHead` left. */
export function backHead(kernels: Kernels, head: Head, images: number): void {
  const { features, weights, logits, classes, biasGradient } = head;
  biasGradient.fill(0);
  for (let i = 0; i < images * classes; i++) biasGradient[i % classes]! += logits[i]!;
  kernels.headBack(
    ...[features.byteOffset, weights.byteOffset, logits.byteOffset],
    ...[head.weightGradient.byteOffset, head.featureGradient.byteOffset],
    ...[images, weights.length / classes, classes],
  );
}
