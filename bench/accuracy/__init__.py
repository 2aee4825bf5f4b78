# SPDX-License-Identifier: BSD-2-Clause
"""The studies of bench/accuracy.py: what is rendered, measured, and said."""
