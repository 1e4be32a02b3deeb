"""The explicit engine as a loop over vectorized numpy: the other side of explicit-engine.ts, which starts it.

Reads lines "rule batchSize steps" and answers each with the seconds those steps took, the overlap and the length after them;
a student is kept from line to line. Nothing is allocated in a step that numpy can be told to put elsewhere: normal numbers
are drawn into a buffer (the noise at its end, for one call the less), products and updates are made in place, and a
step whose unit is off, so that it changes no weight, touches none.
"""

import json
import math
import sys
from time import perf_counter

import numpy as np

settings = json.loads(sys.argv[1])
N = settings["dimension"]
ETA = settings["learningRate"]
ZETA = settings["gammaDecay"]
DEVIATION = math.sqrt(settings["noiseVariance"])
INITIAL = settings["initial"]
ROOT = math.sqrt(N)
TEACHER = np.ones(N)


def initial_weights(rng):
    outside = rng.standard_normal(N)
    outside -= outside.mean()
    outside /= math.sqrt(outside.dot(outside))
    overlap = INITIAL["overlap"]
    return INITIAL["length"] * (overlap * TEACHER + ROOT * math.sqrt(1 - overlap**2) * outside)


class Student:
    def __init__(self):
        self.rng = np.random.default_rng(1)
        self.w = initial_weights(self.rng)
        self.gamma = INITIAL["gamma"]

    def order_parameters(self):
        norm = math.sqrt(self.w.dot(self.w))
        return TEACHER.dot(self.w) / norm / ROOT, norm / ROOT


def sgd_single(student, steps):
    draw, w = student.rng.standard_normal, student.w
    numbers = np.empty(N + 1)
    x = numbers[:N]
    teacher_dot, w_dot = TEACHER.dot, w.dot
    multiply, add = np.multiply, np.add
    for _ in range(steps):
        draw(out=numbers)
        h = float(w_dot(x)) / ROOT
        if h > 0:
            u = float(teacher_dot(x)) / ROOT
            label = (u if u > 0 else 0.0) + DEVIATION * float(numbers[N])
            multiply(x, ETA * (label - h) / ROOT, x)
            add(w, x, w)


def normalized_single(student, steps):
    draw, w, gamma = student.rng.standard_normal, student.w, student.gamma
    numbers = np.empty(N + 1)
    x = numbers[:N]
    teacher_dot, w_dot = TEACHER.dot, w.dot
    multiply, add = np.multiply, np.add
    norm = math.sqrt(float(w_dot(w)))
    for _ in range(steps):
        draw(out=numbers)
        v = float(w_dot(x)) / norm
        along = 0.0
        if gamma * v > 0:
            u = float(teacher_dot(x)) / ROOT
            label = (u if u > 0 else 0.0) + DEVIATION * float(numbers[N])
            delta = label - gamma * v
            along = delta * v
            c = ETA * gamma * delta / norm
            multiply(w, 1 - c * v / norm, w)
            multiply(x, c, x)
            add(w, x, w)
            norm = math.sqrt(float(w_dot(w)))
        gamma += ETA / N * (along - ZETA * gamma)
    student.gamma = gamma


def normalized_batch(student, steps, batch_size):
    draw, w, gamma = student.rng.standard_normal, student.w, student.gamma
    numbers = np.empty(batch_size * N + batch_size)
    x = numbers[: batch_size * N].reshape(batch_size, N)
    noise = numbers[batch_size * N :]
    change = np.empty(N)
    label, v, field, gate = (np.empty(batch_size) for _ in range(4))
    x_dot, w_dot = x.dot, w.dot
    multiply, add, subtract, divide = np.multiply, np.add, np.subtract, np.divide
    maximum, heaviside = np.maximum, np.heaviside
    norm = math.sqrt(float(w_dot(w)))
    for _ in range(steps):
        draw(out=numbers)
        x_dot(TEACHER, out=label)
        x_dot(w, out=v)
        divide(label, ROOT, label)
        divide(v, norm, v)
        maximum(label, 0.0, out=label)
        multiply(noise, DEVIATION, noise)
        add(label, noise, label)
        multiply(v, gamma, field)
        heaviside(field, 0.0, gate)
        subtract(label, field, label)
        multiply(label, gate, label)  # δ: where the unit is on, its output is the field
        along = float(label.dot(v)) / batch_size
        multiply(label, ETA * gamma / norm / batch_size, label)
        multiply(w, 1 - ETA * gamma * along / norm**2, w)
        label.dot(x, out=change)
        add(w, change, w)
        norm = math.sqrt(float(w_dot(w)))
        gamma += ETA / N * (along - ZETA * gamma)
    student.gamma = gamma


students = {}
print(np.__version__, flush=True)
for line in sys.stdin:
    rule, batch_size, steps = line.split()
    student = students.setdefault((rule, batch_size), Student())
    begin = perf_counter()
    if rule == "sgd":
        sgd_single(student, int(steps))
    elif batch_size == "1":
        normalized_single(student, int(steps))
    else:
        normalized_batch(student, int(steps), int(batch_size))
    print(perf_counter() - begin, *student.order_parameters(), flush=True)
