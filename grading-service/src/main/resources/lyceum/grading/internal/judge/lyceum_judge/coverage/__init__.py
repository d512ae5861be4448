"""Which statements and branches of a file have been run: source.py and branches.py say what there is, tracer.py what was
run, results.py puts the two together. A line is a branch where more than one line can be the next one.
"""
