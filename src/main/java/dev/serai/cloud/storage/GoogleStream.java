package dev.serai.cloud.storage;

import com.google.cloud.ReadChannel;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.Storage.BlobSourceOption;
import com.google.cloud.storage.StorageException;
import dev.serai.cloud.storage.ObjectException.BucketUnavailableException;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;

/**
 * Bytes of an object of one generation, as they are stored: packed ones stay packed. Google's
 * client goes on behind the last byte when it is cut; when it gives up that is an error, not an
 * end.
 */
final class GoogleStream extends FilterInputStream {

  private static final int BUFFER = 64 << 10;

  private final StoredObject object;
  private final GoogleFailure failure;
  private long left;

  private GoogleStream(InputStream in, StoredObject object, GoogleFailure failure, long length) {
    super(in);
    this.object = object;
    this.failure = failure;
    this.left = length;
  }

  /**
   * Opens it, with its first bytes read.
   *
   * @throws StorageException if that can't be
   */
  static InputStream open(
      Storage storage, StoredObject object, GoogleFailure failure, long offset, long length)
      throws IOException {
    if (length == 0) {
      return InputStream.nullInputStream();
    }
    ReadChannel channel =
        storage.reader(
            BlobId.of(failure.outside(), object.name(), object.generation()),
            BlobSourceOption.shouldReturnRawInputStream(true));
    try {
      channel.setChunkSize(0);
      channel.seek(offset);
      channel.limit(offset + length);
      InputStream in = new BufferedInputStream(Channels.newInputStream(channel), BUFFER);
      in.mark(1);
      int first = in.read();
      in.reset();
      if (first < 0) {
        throw new IOException("an answer without bytes");
      }
      return new GoogleStream(in, object, failure, length);
    } catch (IOException e) {
      channel.close();
      throw known(e);
    } catch (RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static StorageException known(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof StorageException found) {
        return found;
      }
    }
    return new StorageException(0, String.valueOf(failure.getMessage()), failure);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    int read;
    try {
      read = left == 0 ? -1 : super.read(bytes, from, (int) Math.min(length, left));
    } catch (IOException | StorageException e) {
      throw cut(known(e));
    }
    if (read < 0 && left > 0) {
      throw cut(new StorageException(0, "%s bytes are missing".formatted(left)));
    }
    left -= Math.max(read, 0);
    return read;
  }

  private ObjectException cut(StorageException why) {
    return why.getCode() == 404
        ? BucketUnavailableException.saying(
            "Object '%s' of bucket '%s' was replaced or deleted while it was read; read it again"
                .formatted(object.name(), object.bucket()),
            why)
        : failure.of(why, "storage.objects.get");
  }

  @Override
  public long skip(long count) throws IOException {
    byte[] passed = new byte[(int) Math.min(Math.max(count, 0), 8192)];
    return Math.max(0, read(passed, 0, passed.length));
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
