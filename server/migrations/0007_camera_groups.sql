CREATE TABLE "camera_group_cameras" (
	"group_id" uuid NOT NULL,
	"camera_id" uuid NOT NULL,
	"agency_id" uuid NOT NULL,
	CONSTRAINT "camera_group_cameras_group_id_camera_id_pk" PRIMARY KEY("group_id","camera_id")
);
--> statement-breakpoint
CREATE TABLE "camera_group_rules" (
	"id" uuid PRIMARY KEY NOT NULL,
	"group_id" uuid NOT NULL,
	"agency_id" uuid NOT NULL,
	"effect" text NOT NULL,
	"role" text,
	"user_id" uuid,
	"permissions" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "camera_groups" (
	"id" uuid PRIMARY KEY NOT NULL,
	"agency_id" uuid NOT NULL,
	"name" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "camera_group_cameras" ADD CONSTRAINT "camera_group_cameras_group_id_camera_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."camera_groups"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "camera_group_cameras" ADD CONSTRAINT "camera_group_cameras_camera_id_cameras_id_fk" FOREIGN KEY ("camera_id") REFERENCES "public"."cameras"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "camera_group_cameras" ADD CONSTRAINT "camera_group_cameras_agency_id_agencies_id_fk" FOREIGN KEY ("agency_id") REFERENCES "public"."agencies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "camera_group_rules" ADD CONSTRAINT "camera_group_rules_group_id_camera_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."camera_groups"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "camera_group_rules" ADD CONSTRAINT "camera_group_rules_agency_id_agencies_id_fk" FOREIGN KEY ("agency_id") REFERENCES "public"."agencies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "camera_group_rules" ADD CONSTRAINT "camera_group_rules_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "camera_groups" ADD CONSTRAINT "camera_groups_agency_id_agencies_id_fk" FOREIGN KEY ("agency_id") REFERENCES "public"."agencies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "camera_group_rules_agency_id_index" ON "camera_group_rules" USING btree ("agency_id");--> statement-breakpoint
CREATE INDEX "camera_group_rules_group_id_index" ON "camera_group_rules" USING btree ("group_id");--> statement-breakpoint
CREATE INDEX "camera_groups_agency_id_index" ON "camera_groups" USING btree ("agency_id");