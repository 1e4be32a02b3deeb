"""Taylor series in multiple precision (gmpy2) for the stiff problems, where an extrapolated midpoint rule is too slow.

Stability ties the step of an explicit method to the stiffness; a series of order n takes steps of about 0.4 n over it.
The coefficients of the solution follow one from another by convolutions.
"""

import gmpy2
import numpy as np
from gmpy2 import mpfr
from mpmath import mp, mpf

TWO_POWER = 2**20


def blank(count, order):
    return [np.full(order + 1, mpfr(0), dtype=object) for _ in range(count)]


def product(a, b, k):
    """Coefficient k of a b."""
    return np.dot(a[: k + 1], b[k::-1])


def van_der_pol(epsilon):
    """y' = v, v' = ((1 - y^2) v - y)/epsilon, with p = 1 - y^2."""
    stiffness = 1 / mpfr(epsilon)

    def series(state, order):
        y, v, p = blank(3, order)
        y[0], v[0] = state
        for k in range(order):
            p[k] = (k == 0) - product(y, y, k)
            y[k + 1] = v[k] / (k + 1)
            v[k + 1] = (product(p, v, k) - y[k]) * stiffness / (k + 1)
        return y, v

    return series


def weight_normalized_relu(config):
    """State (phi, gamma, z = 1/L^2).  With the averages V, T, D of dynamics.py for ReLU,

        2 pi E[g(u) v g'(v)] = sin phi + (pi - phi) cos phi,   2 pi T = (pi - phi) sin^2 phi,
        2 pi E[g'(v) g(u)^2] = pi - phi + sin phi cos phi,

    and x = eta gamma z, N = x^2 D/2: phi' = -x T/sin phi + N cot phi, gamma' = eta_gamma (V - decay gamma), z' = -2 z N.
    """
    assert config["rule"] == "weight-normalization" and config["activation"] == "relu" and config["batchSize"] == 1
    eta, gamma_rate = mpfr(config["learningRate"]), mpfr(config["gammaLearningRate"])
    decay, noise = mpfr(config["gammaDecay"]), mpfr(config["noiseVariance"])
    turn = 2 * gmpy2.const_pi()

    def series(state, order):
        phi, gamma, z, rest, sin, cos, cot, label, d, x, x2, power, pull, d_phi, cot2 = blank(15, order)
        phi[0], gamma[0], z[0] = state
        sin[0], cos[0] = gmpy2.sin_cos(phi[0])
        cot[0] = cos[0] / sin[0]
        for k in range(order):
            rest[k] = (turn / 2 if k == 0 else 0) - phi[k]
            label[k] = (sin[k] + product(rest, cos, k)) / turn
            squares = (rest[k] + product(sin, cos, k)) / turn + product(gamma, gamma, k) / 2
            d[k] = squares - 2 * product(gamma, label, k) + (noise / 2 if k == 0 else 0)
            x[k] = eta * product(gamma, z, k)
            x2[k] = product(x, x, k)
            power[k] = product(x2, d, k) / 2
            pull[k] = product(rest, sin, k) / turn
            d_phi[k] = product(cot, power, k) - product(x, pull, k)
            cot2[k] = product(cot, cot, k) + (k == 0)
            phi[k + 1] = d_phi[k] / (k + 1)
            gamma[k + 1] = gamma_rate * (label[k] - gamma[k] / 2 - decay * gamma[k]) / (k + 1)
            z[k + 1] = -2 * product(z, power, k) / (k + 1)
            sin[k + 1] = product(cos, d_phi, k) / (k + 1)
            cos[k + 1] = -product(sin, d_phi, k) / (k + 1)
            cot[k + 1] = -product(cot2, d_phi, k) / (k + 1)
        return phi, gamma, z

    return series


def step_width(parts, tolerance):
    """Where the last two terms are tolerance times the value, or a small multiple of the slope where that is larger."""
    n = len(parts[0]) - 1
    widths = []
    for c in parts:
        scale = max(abs(c[0]), abs(c[1]) / TWO_POWER)
        widths += [(tolerance * scale / abs(c[k])) ** (mpfr(1) / k) for k in (n - 1, n) if c[k]]
    return min(widths)


def horner(c, h):
    total = c[-1]
    for x in c[-2::-1]:
        total = total * h + x
    return total


def lift(x):
    """An mpf in gmpy2's working precision."""
    return mpfr(mp.nstr(x, 60))


def integrate(make_series, state, until, order, exponent, bits):
    """The state at `until` from mpf's at 0, every step to the tolerance 10^exponent.

    make_series() gives series(state, order), the Taylor coefficients of each component, in the working precision."""
    with gmpy2.context(gmpy2.get_context(), precision=bits):
        series, state = make_series(), [lift(x) for x in state]
        time, end, tolerance = mpfr(0), mpfr(until), mpfr(10) ** exponent
        while time < end:
            parts = series(state, order)
            h = min(step_width(parts, tolerance), end - time)
            state = [horner(c, h) for c in parts]
            time = end if h == end - time else time + h
        return [mpf(str(x)) for x in state]


def slope(make_series, state, bits=200):
    """The derivative at a state."""
    with gmpy2.context(gmpy2.get_context(), precision=bits):
        return [mpf(str(c[1])) for c in make_series()([lift(x) for x in state], 1)]
