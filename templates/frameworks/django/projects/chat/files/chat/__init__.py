"""Rooms and messages: their tables, rules, views, sockets and place on the admin site."""
