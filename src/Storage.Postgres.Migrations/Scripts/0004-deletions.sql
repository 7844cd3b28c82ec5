-- A deleted file keeps its row: its inspection keeps its name, part and batch, and is counted in reports. Before, rows of deleted
-- files were removed.
ALTER TABLE files ADD COLUMN deleted_at timestamptz, ADD COLUMN deleted_by text;

ALTER TABLE inspections
    ADD COLUMN model_id text GENERATED ALWAYS AS (document::json -> 'model' ->> 'id') STORED,
    ADD COLUMN profile_id text GENERATED ALWAYS AS (document::json -> 'profile' ->> 'id') STORED;
