"""Saddle points of students of two slopes where a search in double precision is hard, in 36 digits.

    python3 spec/reference/hard-saddle-points.py    rewrites hard-saddle-points.json (ten minutes)

Next to an interpolation threshold, at tiny decays and at large loads. The unknowns are those of the equations
alpha E[F u] = nu mu, alpha E[F z] = -(1 - nu) sigma, alpha E[F^2] = sigma^2 with nu = lambda V; F = h - omega comes from the Moreau
step by its definition: of the places where it may end the one of least energy. F is homogeneous in (omega, t). Without noise averages are
one integral over the angle in the plane of (u, z). With noise they are integrals over the angle in the plane of (omega, t) for each sign
of u, which is integrated out given omega and t, as is the radius. mpmath's findroot solves; starts are near the roots, to save time, and do not matter.
"""

from multiprocessing import Pool

from mpmath import mp, mpf, sqrt, pi, exp, log, cos, sin, atan2, findroot, hypot

from table import write

mp.dps = 36
NODES = 24
INFINITE = mpf(10) ** 120  # stands for an infinite V


def step(omega, t, v, a, b):
    """F and the squared residual of the best place."""
    best = None
    for slope, sign in ((a, 1), (b, -1)):
        h = (omega + v * slope * t) / (1 + v * slope * slope)
        if h * sign > 0:
            residual = (t - slope * omega) / (1 + v * slope * slope)
            energy = residual * (t - slope * omega)
            if best is None or energy < best[0]:
                best = (energy, v * slope * residual, residual)
    energy = omega * omega / v + t * t
    if best is None or energy < best[0]:
        best = (energy, -omega, t)
    return best[1], best[2]


def edges(v, a, b):
    """Directions of (omega, t) at which the step changes its kind."""
    kappa = (sqrt(1 + a * a * v) - sqrt(1 + b * b * v)) / (a * sqrt(1 + b * b * v) - b * sqrt(1 + a * a * v))
    return [(-kappa, 1), (0, 1), (a * v, -1), (b * v, -1), (0, -1), (1, 0), (-1, 0)]


def legendre(n):
    """Nodes and weights of Gauss's rule on [-1, 1]."""
    rule = []
    for i in range(n):
        x = cos(pi * (i + mpf(3) / 4) / (n + mpf(1) / 2))
        for _ in range(8):
            before, value = mpf(1), x
            for k in range(2, n + 1):
                before, value = value, ((2 * k - 1) * x * value - (k - 1) * before) / k
            slope = n * (before - x * value) / (1 - x * x)
            x -= value / slope
        rule.append((x, 2 / ((1 - x * x) * slope * slope)))
    return rule


RULE = legendre(NODES)


def integrate(function, knots, count):
    """Sums of several functions over panels between knots."""
    total = [mpf(0)] * count
    for left, right in zip(knots, knots[1:]):
        half = (right - left) / 2
        if half < mpf(10) ** -34:
            continue
        for x, weight in RULE:
            for i, value in enumerate(function(left + half * (1 + x))):
                total[i] += half * weight * value
    return total


def split(points, low, high):
    return sorted({p for p in points if low < p < high} | {low, high})


def around(centre, width):
    """Knots that leave a centre at distances which grow from half a width by factors of three."""
    steps = [width / 2 * mpf(3) ** k for k in range(60) if width / 2 * mpf(3) ** k < 2]
    return [centre] + [centre + sign * step for step in steps for sign in (-1, 1)]


def noiseless(mu, sigma, v, a, b):
    total = [mpf(0)] * 4
    for side, slope in ((1, a), (-1, b)):
        # u = side cos, z = sin, angle from -pi/2 to pi/2; omega = 0 at tan = -side mu/sigma.
        cuts = []
        for w, t in edges(v, a, b):
            # omega = kappa |t| for this sign of t; t = slope u.
            if t == side:
                kappa = w
                cuts.append(atan2(kappa * slope - side * mu, sigma))
        zero = atan2(-side * mu, sigma)
        knots = split(cuts + [zero] + around(zero, sigma / (1 + abs(mu))) + [mpf(0)], -pi / 2, pi / 2)

        def integrand(angle):
            u, z = side * cos(angle), sin(angle)
            f, r = step(mu * u + sigma * z, slope * u, v, a, b)
            return f * u, f * z, f * f, r * r

        total = [x + y / pi for x, y in zip(total, integrate(integrand, knots, 4))]
    return total


def noisy(mu, sigma, v, a, b, noise):
    total = [mpf(0)] * 4
    s = sqrt(noise)
    for side, slope in ((1, a), (-1, b)):
        # Joint law of (u, omega, t) on this side: omega = mu u + sigma z, t = slope u + s x.
        precision = 1 + mu * mu / sigma ** 2 + slope * slope / noise
        knots = [atan2(mpf(t), mpf(w)) for w, t in edges(v, a, b)]
        for sign in (1, -1):
            centre = atan2(sign * slope, sign * mu) if (mu or slope) else mpf(0)
            knots += around(centre, min(mpf(1), (sigma + s) / (abs(mu) + slope)))
            knots += around(centre, min(mpf(1), min(sigma, s) / (abs(mu) + slope)))
            knots += around(atan2(mpf(sign), mpf(0)), min(mpf(1), sigma / s))
            knots += around(atan2(mpf(0), mpf(sign)), min(mpf(1), s / sigma))
        # A peak at one end of the circle is one at the other end too.
        knots = split([knot + turn for knot in knots for turn in (-2 * pi, 0, 2 * pi)], -pi, pi)

        def integrand(angle):
            w, t = cos(angle), sin(angle)
            f, r = step(w, t, v, a, b)
            # Exponent of (u, r w, r t): precision (u - r c)^2/2 + r^2 q/2.
            c = (mu * w / sigma ** 2 + slope * t / noise) / precision
            q = (w * w / sigma ** 2 + t * t / noise) - precision * c * c
            # Integrals over u > 0 (or < 0) and r of r^3 and r^2 u times the density; k = side c.
            k = side * c
            full = sqrt(q + precision * k * k)
            x = sqrt(precision) * k / full
            front = sqrt(2 * pi / precision) / 2
            # int r^3 e^(-q r^2/2) (1 + erf(sqrt(precision/2) k r))/2 dr over r
            cube = front * (2 + x * (3 - x * x)) / q ** 2
            # int r^2 dr e^(-q r^2/2) [r k (1 + erf)/2 front' + e^(-precision k^2 r^2/2)/precision]
            line = k * cube + sqrt(pi / 2) / (precision * full ** 3)
            density = 1 / ((2 * pi) ** mpf(1.5) * sigma * s)
            along = side * line * density
            return f * along, f * (w * cube * density - mu * along) / sigma, f * f * cube * density, r * r * cube * density

        total = [x + y for x, y in zip(total, integrate(integrand, knots, 4))]
    return total


def generalization(mu, sigma, a, b):
    """E[(g(u) - g(omega))^2] by the angle in the plane of (u, z)."""
    unit = lambda x: a * x if x > 0 else b * x
    value = lambda t: (unit(cos(t)) - unit(mu * cos(t) + sigma * sin(t))) ** 2
    zero = atan2(-mu, sigma)
    knots = [zero, zero + pi, zero - pi, -pi / 2, pi / 2]
    for place in (pi / 2, -pi / 2):
        knots += around(place, min(mpf(1), sigma / abs(mu)))
    knots = [knot + turn for knot in knots for turn in (-2 * pi, 0, 2 * pi)]
    return integrate(lambda t: [value(t)], split(knots, -pi, pi), 1)[0] / pi


def solve(entry):
    b, load, decay, noise, gap, sigma, v = entry
    a, b = max(mpf(1), mpf(b)), min(mpf(1), mpf(b))
    alpha, zeta, s = mpf(load), mpf(decay), mpf(noise)
    interpolating = v is None

    def order(x):
        mu, spread = 1 - x[0], exp(x[1])
        if interpolating:
            return mu, spread, INFINITE, x[2]
        return mu, spread, exp(x[2]), alpha * zeta * exp(x[2])

    def averages(mu, spread, v):
        return noiseless(mu, spread, v, a, b) if s == 0 else noisy(mu, spread, v, a, b, s)

    def equations(*x):
        mu, spread, v, nu = order(x)
        fu, fz, ff, _ = averages(mu, spread, v)
        scale = hypot(x[0], spread)
        return [(alpha * fu - nu * mu) / scale, alpha * fz / spread + 1 - nu, alpha * ff / spread ** 2 - 1]

    third = mpf(0.001) if interpolating else log(mpf(v))
    x = findroot(equations, [mpf(gap), log(mpf(sigma)), third], tol=1e-36, maxsteps=20)
    mu, spread, v, nu = order(x)
    training = averages(mu, spread, v)[3]
    text = lambda y: mp.nstr(y, 20)
    result = {
        "slopes": [1, entry[0]], "load": load, "gammaDecay": decay, "noiseVariance": noise,
        "gap": text(x[0]), "sigma": text(spread), "susceptibility": "Infinity" if interpolating else text(v),
        "generalizationError": text(generalization(mu, spread, a, b)), "trainingError": text(training),
    }
    print(result, flush=True)
    return result


# slope below zero, load, decay, noise; starts of T - mu, sigma and V (none where it is infinite).
CASES = [
    (0, 1.20543, 0, 0.25, -0.583352277911021, 13.155277552546, 4587075029671),
    (0, 1.1843, 0, 0.05, -0.153417994164522, 6.79864375025705, 10705960295.83),
    (0, 3, 1e-10, 1e-6, 1.00280617e-9, 0.0014151303726893, 2.00104119133727),
    (0.2, 1.0001, 0, 0.05, -0.032951555750641, 70.20143653712, 106230.22625529),
    (0.2, 8.6e4, 0.01, 0.01, 0.0188683157324845, 0.0004718916402245, 2.19419691673176e-05),
    (0, 2.15, 1e-8, 0, 2.9e-7, 1.05e-6, 13.3), (0, 2.3, 1e-8, 0, 1.53e-7, 3.96e-7, 6.67),
    (0, 2.45, 1e-8, 0, 1.09e-7, 2.29e-7, 4.44),
    (0, 1.9, 1e-12, 0, 0.0182, 0.105, 9.3e9), (0, 1.385, 1e-12, 0, 0.2235, 0.3809, 1.5e11),
    (0, 1e4, 1e-6, 0, 2e-6, 2.98e-8, 2e-4),
    (0.2, 2.1165, 1e-8, 0, 8.7e-8, 1.33e-7, 4.1), (0.2, 0.9957, 1e-8, 0, 0.00433, 0.0654, 4.35e5),
    (3, 1763.75, 1e-6, 0, 2e-7, 6.1e-9, 1.1e-4),
]

if __name__ == "__main__":
    head = {
        "source": "Gauss-Legendre panels over one angle and Newton's method in 36 digits",
        "generator": "python3 spec/reference/hard-saddle-points.py",
        "definitions": {
            "slopes": "of student and teacher above and below zero; T = 1",
            "gap": "1 - m, m = w.w*/N", "sigma": "sqrt(q - m^2)",
            "susceptibility": "V; Infinity where a student without decay meets every label that it can",
            "generalizationError": "E[(g(u) - g(h))^2]", "trainingError": "mean of (t - g(h))^2 over the samples",
        },
    }
    with Pool() as pool:
        write("hard-saddle-points", head, cases=pool.map(solve, CASES, 1))
