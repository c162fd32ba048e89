CREATE TABLE "break_glass_uses" (
	"grant_id" uuid PRIMARY KEY NOT NULL,
	"agency_id" uuid NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"overdue_at" timestamp (3) with time zone,
	"justification" text,
	"justified_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "grant_requests" (
	"id" uuid PRIMARY KEY NOT NULL,
	"agency_id" uuid NOT NULL,
	"state" text NOT NULL,
	"user_id" uuid NOT NULL,
	"incident_id" uuid NOT NULL,
	"purpose" text NOT NULL,
	"camera_ids" uuid[] NOT NULL,
	"note" text NOT NULL,
	"requested_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"decided_by" uuid,
	"decided_at" timestamp (3) with time zone,
	"decision_note" text,
	"grant_id" uuid
);
--> statement-breakpoint
DROP INDEX "grants_running";--> statement-breakpoint
ALTER TABLE "break_glass_uses" ADD CONSTRAINT "break_glass_uses_grant_id_grants_id_fk" FOREIGN KEY ("grant_id") REFERENCES "public"."grants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "break_glass_uses" ADD CONSTRAINT "break_glass_uses_agency_id_agencies_id_fk" FOREIGN KEY ("agency_id") REFERENCES "public"."agencies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "grant_requests" ADD CONSTRAINT "grant_requests_agency_id_agencies_id_fk" FOREIGN KEY ("agency_id") REFERENCES "public"."agencies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "grant_requests" ADD CONSTRAINT "grant_requests_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "grant_requests" ADD CONSTRAINT "grant_requests_incident_id_incidents_id_fk" FOREIGN KEY ("incident_id") REFERENCES "public"."incidents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "grant_requests" ADD CONSTRAINT "grant_requests_decided_by_users_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "grant_requests" ADD CONSTRAINT "grant_requests_grant_id_grants_id_fk" FOREIGN KEY ("grant_id") REFERENCES "public"."grants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "break_glass_uses_due" ON "break_glass_uses" USING btree ("due_at") WHERE justified_at is null;--> statement-breakpoint
CREATE INDEX "break_glass_uses_agency_id_started_at_index" ON "break_glass_uses" USING btree ("agency_id","started_at");--> statement-breakpoint
CREATE UNIQUE INDEX "grant_requests_waiting" ON "grant_requests" USING btree ("user_id","incident_id") WHERE state = 'requested';--> statement-breakpoint
CREATE INDEX "grant_requests_expiring" ON "grant_requests" USING btree ("expires_at") WHERE state = 'requested';--> statement-breakpoint
CREATE INDEX "grant_requests_agency_id_requested_at_index" ON "grant_requests" USING btree ("agency_id","requested_at");--> statement-breakpoint
CREATE INDEX "grant_requests_grant_id_index" ON "grant_requests" USING btree ("grant_id");--> statement-breakpoint
CREATE UNIQUE INDEX "grants_running" ON "grants" USING btree ("user_id","incident_id","is_break_glass") WHERE ended_at is null;