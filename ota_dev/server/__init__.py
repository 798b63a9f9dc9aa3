"""Which URL answers what, over HTTP: values in, values out, and one adapter that owns the sockets.

A request is guarded, routed and answered from the publication that is on offer; scenarios and faults bend it on the
way, as values too. Publishes nothing, renders no feed itself, and decides nothing for a client but what it is sent.
"""
