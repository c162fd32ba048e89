CREATE TABLE "examinations" (
	"viewing_id" uuid PRIMARY KEY NOT NULL,
	"agency_id" uuid NOT NULL,
	"examined_at" timestamp (3) with time zone NOT NULL,
	"is_drawn" boolean NOT NULL
);
--> statement-breakpoint
CREATE TABLE "reviews" (
	"viewing_id" uuid PRIMARY KEY NOT NULL,
	"agency_id" uuid NOT NULL,
	"origin" text NOT NULL,
	"opened_at" timestamp (3) with time zone NOT NULL,
	"closed_at" timestamp (3) with time zone,
	"closed_by" uuid,
	"finding" text,
	"note" text
);
--> statement-breakpoint
CREATE TABLE "shifts" (
	"user_id" uuid PRIMARY KEY NOT NULL,
	"agency_id" uuid NOT NULL,
	"shift" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "viewing_flags" (
	"viewing_id" uuid NOT NULL,
	"agency_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"reason" text NOT NULL,
	"found_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "viewing_flags_viewing_id_kind_pk" PRIMARY KEY("viewing_id","kind")
);
--> statement-breakpoint
ALTER TABLE "examinations" ADD CONSTRAINT "examinations_viewing_id_viewings_id_fk" FOREIGN KEY ("viewing_id") REFERENCES "public"."viewings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "examinations" ADD CONSTRAINT "examinations_agency_id_agencies_id_fk" FOREIGN KEY ("agency_id") REFERENCES "public"."agencies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reviews" ADD CONSTRAINT "reviews_viewing_id_viewings_id_fk" FOREIGN KEY ("viewing_id") REFERENCES "public"."viewings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reviews" ADD CONSTRAINT "reviews_agency_id_agencies_id_fk" FOREIGN KEY ("agency_id") REFERENCES "public"."agencies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reviews" ADD CONSTRAINT "reviews_closed_by_users_id_fk" FOREIGN KEY ("closed_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "shifts" ADD CONSTRAINT "shifts_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "shifts" ADD CONSTRAINT "shifts_agency_id_agencies_id_fk" FOREIGN KEY ("agency_id") REFERENCES "public"."agencies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "viewing_flags" ADD CONSTRAINT "viewing_flags_viewing_id_viewings_id_fk" FOREIGN KEY ("viewing_id") REFERENCES "public"."viewings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "viewing_flags" ADD CONSTRAINT "viewing_flags_agency_id_agencies_id_fk" FOREIGN KEY ("agency_id") REFERENCES "public"."agencies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "reviews_open" ON "reviews" USING btree ("agency_id","opened_at") WHERE closed_at is null;--> statement-breakpoint
CREATE INDEX "reviews_agency_id_closed_at_index" ON "reviews" USING btree ("agency_id","closed_at");--> statement-breakpoint
CREATE INDEX "viewings_user_id_started_at_index" ON "viewings" USING btree ("user_id","started_at");--> statement-breakpoint
CREATE INDEX "viewings_ended_at_index" ON "viewings" USING btree ("ended_at");