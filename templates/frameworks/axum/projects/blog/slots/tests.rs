mod comments;
mod lists;
mod pages;
mod posts;
