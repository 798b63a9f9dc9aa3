"""What `generate-appcast` does: publish a folder and write its feed, or every feed as a tree, once or on every change.

How feeds are rendered and trees are written is the business of `ota_dev.publishing`.
"""
