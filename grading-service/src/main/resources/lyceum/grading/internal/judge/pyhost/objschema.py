"""What modules, classes and methods a submission must, may or must not have."""

REQUIRED, ALLOWED, DENIED = "required", "allowed", "denied"


class Node:
    """name: literal, or a regular expression that is matched at the start"""

    def __init__(self, parent, name):
        self.parent, self.pattern, self.rule, self.children = parent, name, ALLOWED, []

    def require(self):
        self.rule = REQUIRED
        return self

    def allow(self):
        self.rule = ALLOWED
        return self

    def deny(self):
        self.rule = DENIED
        return self

    def child(self, kind, name):
        node = kind(self, name)
        self.children.append(node)
        return node

    @property
    def name(self):
        return self.pattern if isinstance(self.pattern, str) else self.pattern.pattern

    @property
    def path(self):
        return self.name if isinstance(self.parent, RootSchema) else "%s.%s" % (self.parent.path, self.name)

    def matching(self, names):
        """Those of the names that it means."""
        if isinstance(self.pattern, str):
            return [name for name in names if name == self.pattern]
        return [name for name in names if self.pattern.match(name)]


class MethodSchema(Node):
    pass


class ClassSchema(Node):
    def method(self, pattern):
        return self.child(MethodSchema, pattern)


class ModuleSchema(Node):
    def class_(self, pattern):
        return self.child(ClassSchema, pattern)


class RootSchema:
    """path: of the original, where its modules were looked for; here they are those of the submission"""

    def __init__(self, path=None):
        self.root_path, self.children = path, []

    def module(self, name):
        node = ModuleSchema(self, name)
        self.children.append(node)
        return node

    def check(self, tree):
        """Returns pairs of each node and whether it exists. tree(module, path): names in it, or None where it is not."""
        found = []
        for module in self.children:
            names = tree(module.name, [])
            found.append((module, names is not None))
            for child in module.children:
                check_inner(child, module.name, [], names, tree, found)
        return found


def check_inner(node, module, path, names, tree, found):
    matches = node.matching(names or [])
    found.append((node, bool(matches)))
    inner = path + matches[:1]
    for child in node.children:
        below = tree(module, inner) if matches else None
        check_inner(child, module, inner, below, tree, found)
