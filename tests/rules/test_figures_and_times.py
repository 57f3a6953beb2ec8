"""Figures in words, their units, when two of them say the same, and times that can be compared."""

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from sample_lexicon import FIGURES, UNITS, figure, lexicon

from review.language.figures.around import Bound, Role
from review.language.figures.figures import Figure, Figures, same_figure
from review.language.figures.times import is_permanent, longest, longest_time, reaches
from review.language.figures.units import COUNT, converted, days, is_calendar


def only(text: str) -> Figure:
    (figure,) = FIGURES.of(text)
    return figure


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("It gained 18.6 hairs per cm2", "18.6", "18.6", "per cm²"),
        ("18 to 26 terminal hairs per cm²", "18", "26", "per cm²"),
        ("97 per square inch", "97", "97", "per square inch"),
        ("97 hairs per inch²", "97", "97", "per square inch"),
        ("97 hairs/sq. in", "97", "97", "per square inch"),
        ("35 follicular units per square centimetre", "35", "35", "per cm²"),
        ("1.2 per mm2", "1.2", "1.2", "per mm²"),
        ("300 μm tall", "300", "300", "µm"),
        ("300 µm tall", "300", "300", "µm"),
        ("2.02 micrometres", "2.02", "2.02", "µm"),
        ("a needle of 1.5 mm", "1.5", "1.5", "mm"),
        ("2 inches wide", "2", "2", "inch"),
        ("1,234.5 mg", "1234.5", "1234.5", "mg"),
        ("5 cm long", "5", "5", "cm"),
        ("100 micrograms a day", "100", "100", "µg"),
        ("100 mcg", "100", "100", "µg"),
        ("40 ng of it", "40", "40", "ng"),
        ("2 g of powder", "2", "2", "g"),
        ("3.67 mg/L", "3.67", "3.67", "mg/l"),
        ("100 micrograms per ml", "100", "100", "µg/ml"),
        ("84.3 micrograms/dL", "84.3", "84.3", "µg/dl"),
        ("5 mg/kg", "5", "5", "mg/kg"),
        ("5 ml of plasma", "5", "5", "ml"),
        ("50 µl", "50", "50", "µl"),
        ("2 litres", "2", "2", "l"),
        ("2 billion exosomes", "2000000000", "2000000000", "count"),
        ("2 to 10 million vesicles", "2000000", "10000000", "count"),
        ("three thousand people", "3000", "3000", "count"),
        ("2,500 women", "2500", "2500", "count"),
        ("15000 people", "15000", "15000", "count"),
        ("for $9,000", "9000", "9000", "dollar"),
        ("2 million dollars", "2000000", "2000000", "dollar"),
        ("a 2-fold rise", "2", "2", "fold"),
    ],
)
def test_units_are_read(text, low, high, unit):
    assert only(text) == figure(low, high, unit)


@pytest.mark.parametrize(
    "text",
    [
        "In spring 2019 it began",
        "of 125 people",
        "in an area of 5.1 cm2",
        "someone days",
        "HIV 1/11-Ab",
        "MIP-1 and TGFB3",
        "x5 months",
        "0,5 months",
    ],
)
def test_what_is_no_figure(text):
    assert FIGURES.of(text) == frozenset()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("6 to 8 months", "6 to 8 months"),
        ("1 week", "1 week"),
        ("1 to 2 weeks", "1 to 2 weeks"),
        ("0.5 months", "0.5 months"),
        ("34 per cent", "34%"),
        ("12.52 hairs per square inch", "12.52 per square inch"),
        ("2 billion", "2,000,000,000"),
        ("30-150 nm", "30 to 150 nm"),
        ("10 sessions", "10 sessions"),
    ],
)
def test_a_figure_is_said_in_words(text, said):
    assert str(only(text)) == said


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("12 weeks", "3 months", True),
        ("13 weeks", "3 months", True),
        ("11 weeks", "3 months", False),
        ("14 weeks", "3 months", False),
        ("24 weeks", "6 months", True),
        ("180 days", "6 months", True),
        ("4 weeks", "1 month", True),
        ("5 weeks", "1 month", False),
        ("72 hours", "3 days", True),
        ("10 days", "1 week", False),
        ("90 minutes", "1.5 hours", True),
        ("12 months", "1 year", True),
        ("52 weeks", "1 year", True),
        ("48 weeks", "1 year", False),
        ("48 weeks", "12 months", False),
        ("25 months", "2 years", False),
        ("23 months", "2 years", False),
        ("6 months", "0.5 years", True),
        ("360 days", "1 year", True),
        ("366 days", "1 year", True),
        ("359 days", "1 year", False),
        ("367 days", "1 year", False),
        ("8 to 12 weeks", "2 to 3 months", True),
        ("8 to 12 weeks", "2 to 4 months", False),
        ("8 to 12 weeks", "1 to 3 months", False),
        ("3 months", "2 to 3 months", False),
        ("15.1 per cm²", "97 per square inch", True),
        ("15.4 per cm²", "97 per square inch", False),
        ("15.10 per cm²", "97.4 per square inch", True),
        ("15 per cm²", "98 per square inch", True),
        ("16 per cm²", "97 per square inch", False),
        ("18 per cm²", "18 per square inch", False),
        ("1.5 per mm2", "150 per cm2", True),
        ("0.3 mm", "300 µm", True),
        ("30 to 150 nm", "0.03 to 0.15 µm", True),
        ("1 inch", "2.54 cm", True),
        ("2.0 inches", "5.1 cm", True),
        ("2.0 inches", "5.3 cm", False),
        ("0.5 g", "500 mg", True),
        ("500 µg", "0.5 mg", True),
        ("20 ng", "0.02 µg", True),
        ("0.5 ml", "500 µl", True),
        ("2 l", "2000 ml", True),
        ("1 mg/ml", "1000 µg/ml", True),
        ("3.67 mg/l", "3.67 µg/ml", True),
        ("3.67 mg/l", "3.67 mg", False),
        ("5 mg/kg", "5 mg", False),
        ("2 billion", "2,000,000,000", True),
        ("2 billion", "2 million", False),
        ("2,000 million", "2 billion", True),
        ("3 thousand", "3,000", True),
        ("34%", "34.4%", True),
        ("34%", "34.5%", False),
        ("34.0%", "34.4%", False),
        ("34%", "34-fold", False),
        ("3 sessions", "3 days", False),
        ("0 days", "0 hours", True),
        ("6 weeks", "6.4 weeks", True),
        ("6.0 weeks", "6.4 weeks", False),
    ],
)
def test_when_two_figures_say_the_same(one, other, same):
    assert same_figure(only(one), only(other)) is same
    assert same_figure(only(other), only(one)) is same


units = st.sampled_from(list(UNITS.values()))
numbers = st.decimals(Decimal("0.001"), Decimal(10**6), allow_nan=False, allow_infinity=False, places=3)
single = st.builds(lambda value, unit: Figure(value, value, unit), numbers, units)
ranges = st.builds(lambda a, b, unit: Figure(min(a, b), max(a, b), unit), numbers, numbers, units)


@given(single | ranges, single | ranges)
def test_agreement_does_not_depend_on_the_side(a, b):
    assert same_figure(a, b) is same_figure(b, a)


@given(single | ranges)
def test_a_figure_agrees_with_itself(figure):
    assert same_figure(figure, figure)


@given(numbers, units, units)
def test_a_conversion_there_and_back_gives_the_same(value, unit, other):
    assume(unit.kind == other.kind and is_calendar(unit) is is_calendar(other))
    assert converted(converted(value, unit, other), other, unit) == Fraction(value)


@given(single, single)
def test_figures_of_different_kinds_never_agree(a, b):
    assume(a.kind != b.kind)
    assert not same_figure(a, b)
    with pytest.raises(ValueError, match="does not turn into"):
        converted(a.low, a.unit, b.unit)


@pytest.mark.parametrize("pair", [("month", "day"), ("week", "year"), ("mg", "mg/l"), ("%", "fold")])
def test_what_has_no_one_answer_is_not_converted(pair):
    for unit, other in (pair, pair[::-1]):
        with pytest.raises(ValueError, match=f"{unit} does not turn into {other}"):
            converted(Fraction(1), UNITS[unit], UNITS[other])


@given(single)
def test_a_printed_figure_reads_back_as_the_same(figure):
    assume(figure.unit != COUNT)
    assert only(str(figure)) == figure


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        ("3", "month", (84, 93)),
        ("11", "month", (308, 341)),
        ("12", "month", (360, 366)),
        ("1", "year", (360, 366)),
        ("1.5", "year", (540, 549)),
        ("0.5", "year", (168, 186)),
        ("12", "week", (84, 84)),
        ("36", "hour", (Fraction(3, 2), Fraction(3, 2))),
        ("720", "minute", (Fraction(1, 2), Fraction(1, 2))),
    ],
)
def test_days_of_a_time(value, unit, expected):
    assert days(Decimal(value), UNITS[unit]) == expected


def test_what_is_no_time_has_no_days():
    with pytest.raises(ValueError, match="mg is no time"):
        days(Decimal(1), UNITS["mg"])


@given(numbers, st.sampled_from(["minute", "hour", "day", "week", "month", "year"]))
def test_the_fewest_days_are_never_more_than_the_most(value, unit):
    fewest, most = days(value, UNITS[unit])
    assert 0 < fewest <= most
    assert is_calendar(UNITS[unit]) is (fewest < most)


@given(st.integers(1, 600))
def test_a_longer_time_never_takes_fewer_days(months):
    for shorter, longer in pairwise(days(Decimal(n), UNITS["month"]) for n in (months, months + 1)):
        assert shorter[0] < longer[0]
        assert shorter[1] < longer[1]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        # Horizons and follow-ups as they are recorded.
        ("6 to 8 months", "6 to 8 months"),
        ("Up to 1 year", "1 year"),
        ("About 6 months", "6 months"),
        ("24 hours", "24 hours"),
        ("4 and 12 weeks", "4 to 12 weeks"),
        ("90 and 180 days", "90 to 180 days"),
        ("week 24", "24 weeks"),
        ("day 180", "180 days"),
        ("About a week, as reported in the news item", "1 week"),
        ("for an hour", "1 hour"),
        ("36 weeks (a 52-week extension is published)", "36 weeks"),
        ("36 weeks(a 52-week extension is published)", "36 weeks"),
        ("6 months, then an open-label extension to 12 months", "12 months"),
        ("Median 3.0 years", "3.0 years"),
        ("6 weeks after the intervention", "6 weeks"),
        ("3 months after the last session", "3 months"),
        ("2 weeks, then 3 months, then 80 days", "3 months"),
        ("8 to 12 sessions, 2 weeks apart", None),
        ("12 weeks, sessions every 2 years", "12 weeks"),
        ("Sessions at 2-year intervals", None),
        ("every 2 weeks for 6 months", "6 months"),
        ("sessions 1 to 2 weeks apart", None),
        ("2 weeks before", None),
        ("By age 50 years", None),
        ("By 50 years of age", None),
        ("Weeks", None),
        ("A few days", None),
        ("Permanent", None),
        ("5 mg", None),
        ("not_reported", None),
    ],
)
def test_the_longest_time_in_words(text, said):
    found = longest_time(text, FIGURES)
    assert (found and str(found)) == said


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Permanent", True),
        ("Lifetime", True),
        ("lasting for ever", True),
        ("lasts forever", True),
        ("a lifelong result", True),
        ("life-long", True),
        ("for life", True),
        ("Up to 1 year", False),
        ("for lifestyle reasons", False),
        ("of the living", False),
    ],
)
def test_words_of_permanence(text, expected):
    assert is_permanent(text) is expected


@pytest.mark.parametrize(
    ("followed", "claimed", "reached"),
    [
        ("12 weeks", "3 months", True),
        ("11 weeks", "3 months", False),
        ("12 weeks", "2 to 3 months", True),
        ("12 weeks", "6 to 8 months", False),
        ("6 months", "24 weeks", True),
        ("24 weeks", "6 months", True),
        ("12 months", "1 year", True),
        ("11 months", "1 year", False),
        ("30 to 112 days", "16 weeks", True),
        ("1 day", "24 hours", True),
        ("23 hours", "1 day", False),
    ],
)
def test_a_follow_up_reaches_the_end_of_a_time(followed, claimed, reached):
    assert reaches(only(followed), only(claimed)) is reached


@given(st.permutations([only(text) for text in ("84 days", "12 weeks", "2 to 3 months", "1 hour")]))
def test_the_longest_time_does_not_depend_on_the_order(times):
    assert str(longest(times)) == "2 to 3 months"
    assert str(longest([time for time in times if time.unit.name != "month"])) == "84 days"


def test_nothing_has_no_longest_time():
    assert longest([]) is None


@pytest.mark.parametrize(
    ("text", "name", "kind", "size", "words"),
    [
        ("3 days", "day", "time", "1", "3 days"),
        ("5 mg", "mg", "mass", "1000", "5 mg"),
        ("4 ml", "ml", "volume", "1000", "4 ml"),
        ("5 mg/ml", "mg/ml", "concentration", "1", "5 mg/ml"),
        ("90 mg per dl", "mg/dl", "concentration", "1/100", "90 mg/dl"),
        ("2 mg per kg", "mg/kg", "dose by weight", "1000", "2 mg/kg"),
        ("20 warts per mm2", "per mm²", "density", "100", "20 per mm²"),
        ("$5", "dollar", "money", "1", "5 dollars"),
    ],
)
def test_units_are_made_of_masses_volumes_and_areas(text, name, kind, size, words):
    (made,) = lexicon().figures.of(text)
    assert (made.unit.name, made.kind, made.unit.size) == (name, kind, Fraction(size))
    assert str(made) == words


def test_an_area_alone_is_no_figure():
    assert lexicon().figures.of("30 cm2") == lexicon().figures.of("9 mm2 wide") == frozenset()


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("$5; 3 euros", {figure(5, 5, "dollar"), figure(3, 3, "EUR")}),
        ("£2 million in 2 weeks", {figure(2_000_000, 2_000_000, "GBP"), figure(2, 2, "week")}),
        ("3 thousand, or 2 BILLION", {figure(3e3, 3e3, "count"), figure(2e9, 2e9, "count")}),
        ("100% sure, 7% of it, x 2", {figure(7, 7, "%")}),
    ],
)
def test_signs_scales_and_units_are_read_together(text, read):
    assert lexicon().figures.of(text) == read


def test_without_units_only_large_numbers_are_figures():
    assert Figures([]).of("$5 and 3 days, 2 million or 15,000") == {
        figure(2_000_000, 2_000_000, "count"),
        figure(15_000, 15_000, "count"),
    }


@pytest.mark.parametrize(
    ("text", "number", "role"),
    [
        ("Half of the patients stopped smoking", "50", "people"),
        ("Half the women", "50", "people"),
        ("a third of men", "33", "people"),
        ("two thirds of smokers quit", "67", "people"),
        ("Three-quarters of adults", "75", "people"),
        ("one in ten people", "10", "people"),
        ("nine out of ten dentists", "90", "people"),
        ("12 out of 15 women", "80", "people"),
        ("1 in 8 crowns", "13", ""),
        ("pain was cut in half", "50", "change"),
        ("It halved the pain", "50", "change"),
        ("one hundred per cent of patients", "100", "people"),
        ("95% of patients", "95", "people"),
        ("It helped in 95%", "95", "people"),
        ("a 90% success rate", "90", "people"),
        ("Weight rose by 95%", "95", "change"),
        ("Weight fell by 15% in women", "15", "change"),
        ("a 95% increase", "95", "change"),
        ("95% more saliva", "95", "change"),
        ("They lost 15% of their weight", "15", "change"),
        ("whiter in 95% of patients", "95", "people"),
        ("95% zinc", "95", ""),
    ],
)
def test_a_percentage_and_what_it_is_of(text, number, role):
    read = only(text)
    assert read.plain == figure(number, number, "%")
    assert read.role == role


@pytest.mark.parametrize(
    "text",
    [
        "half an hour",
        "one and a half portions",
        "in the first half of the year",
        "a third visit",
        "three quarters of an hour",
        "a 3 in 1 device",
        "twice a day",
        "a double chin",
        "dozens of sessions",
        "hundreds of patients",
        "two hundred patients",
        "two in 2020",
    ],
)
def test_what_is_no_share_and_no_multiple(text):
    assert FIGURES.of(text) == frozenset()


@pytest.mark.parametrize(
    ("text", "words", "kind"),
    [
        ("a pain level of 3 out of 10", "3 out of 10", "score of 10"),
        ("rated 4.8 out of 5 stars", "4.8 out of 5", "score of 5"),
        ("twice as many vessels", "2 fold", "multiple"),
        ("It doubled the flow", "2 fold", "multiple"),
        ("The count tripled", "3 fold", "multiple"),
        ("a dozen sessions", "12 sessions", "session"),
        ("fourteen days", "14 days", "time"),
        ("1 in 2 weeks", "2 weeks", "time"),
    ],
)
def test_scores_multiples_and_numbers_in_words(text, words, kind):
    read = only(text)
    assert (str(read), read.kind) == (words, kind)


def test_a_score_is_no_share():
    assert not same_figure(only("pain of 3 out of 10"), only("3 out of 10 adults"))
    assert same_figure(only("pain of 3 out of 10"), only("a score of three out of ten"))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("over 15%", "over 15%"),
        ("more than 15 per cent", "over 15%"),
        ("no more than 3 sessions", "at most 3 sessions"),
        ("at least 15%", "at least 15%"),
        ("no less than 15%", "at least 15%"),
        ("90%+ of patients", "at least 90%"),
        ("5 years or more", "at least 5 years"),
        ("as many as 40% of people", "up to 40%"),
        ("up to 6 to 8 months", "up to 6 to 8 months"),
        ("less than 5%", "under 5%"),
        ("5 mg or less", "at most 5 mg"),
        ("nearly half of them", "about 50%"),
        ("over 12 weeks", "12 weeks"),
        ("for over 12 weeks", "over 12 weeks"),
        ("15%", "15%"),
    ],
)
def test_a_bound_is_read_and_told(text, words):
    assert str(only(text)) == words


@pytest.mark.parametrize(
    ("claimed", "known", "same"),
    [
        ("over 15%", "15%", False),
        ("over 15%", "18%", True),
        ("over 15%", "12 to 18%", False),
        ("over 15%", "over 15%", True),
        ("over 15%", "at least 16%", True),
        ("over 15%", "up to 18%", False),
        ("at least 15%", "15%", True),
        ("at least 15%", "18%", True),
        ("at least 15%", "14%", False),
        ("at least 15%", "over 15%", True),
        ("up to 40%", "40%", True),
        ("up to 40%", "39.8%", True),
        ("up to 40%", "20 to 45%", True),
        ("up to 40%", "20%", False),
        ("up to 40%", "20 to 35%", False),
        ("under 5%", "4%", True),
        ("under 5%", "5%", False),
        ("under 5%", "at least 2%", False),
        ("at most 5%", "5%", True),
        ("at most 5%", "6%", False),
        ("about 15%", "15.3%", True),
        ("nearly 15%", "14%", False),
        ("15%", "about 15%", True),
        ("15%", "up to 15%", False),
        ("15%", "under 15%", False),
        ("15%", "at most 15%", True),
        ("for over 3 months", "13 weeks", False),
        ("for over 3 months", "14 weeks", True),
        ("at least 3 months", "12 weeks", True),
        ("more than 1 g", "1200 mg", True),
        ("more than 1 g", "1000 mg", False),
        ("95% of patients", "Density rose by 95%", False),
        ("95% of patients", "95%", True),
        ("nine out of ten women", "90% of patients", True),
        ("half of patients", "49.8% of adults", True),
        ("half of patients", "52% of adults", False),
        ("a third of men", "33.3% of the 24 men", True),
    ],
)
def test_when_a_claimed_figure_is_borne_out(claimed, known, same):
    assert same_figure(only(claimed), only(known)) is same


percent = numbers.map(lambda value: Figure(value, value, UNITS["%"]))
bounds, roles = st.sampled_from(Bound), st.sampled_from(Role)


@given(percent, percent, bounds, bounds)
def test_two_known_roles_that_differ_never_agree(a, b, bound, other):
    of_people = a._replace(role=Role.PEOPLE, bound=bound)
    changed = b._replace(role=Role.CHANGE, bound=other)
    assert not same_figure(of_people, changed)
    assert not same_figure(changed, of_people)


@given(single | ranges, bounds, roles)
def test_any_figure_bears_out_itself(figure, bound, role):
    bounded = figure._replace(bound=bound, role=role)
    assert same_figure(bounded, bounded)
    assert bounded.plain == figure


@given(percent, percent)
def test_a_bound_is_a_side_of_its_number(claimed, known):
    assert same_figure(claimed._replace(bound=Bound.OVER), known) is (known.low > claimed.low)
    assert same_figure(claimed._replace(bound=Bound.UNDER), known) is (known.low < claimed.low)
    plainly = same_figure(claimed, known)
    at_least = same_figure(claimed._replace(bound=Bound.AT_LEAST), known)
    at_most = same_figure(claimed._replace(bound=Bound.AT_MOST), known)
    assert at_least is (plainly or known.low > claimed.low)
    assert at_most is (plainly or known.low < claimed.low)
    assert same_figure(claimed._replace(bound=Bound.UP_TO), known) is plainly
    assert same_figure(claimed._replace(bound=Bound.ABOUT), known) is plainly


@given(st.integers(1, 60), st.integers(2, 60), st.sampled_from(["in", "out of", "in every"]))
def test_a_share_of_so_many_is_its_percentage(share, every, between):
    assume(share <= every)
    read = only(f"{share} {between} {every} adults")
    assert read.role is Role.PEOPLE
    assert abs(read.low - Decimal(100 * share) / every) <= Decimal("0.5")
