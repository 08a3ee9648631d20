from core.views import check_health
from tasks.views import TaskViewSet, show_board
