package dev.serai.cloud.storage;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.Storage.BlobTargetOption;
import com.google.cloud.storage.StorageException;
import dev.serai.cloud.google.GoogleException;
import dev.serai.cloud.storage.ObjectException.ObjectExistsException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** One object on its way into a bucket of Cloud Storage. */
final class GoogleUpload {

  private static final int UNKNOWN = 401;
  private static final int PRECONDITION = 412;

  private final GoogleBucket bucket;
  private final GoogleStorage cloud;
  private final Upload upload;
  private final UploadSource source;
  private final String mark = UUID.randomUUID().toString();

  GoogleUpload(GoogleBucket bucket, GoogleStorage cloud, Upload upload) {
    this.bucket = bucket;
    this.cloud = cloud;
    this.upload = upload;
    this.source = new UploadSource(bucket.bucket(), upload);
  }

  /** Stores it. */
  StoredObject put() throws IOException {
    source.next();
    StoredObject stored;
    try {
      stored = source.ended() ? create() : send();
    } catch (StorageException | GoogleException e) {
      if (e instanceof StorageException answer && answer.getCode() == PRECONDITION) {
        stored = ours();
      } else {
        throw bucket.failure().of(e, "storage.objects.create");
      }
    }
    if (!stored.crc32c().equals(source.crc32c())) {
      // It was told the checksum, and so should have refused it.
      bucket.delete(upload.name(), stored.generation());
      throw source.mismatch(stored.crc32c());
    }
    return stored;
  }

  /** In one request: all bytes are in memory already. */
  private StoredObject create() {
    BlobInfo info =
        BlobInfo.newBuilder(BlobId.of(bucket.outside(), upload.name()))
            .setContentType(upload.contentType())
            .setContentEncoding(upload.contentEncoding())
            .setCacheControl(upload.cacheControl())
            .setMetadata(GoogleObject.metadata(upload, mark))
            .setCrc32c(source.crc32c())
            .build();
    List<BlobTargetOption> options = new ArrayList<>();
    options.add(BlobTargetOption.disableGzipContent());
    if (!upload.overwrite()) {
      options.add(BlobTargetOption.doesNotExist());
    }
    BlobTargetOption[] all = options.toArray(BlobTargetOption[]::new);
    Storage storage = cloud.client().storage();
    try {
      return GoogleObject.of(
          bucket.bucket(), storage.create(info, source.bytes(), 0, source.length(), all));
    } catch (StorageException e) {
      if (e.getCode() != UNKNOWN) {
        throw e;
      }
      // The client has a new token then, but has not sent the bytes again.
      return GoogleObject.of(
          bucket.bucket(), storage.create(info, source.bytes(), 0, source.length(), all));
    }
  }

  private StoredObject send() throws IOException {
    UploadSession session = new UploadSession(cloud.client(), bucket.outside(), cloud.timeout());
    session.start(upload, mark);
    try {
      JsonNode done = session.send(source);
      while (done == null) {
        source.next();
        done = session.send(source);
      }
      return GoogleObject.of(bucket.bucket(), done);
    } catch (IOException | RuntimeException e) {
      session.cancel();
      throw e;
    }
  }

  /** An answer may be lost: what is there already may be what we have just stored. */
  private StoredObject ours() throws ObjectException {
    BlobInfo there = bucket.blob(upload.name());
    if (there == null) {
      throw bucket
          .failure()
          .of(
              new StorageException(0, "object '%s' came and went".formatted(upload.name())),
              "storage.objects.create");
    }
    if (there.getMetadata() != null && mark.equals(there.getMetadata().get(GoogleObject.MARK))) {
      return GoogleObject.of(bucket.bucket(), there);
    }
    throw new ObjectExistsException(GoogleObject.of(bucket.bucket(), there));
  }
}
