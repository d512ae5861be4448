"""What a call prints and reads, where the judge has put something of its own in the place of the usual."""

import builtins
import io
import sys


class Console:
    """Of the side that is asked; of one that has changed nothing."""

    def needs(self):
        return None

    def take(self, printed):
        pass

    def printed_before(self, error):
        return getattr(error, "_lyceum_printed", None)

    def run(self, needs, function, arguments, named):
        if needs is None:
            return function(*arguments, **named), None
        usual = sys.stdin, sys.stdout, sys.stderr, builtins.input
        out, err = io.StringIO(), io.StringIO()
        reader, asker, is_out, is_err = needs
        sys.stdin = Lines(reader) if reader else sys.stdin
        sys.stdout, sys.stderr = out if is_out else sys.stdout, err if is_err else sys.stderr
        builtins.input = asker or builtins.input
        try:
            return function(*arguments, **named), [out.getvalue(), err.getvalue()]
        except BaseException as error:
            error._lyceum_printed = [out.getvalue(), err.getvalue()]
            raise
        finally:
            sys.stdin, sys.stdout, sys.stderr, builtins.input = usual


class JudgesConsole(Console):
    """Lets a student's function print to, and read from, what the judge has put there (unittest.mock, redirect_stdout)."""

    def __init__(self):
        self.usual = sys.stdin, sys.stdout, sys.stderr, builtins.input

    def needs(self):
        stdin, stdout, stderr, asker = self.usual
        now = sys.stdin, sys.stdout, sys.stderr, builtins.input
        if now == self.usual:
            return None
        reader = sys.stdin.readline if sys.stdin is not stdin else None
        return (reader, builtins.input if now[3] is not asker else None, sys.stdout is not stdout, sys.stderr is not stderr)

    def take(self, printed):
        if type(printed) is list and len(printed) == 2:
            for stream, usual, text in ((sys.stdout, 1, printed[0]), (sys.stderr, 2, printed[1])):
                if stream is not self.usual[usual] and type(text) is str and text:
                    stream.write(text)

    def run(self, needs, function, arguments, named):
        return function(*arguments, **named), None


class Lines(io.TextIOBase):
    """Standard input, read on the other side line by line."""

    def __init__(self, reader):
        self.reader, self.rest = reader, ""

    def readable(self):
        return True

    def readline(self, size=-1):
        line, self.rest = self.rest or str(self.reader()), ""
        if 0 <= size < len(line):
            line, self.rest = line[:size], line[size:]
        return line

    def read(self, size=-1):
        text = ""
        while size is None or size < 0 or len(text) < size:
            line = self.readline(-1 if size is None or size < 0 else size - len(text))
            if not line:
                break
            text += line
        return text
