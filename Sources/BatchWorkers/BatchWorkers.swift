// The entry file of BatchWorkers comes with its first type.
