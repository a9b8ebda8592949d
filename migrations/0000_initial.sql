CREATE TABLE `audit_log` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`at` integer NOT NULL,
	`actor` text NOT NULL,
	`action` text NOT NULL,
	`subject` text NOT NULL,
	`detail` text NOT NULL,
	`previous_hash` text NOT NULL,
	`hash` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `gmis_answers` (
	`hospital_code` text PRIMARY KEY NOT NULL,
	`offline_backup` integer,
	`bcp` integer,
	`network_control` integer,
	`imported_at` integer NOT NULL,
	FOREIGN KEY (`hospital_code`) REFERENCES `hospitals`(`code`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `hospitals` (
	`code` text PRIMARY KEY NOT NULL,
	`medical_code` text,
	`navii_code` text,
	`name` text NOT NULL,
	`kana` text,
	`region` text NOT NULL,
	`municipality` text,
	`address` text,
	`phone` text,
	`email` text,
	`beds` integer NOT NULL,
	`beds_by_type` text,
	`functions` text NOT NULL,
	`inspection` text NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `hospitals_medical_code_unique` ON `hospitals` (`medical_code`);--> statement-breakpoint
CREATE UNIQUE INDEX `hospitals_navii_code_unique` ON `hospitals` (`navii_code`);--> statement-breakpoint
CREATE TABLE `late_links` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`hospital_code` text NOT NULL,
	`token_hash` text NOT NULL,
	`expires_at` integer NOT NULL,
	`reason` text NOT NULL,
	`author` text NOT NULL,
	`created_at` integer NOT NULL,
	`used_by` text,
	`used_at` integer,
	`revoked_at` integer,
	FOREIGN KEY (`hospital_code`) REFERENCES `hospitals`(`code`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`used_by`) REFERENCES `submissions`(`number`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "late_links_used_once" CHECK((used_by IS NULL) = (used_at IS NULL))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `late_links_token_hash_unique` ON `late_links` (`token_hash`);--> statement-breakpoint
CREATE TABLE `outbox` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`recipient` text NOT NULL,
	`subject` text NOT NULL,
	`body` text NOT NULL,
	`created_at` integer NOT NULL,
	`next_attempt_at` integer NOT NULL,
	`attempts` integer NOT NULL,
	`sent_at` integer,
	`failed_at` integer,
	`last_error` text,
	CONSTRAINT "outbox_one_end" CHECK(sent_at IS NULL OR failed_at IS NULL)
);
--> statement-breakpoint
CREATE INDEX `outbox_open` ON `outbox` (`next_attempt_at`) WHERE sent_at IS NULL AND failed_at IS NULL;--> statement-breakpoint
CREATE TABLE `overrides` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`hospital_code` text NOT NULL,
	`kind` text NOT NULL,
	`reason` text NOT NULL,
	`author` text NOT NULL,
	`created_at` integer NOT NULL,
	`undone_by` text,
	`undone_at` integer,
	`undone_reason` text,
	FOREIGN KEY (`hospital_code`) REFERENCES `hospitals`(`code`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "overrides_undone_by_someone" CHECK((undone_by IS NULL) = (undone_at IS NULL))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `overrides_one_active` ON `overrides` (`hospital_code`) WHERE undone_at IS NULL;--> statement-breakpoint
CREATE TABLE `policies` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`scenario` integer,
	`version` integer NOT NULL,
	`body` text NOT NULL,
	`note` text NOT NULL,
	`author` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`scenario`) REFERENCES `scenarios`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `policies_version` ON `policies` (`version`) WHERE scenario IS NULL;--> statement-breakpoint
CREATE UNIQUE INDEX `policies_scenario_version` ON `policies` (`scenario`,`version`);--> statement-breakpoint
CREATE TABLE `proposal_files` (
	`proposal` integer NOT NULL,
	`name` text NOT NULL,
	`bytes` blob NOT NULL,
	`sha256` text NOT NULL,
	PRIMARY KEY(`proposal`, `name`),
	FOREIGN KEY (`proposal`) REFERENCES `proposals`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `proposals` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`number` integer NOT NULL,
	`edition` integer NOT NULL,
	`kind` text NOT NULL,
	`policy_version` integer NOT NULL,
	`reason` text,
	`declined_code` text,
	`free_seats_reason` text,
	`waiting_reason` text,
	`proposed_by` text NOT NULL,
	`proposed_at` integer NOT NULL,
	`state` text NOT NULL,
	`closed_by` text,
	`closed_at` integer,
	`closed_reason` text,
	FOREIGN KEY (`declined_code`) REFERENCES `hospitals`(`code`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "proposals_closed_by_somebody" CHECK((state = 'open') = (closed_by IS NULL)),
	CONSTRAINT "proposals_two_people" CHECK(state <> 'approved' OR closed_by <> proposed_by)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `proposals_one_open` ON `proposals` (`state`) WHERE state = 'open';--> statement-breakpoint
CREATE TABLE `rank_moves` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`round` integer NOT NULL,
	`hospital_code` text NOT NULL,
	`position` integer NOT NULL,
	`reason` text NOT NULL,
	`author` text NOT NULL,
	`created_at` integer NOT NULL,
	`undone_by` text,
	`undone_at` integer,
	`undone_reason` text,
	FOREIGN KEY (`hospital_code`) REFERENCES `hospitals`(`code`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "rank_moves_position" CHECK(position >= 1),
	CONSTRAINT "rank_moves_undone_by_someone" CHECK((undone_by IS NULL) = (undone_at IS NULL))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `rank_moves_one_active` ON `rank_moves` (`round`,`hospital_code`) WHERE undone_at IS NULL;--> statement-breakpoint
CREATE TABLE `round_files` (
	`round` integer NOT NULL,
	`name` text NOT NULL,
	`bytes` blob NOT NULL,
	`sha256` text NOT NULL,
	PRIMARY KEY(`round`, `name`),
	FOREIGN KEY (`round`) REFERENCES `rounds`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `rounds` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`number` integer NOT NULL,
	`edition` integer NOT NULL,
	`kind` text NOT NULL,
	`policy_version` integer NOT NULL,
	`reason` text,
	`declined_code` text,
	`free_seats_reason` text,
	`waiting_reason` text,
	`proposed_by` text,
	`proposed_at` integer,
	`confirmed_by` text NOT NULL,
	`confirmed_at` integer NOT NULL,
	FOREIGN KEY (`declined_code`) REFERENCES `hospitals`(`code`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "rounds_declined_has_code" CHECK((kind = 'declined') = (declined_code IS NOT NULL)),
	CONSTRAINT "rounds_two_people" CHECK(proposed_by IS NULL OR proposed_by <> confirmed_by)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `rounds_number_edition` ON `rounds` (`number`,`edition`);--> statement-breakpoint
CREATE TABLE `scenarios` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`name` text NOT NULL,
	`based_on` integer NOT NULL,
	`author` text NOT NULL,
	`created_at` integer NOT NULL,
	`archived_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `scenarios_one_name` ON `scenarios` (`name`) WHERE archived_at IS NULL;--> statement-breakpoint
CREATE TABLE `sessions` (
	`id_hash` text PRIMARY KEY NOT NULL,
	`data` text NOT NULL,
	`expires_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `sessions_expiry` ON `sessions` (`expires_at`);--> statement-breakpoint
CREATE TABLE `settings` (
	`key` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `staff` (
	`login` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`role` text NOT NULL,
	`password_hash` text NOT NULL,
	`must_change_password` integer NOT NULL,
	`disabled_at` integer,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `submission_versions` (
	`submission` integer NOT NULL,
	`version` integer NOT NULL,
	`hospital_name` text,
	`hospital_address` text,
	`hospital_beds` integer,
	`department` text,
	`contact_name` text NOT NULL,
	`phone` text NOT NULL,
	`email` text NOT NULL,
	`emr` text NOT NULL,
	`emr_planned_month` text,
	`intent` text NOT NULL,
	`gmis_consent` integer NOT NULL,
	`remarks` text,
	`master_correction` text,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`submission`, `version`),
	FOREIGN KEY (`submission`) REFERENCES `submissions`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "versions_month_with_planned" CHECK((emr = 'planned') = (emr_planned_month IS NOT NULL))
);
--> statement-breakpoint
CREATE TABLE `submissions` (
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
	FOREIGN KEY (`hospital_code`) REFERENCES `hospitals`(`code`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "submissions_current_has_hospital" CHECK(state <> 'current' OR hospital_code IS NOT NULL),
	CONSTRAINT "submissions_withdrawn_has_time" CHECK((state = 'withdrawn') = (withdrawn_at IS NOT NULL))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `submissions_number_unique` ON `submissions` (`number`);--> statement-breakpoint
CREATE UNIQUE INDEX `submissions_submission_id_unique` ON `submissions` (`submission_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `submissions_one_current` ON `submissions` (`hospital_code`) WHERE state = 'current';--> statement-breakpoint
CREATE INDEX `submissions_hospital` ON `submissions` (`hospital_code`);