"""Rooms and messages on the admin site."""

from django.contrib import admin

from chat.models import Message, Room


@admin.register(Room)
class RoomAdmin(admin.ModelAdmin):
    list_display = ["name", "created_at"]
    search_fields = ["name"]


@admin.register(Message)
class MessageAdmin(admin.ModelAdmin):
    list_display = ["author", "text", "room", "sent_at"]
    list_filter = ["room"]
    search_fields = ["author", "text"]
