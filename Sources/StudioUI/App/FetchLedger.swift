/// Which queries are on their way, so that a workspace that changes all the time is asked one question at a time.
struct FetchLedger: Equatable {
    private struct Key: Hashable {
        var query: Query
        var screen: Int
    }

    private var underway: Set<Key> = []
    private var outdated: Set<Key> = []

    /// Returns whether a query may be asked now; one that is on its way is marked to be asked again.
    mutating func begin(_ query: Query, screen: Int) -> Bool {
        let key = Key(query: query, screen: screen)
        if underway.insert(key).inserted { return true }
        outdated.insert(key)
        return false
    }

    /// Takes a query back; whether it has to be asked again.
    mutating func end(_ query: Query, screen: Int) -> Bool {
        let key = Key(query: query, screen: screen)
        underway.remove(key)
        return outdated.remove(key) != nil
    }
}
