import BatchDomain
import Testing

@Suite struct RemoteAddressTests {
    private static let azure = AzureContainer(accountName: "wine", container: "data")

    @Test(arguments: [
        ("s3://bucket/a/b.csv", RemotePlace.s3(S3Bucket(bucket: "bucket")), "a/b.csv", DataAsset.Kind.file),
        ("s3://bucket/a/", .s3(S3Bucket(bucket: "bucket")), "a/", .folder),
        ("s3://bucket", .s3(S3Bucket(bucket: "bucket")), "", .folder),
        ("wasbs://data@wine.blob.core.windows.net/in", .azureBlob(azure), "in", .folder),
        ("abfss://data@wine.dfs.core.windows.net/in/x.csv", .azureBlob(azure), "in/x.csv", .file),
        ("https://wine.blob.core.windows.net/data/in", .azureBlob(azure), "in", .folder),
        ("az://data/in", .azureBlob(AzureContainer(accountName: nil, container: "data")), "in", .folder),
        ("https://example.org/data/x.csv?v=1", .http(url: "https://example.org/data/x.csv?v=1"), "", .file),
        ("http://example.org", .http(url: "http://example.org"), "", .folder),
    ])
    func `An address leads to a place, a path and a likely kind`(
        text: String,
        place: RemotePlace,
        path: String,
        kind: DataAsset.Kind
    ) throws {
        let address = try RemoteAddress(text, field: "input")
        #expect(address.input.place == place)
        #expect(address.input.path == path)
        #expect(address.input.likelyKind == kind)
        #expect(address.credentials.isEmpty)
        #expect(address.cleaned == text)
    }

    @Test(arguments: [
        ("https://wine.blob.core.windows.net/data/x.csv?sv=1&sig=SECRET", "sas_token"),
        ("https://bucket.s3.amazonaws.com/x.csv?X-Amz-Signature=SECRET", "query"),
    ])
    func `A signature is taken out of an address`(text: String, name: String) throws {
        let address = try RemoteAddress(text, field: "input")
        #expect(address.credentials.names == [name])
        #expect(!address.cleaned.contains("SECRET"))
        #expect(!address.input.address.contains("SECRET"))
        #expect(!"\(address.credentials) \(String(reflecting: address.credentials))".contains("SECRET"))
    }

    @Test(arguments: ["ftp://example.org/x", "https://me:SECRET@example.org/x", "s3://", "wasbs:///x"])
    func `An address that can't be read is refused, without what may be secret`(text: String) {
        let problem = #expect(throws: Problem.self) { try RemoteAddress(text, field: "input") }
        #expect(problem?.description.contains("SECRET") == false)
    }
}
