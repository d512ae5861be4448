"""The names that judges' scripts import."""
