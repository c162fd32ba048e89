/* 
    Unfortunately in current drizzle-kit version we can't automatically get name for primary key.
    We are working on making it available!

    Meanwhile you can:
        1. Check pk name in your database, by running
            SELECT constraint_name FROM information_schema.table_constraints
            WHERE table_schema = 'public'
                AND table_name = 'canaries'
                AND constraint_type = 'PRIMARY KEY';
        2. Uncomment code below and paste pk name manually
        
    Hope to release this update as soon as possible
*/

-- ALTER TABLE "canaries" DROP CONSTRAINT "<constraint_name>";--> statement-breakpoint
ALTER TABLE "canaries" ALTER COLUMN "registration_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "canaries" ADD COLUMN "id" uuid PRIMARY KEY NOT NULL;--> statement-breakpoint
ALTER TABLE "canaries" ADD COLUMN "sealed" text;--> statement-breakpoint
ALTER TABLE "canaries" ADD COLUMN "wrapped_key" text;--> statement-breakpoint
ALTER TABLE "canaries" ADD COLUMN "made_at" timestamp (3) with time zone NOT NULL;--> statement-breakpoint
ALTER TABLE "canaries" ADD COLUMN "next" text;--> statement-breakpoint
ALTER TABLE "canaries" ADD COLUMN "due_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "canaries" ADD COLUMN "link_id" uuid;--> statement-breakpoint
ALTER TABLE "cameras" ADD COLUMN "section" text;--> statement-breakpoint
ALTER TABLE "cameras" ADD COLUMN "confirmed_at" timestamp (3) with time zone DEFAULT now();--> statement-breakpoint
ALTER TABLE "sites" ADD COLUMN "uplink_kilobits_per_second" integer;--> statement-breakpoint
ALTER TABLE "canaries" ADD CONSTRAINT "canaries_registrationId_unique" UNIQUE("registration_id");