#!/bin/bash
# A script of the kind that runs in a pipeline: nothing is read but what --query picks out.
set -euo pipefail

GROUP="-g my-group -w my-workspace"
ENDPOINT=letters-$RANDOM

expect() {
  if [[ "$2" != "$3" ]]; then
    echo "$1: expected '$2', got '$3'" >&2
    exit 1
  fi
}

if ! az ml compute show -n cpu-cluster $GROUP -o none 2> /dev/null; then
  az ml compute create -n cpu-cluster --type AmlCompute --size Standard_DS3_v2 --tier low_priority --idle-time-before-scale-down 300 $GROUP --no-wait -o none
fi
expect "compute" "4" "$(az ml compute list $GROUP --query "[?name=='cpu-cluster'].max_instances | [0]" -o tsv)"

MODEL=$(az ml model create --name letters --path ./model $GROUP --query "join(':', [name, version])" -o tsv)
expect "model" "letters:1" "$MODEL"
az ml environment create --name counting --image python:3.11 --conda-file environment/conda.yml --tags team=letters $GROUP -o none
VERSION=$(az ml environment list --name counting $GROUP --query "[0].version" --output tsv)
expect "environment" "1" "$VERSION"

az ml batch-endpoint create -n $ENDPOINT $GROUP --set tags.team=letters description="Counts letters" --no-wait -o none
expect "endpoint" "Succeeded" "$(az ml batch-endpoint show -n $ENDPOINT $GROUP --query provisioning_state -o tsv)"

for DEPLOYMENT in vowels wide; do
  az ml batch-deployment create -f deployment.yml -n $DEPLOYMENT -e $ENDPOINT $GROUP --set settings.error_threshold=0 tags.owner=$DEPLOYMENT --no-wait -o none
done
az ml batch-deployment update -n wide -e $ENDPOINT $GROUP --set mini_batch_size=3 resources.instance_count=2 -o none
expect "deployments" "vowels wide" "$(az ml batch-deployment list -e $ENDPOINT $GROUP --query "sort([].name)" -o tsv | tr '\n' ' ' | sed 's/ $//')"
expect "settings" "3	2	0" "$(az ml batch-deployment show -n wide -e $ENDPOINT $GROUP --query "[[mini_batch_size, resources.instance_count, error_threshold]]" -o tsv)"
expect "default" "vowels" "$(az ml batch-endpoint show -n $ENDPOINT $GROUP --query defaults.deployment_name -o tsv)"
az ml batch-endpoint update -n $ENDPOINT $GROUP --set defaults.deployment_name=wide --no-wait -o none
az ml batch-endpoint update -n $ENDPOINT $GROUP --add tags.stage=test --remove tags.team -o none
expect "tags" "test" "$(az ml batch-endpoint show -n $ENDPOINT $GROUP --query "tags | [stage, team] | [0]" -o tsv)"

JOBS=()
for DEPLOYMENT in vowels wide; do
  JOBS+=("$(az ml batch-endpoint invoke -n $ENDPOINT -d $DEPLOYMENT --input ./texts $GROUP --set retry_settings.max_retries=1 retry_settings.timeout=60 error_threshold=-1 --job-name $ENDPOINT-$DEPLOYMENT --query name -o tsv)")
done
JOBS+=("$(az ml batch-endpoint invoke -n $ENDPOINT --input ./texts/1.txt --input-type uri_file $GROUP --query '[name][0]' -o tsv)")
for JOB in "${JOBS[@]}"; do
  az ml job stream -n "$JOB" $GROUP > "stream-$JOB.txt"
done

expect "all" "3" "$(az ml batch-endpoint list-jobs -n $ENDPOINT $GROUP --query "length(@)" -o tsv)"
expect "completed" "3" "$(az ml job list $GROUP --query "length([?status=='Completed' && starts_with(experiment_name, 'letters-')])" -o tsv)"
expect "by name" "${JOBS[0]} ${JOBS[1]}" "$(az ml job list $GROUP --query "sort_by([?starts_with(name, 'letters-')], &name)[].name" -o tsv | paste -sd ' ')"
expect "of wide" "${JOBS[2]} ${JOBS[1]}" "$(az ml batch-deployment list-jobs -n wide -e $ENDPOINT $GROUP --query "[].name" -o tsv | paste -sd ' ')"
expect "none failed" "" "$(az ml job list $GROUP --query "[?status=='Failed'].name | [0]" -o tsv)"
expect "input" "uri_file" "$(az ml job show -n "${JOBS[2]}" $GROUP --query inputs.input.type -o tsv)"

for JOB in "${JOBS[@]}"; do
  az ml job download -n "$JOB" --output-name score -p "results/$JOB" $GROUP -o none
done
cmp "results/${JOBS[0]}/named-outputs/score/predictions.csv" "results/${JOBS[1]}/named-outputs/score/predictions.csv"
cp "results/${JOBS[0]}/named-outputs/score/predictions.csv" predictions.csv

az ml job archive -n "${JOBS[2]}" $GROUP
expect "archived" "${JOBS[2]}" "$(az ml job list --archived-only $GROUP --query "[].name" -o tsv)"
az ml model archive -n letters -v 1 $GROUP
expect "no model" "[]" "$(az ml model list $GROUP)"

az ml batch-endpoint delete -n $ENDPOINT -y $GROUP --no-wait
expect "deleted" "0" "$(az ml batch-endpoint list $GROUP --query "length([?name=='$ENDPOINT'])" -o tsv)"
echo "Everything is as expected"
