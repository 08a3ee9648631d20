if not request.path.startswith(("/api", "/healthz", "/openapi.json")):
    context = {"status": status, "detail": detail}
    page = render(request, "blog/error.html", context, status=status)
    for name, value in (headers or {}).items():
        page.headers[name] = value
    return page
