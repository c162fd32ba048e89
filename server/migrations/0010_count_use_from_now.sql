-- Nobody's sign-ins were noted before: the 90 days without use of the accounts that are there count from now.
UPDATE "users" SET "enabled_at" = now();
