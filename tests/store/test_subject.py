"""The subject of a folder: its topics, names and synonyms, checked like every other file."""

import pytest

from review.model.errors import EvidenceError
from review.model.knowledge.subject import OTHER
from review.store.canonical import canonical_files
from review.store.read import read_evidence

NAMES = "name,kind,also,proper,own,approved\n"
TOPICS = "topic,title,order\n"


def put(folder, name, text):
    path = folder / "subject" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8")


def problems(*folders):
    with pytest.raises(EvidenceError) as caught:
        read_evidence(list(folders))
    return [str(problem) for problem in caught.value.problems]


def topics_of(folder):
    lines = (folder / "propositions.csv").read_text("utf-8").splitlines()[1:]
    return sorted({line.split(",")[1] for line in lines})


def listed(folder, *more):
    """The topics of the folder's own propositions, and some more, as a list."""
    put(folder, "topics.csv", TOPICS + "".join(sorted(f"{t},T,{n}\n" for t, n in more)))


def test_a_folder_without_topics_has_those_of_its_propositions(folder):
    order = read_evidence([folder]).subject.topic_order
    assert order[:-1] == tuple(topic for topic in topics_of(folder) if topic != OTHER.topic)
    assert order[-1] == OTHER.topic


def test_topics_stand_in_their_own_order_and_other_comes_last(folder):
    listed(
        folder, ("a-last", 30), ("b-first", 10), *((t, 20) for t in topics_of(folder) if t != "other")
    )
    order = read_evidence([folder]).subject.topic_order
    assert (order[0], order[-2], order[-1]) == ("b-first", "a-last", "other")


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("gel,potion,,no,yes,", "kind is 'potion'"),
        ("gel,product,(gel,no,yes,", "'(' is not closed"),
        ("gel,product,*,no,yes,", "names no word"),
        ("gel,product,,maybe,yes,", "proper is 'maybe'"),
        ("gel,product,,no,yes,The UK", "approved.0 is 'The UK'"),
        (",product,,no,yes,", "name is empty"),
    ],
)
def test_a_name_that_cannot_be_read_is_a_problem_with_its_line(folder, row, problem):
    put(folder, "names.csv", f"{NAMES}{row}\n")
    (line,) = problems(folder)
    assert "subject/names.csv:2: " in line
    assert problem in line


def test_a_folder_of_ones_own_adds_names(folder, tmp_path):
    put(folder, "names.csv", f"{NAMES}gel,product,hydrogel*|jelly,no,no,uk|eu\n")
    own = tmp_path / "own"
    put_own = own / "subject"
    put_own.mkdir(parents=True)
    (put_own / "names.csv").write_text(f"{NAMES}Gelissima,brand,,yes,yes,\n", "utf-8")
    subject = read_evidence([folder, own]).subject
    assert subject.own == {"Gelissima"}
    assert subject.names["gel"].phrases == ("gel", "hydrogel*", "jelly")
    assert subject.names["gel"].approved == ("uk", "eu")


def test_one_name_in_two_folders_is_told(folder, tmp_path):
    put(folder, "names.csv", f"{NAMES}gel,product,,no,no,\n")
    own = tmp_path / "own" / "subject"
    own.mkdir(parents=True)
    (own / "names.csv").write_text(f"{NAMES}gel,brand,,yes,yes,\n", "utf-8")
    (line,) = problems(folder, own.parent)
    assert "name 'gel' stands here and in" in line


def test_a_stranger_in_the_folder_would_not_be_read(folder):
    put(folder, "brands.csv", NAMES)
    (line,) = problems(folder)
    assert "subject/brands.csv: this would not be read" in line
    assert "subject/names.csv" in line


def test_the_canonical_form_sorts_rows(folder):
    put(folder, "synonyms.csv", "word,same_as\nzap,shock\nache[s],pain\n")
    texts = {path.name: text for path, _, text in canonical_files(folder)}
    assert texts["synonyms.csv"] == "word,same_as\nache[s],pain\nzap,shock\n"
