"""S3 on loopback for tests, by moto.

`python s3_server.py FOLDER` puts FOLDER/files into the bucket `data` and prints the port.
"""
import os
import sys

os.environ.update(AWS_ACCESS_KEY_ID="testing", AWS_SECRET_ACCESS_KEY="testing", AWS_DEFAULT_REGION="us-east-1")
import boto3
from moto.server import ThreadedMotoServer

FOLDER = os.path.abspath(sys.argv[1]) + "/files"
server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
server.start()
host, port = server.get_host_and_port()
client = boto3.client("s3", endpoint_url=f"http://127.0.0.1:{port}")
client.create_bucket(Bucket="data")
for folder, _, files in os.walk(FOLDER):
    for name in files:
        path = os.path.join(folder, name)
        with open(path, "rb") as file:
            client.put_object(Bucket="data", Key=os.path.relpath(path, FOLDER), Body=file)
print(port, flush=True)
# The test that started it holds the other end.
sys.stdin.read()
os._exit(0)
