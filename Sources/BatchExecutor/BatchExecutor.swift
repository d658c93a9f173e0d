// The entry file of BatchExecutor comes with its first type.
