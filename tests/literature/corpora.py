"""The same two papers in every format, as programs export them."""

BIBTEX = """@article{Tea2020,
  title = {Green tea and {Hair}: a trial},
  author = {Doe, Jane and Roe, Ann},
  journal = {J Tea},
  year = {2020},
  abstract = {Tea was drunk. Hair stayed as it was.},
  keywords = {tea},
}
@misc{Sun,
  title = {Sunlight \\& scalp},
}
"""

RIS = """TY  - JOUR
ID  - Tea2020
TI  - Green tea and hair: a trial
AU  - Doe, Jane
AU  - Roe, Ann
PY  - 2020/03/01
JO  - J Tea
AB  - Tea was drunk.
 Hair stayed as it was.
ER  -\x20

TY  - JOUR
T1  - Sunlight and scalp
ER  -\x20
"""

CSL = """[
 {"id": "Tea2020", "title": "Green tea and hair: a trial", "container-title": "J Tea",
  "abstract": "Tea was drunk. Hair stayed as it was.",
  "author": [{"family": "Doe", "given": "Jane"}, {"literal": "Tea Group"}],
  "issued": {"date-parts": [[2020, 3]]}},
 {"id": 7, "title": "Sunlight and scalp"}
]
"""

JSONL = """{"id": "Tea2020", "title": "Green tea and hair: a trial", "year": 2020, "journal": "J Tea", \
"authors": ["Doe", "Roe"], "abstract": ["Tea was drunk.", "Hair stayed as it was."]}

{"doc_id": 7, "title": "Sunlight and scalp", "abstract": ""}
"""

PUBMED = """<?xml version="1.0"?>
<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2019//EN" \
"https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_190101.dtd">
<PubmedArticleSet>
<PubmedArticle><MedlineCitation><PMID>11</PMID><Article>
<Journal><JournalIssue><PubDate><Year>2020</Year></PubDate></JournalIssue>
<ISOAbbreviation>J Tea</ISOAbbreviation></Journal>
<ArticleTitle>Green tea and <i>hair</i>: a trial</ArticleTitle>
<Abstract><AbstractText Label="METHODS">Tea was drunk.</AbstractText>
<AbstractText Label="RESULTS">Hair stayed as it was.</AbstractText></Abstract>
<AuthorList><Author><LastName>Doe</LastName></Author>
<Author><CollectiveName>Tea Group</CollectiveName></Author></AuthorList>
<PublicationTypeList><PublicationType UI="D016449">Randomized Controlled Trial</PublicationType>
</PublicationTypeList></Article></MedlineCitation></PubmedArticle>
<PubmedArticle><MedlineCitation><PMID>12</PMID><Article>
<ArticleTitle>Sunlight and scalp</ArticleTitle></Article></MedlineCitation></PubmedArticle>
</PubmedArticleSet>
"""

FORMATS = {"a.bib": BIBTEX, "a.ris": RIS, "a.json": CSL, "a.jsonl": JSONL, "a.xml": PUBMED}
