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
ALTER TABLE `hospitals` ADD `is_closed` integer DEFAULT false NOT NULL;