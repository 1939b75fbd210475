-- Of the transcript that was changed; '' where the episode itself was.
ALTER TABLE change ADD COLUMN language TEXT NOT NULL DEFAULT '';
-- Names the wish that made the change, so that one sent twice counts once.
ALTER TABLE change ADD COLUMN nonce TEXT NOT NULL DEFAULT '';
CREATE UNIQUE INDEX change_nonce ON change(episode, nonce) WHERE nonce <> '';
