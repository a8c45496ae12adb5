-- What lists, the calendar and the search read. It is dropped and built again from the documents at any time; whoever
-- changes this file counts INDEX_VERSION up.

DROP TABLE IF EXISTS agenda;
DROP TABLE IF EXISTS search;
DROP VIEW IF EXISTS searched;
DROP TABLE IF EXISTS phone;
DROP TRIGGER IF EXISTS record_lost;
DROP TABLE IF EXISTS record;

CREATE TABLE record (
    number INTEGER PRIMARY KEY,
    person TEXT NOT NULL REFERENCES person ON DELETE CASCADE,
    id TEXT NOT NULL,
    section TEXT NOT NULL,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    removed INTEGER NOT NULL,
    fields TEXT NOT NULL,
    words TEXT NOT NULL,
    UNIQUE (person, id)
) STRICT;
CREATE INDEX record_by_person_and_kind ON record (person, kind);
CREATE INDEX record_by_kind ON record (kind, person);

-- The digits of each phone number, found by any part of them.
CREATE TABLE phone (
    record INTEGER NOT NULL REFERENCES record ON DELETE CASCADE,
    digits TEXT NOT NULL
) STRICT;
CREATE INDEX phone_by_record ON phone (record);

-- Words are kept once, in the record; the search holds only where they are.
-- Its own check compares it with what it was made from, so records marked as removed stand in neither.
CREATE VIEW searched AS SELECT number, title, words FROM record WHERE NOT removed;
CREATE VIRTUAL TABLE search USING fts5 (
    title, words, content = 'searched', content_rowid = 'number', tokenize = 'unicode61 remove_diacritics 2'
);
INSERT INTO search (search, rank) VALUES ('secure-delete', 1);
CREATE TRIGGER record_found AFTER INSERT ON record WHEN NOT new.removed BEGIN
    INSERT INTO search (rowid, title, words) VALUES (new.number, new.title, new.words);
END;
CREATE TRIGGER record_lost AFTER DELETE ON record WHEN NOT old.removed BEGIN
    INSERT INTO search (search, rowid, title, words) VALUES ('delete', old.number, old.title, old.words);
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
