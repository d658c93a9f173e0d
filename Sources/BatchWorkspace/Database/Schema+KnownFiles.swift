extension Schema {
    /// The versions of files that Completed jobs have scored, by endpoint and model version, and those that runs of arriving files have taken.
    ///
    /// A scope is there from the first use of `new_only` on: without one, jobs record nothing. A re-registered model or a new endpoint of the
    /// same name knows nothing.
    static let knownFiles = """
        CREATE TABLE knownScope (
            id INTEGER PRIMARY KEY,
            endpoint TEXT NOT NULL REFERENCES endpoint (name) ON DELETE CASCADE,
            modelName TEXT NOT NULL,
            modelVersion TEXT NOT NULL,
            FOREIGN KEY (modelName, modelVersion) REFERENCES model (name, version) ON DELETE CASCADE,
            UNIQUE (endpoint, modelName, modelVersion)
        ) STRICT;
        CREATE INDEX knownScopeByModel ON knownScope (modelName, modelVersion);
        CREATE TABLE knownFile (
            scope INTEGER NOT NULL REFERENCES knownScope (id) ON DELETE CASCADE,
            digest BLOB NOT NULL CHECK (length(digest) = 16),
            PRIMARY KEY (scope, digest)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE takenFile (
            schedule TEXT NOT NULL REFERENCES schedule (name) ON DELETE CASCADE,
            scope INTEGER NOT NULL REFERENCES knownScope (id) ON DELETE CASCADE,
            digest BLOB NOT NULL CHECK (length(digest) = 16),
            PRIMARY KEY (schedule, scope, digest)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX takenFileByScope ON takenFile (scope);
        ALTER TABLE schedule ADD COLUMN remark TEXT;
        """
}
