"""What a conversation has come to: the picture, the pure step that moves it, its forecast, alerts and note.

Knows turns and readings; knows neither advice, nor a clock, nor where anything is kept.
"""
