"""Spark: MLflow's `spark_udf` over the files. It writes CSV files of its own naming; row numbers are not kept."""
import sys

import mlflow.pyfunc
from pyspark.sql import SparkSession
from pyspark.sql.functions import col, input_file_name, regexp_extract, struct
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
rows = frame.select(
    predict(struct(*[col(name) for name in columns])).alias("prediction"),
    regexp_extract(input_file_name(), r"([^/]+)$", 1).alias("file"),
)
rows.write.csv(output)
