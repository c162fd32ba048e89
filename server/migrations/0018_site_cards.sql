CREATE TABLE "site_cards" (
	"id" uuid PRIMARY KEY NOT NULL,
	"agency_id" uuid NOT NULL,
	"site_id" uuid NOT NULL,
	"relay_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"sealed" text,
	"sealed_plan" text,
	"plan_width" integer,
	"plan_height" integer,
	"wrapped_key" text,
	"changed_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "site_cards_site_id_unique" UNIQUE("site_id")
);
--> statement-breakpoint
ALTER TABLE "site_cards" ADD CONSTRAINT "site_cards_agency_id_agencies_id_fk" FOREIGN KEY ("agency_id") REFERENCES "public"."agencies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "site_cards" ADD CONSTRAINT "site_cards_site_id_sites_id_fk" FOREIGN KEY ("site_id") REFERENCES "public"."sites"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "site_cards" ADD CONSTRAINT "site_cards_relay_id_relays_id_fk" FOREIGN KEY ("relay_id") REFERENCES "public"."relays"("id") ON DELETE no action ON UPDATE no action;