"""What happens to persons and their accounts: merged, split, moved, corrected, disclosed, erased."""
