"""children that answer through pipes and end with codes of their own"""
import os

for n in range(4):
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(writer, b"child %d" % n)
        os._exit(n)
    os.close(writer)
    text = os.read(reader, 100).decode()
    os.close(reader)
    print(text, "ended with", os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
