"""retell tells a disputed piece of history as a story in which every sentence points to a paragraph of an article.

Data flows one way, from files to the two tellings; a package imports only from those above it:

    problems      what can be wrong, where it stands, and the exit codes
    files         bytes on a disk or in a zip become plain YAML data with places; whole files are written back
    story         the model, the little language of its texts, the library
    figures       the timeline, the map and the voices as data
    copies        a reader's saved articles become numbered paragraphs, known by their fingerprints
    script        a story, or a part of it, becomes a flat list of steps
    checks        a library is held against the rules, and with copies against the articles
    terminal      steps are told on a screen
    handout       a story is told on paper
    authoring     a new story, its preview, its schemas, its zip
    commands      what a person types
    cli           the arguments are read and a command is run
"""

__version__ = "1.0.0"
