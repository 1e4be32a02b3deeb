import type { BatchStatistics } from './statistics.js';

/**
 * How finely the integrals over s, μ and v̂ are taken, and how many polynomials of v̂ are kept for pairs; by the deviation alone those
 * over r and θ, nodes of θ for each panel.
 */
export interface Resolution {
  readonly deviations: number;
  readonly means: number;
  /** Nodes of one rule for v̂, or of each panel besides what the polynomials ask for. */
  readonly fields: number;
  readonly terms: number;
  /** Widest panel of the table of smoothed labels, and nodes on each panel of the smoothing. */
  readonly panel: number;
  readonly smoothing: number;
}

/**
 * Resolutions from coarse to fine, and the estimated error at which to stop. The error of the finer of two is taken as a
 * quarter of their difference: far too much for smooth activations, whose rules converge exponentially, and also where g′
 * jumps, whose sum over polynomials ends smoothly.
 */
export interface Resolutions {
  readonly ladder: readonly Resolution[];
  readonly mostTerms: number;
  readonly tolerance: number;
}

/** Gauss rules over the whole law, for an activation without kinks. */
export const smoothResolutions: Resolutions = {
  ladder: [
    { deviations: 8, means: 10, fields: 16, terms: 12, panel: 2, smoothing: 14 },
    { deviations: 12, means: 14, fields: 24, terms: 20, panel: 1.5, smoothing: 20 },
    { deviations: 16, means: 20, fields: 36, terms: 32, panel: 1.2, smoothing: 28 },
    { deviations: 22, means: 28, fields: 60, terms: 56, panel: 1, smoothing: 36 },
    { deviations: 30, means: 40, fields: 110, terms: 100, panel: 0.7, smoothing: 44 },
    { deviations: 40, means: 60, fields: 200, terms: 190, panel: 0.5, smoothing: 52 },
  ],
  mostTerms: 190,
  tolerance: 1e-9,
};

/** Gauss–Legendre rules on panels between kinks. */
export const kinkedResolutions: Resolutions = {
  ladder: [
    { deviations: 10, means: 10, fields: 12, terms: 16, panel: 2, smoothing: 14 },
    { deviations: 14, means: 14, fields: 14, terms: 32, panel: 1.5, smoothing: 18 },
    { deviations: 18, means: 16, fields: 16, terms: 64, panel: 1.2, smoothing: 22 },
    { deviations: 22, means: 18, fields: 18, terms: 128, panel: 1, smoothing: 26 },
    { deviations: 26, means: 20, fields: 20, terms: 320, panel: 0.8, smoothing: 32 },
  ],
  mostTerms: 320,
  tolerance: 1e-8,
};

/** The same for normalization by the deviation alone, whose averages are smoother in r than in s, and less smooth in θ than in μ. */
const smoothDeviationResolutions: Resolutions = {
  ladder: [
    { deviations: 6, means: 12, fields: 16, terms: 12, panel: 2, smoothing: 14 },
    { deviations: 8, means: 16, fields: 24, terms: 20, panel: 1.5, smoothing: 20 },
    { deviations: 10, means: 24, fields: 36, terms: 32, panel: 1.2, smoothing: 28 },
    { deviations: 14, means: 34, fields: 60, terms: 56, panel: 1, smoothing: 36 },
    { deviations: 20, means: 48, fields: 110, terms: 100, panel: 0.7, smoothing: 44 },
  ],
  mostTerms: 100,
  tolerance: 1e-9,
};

/** And with kinks. */
const kinkedDeviationResolutions: Resolutions = {
  ladder: [
    { deviations: 8, means: 8, fields: 10, terms: 12, panel: 2, smoothing: 14 },
    { deviations: 12, means: 11, fields: 12, terms: 20, panel: 1.5, smoothing: 18 },
    { deviations: 16, means: 14, fields: 14, terms: 32, panel: 1.2, smoothing: 22 },
    { deviations: 22, means: 18, fields: 16, terms: 64, panel: 1, smoothing: 26 },
    { deviations: 28, means: 22, fields: 18, terms: 128, panel: 0.8, smoothing: 32 },
  ],
  mostTerms: 128,
  tolerance: 1e-8,
};

/** The resolutions for a way to normalize, with kinks or without. */
export function resolutionsOf(statistics: BatchStatistics, kinked: boolean): Resolutions {
  if (statistics === 'deviation') return kinked ? kinkedDeviationResolutions : smoothDeviationResolutions;
  return kinked ? kinkedResolutions : smoothResolutions;
}
