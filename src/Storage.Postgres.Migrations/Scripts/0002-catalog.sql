-- Ids are UUIDv7: their order is the order of time.
CREATE TABLE files (
    id uuid NOT NULL PRIMARY KEY,
    name text NOT NULL,
    size bigint NOT NULL,
    sha256 text NOT NULL,
    media_type text NOT NULL,
    width integer NOT NULL,
    height integer NOT NULL,
    object_key text NOT NULL,
    profile_id text NOT NULL,
    profile_version integer NOT NULL,
    part_id text,
    batch_id text,
    state text NOT NULL CHECK (state IN ('queued', 'completed', 'failed')),
    error text,
    created_at timestamptz NOT NULL,
    completed_at timestamptz,
    inspection_id uuid,
    verdict text
);

CREATE INDEX files_state ON files (state, id);
CREATE INDEX files_verdict ON files (verdict, id) WHERE verdict IS NOT NULL;
CREATE INDEX files_part ON files (part_id, id) WHERE part_id IS NOT NULL;
CREATE INDEX files_batch ON files (batch_id, id) WHERE batch_id IS NOT NULL;
-- In the order of bytes, so that the keys of one folder are a range.
CREATE INDEX files_object ON files (object_key COLLATE "C");

-- Outlive their file, therefore no reference to it. Partitions are months of the file's acceptance, which its id begins
-- with: so the key keeps one original inspection a file. What lies in no month lands in the rest.
CREATE TABLE inspections (
    file_id uuid NOT NULL PRIMARY KEY,
    id uuid NOT NULL,
    verdict text NOT NULL,
    document text NOT NULL,
    created_at timestamptz NOT NULL
) PARTITION BY RANGE (file_id);
CREATE INDEX inspections_id ON inspections (id);
CREATE TABLE inspections_rest PARTITION OF inspections DEFAULT;

CREATE TABLE inspection_classes (
    class text NOT NULL,
    file_id uuid NOT NULL,
    PRIMARY KEY (class, file_id)
) PARTITION BY RANGE (file_id);
CREATE TABLE inspection_classes_rest PARTITION OF inspection_classes DEFAULT;

CREATE TABLE reports (
    id uuid NOT NULL PRIMARY KEY,
    request text NOT NULL,
    state text NOT NULL CHECK (state IN ('queued', 'ready', 'failed')),
    error text,
    object_key text,
    created_at timestamptz NOT NULL,
    completed_at timestamptz
);

-- What is unfinished. Rows come and go and are changed in between, so that autovacuum must not wait for a fifth of them.
CREATE TABLE work (
    id uuid NOT NULL PRIMARY KEY, -- of the file or report
    kind text NOT NULL CHECK (kind IN ('file', 'report')),
    attempts integer NOT NULL,
    lease_holder text,
    lease_until timestamptz,
    published_at timestamptz,
    due_at timestamptz NOT NULL,
    last_error text,
    outage_since timestamptz,
    stuck boolean NOT NULL,
    dead_letter boolean NOT NULL  -- ended as failed; kept so that it can be replayed
) WITH (autovacuum_vacuum_scale_factor = 0.02);
CREATE INDEX work_due ON work (kind, due_at, id) WHERE NOT dead_letter;
CREATE INDEX work_stuck ON work (id) WHERE stuck;

CREATE TABLE profiles (
    id text COLLATE "C" NOT NULL PRIMARY KEY,
    version integer NOT NULL,
    document text NOT NULL,
    updated_at timestamptz NOT NULL
);

CREATE TABLE idempotency_keys (
    scope text NOT NULL,
    key text NOT NULL,
    fingerprint text,
    answer text, -- null while the call runs
    owner text NOT NULL,
    lease_until timestamptz NOT NULL,
    claimed_at timestamptz NOT NULL,
    PRIMARY KEY (scope, key)
);
CREATE INDEX idempotency_keys_claimed ON idempotency_keys (claimed_at);

-- One row, written to find out whether writing works.
CREATE TABLE liveness (writes bigint NOT NULL);
INSERT INTO liveness VALUES (0);
