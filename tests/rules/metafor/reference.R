# Fits published data sets with metafor and writes every number the tests compare to reference.json.
# Run in this folder:  Rscript reference.R

suppressPackageStartupMessages({
  library(metafor)
  library(jsonlite)
})

# metafor stops its searches early by default (1e-5 for REML, 1.2e-4 for Paule-Mandel and the interval
# of tau2). Here it is asked to go on; what it gives by default stands beside it as "default".
TIGHT <- "control=list(tol=1e-12, threshold=1e-12, maxiter=10000)"
METHODS <- c("DL", "REML", "PM")

binary <- function(data, measure) {
  escalc(measure, ai = ai, n1i = n1i, ci = ci, n2i = n2i, data = data)
}

bcg <- with(dat.bcg, data.frame(
  study = paste(author, year), ai = tpos, n1i = tpos + tneg, ci = cpos, n2i = cpos + cneg
))
normand <- dat.normand1999
normand$study <- paste(normand$study, normand$source)
pritz <- data.frame(study = dat.pritz1997$authors, xi = dat.pritz1997$xi, ni = dat.pritz1997$ni)
nielweise <- dat.nielweise2007
nielweise$study <- paste(nielweise$author, nielweise$year)
hackshaw <- dat.hackshaw1998
hackshaw$study <- paste(hackshaw$study, hackshaw$author, hackshaw$year)
bangert <- dat.bangertdrowns2004
bangert$study <- paste(bangert$id, bangert$author, bangert$year)

arms <- c("m1i", "sd1i", "n1i", "m2i", "sd2i", "n2i")
counts <- c("ai", "n1i", "ci", "n2i")
SETS <- list(
  bcg_rr = list(data = binary(bcg, "RR"), measure = "RR", columns = counts, from = "dat.bcg"),
  bcg_or = list(data = binary(bcg, "OR"), measure = "OR", columns = counts, from = "dat.bcg"),
  bcg_two = list(data = binary(bcg[7:8, ], "RR"), measure = "RR", columns = counts,
                 from = "dat.bcg, studies 7 and 8"),
  normand_md = list(
    data = escalc("MD", m1i = m1i, sd1i = sd1i, n1i = n1i, m2i = m2i, sd2i = sd2i, n2i = n2i,
                  data = normand),
    measure = "MD", columns = arms, from = "dat.normand1999"),
  normand_smd = list(
    data = escalc("SMD", m1i = m1i, sd1i = sd1i, n1i = n1i, m2i = m2i, sd2i = sd2i, n2i = n2i,
                  data = normand),
    measure = "SMD", columns = arms, from = "dat.normand1999"),
  normand_mn = list(
    data = escalc("MN", mi = m1i, sdi = sd1i, ni = n1i, data = normand),
    measure = "MN", columns = arms[1:3], from = "dat.normand1999, first arm"),
  nielweise_rr = list(data = binary(nielweise, "RR"), measure = "RR", columns = counts,
                      from = "dat.nielweise2007"),
  nielweise_or = list(data = binary(nielweise, "OR"), measure = "OR", columns = counts,
                      from = "dat.nielweise2007"),
  pritz_plo = list(data = escalc("PLO", xi = xi, ni = ni, data = pritz), measure = "PLO",
                   columns = c("xi", "ni"), from = "dat.pritz1997"),
  hackshaw = list(data = hackshaw, measure = "given", columns = NULL, from = "dat.hackshaw1998"),
  bangertdrowns = list(data = bangert, measure = "given", columns = NULL,
                       from = "dat.bangertdrowns2004")
)

ends <- function(ahead) if (is.na(ahead$pi.lb)) NULL else c(ahead$pi.lb, ahead$pi.ub)

# With test="z" metafor predicts by the normal distribution, which is not compared; test="t" has the same
# error and predicts by t with k - 1 degrees of freedom.
fit_of <- function(data, method, test) {
  call <- sprintf('rma(yi, vi, method="%s", test="%s"', method, test)
  run <- function(call) eval(parse(text = sub(")$", ", data=data)", call)))
  plain <- run(paste0(call, ")"))
  tight_call <- paste0(call, ", ", TIGHT, ")")
  fit <- run(tight_call)
  # By default the upper limit of tau2 is cut off at 100 or at ten times tau2; here it is not.
  profile <- confint(fit, control = list(tol = 1e-12, tau2.max = 1e6))$random
  left <- if (fit$k > 2) as.data.frame(leave1out(fit)) else NULL
  list(
    call = unbox(tight_call), method = unbox(method), test = unbox(test), k = unbox(fit$k),
    estimate = unbox(as.numeric(fit$beta)), se = unbox(fit$se), ci = c(fit$ci.lb, fit$ci.ub),
    tau2 = unbox(fit$tau2), tau2_ci = as.numeric(profile["tau^2", c("ci.lb", "ci.ub")]),
    i2 = unbox(fit$I2), i2_ci = as.numeric(profile["I^2(%)", c("ci.lb", "ci.ub")]),
    q = unbox(fit$QE), q_p = unbox(fit$QEp),
    prediction = list(
      "k-2" = if (fit$k > 2) ends(predict(fit, pi.type = "riley")),
      "k-1" = ends(predict(run(sub('test="z"', 'test="t"', tight_call))))
    ),
    leave_one_out = if (!is.null(left)) {
      list(estimate = left$estimate, se = left$se, ci_low = left$ci.lb, ci_high = left$ci.ub,
           tau2 = left$tau2, i2 = left$I2, q = left$Q)
    },
    default = list(estimate = unbox(as.numeric(plain$beta)), se = unbox(plain$se),
                   tau2 = unbox(plain$tau2), i2 = unbox(plain$I2))
  )
}

egger_of <- function(data) {
  if (nrow(data) < 10) return(NULL)
  test <- regtest(data$yi, data$vi, model = "lm")
  list(call = unbox('regtest(yi, vi, model="lm")'), t = unbox(as.numeric(test$zval)),
       df = unbox(test$dfs), p = unbox(as.numeric(test$pval)), limit = unbox(as.numeric(test$est)))
}

set_of <- function(set) {
  data <- set$data
  fits <- list()
  for (method in METHODS) for (test in c("z", "knha", "adhoc")) {
    fits[[length(fits) + 1]] <- fit_of(data, method, test)
  }
  list(
    from = unbox(set$from), measure = unbox(set$measure), study = as.character(data$study),
    summary = if (length(set$columns)) lapply(as.list(data)[set$columns], as.numeric),
    yi = as.numeric(data$yi), vi = as.numeric(data$vi), egger = egger_of(data), fits = fits
  )
}

# Pooled from the counts themselves: no half is added, and tables without an event or with only events add
# nothing. Q is over the observed effects, of which those with an empty cell have a half.
COUNTS <- list(
  yusuf = list(data = transform(subset(dat.yusuf1985, table == "6" & !is.na(ai)), study = paste(id, trial)),
               from = "dat.yusuf1985, table 6"),
  axfors = list(data = with(subset(dat.axfors2021, hcq_cq == "hcq"), data.frame(
    study = make.unique(paste(id, acronym)), ai = hcq_arm_event, n1i = hcq_arm_total,
    ci = control_arm_event, n2i = control_arm_total)),
    from = "dat.axfors2021, hydroxychloroquine"),
  nielweise = list(data = nielweise, from = "dat.nielweise2007"),
  bcg = list(data = bcg, from = "dat.bcg")
)

common_of <- function(fit, call) {
  list(call = unbox(call), k = unbox(fit$k.yi), estimate = unbox(as.numeric(fit$beta)),
       se = unbox(fit$se), ci = c(fit$ci.lb, fit$ci.ub), q = unbox(fit$QE), q_p = unbox(fit$QEp))
}

counts_of <- function(set) {
  call <- function(first) paste0(first, "ai=ai, n1i=n1i, ci=ci, n2i=n2i)")
  run <- function(first) eval(parse(text = sub(")$", ", data=set$data)", call(first))))
  fits <- list()
  for (first in c('rma.mh(measure="OR", ', 'rma.mh(measure="RR", ', "rma.peto(")) {
    fits[[length(fits) + 1]] <- common_of(run(first), call(first))
  }
  list(
    from = unbox(set$from), study = as.character(set$data$study),
    summary = lapply(as.list(set$data)[counts], as.numeric), fits = fits
  )
}

written <- list(
  r = unbox(R.version.string),
  metafor = unbox(as.character(packageVersion("metafor"))),
  metadat = unbox(as.character(packageVersion("metadat"))),
  call = unbox("Rscript reference.R"),
  sets = lapply(SETS, set_of),
  counts = lapply(COUNTS, counts_of)
)
write(toJSON(written, digits = NA, null = "null", na = "null", pretty = TRUE), "reference.json")
