  routeUpgrades(server);
