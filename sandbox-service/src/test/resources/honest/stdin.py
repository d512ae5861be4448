"""sorts what it reads"""
import sys

print(*sorted(sys.stdin.read().split()))
