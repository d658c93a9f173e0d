import Testing

@testable import StudioUI

/// Both faces make the same change of a draft, and refuse a bad one in the same words.
@Suite(.parityFixture)
struct ParityTests {
    @Test(arguments: ParityCase.changes)
    func `Both faces make the same change`(parity: ParityCase) async throws {
        try await ParityFixture.with { bench in
            let studio = try await Face.studio.perform(parity, on: bench)
            let commands = try await Face.commandLine.perform(parity, on: bench)
            #expect(studio.error == nil)
            #expect(commands.error == nil)
            #expect(
                studio.workspace != bench.fixture.workspace,
                "The draft changes nothing, so the row compares nothing."
            )
            expectEqual(commands.workspace, studio.workspace)
        }
    }

    @Test(arguments: ParityCase.refusals)
    func `Both faces refuse a bad draft in the same words`(parity: ParityCase) async throws {
        try await ParityFixture.with { bench in
            let studio = try await Face.studio.perform(parity, on: bench)
            let commands = try await Face.commandLine.perform(parity, on: bench)
            let text = try #require(studio.error)
            #expect(commands.error == text)
            expectEqual(studio.workspace, bench.fixture.workspace)
            // What the first of two commands made stays when the second is refused; the studio's verb makes both or none.
            if parity.commands.count == 1 { expectEqual(commands.workspace, bench.fixture.workspace) }
        }
    }

    @Test(arguments: ParityCase.queued)
    func `Both faces queue a job and say so when no executor starts`(parity: ParityCase) async throws {
        try await ParityFixture.with { bench in
            let studio = try await Face.studio.perform(parity, on: bench, startingExecutor: false)
            let commands = try await Face.commandLine.perform(parity, on: bench, startingExecutor: false)
            let text = try #require(studio.error)
            #expect(text.contains("waits for an executor"))
            // A cancelation is noted whether an executor runs or not, so the command only warns.
            #expect((commands.error ?? commands.warning) == text)
            expectEqual(commands.workspace, studio.workspace)
        }
    }

    @Test(arguments: Verb.allCases)
    func `Every use case has a draft that is performed and one that is refused`(verb: Verb) {
        #expect(ParityCase.changes.contains { $0.useCase.verb == verb })
        // The sample has no draft that could be a bad one.
        guard verb != .createSample else { return }
        #expect(ParityCase.refusals.contains { $0.useCase.verb == verb })
    }

    /// Expects two dumps to be equal, and shows the lines that differ.
    private func expectEqual(
        _ dump: [String],
        _ expected: [String],
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let difference = dump.difference(from: expected).map { change in
            switch change {
            case .insert(_, let line, _): "+ " + line
            case .remove(_, let line, _): "- " + line
            }
        }
        #expect(difference.isEmpty, "\(difference.joined(separator: "\n"))", sourceLocation: sourceLocation)
    }
}
