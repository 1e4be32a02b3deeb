"""Averages over (u, v) of students beside teachers of another kind, to 30 digits.

    python3 spec/reference/pair-averages.py      rewrites pair-averages.json beside it (minutes)

u, v standard normal, correlation cos(phi); delta = (G(u) - g(gamma v)) g'(gamma v), G the teacher. Units of two slopes by numerical
integrals over the angle of (u, v) on the sectors between their kinks, erf beside a longer erf by sums over both fields. Nothing but the
definitions goes in.
"""

from mpmath import mp, mpf

from table import write

DIGITS = 30
KEYS = ["deltaV", "deltaTransverse", "deltaSquared", "epsilon"]
SLOPES = [  # student and teacher, for z > 0 and z < 0
    ((1, 0), (1, 1)), ((1, 1), (1, 0)), ((1, 0), (2, 0)), ((1, 1), (1.5, 1.5)), ((1, 0.25), (1, 0)), ((1, -1), (1, 0)),
    ((1, 1), (1, -1)), ((-0.5, 1.5), (0.75, 0.25)), ((1, 0), (0, -1)),
]
PLACES = [(1.0, 1e-9), (2.0, 1e-9), (1.5, 1e-6), (0.7, 0.4), (0.5, 1.6), (1.0, 2.6), (1.0, 3.14159), (-0.8, 0.9)]
LENGTHS = [0.5, 2.0]


def two_slopes(student, teacher, gamma, phi):
    (a, b), (c, d) = [[mpf(x) for x in slopes] for slopes in (student, teacher)]
    edges = sorted({-mp.pi / 2, phi - mp.pi / 2, mp.pi / 2, phi + mp.pi / 2, 3 * mp.pi / 2})
    out = dict.fromkeys(KEYS, mpf(0))

    def at(t):  # v = r cos t, u = r cos(t - phi), E[r^2] = 2
        v, u = mp.cos(t), mp.cos(t - phi)
        gain = a if gamma * v > 0 else b
        gap = (c if u > 0 else d) * u - gain * gamma * v
        # r^2 goes out before: of u - v cos(phi) = sin(phi) sin(t) nothing cancels
        return gap * gain * v, gap * gain * mp.sin(phi) * mp.sin(t), (gap * gain) ** 2, gap**2

    for left, right in zip(edges, edges[1:]):
        for part, key in enumerate(KEYS):
            out[key] += mp.quad(lambda t: at(t)[part], [left, right]) / mp.pi
    return out


def long_erf(length, gamma, phi):
    """g(z) = erf(z/sqrt 2), G(u) = g(length u), by equally spaced sums over v and z, u = v cos(phi) + z sin(phi): for analytic
    functions times a normal density their error falls like exp(-2 pi^2/STEP^2)."""
    c, s = mp.cos(phi), mp.sin(phi)
    slope = lambda z: mp.sqrt(2 / mp.pi) * mp.exp(-z * z / 2)
    unit = lambda z: mp.erf(z / mp.sqrt(2))
    out = dict.fromkeys(KEYS, mpf(0))
    fields = [STEP * k for k in range(-COUNT, COUNT + 1)]
    weights = [STEP * mp.exp(-z * z / 2) / mp.sqrt(2 * mp.pi) for z in fields]
    for v, of_v in zip(fields, weights):
        output, gain = unit(gamma * v), slope(gamma * v)
        for z, of_z in zip(fields, weights):
            weight, gap = of_v * of_z, unit(length * (c * v + s * z)) - output
            out["deltaV"] += weight * gap * gain * v
            out["deltaTransverse"] += weight * gap * gain * s * z
            out["deltaSquared"] += weight * (gap * gain) ** 2
            out["epsilon"] += weight * gap**2
    return out


STEP, COUNT = mpf(1) / 8, 80

if __name__ == "__main__":
    cases = []
    mp.dps = 50
    for student, teacher in SLOPES:
        for gamma, phi in PLACES:
            found = two_slopes(student, teacher, mpf(gamma), mpf(phi))
            entry = {"student": student, "teacher": teacher, "gamma": gamma, "phi": phi}
            cases.append({**entry, **{key: mp.nstr(found[key], DIGITS) for key in KEYS}})
    mp.dps = 25
    for length in LENGTHS:
        for gamma, phi in [(0.7, 0.4), (2.0, 1.3), (-0.8, 2.2)]:
            found = long_erf(mpf(length), mpf(gamma), mpf(phi))
            entry = {"student": "erf", "teacherLength": length, "gamma": gamma, "phi": phi}
            cases.append({**entry, **{key: mp.nstr(found[key], 16) for key in KEYS}})
    head = {
        "source": "numerical integrals over the angle of (u, v), for erf sums over both fields, mpmath",
        "generator": "python3 spec/reference/pair-averages.py",
        "digits": DIGITS,
        "definitions": {
            "student": "slopes for z > 0 and z < 0, or erf(z/sqrt 2)",
            "teacher": "slopes for z > 0 and z < 0",
            "teacherLength": "G(u) = erf(teacherLength u/sqrt 2)",
            "deltaV": "E[delta v]",
            "deltaTransverse": "E[delta (u - v cos phi)]",
            "deltaSquared": "E[delta^2], no label noise",
            "epsilon": "E[(G(u) - g(gamma v))^2]",
        },
    }
    write("pair-averages", head, cases=cases)
