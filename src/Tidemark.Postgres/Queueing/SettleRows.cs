using Npgsql;
using Tidemark.Postgres.Server;
using Tidemark.Queueing;
using Tidemark.Records;

namespace Tidemark.Postgres.Queueing;

/// <summary>What became of claimed changes that no write carried out, in one transaction.</summary>
internal static class SettleRows
{
    private const string GiveBack = """
        update queue q set token = 0, losses = 0, available = (select ticks()) + case when q.revision = l.revision then l.after else 0 end,
               attempts = case when q.revision = l.revision then q.attempts + l.failed else q.attempts end,
               dead = case when q.revision = l.revision then l.dead else 0 end,
               code = case when q.revision = l.revision then coalesce(l.code, q.code) else q.code end,
               message = case when q.revision = l.revision then coalesce(l.message, q.message) else q.message end,
               remedy = case when q.revision = l.revision then coalesce(l.remedy, q.remedy) else q.remedy end
        from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::int[], $5::smallint[], $6::text[], $7::text[], $8::text[])
          l(key, revision, after, failed, dead, code, message, remedy)
        where q.key = l.key
        """;

    /// <returns>How many leases still held.</returns>
    public static async Task<int> SettleAsync(
        NpgsqlConnection connection, long @namespace, IReadOnlyList<ChangeSettlement> settlements, CancellationToken cancellationToken)
    {
        var held = await HeldChanges.LockAsync(
            connection, @namespace, [.. settlements.Select(settlement => settlement.Lease)], cancellationToken).ConfigureAwait(false);
        if (held.Count == 0)
        {
            return 0;
        }

        var batch = connection.CreateBatch();
        await using var heldBatch = batch.ConfigureAwait(false);
        var valid = settlements.Where(settlement => held.Contains(settlement.Lease)).ToList();
        ChangeLease[] done = [.. valid.OfType<ChangeSettlement.Complete>().Select(settlement => settlement.Lease)];
        if (done.Length > 0)
        {
            HeldChanges.Complete(batch, done);
        }

        ChangeSettlement[] others = [.. valid.Where(settlement => settlement is not ChangeSettlement.Complete)];
        if (others.Length > 0)
        {
            batch.Add(GiveBack, Parameters(others));
        }

        await batch.RunAsync(cancellationToken).ConfigureAwait(false);
        return held.Count;
    }

    private static NpgsqlParameter[] Parameters(ChangeSettlement[] settlements)
    {
        var settled = Array.ConvertAll(settlements, SettledChange.Of);
        return
        [
            Sql.Of(Array.ConvertAll(settlements, settlement => settlement.Lease.Change)),
            Sql.Of(Array.ConvertAll(settlements, settlement => settlement.Lease.Revision)),
            Sql.Of(Array.ConvertAll(settled, change => change.After.Ticks)),
            Sql.Of(Array.ConvertAll(settled, change => change.Failure is null ? 0 : 1)),
            Sql.Of(Array.ConvertAll(settled, change => (short)(change.IsDead ? 1 : 0))),
            Sql.Of(Array.ConvertAll(settled, change => StoreText.EncodeOptional(change.Failure?.Code))),
            Sql.Of(Array.ConvertAll(settled, change => StoreText.EncodeOptional(change.Failure?.Message))),
            Sql.Of(Array.ConvertAll(settled, change => StoreText.EncodeOptional(change.Failure?.Remedy))),
        ];
    }
}
