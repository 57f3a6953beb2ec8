"""The facts that an abstract states, each with the sentence it was read from. Pure; what is not sure
is left out.
"""

from review.literature.abstracts.facts import AbstractFacts, AbstractReader, Effect, Fact

__all__ = ["AbstractFacts", "AbstractReader", "Effect", "Fact"]
