/// Which queries are on their way, so that a workspace that changes all the time is asked one question at a time.
struct FetchLedger: Equatable {
    private struct Key: Hashable {
        var query: Query
        var screen: Int
    }

    /// The queries on their way, with the number of the event that asked.
    private var underway: [Key: Int] = [:]
    private var outdated: Set<Key> = []

    /// Returns whether a query may be asked now; one that is on its way is marked to be asked again.
    mutating func begin(_ query: Query, screen: Int, event: Int) -> Bool {
        let key = Key(query: query, screen: screen)
        if underway.updateValue(event, forKey: key) == nil { return true }
        outdated.insert(key)
        return false
    }

    /// The number of the event that asked a query last; nil where it is not on its way.
    func event(of query: Query, screen: Int) -> Int? { underway[Key(query: query, screen: screen)] }

    /// Takes a query back; whether it has to be asked again.
    mutating func end(_ query: Query, screen: Int) -> Bool {
        let key = Key(query: query, screen: screen)
        underway[key] = nil
        return outdated.remove(key) != nil
    }
}
