// The entry file of BatchDomain comes with its first type.
