"""From a folder on disk to installers found and files skipped, each with a reason.

Reads installers and what lies beside them: sidecars, notes, signatures. Writes only to the store. It computes no
digest, verifies no signature and puts nothing on offer; whether a file has landed is for `watch` to say.
"""
