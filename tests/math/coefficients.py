"""Prints the constants of core/src/math/*.rs.

    python coefficients.py        needs mpmath (and is quicker with gmpy2)

Each polynomial is a minimax one, by Remez' exchange algorithm (Muller, "Elementary Functions", chapter 3): no other of its degree has a smaller largest error over
the interval, weighted as the function's relative error takes it. Its coefficients are then rounded to the element type; the error after that
is printed with it, as a power of two.
"""

import struct

from mpmath import (atanh, cos, cot, erfc, exp, expm1, floor, log as ln, log1p, lu_solve, matrix, mp, mpf, pi, polyval, sin, sqrt, tan, tanh)

mp.prec = 220


def to32(x):
    """The nearest f32; `float` is nearer than any double rounding could show here."""
    return mpf(struct.unpack("f", struct.pack("f", float(x)))[0])


def to64(x):
    return mpf(float(x))


def shown(x, bits):
    if bits == 64:
        return repr(float(x))
    value = float(x)
    for digits in range(1, 18):
        text = f"{value:.{digits}g}"
        if struct.pack("f", float(text)) == struct.pack("f", value):
            text = repr(float(text))
            return text
    raise ValueError(x)


def remez(f, weight, low, high, degree):
    """The coefficients of the best polynomial."""
    count = degree + 2
    # The extremes of the Chebyshev polynomial, mapped to the interval, are where the exchange begins.
    points = [(low + high) / 2 - (high - low) / 2 * cos(pi * k / (count - 1)) for k in range(count)]
    grid = [(low + high) / 2 - (high - low) / 2 * cos(pi * k / (16 * count)) for k in range(16 * count + 1)]
    table = [(x, weight(x), f(x)) for x in grid]
    for _ in range(12):
        rows = [[weight(x) * x**k for k in range(degree + 1)] + [(-1) ** i] for i, x in enumerate(points)]
        solution = list(lu_solve(matrix(rows), matrix([weight(x) * f(x) for x in points])))
        coefficients, level = solution[:-1], abs(solution[-1])
        extremes = []
        for x, w, y in table:
            e = w * (y - polyval(coefficients[::-1], x))
            if not extremes or (e > 0) != (extremes[-1][1] > 0):
                extremes.append((x, e))
            elif abs(e) > abs(extremes[-1][1]):
                extremes[-1] = (x, e)
        while len(extremes) > count:
            extremes.pop(0 if abs(extremes[0][1]) < abs(extremes[-1][1]) else -1)
        if len(extremes) < count or max(abs(e) for _, e in extremes) < level * mpf("1.02"):
            break
        points = [x for x, _ in extremes]
    return coefficients


def fit(name, f, weight, low, high, degree, bits):
    low, high = mpf(low), mpf(high)
    rounded = to32 if bits == 32 else to64
    coefficients = [rounded(a) for a in remez(f, weight, low, high, degree)]
    grid = (low + (high - low) * k / 401 for k in range(402))
    worst = max(abs(weight(x) * (f(x) - polyval(coefficients[::-1], x))) for x in grid)
    print(f"{name}, f{bits}, degree {degree}: 2^{float(ln(worst, 2)):.1f}")
    print("    [" + ", ".join(shown(a, bits) for a in coefficients) + "]", flush=True)


def fit_one_by_one(name, f, weight, low, high, degree):
    """Like `fit`, for f32: each coefficient is rounded before those of higher powers are computed, which make up for that."""
    low, high, count = mpf(low), mpf(high), 80
    points = [(low + high) / 2 - (high - low) / 2 * cos(pi * (2 * k + 1) / (2 * count)) for k in range(count)]
    table = [(x, weight(x), f(x)) for x in points]
    rounded = []
    while len(rounded) <= degree:
        powers = range(len(rounded), degree + 1)
        rests = [y - polyval((rounded or [0])[::-1], x) for x, _, y in table]
        shares = [mpf(1)] * count
        # Least squares, and more of what is far off (Lawson's algorithm).
        for _ in range(12):
            scales = [w * sqrt(share) for (_, w, _), share in zip(table, shares)]
            rows = matrix([[scale * x**k for k in powers] for scale, (x, _, _) in zip(scales, table)])
            solution = lu_solve(rows, matrix([scale * rest for scale, rest in zip(scales, rests)]))
            errors = [abs(w * (rest - sum(a * x**k for a, k in zip(solution, powers)))) for (x, w, _), rest in zip(table, rests)]
            shares = [share * (error / max(errors) + mpf("0.02")) for share, error in zip(shares, errors)]
            shares = [share * count / sum(shares) for share in shares]
        rounded.append(to32(solution[0]))
    worst = max(abs(weight(x) * (f(x) - polyval(rounded[::-1], x))) for x in [low + (high - low) * k / 801 for k in range(802)])
    print(f"{name}, f32, degree {degree}: 2^{float(ln(worst, 2)):.1f}")
    print("    [" + ", ".join(shown(a, 32) for a in rounded) + "]", flush=True)


def parts(name, value, bits_each, bits):
    """`value` as a sum: of parts with so many significant bits each, and one that is rounded to the element type."""
    rounded = to32 if bits == 32 else to64
    out, rest = [], value
    for count in bits_each:
        scale = mpf(2) ** (count - 1 - int(floor(ln(abs(rest), 2))))
        out.append(floor(rest * scale) / scale)
        rest -= out[-1]
    out.append(rounded(rest))
    print(f"{name}, f{bits}: " + ", ".join(shown(a, bits) for a in out))


def near(f, limit):
    """`f`, with its limit where it is 0 / 0."""
    return lambda x: mpf(limit) if abs(x) < mpf(2) ** -100 else f(x)


def normal(k):
    """(1 + x) e^(x^2 / 2) P(-x) for t = (x - k) / (x + k)."""
    def value(t):
        if t == 1:
            return 1 / sqrt(2 * pi)
        x = k * (1 + t) / (1 - t)
        return (1 + x) * exp(x * x / 2) * erfc(x / sqrt(mpf(2))) / 2
    return value


def main():
    half = ln(2) / 2 * mpf("1.0002")
    q = near(lambda r: (expm1(r) - r) / r**2, 0.5)
    of_expm1 = near(lambda r: abs(r**2 / expm1(r)), 0)
    fit("exp: q", q, lambda r: r**2 / exp(r), -half, half, 4, 32)
    fit("exp: q", q, lambda r: r**2 / exp(r), -half, half, 9, 64)
    fit("expm1: q", q, of_expm1, -half, half, 5, 32)
    fit("expm1: q", q, of_expm1, -half, half, 9, 64)
    fit("exp2: q", near(lambda f: (2**f - 1 - f * ln(2)) / f**2, ln(2) ** 2 / 2), lambda f: f**2 * 2**-f, -0.5002, 0.5002, 4, 32)

    p = near(lambda f: (log1p(f) - f + f * f / 2) / f**3, mpf(1) / 3)
    fit("ln: p", p, near(lambda f: abs(f**3 / log1p(f)), 0), sqrt(mpf(0.5)) - 1, sqrt(mpf(2)) - 1, 7, 32)
    greatest = ((sqrt(mpf(2)) - 1) / (sqrt(mpf(2)) + 1)) ** 2
    p = near(lambda z: (2 * atanh(sqrt(z)) - 2 * sqrt(z)) / sqrt(z) / z, mpf(2) / 3)
    fit("ln: p", p, lambda z: z, 0, greatest, 7, 64)
    third = 2 / ln(2) / 3
    p = near(lambda z: ((2 / ln(2) * atanh(sqrt(z)) / sqrt(z) - 2 / ln(2)) / z - third) / z, 2 / ln(2) / 5)
    fit("log2: p", p, lambda z: z * z, 0, greatest, 2, 32)

    p = near(lambda z: (tanh(sqrt(z)) / sqrt(z) - 1) / z, -mpf(1) / 3)
    fit("tanh: p", p, lambda z: z, 0, 0.65, 6, 32)

    greatest = (pi / 4) ** 2 * mpf("1.001")
    fit("sin", near(lambda z: (sin(sqrt(z)) / sqrt(z) - 1) / z, -mpf(1) / 6), lambda z: z, 0, greatest, 3, 32)
    fit("cos", near(lambda z: (cos(sqrt(z)) - 1 + z / 2) / z**2, mpf(1) / 24), lambda z: z * z, 0, greatest, 2, 32)
    fit("tan: p", near(lambda z: (tan(sqrt(z)) / sqrt(z) - 1) / z, mpf(1) / 3), lambda z: z, 0, greatest, 6, 32)
    fit("1 / tan: q", near(lambda z: (1 / sqrt(z) - cot(sqrt(z))) / sqrt(z), mpf(1) / 3), lambda z: z, 0, greatest, 3, 32)

    def beside_scale(t):
        a = (mpf("1.5") + 3 * t) / (1 - t)
        return (a + 1) * exp(a * a / 2) * erfc(a / sqrt(mpf(2))) / 2 - mpf("0.46875")
    fit_one_by_one("gelu: p", beside_scale, lambda t: 1 / (beside_scale(t) + mpf("0.46875")), -0.5, mpf(13) / mpf("17.5"), 11)
    value = normal(mpf(5))
    fit("gelu: p, k = 5", value, lambda t: 1 / value(t), -1, mpf(40 - 5) / (40 + 5), 21, 64)

    parts("ln 2", ln(mpf(2)), [16], 32)
    parts("ln 2", ln(mpf(2)), [42], 64)
    parts("ln 2", ln(mpf(2)), [12], 32)
    parts("2 / ln 2", 2 / ln(mpf(2)), [12], 32)
    parts("2 / (3 ln 2)", third, [12], 32)
    parts("pi / 2 * 2^-30", pi / 2 * mpf(2) ** -30, [12], 32)
    words = int(floor(2 / pi * mpf(2) ** 198))
    print("2/pi * 2^38: " + ", ".join(f"0x{words >> 32 * k & 0xffffffff:08x}" for k in reversed(range(7))))


main()
