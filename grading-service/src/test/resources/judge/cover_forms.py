def never(): return 1
def once(): return 2
class Plain: pass


if True:
    once()
while True:
    break


def ask(x):
    if x:  # pragma: no branch
        return 1
    return 2


def tell(x):
    if x:
        return 1
    else:  # pragma: no cover
        return 2


def loop(items):
    for item in items:
        return item
