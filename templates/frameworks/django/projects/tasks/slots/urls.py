path("", show_board),
