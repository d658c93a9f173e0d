// The entry file of BatchWorkspace comes with its first type.
