"""Spark: MLflow's `spark_udf` over the files. It writes CSV files of its own naming; row numbers are not kept."""
import sys

import mlflow.pyfunc
from pyspark.sql import SparkSession
from pyspark.sql.functions import col, struct
from pyspark.sql.types import DoubleType, StructField, StructType

model_folder, input_folder, output, workers = sys.argv[1:5]
spark = (
    SparkSession.builder.master(f"local[{workers}]").config("spark.ui.enabled", "false")
    .config("spark.driver.bindAddress", "127.0.0.1").config("spark.driver.host", "127.0.0.1")
    .config("spark.driver.memory", "4g").getOrCreate()
)
predict = mlflow.pyfunc.spark_udf(spark, model_folder, result_type="long", env_manager="local")
columns = [f"f{number:02d}" for number in range(20)]
schema = StructType([StructField(name, DoubleType()) for name in columns])
reader = spark.read.schema(schema)
if sys.argv[5] == "csv":
    frame = reader.csv(input_folder, header=True)
else:
    frame = reader.parquet(input_folder)
# The name is taken first: behind a Python function Spark has forgotten it.
named = frame.select(*columns, col("_metadata.file_name").alias("file"))
rows = named.select(predict(struct(*[col(name) for name in columns])).alias("prediction"), "file")
rows.write.csv(output)
