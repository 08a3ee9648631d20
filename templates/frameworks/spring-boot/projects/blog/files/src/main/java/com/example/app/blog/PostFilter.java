package com.example.app.blog;

import com.example.app.Text;

/** Which posts a list shows. Null stands for all posts. */
public record PostFilter(@Text String tag, @Text String q) {}
