CREATE TABLE "alerts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"agency_id" uuid NOT NULL,
	"site_id" uuid NOT NULL,
	"relay_id" uuid NOT NULL,
	"is_test" boolean NOT NULL,
	"trigger" text NOT NULL,
	"stage" text NOT NULL,
	"begun_at" timestamp (3) with time zone NOT NULL,
	"shared_at" timestamp (3) with time zone,
	"until" timestamp (3) with time zone NOT NULL,
	"may_extend" boolean NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"end" text,
	"note" text NOT NULL,
	"incident_id" uuid
);
--> statement-breakpoint
CREATE TABLE "footage_cases" (
	"id" uuid PRIMARY KEY NOT NULL,
	"agency_id" uuid NOT NULL,
	"incident_id" uuid,
	"case_number" text,
	"wrapped_key" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "footage_cases_incidentId_unique" UNIQUE("incident_id"),
	CONSTRAINT "footage_cases_agencyId_caseNumber_unique" UNIQUE("agency_id","case_number"),
	CONSTRAINT "footage_cases_has_one_number" CHECK (num_nonnulls("footage_cases"."incident_id", "footage_cases"."case_number") = 1)
);
--> statement-breakpoint
CREATE TABLE "footage_files" (
	"id" uuid PRIMARY KEY NOT NULL,
	"agency_id" uuid NOT NULL,
	"recipient_id" uuid NOT NULL,
	"case_id" uuid NOT NULL,
	"name" text NOT NULL,
	"size_bytes" bigint NOT NULL,
	"sha256" text NOT NULL,
	"offset_bytes" bigint NOT NULL,
	"stored_bytes" bigint NOT NULL,
	"segments" integer NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"changed_at" timestamp (3) with time zone NOT NULL,
	"received_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "footage_links" (
	"id" uuid PRIMARY KEY NOT NULL,
	"recipient_id" uuid NOT NULL,
	"is_session" boolean NOT NULL,
	"opened_by" uuid,
	"secret_hash" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"used_at" timestamp (3) with time zone,
	CONSTRAINT "footage_links_secretHash_unique" UNIQUE("secret_hash")
);
--> statement-breakpoint
CREATE TABLE "footage_people" (
	"request_id" uuid NOT NULL,
	"agency_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"added_by" uuid NOT NULL,
	"added_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "footage_people_request_id_user_id_pk" PRIMARY KEY("request_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "footage_recipients" (
	"id" uuid PRIMARY KEY NOT NULL,
	"agency_id" uuid NOT NULL,
	"request_id" uuid NOT NULL,
	"email_hash" text,
	"site_id" uuid,
	"language" text NOT NULL,
	"state" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"deadline" timestamp (3) with time zone NOT NULL,
	"mailed_at" timestamp (3) with time zone,
	"next_mail_at" timestamp (3) with time zone,
	"remind_at" timestamp (3) with time zone,
	"reminded_at" timestamp (3) with time zone,
	"overwritten_at" timestamp (3) with time zone,
	"answered_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "footage_requests" (
	"id" uuid PRIMARY KEY NOT NULL,
	"agency_id" uuid NOT NULL,
	"case_id" uuid NOT NULL,
	"created_by" uuid NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"window_from" timestamp (3) with time zone NOT NULL,
	"window_to" timestamp (3) with time zone NOT NULL,
	"shape" jsonb NOT NULL,
	"place" text NOT NULL,
	"deadline" timestamp (3) with time zone NOT NULL,
	"time_zone" text NOT NULL,
	"text" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "footage_sources" (
	"id" uuid PRIMARY KEY NOT NULL,
	"recipient_id" uuid NOT NULL,
	"registration_id" uuid,
	"camera_id" uuid,
	CONSTRAINT "footage_sources_is_one_camera" CHECK (num_nonnulls("footage_sources"."registration_id", "footage_sources"."camera_id") = 1)
);
--> statement-breakpoint
ALTER TABLE "cameras" ADD COLUMN "section" text;--> statement-breakpoint
ALTER TABLE "cameras" ADD COLUMN "confirmed_at" timestamp (3) with time zone;--> statement-breakpoint
UPDATE "cameras" SET "confirmed_at" = "created_at";--> statement-breakpoint
ALTER TABLE "sites" ADD COLUMN "uplink_kilobits_per_second" integer;--> statement-breakpoint
ALTER TABLE "alerts" ADD CONSTRAINT "alerts_agency_id_agencies_id_fk" FOREIGN KEY ("agency_id") REFERENCES "public"."agencies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alerts" ADD CONSTRAINT "alerts_site_id_sites_id_fk" FOREIGN KEY ("site_id") REFERENCES "public"."sites"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alerts" ADD CONSTRAINT "alerts_relay_id_relays_id_fk" FOREIGN KEY ("relay_id") REFERENCES "public"."relays"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alerts" ADD CONSTRAINT "alerts_incident_id_incidents_id_fk" FOREIGN KEY ("incident_id") REFERENCES "public"."incidents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "footage_cases" ADD CONSTRAINT "footage_cases_agency_id_agencies_id_fk" FOREIGN KEY ("agency_id") REFERENCES "public"."agencies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "footage_cases" ADD CONSTRAINT "footage_cases_incident_id_incidents_id_fk" FOREIGN KEY ("incident_id") REFERENCES "public"."incidents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "footage_files" ADD CONSTRAINT "footage_files_agency_id_agencies_id_fk" FOREIGN KEY ("agency_id") REFERENCES "public"."agencies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "footage_files" ADD CONSTRAINT "footage_files_recipient_id_footage_recipients_id_fk" FOREIGN KEY ("recipient_id") REFERENCES "public"."footage_recipients"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "footage_files" ADD CONSTRAINT "footage_files_case_id_footage_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."footage_cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "footage_links" ADD CONSTRAINT "footage_links_recipient_id_footage_recipients_id_fk" FOREIGN KEY ("recipient_id") REFERENCES "public"."footage_recipients"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "footage_people" ADD CONSTRAINT "footage_people_request_id_footage_requests_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."footage_requests"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "footage_people" ADD CONSTRAINT "footage_people_agency_id_agencies_id_fk" FOREIGN KEY ("agency_id") REFERENCES "public"."agencies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "footage_people" ADD CONSTRAINT "footage_people_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "footage_people" ADD CONSTRAINT "footage_people_added_by_users_id_fk" FOREIGN KEY ("added_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "footage_recipients" ADD CONSTRAINT "footage_recipients_agency_id_agencies_id_fk" FOREIGN KEY ("agency_id") REFERENCES "public"."agencies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "footage_recipients" ADD CONSTRAINT "footage_recipients_request_id_footage_requests_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."footage_requests"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "footage_recipients" ADD CONSTRAINT "footage_recipients_site_id_sites_id_fk" FOREIGN KEY ("site_id") REFERENCES "public"."sites"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "footage_requests" ADD CONSTRAINT "footage_requests_agency_id_agencies_id_fk" FOREIGN KEY ("agency_id") REFERENCES "public"."agencies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "footage_requests" ADD CONSTRAINT "footage_requests_case_id_footage_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."footage_cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "footage_requests" ADD CONSTRAINT "footage_requests_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "footage_sources" ADD CONSTRAINT "footage_sources_recipient_id_footage_recipients_id_fk" FOREIGN KEY ("recipient_id") REFERENCES "public"."footage_recipients"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "footage_sources" ADD CONSTRAINT "footage_sources_registration_id_registrations_id_fk" FOREIGN KEY ("registration_id") REFERENCES "public"."registrations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "footage_sources" ADD CONSTRAINT "footage_sources_camera_id_cameras_id_fk" FOREIGN KEY ("camera_id") REFERENCES "public"."cameras"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "alerts_agency_id_begun_at_index" ON "alerts" USING btree ("agency_id","begun_at");--> statement-breakpoint
CREATE INDEX "alerts_relay_id_index" ON "alerts" USING btree ("relay_id");--> statement-breakpoint
CREATE INDEX "alerts_incident_id_index" ON "alerts" USING btree ("incident_id");--> statement-breakpoint
CREATE INDEX "footage_files_recipient_id_index" ON "footage_files" USING btree ("recipient_id");--> statement-breakpoint
CREATE INDEX "footage_files_received_at_changed_at_index" ON "footage_files" USING btree ("received_at","changed_at");--> statement-breakpoint
CREATE INDEX "footage_links_recipient_id_created_at_index" ON "footage_links" USING btree ("recipient_id","created_at");--> statement-breakpoint
CREATE INDEX "footage_links_expires_at_index" ON "footage_links" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "footage_links_opened_by_index" ON "footage_links" USING btree ("opened_by");--> statement-breakpoint
CREATE INDEX "footage_people_user_id_index" ON "footage_people" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "footage_recipients_request_id_index" ON "footage_recipients" USING btree ("request_id");--> statement-breakpoint
CREATE INDEX "footage_recipients_agency_id_email_hash_created_at_index" ON "footage_recipients" USING btree ("agency_id","email_hash","created_at");--> statement-breakpoint
CREATE INDEX "footage_recipients_site_id_created_at_index" ON "footage_recipients" USING btree ("site_id","created_at");--> statement-breakpoint
CREATE INDEX "footage_recipients_state_deadline_index" ON "footage_recipients" USING btree ("state","deadline");--> statement-breakpoint
CREATE INDEX "footage_requests_created_by_created_at_index" ON "footage_requests" USING btree ("created_by","created_at");--> statement-breakpoint
CREATE INDEX "footage_requests_case_id_index" ON "footage_requests" USING btree ("case_id");--> statement-breakpoint
CREATE INDEX "footage_sources_recipient_id_index" ON "footage_sources" USING btree ("recipient_id");