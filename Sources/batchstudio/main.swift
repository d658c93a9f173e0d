print("batchstudio")
