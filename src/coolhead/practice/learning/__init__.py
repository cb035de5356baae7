"""The learning path: drills and how answers are judged, lessons, spacing, progress, suggestions."""
