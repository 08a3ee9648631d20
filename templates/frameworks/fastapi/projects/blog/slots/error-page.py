if is_page(request):
    page = error_page(request, status, detail)
    page.headers.update(headers or {})
    return page
