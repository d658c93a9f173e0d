import ArgumentParser

/// Groups the commands `batchstudio job …`.
struct JobCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "job",
        abstract: "List jobs, follow them, cancel them, and get their output.",
        subcommands: [
            JobCreate.self, JobList.self, JobShow.self, JobUpdate.self, JobStream.self, JobCancel.self,
            JobDownload.self, JobOutputs.self, JobRetryFailed.self, JobResume.self, JobArchive.self, JobRestore.self,
        ]
    )
}
