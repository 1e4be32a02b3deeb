import { arcMinusSine, sineMinusArc } from '../../gaussian/angle.js';
import { gaussLegendre } from '../../numerics/gauss-legendre.js';
import { Average } from '../channel.js';
import { Moment, MOMENTS, sectorMoments, type Wedge } from './sector-moments.js';
import { planeDensity, PlaneMoment, planeMoments, PLANE_MOMENTS, type Plane } from './plane-moments.js';

// Eight nodes integrate over half the distance to the nearest singularity to rounding.
const NODES = 8;
const PANEL = 0.5;
// With little noise, and next to the teacher, where the moments of cones lose the square of the size of what is left, more
// panels than one are worth their cost: 34 of them for the largest reach.
const LARGEST_REACH = 1e6;
const LITTLE_NOISE = 1e-3;
const NEAR = 0.1;
const LARGEST_LOSS = 100;

/** F = (c₀ + c₁κ) t and the residual (c₂ + c₃κ) t on the plane ω = −κt. */
type Lines = [number, number, number, number];

/** Averages of two slopes a > b ≥ 0 where V is small against everything else; see `shortStepAverages`. */
export interface ShortStepAverages {
  /** Whether the wedges are thin enough at these order parameters. */
  holds(mu: number, sigma: number, inverse: number, gap: number): boolean;
  /** Writes the averages as a `Channel` does; gives back E[(∂F/∂ω)²] away from the jumps. */
  average(mu: number, sigma: number, inverse: number, gap: number, out: Float64Array): number;
}

/**
 * Averages of two slopes a > b ≥ 0 where a Moreau step hardly moves the field, V → 0.
 *
 * Then F is almost F₀ = s (t − sω)/(p + s²), with s = a at ω > 0 and s = b at ω < 0, which has averages over sectors. It differs in
 * three thin wedges only, between planes ω = −κt: for t > 0 at 0 < κ < κ_J, where a student below zero is pulled over it, for t < 0 at
 * b/p < κ < a/p, where the step rests at zero, and at κ < b/p, where it passes on below. These are integrals over κ of averages over
 * a plane, all of one sign: their sum keeps its digits where the second moments of a thin cone cancel. And near a teacher of the same
 * slopes F₀ has T − μ for a factor, which is asked for.
 *
 * @param labels the slopes of the teacher
 */
export function shortStepAverages(
  a: number,
  b: number,
  deviation: number,
  teacherLength: number,
  labels: readonly [number, number] = [a, b],
): ShortStepAverages {
  const alike = labels[0] === a && labels[1] === b;
  const { nodes, weights } = gaussLegendre(NODES);
  const plane: Plane = { mu: 0, sigma: 1, along: 0, noise: deviation, side: 1, sign: 1, kappa: 0 };
  const moments = new Float64Array(PLANE_MOMENTS);
  const [above, below, old, change]: [Lines, Lines, Lines, Lines] = [
    [0, 0, 0, 0],
    [0, 0, 0, 0],
    [0, 0, 0, 0],
    [0, 0, 0, 0],
  ];
  const rest: Lines = [0, 1, 1, 0];
  const sector: Wedge = { a: 1, b: 0, c: 1, d: 0 };
  const sectorOut = new Float64Array(MOMENTS);
  let slopeSquare = 0;

  /** Whether ω and the mean label have one sign, so that averages over a plane are singular at κ of negative real part only. */
  const isAlong = (mu: number): boolean => mu * labels[0] >= 0 && mu * labels[1] >= 0;

  /** Distance in κ from the interval κ > 0 to where the averages over a plane are singular. */
  function clearance(mu: number, sigma: number): number {
    const steepest = Math.hypot(
      deviation,
      Math.max(Math.abs(labels[0]), Math.abs(labels[1])) * teacherLength,
    );
    const turned = (isAlong(mu) ? Math.hypot(mu, sigma) : sigma) / steepest;
    return deviation === 0 ? turned : Math.min(turned, sigma / deviation);
  }

  function holds(mu: number, sigma: number, p: number, gap: number): boolean {
    const reach = a / p / clearance(mu, sigma);
    if (reach <= PANEL) return true;
    if (reach > LARGEST_REACH) return false;
    if (deviation > 0 && deviation < LITTLE_NOISE * teacherLength) return true;
    if (!alike) return false;
    const size = Math.max(Math.abs(gap), sigma, deviation) / teacherLength;
    return size < NEAR && reach * size * size < LARGEST_LOSS;
  }

  /** Averages of F₀ and of its residual, for any teacher. */
  function addAnySectors(p: number, out: Float64Array): void {
    out.fill(0);
    slopeSquare = 0;
    for (plane.side = 1; plane.side >= -1; plane.side -= 2) {
      const along = teacherLength * (plane.side > 0 ? labels[0] : labels[1]);
      for (const slope of [a, b]) {
        sector.a = sector.c = slope === a ? 1 : -1;
        sectorMoments(plane, sector, sectorOut);
        const [gain, rest] = [slope / (p + slope * slope), p / (p + slope * slope)];
        // t − sω = c u′ + d z + ξ
        const [c, d] = [along - slope * plane.mu, -slope * plane.sigma];
        const cu = c * sectorOut[Moment.uu]! + d * sectorOut[Moment.uz]!;
        const cz = c * sectorOut[Moment.uz]! + d * sectorOut[Moment.zz]!;
        const square = c * cu + d * cz + deviation * deviation * sectorOut[Moment.probability]!;
        out[Average.alongTeacher]! += gain * cu;
        out[Average.acrossTeacher]! += gain * cz;
        out[Average.square]! += gain * gain * square;
        out[Average.residual]! += rest * rest * square;
        slopeSquare += (slope * gain) ** 2 * sectorOut[Moment.probability]!;
      }
    }
  }

  /** The same for a teacher of the same slopes, where T − μ is a factor. */
  function addSectors(p: number, gap: number, out: Float64Array): void {
    const { mu, sigma } = plane;
    const [gainA, gainB] = [a / (p + a * a), b / (p + b * b)];
    const angle = Math.atan2(sigma, mu);
    // Over the sector between the planes u′ = 0 and ω = 0: E[u′²], E[u′z] and E[u′ω].
    const uu = arcMinusSine(angle) / (2 * Math.PI);
    const uz = -(Math.sin(angle) ** 2) / (2 * Math.PI);
    const uw = (-Math.hypot(mu, sigma) * sineMinusArc(angle)) / (2 * Math.PI);
    const lever = (a - b) * teacherLength;
    out[Average.alongTeacher] = (gainA * (a * gap) + gainB * (b * gap)) / 2 - (gainA - gainB) * lever * uu;
    out[Average.acrossTeacher] = (-(gainA * a + gainB * b) * sigma) / 2 - (gainA - gainB) * lever * uz;
    const spread = gap * gap + sigma * sigma;
    const shared = (a + b) * teacherLength * uu;
    const above = (a * a * spread + deviation * deviation) / 2 - lever * (shared - 2 * a * uw);
    const below = (b * b * spread + deviation * deviation) / 2 + lever * (shared - 2 * b * uw);
    out[Average.square] = gainA * gainA * above + gainB * gainB * below;
    out[Average.residual] = (p / (p + a * a)) ** 2 * above + (p / (p + b * b)) ** 2 * below;
    slopeSquare = ((a * gainA) ** 2 + (b * gainB) ** 2) / 2;
  }

  /** Adds what becomes of the averages where F₀ and its residual change in the wedge from < κ < to, and (∂F/∂ω)² by `slopes`. */
  function addWedge(sign: number, from: number, to: number, slopes: number, out: Float64Array): void {
    plane.sign = sign;
    const { mu, sigma } = plane;
    const clear = clearance(mu, sigma);
    const along = isAlong(mu);
    const turn = sigma / Math.hypot(mu, sigma);
    for (let left = from; left < to;) {
      const distance = along ? Math.hypot(left, clear) : Math.max(turn * left, clear);
      const right = Math.min(to, left + PANEL * distance);
      for (plane.side = 1; plane.side >= -1; plane.side -= 2) addPanel(left, right, slopes, out);
      left = right;
    }
  }

  function addPanel(from: number, to: number, slopes: number, out: Float64Array): void {
    plane.along = teacherLength * (plane.side > 0 ? labels[0] : labels[1]);
    for (let i = 0; i < NODES; i++) {
      const kappa = from + ((to - from) * (1 + nodes[i]!)) / 2;
      const weight = ((to - from) / 2) * weights[i]!;
      plane.kappa = kappa;
      planeMoments(plane, moments);
      const df = weight * (change[0] + change[1] * kappa);
      const dr = weight * (change[2] + change[3] * kappa);
      const f = 2 * (old[0] + old[1] * kappa) + change[0] + change[1] * kappa;
      const r = 2 * (old[2] + old[3] * kappa) + change[2] + change[3] * kappa;
      out[Average.alongTeacher]! += df * moments[PlaneMoment.tu]!;
      out[Average.acrossTeacher]! += df * moments[PlaneMoment.tz]!;
      out[Average.square]! += df * f * moments[PlaneMoment.tt]!;
      out[Average.residual]! += dr * r * moments[PlaneMoment.tt]!;
      slopeSquare += weight * slopes * moments[PlaneMoment.mass]!;
    }
  }

  function branch(slope: number, p: number, out: Lines): void {
    const scale = 1 / (p + slope * slope);
    out[0] = slope * scale;
    out[1] = slope * slope * scale;
    out[2] = p * scale;
    out[3] = slope * p * scale;
  }

  function setChange(from: Lines, to: Lines): void {
    for (let i = 0; i < 4; i++) {
      old[i] = from[i]!;
      change[i] = to[i]! - from[i]!;
    }
  }

  function addWedges(p: number, out: Float64Array): void {
    branch(a, p, above);
    branch(b, p, below);
    const [rootA, rootB] = [Math.sqrt(p + a * a), Math.sqrt(p + b * b)];
    // κ_J = (A − B)/(aB − bA), without cancellation.
    const jump = (a * rootB + b * rootA) / (p * (rootA + rootB));
    setChange(below, above);
    addWedge(1, 0, jump, above[1] ** 2 - below[1] ** 2, out);
    setChange(above, below);
    addWedge(-1, 0, b / p, below[1] ** 2 - above[1] ** 2, out);
    // F = −ω and the residual t.
    setChange(above, rest);
    [change[0], change[1], change[2]] = [-above[0], above[2], above[1]];
    addWedge(-1, b / p, a / p, 1 - above[1] ** 2, out);
    plane.kappa = jump;
    plane.sign = 1;
    out[Average.jumpDensity] = 0;
    for (plane.side = 1; plane.side >= -1; plane.side -= 2) {
      plane.along = teacherLength * (plane.side > 0 ? labels[0] : labels[1]);
      out[Average.jumpDensity]! += planeDensity(plane);
    }
  }

  return {
    holds,
    average(mu, sigma, p, gap, out) {
      plane.mu = mu;
      plane.sigma = sigma;
      if (alike) addSectors(p, gap, out);
      else addAnySectors(p, out);
      addWedges(p, out);
      return slopeSquare;
    },
  };
}
