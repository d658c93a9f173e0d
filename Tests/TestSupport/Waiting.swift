import BatchDomain

/// Waits until a condition holds, looking again and again, and throws when the deadline passes first.
package func wait<Value>(
    for what: String,
    within limit: Duration = .seconds(120),
    _ condition: () async throws -> Value?
) async throws -> Value {
    let deadline = ContinuousClock.now + limit
    while ContinuousClock.now < deadline {
        if let value = try await condition() { return value }
        try await Task.sleep(for: .milliseconds(5))
    }
    throw StudioError(.scoring, "Waited \(limit) in vain for \(what).")
}
