# SPDX-License-Identifier: BSD-2-Clause
#
# Weighted kappas with their intervals by the package vcd (r-cran-vcd), and
# Spearman's correlation by R with Bonett and Wright's interval (2000), of two
# pathologists' 118 slides of the uterine cervix in four grades (Landis and Koch
# 1977, Biometrics 33:363, table 1, as two raters have it in Agresti 2002, table
# 10.8), and of made tables with gaps in the scale and with hardly any agreement.
#     Rscript tests/oracles/kappa.R > tests/oracles/kappa.inc
#
# The package psych 2.2.9 has the same kappas but not the intervals: its variance
# of the quadratic one of the slides is 0, a jackknife's is vcd's within 2 %.

suppressPackageStartupMessages(library(vcd))

grades <- matrix(c(22, 2, 2, 0, 5, 7, 14, 0, 0, 2, 36, 0, 0, 1, 17, 10), 4,
                 byrow = TRUE)
at <- expand.grid(a = 1:4, b = 1:4)
slides <- at[rep(seq_len(16), as.vector(grades)), ]

numbers <- function(x)
  paste(strwrap(paste(sprintf("%.15g", x), collapse = ", "), 75),
        collapse = "\n  ")

# vcd weighs the places of the categories: all steps of the scale are given.
kappa_of <- function(a, b, power) {
  steps <- seq(min(a, b), max(a, b))
  counts <- table(factor(a, steps), factor(b, steps))
  found <- Kappa(counts, weights = c("Equal-Spacing", "Fleiss-Cohen")[power])
  found$Weighted[[1]] + c(0, -1, 1) * qnorm(.975) * found$Weighted[[2]]
}

show <- function(a, b) {
  n <- length(a)
  rho <- cor(a, b, method = "spearman")
  half <- qnorm(.975) * sqrt((1 + rho^2 / 2) / (n - 3))
  cat(sprintf("{%d,\n {%s},\n {%s},\n", n, numbers(a), numbers(b)))
  cat(sprintf(" {%s},\n {%s},\n {%s}},\n", numbers(kappa_of(a, b, 1)),
              numbers(kappa_of(a, b, 2)),
              numbers(c(rho, tanh(atanh(rho) + c(-1, 1) * half)))))
}

set.seed(12)
cat("/* SPDX-License-Identifier: BSD-2-Clause */\n\n")
cat("/* Written by kappa.R. */\n\n")
cat("static const struct rated {\n")
cat("    int n;\n")
cat("    double a[120], b[120];\n")
cat("    /* Each with the ends of its 95 % interval. */\n")
cat("    double linear[3], quadratic[3], spearman[3];\n")
cat("} rated[] = {\n")
show(slides$a, slides$b)
truth <- sample(0:9, 40, TRUE)
show(2 * (truth %/% 2), pmin(10, truth + sample(0:2, 40, TRUE)))
show(sample(1:5, 30, TRUE), sample(1:5, 30, TRUE))
cat("};\n")
