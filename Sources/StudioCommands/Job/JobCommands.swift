import ArgumentParser

/// Groups the commands `batchstudio job …`.
struct JobCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "job",
        abstract: "List jobs, follow, cancel and delete them, and get their output.",
        subcommands: [
            JobCreate.self, JobList.self, JobShow.self, JobUpdate.self, JobStream.self, JobCancel.self,
            JobDelete.self, JobDownload.self, JobOutputs.self, JobProfile.self, JobCompare.self, JobReportCommand.self,
            JobRetryFailed.self,
            JobResume.self,
            JobArchive.self, JobRestore.self,
        ]
    )
}
