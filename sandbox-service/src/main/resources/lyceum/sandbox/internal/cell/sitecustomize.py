"""Python runs this after its own start and before its program, which is the place where a program can wait for.

The interpreter that launch.py has become serves here as a nursery, and never goes on. Each cell is a child of it that
comes back from here when its program is there, and goes on as if nothing had happened: what it runs is run by the same
code that runs every program.
"""

import sys

bare = frozenset(sys.modules)  # before anything of ours is loaded

import nursery

nursery.serve(bare)
