"""`oms demo`: an order book from import to paid contracts, every part played over HTTP."""
