package import BatchDomain

/// A deployment that was refused because its scoring script can't run; a face that can deploy it as it is advises how.
package struct ScriptRefusal: Error, Equatable, CustomStringConvertible {
    /// The place of the error, the line and a caret.
    package let error: StudioError

    package var description: String { error.description }
}
