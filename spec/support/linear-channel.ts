import { AVERAGES, Average, MOST_CLOSED_AVERAGES, type Channel } from '../../lib/generalization/channel.js';

/**
 * Averages of teacher and student of one slope a ≠ 0: F = a (t − aω)/(p + a²) is linear, and so is the residual F p/a.
 */
export function linearChannel(slope: number, noiseVariance: number, teacherLength: number): Channel {
  return {
    exponent: 1,
    mostAverages: MOST_CLOSED_AVERAGES,
    average(mu, sigma, p, out) {
      const gain = slope / (p + slope * slope);
      const gap = slope * (teacherLength - mu);
      out.fill(0, 0, AVERAGES);
      out[Average.alongTeacher] = gain * gap;
      out[Average.acrossTeacher] = -slope * gain * sigma;
      out[Average.square] = gain * gain * (gap * gap + slope * slope * sigma * sigma + noiseVariance);
      out[Average.residual] = out[Average.square] * (p / slope) ** 2;
      return 0;
    },
    slopeSquare: (_mu, _sigma, p) => ((slope * slope) / (p + slope * slope)) ** 2,
    generalizationError: (mu, sigma) => slope * slope * ((teacherLength - mu) ** 2 + sigma * sigma),
  };
}
