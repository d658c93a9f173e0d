/// The part of a list that is wanted: archived entries are left out unless they are asked for.
package enum Visibility: Sendable {
    case active
    case archived
    case all
}
