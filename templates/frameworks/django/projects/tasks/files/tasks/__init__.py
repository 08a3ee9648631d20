"""Tasks: their table, rules, views and page of the admin site."""
