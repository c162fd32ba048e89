ALTER TABLE "ledger_digests" ADD COLUMN "pending_sealed" text;--> statement-breakpoint
ALTER TABLE "ledger_digests" ADD COLUMN "pending_language" text;--> statement-breakpoint
ALTER TABLE "ledger_digests" ADD COLUMN "pending_time_zone" text;