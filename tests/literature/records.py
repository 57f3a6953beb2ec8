"""Records to be taken, in words of our own."""

RIS = """TY  - JOUR
AU  - Bran, Oda
AU  - Oat Study Group
TI  - Oat bran for gout: a randomised trial
JO  - Journal of Oats
PY  - 2019/03/02
VL  - 5
IS  - 2
SP  - 11
EP  - 19
DO  - 10.5555/oats.2019.7
AB  - BACKGROUND: Gout hurts. METHODS: We randomly assigned 120 adults with gout to oat bran or wheat.
 The median follow-up was 12 months. RESULTS: Flares were rarer with oat bran (relative risk 0.80, 95%
 CI 0.65 to 0.98; p=0.03). The mean difference in pain was -1.2 points (95% CI -2.0 to -0.4).
 CONCLUSIONS: Oat bran helped. TRIAL REGISTRATION: NCT01234567. FUNDING: Medical Research Council.
ER  -

TY  - JOUR
AU  - Bran, Oda
TI  - Oats & 5% of all the gout there is: a note
PY  - 2019
ER  -
"""
"""A trial whose abstract tells much, and a note without an abstract."""
TRIAL_KEY, NOTE_KEY = "bran2019_d6ce38a7", "bran2019_a46f7baf"
