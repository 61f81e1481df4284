"""From a story, its figures as data: the timeline, the map, and who speaks how often; each telling draws them."""

TITLES = {
    "timeline": "When it happened",
    "map": "Where it happened",
    "voices": "Who speaks, and how often",
}
