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
CREATE TABLE `correction_settlings` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`submission` integer NOT NULL,
	`statement` text NOT NULL,
	`state` text NOT NULL,
	`change` integer,
	`reason` text,
	`actor` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`submission`) REFERENCES `submissions`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`change`) REFERENCES `hospital_changes`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `correction_settlings_of` ON `correction_settlings` (`submission`);--> statement-breakpoint
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
CREATE TABLE `hospital_mergers` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`kept` text NOT NULL,
	`gone` text NOT NULL,
	`kept_before` text NOT NULL,
	`gone_before` text NOT NULL,
	`moved` text NOT NULL,
	`reason` text NOT NULL,
	`actor` text NOT NULL,
	`at` integer NOT NULL,
	`undone_reason` text,
	`undone_by` text,
	`undone_at` integer,
	FOREIGN KEY (`kept`) REFERENCES `hospitals`(`code`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`gone`) REFERENCES `hospitals`(`code`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `staged_imports` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`actor` text NOT NULL,
	`file` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`content` text,
	`ended_at` integer,
	`end` text
);
--> statement-breakpoint
CREATE TABLE `waiting_rows` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`import` integer NOT NULL,
	`code` text NOT NULL,
	`source` text NOT NULL,
	`day` text NOT NULL,
	`hospital` text NOT NULL,
	`fields` text NOT NULL,
	`open` text NOT NULL,
	`state` text NOT NULL,
	`hospital_code` text,
	`change` integer,
	`decided_by` text,
	`decided_at` integer,
	`reason` text,
	FOREIGN KEY (`import`) REFERENCES `hospital_imports`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`hospital_code`) REFERENCES `hospitals`(`code`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`change`) REFERENCES `hospital_changes`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "waiting_rows_decided" CHECK((state = 'waiting') = (decided_at IS NULL))
);
--> statement-breakpoint
CREATE INDEX `waiting_rows_by_state` ON `waiting_rows` (`state`);--> statement-breakpoint
CREATE INDEX `waiting_rows_by_code` ON `waiting_rows` (`code`);--> statement-breakpoint
CREATE TABLE `fact_choices` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`hospital_code` text NOT NULL,
	`fact` text NOT NULL,
	`source` text,
	`reason` text,
	`actor` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`hospital_code`) REFERENCES `hospitals`(`code`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `fact_choices_of` ON `fact_choices` (`hospital_code`,`fact`);--> statement-breakpoint
CREATE TABLE `hospital_facts` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`hospital_code` text NOT NULL,
	`fact` text NOT NULL,
	`source` text NOT NULL,
	`day` text NOT NULL,
	`value` text NOT NULL,
	`file` text,
	`at` integer NOT NULL,
	FOREIGN KEY (`hospital_code`) REFERENCES `hospitals`(`code`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `hospital_facts_of` ON `hospital_facts` (`hospital_code`,`fact`,`source`);--> statement-breakpoint
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
ALTER TABLE `hospitals` ADD `merged_into` text;--> statement-breakpoint
ALTER TABLE `outbox` ADD `left_out_at` integer;--> statement-breakpoint
ALTER TABLE `outbox` ADD `left_out_reason` text;--> statement-breakpoint
ALTER TABLE `staff` ADD `epoch` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `submission_versions` ADD `author` text;--> statement-breakpoint
ALTER TABLE `submission_versions` ADD `channel` text;--> statement-breakpoint
ALTER TABLE `submission_versions` ADD `reason` text;--> statement-breakpoint
ALTER TABLE `submissions` ADD `is_matched` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `submissions` ADD `withdrawn_channel` text;