"""The client, once: the synchronous one is made from it by `oms types`."""
