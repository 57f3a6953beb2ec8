"""Answering a lesson: what a notebook asks, what its learner answers, and handing it in."""
