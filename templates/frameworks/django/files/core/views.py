"""`/healthz`: whether the server and its database work."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from core.problems import problem_response


@csrf_exempt
@require_safe
def check_health(request: HttpRequest) -> HttpResponse:
    try:
        with connection.cursor() as cursor:
            # Reads a row of the file, which `SELECT 1` does not.
            cursor.execute("SELECT name FROM django_migrations LIMIT 1")
    except DatabaseError:
        return problem_response(request, 503, "The database does not answer.")
    return JsonResponse({"status": "ok"})
