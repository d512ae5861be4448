"""Questions and answers between the two cells. Either may ask; who waits for an answer answers what is asked meanwhile.

A question is [verb, number, released, arguments…], an answer ["ok", number, value, changes] or ["no", number, error]. A
released is [number, times] of an object that the asking side has forgotten. Changes are those of lists, dicts and sets
that were arguments: they went by value, and whoever sorts one in place means the caller's.
"""

import builtins
import copy
import os
import sys
import threading
import traceback
import types

from . import mirrors
from .channel import MOST_BYTES
from .exports import SPECIALS, Exports
from .mirrors import CONTAINERS, TEXT, VALUES, Mirror, Mirrors, Remote, RemoteModule, number_of
from .values import Malformed, from_json, pack, to_json, typed, unpack

LONGEST_TEXT = 10_000
MUTABLE = (list, dict, set, bytearray)
HERE = os.path.dirname(os.path.abspath(__file__))


class RemoteTraceback(Exception):
    """Where an error of the other side came from."""

    def __init__(self, text):
        super().__init__(text)
        self.text = text

    def __str__(self):
        return "\n" + self.text.rstrip()


class Peer:
    def __init__(self, channel, policy, verbs, console, common):
        """verbs: what the other side may ask beside objects, by name; a function of plain values

        common: names of modules of the homework that both sides have: a class in one of them means the same in both
        """
        self.channel, self.policy, self.verbs, self.console = channel, policy, verbs, console
        self.common = common
        self.exports, self.mirrors, self.told_classes = Exports(), Mirrors(self), set()
        self.lock, self.last = threading.RLock(), 0
        self.awaited, self.depth = None, 0  # the answer that is waited for; how many questions are being answered

    # What this side asks.

    def ask(self, verb, *arguments):
        try:
            with self.lock:
                return self.wait_for(verb, arguments)
        except Malformed as error:
            self.channel.give_up(error)
        except BaseException:
            if self.awaited is not None:  # an alarm of the judge's, say, has ended the wait
                self.awaited = None
                self.channel.interrupt()
            raise

    def wait_for(self, verb, arguments):
        self.last = number = self.last + 1
        self.tell([verb, number, self.mirrors.take_released(), *arguments])
        self.awaited = number
        while True:
            message = self.hear()
            if message[0] not in ("ok", "no"):
                self.answer(message)
                self.awaited = number
            elif message[1] == number:
                self.awaited = None
                return self.settle(message)

    def ask_get(self, thing, name):
        return self.ask("get", number_of(thing), name)[0]

    def ask_set(self, thing, name, value):
        self.ask("set", number_of(thing), name, self.pack(value))

    def ask_delete(self, thing, name):
        self.ask("delete", number_of(thing), name)

    def names(self, thing, are_public=False):
        return self.ask("names", number_of(thing), are_public)[0]

    def plain(self, thing):
        return self.ask("plain", number_of(thing))[0]

    def copy(self, thing, is_deep):
        return self.ask("copy", number_of(thing), is_deep)[0]

    def special(self, thing, name, arguments):
        return self.ask("special", number_of(thing), name, self.pack(arguments))[0]

    def call(self, thing, arguments, named):
        return self.ask_changing(arguments, named, "call", number_of(thing))

    def method(self, thing, name, arguments, named):
        return self.ask_changing(arguments, named, "method", number_of(thing), name)

    def ask_changing(self, arguments, named, verb, *what):
        value, changes = self.ask(verb, *what, self.pack(arguments), self.pack(named), self.pack(self.console.needs()))
        for place, changed in changes:
            restore((named if type(place) is str else arguments)[place], changed)
        return value

    def load(self, name):
        number = self.ask("load", name)[0]
        return RemoteModule(name, self, number)

    def settle(self, message):
        self.console.take(message[4])
        if message[0] == "ok":
            return self.unpack(message[2]), self.unpack(message[3])
        raise self.unpack_error(message[2])

    # What the other side asks.

    def answer(self, message):
        if len(message) < 3 or type(message[0]) is not str or type(message[1]) is not int:
            raise Malformed("no question")
        verb, number, released, *rest = message
        self.depth += 1
        for held, times in released:
            self.exports.release(held, times)
        try:
            value, changes, printed = self.obey(verb, rest)
            answer = to_json(["ok", number, self.pack(value), self.pack(changes), printed])
            if len(answer) > MOST_BYTES:
                raise MemoryError("a value of more than %d bytes" % MOST_BYTES)
        except Malformed:
            raise
        except BaseException as error:
            printed = self.console.printed_before(error)
            answer = to_json(["no", number, self.pack_error(error), None, printed])
        finally:
            self.depth -= 1
        self.channel.send("P", answer)

    def obey(self, verb, rest):
        policy = self.policy
        if verb == "call":
            return self.run(policy.call(self.exports.find(rest[0])), *rest[1:])
        if verb == "method":
            method = policy.get(self.exports.find(rest[0]), typed(rest[1], str))
            return self.run(policy.call(method), *rest[2:])
        if verb == "get":
            return policy.get(self.exports.find(rest[0]), typed(rest[1], str)), [], None
        if verb == "set":
            policy.set(self.exports.find(rest[0]), typed(rest[1], str), self.unpack(rest[2]))
            return None, [], None
        if verb == "delete":
            policy.delete(self.exports.find(rest[0]), typed(rest[1], str))
            return None, [], None
        if verb == "special":
            return self.be_special(*rest), [], None
        if verb == "names":
            return names(self.exports.find(rest[0]), rest[1]), [], None
        if verb == "plain":
            return plain(self.exports.find(rest[0])), [], None
        if verb == "copy":
            thing = policy.copy(self.exports.find(rest[0]))
            return (copy.deepcopy if rest[1] is True else copy.copy)(thing), [], None
        if verb == "load":
            return self.exports.number(policy.load(typed(rest[0], str))), [], None
        if verb not in self.verbs:
            raise Malformed("nothing is called so: %s" % verb)
        return self.verbs[verb](*[self.unpack(argument) for argument in rest]), [], None

    def run(self, function, packed_arguments, packed_named, needs):
        arguments, named = typed(self.unpack(packed_arguments), tuple), typed(self.unpack(packed_named), dict)
        value, printed = self.console.run(self.unpack(needs), function, arguments, named)
        changes = []
        for place, thing in [*enumerate(arguments), *named.items()]:
            if type(thing) in MUTABLE:
                before = packed_arguments[1][place] if type(place) is int else dict(packed_named[1])[place]
                if self.pack(thing) != before:
                    changes.append([place, thing])
        return value, changes, printed

    def be_special(self, number, name, packed_arguments):
        if name not in SPECIALS:
            raise Malformed("no special method")
        method = self.policy.special(self.exports.find(number), name)
        return method(*typed(self.unpack(packed_arguments), tuple))

    # What goes over.

    def tell(self, message):
        self.channel.send("P", to_json(message))

    def hear(self):
        message = from_json(self.channel.receive_message())
        if type(message) is not list or len(message) < 3:
            raise Malformed("no message")
        return message

    def pack(self, value):
        return pack(value, self.pack_object)

    def pack_object(self, thing):
        number = number_of(thing)
        if number is not None:
            return ["o", number]
        if isinstance(thing, type):
            return self.pack_class(thing)
        kind = self.pack_class(type(thing))
        for base in VALUES:
            if isinstance(thing, base) and type(thing) is not base:
                return ["v", self.exports.number(thing), kind, pack(value_of(base, thing), self.pack_object)]
        return ["h", self.exports.number(thing), kind]

    def pack_class(self, kind):
        if isinstance(kind, Remote) and number_of(kind) is not None:
            return ["o", number_of(kind)]
        if kind is object or kind in VALUES or is_builtin_error(kind):
            return ["B", kind.__name__]
        if self.is_common(kind):
            return ["T", kind.__module__, kind.__name__]
        number = self.exports.number(kind)
        if number in self.told_classes:
            return ["K", number]
        self.told_classes.add(number)
        bases = [
            self.pack_class(base)
            for base in kind.__bases__
            if base is not object and base not in CONTAINERS and base is not Mirror
        ]
        own, body = set(), dict(vars(kind))
        for base in CONTAINERS:
            if issubclass(kind, base):
                own.update(name for name in SPECIALS if callable(getattr(base, name, None)))
        own.update(name for name in [*SPECIALS, "__call__"] if callable(body.get(name)))
        methods = [name for name, value in body.items() if type(value) is types.FunctionType]
        names = [str(kind.__name__), str(kind.__module__)]
        return ["k", number, *names, bases, sorted(own), methods, issubclass(kind, CONTAINERS)]

    def is_common(self, kind):
        module = kind.__module__ if type(kind.__module__) is str and kind.__module__ in self.common else None
        return module is not None and vars(sys.modules.get(module, self)).get(kind.__name__) is kind

    def common_class(self, module, name):
        if type(module) is not str or module not in self.common:
            raise Malformed("no module of both")
        found = vars(self.policy.load_common(module)).get(name)
        if not isinstance(found, type) or found.__module__ != module:
            raise Malformed("no class of both")
        return found

    def unpack(self, packed):
        return unpack(packed, self.unpack_object)

    def unpack_object(self, tag, rest, depth):
        try:
            if tag == "o":
                return self.exports.find(rest[0])
            if tag == "h":
                return self.mirrors.object_of(rest[0], self.unpack_class(rest[1]))
            if tag == "v":
                cls = self.unpack_class(rest[1])
                return self.mirrors.object_of(rest[0], cls, unpack(rest[2], self.unpack_object, depth))
            if tag in ("k", "K", "B", "T"):
                return self.unpack_class([tag, *rest])
        except (TypeError, ValueError, IndexError, KeyError) as error:
            raise Malformed("%s: %s" % (tag, error))
        raise Malformed("no tag %s" % tag)

    def unpack_class(self, packed, depth=0):
        tag, *rest = typed(packed, list)
        if tag == "B":
            return mirrors.builtin_base(rest[0])
        if tag == "T":
            return self.common_class(*rest)
        if tag == "K":
            return self.mirrors.class_of(rest[0])
        if tag == "o":
            return typed_class(self.exports.find(rest[0]))
        if tag != "k" or depth > mirrors.MOST_BASES:
            raise Malformed("no class")
        number, name, module, packed_bases, specials, methods, is_container = rest
        bases = [self.unpack_class(base, depth + 1) for base in typed(packed_bases, list)]
        if not any(issubclass(base, Mirror) for base in bases):
            bases.insert(0, Mirror)
        bases = tuple(base for base in bases if base is not object)
        return self.mirrors.remember_class(number, name, module, bases, specials, methods, is_container)

    def pack_error(self, error):
        trace = self.trace_of(error) if self.policy.tells_traces else ""
        kind = self.pack_class(type(error))
        try:
            arguments = self.pack(error.args) if kind[0] in "BT" else None
            text = str(error)[:LONGEST_TEXT]
        except Exception:
            arguments, text = None, ""
        number = 0 if kind[0] in "oBT" else self.exports.number(error)
        return [kind, number, arguments, text, trace]

    def trace_of(self, error):
        try:
            lines = traceback.format_exception(type(error), error, error.__traceback__)
            shown = [line for line in lines if HERE not in line.split("\n", 1)[0]]
            return "".join(shown)[-LONGEST_TEXT:]
        except Exception:
            return ""

    def unpack_error(self, packed):
        packed_class, number, arguments, text, trace = typed(packed, list)
        cls = self.unpack_class(packed_class)
        if not issubclass(cls, BaseException) or type(text) is not str or type(trace) is not str:
            raise Malformed("no error")
        if packed_class[0] in "oBT":
            error = rebuild(cls, self.unpack(arguments) if arguments is not None else (text,), text)
        else:
            error = self.mirrors.object_of(number, cls)
            error.__dict__[TEXT] = text
            error.args = (text,)
        if trace:
            error.__cause__ = RemoteTraceback(trace)
        return error


def rebuild(cls, arguments, text):
    try:
        return cls(*typed(arguments, tuple))
    except Exception:
        error = cls.__new__(cls)
        error.args = (text,)
        return error


def restore(original, changed):
    if type(original) is not type(changed):
        return
    if isinstance(original, (list, bytearray)):
        original[:] = changed
    elif isinstance(original, (dict, set)):
        original.clear()
        original.update(changed)


def value_of(base, thing):
    """What a str, int, … is, whatever its class says of it."""
    if base in (tuple, frozenset):
        return base(base.__iter__(thing))
    if base is str:
        return str.__str__(thing) if type(str.__str__(thing)) is str else "".join(str.__iter__(thing))
    if base is int:
        return int.__int__(thing)
    if base is float:
        return float.__float__(thing)
    if base is complex:
        return complex(thing.real, thing.imag)
    return memoryview(thing).tobytes()


def plain(thing):
    """The content of a list, dict, … of whatever class."""
    if isinstance(thing, list):
        return list(list.__iter__(thing))
    if isinstance(thing, dict):
        return dict(dict.items(thing))
    if isinstance(thing, set):
        return set(set.__iter__(thing))
    return bytearray(memoryview(thing))


def names(thing, are_public):
    if are_public:
        stated = getattr(thing, "__all__", None)
        if stated is not None:
            return [name for name in stated if type(name) is str]
        return [name for name in vars(thing) if not name.startswith("_")]
    return [name for name in dir(thing) if type(name) is str]


def is_builtin_error(kind):
    return isinstance(kind, type) and issubclass(kind, BaseException) and getattr(builtins, kind.__name__, None) is kind


def typed_class(thing):
    if not isinstance(thing, type):
        raise Malformed("no class")
    return thing
