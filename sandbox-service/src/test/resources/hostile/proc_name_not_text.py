"""gives itself names that are not UTF-8

category: processes
expected: accepted
"""
import time
for name in (b'\xff', 'ä'.encode() * 8, b') R 1 (\n'):
    with open('/proc/self/comm', 'wb') as comm:
        comm.write(name)
    time.sleep(0.2)
print('CONTAINED')
