"""The trained reader: a small encoder finds concepts, roles and results in a text, on onnxruntime and NumPy alone.

Invariant: nothing heavy is imported until a text is read, and training uses the same functions for words, pieces and decoding
as the runtime, so that the two cannot drift apart.
"""
