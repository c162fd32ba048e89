CREATE TABLE "ledger_digests" (
	"link_id" uuid PRIMARY KEY NOT NULL,
	"agency_id" uuid NOT NULL,
	"site_id" uuid NOT NULL,
	"state" text NOT NULL,
	"language" text NOT NULL,
	"time_zone" text NOT NULL,
	"sealed" text,
	"confirm_hash" text,
	"asked_at" timestamp (3) with time zone NOT NULL,
	"asks" integer NOT NULL,
	"asks_since" timestamp (3) with time zone NOT NULL,
	"covered_week" text,
	"covered_until" timestamp (3) with time zone,
	CONSTRAINT "ledger_digests_confirmHash_unique" UNIQUE("confirm_hash")
);
--> statement-breakpoint
ALTER TABLE "ledger_digests" ADD CONSTRAINT "ledger_digests_link_id_ledger_links_id_fk" FOREIGN KEY ("link_id") REFERENCES "public"."ledger_links"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_digests" ADD CONSTRAINT "ledger_digests_agency_id_agencies_id_fk" FOREIGN KEY ("agency_id") REFERENCES "public"."agencies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_digests" ADD CONSTRAINT "ledger_digests_site_id_sites_id_fk" FOREIGN KEY ("site_id") REFERENCES "public"."sites"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "ledger_digests_state_index" ON "ledger_digests" USING btree ("state");