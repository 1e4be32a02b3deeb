/*
 * Right-hand sides of the work-precision problems in plain C, the same functions as the package's own: the overlap R
 * stands in the state as r = 1 - R, and the averages are in forms that do not cancel as r -> 0 (lib/gaussian).
 *
 * SYSTEM            PARAMETERS, in order                                             state
 * normalized-relu   learning rate, its gamma, gamma decay, batch size, noise         gamma, r, length
 * bn-identity       learning rate, its gamma, batch size, noise                      gamma, r, length
 * sgd-relu          learning rate, batch size, noise                                 r, length
 * sgd-erf           learning rate, batch size, noise                                 r, length
 * lotka-volterra    -                                                                u, v
 * arenstorf         m                                                                x, y, x', y'
 * van-der-pol       epsilon                                                          y1, y2
 */
#ifndef RIGHT_HAND_SIDES_H
#define RIGHT_HAND_SIDES_H

#include <math.h>
#include <string.h>

#include "averages.h"

#define MOST_PARAMETERS 8
#define MOST_COMPONENTS 4

typedef struct System {
  const char *name;
  int parameters, dimension;
  void (*derivative)(const double *parameters, const double *state, double *out);
  /* Row by row; NULL where no stiff method is asked of the system. */
  void (*jacobian)(const double *parameters, const double *state, double *out);
} System;

static void normalized_relu(const double *p, const double *y, double *out) {
  double gamma = y[0], r = y[1], length = y[2];
  ReluAverages a = relu_averages(gamma, r);
  double x = p[0] * gamma / (length * length);
  double noise = 0.5 * x * x * (a.square + 0.5 * p[4]) / p[3];
  out[0] = p[1] * (a.along - p[2] * gamma);
  out[1] = (1 - r) * noise - x * a.across;
  out[2] = length * noise;
}

/* For gamma > 0 and 0 < r < 2, where solutions are. */
static void normalized_relu_jacobian(const double *p, const double *y, double *out) {
  double gamma = y[0], r = y[1], length = y[2];
  ReluAverages a = relu_averages(gamma, r);
  double gate = a.near ? 1 - a.angle / PI : a.angle / PI; /* 1 - phi/pi */
  double along_r = -0.5 * gate, across_r = 0.5 * (2 * a.cosine * gate - a.sine / PI);
  double square_gamma = -2 * a.along / p[3], square_r = (gamma * gate - a.sine / PI) / p[3];
  double c = (a.square + 0.5 * p[4]) / p[3];
  double per_gamma = p[0] / (length * length), x = per_gamma * gamma, half = 0.5 * x * x;
  double turning = (1 - r) * x * c - a.across;
  out[0] = p[1] * (-0.5 - p[2]);
  out[1] = p[1] * along_r;
  out[2] = 0;
  out[3] = turning * per_gamma + (1 - r) * half * square_gamma;
  out[4] = -x * across_r - half * c + (1 - r) * half * square_r;
  out[5] = -2 * x * turning / length;
  out[6] = length * (x * c * per_gamma + half * square_gamma);
  out[7] = length * half * square_r;
  out[8] = -3 * half * c;
}

static void sgd_relu(const double *p, const double *y, double *out) {
  double r = y[0], length = y[1];
  ReluAverages a = relu_averages(length, r);
  double x = p[0] / length;
  double noise = 0.5 * x * x * (a.square + 0.5 * p[2]) / p[1];
  out[0] = (1 - r) * noise - x * a.across;
  out[1] = p[0] * a.along + length * noise;
}

static void sgd_erf(const double *p, const double *y, double *out) {
  double length = y[1], r = clamped(y[0]), cosine = 1 - r, sine2 = r * (2 - r);
  double square = length * length, tau = 1 / (1 + 2 * square), width = sqrt(tau);
  double root = 1 / sqrt(2 + square * (1 + sine2)), gain = 2 / PI * width;
  double along = 2 / PI / (1 + square) * (cosine * root - length * width), across = 2 / PI * sine2 * root;
  double teacher = cosine * cosine * tau + sine2;
  double difference = tau * ((1 - length) * (1 + length) + 2 * square * sine2);
  double error = erf_difference(teacher, square * tau, difference, sine2 / teacher, cosine * width / sqrt(teacher));
  double x = p[0] / length;
  double noise = 0.5 * x * x * gain * (error + p[2]) / p[1];
  out[0] = (1 - y[0]) * noise - x * across;
  out[1] = p[0] * along + length * noise;
}

static void bn_identity(const double *p, const double *y, double *out) {
  /* E[s] and E[1/s] of the deviation of a batch, kept between calls. */
  static double batch = 0, mean, inverse;
  if (batch != p[2]) {
    batch = p[2];
    mean = sqrt(2 / batch) * tgamma(batch / 2) / tgamma((batch - 1) / 2);
    inverse = sqrt(batch / 2) * tgamma((batch - 2) / 2) / tgamma((batch - 1) / 2);
  }
  double gamma = y[0], r = y[1], length = y[2], inside = clamped(r), sine2 = inside * (2 - inside);
  double x = p[0] * gamma / (length * length);
  double noise = 0.5 * x * x * (sine2 + p[3]) * (batch - 2) / (batch * (batch - 3));
  out[0] = p[1] * ((1 - inside) * mean - gamma);
  out[1] = (1 - r) * noise - x * sine2 * inverse * (batch - 2) / batch;
  out[2] = length * noise;
}

static void lotka_volterra(const double *p, const double *y, double *out) {
  (void)p;
  out[0] = y[0] * (y[1] - 2);
  out[1] = y[1] * (1 - y[0]);
}

static void arenstorf(const double *p, const double *y, double *out) {
  double moon = p[0], earth = 1 - moon, near = y[0] + moon, far = y[0] - earth;
  double d1 = near * near + y[1] * y[1], d2 = far * far + y[1] * y[1];
  double pull1 = earth / (d1 * sqrt(d1)), pull2 = moon / (d2 * sqrt(d2));
  out[0] = y[2];
  out[1] = y[3];
  out[2] = y[0] + 2 * y[3] - pull1 * near - pull2 * far;
  out[3] = y[1] - 2 * y[2] - pull1 * y[1] - pull2 * y[1];
}

static void van_der_pol(const double *p, const double *y, double *out) {
  out[0] = y[1];
  out[1] = ((1 - y[0] * y[0]) * y[1] - y[0]) / p[0];
}

static void van_der_pol_jacobian(const double *p, const double *y, double *out) {
  out[0] = 0;
  out[1] = 1;
  out[2] = (-2 * y[0] * y[1] - 1) / p[0];
  out[3] = (1 - y[0] * y[0]) / p[0];
}

static const System systems[] = {
    {"normalized-relu", 5, 3, normalized_relu, normalized_relu_jacobian},
    {"bn-identity", 4, 3, bn_identity, NULL},
    {"sgd-relu", 3, 2, sgd_relu, NULL},
    {"sgd-erf", 3, 2, sgd_erf, NULL},
    {"lotka-volterra", 0, 2, lotka_volterra, NULL},
    {"arenstorf", 1, 4, arenstorf, NULL},
    {"van-der-pol", 1, 2, van_der_pol, van_der_pol_jacobian},
};

#endif
