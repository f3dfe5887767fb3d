select file from applied
