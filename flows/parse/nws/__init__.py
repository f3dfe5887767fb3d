"""Responses of api.weather.gov."""
