/* SPDX-License-Identifier: BSD-2-Clause */

/* What is written at build time from the tables of commands and flags. */

#ifndef CUTIS_TOOLS_MANUAL_H
#define CUTIS_TOOLS_MANUAL_H

#include "flags.h"

/* Completions for a shell, to stdout. */
void complete_bash(void);
void complete_zsh(void);
void complete_fish(void);

#endif
