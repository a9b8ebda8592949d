ALTER TABLE `hospitals` ADD `postcode` text;--> statement-breakpoint
ALTER TABLE `hospitals` ADD `fax` text;--> statement-breakpoint
ALTER TABLE `hospitals` ADD `gmis_id` text;--> statement-breakpoint
ALTER TABLE `hospitals` ADD `ownership` text;--> statement-breakpoint
ALTER TABLE `hospitals` ADD `filings` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `hospitals` ADD `supported_in` text;--> statement-breakpoint
ALTER TABLE `hospitals` ADD `is_closed` integer DEFAULT false NOT NULL;