import ArgumentParser
import BatchDomain
import Foundation
import StudioCore
import SystemKit

/// How a command ends that did not do what was asked.
struct Failure: Error, Equatable {
    /// The text for the error stream.
    var text: String
    /// 2 for a command or values that can't be right, 1 for everything else.
    var exitCode: Int32

    /// An error of running, as text for users; unexpected ones are shortened unless details are wanted.
    init(_ error: any Error, isDetailed: Bool = false) {
        switch error {
        case let error as BatchDomain.ValidationError:
            self.init(text: "ERROR: \(error)", exitCode: 2)
        case let error as Problem:
            self.init(text: "ERROR: \(error)", exitCode: 2)
        case let error as StudioError:
            self.init(text: "ERROR: \(error)", exitCode: 1)
        case let refusal as ScriptRefusal:
            self.init(
                text: "ERROR: \(refusal) To deploy it as it is, pass --skip-script-validation.",
                exitCode: 1
            )
        case let error as FileError:
            self.init(text: "ERROR: \(error)", exitCode: 1)
        case let error as ExitCode:
            self.init(text: "", exitCode: error.rawValue)
        case let error as CocoaError:
            let path = error.userInfo[NSFilePathErrorKey] as? String
            self.init(text: "ERROR: \(path.map { "\($0): " } ?? "")\(error.localizedDescription)", exitCode: 1)
        case _ where Studio.explanation(of: error) != nil:
            self.init(text: "ERROR: \(Studio.explanation(of: error).map { "\($0)" } ?? "")", exitCode: 1)
        default:
            let words = "\(error)"
            // A library's error ends with the statement that it comes from, which says nothing to a user.
            let short = words.split(separator: " - while executing").first.map(String.init) ?? words
            self.init(
                text: isDetailed
                    ? "ERROR: \(words)" : "ERROR: \(short). This error is unexpected; --debug shows all of it.",
                exitCode: 1
            )
        }
    }

    init(text: String, exitCode: Int32) {
        self.text = text
        self.exitCode = exitCode
    }

    /// The text with very long lines cut: a name that was not found may have any length.
    var shown: String {
        let longest = 4000
        guard text.utf8.count > longest else { return text }
        return text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            line.utf8.count > longest ? String(line.unicodeScalars.prefix(longest)) + "…" : String(line)
        }.joined(separator: "\n")
    }
}
