
# The line above loads the models, which the sockets need.
from chat.consumers import sockets  # noqa: E402

application = ProtocolTypeRouter({"http": application, "websocket": URLRouter(sockets)})
