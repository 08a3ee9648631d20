"""The pages: HTML made on the server from the files in `templates/`."""

from django import forms
from django.core.paginator import EmptyPage, Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from blog.models import Comment, Post
from core.database import snapshot, write_transaction
from core.problems import problem_response

POSTS_PER_PAGE = 10


class SeeOther(HttpResponseRedirect):
    """The browser loads another page: a reload of that does not send the form again."""

    status_code = 303


class PageForm(forms.Form):
    page = forms.IntegerField(min_value=1, max_value=1_000_000_000, required=False)


class CommentForm(forms.ModelForm):
    class Meta:
        model = Comment
        fields = ["author", "body"]
        widgets = {
            "author": forms.TextInput({"autocomplete": "name"}),
            "body": forms.Textarea({"rows": 6}),
        }


@require_safe
@snapshot()
def show_posts(request: HttpRequest, tag: str | None = None) -> HttpResponse:
    params = PageForm(request.GET)
    if not params.is_valid():
        return problem_response(request, 422, "The number of the page is not valid.")
    posts = Post.objects.published().prefetch_related("post_tags")
    if tag is not None:
        posts = posts.filter(post_tags__tag=tag)
    try:
        # Only the first page of all posts may be empty.
        pages = Paginator(posts, POSTS_PER_PAGE, allow_empty_first_page=tag is None)
        page = pages.page(params.cleaned_data["page"] or 1)
    except EmptyPage as error:
        raise Http404 from error
    return render(request, "blog/list.html", {"page": page, "tag": tag})


@require_safe
@snapshot()
def show_post(request: HttpRequest, slug: str) -> HttpResponse:
    return render_post(request, get_object_or_404(Post.objects.published(), slug=slug))


@require_POST
@write_transaction()
def send_comment(request: HttpRequest, slug: str) -> HttpResponse:
    post = get_object_or_404(Post.objects.published(), slug=slug)
    form = CommentForm(request.POST, instance=Comment(post=post), auto_id="%s")
    if not form.is_valid():
        return render_post(request, post, form, status=422)
    form.save()
    return SeeOther(reverse("post-page", args=[slug]))


def render_post(
    request: HttpRequest, post: Post, form: CommentForm | None = None, status: int = 200
) -> HttpResponse:
    context = {
        "post": post,
        "comments": post.comments.all(),
        "form": form or CommentForm(auto_id="%s"),
    }
    return render(request, "blog/article.html", context, status=status)
