"""Writes values.txt: exact values of the functions of f64, for tests/math_f64.rs.

    python make_values.py        needs mpmath (and is quicker with gmpy2)

A line with a function's name, for `pow` with the exponent, begins each part. Its lines are three numbers: the bits of an argument, the bits of the correctly rounded
value, and how far the exact value is from that, in thousandths of a ULP.
"""

import math
import random
import struct
from pathlib import Path

from mpmath import mp, mpf, cos, erfc, exp, expm1, floor, ldexp, log as ln, log1p, nint, power, sin, sqrt, tan, tanh

# Angles of 2^1023 need as many bits of pi.
mp.prec = 1400


def bits(x):
    return struct.unpack("<Q", struct.pack("<d", x))[0]


def rounded(value):
    """The nearest f64, and what is left in thousandths of its ULP."""
    if value == 0:
        return 0.0, 0
    exponent = max(int(floor(ln(abs(value), 2))), -1022) - 52
    places = ldexp(value, -exponent)
    whole = int(nint(places))
    if exponent > 971 or (exponent == 971 and abs(whole) == 2**53):
        return math.copysign(math.inf, value), 0
    return math.ldexp(whole, exponent), int(nint(1000 * (places - whole)))


def beside(*points):
    """Each point and the numbers next to it."""
    return [x for p in points for x in (math.nextafter(p, -math.inf), p, math.nextafter(p, math.inf))]


def between(low, high, count):
    return [random.uniform(low, high) for _ in range(count)]


def sized(low, high, count, signs=(-1, 1)):
    """Magnitudes from 2^low to 2^high."""
    return [random.choice(signs) * 2 ** random.uniform(low, high) for _ in range(count)]


TINY = [5e-324, -5e-324, 2.0**-1022, -(2.0**-1022), 1e-300, -1e-20, 1e-16, -1e-8]
GREATEST = 1.7976931348623157e308
EXPONENTIAL = beside(709.782712893384, -708.3964185322641, -744.4400719213812, -745.1332191019412, 0.34657359027997264, -0.34657359027997264)

ARGUMENTS = {
    "exp": (exp, between(-1, 1, 60) + between(-30, 30, 60) + between(-745, 709.7, 60) + sized(-60, 0, 20) + EXPONENTIAL + TINY),
    "expm1": (expm1, between(-1, 1, 80) + between(-40, 40, 60) + between(-745, 709.7, 20) + sized(-60, 0, 40) + EXPONENTIAL + TINY
              + beside(1.0397207708399179, -1.0397207708399179, 36.73680056967710)),
    "ln": (ln, between(0.5, 2, 80) + sized(-1074, 1024, 60, (1,)) + [1 + x for x in sized(-50, -1, 40)]
           + beside(1.0, 0.7071067811865476, 1.4142135623730951, 2.0**-1022) + [5e-324, GREATEST]),
    "log1p": (log1p, between(-0.9, 1, 80) + sized(-60, 60, 60, (1,)) + sized(-60, -1, 40) + sized(60, 1023, 10, (1,))
              + [x - 1 for x in sized(-50, -1, 20, (1,))] + beside(-0.2928932188134524, 0.4142135623730951) + TINY + [GREATEST]),
    "sin": (sin, between(-4, 4, 80) + sized(-30, 30, 60) + sized(30, 1023, 40) + beside(math.pi, math.pi / 2, 1e22) + TINY),
    "cos": (cos, between(-4, 4, 80) + sized(-30, 30, 60) + sized(30, 1023, 40) + beside(math.pi, math.pi / 2, 1e22) + TINY),
    "tanh": (tanh, between(-1, 1, 80) + between(-20, 20, 60) + sized(-60, 0, 60) + beside(18.714973875118524, 20.0) + TINY),
    "sigmoid": (lambda x: 1 / (1 + exp(-x)), between(-2, 2, 80) + between(-40, 40, 60) + between(-745, 0, 40) + TINY),
    "gelu": (lambda x: x * erfc(-x / sqrt(mpf(2))) / 2,
             between(-2, 2, 80) + between(-8, 8, 80) + between(-38.5, 0, 60) + sized(-60, 0, 20) + [x for x in TINY if abs(x) > 1e-307]),
}
# Behind the powers, so that their arguments stay what they were.
LAST = {
    "silu": (lambda x: x / (1 + exp(-x)),
             lambda: between(-2, 2, 80) + between(-40, 40, 80) + between(-746, 0, 80) + between(-752, -700, 40) + sized(-60, 0, 20)
             + beside(-512.0, -708.3964185322641, -745.1332191019412, -800.0) + TINY),
    "tan": (tan, lambda: between(-4, 4, 80) + sized(-30, 30, 60) + sized(30, 1023, 40) + beside(math.pi, math.pi / 2, 1e22) + TINY),
}
EXPONENTS = [0.5, -1.5, 2.0, 3.0, 1.7, 1e-3, 1e3, -7.0]


def write(out, name, function, arguments):
    out.append(name)
    for x in arguments:
        value, rest = rounded(function(mpf(x)))
        out.append(f"{bits(x):x} {bits(value):x} {rest}")


def main():
    random.seed(20261125)
    out = ["# Written by make_values.py: argument, correctly rounded value, distance of the exact value in thousandths of a ULP."]
    for name, (function, arguments) in ARGUMENTS.items():
        write(out, name, function, arguments)
    for exponent in EXPONENTS:
        limit = min(1000 / abs(exponent), 1000)
        arguments = between(0.5, 2, 20) + sized(-limit, limit, 15, (1,))
        if exponent == int(exponent):
            arguments += [-x for x in arguments[:5]]
        write(out, f"pow {exponent!r}", lambda x: power(x, mpf(exponent)), arguments)
    for name, (function, arguments) in LAST.items():
        write(out, name, function, arguments())
    (Path(__file__).parent / "values.txt").write_text("\n".join(out) + "\n")


main()
