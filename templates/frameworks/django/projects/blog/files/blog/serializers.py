"""Posts and comments as clients send and get them. Most rules are in the models."""

from typing import Any

from rest_framework import serializers

from blog.models import Comment, Post, validate_tag
from core.serializers import ModelSerializer, StringField


class TagsField(serializers.ListField):
    child = StringField(max_length=30, validators=[validate_tag])

    def to_internal_value(self, data: Any) -> list[str]:
        # A tag that is named twice counts once, and the limit comes after this.
        return list(dict.fromkeys(super().to_internal_value(data)))


class StrictBooleanField(serializers.BooleanField):
    def to_internal_value(self, data: Any) -> bool:
        if not isinstance(data, bool):
            self.fail("invalid", input=data)
        return data


class PostSerializer(ModelSerializer):
    tags = TagsField(max_length=10, default=[])
    published = StrictBooleanField(default=False)

    class Meta:
        model = Post
        fields = [
            "id",
            "slug",
            "title",
            "body",
            "tags",
            "published",
            "created_at",
            "updated_at",
            "published_at",
        ]

    def create(self, validated_data: dict[str, Any]) -> Post:
        tags = validated_data.pop("tags")
        post = super().create(validated_data)
        post.replace_tags(tags)
        return post

    def update(self, instance: Post, validated_data: dict[str, Any]) -> Post:
        tags = validated_data.pop("tags", None)
        post = super().update(instance, validated_data)
        if tags is not None:
            post.replace_tags(tags)
        return post


class CommentSerializer(ModelSerializer):
    class Meta:
        model = Comment
        fields = ["id", "author", "body", "created_at"]


class PostFilters(serializers.Serializer):
    """The parameters of a list, beside its pages."""

    tag = serializers.CharField(required=False)
    q = serializers.CharField(max_length=10_000, trim_whitespace=False, required=False)
