-- What lists, the calendar and the search read. It is dropped and built again from the documents at any time; whoever
-- changes this file counts INDEX_VERSION up.

DROP TABLE IF EXISTS agenda;
DROP TABLE IF EXISTS search;
DROP VIEW IF EXISTS searched;
DROP TABLE IF EXISTS phone;
DROP TRIGGER IF EXISTS record_lost;
DROP TRIGGER IF EXISTS beside_lost;
DROP TABLE IF EXISTS record;
DROP TABLE IF EXISTS beside;
DROP TABLE IF EXISTS place;

-- A number for each person. That of a row begins with it and goes on with the number of its kind (planner/store/index.py),
-- so that one person's rows, with or without the notes about them, are one range of the search.
CREATE TABLE place (
    number INTEGER PRIMARY KEY,
    person TEXT NOT NULL UNIQUE REFERENCES person ON DELETE CASCADE
) STRICT;

-- named, words and digits are what the search looks through: words without case and accents, and the ends of numbers.
CREATE TABLE record (
    number INTEGER PRIMARY KEY,
    person TEXT NOT NULL REFERENCES person ON DELETE CASCADE,
    id TEXT NOT NULL,
    section TEXT NOT NULL,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    removed INTEGER NOT NULL,
    fields TEXT NOT NULL,
    named TEXT NOT NULL,
    words TEXT NOT NULL,
    digits TEXT NOT NULL,
    UNIQUE (person, id)
) STRICT;
CREATE INDEX record_by_person_and_kind ON record (person, kind);
CREATE INDEX record_by_kind ON record (kind, person);

-- What can be found and is no record of a plan: notes, answers, papers. owner is the id of what it belongs to.
CREATE TABLE beside (
    number INTEGER PRIMARY KEY,
    person TEXT NOT NULL REFERENCES person ON DELETE CASCADE,
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    owner TEXT NOT NULL,
    day TEXT NOT NULL,
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    named TEXT NOT NULL,
    words TEXT NOT NULL,
    digits TEXT NOT NULL,
    UNIQUE (person, kind, id)
) STRICT;

-- The search holds only where words are. Its own check compares it with what it was made from, so records marked as
-- removed stand in neither. The words are cut already, so the simplest tokenizer does. No prefix index: it would make
-- an edit five times slower, and beginnings are found in milliseconds without.
CREATE VIEW searched AS
    SELECT number, named, words, digits FROM record WHERE NOT removed
    UNION ALL SELECT number, named, words, digits FROM beside;
CREATE VIRTUAL TABLE search USING fts5 (
    named, words, digits, content = 'searched', content_rowid = 'number', tokenize = 'ascii'
);
INSERT INTO search (search, rank) VALUES ('secure-delete', 1);
CREATE TRIGGER record_found AFTER INSERT ON record WHEN NOT new.removed BEGIN
    INSERT INTO search (rowid, named, words, digits) VALUES (new.number, new.named, new.words, new.digits);
END;
CREATE TRIGGER record_changed AFTER UPDATE ON record
    WHEN (old.number, old.removed, old.named, old.words, old.digits)
        IS NOT (new.number, new.removed, new.named, new.words, new.digits) BEGIN
    INSERT INTO search (search, rowid, named, words, digits)
        SELECT 'delete', old.number, old.named, old.words, old.digits WHERE NOT old.removed;
    INSERT INTO search (rowid, named, words, digits)
        SELECT new.number, new.named, new.words, new.digits WHERE NOT new.removed;
END;
CREATE TRIGGER record_lost AFTER DELETE ON record WHEN NOT old.removed BEGIN
    INSERT INTO search (search, rowid, named, words, digits)
        VALUES ('delete', old.number, old.named, old.words, old.digits);
END;
CREATE TRIGGER beside_found AFTER INSERT ON beside BEGIN
    INSERT INTO search (rowid, named, words, digits) VALUES (new.number, new.named, new.words, new.digits);
END;
CREATE TRIGGER beside_lost AFTER DELETE ON beside BEGIN
    INSERT INTO search (search, rowid, named, words, digits)
        VALUES ('delete', old.number, old.named, old.words, old.digits);
END;

CREATE TABLE agenda (
    person TEXT NOT NULL REFERENCES person ON DELETE CASCADE,
    appointment TEXT NOT NULL,
    starts_utc TEXT NOT NULL,
    ends_utc TEXT NOT NULL,
    starts TEXT NOT NULL,
    zone TEXT NOT NULL,
    all_day INTEGER NOT NULL,
    title TEXT NOT NULL,
    original_starts TEXT NOT NULL,
    outcome TEXT NOT NULL,
    long INTEGER NOT NULL
) STRICT;
CREATE INDEX agenda_by_appointment ON agenda (person, appointment);
CREATE INDEX agenda_by_time ON agenda (long, starts_utc);
CREATE INDEX agenda_by_person_and_time ON agenda (person, long, starts_utc);
