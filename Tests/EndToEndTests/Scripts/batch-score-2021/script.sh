#!/bin/bash
# Scores a folder of texts on a batch endpoint, in the words of the first preview (2021).
set -e

ENDPOINT_NAME=texts-2021
DEPLOYMENT_NAME=nonmlflowdp

az extension add -n ml -y
az account set --subscription 00000000-0000-0000-0000-000000000000
az configure --defaults group=my-group workspace=my-workspace location=westus2

# <create_compute>
az ml compute create -n batch-cluster --type amlcompute --min-instances 0 --max-instances 5
# </create_compute>

# <create_endpoint>
az ml batch-endpoint create --name $ENDPOINT_NAME
# </create_endpoint>

# <create_deployment>
az ml batch-deployment create --name $DEPLOYMENT_NAME --endpoint-name $ENDPOINT_NAME --file nonmlflow-deployment.yml --set-default
# </create_deployment>

az ml batch-endpoint show --name $ENDPOINT_NAME
az ml batch-deployment show --name $DEPLOYMENT_NAME --endpoint-name $ENDPOINT_NAME

# <start_job>
JOB_NAME=$(az ml batch-endpoint invoke --name $ENDPOINT_NAME --input-path folder:./texts --query name -o tsv)
# </start_job>

az ml job show -n $JOB_NAME --web

# <wait>
status=$(az ml job show -n $JOB_NAME --query status -o tsv)
while [[ $status != "Completed" && $status != "Failed" && $status != "Canceled" ]]
do
  echo "Waiting: $status"
  sleep 1
  status=$(az ml job show -n $JOB_NAME --query status -o tsv)
done
if [[ $status == "Completed" ]]
then
  echo "Job completed"
else
  echo "Job $status"
  exit 1
fi
# </wait>

# <override>
OUTPUT_FILE_NAME=predictions_$RANDOM.csv
JOB_NAME=$(az ml batch-endpoint invoke --name $ENDPOINT_NAME --input-local-path ./texts --output-path folder:azureml://datastores/workspaceblobstore/paths/$ENDPOINT_NAME --set output_file_name=$OUTPUT_FILE_NAME --mini-batch-size 3 --instance-count 2 --query name -o tsv)
az ml job stream -n $JOB_NAME
az ml job download --name $JOB_NAME --output-name score --download-path ./overridden
mv ./overridden/named-outputs/score/$OUTPUT_FILE_NAME ./overridden.csv
# </override>

# <second_deployment>
az ml batch-deployment create --file seconddp.yml --endpoint-name $ENDPOINT_NAME
az ml batch-endpoint update --name $ENDPOINT_NAME --defaults deployment_name=seconddp
az ml batch-endpoint show --name $ENDPOINT_NAME --query defaults.deployment_name -o tsv
# </second_deployment>

az ml data create --name texts --path ./texts
JOB_NAME=$(az ml batch-endpoint invoke --name $ENDPOINT_NAME --input-dataset azureml:texts:1 --query name -o tsv)
az ml job stream -n $JOB_NAME
az ml job download --name $JOB_NAME --output-name score --download-path ./second

az ml batch-deployment list-jobs --name $DEPLOYMENT_NAME --endpoint-name $ENDPOINT_NAME --query [].name -o tsv | wc -l
az ml batch-endpoint list-jobs --name $ENDPOINT_NAME --query [].name -o tsv | wc -l

az ml batch-deployment delete --name $DEPLOYMENT_NAME --endpoint-name $ENDPOINT_NAME --yes
az ml batch-endpoint delete --name $ENDPOINT_NAME --yes
