/// The result of creating the sample.
package struct SampleReport: Equatable, Sendable {
    /// A part of the sample.
    package struct Part: Equatable, Sendable {
        /// Its kind, as commands call it: `model`.
        package var kind: String
        /// Its name.
        package var name: String
        /// True when this call created it; false where it existed.
        package var isNew: Bool
    }

    /// The parts, in the order of their creation.
    package var parts: [Part] = []
    /// The name of the endpoint.
    package var endpoint: String
    /// The name of the data to score.
    package var data: String
}
