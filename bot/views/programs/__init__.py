"""What leads see of their programmes: panel, forms, announcement, leads."""
