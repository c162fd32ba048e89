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
CREATE TABLE "outages" (
	"id" uuid PRIMARY KEY NOT NULL,
	"agency_id" uuid NOT NULL,
	"site_id" uuid NOT NULL,
	"is_relay" boolean NOT NULL,
	"since" timestamp (3) with time zone NOT NULL,
	"told_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "push_messages" (
	"id" uuid PRIMARY KEY NOT NULL,
	"agency_id" uuid NOT NULL,
	"subscription_id" uuid NOT NULL,
	"topic" text NOT NULL,
	"about" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"next_try_at" timestamp (3) with time zone NOT NULL,
	"tries" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "push_messages_subscriptionId_topic_unique" UNIQUE("subscription_id","topic")
);
--> statement-breakpoint
CREATE TABLE "push_subscriptions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"agency_id" uuid NOT NULL,
	"site_id" uuid NOT NULL,
	"relay_id" uuid NOT NULL,
	"link_id" uuid NOT NULL,
	"owner_key" text NOT NULL,
	"sealed" text NOT NULL,
	"endpoint_hash" text NOT NULL,
	"is_discreet" boolean NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"taken_at" timestamp (3) with time zone,
	"failures" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "push_subscriptions_relayId_endpointHash_unique" UNIQUE("relay_id","endpoint_hash")
);
--> statement-breakpoint
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
	CONSTRAINT "site_cards_siteId_unique" UNIQUE("site_id")
);
--> statement-breakpoint
ALTER TABLE "ledger_digests" ADD CONSTRAINT "ledger_digests_link_id_ledger_links_id_fk" FOREIGN KEY ("link_id") REFERENCES "public"."ledger_links"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_digests" ADD CONSTRAINT "ledger_digests_agency_id_agencies_id_fk" FOREIGN KEY ("agency_id") REFERENCES "public"."agencies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_digests" ADD CONSTRAINT "ledger_digests_site_id_sites_id_fk" FOREIGN KEY ("site_id") REFERENCES "public"."sites"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "outages" ADD CONSTRAINT "outages_agency_id_agencies_id_fk" FOREIGN KEY ("agency_id") REFERENCES "public"."agencies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "outages" ADD CONSTRAINT "outages_site_id_sites_id_fk" FOREIGN KEY ("site_id") REFERENCES "public"."sites"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "push_messages" ADD CONSTRAINT "push_messages_agency_id_agencies_id_fk" FOREIGN KEY ("agency_id") REFERENCES "public"."agencies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "push_messages" ADD CONSTRAINT "push_messages_subscription_id_push_subscriptions_id_fk" FOREIGN KEY ("subscription_id") REFERENCES "public"."push_subscriptions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "push_subscriptions" ADD CONSTRAINT "push_subscriptions_agency_id_agencies_id_fk" FOREIGN KEY ("agency_id") REFERENCES "public"."agencies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "push_subscriptions" ADD CONSTRAINT "push_subscriptions_site_id_sites_id_fk" FOREIGN KEY ("site_id") REFERENCES "public"."sites"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "push_subscriptions" ADD CONSTRAINT "push_subscriptions_relay_id_relays_id_fk" FOREIGN KEY ("relay_id") REFERENCES "public"."relays"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "push_subscriptions" ADD CONSTRAINT "push_subscriptions_link_id_ledger_links_id_fk" FOREIGN KEY ("link_id") REFERENCES "public"."ledger_links"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "site_cards" ADD CONSTRAINT "site_cards_agency_id_agencies_id_fk" FOREIGN KEY ("agency_id") REFERENCES "public"."agencies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "site_cards" ADD CONSTRAINT "site_cards_site_id_sites_id_fk" FOREIGN KEY ("site_id") REFERENCES "public"."sites"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "site_cards" ADD CONSTRAINT "site_cards_relay_id_relays_id_fk" FOREIGN KEY ("relay_id") REFERENCES "public"."relays"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "ledger_digests_state_index" ON "ledger_digests" USING btree ("state");--> statement-breakpoint
CREATE INDEX "outages_site_id_index" ON "outages" USING btree ("site_id");--> statement-breakpoint
CREATE INDEX "push_messages_next_try_at_index" ON "push_messages" USING btree ("next_try_at");--> statement-breakpoint
CREATE INDEX "push_subscriptions_site_id_index" ON "push_subscriptions" USING btree ("site_id");--> statement-breakpoint
CREATE INDEX "push_subscriptions_link_id_index" ON "push_subscriptions" USING btree ("link_id");