"""What to do now: the playbook, the coach that picks at most one card, and better words for a draft.

Knows the picture and the reading; never knows which person or company it advises.
"""
