namespace Tidemark.Postgres.Feeding;

/// <summary>A slot as the server shows it.</summary>
/// <param name="IsThere">Whether there is one.</param>
/// <param name="Status">What the server says of its log: <c>reserved</c>, <c>extended</c>, <c>unreserved</c>, <c>lost</c>.</param>
/// <param name="IsActive">Somebody reads it.</param>
/// <param name="LagBytes">Of the log that it was not told to be done with.</param>
/// <param name="KeptBytes">Of the log that the server keeps for it.</param>
/// <param name="End">Where the log ends.</param>
internal sealed record SlotLook(bool IsThere, string Status, bool IsActive, long LagBytes, long KeptBytes, ulong End)
{
    /// <summary>Whoever is so near the end has everything but what comes this moment.</summary>
    public const ulong Much = 64 * 1024;

    private const string Query = """
        select s.slot_name::text, coalesce(s.wal_status, ''), coalesce(s.active, false)::text, pg_wal_lsn_diff(e.lsn, s.confirmed_flush_lsn)::bigint,
               pg_wal_lsn_diff(e.lsn, s.restart_lsn)::bigint, e.lsn::text
        from (select pg_current_wal_lsn() as lsn) e left join pg_replication_slots s on s.slot_name = $1
        """;

    public static async Task<SlotLook> FindAsync(SourceDatabase database, string slot, CancellationToken cancellationToken)
    {
        var row = (await database.ListAsync(Query, cancellationToken, slot).ConfigureAwait(false))[0];
        return new SlotLook(
            row[0] is not null,
            row[1]!,
            row[2] == "true",
            SourceDatabase.Number(row[3]),
            SourceDatabase.Number(row[4]),
            SourceDatabase.Position(row[5]));
    }
}
