#!/usr/bin/env python3
"""Draws of NumPy's PCG64 from a stated state: the figures of test_util.c."""
import numpy as np

generator = np.random.PCG64()
state = generator.state
state["state"]["state"] = (0x0123456789ABCDEF << 64) | 0xFEDCBA9876543210
state["state"]["inc"] = (0x1122334455667788 << 64) | 0x99AABBCCDDEEFF01
generator.state = state
for draw in generator.random_raw(4):
    print(f"UINT64_C(0x{int(draw):016x}),")
