"""One way to look for something a file. `policy/conditions.py` composes them; each gives matches, or None for no."""
