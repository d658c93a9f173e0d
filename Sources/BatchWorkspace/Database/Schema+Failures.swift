extension Schema {
    /// Messages and tracebacks, each text of a job once; the failures of before are brought over.
    ///
    /// Without a foreign key from a failure to its texts: the end of each text would search all failures.
    static let failureTexts = """
        CREATE TABLE failureText (
            id INTEGER PRIMARY KEY,
            job INTEGER NOT NULL REFERENCES job (sequence) ON DELETE CASCADE,
            text TEXT NOT NULL,
            UNIQUE (job, text)
        ) STRICT;
        INSERT OR IGNORE INTO failureText (job, text) SELECT job, message FROM fileFailure;
        INSERT OR IGNORE INTO failureText (job, text)
            SELECT job, traceback FROM fileFailure WHERE traceback IS NOT NULL;
        ALTER TABLE fileFailure RENAME TO oldFailure;
        DROP INDEX failureByJob;
        CREATE TABLE fileFailure (
            sequence INTEGER PRIMARY KEY,
            job INTEGER NOT NULL REFERENCES job (sequence) ON DELETE CASCADE,
            miniBatch INTEGER NOT NULL,
            file TEXT NOT NULL,
            type TEXT NOT NULL,
            message INTEGER NOT NULL,
            traceback INTEGER,
            isTemplate INTEGER NOT NULL CHECK (isTemplate IN (0, 1)),
            attempt INTEGER NOT NULL
        ) STRICT;
        INSERT INTO fileFailure (sequence, job, miniBatch, file, type, message, traceback, isTemplate, attempt)
            SELECT sequence, old.job, miniBatch, file, type, message.id, traceback.id, 0, attempt
            FROM oldFailure AS old
            JOIN failureText AS message ON message.job = old.job AND message.text = old.message
            LEFT JOIN failureText AS traceback ON traceback.job = old.job AND traceback.text = old.traceback;
        DROP TABLE oldFailure;
        CREATE INDEX failureByJob ON fileFailure (job, miniBatch);
        """ + failedFileView

    /// The failures as they were reported: char(57344) and char(57345) are the marks of ``FailureText``.
    private static let failedFileView = """

        CREATE VIEW failedFile AS
            SELECT failure.sequence, failure.job, miniBatch, file, type,
                CASE isTemplate WHEN 0 THEN message.text ELSE replace(message.text, char(57345), file) END AS message,
                CASE isTemplate WHEN 0 THEN traceback.text ELSE replace(replace(traceback.text, char(57344),
                    replace(message.text, char(57345), file)), char(57345), file) END AS traceback,
                attempt
            FROM fileFailure AS failure
            JOIN failureText AS message ON message.id = failure.message
            LEFT JOIN failureText AS traceback ON traceback.id = failure.traceback;
        """

    /// The snapshot of scoring code that a deployment or a job uses: the last part of its path, wherever the workspace lies.
    static let codeReferences = ["deployment", "job"].map { table in
        let column = table == "deployment" ? "scoring" : "specification"
        let key = table == "deployment" ? "$.script._0.folder" : "$.scoring.script._0.folder"
        let path = "json_extract(\(column), '\(key)')"
        return """
            ALTER TABLE \(table) ADD COLUMN code TEXT GENERATED ALWAYS AS
                (replace(\(path), rtrim(\(path), replace(\(path), '/', '')), '')) VIRTUAL;
            CREATE INDEX \(table)ByCode ON \(table) (code) WHERE code IS NOT NULL;

            """
    }.joined()
}
