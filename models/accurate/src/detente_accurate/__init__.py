"""Weights of the accurate model; detente.model.runtime reads the files beside this one."""
