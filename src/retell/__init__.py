"""retell tells a disputed piece of history as a story in which every sentence points to a paragraph of an article.

The map of the code. Data flows one way, and a module imports only from those above it:

    characters          a text -> which characters nobody can see, and how to show them
    problems            Location, Problem, the errors that end a command, and what it ends with
    textfile            the bytes of a file -> its text, or why they are none
    scalars             where in the file each character of a text stands
    yamlnodes           a text -> the nodes of its YAML, within limits
    yamlslips           a text that is no YAML, and where its reading stopped -> the slip behind that
    yamlfaults          an error of libyaml -> where it stands, in plain words
    yamlfile            one YAML file -> plain data, with line and column of every value
    citations           what stands between a citation's brackets -> articles and paragraphs
    prose, dates        the text of a field -> spans and claims; a date as far as known
    model, lesson       the types of a story, and of what a class needs with it
    forms               plain data -> those types, with every problem of their fields
    schema              the types of the model -> JSON Schema, for editors
    folder, archive     a story's folder, or its zip -> its files, by name, within limits
    filenames           their names -> those that are read, and what is misnamed
    library             those files -> a Library
    calls               a story's folder -> what to type so that a command tells it
    names, figures      what a text names; the timeline and the map as data
    scale, geography    when each scene is, on a line; how places lie to each other
    labels              where names stand in a drawing, none on another
    turns, balance      every time that a voice speaks; who speaks how often, and where
    copies, sourcecard  a saved article -> its paragraphs, known by fingerprints; those -> a source card to fill in
    quantities          a text -> its numbers and dates
    checks/             a Library -> its problems; `checks/evidence`, with copies: what the articles do not bear out
    steps, script       a Library -> a flat list of Steps, every citation resolved once
    excerpt             a Library -> a part of it, with only the cards that it needs
    standins            a Library with faults -> one that can be told
    summary             a Library -> how much the check went through
    report              problems and a summary -> lines, JSON, annotations; exit codes
    writing             texts and a path -> a file, or a folder, whole or not at all
    glyphs              what a stream cannot show -> what it can
    terminal/           lines, figures, frame, citing and page (Step -> lines); keys, sequences, signals and keyboard;
                        pace and footer; screen, reveal, pager and player (steps + keys + clock -> the show); bookmark,
                        panels, wishes, evening and reading; cast (the same show, without waiting -> a recording)
    handout/            templating, drawings (the figures as SVG); grid, edition, teacher, packets (what stands in it);
                        escaping, bibliography, citing, markdown (how it is set); webpage, wordfile, formats (made of
                        that)
    catalogue, voices   the articles -> `retell sources`; the balance -> `retell voices`
    disputes            the disputes -> `retell compare`
    manual              the pages of the rules -> `retell explain`
    preview             a scene with its faults -> `retell preview`
    starting, packing   the example -> a new story's folder; a story -> a zip of it
    options, session    options of several commands; what a command is given: a story, a console
    commands/           one module for each thing that people do with a story
    cli, __main__       arguments in, a command run; the entrance
"""
