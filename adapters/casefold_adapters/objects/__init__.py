"""Objects by key, in a folder or a bucket: whole or not at all, and once where that is asked.

===========  ================================================================
`port`       `Objects`: what every store does, and how it fails.
`folders`    A folder is a store, too.
`s3`         Amazon S3, and what speaks its protocol (extra `s3`).
`gcs`        Google Cloud Storage (extra `gcs`).
`lines`      Lines that are added to.
`addresses`  ``s3://bucket/prefix`` and ``gs://bucket/prefix``.
`fetching`   A download that goes on where it was cut off.
===========  ================================================================
"""
