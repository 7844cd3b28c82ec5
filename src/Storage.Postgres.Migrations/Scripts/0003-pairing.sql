-- Id and generation of this database, also stored with the objects. They show whether the database is new, or was restored
-- from a backup, before objects that it does not know are deleted. One row.
CREATE TABLE pairing (database uuid NOT NULL, generation bigint NOT NULL);
INSERT INTO pairing VALUES (gen_random_uuid(), 0);

-- Deleted files whose objects may still exist, so that they are deleted after a crash and never recovered.
CREATE TABLE deleted_files (id uuid NOT NULL PRIMARY KEY, object_key text NOT NULL);
CREATE INDEX deleted_files_object ON deleted_files (object_key COLLATE "C");
