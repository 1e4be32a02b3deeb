"""The flow of batch normalization with ReLU: exact averages in multiple precision, tabulated along the trajectory's angles.

The averages are those of spec/reference/batch_averages.py, in gmpy2's numbers; their coefficients A0, B/sin^2, C0, C1 are
smooth in phi (nearest singularity at sin^2 phi = -1/(M - 1)) and are kept as Chebyshev series on panels, which span the
angles that these trajectories visit, from 0.03 to 1.5.
"""

from types import SimpleNamespace

import gmpy2
import numpy as np
from gmpy2 import mpfr
from mpmath import mp, mpf

from batch_averages import coefficients, components, legendre

DIGITS, BITS = 42, 140
KEYS = ("A0", "BoverSineSquare", "C0", "C1")
# Edges of the panels, Chebyshev nodes on each, nodes of the two quadratures: errors of 1e-28 and 1e-31.
ROUGH = (["0.03", "0.1", "0.3", "0.75", "1.5"], 40, 66, 60)
FINE = (["0.03", "0.08", "0.2", "0.5", "1.0", "1.5"], 38, 72, 72)
# Tolerance of a step and columns of the extrapolation: not finer than the tables, whose panels meet with a small jump.
STEP_ROUGH, STEP_FINE = (mpf(10) ** -28, 12), (mpf(10) ** -30, 14)


def arithmetic():
    """As those of sign_moments.py."""
    lift = lambda f, n: np.frompyfunc(f, n, 1)
    return SimpleNamespace(real=lambda x: mpfr(mp.nstr(mpf(x), DIGITS)), pi=gmpy2.const_pi(), sqrt=lift(gmpy2.sqrt, 1),
                           atan2=lift(gmpy2.atan2, 2), sin=lift(gmpy2.sin, 1), cos=lift(gmpy2.cos, 1))


def chebyshev(values):
    """Coefficients of a function with these values at cos(pi (k + 1/2)/n)."""
    n = len(values)
    angles = [gmpy2.const_pi() * (2 * k + 1) / (2 * n) for k in range(n)]
    total = lambda j: sum(v * gmpy2.cos(j * a) for v, a in zip(values, angles))
    return [(2 if j else 1) * total(j) / n for j in range(n)]


def path(phi, rule):
    """Nodes and weights in 1 - lambda of batch_averages.four_signs, whose integrand is singular at -tan(phi)^2/2: in
    y, 1 - lambda = that length times (exp(y) - 1), it is smooth."""
    length = gmpy2.tan(phi) ** 2 / 2
    half = gmpy2.log1p(1 / length) / 2
    grown = [gmpy2.expm1(half * (1 + x)) for x, _ in rule]
    weights = [half * w * length * (1 + g) for (_, w), g in zip(rule, grown)]
    return np.array([length * g for g in grown]), np.array(weights)


def tabulate(batch_size, shape):
    """[(low, high, series of KEYS)], and the constants A1, C2, CS."""
    edges, nodes, outer, inner = shape
    real = arithmetic()
    outer, inner = ([(real.real(x), real.real(w)) for x, w in legendre(n)] for n in (outer, inner))
    quarter = gmpy2.const_pi() / 4
    across = [np.array(column) for column in zip(*((quarter * (1 + x), quarter * w) for x, w in outer))]

    def exact(phi):
        sine_square = gmpy2.sin(phi) ** 2
        parts = components(real, batch_size, gmpy2.cos(phi), sine_square, (across, path(phi, inner)))
        return coefficients(real, batch_size, sine_square, parts, 1, 0)

    table = []
    for low, high in zip(map(mpfr, edges), map(mpfr, edges[1:])):
        points = [gmpy2.cos(gmpy2.const_pi() * (2 * k + 1) / (2 * nodes)) for k in range(nodes)]
        rows = [exact((low + high + (high - low) * x) / 2) for x in points]
        table.append((low, high, [chebyshev([row[key] for row in rows]) for key in KEYS]))
    return table, [rows[0][key] for key in ("A1", "C2", "CS")]


def evaluate(c, x):
    """Clenshaw."""
    ahead = here = mpfr(0)
    for a in c[:0:-1]:
        ahead, here = here, a + 2 * x * here - ahead
    return c[0] + x * here - ahead


def time_derivative(config, fine):
    """f(time, [phi, gamma, length]) -> derivative, as dynamics.time_derivative."""
    gmpy2.get_context().precision = BITS
    with mp.workdps(DIGITS):
        table, constants = tabulate(config["batchSize"], FINE if fine else ROUGH)
    to_mpf = lambda x: mpf(x.as_mantissa_exp()[0]) * mpf(2) ** int(x.as_mantissa_exp()[1])
    a1, c2, cs = map(to_mpf, constants)
    eta, eta_gamma = mpf(config["learningRate"]), mpf(config["gammaLearningRate"])
    noise = mpf(config["noiseVariance"])

    def f(_, state):
        phi, gamma, length = state
        at = mpfr(mp.nstr(phi, DIGITS))
        low, high, series = next(part for part in table if part[0] <= at <= part[1])
        a0, b, c0, c1 = (to_mpf(evaluate(c, (2 * at - low - high) / (high - low))) for c in series)
        power = c0 + gamma * c1 + gamma**2 * c2 + noise * cs
        x = eta * gamma / length**2
        turn = -x * mp.sin(phi) * b + x**2 * power * mp.cot(phi) / 2
        return [turn, eta_gamma * (a0 + gamma * a1), length * x**2 * power / 2]

    return f
