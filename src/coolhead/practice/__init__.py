"""Simulated customers to train with: scenario, persona, inner state, reply, run, scorecard, debrief.

A pure library over the engine. It knows no web, no database, no clock; chance comes only from a seed.
"""
