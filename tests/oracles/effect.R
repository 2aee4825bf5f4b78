# SPDX-License-Identifier: BSD-2-Clause
#
# Quantiles of F and the noncentral t by R's own qf and pt, intervals of
# correlations by the package psych (r-cran-psych), and of Cohen's d of pairs by
# uniroot over pt, whose noncentrality is below 37.6 (beyond it, R approximates).
#     Rscript tests/oracles/effect.R > tests/oracles/effect.inc

suppressPackageStartupMessages(library(psych))

row <- function(...) cat("    {", paste(sprintf("%.15g", c(...)),
                                      collapse = ", "), "},\n", sep = "")

cat("/* SPDX-License-Identifier: BSD-2-Clause */\n\n")
cat("/* Written by effect.R. */\n\n")
cat("/* p, df1, df2, the quantile of F */\n")
cat("static const double fisher[][4] = {\n")
for (d in list(c(5, 15), c(1, 1), c(11, 2.7), c(999, 999), c(0.8, 40)))
  for (p in c(.025, .5, .975))
    row(p, d[1], d[2], qf(p, d[1], d[2]))
cat("};\n\n")
cat("/* t, df, noncentrality, P(T <= t) */\n")
cat("static const double noncentral[][4] = {\n")
for (d in list(c(0, 5, 0), c(2, 5, 1), c(-1, 9, 2), c(4, 9, -1), c(10, 99, 9),
               c(30, 399, 31), c(1.5, 3, 4)))
  row(d, pt(d[1], d[2], d[3]))
cat("};\n\n")

d_of <- function(x) {
  n <- length(x)
  t <- mean(x) / sd(x) * sqrt(n)
  at <- function(p) uniroot(function(ncp) suppressWarnings(pt(t, n - 1, ncp)) - p,
                            t + c(-20, 20), tol = 1e-13)$root / sqrt(n)
  c(t, t.test(x)$p.value, mean(x) / sd(x), at(.975), at(.025))
}
cat("/* mean, SD and count of differences; t, p, d and its interval */\n")
cat("static const double effects[][8] = {\n")
set.seed(3)
for (x in list(rnorm(8, 1), rnorm(30, .2), rnorm(200, -0.6, 2), rnorm(4, 2)))
  row(mean(x), sd(x), length(x), d_of(x))
cat("};\n\n")

make <- function(n, k, person, capture, repeats)
  outer(rnorm(n, 10, person), rnorm(k, 0, capture), "+") +
    rnorm(n * k, 0, repeats)
cat("static const struct {\n    int subjects, raters;\n    double x[40];\n")
cat("    double two[3], three[3]; /* ICC(2,1), ICC(3,1): value, interval */\n")
cat("} intervals[] = {\n")
shrout <- matrix(c(9, 2, 5, 8, 6, 1, 3, 2, 8, 4, 6, 8, 7, 1, 2, 6, 10, 5, 6, 9,
                   6, 2, 4, 7), ncol = 4, byrow = TRUE)
for (x in list(shrout, make(12, 3, 2, 0, .3), make(20, 2, 1, .2, 1),
               make(12, 2, 2, 1.5, .3))) {
  x <- round(x, 3)
  r <- ICC(x, lmer = FALSE)$results
  b <- as.matrix(r[2:3, c("ICC", "lower bound", "upper bound")])
  cat(sprintf("    {%d, %d,\n", nrow(x), ncol(x)))
  cat("    ")
  row(t(x))
  cat("    ")
  row(b[1, ])
  cat("    ")
  row(b[2, ])
  cat("    },\n")
}
cat("};\n")
