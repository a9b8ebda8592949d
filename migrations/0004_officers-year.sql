CREATE TABLE `answer_marks` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`number` text NOT NULL,
	`mark` text NOT NULL,
	`was` text NOT NULL,
	`act` integer NOT NULL,
	`undoes` integer,
	`author` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`number`) REFERENCES `submissions`(`number`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `answer_marks_number` ON `answer_marks` (`number`);--> statement-breakpoint
CREATE INDEX `answer_marks_act` ON `answer_marks` (`act`);--> statement-breakpoint
CREATE TABLE `answer_notes` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`number` text NOT NULL,
	`text` text NOT NULL,
	`author` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`number`) REFERENCES `submissions`(`number`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `answer_notes_number` ON `answer_notes` (`number`);--> statement-breakpoint
CREATE TABLE `flag_looks` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`number` text NOT NULL,
	`flag` text NOT NULL,
	`said` text NOT NULL,
	`note` text NOT NULL,
	`author` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`number`) REFERENCES `submissions`(`number`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `flag_looks_number` ON `flag_looks` (`number`);--> statement-breakpoint
CREATE TABLE `gmis_imports` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`file_name` text NOT NULL,
	`sha256` text NOT NULL,
	`sheet` text NOT NULL,
	`mapping_version` integer NOT NULL,
	`stored` integer NOT NULL,
	`without_consent` integer NOT NULL,
	`without_answer` integer NOT NULL,
	`unknown` integer NOT NULL,
	`removed` integer NOT NULL,
	`author` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `gmis_mappings` (
	`version` integer PRIMARY KEY NOT NULL,
	`body` text NOT NULL,
	`author` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `gmis_staged_rows` (
	`stage` integer NOT NULL,
	`hospital_code` text NOT NULL,
	`cells` text NOT NULL,
	PRIMARY KEY(`stage`, `hospital_code`),
	FOREIGN KEY (`stage`) REFERENCES `gmis_stages`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`hospital_code`) REFERENCES `hospitals`(`code`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `gmis_staged_rows_hospital` ON `gmis_staged_rows` (`hospital_code`);--> statement-breakpoint
CREATE TABLE `gmis_stages` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`file_name` text NOT NULL,
	`sha256` text NOT NULL,
	`sheet` text NOT NULL,
	`columns` text NOT NULL,
	`hospitals` text NOT NULL,
	`unknown` text NOT NULL,
	`warnings` text NOT NULL,
	`author` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
ALTER TABLE `gmis_answers` ADD `emr_claimed` integer;--> statement-breakpoint
ALTER TABLE `gmis_answers` ADD `answers` text;--> statement-breakpoint
ALTER TABLE `gmis_answers` ADD `import` integer REFERENCES gmis_imports(id);--> statement-breakpoint
ALTER TABLE `hospitals` ADD `postcode` text;--> statement-breakpoint
ALTER TABLE `hospitals` ADD `fax` text;--> statement-breakpoint
ALTER TABLE `hospitals` ADD `gmis_id` text;--> statement-breakpoint
ALTER TABLE `hospitals` ADD `ownership` text;--> statement-breakpoint
ALTER TABLE `hospitals` ADD `filings` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `hospitals` ADD `supported_in` text;--> statement-breakpoint
ALTER TABLE `hospitals` ADD `is_closed` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `submission_versions` ADD `author` text;--> statement-breakpoint
ALTER TABLE `submission_versions` ADD `channel` text;--> statement-breakpoint
ALTER TABLE `submission_versions` ADD `reason` text;--> statement-breakpoint
ALTER TABLE `submissions` ADD `withdrawn_channel` text;