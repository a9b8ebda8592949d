CREATE TABLE `attachments` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`name` text NOT NULL,
	`title` text NOT NULL,
	`bytes` blob NOT NULL,
	`size` integer NOT NULL,
	`sha256` text NOT NULL,
	`author` text NOT NULL,
	`created_at` integer NOT NULL,
	`withdrawn_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `attachments_name_unique` ON `attachments` (`name`);--> statement-breakpoint
CREATE UNIQUE INDEX `attachments_one_title` ON `attachments` (`title`) WHERE withdrawn_at IS NULL;--> statement-breakpoint
CREATE TABLE `notice_versions` (
	`version` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`body` text NOT NULL,
	`change` text NOT NULL,
	`author` text NOT NULL,
	`created_at` integer NOT NULL
);
