/// A kind of thing in a workspace that has a name.
package enum NamedThing: Sendable {
    case model
    case data
    case environment
    case compute
    case datastore
    case endpoint
    case deployment
    case job
    case schedule
}
