"""eight threads that count together"""
import queue
import threading

work, done = queue.Queue(), []


def count():
    while (n := work.get()) is not None:
        done.append(sum(range(n)))


threads = [threading.Thread(target=count) for _ in range(8)]
for thread in threads:
    thread.start()
for n in range(1_000):
    work.put(n)
for _ in threads:
    work.put(None)
for thread in threads:
    thread.join()
print(len(done), sum(done))
