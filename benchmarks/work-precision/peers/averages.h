/* Averages over student and teacher fields of ReLU and erf, in closed forms that do not cancel as r = 1 - R -> 0. */
#ifndef AVERAGES_H
#define AVERAGES_H

#include <math.h>

#define PI 3.14159265358979323846

static double clamped(double r) { return r < 0 ? 0 : r > 2 ? 2 : r; }

/* sin x - x cos x over x^3, a series in x^2 that is exact to rounding up to x = 1. */
static double arc_series(double square) {
  static const double c[] = {1.0 / 3, -1.0 / 30, 1.0 / 840, -1.0 / 45360, 1.0 / 3991680, -1.0 / 518918400,
                             1.0 / 93405312000, -1.0 / 22230464256000, 1.0 / 6758061133824000,
                             -1.0 / 2554547108585472000};
  double sum = c[9];
  for (int k = 8; k >= 0; k--) sum = sum * square + c[k];
  return sum;
}

/* E[delta v], E[delta (u - R v)], E[delta^2] without label noise, and E[g'^2] = 1/2, of ReLU. */
typedef struct ReluAverages {
  double sine, cosine, angle, along, across, square; /* angle: phi, or pi - phi above pi/2 */
  int near;
} ReluAverages;

static inline ReluAverages relu_averages(double gamma, double r) {
  ReluAverages a;
  double sign = 1;
  r = clamped(r);
  if (gamma < 0) { /* the field -v with -gamma */
    gamma = -gamma, r = 2 - r, sign = -1;
  }
  double sine2 = r * (2 - r), cosine = fabs(1 - r);
  a.sine = sqrt(sine2), a.cosine = 1 - r, a.near = r < 1;
  a.angle = atan2(a.sine, cosine);
  double x = a.angle;
  double difference = x > 1 ? a.sine - x * cosine : x * x * x * arc_series(x * x); /* sin x - x cos x */
  double area = (x * sine2 - cosine * difference) / PI;                            /* (x - sin x cos x)/pi */
  double arc = difference / PI, gap, floor;
  if (a.near) {
    double shortfall = r - arc;
    gap = gamma - 1 + shortfall;
    floor = shortfall * (2 - shortfall) - area;
    a.across = 0.5 * sine2 * (1 - x / PI);
  } else {
    gap = gamma - arc;
    floor = area - arc * arc;
    a.across = 0.5 * sine2 * x / PI;
  }
  a.along = -0.5 * gap * sign;
  a.square = 0.5 * (gap * gap + floor);
  return a;
}

/* E[(g(x) - g(y))^2] for g(z) = erf(z/sqrt 2) of variances q1, q2 and correlation `cosine`, see lib/gaussian/activations/erf.ts. */
static double erf_difference(double q1, double q2, double difference, double sine2, double cosine) {
  double w1 = 1 / (1 + q1), w2 = 1 / (1 + q2);
  double sin_alpha = q1 * w1, sin_beta = q2 * w2;
  double cos_alpha = sqrt(1 + 2 * q1) * w1, cos_beta = sqrt(1 + 2 * q2) * w2;
  double gap = difference * w1 * w2 * (sin_alpha + sin_beta) / (sin_alpha * cos_beta + sin_beta * cos_alpha);
  double half_gap2 = 0.5 * gap * gap / (1 + sqrt(1 - gap * gap)); /* sin^2(arcsin(gap)/2) */
  double sin_chi = sqrt(sin_alpha * sin_beta), chi = asin(sin_chi);
  double mean = 0.5 * (asin(sin_alpha) + asin(sin_beta));
  double unequal = 2 * asin(half_gap2 / sin(mean + chi));
  double sin_prime = sin_chi * cosine;
  if (cosine <= 0) return 2 / PI * (unequal + 2 * (chi - asin(sin_prime)));
  double arc = sin_chi * sine2 / (sqrt(1 - sin_prime * sin_prime) + cosine * sqrt((1 - sin_chi) * (1 + sin_chi)));
  return 2 / PI * (unequal + 2 * asin(arc));
}

#endif
