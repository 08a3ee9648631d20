"shop",
