# SPDX-License-Identifier: BSD-2-Clause
#
# What `cutis batch stats` says of a published table, by R: peak expiratory flow
# of 17 people by two meters (Bland and Altman 1986, table 1, first readings),
# and Shrout and Fleiss' first two judges (1979, table 2) as a group of its own.
#     Rscript tests/oracles/stats.R tests/oracles
# writes stats-in.csv, a long table, and stats-out.csv, the statistics.

suppressPackageStartupMessages(library(psych))
folder <- commandArgs(TRUE)[1]

mini <- c(512, 430, 520, 428, 500, 600, 364, 380, 658, 445, 432, 626, 260, 477,
          259, 350, 451)
wright <- c(494, 395, 516, 434, 476, 557, 413, 442, 650, 433, 417, 656, 267, 478,
            178, 423, 427)
first <- c(9, 6, 8, 7, 10, 6)
second <- c(2, 1, 4, 1, 5, 2)

rows <- function(group, metric, unit, scale, b, a)
  data.frame(pair_id = seq_along(b), study = group, status = "ok",
             metric = metric, region = "face", reading = "R", unit = unit,
             before = b, after = a, scale = scale, verdict = "inconclusive")
table <- rbind(rows("flow", "meter", "l/min", "log", mini, wright),
               rows("judges", "rating", "1", "linear", first, second))
# What has no result takes no part: a failure, and a pair without a value.
table <- rbind(table, transform(table[1, ], status = "no_face", before = NA),
               transform(table[2, ], before = NA, verdict = "not_measurable"),
               transform(table[3, ], verdict = "not_comparable"))
write.csv(table, file.path(folder, "stats-in.csv"), row.names = FALSE,
          na = "", quote = FALSE)

one <- function(group, metric, unit, scale, b, a, left_out) {
  d <- a - b
  n <- length(d)
  t <- t.test(d)
  half <- (t$conf.int[2] - t$conf.int[1]) / 2
  at <- function(p) uniroot(function(ncp) suppressWarnings(
    pt(t$statistic, n - 1, ncp)) - p, t$statistic + c(-20, 20),
    tol = 1e-13)$root / sqrt(n)
  r <- ICC(cbind(b, a), lmer = FALSE)$results[2:3,
                                     c("ICC", "lower bound", "upper bound")]
  sem <- sqrt(sum(d^2) / (2 * n))
  data.frame(group = group, metric = metric, region = "face", reading = "R",
             unit = unit, scale = scale, pairs = n, left_out = left_out,
             mean_before = mean(b), mean_after = mean(a),
             mean_change = mean(d), ci95_low = t$conf.int[1],
             ci95_high = t$conf.int[2], sd_change = sd(d), t = t$statistic,
             df = n - 1, p = t$p.value, p_adjusted = NA, d = mean(d) / sd(d),
             d_ci95_low = at(.975), d_ci95_high = at(.025), icc21 = r[1, 1],
             icc21_ci95_low = r[1, 2], icc21_ci95_high = r[1, 3],
             icc31 = r[2, 1], icc31_ci95_low = r[2, 2],
             icc31_ci95_high = r[2, 3], sem = sem,
             mdc95 = 1.96 * sqrt(2) * sem, limit_low = mean(d) - 1.96 * sd(d),
             limit_high = mean(d) + 1.96 * sd(d),
             limit_margin = qt(.975, n - 1) * sd(d) *
               sqrt(1 / n + 1.96^2 / (2 * (n - 1))))
}
out <- NULL
for (whole in c(TRUE, FALSE)) {
  of <- function(name) if (whole) "" else name
  out <- rbind(out,
               one(of("flow"), "meter", "l/min", "linear", mini, wright, 2),
               one(of("flow"), "meter", "l/min", "log", log(mini), log(wright),
                   2),
               one(of("judges"), "rating", "1", "linear", first, second, 0))
}
for (family in unique(paste(out$group, out$scale))) {
  at <- paste(out$group, out$scale) == family
  out$p_adjusted[at] <- p.adjust(out$p[at], "BH")
}
write.csv(format(out, digits = 12, trim = TRUE),
          file.path(folder, "stats-out.csv"), row.names = FALSE, quote = FALSE)
