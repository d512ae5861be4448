"""the least there is"""
print("hello")
