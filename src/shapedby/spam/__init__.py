"""Telling advertising from what residents write: a linear model that explains itself.

Importing this package (or any of its modules) never imports numpy, scipy or sklearn;
the functions that need them import them when they are called, in the child process.
"""
