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
ALTER TABLE `submission_versions` ADD `author` text;--> statement-breakpoint
ALTER TABLE `submission_versions` ADD `channel` text;--> statement-breakpoint
ALTER TABLE `submission_versions` ADD `reason` text;--> statement-breakpoint
ALTER TABLE `submissions` ADD `withdrawn_channel` text;