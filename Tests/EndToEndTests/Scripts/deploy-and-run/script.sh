#!/bin/bash
# Registers a model, deploys it twice under one endpoint and scores with both.
set -e

# <name_endpoint>
ENDPOINT_NAME="wine-batch"
# </name_endpoint>

echo "Creating compute"
# <create_compute>
az ml compute create -n batch-cluster --type amlcompute --min-instances 0 --max-instances 2
# </create_compute>

# <register_model>
MODEL_NAME='wine'
az ml model create --name $MODEL_NAME --type "mlflow_model" --path "model"
# </register_model>

# <register_dataset>
az ml data create -f data.yml
# </register_dataset>

# <create_endpoint>
az ml batch-endpoint create --file endpoint.yml --name $ENDPOINT_NAME
# </create_endpoint>

# <create_deployment_set_default>
az ml batch-deployment create --file deployment-mlflow/deployment.yml --endpoint-name $ENDPOINT_NAME --set-default
# </create_deployment_set_default>

# <query_endpoint>
az ml batch-endpoint show --name $ENDPOINT_NAME
az ml batch-deployment show --name wine-mlflow --endpoint-name $ENDPOINT_NAME
# </query_endpoint>

# <start_batch_scoring_job>
JOB_NAME=$(az ml batch-endpoint invoke --name $ENDPOINT_NAME --input azureml:wine-unlabeled@latest --query name -o tsv)
# </start_batch_scoring_job>

# <show_job_in_studio>
az ml job show -n $JOB_NAME --web
# </show_job_in_studio>

# <stream_job_logs>
az ml job stream -n $JOB_NAME
# </stream_job_logs>

# <check_job_status>
STATUS=$(az ml job show -n $JOB_NAME --query status -o tsv)
echo $STATUS
if [[ $STATUS == "Completed" ]]
then
  echo "Job completed"
elif [[ $STATUS == "Failed" ]]
then
  echo "Job failed"
  exit 1
fi
# </check_job_status>

# <download_outputs>
az ml job download --name $JOB_NAME --output-name score --download-path ./
# </download_outputs>

# <start_batch_scoring_job_configure_output>
OUTPUT_FILE_NAME=predictions_overwritten.csv
JOB_NAME=$(az ml batch-endpoint invoke --name $ENDPOINT_NAME --input ./unlabeled --input-type uri_folder --output-path azureml://datastores/workspaceblobstore/paths/$ENDPOINT_NAME --set output_file_name=$OUTPUT_FILE_NAME --mini-batch-size 20 --instance-count 1 --query name -o tsv)
az ml job stream -n $JOB_NAME
az ml job download --name $JOB_NAME --output-name score --download-path ./overwritten
# </start_batch_scoring_job_configure_output>

# <start_batch_scoring_job_from_file>
JOB_NAME=$(az ml batch-endpoint invoke --name $ENDPOINT_NAME --file inputs.yml --experiment-name wines --query name -o tsv)
az ml job stream -n $JOB_NAME
az ml job download --name $JOB_NAME --all --download-path ./from-file
# </start_batch_scoring_job_from_file>

# <create_new_deployment>
az ml batch-deployment create --file deployment-custom/deployment.yml --endpoint-name $ENDPOINT_NAME
# </create_new_deployment>

# <test_new_deployment>
JOB_NAME=$(az ml batch-endpoint invoke --name $ENDPOINT_NAME --deployment-name wine-lines --input unlabeled --query name -o tsv)
az ml job stream -n $JOB_NAME
az ml job download --name $JOB_NAME --output-name score --download-path ./lines
# </test_new_deployment>

# <update_default_deployment>
az ml batch-endpoint update --name $ENDPOINT_NAME --set defaults.deployment_name=wine-lines
# </update_default_deployment>
az ml batch-endpoint show --name $ENDPOINT_NAME --query "{name: name, default: defaults.deployment_name}" -o yaml

# <list_jobs>
az ml batch-deployment list-jobs --name wine-mlflow --endpoint-name $ENDPOINT_NAME --query "[].{Name: name, Status: status}" -o table
# </list_jobs>

# <delete_deployment>
az ml batch-deployment delete --name wine-mlflow --endpoint-name $ENDPOINT_NAME --yes
# </delete_deployment>

# <delete_endpoint>
az ml batch-endpoint delete --name $ENDPOINT_NAME --yes
# </delete_endpoint>
