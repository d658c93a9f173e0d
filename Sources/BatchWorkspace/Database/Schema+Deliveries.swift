extension Schema {
    /// What happens at the end of jobs, and how long the jobs of schedules stay.
    static let deliveries = """
        CREATE TABLE delivery (
            id TEXT PRIMARY KEY NOT NULL,
            job TEXT NOT NULL REFERENCES job (name) ON DELETE CASCADE,
            event TEXT NOT NULL,
            action TEXT NOT NULL CHECK (json_valid(action)),
            message TEXT NOT NULL CHECK (json_valid(message)),
            state TEXT NOT NULL,
            attempts INTEGER NOT NULL,
            isRunning INTEGER NOT NULL DEFAULT 0,
            result TEXT,
            createdAt TEXT NOT NULL,
            dueAt TEXT,
            endedAt TEXT
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX deliveryByJob ON delivery (job);
        CREATE INDEX deliveryDue ON delivery (dueAt) WHERE state = 'Pending';
        ALTER TABLE schedule ADD COLUMN keep TEXT CHECK (keep IS NULL OR json_valid(keep));
        """
}
