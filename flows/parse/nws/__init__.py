"""Answers of api.weather.gov."""
