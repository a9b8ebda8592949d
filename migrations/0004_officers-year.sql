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
ALTER TABLE `hospitals` ADD `postcode` text;--> statement-breakpoint
ALTER TABLE `hospitals` ADD `fax` text;--> statement-breakpoint
ALTER TABLE `hospitals` ADD `gmis_id` text;--> statement-breakpoint
ALTER TABLE `hospitals` ADD `ownership` text;--> statement-breakpoint
ALTER TABLE `hospitals` ADD `filings` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `hospitals` ADD `supported_in` text;--> statement-breakpoint
ALTER TABLE `hospitals` ADD `is_closed` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `outbox` ADD `left_out_at` integer;--> statement-breakpoint
ALTER TABLE `outbox` ADD `left_out_reason` text;--> statement-breakpoint
ALTER TABLE `submissions` ADD `is_matched` integer DEFAULT false NOT NULL;