CREATE TABLE `disclosure_classes` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`document` text NOT NULL,
	`column` text NOT NULL,
	`grounds` text NOT NULL,
	`reason` text NOT NULL,
	`set_by` text NOT NULL,
	`set_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `disclosure_classes_column` ON `disclosure_classes` (`document`,`column`);--> statement-breakpoint
CREATE TABLE `disclosure_wordings` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`ordinance` text NOT NULL,
	`wordings` text NOT NULL,
	`set_by` text NOT NULL,
	`set_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `filing_mappings` (
	`version` integer PRIMARY KEY NOT NULL,
	`body` text NOT NULL,
	`author` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `lot_announcements` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`source` text NOT NULL,
	`known_on` text NOT NULL,
	`author` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `lot_corrections` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`draw` integer NOT NULL,
	`was` text NOT NULL,
	`value` text NOT NULL,
	`reason` text NOT NULL,
	`author` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`draw`) REFERENCES `lot_draws`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `lot_draws` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`round` integer NOT NULL,
	`closes_at` integer NOT NULL,
	`drawn_by` text NOT NULL,
	`drawn_at` integer NOT NULL,
	`list` text,
	`announcement` integer,
	`value` text,
	`witnesses` text,
	FOREIGN KEY (`announcement`) REFERENCES `lot_announcements`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "lot_draws_one_method" CHECK((list IS NULL) = (announcement IS NOT NULL)),
	CONSTRAINT "lot_draws_announced_whole" CHECK((announcement IS NULL) = (value IS NULL) AND (value IS NULL) = (witnesses IS NULL))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `lot_draws_round_unique` ON `lot_draws` (`round`);--> statement-breakpoint
CREATE TABLE `lot_methods` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`method` text NOT NULL,
	`author` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `lot_publications` (
	`draw` integer PRIMARY KEY NOT NULL,
	`author` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`draw`) REFERENCES `lot_draws`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `question_lists` (
	`version` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`body` text NOT NULL,
	`change` text NOT NULL,
	`author` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
ALTER TABLE `publications` ADD `shows_points` integer;--> statement-breakpoint
ALTER TABLE `submission_versions` ADD `extra` text;--> statement-breakpoint
ALTER TABLE `submissions` ADD `lot` integer;--> statement-breakpoint
UPDATE `submissions` SET `lot` = (random() & 9223372036854775807) % 1000 WHERE `channel` = 'web';--> statement-breakpoint
-- A survey whose criteria name a seed, and which has answers, goes on as it was announced.
INSERT INTO `lot_methods`(`method`, `author`, `created_at`)
SELECT 'text', 'program', COALESCE((SELECT max(`at`) FROM `audit_log`), (SELECT max(`created_at`) FROM `submissions`))
WHERE EXISTS (SELECT 1 FROM `submissions`)
	AND (
		EXISTS (SELECT 1 FROM `editions`)
		OR (
			SELECT json_extract(`body`, '$.lotterySeed') FROM `policies`
			WHERE `scenario` IS NULL ORDER BY `version` DESC LIMIT 1
		) <> ''
	);
