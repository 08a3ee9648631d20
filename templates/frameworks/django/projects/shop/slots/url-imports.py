from core.views import check_health
from shop import views
