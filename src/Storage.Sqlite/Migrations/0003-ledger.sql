-- The row of a file or report becomes its state, and the ledger holds unfinished work. The next migration brings over what
-- 0.1.0 kept in grain state.
CREATE TABLE work (
    id TEXT NOT NULL PRIMARY KEY, -- of the file or report
    kind TEXT NOT NULL CHECK (kind IN ('file', 'report')),
    attempts INTEGER NOT NULL,
    lease_holder TEXT,
    lease_until INTEGER,
    published_at INTEGER,
    due_at INTEGER NOT NULL,
    last_error TEXT,
    outage_since INTEGER,
    stuck INTEGER NOT NULL,
    dead_letter INTEGER NOT NULL  -- 1: ended as failed; kept so that it can be replayed
) WITHOUT ROWID;
CREATE INDEX work_due ON work (kind, due_at, id) WHERE dead_letter = 0;
CREATE INDEX work_stuck ON work (id) WHERE stuck = 1;

INSERT INTO work (id, kind, attempts, due_at, stuck, dead_letter)
SELECT id, 'file', 0, created_at, 0, 0 FROM files WHERE state = 'queued';

DROP INDEX files_unpublished;
ALTER TABLE files DROP COLUMN published;

-- In 0.1.0 the data of a report is in its grain state.
DROP TABLE reports;
CREATE TABLE reports (
    id TEXT NOT NULL PRIMARY KEY,
    request TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('queued', 'ready', 'failed')),
    error TEXT,
    object_key TEXT,
    created_at INTEGER NOT NULL,
    completed_at INTEGER
) WITHOUT ROWID;

-- Claims without an answer belong to a process that is gone.
DELETE FROM idempotency_keys WHERE answer IS NULL;
ALTER TABLE idempotency_keys ADD COLUMN owner TEXT;
ALTER TABLE idempotency_keys ADD COLUMN lease_until INTEGER;
