"""Sessions of a pair: what people ask for, what came of it, what is shown, and the rules of a time.

Pure values. Who is told, and in which words, is decided elsewhere.
"""
