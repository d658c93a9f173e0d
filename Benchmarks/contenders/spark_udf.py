"""Spark: MLflow's `spark_udf` over the files. It writes CSV files of its own naming; row numbers are not kept."""
import sys

import mlflow.pyfunc
from mlflow.models import Model
from pyspark.sql import SparkSession
from pyspark.sql.functions import col, struct
from pyspark.sql.types import DoubleType, StringType, StructField, StructType, TimestampType

TYPES = {"double": DoubleType(), "string": StringType(), "datetime": TimestampType()}

model_folder, input_folder, output, workers, kind = sys.argv[1:6]
spark = (
    SparkSession.builder.master(f"local[{workers}]").config("spark.ui.enabled", "false")
    .config("spark.driver.bindAddress", "127.0.0.1").config("spark.driver.host", "127.0.0.1")
    .config("spark.driver.memory", "4g").config("spark.sql.session.timeZone", "UTC").getOrCreate()
)
predict = mlflow.pyfunc.spark_udf(spark, model_folder, result_type="long", env_manager="local")
columns = {column.name: column.type.name for column in Model.load(model_folder).get_input_schema().inputs}
if kind == "csv":
    schema = StructType([StructField(name, TYPES[type]) for name, type in columns.items()])
    frame = spark.read.schema(schema).csv(input_folder, header=True)
else:
    frame = spark.read.parquet(input_folder)
# The name is taken first: behind a Python function Spark has forgotten it.
typed = [col(name).cast(TYPES[type]).alias(name) for name, type in columns.items()]
named = frame.select(*typed, col("_metadata.file_name").alias("file"))
rows = named.select(predict(struct(*[col(name) for name in columns])).alias("prediction"), "file")
rows.write.csv(output)
