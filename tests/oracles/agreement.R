# SPDX-License-Identifier: BSD-2-Clause
#
# Figures for tests/test_stats.c and tests/bench.py: adjusted p by R's own
# p.adjust, intraclass correlation by the analysis of variance of R (aov).
#     Rscript tests/oracles/agreement.R

show <- function(name, x) cat(name, sprintf("%.15g", x), "\n")

# The fifteen p of Benjamini and Hochberg 1995, section 3.2.
p <- c(.0001, .0004, .0019, .0095, .0201, .0278, .0298, .0344, .0459, .3240,
       .4262, .5719, .6528, .7590, 1.000)
show("bh", p.adjust(p, "BH"))
show("holm", p.adjust(p, "holm"))

# With ties, out of order.
q <- c(.04, .01, .04, .9, .001, .01, .5)
show("bh", p.adjust(q, "BH"))
show("holm", p.adjust(q, "holm"))

# Shrout and Fleiss 1979, table 2.
x <- c(9, 2, 5, 8, 6, 1, 3, 2, 8, 4, 6, 8, 7, 1, 2, 6, 10, 5, 6, 9, 6, 2, 4, 7)
d <- data.frame(x = x, subject = gl(6, 4), judge = gl(4, 1, 24))
m <- anova(lm(x ~ subject + judge, d))[["Mean Sq"]]
w <- anova(lm(x ~ subject, d))[["Mean Sq"]][2]
n <- 6; k <- 4
show("MSR MSC MSE MSW", c(m, w))
show("icc11", (m[1] - w) / (m[1] + (k - 1) * w))
show("icc14", (m[1] - w) / m[1])
show("icc21", (m[1] - m[3]) /
     (m[1] + (k - 1) * m[3] + k * (m[2] - m[3]) / n))
show("icc31", (m[1] - m[3]) / (m[1] + (k - 1) * m[3]))
show("icc24", (m[1] - m[3]) / (m[1] + (m[2] - m[3]) / n))
show("icc34", (m[1] - m[3]) / m[1])

# Bland and Altman of judges 1 and 2 of the same table.
a <- x[d$judge == 1]; b <- x[d$judge == 2]; e <- b - a
t <- qt(.975, n - 1)
show("bias sd", c(mean(e), sd(e)))
show("limits", mean(e) + c(-1.96, 1.96) * sd(e))
show("ci of bias", t * sd(e) / sqrt(n))
show("ci of a limit", t * sd(e) * sqrt(1 / n + 1.96^2 / (2 * (n - 1))))
show("sem from pairs", sqrt(sum(e^2) / (2 * n)))

# A share's interval (Wilson 1927) and a line, for tests/bench.py.
show("wilson 3 of 60", prop.test(3, 60, correct = FALSE)$conf.int)
m <- lm(c(1.1, 1.9, 3.2, 3.8, 5.1) ~ c(1, 2, 3, 4, 5))
show("line", c(coef(m), summary(m)$r.squared))
