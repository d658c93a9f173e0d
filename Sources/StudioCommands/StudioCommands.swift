// The entry file of StudioCommands comes with its first type.
