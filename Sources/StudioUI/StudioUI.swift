// The entry file of StudioUI comes with its first type.
