-- A deleted file keeps its row: its inspection keeps its name, part and batch, and is counted in reports. Before, rows of deleted
-- files were removed.
ALTER TABLE files ADD COLUMN deleted_at INTEGER;
ALTER TABLE files ADD COLUMN deleted_by TEXT;

ALTER TABLE inspections ADD COLUMN model_id TEXT GENERATED ALWAYS AS (json_extract(document, '$.model.id')) VIRTUAL;
ALTER TABLE inspections ADD COLUMN profile_id TEXT GENERATED ALWAYS AS (json_extract(document, '$.profile.id')) VIRTUAL;
