"""Integers of xoshiro128** streams, by arithmetic that shares nothing with lib/random/random-stream.ts.

    python3 spec/reference/random-streams.py     rewrites random-streams.json beside it, and checks on the way

There a jump is a power of a bit matrix; here it is a power of x modulo the characteristic polynomial of the step, which
Berlekamp and Massey's algorithm finds from the bits that the generator itself gives. Checked: the jumps of 2^64 and 2^96
are those that Blackman and Vigna publish in xoshiro128starstar.c (prng.di.unimi.it), and the period is 2^128 - 1.
"""

from table import write

MASK = 0xFFFFFFFF
ORDER = 2**128 - 1
PRIMES = [3, 5, 17, 257, 641, 65537, 274177, 6700417, 67280421310721]  # of 2^128 - 1
PUBLISHED = {  # words of 32 bits, lowest first
    64: [0x8764000B, 0xF542D2D3, 0x6FA035C3, 0x77F2DB5B],
    96: [0xB523952E, 0x0B6F099F, 0xCCF5A0EF, 0x1C580662],
}


def rotate(x, k):
    return ((x << k) | (x >> (32 - k))) & MASK


def step(s):
    """The generator as published: the state is changed, the result is returned."""
    result = rotate(s[1] * 5 & MASK, 7) * 9 & MASK
    t = s[1] << 9 & MASK
    s[2] ^= s[0]
    s[3] ^= s[1]
    s[1] ^= s[2]
    s[0] ^= s[3]
    s[2] ^= t
    s[3] = rotate(s[3], 11)
    return result


def seeded(seed):
    """Two outputs of splitmix64, low words first."""
    words = []
    for _ in range(2):
        seed = (seed + 0x9E3779B97F4A7C15) % 2**64
        z = (seed ^ seed >> 30) * 0xBF58476D1CE4E5B9 % 2**64
        z = (z ^ z >> 27) * 0x94D049BB133111EB % 2**64
        z ^= z >> 31
        words += [z & MASK, z >> 32]
    return words


def characteristic_polynomial():
    """Berlekamp-Massey over GF(2) on the lowest bit of 256 states; bit i of the answer is the coefficient of x^i."""
    state, bits = [1, 2, 3, 4], []
    for _ in range(256):
        bits.append(state[0] & 1)
        step(state)
    c, b, length, gap = 1, 1, 0, 1  # connection polynomials: bit i is the coefficient of s[n - i]
    for n, _ in enumerate(bits):
        if sum(bits[n - i] for i in range(length + 1) if c >> i & 1) % 2 == 0:
            gap += 1
        elif 2 * length <= n:
            c, b, length, gap = c ^ b << gap, c, n + 1 - length, 1
        else:
            c, gap = c ^ b << gap, gap + 1
    assert length == 128
    return int(format(c, "0129b")[::-1], 2)


POLYNOMIAL = characteristic_polynomial()


def multiply(p, q):
    out = 0
    while q:
        if q & 1:
            out ^= p
        q >>= 1
        p <<= 1
        if p >> 128:
            p ^= POLYNOMIAL
    return out


def power(n):
    """x^n modulo the polynomial."""
    out, base = 1, 2
    while n:
        if n & 1:
            out = multiply(out, base)
        base = multiply(base, base)
        n >>= 1
    return out


def jumped(state, polynomial):
    state, out = list(state), [0, 0, 0, 0]
    for i in range(128):
        if polynomial >> i & 1:
            out = [a ^ b for a, b in zip(out, state)]
        step(state)
    return out


def check():
    assert power(ORDER) == 1 and all(power(ORDER // p) != 1 for p in PRIMES)
    product = 1
    for p in PRIMES:
        product *= p
    assert product == ORDER
    for k, words in PUBLISHED.items():
        assert power(2**k) == sum(word << 32 * i for i, word in enumerate(words)), k
    state = [1, 2, 3, 4]
    for _ in range(1000):
        step(state)
    assert state == jumped([1, 2, 3, 4], power(1000))


STREAMS = [
    (0, 0, 0), (1, 0, 0), (42, 0, 0), (2**32, 0, 0), (2**53 - 1, 0, 0), (42, 1, 0), (42, 2, 0), (42, 63, 0), (42, 0, 1),
    (42, 0, 1000), (42, 12345, 678), (42, 2**32 - 1, 0), (42, 0, 2**32 - 1), (42, 2**31, 2**31), (2**53 - 1, 2**32 - 1, 2**32 - 1),
]


def case(seed, run, point):
    state = jumped(seeded(seed), power((point * 2**32 + run) * 2**64))
    return {"seed": seed, "run": run, "point": point, "numbers": [step(state) for _ in range(6)]}


if __name__ == "__main__":
    check()
    head = {
        "source": "xoshiro128** 1.1 seeded by splitmix64, jumps as powers of x modulo the characteristic polynomial",
        "generator": "python3 spec/reference/random-streams.py",
        "definitions": {"numbers": "the first six 32-bit integers of the stream of (seed, run, point)"},
    }
    write("random-streams", head, streams=[case(*stream) for stream in STREAMS])
