"""Years beside each other: what is frozen, what changed since, how an area fared, what became of its weaknesses.

Nothing is imported here: most years have no other beside them, and then none of it is needed.
"""
