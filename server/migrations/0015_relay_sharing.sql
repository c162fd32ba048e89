CREATE TABLE "relay_sharing" (
	"relay_id" uuid PRIMARY KEY NOT NULL,
	"agency_id" uuid NOT NULL,
	"site_id" uuid NOT NULL,
	"told" jsonb NOT NULL,
	"version" integer NOT NULL,
	"told_at" timestamp (3) with time zone NOT NULL,
	"waiting" jsonb,
	"waiting_version" integer,
	"waiting_since" timestamp (3) with time zone,
	"refused_version" integer,
	"refusal" text,
	"refused_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "relay_sharing" ADD CONSTRAINT "relay_sharing_relay_id_relays_id_fk" FOREIGN KEY ("relay_id") REFERENCES "public"."relays"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "relay_sharing" ADD CONSTRAINT "relay_sharing_agency_id_agencies_id_fk" FOREIGN KEY ("agency_id") REFERENCES "public"."agencies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "relay_sharing" ADD CONSTRAINT "relay_sharing_site_id_sites_id_fk" FOREIGN KEY ("site_id") REFERENCES "public"."sites"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "relay_sharing_site_id_index" ON "relay_sharing" USING btree ("site_id");