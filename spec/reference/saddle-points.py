"""Replica-symmetric saddle points of regularized regression with a nonlinear student, by brute force.

    python3 spec/reference/saddle-points.py    rewrites saddle-points.json (ten minutes)

Nothing is reduced: the three averages E[f^2], E[f u], E[f omega] are nested Gauss-Legendre sums over the teacher field
u, the cavity field omega given u and the noise, with the Moreau step taken from its definition (both branches of a
rectifier compared by their energy; a bracketed Newton iteration for a smooth unit whose step is unique).  The place
in the noise where a rectifier switches branch is found by bisection and splits the innermost sum.  Derivatives of f
come from E[f u] and E[f omega] by Stein's lemma.  The fixed point is found by a damped iteration and finished by scipy's
hybrid method on x - iteration(x); each case is then solved again with more nodes, and the difference is printed as
"error".
"""

import numpy
from scipy.optimize import root
from scipy.special import erf

from table import write

BOUND = 8.6


def relu(z):
    return numpy.maximum(z, 0)


def unit_erf(z):
    return erf(z / numpy.sqrt(2))


def erf_slope(z):
    return numpy.sqrt(2 / numpy.pi) * numpy.exp(-z * z / 2)


def relu_step(omega, t, v):
    on = (omega + v * t) / (1 + v)
    off = numpy.minimum(omega, 0)
    on_energy = (on - omega) ** 2 / (2 * v) + (t - on) ** 2 / 2
    off_energy = (off - omega) ** 2 / (2 * v) + t**2 / 2
    return numpy.where((on > 0) & (on_energy < off_energy), on, off)


def erf_step(omega, t, v):
    """Root of z - omega - v (t - g) g', which must increase in z; Newton inside a bracket."""
    reach = v * (numpy.abs(t) + 1) * erf_slope(0) + 1e-9
    low, high = omega - reach, omega + reach
    z = omega + 0 * t
    for _ in range(70):
        g, slope = unit_erf(z), erf_slope(z)
        value = z - omega - v * (t - g) * slope
        growth = 1 + v * (slope**2 + (t - g) * slope * z)
        low, high = numpy.where(value < 0, z, low), numpy.where(value < 0, high, z)
        new = z - value / growth
        z = numpy.where((new > low) & (new < high), new, (low + high) / 2)
        if numpy.max(numpy.abs(value)) < 1e-14:
            break
    assert numpy.all(growth > 0)
    return z


UNITS = {"relu": (relu, relu_step), "erf": (unit_erf, erf_step)}


def panels(edges, nodes):
    """Nodes and weights of Gauss-Legendre sums between consecutive edges (last axis); the nodes replace that axis."""
    x, w = numpy.polynomial.legendre.leggauss(nodes)
    left, width = edges[..., :-1, None], numpy.diff(edges)[..., None]
    shape = edges.shape[:-1] + (-1,)
    return (left + width * (x + 1) / 2).reshape(shape), (width * w / 2 + 0 * left).reshape(shape)


def normal(x):
    return numpy.exp(-x * x / 2) / numpy.sqrt(2 * numpy.pi)


def switch(omega, mean, deviation, v):
    """The noise (in deviations) above which the rectifier is on; kept within the bounds."""
    low, high = numpy.full(omega.shape, -BOUND), numpy.full(omega.shape, BOUND)
    for _ in range(60):
        middle = (low + high) / 2
        on = relu_step(omega, mean + deviation * middle, v) > 0
        low, high = numpy.where(on, low, middle), numpy.where(on, middle, high)
    return (low + high) / 2


def averages(case, q, m, v, nodes):
    """E[f^2], E[f u], E[f omega], E[(g*(u) - g(omega))^2], E[(t - g(h))^2]."""
    student, step = UNITS[case["activation"]]
    teacher = UNITS[case["teacherActivation"]][0]
    length, deviation = case["teacherLength"], numpy.sqrt(case["noiseVariance"])
    spread = numpy.sqrt(q - m * m / length**2)
    total = numpy.zeros(5)
    us, uw = panels(numpy.array([-BOUND, -3, -1, 0, 1, 3, BOUND]), nodes)
    for x, weight in zip(us, uw * normal(us)):
        u = length * x
        centre = m * u / length**2
        scales = numpy.array([-1, -0.25, -0.0625, 0, 0.0625, 0.25, 1]) if case["activation"] == "relu" else []
        inside = [(s * length - centre) / spread for s in scales]
        edges = numpy.sort(numpy.clip(numpy.concatenate(([-BOUND, -2.5, 2.5, BOUND], inside)), -BOUND, BOUND))
        z, zw = panels(edges, nodes)
        z, zw = z[zw > 0], zw[zw > 0]
        zw = zw * normal(z) * weight
        omega = centre + spread * z
        total[3] += numpy.sum(zw * (teacher(u) - student(omega)) ** 2)
        if deviation == 0:
            t, w = teacher(u) + 0 * omega, zw
            # No noise to split: the switch is a jump in omega, and it splits that sum instead.
            if case["activation"] == "relu" and u > 0:
                low, high = -BOUND, BOUND
                for _ in range(60):
                    middle = (low + high) / 2
                    on = relu_step(centre + spread * middle, t[0], v) > 0
                    low, high = (low, middle) if on else (middle, high)
                z, w = panels(numpy.sort(numpy.append(edges, low)), nodes)
                w = w * normal(z) * weight
                omega = centre + spread * z
                t = teacher(u) + 0 * omega
        else:
            split = [switch(omega, teacher(u), deviation, v)] if case["activation"] == "relu" else []
            cuts = [numpy.full(omega.shape, c) for c in (-BOUND, -2.5, 2.5, BOUND)] + split
            xi, xw = panels(numpy.sort(numpy.stack(cuts, -1)), nodes)
            omega = omega[:, None]
            t = teacher(u) + deviation * xi
            w = zw[:, None] * xw * normal(xi)
        h = step(omega, t, v)
        f = (h - omega) / v
        total[:3] += [numpy.sum(w * f * f), numpy.sum(w * f) * u, numpy.sum(w * f * omega)]
        total[4] += numpy.sum(w * (t - student(h)) ** 2)
    return total


def iteration(case, x, nodes):
    q, m, v = x
    load, square = case["load"], case["teacherLength"] ** 2
    ff, fu, fw, *_ = averages(case, q, m, v, nodes)
    # E[f u] = T^2 A + m B, E[f omega] = m A + q B for A = E[d f/du], B = E[d f/d omega].
    determinant = q * square - m * m
    a, b = (q * fu - m * fw) / determinant, (square * fw - m * fu) / determinant
    new = 1 / (load * case["gammaDecay"] - load * b)
    return numpy.array([(load * ff + (load * a) ** 2 * square) * new**2, load * a * new * square, new])


def solve(case, start, nodes, damped):
    x = numpy.array(start)
    for _ in range(damped):
        x = (x + iteration(case, x, nodes)) / 2
    found = root(lambda y: iteration(case, y, nodes) - y, x, tol=1e-14, options={"eps": 1e-8})
    x = found.x
    # scipy reports no progress where rounding stops it; what counts is the residual.
    assert numpy.max(numpy.abs(iteration(case, x, nodes) - x)) < 1e-11, (case, found)
    return x


def saddle_point(case):
    coarse, fine = case.pop("nodes")
    square = case["teacherLength"] ** 2
    rough = solve(case, [0.5 * square, 0.5 * square, 1.0], 10, 40)
    less = solve(case, rough, coarse, 1)
    q, m, v = more = solve(case, less, fine, 0)
    *_, generalization, training = averages(case, q, m, v, fine)
    digits = lambda x: repr(float(x))
    result = {
        **case, "q": digits(q), "m": digits(m), "susceptibility": digits(v), "generalizationError": digits(generalization),
        "trainingError": digits(training), "error": float(numpy.max(numpy.abs(more - less) / numpy.abs(more))),
    }
    print(result, flush=True)
    return result


def case(load, decay, noise, student="relu", teacher=None, length=1, nodes=(20, 28)):
    return {"load": load, "gammaDecay": decay, "noiseVariance": noise, "activation": student,
            "teacherActivation": teacher or student, "teacherLength": length, "nodes": nodes}


CASES = [
    case(0.5, 1, 0), case(1, 0.5, 0), case(4, 0.125, 0), case(0.5, 0.5, 0.05), case(1, 0.05, 0.25), case(2, 0.25, 0.05),
    case(4, 0.125, 0.05), case(2, 1, 0.25), case(6, 0.05, 0.25), case(10, 0.1, 0.1), case(3, 0.2, 0.1, length=1.5),
    case(1, 0.5, 0, "erf"), case(2, 0.2, 0.05, "erf"),
    case(5, 0.1, 0.25, "erf", nodes=(18, 22)), case(3, 0.2, 0.1, "erf", "relu", nodes=(18, 22)),
]

if __name__ == "__main__":
    head = {
        "source": "nested Gauss-Legendre sums over all fields and a root of the saddle-point equations, double precision",
        "generator": "python3 spec/reference/saddle-points.py",
        "definitions": {
            "q": "|w|^2/N of the effective weights, gamma^2", "m": "w.w*/N, gamma times overlap times T",
            "generalizationError": "E[(g*(u) - g(h))^2], h the student's own field of variance q",
            "trainingError": "mean of (t - g(h))^2 over the samples trained on",
            "error": "largest relative change of q, m, V with more nodes",
        },
    }
    write("saddle-points", head, cases=[saddle_point(c) for c in CASES])
