# SPDX-License-Identifier: BSD-2-Clause
#
# Intraclass correlations by the package psych (r-cran-psych, its ICC by aov),
# and what follows from them, of tables as repeat captures make them.
#     Rscript tests/oracles/icc.R > tests/oracles/icc.inc

suppressPackageStartupMessages(library(psych))

# Rows are people, columns captures: a person's own level, a capture's bias and
# what repeats.
make <- function(n, k, person, capture, repeats) {
  x <- outer(rnorm(n, 10, person), rnorm(k, 0, capture), "+")
  round(x + rnorm(n * k, 0, repeats), 3)
}

numbers <- function(x)
  paste(strwrap(paste(sprintf("%.15g", x), collapse = ", "), 75),
        collapse = "\n  ")

show <- function(x) {
  found <- ICC(x, lmer = FALSE)$results$ICC
  wide <- sd(as.vector(x))
  sem <- wide * sqrt(1 - found[2])
  d <- x[, 2] - x[, 1]
  n <- nrow(x)
  t <- qt(.975, n - 1)
  cat(sprintf("{%d, %d,\n {%s},\n", n, ncol(x), numbers(t(x))))
  cat(sprintf(" {%s},\n", numbers(found)))
  cat(sprintf(" %.15g, %.15g, %.15g,\n", wide, sem, 1.96 * sqrt(2) * sem))
  cat(sprintf(" {%s}},\n", numbers(c(
    mean(d), sd(d), t * sd(d) / sqrt(n),
    t * sd(d) * sqrt(1 / n + 1.96^2 / (2 * (n - 1))),
    sqrt(sum(d^2) / (2 * n))))))
}

set.seed(11)
cat("/* SPDX-License-Identifier: BSD-2-Clause */\n\n")
cat("/* Written by icc.R. */\n\n")
cat("static const struct agreed {\n")
cat("    int subjects, raters;\n")
cat("    double x[40];\n")
cat("    double icc[6]; /* (1,1) (2,1) (3,1), then of means */\n")
cat("    double sd, sem, mdc95; /* of all values; by ICC(2,1) */\n")
cat("    /* The second column less the first: bias, SD, half widths of the\n")
cat("     * 95 % intervals of the bias and of a limit of agreement, SEM. */\n")
cat("    double pair[5];\n")
cat("} agreed[] = {\n")
show(make(12, 3, 2, 0, 0.3))    # agrees well
show(make(12, 3, 2, 1.5, 0.3))  # captures are biased: consistent, not equal
show(make(20, 2, 1, 0.2, 1))    # hardly
show(make(8, 4, 0.01, 0, 1))    # not at all: below 0
cat("};\n")
