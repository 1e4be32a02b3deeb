"""Fixed points and maximum learning rates of the order-parameter equations, to 30 digits.

    python3 spec/reference/learning-rates.py    rewrites learning-rates.json (a minute)

r = 1 - overlap.  Averages are analytic in phi with no linear term at phi = 0, so the one-sided derivative in r at
r = 0 is the second derivative in phi there; all derivatives are numerical, in much higher precision than printed.
"""

from mpmath import mp, mpf

from dynamics import drift_terms
from table import write

DIGITS = 30


def terms(config):
    """V(gamma, phi), T(gamma, phi), D(gamma, phi)/M as separate functions (see dynamics.py)."""
    return [lambda gamma, phi, k=k: drift_terms(config, gamma, phi)[k] for k in range(3)]


def by_r(f, gamma):
    """One-sided derivative in r at r = 0."""
    assert abs(mp.diff(lambda phi: f(gamma, phi), 0)) < mpf(10) ** -40
    return mp.diff(lambda phi: f(gamma, phi), 0, 2)


def by_gamma(f, gamma, phi=0):
    return mp.diff(lambda x: f(x, mpf(phi)), gamma)


def gamma_zero(config, v):
    decay = mpf(config["gammaDecay"])
    return mp.findroot(lambda gamma: v(gamma, mpf(0)) - decay * gamma, 1 / (1 + 2 * decay))


def linear_maximum(t, noise, gamma):
    """dr/dt = -e T + (1 - r) e^2 D/(2 M): e at which the coefficient of r vanishes; None when none does."""
    growth = by_r(noise, gamma) - noise(gamma, mpf(0))
    return 2 * by_r(t, gamma) / growth if growth > 0 else None


def spectral_maximum(config, v, t, noise, gamma):
    """Both rates eta, L = 1: the Jacobian in (gamma, r) at (gamma_0, 0) is eta times [[a, b], [eta c, -d + eta e]];
    its trace and its determinant are linear in eta, and the first to change sign ends stability."""
    a, b = by_gamma(v, gamma) - mpf(config["gammaDecay"]), by_r(v, gamma)
    c = by_gamma(lambda x, phi: x * x * noise(x, phi), gamma) / 2
    d, e = gamma * by_r(t, gamma), gamma**2 * (by_r(noise, gamma) - noise(gamma, mpf(0))) / 2
    assert a < 0 < d and abs(by_gamma(t, gamma)) < mpf(10) ** -40
    roots = []
    if abs(e) > mpf(10) ** -40:
        roots.append(((d - a) / e, "complex pair"))
    if abs(a * e - b * c) > mpf(10) ** -40:
        roots.append((a * d / (a * e - b * c), "real"))
    return min([root for root in roots if root[0] > 0], default=(None, None))


def normalized(config):
    v, t, noise = terms(config)
    gamma = gamma_zero(config, v)
    effective = linear_maximum(t, noise, gamma)
    spectral, kind = spectral_maximum(config, v, t, noise, gamma)
    return {
        **config,
        "gammaZero": text(gamma),
        "linearEffective": text(effective),
        "linearReduced": text(effective and effective / gamma),
        "spectral": text(spectral),
        "spectralCrossing": kind,
    }


def sgd_flow(config, eta):
    """dr/dt and dL/dt over eta, as functions of (L, phi)."""
    v, t, noise = terms(config)
    return (
        lambda length, phi: -t(length, phi) / length + mp.cos(phi) * eta * noise(length, phi) / (2 * length**2),
        lambda length, phi: v(length, phi) + eta * noise(length, phi) / (2 * length),
    )


def sgd_growth(config, eta, guess):
    """L_0 (dL/dt = 0 at r = 0) and the largest real part of the Jacobian in (r, L) there, over eta."""
    d_r, d_length = sgd_flow(config, eta)
    length = mp.findroot(lambda x: d_length(x, mpf(0)), guess)
    a, b = by_r(d_r, length), by_gamma(d_r, length)
    c, d = by_r(d_length, length), by_gamma(d_length, length)
    root = mp.sqrt(mp.mpc((a - d) ** 2 + 4 * b * c))
    return length, (a + d + root.real) / 2


def sgd(config):
    _, t, noise = terms(config)
    linear = linear_maximum(t, noise, mpf(1))
    m = config["batchSize"]
    low, length = mpf(0), mpf(1)
    while True:  # follow L_0 up from eta = 0 to the first sign change
        high = low + mpf(m) / 16
        new, growth = sgd_growth(config, high, length)
        if growth >= 0:
            break
        low, length = high, new
    spectral = mp.findroot(lambda eta: sgd_growth(config, eta, length)[1], (low, high), solver="anderson")
    return {**config, "linear": text(linear), "spectral": text(spectral),
            "lengthAtSpectral": text(sgd_growth(config, spectral, length)[0])}


def stationary(config, eta):
    """Zero of (d gamma/dt, dr/dt) at L = 1, both rates eta, followed from eta = 0 where it is (gamma_0, 0);
    the eigenvalues are those of the Jacobian in (gamma, r)."""
    v, t, noise = terms(config)
    decay = mpf(config["gammaDecay"])

    def flow(gamma, phi, eta):
        return (
            eta * (v(gamma, phi) - decay * gamma),
            -eta * gamma * t(gamma, phi) + mp.cos(phi) * (eta * gamma) ** 2 * noise(gamma, phi) / 2,
        )

    gamma = gamma_zero(config, v)
    phi = mp.sqrt(eta / 16 * gamma * noise(gamma, mpf(0)) / by_r(t, gamma))
    for k in range(1, 17):
        now = mpf(eta) * k / 16
        gamma, phi = mp.findroot(lambda x, y: [z / now for z in flow(x, y, now)], (gamma, phi))
    assert gamma > 0 and 0 < phi < mp.pi
    rate = mpf(eta)
    a, c = (by_gamma(lambda x, y: flow(x, y, rate)[k], gamma, phi) for k in (0, 1))
    b, d = (mp.diff(lambda y: flow(gamma, y, rate)[k], phi) / mp.sin(phi) for k in (0, 1))
    root = mp.sqrt(mp.mpc((a - d) ** 2 + 4 * b * c))
    return {
        **config, "learningRate": eta, "gamma": text(gamma), "overlap": text(mp.cos(phi)),
        "misalignment": text(2 * mp.sin(phi / 2) ** 2),
        "eigenvalues": [[text(x.real), text(x.imag)] for x in ((a + d + root) / 2, (a + d - root) / 2)],
    }


def text(x):
    return None if x is None else mp.nstr(x, DIGITS)


def config(rule, activation, batch_size, noise, decay=0):
    return {"rule": rule, "activation": activation, "batchSize": batch_size, "noiseVariance": noise, "gammaDecay": decay}


def tables():
    # SGD with erf and label noise is left out: at S = 0.05 the branch of L_0 from eta = 0 ends in a fold at
    # eta = 8.0119 M (L_0 = 4.36), still stable, so there is no such limit.
    wn, bn = "weight-normalization", "batch-normalization"
    decays = [(a, z) for a in ("identity", "relu", "erf") for z in (0, 0.05, 0.2)] + [("identity", 3), ("relu", 1.5)]
    grid = [config(wn, a, m, s, z) for a, z in decays for m in (1, 8) for s in (0, 0.05)]
    grid += [config(bn, "identity", m, s) for m in (8, 32) for s in (0, 0.05)]
    points = [config(wn, "relu", 1, 0.05, 0.2), config(wn, "relu", 1, 0, 0.2), config(wn, "relu", 8, 0.05, 0.05),
              config(wn, "identity", 1, 0.05, 0.2), config(wn, "identity", 4, 0.25, 0), config(wn, "erf", 1, 0.05, 0.2),
              config(wn, "erf", 2, 0.1, 0.05), config(bn, "identity", 8, 0.05), config(bn, "identity", 32, 0.25)]
    return {
        "normalized": [normalized(c) for c in grid],
        "sgd": [sgd({k: v for k, v in config("sgd", a, m, s).items() if k != "gammaDecay"})
                for a in ("identity", "relu", "erf") for m in (1, 8) for s in (0, 0.05) if a != "erf" or s == 0],
        "stationaryPoints": [stationary(c, eta) for c in points for eta in (0.5, 2.0, 10.0)],
    }


if __name__ == "__main__":
    mp.dps = 100
    head = {
        "source": "numerical derivatives of exact averages, Newton's method, mpmath",
        "generator": "python3 spec/reference/learning-rates.py",
        "digits": DIGITS,
        "definitions": {
            "null": "no finite limit",
            "gammaZero": "zero of d gamma/dt at overlap 1",
            "linearEffective": "eta gamma_0/L^2 at which the coefficient of r in dr/dt vanishes, gamma = gamma_0, L frozen",
            "linearReduced": "the same limit as eta/L^2",
            "spectral": "smallest eta = eta_gamma at L = 1 where the Jacobian in (gamma, r) at (gamma_0, r = 0) has an "
            "eigenvalue of real part zero; sgd: Jacobian in (r, L) at r = 0 and L_0(eta), the zero of dL/dt at r = 0",
            "spectralCrossing": "whether a real eigenvalue or a complex pair gets there",
            "linear": "sgd: eta at which the coefficient of r in dr/dt vanishes at L = 1",
            "stationaryPoints": "zero of (d gamma/dt, dr/dt) with L = 1 frozen, learningRate = gammaLearningRate; "
            "eigenvalues [real, imaginary] of the Jacobian in (gamma, r)",
        },
    }
    write("learning-rates", head, **tables())
