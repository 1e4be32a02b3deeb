import { Moment, type SampleFields, type Wedge } from './sector-moments.js';

const FULL = 4 * Math.PI;

// Rows: inward normals n, and unit edges e, edge k opposite to face k. `sine` is |eᵢ × eⱼ| of the edges of face k.
const normal = new Float64Array(9);
const normalLength = new Float64Array(3);
const edge = new Float64Array(9);
const crossLength = new Float64Array(3);
const sine = new Float64Array(3);
const faceVector = new Float64Array(9);

function dot(a: Float64Array, i: number, j: number): number {
  return a[3 * i]! * a[3 * j]! + a[3 * i + 1]! * a[3 * j + 1]! + a[3 * i + 2]! * a[3 * j + 2]!;
}

function setNormal(k: number, x: number, y: number, z: number): void {
  normal[3 * k] = x;
  normal[3 * k + 1] = y;
  normal[3 * k + 2] = z;
  normalLength[k] = Math.sqrt(x * x + y * y + z * z);
}

function setEdge(k: number, x: number, y: number, z: number): number {
  const length = Math.sqrt(x * x + y * y + z * z);
  edge[3 * k] = x / length;
  edge[3 * k + 1] = y / length;
  edge[3 * k + 2] = z / length;
  return length;
}

/**
 * Normals, edges and their sines for the cone { ±u′ > 0, aω + bt > 0, cω + dt > 0 }; gives back the determinant of the
 * edges. The cross products of u′, ω and t have entries without differences, so that nothing cancels at small s.
 */
function setCone({ mu, sigma, along, noise, side }: SampleFields, { a, b, c, d }: Wedge): number {
  const k = a * d - b * c;
  const turn = Math.sign(k);
  setNormal(0, side, 0, 0);
  setNormal(1, a * mu + b * along, a * sigma, b * noise);
  setNormal(2, c * mu + d * along, c * sigma, d * noise);
  const fieldLength = setEdge(0, side * sigma * noise, -side * mu * noise, -side * sigma * along);
  const second = setEdge(1, 0, turn * d * noise, -turn * c * sigma);
  const third = setEdge(2, 0, -turn * b * noise, turn * a * sigma);
  crossLength[0] = Math.abs(k) * fieldLength;
  crossLength[1] = second;
  crossLength[2] = third;
  const volume = sigma * noise;
  sine[0] = (Math.abs(k) * volume) / (second * third);
  sine[1] = (normalLength[1]! * volume) / (third * fieldLength);
  sine[2] = (normalLength[2]! * volume) / (second * fieldLength);
  return (sine[0] * volume) / fieldLength;
}

/**
 * Solid angle of the cone. The formula of Van Oosterom and Strackee (IEEE Trans. Biomed. Eng. 30, 125 (1983)) keeps the
 * relative precision of thin cones; where its denominator cancels, Girard's sum of the angles between faces does not.
 */
function solidAngle(determinant: number): number {
  const denominator = 1 + dot(edge, 0, 1) + dot(edge, 1, 2) + dot(edge, 2, 0);
  if (denominator > 0.5) return 2 * Math.atan2(determinant, denominator);
  let sum = -Math.PI;
  for (let k = 0; k < 3; k++) {
    sum += Math.atan2(crossLength[k]!, -dot(normal, (k + 1) % 3, (k + 2) % 3));
  }
  return sum;
}

/** The integral of the direction over the angle β of face k: (eᵢ + eⱼ) tan(β/2), or the same as n × (eᵢ − eⱼ) for wide β. */
function setFaceVector(k: number, orientation: number): void {
  const i = 3 * ((k + 1) % 3);
  const j = 3 * ((k + 2) % 3);
  const cosine = dot(edge, i / 3, j / 3);
  if (cosine > 0) {
    const tangent = sine[k]! / (1 + cosine);
    for (let c = 0; c < 3; c++) faceVector[3 * k + c] = tangent * (edge[i + c]! + edge[j + c]!);
    return;
  }
  const scale = orientation / normalLength[k]!;
  for (let c = 0; c < 3; c++) {
    const [c1, c2] = [(c + 1) % 3, (c + 2) % 3];
    faceVector[3 * k + c] =
      scale *
      (normal[3 * k + c1]! * (edge[i + c2]! - edge[j + c2]!) -
        normal[3 * k + c2]! * (edge[i + c1]! - edge[j + c1]!));
  }
}

/**
 * Moments of three independent standard normals over the cone of one sign of u′ and one wedge, with label noise s > 0.
 *
 * By Stein's lemma E[xᵢxⱼ 1] = δᵢⱼ P + Σ_k n̂ₖⱼ (wₖ)ᵢ/4π with P the solid angle over 4π and wₖ the integral of the direction
 * over the angle of face k.
 */
export function coneMoments(fields: SampleFields, wedge: Wedge, out: Float64Array): void {
  const angle = solidAngle(setCone(fields, wedge));
  const orientation = fields.side * Math.sign(wedge.a * wedge.d - wedge.b * wedge.c);
  for (let k = 0; k < 3; k++) setFaceVector(k, orientation);
  out[Moment.probability] = angle / FULL;
  let place: number = Moment.uu;
  for (let i = 0; i < 3; i++) {
    for (let j = i; j < 3; j++) {
      let sum = i === j ? angle : 0;
      for (let k = 0; k < 3; k++) sum += (faceVector[3 * k + i]! * normal[3 * k + j]!) / normalLength[k]!;
      out[place++] = sum / FULL;
    }
  }
  out[Moment.faceAngle] = Math.atan2(sine[1]!, dot(edge, 2, 0));
}
