CREATE TABLE "cosignatures" (
	"relay_id" uuid NOT NULL,
	"agency_id" uuid NOT NULL,
	"size" bigint NOT NULL,
	"cosigned_at" timestamp (3) with time zone NOT NULL,
	"note" text NOT NULL,
	CONSTRAINT "cosignatures_relay_id_size_pk" PRIMARY KEY("relay_id","size")
);
--> statement-breakpoint
CREATE TABLE "witnesses" (
	"relay_id" uuid PRIMARY KEY NOT NULL,
	"agency_id" uuid NOT NULL,
	"verifier_key" text NOT NULL,
	"introduced_at" timestamp (3) with time zone NOT NULL,
	"alarm" jsonb
);
--> statement-breakpoint
ALTER TABLE "cosignatures" ADD CONSTRAINT "cosignatures_relay_id_relays_id_fk" FOREIGN KEY ("relay_id") REFERENCES "public"."relays"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "witnesses" ADD CONSTRAINT "witnesses_relay_id_relays_id_fk" FOREIGN KEY ("relay_id") REFERENCES "public"."relays"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "witnesses" ADD CONSTRAINT "witnesses_agency_id_agencies_id_fk" FOREIGN KEY ("agency_id") REFERENCES "public"."agencies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "cosignatures_agency_id_size_index" ON "cosignatures" USING btree ("agency_id","size");--> statement-breakpoint
CREATE INDEX "witnesses_agency_id_index" ON "witnesses" USING btree ("agency_id");