-- The dates of the edition and the policy's defaults are no longer those of 令和6年度. A survey that has answers or rounds
-- has lived with them: it keeps them, as its own. What was set stays as it is. No act of anybody: the record has no entry.
INSERT INTO `settings`(`key`, `value`)
SELECT `key`, `value` FROM (
	SELECT 'issuedOn' AS `key`, '2024-03-08' AS `value`
	UNION ALL SELECT 'opensAt', '2024-03-08'
	UNION ALL SELECT 'closesAt', '2024-03-18'
	UNION ALL SELECT 'nationalSeats', '2000'
	UNION ALL SELECT 'contractorContactFrom', '2024-04'
	UNION ALL SELECT 'fiscalYear', '2024'
	UNION ALL SELECT 'gmisSurveyOn', '2024-01-31'
) AS `lived_with`
WHERE `key` NOT IN (SELECT `key` FROM `settings`)
	AND (EXISTS (SELECT 1 FROM `submissions`) OR EXISTS (SELECT 1 FROM `editions`));--> statement-breakpoint
-- Version 0 is what came with the program; version 1 the same where no other was saved.
INSERT INTO `policies`(`scenario`, `version`, `body`, `note`, `author`, `created_at`)
SELECT
	NULL,
	`version`,
	'{"supportPeriodEnd":"2025-03","bands":[{"id":"20-99","min":20,"max":99,"seats":23},{"id":"100-199","min":100,"max":199,"seats":19},{"id":"200-299","min":200,"max":299,"seats":4},{"id":"300-399","min":300,"max":399,"seats":2},{"id":"400-499","min":400,"max":499,"seats":1},{"id":"500-","min":500,"max":null,"seats":1}],"regionFloor":1,"shortfall":"leave","unknownValue":50,"criteria":{"emergency":25,"disaster":15,"regionalSupport":10,"perinatal":5,"remote":10,"infectious":5,"regionShare":15,"soleEmergency":10,"inspection":10,"offlineBackup":10,"bcp":5,"networkControl":5,"emr":5,"scope":5,"gmisConsent":0},"tieBreak":["beds","submittedAt","lottery"],"lotterySeed":"令和6年3月19日"}',
	'選定基準の初期設定が変わったため、これまでの初期設定を、そのまま保存しました。',
	'program',
	COALESCE(
		(SELECT max(`at`) FROM `audit_log`),
		(SELECT max(`created_at`) FROM `submissions`),
		0
	)
FROM (SELECT 0 AS `version` UNION ALL SELECT 1) AS `kept`
WHERE (`version` = 0 OR NOT EXISTS (SELECT 1 FROM `policies` WHERE `scenario` IS NULL))
	AND (EXISTS (SELECT 1 FROM `submissions`) OR EXISTS (SELECT 1 FROM `editions`));
