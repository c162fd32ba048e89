CREATE TABLE "registrant_links" (
	"id" uuid PRIMARY KEY NOT NULL,
	"agency_id" uuid NOT NULL,
	"registration_id" uuid,
	"email_hash" text NOT NULL,
	"secret_hash" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"used_at" timestamp (3) with time zone,
	CONSTRAINT "registrant_links_secretHash_unique" UNIQUE("secret_hash")
);
--> statement-breakpoint
CREATE TABLE "registrant_sessions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"agency_id" uuid NOT NULL,
	"email_hash" text NOT NULL,
	"secret_hash" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "registrant_sessions_secretHash_unique" UNIQUE("secret_hash")
);
--> statement-breakpoint
CREATE TABLE "registrations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"agency_id" uuid NOT NULL,
	"state" text NOT NULL,
	"kind" text,
	"placement" text,
	"address" text,
	"latitude" double precision,
	"longitude" double precision,
	"bearing_degrees" double precision,
	"angle_degrees" double precision,
	"range_metres" double precision,
	"covers" text[],
	"retention_days" integer,
	"recording" text,
	"clock_offset_seconds" integer,
	"sealed" text,
	"wrapped_key" text,
	"email_hash" text,
	"language" text,
	"paused_until" timestamp (3) with time zone,
	"terms_version" integer NOT NULL,
	"terms_hash" text NOT NULL,
	"consented_at" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"last_confirmed_at" timestamp (3) with time zone NOT NULL,
	"questions" integer DEFAULT 0 NOT NULL,
	"asked_at" timestamp (3) with time zone,
	"dormant_at" timestamp (3) with time zone,
	"deleted_at" timestamp (3) with time zone,
	CONSTRAINT "registrations_deleted_is_empty" CHECK (("registrations"."state" = 'deleted') = ("registrations"."wrapped_key" is null) and ("registrations"."state" <> 'deleted' or num_nonnulls("registrations"."sealed", "registrations"."email_hash", "registrations"."address", "registrations"."latitude", "registrations"."longitude") = 0))
);
--> statement-breakpoint
ALTER TABLE "agencies" ADD COLUMN "area" jsonb;--> statement-breakpoint
ALTER TABLE "registrant_links" ADD CONSTRAINT "registrant_links_agency_id_agencies_id_fk" FOREIGN KEY ("agency_id") REFERENCES "public"."agencies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "registrant_links" ADD CONSTRAINT "registrant_links_registration_id_registrations_id_fk" FOREIGN KEY ("registration_id") REFERENCES "public"."registrations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "registrant_sessions" ADD CONSTRAINT "registrant_sessions_agency_id_agencies_id_fk" FOREIGN KEY ("agency_id") REFERENCES "public"."agencies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "registrations" ADD CONSTRAINT "registrations_agency_id_agencies_id_fk" FOREIGN KEY ("agency_id") REFERENCES "public"."agencies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "registrant_links_agency_id_email_hash_created_at_index" ON "registrant_links" USING btree ("agency_id","email_hash","created_at");--> statement-breakpoint
CREATE INDEX "registrant_links_expires_at_index" ON "registrant_links" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "registrant_sessions_agency_id_email_hash_index" ON "registrant_sessions" USING btree ("agency_id","email_hash");--> statement-breakpoint
CREATE INDEX "registrant_sessions_expires_at_index" ON "registrant_sessions" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "registrations_agency_id_latitude_longitude_index" ON "registrations" USING btree ("agency_id","latitude","longitude");--> statement-breakpoint
CREATE INDEX "registrations_agency_id_email_hash_index" ON "registrations" USING btree ("agency_id","email_hash");--> statement-breakpoint
CREATE INDEX "registrations_state_last_confirmed_at_index" ON "registrations" USING btree ("state","last_confirmed_at");