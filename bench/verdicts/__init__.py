# SPDX-License-Identifier: BSD-2-Clause
"""What is said of skin that is known not to have changed, and of skin that has."""
