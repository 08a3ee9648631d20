"""Posts and comments: their tables, rules, views, pages and place on the admin site."""
