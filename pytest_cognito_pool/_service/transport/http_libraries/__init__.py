"""The HTTP libraries of the process: requests to the service's hosts are answered here and never sent.

Each library has one seam below its own API (a method of one of its classes), which is replaced while a fake is active.
"""
