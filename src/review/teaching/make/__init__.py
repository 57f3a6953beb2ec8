"""A lesson made for a class: a notebook and a handout per learner without any answer, and the key.

A learner's files are made from what is asked and never from a key: with other keys they are the same
bytes.
"""
