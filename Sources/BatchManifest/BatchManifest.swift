// The entry file of BatchManifest comes with its first type.
