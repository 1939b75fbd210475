ALTER TABLE episode ADD COLUMN found TEXT NOT NULL DEFAULT '[]';              -- JSON: sound that a saved page names
ALTER TABLE transcript_version ADD COLUMN guessed INTEGER NOT NULL DEFAULT 0; -- its language was guessed from the text
