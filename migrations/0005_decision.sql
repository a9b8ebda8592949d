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
