-- No answer is closed yet. Keys are off around every migration (db/open.ts): the versions and late links keep their parents.
CREATE TABLE `__new_submissions` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`number` text NOT NULL,
	`submission_id` text NOT NULL,
	`code` text NOT NULL,
	`hospital_code` text,
	`state` text NOT NULL,
	`channel` text NOT NULL,
	`submitted_at` integer NOT NULL,
	`created_at` integer NOT NULL,
	`withdrawn_at` integer,
	`closed_at` integer,
	FOREIGN KEY (`hospital_code`) REFERENCES `hospitals`(`code`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "submissions_current_has_hospital" CHECK(state <> 'current' OR hospital_code IS NOT NULL),
	CONSTRAINT "submissions_withdrawn_has_time" CHECK((state = 'withdrawn') = (withdrawn_at IS NOT NULL)),
	CONSTRAINT "submissions_closed_has_time" CHECK((state IN ('rejected', 'outside')) = (closed_at IS NOT NULL)),
	CONSTRAINT "submissions_outside_has_no_hospital" CHECK(state <> 'outside' OR hospital_code IS NULL),
	CONSTRAINT "submissions_rejected_has_hospital" CHECK(state <> 'rejected' OR hospital_code IS NOT NULL)
);
--> statement-breakpoint
INSERT INTO `__new_submissions`("id", "number", "submission_id", "code", "hospital_code", "state", "channel", "submitted_at", "created_at", "withdrawn_at", "closed_at") SELECT "id", "number", "submission_id", "code", "hospital_code", "state", "channel", "submitted_at", "created_at", "withdrawn_at", NULL FROM `submissions`;--> statement-breakpoint
DROP TABLE `submissions`;--> statement-breakpoint
ALTER TABLE `__new_submissions` RENAME TO `submissions`;--> statement-breakpoint
CREATE UNIQUE INDEX `submissions_number_unique` ON `submissions` (`number`);--> statement-breakpoint
CREATE UNIQUE INDEX `submissions_submission_id_unique` ON `submissions` (`submission_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `submissions_one_current` ON `submissions` (`hospital_code`) WHERE state = 'current';--> statement-breakpoint
CREATE INDEX `submissions_hospital` ON `submissions` (`hospital_code`);