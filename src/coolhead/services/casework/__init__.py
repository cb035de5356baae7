"""What conversations leave to do: promises, follow-ups, escalations, limits, gestures, customers."""
