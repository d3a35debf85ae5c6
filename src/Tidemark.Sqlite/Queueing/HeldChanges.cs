using Tidemark.Queueing;
using Tidemark.Records;
using Tidemark.Sqlite.Engine;

namespace Tidemark.Sqlite.Queueing;

/// <summary>Rows of <c>queue</c> that a claim holds, inside the caller's transaction: whoever holds no more, changes nothing.</summary>
internal sealed class HeldChanges(SqliteConnection connection, long @namespace)
{
    private const string IsHeld = "SELECT 1 FROM queue WHERE key = ?1 AND token = ?2 AND namespace = ?3";
    private const string DeleteRow = "DELETE FROM queue WHERE key = ?1 AND token = ?2 AND namespace = ?3 AND revision = ?4";
    private const string RenewRow = "UPDATE queue SET available = ?4 WHERE key = ?1 AND token = ?2 AND namespace = ?3";

    /// <summary>What came for the document since: due at once, as if nothing had been tried.</summary>
    private const string FreeNewer = """
        UPDATE queue SET token = 0, losses = 0, available = ?5
        WHERE key = ?1 AND token = ?2 AND namespace = ?3 AND revision <> ?4
        """;

    private const string ReleaseRow = """
        UPDATE queue SET token = 0, losses = 0, available = ?5
        WHERE key = ?1 AND token = ?2 AND namespace = ?3 AND revision = ?4
        """;

    private const string FailRow = """
        UPDATE queue SET token = 0, losses = 0, available = ?5, attempts = attempts + 1, dead = ?6,
               code = ?7, message = ?8, remedy = ?9
        WHERE key = ?1 AND token = ?2 AND namespace = ?3 AND revision = ?4
        """;

    public bool Holds(ChangeLease lease)
    {
        using var row = Of(IsHeld, lease);
        return row.Step();
    }

    /// <summary>The change is done: it leaves the queue, but for what came since.</summary>
    /// <param name="now">In the store's unit.</param>
    /// <returns>False: the lease is lost.</returns>
    public bool Complete(ChangeLease lease, long now)
    {
        using (var delete = Of(DeleteRow, lease))
        {
            delete.Bind(4, lease.Revision);
            delete.Step();
        }

        return connection.Changes > 0 || Free(FreeNewer, lease, now);
    }

    public bool Renew(ChangeLease lease, long until)
    {
        using var renew = Of(RenewRow, lease);
        renew.Bind(4, until);
        renew.Step();
        return connection.Changes > 0;
    }

    public bool Settle(ChangeSettlement settlement, long now)
    {
        var lease = settlement.Lease;
        if (settlement is ChangeSettlement.Complete)
        {
            return Complete(lease, now);
        }

        var settled = SettledChange.Of(settlement);
        var available = now + settled.After.Ticks;
        return (settled.Failure is { } failure ? Fail(lease, failure, available, settled.IsDead) : Free(ReleaseRow, lease, available))
            || Free(FreeNewer, lease, now);
    }

    private bool Free(string sql, ChangeLease lease, long available)
    {
        using var update = Of(sql, lease);
        update.Bind(4, lease.Revision);
        update.Bind(5, available);
        update.Step();
        return connection.Changes > 0;
    }

    private bool Fail(ChangeLease lease, ChangeFailure failure, long available, bool isDead)
    {
        using var update = Of(FailRow, lease);
        update.Bind(4, lease.Revision);
        update.Bind(5, available);
        update.Bind(6, isDead ? 1 : 0);
        update.BindText(7, failure.Code);
        update.BindText(8, failure.Message);
        update.BindText(9, failure.Remedy);
        update.Step();
        return connection.Changes > 0;
    }

    private SqliteStatement Of(string sql, ChangeLease lease)
    {
        var statement = connection.Statement(sql);
        statement.Bind(1, lease.Change);
        statement.Bind(2, lease.Token);
        statement.Bind(3, @namespace);
        return statement;
    }
}
