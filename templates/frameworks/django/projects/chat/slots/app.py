"chat",
