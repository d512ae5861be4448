"""Rows of CSV by a schema: class Row(CsvSchema): year = CsvInteger(); no = CsvInteger(name="month-no", default=1)"""

import csv

TRUE, FALSE = frozenset(["true", "on", "1", "yes"]), frozenset(["false", "off", "0", "no"])
REQUIRED = object()


class CsvMismatch(ValueError):
    """The data is not what the schema says.

    text: lazy, with arguments in kwargs
    """

    def __init__(self, text, **kwargs):
        super().__init__(text % kwargs)
        self.text, self.kwargs = text, kwargs


class CsvField:
    """A column. name: where it is not called as the attribute is; default: where the column may be absent"""

    def __init__(self, name=None, default=REQUIRED):
        self.name, self.default = name, default

    def __set_name__(self, owner, name):
        if self.name is None:
            self.name = name

    def read(self, text):
        try:
            return self.parse(text)
        except ValueError:
            raise CsvMismatch('Cannot convert "%(value)s" to %(type)s.', value=text, type=type(self).__name__) from None

    def parse(self, text):
        raise NotImplementedError


class CsvInteger(CsvField):
    def parse(self, text):
        return int(without_underscores(text))


class CsvFloat(CsvField):
    def parse(self, text):
        return float(without_underscores(text))


class CsvString(CsvField):
    def parse(self, text):
        return text


class CsvBoolean(CsvField):
    def parse(self, text):
        word = text.strip().lower()
        if word not in TRUE and word not in FALSE:
            raise ValueError(text)
        return word in TRUE


def without_underscores(text):
    """Python 3 reads 1_000 as a number, CSV does not."""
    if "_" in text:
        raise ValueError(text)
    return text


class CsvSchema:
    """A row; its attributes are the cells."""

    def __repr__(self):
        return "%s(%s)" % (type(self).__name__, ", ".join("%s=%r" % item for item in vars(self).items()))

    @classmethod
    def fields(cls):
        """Columns by attribute, those of base classes first."""
        found = {}
        for kind in reversed(cls.__mro__):
            found.update((name, field) for name, field in vars(kind).items() if isinstance(field, CsvField))
        return found

    @classmethod
    def read(cls, data):
        """Yields the rows of data, an iterable of lines. Raises CsvMismatch."""
        rows = csv.reader(data)
        head = next((row for row in rows if row), None)
        if head is None:
            return
        head[0] = head[0].lstrip("\ufeff")
        places = cls.places(head)
        for cells in rows:
            if cells:
                yield cls.row(places, cells)

    @classmethod
    def places(cls, head):
        places = []
        for attribute, field in cls.fields().items():
            if field.name in head:
                places.append((attribute, field, head.index(field.name)))
            elif field.default is REQUIRED:
                raise CsvMismatch('Field "%(field)s" not found in CSV data.', field=field.name)
            else:
                places.append((attribute, field, None))
        return places

    @classmethod
    def row(cls, places, cells):
        row = cls()
        for attribute, field, place in places:
            if place is None:
                value = field.default
            elif place < len(cells):
                value = field.read(cells[place])
            else:
                raise CsvMismatch('Field "%(field)s" not found in CSV data.', field=field.name)
            setattr(row, attribute, value)
        return row
