CREATE TABLE episode (
  id          TEXT PRIMARY KEY,
  title       TEXT NOT NULL,
  show        TEXT NOT NULL,
  date        TEXT NOT NULL,              -- YYYY-MM-DD or ''
  language    TEXT NOT NULL,
  spoken      TEXT NOT NULL,
  duration_ms INTEGER,                    -- NULL: unknown
  audio       TEXT,                       -- JSON, NULL: no sound
  source      TEXT NOT NULL,
  rights      TEXT NOT NULL,
  people      TEXT NOT NULL,              -- JSON
  chapters    TEXT NOT NULL,              -- JSON
  problems    TEXT NOT NULL,              -- JSON
  origin      TEXT NOT NULL,
  missing     INTEGER NOT NULL DEFAULT 0,
  cover_type  TEXT NOT NULL DEFAULT '',
  cover       BLOB
) WITHOUT ROWID;

-- Ids that an episode once had: its links go on working.
CREATE TABLE former_id (
  id      TEXT PRIMARY KEY,
  episode TEXT NOT NULL REFERENCES episode(id) ON DELETE CASCADE ON UPDATE CASCADE
) WITHOUT ROWID;

CREATE TABLE transcript (
  id       INTEGER PRIMARY KEY,
  episode  TEXT NOT NULL REFERENCES episode(id) ON DELETE CASCADE ON UPDATE CASCADE,
  language TEXT NOT NULL,
  rank     INTEGER NOT NULL DEFAULT 0,    -- order among the episode's languages; -1: its file is gone
  version  INTEGER,                       -- the one that is served
  UNIQUE (episode, language)
);

CREATE TABLE transcript_version (
  id         INTEGER PRIMARY KEY,
  transcript INTEGER NOT NULL REFERENCES transcript(id) ON DELETE CASCADE,
  key        TEXT NOT NULL,               -- what it was made from
  format     TEXT NOT NULL,
  lines      INTEGER NOT NULL,
  follows    TEXT NOT NULL,
  created_at TEXT NOT NULL,
  source     BLOB NOT NULL,               -- the file as it came, gzip
  body       BLOB NOT NULL                -- Hearsay JSON, gzip
);
CREATE INDEX transcript_version_transcript ON transcript_version(transcript);

-- The lines of the versions that are served, for the search.
CREATE TABLE line (
  id            INTEGER PRIMARY KEY,
  transcript    INTEGER NOT NULL REFERENCES transcript(id) ON DELETE CASCADE,
  ordinal       INTEGER NOT NULL,
  segment       TEXT NOT NULL,
  start_ms      INTEGER,
  timing        TEXT NOT NULL,
  plus_minus_ms INTEGER NOT NULL,
  speaker       TEXT NOT NULL,            -- name
  text          TEXT NOT NULL,
  words         TEXT                      -- JSON: [[UTF-16 offset, start ms], …]; NULL: no word times
);
CREATE UNIQUE INDEX line_place ON line(transcript, ordinal);

-- Tokens of each line and of the beginning of the next, so that a quote may
-- go over the end of a line. The tokens come folded from package quote.
CREATE VIRTUAL TABLE line_index USING fts5(tokens, content='', contentless_delete=1, tokenize='ascii');

CREATE TABLE file (
  root     TEXT NOT NULL,
  path     TEXT NOT NULL,
  size     INTEGER NOT NULL,
  mod_time TEXT NOT NULL,
  hash     TEXT NOT NULL,
  episode  TEXT NOT NULL,
  problem  TEXT NOT NULL,
  line     INTEGER NOT NULL,
  gone     INTEGER NOT NULL,
  PRIMARY KEY (root, path)
) WITHOUT ROWID;
CREATE INDEX file_hash ON file(hash);

CREATE TABLE change (
  id      INTEGER PRIMARY KEY AUTOINCREMENT,
  episode TEXT NOT NULL REFERENCES episode(id) ON DELETE CASCADE ON UPDATE CASCADE,
  kind    TEXT NOT NULL,
  target  TEXT NOT NULL,
  before  TEXT NOT NULL,                  -- JSON
  after   TEXT NOT NULL,                  -- JSON
  at      TEXT NOT NULL
);
CREATE INDEX change_episode ON change(episode, id);

CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
