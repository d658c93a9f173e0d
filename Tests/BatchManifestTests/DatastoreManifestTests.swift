import BatchDomain
import BatchManifest
import Foundation
import Testing

@Suite struct DatastoreManifestTests {
    private static let now = Date(timeIntervalSince1970: 0)

    private func read(_ text: String, keeping kept: Credentials = Credentials()) throws -> DatastoreRegistration {
        try DatastoreManifest.read(YAMLDocument(text: text, file: "ds.yml"), now: Self.now, keeping: kept)
    }

    @Test(arguments: [
        (
            "type: azure_blob\naccount_name: wine\ncontainer_name: data\ncredentials: {account_key: K}",
            RemotePlace.azureBlob(AzureContainer(accountName: "wine", container: "data")), ["account_key"]
        ),
        (
            "type: azure_blob\naccount_name: a\ncontainer_name: c\nendpoint: core.chinacloudapi.cn\nprotocol: http\ncredentials: none",
            .azureBlob(
                AzureContainer(accountName: "a", container: "c", endpoint: "core.chinacloudapi.cn", scheme: "http")
            ), []
        ),
        (
            "type: s3\nbucket: b\nregion: eu-west-1\ncredentials: {access_key_id: A, secret_access_key: S}",
            .s3(S3Bucket(bucket: "b", region: "eu-west-1")), ["access_key_id", "secret_access_key"]
        ),
        (
            "type: http\nurl: https://example.org/d\ncredentials: {token: T, headers: {X-Key: H}}",
            .http(url: "https://example.org/d"), ["token", "headers.X-Key"]
        ),
    ])
    func `A datastore elsewhere is read`(text: String, place: RemotePlace, credentials: [String]) throws {
        let registration = try read("name: archive\n" + text)
        #expect(registration.datastore.remote == place)
        #expect(registration.datastore.credentials == credentials)
    }

    @Test(arguments: [
        (
            "type: azure_blob\ncredentials: {account_key: SECRET, sas_token: SECRET}",
            ["account_name", "container_name", "credentials"]
        ),
        ("type: s3\nbucket: b\ncredentials: {access_key_id: SECRET}", ["credentials"]),
        ("type: http\nurl: 'https://example.org/?sig=SECRET'", ["url"]),
        ("type: azure_file", ["type"]),
        ("type: http\nurl: https://example.org\ncredentials: {token: '***'}", ["credentials.token"]),
    ])
    func `What is wrong is told at once, without secrets`(text: String, fields: [String]) {
        let error = #expect(throws: ValidationError.self) { try read("name: archive\n" + text) }
        #expect(error?.problems.map(\.field).sorted() == fields)
        #expect(error?.description.contains("SECRET") == false)
    }

    @Test func `What is shown can be read again, and keeps the secrets`() throws {
        let first = try read("name: n\ntype: http\nurl: https://example.org\ncredentials: {token: T, headers: {X: H}}")
        let shown = ManifestValue(first.datastore).yaml
        #expect(!shown.contains("T\n") && shown.contains(Credentials.mask))
        #expect(try read(shown, keeping: first.credentials) == first)
    }
}
