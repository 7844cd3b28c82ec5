-- Ids are UUIDv7 as lower-case text with hyphens: their order is the order of time. Times are milliseconds since 1970, UTC.
CREATE TABLE files (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    size INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    media_type TEXT NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    object_key TEXT NOT NULL,
    profile_id TEXT NOT NULL,
    profile_version INTEGER NOT NULL,
    part_id TEXT,
    batch_id TEXT,
    state TEXT NOT NULL CHECK (state IN ('queued', 'completed', 'failed')),
    error TEXT,
    created_at INTEGER NOT NULL,
    completed_at INTEGER,
    published INTEGER NOT NULL DEFAULT 0, -- 1: the stream has confirmed the work
    inspection_id TEXT,
    verdict TEXT
) WITHOUT ROWID;

CREATE INDEX files_state ON files (state, id);
CREATE INDEX files_verdict ON files (verdict, id) WHERE verdict IS NOT NULL;
CREATE INDEX files_part ON files (part_id, id) WHERE part_id IS NOT NULL;
CREATE INDEX files_batch ON files (batch_id, id) WHERE batch_id IS NOT NULL;
CREATE INDEX files_object ON files (object_key);
CREATE INDEX files_unpublished ON files (created_at, id) WHERE state = 'queued' AND published = 0;

-- Outlive their file, therefore no reference to it.
CREATE TABLE inspections (
    id TEXT NOT NULL PRIMARY KEY,
    file_id TEXT NOT NULL UNIQUE, -- exactly one original inspection a file
    verdict TEXT NOT NULL,
    document TEXT NOT NULL,
    created_at INTEGER NOT NULL
);

CREATE TABLE inspection_classes (
    class TEXT NOT NULL,
    file_id TEXT NOT NULL REFERENCES inspections (file_id),
    PRIMARY KEY (class, file_id)
) WITHOUT ROWID;
-- What the reference above is checked by.
CREATE INDEX inspection_classes_file ON inspection_classes (file_id);

CREATE TABLE reports (
    id TEXT NOT NULL PRIMARY KEY,
    state TEXT NOT NULL CHECK (state IN ('queued', 'ready', 'failed')),
    created_at INTEGER NOT NULL,
    ended_at INTEGER,
    published INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE INDEX reports_unpublished ON reports (created_at, id) WHERE state = 'queued' AND published = 0;

CREATE TABLE profiles (
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    document TEXT NOT NULL,
    updated_at INTEGER NOT NULL
);

CREATE TABLE idempotency_keys (
    scope TEXT NOT NULL,
    key TEXT NOT NULL,
    fingerprint TEXT,
    answer TEXT, -- null while the call runs
    claimed_at INTEGER NOT NULL,
    PRIMARY KEY (scope, key)
) WITHOUT ROWID;
CREATE INDEX idempotency_keys_claimed ON idempotency_keys (claimed_at);
CREATE INDEX idempotency_keys_running ON idempotency_keys (scope, key) WHERE answer IS NULL;

-- One row, written to find out whether writing works.
CREATE TABLE liveness (writes INTEGER NOT NULL);
INSERT INTO liveness VALUES (0);
