"""Fills values.txt: exact values of the functions of f64, for tests/math_f64.rs.

    python make_values.py        needs mpmath (and is quicker with gmpy2)

A line `name | formula | arguments` begins each part. The formula is one of `x`, in the words of mpmath. Its lines are three numbers: the
bits of an argument, the bits of the correctly rounded value, and how far the exact value is from that, in thousandths of a ULP.

To add a function, add its first line at the end. Where a part has no lines, its arguments are drawn: by `between`, `sized`, `beside` and
the lists below. Of a part that has lines the arguments stay, and the values are computed again, which changes nothing.
"""

import math
import random
import struct
from pathlib import Path

import mpmath
from mpmath import mp, mpf, ldexp, nint

# Angles of 2^1023 need as many bits of pi.
mp.prec = 1400

FILE = Path(__file__).parent / "values.txt"


def bits(x):
    return struct.unpack("<Q", struct.pack("<d", x))[0]


def of_bits(text):
    return struct.unpack("<d", struct.pack("<Q", int(text, 16)))[0]


def rounded(value):
    """The nearest f64, and what is left in thousandths of its ULP."""
    if value == 0:
        return 0.0, 0
    exponent = max(int(mpmath.floor(mpmath.log(abs(value), 2))), -1022) - 52
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


def main():
    comments, parts = [], []
    for line in FILE.read_text().splitlines():
        if line.startswith("#"):
            comments.append(line)
        elif " | " in line:
            parts.append((line, []))
        else:
            parts[-1][1].append(of_bits(line.split(" ")[0]))
    out = comments
    for head, arguments in parts:
        name, formula, *how = head.split(" | ")
        if not arguments:
            random.seed(name)
            arguments = eval(how[0])
        out.append(head)
        for x in arguments:
            value, rest = rounded(eval(formula, vars(mpmath).copy(), {"x": mpf(x)}))
            out.append(f"{bits(x):x} {bits(value):x} {rest}")
    FILE.write_text("\n".join(out) + "\n")


main()
