"""The parts of the reference that ota-dev itself knows best, written from it: `python -m docs.making.reference`.

A generated part stands in its page between two marks, so that a page may have words of its own around it. A test fails
when a part differs from what would be written now.
"""
