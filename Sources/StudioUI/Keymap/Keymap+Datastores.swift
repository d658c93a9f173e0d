import TerminalKit

extension Keymap {
    static let datastores: [Binding] = [
        Binding(
            .createDatastore,
            ["c"],
            in: .datastores,
            title: "Create",
            help: "Names a folder, a container, a bucket or a web server as a place for data.",
            hint: 10
        ),
        Binding(
            .browseDatastore,
            ["f"],
            in: .datastores,
            .datastore,
            title: "Files",
            help: "Lists the files and folders of the datastore.",
            hint: 11
        ),
        Binding(
            .browseDatastore,
            ["f"],
            in: .datastoreFiles,
            title: "List again",
            help: "Lists the folder again.",
            hint: 11
        ),
        Binding(
            .testDatastore,
            ["t"],
            in: .datastores,
            .datastore,
            title: "Test connection",
            help: "Connects to the datastore with its credentials, and says what is there.",
            hint: 12
        ),
        Binding(
            .deleteDatastore,
            ["D"],
            in: .datastores,
            .datastore,
            title: "Delete",
            help: "Deletes a datastore that no data asset and no unfinished job uses; its files stay.",
            isDangerous: true,
            hint: 60
        ),
    ]
}
