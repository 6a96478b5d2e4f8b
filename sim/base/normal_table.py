#!/usr/bin/env python3
"""Writes normal_table.cpp (to stdout): python3 normal_table.py > normal_table.cpp"""
from statistics import NormalDist

OCTAVES, CELLS = 15, 32


def entry(octave, cell):
    p = 2.0 ** (octave - 16) * (1 + cell / CELLS)
    return round(min(4.0, -NormalDist().inv_cdf(p)) * 2**32)


entries = [entry(o, c) for o in range(OCTAVES) for c in range(CELLS)] + [0]
rows = [entries[i : i + 7] for i in range(0, len(entries), 7)]
print("// Written by normal_table.py: round(2^32 * min(4, -InverseNormalCdf(2^(o - 16) * (1 + c / 32)))).")
print("// clang-format off")
print('#include "base/normal_table.h"\n')
print("namespace pindah {\n")
print("const std::array<std::int64_t, kNormalOctaves * kNormalCells + 1> kNormalTail = {")
print(",\n".join("    " + ", ".join(str(e) for e in row) for row in rows) + "};\n")
print("}  // namespace pindah")
