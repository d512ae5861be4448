"""a sieve, a long number and a hash"""
import hashlib
import math

sieve = bytearray([1]) * 200_000
for n in range(2, 448):
    if sieve[n]:
        sieve[n * n :: n] = bytes(len(range(n * n, 200_000, n)))
print(sum(sieve) - 2, "primes")
print(hashlib.sha256(str(math.factorial(1_000)).encode()).hexdigest()[:16])
