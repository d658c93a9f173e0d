// The entry file of TerminalKit comes with its first type.
