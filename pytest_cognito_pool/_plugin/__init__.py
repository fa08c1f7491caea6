"""The parts of the plugin that are loaded when they are needed."""
