import ArgumentParser

/// Groups the commands `batchstudio schedule …`.
struct ScheduleCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schedule",
        abstract: "Start jobs again and again: make schedules, list, change, run and delete them.",
        subcommands: [
            ScheduleCreate.self, ScheduleList.self, ResourceShow<ScheduleNoun>.self, ScheduleUpdate.self,
            ScheduleEnable.self, ScheduleDisable.self, ScheduleTriggerNow.self, ScheduleListRuns.self,
            ScheduleReset.self, ResourceDelete<ScheduleNoun>.self,
        ]
    )
}
