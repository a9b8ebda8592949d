CREATE TABLE `acceptance_answers` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`round` integer NOT NULL,
	`hospital_code` text NOT NULL,
	`answer` text NOT NULL,
	`channel` text NOT NULL,
	`reason` text,
	`submission` text,
	`received_at` integer NOT NULL,
	`recorded_by` text NOT NULL,
	`recorded_at` integer NOT NULL,
	FOREIGN KEY (`hospital_code`) REFERENCES `hospitals`(`code`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "acceptance_answers_by_receipt" CHECK((channel = 'receipt') = (submission IS NOT NULL)),
	CONSTRAINT "acceptance_answers_by_officer" CHECK(channel = 'receipt' OR reason IS NOT NULL)
);
--> statement-breakpoint
CREATE INDEX `acceptance_answers_round` ON `acceptance_answers` (`round`,`hospital_code`);--> statement-breakpoint
CREATE TABLE `acceptance_requests` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`round` integer NOT NULL,
	`closes_at` integer,
	`reason` text,
	`set_by` text NOT NULL,
	`set_at` integer NOT NULL,
	CONSTRAINT "acceptance_requests_ended_has_reason" CHECK(closes_at IS NOT NULL OR reason IS NOT NULL)
);
--> statement-breakpoint
CREATE INDEX `acceptance_requests_round` ON `acceptance_requests` (`round`);--> statement-breakpoint
CREATE TABLE `letter_heads` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`round` integer NOT NULL,
	`document_number` text NOT NULL,
	`dated_on` text NOT NULL,
	`set_by` text NOT NULL,
	`set_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `letter_heads_round` ON `letter_heads` (`round`);--> statement-breakpoint
CREATE TABLE `letter_sendings` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`round` integer NOT NULL,
	`edition` integer NOT NULL,
	`way` text NOT NULL,
	`document_number` text NOT NULL,
	`dated_on` text NOT NULL,
	`sent_on` text NOT NULL,
	`reason` text,
	`sent_by` text NOT NULL,
	`recorded_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `letter_sendings_round` ON `letter_sendings` (`round`);--> statement-breakpoint
CREATE TABLE `letter_texts` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`kind` text NOT NULL,
	`subject` text,
	`body` text,
	`written_by` text NOT NULL,
	`written_at` integer NOT NULL,
	CONSTRAINT "letter_texts_whole" CHECK((subject IS NULL) = (body IS NULL))
);
--> statement-breakpoint
CREATE TABLE `letters` (
	`sending` integer NOT NULL,
	`hospital_code` text NOT NULL,
	`kind` text NOT NULL,
	`recipient` text NOT NULL,
	`subject` text NOT NULL,
	`body` text NOT NULL,
	`mail` integer,
	PRIMARY KEY(`sending`, `hospital_code`),
	FOREIGN KEY (`sending`) REFERENCES `letter_sendings`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`hospital_code`) REFERENCES `hospitals`(`code`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`mail`) REFERENCES `outbox`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `approval_papers` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`round` integer NOT NULL,
	`edition` integer NOT NULL,
	`document_number` text NOT NULL,
	`decided_on` text NOT NULL,
	`reason` text,
	`recorded_by` text NOT NULL,
	`recorded_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `approval_papers_edition` ON `approval_papers` (`round`,`edition`);--> statement-breakpoint
CREATE TABLE `publications` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`round` integer NOT NULL,
	`is_shown` integer NOT NULL,
	`reason` text NOT NULL,
	`set_by` text NOT NULL,
	`set_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `publications_round` ON `publications` (`round`);--> statement-breakpoint
CREATE TABLE `report_corrections` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`report` integer NOT NULL,
	`is_taken_back` integer NOT NULL,
	`reported_on` text NOT NULL,
	`document_number` text NOT NULL,
	`way` text NOT NULL,
	`note` text,
	`reason` text NOT NULL,
	`recorded_by` text NOT NULL,
	`recorded_at` integer NOT NULL,
	FOREIGN KEY (`report`) REFERENCES `reports`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "report_corrections_reason" CHECK(reason <> '')
);
--> statement-breakpoint
CREATE INDEX `report_corrections_report` ON `report_corrections` (`report`);--> statement-breakpoint
CREATE TABLE `report_editions` (
	`report` integer NOT NULL,
	`edition` integer NOT NULL,
	PRIMARY KEY(`report`, `edition`),
	FOREIGN KEY (`report`) REFERENCES `reports`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`edition`) REFERENCES `editions`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `report_files` (
	`report` integer NOT NULL,
	`name` text NOT NULL,
	`bytes` blob NOT NULL,
	`sha256` text NOT NULL,
	PRIMARY KEY(`report`, `name`),
	FOREIGN KEY (`report`) REFERENCES `reports`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `reports` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`numbering` text NOT NULL,
	`reported_on` text NOT NULL,
	`document_number` text NOT NULL,
	`way` text NOT NULL,
	`note` text,
	`reason` text,
	`recorded_by` text NOT NULL,
	`recorded_at` integer NOT NULL
);
