CREATE TABLE "audit_checkpoints" (
	"log_id" text NOT NULL,
	"size" bigint NOT NULL,
	"signed_at" timestamp (3) with time zone NOT NULL,
	"note" text NOT NULL,
	CONSTRAINT "audit_checkpoints_log_id_size_pk" PRIMARY KEY("log_id","size")
);
--> statement-breakpoint
CREATE TABLE "audit_entries" (
	"log_id" text NOT NULL,
	"index" bigint NOT NULL,
	"leaf" text NOT NULL,
	"hash" "bytea" NOT NULL,
	"id" uuid GENERATED ALWAYS AS (((leaf::jsonb)->>'id')::uuid) STORED NOT NULL,
	"at" text GENERATED ALWAYS AS ((leaf::jsonb)->>'at') STORED NOT NULL,
	"type" text GENERATED ALWAYS AS ((leaf::jsonb)->>'type') STORED NOT NULL,
	"outcome" text GENERATED ALWAYS AS ((leaf::jsonb)->>'outcome') STORED NOT NULL,
	"target_id" text GENERATED ALWAYS AS ((leaf::jsonb)->>'targetId') STORED,
	CONSTRAINT "audit_entries_log_id_index_pk" PRIMARY KEY("log_id","index"),
	CONSTRAINT "audit_entries_id_unique" UNIQUE("id")
);
--> statement-breakpoint
CREATE TABLE "audit_hashes" (
	"log_id" text NOT NULL,
	"level" smallint NOT NULL,
	"index" bigint NOT NULL,
	"hash" "bytea" NOT NULL,
	CONSTRAINT "audit_hashes_log_id_level_index_pk" PRIMARY KEY("log_id","level","index")
);
--> statement-breakpoint
CREATE TABLE "audit_values" (
	"log_id" text NOT NULL,
	"index" bigint NOT NULL,
	"openings" jsonb NOT NULL,
	"actor_id" text GENERATED ALWAYS AS (openings #>> '{actor,value,id}') STORED,
	"target_id" text GENERATED ALWAYS AS (openings #>> '{targetId,value}') STORED,
	CONSTRAINT "audit_values_log_id_index_pk" PRIMARY KEY("log_id","index")
);
--> statement-breakpoint
CREATE INDEX "audit_entries_log_id_at_index" ON "audit_entries" USING btree ("log_id","at");--> statement-breakpoint
CREATE INDEX "audit_entries_log_id_type_index_index" ON "audit_entries" USING btree ("log_id","type","index");--> statement-breakpoint
CREATE INDEX "audit_entries_log_id_target_id_index" ON "audit_entries" USING btree ("log_id","target_id");--> statement-breakpoint
CREATE INDEX "audit_values_log_id_actor_id_index" ON "audit_values" USING btree ("log_id","actor_id");--> statement-breakpoint
CREATE INDEX "audit_values_log_id_target_id_index" ON "audit_values" USING btree ("log_id","target_id");--> statement-breakpoint
CREATE TRIGGER audit_entries_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "audit_entries"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER audit_hashes_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "audit_hashes"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER audit_checkpoints_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "audit_checkpoints"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER audit_values_not_changed BEFORE UPDATE OR TRUNCATE ON "audit_values"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
-- Values of persons are deleted by the erasure alone, which says so within its transaction.
CREATE FUNCTION refuse_unless_erasing() RETURNS trigger AS $$
BEGIN
  IF current_setting('commonsight.erases_audit_values', true) IS DISTINCT FROM 'on' THEN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NULL;
END;
$$ LANGUAGE plpgsql;
--> statement-breakpoint
CREATE TRIGGER audit_values_erased_only BEFORE DELETE ON "audit_values"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_unless_erasing();
