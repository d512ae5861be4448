"""The judge's side and the student's side of one hand-in, each in a sandbox of its own, and what they say to each other.

A judge's script imports a student's module as it always did, and gets a mirror of it (mirrors.py): functions are called,
objects asked, in the student's process. Numbers, texts, and lists, sets and maps of them go by value, as JSON that is
checked by type (values.py); everything else stays where it is and goes by number (peer.py). So nothing that a student wrote
is ever executed on the judge's side: a mirror is equal to nothing of the judge's, whatever its original thinks of that, and
an error of the student's is one of ours, with its text. What a sequence of calls costs is a way through both sandboxes for
each, 0.4 ms on a quiet machine.

A class in a file that both sides have means the same in both, so that a script can catch what it has defined for students.

The other way round: files of the homework whose coverage is measured run on the judge's side, and a student's tests, which
run on his, get mirrors of them. He can call what such a file defines, and make its objects, and reach nothing else
(exports.py). A class of his that is derived from one of those is his own: what it overrides is not known to the homework.

What the student's process says of itself (results of a student's own tests, coverage of files that he has handed in) is
worth what his code is worth. The script's TestCases run on the judge's side.

When the student's process is gone and is needed, all is over, without a report (judge_cell.Side.give_up): the scores of an
honest rest would be no better than those of a forged one.

Known to differ from one process: comparing an object of a student's with a plain value is always False, unless its class is
derived from that value's; a list or map within an argument that a function changes is replaced, not changed; threads of a
script wait for each other's calls; and a script that starts programs is refused beside a student's files (guard.py).
"""
