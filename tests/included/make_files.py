"""Makes the files that the tests include, by the formats' definitions and nothing else.

Run in this folder: `python3 make_files.py`. Those of `../ui/included` have mistakes; those of
`../../core/docs/files` are for the examples in the documentation.
"""

import json
import struct
from pathlib import Path

HERE = Path(__file__).parent
UI = HERE / "../ui/included"
DOCS = HERE / "../../core/docs/files"


def npy(path, descr, shape, data, fortran=False, version=1):
    """A `.npy` file as NumPy writes it: its data begins at a multiple of 64."""
    text = f"{{'descr': {descr!r}, 'fortran_order': {fortran}, 'shape': {shape}, }}"
    length = "<H" if version == 1 else "<I"
    before = 8 + struct.calcsize(length)
    text += " " * (-(before + len(text) + 1) % 64) + "\n"
    start = b"\x93NUMPY" + bytes([version, 0]) + struct.pack(length, len(text))
    path.write_bytes(start + text.encode() + data)


def safetensors(path, tensors, padded=True):
    """A `.safetensors` file of these tensors in their order: name, type, shape, data."""
    header, at = {"__metadata__": {"format": "np"}}, 0
    for name, dtype, shape, data in tensors:
        header[name] = {"dtype": dtype, "shape": shape, "data_offsets": [at, at + len(data)]}
        at += len(data)
    text = json.dumps(header, separators=(",", ":"))
    text += " " * (-len(text) % 8) if padded else ""
    path.write_bytes(struct.pack("<Q", len(text)) + text.encode() + b"".join(data for *_, data in tensors))


def bf16(*numbers):
    """Numbers that `bf16` has exactly."""
    return b"".join(struct.pack("<f", x)[2:] for x in numbers)


# The letters of `struct`: what each element type is for both formats, and values with its extremes.
TYPES = {
    "f32": ("f", "f4", "F32", [1.5, -0.0, float("inf"), 1e-45, -3.25e38, 0.1]),
    "f64": ("d", "f8", "F64", [1.5, -0.0, float("inf"), 5e-324, -1.5e308, 0.1]),
    "f16": ("e", "f2", "F16", [1.5, -0.0, float("inf"), 2.0**-24, -65504.0, 0.0999755859375]),
    "i8": ("b", "i1", "I8", [1, -2, 127, -128, 0, 5]),
    "i16": ("h", "i2", "I16", [1, -2, 32767, -32768, 258, 5]),
    "i32": ("i", "i4", "I32", [1, -2, 2**31 - 1, -(2**31), 16909060, 5]),
    "i64": ("q", "i8", "I64", [1, -2, 2**63 - 1, -(2**63), 72623859790382856, 5]),
    "u8": ("B", "u1", "U8", [1, 2, 255, 128, 0, 5]),
    "u16": ("H", "u2", "U16", [1, 2, 65535, 32768, 258, 5]),
    "u32": ("I", "u4", "U32", [1, 2, 2**32 - 1, 2**31, 16909060, 5]),
    "u64": ("Q", "u8", "U64", [1, 2, 2**64 - 1, 2**63, 72623859790382856, 5]),
    "bool": ("?", "b1", "BOOL", [True, False, True, True, False, False]),
}


def packed(name, order="<"):
    letter, _, _, values = TYPES[name]
    return struct.pack(f"{order}{len(values)}{letter}", *values)


def floats(*numbers):
    return struct.pack(f"<{len(numbers)}f", *numbers)


def values():
    for name, (_, kind, _, _) in TYPES.items():
        order = "|" if kind[1] == "1" else "<"
        npy(HERE / f"{name}.npy", order + kind, (2, 3), packed(name))
        if order == "<":
            npy(HERE / f"{name}_big.npy", ">" + kind, (2, 3), packed(name, ">"))
    npy(HERE / "moderate.npy", "<f8", (3,), struct.pack("<3d", 0.1, -2.5, 1e-50))
    npy(HERE / "ones.npy", "<f4", (2, 1, 3, 1), floats(1, 2, 3, 4, 5, 6), version=2)
    npy(HERE / "column.npy", "<f4", (3, 1), floats(1, 2, 3), fortran=True)
    npy(HERE / "scalar.npy", "<f4", (), floats(2.5))
    npy(HERE / "empty.npy", "<f4", (0, 3), b"")
    # As NumPy before 1.14 wrote it: the data begins at a multiple of 16.
    old = b"{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }"
    old += b" " * (-(10 + len(old) + 1) % 16) + b"\n"
    (HERE / "old.npy").write_bytes(b"\x93NUMPY\x01\x00" + struct.pack("<H", len(old)) + old + floats(1, 2, 3))

    everything = [(name, dtype, [2, 3], packed(name)) for name, (_, _, dtype, _) in TYPES.items()]
    # A file that is converted has no number that is too large.
    moderate = ("f64", "F64", [2, 3], struct.pack("<6d", 1.5, -0.0, float("inf"), 5e-324, -1.5e38, 0.1))
    everything = [moderate if name == "f64" else (name, *rest) for name, *rest in everything]
    everything.append(("bf16", "BF16", [3], bf16(1.5, -0.25, 2.0**100)))
    # Largest first, as the format's own writers have it.
    size = {"F64": 8, "I64": 8, "U64": 8, "F32": 4, "I32": 4, "U32": 4, "F16": 2, "BF16": 2, "I16": 2, "U16": 2}
    everything.sort(key=lambda tensor: -size.get(tensor[1], 1))
    everything += [("none", "F32", [0, 4], b""), ("tiny", "F8_E4M3", [3], b"\x01\x02\x03")]
    safetensors(HERE / "every_type.safetensors", everything)
    # Smallest first, so that most are not aligned; and the header is of an odd length.
    safetensors(HERE / "misaligned.safetensors", everything[::-1], padded=False)
    safetensors(HERE / "empty.safetensors", [])


def network():
    """Layers in layers, with names that are one in the other."""
    shapes = {
        "features.0.weight": [4, 1, 3, 3],
        "features.0.bias": [4],
        "features.10.weight": [2, 4, 1, 1],
        "head.weight": [3, 2],
        "head.bias": [3],
    }
    tensors, at = [], 0
    for name, shape in shapes.items():
        count = 1
        for length in shape:
            count *= length
        tensors.append((name, "F32", shape, floats(*(i / 8 for i in range(at, at + count)))))
        at += count
    safetensors(HERE / "network.safetensors", tensors)
    safetensors(UI / "network.safetensors", tensors)


def blocks():
    """Two blocks of one shape, as an array of them is called."""
    tensors = []
    for block in range(2):
        weight = floats(*(block * 10 + i for i in range(4)))
        tensors.append((f"blocks.{block}.fc.weight", "F32", [2, 2], weight))
        tensors.append((f"blocks.{block}.scale", "F32", [2], floats(block, block)))
    safetensors(HERE / "blocks.safetensors", tensors)


def mistakes():
    npy(UI / "stats.npy", "<f4", (1000,), floats(*range(1000)))
    npy(UI / "mean.npy", "<f8", (256,), struct.pack("<256d", *range(256)))
    npy(UI / "half.npy", "<f2", (3,), struct.pack("<3e", 1, 2, 3))
    npy(UI / "labels.npy", "<i8", (3,), struct.pack("<3q", 1, 2, 3))
    npy(UI / "fortran.npy", "<f4", (2, 3), floats(1, 4, 2, 5, 3, 6), fortran=True)
    npy(UI / "complex.npy", "<c8", (1,), floats(1, 2))
    npy(UI / "truncated.npy", "<f4", (256,), floats(*range(255)))
    npy(UI / "longer.npy", "<f4", (2,), floats(1, 2, 3))
    npy(UI / "mask.npy", "|b1", (3,), b"\x00\x01\x02")
    npy(UI / "huge.npy", "<f8", (2,), struct.pack("<2d", 1, 1e300))
    npy(UI / "nine_axes.npy", "|u1", (1,) * 9, b"\x00")
    (UI / "archive.npz").write_bytes(b"PK\x03\x04" + bytes(26))
    header = b"{'descr': '<f4', 'fortran_order': False, 'shape': (256)}\n"
    (UI / "malformed.npy").write_bytes(b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header)

    npy(UI / "kernel.npy", "<f4", (2, 1, 3), floats(*range(6)))
    whole = (UI / "network.safetensors").read_bytes()
    (UI / "truncated.safetensors").write_bytes(whole[:-4])
    (UI / "cut_header.safetensors").write_bytes(whole[:100])
    (UI / "huge_header.safetensors").write_bytes(struct.pack("<Q", 2**40) + b"{}")
    (UI / "empty_file.safetensors").write_bytes(b"")
    (UI / "archive.pt").write_bytes(b"PK\x03\x04" + bytes(26))
    four = {"dtype": "F32", "shape": [1], "data_offsets": [0, 4]}

    def header_of(path, text, data):
        path.write_bytes(struct.pack("<Q", len(text)) + text.encode() + data)

    overlapping = {"a": four, "b": {**four, "shape": [2], "data_offsets": [0, 8]}}
    header_of(UI / "overlapping.safetensors", json.dumps(overlapping), bytes(8))
    lying = {"a": {**four, "shape": [2**40]}}
    header_of(UI / "lying.safetensors", json.dumps(lying), bytes(4))
    twice = json.dumps(four)
    header_of(UI / "twice.safetensors", f'{{"a": {twice}, "a": {twice}}}', bytes(4))
    halves = [("weight", "F16", [2], struct.pack("<2e", 1, 2))]
    safetensors(UI / "halves.safetensors", halves)


def examples():
    npy(DOCS / "mean.npy", "<f4", (4,), floats(0.5, 1.5, 2.5, 3.5))
    npy(DOCS / "stats.npy", "<f4", (8,), floats(*range(8)))
    safetensors(
        DOCS / "model.safetensors",
        [
            ("features.0.weight", "F32", [2, 1, 3], floats(*(i / 4 for i in range(6)))),
            ("features.0.bias", "F32", [2], floats(0.5, -0.5)),
            ("head.weight", "F32", [3, 2], floats(*range(6))),
        ],
    )


for folder in (UI, DOCS):
    folder.mkdir(exist_ok=True)
values()
network()
blocks()
mistakes()
examples()
