CREATE TABLE `edition_files` (
	`edition` integer NOT NULL,
	`name` text NOT NULL,
	`bytes` blob NOT NULL,
	`sha256` text NOT NULL,
	PRIMARY KEY(`edition`, `name`),
	FOREIGN KEY (`edition`) REFERENCES `editions`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `edition_settlings` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`edition` integer NOT NULL,
	`state` text NOT NULL,
	`settled_by` text NOT NULL,
	`settled_at` integer NOT NULL,
	`reason` text,
	FOREIGN KEY (`edition`) REFERENCES `editions`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "edition_settlings_reason" CHECK((state = 'confirmed') = (reason IS NULL))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `edition_settlings_edition_unique` ON `edition_settlings` (`edition`);--> statement-breakpoint
CREATE TABLE `editions` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`number` integer NOT NULL,
	`edition` integer NOT NULL,
	`kind` text NOT NULL,
	`policy_version` integer NOT NULL,
	`reason` text,
	`declined_code` text,
	`free_seats_reason` text,
	`waiting_reason` text,
	`proposal` integer,
	`proposed_by` text,
	`proposed_at` integer,
	FOREIGN KEY (`declined_code`) REFERENCES `hospitals`(`code`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "editions_declined_has_code" CHECK((kind = 'declined') = (declined_code IS NOT NULL)),
	CONSTRAINT "editions_proposed_by_somebody" CHECK((proposal IS NULL) = (proposed_by IS NULL) AND (proposal IS NULL) = (proposed_at IS NULL))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `editions_proposal_unique` ON `editions` (`proposal`);--> statement-breakpoint
CREATE INDEX `editions_number` ON `editions` (`number`,`edition`);--> statement-breakpoint
-- Proposals and rounds become editions, in the order in which they were made. An approved proposal and its round are one.
INSERT INTO `editions` (`number`, `edition`, `kind`, `policy_version`, `reason`, `declined_code`, `free_seats_reason`, `waiting_reason`, `proposal`, `proposed_by`, `proposed_at`)
SELECT `number`, `edition`, `kind`, `policy_version`, `reason`, `declined_code`, `free_seats_reason`, `waiting_reason`, `proposal`, `proposed_by`, `proposed_at` FROM (
	SELECT `number`, `edition`, `kind`, `policy_version`, `reason`, `declined_code`, `free_seats_reason`, `waiting_reason`, `id` AS `proposal`, `proposed_by`, `proposed_at`, `proposed_at` AS `made_at`, `id` AS `made` FROM `proposals`
	UNION ALL
	SELECT `number`, `edition`, `kind`, `policy_version`, `reason`, `declined_code`, `free_seats_reason`, `waiting_reason`, NULL, `proposed_by`, `proposed_at`, `confirmed_at`, `id` FROM `rounds` r
	WHERE NOT EXISTS (SELECT 1 FROM `proposals` p WHERE p.`state` = 'approved' AND p.`number` = r.`number` AND p.`edition` = r.`edition`)
) ORDER BY `made_at`, `made`;
--> statement-breakpoint
INSERT INTO `edition_files` (`edition`, `name`, `bytes`, `sha256`)
SELECT e.`id`, f.`name`, f.`bytes`, f.`sha256` FROM `round_files` f
JOIN `rounds` r ON r.`id` = f.`round`
JOIN `editions` e ON e.`number` = r.`number` AND e.`edition` = r.`edition` AND e.`proposal` IS (SELECT p.`id` FROM `proposals` p WHERE p.`state` = 'approved' AND p.`number` = r.`number` AND p.`edition` = r.`edition`);
--> statement-breakpoint
-- Those of an approved proposal are there already; where the bytes are others this fails, and nothing is migrated.
INSERT INTO `edition_files` (`edition`, `name`, `bytes`, `sha256`)
SELECT e.`id`, f.`name`, f.`bytes`, f.`sha256` FROM `proposal_files` f
JOIN `editions` e ON e.`proposal` = f.`proposal`
WHERE NOT EXISTS (SELECT 1 FROM `edition_files` g WHERE g.`edition` = e.`id` AND g.`name` = f.`name` AND g.`bytes` = f.`bytes` AND g.`sha256` = f.`sha256`);
--> statement-breakpoint
INSERT INTO `edition_settlings` (`edition`, `state`, `settled_by`, `settled_at`, `reason`)
SELECT `edition`, `state`, `settled_by`, `settled_at`, `reason` FROM (
	SELECT e.`id` AS `edition`, p.`state`, p.`closed_by` AS `settled_by`, p.`closed_at` AS `settled_at`, p.`closed_reason` AS `reason` FROM `proposals` p
	JOIN `editions` e ON e.`proposal` = p.`id`
	WHERE p.`state` IN ('returned', 'withdrawn')
	UNION ALL
	SELECT e.`id`, 'confirmed', r.`confirmed_by`, r.`confirmed_at`, NULL FROM `rounds` r
	JOIN `editions` e ON e.`number` = r.`number` AND e.`edition` = r.`edition` AND e.`proposal` IS (SELECT p.`id` FROM `proposals` p WHERE p.`state` = 'approved' AND p.`number` = r.`number` AND p.`edition` = r.`edition`)
) ORDER BY `settled_at`, `edition`;
--> statement-breakpoint
DROP TABLE `proposal_files`;--> statement-breakpoint
DROP TABLE `proposals`;--> statement-breakpoint
DROP TABLE `round_files`;--> statement-breakpoint
DROP TABLE `rounds`;
