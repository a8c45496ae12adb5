-- The truth: people, documents, fillings, notes, activity, settings. The index beside it is in index.sql.
-- What belongs to a person goes with that person.

CREATE TABLE person (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    code TEXT NOT NULL,
    under_18 INTEGER,
    told_on TEXT NOT NULL,
    language TEXT NOT NULL,
    created TEXT NOT NULL,
    is_me INTEGER NOT NULL,
    resting INTEGER NOT NULL,
    held_since TEXT NOT NULL DEFAULT ''
) STRICT;
-- Papers from a court or a lawyer have come: nothing of this person may be erased until the hold is lifted.
CREATE TRIGGER person_is_held BEFORE DELETE ON person WHEN old.held_since <> ''
    BEGIN SELECT RAISE(ABORT, 'a person on hold is not erased'); END;

CREATE TABLE document (
    person TEXT NOT NULL REFERENCES person ON DELETE CASCADE,
    section TEXT NOT NULL,
    state BLOB NOT NULL,
    UNIQUE (person, section)
) STRICT;

CREATE TABLE delta (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    person TEXT NOT NULL REFERENCES person ON DELETE CASCADE,
    section TEXT NOT NULL,
    delta BLOB NOT NULL
) STRICT;
CREATE INDEX delta_by_document ON delta (person, section, number);

-- Keyed digests of fields that were really deleted, so that a merge can tell an old copy from a new edit.
CREATE TABLE purged (
    person TEXT NOT NULL REFERENCES person ON DELETE CASCADE,
    section TEXT NOT NULL,
    name TEXT NOT NULL,
    digest BLOB NOT NULL,
    UNIQUE (person, section, name)
) STRICT;

CREATE TABLE filling (
    id TEXT PRIMARY KEY,
    person TEXT NOT NULL REFERENCES person ON DELETE CASCADE,
    form TEXT NOT NULL,
    version TEXT NOT NULL,
    state BLOB NOT NULL,
    started TEXT NOT NULL,
    updated TEXT NOT NULL,
    finished TEXT NOT NULL,
    digest TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX filling_by_person ON filling (person, form);
CREATE INDEX filling_by_form ON filling (form, digest);

-- Versions of guided forms: those that were brought in (own), and those under which there is a filling. They belong to
-- the notebook, not to a person. A form is offered while it was added later than it was hidden.
CREATE TABLE form_kept (
    digest TEXT PRIMARY KEY,
    form TEXT NOT NULL,
    version TEXT NOT NULL,
    titles TEXT NOT NULL,
    own INTEGER NOT NULL,
    added TEXT NOT NULL,
    hidden TEXT NOT NULL,
    xform BLOB NOT NULL
) STRICT;

-- What stood beside a form: tables of choices, pictures.
CREATE TABLE form_file (
    digest TEXT NOT NULL REFERENCES form_kept ON DELETE CASCADE,
    name TEXT NOT NULL,
    content BLOB NOT NULL,
    UNIQUE (digest, name)
) STRICT;

-- Places and services that were written into this notebook, or brought in from a list; nobody's own. ``removed``: only
-- the id is kept, so that a copy does not bring the entry back.
CREATE TABLE service (
    id TEXT PRIMARY KEY,
    origin TEXT NOT NULL,
    changed TEXT NOT NULL,
    removed INTEGER NOT NULL,
    content TEXT NOT NULL
) STRICT;

CREATE TABLE note (
    id TEXT PRIMARY KEY,
    person TEXT NOT NULL REFERENCES person ON DELETE CASCADE,
    amends TEXT NOT NULL,
    at TEXT NOT NULL,
    author TEXT NOT NULL,
    when_date TEXT NOT NULL,
    kind TEXT NOT NULL,
    minutes INTEGER NOT NULL,
    who TEXT NOT NULL,
    facts TEXT NOT NULL,
    agreed TEXT NOT NULL
) STRICT;
CREATE INDEX note_by_person ON note (person, when_date);
CREATE TRIGGER note_stays BEFORE UPDATE ON note BEGIN SELECT RAISE(ABORT, 'notes are append-only'); END;
-- A note leaves only with the person it is about; the cascade comes after the person's own row has gone.
CREATE TRIGGER note_is_kept BEFORE DELETE ON note WHEN EXISTS (SELECT 1 FROM person WHERE id = old.person)
    BEGIN SELECT RAISE(ABORT, 'notes are append-only'); END;
CREATE TRIGGER note_amends BEFORE INSERT ON note
    WHEN new.amends <> ''
    AND NOT EXISTS (SELECT 1 FROM note WHERE id = new.amends AND person = new.person AND amends = '')
    BEGIN SELECT RAISE(ABORT, 'an amendment points at a first note of the same person'); END;

CREATE TABLE activity (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    what TEXT NOT NULL,
    person TEXT NOT NULL,
    detail TEXT NOT NULL
) STRICT;
CREATE INDEX activity_by_person ON activity (person);

CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

CREATE TABLE draft (
    page TEXT NOT NULL,
    person TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (page, person)
) STRICT;

-- Photos and PDFs of papers, in pieces, exactly as they came in. ``record`` is what they belong to, or empty.
CREATE TABLE attachment (
    id TEXT PRIMARY KEY,
    person TEXT NOT NULL REFERENCES person ON DELETE CASCADE,
    record TEXT NOT NULL,
    title TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size INTEGER NOT NULL,
    added TEXT NOT NULL,
    removed INTEGER NOT NULL
) STRICT;
CREATE INDEX attachment_by_person ON attachment (person, record);

CREATE TABLE attachment_chunk (
    attachment TEXT NOT NULL REFERENCES attachment ON DELETE CASCADE,
    number INTEGER NOT NULL,
    content BLOB NOT NULL,
    UNIQUE (attachment, number)
) STRICT;

-- Content from somebody else, whole as it came. Of what was taken out only the row stays: no older version comes back.
CREATE TABLE pack (
    id TEXT PRIMARY KEY,
    giver TEXT NOT NULL,
    version TEXT NOT NULL,
    digest TEXT NOT NULL,
    names TEXT NOT NULL,
    forms TEXT NOT NULL,
    added TEXT NOT NULL,
    taken_out TEXT NOT NULL
) STRICT;

CREATE TABLE pack_file (
    pack TEXT NOT NULL REFERENCES pack ON DELETE CASCADE,
    name TEXT NOT NULL,
    content BLOB NOT NULL,
    UNIQUE (pack, name)
) STRICT;

-- Whose six words were compared.
CREATE TABLE giver (
    key TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    confirmed TEXT NOT NULL,
    forgotten TEXT NOT NULL
) STRICT;
