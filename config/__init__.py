"""What the operator decides: typed settings, their loader, and commented defaults."""
