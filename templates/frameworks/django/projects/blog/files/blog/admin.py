"""Posts and comments on the admin site."""

from django.contrib import admin

from blog.models import Comment, Post, PostTag


class TagInline(admin.TabularInline):
    model = PostTag
    extra = 1


@admin.register(Post)
class PostAdmin(admin.ModelAdmin):
    list_display = ["title", "published", "published_at"]
    list_filter = ["published"]
    search_fields = ["title", "body"]
    inlines = [TagInline]


@admin.register(Comment)
class CommentAdmin(admin.ModelAdmin):
    list_display = ["author", "post", "created_at"]
    search_fields = ["author", "body"]
