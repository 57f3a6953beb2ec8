"""What is read in abstracts, and what is left out because it is not sure; all words are our own."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from review.literature.abstracts import AbstractReader
from review.literature.abstracts.effects import Effect
from review.literature.abstracts.numbers import count
from review.literature.abstracts.parts import plain
from review.model.vocabulary import Design, Funding, Measure, Species
from review.store.read import packaged_packs

READER = AbstractReader(packaged_packs().abstract_packs)
TRIAL = "Oat bran for gout: a randomised trial"
RR, OR, HR = Measure.RISK_RATIO, Measure.ODDS_RATIO, Measure.HAZARD_RATIO
IRR, MD, SMD = Measure.RATE_RATIO, Measure.MEAN_DIFFERENCE, Measure.STANDARDISED_MEAN_DIFFERENCE
RD, R = Measure.RISK_DIFFERENCE, Measure.CORRELATION


def read(abstract, title="Oat bran and gout"):
    return READER.read(title, abstract)


def effects(abstract):
    """Each effect as measure, estimate, limits and p."""
    return [
        (e.measure, e.estimate, e.low, e.high, e.p) for e in (f.value for f in read(abstract).effects)
    ]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Gout fell (relative risk 0.80, 95% CI 0.65 to 0.98).", (RR, 0.8, 0.65, 0.98, "")),
        ("Gout fell (RR=0.80; 95% CI: 0.65-0.98; P=.03).", (RR, 0.8, 0.65, 0.98, "0.03")),
        ("Gout fell (odds ratio [OR], 0.5 [95% CI, 0.3-0.9]; P < .001).",
         (OR, 0.5, 0.3, 0.9, "<0.001")),
        ("The hazard ratio was 1·30 (95% CI 1·10–1·54; p=0·002).", (HR, 1.3, 1.1, 1.54, "0.002")),
        ("The adjusted hazard ratio (aHR) was 1.3 (95% confidence interval 1.1, 1.6).",
         (HR, 1.3, 1.1, 1.6, "")),
        ("Flares fell (incidence rate ratio 0.7, p=0.01, 95% CI 0.5-0.9).",
         (IRR, 0.7, 0.5, 0.9, "0.01")),
        ("Pain fell (mean difference −1.2 points, 95% CI −2.0 to −0.4).", (MD, -1.2, -2.0, -0.4, "")),
        ("Pain fell (MD -1.2; 95% CI -2.0, -0.4; p=0.004).", (MD, -1.2, -2.0, -0.4, "0.004")),
        ("Pain fell (SMD -0.5, 95% CI -0.9 to -0.1).", (SMD, -0.5, -0.9, -0.1, "")),
        ("The standard mean difference was 0.3 (95% CI 0.1 to 0.5).", (SMD, 0.3, 0.1, 0.5, "")),
        ("The risk difference was 5% (95% CI 1% to 9%).", (RD, 5, 1, 9, "")),
        ("Urate and pain went together (r = -0.40, P < 0.001).", (R, -0.4, None, None, "<0.001")),
        ("Flares were rarer (OR 0.61; p = 0.02).", (OR, 0.61, None, None, "0.02")),
        ("The odds ratio per 5 g was 1.4 (95% CI 1.1 to 1.8).", (OR, 1.4, 1.1, 1.8, "")),
        ("The odds ratio (95% CI) for flares was 2.0 (1.5-2.7).", (OR, 2.0, 1.5, 2.7, "")),
        ("Prevalence was 12.5% (95% CI 10.1-14.9).", (Measure.PREVALENCE, 12.5, 10.1, 14.9, "")),
        ("In all 7% (95% CI 5% to 9%) of patients had flares.", (Measure.PROPORTION, 7, 5, 9, "")),
        ("The mean change in urate was -0.9 mg/dL (95% CI -1.3 to -0.5; p=0.01).",
         (Measure.CHANGE, -0.9, -1.3, -0.5, "")),
    ],
)  # fmt: skip
def test_an_estimate_with_what_stands_beside_it(sentence, expected):
    assert effects(sentence) == [expected]


@pytest.mark.parametrize(
    "sentence",
    [
        # Its measure is another one, or none.
        "The relative risk reduction was 20% (95% CI 5 to 33).",
        "Sensitivity was 91% (95% CI 85% to 95%).",
        "Pain fell by 30% (95% CI 20% to 40%) of what it was.",
        "Urate was 7.1 mg/dL (95% CI 6.8 to 7.4).",
        # Heart rates are no hazard ratios, however they are abbreviated.
        "Heart rate fell: HR was 72 (95% CI 70 to 75).",
        # An estimate outside its limits, limits the wrong way round, a ratio below zero.
        "Gout fell (RR 0.80, 95% CI 0.85 to 0.98).",
        "Gout fell (RR 0.80, 95% CI 0.98 to 0.65).",
        "Gout fell (RR 0.80, 95% CI -0.65 to 0.98).",
        # Whose interval is whose is not said.
        "The ORs of two genes were 2.2 and 1.5 (95% CI 0.5-9.6 and 0.7-3.2, respectively).",
        # Another paper's.
        "A previous trial found a relative risk of 0.80 (95% CI 0.65 to 0.98).",
        # A p is no estimate.
        "The mean change in pain differed, difference 3 points, p=0.53; 95% CI -7 to 13.",
        # Nothing but a p.
        "Gout was rarer (p = 0.02).",
    ],
)
def test_what_is_no_estimate_is_left_out(sentence):
    assert effects(sentence) == []


@pytest.mark.parametrize(
    ("end", "p"),
    [
        ("; P = .03)", "0.03"),
        ("; P for trend = .03)", ""),
        ("; P = .03 for interaction)", ""),
        ("; P = .03 and .04)", ""),
        ("; P = 3.1 x 10(-5))", ""),
        (") against tea, where P = .03", ""),
    ],
)
def test_a_p_is_that_of_the_estimate_alone(end, p):
    assert [row[4] for row in effects(f"Gout fell (RR 0.80; 95% CI 0.65 to 0.98{end}.")] == [p]


def test_estimates_go_on_in_their_sentence():
    found = effects(
        "The odds ratio for flares was 0.82 (95% CI 0.60-1.12) and for pain 0.69 (95% CI 0.45-1.06; "
        "p=0.09), with a rate of 1.8% (95% CI, 1.2%-2.6%)."
    )
    assert found == [(OR, 0.82, 0.6, 1.12, ""), (OR, 0.69, 0.45, 1.06, "0.09")]


def test_a_bare_triple_is_of_the_one_ratio_that_an_abstract_names():
    stated = "RESULTS: Flares were rarer (relative risk 0.80, 95% CI 0.65 to 0.98). "
    assert effects(f"{stated}So were visits (0.73, 0.55 to 0.97).")[1:] == [(RR, 0.73, 0.55, 0.97, "")]
    # Not where two measures are named, nor before one is, nor where it lies at a limit.
    assert len(effects(f"{stated}An odds ratio was not used. So were visits (0.73, 0.55 to 0.97).")) == 1
    assert effects("RESULTS: So were visits (0.73, 0.55 to 0.97). The relative risk was not told.") == []
    assert len(effects(f"{stated}So were visits (0.96, 0.55 to 0.97).")) == 1


def test_an_abbreviation_stands_for_what_the_abstract_explains():
    told = "The rate ratio (RR) was 0.8 (95% CI 0.6 to 1.1). Later RR was 0.9 (95% CI 0.7 to 1.2)."
    assert effects(told) == [(IRR, 0.8, 0.6, 1.1, ""), (IRR, 0.9, 0.7, 1.2, "")]


def test_results_are_read_in_the_results_alone():
    text = "BACKGROUND: RR was 2.0 (95% CI 1.5 to 2.7). METHODS: We planned RR 2.1 (95% CI 1.6 to 2.8). "
    later = "RESULTS: RR was 2.2 (95% CI 1.7 to 2.9). CONCLUSIONS: RR was 2.3 (95% CI 1.8 to 3.0)."
    assert [row[1] for row in effects(text + later)] == [2.2]


def test_an_estimate_told_twice_is_one():
    assert len(effects("RR was 2.2 (95% CI 1.7 to 2.9). Again, RR was 2.2 (95% CI 1.7 to 2.9).")) == 1


@pytest.mark.parametrize(
    ("words", "outcome"),
    [
        ("The hazard ratio for death was 0.8 (95% CI 0.6 to 1.1).", "death"),
        ("The hazard ratio for the oat group was 0.8 (95% CI 0.6 to 1.1).", ""),
        ("The hazard ratio for smokers was 0.8 (95% CI 0.6 to 1.1).", ""),
        ("The hazard ratio for other endpoints was 0.8 (95% CI 0.6 to 1.1).", ""),
    ],
)
def test_an_outcome_is_named_where_it_is_one_for_sure(words, outcome):
    assert read(words).effects[0].value.outcome == outcome


def test_the_sentence_is_the_one_that_states_it_as_it_stands():
    said = "Urate fell (RR 0·80, 95% CI 0·65–0·98)."
    (effect,) = read(f"We gave oats. {said} All were glad.").effects
    assert effect.sentence == said


@pytest.mark.parametrize(
    ("abstract", "n"),
    [
        ("We randomly assigned 120 adults with gout to oats or wheat.", 120),
        ("In total, 1,204 men were randomised.", 1204),
        ("METHODS 19 999 women were randomly assigned to oats or wheat.", 19999),
        ("Ninety-three patients were randomized into three groups.", 93),
        ("Six hundred twenty-five residents were randomly allocated to oats or wheat.", 625),
        ("A randomised trial of 46 adults with gout compared oats and wheat.", 46),
        ("Adults were randomly assigned to oats (n = 60) or wheat (n = 58).", 118),
        ("Adults (n = 18) were randomly assigned to oats (n = 6), wheat (n = 6) or rice (n = 6).", 18),
        ("We screened 154 people and randomly allocated 38 to oats and 20 to wheat.", 58),
        ("People were randomised. 101 were assigned to oats, 100 to wheat, and 99 to rice.", 300),
        ("Adults were randomised. Data of 90 patients were included in the analysis.", None),
        ("We randomly assigned 120 adults to oats. In a subgroup, 40 adults were randomised.", 120),
        ("Patients were randomised to oats or wheat. Of 90 patients who were screened some came.", None),
        ("We randomly assigned 120 adults to oats. We randomly assigned 80 children to wheat.", None),
    ],
)  # fmt: skip
def test_people_of_a_trial(abstract, n):
    fact = read(abstract, TRIAL).n
    assert (fact.value if fact else None) == n


@pytest.mark.parametrize(
    ("title", "abstract", "n"),
    [
        ("Oats in Leeds: a cohort study", "We enrolled 340 adults with gout.", 340),
        ("Oats in Leeds: a cohort study", "We included 42 adults on oats, 59 adults on rice.", None),
        ("Oats in Leeds: a cohort study", "Adults (n = 40) were matched with 40 children.", None),
        ("Oats in Leeds: a case-control study", "Case patients (n = 40) were interviewed.", None),
        ("Oats: a meta-analysis of trials", "We included 13 trials involving 1079 patients.", 1079),
        ("Oats: a meta-analysis of trials", "Of 13 trials, in one, 40 adults were enrolled.", None),
    ],
)  # fmt: skip
def test_people_of_other_studies(title, abstract, n):
    fact = read(abstract, title).n
    assert (fact.value if fact else None) == n


@pytest.mark.parametrize(
    ("title", "abstract", "design"),
    [
        (TRIAL, "Adults were given oats.", Design.RANDOMISED_TRIAL),
        ("Oats", "Adults were randomly assigned to oats or wheat.", Design.RANDOMISED_TRIAL),
        ("Oats", "Large randomised trials of oats are needed.", None),
        ("Oats and genes: a Mendelian randomisation study", "Adults were looked at.", None),
        ("Oats: study protocol for a randomised trial", "Adults will be randomised.", None),
        ("Oats", "A secondary analysis. Adults were randomly assigned to oats or wheat.", None),
        ("Oats in gout: a prospective cohort study", "Adults were followed.", Design.COHORT),
        ("Oats in gout: a case-control study", "Adults were asked.", Design.CASE_CONTROL),
        ("Oats in gout: a cohort study", "It was a case-control study.", None),
        ("Oats", "We did a cross-sectional study of dentists.", Design.NON_RANDOM_SURVEY),
        ("Oats", "We did a cross-sectional survey in a random sample of men.", Design.RANDOM_SURVEY),
        ("Oats", "We did a cross-sectional study. Dentists were randomly selected.", None),
        ("Gout after oats: a case report", "A man ate oats.", Design.CASE_REPORT),
        ("Oats", "A 41-year-old woman came with a swollen knee.", Design.CASE_REPORT),
        ("Oats: a narrative review", "Oats are eaten.", Design.NARRATIVE_REVIEW),
        ("Oats", "The charts of 40 patients were reviewed.", None),
        ("Oats: a meta-analysis of randomised trials", "Trials were pooled.", Design.REVIEW_OF_TRIALS),
        ("Oats: a systematic review", "We searched PubMed and included cohort studies of oats.",
         Design.REVIEW_OF_OBSERVATIONAL),
        ("Oats: a systematic review", "We included randomised trials and cohort studies.",
         Design.REVIEW_MIXED),
        ("Oats: a systematic review", "We included 12 studies of oats.", None),
        ("Oats: a systematic review", "We included 9 randomised trials, and 11 studies.", None),
        ("Oats in rats", "Rats were randomly assigned to oats. The rats lived.", Design.ANIMAL),
        ("Oats and cells", "Rats gave cells, which were kept in vitro. The rats lived.", None),
        ("Oats", "Oats grow in the north.", None),
    ],
)  # fmt: skip
def test_designs(title, abstract, design):
    fact = read(abstract, title).design
    assert (fact.value if fact else None) == design


@pytest.mark.parametrize(
    ("title", "abstract", "species"),
    [
        (TRIAL, "Adults were given oats.", Species.HUMAN),
        ("Oats in mice", "Mice were given oats.", Species.ANIMAL),
        ("Oats", "Oats may help patients one day.", None),
        ("Oats", "In all, 30 adults were asked.", Species.HUMAN),
        ("Oats", "In all, 30 adults were asked. Mice were fed. Rats were fed.", None),
    ],
)
def test_species(title, abstract, species):
    fact = read(abstract, title).species
    assert (fact.value if fact else None) == species


@pytest.mark.parametrize(
    ("abstract", "follow_up"),
    [
        ("The median follow-up was 3.2 years.", "3.2 years"),
        ("Adults were followed up for a mean of 14 months (range 2 to 30).", "14 months"),
        ("Mean follow-up of 4.8 ± 1.5 yr. The 12-month follow-up was whole.", "4.8 years"),
        ("Adults were followed for 24 weeks.", "24 weeks"),
        ("Adults were seen at 6-month follow-up and at 12-month follow-up.", None),
        ("The median age at follow-up was 15 years.", None),
        ("Adults came for 6-8 weeks of follow-up.", None),
    ],
)
def test_follow_up(abstract, follow_up):
    fact = read(abstract, TRIAL).follow_up
    assert (fact.value if fact else None) == follow_up


@pytest.mark.parametrize(
    ("abstract", "number"),
    [
        ("We gave oats. TRIAL REGISTRATION ClinicalTrials.gov NCT01234567.", "NCT01234567"),
        ("We gave oats. It is registered, ISRCTN12345678. They lived.", "ISRCTN12345678"),
        ("We gave oats. PROSPERO registration CRD42020123456.", "CRD42020123456"),
        ("We gave oats. ChiCTR-IOR-17010706 is its number.", "ChiCTR-IOR-17010706"),
        ("Registered as NCT01234567 and NCT07654321.", None),
        ("As in NCT01234567 we gave oats. They lived.", None),
    ],
)
def test_registration(abstract, number):
    fact = read(abstract).registration
    assert (fact.value if fact else None) == number


@pytest.mark.parametrize(
    ("abstract", "funding", "kind"),
    [
        ("RESULTS: Ok. FUNDING: Medical Research Council.", "Medical Research Council",
         Funding.NON_INDUSTRY),
        ("RESULTS: Ok. FUNDING: Oat Pharma Ltd.", "Oat Pharma Ltd", Funding.INDUSTRY),
        ("RESULTS: Ok. FUNDING: None.", "None", Funding.NONE),
        ("RESULTS: Ok. FUNDING: Oat Pharma Ltd and University of Oats.",
         "Oat Pharma Ltd and University of Oats", None),
        ("They lived. (Funded by Novartis; number NCT01234567.)", "Novartis", Funding.INDUSTRY),
        ("They lived. Growth was supported by Soil.", None, None),
        ("RESULTS: Ok. FUNDING: See the full text.", None, None),
    ],
)  # fmt: skip
def test_funding(abstract, funding, kind):
    found = read(abstract)
    assert (found.funding.value if found.funding else None) == funding
    assert (found.funding_kind.value if found.funding_kind else None) == kind


def test_arms_are_the_sentence_that_sizes_them():
    said = "Adults were randomly assigned to oats (n = 60) or wheat (n = 58)."
    assert read(f"Gout hurts. {said}", TRIAL).arms.value == said
    assert read("Adults were randomly assigned to oats (n = 60).", TRIAL).arms is None


@pytest.mark.parametrize(
    "cue", packaged_packs().abstract_packs["english"].designs, ids=lambda c: c.design
)
def test_every_design_of_the_pack_is_told_by_its_examples_alone(cue):
    assert all(cue.is_told(text) for text in cue.examples)
    assert not any(cue.is_told(text) for text in cue.counter_examples)


@pytest.mark.parametrize(
    ("text", "number"),
    [("1,204", 1204), ("19 999", 19999), ("forty-two", 42), ("one hundred and five", 105),
     ("two thousand three hundred twenty", 2320), ("a hundred", 100)],
)  # fmt: skip
def test_counts_in_words_and_figures(text, number):
    assert count(text) == number


@settings(max_examples=25)
@given(st.text(max_size=120))
def test_no_text_stops_the_reader_and_common_signs_keep_its_length(text):
    assert len(plain(text)) == len(text)
    found = read(text, text)
    assert all(effect.value.is_consistent for effect in found.effects)


NUMBERS = st.integers(1, 999).map(lambda hundredths: hundredths / 100)


@settings(max_examples=25)
@given(st.lists(NUMBERS, min_size=3, max_size=3, unique=True))
def test_whatever_ratio_is_printed_is_read_as_printed(numbers):
    low, estimate, high = sorted(numbers)
    found = effects(f"Gout fell (relative risk {estimate}, 95% CI {low} to {high}).")
    assert found == [(RR, estimate, low, high, "")]


@pytest.mark.parametrize(
    ("estimate", "is_amidst"), [(1.0, True), (0.71, False), (0.73, True), (1.51, True), (1.53, False)]
)
def test_amidst_its_limits_on_the_scale_of_its_measure(estimate, is_amidst):
    # From 0.45 to 2.22 = 1/0.45, whose middle is 1: a fifth of the width off is 0.729 to 1.372.
    assert Effect(RR, 1.37, 0.45, 2.2222).is_amidst
    assert not Effect(RR, 1.38, 0.45, 2.2222).is_amidst
    # Of a difference from 0.5 to 1.5 a fifth of the width off is 0.8 to 1.2.
    assert Effect(MD, 1.19, 0.5, 1.5).is_amidst
    assert not Effect(MD, 1.21, 0.5, 1.5).is_amidst
    assert Effect(MD, estimate, 0.12, 2.12).is_amidst is is_amidst
