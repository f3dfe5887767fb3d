"""What only station sites have: site systems, weather panel, banners, alerts, closings."""
