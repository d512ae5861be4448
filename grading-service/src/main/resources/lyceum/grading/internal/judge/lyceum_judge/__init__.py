"""The judge's side and the student's side of one hand-in, each in a sandbox of its own, and what they say to each other.

Nothing that comes from the student's side is ever executed on the judge's: it is JSON, checked by type (values.py), or the
number of an object that stays where it is (mirrors.py).
"""
