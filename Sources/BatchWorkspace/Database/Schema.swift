import GRDB

/// The tables of a workspace.
///
/// A migration, once merged, is never edited: add the next one.
enum Schema {
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1 the main job") { db in
            try db.execute(sql: assets)
            try db.execute(sql: endpoints)
            try db.execute(sql: jobs)
        }
        migrator.registerMigration("2 long lists of jobs") { db in try db.execute(sql: jobList) }
        migrator.registerMigration("4 retried jobs") { db in
            try db.execute(sql: "ALTER TABLE job ADD COLUMN retryOf TEXT")
        }
        migrator.registerMigration("5 remote datastores") { db in try db.execute(sql: remoteDatastores) }
        migrator.registerMigration("6 archived assets") { db in try db.execute(sql: archive) }
        migrator.registerMigration("9 deletion") { db in try db.execute(sql: deletion) }
        migrator.registerMigration("10 notes of jobs") { db in
            try db.execute(sql: "ALTER TABLE job ADD COLUMN notes TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(notes))")
        }
        migrator.registerMigration("11 columns of mini-batches") { db in
            try db.execute(sql: "ALTER TABLE miniBatch ADD COLUMN columnVariant INTEGER")
        }
        migrator.registerMigration("12 mltable assets") { db in try db.execute(sql: tableAssets) }
        migrator.registerMigration("13 relative paths") { db in try PathMigration(db).run(db) }
        migrator.registerMigration("14 the workspace's id") { db in try db.execute(sql: WorkspaceIdentity.table) }
        migrator.registerMigration("15 texts of failures") { db in try db.execute(sql: failureTexts) }
        migrator.registerMigration("16 used code") { db in try db.execute(sql: codeReferences) }
        migrator.registerMigration("17 counts at a job's steps") { db in
            try db.execute(
                sql: """
                    ALTER TABLE jobTransition ADD COLUMN finishedMiniBatches INTEGER;
                    ALTER TABLE jobTransition ADD COLUMN rows INTEGER;
                    """
            )
        }
        migrator.registerMigration("19 GPUs of workers") { db in
            try db.execute(sql: "ALTER TABLE workerStatus ADD COLUMN gpus TEXT")
        }
        migrator.registerMigration("20 parts of files") { db in try db.execute(sql: parts) }
        migrator.registerMigration("21 proofs of loaders") { db in try db.execute(sql: loaderProofs) }
        migrator.registerMigration("22 sorted lists of jobs") { db in try db.execute(sql: sortedJobs) }
        migrator.registerMigration("23 Ray clusters") { db in try db.execute(sql: rayClusters) }
        migrator.registerMigration("24 profiles of mini-batches") { db in
            try db.execute(sql: "ALTER TABLE miniBatch ADD COLUMN profileBytes INTEGER")
        }
        migrator.registerMigration("25 progress of workers") { db in
            try db.execute(
                sql: """
                    ALTER TABLE workerStatus ADD COLUMN rows INTEGER;
                    ALTER TABLE workerStatus ADD COLUMN bytes INTEGER;
                    ALTER TABLE workerStatus ADD COLUMN share REAL;
                    ALTER TABLE workerStatus ADD COLUMN attempt INTEGER;
                    ALTER TABLE workerStatus ADD COLUMN lastError TEXT;
                    """
            )
        }
        migrator.registerMigration("26 drift over jobs") { db in try db.execute(sql: drift) }
        migrator.registerMigration("27 schedules") { db in try db.execute(sql: schedules) }
        migrator.registerMigration("28 known files") { db in try db.execute(sql: knownFiles) }
        migrator.registerMigration("29 deliveries and retention") { db in try db.execute(sql: deliveries) }
        return migrator
    }

    /// The baselines of endpoints, and what was found when jobs were compared with them.
    private static let drift = """
        ALTER TABLE endpoint ADD COLUMN baseline TEXT REFERENCES job (name) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED;
        CREATE INDEX endpointByBaseline ON endpoint (baseline);
        ALTER TABLE job ADD COLUMN drift TEXT CHECK (drift IS NULL OR json_valid(drift));
        ALTER TABLE job ADD COLUMN profileSummary TEXT CHECK (profileSummary IS NULL OR json_valid(profileSummary));
        """

    /// Everything that a list of jobs is searched and sorted by, apart from the large rows of the table; not the progress, which a
    /// running job changes all the time.
    private static let sortedJobs = """
        DROP INDEX jobList;
        CREATE INDEX jobList ON job (
            sequence, isArchived, name, displayName, endpointName, deploymentName, state, startedAt, endedAt, failedFiles
        );
        """

    /// The parts of files that are split.
    ///
    /// `firstPart` is the mini-batch of a file's first part, `parts` how many the file has; `files` and `failedFiles` of a part that
    /// is not the file's first, or its failed one, are 0. The files of `wholeFile` are scored by their first part's mini-batch alone.
    private static let parts = """
        ALTER TABLE miniBatch ADD COLUMN firstPart INTEGER;
        ALTER TABLE miniBatch ADD COLUMN parts INTEGER;
        ALTER TABLE miniBatch ADD COLUMN rowTypes TEXT;
        CREATE TABLE wholeFile (
            job INTEGER NOT NULL REFERENCES job (sequence) ON DELETE CASCADE,
            firstPart INTEGER NOT NULL,
            PRIMARY KEY (job, firstPart)
        ) STRICT, WITHOUT ROWID;
        """

    /// What was found of the ways to load a deployment's model.
    private static let loaderProofs = """
        CREATE TABLE loaderProof (
            endpointName TEXT NOT NULL,
            deploymentName TEXT NOT NULL,
            subject TEXT NOT NULL,
            isSame INTEGER NOT NULL CHECK (isSame IN (0, 1)),
            rows INTEGER,
            reason TEXT,
            PRIMARY KEY (endpointName, deploymentName),
            FOREIGN KEY (endpointName, deploymentName) REFERENCES deployment (endpointName, name) ON DELETE CASCADE
        ) STRICT, WITHOUT ROWID;
        """

    /// Compute targets that are Ray clusters, and the nodes of workers.
    ///
    /// SQLite changes no check of a table: the table is made again.
    private static let rayClusters = """
        CREATE TABLE newComputeTarget (
            name TEXT PRIMARY KEY NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN ('local', 'amlcompute', 'ray')),
            description TEXT NOT NULL,
            tags TEXT NOT NULL CHECK (json_valid(tags)),
            size TEXT,
            minInstances INTEGER NOT NULL CHECK (minInstances >= 0),
            maxInstances INTEGER NOT NULL CHECK (maxInstances >= 1),
            idleTimeBeforeScaleDown INTEGER NOT NULL,
            createdAt TEXT NOT NULL,
            cluster TEXT CHECK (cluster IS NULL OR json_valid(cluster)),
            CHECK ((cluster IS NOT NULL) = (kind = 'ray'))
        ) STRICT;
        INSERT INTO newComputeTarget (
            name, kind, description, tags, size, minInstances, maxInstances, idleTimeBeforeScaleDown, createdAt
        )
        SELECT name, kind, description, tags, size, minInstances, maxInstances, idleTimeBeforeScaleDown, createdAt
        FROM computeTarget;
        DROP TABLE computeTarget;
        ALTER TABLE newComputeTarget RENAME TO computeTarget;
        ALTER TABLE workerStatus ADD COLUMN node TEXT;
        """

    /// SQLite changes no check of a table: the table is made again.
    private static let tableAssets = """
        CREATE TABLE newDataAsset (
            sequence INTEGER PRIMARY KEY,
            name TEXT NOT NULL,
            version TEXT NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN ('uri_file', 'uri_folder', 'mltable')),
            description TEXT NOT NULL,
            tags TEXT NOT NULL CHECK (json_valid(tags)),
            path TEXT NOT NULL CHECK (json_valid(path)),
            createdAt TEXT NOT NULL,
            isArchived INTEGER NOT NULL DEFAULT 0 CHECK (isArchived IN (0, 1)),
            "table" TEXT CHECK ("table" IS NULL OR json_valid("table")),
            CHECK (("table" IS NOT NULL) = (kind = 'mltable')),
            UNIQUE (name, version)
        ) STRICT;
        INSERT INTO newDataAsset (sequence, name, version, kind, description, tags, path, createdAt, isArchived)
        SELECT sequence, name, version, kind, description, tags, path, createdAt, isArchived FROM dataAsset;
        DROP TABLE dataAsset;
        ALTER TABLE newDataAsset RENAME TO dataAsset;
        """

    /// Credentials are in separate files: a database is copied and sent.
    private static let remoteDatastores = """
        ALTER TABLE datastore ADD COLUMN tags TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(tags));
        ALTER TABLE datastore ADD COLUMN remote TEXT CHECK (remote IS NULL OR json_valid(remote));
        ALTER TABLE datastore ADD COLUMN credentials TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(credentials));
        """

    private static let assets = """
        CREATE TABLE datastore (
            name TEXT PRIMARY KEY NOT NULL,
            description TEXT NOT NULL,
            path TEXT NOT NULL,
            createdAt TEXT NOT NULL
        ) STRICT;
        CREATE TABLE computeTarget (
            name TEXT PRIMARY KEY NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN ('local', 'amlcompute')),
            description TEXT NOT NULL,
            tags TEXT NOT NULL CHECK (json_valid(tags)),
            size TEXT,
            minInstances INTEGER NOT NULL CHECK (minInstances >= 0),
            maxInstances INTEGER NOT NULL CHECK (maxInstances >= 1),
            idleTimeBeforeScaleDown INTEGER NOT NULL,
            createdAt TEXT NOT NULL
        ) STRICT;
        CREATE TABLE model (
            sequence INTEGER PRIMARY KEY,
            name TEXT NOT NULL,
            version TEXT NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN ('custom_model', 'mlflow_model', 'triton_model')),
            description TEXT NOT NULL,
            tags TEXT NOT NULL CHECK (json_valid(tags)),
            properties TEXT NOT NULL CHECK (json_valid(properties)),
            source TEXT NOT NULL,
            path TEXT NOT NULL,
            bytes INTEGER NOT NULL,
            mlflow TEXT CHECK (mlflow IS NULL OR json_valid(mlflow)),
            createdAt TEXT NOT NULL,
            UNIQUE (name, version)
        ) STRICT;
        CREATE TABLE dataAsset (
            sequence INTEGER PRIMARY KEY,
            name TEXT NOT NULL,
            version TEXT NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN ('uri_file', 'uri_folder')),
            description TEXT NOT NULL,
            tags TEXT NOT NULL CHECK (json_valid(tags)),
            path TEXT NOT NULL CHECK (json_valid(path)),
            createdAt TEXT NOT NULL,
            UNIQUE (name, version)
        ) STRICT;
        CREATE TABLE environmentAsset (
            sequence INTEGER PRIMARY KEY,
            name TEXT NOT NULL,
            version TEXT NOT NULL,
            description TEXT NOT NULL,
            tags TEXT NOT NULL CHECK (json_valid(tags)),
            image TEXT,
            condaFile TEXT,
            source TEXT CHECK (source IS NULL OR json_valid(source)),
            createdAt TEXT NOT NULL,
            UNIQUE (name, version)
        ) STRICT;
        """

    private static let endpoints = """
        CREATE TABLE endpoint (
            name TEXT PRIMARY KEY NOT NULL,
            description TEXT NOT NULL,
            tags TEXT NOT NULL CHECK (json_valid(tags)),
            properties TEXT NOT NULL CHECK (json_valid(properties)),
            defaultDeployment TEXT,
            provisioningState TEXT NOT NULL,
            createdAt TEXT NOT NULL,
            updatedAt TEXT NOT NULL,
            FOREIGN KEY (name, defaultDeployment) REFERENCES deployment (endpointName, name) DEFERRABLE INITIALLY DEFERRED
        ) STRICT;
        CREATE TABLE deployment (
            endpointName TEXT NOT NULL REFERENCES endpoint (name) ON DELETE CASCADE,
            name TEXT NOT NULL,
            description TEXT NOT NULL,
            tags TEXT NOT NULL CHECK (json_valid(tags)),
            properties TEXT NOT NULL CHECK (json_valid(properties)),
            model TEXT NOT NULL CHECK (json_valid(model)),
            scoring TEXT NOT NULL CHECK (json_valid(scoring)),
            environment TEXT CHECK (environment IS NULL OR json_valid(environment)),
            compute TEXT NOT NULL REFERENCES computeTarget (name),
            settings TEXT NOT NULL CHECK (json_valid(settings)),
            provisioningState TEXT NOT NULL,
            createdAt TEXT NOT NULL,
            updatedAt TEXT NOT NULL,
            PRIMARY KEY (endpointName, name)
        ) STRICT;
        """

    /// Jobs name their endpoint without a foreign key: they outlive it.
    private static let jobs = """
        CREATE TABLE job (
            sequence INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL UNIQUE,
            displayName TEXT NOT NULL,
            experimentName TEXT NOT NULL,
            description TEXT NOT NULL,
            tags TEXT NOT NULL CHECK (json_valid(tags)),
            endpointName TEXT NOT NULL,
            deploymentName TEXT NOT NULL,
            state TEXT NOT NULL,
            specification TEXT NOT NULL CHECK (json_valid(specification)),
            outputFolder TEXT NOT NULL,
            miniBatches INTEGER,
            files INTEGER,
            doneMiniBatches INTEGER NOT NULL DEFAULT 0,
            failedMiniBatches INTEGER NOT NULL DEFAULT 0,
            succeededFiles INTEGER NOT NULL DEFAULT 0,
            failedFiles INTEGER NOT NULL DEFAULT 0,
            rows INTEGER NOT NULL DEFAULT 0,
            bytes INTEGER NOT NULL DEFAULT 0,
            cause TEXT,
            createdAt TEXT NOT NULL,
            startedAt TEXT,
            endedAt TEXT
        ) STRICT;
        CREATE INDEX jobByEndpoint ON job (endpointName, sequence);
        CREATE INDEX unfinishedJob ON job (sequence) WHERE state NOT IN ('Completed', 'Failed', 'Canceled');
        CREATE TABLE jobTransition (
            job INTEGER NOT NULL REFERENCES job (sequence) ON DELETE CASCADE,
            state TEXT NOT NULL,
            at TEXT NOT NULL
        ) STRICT;
        CREATE INDEX transitionByJob ON jobTransition (job);
        CREATE TABLE miniBatch (
            job INTEGER NOT NULL REFERENCES job (sequence) ON DELETE CASCADE,
            id INTEGER NOT NULL,
            segment TEXT,
            offset INTEGER,
            bytes INTEGER,
            checksum INTEGER,
            rows INTEGER,
            tries INTEGER NOT NULL,
            files INTEGER NOT NULL,
            failedFiles INTEGER NOT NULL,
            startedAt TEXT NOT NULL,
            seconds REAL NOT NULL,
            pid INTEGER NOT NULL,
            PRIMARY KEY (job, id)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE fileFailure (
            sequence INTEGER PRIMARY KEY,
            job INTEGER NOT NULL REFERENCES job (sequence) ON DELETE CASCADE,
            miniBatch INTEGER NOT NULL,
            file TEXT NOT NULL,
            type TEXT NOT NULL,
            message TEXT NOT NULL,
            traceback TEXT,
            attempt INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX failureByJob ON fileFailure (job, miniBatch);
        CREATE TABLE workerStatus (
            job INTEGER NOT NULL REFERENCES job (sequence) ON DELETE CASCADE,
            worker INTEGER NOT NULL,
            pid INTEGER NOT NULL,
            activity TEXT NOT NULL,
            miniBatch INTEGER,
            file TEXT,
            residentBytes INTEGER,
            since TEXT NOT NULL,
            PRIMARY KEY (job, worker)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE studioState (
            key TEXT PRIMARY KEY NOT NULL,
            value TEXT NOT NULL
        ) STRICT;
        """

    /// Archived entries stay and can be used, but lists leave them out; the indices of jobs have that column too.
    private static let archive = """
        ALTER TABLE model ADD COLUMN isArchived INTEGER NOT NULL DEFAULT 0 CHECK (isArchived IN (0, 1));
        ALTER TABLE dataAsset ADD COLUMN isArchived INTEGER NOT NULL DEFAULT 0 CHECK (isArchived IN (0, 1));
        ALTER TABLE environmentAsset ADD COLUMN isArchived INTEGER NOT NULL DEFAULT 0 CHECK (isArchived IN (0, 1));
        ALTER TABLE job ADD COLUMN isArchived INTEGER NOT NULL DEFAULT 0 CHECK (isArchived IN (0, 1));
        DROP INDEX jobByEndpoint;
        CREATE INDEX jobByEndpoint ON job (endpointName, sequence, isArchived);
        DROP INDEX jobList;
        CREATE INDEX jobList ON job (sequence, isArchived, name, displayName, endpointName, deploymentName, state);
        """

    /// Everything that a list of jobs is searched by, apart from the large rows of the table.
    private static let jobList = """
        CREATE INDEX jobList ON job (sequence, name, displayName, endpointName, deploymentName, state);
        """

    /// Folders of what is deleted, until they are gone, and the highest number that a deleted version of an asset had.
    private static let deletion = """
        CREATE TABLE leftover (
            path TEXT PRIMARY KEY NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE usedVersion (
            asset TEXT NOT NULL,
            name TEXT NOT NULL,
            number INTEGER NOT NULL,
            PRIMARY KEY (asset, name)
        ) STRICT, WITHOUT ROWID;
        """
}
