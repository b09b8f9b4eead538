"""The questions a council asks: how they are prepared, published, extended and closed."""
