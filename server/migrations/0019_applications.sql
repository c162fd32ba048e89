CREATE TABLE "applications" (
	"id" uuid PRIMARY KEY NOT NULL,
	"agency_id" uuid NOT NULL,
	"state" text NOT NULL,
	"sealed" text,
	"wrapped_key" text,
	"email_hash" text,
	"language" text,
	"secret_hash" text,
	"mailed_at" timestamp (3) with time zone,
	"terms_version" integer NOT NULL,
	"terms_hash" text NOT NULL,
	"consented_at" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"decided_at" timestamp (3) with time zone,
	"decided_by" uuid,
	"reason" text,
	"site_id" uuid,
	"link_id" uuid,
	"told_at" timestamp (3) with time zone,
	CONSTRAINT "applications_secretHash_unique" UNIQUE("secret_hash"),
	CONSTRAINT "applications_are_sealed_or_erased" CHECK (num_nonnulls("applications"."sealed", "applications"."wrapped_key", "applications"."email_hash", "applications"."language") in (0, 4) and ("applications"."state" not in ('unverified', 'waiting') or "applications"."wrapped_key" is not null) and ("applications"."state" not in ('withdrawn', 'expired') or "applications"."wrapped_key" is null))
);
--> statement-breakpoint
ALTER TABLE "sites" ADD COLUMN "time_zone" text;--> statement-breakpoint
ALTER TABLE "applications" ADD CONSTRAINT "applications_agency_id_agencies_id_fk" FOREIGN KEY ("agency_id") REFERENCES "public"."agencies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "applications" ADD CONSTRAINT "applications_decided_by_users_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "applications" ADD CONSTRAINT "applications_site_id_sites_id_fk" FOREIGN KEY ("site_id") REFERENCES "public"."sites"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "applications" ADD CONSTRAINT "applications_link_id_ledger_links_id_fk" FOREIGN KEY ("link_id") REFERENCES "public"."ledger_links"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "applications_agency_id_state_index" ON "applications" USING btree ("agency_id","state");--> statement-breakpoint
CREATE INDEX "applications_agency_id_email_hash_mailed_at_index" ON "applications" USING btree ("agency_id","email_hash","mailed_at");--> statement-breakpoint
CREATE INDEX "applications_state_created_at_index" ON "applications" USING btree ("state","created_at");