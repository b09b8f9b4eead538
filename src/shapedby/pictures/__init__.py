"""Pictures of what residents propose: decoded, stripped and scaled down before anybody else sees them."""
