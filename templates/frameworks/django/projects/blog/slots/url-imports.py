from blog import pages
from blog.views import CommentList, PostViewSet
from core.views import check_health
