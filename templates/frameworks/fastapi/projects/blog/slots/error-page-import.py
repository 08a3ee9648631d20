from app.templates import error_page, is_page
