    closeSockets(live.sockets);
