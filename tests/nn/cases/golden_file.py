"""A file of cases: what a layer is given, and what PyTorch makes of it."""

import json
import zlib

import numpy as np
import safetensors.torch
import torch


class GoldenFile:
    def __init__(self, name):
        self.name = name
        self.tensors = {}
        self.lines = {}  # of each case its numbers and shapes, as text
        self.off = {}  # of each case how far f32 is from the exact values

    def add(self, case, inputs, compute, numbers=None, exact=None):
        """Adds what `compute` gives of `inputs(rng)`, arrays by name, in f64, which are rounded for f32.

        It gives a tensor, or several by name. `exact` is given where `compute` in f64 would be too far off.
        """
        assert case not in self.lines, case
        made = inputs(np.random.default_rng(zlib.crc32(case.encode())))
        for kind, dtype in (("f32", torch.float32), ("f64", torch.float64)):
            given = {part: tensor(values, dtype) for part, values in made.items()}
            results = by_name(compute(*given.values()))
            for part, values in (given | results).items():
                assert values.dtype == dtype or not values.is_floating_point(), (case, part)
                self.put(f"{case}.{kind}.{part}", values)
            if kind == "f32":
                wide = [tensor(values, torch.float64) for values in given.values()]
                for part, values in by_name((exact or compute)(*wide)).items():
                    assert values.dtype == torch.float64 and values.shape == results[part].shape, (case, part)
                    self.put(f"{case}.{kind}.{part}.exact", values)
                    self.off[case] = max(self.off.get(case, 0), error(results[part], values))
        words = [f"{key}={value}" for key, value in (numbers or {}).items()]
        words += [f"{part}={tuple(values.shape)}" for part, values in (given | results).items()]
        self.lines[case] = " ".join(word.replace(" ", "") for word in words)

    def put(self, key, values):
        self.tensors[key] = values.clone(memory_format=torch.contiguous_format)

    def write(self, folder):
        """Writes the file, and gives its size.

        The library writes texts in an order of chance, so the header is written again.
        """
        encoded = safetensors.torch.save(self.tensors)
        length = int.from_bytes(encoded[:8], "little")
        header = {"__metadata__": self.lines, **json.loads(encoded[8 : 8 + length])}
        header = json.dumps(header, separators=(",", ":")).encode()
        header += b" " * (-len(header) % 8)
        path = folder / f"{self.name}.safetensors"
        path.write_bytes(len(header).to_bytes(8, "little") + header + encoded[8 + length :])
        read = safetensors.torch.load_file(path)
        assert read.keys() == self.tensors.keys()
        for key, values in self.tensors.items():
            assert (
                read[key].shape == values.shape and read[key].numpy().tobytes() == values.numpy().tobytes()
            ), key
        return path.stat().st_size


def tensor(values, dtype):
    """Floats as of the type; what is no float as it is."""
    values = torch.as_tensor(values)
    return values.to(dtype) if values.is_floating_point() else values


def by_name(results):
    return results if isinstance(results, dict) else {"output": results}


def error(values, exact):
    """The largest error, in units of 2^-24 of the largest finite number of the result."""
    values = values.double()
    both = torch.isfinite(values) & torch.isfinite(exact)
    if not both.any():
        return 0.0
    return ((values - exact)[both].abs().max() / exact[both].abs().max().clamp(min=1e-300)).item() * 2**24


def rounded(number):
    """What an f32 layer has of a number that is no tensor."""
    return float(np.float32(number))
