"""writes files to every place that is its own, reads them back and sees no others"""
import os

print(sorted(os.listdir(".")), os.listdir("/tmp"), os.listdir("/dev/shm"))
for place in (".", "/tmp", "/dev/shm"):
    os.mkdir(place + "/box")
    for n in range(20):
        with open("%s/box/%d.txt" % (place, n), "w") as file:
            file.write("line\n" * n)
    lines = sum(len(open("%s/box/%d.txt" % (place, n)).readlines()) for n in range(20))
    print(place, len(os.listdir(place + "/box")), "files", lines, "lines")
