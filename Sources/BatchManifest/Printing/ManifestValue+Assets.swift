package import BatchDomain

extension ManifestValue {
    /// A model as `az ml model show` prints it.
    package init(_ model: Model) {
        self = ManifestValue.mapping([
            Entry("id", .string(model.id.description)),
            Entry("name", .string(model.name)),
            Entry("version", .string(model.version)),
            Entry("type", .string(model.kind.rawValue)),
            Entry("description", .string(model.description)),
            Entry("tags", ManifestValue(model.tags)),
            Entry("properties", ManifestValue(model.properties)),
            Entry("path", .string(model.path)),
            Entry("source", .string(model.source)),
            Entry("size_in_bytes", .int(model.bytes)),
            Entry("flavors", ManifestValue(flavors: model.mlflow)),
            Entry("creation_context", ManifestValue(createdAt: model.createdAt)),
        ])
    }

    /// A model's YAML, as `az ml model create -f` reads it; the path is absolute.
    package init(_ registration: ModelRegistration) {
        self =
            ManifestValue.mapping([
                Entry("name", .string(registration.name)),
                Entry("version", ManifestValue(registration.version)),
                Entry("type", .string(registration.kind.rawValue)),
                Entry("description", .string(registration.description)),
                Entry("tags", ManifestValue(registration.tags)),
                Entry("properties", ManifestValue(registration.properties)),
                Entry("path", .string(registration.path)),
            ]).withoutEmpty
    }

    /// A data asset as `az ml data show` prints it.
    package init(_ data: DataAsset) {
        self = .mapping(
            [
                Entry("id", .string(data.id.description)),
                Entry("name", .string(data.name)),
                Entry("version", .string(data.version)),
                Entry("type", .string(data.kind.rawValue)),
                Entry("description", .string(data.description)),
                Entry("tags", ManifestValue(data.tags)),
                Entry("properties", [:]),
                Entry("path", .string(data.path.description)),
            ] + (data.table.map { [Entry("table", ManifestValue($0))] } ?? []) + [
                Entry("creation_context", ManifestValue(createdAt: data.createdAt))
            ]
        )
    }

    /// The content of an `MLTable` file when its data asset was registered.
    private init(_ table: MLTable) {
        self = .mapping([
            Entry("folder", .string(table.root)),
            Entry("files", .list(table.patterns.map { .string($0) })),
            Entry("read_options", ManifestValue(table.readOptions)),
        ])
    }

    /// An environment as `az ml environment show` prints it.
    package init(_ environment: EnvironmentAsset) {
        self = .mapping([
            Entry("id", .string(environment.id.description)),
            Entry("name", .string(environment.name)),
            Entry("version", .string(environment.version)),
            Entry("description", .string(environment.description)),
            Entry("tags", ManifestValue(environment.tags)),
            Entry("properties", [:]),
            Entry("image", ManifestValue(environment.image)),
            Entry("conda_file", ManifestValue(written: environment.condaFile)),
            Entry("os_type", "linux"),
            Entry("creation_context", ManifestValue(createdAt: environment.createdAt)),
        ])
    }

    /// An environment's YAML, as `az ml environment create -f` reads it, with the conda file in place.
    package init(_ registration: EnvironmentRegistration) {
        self =
            ManifestValue.mapping([
                Entry("name", .string(registration.name)),
                Entry("version", ManifestValue(registration.version)),
                Entry("description", .string(registration.description)),
                Entry("tags", ManifestValue(registration.tags)),
                Entry("image", ManifestValue(registration.image)),
                Entry("conda_file", ManifestValue(written: registration.condaFile)),
            ]).withoutEmpty
    }

    /// A compute target as `az ml compute show` prints it.
    package init(_ compute: ComputeTarget) {
        let numbers =
            compute.cluster.map(Self.entries)
            ?? [
                Entry("location", "local"),
                Entry("size", ManifestValue(compute.size)),
                Entry("min_instances", .int(compute.minInstances)),
                Entry("max_instances", .int(compute.maxInstances)),
                Entry("idle_time_before_scale_down", .int(compute.idleTimeBeforeScaleDown)),
            ]
        self = .mapping(
            [
                Entry("id", .string("computes/\(compute.name)")),
                Entry("name", .string(compute.name)),
                Entry("type", .string(compute.kind.rawValue)),
                Entry("description", .string(compute.description)),
                Entry("tags", ManifestValue(compute.tags)),
            ] + numbers + [
                Entry("provisioning_state", "Succeeded"), Entry("created_on", ManifestValue(compute.createdAt)),
            ]
        )
    }

    private static func entries(of cluster: RayCluster) -> [Entry] {
        let resources = cluster.resources
        return [
            Entry("address", .string(cluster.address)),
            Entry("max_workers", .int(cluster.maxWorkers)),
            Entry(
                "resources_per_worker",
                .mapping([
                    Entry("num_cpus", .double(resources.cpus)),
                    Entry("num_gpus", .double(resources.gpus)),
                    Entry("memory", ManifestValue(resources.memory.map(ByteSize.exactText))),
                    Entry(
                        "custom",
                        .mapping(resources.custom.sorted { $0.key < $1.key }.map { Entry($0.key, .double($0.value)) })
                    ),
                ])
            ),
            Entry("storage", .string(cluster.storage.rawValue)),
            Entry("ray_version", .string(cluster.rayVersion)),
            Entry("python_version", ManifestValue(cluster.pythonVersion)),
            Entry("node_timeout", .int(cluster.nodeTimeout)),
        ]
    }

    /// Text that holds YAML as a tree, other text as it is.
    private init(written text: String?) {
        let document = text.flatMap { try? YAMLDocument(text: $0, file: "") }
        self = document.map { ManifestValue($0.root) } ?? ManifestValue(text)
    }

    private init(flavors mlflow: MLflowModel?) {
        let flavors = mlflow?.flavors.map { flavor in
            Entry(flavor.name, .mapping(flavor.attributes.map { Entry($0.key, ManifestValue(attribute: $0.value)) }))
        }
        self = flavors.map { .mapping($0) } ?? .null
    }

    /// An attribute of a flavor: lists and mappings are kept as YAML in one line.
    private init(attribute text: String) {
        let isTree = text.hasPrefix("{") || text.hasPrefix("[") || text == "null"
        self = isTree ? ManifestValue(written: text) : .string(text)
    }
}

extension ManifestValue {
    /// A datastore as `az ml datastore show` prints it; secrets are masked.
    package init(_ datastore: Datastore) {
        var entries = [
            Entry("id", .string("datastores/\(datastore.name)")),
            Entry("name", .string(datastore.name)),
            Entry("type", .string(datastore.kind)),
            Entry("description", .string(datastore.description)),
            Entry("tags", ManifestValue(datastore.tags)),
        ]
        switch datastore.remote {
        case .azureBlob(let container):
            entries += [
                Entry("account_name", ManifestValue(container.accountName)),
                Entry("container_name", .string(container.container)),
                Entry("endpoint", .string(container.endpoint)),
                Entry("protocol", .string(container.scheme)),
            ]
        case .s3(let bucket):
            entries += [
                Entry("bucket", .string(bucket.bucket)),
                Entry("endpoint_url", ManifestValue(bucket.endpointURL)),
                Entry("region", ManifestValue(bucket.region)),
            ]
        case .http(let url): entries.append(Entry("url", .string(url)))
        case nil: entries.append(Entry("path", .string(datastore.path)))
        }
        if datastore.remote != nil { entries.append(Entry("credentials", Self.masked(datastore.credentials))) }
        entries.append(Entry("creation_context", ManifestValue(createdAt: datastore.createdAt)))
        self = .mapping(entries)
    }

    private static func masked(_ names: [String]) -> ManifestValue {
        let mask = ManifestValue.string(Credentials.mask)
        let headers = names.filter { $0.hasPrefix("headers.") }.map { Entry(String($0.dropFirst(8)), mask) }
        let values = names.filter { !$0.hasPrefix("headers.") }.map { Entry($0, mask) }
        return .mapping(values + (headers.isEmpty ? [] : [Entry("headers", .mapping(headers))]))
    }
}

extension ManifestValue {
    /// A model that MLflow keeps.
    package init(_ model: TrackedModel) {
        self = .mapping([
            Entry("uri", .string(model.uri)),
            Entry("name", .string(model.name)),
            Entry("version", ManifestValue(model.version)),
            Entry("run_id", ManifestValue(model.run)),
            Entry("aliases", .list(model.aliases.map { .string($0) })),
            Entry("stage", ManifestValue(model.stage)),
            Entry("creation_context", model.createdAt.map { ManifestValue(createdAt: $0) } ?? .null),
        ])
    }
}
