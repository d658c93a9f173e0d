-- A workspace as its first version wrote it; WORKSPACE stands for the folder. Never edited: it is what people have.
BEGIN TRANSACTION;
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
INSERT INTO "computeTarget" VALUES('local','local','This machine.','{}',NULL,0,1,120,'2026-11-18 11:06:40.000');
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
INSERT INTO "dataAsset" VALUES(7,'wine-unlabeled','3','uri_folder','Wines.','{"team":"cellar"}','{"local":{"_0":"/data/wine"}}','2026-11-18 11:06:40.000');
CREATE TABLE datastore (
    name TEXT PRIMARY KEY NOT NULL,
    description TEXT NOT NULL,
    path TEXT NOT NULL,
    createdAt TEXT NOT NULL
) STRICT;
INSERT INTO "datastore" VALUES('workspaceblobstore','The default datastore: job output goes here.','WORKSPACE/blobs','2026-11-18 11:06:40.000');
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
INSERT INTO "deployment" VALUES('wine-batch','mlflow','','{}','{}','{"name":"wine","version":"1"}','{"generated":{}}',NULL,'local','{"environmentVariables":{"OMP_NUM_THREADS":"1"},"errorThreshold":-1,"instanceCount":1,"loggingLevel":"info","maxConcurrencyPerInstance":1,"maxRetries":3,"miniBatchSize":5,"outputAction":"append_row","outputFileName":"predictions.csv","timeout":30}','Succeeded','2026-11-18 11:06:40.000','2026-11-18 11:06:40.000');
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
INSERT INTO "endpoint" VALUES('wine-batch','Who grew it?','{}','{}','mlflow','Succeeded','2026-11-18 11:06:40.000','2026-11-18 11:06:40.000');
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
INSERT INTO "fileFailure" VALUES(1,1,1,'b.csv','ValueError','could not be read',NULL,3);
CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
INSERT INTO "grdb_migrations" VALUES('1 the main job');
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
INSERT INTO "job" VALUES(1,'old-job','quirky_sponge_29ytk85j','wine-batch','','{}','wine-batch','mlflow','Completed','{"compute":"local","deploymentName":"mlflow","endpointName":"wine-batch","environment":{"dated":"2026-11-20","owner":"model wine:1","sources":[{"file":"conda.yaml","ignored":[],"pythonVersion":"3.11","requirements":["mlflow"]}]},"input":{"kind":"uri_folder","path":"\/data\/input","reference":{"local":{"_0":"\/data\/input"}}},"model":{"name":"wine","version":"1"},"modelPath":"WORKSPACE\/models\/wine\/1\/wine","output":{"fileName":"predictions.csv","folder":"WORKSPACE\/blobs\/old-job\/score","location":{"datastore":"workspaceblobstore","path":"old-job\/score"}},"overrides":{},"scoring":{"generated":{}},"settings":{"environmentVariables":{"OMP_NUM_THREADS":"1"},"errorThreshold":-1,"instanceCount":1,"loggingLevel":"info","maxConcurrencyPerInstance":1,"maxRetries":3,"miniBatchSize":5,"outputAction":"append_row","outputFileName":"predictions.csv","timeout":30}}','WORKSPACE/blobs/old-job/score',2,4,1,1,3,1,20,40,NULL,'2026-11-18 11:06:40.000','2026-11-18 11:06:40.000','2026-11-18 11:06:40.000');
INSERT INTO "job" VALUES(2,'half-job','quirky_sponge_29ytk85j','wine-batch','','{}','wine-batch','mlflow','Running','{"compute":"local","deploymentName":"mlflow","endpointName":"wine-batch","environment":{"dated":"2026-11-20","owner":"model wine:1","sources":[{"file":"conda.yaml","ignored":[],"pythonVersion":"3.11","requirements":["mlflow"]}]},"input":{"kind":"uri_folder","path":"\/data\/input","reference":{"local":{"_0":"\/data\/input"}}},"model":{"name":"wine","version":"1"},"modelPath":"WORKSPACE\/models\/wine\/1\/wine","output":{"fileName":"predictions.csv","folder":"WORKSPACE\/blobs\/half-job\/score","location":{"datastore":"workspaceblobstore","path":"half-job\/score"}},"overrides":{},"scoring":{"generated":{}},"settings":{"environmentVariables":{"OMP_NUM_THREADS":"1"},"errorThreshold":-1,"instanceCount":1,"loggingLevel":"info","maxConcurrencyPerInstance":1,"maxRetries":3,"miniBatchSize":5,"outputAction":"append_row","outputFileName":"predictions.csv","timeout":30}}','WORKSPACE/blobs/half-job/score',2,4,1,0,3,0,20,40,NULL,'2026-11-18 11:06:40.000','2026-11-18 11:06:40.000',NULL);
CREATE TABLE jobTransition (
    job INTEGER NOT NULL REFERENCES job (sequence) ON DELETE CASCADE,
    state TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT;
INSERT INTO "jobTransition" VALUES(1,'Queued','2026-11-18 11:06:40.000');
INSERT INTO "jobTransition" VALUES(1,'Preparing','2026-11-18 11:06:40.000');
INSERT INTO "jobTransition" VALUES(1,'Running','2026-11-18 11:06:40.000');
INSERT INTO "jobTransition" VALUES(1,'Finalizing','2026-11-18 11:06:40.000');
INSERT INTO "jobTransition" VALUES(1,'Completed','2026-11-18 11:06:40.000');
INSERT INTO "jobTransition" VALUES(2,'Queued','2026-11-18 11:06:40.000');
INSERT INTO "jobTransition" VALUES(2,'Preparing','2026-11-18 11:06:40.000');
INSERT INTO "jobTransition" VALUES(2,'Running','2026-11-18 11:06:40.000');
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
INSERT INTO "miniBatch" VALUES(1,0,'w-1',0,40,7,20,1,3,0,'2026-11-18 11:06:40.000',0.5,42);
INSERT INTO "miniBatch" VALUES(1,1,NULL,NULL,NULL,NULL,NULL,1,1,1,'2026-11-18 11:06:40.000',0.5,42);
INSERT INTO "miniBatch" VALUES(2,0,'w-1',0,40,7,20,1,3,0,'2026-11-18 11:06:40.000',0.5,42);
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
INSERT INTO "model" VALUES(1,'wine','1','mlflow_model','Old.','{"a":"b"}','{}','./wine','WORKSPACE/models/wine/1/wine',7,'{"createdAt":"2026-11-20 09:00:00.000000","environments":[{"file":"conda.yaml","ignored":[],"pythonVersion":"3.11","requirements":["mlflow"]}],"flavors":[{"attributes":[],"name":"python_function"}]}','2026-11-18 11:06:40.000');
CREATE TABLE studioState (
    key TEXT PRIMARY KEY NOT NULL,
    value TEXT NOT NULL
) STRICT;
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
CREATE INDEX jobByEndpoint ON job (endpointName, sequence);
CREATE INDEX unfinishedJob ON job (sequence) WHERE state NOT IN ('Completed', 'Failed', 'Canceled');
CREATE INDEX transitionByJob ON jobTransition (job);
CREATE INDEX failureByJob ON fileFailure (job, miniBatch);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('job',2);
COMMIT;
