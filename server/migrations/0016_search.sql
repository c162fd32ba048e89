CREATE TABLE "canaries" (
	"id" uuid PRIMARY KEY NOT NULL,
	"agency_id" uuid NOT NULL,
	"registration_id" uuid,
	"sealed" text,
	"wrapped_key" text,
	"made_at" timestamp (3) with time zone NOT NULL,
	"next" text,
	"due_at" timestamp (3) with time zone,
	"link_id" uuid,
	CONSTRAINT "canaries_registrationId_unique" UNIQUE("registration_id")
);
--> statement-breakpoint
CREATE TABLE "registration_reveals" (
	"id" uuid PRIMARY KEY NOT NULL,
	"agency_id" uuid NOT NULL,
	"registration_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"purpose" text NOT NULL,
	"incident_id" uuid,
	"case_number" text,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "findings" ALTER COLUMN "created_by" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "canaries" ADD CONSTRAINT "canaries_agency_id_agencies_id_fk" FOREIGN KEY ("agency_id") REFERENCES "public"."agencies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "canaries" ADD CONSTRAINT "canaries_registration_id_registrations_id_fk" FOREIGN KEY ("registration_id") REFERENCES "public"."registrations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "registration_reveals" ADD CONSTRAINT "registration_reveals_agency_id_agencies_id_fk" FOREIGN KEY ("agency_id") REFERENCES "public"."agencies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "registration_reveals" ADD CONSTRAINT "registration_reveals_registration_id_registrations_id_fk" FOREIGN KEY ("registration_id") REFERENCES "public"."registrations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "registration_reveals" ADD CONSTRAINT "registration_reveals_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "registration_reveals" ADD CONSTRAINT "registration_reveals_incident_id_incidents_id_fk" FOREIGN KEY ("incident_id") REFERENCES "public"."incidents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "registration_reveals_registration_id_at_index" ON "registration_reveals" USING btree ("registration_id","at");--> statement-breakpoint
CREATE INDEX "registration_reveals_user_id_at_index" ON "registration_reveals" USING btree ("user_id","at");--> statement-breakpoint
CREATE INDEX "registrations_view_box" ON "registrations" USING gist (box(point("longitude" - ("range_metres" / (111000 * greatest(cosd("latitude"), 0.08))), "latitude" - ("range_metres" / 111000)), point("longitude" + ("range_metres" / (111000 * greatest(cosd("latitude"), 0.08))), "latitude" + ("range_metres" / 111000))));--> statement-breakpoint
CREATE INDEX "cameras_view_box" ON "cameras" USING gist (box(point("longitude" - ("range_metres" / (111000 * greatest(cosd("latitude"), 0.08))), "latitude" - ("range_metres" / 111000)), point("longitude" + ("range_metres" / (111000 * greatest(cosd("latitude"), 0.08))), "latitude" + ("range_metres" / 111000))));