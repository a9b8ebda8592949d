CREATE TABLE `mail_settlings` (
	`mail` integer PRIMARY KEY NOT NULL,
	`what` text NOT NULL,
	`note` text,
	`author` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`mail`) REFERENCES `outbox`(`id`) ON UPDATE no action ON DELETE no action
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
