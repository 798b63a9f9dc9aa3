"""Which URL answers what, over HTTP: values in, values out, and one adapter that owns the sockets."""
