"""Exact finite-batch averages A, B, C of batch normalization for activations that are not positively homogeneous.

    python3 spec/reference/batch-general-activations.py    rewrites batch-general-activations.json (3 minutes of CPU)

Direct quadrature in double precision, no expansion. The batch mean mu ~ N(0, 1/M), its deviation s = chi_{M-1}/sqrt(M)
and the direction vhat are independent, and given v the fields u_i are independent. Average over the u_i first:
h1(m) = E g(R m + sqrt(1-R^2) z), F = g'(gamma vhat) (h1(mu + s vhat) - g(gamma vhat)), Q = E[delta^2 | v]. Then

    A = E[F vhat],    B = (1-R^2) E[(1 - 1/M - vhat^2/M) g'(gamma vhat) E[g'(u) | v] / s],
    C = E[(Q_1 (1 - 1/M - vhat_1^2/M) - (1 - 1/M) F_1 F_2 (1 + vhat_1 vhat_2)) / s^2] / M,

B because (v_i) lies in the span of 1 and vhat, which the projection removes, and by Stein's lemma in the rest of u.
What concerns one sample: mu is absorbed, u ~ N(R s vhat, 1 - R^2 + R^2/M); quadrature over s and vhat.
The pair: quadrature over s, mu, vhat_1 and vhat_2; y_k = vhat_k/sqrt(M-1) are coordinates of a uniform point of a
sphere along two axes with the cosine c = -1/(M-1). Two methods for it:

    polar   y_1 = r cos(t + p), y_2 = r cos(t - p), cos 2p = c, density (1 - r^2)^((M-5)/2) r dr dt, r = sin(a)
    tensor  y_2 = c y_1 + sqrt(1-c^2) sqrt(1-y_1^2) x, densities (1 - y_1^2)^((M-4)/2), (1 - x^2)^((M-5)/2), sines again

Gauss-Legendre in every sine's angle, on panels that end where a kink of g(gamma vhat) cuts the domain; the
trapezoidal rule in t where g is smooth. The error of a case is the largest difference in A, B or C of the finer
polar grid from a coarser one and from a tensor grid. The grids differ in the nodes of s, mu, vhat and z too
(mu: Gauss-Hermite beside the tensor, else the trapezoidal rule).
"""

import math
from collections import namedtuple

import numpy as np
from scipy.interpolate import PPoly
from scipy.special import erf, expit, gammaln, ndtr, roots_hermitenorm

from table import write

Grid = namedtuple("Grid", "pair scale hermite step")  # pair method, multiple of the node counts, rule and step for z
GRIDS = [Grid("polar", 0.8, False, 0.25), Grid("polar", 1.0, False, 0.2), Grid("tensor", 0.9, True, 0.22)]
REACH = 8.5  # standard deviations kept of a normal variable: beyond lies 2e-17


def density(z):
    return np.exp(-z * z / 2) / math.sqrt(2 * math.pi)


class Smooth:
    """An analytic g. support: where g' does not vanish; kinks: of g."""

    kinks, support = (), (-math.inf, math.inf)

    def __init__(self, g, slope):
        self.g, self.slope = g, slope
        self.odd = g(-0.7) == -g(0.7)

    def averages(self, m, deviation, step):
        """E g, E g', E g^2 of N(m, deviation^2), by the trapezoidal rule."""
        total = np.zeros((3, *np.shape(m)))
        for k in range(-int(REACH / step), int(REACH / step) + 1):
            u = m + deviation * k * step
            value = self.g(u)
            total += step * density(k * step) * np.stack([value, self.slope(u), value * value])
        return total

    def smoothed(self, deviation, scale, reach, step):
        """m -> E g(scale m + deviation z) for |m| <= reach, by polynomials of degree 7 on panels of 1/16.

        1e-14 or better: poles lie 1.5 or more away, and with kinks deviation/scale is 0.3 or more here."""
        if deviation == 0:
            return lambda m: self.g(scale * m)
        edges = np.arange(-math.ceil(16 * reach), math.ceil(16 * reach) + 1) / 16
        nodes = (1 + np.cos(np.pi * (np.arange(8) + 0.5) / 8)) / 32
        values = self.averages(scale * (edges[:-1, None] + nodes), deviation, step)[0]
        in_panels = np.linalg.solve(np.vander(16 * nodes), values.T)
        return PPoly(in_panels * 16.0 ** np.arange(7, -1, -1)[:, None], edges)


class Erf(Smooth):
    def __init__(self):
        super().__init__(lambda z: erf(z / math.sqrt(2)), lambda z: 2 * density(z))

    def smoothed(self, deviation, scale, reach, step):
        return lambda m: self.g(m * (scale / math.hypot(1, deviation)))


class Clip(Smooth):
    """g of slope 1 from low to high and constant beyond; low is finite."""

    def __init__(self, low, high):
        super().__init__(lambda z: np.clip(z, low, high), lambda z: ((z > low) & (z < high)) * 1.0)
        self.support, self.kinks = (low, high), tuple(k for k in (low, high) if math.isfinite(k))

    def averages(self, m, deviation, step):
        """As above, in closed form."""
        low, high = self.support
        top = high if math.isfinite(high) else 0.0  # only ever multiplies 0 then
        lo, hi = (low - m) / deviation, (high - m) / deviation
        below, inside, above = ndtr(lo), ndtr(hi) - ndtr(lo), ndtr(-hi)
        first = density(lo) - density(hi)  # E[z; lo < z < hi], and of z^2
        second = inside + lo * density(lo) - (top - m) / deviation * density(hi)
        one = m * inside + deviation * first + low * below + top * above
        two = m * m * inside + 2 * m * deviation * first + deviation**2 * second + low**2 * below + top**2 * above
        return np.stack([one, inside, two])


ACTIVATIONS = {
    "erf": Erf(),
    "tanh": Smooth(np.tanh, lambda z: 1 / np.cosh(z) ** 2),
    "softplus": Smooth(lambda z: np.logaddexp(0, z), expit),
    "ramp": Clip(-1.0, 1.0),
    "relu": Clip(0.0, math.inf),
}


def legendre(count, edges, ends_like_roots=False):
    """Composite Gauss-Legendre; optionally through 3p^2 - 2p^3 on each panel: smooths square roots at its ends."""
    x, w = np.polynomial.legendre.leggauss(count)
    p, w = (1 + x) / 2, w / 2
    if ends_like_roots:
        p, w = p * p * (3 - 2 * p), 6 * p * (1 - p) * w
    edges = np.asarray(edges)
    lengths = np.diff(edges)[:, None]
    return (edges[:-1, None] + lengths * p).ravel(), (lengths * w).ravel()


def bulk(log_weight, low, high):
    """The part of [low, high] where a unimodal weight exceeds 1e-19 of its largest value."""
    x = np.linspace(low, high, 20001)[1:-1]
    logs = log_weight(x)
    kept = np.flatnonzero(logs > logs.max() - 44)
    return (low if kept[0] == 0 else x[kept[0] - 1]), (high if kept[-1] == len(x) - 1 else x[kept[-1] + 1])


def sine_angles(power, count, edges=(), ends_like_roots=False):
    """Angles a with weights cos(a)^power da; inner panel ends are angles."""
    low, high = bulk(lambda a: power * np.log(np.cos(a)), -math.pi / 2, math.pi / 2)
    inner = sorted(e for e in edges if low < e < high)
    a, w = legendre(count, [low, *inner, high], ends_like_roots)
    return a, w * np.cos(a) ** power


def deviation_rule(M, count):
    """s and its weights, normalized by the gamma function."""
    # Each average divides by s^2 at most, hence the two powers less in what counts as the bulk.
    low, high = bulk(lambda s: (M - 4) * np.log(s) - M * s * s / 2, 0, 10)
    s, w = legendre(count, [low, high])
    log_norm = math.log(2) + (M - 1) / 2 * math.log(M / 2) - gammaln((M - 1) / 2)
    return s, w * np.exp(log_norm + (M - 2) * np.log(s) - M * s * s / 2)


def mean_rule(M, grid):
    if grid.hermite:
        x, w = roots_hermitenorm(24 if M > 16 else 40)
        return x / math.sqrt(M), w / math.sqrt(2 * math.pi)
    step = (0.6 if M > 100 else 0.5) / grid.scale / 1.25
    x = step * np.arange(-int(REACH / step), int(REACH / step) + 1)
    return x / math.sqrt(M), step * density(x)


def support_of(activation, gamma, M):
    """Where g'(gamma vhat) does not vanish, in units of y."""
    return [edge / gamma / math.sqrt(M - 1) for edge in activation.support]


def single_rule(activation, gamma, M, grid):
    """vhat and its weights."""
    low, high = support_of(activation, gamma, M)
    cuts = [0, *(math.asin(y) for y in (low, high) if 0 < abs(y) < 1)]
    a, w = sine_angles(M - 3, int(150 * grid.scale), cuts)
    return math.sqrt(M - 1) * np.sin(a), w * math.exp(gammaln((M - 1) / 2) - gammaln((M - 2) / 2)) / math.sqrt(math.pi)


def polar_rule(activation, gamma, M, grid):
    """vhat_1, vhat_2 and their weights, where both slopes do not vanish."""
    low, high = support_of(activation, gamma, M)
    p = math.acos(-1 / (M - 1)) / 2
    outermost = bulk(lambda a: np.log(np.sin(a)) + (M - 4) * np.log(np.cos(a)), 0, math.pi / 2)[1]
    if not activation.kinks:
        count = 4 * int((80 if M > 6 else 50) * grid.scale)
        t, wt = (np.arange(count) + 0.5) * 2 * math.pi / count, np.full(count, 2 * math.pi / count)
        last = np.full(count, outermost)
    else:
        # Rays change their end where they pass a corner, meet the rim or run along an edge through the origin.
        cuts = [0.0]
        for y1 in (low, high):
            for y2 in (low, high):
                if math.isfinite(y1 + y2) and (y1 or y2):
                    cuts.append(math.atan2((y2 - y1) / (2 * math.sin(p)), (y1 + y2) / (2 * math.cos(p))))
            if abs(y1) < 1:
                cuts += [sign * math.acos(y1) + shift for sign in (-1, 1) for shift in (-p, p)]
        cuts = np.unique(np.round(np.mod(cuts, 2 * math.pi), 14))
        t, wt = legendre(int(28 * grid.scale), [*cuts, cuts[0] + 2 * math.pi], True)
        radius = np.ones_like(t)
        for cosine in (np.cos(t + p), np.cos(t - p)):
            edge = np.where(cosine > 0, high, low)
            radius = np.minimum(radius, edge / cosine)
        last = np.minimum(np.arcsin(np.clip(radius, 0, 1)), outermost)
    kept = np.sin(t) > 0  # t and -t exchange the samples
    if activation.odd:
        kept &= np.cos(t) > 0  # t and t + pi differ in sign
    t, wt, last = t[kept], wt[kept] * (4 if activation.odd else 2), last[kept]
    x, w = legendre(int((32 if activation.kinks else 110 if M > 6 else 70) * grid.scale), [0, 1])
    a, weights = last[:, None] * x, (wt * last)[:, None] * w
    weights = weights * np.sin(a) * np.cos(a) ** (M - 4) * (M - 3) / (2 * math.pi)
    y1, y2 = np.sin(a) * np.cos(t + p)[:, None], np.sin(a) * np.cos(t - p)[:, None]
    return math.sqrt(M - 1) * y1.ravel(), math.sqrt(M - 1) * y2.ravel(), weights.ravel()


def tensor_rule(activation, gamma, M, grid):
    """The same, one sample after the other."""
    low, high = support_of(activation, gamma, M)
    c = -1 / (M - 1)
    other = math.sqrt(1 - c * c)
    smooth = not activation.kinks
    count = int((50 if not smooth else 90 if M < 6 else 120 if M < 16 else 280) * grid.scale)
    bounds = [y for y in (low, high) if abs(y) < 1]
    # The range of x changes its form where y_2 at x = -1 or 1, which is cos(acos(y_1) -+ acos(c)), meets a kink.
    meets = [math.acos(y) + sign * math.acos(c) for y in bounds for sign in (-1, 1)]
    cuts = [math.asin(y) for y in bounds] + [math.pi / 2 - math.acos(math.cos(m)) for m in meets]
    a, wa = sine_angles(M - 3, count // 2 if smooth else count, np.unique(np.round([0, *cuts], 14)), not smooth)
    kept = (np.sin(a) > (0 if activation.odd else low)) & (np.sin(a) < high)
    a, wa = a[kept], wa[kept] * (2 if activation.odd else 1)
    first = np.sin(a)
    if smooth:
        b, wb = sine_angles(M - 4, count)
        b, wb = np.broadcast_to(b, (len(a), len(b))), np.broadcast_to(wb, (len(a), len(b)))
    else:
        ends = [np.arcsin(np.clip((y - c * first) / (other * np.cos(a)), -1, 1)) for y in (low, high)]
        x, w = legendre(count, [0, 1])
        b = ends[0][:, None] + (ends[1] - ends[0])[:, None] * x
        wb = (ends[1] - ends[0])[:, None] * w * np.cos(b) ** (M - 4)
    second = c * first[:, None] + other * np.cos(a)[:, None] * np.sin(b)
    weights = wa[:, None] * wb * (M - 3) / (2 * math.pi)
    kept = (weights > 1e-22).ravel()  # corners of the product where both weights are tails
    first = np.broadcast_to(first[:, None], second.shape)
    return math.sqrt(M - 1) * first.ravel()[kept], math.sqrt(M - 1) * second.ravel()[kept], weights.ravel()[kept]


def single_averages(activation, gamma, R, M, grid):
    """A, B, and the one-sample part of C without and with S, before the pair part."""
    v, wv = single_rule(activation, gamma, M, grid)
    s, ws = deviation_rule(M, int(80 * grid.scale))
    deviation = math.sqrt(1 - R * R + R * R / M)
    one, slope, two = activation.averages(R * s[:, None] * v, deviation, grid.step)
    y, gain = activation.g(gamma * v), activation.slope(gamma * v)
    project = 1 - 1 / M - v * v / M
    A = ws @ (one - y) @ (wv * gain * v)
    B = (1 - R * R) * ((ws / s) @ slope @ (wv * gain * project))
    own = (ws / s**2) @ (two - 2 * one * y + y * y) @ (wv * gain**2 * project)
    noise = (ws / s**2).sum() * (wv @ (gain**2 * project))
    return A, B, own / M, noise / M


def pair_moments(activation, R, M, grid, v1, v2):
    """E[h1(mu + s v1) / s^2], the same at v2, E[h1 h1 / s^2] and E[1/s^2] at fixed vhat."""
    s, ws = deviation_rule(M, int((50 if M < 16 else 42) * grid.scale))
    mu, wm = mean_rule(M, grid)
    reach = s[-1] * max(abs(v1).max(), abs(v2).max()) + abs(mu).max()
    h = activation.smoothed(math.sqrt(1 - R * R), R, reach, grid.step)
    one, two, both = np.zeros_like(v1), np.zeros_like(v1), np.zeros_like(v1)
    for scale, weight in zip(s, ws / s**2):
        at_one, at_two = h(mu[:, None] + scale * v1), h(mu[:, None] + scale * v2)
        one += weight * (wm @ at_one)
        two += weight * (wm @ at_two)
        both += weight * (wm @ (at_one * at_two))
    return one, two, both, (ws / s**2).sum()


def pair_average(activation, gamma, M, rule, moments):
    """E[F_1 F_2 (1 + vhat_1 vhat_2) / s^2] (1 - 1/M) / M."""
    (v1, v2, w), (one, two, both, free) = rule, moments
    y1, y2 = activation.g(gamma * v1), activation.g(gamma * v2)
    gain = activation.slope(gamma * v1) * activation.slope(gamma * v2)
    return w @ (gain * (1 + v1 * v2) * (both - y1 * two - y2 * one + y1 * y2 * free)) * (1 - 1 / M) / M


def averages(name, M, R, gammas, grid):
    """(A, B, C at S = 0, slope of C in S) for each gamma."""
    activation = ACTIVATIONS[name]
    pair_rule = polar_rule if grid.pair == "polar" else tensor_rule
    shared = None
    for gamma in gammas:
        if shared is None or activation.kinks:  # without kinks neither nodes nor moments depend on gamma
            rule = pair_rule(activation, gamma, M, grid)
            shared = rule, pair_moments(activation, R, M, grid, *rule[:2])
        A, B, own, noise = single_averages(activation, gamma, R, M, grid)
        yield np.array([A, B, own - pair_average(activation, gamma, M, *shared), noise])


def rows(name, M, R, cases):
    """Cases (gamma, S) at one batch size and overlap."""
    gammas = [gamma for gamma, _ in cases]
    results = zip(*(averages(name, M, R, gammas, grid) for grid in GRIDS))
    for (gamma, S), found in zip(cases, results):
        coarse, fine, other = ([*one[:2], one[2] + S * one[3]] for one in found)
        error = max(abs(x - y) for x, y in [*zip(coarse, fine), *zip(other, fine)])
        scale = max(map(abs, fine))
        limit = 1e-8 if ACTIVATIONS[name].kinks else 1e-10
        assert error < limit * scale, (name, M, gamma, R, S, fine, error / scale)
        a, b, c = map(float, fine)
        yield {
            "activation": name, "batchSize": M, "gamma": gamma, "overlap": R, "noiseVariance": S,
            "a": a, "b": b, "c": c, "error": float(f"{error:.1e}"),
        }


def check_relu():
    """Against values found before by other means, to their last printed digit."""
    known = {(8, 0.7, 0.6, 0.05): (-0.02927437552, 0.19015067949, 0.03184777227)}
    known[32, 0.8, 0.95, 0.25] = (0.06635678480, 0.04185116275, 0.00547127645)
    for (M, gamma, R, S), expected in known.items():
        (row,) = rows("relu", M, R, [(gamma, S)])
        assert all(abs(row[key] - x) < 6e-12 for key, x in zip("abc", expected)), (row, expected)


def table(name, sizes, gammas, overlaps):
    """All gammas at all overlaps, label noise at every other one."""
    for M in sizes:
        for i, R in enumerate(overlaps):
            yield from rows(name, M, R, [(gamma, [0, 0.05][(i + j) % 2]) for j, gamma in enumerate(gammas)])


if __name__ == "__main__":
    check_relu()
    head = {
        "source": "direct Gauss-Legendre and trapezoidal quadrature over (s, mu, vhat_1, vhat_2), double precision",
        "generator": "python3 spec/reference/batch-general-activations.py",
        "definitions": {
            "erf": "erf(z / sqrt 2)", "tanh": "tanh(z)", "softplus": "log(1 + exp(z))", "ramp": "max(-1, min(1, z))",
            "a": "E<delta vhat>", "b": "E[<deltatilde u>/s]", "c": "E[<deltatilde^2>/(M s^2)]",
            "error": "largest absolute difference in a, b, c among two methods and two resolutions",
        },
    }
    everywhere = [-0.6, 0, 0.6, 0.95, 1]
    smooth = [4, 5, 8, 32, 256], [0.3, 0.8, 1, 2.5], everywhere
    cases = [row for name in ("erf", "tanh") for row in table(name, *smooth)]
    cases += table("softplus", [8, 32], [0.8, 2.5], everywhere)
    cases += table("ramp", [4, 8, 32], [0.7, 1.6], [0.3, 0.9])
    write("batch-general-activations", head, cases=cases)
