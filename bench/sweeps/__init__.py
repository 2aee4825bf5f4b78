# SPDX-License-Identifier: BSD-2-Clause
"""Sweeps of the checks over rendered people: see ../sweeps.py."""
