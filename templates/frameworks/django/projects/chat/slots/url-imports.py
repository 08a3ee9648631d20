from chat import views
from core.views import check_health
