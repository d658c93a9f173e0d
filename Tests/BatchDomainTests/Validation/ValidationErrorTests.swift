import BatchDomain
import Testing

struct ValidationErrorTests {
    @Test(arguments: [
        (Problem(field: "name", rule: "must be given"), "name must be given."),
        (
            Problem(field: "name", value: "a", rule: "is too short", example: "wine-batch"),
            "name is 'a': it is too short. Example: wine-batch"
        ),
        (
            Problem(field: "x", rule: "is unknown", location: SourceLocation(file: "d.yml", line: 3, column: 5)),
            "d.yml:3:5: x is unknown."
        ),
        (
            Problem(
                field: "x",
                rule: "is unknown; did you mean 'y'?",
                location: SourceLocation(file: "d.yml", line: 3)
            ),
            "d.yml:3: x is unknown; did you mean 'y'?"
        ),
    ])
    func `A problem reads as a sentence`(problem: Problem, text: String) {
        #expect(problem.description == text)
    }

    @Test func `Many problems are a list`() {
        let error = ValidationError([Problem(field: "a", rule: "is bad"), Problem(field: "b", rule: "is worse")])
        #expect(error.description == "2 problems:\n  - a is bad.\n  - b is worse.")
    }

    @Test func `No problem is no error`() throws {
        try ValidationError.throwIfAny([])
    }

    @Test func `An error without a problem is a mistake of the program`() async {
        await #expect(processExitsWith: .failure) {
            _ = ValidationError([Problem]())
        }
    }
}

struct StudioErrorTests {
    @Test(arguments: [
        (StudioError(.notFound, "There is no model 'x'."), "There is no model 'x'."),
        (StudioError(.notFound, "There is none.", advice: "Make one."), "There is none. Make one."),
    ])
    func `An error says what happened and what to do`(error: StudioError, text: String) {
        #expect(error.description == text)
    }
}
