import BatchDomain
import TerminalKit
import Testing

@testable import StudioUI

struct SchedulePageTests {
    @Test func `space disables the selected schedule, and u enables it again`() {
        var studio = StudioBench()
        studio.openSchedules()
        studio.press("j")
        let change = UseCase.setScheduleEnabled("nightly", false)
        #expect(studio.press(.space) == [.perform(change, screen: 2)])
        studio.send(
            .message(.performed(change, screen: 2, .schedule(Samples.schedule(isEnabled: false)), at: StudioBench.now))
        )
        #expect(studio.messages.first?.contains("Schedule nightly is disabled") == true)
        #expect(studio.press("u").contains(.perform(.setScheduleEnabled("nightly", true), screen: 0)))
    }

    @Test func `space enables those of the marked schedules that are not`() {
        var studio = StudioBench()
        studio.openSchedules()
        studio.press("*", .space)
        let change = UseCase.each([.setScheduleEnabled("hourly", true), .setScheduleEnabled("weekly", true)])
        #expect(studio.useCases == [change])
        let outcome = Outcome.each(done: 2, failures: [])
        studio.send(.message(.performed(change, screen: 2, outcome, at: StudioBench.now)))
        #expect(studio.messages.first?.contains("2 of 2 schedules enabled") == true)
    }

    @Test(arguments: [true, false])
    func `a schedule is triggered after a question, and its job is opened`(isOnPage: Bool) {
        var studio = StudioBench()
        if isOnPage { studio.openSchedule() } else { studio.openSchedules() }
        if !isOnPage { studio.press("j") }
        studio.press("t")
        #expect(studio.useCases.isEmpty)
        studio.press(.right, .enter)
        #expect(studio.useCases == [.triggerSchedule("nightly")])
        let screen = studio.model.screens.last?.id ?? 0
        let outcome = Outcome.job(Samples.job())
        studio.send(.message(.performed(.triggerSchedule("nightly"), screen: screen, outcome, at: StudioBench.now)))
        #expect(studio.model.page?.route == .job("five"))
    }

    @Test func `enter opens the job of a run, and says why there is none`() {
        var studio = StudioBench()
        studio.openSchedule()
        studio.press(.tab)
        studio.answer(.scheduleRuns("nightly"), .scheduleRuns(schedule: "nightly", Samples.scheduleRuns))
        studio.press("j", .enter)
        #expect(studio.messages.first?.contains("The run before was not over") == true)
        studio.press("k", .enter)
        #expect(studio.model.page?.route == .job("five"))
    }

    @Test func `a schedule is deleted after a question, and its page is left`() {
        var studio = StudioBench()
        studio.openSchedules()
        studio.press("j", .enter)
        studio.answer(.schedule("nightly"), .schedule(Samples.scheduleContent))
        studio.delete([.schedule("nightly")])
        studio.press(.right, .enter)
        #expect(studio.useCases == [.deleteSchedule("nightly")])
        let screen = studio.model.screens.last?.id ?? 0
        studio.send(.message(.performed(.deleteSchedule("nightly"), screen: screen, .deleted, at: StudioBench.now)))
        #expect(studio.way == ["Schedules"])
    }

    @Test func `the palette finds schedules by name, and their page is left when they are gone`() {
        var studio = StudioBench()
        studio.press(":")
        for letter in "schedule night" { studio.press(.character(letter)) }
        let objects = [StudioObject("schedule", "nightly", .schedule("nightly"))]
        studio.send(.message(.fetched(.objects, screen: 0, .objects(objects), at: StudioBench.now)))
        studio.press(.enter)
        #expect(studio.way == ["Endpoints", "nightly"])
        let gone = Failure("open", StudioError(.notFound, "There is no schedule named 'nightly'."))
        let screen = studio.model.screens.last?.id ?? 0
        studio.send(.message(.missed(.schedule("nightly"), screen: screen, gone, at: StudioBench.now)))
        #expect(studio.way == ["Endpoints"])
    }

    @Test func `a job says which schedule has started it`() {
        var studio = StudioBench()
        studio.open(.job("five"))
        var content = Samples.content(.failed)
        content.run = Samples.scheduleRuns[0].run
        studio.answer(.job("five"), .job(content))
        #expect(studio.text.contains("started by nightly, run 31"))
    }
}
