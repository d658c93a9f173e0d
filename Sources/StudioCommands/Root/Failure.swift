import ArgumentParser
import BatchDomain
import Foundation

/// How a command ends that did not do what was asked.
struct Failure: Error, Equatable {
    /// What the error stream says.
    var text: String
    /// 2 for a command or values that can't be right, 1 for everything else.
    var exitCode: Int32

    /// An error of parsing or running, in words for people.
    init(_ error: any Error) {
        switch error {
        case let error as BatchDomain.ValidationError:
            self.init(text: "ERROR: \(error)", exitCode: 2)
        case let error as Problem:
            self.init(text: "ERROR: \(error)", exitCode: 2)
        case let error as StudioError:
            self.init(text: "ERROR: \(error)", exitCode: 1)
        case let error as ExitCode:
            self.init(text: "", exitCode: error.rawValue)
        case let error as CocoaError:
            let path = error.userInfo[NSFilePathErrorKey] as? String
            self.init(text: "ERROR: \(path.map { "\($0): " } ?? "")\(error.localizedDescription)", exitCode: 1)
        default:
            self.init(text: "ERROR: \(error)", exitCode: 1)
        }
    }

    init(text: String, exitCode: Int32) {
        self.text = text
        self.exitCode = exitCode
    }
}
