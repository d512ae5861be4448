package lyceum.platform.cluster;

import com.hazelcast.core.HazelcastInstance;
import io.vertx.core.Completable;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;

/** A member of Hazelcast that was started for Vert.x, and ends with it: Vert.x ends only those that it has started. */
final class OwnMember extends HazelcastClusterManager {

    private final HazelcastInstance member;

    private Vertx vertx;

    OwnMember(HazelcastInstance member) {
        super(member);
        this.member = member;
    }

    @Override
    public void init(Vertx vertx) {
        this.vertx = vertx;
        super.init(vertx);
    }

    @Override
    public void leave(Completable<Void> done) {
        Promise<Void> left = Promise.promise();
        super.leave(left);
        left.future().transform(any -> vertx.executeBlocking(this::end)).onComplete(done);
    }

    /** In good order: the others take over what this one has, and do not wait for it. */
    private Void end() {
        member.getLifecycleService().shutdown();
        return null;
    }
}
