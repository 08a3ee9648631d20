CREATE TABLE `tasks` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`title` text NOT NULL,
	`description` text NOT NULL,
	`status` text NOT NULL,
	`priority` text NOT NULL,
	`due` text,
	`created_at` text NOT NULL,
	`updated_at` text NOT NULL,
	CONSTRAINT "tasks_status" CHECK("tasks"."status" IN ('todo', 'doing', 'done')),
	CONSTRAINT "tasks_priority" CHECK("tasks"."priority" IN ('low', 'normal', 'high'))
);
--> statement-breakpoint
CREATE INDEX `tasks_by_creation` ON `tasks` (`created_at`,`id`);
