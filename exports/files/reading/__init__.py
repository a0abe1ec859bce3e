"""The reader's own process: recognises a file by its content, reads it, and hands its rows over.

It runs alone (`child.py` starts it), with limited memory and time, and imports nothing of the project and none of Django.
Only what a kind of file needs is imported when such a file comes, so that it starts quickly.

The order comes as one JSON line on standard input: path, name, limits, encoding, password, and a
scratch folder. The answer is JSON lines on standard
output: ["sheet", name, hidden], then ["rows", [[number, cells], …], dates] in chunks (`dates`: positions [row, column] of
ISO dates), then ["end", {rows, width, merged, …}]; last ["done", {kind, encoding, …}], or ["refused", code, details] instead.
"""
