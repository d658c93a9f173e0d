"""Remote inputs in Azure Blob Storage, and in accounts with folders of their own (Data Lake)."""
import contextlib
import os

from batchstudio_runtime.fetching.errors import translated
from batchstudio_runtime.fetching.source import Source, guarded

# The library would sign a request again for wherever a server redirects; the storage itself never redirects.
WITHOUT_REDIRECTS = {"permit_redirects": False}


class AzureSource(Source):
    def __init__(self, description, limits):
        super().__init__(description, limits)
        import adlfs
        account = self.setting("account_name") or os.environ.get("AZURE_STORAGE_ACCOUNT")
        variables = os.environ
        host = self.setting("account_url") or "https://{}.blob.core.windows.net".format(account)
        given = {
            "account_key": self.credentials.get("account_key"),
            "sas_token": self.credentials.get("sas_token"),
        }
        if not any(given.values()):
            given["account_key"] = variables.get("AZURE_STORAGE_ACCOUNT_KEY") or variables.get("AZURE_STORAGE_KEY")
            given["sas_token"] = variables.get("AZURE_STORAGE_SAS_TOKEN")
        given = {name: value.lstrip("?") for name, value in given.items() if value}
        self.fs = adlfs.AzureBlobFileSystem(
            account_name=account,
            anon=not given,
            asynchronous=True,
            skip_instance_cache=True,
            use_listings_cache=False,
            connection_string=connection_string(account, host, given),
        )

    async def list(self, is_folder, is_recursive):
        """List through the driver's client: its own listing guesses by depth, and takes `in2` for a part of `in` (2026-11)."""
        client = self.fs.service_client.get_container_client(self.description["container"])
        folders, entries = 0, []
        with translated(self.place()):
            if not is_folder:
                found = await client.get_blob_client(self.path).get_blob_properties(**WITHOUT_REDIRECTS)
                return [azure_entry(found, self.path.rsplit("/", 1)[-1])], 0
            prefix = self.path.strip("/") + "/" if self.path.strip("/") else ""
            if is_recursive:
                listing = client.list_blobs(name_starts_with=prefix, include=["metadata"], **WITHOUT_REDIRECTS)
            else:
                listing = client.walk_blobs(name_starts_with=prefix, delimiter="/", include=["metadata"], **WITHOUT_REDIRECTS)
            async for found in listing:
                if found.name.endswith("/"):
                    folders += found.name != prefix
                # Accounts with folders of their own list these as empty blobs with a mark.
                elif not (found.get("metadata") or {}).get("hdi_isfolder"):
                    entries.append(azure_entry(found, found.name[len(prefix):]))
        return entries, folders

    @contextlib.asynccontextmanager
    async def read(self, entry, offset, meter):
        from azure.core import MatchConditions
        wanted = dict(WITHOUT_REDIRECTS, raw_response_hook=lambda answer: begin(meter, answer))
        if entry["etag"]:
            wanted.update({"etag": '"' + entry["etag"] + '"', "match_condition": MatchConditions.IfNotModified})
        with translated(entry["name"]):
            client = self.fs.service_client.get_blob_client(self.description["container"], entry["key"])
            stream = await client.download_blob(offset=offset or None, retry_total=0, **wanted)
            yield offset, entry["size"], guarded(stream.chunks(), entry["name"])


def begin(meter, answer):
    """Has the meter count the bytes of an answer as they come: the library returns blocks of megabytes."""
    body = answer.http_response.internal_response.content
    meter.begin(lambda: body.total_bytes)


def azure_entry(blob, name):
    etag = blob.etag and blob.etag.strip('"')
    mtime = blob.last_modified.timestamp() if blob.last_modified else None
    return {"name": name, "key": blob.name, "size": blob.size, "etag": etag, "mtime": mtime}


def connection_string(account, host, given):
    """Return what the Azure library connects by: unlike its other ways in, it takes hosts of any name, as emulators have."""
    parts = ["BlobEndpoint=" + host.rstrip("/")]
    if account:
        parts.append("AccountName=" + account)
    if "account_key" in given:
        parts.append("AccountKey=" + given["account_key"])
    elif "sas_token" in given:
        parts.append("SharedAccessSignature=" + given["sas_token"])
    return ";".join(parts)
