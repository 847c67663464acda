package dev.serai.redis;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.support.ConnectionPoolSupport;
import java.util.NoSuchElementException;
import java.util.function.Function;
import org.apache.commons.pool2.impl.GenericObjectPool;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import org.springframework.beans.factory.DisposableBean;

/**
 * A few connections for those who need one to themselves for a moment: a transaction would take in
 * what others send over the shared one.
 */
final class Connections implements DisposableBean {

  private final int most;
  private final GenericObjectPool<StatefulRedisConnection<String, String>> pool;

  Connections(RedisClient client, RedisSettings settings) {
    this.most = settings.connections();
    GenericObjectPoolConfig<StatefulRedisConnection<String, String>> config =
        new GenericObjectPoolConfig<>();
    config.setMaxTotal(most);
    config.setMaxIdle(most);
    config.setMaxWait(settings.timeout());
    config.setJmxEnabled(false);
    this.pool = ConnectionPoolSupport.createGenericObjectPool(client::connect, config, false);
  }

  /**
   * Lends a connection; one on which something failed is closed afterwards.
   *
   * @throws RedisUnavailableException when there is none, or none is given back in time
   */
  <T> T with(Function<StatefulRedisConnection<String, String>, T> use) {
    StatefulRedisConnection<String, String> connection = borrow();
    boolean whole = false;
    try {
      T result = use.apply(connection);
      whole = true;
      return result;
    } finally {
      giveBack(connection, whole && connection.isOpen());
    }
  }

  private StatefulRedisConnection<String, String> borrow() {
    try {
      return pool.borrowObject();
    } catch (NoSuchElementException none) {
      throw new RedisUnavailableException(
          "all %s connections of serai.redis.connections are in use".formatted(most));
    } catch (RedisException e) {
      throw new RedisUnavailableException(Redis.rootMessage(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RedisUnavailableException("interrupted");
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private void giveBack(StatefulRedisConnection<String, String> connection, boolean whole) {
    if (whole) {
      pool.returnObject(connection);
      return;
    }
    try {
      pool.invalidateObject(connection);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void destroy() {
    pool.close();
  }
}
