"""Options that several commands share, or that are many: how they are declared, and what their texts come to.

Does nothing with what is asked for.
"""
