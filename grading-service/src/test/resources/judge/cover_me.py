class Full(Exception):
    pass


class Box:
    most = 2

    def __init__(self, *items):
        self.items = list(items)

    def put(self, item):
        if len(self.items) >= self.most:
            raise Full('no room for %s' % item)
        self.items.append(item)
        return self

    def each(self, function):
        return [function(item) for item in self.items]

    def __len__(self):
        return len(self.items)

    def __eq__(self, other):
        return self.items == other.items

    def walk(self):
        for item in self.items:
            yield item


def largest(items, key=None):
    if key is None:
        return max(items)
    return max(items, key=key)
