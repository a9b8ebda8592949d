CREATE TABLE `mail_settlings` (
	`mail` integer PRIMARY KEY NOT NULL,
	`what` text NOT NULL,
	`note` text,
	`author` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`mail`) REFERENCES `outbox`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `purges` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`purged_at` integer NOT NULL,
	`retention_until` text NOT NULL,
	`basis` text NOT NULL,
	`counts` text NOT NULL,
	`record_count` integer NOT NULL,
	`record_head` text NOT NULL,
	`signature` text,
	`swept_at` integer
);
--> statement-breakpoint
CREATE TABLE `signing_keys` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`public_key` text NOT NULL,
	`reason` text,
	`author` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `signing_keys_public_key_unique` ON `signing_keys` (`public_key`);--> statement-breakpoint
CREATE TABLE `known_places` (
	`login` text NOT NULL,
	`place_hash` text NOT NULL,
	`seen_at` integer NOT NULL,
	PRIMARY KEY(`login`, `place_hash`)
);
--> statement-breakpoint
CREATE TABLE `login_tries` (
	`key` text PRIMARY KEY NOT NULL,
	`failures` integer NOT NULL,
	`wait_until` integer,
	`forgotten_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `login_tries_forgotten` ON `login_tries` (`forgotten_at`);--> statement-breakpoint
CREATE TABLE `recovery_codes` (
	`login` text NOT NULL,
	`hash` text NOT NULL,
	`used_at` integer,
	PRIMARY KEY(`login`, `hash`)
);
--> statement-breakpoint
CREATE TABLE `second_factors` (
	`login` text PRIMARY KEY NOT NULL,
	`secret` text NOT NULL,
	`since` integer NOT NULL,
	`last_step` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `given_codes` (
	`submission` integer PRIMARY KEY NOT NULL,
	`hash` text NOT NULL,
	FOREIGN KEY (`submission`) REFERENCES `submissions`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `receipt_keys` (
	`id` integer PRIMARY KEY NOT NULL,
	`fingerprint` text NOT NULL,
	`is_swept` integer DEFAULT true NOT NULL,
	CONSTRAINT "receipt_keys_one" CHECK(id = 1)
);
--> statement-breakpoint
ALTER TABLE `outbox` ADD `submission` integer REFERENCES submissions(id);--> statement-breakpoint
ALTER TABLE `outbox` ADD `is_receipt` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `outbox` ADD `counted_as` text;--> statement-breakpoint
CREATE INDEX `outbox_counted` ON `outbox` (`counted_as`,`sent_at`) WHERE counted_as IS NOT NULL;--> statement-breakpoint
ALTER TABLE `sessions` ADD `login` text;--> statement-breakpoint
CREATE INDEX `sessions_login` ON `sessions` (`login`);--> statement-breakpoint
-- The functions are the connection's own: db/receipt-key.ts.
INSERT INTO `given_codes` (`submission`, `hash`)
SELECT `id`, given_code_hash(`submission_id`, `code`) FROM `submissions`;
--> statement-breakpoint
INSERT INTO `receipt_keys` (`id`, `fingerprint`, `is_swept`)
SELECT 1, receipt_key_fingerprint(), 0
WHERE EXISTS (SELECT 1 FROM `submissions`) OR EXISTS (SELECT 1 FROM `outbox`);
--> statement-breakpoint
-- What has still to leave names the look-up instead of the receipt's own address: the code is its hospital's alone from now on.
UPDATE `outbox` SET `body` = replace(replace(`outbox`.`body`, '/receipts/' || s.`number` || '/' || s.`code`, '/receipts'),
	s.`code`, '回答を送信した後に表示した受付票に記載しています。')
FROM `submissions` s
WHERE `outbox`.`sent_at` IS NULL AND `outbox`.`failed_at` IS NULL AND `outbox`.`left_out_at` IS NULL
	AND instr(`outbox`.`body`, '/receipts/' || s.`number` || '/' || s.`code`) > 0;
--> statement-breakpoint
UPDATE `outbox` SET `body` = ''
WHERE `sent_at` IS NOT NULL OR `failed_at` IS NOT NULL OR `left_out_at` IS NOT NULL;
--> statement-breakpoint
ALTER TABLE `submissions` DROP COLUMN `code`;
