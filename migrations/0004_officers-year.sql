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
CREATE TABLE `contacts` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`entry` text NOT NULL,
	`hospital_code` text NOT NULL,
	`way` text NOT NULL,
	`contacted_at` integer NOT NULL,
	`caller` text NOT NULL,
	`reached` text,
	`result` text NOT NULL,
	`note` text,
	`author` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`hospital_code`) REFERENCES `hospitals`(`code`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `contacts_entry_unique` ON `contacts` (`entry`);--> statement-breakpoint
CREATE INDEX `contacts_hospital` ON `contacts` (`hospital_code`);--> statement-breakpoint
CREATE TABLE `invitation_heads` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`document_number` text NOT NULL,
	`dated_on` text NOT NULL,
	`sender` text NOT NULL,
	`person` text NOT NULL,
	`author` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `invitation_keys` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`fingerprint` text NOT NULL,
	`author` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `invitation_views` (
	`invitation` integer NOT NULL,
	`counter` integer NOT NULL,
	`viewed_at` integer NOT NULL,
	PRIMARY KEY(`invitation`, `counter`),
	FOREIGN KEY (`invitation`) REFERENCES `invitations`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `invitations` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`hospital_code` text NOT NULL,
	`counter` integer NOT NULL,
	`issued_at` integer NOT NULL,
	`revoked_at` integer,
	FOREIGN KEY (`hospital_code`) REFERENCES `hospitals`(`code`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `invitations_hospital_code_unique` ON `invitations` (`hospital_code`);--> statement-breakpoint
CREATE TABLE `message_texts` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`kind` text NOT NULL,
	`subject` text NOT NULL,
	`body` text NOT NULL,
	`author` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `reminders` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`hospital_code` text NOT NULL,
	`occasion` text NOT NULL,
	`repeat` integer NOT NULL,
	`batch` text NOT NULL,
	`recipient` text NOT NULL,
	`subject` text NOT NULL,
	`invitation` integer,
	`not_after` integer NOT NULL,
	`mail` integer NOT NULL,
	`author` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`hospital_code`) REFERENCES `hospitals`(`code`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`invitation`) REFERENCES `invitations`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`mail`) REFERENCES `outbox`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `reminders_mail_unique` ON `reminders` (`mail`);--> statement-breakpoint
CREATE UNIQUE INDEX `reminders_once` ON `reminders` (`hospital_code`,`occasion`,`repeat`);--> statement-breakpoint
CREATE UNIQUE INDEX `reminders_batch` ON `reminders` (`batch`,`hospital_code`);--> statement-breakpoint
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
ALTER TABLE `outbox` ADD `left_out_at` integer;--> statement-breakpoint
ALTER TABLE `outbox` ADD `left_out_reason` text;--> statement-breakpoint
ALTER TABLE `submission_versions` ADD `author` text;--> statement-breakpoint
ALTER TABLE `submission_versions` ADD `channel` text;--> statement-breakpoint
ALTER TABLE `submission_versions` ADD `reason` text;--> statement-breakpoint
ALTER TABLE `submissions` ADD `is_matched` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `submissions` ADD `withdrawn_channel` text;