CREATE TABLE `hospital_changes` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`hospital_code` text NOT NULL,
	`kind` text NOT NULL,
	`at` integer NOT NULL,
	`actor` text NOT NULL,
	`source` text,
	`reason` text,
	`import` integer,
	`before` text,
	`after` text NOT NULL,
	FOREIGN KEY (`hospital_code`) REFERENCES `hospitals`(`code`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`import`) REFERENCES `hospital_imports`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `hospital_changes_of` ON `hospital_changes` (`hospital_code`);--> statement-breakpoint
CREATE INDEX `hospital_changes_by_import` ON `hospital_changes` (`import`);--> statement-breakpoint
CREATE TABLE `hospital_imports` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`at` integer NOT NULL,
	`actor` text NOT NULL,
	`file` text NOT NULL,
	`source` text,
	`day` text,
	`blank` text NOT NULL,
	`added` integer NOT NULL,
	`changed` integer NOT NULL,
	`unchanged` integer NOT NULL,
	`missing` integer NOT NULL,
	`proposed` integer NOT NULL
);
