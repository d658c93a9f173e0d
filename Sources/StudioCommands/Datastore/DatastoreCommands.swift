import ArgumentParser

/// Groups the commands `batchstudio datastore …`.
struct DatastoreCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "datastore",
        abstract: "Make datastores, list, show, change and delete them.",
        subcommands: [
            DatastoreCreate.self, DatastoreList.self, ResourceShow<DatastoreNoun>.self, DatastoreUpdate.self,
            ResourceDelete<DatastoreNoun>.self,
        ]
    )
}
