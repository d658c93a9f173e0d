"""Credentials go to the origin that they are for: never to another scheme, host or port that a server redirects to."""
import unittest

from fetcher_test_case import Fetch, FetcherTestCase, Server

SECRETS = {"X-Api-Key": "SECRET-key", "Cookie": "session=SECRET-cookie", "Authorization": "Basic SECRET-basic"}


class RedirectTests(FetcherTestCase):
    def setUp(self):
        self.here = Server(self, {"in/a.csv": b"a\n", "in/b.csv": b"b\n"})
        self.there = Server(self, {"in/a.csv": b"a\n", "else/b.csv": b"b\n"})

    def assert_no_secrets(self, server):
        requests = server.requests()
        self.assertTrue(requests, "the redirect was not followed")
        self.assertNotIn("SECRET", repr(requests))

    def secrets_of(self, server):
        return [headers.get("x-api-key") for _, _, headers in server.requests()]

    def test_every_credential_header_is_sent_to_the_address_itself(self):
        fetch = Fetch(self, self.web(self.here, "in/", headers=SECRETS))
        fetch.list()
        self.assertEqual(fetch.names(), ["a.csv", "b.csv"])
        self.assertEqual(fetch.fetch(count=2)["failed"], 0)
        for _, path, headers in self.here.requests():
            for name, value in SECRETS.items():
                self.assertEqual(headers.get(name.lower()), value, path)

    def test_a_file_on_another_port_is_fetched_without_credentials(self):
        self.here.set_faults({"/in/a.csv": {"redirect": self.there.url + "/in/a.csv"}})
        fetch = Fetch(self, self.web(self.here, "in/", headers=SECRETS, token="SECRET-token"))
        fetch.list()
        self.assertEqual(fetch.fetch(count=2)["failed"], 0)
        self.assertEqual(fetch.content("a.csv"), b"a\n")
        self.assert_no_secrets(self.there)

    def test_a_list_on_another_port_is_read_without_credentials(self):
        self.here.set_faults({"/in/": {"redirect": self.there.url + "/in/"}})
        fetch = Fetch(self, self.web(self.here, "in/", headers=SECRETS))
        fetch.list()
        self.assertEqual(fetch.names(), ["a.csv"])
        self.assert_no_secrets(self.there)

    def test_each_step_of_a_chain_is_judged_by_itself(self):
        self.here.set_faults({
            "/in/a.csv": {"redirect": "/in/c.csv"}, "/in/c.csv": {"redirect": self.there.url + "/x"},
        })
        self.there.set_faults({"/x": {"redirect": "/y"}, "/y": {"redirect": self.here.url + "/in/b.csv"}})
        fetch = Fetch(self, self.web(self.here, "in/a.csv", headers=SECRETS))
        fetch.list(is_folder=False)
        self.assertEqual(fetch.fetch()["failed"], 0)
        self.assertEqual(fetch.content("a.csv"), b"b\n")
        self.assert_no_secrets(self.there)
        self.assertEqual(set(self.secrets_of(self.here)), {"SECRET-key"})

    def test_another_name_of_the_same_host_is_another_host(self):
        self.here.set_faults({"/in/a.csv": {"redirect": self.here.url.replace("127.0.0.1", "localhost") + "/in/b.csv"}})
        fetch = Fetch(self, self.web(self.here, "in/a.csv", headers=SECRETS))
        fetch.list(is_folder=False)
        self.assertEqual(fetch.fetch()["failed"], 0)
        last = self.here.requests()[-1]
        self.assertEqual(last[1], "/in/b.csv")
        self.assertNotIn("SECRET", repr(last))

    def test_a_file_that_needs_the_credentials_there_says_so(self):
        self.here.set_faults({"/in/a.csv": {"redirect": self.there.url + "/in/a.csv"}})
        self.there.require("X-Api-Key", "SECRET-key")
        fetch = Fetch(self, self.web(self.here, "in/", headers=SECRETS))
        fetch.list()
        message = (
            f"access is denied (HTTP 403 Forbidden): the server redirects to {self.there.url}, where the credentials of "
            f"{self.here.url} are not sent"
        )
        self.assert_failed(fetch, "a.csv", "AccessDenied", message)

    def test_a_redirect_to_no_web_address_is_a_reason(self):
        self.here.set_faults({"/in/a.csv": {"redirect": "ftp://127.0.0.1/a.csv"}})
        fetch = Fetch(self, self.web(self.here, "in/"))
        fetch.list()
        self.assert_failed(fetch, "a.csv", "ServerError", "the server redirects to an address that is not HTTP")

    def test_redirects_of_s3_are_not_followed(self):
        self.here.set_faults({"/data": {"redirect": self.there.url + "/data"}})
        credentials = {"access_key_id": "SECRET-id", "secret_access_key": "SECRET-access", "session_token": "SECRET-session"}
        event = Fetch(self, {
            "kind": "s3", "bucket": "data", "endpoint_url": self.here.url, "region": "us-east-1", "path": "in",
            "address": "s3://data/in", "credentials": credentials,
        }).list()
        self.assertIn("SECRET-session", repr(self.here.requests()))
        self.assertEqual(self.there.requests(), [])
        self.assertEqual(event["op"], "failed")
        self.assertEqual(event["message"], "the server redirects to another address (HTTP 302), which is not followed")

    def test_redirects_of_azure_are_not_followed(self):
        for credentials in ({"account_key": "U0VDUkVU"}, {"sas_token": "sv=1&sig=SECRET"}):
            self.here.set_faults({
                "/wine/data": {"redirect": self.there.url + "/wine/data"},
                "/wine/data/a.csv": {"redirect": self.there.url + "/wine/data/a.csv"},
            })
            for is_folder, path in ((True, ""), (False, "a.csv")):
                event = Fetch(self, {
                    "kind": "azure_blob", "account_name": "wine", "account_url": self.here.url + "/wine", "container": "data",
                    "path": path, "address": "wasbs://data", "credentials": credentials,
                }).list(is_folder=is_folder)
                self.assertEqual(event["op"], "failed")
                self.assertEqual(
                    event["message"], "the server redirects to another address (HTTP 302), which is not followed"
                )
        self.assertEqual(self.there.requests(), [])
        self.assertEqual(len(self.here.requests()), 4)


if __name__ == "__main__":
    unittest.main()
