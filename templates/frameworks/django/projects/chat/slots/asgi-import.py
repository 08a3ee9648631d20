from channels.routing import ProtocolTypeRouter, URLRouter
