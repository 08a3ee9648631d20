package com.example.app;

/** There is nothing with this id. */
public class NotFoundException extends RuntimeException {}
