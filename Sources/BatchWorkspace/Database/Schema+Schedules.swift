extension Schema {
    /// Schedules, and the times at which they were due.
    static let schedules = """
        CREATE TABLE schedule (
            name TEXT PRIMARY KEY NOT NULL,
            displayName TEXT,
            description TEXT NOT NULL,
            tags TEXT NOT NULL CHECK (json_valid(tags)),
            "trigger" TEXT NOT NULL CHECK (json_valid("trigger")),
            job TEXT NOT NULL CHECK (json_valid(job)),
            overlap TEXT NOT NULL,
            catchUp TEXT NOT NULL,
            isEnabled INTEGER NOT NULL,
            disabledReason TEXT,
            nextAt TEXT,
            createdAt TEXT NOT NULL,
            updatedAt TEXT NOT NULL
        ) STRICT;
        CREATE TABLE scheduleRun (
            schedule TEXT NOT NULL REFERENCES schedule (name) ON DELETE CASCADE,
            number INTEGER NOT NULL,
            dueAt TEXT NOT NULL,
            cause TEXT NOT NULL,
            outcome TEXT NOT NULL,
            job TEXT,
            reason TEXT,
            PRIMARY KEY (schedule, number)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX scheduleRunJob ON scheduleRun (job) WHERE job IS NOT NULL;
        """
}
